/* SPDX-License-Identifier: Apache-2.0
 * Asking people (4.9): requests for evidence, from the question to the answer, and interviews with their confirmation.
 */
#include "audit/request.h"

#include "audit/part.h"
#include "audit/request_link.h"
#include "audit/seen.h"
#include "record/change.h"
#include "record/input.h"

static const Choice request_state_rows[] = {
    [REQUEST_OPEN - 1]         = { "open", N_("Open") },
    [REQUEST_SUBMITTED - 1]    = { "submitted", N_("Submitted") },
    [REQUEST_ACCEPTED - 1]     = { "accepted", N_("Accepted") },
    [REQUEST_RETURNED - 1]     = { "returned", N_("Returned") },
    [REQUEST_NOT_RECEIVED - 1] = { "not_received", N_("Not received") },
    [REQUEST_WITHDRAWN - 1]    = { "withdrawn", N_("Withdrawn") },
};
static const ChoiceList request_states = CHOICES_OF("request_state", request_state_rows);

#define RECORD_TYPE   EvidenceRequest
#define RECORD_FIELDS "audit/evidence_request.fields.h"
#include "record/define.h"

#define RECORD_TYPE   Interview
#define RECORD_FIELDS "audit/interview.fields.h"
#include "record/define.h"

AUDIT_PART(EvidenceRequest);
AUDIT_PART(Interview);

#define SUBMIT_INPUT(F, T)                                                                                             \
    F(T, LONG, answer, .label = "Answer")                                                                              \
    F(T, REFS, evidence, .label = "Evidence", .to = "evidence")
INPUT(SubmitInput, SUBMIT_INPUT, "evidence_request.submit")

#define REASON_INPUT(F, T) F(T, LONG, reason, .label = "Why", .needed = true)
INPUT(ReasonInput, REASON_INPUT, "evidence_request.return")

#define LINK_INPUT(F, T)                                                                                               \
    F(T, DATE, until, .label = "Works until", .help = "At most 60 days from today. Empty: two weeks.")
INPUT(LinkInput, LINK_INPUT, "evidence_request.make-link")

#define ANSWER_INPUT(F, T)                                                                                             \
    F(T, TEXT, name, .label = "Your name", .needed = true)                                                             \
    F(T, LONG, answer, .label = "Answer")                                                                              \
    F(T, REFS, evidence, .label = "Evidence", .to = "evidence")
INPUT(AnswerInput, ANSWER_INPUT, "evidence_request.answer")

#define CONFIRM_INPUT(F, T) F(T, DATE, confirmed_on, .label = "Confirmed on", .help = "Empty: today.")
INPUT(ConfirmInput, CONFIRM_INPUT, "interview.confirm")

/* ------------------------------------------------------------------------------------------------------- requests */

static bool request_ask(Call *call, void *record, Changes *changes, Err *err)
{
    EvidenceRequest *request = record;

    (void)changes, (void)err;
    request->asked_by = call->who;
    request->asked_on = call->today;
    return true;
}

static bool request_submit(Call *call, void *record, Changes *changes, Err *err)
{
    EvidenceRequest *request = record;
    const SubmitInput *in    = call->input;

    (void)changes, (void)err;
    if (in->answer.len > 0) request->answer = in->answer;
    if (in->evidence.len > 0) request->evidence = in->evidence;
    request->submitted_on = call->today;
    return true;
}

/* The address is shown this once; an earlier one stops working. */
static bool request_make_link(Call *call, void *record, Changes *changes, Err *err)
{
    const LinkInput *in = call->input;
    Date until          = date_is_none(in->until) ? date_add_days(call->today, LINK_DAYS) : in->until;

    (void)changes, (void)err;
    if (date_before(until, call->today) || date_days_between(call->today, until) > LINK_DAYS_MAX)
        invalid(call, STR("until"), call_text(call, "Choose a day from today to 60 days ahead."));
    else
        request_link_make(call, record, until, &call->shown_once);
    return true;
}

static bool request_end_link(Call *call, void *record, Changes *changes, Err *err)
{
    EvidenceRequest *request = record;

    (void)call, (void)changes, (void)err;
    request->link_hash  = (Str){ 0 };
    request->link_until = (Date){ 0 };
    return true;
}

/* request-1: there is a link to end. */
static bool guard_link_is_there(Call *call, const void *record, Err *err)
{
    (void)err;
    if (date_is_none(((const EvidenceRequest *)record)->link_until))
        refuse_with(call, "request-1", STR("a link"), "Make one for somebody without an account.");
    return true;
}

/* What came through the link, from somebody who gave a name. */
static bool request_answer(Call *call, void *record, Changes *changes, Err *err)
{
    EvidenceRequest *request = record;
    const AnswerInput *in    = call->input;

    (void)err;
    request->answered_by  = in->name;
    request->submitted_on = call->today;
    if (in->answer.len > 0) request->answer = in->answer;
    for (size_t i = 0; i < in->evidence.len; i++)
        id_list_add(call->arena, &request->evidence, in->evidence.at[i]);
    change_why(changes, str_fmt(call->arena, "Answered through the link by %.*s", STR_ARG(in->name)));
    return true;
}

static bool request_accept(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((EvidenceRequest *)record)->accepted_on = call->today;
    return true;
}

static bool request_end(Call *call, void *record, Changes *changes, Err *err)
{
    const ReasonInput *in = call->input;

    (void)err;
    ((EvidenceRequest *)record)->reason = in->reason;
    change_why(changes, in->reason);
    return true;
}

static bool request_asker(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const EvidenceRequest *)record)->asked_by);
    return true;
}

static bool request_asked(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const EvidenceRequest *)record)->asked_of);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- interviews */

/* interview-1: with whom it was, by name or by function. */
static bool guard_interviewee_is_named(Call *call, const void *record, Err *err)
{
    const Interview *interview = record;

    (void)err;
    if (call->input != NULL && id_is_none(interview->person) && str_trim(interview->function).len == 0)
        invalid(call, STR("function"), call_text(call, "Give a person, or a function where the name is not kept."));
    return true;
}

static bool interview_confirm(Call *call, void *record, Changes *changes, Err *err)
{
    const ConfirmInput *in = call->input;

    (void)changes, (void)err;
    ((Interview *)record)->confirmed_on = date_is_none(in->confirmed_on) ? call->today : in->confirmed_on;
    return true;
}

static bool interview_person(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Interview *)record)->person);
    return true;
}

static bool interview_auditor(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Interview *)record)->auditor);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the types */

/* clang-format off */
static const Verb request_verbs[] = {
    { .name = "create", .label = N_("Ask for evidence"), .help = N_("The person asked sees it among the things asked of him."), .body = request_ask, .flags = VERB_PRIMARY },
    { .name = "submit", .label = N_("Submit"), .help = N_("Gives the auditor what was asked for."), .input = &SubmitInput_shape, .body = request_submit, .flags = VERB_PRIMARY },
    { .name = "answer", .label = N_("Answer through the link"), .help = N_("What somebody without an account sent."), .input = &AnswerInput_shape, .body = request_answer, .flags = VERB_INSIDE },
    { .name = "make-link", .label = N_("Make a link"), .help = N_("For somebody without an account: it leads to this one request, and an earlier link stops working."), .input = &LinkInput_shape, .body = request_make_link },
    { .name = "end-link", .label = N_("End the link"), .help = N_("It stops working at once."), .body = request_end_link },
    { .name = "accept", .label = N_("Accept"), .help = N_("What came answers the request."), .body = request_accept, .flags = VERB_PRIMARY },
    { .name = "return", .label = N_("Return"), .help = N_("What came does not answer the request."), .input = &ReasonInput_shape, .body = request_end },
    { .name = "not-received", .label = N_("Mark as not received"), .help = N_("The report says what was not shown."), .input = &ReasonInput_shape, .body = request_end },
    { .name = "withdraw", .label = N_("Withdraw request"), .help = N_("It is not needed any more."), .input = &ReasonInput_shape, .body = request_end },
};

#define ASKERS "asker|lead"
static const Step request_steps[] = {
    { STATE_NEW,         "create",       REQUEST_OPEN,         "team|programme_manager", { guard_audit_is_open } },
    { REQUEST_OPEN,      "edit",         STATE_SAME,           ASKERS,  { guard_audit_is_open } },
    { REQUEST_OPEN,      "submit",       REQUEST_SUBMITTED,    "asked", { guard_audit_is_open } },
    { REQUEST_RETURNED,  "submit",       REQUEST_SUBMITTED,    "asked", { guard_audit_is_open } },
    { REQUEST_OPEN,      "answer",       REQUEST_SUBMITTED,    "asked", { guard_audit_is_open } },
    { REQUEST_RETURNED,  "answer",       REQUEST_SUBMITTED,    "asked", { guard_audit_is_open } },
    { REQUEST_OPEN,      "make-link",    STATE_SAME,           ASKERS,  { guard_audit_is_open } },
    { REQUEST_RETURNED,  "make-link",    STATE_SAME,           ASKERS,  { guard_audit_is_open } },
    { REQUEST_OPEN,      "end-link",     STATE_SAME,           ASKERS,  { guard_link_is_there } },
    { REQUEST_RETURNED,  "end-link",     STATE_SAME,           ASKERS,  { guard_link_is_there } },
    { REQUEST_SUBMITTED, "accept",       REQUEST_ACCEPTED,     ASKERS,  { guard_audit_is_open } },
    { REQUEST_SUBMITTED, "return",       REQUEST_RETURNED,     ASKERS,  { guard_audit_is_open } },
    { REQUEST_OPEN,      "not-received", REQUEST_NOT_RECEIVED, ASKERS,  { guard_audit_is_open } },
    { REQUEST_RETURNED,  "not-received", REQUEST_NOT_RECEIVED, ASKERS,  { guard_audit_is_open } },
    { REQUEST_OPEN,      "withdraw",     REQUEST_WITHDRAWN,    ASKERS,  { guard_audit_is_open } },
    { REQUEST_RETURNED,  "withdraw",     REQUEST_WITHDRAWN,    ASKERS,  { guard_audit_is_open } },
};
static const Relation request_relations[] = {
    { "asker", N_("whoever asked"), request_asker },
    { "asked", N_("the person asked"), request_asked },
    { "lead", N_("the lead auditor"), part_lead },
    { "team", N_("the audit team"), part_team },
};
static const See request_see[] = {
    { "programme_manager", NULL },
    { "everyone", "asked_of = :viewer OR asked_by = :viewer OR " SEE_AUDIT_TEAM },
};
const Type evidence_request_type = {
    .name = "evidence_request", .plural = "evidence-requests", .label = "Evidence request", .label_plural = "Evidence requests",
    .about = "What is asked for, from whom, until when.",
    .number_format = "ER-%Y-%d", .parent = "audit", .dossier = "audit", .states = &request_states,
    TYPE_FIELDS(EvidenceRequest), TYPE_VERBS(request_verbs), TYPE_STEPS(request_steps),
    TYPE_RELATIONS(request_relations), TYPE_SEE(request_see), .sort = "due",
};

static const Verb interview_verbs[] = {
    { .name = "create", .label = N_("Record interview"), .help = N_("With whom, when, about what."), .flags = VERB_PRIMARY },
    { .name = "confirm", .label = N_("Confirm"), .help = N_("The person interviewed agrees with the notes."), .input = &ConfirmInput_shape, .body = interview_confirm, .flags = VERB_PRIMARY },
};
static const Step interview_steps[] = {
    { STATE_NEW,    "create",  PLAIN_IN_USE, "team",           { guard_audit_is_open, guard_interviewee_is_named } },
    { PLAIN_IN_USE, "edit",    STATE_SAME,   "interviewer",    { guard_audit_is_open, guard_interviewee_is_named } },
    { PLAIN_IN_USE, "confirm", STATE_SAME,   "interviewee|interviewer", { guard_audit_is_open } },
    { PLAIN_IN_USE, "void",    PLAIN_VOID,   "interviewer|lead", { guard_audit_is_open } },
};
static const Relation interview_relations[] = {
    { "interviewee", N_("the person interviewed"), interview_person },
    { "interviewer", N_("the auditor who held it"), interview_auditor },
    { "lead", N_("the lead auditor"), part_lead },
    { "team", N_("the audit team"), part_team },
};
static const See interview_see[] = {
    { "programme_manager", NULL },
    { "everyone", "person = :viewer OR auditor = :viewer OR " SEE_AUDIT_TEAM },
};
const Type interview_type = {
    .name = "interview", .plural = "interviews", .label = "Interview", .label_plural = "Interviews",
    .about = "With whom an auditor spoke, about what, and whether it was confirmed.",
    .number_format = "IV-%02d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &plain_states,
    TYPE_FIELDS(Interview), TYPE_VERBS(interview_verbs), TYPE_STEPS(interview_steps),
    TYPE_RELATIONS(interview_relations), TYPE_SEE(interview_see), .sort = "date",
};
/* clang-format on */
