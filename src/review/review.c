/* SPDX-License-Identifier: Apache-2.0
 * The management review: planned with its ten inputs, held, approved by top management. What was approved never
 * changes; what comes later is an addendum beside it (R-933-2). */
#include "review/review.h"

#include "org/role.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"
#include "review/review_part.h"

/* clang-format off */
static const Choice state_rows[] = {
    [REVIEW_PLANNED - 1]  = { "planned",  N_("Planned") },
    [REVIEW_HELD - 1]     = { "held",     N_("Held") },
    [REVIEW_APPROVED - 1] = { "approved", N_("Approved") },
    [REVIEW_VOID - 1]     = { "void",     N_("Void") },
};
static const ChoiceList states = CHOICES_OF("review_state", state_rows);

static const Choice conclusion_rows[] = {
    [CONCLUDED_YES - 1]    = { "yes",    N_("Yes") },
    [CONCLUDED_PARTLY - 1] = { "partly", N_("Partly") },
    [CONCLUDED_NO - 1]     = { "no",     N_("No") },
};
const ChoiceList review_conclusions = CHOICES_OF("review_conclusion", conclusion_rows);

#define RECORD_TYPE   Review
#define RECORD_FIELDS "review/review.fields.h"
#include "record/define.h"

#define HOLD_INPUT(F, T) \
    F(T, REFS,    attendance,     .label = "Attended", .clause = "9.3.1", .to = "person", .needed = true) \
    F(T, CHOICES, inputs_missing, .label = "Inputs that were not there", .clause = "9.3.2", .choices = &review_clauses, .help = "All others count as presented.") \
    F(T, CHOICE,  suitable,       .label = "The ISMS is suitable", .clause = "9.3.1", .choices = &review_conclusions) \
    F(T, CHOICE,  adequate,       .label = "The ISMS is adequate", .clause = "9.3.1", .choices = &review_conclusions) \
    F(T, CHOICE,  effective,      .label = "The ISMS is effective", .clause = "9.3.1", .choices = &review_conclusions) \
    F(T, LONG,    conclusions,    .label = "Conclusions in words") \
    F(T, LONG,    minutes,        .label = "Minutes", .max_bytes = 60000)
INPUT(HoldInput, HOLD_INPUT, "review.hold")

#define APPROVE_INPUT(F, T) \
    F(T, LONG, no_decision_reason, .label = "Why no decision is needed", .clause = "9.3.3", .help = "Only where the review decided nothing.")
INPUT(ApproveInput, APPROVE_INPUT, "review.approve")

#define ADDENDUM_INPUT(F, T) \
    F(T, LONG, text, .label = "Addendum", .help = "What was wrong or missing, and why it is added now.", .needed = true)
INPUT(AddendumInput, ADDENDUM_INPUT, "review.add-addendum")
/* clang-format on */

/* ------------------------------------------------------------------------------------------------------- guards */

/* review-1: the period it looks back on ends before the meeting, and after it began. */
static bool guard_period_is_past(Call *call, const void *record, Err *err)
{
    const Review *review = record;

    (void)err;
    if (call->input == NULL) return true;
    if (date_before(review->period_to, review->period_from))
        invalid(call, STR("period_to"), call_text(call, "Choose a day on or after the first one."));
    if (date_before(review->date, review->period_to))
        invalid(call, STR("date"), call_text(call, "Choose a day on or after the end of the period."));
    return true;
}

/* hold-1: the day of the meeting has come. */
static bool guard_day_has_come(Call *call, const void *record, Err *err)
{
    const Review *review = record;

    (void)err;
    if (date_before(call->today, review->date)) {
        refuse_with(call, "hold-1",
                    str_fmt(call->arena, "the day of the meeting: it is planned for %.*s",
                            STR_ARG(date_to_human(call->arena, review->date))),
                    "Move the review if it takes place earlier, then record it.");
    }
    return true;
}

/* Whether one of `people` held the role of top management on `day`. */
static bool is_top_among(Call *call, const IdList *people, Date day, bool *is, Err *err)
{
    RoleList tops = { 0 };

    *is = false;
    if (!record_list(call, &role_type, &tops,
                     STR("role = $1 AND state = 1 AND since <= $2 AND (until = 0 OR until >= $2) ORDER BY id"),
                     BINDS(BIND_NUMBER(ROLE_TOP_MANAGEMENT), BIND_DATE(day)), err))
        return false;
    for (size_t i = 0; i < tops.len; i++)
        *is = *is || id_list_has(people, tops.at[i].person);
    return true;
}

/* R-931-1: top management took part. Judged by the roles of the day of the meeting. */
static bool guard_top_management_attended(Call *call, const void *record, Err *err)
{
    const Review *review = record;
    bool is;

    if (!is_top_among(call, &review->attendance, date_max(review->held_on, review->date), &is, err)) return false;
    if (!is)
        refuse_with(call, "R-931-1", STR("top management among those who attended"),
                    "Correct the attendance, or hold the review again with top management.");
    return true;
}

/* R-931-2: suitable, adequate and effective are judged. */
static bool guard_conclusions_are_drawn(Call *call, const void *record, Err *err)
{
    const Review *review = record;
    StrList missing      = { 0 };

    (void)err;
    if (review->suitable == 0) *list_push(call->arena, &missing) = call_text(call, "suitable");
    if (review->adequate == 0) *list_push(call->arena, &missing) = call_text(call, "adequate");
    if (review->effective == 0) *list_push(call->arena, &missing) = call_text(call, "effective");
    if (missing.len > 0) {
        refuse_with(
            call, "R-931-2",
            str_fmt(call->arena, "a conclusion whether the ISMS is %.*s", STR_ARG(str_sentence(call->arena, &missing))),
            "Edit the review and record what was concluded.");
    }
    return true;
}

/* R-933-1: there is a decision, or a reason why none is needed. */
static bool guard_something_is_decided(Call *call, const void *record, Err *err)
{
    const Review *review      = record;
    const ApproveInput *input = call->input;
    int64_t count;

    if (review->no_decision_reason.len > 0 || (input != NULL && input->no_decision_reason.len > 0)) return true;
    if (!record_count(call, &decision_type, STR("review = $1 AND state IN (2, 3)"), BINDS(BIND_ID(review->head.id)),
                      &count, err))
        return false;
    if (count == 0)
        refuse_with(call, "R-933-1", STR("a decision, or the reason why none is needed"),
                    "Record what was decided, or give the reason with the approval.");
    return true;
}

/* approve-1: what was proposed is decided or dropped. */
static bool guard_nothing_is_left_open(Call *call, const void *record, Err *err)
{
    const Review *review = record;
    DecisionList list    = { 0 };
    StrList numbers      = { 0 };

    if (!record_list(call, &decision_type, &list, STR("review = $1 AND state = $2 ORDER BY id"),
                     BINDS(BIND_ID(review->head.id), BIND_NUMBER(DECISION_PROPOSED)), err))
        return false;
    if (list.len == 0) return true;
    for (size_t i = 0; i < list.len; i++)
        *list_push(call->arena, &numbers) = list.at[i].head.number;
    refuse_with(call, "approve-1",
                str_fmt(call->arena, "a decision on %.*s", STR_ARG(str_sentence(call->arena, &numbers))),
                "Decide or drop each proposal.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

static const char *const input_numbers[INPUTS] = { "a", "b", "c", "d1", "d2", "d3", "d4", "e", "f", "g" };

/* create: the review is planned, and its ten inputs wait. */
static bool review_create(Call *call, void *record, Changes *changes, Err *err)
{
    const Review *review = record;

    (void)call, (void)err;
    for (int clause = 1; clause <= INPUTS; clause++) {
        ReviewInput *input = change_make(changes, &review_input_type, "create", (Str){ 0 });
        input->review      = review->head.id;
        input->clause      = clause;
        input->head.number = str_from_c(input_numbers[clause - 1]);
    }
    return true;
}

/* The pack is frozen: what waits was presented, or the review went without it. */
static bool inputs_freeze(Call *call, const Review *review, int64_t missing, Changes *changes, Err *err)
{
    ReviewInputList *inputs = arena_new(call->arena, ReviewInputList);

    if (!review_inputs_of(call, review->head.id, inputs, err)) return false;
    for (size_t i = 0; i < inputs->len; i++) {
        ReviewInput *input = &inputs->at[i];
        bool is_missing    = missing >> (input->clause - 1) & 1;
        if (!is_missing && input->head.state != INPUT_WAITING) continue;
        input->is_missing = is_missing ? YES : NO;
        if (!is_missing) input->given_on = call->today;
        change_step(changes, &review_input_type, input, is_missing ? "miss" : "present", (Str){ 0 });
    }
    return true;
}

static bool review_hold(Call *call, void *record, Changes *changes, Err *err)
{
    Review *review         = record;
    const HoldInput *input = call->input;

    review->held_on    = call->today;
    review->attendance = input->attendance;
    if (input->suitable > 0) review->suitable = input->suitable;
    if (input->adequate > 0) review->adequate = input->adequate;
    if (input->effective > 0) review->effective = input->effective;
    if (input->conclusions.len > 0) review->conclusions = input->conclusions;
    if (input->minutes.len > 0) review->minutes = input->minutes;
    return inputs_freeze(call, review, input->inputs_missing, changes, err);
}

static bool review_approve(Call *call, void *record, Changes *changes, Err *err)
{
    Review *review            = record;
    const ApproveInput *input = call->input;

    (void)changes, (void)err;
    review->approved_by = call->who;
    review->approved_on = call->today;
    if (input->no_decision_reason.len > 0) review->no_decision_reason = input->no_decision_reason;
    return true;
}

/* add-addendum: beside what was approved, never instead of it. */
static bool review_add_addendum(Call *call, void *record, Changes *changes, Err *err)
{
    Review *review             = record;
    const AddendumInput *input = call->input;

    (void)changes, (void)err;
    review->addendum    = review->addendum.len == 0
                              ? input->text
                              : str_fmt(call->arena, "%.*s\n\n%.*s", STR_ARG(review->addendum), STR_ARG(input->text));
    review->addendum_on = call->today;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the type */

static bool people_chair(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Review *)record)->chair);
    return true;
}

static const Relation relations[] = { { "chair", N_("the chair of the review"), people_chair } };

/* clang-format off */
static const Verb verbs[] = {
    { .name = "create",  .label = N_("Plan a review"), .help = N_("Its ten inputs are made with it."), .body = review_create, .flags = VERB_PRIMARY },
    { .name = "hold",    .label = N_("Record as held"), .help = N_("Who attended, what was missing, what was concluded; the inputs are frozen."), .input = &HoldInput_shape, .body = review_hold, .flags = VERB_PRIMARY },
    { .name = "approve", .label = N_("Approve minutes"), .help = N_("From then on nothing of it changes."), .input = &ApproveInput_shape, .body = review_approve, .flags = VERB_PRIMARY },
    { .name = "add-addendum", .label = N_("Add an addendum"), .help = N_("Stands beside the approved minutes."), .input = &AddendumInput_shape, .body = review_add_addendum },
};
static const Step steps[] = {
    /* from            verb            to               who                       guards */
    { STATE_NEW,       "create",       REVIEW_PLANNED,  REVIEW_KEEPERS "|top_management",       { guard_period_is_past } },
    { REVIEW_PLANNED,  "edit",         STATE_SAME,      REVIEW_KEEPERS "|chair",                { guard_period_is_past } },
    { REVIEW_PLANNED,  "hold",         REVIEW_HELD,     REVIEW_KEEPERS "|top_management|chair", { guard_day_has_come } },
    { REVIEW_PLANNED,  "void",         REVIEW_VOID,     REVIEW_KEEPERS "|chair",                { NULL } },
    { REVIEW_HELD,     "edit",         STATE_SAME,      REVIEW_KEEPERS "|chair",                { NULL } },
    { REVIEW_HELD,     "approve",      REVIEW_APPROVED, "top_management",                       { guard_top_management_attended, guard_conclusions_are_drawn, guard_nothing_is_left_open, guard_something_is_decided } },
    { REVIEW_APPROVED, "add-addendum", STATE_SAME,      REVIEW_KEEPERS "|top_management",       { NULL } },
};
static const See see[] = {
    { REVIEW_SEEN_BY, NULL },
    { "everyone", SEE_REVIEWS_OF("id") },
};

const Type review_type = {
    .name = "review", .plural = "reviews", .label = "Management review", .label_plural = "Management reviews",
    .about = "Top management judges the ISMS from ten inputs and decides (9.3).",
    .number_format = "MR-%Y-%d", .is_dossier = true, .states = &states,
    TYPE_FIELDS(Review), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_RELATIONS(relations), TYPE_SEE(see), .sort = "-date",
};
/* clang-format on */
