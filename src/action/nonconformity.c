/* SPDX-License-Identifier: Apache-2.0
 * The life of a nonconformity (10.2; requirements 4.11): the table of its steps, and the short verbs. What has a
 * subject of its own stands in the file of that subject: correction, analysis, plan, verification, effectiveness,
 * extension. */
#include "action/nonconformity.h"

#include "action/case_part.h"
#include "action/steps.h"
#include "audit/choices.h"
#include "audit/finding.h"
#include "org/due_policy.h"
#include "record/row.h"

/* clang-format off */
static const Choice state_rows[] = {
    [NC_REGISTERED - 1]     = { "registered",     N_("Registered") },
    [NC_ASSIGNED - 1]       = { "assigned",       N_("Assigned") },
    [NC_ACKNOWLEDGED - 1]   = { "acknowledged",   N_("Acknowledged") },
    [NC_ANALYSIS - 1]       = { "analysis",       N_("Analysis") },
    [NC_PLAN_REVIEW - 1]    = { "plan_review",    N_("Plan review") },
    [NC_IN_PROGRESS - 1]    = { "in_progress",    N_("In progress") },
    [NC_IMPLEMENTED - 1]    = { "implemented",    N_("Implemented") },
    [NC_MONITORING - 1]     = { "monitoring",     N_("Monitoring") },
    [NC_CORRECTED_ONLY - 1] = { "corrected_only", N_("Corrected only") },
    [NC_CLOSED - 1]         = { "closed",         N_("Closed") },
    [NC_REJECTED - 1]       = { "rejected",       N_("Rejected") },
    [NC_VOID - 1]           = { "void",           N_("Void") },
};
static const ChoiceList states = CHOICES_OF("nonconformity_state", state_rows);

static const Choice kind_rows[] = {
    [NC_MAJOR - 1] = { "major_nc", N_("Major") },
    [NC_MINOR - 1] = { "minor_nc", N_("Minor") },
};
const ChoiceList nonconformity_kinds = CHOICES_OF("nonconformity_kind", kind_rows);

static const Choice method_rows[] = {
    { "five_whys", N_("5 Whys") }, { "ishikawa", N_("Ishikawa") }, { "fault_tree", N_("Fault tree") }, { "barrier_analysis", N_("Barrier analysis") },
};
const ChoiceList cause_methods = CHOICES_OF("cause_method", method_rows);

static const Choice return_rows[] = {
    { "cause_is_symptom",    N_("The cause is the symptom") },
    { "blame_only",          N_("The cause is only blame") },
    { "action_does_not_fit", N_("An action does not fit the cause") },
    { "no_similar_check",    N_("Similar cases were not looked for") },
    { "not_measurable",      N_("Effectiveness cannot be measured") },
    { "date_too_late",       N_("A date is too late") },
};
const ChoiceList return_reasons = CHOICES_OF("return_reason", return_rows);

static const Choice external_rows[] = {
    [EXTERNAL_SUBMITTED - 1]     = { "submitted",     N_("Plan sent") },
    [EXTERNAL_ACCEPTED - 1]      = { "accepted",      N_("Plan accepted") },
    [EXTERNAL_RETURNED - 1]      = { "returned",      N_("Returned") },
    [EXTERNAL_VERIFIED - 1]      = { "verified",      N_("Verified") },
    [EXTERNAL_EVIDENCE_SENT - 1] = { "evidence_sent", N_("Evidence sent") },
};
const ChoiceList external_states = CHOICES_OF("external_state", external_rows);

#define RECORD_TYPE   Nonconformity
#define RECORD_FIELDS "action/nonconformity.fields.h"
#include "record/define.h"
/* clang-format on */

bool nonconformity_is_open(const Nonconformity *nc)
{
    return nc->head.state >= NC_REGISTERED && nc->head.state <= NC_MONITORING;
}

int nonconformity_grade(const Nonconformity *nc)
{
    return nc->kind == NC_MAJOR ? GRADE_MAJOR : GRADE_MINOR;
}

bool nonconformity_of(Call *call, Id id, Nonconformity *out, Err *err)
{
    return record_must(call, &nonconformity_type, id, out, err);
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool add_one(Call *call, Id person, IdList *people)
{
    id_list_add(call->arena, people, person);
    return true;
}

static bool people_owner(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    return add_one(call, ((const Nonconformity *)record)->owner, people);
}

static bool people_verifier(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    return add_one(call, ((const Nonconformity *)record)->verifier, people);
}

static bool people_reviewer(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    return add_one(call, ((const Nonconformity *)record)->reviewer, people);
}

static const Relation relations[] = {
    { "owner", N_("the owner of the nonconformity"), people_owner },
    { "verifier", N_("the verifier named for it"), people_verifier },
    { "reviewer", N_("the reviewer named in the plan"), people_reviewer },
};

/* ------------------------------------------------------------------------------------------------------- the table */

/* clang-format off */
#define PLAN_APPROVERS "coordinator|isms_manager|programme_manager|top_management"
#define KEEPERS        "coordinator|isms_manager|programme_manager"

static const Verb verbs[] = {
    { "register",         N_("Register"),             N_("Anybody may report one; the coordinator confirms it."), NULL, nc_register, VERB_PRIMARY, NULL },
    { "confirm",          N_("Confirm"),              N_("It is a nonconformity and gets an owner; the dates begin."), &nc_confirm_input, nc_confirm, VERB_PRIMARY, NULL },
    { "reject",           N_("Reject"),               N_("It is none; the reporter is told why."), NULL, NULL, VERB_DANGER, NULL },
    { "assign",           N_("Assign"),               N_("A finding was issued."), NULL, NULL, VERB_INSIDE, NULL },
    { "hand-on",          N_("Hand on"),              N_("Another person, who has agreed, becomes the owner."), &nc_hand_on_input, nc_hand_on, 0, NULL },
    { "acknowledge",      N_("Acknowledge"),          N_("You know of it and take it on."), NULL, nc_acknowledge, VERB_PRIMARY, NULL },
    { "correct",          N_("Record a correction"),  N_("What puts the situation right now; it does not touch the cause."), &nc_correct_input, nc_correct, 0, NULL },
    { "start-analysis",   N_("Start the analysis"),   N_("The situation is under control; now the cause is looked for."), &nc_start_analysis_input, nc_start_analysis, VERB_PRIMARY, NULL },
    { "analyse",          N_("Record the analysis"),  N_("Method, problem, and why it was not found earlier."), &nc_analyse_input, nc_analyse, 0, NULL },
    { "similar-check",    N_("Similar cases looked for"), N_("The searches are complete: none found, or found and dealt with."), &nc_similar_check_input, nc_similar_check, 0, NULL },
    { "submit-plan",      N_("Submit plan"),          N_("Another person decides on causes, actions and dates."), &nc_submit_plan_input, nc_submit_plan, VERB_PRIMARY, NULL },
    { "return-plan",      N_("Return plan"),          N_("Back to analysis, with a reason from the list."), &nc_return_plan_input, nc_return_plan, 0, NULL },
    { "approve-plan",     N_("Approve plan"),         N_("The cause explains the condition, the actions address the cause, the dates fit."), &nc_approve_plan_input, nc_approve_plan, VERB_PRIMARY, NULL },
    { "decide-no-action", N_("No corrective action"), N_("The correction is enough; for minor ones that never happened before."), &nc_no_action_input, nc_decide_no_action, 0, NULL },
    { "close",            N_("Close"),                N_("The correction was enough."), NULL, nc_close, VERB_PRIMARY, NULL },
    { "set-due",          N_("Set an earlier date"),  N_("A later one is an extension."), &nc_set_due_input, nc_set_due, 0, NULL },
    { "extend",           N_("Date extended"),        N_("An extension was granted."), NULL, NULL, VERB_INSIDE, NULL },
    { "name-verifier",    N_("Name the verifier"),    N_("Somebody who owns no action and did none of the work."), &nc_name_verifier_input, nc_name_verifier, 0, NULL },
    { "progress",         N_("An action moved"),      NULL, NULL, NULL, VERB_INSIDE, NULL },
    { "verify",           N_("Verify"),               N_("Was it done as planned? When all actions are verified the waiting time begins."), &nc_verify_input, nc_verify, VERB_PRIMARY, NULL },
    { "fail-verification", N_("Not done as planned"), N_("The actions named go back to their owners."), &nc_fail_input, nc_fail_verification, 0, NULL },
    { "effectiveness-review", N_("Review effectiveness"), N_("Did it help? Effective closes the case."), &nc_review_input, nc_effectiveness_review, VERB_PRIMARY, NULL },
    { "external",         N_("Record a step with the body"), N_("What was sent to the certification body, or said by it."), &nc_external_input, nc_external, 0, NULL },
    { "recur",            N_("Recurrence found"),     NULL, NULL, NULL, VERB_INSIDE, NULL },
    { "reopen",           N_("Reopen"),               N_("Only where it was closed by mistake."), &nc_second_input, nc_reopen, VERB_DANGER, NULL },
    { "void",             N_("Void"),                 N_("Withdrawn by two people; it keeps its number (G-13)."), &nc_second_input, nc_void, VERB_DANGER, NULL },
};

static const Step steps[] = {
    /* from               verb                to                 who                     guards */
    { STATE_NEW,          "register",         NC_REGISTERED,     "everyone",             { NULL } },
    { STATE_NEW,          "assign",           NC_ASSIGNED,       "everyone",             { NULL } },
    { NC_REGISTERED,      "edit",             STATE_SAME,        KEEPERS,                { NULL } },
    { NC_REGISTERED,      "confirm",          NC_ASSIGNED,       KEEPERS,                { guard_requirement_is_named } },
    { NC_REGISTERED,      "reject",           NC_REJECTED,       "coordinator|isms_manager", { NULL } },
    { NC_ASSIGNED,        "acknowledge",      NC_ACKNOWLEDGED,   "owner",                { NULL } },
    { NC_ASSIGNED,        "hand-on",          STATE_SAME,        "owner|" KEEPERS,       { guard_new_owner_agreed } },
    { NC_ACKNOWLEDGED,    "correct",          STATE_SAME,        "owner",                { NULL } },
    { NC_ACKNOWLEDGED,    "start-analysis",   NC_ANALYSIS,       "owner",                { guard_situation_is_under_control, guard_consequences_are_handled } },
    { NC_ANALYSIS,        "analyse",          STATE_SAME,        "owner",                { guard_owner_did_not_audit } },
    { NC_ANALYSIS,        "similar-check",    STATE_SAME,        "owner",                { guard_something_was_searched } },
    { NC_ANALYSIS,        "submit-plan",      NC_PLAN_REVIEW,    "owner",                { guard_owner_did_not_audit, guard_extent_is_known, guard_cause_is_confirmed, guard_cause_is_no_blame,
                                                                                           guard_similar_cases_were_looked_for, guard_every_cause_has_an_action, guard_actions_are_whole,
                                                                                           guard_effect_can_be_measured, guard_reviewer_is_apart } },
    { NC_ANALYSIS,        "correct",          STATE_SAME,        "owner",                { NULL } },
    { NC_ANALYSIS,        "decide-no-action", NC_CORRECTED_ONLY, "programme_manager|isms_manager|coordinator", { guard_decider_is_not_owner, guard_case_is_light, guard_situation_is_under_control } },
    { NC_PLAN_REVIEW,     "approve-plan",     NC_IN_PROGRESS,    PLAN_APPROVERS,         { guard_approver_is_apart, guard_waiting_time_is_explained, guard_dates_fit } },
    { NC_PLAN_REVIEW,     "return-plan",      NC_ANALYSIS,       PLAN_APPROVERS,         { guard_approver_is_apart } },
    { NC_PLAN_REVIEW,     "correct",          STATE_SAME,        "owner",                { NULL } },
    { NC_IN_PROGRESS,     "correct",          STATE_SAME,        "owner",                { NULL } },
    { NC_IN_PROGRESS,     "progress",         STATE_SAME,        "everyone",             { NULL } },
    { NC_IN_PROGRESS,     "progress",         NC_IMPLEMENTED,    "everyone",             { NULL } },
    { NC_IMPLEMENTED,     "verify",           NC_MONITORING,     "verifier|" PLAN_APPROVERS, { guard_verifier_is_apart, guard_actions_are_claimed } },
    { NC_IMPLEMENTED,     "verify",           NC_IMPLEMENTED,    "verifier|" PLAN_APPROVERS, { NULL } }, /* some actions are left; judged by the row above */
    { NC_IMPLEMENTED,     "fail-verification", NC_IN_PROGRESS,   "verifier|" PLAN_APPROVERS, { guard_verifier_is_apart } },
    { NC_MONITORING,      "effectiveness-review", NC_CLOSED,     "reviewer",             { guard_reviewer_took_no_part, guard_waiting_time_is_over, guard_data_are_enough, guard_isms_was_asked, guard_two_people_worked } },
    { NC_MONITORING,      "effectiveness-review", NC_ANALYSIS,   "reviewer",             { NULL } }, /* judged by the row above */
    { NC_MONITORING,      "effectiveness-review", NC_MONITORING, "reviewer",             { NULL } },
    { NC_CORRECTED_ONLY,  "close",            NC_CLOSED,         "coordinator|isms_manager|programme_manager", { NULL } },
    { STATE_ANY,          "name-verifier",    STATE_SAME,        KEEPERS,                { guard_named_verifier_is_apart } },
    { STATE_ANY,          "set-due",          STATE_SAME,        "owner|" KEEPERS,       { guard_date_is_earlier } },
    { STATE_ANY,          "extend",           STATE_SAME,        "everyone",             { NULL } },
    { STATE_ANY,          "external",         STATE_SAME,        "owner|" KEEPERS,       { guard_body_is_named } },
    { STATE_ANY,          "recur",            STATE_SAME,        "everyone",             { NULL } },
    { NC_CLOSED,          "reopen",           NC_MONITORING,     "programme_manager",    { guard_second_person_agrees } },
    { NC_CLOSED,          "reopen",           NC_CORRECTED_ONLY, "programme_manager",    { guard_second_person_agrees } },
    { STATE_ANY,          "void",             NC_VOID,           "coordinator|isms_manager|programme_manager", { guard_second_person_agrees } },
};

static const See see[] = {
    { SEE_CASE_MANAGERS, NULL },
    { "everyone", SEE_CASES_OF("id") },
};
static const Index indexes[] = {
    { .name = STR_INIT("nonconformity_open_by_due"), .columns = { STR_INIT("step_due"), STR_INIT("id") }, .where = STR_INIT("state <= 8") },
    /* the views of the register and what waits for a person: few of very many cases */
    { .name = STR_INIT("nonconformity_by_state_due"), .columns = { STR_INIT("state"), STR_INIT("step_due") } },
    { .name = STR_INIT("nonconformity_effect_due"),   .columns = { STR_INIT("effectiveness_due") }, .where = STR_INIT("state = 8") },
    { .name = STR_INIT("nonconformity_owner_in"),     .columns = { STR_INIT("owner"), STR_INIT("state") } },
    { .name = STR_INIT("nonconformity_verifier_in"),  .columns = { STR_INIT("verifier"), STR_INIT("state") } },
    { .name = STR_INIT("nonconformity_reviewer_in"),  .columns = { STR_INIT("reviewer"), STR_INIT("state") } },
    { .name = STR_INIT("nonconformity_reporter_in"),  .columns = { STR_INIT("reported_by"), STR_INIT("state") } },
    { .name = STR_INIT("nonconformity_source_in"),    .columns = { STR_INIT("source"), STR_INIT("state") } },
    /* indicators count over these alone */
    { .name = STR_INIT("nonconformity_tally"),  .columns = { STR_INIT("state"), STR_INIT("kind"), STR_INIT("source") } },
    { .name = STR_INIT("nonconformity_closed"), .columns = { STR_INIT("state"), STR_INIT("closed_on"), STR_INIT("assigned_on"), STR_INIT("id") } },
    { .name = STR_INIT("nonconformity_plans"),  .columns = { STR_INIT("plans_submitted"), STR_INIT("plans_returned") }, .where = STR_INIT("plans_submitted > 0") },
};

const Type nonconformity_type = {
    .name = "nonconformity", .plural = "nonconformities", .label = "Nonconformity", .label_plural = "Nonconformities",
    .about = "A requirement that is not fulfilled, from any source, with all that is done about it until it stays away.",
    .number_format = "F-%03d", .number_series = "finding", .is_dossier = true,
    TYPE_FIELDS(Nonconformity), .states = &states, TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_RELATIONS(relations),
    TYPE_SEE(see), TYPE_INDEXES(indexes), .sort = "step_due",
};
/* clang-format on */
