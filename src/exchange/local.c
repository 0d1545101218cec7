/* SPDX-License-Identifier: Apache-2.0
 * Questions of the command line and their answers. */
#include "exchange/local.h"

#include "org/account.h"
#include "org/person.h"
#include "record/row.h"
#include "review/indicators.h"

/* ------------------------------------------------------------------------------------------------------- who */

static bool person_of(Call *call, Str name, Id *person, Err *err)
{
    Account account;
    Person record;
    bool found;

    *person = (Id){ 0 };
    if (!account_find(call, name, &account, &found, err)) return false;
    if (found) {
        *person = account.person;
        return true;
    }
    if (!record_find(call, &person_type, name, &record, &found, err)) return false;
    if (found) *person = record.head.id;
    return true;
}

bool local_asker(App *app, Arena *arena, Str name, Id *person, Err *err)
{
    Caller program = { .app = app, .arena = arena, .is_system = true, .door = "cli" };
    Call *call;

    if (!call_open(&program, CALL_READ, &call, err)) return false;
    bool done = person_of(call, name, person, err);
    call_end(call);
    if (!done || !id_is_none(*person)) return done;
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot tell who asks"),
                   .detail = str_fmt(arena, "Nobody here signs in as \"%.*s\" or has that number.",
                                     STR_ARG(str_visible(arena, str_slice(name, 0, 80)))),
                   .hint   = STR("Say who you are: --as NAME, or PLUMBLINE_AS in the environment."));
}

/* ------------------------------------------------------------------------------------------------------- answering */

static Str json_bytes(Arena *arena, const json_t *body)
{
    Buf bytes = buf_open(arena, LOCAL_BODY_MAX);
    json_write(&bytes, body);
    return buf_str(&bytes);
}

static bool answer_ask(App *app, Arena *arena, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    Caller caller = { .app = app, .arena = arena, .door = "cli" };
    Answer given;

    if (!local_asker(app, arena, question->as, &caller.who, err) || !ask_answer(&caller, &question->ask, &given, err))
        return false;
    answer->status   = given.status;
    answer->exit     = given.exit;
    answer->media    = str_from_c(given.media);
    answer->body     = given.body != NULL ? json_bytes(arena, given.body) : given.text;
    answer->revision = given.revision;
    return true;
}

static bool verify_note(App *app, Arena *arena, Str note, VerifyReport *report, Err *err)
{
    Db *db;

    if (!store_read(app->store, arena, &db, err)) return false;
    bool done = verify_against(db, arena, note, report, err);
    db_end(db);
    return done;
}

static bool answer_verify(App *app, Arena *arena, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    VerifyReport report;
    bool done = question->against.len > 0 ? verify_note(app, arena, question->against, &report, err)
                                          : proof_verify(app, arena, question->depth, &report, err);

    if (!done) return false;
    answer->exit  = (int)verify_exit(&report);
    answer->media = STR("application/json");
    answer->body  = json_bytes(arena, proof_report_json(arena, &report));
    return true;
}

/* The event's bytes, the proof that they are in the record, and the keys to check it by: all that a stranger needs. */
static json_t *proof_json(Arena *arena, const HistoryEvent *event, const TlogProof *proof, const NoteKeys *keys)
{
    json_t *object = json_own(arena, json_object()), *array = json_array();

    json_object_set_new(object, "event", json_integer(event->envelope.number));
    json_object_set_new(object, "leaf", json_from_str(event->body));
    json_object_set_new(object, "proof", json_from_str(tlog_proof_write(arena, proof)));
    for (size_t i = 0; i < keys->len; i++)
        json_array_append_new(array, json_from_str(note_verifier_write(arena, &keys->at[i])));
    json_object_set_new(object, "keys", array);
    return object;
}

static bool answer_prove(App *app, Arena *arena, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    HistoryEvent event;
    TlogProof proof;
    NoteKeys keys;
    Db *db;

    if (!store_read(app->store, arena, &db, err)) return false;
    bool done = history_event(db, arena, question->event, &event, err) &&
                ledger_prove(db, arena, question->event, &proof, err) && ledger_keys(db, arena, &keys, err);
    db_end(db);
    if (!done) return false;
    answer->media = STR("application/json");
    answer->body  = json_bytes(arena, proof_json(arena, &event, &proof, &keys));
    return true;
}

/* The day that is asked about; ERR_USAGE when it is none, or is still to come. */
static bool day_read(const Call *call, Str text, Date *day, Err *err)
{
    *day = call->today;
    if (text.len == 0) return true;
    if (!date_from_iso(text, day))
        return err_set(err, ERR_USAGE, 0, .what = STR("cannot read the day"), .hint = STR("Write it as 2026-11-16."));
    if (!date_before(call->today, *day)) return true;
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot tell the figures of a day to come"),
                   .hint = STR("Ask for today or an earlier day."));
}

/* They speak of all records, so they are for those who see all. */
static bool refuse_figures(Call *call, LocalAnswer *answer, Err *err)
{
    Outcome outcome = { .kind = OUTCOME_FORBIDDEN };
    IdList people   = { 0 };

    for (size_t i = 0; i < indicator_roles_len; i++) {
        if (!call->app->directory->people_with(call, str_from_c(indicator_roles[i]), &people, err)) return false;
    }
    refuse(call,
           (Refusal){ .rule    = STR("who"),
                      .missing = STR("the indicators are for top management, the managers of programme and ISMS and "
                                     "the coordinator"),
                      .could   = people_names(call, &people),
                      .next    = call_text(call, "Ask one of them for the figures.") });
    outcome.refusals = call->refusals;
    json_t *problem  = outcome_json(call, &outcome);
    json_object_set_new(problem, "title", json_from_str(call_text(call, "The indicators are for others")));
    answer->status = outcome_status(outcome.kind);
    answer->exit   = outcome_exit(outcome.kind);
    answer->media  = STR("application/problem+json");
    answer->body   = json_bytes(call->arena, problem);
    return true;
}

static bool answer_figures(Call *call, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    json_t *json;
    Date day;

    if (!indicators_may_see(call)) return refuse_figures(call, answer, err);
    if (!day_read(call, question->as_of, &day, err) || !indicators_json(call, day, &json, err)) return false;
    answer->media = STR("application/json");
    answer->body  = json_bytes(call->arena, json);
    return true;
}

/* Who can ask here owns the store and could read it all: unnamed, he asks as the program. */
static bool answer_indicators(App *app, Arena *arena, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    Caller caller = { .app = app, .arena = arena, .is_system = question->as.len == 0, .door = "cli" };
    Call *call;

    if (!caller.is_system && !local_asker(app, arena, question->as, &caller.who, err)) return false;
    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = answer_figures(call, question, answer, err);
    call_end(call);
    return done;
}

static bool answer_kind(App *app, Arena *arena, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    switch (question->kind) {
    case LOCAL_ASK: return answer_ask(app, arena, question, answer, err);
    case LOCAL_VERIFY: return answer_verify(app, arena, question, answer, err);
    case LOCAL_PROVE: return answer_prove(app, arena, question, answer, err);
    case LOCAL_INDICATORS: return answer_indicators(app, arena, question, answer, err);
    case LOCAL_KINDS: break;
    }
    return true;
}

bool local_answer(App *app, Arena *arena, const LocalQuestion *question, LocalAnswer *answer, Err *err)
{
    *answer = (LocalAnswer){ .status = 200, .zone = str_dup(arena, zone_name(app->zone)) };
    if (!answer_kind(app, arena, question, answer, err)) return false;
    if (answer->body.len < LOCAL_BODY_MAX) return true;
    return err_set(err, ERR_LIMIT, 0, .what = STR("cannot give an answer of this length"),
                   .hint = STR("Ask for less: --limit, or a condition."));
}

int local_exit(const Err *err)
{
    if (err->code == ERR_USAGE) return EXIT_USAGE;
    return err->code == ERR_TAMPERED ? EXIT_TAMPERED : EXIT_WORLD;
}

/* ------------------------------------------------------------------------------------------------------- on the wire
 */

static const char *const kind_names[LOCAL_KINDS] = {
    [LOCAL_ASK] = "ask", [LOCAL_VERIFY] = "verify", [LOCAL_PROVE] = "prove", [LOCAL_INDICATORS] = "indicators"
};

static void set_str(json_t *object, const char *name, Str value)
{
    json_object_set_new(object, name, json_from_str(value));
}

static void set_int(json_t *object, const char *name, int64_t value)
{
    json_object_set_new(object, name, json_integer(value));
}

Str local_question_write(Arena *arena, const LocalQuestion *question)
{
    json_t *object = json_own(arena, json_object());

    set_str(object, "do", str_from_c(kind_names[question->kind]));
    switch (question->kind) {
    case LOCAL_ASK:
        set_str(object, "as", question->as);
        json_object_set(object, "ask", ask_to_json(arena, &question->ask));
        break;
    case LOCAL_VERIFY:
        set_str(object, "depth", question->depth == VERIFY_QUICK ? STR("quick") : STR("full"));
        set_str(object, "against", question->against);
        break;
    case LOCAL_PROVE: set_int(object, "event", question->event); break;
    case LOCAL_INDICATORS:
        set_str(object, "as", question->as);
        set_str(object, "as_of", question->as_of);
        break;
    case LOCAL_KINDS: break;
    }
    return json_bytes(arena, object);
}

static bool question_fail(Err *err, const char *detail)
{
    return err_set(err, ERR_FORMAT, 0, .what = STR("cannot read the question"), .detail = str_from_c(detail),
                   .hint = STR("Use a command line of the same version as the server."));
}

bool local_question_read(Arena *arena, Str line, LocalQuestion *question, Err *err)
{
    json_t *object;

    *question = (LocalQuestion){ .kind = LOCAL_KINDS };
    if (!json_read(arena, line, &object, err)) return false;
    for (size_t i = 0; i < LOCAL_KINDS; i++) {
        if (str_eq_c(json_text(object, "do"), kind_names[i])) question->kind = (LocalKind)i;
    }
    if (question->kind == LOCAL_KINDS) return question_fail(err, "\"do\" is none of ask, verify, prove, indicators.");
    const json_t *ask = json_object_get(object, "ask");
    question->as      = json_text(object, "as");
    question->against = json_text(object, "against");
    question->depth   = str_eq_c(json_text(object, "depth"), "quick") ? VERIFY_QUICK : VERIFY_FULL;
    question->event   = json_integer_value(json_object_get(object, "event"));
    question->as_of   = json_text(object, "as_of");
    if (question->kind != LOCAL_ASK) return true;
    if (!json_is_object(ask)) return question_fail(err, "\"ask\" is no object.");
    return ask_from_json(arena, ask, &question->ask, err);
}

Str local_head_write(Arena *arena, const LocalAnswer *answer, const Err *failed)
{
    json_t *object = json_own(arena, json_object());

    if (failed != NULL) {
        set_int(object, "exit", local_exit(failed));
        set_str(object, "what", str_from_c(failed->what));
        set_str(object, "detail", str_from_c(failed->detail));
        set_str(object, "hint", str_from_c(failed->hint));
        return json_bytes(arena, object);
    }
    set_int(object, "exit", answer->exit);
    set_int(object, "status", answer->status);
    set_str(object, "media", answer->media);
    set_int(object, "revision", answer->revision);
    set_str(object, "zone", answer->zone);
    set_int(object, "bytes", (int64_t)answer->body.len);
    return json_bytes(arena, object);
}

static ErrCode code_of_exit(int64_t number)
{
    if (number == EXIT_USAGE) return ERR_USAGE;
    return number == EXIT_TAMPERED ? ERR_TAMPERED : ERR_DATABASE;
}

bool local_head_read(Arena *arena, Str line, LocalAnswer *answer, int64_t *body_bytes, Err *err)
{
    json_t *object;

    if (!json_read(arena, line, &object, err)) return err_context(err, "reading the server's answer");
    int64_t number = json_integer_value(json_object_get(object, "exit"));
    if (json_object_get(object, "what") != NULL)
        return err_set(err, code_of_exit(number), 0, .what = json_text(object, "what"),
                       .detail = json_text(object, "detail"), .hint = json_text(object, "hint"));
    *answer     = (LocalAnswer){ .exit     = (int)number,
                                 .status   = (int)json_integer_value(json_object_get(object, "status")),
                                 .media    = json_text(object, "media"),
                                 .revision = json_integer_value(json_object_get(object, "revision")),
                                 .zone     = json_text(object, "zone") };
    *body_bytes = json_integer_value(json_object_get(object, "bytes"));
    if (*body_bytes >= 0 && *body_bytes <= LOCAL_BODY_MAX) return true;
    return err_set(err, ERR_LIMIT, 0, .what = STR("cannot take an answer of this length"));
}
