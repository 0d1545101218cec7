/* SPDX-License-Identifier: Apache-2.0
 * One audit in its stages (ISO 19011 6.2 to 6.7): initiated, prepared, agreed, held, reported, followed up, closed. The
 * guards stand in audit_plan.c, audit_finish.c and audit_close.c. */
#include "audit/audit.h"

#include "audit/agenda.h"
#include "audit/audit_guards.h"
#include "audit/choices.h"
#include "audit/part.h"
#include "audit/programme.h"
#include "audit/report.h"
#include "audit/request_import.h"
#include "audit/seen.h"
#include "record/change.h"
#include "record/row.h"
#include "record/value.h"

static const Choice audit_state_rows[] = {
    [AUDIT_PLANNED - 1]       = { "planned", N_("Planned") },
    [AUDIT_INITIATED - 1]     = { "initiated", N_("Initiated") },
    [AUDIT_PREPARING - 1]     = { "preparing", N_("In preparation") },
    [AUDIT_PLAN_AGREED - 1]   = { "plan_agreed", N_("Plan agreed") },
    [AUDIT_FIELDWORK - 1]     = { "fieldwork", N_("Fieldwork") },
    [AUDIT_REPORTING - 1]     = { "reporting", N_("Reporting") },
    [AUDIT_REPORT_ISSUED - 1] = { "report_issued", N_("Report issued") },
    [AUDIT_FOLLOW_UP - 1]     = { "follow_up", N_("Follow-up") },
    [AUDIT_CLOSED - 1]        = { "closed", N_("Closed") },
    [AUDIT_POSTPONED - 1]     = { "postponed", N_("Postponed") },
    [AUDIT_CANCELLED - 1]     = { "cancelled", N_("Cancelled") },
    [AUDIT_TERMINATED - 1]    = { "terminated", N_("Stopped early") },
};
static const ChoiceList audit_states = CHOICES_OF("audit_state", audit_state_rows);

static const Choice audit_kind_rows[] = {
    [AUDIT_INTERNAL - 1]           = { "internal", N_("Internal audit") },
    [AUDIT_IS_FOLLOW_UP - 1]       = { "follow_up", N_("Follow-up audit") },
    [AUDIT_SPECIAL - 1]            = { "special", N_("Special audit") },
    [AUDIT_SUPPLIER - 1]           = { "supplier", N_("Audit of a supplier") },
    [AUDIT_CERTIFICATION_BODY - 1] = { "certification_body", N_("Audit by the certification body") },
    [AUDIT_OTHER_EXTERNAL - 1]     = { "other_external", N_("Other audit from outside") },
};
static const ChoiceList audit_kinds = CHOICES_OF("audit_kind", audit_kind_rows);

static const Choice staffing_rows[] = {
    [STAFFING_AGREED - 1]   = { "agreed", N_("Assigned") },
    [STAFFING_PROPOSED - 1] = { "proposed", N_("Proposed") },
};
static const ChoiceList audit_staffings = CHOICES_OF("audit_staffing", staffing_rows);

enum { OUTCOME_POSTPONE = 1, OUTCOME_CANCEL };
static const Choice not_feasible_rows[] = {
    [OUTCOME_POSTPONE - 1] = { "postponed", N_("It is postponed") },
    [OUTCOME_CANCEL - 1]   = { "cancelled", N_("It is cancelled") },
};
static const ChoiceList not_feasible_outcomes = CHOICES_OF("not_feasible_outcome", not_feasible_rows);

#include "audit/audit_input.h"
INPUT(NotFeasibleInput, NOT_FEASIBLE_INPUT, "audit.not-feasible")

#define RECORD_TYPE   Audit
#define RECORD_FIELDS "audit/audit.fields.h"
#include "record/define.h"

bool audit_is_ours(const Audit *audit)
{
    return audit->kind == AUDIT_INTERNAL || audit->kind == AUDIT_IS_FOLLOW_UP || audit->kind == AUDIT_SPECIAL;
}

/* ------------------------------------------------------------------------------------------------------- guards */

/* audit-1: an audit has a first and a later last day. */
static bool guard_days_are_in_order(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;

    (void)err;
    if (call->input != NULL && date_before(audit->last_day, audit->start))
        invalid(call, STR("last_day"), call_text(call, "Choose a day on or after the first one."));
    return true;
}

/* initiate-1: somebody leads it. */
static bool guard_lead_is_named(Call *call, const void *record, Err *err)
{
    const Audit *audit      = record;
    const InitiateInput *in = call->input;

    (void)err;
    if (in == NULL || !id_is_none(audit->lead) || !id_is_none(in->lead)) return true;
    refuse_with(call, "initiate-1", STR("nobody leads this audit"), "Name the lead auditor.");
    return true;
}

/* audit-2: bodies from outside plan and report for themselves. */
static bool guard_audit_is_ours(Call *call, const void *record, Err *err)
{
    (void)err;
    if (audit_is_ours(record) || ((const Audit *)record)->kind == AUDIT_SUPPLIER) return true;
    refuse_with(call, "audit-2", STR("this audit is held by somebody else: only its visit and its result are recorded"),
                "Record what the body announced, and its result.");
    return true;
}

/* record-external-1: the result of an audit of our own comes from its papers. */
static bool guard_audit_is_external(Call *call, const void *record, Err *err)
{
    (void)err;
    if (!audit_is_ours(record)) return true;
    refuse_with(call, "record-external-1", STR("this audit is our own: its result comes from its working papers"),
                "Initiate it.");
    return true;
}

/* confirm-feasible-1: three times yes, or another objective that the client accepts. */
static bool guard_audit_is_feasible(Call *call, const void *record, Err *err)
{
    const FeasibleInput *in = call->input;

    (void)record, (void)err;
    if (in == NULL || (in->information == YES && in->cooperation == YES && in->time == YES)) return true;
    if (str_trim(in->changed_objective).len > 0 && in->accepted_by_client == YES) return true;
    refuse_with(
        call, "confirm-feasible-1", STR("information, cooperation and time do not all suffice"),
        "Propose another objective to the client and record that it is accepted, or say that it is not feasible.");
    return true;
}

/* not-feasible-1: the client hears of it first. */
static bool guard_client_is_informed(Call *call, const void *record, Err *err)
{
    const NotFeasibleInput *in = call->input;

    (void)record, (void)err;
    if (in != NULL && in->client_informed != YES)
        refuse_with(call, "not-feasible-1", STR("the client does not know yet"), "Tell the client first.");
    return true;
}

/* change-plan-1, change-plan-2: the auditee is told; a changed scope is accepted by the client. */
static bool guard_change_is_told(Call *call, const void *record, Err *err)
{
    const ChangePlanInput *in = call->input;

    (void)record, (void)err;
    if (in == NULL) return true;
    if (in->auditee_told != YES)
        refuse_with(call, "change-plan-1", STR("the auditee does not know yet"), "Tell the auditee first.");
    if ((in->refs.len > 0 || in->processes.len > 0) && in->accepted_by_client != YES)
        refuse_with(call, "change-plan-2", STR("the client has not accepted the changed scope"),
                    "Ask the client first.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs: before
 */

static bool audit_create(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit = record;

    (void)call, (void)changes, (void)err;
    audit->scope_version = (Int){ 1, true };
    if (audit->staffing == 0) audit->staffing = STAFFING_AGREED;
    return true;
}

/* edit: a changed scope asks every declaration again (4.6). */
static bool audit_edit(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit        = record;
    const Audit *before = call->before;
    bool is_same        = value_equal(&Audit_fields[Audit_refs], before, audit) &&
                   value_equal(&Audit_fields[Audit_processes], before, audit);

    (void)changes, (void)err;
    if (!is_same) audit->scope_version.value++;
    return true;
}

static bool audit_initiate(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit            = record;
    const InitiateInput *in = call->input;

    (void)changes, (void)err;
    if (!id_is_none(in->lead)) audit->lead = in->lead;
    audit->auditee_contact = in->contact;
    audit->channel         = in->channel;
    audit->staffing        = STAFFING_AGREED;
    return true;
}

static bool audit_confirm_feasible(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit            = record;
    const FeasibleInput *in = call->input;

    (void)changes, (void)err;
    audit->information = in->information;
    audit->cooperation = in->cooperation;
    audit->time_enough = in->time;
    if (str_trim(in->changed_objective).len > 0) audit->objectives = in->changed_objective;
    return true;
}

static void audit_new_window(Audit *audit, Date from, Date to)
{
    audit->new_window_from = from;
    audit->new_window_to   = to;
}

static bool audit_not_feasible(Call *call, void *record, Changes *changes, Err *err)
{
    const NotFeasibleInput *in = call->input;

    (void)err;
    audit_new_window(record, in->new_window_from, in->new_window_to);
    change_target(changes, in->outcome == OUTCOME_POSTPONE ? AUDIT_POSTPONED : AUDIT_CANCELLED);
    change_why(changes, in->reason);
    return true;
}

static Int version_next(Int asked, Int now)
{
    return asked.set ? asked : (Int){ now.value + 1, true };
}

static bool audit_agree_plan(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit         = record;
    const AgreeInput *in = call->input;

    (void)changes, (void)err;
    audit->plan_version     = version_next(in->version, audit->plan_version);
    audit->plan_accepted_by = in->accepted_by;
    audit->notice_days =
        in->notice_days.set ? in->notice_days : (Int){ date_days_between(call->today, audit->start), true };
    audit->notice_waived_by = in->notice_waived_by;
    if (!id_is_none(in->live_tests_by)) audit->live_tests_by = in->live_tests_by;
    if (!date_is_none(in->live_tests_on)) audit->live_tests_on = in->live_tests_on;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs:
 * fieldwork */

/* A meeting that comes with the step becomes its own record, held today. */
static void audit_record_meeting(Call *call, const Audit *audit, int kind, Changes *changes)
{
    const MeetingInput *in = call->input;

    if (in == NULL || in->present.len == 0) return;
    Meeting *meeting   = change_make(changes, &meeting_type, "record", (Str){ 0 });
    meeting->audit     = audit->head.id;
    meeting->kind      = kind;
    meeting->date      = call->today;
    meeting->start_at  = in->start_at;
    meeting->place     = in->place;
    meeting->recording = in->recording;
    meeting->present   = in->present;
    meeting->notes     = in->notes;
}

static bool audit_open(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit = record;

    (void)err;
    audit->real_start = call->today;
    audit_record_meeting(call, audit, MEETING_OPENING, changes);
    return true;
}

static bool audit_change_plan(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit              = record;
    const ChangePlanInput *in = call->input;

    (void)err;
    audit->plan_version = version_next(in->version, audit->plan_version);
    if (!date_is_none(in->last_day)) audit->last_day = in->last_day;
    if (in->refs.len > 0) audit->refs = in->refs;
    if (in->processes.len > 0) audit->processes = in->processes;
    if (in->refs.len > 0 || in->processes.len > 0) audit->scope_version.value++;
    change_why(changes, in->reason);
    return true;
}

static bool audit_stop_early(Call *call, void *record, Changes *changes, Err *err)
{
    const ReasonInput *in = call->input;

    (void)err;
    ((Audit *)record)->real_end = call->today;
    change_why(changes, in->reason);
    return true;
}

static bool audit_finish(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit = record;

    (void)err;
    audit->real_end = call->today;
    audit_record_meeting(call, audit, MEETING_CLOSING, changes);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs: report
 * and after */

/* The report of an audit held before exists on paper only: it is recorded as issued. */
static void audit_record_report(Call *call, const Audit *audit, Changes *changes)
{
    const IssueReportInput *in = call->input;
    Report *report             = change_make(changes, &report_type, "record", (Str){ 0 });

    report->head.number = in->report_number.len > 0 ? in->report_number : audit->head.number;
    report->audit       = audit->head.id;
    report->author      = id_is_none(in->author) ? audit->lead : in->author;
    report->approver    = call->who;
    report->version     = in->version.len > 0 ? in->version : STR("1.0");
    report->issued_on   = call->today;
    report->late_reason = in->late_reason;
    report->file        = in->file;
    report->page_count  = in->page_count;
}

/* issue-report: the approver's word; from now on the report's text is fixed. */
static bool audit_issue_report(Call *call, void *record, Changes *changes, Err *err)
{
    const Audit *audit         = record;
    const IssueReportInput *in = call->input;
    Report *report             = arena_new(call->arena, Report);
    bool found;

    if (!report_of(call, audit->head.id, report, &found, err)) return false;
    if (!found) {
        audit_record_report(call, audit, changes);
        return true;
    }
    if (!id_is_none(in->author)) report->author = in->author;
    if (in->version.len > 0) report->version = in->version;
    if (in->late_reason.len > 0) report->late_reason = in->late_reason;
    if (in->file.len > 0) report->file = in->file;
    if (in->page_count.set) report->page_count = in->page_count;
    report->approver  = call->who;
    report->issued_on = call->today;
    change_step(changes, &report_type, report, "issue", changes->why);
    return true;
}

static bool audit_close(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit         = record;
    const CloseInput *in = call->input;

    (void)changes, (void)err;
    audit->lessons        = in->lessons;
    audit->no_evaluations = in->no_evaluations;
    return true;
}

static bool audit_postpone(Call *call, void *record, Changes *changes, Err *err)
{
    const WindowInput *in = call->input;

    (void)err;
    audit_new_window(record, in->new_window_from, in->new_window_to);
    change_why(changes, in->reason);
    return true;
}

static bool audit_reschedule(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit              = record;
    const RescheduleInput *in = call->input;

    (void)changes, (void)err;
    audit->start    = in->start;
    audit->last_day = in->last_day;
    if (date_before(in->last_day, in->start))
        invalid(call, STR("last_day"), call_text(call, "Choose a day on or after the first one."));
    return true;
}

static bool audit_record_external(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Audit *)record)->external_note = ((const ExternalInput *)call->input)->note;
    return true;
}

static bool audit_record_external_result(Call *call, void *record, Changes *changes, Err *err)
{
    Audit *audit                  = record;
    const ExternalResultInput *in = call->input;

    (void)changes, (void)err;
    audit->external_report = in->report;
    audit->external_dated  = in->report_date;
    audit->real_end        = date_min(call->today, audit->last_day);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool audit_lead(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Audit *)record)->lead);
    return true;
}

static bool audit_client(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Audit *)record)->client);
    return true;
}

static bool audit_approver(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Audit *)record)->report_approver);
    return true;
}

static bool audit_programme_approver(Call *call, const void *record, IdList *people, Err *err)
{
    Programme programme;
    bool found;

    if (!record_load(call, &programme_type, ((const Audit *)record)->programme, &programme, &found, err)) return false;
    if (found) id_list_add(call->arena, people, programme.approver);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the type */

/* clang-format off */
static const Verb audit_verbs[] = {
    { .name = "create", .label = N_("Plan audit"), .help = N_("Adds an audit to the programme."), .body = audit_create, .flags = VERB_PRIMARY },
    { .name = "edit", .label = N_("Edit"), .help = N_("Changes fields; a changed scope asks every declaration again."), .body = audit_edit },
    { .name = "initiate", .label = N_("Initiate audit"), .help = N_("Contact with the auditee is made; the team is no proposal any more."), .input = &InitiateInput_shape, .body = audit_initiate, .flags = VERB_PRIMARY },
    { .name = "confirm-feasible", .label = N_("Confirm feasibility"), .help = N_("Information, cooperation and time suffice; preparation begins."), .input = &FeasibleInput_shape, .body = audit_confirm_feasible, .flags = VERB_PRIMARY },
    { .name = "not-feasible", .label = N_("Not feasible"), .help = N_("The audit is postponed or cancelled; the client knows."), .input = &NotFeasibleInput_shape, .body = audit_not_feasible },
    { .name = "agree-plan", .label = N_("Agree plan"), .help = N_("Fixes scope, criteria and timetable; fieldwork may begin on the first day."), .input = &AgreeInput_shape, .body = audit_agree_plan, .flags = VERB_PRIMARY },
    { .name = "open", .label = N_("Open fieldwork"), .help = N_("After the opening meeting."), .input = &MeetingInput_shape, .body = audit_open, .flags = VERB_PRIMARY },
    { .name = "change-plan", .label = N_("Change plan"), .help = N_("A new version of the plan; a changed scope asks declarations again."), .input = &ChangePlanInput_shape, .body = audit_change_plan },
    { .name = "import-requests", .label = N_("Import requests"), .help = N_("Asks for evidence by a whole list; each line that does not fit is named, and then none is taken."), .input = &audit_import_requests_input, .body = audit_import_requests },
    { .name = "stop-early", .label = N_("Stop early"), .help = N_("Ends fieldwork; a report on what was seen is still due."), .input = &ReasonInput_shape, .body = audit_stop_early },
    { .name = "report", .label = N_("Write report"), .help = N_("Reports on an audit that was stopped early."), .flags = VERB_PRIMARY },
    { .name = "finish", .label = N_("Finish fieldwork"), .help = N_("After the closing meeting; papers can no longer be changed."), .input = &MeetingInput_shape, .body = audit_finish, .flags = VERB_PRIMARY },
    { .name = "issue-report", .label = N_("Issue report"), .help = N_("Approves and fixes the report; later changes are amendments."), .input = &IssueReportInput_shape, .body = audit_issue_report, .flags = VERB_PRIMARY },
    { .name = "start-follow-up", .label = N_("Start follow-up"), .help = N_("Findings are handed over; the audit stays open until they are in hand."), .flags = VERB_PRIMARY },
    { .name = "close", .label = N_("Close audit"), .help = N_("Completes the file. Open corrective actions live on."), .input = &CloseInput_shape, .body = audit_close, .flags = VERB_PRIMARY },
    { .name = "postpone", .label = N_("Postpone"), .help = N_("Gives the audit a new window."), .input = &WindowInput_shape, .body = audit_postpone },
    { .name = "reschedule", .label = N_("Set new days"), .help = N_("A postponed audit is planned again."), .input = &RescheduleInput_shape, .body = audit_reschedule, .flags = VERB_PRIMARY },
    { .name = "cancel", .label = N_("Cancel"), .help = N_("The audit will not be held; it does not count as planned any more."), .input = &WindowInput_shape, .body = audit_postpone },
    { .name = "record-external", .label = N_("Record announcement"), .help = N_("The body has announced its visit."), .input = &ExternalInput_shape, .body = audit_record_external, .flags = VERB_PRIMARY },
    { .name = "record-external-result", .label = N_("Record result"), .help = N_("The body has reported; enter its nonconformities one by one."), .input = &ExternalResultInput_shape, .body = audit_record_external_result, .flags = VERB_PRIMARY },
};

#define PM      "programme_manager"
#define PM_LEAD "programme_manager|lead"
#define EXT     "isms_manager|programme_manager|coordinator"
static const Step audit_steps[] = {
    /* from                verb                to                    who        guards */
    { STATE_NEW,           "create",           AUDIT_PLANNED,        PM,        { guard_days_are_in_order } },
    { AUDIT_PLANNED,       "edit",             STATE_SAME,           PM,        { guard_days_are_in_order } },
    { AUDIT_INITIATED,     "edit",             STATE_SAME,           PM_LEAD,   { guard_days_are_in_order } },
    { AUDIT_PREPARING,     "edit",             STATE_SAME,           PM_LEAD,   { guard_days_are_in_order } },
    { AUDIT_PLAN_AGREED,   "edit",             STATE_SAME,           PM_LEAD,   { guard_days_are_in_order } },
    { AUDIT_FIELDWORK,     "edit",             STATE_SAME,           PM_LEAD,   { guard_days_are_in_order } },
    { AUDIT_INITIATED,       "import-requests",  STATE_SAME,           PM_LEAD,   { NULL } },
    { AUDIT_PREPARING,       "import-requests",  STATE_SAME,           PM_LEAD,   { NULL } },
    { AUDIT_PLAN_AGREED,     "import-requests",  STATE_SAME,           PM_LEAD,   { NULL } },
    { AUDIT_FIELDWORK,       "import-requests",  STATE_SAME,           PM_LEAD,   { NULL } },
    { AUDIT_REPORTING,     "edit",             STATE_SAME,           PM_LEAD,   { NULL } },
    { AUDIT_POSTPONED,     "edit",             STATE_SAME,           PM,        { guard_days_are_in_order } },
    { AUDIT_PLANNED,       "initiate",         AUDIT_INITIATED,      PM_LEAD,   { guard_audit_is_ours, guard_lead_is_named } },
    { AUDIT_INITIATED,     "confirm-feasible", AUDIT_PREPARING,      "lead",    { guard_audit_is_ours, guard_audit_is_feasible } },
    { AUDIT_INITIATED,     "not-feasible",     AUDIT_POSTPONED,      "lead",    { guard_audit_is_ours, guard_client_is_informed } },
    { AUDIT_INITIATED,     "not-feasible",     AUDIT_CANCELLED,      "lead",    { guard_audit_is_ours, guard_client_is_informed } },
    { AUDIT_PREPARING,     "agree-plan",       AUDIT_PLAN_AGREED,    "lead",    { guard_scope_is_defined, guard_team_is_qualified, guard_team_is_independent, guard_team_has_declared,
                                                                                  guard_agenda_covers_scope, guard_auditees_accept, guard_notice_is_kept, guard_live_tests_are_agreed } },
    { AUDIT_PLAN_AGREED,   "open",             AUDIT_FIELDWORK,      "lead",    { guard_opening_is_recorded } },
    { AUDIT_FIELDWORK,     "change-plan",      STATE_SAME,           "lead",    { guard_change_is_told } },
    { AUDIT_FIELDWORK,     "stop-early",       AUDIT_TERMINATED,     "lead|client", { NULL } },
    { AUDIT_TERMINATED,    "report",           AUDIT_REPORTING,      "lead",    { NULL } },
    { AUDIT_FIELDWORK,     "finish",           AUDIT_REPORTING,      "lead",    { guard_papers_are_done, guard_papers_are_reviewed, guard_requests_are_closed, guard_closing_is_recorded } },
    { AUDIT_REPORTING,     "issue-report",     AUDIT_REPORT_ISSUED,  "approver", { guard_report_is_complete, guard_findings_are_read, guard_report_approver_is_apart, guard_report_is_in_time } },
    { AUDIT_REPORT_ISSUED, "start-follow-up",  AUDIT_FOLLOW_UP,      PM_LEAD,   { guard_findings_are_issued } },
    { AUDIT_REPORT_ISSUED, "close",            AUDIT_CLOSED,         PM,        { guard_report_is_distributed, guard_auditors_are_evaluated, guard_lessons_are_written, guard_findings_are_in_hand } },
    { AUDIT_FOLLOW_UP,     "close",            AUDIT_CLOSED,         PM,        { guard_report_is_distributed, guard_auditors_are_evaluated, guard_lessons_are_written, guard_findings_are_in_hand } },
    { AUDIT_PLANNED,       "postpone",         AUDIT_POSTPONED,      PM,        { NULL } },
    { AUDIT_INITIATED,     "postpone",         AUDIT_POSTPONED,      PM,        { NULL } },
    { AUDIT_PREPARING,     "postpone",         AUDIT_POSTPONED,      PM,        { NULL } },
    { AUDIT_PLAN_AGREED,   "postpone",         AUDIT_POSTPONED,      PM,        { NULL } },
    { AUDIT_FIELDWORK,     "postpone",         AUDIT_POSTPONED,      PM,        { NULL } },
    { AUDIT_POSTPONED,     "reschedule",       AUDIT_PLANNED,        PM,        { NULL } },
    { AUDIT_PLANNED,       "cancel",           AUDIT_CANCELLED,      "programme_manager|programme_approver", { guard_coverage_is_kept } },
    { AUDIT_INITIATED,     "cancel",           AUDIT_CANCELLED,      "programme_manager|programme_approver", { guard_coverage_is_kept } },
    { AUDIT_PREPARING,     "cancel",           AUDIT_CANCELLED,      "programme_manager|programme_approver", { guard_coverage_is_kept } },
    { AUDIT_PLAN_AGREED,   "cancel",           AUDIT_CANCELLED,      "programme_manager|programme_approver", { guard_coverage_is_kept } },
    { AUDIT_FIELDWORK,     "cancel",           AUDIT_CANCELLED,      "programme_manager|programme_approver", { guard_coverage_is_kept } },
    { AUDIT_POSTPONED,     "cancel",           AUDIT_CANCELLED,      "programme_manager|programme_approver", { guard_coverage_is_kept } },
    { AUDIT_PLANNED,       "record-external",        AUDIT_INITIATED,     EXT,  { guard_audit_is_external } },
    { AUDIT_PLANNED,       "record-external-result", AUDIT_REPORT_ISSUED, EXT,  { guard_audit_is_external } },
    { AUDIT_INITIATED,     "record-external-result", AUDIT_REPORT_ISSUED, EXT,  { guard_audit_is_external } },
};
static const Relation audit_relations[] = {
    { "lead", N_("the lead auditor"), audit_lead },
    { "client", N_("the client of the audit"), audit_client },
    { "approver", N_("the approver of the report"), audit_approver },
    { "programme_approver", N_("the approver of the programme"), audit_programme_approver },
};
static const See audit_see[] = {
    { SEE_MANAGERS, NULL },
    { "everyone", "lead = :viewer OR client = :viewer OR auditee_contact = :viewer OR report_approver = :viewer"
                  " OR id IN (SELECT audit FROM team_member WHERE person = :viewer AND state = 1)"
                  " OR id IN (SELECT record_link.source FROM record_link JOIN process ON process.id = record_link.target"
                  " WHERE record_link.kind = 'audit.processes' AND (process.owner = :viewer OR process.deputy = :viewer))" },
    { "external_auditor", "state >= 7 AND state <= 9" },
};

const Type audit_type = {
    .name = "audit", .plural = "audits", .label = "Audit", .label_plural = "Audits",
    .about = "One audit, from the line of the programme to its close.",
    .number_format = "IA-%Y-%02d", .is_dossier = true, .states = &audit_states,
    TYPE_FIELDS(Audit), TYPE_VERBS(audit_verbs), TYPE_STEPS(audit_steps), TYPE_RELATIONS(audit_relations), TYPE_SEE(audit_see),
    .sort = "-start",
};
/* clang-format on */
