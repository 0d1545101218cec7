/* SPDX-License-Identifier: Apache-2.0
 * From the report of a nonconformity to its owner, and the ends that people decide: rejected, corrected only, void. */
#include "action/case_part.h"
#include "action/due.h"
#include "action/external_step.h"
#include "action/steps.h"
#include "audit/choices.h"
#include "audit/finding.h"
#include "org/process.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

/* clang-format off */
#define CONFIRM_INPUT(F, T) \
    F(T, REF, owner, .label = "Owner", .to = "person", .help = "Empty: the owner of the process.") \
    F(T, CHOICE, kind, .label = "Grade", .choices = &nonconformity_kinds) \
    F(T, CHOICE, significance, .label = "Significance", .choices = &four_levels)
INPUT(ConfirmInput, CONFIRM_INPUT, "nonconformity.confirm")
#define HAND_ON_INPUT(F, T) \
    F(T, REF,  to, .label = "New owner", .to = "person", .needed = true) \
    F(T, BOOL, accepted, .label = "Has agreed", .needed = true)
INPUT(HandOnInput, HAND_ON_INPUT, "nonconformity.hand-on")
#define SET_DUE_INPUT(F, T) \
    F(T, CHOICE, step, .label = "Step", .choices = &policy_steps, .needed = true) \
    F(T, DATE, due, .label = "Earlier date", .needed = true) \
    F(T, LONG, reason, .label = "Reason", .needed = true)
INPUT(SetDueInput, SET_DUE_INPUT, "nonconformity.set-due")
#define EXTERNAL_INPUT(F, T) \
    F(T, CHOICE, step, .label = "Step", .choices = &external_states, .needed = true) \
    F(T, TEXT, letter, .label = "Letter or reference")
INPUT(ExternalInput, EXTERNAL_INPUT, "nonconformity.external")
#define SECOND_INPUT(F, T) \
    F(T, REF, second, .label = "Agreed with", .to = "person", .needed = true)
INPUT(SecondInput, SECOND_INPUT, "nonconformity.void")
#define NO_ACTION_INPUT(F, T) \
    F(T, LONG, reason, .label = "Why the correction is enough", .needed = true)
INPUT(NoActionInput, NO_ACTION_INPUT, "nonconformity.decide-no-action")
/* clang-format on */
const Shape nc_confirm_input   = SHAPE_OF(ConfirmInput, "nonconformity.confirm");
const Shape nc_hand_on_input   = SHAPE_OF(HandOnInput, "nonconformity.hand-on");
const Shape nc_set_due_input   = SHAPE_OF(SetDueInput, "nonconformity.set-due");
const Shape nc_external_input  = SHAPE_OF(ExternalInput, "nonconformity.external");
const Shape nc_second_input    = SHAPE_OF(SecondInput, "nonconformity.void");
const Shape nc_no_action_input = SHAPE_OF(NoActionInput, "nonconformity.decide-no-action");

/* ------------------------------------------------------------------------------------------------------- registering
 */

bool nc_register(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc = record;

    (void)changes, (void)err;
    nc->reported_by = call->who;
    nc->cycle       = (Int){ 1, true };
    if (date_is_none(nc->detected_on)) nc->detected_on = call->today;
    return true;
}

/* All dates that run from the day of assignment (ruling "past due"). */
static bool dues_begin(Call *call, Nonconformity *nc, Err *err)
{
    nc->assigned_on = call->today;
    if (!due_begin(call, nc, POLICY_ACKNOWLEDGE, call->today, nc->owner, err)) return false;
    if (!due_begin(call, nc, POLICY_CORRECTION, call->today, nc->owner, err)) return false;
    if (!due_begin(call, nc, POLICY_ANALYSIS, call->today, nc->owner, err)) return false;
    due_settle(nc, NC_ASSIGNED, (Date){ 0 });
    return true;
}

/* confirm-1: a nonconformity is written against a requirement (R-17021-1). */
bool guard_requirement_is_named(Call *call, const void *record, Err *err)
{
    (void)err;
    if (((const Nonconformity *)record)->refs.len == 0)
        refuse_with(call, "confirm-1", STR("the requirement that is not fulfilled: no clause or control is named"),
                    "Name at least one clause or control by \"edit\", then confirm.");
    return true;
}

bool nc_confirm(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc         = record;
    const ConfirmInput *input = call->input;
    Process process;

    (void)changes;
    nc->owner = input->owner;
    if (id_is_none(nc->owner)) {
        if (!record_must(call, &process_type, nc->process, &process, err)) return false;
        nc->owner = process.owner;
    }
    if (input->kind != 0) nc->kind = input->kind;
    if (input->significance != 0) nc->significance = input->significance;
    return dues_begin(call, nc, err);
}

/* A nonconformity follows the issue of a finding: registered, confirmed and assigned in one step. It keeps the number.
 */
bool case_follows_finding(Call *call, void *record, Changes *changes, Err *err)
{
    const Finding *finding = record;

    if (!finding_is_nonconformity(finding)) return true;
    Nonconformity *nc = change_make(changes, &nonconformity_type, "assign",
                                    str_fmt(call->arena, "finding %.*s issued", STR_ARG(finding->head.number)));
    nc->head.number   = finding->head.number;
    nc->finding       = finding->head.id;
    nc->source        = finding->source;
    nc->source_ref    = finding->source_ref.len > 0 ? finding->source_ref : finding->head.number;
    nc->kind          = finding->kind;
    nc->significance  = finding->significance;
    nc->title         = finding->title;
    nc->refs          = finding->refs;
    nc->criteria      = finding->criteria;
    nc->condition     = finding->condition;
    nc->evidence_text = finding->evidence_text;
    nc->effect        = finding->effect;
    nc->extent        = finding->extent;
    nc->process       = finding->process;
    nc->site          = finding->site;
    nc->owner         = finding->owner;
    nc->reported_by   = finding->written_by;
    nc->detected_on   = finding->presented_on;
    nc->cycle         = (Int){ 1, true };
    return dues_begin(call, nc, err);
}

/* ------------------------------------------------------------------------------------------------------- the owner */

/* hand-on-1: nobody becomes an owner without having agreed. */
bool guard_new_owner_agreed(Call *call, const void *record, Err *err)
{
    const HandOnInput *input = call->input;

    (void)record, (void)err;
    if (input != NULL && input->accepted != YES)
        refuse_with(call, "hand-on-1", STR("the agreement of the new owner"), "Ask first, then hand it on.");
    return true;
}

bool nc_hand_on(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Nonconformity *)record)->owner = ((const HandOnInput *)call->input)->to;
    return true;
}

bool nc_acknowledge(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc = record;

    (void)changes, (void)err;
    nc->acknowledged_on = call->today;
    due_settle(nc, NC_ACKNOWLEDGED, (Date){ 0 });
    return true;
}

/* set-due-1: only earlier; a later date is an extension (G-11). */
bool guard_date_is_earlier(Call *call, const void *record, Err *err)
{
    const SetDueInput *input = call->input;
    Nonconformity copy       = *(const Nonconformity *)record;

    (void)err;
    if (input == NULL) return true;
    const Date *due = due_of(&copy, input->step);
    if (due == NULL || date_is_none(*due))
        refuse_with(call, "set-due-1", STR("a step with a date: this one has none now"),
                    "Set the date of an action by editing the plan.");
    else if (!date_before(input->due, *due))
        refuse_with(call, "set-due-1",
                    str_fmt(call->arena, "an earlier date than %.*s", STR_ARG(date_to_human(call->arena, *due))),
                    "Ask for an extension where more time is needed (G-11).");
    return true;
}

bool nc_set_due(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc        = record;
    const SetDueInput *input = call->input;

    (void)err;
    *due_of(nc, input->step) = input->due;
    due_settle(nc, nc->head.state, nc->action_due);
    change_why(changes, input->reason);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the body */

/* external-1: only a nonconformity of a certification body has steps with it (R-17021-3). */
bool guard_body_is_named(Call *call, const void *record, Err *err)
{
    (void)err;
    if (((const Nonconformity *)record)->external_body.len == 0)
        refuse_with(call, "external-1", STR("a certification body: this nonconformity has none"),
                    "Its steps are your own; nothing is sent.");
    return true;
}

bool nc_external(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc          = record;
    const ExternalInput *input = call->input;
    ExternalStep *step         = change_make(changes, &external_step_type, "create", (Str){ 0 });

    (void)err;
    step->nonconformity = nc->head.id;
    step->step          = input->step;
    step->letter        = input->letter;
    step->taken_on      = call->today;
    nc->external_state  = input->step;
    if (input->step == EXTERNAL_SUBMITTED) nc->external_plan_sent = YES;
    if (input->step == EXTERNAL_RETURNED) nc->external_plan_sent = NO;
    if (input->step == EXTERNAL_EVIDENCE_SENT) nc->external_evidence_sent = YES;
    due_settle(nc, nc->head.state, nc->action_due);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- ends by
 * decision */

/* R-102-3: whoever decides that no action is needed is not the owner. */
bool guard_decider_is_not_owner(Call *call, const void *record, Err *err)
{
    (void)err;
    if (id_eq(((const Nonconformity *)record)->owner, call->who)) {
        refuse(call, (Refusal){ .rule    = STR("R-102-3"),
                                .missing = STR("a decision by another person than the owner"),
                                .could   = people_who_could(call, guard_decider_is_not_owner, record),
                                .next    = call_text(call, "Ask one of them to decide.") });
    }
    return true;
}

/* R-102-3: a major one and a repeat always need corrective action. */
bool guard_case_is_light(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc = record;

    (void)err;
    if (nc->kind == NC_MAJOR)
        refuse_with(call, "R-102-3", STR("corrective action: it is a major nonconformity"),
                    "Look for the cause and submit a plan.");
    if (!id_is_none(nc->recurrence_of))
        refuse_with(call, "R-102-3", STR("corrective action: the same cause came back"),
                    "Look for the cause and submit a plan.");
    return true;
}

bool nc_decide_no_action(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc = record;

    (void)changes, (void)err;
    nc->no_action_reason   = ((const NoActionInput *)call->input)->reason;
    nc->no_action_approver = call->who;
    due_settle(nc, NC_CORRECTED_ONLY, (Date){ 0 });
    return true;
}

bool nc_close(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc = record;

    (void)changes, (void)err;
    nc->closed_from = (Int){ nc->head.state, true };
    nc->closed_on   = call->today;
    due_settle(nc, NC_CLOSED, (Date){ 0 });
    return true;
}

static bool has_role_of_keeper(const StrList *roles)
{
    for (size_t i = 0; i < roles->len; i++) {
        if (str_eq_c(roles->at[i], "coordinator") || str_eq_c(roles->at[i], "isms_manager")) return true;
    }
    return false;
}

static bool has_role_of_manager(const StrList *roles)
{
    for (size_t i = 0; i < roles->len; i++) {
        if (str_eq_c(roles->at[i], "programme_manager")) return true;
    }
    return false;
}

/* G-13: voiding and reopening take two: coordinator (or ISMS manager) and programme manager, in either order. */
bool guard_second_person_agrees(Call *call, const void *record, Err *err)
{
    const SecondInput *input = call->input;
    StrList second           = { 0 };
    IdList managers          = { 0 };

    (void)record;
    if (input == NULL) return true;
    if (!call->app->directory->roles_of(call, input->second, &second, err)) return false;
    bool apart =
        !id_eq(input->second, call->who) && ((has_role_of_keeper(&call->roles) && has_role_of_manager(&second)) ||
                                             (has_role_of_manager(&call->roles) && has_role_of_keeper(&second)));
    if (apart) return true;
    if (!call->app->directory->people_with(call, STR("programme_manager"), &managers, err)) return false;
    if (!call->app->directory->people_with(call, STR("coordinator"), &managers, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("G-13"),
                            .missing = STR("two people: the coordinator and the programme manager"),
                            .could   = people_names(call, &managers),
                            .next    = call_text(call, "Agree with the other one and name him.") });
    return true;
}

bool nc_reopen(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc = record;

    (void)call, (void)err;
    int back      = nc->closed_from.value == NC_CORRECTED_ONLY ? NC_CORRECTED_ONLY : NC_MONITORING;
    nc->closed_on = (Date){ 0 };
    change_target(changes, back);
    due_settle(nc, back, (Date){ 0 });
    return true;
}

bool nc_void(Call *call, void *record, Changes *changes, Err *err)
{
    (void)call, (void)changes, (void)err;
    due_settle(record, NC_VOID, (Date){ 0 });
    return true;
}
