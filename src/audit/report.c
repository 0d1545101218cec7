/* SPDX-License-Identifier: Apache-2.0
 * The report (4.16) and its distribution. A report is issued by the audit's verb "issue-report"; from then on it
 * changes only by an amendment with a number of its own. */
#include "audit/report.h"

#include "audit/paper.h"
#include "audit/part.h"
#include "audit/report_draft.h"
#include "audit/request.h"
#include "audit/seen.h"
#include "audit/team.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

static const Choice report_state_rows[] = {
    [REPORT_DRAFT - 1] = { "draft", N_("Draft") },          [REPORT_IN_REVIEW - 1] = { "in_review", N_("In review") },
    [REPORT_APPROVED - 1] = { "approved", N_("Approved") }, [REPORT_ISSUED - 1] = { "issued", N_("Issued") },
    [REPORT_AMENDED - 1] = { "amended", N_("Amended") },
};
static const ChoiceList report_states = CHOICES_OF("report_state", report_state_rows);

static const Choice distribution_state_rows[] = {
    [DISTRIBUTION_SENT - 1]         = { "sent", N_("Sent") },
    [DISTRIBUTION_OPENED - 1]       = { "opened", N_("Opened") },
    [DISTRIBUTION_ACKNOWLEDGED - 1] = { "acknowledged", N_("Acknowledged") },
    [DISTRIBUTION_WITHDRAWN - 1]    = { "withdrawn", N_("Withdrawn") },
};
static const ChoiceList distribution_states = CHOICES_OF("distribution_state", distribution_state_rows);

#define RECORD_TYPE   Report
#define RECORD_FIELDS "audit/report.fields.h"
#include "record/define.h"

#define RECORD_TYPE   Distribution
#define RECORD_FIELDS "audit/distribution.fields.h"
#include "record/define.h"

AUDIT_PART(Report);
AUDIT_PART(Distribution);

#define RETURN_INPUT(F, T) F(T, LONG, comment, .label = "What is to be changed", .needed = true)
INPUT(ReturnInput, RETURN_INPUT, "report.return")

#define AMEND_INPUT(F, T) F(T, LONG, reason, .label = "Why", .needed = true)
INPUT(AmendInput, AMEND_INPUT, "report.amend")

#define ATTACH_INPUT(F, T)                                                                                             \
    F(T, FILE, file, .label = "File", .needed = true)                                                                  \
    F(T, INT, file_size, .label = "Size in bytes", .needed = true)                                                     \
    F(T, INT, page_count, .label = "Pages", .needed = true)
INPUT(AttachInput, ATTACH_INPUT, "report.attach")

#define SEEN_INPUT(F, T) F(T, DATE, day, .label = "Day", .help = "Empty: today.")
INPUT(SeenInput, SEEN_INPUT, "distribution.day")

bool report_of(Call *call, Id audit, Report *report, bool *found, Err *err)
{
    ReportList list = { 0 };

    if (!record_list(call, &report_type, &list, STR("audit = $1 AND state < $2 ORDER BY id DESC LIMIT 1"),
                     BINDS(BIND_ID(audit), BIND_NUMBER(REPORT_AMENDED)), err))
        return false;
    *found  = list.len == 1;
    *report = *found ? list.at[0] : (Report){ 0 };
    return true;
}

/* The eleven parts of 4.16 in their order, and the one that is needed when something was not covered. */
static const int mandatory_parts[] = {
    Report_objectives,   Report_scope,           Report_client_text,       Report_team,
    Report_dates_places, Report_criteria,        Report_findings_text,     Report_conclusions,
    Report_criteria_met, Report_differing_views, Report_sampling_statement
};
static_assert(countof(mandatory_parts) == 11, "as many as 4.16 has");

/* A paper says so, or evidence was asked for and not received (4.9). */
static bool something_is_not_covered(Call *call, Id audit, bool *some, Err *err)
{
    int64_t papers, requests;

    if (!record_count(call, &paper_type, STR("audit = $1 AND conclusion = $2"),
                      BINDS(BIND_ID(audit), BIND_NUMBER(CONCLUDED_NOT_COVERED)), &papers, err) ||
        !record_count(call, &evidence_request_type, STR("audit = $1 AND state = $2"),
                      BINDS(BIND_ID(audit), BIND_NUMBER(REQUEST_NOT_RECEIVED)), &requests, err))
        return false;
    *some = papers + requests > 0;
    return true;
}

bool report_missing_parts(Call *call, const Report *report, StrList *missing, Err *err)
{
    bool not_covered;

    if (!something_is_not_covered(call, report->audit, &not_covered, err)) return false;
    for (size_t i = 0; i < countof(mandatory_parts); i++) {
        const Field *field = &Report_fields[mandatory_parts[i]];
        const Str *text    = (const void *)((const char *)report + field->offset);
        if (str_trim(*text).len == 0) *list_push(call->arena, missing) = str_from_c(field->label);
    }
    if (not_covered && str_trim(report->not_covered).len == 0)
        *list_push(call->arena, missing) = str_from_c(Report_fields[Report_not_covered].label);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- guards */

/* report-1: one report at a time. */
static bool guard_there_is_no_report(Call *call, const void *record, Err *err)
{
    Report other;
    bool found;

    if (!report_of(call, ((const Report *)record)->audit, &other, &found, err)) return false;
    if (found)
        refuse_with(call, "report-1", str_fmt(call->arena, "report %.*s exists", STR_ARG(other.head.number)),
                    "Go on with it, or amend it when it is issued.");
    return true;
}

/* G-08: as for the issue; asked already when somebody approves the text. */
static bool guard_approver_is_no_author(Call *call, const void *record, Err *err)
{
    const Report *report = record;
    Audit audit;
    bool lifts;

    if (!part_audit(call, report, &audit, err)) return false;
    if (audit.single_auditor == YES || !id_eq(report->author, call->who)) return true;
    if (!override_lifts(call, audit.head.id, "G-08", call->who, &audit.refs, &lifts, err)) return false;
    if (lifts) return true;
    refuse(call,
           (Refusal){ .rule    = STR("G-08"),
                      .missing = STR("an approver who is not the only author of the report"),
                      .could   = people_who_could(call, guard_approver_is_no_author, record),
                      .next = call_text(call, "Name another approver in the audit, or ask for an override (G-20).") });
    return true;
}

/* distribution-1: what is not issued is not sent. */
static bool guard_report_is_issued(Call *call, const void *record, Err *err)
{
    const Distribution *distribution = record;
    Report report;

    if (!record_must(call, &report_type, distribution->report, &report, err)) return false;
    if (!id_eq(report.audit, distribution->audit))
        invalid(call, STR("report"), call_text(call, "Choose a report of this audit."));
    if (report.head.state >= REPORT_ISSUED) return true;
    refuse_with(call, "distribution-1", STR("the report is not issued yet"), "Issue it first.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

static bool report_create(Call *call, void *record, Changes *changes, Err *err)
{
    Report *report = record;
    Audit audit;

    (void)changes;
    if (!part_audit(call, report, &audit, err)) return false;
    if (report->head.number.len == 0) report->head.number = audit.head.number;
    if (report->version.len == 0) report->version = STR("1.0");
    return report_has_text(report) || report_fill(call, report, err);
}

static bool report_fill_in(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes;
    return report_fill(call, record, err);
}

/* attach: the file that was made of the report after its issue; once. */
static bool report_attach(Call *call, void *record, Changes *changes, Err *err)
{
    Report *report        = record;
    const AttachInput *in = call->input;

    (void)changes, (void)err;
    report->file       = in->file;
    report->file_size  = in->file_size;
    report->page_count = in->page_count;
    return true;
}

static bool report_approve(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Report *)record)->approver = call->who;
    return true;
}

static bool report_return(Call *call, void *record, Changes *changes, Err *err)
{
    (void)record, (void)err;
    change_why(changes, ((const ReturnInput *)call->input)->comment);
    return true;
}

/* The number of the n-th amendment: "IA-26-05A", "IA-26-05B". */
static bool amended_number(Call *call, const Report *report, Str *number, Err *err)
{
    int64_t count;
    Audit audit;

    if (!part_audit(call, report, &audit, err)) return false;
    if (!record_count(call, &report_type, STR("audit = $1"), BINDS(BIND_ID(report->audit)), &count, err)) return false;
    *number = str_fmt(call->arena, "%.*s%c", STR_ARG(audit.head.number), (char)('A' + (count - 1) % 26));
    return true;
}

/* amend: the issued text stays; a copy with a number of its own is drafted. */
static bool report_amend(Call *call, void *record, Changes *changes, Err *err)
{
    Report *report       = record;
    const AmendInput *in = call->input;
    Report *next         = change_make(changes, &report_type, "create", in->reason);
    RecordHead head      = next->head;

    *next              = *report;
    next->head         = head;
    next->amends       = report->head.id;
    next->amend_reason = in->reason;
    next->approver     = (Id){ 0 };
    next->issued_on    = (Date){ 0 };
    next->file         = (Str){ 0 };
    next->file_size    = (Int){ 0 };
    next->page_count   = (Int){ 0 };
    change_why(changes, in->reason);
    return amended_number(call, report, &next->head.number, err);
}

/* issue of an amendment: the approver's word, as for the first one. */
static bool report_issue_amendment(Call *call, void *record, Changes *changes, Err *err)
{
    Report *report = record;

    (void)changes, (void)err;
    report->approver  = call->who;
    report->issued_on = call->today;
    return true;
}

/* attach-1: the file of a report never changes. */
static bool guard_there_is_no_file(Call *call, const void *record, Err *err)
{
    (void)err;
    if (((const Report *)record)->file.len > 0)
        refuse_with(call, "attach-1", STR("the report has its file"), "Amend the report to give out another.");
    return true;
}

/* report-2: an amendment is complete too, and only amendments are issued here. */
static bool guard_amendment_is_complete(Call *call, const void *record, Err *err)
{
    const Report *report = record;
    StrList missing      = { 0 };

    if (!report_missing_parts(call, report, &missing, err)) return false;
    if (id_is_none(report->amends)) {
        refuse_with(call, "report-2", STR("this report is issued with its audit"),
                    "Use \"issue report\" of the audit.");
    } else if (missing.len > 0) {
        refuse_with(
            call, "report-2",
            str_fmt(call->arena, "parts of the report are empty: %.*s", STR_ARG(str_sentence(call->arena, &missing))),
            "Write them; where there is nothing to say, say that.");
    }
    return true;
}

static bool distribution_send(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Distribution *)record)->sent_on = call->today;
    return true;
}

static Date day_or_today(const Call *call)
{
    const SeenInput *in = call->input;
    return in == NULL || date_is_none(in->day) ? call->today : in->day;
}

static bool distribution_open(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Distribution *)record)->opened_on = day_or_today(call);
    return true;
}

static bool distribution_acknowledge(Call *call, void *record, Changes *changes, Err *err)
{
    Distribution *distribution = record;

    (void)changes, (void)err;
    distribution->acknowledged_on = day_or_today(call);
    if (date_is_none(distribution->opened_on)) distribution->opened_on = distribution->acknowledged_on;
    return true;
}

static bool report_author(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Report *)record)->author);
    return true;
}

/* The program itself: nobody signs in as it. */
static bool report_program(Call *call, const void *record, IdList *people, Err *err)
{
    (void)call, (void)record, (void)people, (void)err;
    return true;
}

static bool distribution_receiver(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Distribution *)record)->receiver);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the types */

/* clang-format off */
static const Verb report_verbs[] = {
    { .name = "create", .label = N_("Begin report"), .help = N_("Its number is that of the audit."), .body = report_create, .flags = VERB_PRIMARY },
    { .name = "record", .label = N_("Record report"), .help = N_("Part of issuing the report of an audit held before."), .flags = VERB_INSIDE },
    { .name = "fill", .label = N_("Fill in from the records"), .help = N_("Writes the empty parts from what the records of the audit say; what is written stays."), .body = report_fill_in },
    { .name = "attach", .label = N_("Attach file"), .help = N_("The program keeps the file that it made of the issued report."), .input = &AttachInput_shape, .body = report_attach },
    { .name = "submit", .label = N_("Submit report"), .help = N_("Asks the approver to read it."), .flags = VERB_PRIMARY },
    { .name = "approve", .label = N_("Approve text"), .help = N_("The text is fixed; it is issued with the audit."), .body = report_approve, .flags = VERB_PRIMARY },
    { .name = "return", .label = N_("Return report"), .help = N_("Gives it back to its author."), .input = &ReturnInput_shape, .body = report_return },
    { .name = "issue", .label = N_("Issue report"), .help = N_("Part of issuing the report of the audit."), .flags = VERB_INSIDE },
    { .name = "issue-amendment", .label = N_("Issue amendment"), .help = N_("The amended report takes the place of the first."), .body = report_issue_amendment, .flags = VERB_PRIMARY },
    { .name = "amend", .label = N_("Amend report"), .help = N_("The issued text stays; a copy with the suffix A is drafted."), .input = &AmendInput_shape, .body = report_amend },
};

#define WRITERS "author|lead"
static const Step report_steps[] = {
    { STATE_NEW,        "create",  REPORT_DRAFT,     "author|lead|auditor", { guard_there_is_no_report } },
    { STATE_NEW,        "record",  REPORT_ISSUED,    "approver", { NULL } },
    { REPORT_DRAFT,     "edit",    STATE_SAME,       WRITERS,    { NULL } },
    { REPORT_IN_REVIEW, "edit",    STATE_SAME,       WRITERS,    { NULL } },
    { REPORT_DRAFT,     "fill",    STATE_SAME,       WRITERS,    { NULL } },
    { REPORT_IN_REVIEW, "fill",    STATE_SAME,       WRITERS,    { NULL } },
    { REPORT_DRAFT,     "submit",  REPORT_IN_REVIEW, WRITERS,    { NULL } },
    { REPORT_IN_REVIEW, "return",  REPORT_DRAFT,     "approver", { NULL } },
    { REPORT_APPROVED,  "return",  REPORT_DRAFT,     "approver", { NULL } },
    { REPORT_IN_REVIEW, "approve", REPORT_APPROVED,  "approver", { guard_approver_is_no_author } },
    { REPORT_DRAFT,     "issue",   REPORT_ISSUED,    "approver", { NULL } },
    { REPORT_IN_REVIEW, "issue",   REPORT_ISSUED,    "approver", { NULL } },
    { REPORT_APPROVED,  "issue",   REPORT_ISSUED,    "approver", { NULL } },
    { REPORT_IN_REVIEW, "issue-amendment", REPORT_ISSUED, "approver", { guard_approver_is_no_author, guard_amendment_is_complete } },
    { REPORT_APPROVED,  "issue-amendment", REPORT_ISSUED, "approver", { guard_approver_is_no_author, guard_amendment_is_complete } },
    { REPORT_ISSUED,    "attach",  STATE_SAME,       "program",  { guard_there_is_no_file } },
    { REPORT_AMENDED,   "attach",  STATE_SAME,       "program",  { guard_there_is_no_file } },
    { REPORT_ISSUED,    "amend",   REPORT_AMENDED,   "lead|programme_manager|approver", { NULL } },
};
static const Relation report_relations[] = {
    { "author", N_("the author of the report"), report_author },
    { "program", N_("the program itself"), report_program },
    { "lead", N_("the lead auditor"), part_lead },
    { "auditor", N_("the auditors of the team"), part_auditors },
    { "approver", N_("the approver of the report"), part_approver },
};
static const See report_see[] = {
    { "programme_manager", NULL },
    { "top_management|isms_manager|coordinator|external_auditor", "state >= 4" },
    { "everyone", "author = :viewer OR " SEE_AUDIT_TEAM " OR audit IN (SELECT id FROM audit WHERE report_approver = :viewer)"
                  " OR (state >= 4 AND (" SEE_AUDIT_PLAN " OR id IN (SELECT report FROM distribution WHERE receiver = :viewer AND state <> 4)))" },
};
const Type report_type = {
    .name = "report", .plural = "reports", .label = "Audit report", .label_plural = "Audit reports",
    .about = "The report of an audit; fixed when it is issued.",
    .number_format = NULL, .parent = "audit", .dossier = "audit", .states = &report_states,
    TYPE_FIELDS(Report), TYPE_VERBS(report_verbs), TYPE_STEPS(report_steps), TYPE_RELATIONS(report_relations), TYPE_SEE(report_see),
};

static const Verb distribution_verbs[] = {
    { .name = "create", .label = N_("Send report"), .help = N_("To one receiver, today."), .body = distribution_send, .flags = VERB_PRIMARY },
    { .name = "open", .label = N_("Mark as opened"), .help = N_("The receiver has opened the report."), .input = &SeenInput_shape, .body = distribution_open },
    { .name = "acknowledge", .label = N_("Acknowledge"), .help = N_("The receiver knows the report."), .input = &SeenInput_shape, .body = distribution_acknowledge, .flags = VERB_PRIMARY },
    { .name = "withdraw", .label = N_("Withdraw"), .help = N_("It was sent to the wrong person; the entry stays."), .flags = VERB_DANGER },
};
#define SENDERS "lead|approver|programme_manager"
static const Step distribution_steps[] = {
    { STATE_NEW,           "create",      DISTRIBUTION_SENT,         SENDERS,    { guard_report_is_issued } },
    { DISTRIBUTION_SENT,   "open",        DISTRIBUTION_OPENED,       "receiver", { NULL } },
    { DISTRIBUTION_SENT,   "acknowledge", DISTRIBUTION_ACKNOWLEDGED, "receiver", { NULL } },
    { DISTRIBUTION_OPENED, "acknowledge", DISTRIBUTION_ACKNOWLEDGED, "receiver", { NULL } },
    { DISTRIBUTION_SENT,   "withdraw",    DISTRIBUTION_WITHDRAWN,    SENDERS,    { NULL } },
    { DISTRIBUTION_OPENED, "withdraw",    DISTRIBUTION_WITHDRAWN,    SENDERS,    { NULL } },
};
static const Relation distribution_relations[] = {
    { "receiver", N_("the receiver"), distribution_receiver },
    { "lead", N_("the lead auditor"), part_lead },
    { "approver", N_("the approver of the report"), part_approver },
};
static const See distribution_see[] = {
    { SEE_MANAGERS, NULL },
    { "everyone", "receiver = :viewer OR " SEE_AUDIT_PLAN },
};
const Type distribution_type = {
    .name = "distribution", .plural = "distributions", .label = "Distribution", .label_plural = "Distribution",
    .about = "To whom a report was sent, and when it was opened and acknowledged.",
    .number_format = "DI-%d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &distribution_states,
    TYPE_FIELDS(Distribution), TYPE_VERBS(distribution_verbs), TYPE_STEPS(distribution_steps),
    TYPE_RELATIONS(distribution_relations), TYPE_SEE(distribution_see),
};
/* clang-format on */
