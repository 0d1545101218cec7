/* SPDX-License-Identifier: Apache-2.0
 * Decisions of management reviews: proposed before the meeting, decided in it, done later. An open one appears in every
 * review until it is done (R-932-1). */
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"
#include "review/review_part.h"

/* clang-format off */
static const Choice state_rows[] = {
    [DECISION_PROPOSED - 1] = { "proposed", N_("Proposed") },
    [DECISION_DECIDED - 1]  = { "decided",  N_("Decided") },
    [DECISION_DONE - 1]     = { "done",     N_("Done") },
    [DECISION_DROPPED - 1]  = { "dropped",  N_("Dropped") },
};
static const ChoiceList states = CHOICES_OF("decision_state", state_rows);

static const Choice kind_rows[] = {
    [DECIDES_ISMS_CHANGE - 1] = { "isms_change", N_("Change of the ISMS") },
    [DECIDES_IMPROVEMENT - 1] = { "improvement", N_("Improvement") },
    [DECIDES_RESOURCE - 1]    = { "resource",    N_("Resources") },
};
const ChoiceList decision_kinds = CHOICES_OF("decision_kind", kind_rows);

#define RECORD_TYPE   Decision
#define RECORD_FIELDS "review/decision.fields.h"
#include "record/define.h"
REVIEW_PART(Decision);

#define DONE_INPUT(F, T) \
    F(T, DATE, done_on, .label = "Done on", .needed = true) \
    F(T, LONG, outcome, .label = "What was done")
INPUT(DoneInput, DONE_INPUT, "decision.done")
/* clang-format on */

bool decisions_of(Call *call, Id review, DecisionList *decisions, Err *err)
{
    return record_list(call, &decision_type, decisions, STR("review = $1 AND state <> $2 ORDER BY id"),
                       BINDS(BIND_ID(review), BIND_NUMBER(DECISION_DROPPED)), err);
}

bool decisions_open(Call *call, Date day, DecisionList *decisions, Err *err)
{
    return record_list(call, &decision_type, decisions, STR("state = $1 AND decided_on < $2 ORDER BY due, id"),
                       BINDS(BIND_NUMBER(DECISION_DECIDED), BIND_DATE(day)), err);
}

/* done-1: what is done lies in the past, and not before the decision. */
static bool guard_work_is_done(Call *call, const void *record, Err *err)
{
    const Decision *decision = record;
    const DoneInput *input   = call->input;

    (void)err;
    if (input == NULL) return true;
    if (date_before(call->today, input->done_on) || date_before(input->done_on, decision->decided_on))
        invalid(call, STR("done_on"), call_text(call, "Choose a day from the decision until today."));
    return true;
}

static bool decision_decide(Call *call, void *record, Changes *changes, Err *err)
{
    Decision *decision = record;

    (void)changes, (void)err;
    decision->decided_on = call->today;
    decision->decided_by = call->who;
    return true;
}

static bool decision_done(Call *call, void *record, Changes *changes, Err *err)
{
    Decision *decision     = record;
    const DoneInput *input = call->input;

    (void)changes, (void)err;
    decision->done_on = input->done_on;
    decision->outcome = input->outcome;
    return true;
}

static bool people_owner(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Decision *)record)->owner);
    return true;
}

static const Relation relations[] = {
    { "owner", N_("the owner of the decision"), people_owner },
    { "chair", N_("the chair of the review"), part_chair },
};

/* clang-format off */
static const Verb verbs[] = {
    { .name = "create", .label = N_("Propose a decision"), .flags = VERB_PRIMARY },
    { .name = "decide", .label = N_("Decide"), .help = N_("It was decided in the meeting as it stands here."), .body = decision_decide, .flags = VERB_PRIMARY },
    { .name = "drop",   .label = N_("Drop"), .help = N_("It was not decided."), .flags = VERB_DANGER },
    { .name = "done",   .label = N_("Done"), .help = N_("It was carried out."), .input = &DoneInput_shape, .body = decision_done, .flags = VERB_PRIMARY },
};
static const Step steps[] = {
    /* from              verb      to                 who                             guards */
    { STATE_NEW,         "create", DECISION_PROPOSED, REVIEW_KEEPERS "|top_management|chair", { guard_minutes_are_open } },
    { DECISION_PROPOSED, "edit",   STATE_SAME,        REVIEW_KEEPERS "|top_management|chair", { guard_minutes_are_open } },
    { DECISION_PROPOSED, "decide", DECISION_DECIDED,  REVIEW_DECIDERS "|chair",               { guard_minutes_are_open, guard_review_was_held } },
    { DECISION_PROPOSED, "drop",   DECISION_DROPPED,  REVIEW_DECIDERS "|chair",               { guard_minutes_are_open } },
    { DECISION_DECIDED,  "done",   DECISION_DONE,     "owner|" REVIEW_KEEPERS,                { guard_work_is_done } },
};
static const See see[] = {
    { REVIEW_SEEN_BY, NULL },
    { "everyone", "owner = :viewer OR " SEE_REVIEWS_OF("review") },
};

const Type decision_type = {
    .name = "decision", .plural = "decisions", .label = "Decision", .label_plural = "Decisions",
    .about = "What a management review decided, whose it is, and whether it was done.",
    .number_format = "D-%P-%d", .parent = "review", .dossier = "review", .states = &states,
    TYPE_FIELDS(Decision), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_RELATIONS(relations), TYPE_SEE(see), .sort = "due",
};
/* clang-format on */
