/* SPDX-License-Identifier: Apache-2.0
 * The ten inputs of a review: asked of somebody until a day, given, or missing. A review without one of them is held,
 * but says so (9.3.2). */
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"
#include "review/review_part.h"

/* clang-format off */
static const Choice state_rows[] = {
    [INPUT_WAITING - 1] = { "waiting", N_("Waiting") },
    [INPUT_GIVEN - 1]   = { "given",   N_("Given") },
    [INPUT_MISSING - 1] = { "missing", N_("Missing") },
};
static const ChoiceList states = CHOICES_OF("review_input_state", state_rows);

static const Choice clause_rows[] = {
    [INPUT_ACTIONS - 1]         = { "9.3.2 a", N_("Status of actions from earlier reviews") },
    [INPUT_ISSUES - 1]          = { "9.3.2 b", N_("Changes in external and internal issues") },
    [INPUT_PARTIES - 1]         = { "9.3.2 c", N_("Changes in needs of interested parties") },
    [INPUT_NONCONFORMITIES - 1] = { "9.3.2 d nonconformities", N_("Trend of nonconformities and corrective actions") },
    [INPUT_MONITORING - 1]      = { "9.3.2 d monitoring", N_("Trend of monitoring and measurement results") },
    [INPUT_AUDITS - 1]          = { "9.3.2 d audits", N_("Trend of audit results") },
    [INPUT_OBJECTIVES - 1]      = { "9.3.2 d objectives", N_("Fulfilment of objectives") },
    [INPUT_FEEDBACK - 1]        = { "9.3.2 e", N_("Feedback from interested parties") },
    [INPUT_RISKS - 1]           = { "9.3.2 f", N_("Risk assessment and treatment plan") },
    [INPUT_IMPROVEMENT - 1]     = { "9.3.2 g", N_("Opportunities for improvement") },
};
const ChoiceList review_clauses = CHOICES_OF("review_clause", clause_rows);

#define RECORD_TYPE   ReviewInput
#define RECORD_FIELDS "review/review_input.fields.h"
#include "record/define.h"
REVIEW_PART(ReviewInput);
static_assert(countof(clause_rows) == INPUTS, "each input has its label");

#define ASK_INPUT(F, T) \
    F(T, REF,  asked, .label = "Asked of", .to = "person", .needed = true) \
    F(T, DATE, due,   .label = "Until", .needed = true)
INPUT(AskInput, ASK_INPUT, "review_input.ask")

#define GIVE_INPUT(F, T) \
    F(T, LONG, text,    .label = "What it says", .help = "\"No change\" is an answer.", .max_bytes = 20000, .needed = true) \
    F(T, DATE, data_of, .label = "Data of")
INPUT(GiveInput, GIVE_INPUT, "review_input.give")
/* clang-format on */

bool review_inputs_of(Call *call, Id review, ReviewInputList *inputs, Err *err)
{
    return record_list(call, &review_input_type, inputs, STR("review = $1 ORDER BY clause, id"), BINDS(BIND_ID(review)),
                       err);
}

/* ------------------------------------------------------------------------------------------------------- of parts */

bool part_chair(Call *call, const void *part, IdList *people, Err *err)
{
    Review review;

    if (id_is_none(((const ReviewPart *)part)->review)) return true;
    if (!record_must(call, &review_type, ((const ReviewPart *)part)->review, &review, err)) return false;
    id_list_add(call->arena, people, review.chair);
    return true;
}

bool guard_minutes_are_open(Call *call, const void *part, Err *err)
{
    Review review;

    if (id_is_none(((const ReviewPart *)part)->review)) return true;
    if (!record_must(call, &review_type, ((const ReviewPart *)part)->review, &review, err)) return false;
    if (review.head.state == REVIEW_APPROVED || review.head.state == REVIEW_VOID) {
        refuse_with(call, "R-933-2",
                    str_fmt(call->arena, "an open review: %.*s is %s", STR_ARG(review.head.number),
                            review.head.state == REVIEW_VOID ? "void" : "approved and stays as it is"),
                    "Add an addendum to it, or use the next review.");
    }
    return true;
}

bool guard_review_was_held(Call *call, const void *part, Err *err)
{
    Review review;

    if (!record_must(call, &review_type, ((const ReviewPart *)part)->review, &review, err)) return false;
    if (review.head.state == REVIEW_PLANNED) {
        refuse_with(call, "decide-1",
                    str_fmt(call->arena, "the meeting: %.*s is planned for %.*s", STR_ARG(review.head.number),
                            STR_ARG(date_to_human(call->arena, review.date))),
                    "Record the review as held first.");
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

/* ask-1: who is asked gets a day that lies ahead. */
static bool guard_due_lies_ahead(Call *call, const void *record, Err *err)
{
    const AskInput *input = call->input;

    (void)record, (void)err;
    if (input != NULL && date_before(input->due, call->today))
        invalid(call, STR("due"), call_text(call, "Choose today or a later day."));
    return true;
}

static bool input_ask(Call *call, void *record, Changes *changes, Err *err)
{
    ReviewInput *input    = record;
    const AskInput *given = call->input;

    (void)changes, (void)err;
    input->asked    = given->asked;
    input->due      = given->due;
    input->asked_on = call->today;
    return true;
}

static bool input_give(Call *call, void *record, Changes *changes, Err *err)
{
    ReviewInput *input     = record;
    const GiveInput *given = call->input;

    (void)changes, (void)err;
    input->text       = given->text;
    input->data_of    = given->data_of;
    input->given_by   = call->who;
    input->given_on   = call->today;
    input->is_missing = NO;
    return true;
}

static bool people_asked(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const ReviewInput *)record)->asked);
    return true;
}

static const Relation relations[] = {
    { "asked", N_("who is asked for it"), people_asked },
    { "chair", N_("the chair of the review"), part_chair },
};

/* clang-format off */
static const Verb verbs[] = {
    { .name = "create",  .label = N_("Plan"), .flags = VERB_INSIDE },
    { .name = "ask",     .label = N_("Ask for it"), .help = N_("Somebody gives it until a day; it stands in that person's work."), .input = &AskInput_shape, .body = input_ask },
    { .name = "give",    .label = N_("Give it"), .help = N_("What the review is told."), .input = &GiveInput_shape, .body = input_give, .flags = VERB_PRIMARY },
    { .name = "present", .label = N_("Presented"), .flags = VERB_INSIDE },
    { .name = "miss",    .label = N_("Missing"), .flags = VERB_INSIDE },
};
static const Step steps[] = {
    /* from           verb       to             who                            guards */
    { STATE_NEW,      "create",  INPUT_WAITING, "everyone",                    { NULL } },
    { INPUT_WAITING,  "ask",     STATE_SAME,    REVIEW_KEEPERS "|chair",       { guard_minutes_are_open, guard_due_lies_ahead } },
    { INPUT_WAITING,  "give",    INPUT_GIVEN,   REVIEW_KEEPERS "|chair|asked", { guard_minutes_are_open } },
    { INPUT_WAITING,  "present", INPUT_GIVEN,   "everyone",                    { NULL } },
    { INPUT_WAITING,  "miss",    INPUT_MISSING, "everyone",                    { NULL } },
    { INPUT_GIVEN,    "give",    STATE_SAME,    REVIEW_KEEPERS "|chair|asked", { guard_minutes_are_open } },
    { INPUT_GIVEN,    "miss",    INPUT_MISSING, "everyone",                    { NULL } },
    { INPUT_MISSING,  "give",    INPUT_GIVEN,   REVIEW_KEEPERS "|chair|asked", { guard_minutes_are_open } },
    { INPUT_MISSING,  "miss",    STATE_SAME,    "everyone",                    { NULL } },
};
static const See see[] = {
    { REVIEW_SEEN_BY, NULL },
    { "everyone", "asked = :viewer OR " SEE_REVIEWS_OF("review") },
};

const Type review_input_type = {
    .name = "review_input", .plural = "review-inputs", .label = "Input of a review", .label_plural = "Inputs of reviews",
    .about = "One of the ten inputs of 9.3.2: what it says, or that it was missing.",
    .parent = "review", .number_within_parent = true, .dossier = "review", .states = &states,
    TYPE_FIELDS(ReviewInput), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_RELATIONS(relations), TYPE_SEE(see),
};
/* clang-format on */
