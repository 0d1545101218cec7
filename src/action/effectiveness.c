/* SPDX-License-Identifier: Apache-2.0
 * The review of effectiveness (10.2 d): after the waiting time, against the criterion fixed before, by somebody who
 * took no part (G-07). Effective closes the case, once each question about the ISMS has an answer (R-102-9). */
#include "action/effectiveness.h"

#include "action/action.h"
#include "action/case_part.h"
#include "action/due.h"
#include "action/steps.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

/* clang-format off */
static const Choice result_rows[] = {
    [EFFECT_EFFECTIVE - 1]       = { "effective",       N_("Effective") },
    [EFFECT_PARTLY - 1]          = { "partly",          N_("Partly effective") },
    [EFFECT_NOT - 1]             = { "not_effective",   N_("Not effective") },
    [EFFECT_NOT_ENOUGH_DATA - 1] = { "not_enough_data", N_("Not enough data") },
};
static const ChoiceList effectiveness_results = CHOICES_OF("effectiveness_result", result_rows);
static const Choice part_rows[] = {
    { "risk", N_("Risks") }, { "soa", N_("Statement of Applicability") }, { "policy", N_("Policies") },
    { "procedure", N_("Procedures") }, { "training", N_("Training") }, { "programme", N_("Audit programme") },
};
static const ChoiceList isms_parts = CHOICES_OF("isms_part", part_rows);
static_assert(countof(part_rows) == ISMS_PARTS, "every part of the ISMS is asked");

#define RECORD_TYPE   Effectiveness
#define RECORD_FIELDS "action/effectiveness.fields.h"
#include "record/define.h"
#define RECORD_TYPE   IsmsChange
#define RECORD_FIELDS "action/isms_change.fields.h"
#include "record/define.h"
CASE_PART(Effectiveness);
CASE_PART(IsmsChange);

#define REVIEW_INPUT(F, T) \
    F(T, CHOICE, result,        .label = "Result", .choices = &effectiveness_results, .needed = true) \
    F(T, LONG,   data,          .label = "Data looked at", .needed = true) \
    F(T, INT,    occurrences,   .label = "Runs of the process they cover", .max = 1000000) \
    F(T, LONG,   value,         .label = "What they show", .needed = true) \
    F(T, LONG,   evidence_text, .label = "Where they are") \
    F(T, LONG,   side_effects,  .label = "Side effects") \
    F(T, LONG,   lessons,       .label = "Lessons", .help = "Needed to close.") \
    F(T, DATE,   new_date,      .label = "Look again on", .help = "Where there are not enough data.")
INPUT(ReviewInput, REVIEW_INPUT, "nonconformity.effectiveness-review")
/* clang-format on */
const Shape nc_review_input = SHAPE_OF(ReviewInput, "nonconformity.effectiveness-review");

/* ------------------------------------------------------------------------------------------------------- records */

static bool isms_change_create(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((IsmsChange *)record)->by = call->who;
    return true;
}

/* isms-1: asked once per part, while the case waits. */
static bool guard_part_is_asked_once(Call *call, const void *record, Err *err)
{
    const IsmsChange *change = record;
    int64_t count;

    if (call->input == NULL) return true;
    if (!record_count(call, &isms_change_type, STR("nonconformity = $1 AND what = $2 AND state = 1 AND id <> $3"),
                      BINDS(BIND_ID(change->nonconformity), BIND_NUMBER(change->what), BIND_ID(change->head.id)),
                      &count, err))
        return false;
    if (count > 0) {
        refuse_with(call, "isms-1",
                    str_fmt(call->arena, "one answer for \"%s\": there is one already",
                            choice_label(&isms_parts, change->what)),
                    "Edit that answer.");
    }
    return true;
}

/* clang-format off */
#define KEEPERS "coordinator|isms_manager|programme_manager"
static const Verb inside_verbs[] = { { .name = "create", .label = N_("Record"), .flags = VERB_INSIDE } };
static const Step inside_steps[] = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { NULL } } };
static const Verb change_verbs[] = { { .name = "create", .label = N_("Answer"), .body = isms_change_create, .flags = VERB_PRIMARY } };
static const Step change_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "case_owner|" KEEPERS, { guard_part_is_asked_once } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   "case_owner|" KEEPERS, { guard_part_is_asked_once } },
};
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

const Type effectiveness_type = {
    .name = "effectiveness", .plural = "effectiveness-reviews", .label = "Effectiveness review", .label_plural = "Effectiveness reviews",
    .about = "Whether the actions helped, by the criterion fixed before.",
    .number_format = "ER-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(Effectiveness), TYPE_VERBS(inside_verbs), TYPE_STEPS(inside_steps), TYPE_SEE(see),
};
const Type isms_change_type = {
    .name = "isms_change", .plural = "isms-changes", .label = "Change of the ISMS", .label_plural = "Changes of the ISMS",
    .about = "What the management system changed because of a case.",
    .number_format = "IC-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(IsmsChange), TYPE_VERBS(change_verbs), TYPE_STEPS(change_steps), TYPE_SEE(see),
    .relations = case_part_relations, .relations_len = CASE_PART_RELATIONS,
};
/* clang-format on */

/* ------------------------------------------------------------------------------------------------------- guards */

static bool decides(Call *call)
{
    const ReviewInput *input = call->input;
    return input == NULL || input->result != EFFECT_NOT_ENOUGH_DATA;
}

static bool closes(Call *call)
{
    const ReviewInput *input = call->input;
    return input == NULL || input->result == EFFECT_EFFECTIVE;
}

/* G-07: the reviewer took no part; for a major one he is not of the process. */
bool guard_reviewer_took_no_part(Call *call, const void *record, Err *err)
{
    return refuse_reviewer_who_took_part(call, record, call->who, guard_reviewer_took_no_part, err);
}

/* review-1: the waiting time is over. */
bool guard_waiting_time_is_over(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc = record;

    (void)err;
    if (date_before(call->today, nc->wait_until)) {
        refuse_with(call, "review-1",
                    str_fmt(call->arena, "time: the waiting period lasts until %.*s",
                            STR_ARG(date_to_human(call->arena, nc->wait_until))),
                    "The task comes to the reviewer by itself on that day.");
    }
    return true;
}

/* review-2: the data cover as many runs of the process as the plan asks for; else only "not enough data" is possible.
 */
bool guard_data_are_enough(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc  = record;
    const ReviewInput *input = call->input;

    (void)err;
    if (input == NULL || !decides(call) || input->occurrences.value >= nc->min_occurrences.value) return true;
    refuse_with(call, "review-2",
                str_fmt(call->arena,
                        "data of %lld runs of the process: the plan asks for that many, and these cover %lld",
                        (long long)nc->min_occurrences.value, (long long)input->occurrences.value),
                "Say \"not enough data\" and choose a new date.");
    return true;
}

/* R-102-9: each part of the ISMS was asked; "no change" is an answer. Also lessons, where the case closes (review-3).
 */
bool guard_isms_was_asked(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc  = record;
    const ReviewInput *input = call->input;
    IsmsChangeList answers   = { 0 };
    StrList missing          = { 0 };

    if (!closes(call)) return true;
    if (!record_list(call, &isms_change_type, &answers, STR("nonconformity = $1 AND state = 1 ORDER BY id"),
                     BINDS(BIND_ID(nc->head.id)), err))
        return false;
    for (int part = 1; part <= ISMS_PARTS; part++) {
        bool answered = false;
        for (size_t i = 0; i < answers.len; i++)
            answered = answered || answers.at[i].what == part;
        if (!answered) *list_push(call->arena, &missing) = call_text(call, choice_label(&isms_parts, part));
    }
    if (missing.len > 0)
        refuse_with(call, "R-102-9",
                    str_fmt(call->arena, "an answer for: %.*s", STR_ARG(str_sentence(call->arena, &missing))),
                    "Say for each part what changed; \"no change\" is an answer.");
    if (input != NULL && input->lessons.len == 0)
        refuse_with(call, "review-3", STR("the lessons of the case"), "One sentence is enough.");
    return true;
}

/* G-19: one acted, another checked. */
bool guard_two_people_worked(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc = record;
    ActionList actions      = { 0 };

    if (!closes(call)) return true;
    if (!actions_of_case(call, nc, &actions, err)) return false;
    for (size_t i = 0; i < actions.len; i++) {
        if (!id_is_none(actions.at[i].claimed_by) && !id_eq(actions.at[i].claimed_by, call->who)) return true;
    }
    refuse_with(call, "G-19", STR("two people over the life of the case: one who acted, one who checked"),
                "Let somebody else review it.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the verb */

static bool review_closes(Call *call, Nonconformity *nc, Changes *changes)
{
    nc->lessons     = ((const ReviewInput *)call->input)->lessons;
    nc->closed_on   = call->today;
    nc->closed_from = (Int){ nc->head.state, true };
    due_settle(nc, NC_CLOSED, (Date){ 0 });
    change_target(changes, NC_CLOSED);
    return true;
}

/* Not, or only partly effective: the cause is looked for again, in a new cycle. */
static bool review_reopens(Call *call, Nonconformity *nc, Changes *changes, Err *err)
{
    nc->cycle           = (Int){ nc->cycle.value + 1, true };
    nc->similar_found   = UNANSWERED;
    nc->what_allowed_it = (Str){ 0 };
    if (!due_begin(call, nc, POLICY_ANALYSIS, call->today, nc->owner, err)) return false;
    due_settle(nc, NC_ANALYSIS, (Date){ 0 });
    change_target(changes, NC_ANALYSIS);
    return true;
}

enum { POSTPONED_MAX = 2 };

static bool review_postpones(Call *call, Nonconformity *nc, Changes *changes)
{
    const ReviewInput *input = call->input;

    if (nc->reviews_postponed.value >= POSTPONED_MAX) {
        refuse_with(call, "review-4", STR("data: it was postponed twice already, so management decides"),
                    "Decide with what is known, or ask the management review.");
        return true;
    }
    if (date_is_none(input->new_date) || !date_before(call->today, input->new_date)) {
        invalid(call, STR("new_date"), call_text(call, "Choose a day that lies ahead."));
        return true;
    }
    nc->reviews_postponed = (Int){ nc->reviews_postponed.value + 1, true };
    nc->wait_until        = input->new_date;
    nc->effectiveness_due = date_max(nc->effectiveness_due, input->new_date);
    due_settle(nc, NC_MONITORING, (Date){ 0 });
    change_target(changes, NC_MONITORING);
    return true;
}

bool nc_effectiveness_review(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc        = record;
    const ReviewInput *input = call->input;
    Effectiveness *review    = change_make(changes, &effectiveness_type, "create", (Str){ 0 });

    review->nonconformity = nc->head.id;
    review->cycle         = nc->cycle;
    review->result        = input->result;
    review->data          = input->data;
    review->occurrences   = input->occurrences;
    review->value         = input->value;
    review->evidence_text = input->evidence_text;
    review->side_effects  = input->side_effects;
    review->new_date      = input->new_date;
    review->by            = call->who;
    review->reviewed_on   = call->today;
    if (input->result == EFFECT_EFFECTIVE) return review_closes(call, nc, changes);
    if (input->result == EFFECT_NOT_ENOUGH_DATA) return review_postpones(call, nc, changes);
    return review_reopens(call, nc, changes, err);
}
