/* SPDX-License-Identifier: Apache-2.0
 * The plan of a case: what must be there before it is submitted (R-102-4 to R-102-8), and the decision of another
 * person (G-05). */
#include "action/action.h"
#include "action/analysis.h"
#include "action/case_part.h"
#include "action/due.h"
#include "action/steps.h"
#include "audit/audit.h"
#include "org/process.h"
#include "org/process_person.h"
#include "org/wording.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

/* clang-format off */
#define SUBMIT_INPUT(F, T) \
    F(T, LONG, extent,          .label = "Extent", .help = "How many of how many, where, since when.", .clause = "R-102-4") \
    F(T, LONG, what_allowed_it, .label = "What allowed it", .clause = "R-102-5") \
    F(T, LONG, criterion,       .label = "Effective when", .help = "Something that can be measured.", .clause = "R-102-8") \
    F(T, LONG, criterion_data,  .label = "Shown by these data", .clause = "R-102-8") \
    F(T, INT,  wait_days,       .label = "Waiting days after verification", .min = 1, .max = 1000, .clause = "R-102-8") \
    F(T, INT,  min_occurrences, .label = "At least so many runs of the process", .max = 10000) \
    F(T, REF,  reviewer,        .label = "Reviewer", .to = "person", .clause = "G-07")
INPUT(SubmitInput, SUBMIT_INPUT, "nonconformity.submit-plan")
#define RETURN_INPUT(F, T) \
    F(T, CHOICE, reason,  .label = "Reason", .choices = &return_reasons, .needed = true) \
    F(T, LONG,   comment, .label = "What is missing", .needed = true)
INPUT(ReturnInput, RETURN_INPUT, "nonconformity.return-plan")
#define APPROVE_INPUT(F, T) \
    F(T, LONG, waiting_reason, .label = "Why the waiting time is short", .help = "Needed below the minimum of the policy; it is shown in the review pack.") \
    F(T, LONG, exceptions,     .label = "Why dates go beyond the policy", .help = "Needed where an action is due later than the policy allows.")
INPUT(ApproveInput, APPROVE_INPUT, "nonconformity.approve-plan")
/* clang-format on */
const Shape nc_submit_plan_input  = SHAPE_OF(SubmitInput, "nonconformity.submit-plan");
const Shape nc_return_plan_input  = SHAPE_OF(ReturnInput, "nonconformity.return-plan");
const Shape nc_approve_plan_input = SHAPE_OF(ApproveInput, "nonconformity.approve-plan");

/* ------------------------------------------------------------------------------------------------------- before it is
 * submitted */

/* R-102-4: it is known how far it goes. */
bool guard_extent_is_known(Call *call, const void *record, Err *err)
{
    const SubmitInput *input = call->input;

    (void)err;
    if (((const Nonconformity *)record)->extent.len == 0 && (input == NULL || input->extent.len == 0))
        refuse_with(call, "R-102-4", STR("the extent: how many of how many, where, since when"),
                    "Say it with the plan.");
    return true;
}

/* R-102-5: at least one root cause, confirmed by evidence. */
bool guard_cause_is_confirmed(Call *call, const void *record, Err *err)
{
    RootCauseList causes = { 0 };

    if (!root_causes_of_cycle(call, record, &causes, err)) return false;
    for (size_t i = 0; i < causes.len; i++) {
        if (causes.at[i].level == CAUSE_LEVEL_ROOT && causes.at[i].confirmed == YES) return true;
    }
    refuse_with(call, "R-102-5", STR("a root cause that evidence confirms"), "Add it, with what shows that it is so.");
    return true;
}

/* R-102-5, S-6: where every cause is only blame, somebody must say what allowed it. */
bool guard_cause_is_no_blame(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc  = record;
    const SubmitInput *input = call->input;
    RootCauseList causes     = { 0 };

    if (nc->what_allowed_it.len > 0 || (input != NULL && input->what_allowed_it.len > 0)) return true;
    if (!root_causes_of_cycle(call, nc, &causes, err)) return false;
    for (size_t i = 0; i < causes.len; i++) {
        if (!wording_is_blame_only(call->arena, causes.at[i].text)) return true;
    }
    if (causes.len > 0) {
        refuse_with(
            call, "R-102-5",
            str_fmt(call->arena, "an answer to: what allowed it? \"%.*s\" is no cause", STR_ARG(causes.at[0].text)),
            "Ask once more: which rule, tool or handover let that happen?");
    }
    return true;
}

/* R-102-6: similar cases were looked for. */
bool guard_similar_cases_were_looked_for(Call *call, const void *record, Err *err)
{
    (void)err;
    if (((const Nonconformity *)record)->similar_found == UNANSWERED)
        refuse_with(call, "R-102-6", STR("the check for similar cases: where was looked, and with what result"),
                    "Record the searches, then \"similar cases looked for\".");
    return true;
}

static bool is_addressed(const ActionList *actions, Id cause)
{
    for (size_t i = 0; i < actions->len; i++) {
        if (id_eq(actions->at[i].root_cause, cause) || id_list_has(&actions->at[i].also, cause)) return true;
    }
    return false;
}

/* R-102-7: at least one action against each root cause. */
bool guard_every_cause_has_an_action(Call *call, const void *record, Err *err)
{
    RootCauseList causes = { 0 };
    ActionList actions   = { 0 };

    if (!root_causes_of_cycle(call, record, &causes, err) || !actions_of_cycle(call, record, &actions, err))
        return false;
    if (actions.len == 0)
        refuse_with(call, "R-102-7", STR("actions: there is none"),
                    "Plan at least one action against each root cause.");
    for (size_t i = 0; i < causes.len && actions.len > 0; i++) {
        if (causes.at[i].level != CAUSE_LEVEL_ROOT || is_addressed(&actions, causes.at[i].head.id)) continue;
        refuse_with(call, "R-102-7",
                    str_fmt(call->arena, "an action against %.*s: %.*s", STR_ARG(causes.at[i].head.number),
                            STR_ARG(causes.at[i].text)),
                    "Plan one, or take the cause out if it is none.");
    }
    return true;
}

/* R-102-7: a person, a date, resources and the proof that is expected; the fields are needed when an action is made, so
 * only dates in the past remain to be asked. */
bool guard_actions_are_whole(Call *call, const void *record, Err *err)
{
    ActionList actions = { 0 };

    if (!actions_of_cycle(call, record, &actions, err)) return false;
    for (size_t i = 0; i < actions.len; i++) {
        if (action_is_open(&actions.at[i]) && date_before(actions.at[i].due, call->today))
            refuse_with(call, "R-102-7",
                        str_fmt(call->arena, "a date that lies ahead for %.*s", STR_ARG(actions.at[i].head.number)),
                        "Give it a new date.");
    }
    return true;
}

/* R-102-8: criterion, data, waiting time and reviewer are fixed before anything is done. */
bool guard_effect_can_be_measured(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc  = record;
    const SubmitInput *input = call->input;
    bool whole = input != NULL ? input->criterion.len > 0 && input->criterion_data.len > 0 && input->wait_days.set &&
                                     !id_is_none(input->reviewer)
                               : nc->criterion.len > 0 && nc->wait_days.set;

    (void)err;
    if (!whole)
        refuse_with(call, "R-102-8",
                    STR("how effectiveness will be judged: criterion, data, waiting days and reviewer"),
                    "Say it with the plan: it is fixed before the actions begin.");
    return true;
}

/* Whether the person owns, stands in for or works in the process of the case (ruling "same process"). */
static bool is_of_process(Call *call, const Nonconformity *nc, Id person, bool *is, Err *err)
{
    Process process;
    int64_t count;

    if (!record_must(call, &process_type, nc->process, &process, err)) return false;
    if (!record_count(call, &process_person_type,
                      STR("process = $1 AND person = $2 AND state = 1 AND (until = 0 OR until >= $3)"),
                      BINDS(BIND_ID(nc->process), BIND_ID(person), BIND_DATE(call->today)), &count, err))
        return false;
    *is = id_eq(process.owner, person) || id_eq(process.deputy, person) || count > 0;
    return true;
}

/* G-07 for `person`; `of` is what the sentence begins with. */
bool refuse_reviewer_who_took_part(Call *call, const Nonconformity *nc, Id person, Guard *guard, Err *err)
{
    ActionList actions = { 0 };
    bool is            = false, lifts;

    if (id_is_none(person)) return true;
    if (!actions_of_case(call, nc, &actions, err)) return false;
    Str part = actions_part_of(&actions, person);
    if (nc->kind == NC_MAJOR && !is_of_process(call, nc, person, &is, err)) return false;
    if (part.len == 0 && !is) return true;
    if (!case_override_lifts(call, nc, "G-07", person, &lifts, err)) return false;
    if (lifts) return true;
    refuse(
        call,
        (Refusal){
            .rule    = STR("G-07"),
            .missing = part.len > 0 ? str_fmt(call->arena, "a reviewer who took no part: this person owns or did %.*s",
                                              STR_ARG(part))
                                    : STR("a reviewer from outside the process: it is a major nonconformity"),
            .could   = people_who_could(call, guard, nc),
            .next = call_text(call, "Name somebody else; an override (G-20) counts from before the audit's report.") });
    return true;
}

bool guard_reviewer_is_apart(Call *call, const void *record, Err *err)
{
    const SubmitInput *input = call->input;
    const Nonconformity *nc  = record;

    return refuse_reviewer_who_took_part(call, nc, input != NULL ? input->reviewer : nc->reviewer,
                                         guard_reviewer_is_apart, err);
}

bool nc_submit_plan(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc        = record;
    const SubmitInput *input = call->input;

    (void)changes, (void)err;
    if (input->extent.len > 0) nc->extent = input->extent;
    if (input->what_allowed_it.len > 0) nc->what_allowed_it = input->what_allowed_it;
    nc->criterion         = input->criterion;
    nc->criterion_data    = input->criterion_data;
    nc->wait_days         = input->wait_days;
    nc->min_occurrences   = input->min_occurrences;
    nc->reviewer          = input->reviewer;
    nc->plan_submitted_on = call->today;
    nc->plans_submitted   = (Int){ nc->plans_submitted.value + 1, true };
    due_settle(nc, NC_PLAN_REVIEW, (Date){ 0 });
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the decision
 */

/* G-05: whoever decides on a plan owns no action in it. */
bool guard_approver_is_apart(Call *call, const void *record, Err *err)
{
    ActionList actions = { 0 };

    if (!actions_of_cycle(call, record, &actions, err)) return false;
    for (size_t i = 0; i < actions.len; i++) {
        if (!id_eq(actions.at[i].owner, call->who)) continue;
        refuse(call, (Refusal){ .rule    = STR("G-05"),
                                .missing = str_fmt(call->arena, "an approver who owns no action: you own %.*s",
                                                   STR_ARG(actions.at[i].head.number)),
                                .could   = people_who_could(call, guard_approver_is_apart, record),
                                .next    = call_text(call, "Leave the decision to one of them.") });
        return true;
    }
    return true;
}

enum { WAIT_MINIMUM_MAJOR = 60, WAIT_MINIMUM_MINOR = 90 };

/* approve-1: a waiting time below the policy's minimum has the approver's reason (ruling "waiting time"). */
bool guard_waiting_time_is_explained(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc   = record;
    const ApproveInput *input = call->input;
    int64_t minimum           = nc->kind == NC_MAJOR ? WAIT_MINIMUM_MAJOR : WAIT_MINIMUM_MINOR;

    (void)err;
    if (nc->wait_days.value >= minimum || (input != NULL && input->waiting_reason.len > 0)) return true;
    refuse_with(call, "approve-1",
                str_fmt(call->arena, "a reason for waiting %lld days only: the policy asks for %lld",
                        (long long)nc->wait_days.value, (long long)minimum),
                "Give the reason with the approval, or return the plan.");
    return true;
}

/* The first day of the next visit of a certification body after `today`; none when none is planned. */
static bool next_visit(Call *call, Date *day, Err *err)
{
    AuditList visits = { 0 };

    *day = (Date){ 0 };
    if (!record_list(call, &audit_type, &visits,
                     STR("kind = $1 AND start > $2 AND state NOT IN ($3, $4) ORDER BY start, id LIMIT 1"),
                     BINDS(BIND_NUMBER(AUDIT_CERTIFICATION_BODY), BIND_DATE(call->today), BIND_NUMBER(AUDIT_POSTPONED),
                           BIND_NUMBER(AUDIT_CANCELLED)),
                     err))
        return false;
    if (visits.len == 1) *day = visits.at[0].start;
    return true;
}

enum { DAYS_BEFORE_VISIT = 30 };

/* The latest day the policy allows: for a minor one not later than 30 days before the next visit, where that day is
 * still ahead (ruling "4.11 before a visit"). */
static bool latest_due(Call *call, const Nonconformity *nc, Id owner, Date visit, Date *out, Err *err)
{
    if (!due_policy_of_action(call, nc, owner, out, err)) return false;
    if (nc->kind == NC_MAJOR || date_is_none(visit)) return true;
    Date before = date_add_days(visit, -DAYS_BEFORE_VISIT);
    if (date_before(call->today, before)) *out = date_min(*out, before);
    return true;
}

/* approve-2: every action is due within the policy, or the approver says why not. */
bool guard_dates_fit(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc   = record;
    const ApproveInput *input = call->input;
    ActionList actions        = { 0 };
    Date visit;

    if (input != NULL && input->exceptions.len > 0) return true;
    if (!actions_of_cycle(call, nc, &actions, err) || !next_visit(call, &visit, err)) return false;
    for (size_t i = 0; i < actions.len; i++) {
        Date latest;
        if (!action_is_open(&actions.at[i])) continue;
        if (!latest_due(call, nc, actions.at[i].owner, visit, &latest, err)) return false;
        if (!date_before(latest, actions.at[i].due)) continue;
        refuse_with(call, "approve-2",
                    str_fmt(call->arena, "a reason why %.*s is due on %.*s: the policy allows %.*s",
                            STR_ARG(actions.at[i].head.number), STR_ARG(date_to_human(call->arena, actions.at[i].due)),
                            STR_ARG(date_to_human(call->arena, latest))),
                    "Give the reason with the approval, or return the plan.");
    }
    return true;
}

/* The actions begin; the date of the first approved plan is kept (ruling K-5). */
static bool actions_start(Call *call, const Nonconformity *nc, Changes *changes, Err *err)
{
    ActionList *actions = arena_new(call->arena, ActionList);

    if (!actions_of_cycle(call, nc, actions, err)) return false;
    for (size_t i = 0; i < actions->len; i++) {
        Action *action = &actions->at[i];
        if (action->head.state != ACTION_PLANNED) continue;
        if (date_is_none(action->due_first)) action->due_first = action->due;
        change_step(changes, &action_type, action, "start", STR("plan approved"));
    }
    return true;
}

bool nc_approve_plan(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc         = record;
    const ApproveInput *input = call->input;
    Date next;

    if (!due_next_action(call, nc, &next, err) || !actions_start(call, nc, changes, err)) return false;
    nc->plan_approver    = call->who;
    nc->plan_approved_on = call->today;
    nc->waiting_reason   = input->waiting_reason;
    nc->exceptions       = input->exceptions;
    due_settle(nc, NC_IN_PROGRESS, next);
    return true;
}

bool nc_return_plan(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc        = record;
    const ReturnInput *input = call->input;

    (void)err;
    nc->return_reason   = input->reason;
    nc->return_comment  = input->comment;
    nc->plans_returned  = (Int){ nc->plans_returned.value + 1, true };
    nc->what_allowed_it = (Str){ 0 };
    due_settle(nc, NC_ANALYSIS, (Date){ 0 });
    change_why(changes, input->comment);
    return true;
}
