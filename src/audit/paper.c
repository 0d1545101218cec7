/* SPDX-License-Identifier: Apache-2.0
 * Working papers (4.7): written by one auditor, read by another. What operates is never concluded from documents alone
 * (R-921-4). */
#include "audit/paper.h"

#include "audit/choices.h"
#include "audit/part.h"
#include "audit/say.h"
#include "audit/seen.h"
#include "audit/team.h"
#include "org/procedure.h"
#include "org/qualification.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

static const Choice paper_state_rows[] = {
    [PAPER_NOT_STARTED - 1] = { "not_started", N_("Not started") },
    [PAPER_IN_PROGRESS - 1] = { "in_progress", N_("In progress") },
    [PAPER_DONE - 1]        = { "done", N_("Done") },
    [PAPER_REVIEWED - 1]    = { "reviewed", N_("Reviewed") },
    [PAPER_RETURNED - 1]    = { "returned", N_("Returned") },
};
static const ChoiceList paper_states = CHOICES_OF("paper_state", paper_state_rows);

static const Choice judgement_rows[] = {
    [JUDGED_YES - 1]        = { "yes", N_("Yes") },
    [JUDGED_NO - 1]         = { "no", N_("No") },
    [JUDGED_PARTLY - 1]     = { "partly", N_("Partly") },
    [JUDGED_NOT_TESTED - 1] = { "not_tested", N_("Not tested") },
};
static const ChoiceList judgements = CHOICES_OF("judgement", judgement_rows);

static const Choice conclusion_rows[] = {
    [CONCLUDED_CONFORM - 1]     = { "conform", N_("Conform") },
    [CONCLUDED_NONCONFORM - 1]  = { "nonconform", N_("Not conform") },
    [CONCLUDED_WITH_REMARK - 1] = { "conform_with_remark", N_("Conform, with remark") },
    [CONCLUDED_NOT_COVERED - 1] = { "not_covered", N_("Not covered") },
};
static const ChoiceList conclusions = CHOICES_OF("conclusion", conclusion_rows);

static const Choice step_result_rows[] = {
    [STEP_PASS - 1]       = { "pass", N_("Pass") },
    [STEP_FAIL - 1]       = { "fail", N_("Fail") },
    [STEP_NOT_TESTED - 1] = { "not_tested", N_("Not tested") },
};
static const ChoiceList step_results = CHOICES_OF("step_result", step_result_rows);

#define RECORD_TYPE   Paper
#define RECORD_FIELDS "audit/paper.fields.h"
#include "record/define.h"

#define RECORD_TYPE   PaperStep
#define RECORD_FIELDS "audit/paper_step.fields.h"
#include "record/define.h"

AUDIT_PART(Paper);

#define REVIEW_INPUT(F, T) F(T, LONG, review_note, .label = "Note")
INPUT(ReviewInput, REVIEW_INPUT, "paper.review")

#define RETURN_INPUT(F, T) F(T, LONG, review_note, .label = "What is to be done", .needed = true)
INPUT(ReturnInput, RETURN_INPUT, "paper.return")

bool paper_list_of(Call *call, Id audit, PaperList *papers, Err *err)
{
    return record_list(call, &paper_type, papers, STR("audit = $1 ORDER BY number, id"), BINDS(BIND_ID(audit)), err);
}

/* ------------------------------------------------------------------------------------------------------- guards of
 * writing */

/* G-01: a paper on a touched reference belongs to somebody else, and so does its review. */
static bool guard_auditor_is_apart(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;
    Audit audit;

    if (!part_audit(call, paper, &audit, err)) return false;
    return refuse_conflicts(call, &audit, paper->auditor, &paper->refs, err) &&
           refuse_conflicts(call, &audit, paper->reviewer_planned, &paper->refs, err);
}

/* paper-1: the auditor of a paper belongs to the team. */
static bool guard_auditor_is_in_team(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;
    IdList team        = { 0 };
    Audit audit;

    if (!part_audit(call, paper, &audit, err) || !audit_team(call, &audit, &team, err)) return false;
    if (id_is_none(paper->auditor) || id_list_has(&team, paper->auditor)) return true;
    refuse(call, (Refusal){ .rule    = STR("paper-1"),
                            .missing = STR("an auditor of this audit's team"),
                            .could   = people_names(call, &team),
                            .next = call_text(call, "Choose one of them, or assign the person to the team first.") });
    return true;
}

/* R-921-4: "operates" needs an interview, an observation or a test; documents show design only. */
static bool guard_operation_was_seen(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;
    int64_t seen       = METHOD_BIT(TEST_INTERVIEW) | METHOD_BIT(TEST_OBSERVE) | METHOD_BIT(TEST_TEST);

    (void)err;
    if (paper->operation != JUDGED_YES || (paper->methods & seen) != 0) return true;
    refuse_with(call, "R-921-4", STR("a review of documents alone cannot show that something operates"),
                "Add an interview, an observation or a test, or leave operation at \"not tested\".");
    return true;
}

/* finish-1: a paper ends in a conclusion; "not covered" says why. */
static bool guard_conclusion_is_drawn(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;

    (void)err;
    if (paper->conclusion == 0)
        refuse_with(call, "finish-1", STR("the conclusion"), "Say whether what was tested conforms.");
    if (paper->conclusion == CONCLUDED_NOT_COVERED && str_trim(paper->reason).len == 0)
        refuse_with(call, "finish-1", STR("the reason why it is not covered"),
                    "Write the reason; the report repeats it.");
    return true;
}

/* finish-2: a conclusion rests on evidence or on an interview. */
static bool guard_conclusion_has_evidence(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;

    (void)err;
    if (paper->conclusion == CONCLUDED_NOT_COVERED || paper->evidence.len > 0 || paper->interviews.len > 0) return true;
    refuse_with(call, "finish-2", STR("evidence or an interview"), "Link what shows it.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- guards of
 * review */

/* review-1 (4.7): another person reads it; a single auditor may do so alone, and the report says it. */
static bool guard_reviewer_is_another(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;
    Audit audit;

    if (!id_eq(call->who, paper->auditor)) return true;
    if (!part_audit(call, paper, &audit, err)) return false;
    if (audit.single_auditor == YES) return true;
    refuse(call, (Refusal){ .rule    = STR("review-1"),
                            .missing = STR("a reader who did not write the paper"),
                            .could   = people_who_could(call, guard_reviewer_is_another, record),
                            .next    = call_text(call, "Ask one of them to review it.") });
    return true;
}

/* review-2 (4.7): the lead reads the team's papers; the lead's own are read by a second auditor or the programme
 * manager; somebody planned as reviewer, because the lead may not, always may. */
static bool guard_reviewer_is_the_right_one(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;
    Audit audit;

    if (!part_audit(call, paper, &audit, err)) return false;
    if (id_eq(paper->auditor, audit.lead) || id_eq(call->who, audit.lead)) return true;
    if (id_eq(call->who, paper->reviewer_planned) || id_eq(call->who, paper->auditor)) return true;
    IdList lead = { 0 };
    id_list_add(call->arena, &lead, id_is_none(paper->reviewer_planned) ? audit.lead : paper->reviewer_planned);
    refuse(call, (Refusal){ .rule    = STR("review-2"),
                            .missing = STR("the review by the lead, or by the reviewer planned for this paper"),
                            .could   = people_names(call, &lead),
                            .next    = call_text(call, "Ask them, or let the auditor plan you as reviewer.") });
    return true;
}

/* review-3 (G-16): whoever reviews is a qualified auditor. */
static bool guard_reviewer_is_qualified(Call *call, const void *record, Err *err)
{
    Qualification qualification;
    Audit audit;
    bool found;

    if (call->is_system || call_has_role(call, STR("programme_manager"))) return true;
    if (!part_audit(call, record, &audit, err)) return false;
    if (!qualification_of(call, call->who, audit.start, &qualification, &found, err)) return false;
    if (found && qualification.level >= LEVEL_AUDITOR) return true;
    refuse(call, (Refusal){ .rule    = STR("review-3"),
                            .missing = STR("a reviewer who is qualified as auditor"),
                            .could   = people_who_could(call, guard_reviewer_is_qualified, record),
                            .next    = call_text(call, "Ask one of them to review it.") });
    return true;
}

/* G-01 for whoever reviews. */
static bool guard_reviewer_is_apart(Call *call, const void *record, Err *err)
{
    const Paper *paper = record;
    Audit audit;

    if (!part_audit(call, paper, &audit, err)) return false;
    return refuse_conflicts(call, &audit, call->who, &paper->refs, err);
}

/* ------------------------------------------------------------------------------------------------------- verbs */

/* The steps of a procedure become steps of the paper (R-TP-2). */
static void paper_take_steps(Call *call, const Paper *paper, const Procedure *procedure, Changes *changes)
{
    Str rest = procedure->steps, line;

    for (int64_t position = 1; rest.len > 0 && str_cut(&rest, '\n', &line);) {
        line = str_trim(line);
        if (line.len == 0) continue;
        PaperStep *step   = change_make(changes, &paper_step_type, "create", (Str){ 0 });
        step->paper       = paper->head.id;
        step->text        = line;
        step->position    = (Int){ position, true };
        step->head.number = str_fmt(call->arena, "%lld", (long long)position++);
    }
}

/* create: the paper copies its procedure with the version it has today. */
static bool paper_create(Call *call, void *record, Changes *changes, Err *err)
{
    Paper *paper = record;
    Procedure procedure;

    if (id_is_none(paper->procedure)) return true;
    if (!record_must(call, &procedure_type, paper->procedure, &procedure, err)) return false;
    paper->procedure_version = procedure.version;
    paper_take_steps(call, paper, &procedure, changes);
    return true;
}

static bool paper_start(Call *call, void *record, Changes *changes, Err *err)
{
    Paper *paper = record;

    (void)changes, (void)err;
    if (date_is_none(paper->started_on)) paper->started_on = call->today;
    return true;
}

static bool paper_finish(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Paper *)record)->done_on = call->today;
    return true;
}

static bool paper_review(Call *call, void *record, Changes *changes, Err *err)
{
    Paper *paper          = record;
    const ReviewInput *in = call->input;

    (void)changes, (void)err;
    paper->reviewer    = call->who;
    paper->reviewed_on = call->today;
    paper->review_note = in->review_note;
    return true;
}

static bool paper_return(Call *call, void *record, Changes *changes, Err *err)
{
    Paper *paper          = record;
    const ReturnInput *in = call->input;

    (void)err;
    paper->review_note = in->review_note;
    paper->reviewer    = call->who;
    change_why(changes, in->review_note);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool paper_author(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Paper *)record)->auditor);
    return true;
}

static bool paper_reviewers(Call *call, const void *record, IdList *people, Err *err)
{
    id_list_add(call->arena, people, ((const Paper *)record)->reviewer_planned);
    return part_auditors(call, record, people, err);
}

static bool step_author(Call *call, const void *record, IdList *people, Err *err)
{
    Paper paper;
    bool found;

    if (!record_load(call, &paper_type, ((const PaperStep *)record)->paper, &paper, &found, err)) return false;
    if (!found) return true;
    id_list_add(call->arena, people, paper.auditor);
    return part_lead(call, &paper, people, err);
}

/* paper-2: what is done and reviewed stays; a returned paper is open again. */
static bool guard_paper_is_open(Call *call, const void *record, Err *err)
{
    Paper paper;

    if (!record_must(call, &paper_type, ((const PaperStep *)record)->paper, &paper, err)) return false;
    if (paper.head.state != PAPER_DONE && paper.head.state != PAPER_REVIEWED) return true;
    refuse_with(call, "paper-2",
                str_fmt(call->arena, "paper %.*s is in state \"%s\"", STR_ARG(paper.head.number),
                        state_label(&paper_type, paper.head.state)),
                "Ask its reviewer to return it first.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the types */

/* clang-format off */
static const Verb paper_verbs[] = {
    { .name = "create", .label = N_("Add working paper"), .help = N_("Copies the steps of its procedure."), .body = paper_create, .flags = VERB_PRIMARY },
    { .name = "start", .label = N_("Start"), .help = N_("Work on the paper begins."), .body = paper_start, .flags = VERB_PRIMARY },
    { .name = "finish", .label = N_("Finish paper"), .help = N_("Gives it to review; it needs a conclusion and what shows it."), .body = paper_finish, .flags = VERB_PRIMARY },
    { .name = "review", .label = N_("Accept paper"), .help = N_("Another person has read it: its references count as covered."), .input = &ReviewInput_shape, .body = paper_review, .flags = VERB_PRIMARY },
    { .name = "return", .label = N_("Return paper"), .help = N_("Gives it back to its auditor with what is to be done."), .input = &ReturnInput_shape, .body = paper_return },
};

#define WRITERS "author|lead|programme_manager"
static const Step working_steps[] = {
    { STATE_NEW,         "create", PAPER_NOT_STARTED, "team|programme_manager",     { guard_audit_is_open, guard_auditor_is_in_team, guard_auditor_is_apart } },
    { PAPER_NOT_STARTED, "edit",   STATE_SAME,        WRITERS,                      { guard_audit_is_open, guard_auditor_is_in_team, guard_auditor_is_apart, guard_operation_was_seen } },
    { PAPER_IN_PROGRESS, "edit",   STATE_SAME,        WRITERS,                      { guard_audit_is_open, guard_auditor_is_in_team, guard_auditor_is_apart, guard_operation_was_seen } },
    { PAPER_RETURNED,    "edit",   STATE_SAME,        WRITERS,                      { guard_audit_is_open, guard_auditor_is_in_team, guard_auditor_is_apart, guard_operation_was_seen } },
    { PAPER_NOT_STARTED, "start",  PAPER_IN_PROGRESS, "author",                     { guard_audit_is_open, guard_auditor_is_apart } },
    { PAPER_RETURNED,    "start",  PAPER_IN_PROGRESS, "author",                     { guard_audit_is_open } },
    { PAPER_NOT_STARTED, "finish", PAPER_DONE,        "author",                     { guard_audit_is_open, guard_conclusion_is_drawn, guard_conclusion_has_evidence, guard_operation_was_seen } },
    { PAPER_IN_PROGRESS, "finish", PAPER_DONE,        "author",                     { guard_audit_is_open, guard_conclusion_is_drawn, guard_conclusion_has_evidence, guard_operation_was_seen } },
    { PAPER_RETURNED,    "finish", PAPER_DONE,        "author",                     { guard_audit_is_open, guard_conclusion_is_drawn, guard_conclusion_has_evidence, guard_operation_was_seen } },
    { PAPER_DONE,        "review", PAPER_REVIEWED,    "reviewer|programme_manager", { guard_audit_is_open, guard_reviewer_is_another, guard_reviewer_is_the_right_one, guard_reviewer_is_qualified, guard_reviewer_is_apart } },
    { PAPER_DONE,        "return", PAPER_RETURNED,    "reviewer|programme_manager", { guard_audit_is_open, guard_reviewer_is_apart } },
    { PAPER_REVIEWED,    "return", PAPER_RETURNED,    "lead",                       { guard_audit_is_open, guard_reviewer_is_apart } },
};
static const Relation paper_relations[] = {
    { "author", N_("the auditor of the paper"), paper_author },
    { "reviewer", N_("the auditors of the team, and the planned reviewer"), paper_reviewers },
    { "lead", N_("the lead auditor"), part_lead },
    { "team", N_("the audit team"), part_team },
};
static const See paper_see[] = {
    { "programme_manager", NULL },
    { "everyone", "auditor = :viewer OR reviewer_planned = :viewer OR reviewer = :viewer OR " SEE_AUDIT_TEAM },
};
const Type paper_type = {
    .name = "paper", .plural = "papers", .label = "Working paper", .label_plural = "Working papers",
    .about = "One test of one or more references: what was looked at, seen and concluded.",
    .number_format = "P-%02d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &paper_states,
    TYPE_FIELDS(Paper), TYPE_VERBS(paper_verbs), TYPE_STEPS(working_steps), TYPE_RELATIONS(paper_relations), TYPE_SEE(paper_see),
};

static const Step step_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "author", { guard_paper_is_open } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   "author", { guard_paper_is_open } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   "author", { guard_paper_is_open } },
};
static const Relation step_relations[] = { { "author", N_("the auditor of the paper, or the lead"), step_author } };
static const See step_see[] = {
    { "programme_manager", NULL },
    { "everyone", "paper IN (SELECT id FROM paper WHERE auditor = :viewer OR reviewer_planned = :viewer OR reviewer = :viewer OR " SEE_AUDIT_TEAM ")" },
};
const Type paper_step_type = {
    .name = "paper_step", .plural = "paper-steps", .label = "Step", .label_plural = "Steps",
    .about = "One step of a working paper, with its result.",
    .number_format = "%d", .parent = "paper", .number_within_parent = true, .states = &plain_states,
    TYPE_FIELDS(PaperStep), TYPE_STEPS(step_steps), TYPE_RELATIONS(step_relations), TYPE_SEE(step_see), .sort = "position",
};
/* clang-format on */
