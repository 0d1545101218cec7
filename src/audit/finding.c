/* SPDX-License-Identifier: Apache-2.0
 * Findings: the declaration. Guards and verbs up to the issue stand in finding_judge.c, what follows in
 * finding_follow.c. */
#include "audit/finding.h"

#include "audit/choices.h"
#include "audit/finding_verbs.h"
#include "audit/part.h"
#include "audit/seen.h"
#include "record/row.h"

static const Choice finding_state_rows[] = {
    [FINDING_DRAFT - 1]               = { "draft", N_("Draft") },
    [FINDING_IN_REVIEW - 1]           = { "in_review", N_("In review") },
    [FINDING_REVIEWED - 1]            = { "reviewed", N_("Reviewed") },
    [FINDING_PRESENTED - 1]           = { "presented", N_("Presented") },
    [FINDING_AGREED - 1]              = { "agreed", N_("Agreed") },
    [FINDING_DISPUTED - 1]            = { "disputed", N_("Disputed") },
    [FINDING_ISSUED - 1]              = { "issued", N_("Issued") },
    [FINDING_UNDER_CONSIDERATION - 1] = { "under_consideration", N_("Under consideration") },
    [FINDING_ACCEPTED - 1]            = { "accepted", N_("Accepted") },
    [FINDING_WATCH - 1]               = { "watch", N_("Watched") },
    [FINDING_DECLINED - 1]            = { "declined", N_("Declined") },
    [FINDING_IMPLEMENTED - 1]         = { "implemented", N_("Implemented") },
    [FINDING_RISK_ACCEPTED - 1]       = { "risk_accepted", N_("Risk accepted") },
    [FINDING_CLOSED - 1]              = { "closed", N_("Closed") },
    [FINDING_VOID - 1]                = { "void", N_("Void") },
};
static const ChoiceList finding_states = CHOICES_OF("finding_state", finding_state_rows);

static const Choice kind_rows[] = {
    [FINDING_MAJOR_NC - 1]      = { "major_nc", N_("Major nonconformity") },
    [FINDING_MINOR_NC - 1]      = { "minor_nc", N_("Minor nonconformity") },
    [FINDING_OBSERVATION - 1]   = { "observation", N_("Observation") },
    [FINDING_OFI - 1]           = { "ofi", N_("Opportunity for improvement") },
    [FINDING_GOOD_PRACTICE - 1] = { "good_practice", N_("Good practice") },
    [FINDING_CONFORMITY - 1]    = { "conformity", N_("Conformity") },
};
const ChoiceList finding_kinds = CHOICES_OF("finding_kind", kind_rows);

static const Choice source_rows[] = {
    [SOURCE_INTERNAL_AUDIT - 1]     = { "internal_audit", N_("Audit of our own") },
    [SOURCE_MONITORING - 1]         = { "monitoring", N_("Monitoring") },
    [SOURCE_INCIDENT - 1]           = { "incident", N_("Incident") },
    [SOURCE_COMPLAINT - 1]          = { "complaint", N_("Complaint") },
    [SOURCE_SUPPLIER - 1]           = { "supplier", N_("Supplier") },
    [SOURCE_MANAGEMENT_REVIEW - 1]  = { "management_review", N_("Management review") },
    [SOURCE_CERTIFICATION_BODY - 1] = { "certification_body", N_("Certification body") },
    [SOURCE_STAFF_REPORT - 1]       = { "staff_report", N_("Report by staff") },
};
const ChoiceList finding_sources = CHOICES_OF("finding_source", source_rows);

static const Choice issue_rows[] = {
    [ISSUED_WITH_REPORT - 1] = { "report", N_("With the report") },
    [ISSUED_EARLY - 1]       = { "early", N_("Early") },
};
const ChoiceList issue_ways = CHOICES_OF("issue_way", issue_rows);

static const Choice disposition_rows[] = {
    [DISPOSED_ACCEPTED - 1]      = { "accepted", N_("Accepted") },
    [DISPOSED_IMPLEMENTED - 1]   = { "implemented", N_("Implemented") },
    [DISPOSED_WATCH - 1]         = { "watch", N_("Watched") },
    [DISPOSED_DECLINED - 1]      = { "declined", N_("Declined") },
    [DISPOSED_CORRECTED - 1]     = { "corrected", N_("Corrected") },
    [DISPOSED_SHARED - 1]        = { "shared", N_("Shared") },
    [DISPOSED_RISK_ACCEPTED - 1] = { "risk_accepted", N_("Risk accepted") },
};
const ChoiceList dispositions = CHOICES_OF("disposition", disposition_rows);

static const Choice decision_rows[] = {
    [DECIDE_ACCEPTED - 1]  = { "accepted", N_("Accept: it will be done") },
    [DECIDE_WATCH - 1]     = { "watch", N_("Watch: look again later") },
    [DECIDE_DECLINED - 1]  = { "declined", N_("Decline") },
    [DECIDE_CORRECTED - 1] = { "corrected", N_("Corrected at once") },
};
const ChoiceList owner_decisions = CHOICES_OF("owner_decision", decision_rows);

#include "audit/finding_input.h"

#define RECORD_TYPE   Finding
#define RECORD_FIELDS "audit/finding.fields.h"
#include "record/define.h"

AUDIT_PART(Finding);

bool finding_is_nonconformity(const Finding *finding)
{
    return finding->kind == FINDING_MAJOR_NC || finding->kind == FINDING_MINOR_NC;
}

bool finding_awaits_disposition(const Finding *finding)
{
    return finding->kind == FINDING_OBSERVATION || finding->kind == FINDING_OFI;
}

bool finding_acceptance_is_over(const Finding *finding, Date day)
{
    return finding->head.state == FINDING_RISK_ACCEPTED && date_before(finding->risk_until, day);
}

bool finding_list_of(Call *call, Id audit, FindingList *findings, Err *err)
{
    return record_list(call, &finding_type, findings, STR("audit = $1 AND state <> $2 ORDER BY number, id"),
                       BINDS(BIND_ID(audit), BIND_NUMBER(FINDING_VOID)), err);
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool finding_writer(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Finding *)record)->written_by);
    return true;
}

/* Whoever it was presented to answers for it too. */
static bool finding_owner(Call *call, const void *record, IdList *people, Err *err)
{
    const Finding *finding = record;

    (void)err;
    id_list_add(call->arena, people, finding->owner);
    if (finding->head.state <= FINDING_DISPUTED) id_list_add(call->arena, people, finding->presented_to);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the type */

/* clang-format off */
static const Verb finding_verbs[] = {
    { .name = "draft", .label = N_("Write finding"), .help = N_("A draft is seen by the audit team only."), .body = finding_draft, .flags = VERB_PRIMARY },
    { .name = "edit", .label = N_("Edit"), .help = N_("Changes fields; the text is checked for wording."), .body = finding_edit },
    { .name = "submit", .label = N_("Submit finding"), .help = N_("Asks the lead to read it."), .body = finding_submit, .flags = VERB_PRIMARY },
    { .name = "return", .label = N_("Return finding"), .help = N_("Gives it back to its writer."), .input = &ReturnInput_shape, .body = finding_return },
    { .name = "accept", .label = N_("Accept finding"), .help = N_("Read and graded; it can be presented."), .input = &AcceptInput_shape, .body = finding_accept, .flags = VERB_PRIMARY },
    { .name = "present", .label = N_("Present to auditee"), .help = N_("The auditee sees it and may comment (G-18)."), .input = &PresentInput_shape, .body = finding_present, .flags = VERB_PRIMARY },
    { .name = "agree", .label = N_("Agree"), .help = N_("The facts are right; it can be issued."), .input = &AgreeInput_shape, .body = finding_agree, .flags = VERB_PRIMARY },
    { .name = "dispute", .label = N_("Dispute"), .help = N_("Say why; the lead decides within five working days."), .input = &DisputeInput_shape, .body = finding_dispute },
    { .name = "answer-dispute", .label = N_("Answer dispute"), .help = N_("Replies without deciding, for example asks for evidence."), .input = &AnswerInput_shape, .body = finding_answer_dispute },
    { .name = "uphold", .label = N_("Uphold finding"), .help = N_("It stays; the difference of view is kept for the report."), .input = &DecideInput_shape, .body = finding_decide, .flags = VERB_PRIMARY },
    { .name = "change", .label = N_("Change finding"), .help = N_("It goes back to be changed and is presented again."), .input = &DecideInput_shape, .body = finding_decide },
    { .name = "withdraw", .label = N_("Withdraw finding"), .help = N_("The auditee is right; the number is kept."), .input = &DecideInput_shape, .body = finding_decide },
    { .name = "issue", .label = N_("Issue finding"), .help = N_("Fixes it; a nonconformity becomes a case of its owner."), .input = &IssueInput_shape, .body = finding_issue, .flags = VERB_PRIMARY },
    { .name = "register", .label = N_("Register finding"), .help = N_("An observation, opportunity or good practice from another source than our audits."), .body = finding_register },
    { .name = "hand-on", .label = N_("Hand on"), .help = N_("Somebody else, who agrees, owns it from now on."), .input = &HandOnInput_shape, .body = finding_hand_on },
    { .name = "consider", .label = N_("Consider"), .help = N_("The owner looks into it.") },
    { .name = "dispose", .label = N_("Decide"), .help = N_("Accept, watch, decline, or say that it is corrected."), .input = &DisposeInput_shape, .body = finding_dispose, .flags = VERB_PRIMARY },
    { .name = "implement", .label = N_("Record as done"), .help = N_("What was accepted is done."), .input = &ImplementInput_shape, .body = finding_implement, .flags = VERB_PRIMARY },
    { .name = "close", .label = N_("Close finding"), .help = N_("Nothing is left to do."), .body = finding_close, .flags = VERB_PRIMARY },
    { .name = "share", .label = N_("Share"), .help = N_("Tells others of the good practice and closes it."), .input = &ShareInput_shape, .body = finding_share, .flags = VERB_PRIMARY },
    { .name = "accept-risk", .label = N_("Accept risk"), .help = N_("Until a day, at most twelve months from now; then it opens again."), .input = &AcceptRiskInput_shape, .body = finding_accept_risk },
    { .name = "change-type", .label = N_("Change type"), .help = N_("Lead and programme manager together; a downgrade is shown to the next management review (G-10)."), .input = &ChangeTypeInput_shape, .body = finding_change_type },
    { .name = "void", .label = N_("Void"), .help = N_("Withdraws it with a reason; the number is kept (G-13)."), .input = &VoidInput_shape, .body = finding_void },
};

#define JUDGES   "lead|programme_manager"
#define STATED   guard_cause_is_left_to_auditee
#define DISPOSAL { guard_is_observation, guard_decline_is_weighed, guard_decision_has_its_day }
static const Step finding_steps[] = {
    /* from                        verb              to                           who         guards */
    { STATE_NEW,                   "draft",          FINDING_DRAFT,               "team",     { guard_belongs_to_an_audit, guard_audit_is_open, STATED } },
    { FINDING_DRAFT,               "edit",           STATE_SAME,                  "writer|auditor", { STATED } },
    { FINDING_IN_REVIEW,           "edit",           STATE_SAME,                  "lead",     { STATED } },
    { FINDING_REVIEWED,            "edit",           STATE_SAME,                  "lead",     { STATED } },
    { FINDING_DRAFT,               "submit",         FINDING_IN_REVIEW,           "writer|auditor", { guard_submitter_may_judge, guard_statement_is_whole, STATED } },
    { FINDING_IN_REVIEW,           "return",         FINDING_DRAFT,               "auditor|programme_manager", { NULL } },
    { FINDING_IN_REVIEW,           "accept",         FINDING_REVIEWED,            "auditor|programme_manager", { guard_reader_is_another, guard_grade_is_answered, guard_statement_is_whole } },
    { FINDING_REVIEWED,            "present",        FINDING_PRESENTED,           "lead",     { guard_process_is_named, guard_time_to_comment } },
    { FINDING_PRESENTED,           "agree",          FINDING_AGREED,              "owner",    { NULL } },
    { FINDING_PRESENTED,           "dispute",        FINDING_DISPUTED,            "owner",    { NULL } },
    { FINDING_DISPUTED,            "answer-dispute", STATE_SAME,                  "lead",     { NULL } },
    { FINDING_DISPUTED,            "uphold",         FINDING_AGREED,              JUDGES,     { NULL } },
    { FINDING_DISPUTED,            "change",         FINDING_REVIEWED,            JUDGES,     { NULL } },
    { FINDING_DISPUTED,            "withdraw",       FINDING_VOID,                JUDGES,     { NULL } },
    { FINDING_PRESENTED,           "issue",          FINDING_ISSUED,              "lead",     { guard_auditee_was_heard } },
    { FINDING_PRESENTED,           "issue",          FINDING_CLOSED,              "lead",     { guard_auditee_was_heard } },
    { FINDING_AGREED,              "issue",          FINDING_ISSUED,              "lead",     { guard_auditee_was_heard } },
    { FINDING_AGREED,              "issue",          FINDING_CLOSED,              "lead",     { guard_auditee_was_heard } },
    { STATE_NEW,                   "register",       FINDING_ISSUED,              "coordinator|isms_manager", { guard_source_is_not_an_audit } },
    { FINDING_ISSUED,              "hand-on",        STATE_SAME,                  "owner|isms_manager", { guard_is_observation } },
    { FINDING_UNDER_CONSIDERATION, "hand-on",        STATE_SAME,                  "owner|isms_manager", { guard_is_observation } },
    { FINDING_ACCEPTED,            "hand-on",        STATE_SAME,                  "owner|isms_manager", { guard_is_observation } },
    { FINDING_WATCH,               "hand-on",        STATE_SAME,                  "owner|isms_manager", { guard_is_observation } },
    { FINDING_ISSUED,              "consider",       FINDING_UNDER_CONSIDERATION, "owner",    { guard_is_observation } },
    { FINDING_RISK_ACCEPTED,       "consider",       FINDING_UNDER_CONSIDERATION, "owner|isms_manager", { guard_acceptance_is_over } },
    { FINDING_ISSUED,              "dispose",        FINDING_ACCEPTED,            "owner|isms_manager", DISPOSAL },
    { FINDING_ISSUED,              "dispose",        FINDING_WATCH,               "owner|isms_manager", DISPOSAL },
    { FINDING_ISSUED,              "dispose",        FINDING_DECLINED,            "owner|isms_manager", DISPOSAL },
    { FINDING_ISSUED,              "dispose",        FINDING_CLOSED,              "owner|isms_manager", DISPOSAL },
    { FINDING_UNDER_CONSIDERATION, "dispose",        FINDING_ACCEPTED,            "owner|isms_manager", DISPOSAL },
    { FINDING_UNDER_CONSIDERATION, "dispose",        FINDING_WATCH,               "owner|isms_manager", DISPOSAL },
    { FINDING_UNDER_CONSIDERATION, "dispose",        FINDING_DECLINED,            "owner|isms_manager", DISPOSAL },
    { FINDING_UNDER_CONSIDERATION, "dispose",        FINDING_CLOSED,              "owner|isms_manager", DISPOSAL },
    { FINDING_WATCH,               "dispose",        FINDING_ACCEPTED,            "owner|isms_manager", DISPOSAL },
    { FINDING_WATCH,               "dispose",        FINDING_WATCH,               "owner|isms_manager", DISPOSAL },
    { FINDING_WATCH,               "dispose",        FINDING_DECLINED,            "owner|isms_manager", DISPOSAL },
    { FINDING_WATCH,               "dispose",        FINDING_CLOSED,              "owner|isms_manager", DISPOSAL },
    { FINDING_ACCEPTED,            "implement",      FINDING_IMPLEMENTED,         "owner",    { NULL } },
    { FINDING_IMPLEMENTED,         "close",          FINDING_CLOSED,              JUDGES,     { NULL } },
    { FINDING_DECLINED,            "close",          FINDING_CLOSED,              JUDGES,     { NULL } },
    { FINDING_ISSUED,              "share",          FINDING_CLOSED,              "lead|programme_manager|coordinator", { guard_is_good_practice } },
    { FINDING_ISSUED,              "accept-risk",    FINDING_RISK_ACCEPTED,       "risk_owner|top_management", { guard_is_observation, guard_risk_owner_has_authority, guard_acceptance_ends } },
    { FINDING_UNDER_CONSIDERATION, "accept-risk",    FINDING_RISK_ACCEPTED,       "risk_owner|top_management", { guard_is_observation, guard_risk_owner_has_authority, guard_acceptance_ends } },
    { FINDING_WATCH,               "accept-risk",    FINDING_RISK_ACCEPTED,       "risk_owner|top_management", { guard_is_observation, guard_risk_owner_has_authority, guard_acceptance_ends } },
    { FINDING_RISK_ACCEPTED,       "accept-risk",    STATE_SAME,                  "risk_owner|top_management", { guard_is_observation, guard_risk_owner_has_authority, guard_acceptance_ends } },
    { FINDING_ISSUED,              "change-type",    STATE_SAME,                  JUDGES,     { guard_change_is_agreed } },
    { FINDING_UNDER_CONSIDERATION, "change-type",    STATE_SAME,                  JUDGES,     { guard_change_is_agreed } },
    { FINDING_DRAFT,               "void",           FINDING_VOID,                "writer|lead", { NULL } },
    { STATE_ANY,                   "void",           FINDING_VOID,                "lead|programme_manager|coordinator", { guard_void_is_agreed } },
};
static const Relation finding_relations[] = {
    { "writer", N_("the writer of the finding"), finding_writer },
    { "owner", N_("the owner of the finding"), finding_owner },
    { "lead", N_("the lead auditor"), part_lead },
    { "auditor", N_("the auditors of the team"), part_auditors },
    { "team", N_("the audit team"), part_team },
};
/* A draft stays with its team; what was presented or issued is seen by those who answer for it. */
#define TOLD "(presented_on > 0 OR issued_on > 0)"
static const See finding_see[] = {
    { "programme_manager", NULL },
    { "top_management|isms_manager|coordinator", TOLD },
    { "external_auditor", "issued_on > 0" },
    { "risk_owner", "issued_on > 0 AND (kind = 3 OR kind = 4)" },
    { "everyone", "written_by = :viewer OR owner = :viewer OR presented_to = :viewer OR " SEE_AUDIT_TEAM
                  " OR (" TOLD " AND process IN (SELECT id FROM process WHERE owner = :viewer OR deputy = :viewer))" },
};

static const Index finding_indexes[] = {
    { .name = STR_INIT("finding_tally"), .columns = { STR_INIT("kind"), STR_INIT("state"), STR_INIT("id") } },
};
const Type finding_type = {
    .name = "finding", .plural = "findings", .label = "Finding", .label_plural = "Findings",
    .about = "What an audit, or another source, found: stated, judged, told to the auditee, issued.",
    .number_format = "F-%03d", .number_later = true, .number_series = "finding", .is_dossier = true, .states = &finding_states,
    TYPE_FIELDS(Finding), TYPE_VERBS(finding_verbs), TYPE_STEPS(finding_steps), TYPE_RELATIONS(finding_relations), TYPE_SEE(finding_see),
    TYPE_INDEXES(finding_indexes), .sort = "-issued_on",
};
/* clang-format on */
