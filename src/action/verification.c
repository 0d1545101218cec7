/* SPDX-License-Identifier: Apache-2.0
 * Verification (10.2 d; requirements 4.14): somebody who took no part checks each action against the plan (G-06). When
 * all are verified the waiting time begins. */
#include "action/verification.h"

#include "action/action.h"
#include "action/advice.h"
#include "action/case_part.h"
#include "action/due.h"
#include "action/steps.h"
#include "org/calendar.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

/* clang-format off */
static const Choice result_rows[] = { [VERIFICATION_PASSED - 1] = { "passed", N_("Passed") }, [VERIFICATION_FAILED - 1] = { "failed", N_("Failed") } };
static const ChoiceList verification_results = CHOICES_OF("verification_result", result_rows);
static const Choice method_rows[] = { { "seen", N_("Seen") }, { "re_performed", N_("Re-performed") }, { "sampled", N_("Sampled") } };
static const ChoiceList verification_methods = CHOICES_OF("verification_method", method_rows);

#define RECORD_TYPE   Verification
#define RECORD_FIELDS "action/verification.fields.h"
#include "record/define.h"
CASE_PART(Verification);

#define NAME_INPUT(F, T) \
    F(T, REF, person, .label = "Verifier", .to = "person", .needed = true)
INPUT(NameInput, NAME_INPUT, "nonconformity.name-verifier")
#define VERIFY_INPUT(F, T) \
    F(T, REFS,   actions,       .label = "Actions", .to = "action", .help = "Empty: all that are claimed done.") \
    F(T, CHOICE, method,        .label = "How it was checked", .choices = &verification_methods, .needed = true) \
    F(T, LONG,   evidence_text, .label = "What was seen", .needed = true) \
    F(T, REF,    with_expert,   .label = "With expert", .to = "person")
INPUT(VerifyInput, VERIFY_INPUT, "nonconformity.verify")
#define FAIL_INPUT(F, T) \
    F(T, REFS,   returned, .label = "Actions that go back", .to = "action", .needed = true) \
    F(T, CHOICE, method,   .label = "How it was checked", .choices = &verification_methods, .needed = true) \
    F(T, LONG,   reason,   .label = "What is missing", .needed = true)
INPUT(FailInput, FAIL_INPUT, "nonconformity.fail-verification")

static const Verb inside_verbs[] = { { .name = "create", .label = N_("Record"), .flags = VERB_INSIDE } };
static const Step inside_steps[] = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { NULL } } };
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

const Type verification_type = {
    .name = "verification", .plural = "verifications", .label = "Verification", .label_plural = "Verifications",
    .about = "Whether actions were done as planned, how that was checked and by whom.",
    .number_format = "VE-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(Verification), TYPE_VERBS(inside_verbs), TYPE_STEPS(inside_steps), TYPE_SEE(see),
};
/* clang-format on */
const Shape nc_name_verifier_input = SHAPE_OF(NameInput, "nonconformity.name-verifier");
const Shape nc_verify_input        = SHAPE_OF(VerifyInput, "nonconformity.verify");
const Shape nc_fail_input          = SHAPE_OF(FailInput, "nonconformity.fail-verification");

/* ------------------------------------------------------------------------------------------------------- G-06 */

/* 4.17, G-15: whoever advised on the case would be judging his own advice. */
static bool refuse_verifier_who_advised(Call *call, const Nonconformity *nc, Id person, Guard *guard, Err *err)
{
    AdviceList advice = { 0 };

    if (!record_list(call, &advice_type, &advice,
                     STR("nonconformity = $1 AND by = $2 AND state = 1 ORDER BY id LIMIT 1"),
                     BINDS(BIND_ID(nc->head.id), BIND_ID(person)), err))
        return false;
    if (advice.len == 0) return true;
    refuse(call, (Refusal){ .rule    = STR("G-15"),
                            .missing = str_fmt(call->arena, "a verifier who did not advise: %s gave advice %.*s",
                                               id_eq(person, call->who) ? "you" : "this person",
                                               STR_ARG(advice.at[0].head.number)),
                            .could   = people_who_could(call, guard, nc),
                            .next    = call_text(call, "Hand the verification to one of them.") });
    return true;
}

static bool refuse_verifier_who_took_part(Call *call, const Nonconformity *nc, Id person, Guard *guard, Err *err)
{
    ActionList actions = { 0 };
    bool is_self       = id_eq(person, call->who), lifts;

    if (!refuse_verifier_who_advised(call, nc, person, guard, err)) return false;
    if (!actions_of_case(call, nc, &actions, err)) return false;
    Str part = actions_part_of(&actions, person);
    if (part.len == 0) return true;
    if (!case_override_lifts(call, nc, "G-06", person, &lifts, err)) return false;
    if (lifts) return true;
    refuse(
        call,
        (Refusal){
            .rule    = STR("G-06"),
            .missing = str_fmt(call->arena, "a verifier who took no part: %s own%s or did %.*s",
                               is_self ? "you" : "this person", is_self ? "" : "s", STR_ARG(part)),
            .could   = people_who_could(call, guard, nc),
            .next    = call_text(
                   call,
                   "Hand the verification to one of them; an override (G-20) counts from before the audit's report.") });
    return true;
}

bool guard_verifier_is_apart(Call *call, const void *record, Err *err)
{
    return refuse_verifier_who_took_part(call, record, call->who, guard_verifier_is_apart, err);
}

bool guard_named_verifier_is_apart(Call *call, const void *record, Err *err)
{
    const NameInput *input = call->input;

    if (input == NULL) return true;
    return refuse_verifier_who_took_part(call, record, input->person, guard_verifier_is_apart, err);
}

bool nc_name_verifier(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Nonconformity *)record)->verifier = ((const NameInput *)call->input)->person;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verifying */

static bool is_named(const VerifyInput *input, const Action *action)
{
    return input == NULL || input->actions.len == 0 || id_list_has(&input->actions, action->head.id);
}

/* verify-1: only what is claimed done can be checked. */
bool guard_actions_are_claimed(Call *call, const void *record, Err *err)
{
    const VerifyInput *input = call->input;
    ActionList actions       = { 0 };
    size_t claimed           = 0;

    if (!actions_of_cycle(call, record, &actions, err)) return false;
    for (size_t i = 0; i < actions.len; i++) {
        const Action *action = &actions.at[i];
        if (!is_named(input, action)) continue;
        if (action->head.state == ACTION_DONE_CLAIMED) claimed++;
        if (input != NULL && input->actions.len > 0 && action->head.state != ACTION_DONE_CLAIMED) {
            refuse_with(call, "verify-1",
                        str_fmt(call->arena, "a claim that %.*s is done: it is in state \"%s\"",
                                STR_ARG(action->head.number), state_label(&action_type, action->head.state)),
                        "Verify the others, or wait for the claim.");
        }
    }
    if (claimed == 0 && call->refusals.len == 0)
        refuse_with(call, "verify-1", STR("an action that is claimed done"), "Wait until its owner claims it.");
    return true;
}

static Verification *verification_make(Call *call, const Nonconformity *nc, Changes *changes)
{
    Verification *verification = change_make(changes, &verification_type, "create", (Str){ 0 });

    verification->nonconformity = nc->head.id;
    verification->cycle         = nc->cycle;
    verification->by            = call->who;
    verification->checked_on    = call->today;
    return verification;
}

/* Verifies the actions named; *left counts those of the cycle that are not verified then. */
static bool actions_verify(Call *call, const Nonconformity *nc, Verification *verification, Changes *changes,
                           size_t *left, Err *err)
{
    ActionList *actions = arena_new(call->arena, ActionList);

    if (!actions_of_cycle(call, nc, actions, err)) return false;
    for (size_t i = 0; i < actions->len; i++) {
        Action *action = &actions->at[i];
        if (action->head.state == ACTION_VERIFIED) continue;
        if (action->head.state != ACTION_DONE_CLAIMED || !is_named(call->input, action)) {
            (*left)++;
            continue;
        }
        action->verified_on = call->today;
        action->verified_by = call->who;
        id_list_add(call->arena, &verification->actions, action->head.id);
        change_step(changes, &action_type, action, "verify", (Str){ 0 });
    }
    return true;
}

/* 10 working days after the waiting time the effectiveness review is late (ruling "other dues"). */
enum { REVIEW_WORKING_DAYS = 10 };

static bool waiting_begins(Call *call, Nonconformity *nc, Err *err)
{
    Workdays workdays;

    if (!calendar_of_person(call, nc->reviewer, &workdays, err)) return false;
    nc->verified_on             = call->today;
    nc->wait_until              = date_add_days(call->today, (int32_t)nc->wait_days.value);
    nc->effectiveness_due       = workday_add(&workdays, nc->wait_until, REVIEW_WORKING_DAYS);
    nc->effectiveness_due_first = nc->effectiveness_due;
    return true;
}

bool nc_verify(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc          = record;
    const VerifyInput *input   = call->input;
    Verification *verification = verification_make(call, nc, changes);
    size_t left                = 0;

    verification->result        = VERIFICATION_PASSED;
    verification->method        = input->method;
    verification->evidence_text = input->evidence_text;
    verification->with_expert   = input->with_expert;
    if (id_is_none(nc->verifier)) nc->verifier = call->who;
    if (!actions_verify(call, nc, verification, changes, &left, err)) return false;
    if (left == 0 && !waiting_begins(call, nc, err)) return false;
    change_target(changes, left == 0 ? NC_MONITORING : NC_IMPLEMENTED);
    due_settle(nc, left == 0 ? NC_MONITORING : NC_IMPLEMENTED, (Date){ 0 });
    return true;
}

static bool actions_return(Call *call, const Nonconformity *nc, Str reason, Changes *changes, Err *err)
{
    const FailInput *input = call->input;
    ActionList *actions    = arena_new(call->arena, ActionList);

    if (!actions_of_cycle(call, nc, actions, err)) return false;
    for (size_t i = 0; i < actions->len; i++) {
        Action *action = &actions->at[i];
        if (!id_list_has(&input->returned, action->head.id)) continue;
        if (action->head.state != ACTION_DONE_CLAIMED) {
            invalid(call, STR("returned"),
                    str_fmt(call->arena, "%.*s is not claimed done.", STR_ARG(action->head.number)));
            return true;
        }
        action->returned_why = reason;
        action->done_on      = (Date){ 0 };
        change_step(changes, &action_type, action, "return", reason);
    }
    return true;
}

static Date earliest_due(const ActionList *actions, const IdList *returned)
{
    Date due = { 0 };
    for (size_t i = 0; i < actions->len; i++) {
        if (action_is_open(&actions->at[i]) || id_list_has(returned, actions->at[i].head.id))
            due = date_min(due, actions->at[i].due);
    }
    return due;
}

bool nc_fail_verification(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc          = record;
    const FailInput *input     = call->input;
    Verification *verification = verification_make(call, nc, changes);
    ActionList actions         = { 0 };

    verification->result        = VERIFICATION_FAILED;
    verification->method        = input->method;
    verification->evidence_text = input->reason;
    verification->actions       = input->returned;
    if (!actions_of_cycle(call, nc, &actions, err) || !actions_return(call, nc, input->reason, changes, err))
        return false;
    nc->implemented_on = (Date){ 0 };
    due_settle(nc, NC_IN_PROGRESS, earliest_due(&actions, &input->returned));
    change_why(changes, input->reason);
    return true;
}
