/* SPDX-License-Identifier: Apache-2.0
 * Corrective actions (10.2 c): planned in the analysis, begun by the approval of the plan, claimed done with proof,
 * verified or returned with the case. */
#include "action/action.h"

#include "action/case_part.h"
#include "action/due.h"
#include "audit/evidence.h"
#include "org/person.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

/* clang-format off */
static const Choice state_rows[] = {
    [ACTION_PLANNED - 1]      = { "planned",      N_("Planned") },
    [ACTION_IN_PROGRESS - 1]  = { "in_progress",  N_("In progress") },
    [ACTION_DONE_CLAIMED - 1] = { "done_claimed", N_("Claimed done") },
    [ACTION_VERIFIED - 1]     = { "verified",     N_("Verified") },
    [ACTION_RETURNED - 1]     = { "returned",     N_("Returned") },
    [ACTION_CANCELLED - 1]    = { "cancelled",    N_("Cancelled") },
};
static const ChoiceList states = CHOICES_OF("action_state", state_rows);
static const Choice kind_rows[] = {
    { "correct_cause", N_("Removes the cause") }, { "prevent_elsewhere", N_("Prevents it elsewhere") }, { "detect_earlier", N_("Detects it earlier") },
};
static const ChoiceList action_kinds = CHOICES_OF("action_kind", kind_rows);

#define RECORD_TYPE   Action
#define RECORD_FIELDS "action/action.fields.h"
#include "record/define.h"
CASE_PART(Action);

#define CLAIM_INPUT(F, T) \
    F(T, DATE, done_on, .label = "Done on", .needed = true) \
    F(T, LONG, progress, .label = "What was done")
INPUT(ClaimInput, CLAIM_INPUT, "action.claim-done")
/* clang-format on */

bool actions_of_cycle(Call *call, const Nonconformity *nc, ActionList *out, Err *err)
{
    return record_list(call, &action_type, out, STR("nonconformity = $1 AND cycle = $2 AND state <> 6 ORDER BY id"),
                       BINDS(BIND_ID(nc->head.id), BIND_NUMBER(nc->cycle.value)), err);
}

bool actions_of_case(Call *call, const Nonconformity *nc, ActionList *out, Err *err)
{
    return record_list(call, &action_type, out, STR("nonconformity = $1 ORDER BY id"), BINDS(BIND_ID(nc->head.id)),
                       err);
}

bool action_took_part(const Action *action, Id person)
{
    return id_eq(action->owner, person) || id_eq(action->claimed_by, person) || id_list_has(&action->helpers, person);
}

bool action_is_open(const Action *action)
{
    return action->head.state == ACTION_PLANNED || action->head.state == ACTION_IN_PROGRESS ||
           action->head.state == ACTION_RETURNED;
}

Str actions_part_of(const ActionList *actions, Id person)
{
    for (size_t i = 0; i < actions->len; i++) {
        if (actions->at[i].head.state != ACTION_CANCELLED && action_took_part(&actions->at[i], person))
            return actions->at[i].head.number;
    }
    return (Str){ 0 };
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool people_owner(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Action *)record)->owner);
    return true;
}

static bool people_helpers(Call *call, const void *record, IdList *people, Err *err)
{
    const Action *action = record;

    (void)err;
    for (size_t i = 0; i < action->helpers.len; i++)
        id_list_add(call->arena, people, action->helpers.at[i]);
    return true;
}

static bool people_case_owner(Call *call, const void *record, IdList *people, Err *err)
{
    return case_part_relations[0].people(call, record, people, err);
}

static const Relation relations[] = {
    { "owner", N_("the owner of the action"), people_owner },
    { "helper", N_("a helper of the action"), people_helpers },
    { "case_owner", N_("the owner of the nonconformity"), people_case_owner },
};

/* ------------------------------------------------------------------------------------------------------- guards */

/* R-102-7: an action has one owner, and he is here. */
static bool guard_owner_is_here(Call *call, const void *record, Err *err)
{
    const Action *action = record;
    Person owner;

    if (call->input == NULL || id_is_none(action->owner)) return true;
    if (!record_must(call, &person_type, action->owner, &owner, err)) return false;
    if (!person_is_here(&owner, call->today))
        refuse_with(call, "R-102-7",
                    str_fmt(call->arena, "an owner who works here: %.*s has left", STR_ARG(owner.name)),
                    "Choose another person.");
    return true;
}

/* claim-1: the plan is approved and runs. */
static bool guard_plan_runs(Call *call, const void *record, Err *err)
{
    Nonconformity nc;

    if (!nonconformity_of(call, ((const Action *)record)->nonconformity, &nc, err)) return false;
    if (nc.head.state != NC_IN_PROGRESS) {
        refuse_with(call, "claim-1",
                    str_fmt(call->arena, "an approved plan: %.*s is in state \"%s\"", STR_ARG(nc.head.number),
                            state_label(&nonconformity_type, nc.head.state)),
                    "Wait for the approval of the plan.");
    }
    return true;
}

/* claim-2: done is what is proven: at least one item of evidence belongs to the action. */
static bool guard_proof_is_attached(Call *call, const void *record, Err *err)
{
    const Action *action = record;
    int64_t count;

    if (!record_count(call, &evidence_type, STR("action = $1 AND state = 1"), BINDS(BIND_ID(action->head.id)), &count,
                      err))
        return false;
    if (count == 0)
        refuse_with(call, "claim-2",
                    str_fmt(call->arena, "proof of %.*s: nothing is attached", STR_ARG(action->head.number)),
                    "Add the evidence that counts as done, with the day of the fact, then claim it.");
    return true;
}

/* claim-3: what is done lies in the past. */
static bool guard_work_is_done(Call *call, const void *record, Err *err)
{
    const ClaimInput *input = call->input;

    (void)record, (void)err;
    if (input != NULL && date_before(call->today, input->done_on))
        invalid(call, STR("done_on"), call_text(call, "Choose today or an earlier day."));
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

static bool action_create(Call *call, void *record, Changes *changes, Err *err)
{
    Action *action = record;
    Nonconformity nc;

    (void)changes;
    if (!nonconformity_of(call, action->nonconformity, &nc, err)) return false;
    action->cycle = nc.cycle;
    return true;
}

static bool all_are_claimed(const ActionList *actions, Id but)
{
    for (size_t i = 0; i < actions->len; i++) {
        if (!id_eq(actions->at[i].head.id, but) && action_is_open(&actions->at[i])) return false;
    }
    return true;
}

static Date next_due(const ActionList *actions, Id but)
{
    Date due = { 0 };
    for (size_t i = 0; i < actions->len; i++) {
        if (!id_eq(actions->at[i].head.id, but) && action_is_open(&actions->at[i]))
            due = date_min(due, actions->at[i].due);
    }
    return due;
}

/* The case moves with its actions: when the last one is claimed it is implemented, and verification is due. */
static bool case_progresses(Call *call, const Action *action, Changes *changes, Err *err)
{
    Nonconformity *nc  = arena_new(call->arena, Nonconformity);
    ActionList actions = { 0 };

    if (!nonconformity_of(call, action->nonconformity, nc, err) || !actions_of_cycle(call, nc, &actions, err))
        return false;
    bool is_last = all_are_claimed(&actions, action->head.id);
    int to       = is_last ? NC_IMPLEMENTED : NC_IN_PROGRESS;
    if (is_last) {
        nc->implemented_on = call->today;
        if (!due_begin(call, nc, POLICY_VERIFICATION, call->today, nc->owner, err)) return false;
    }
    due_settle(nc, to, next_due(&actions, action->head.id));
    change_step_to(changes, &nonconformity_type, nc, "progress", to,
                   str_fmt(call->arena, "%.*s claimed done", STR_ARG(action->head.number)));
    return true;
}

static bool action_claim_done(Call *call, void *record, Changes *changes, Err *err)
{
    Action *action          = record;
    const ClaimInput *input = call->input;

    action->done_on    = input->done_on;
    action->claimed_on = call->today;
    action->claimed_by = call->who;
    if (input->progress.len > 0) action->progress = input->progress;
    return case_progresses(call, action, changes, err);
}

/* clang-format off */
#define DECIDERS "coordinator|isms_manager|programme_manager|top_management"

static const Verb verbs[] = {
    { .name = "create",     .label = N_("Plan an action"), .body = action_create, .flags = VERB_PRIMARY },
    { .name = "start",      .label = N_("Started"), .flags = VERB_INSIDE },
    { .name = "claim-done", .label = N_("Claim done"), .help = N_("Somebody else checks it against the plan."), .input = &ClaimInput_shape, .body = action_claim_done, .flags = VERB_PRIMARY },
    { .name = "verify",     .label = N_("Verified"), .flags = VERB_INSIDE },
    { .name = "return",     .label = N_("Returned"), .flags = VERB_INSIDE },
    { .name = "extend",     .label = N_("Date extended"), .flags = VERB_INSIDE },
    { .name = "cancel",     .label = N_("Cancel"), .help = N_("Only with another action in its place, or a reason that another person accepts."), .flags = VERB_DANGER },
};
static const Step steps[] = {
    /* from               verb          to                   who                      guards */
    { STATE_NEW,           "create",     ACTION_PLANNED,      "everyone",              { guard_case_is_in_analysis, guard_writer_did_not_audit, guard_owner_is_here } },
    { ACTION_PLANNED,      "edit",       STATE_SAME,          "case_owner",            { guard_case_is_in_analysis, guard_writer_did_not_audit, guard_owner_is_here } },
    { ACTION_PLANNED,      "start",      ACTION_IN_PROGRESS,  "everyone",              { NULL } },
    { ACTION_PLANNED,      "cancel",     ACTION_CANCELLED,    "case_owner",            { guard_case_is_in_analysis } },
    { ACTION_IN_PROGRESS,  "edit",       STATE_SAME,          "owner|helper|case_owner", { NULL } },
    { ACTION_IN_PROGRESS,  "claim-done", ACTION_DONE_CLAIMED, "owner|helper",          { guard_plan_runs, guard_proof_is_attached, guard_work_is_done } },
    { ACTION_IN_PROGRESS,  "extend",     STATE_SAME,          "everyone",              { NULL } },
    { ACTION_IN_PROGRESS,  "cancel",     ACTION_CANCELLED,    DECIDERS,                { NULL } },
    { ACTION_DONE_CLAIMED, "verify",     ACTION_VERIFIED,     "everyone",              { NULL } },
    { ACTION_DONE_CLAIMED, "return",     ACTION_RETURNED,     "everyone",              { NULL } },
    { ACTION_RETURNED,     "edit",       STATE_SAME,          "owner|helper|case_owner", { NULL } },
    { ACTION_RETURNED,     "claim-done", ACTION_DONE_CLAIMED, "owner|helper",          { guard_plan_runs, guard_proof_is_attached, guard_work_is_done } },
    { ACTION_RETURNED,     "extend",     STATE_SAME,          "everyone",              { NULL } },
    { ACTION_RETURNED,     "cancel",     ACTION_CANCELLED,    DECIDERS,                { NULL } },
};
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

static const Index indexes[] = {
    { .name = STR_INIT("action_tally"), .columns = { STR_INIT("state"), STR_INIT("done_on"), STR_INIT("due_first"), STR_INIT("nonconformity") } },
};

const Type action_type = {
    .name = "action", .plural = "actions", .label = "Corrective action", .label_plural = "Corrective actions",
    .about = "What removes a cause: one owner, one date, one proof.",
    .number_format = "CA-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &states,
    TYPE_FIELDS(Action), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_RELATIONS(relations), TYPE_SEE(see),
    TYPE_INDEXES(indexes), .sort = "due",
};
/* clang-format on */
