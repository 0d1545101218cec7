/* SPDX-License-Identifier: Apache-2.0
 * What outsiders need to check the record themselves: the last signed checkpoint, an event's envelope byte for byte,
 * and the proof that the one is under the other. Envelopes hold no personal data, yet they tell that a record exists,
 * so whoever may not see the record does not get them. */
#include "api/visit.h"

#include "ledger/history.h"
#include "ledger/ledger_checkpoint.h"

static const char *const no_parameters[] = { NULL };

/* The entity "audit/88" by its name; events of the program itself ("system.…") are about no record of a type. */
static bool event_may_see(Call *call, Str entity, bool *may, Err *err)
{
    size_t slash     = str_index(entity, '/');
    const Plan *plan = registry_find(call->app->registry, str_slice(entity, 0, slash));
    int64_t id;

    *may = plan == NULL && call_has_role(call, STR("everyone"));
    if (plan == NULL || !view_may_list(call, plan->type)) return true;
    if (!str_to_i64(str_slice(entity, slash + 1, entity.len), 1, INT64_MAX, &id)) return true;
    return view_may_see(call, plan->type, (Id){ id }, may, err);
}

/* What is not there is an answer, not a failure: *found is false. */
static bool found_or(bool done, bool *found, Err *err)
{
    *found = done;
    if (done || err->code != ERR_MISSING) return done;
    err_clear(err);
    return true;
}

static bool event_find(Call *call, Str number, HistoryEvent *event, bool *found, Err *err)
{
    int64_t index;

    *found = false;
    if (!str_to_i64(number, 0, INT64_MAX, &index)) return true;
    if (!found_or(history_event(call->db, call->arena, index, event, err), found, err)) return false;
    return !*found || event_may_see(call, event->envelope.entity, found, err);
}

static bool proof_send(Visit *visit, Call *call, const HistoryEvent *event, Err *err)
{
    TlogProof proof;
    bool found;

    if (!found_or(ledger_prove(call->db, call->arena, event->envelope.number, &proof, err), &found, err)) return false;
    if (!found) return problem_answer(visit, PROBLEM_NOT_FOUND, STR("No checkpoint covers this event yet."));
    http_respond(visit->response, 200, STR("text/plain; charset=utf-8"), tlog_proof_write(call->arena, &proof));
    return true;
}

static bool event_send(Visit *visit, Call *call, Err *err)
{
    HistoryEvent event;
    bool found;

    if (!event_find(call, visit->route.number, &event, &found, err)) return false;
    if (!found) return problem_answer(visit, PROBLEM_NOT_FOUND, (Str){ 0 });
    if (visit->route.kind == ROUTE_PROOF) return proof_send(visit, call, &event, err);
    http_respond(visit->response, 200, STR("application/json"), event.body);
    return true;
}

bool event_answer(Visit *visit, Err *err)
{
    const char *media = visit->route.kind == ROUTE_PROOF ? "text/plain" : "application/json";
    Call *call;

    if (!condition_accepts(visit, media) || !condition_parameters(visit, no_parameters)) return true;
    if (!call_open(&visit->caller, CALL_READ, &call, err)) return false;
    bool done = event_send(visit, call, err);
    call_end(call);
    return done;
}

bool checkpoint_answer(Visit *visit, Err *err)
{
    StoredCheckpoint last;
    Call *call;

    if (!condition_accepts(visit, "text/plain") || !condition_parameters(visit, no_parameters)) return true;
    if (!call_open(&visit->caller, CALL_READ, &call, err)) return false;
    bool done = ledger_checkpoint_last(call->db, call->arena, INT64_MAX, &last, err);
    call_end(call);
    if (!done) return false;
    if (last.size == 0) return problem_answer(visit, PROBLEM_NOT_FOUND, STR("Nothing was signed yet."));
    http_respond(visit->response, 200, STR("text/plain; charset=utf-8"), last.note);
    return true;
}
