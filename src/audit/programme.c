/* SPDX-License-Identifier: Apache-2.0
 * The audit programme: drafted by its manager, approved by somebody else, in force until the next version is. Each
 * approved version is kept as it was (R-922-1). */
#include "audit/programme.h"

#include "audit/choices.h"
#include "audit/programme_plan.h"
#include "audit/say.h"
#include "audit/seen.h"
#include "org/requirement.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

static const Choice programme_state_rows[] = {
    [PROGRAMME_DRAFT - 1]       = { "draft", N_("Draft") },
    [PROGRAMME_IN_APPROVAL - 1] = { "in_approval", N_("In approval") },
    [PROGRAMME_APPROVED - 1]    = { "approved", N_("Approved") },
    [PROGRAMME_ACTIVE - 1]      = { "active", N_("In force") },
    [PROGRAMME_CLOSED - 1]      = { "closed", N_("Closed") },
};
static const ChoiceList programme_states = CHOICES_OF("programme_state", programme_state_rows);

#define RECORD_TYPE   Programme
#define RECORD_FIELDS "audit/programme.fields.h"
#include "record/define.h"

/* Days before its period in which a programme may be put in force. */
enum { ACTIVATE_DAYS_BEFORE = 30 };

#define RETURN_INPUT(F, T) F(T, LONG, comment, .label = "What is to be changed", .needed = true)
INPUT(ReturnInput, RETURN_INPUT, "programme.return")

#define REVISE_INPUT(F, T)                                                                                             \
    F(T, LONG, reason, .label = "Why a new version", .help = "Incident, change, findings, resources.", .needed = true)
INPUT(ReviseInput, REVISE_INPUT, "programme.revise")

#define CLOSE_INPUT(F, T)                                                                                              \
    F(T, LONG, reached, .label = "Objectives reached", .clause = "ISO 19011 5.7", .needed = true)                      \
    F(T, LONG, lessons, .label = "Lessons", .clause = "ISO 19011 5.7", .needed = true)                                 \
    F(T, LONG, feedback, .label = "Feedback of auditees and client", .clause = "ISO 19011 5.6")
INPUT(CloseInput, CLOSE_INPUT, "programme.close")

/* ------------------------------------------------------------------------------------------------------- guards */

/* programme-1: a period has a beginning and a later end. */
static bool guard_period_is_one(Call *call, const void *record, Err *err)
{
    const Programme *programme = record;

    (void)err;
    if (call->input != NULL && date_before(programme->period_to, programme->period_from))
        invalid(call, STR("period_to"), call_text(call, "Choose a day on or after the first one."));
    return true;
}

/* R-922-4: manager, approver and receivers of reports are named. */
static bool guard_responsibilities_are_named(Call *call, const void *record, Err *err)
{
    const Programme *programme = record;
    StrList missing            = { 0 };

    (void)err;
    if (id_is_none(programme->manager)) *list_push(call->arena, &missing) = STR("programme manager");
    if (id_is_none(programme->approver)) *list_push(call->arena, &missing) = STR("approver");
    if (programme->receivers.len == 0) *list_push(call->arena, &missing) = STR("receivers of reports");
    if (missing.len > 0)
        refuse_with(call, "R-922-4",
                    str_fmt(call->arena, "not named: %.*s", STR_ARG(str_sentence(call->arena, &missing))),
                    "Name them in the programme.");
    return true;
}

/* R-922-5, R-922-6: what is owed to auditees and receivers stands in the programme. */
static bool guard_rules_are_set(Call *call, const void *record, Err *err)
{
    const Programme *programme = record;

    (void)err;
    if (!programme->notice_days.set)
        refuse_with(call, "R-922-5", STR("the programme does not say how many days of notice an auditee gets"),
                    "Set the days of notice.");
    if (!programme->report_days.set)
        refuse_with(call, "R-922-6", STR("the programme does not say when a report is due"),
                    "Set the working days to the report.");
    return true;
}

/* R-922-2, R-922-3, R-922-7: every line has its methods, says why it is as it is, and why not as suggested. */
static bool guard_lines_are_reasoned(Call *call, const void *record, Err *err)
{
    const Programme *programme = record;
    ProgrammeLineList lines    = { 0 };
    StrList bare = { 0 }, silent = { 0 }, other = { 0 };

    if (!programme_lines(call, programme->head.id, &lines, err)) return false;
    for (size_t i = 0; i < lines.len; i++) {
        const ProgrammeLine *line = &lines.at[i];
        if (line->methods == 0) *list_push(call->arena, &bare) = line->head.number;
        if (str_trim(line->rationale).len == 0) *list_push(call->arena, &silent) = line->head.number;
        if (line_interval_needs_reason(line)) *list_push(call->arena, &other) = line->head.number;
    }
    if (other.len > 0) {
        refuse_with(call, "R-922-2",
                    str_fmt(call->arena, "no reason for another interval than suggested on %.*s",
                            STR_ARG(str_sentence(call->arena, &other))),
                    "Say why, or take the interval that was suggested.");
    }
    if (bare.len > 0)
        refuse_with(call, "R-922-3",
                    str_fmt(call->arena, "no method on %.*s", STR_ARG(str_sentence(call->arena, &bare))),
                    "Choose how these lines are audited.");
    if (silent.len > 0)
        refuse_with(call, "R-922-7",
                    str_fmt(call->arena, "no rationale on %.*s", STR_ARG(str_sentence(call->arena, &silent))),
                    "Say what importance and earlier results led to each of these lines.");
    return true;
}

/* submit-1 (9.2.2): all clauses and applicable controls of the frameworks in use stand on a line, or it is said why
 * not. */
static bool guard_all_stands_on_a_line(Call *call, const void *record, Err *err)
{
    const Programme *programme = record;
    RequirementList missing    = { 0 };
    IdList ids                 = { 0 };
    Str numbers;

    if (str_trim(programme->not_on_a_line).len > 0) return true;
    if (!record_list(call, &requirement_type, &missing,
                     STR("state = 1 AND kind >= 2 AND framework IN (SELECT id FROM framework WHERE state = 2)"
                         " AND id NOT IN (SELECT requirement FROM control WHERE state = 1 AND applicable = 1)"
                         " AND id NOT IN (SELECT record_link.target FROM record_link"
                         " JOIN programme_line ON programme_line.id = record_link.source"
                         " WHERE record_link.kind = 'programme_line.refs' AND programme_line.programme = $1"
                         " AND programme_line.state = 1)"
                         " ORDER BY position, id"),
                     BINDS(BIND_ID(programme->head.id)), err))
        return false;
    if (missing.len == 0) return true;
    for (size_t i = 0; i < missing.len; i++)
        id_list_add(call->arena, &ids, missing.at[i].head.id);
    if (!say_numbers(call, &requirement_type, &ids, &numbers, err)) return false;
    refuse_with(call, "submit-1", str_fmt(call->arena, "on no line: %.*s", STR_ARG(numbers)),
                "Put them on a line, or write in the programme why they stand on none.");
    return true;
}

/* G-03: whoever approves does not manage the programme. */
static bool guard_approver_is_apart(Call *call, const void *record, Err *err)
{
    const Programme *programme = record;

    (void)err;
    if (!id_eq(call->who, programme->manager) && !id_eq(call->who, programme->submitted_by)) return true;
    refuse(call, (Refusal){ .rule    = STR("G-03"),
                            .missing = STR("an approver other than the person who manages the programme"),
                            .could   = people_who_could(call, guard_approver_is_apart, record),
                            .next    = call_text(call, "Ask one of them to approve.") });
    return true;
}

/* activate-1: the period has begun or begins within 30 days. */
static bool guard_period_is_near(Call *call, const void *record, Err *err)
{
    const Programme *programme = record;
    Date first                 = date_add_days(programme->period_from, -ACTIVATE_DAYS_BEFORE);

    (void)err;
    if (date_before(call->today, first)) {
        refuse(call, (Refusal){ .rule    = STR("activate-1"),
                                .missing = str_fmt(call->arena, "the period begins on %.*s only",
                                                   STR_ARG(date_to_human(call->arena, programme->period_from))),
                                .next    = str_fmt(call->arena, "Put it in force from %.*s on.",
                                                   STR_ARG(date_to_human(call->arena, first))) });
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

/* create: the first version; whoever makes it manages it unless it says otherwise. */
static bool programme_create(Call *call, void *record, Changes *changes, Err *err)
{
    Programme *programme = record;

    (void)changes, (void)err;
    programme->version = (Int){ 1, true };
    if (id_is_none(programme->manager)) programme->manager = call->who;
    return true;
}

static bool programme_submit(Call *call, void *record, Changes *changes, Err *err)
{
    Programme *programme = record;

    (void)changes, (void)err;
    programme->submitted_by = call->who;
    programme->submitted_on = call->today;
    return true;
}

/* A version's lines in words: what an approver saw stays readable without the line records. */
static bool version_lines_text(Call *call, Id programme, Str *out, Err *err)
{
    ProgrammeLineList lines = { 0 };
    Buf text                = buf_open(call->arena, 190000);

    if (!programme_lines(call, programme, &lines, err)) return false;
    for (size_t i = 0; i < lines.len; i++) {
        const ProgrammeLine *line = &lines.at[i];
        StrList refs              = { 0 };
        for (size_t k = 0; k < line->refs.len; k++) {
            Requirement requirement;
            if (!record_must(call, &requirement_type, line->refs.at[k], &requirement, err)) return false;
            *list_push(call->arena, &refs) = requirement.head.number;
        }
        buf_fmt(&text, "%.*s %.*s: %.*s; ", STR_ARG(line->head.number), STR_ARG(line->title),
                STR_ARG(str_join(call->arena, &refs, STR(", "))));
        if (line->interval_months.set) buf_fmt(&text, "every %lld months; ", (long long)line->interval_months.value);
        buf_fmt(&text, "%.*s\n", STR_ARG(line->rationale));
    }
    *out = buf_str(&text);
    return true;
}

/* approve: the version is kept as it is now. */
static bool programme_approve(Call *call, void *record, Changes *changes, Err *err)
{
    Programme *programme      = record;
    ProgrammeVersion *version = change_make(changes, &programme_version_type, "create", changes->why);

    programme->approved_by = call->who;
    programme->approved_on = call->today;
    version->programme     = programme->head.id;
    version->version       = programme->version;
    version->note          = programme->note;
    version->submitted_by  = programme->submitted_by;
    version->submitted_on  = programme->submitted_on;
    version->approved_by   = call->who;
    version->approved_on   = call->today;
    version->head.number   = str_fmt(call->arena, "%lld", (long long)programme->version.value);
    return version_lines_text(call, programme->head.id, &version->lines, err);
}

static bool programme_return(Call *call, void *record, Changes *changes, Err *err)
{
    const ReturnInput *in = call->input;

    (void)record, (void)err;
    change_why(changes, in->comment);
    return true;
}

static bool programme_activate(Call *call, void *record, Changes *changes, Err *err)
{
    Programme *programme         = record;
    ProgrammeVersionList version = { 0 };

    programme->in_force     = programme->version;
    programme->activated_on = call->today;
    if (!record_list(call, &programme_version_type, &version,
                     STR("programme = $1 AND version = $2 ORDER BY id LIMIT 1"),
                     BINDS(BIND_ID(programme->head.id), BIND_NUMBER(programme->version.value)), err))
        return false;
    if (version.len == 0) return true;
    version.at[0].activated_on = call->today;
    change_step(changes, &programme_version_type, &version.at[0], "activate", changes->why);
    return true;
}

/* revise: work on the next version begins; the one in force stays so until the next is. */
static bool programme_revise(Call *call, void *record, Changes *changes, Err *err)
{
    Programme *programme  = record;
    const ReviseInput *in = call->input;

    (void)err;
    programme->version.value++;
    programme->note         = in->reason;
    programme->submitted_by = programme->approved_by = (Id){ 0 };
    programme->submitted_on = programme->approved_on = (Date){ 0 };
    change_why(changes, in->reason);
    return true;
}

static bool programme_close(Call *call, void *record, Changes *changes, Err *err)
{
    Programme *programme = record;
    const CloseInput *in = call->input;

    (void)changes, (void)err;
    programme->reached  = in->reached;
    programme->lessons  = in->lessons;
    programme->feedback = in->feedback;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool programme_manager(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Programme *)record)->manager);
    return true;
}

static bool programme_deputy(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Programme *)record)->deputy);
    return true;
}

static bool programme_approver(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Programme *)record)->approver);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the type */

/* clang-format off */
static const Verb programme_verbs[] = {
    { .name = "create", .label = N_("Create programme"), .help = N_("Begins the first version."), .body = programme_create, .flags = VERB_PRIMARY },
    { .name = "submit", .label = N_("Submit programme"), .help = N_("Asks for approval; nothing changes until the answer."), .body = programme_submit, .flags = VERB_PRIMARY },
    { .name = "approve", .label = N_("Approve programme"), .help = N_("Keeps this version as it is; it can then be put in force."), .body = programme_approve, .flags = VERB_PRIMARY },
    { .name = "return", .label = N_("Return programme"), .help = N_("Gives it back to its manager with what is to be changed."), .input = &ReturnInput_shape, .body = programme_return },
    { .name = "activate", .label = N_("Put in force"), .help = N_("From today on audits follow this version."), .body = programme_activate, .flags = VERB_PRIMARY },
    { .name = "revise", .label = N_("Revise programme"), .help = N_("Begins the next version; this one stays in force until that one is."), .input = &ReviseInput_shape, .body = programme_revise },
    { .name = "take-plan", .label = N_("Take plan over"), .help = N_("Plans the audits that were proposed, with their teams as proposals: all of them or none."), .input = &take_plan_input, .body = programme_take_plan },
    { .name = "close", .label = N_("Close programme"), .help = N_("Ends the programme with its review (ISO 19011 5.7)."), .input = &CloseInput_shape, .body = programme_close },
};

#define MANAGERS "programme_manager|manager|deputy"
static const Step programme_steps[] = {
    /* from                  verb        to                     who                        guards */
    { STATE_NEW,             "create",   PROGRAMME_DRAFT,       "programme_manager",       { guard_period_is_one } },
    { PROGRAMME_DRAFT,       "edit",     STATE_SAME,            MANAGERS,                  { guard_period_is_one } },
    { PROGRAMME_DRAFT,       "submit",   PROGRAMME_IN_APPROVAL, MANAGERS,                  { guard_responsibilities_are_named, guard_rules_are_set, guard_lines_are_reasoned, guard_all_stands_on_a_line } },
    { PROGRAMME_IN_APPROVAL, "approve",  PROGRAMME_APPROVED,    "top_management|approver|manager", { guard_approver_is_apart, guard_lines_are_reasoned } },
    { PROGRAMME_IN_APPROVAL, "return",   PROGRAMME_DRAFT,       "top_management|approver", { NULL } },
    { PROGRAMME_APPROVED,    "activate", PROGRAMME_ACTIVE,      MANAGERS,                  { guard_responsibilities_are_named, guard_period_is_near } },
    { PROGRAMME_ACTIVE,      "revise",   PROGRAMME_DRAFT,       MANAGERS,                  { NULL } },
    { PROGRAMME_APPROVED,    "take-plan", STATE_SAME,           MANAGERS,                  { guard_plan_is_whole } },
    { PROGRAMME_ACTIVE,      "take-plan", STATE_SAME,           MANAGERS,                  { guard_plan_is_whole } },
    { PROGRAMME_ACTIVE,      "close",    PROGRAMME_CLOSED,      MANAGERS,                  { NULL } },
};
static const Relation programme_relations[] = {
    { "manager", N_("the manager of the programme"), programme_manager },
    { "deputy", N_("the deputy of the programme manager"), programme_deputy },
    { "approver", N_("the approver of the programme"), programme_approver },
};
static const See programme_see[] = {
    { SEE_MANAGERS, NULL },
    { "everyone", "manager = :viewer OR deputy = :viewer OR approver = :viewer" },
    { "colleague|external_auditor", "in_force > 0" },
};

const Type programme_type = {
    .name = "programme", .plural = "programmes", .label = "Audit programme", .label_plural = "Audit programmes",
    .about = "The audits of a cycle: what, how often, how, by whom, and why so (9.2.2).",
    .number_format = "PG-%Y-%d", .is_dossier = true, .states = &programme_states,
    TYPE_FIELDS(Programme), TYPE_VERBS(programme_verbs), TYPE_STEPS(programme_steps),
    TYPE_RELATIONS(programme_relations), TYPE_SEE(programme_see),
};
/* clang-format on */
