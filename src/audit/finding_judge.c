/* SPDX-License-Identifier: Apache-2.0
 * A finding up to its issue (4.10): written and submitted by an auditor, read and graded by another, told to the
 * auditee, who agrees or disputes, and issued. */
#include "audit/finding_verbs.h"

#include "audit/choices.h"
#include "audit/part.h"
#include "audit/team.h"
#include "org/calendar.h"
#include "org/person.h"
#include "org/process.h"
#include "org/wording.h"
#include "record/change.h"
#include "record/number.h"
#include "record/row.h"

#include "audit/finding_input.h"

/* Working days in which an auditee may comment (G-18), and in which a dispute is decided. */
enum { COMMENT_DAYS = 2, DISPUTE_DAYS = 5 };

/* ------------------------------------------------------------------------------------------------------- draft, submit
 */

/* draft-1: a draft belongs to an audit; other sources register. */
bool guard_belongs_to_an_audit(Call *call, const void *record, Err *err)
{
    (void)err;
    if (id_is_none(((const Finding *)record)->audit))
        invalid(call, STR("audit"), call_text(call, "Choose the audit in which it was found."));
    return true;
}

/* G-15: in a nonconformity the cause is the auditee's to find; an auditor may hint at one elsewhere. */
bool guard_cause_is_left_to_auditee(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;

    (void)err;
    if (!finding_is_nonconformity(finding) || str_trim(finding->cause_hint).len == 0) return true;
    refuse_with(call, "G-15", STR("a nonconformity is stated without its cause: the process owner analyses it"),
                "Empty \"possible reason\", or write it into an observation.");
    return true;
}

/* submit-1: criterion and condition; submit-2: for a nonconformity a requirement and evidence (17021-1). */
bool guard_statement_is_whole(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;
    StrList missing        = { 0 };
    bool has_criterion     = finding->refs.len > 0 || finding->documents.len > 0 || str_trim(finding->criteria).len > 0;
    bool has_evidence      = finding->evidence.len > 0 || str_trim(finding->evidence_text).len > 0;

    (void)err;
    if (!has_criterion) *list_push(call->arena, &missing) = STR("what is required");
    if (str_trim(finding->condition).len == 0) *list_push(call->arena, &missing) = STR("what was found");
    if (missing.len > 0)
        refuse_with(call, "submit-1",
                    str_fmt(call->arena, "not written: %.*s", STR_ARG(str_sentence(call->arena, &missing))),
                    "Write it, then submit.");
    if (!finding_is_nonconformity(finding)) return true;
    if (finding->refs.len == 0)
        refuse_with(call, "submit-2", STR("a nonconformity names the requirement that is not met"),
                    "Choose at least one clause or control.");
    if (!has_evidence) refuse_with(call, "submit-2", STR("a nonconformity rests on evidence"), "Link what shows it.");
    return true;
}

/* submit-3 (4.17): somebody in training drafts, an expert notes; an auditor of the team submits. */
bool guard_submitter_may_judge(Call *call, const void *record, Err *err)
{
    IdList auditors = { 0 };

    if (call->is_system) return true;
    if (!part_auditors(call, record, &auditors, err)) return false;
    if (id_list_has(&auditors, call->who)) return true;
    refuse(call, (Refusal){ .rule    = STR("submit-3"),
                            .missing = STR("an auditor of the team who stands behind the finding"),
                            .could   = people_names(call, &auditors),
                            .next    = call_text(call, "Ask one of them to read and submit it.") });
    return true;
}

bool finding_draft(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding = record;

    (void)changes, (void)err;
    finding->source     = SOURCE_INTERNAL_AUDIT;
    finding->written_by = call->who;
    return true;
}

static FindingWordingKind wording_kind(const Finding *finding)
{
    if (finding_is_nonconformity(finding)) return FINDING_IS_NONCONFORMITY;
    if (finding->kind == FINDING_OBSERVATION) return FINDING_IS_OBSERVATION;
    return finding->kind == FINDING_OFI ? FINDING_IS_OFI : FINDING_IS_OTHER;
}

/* S-6: what a careful reader would say is kept beside the text. It warns; it never stands in the way. */
static bool finding_keep_warnings(Call *call, Finding *finding, Err *err)
{
    PersonList people     = { 0 };
    StrList names         = { 0 };
    WordingWarnings found = { 0 };
    Buf text              = buf_open(call->arena, 8000);

    if (!record_list(call, &person_type, &people, STR("state = 1 ORDER BY id"), NO_BINDS, err)) return false;
    for (size_t i = 0; i < people.len; i++)
        *list_push(call->arena, &names) = people.at[i].name;
    FindingWording wording = {
        .kind = wording_kind(finding), .condition = finding->condition, .extent = finding->extent, .people = &names
    };
    wording_check_finding(call->arena, &wording, &found);
    for (size_t i = 0; i < found.len; i++)
        buf_fmt(&text, found.at[i].where.len > 0 ? "%s (%.*s)\n" : "%s%.*s\n", found.at[i].text,
                STR_ARG(found.at[i].where));
    finding->warnings = buf_str(&text);
    return true;
}

bool finding_edit(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes;
    return finding_keep_warnings(call, record, err);
}

bool finding_submit(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding = record;

    (void)changes;
    finding->submitted_by = call->who;
    return finding_keep_warnings(call, finding, err);
}

/* ------------------------------------------------------------------------------------------------------- accept */

/* accept-1: nobody accepts what he wrote or submitted; accept-2: the lead accepts, unless it is his own: then a second
 * reader does. */
bool guard_reader_is_another(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;
    Audit audit;

    if (!part_audit(call, finding, &audit, err)) return false;
    bool lead_wrote = id_eq(audit.lead, finding->written_by) || id_eq(audit.lead, finding->submitted_by);
    bool is_own     = id_eq(call->who, finding->written_by) || id_eq(call->who, finding->submitted_by);
    if (is_own) {
        refuse(call, (Refusal){ .rule    = STR("accept-1"),
                                .missing = STR("a reader who did not write or submit the finding"),
                                .could   = people_who_could(call, guard_reader_is_another, record),
                                .next    = call_text(call, "Ask one of them to read it.") });
    } else if (!lead_wrote && !id_eq(call->who, audit.lead)) {
        refuse(call, (Refusal){ .rule    = STR("accept-2"),
                                .missing = STR("the lead auditor's word: a second reader is for what the lead wrote"),
                                .could   = people_who_could(call, guard_reader_is_another, record),
                                .next    = call_text(call, "Ask the lead to read it.") });
    }
    return true;
}

static bool grade_suggests_major(const AcceptInput *in)
{
    return in->element_missing == YES || in->serious_doubt == YES || in->several_minors == YES ||
           in->earlier_not_effective == YES;
}

/* accept-3 (4.10): a nonconformity's four questions are answered; accept-4: a grade that differs says why. */
bool guard_grade_is_answered(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;
    const AcceptInput *in  = call->input;

    (void)err;
    if (in == NULL || !finding_is_nonconformity(finding)) return true;
    if (in->element_missing == UNANSWERED || in->serious_doubt == UNANSWERED || in->several_minors == UNANSWERED ||
        in->earlier_not_effective == UNANSWERED) {
        refuse_with(call, "accept-3", STR("the four questions of the grading rule are not all answered"),
                    "Answer each with yes or no.");
        return true;
    }
    bool is_major = finding->kind == FINDING_MAJOR_NC;
    if (grade_suggests_major(in) == is_major || str_trim(in->grading_reason).len > 0) return true;
    refuse_with(call, "accept-4",
                is_major ? STR("no answer suggests a major nonconformity, and it is not said why it is one")
                         : STR("an answer suggests a major nonconformity, and it is not said why it is minor"),
                "Give the reason, or change the type.");
    return true;
}

bool finding_accept(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding      = record;
    const AcceptInput *in = call->input;
    Audit audit;

    (void)changes;
    if (!part_audit(call, finding, &audit, err)) return false;
    finding->element_missing       = in->element_missing;
    finding->serious_doubt         = in->serious_doubt;
    finding->several_minors        = in->several_minors;
    finding->earlier_not_effective = in->earlier_not_effective;
    finding->grading_reason        = in->grading_reason;
    finding->accepted_by           = call->who;
    if (!id_eq(call->who, audit.lead)) finding->second_reader = call->who;
    return true;
}

bool finding_return(Call *call, void *record, Changes *changes, Err *err)
{
    (void)record, (void)err;
    change_why(changes, ((const ReturnInput *)call->input)->comment);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- present,
 * answer */

/* present-1: without a process there is nobody who answers for it. */
bool guard_process_is_named(Call *call, const void *record, Err *err)
{
    (void)err;
    if (id_is_none(((const Finding *)record)->process))
        refuse_with(call, "present-1", STR("the process in which it was found"),
                    "Choose the process; its owner answers for the finding.");
    return true;
}

/* The person to whom it is presented: as said, else the owner of the finding, else the owner of its process. */
static bool finding_addressee(Call *call, const Finding *finding, Id *person, Err *err)
{
    const PresentInput *in = call->input;
    Process process;
    bool found;

    if (!record_load(call, &process_type, finding->process, &process, &found, err)) return false;
    *person = id_is_none(finding->owner) ? process.owner : finding->owner;
    if (in != NULL && !id_is_none(in->to)) *person = in->to;
    return true;
}

/* The last day of the shortest time to comment: two working days of the person's own calendar. */
static bool comment_least(Call *call, const Finding *finding, Date *least, Err *err)
{
    Workdays workdays;
    Id person;

    if (!finding_addressee(call, finding, &person, err)) return false;
    if (!calendar_of_person(call, person, &workdays, err)) return false;
    *least = workday_add(&workdays, call->today, COMMENT_DAYS);
    return true;
}

/* G-18: the auditee has two working days at least. */
bool guard_time_to_comment(Call *call, const void *record, Err *err)
{
    const PresentInput *in = call->input;
    Date least;

    if (in == NULL || date_is_none(in->comment_until)) return true;
    if (!comment_least(call, record, &least, err)) return false;
    if (!date_before(in->comment_until, least)) return true;
    refuse_with(
        call, "G-18",
        str_fmt(call->arena, "the auditee may comment until %.*s at least", STR_ARG(date_to_human(call->arena, least))),
        "Choose that day or a later one.");
    return true;
}

/* present: from now on the auditee sees it under its final number, and the owner of the process owns it. */
bool finding_present(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding       = record;
    const PresentInput *in = call->input;
    Process process;

    (void)changes;
    if (!record_must(call, &process_type, finding->process, &process, err)) return false;
    if (!finding_addressee(call, finding, &finding->presented_to, err)) return false;
    if (!comment_least(call, finding, &finding->comment_until, err)) return false;
    if (!date_is_none(in->comment_until)) finding->comment_until = in->comment_until;
    if (id_is_none(finding->owner)) finding->owner = process.owner;
    finding->presented_on = call->today;
    return number_give(call, &finding_type, finding, err);
}

bool finding_agree(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Finding *)record)->auditee_comment = ((const AgreeInput *)call->input)->comment;
    return true;
}

/* dispute: the lead has five of his working days to decide. */
bool finding_dispute(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding       = record;
    const DisputeInput *in = call->input;
    Workdays workdays;
    Audit audit;

    if (!part_audit(call, finding, &audit, err)) return false;
    if (!calendar_of_person(call, audit.lead, &workdays, err)) return false;
    finding->dispute_reason  = in->reason;
    finding->auditee_comment = in->reason;
    finding->dispute_due     = workday_add(&workdays, call->today, DISPUTE_DAYS);
    change_why(changes, in->reason);
    return true;
}

bool finding_answer_dispute(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding      = record;
    const AnswerInput *in = call->input;

    (void)changes, (void)err;
    finding->dispute_answer  = in->text;
    finding->dispute_request = in->request;
    return true;
}

/* uphold, change, withdraw: the decision stays with the finding; the report shows the difference of view. */
bool finding_decide(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding      = record;
    const DecideInput *in = call->input;

    (void)err;
    finding->decision    = in->reason;
    finding->dispute_due = (Date){ 0 };
    change_why(changes, in->reason);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- issue */

/* G-18: nothing is issued before the auditee has answered or his time is over. */
bool guard_auditee_was_heard(Call *call, const void *record, Err *err)
{
    const Finding *finding = record;
    IdList owner           = { 0 };

    (void)err;
    if (finding->head.state != FINDING_PRESENTED || date_before(finding->comment_until, call->today)) return true;
    id_list_add(call->arena, &owner, finding->owner);
    refuse(call, (Refusal){ .rule    = STR("G-18"),
                            .missing = str_fmt(call->arena, "the auditee may comment until the end of %.*s",
                                               STR_ARG(date_to_human(call->arena, finding->comment_until))),
                            .could   = people_names(call, &owner),
                            .next    = call_text(call, "Wait for the answer, or issue it the day after.") });
    return true;
}

/* issue: the content is fixed. A conformity ends here; a nonconformity becomes a case (the room action follows). */
bool finding_issue(Call *call, void *record, Changes *changes, Err *err)
{
    Finding *finding     = record;
    const IssueInput *in = call->input;

    finding->issued_on   = call->today;
    finding->issued_with = in->issued == 0 ? ISSUED_EARLY : in->issued;
    if (finding->kind == FINDING_CONFORMITY) {
        finding->closed_on = call->today;
        change_target(changes, FINDING_CLOSED);
    }
    return number_give(call, &finding_type, finding, err);
}
