/* SPDX-License-Identifier: Apache-2.0
 * Management reviews: planned, held with their decisions, approved, added to; and the decisions carried out. */
#include "exchange/scenario_inside.h"
#include "record/row.h"
#include "review/review.h"

static Str review_number(const ScenarioStep *step)
{
    return json_text(step->owner, "id");
}

static Str planner_of(const Scenario *scenario, const json_t *review)
{
    Str by = json_text(json_object_get(review, "planned"), "by");
    return by.len > 0 ? by : role_holder(scenario, "isms_manager");
}

static bool is_proposed(const json_t *decision)
{
    return str_eq_c(json_text(decision, "state"), "proposed");
}

static bool make_decision(Scenario *scenario, const ScenarioStep *step, Str by, const json_t *decision, Err *err)
{
    json_t *input = input_of(scenario, decision, "id>number text type>kind owner due");

    input_text(input, "review", review_number(step));
    Deed made    = { .by = by, .type = "decision", .verb = "create", .input = input };
    Deed decided = { .by = by, .type = "decision", .verb = "decide", .number = json_text(decision, "id") };
    return scenario_do(scenario, &made, err) && (is_proposed(decision) || scenario_do(scenario, &decided, err));
}

static bool make_decisions(Scenario *scenario, const ScenarioStep *step, Str by, bool proposed, Err *err)
{
    const json_t *list = json_object_get(step->owner, "decisions");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *decision = json_array_get(list, i);
        if (is_proposed(decision) != proposed) continue;
        if (!make_decision(scenario, step, by, decision, err)) return err_context(err, "decisions[%zu]", i);
    }
    return true;
}

static bool step_planned(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str by        = planner_of(scenario, step->owner);
    json_t *input = input_of(scenario, step->owner, "id>number date at>start_at chair invited");

    input_period(input, json_object_get(step->owner, "period"), "period_from", "period_to");
    Deed deed = { .by = by, .type = "review", .verb = "create", .input = input };
    return scenario_do(scenario, &deed, err) && make_decisions(scenario, step, by, true, err);
}

static bool step_held(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str chair     = json_text(step->owner, "chair");
    json_t *input = input_of(scenario, step->owner, "attendance inputs_missing");

    input_add(scenario, input, json_object_get(step->owner, "conclusions"), "suitable adequate effective");
    Deed deed = { .by = chair, .type = "review", .verb = "hold", .number = review_number(step), .input = input };
    return scenario_do(scenario, &deed, err) && make_decisions(scenario, step, chair, false, err);
}

static bool step_approved(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->owner, "no_decision_reason");
    Deed deed     = { .by     = json_text(step->entry, "by"),
                      .type   = "review",
                      .verb   = "approve",
                      .number = review_number(step),
                      .input  = input };

    return scenario_do(scenario, &deed, err);
}

static bool step_addendum(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "reason>text");
    Deed deed     = { .by     = planner_of(scenario, step->owner),
                      .type   = "review",
                      .verb   = "add-addendum",
                      .number = review_number(step),
                      .input  = input };

    return scenario_do(scenario, &deed, err);
}

static bool step_done(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "done>done_on");
    Deed deed     = { .by     = json_text(step->entry, "owner"),
                      .type   = "decision",
                      .verb   = "done",
                      .number = json_text(step->entry, "id"),
                      .input  = input };

    return scenario_do(scenario, &deed, err);
}

/* Number of the review's input of that clause. */
static bool input_number(Scenario *scenario, const ScenarioStep *step, Str *number, Err *err)
{
    int clause           = choice_from_name(&review_clauses, json_text(step->entry, "input"));
    ReviewInputList list = { 0 };
    Review review;
    bool found;

    *number = (Str){ 0 };
    if (!record_find(scenario->base, &review_type, review_number(step), &review, &found, err)) return false;
    if (!review_inputs_of(scenario->base, review.head.id, &list, err)) return false;
    for (size_t i = 0; i < list.len; i++) {
        if (list.at[i].clause == clause)
            *number =
                str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(review.head.number), STR_ARG(list.at[i].head.number));
    }
    return number->len > 0 || scenario_fail(scenario, STR("A review has no such input."), err);
}

static bool step_asked(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "asked due");
    Deed deed     = { .by = planner_of(scenario, step->owner), .type = "review_input", .verb = "ask", .input = input };

    return input_number(scenario, step, &deed.number, err) && scenario_do(scenario, &deed, err);
}

/* ------------------------------------------------------------------------------------------------------- the queue */

static void enter(Scenario *scenario, const json_t *date, ScenarioRun *run, const json_t *owner, const json_t *entry,
                  Str place)
{
    scenario_enter(scenario, &(ScenarioEntry){ .date  = date,
                                               .at    = run == step_held ? json_object_get(owner, "at") : NULL,
                                               .rank  = RANK_REVIEW,
                                               .run   = run,
                                               .owner = owner,
                                               .entry = entry,
                                               .place = place });
}

static void enter_review(Scenario *scenario, const json_t *review, Str place)
{
    const json_t *planned = json_object_get(review, "planned"), *approved = json_object_get(review, "approved");
    const json_t *addendum = json_object_get(review, "addendum"), *list;
    const json_t *date     = json_object_get(review, "date");

    enter(scenario, json_is_object(planned) ? json_object_get(planned, "date") : date, step_planned, review, review,
          place);
    list = json_object_get(review, "waiting");
    for (size_t i = 0; i < json_array_size(list); i++)
        enter(scenario, json_object_get(json_array_get(list, i), "on"), step_asked, review, json_array_get(list, i),
              place_in(scenario, place, "waiting", i));
    if (!str_eq_c(json_text(review, "state"), "PLANNED")) enter(scenario, date, step_held, review, review, place);
    enter(scenario, json_object_get(approved, "date"), step_approved, review, approved, place);
    enter(scenario, json_object_get(addendum, "date"), step_addendum, review, addendum, place);
    list = json_object_get(review, "decisions");
    for (size_t i = 0; i < json_array_size(list); i++)
        enter(scenario, json_object_get(json_array_get(list, i), "done"), step_done, review, json_array_get(list, i),
              place_in(scenario, place, "decisions", i));
}

void scenario_enter_reviews(Scenario *scenario)
{
    const json_t *reviews = json_object_get(scenario->file, "management_reviews");

    for (size_t i = 0; i < json_array_size(reviews); i++)
        enter_review(scenario, json_array_get(reviews, i), place_at(scenario, "management_reviews", i));
}
