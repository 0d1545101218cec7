/* SPDX-License-Identifier: Apache-2.0
 * The analysis of causes: the drawing in the form of its method, the root causes, and the search for similar cases. */
#include "action/analysis.h"
#include "action/nonconformity.h"
#include "exchange/scenario_inside.h"
#include "record/row.h"

/* The drawing in hand: its boxes belong to one analysis. */
typedef struct {
    Scenario *scenario;
    const ScenarioStep *step;
    Str analysis; /* number of the analysis */
    int64_t boxes;
    Err *err;
} Drawing;

static bool draw_box(Drawing *drawing, json_t *input, const char *kind, Str parent, Str *made)
{
    input_text(input, "kind", str_from_c(kind));
    input_text(input, "analysis", drawing->analysis);
    input_text(input, "parent", parent);
    json_object_set_new(input, "position", json_integer(++drawing->boxes));
    return scenario_case_part(drawing->scenario, drawing->step, "cause", input, made, drawing->err);
}

/* ------------------------------------------------------------------------------------------------------- 5 Whys */

static const char *key_of(const Drawing *drawing, const json_t *n)
{
    Arena *arena = drawing->scenario->arena;
    return str_to_c(arena, str_fmt(arena, "%lld", (long long)json_integer_value(n)));
}

static bool draw_whys(Drawing *drawing, const json_t *whys)
{
    json_t *numbers = input_new(drawing->scenario); /* of the answers, by their n */

    for (size_t i = 0; i < json_array_size(whys); i++) {
        const json_t *why = json_array_get(whys, i);
        json_t *input     = input_of(drawing->scenario, why, "answer>text evidence>evidence_text");
        const char *n     = key_of(drawing, json_object_get(why, "n"));
        const char *above = key_of(drawing, json_object_get(why, "parent"));
        Str made;
        if (!draw_box(drawing, input, "why", json_text(numbers, above), &made))
            return err_context(drawing->err, "structure.whys[%zu]", i);
        json_object_set_new(numbers, n, json_from_str(made));
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- Ishikawa,
 * barriers */

static bool draw_branch(Drawing *drawing, const json_t *branch)
{
    const json_t *causes = json_object_get(branch, "causes");

    for (size_t i = 0; i < json_array_size(causes); i++) {
        json_t *input =
            input_of(drawing->scenario, json_array_get(causes, i), "text confirmed votes evidence>evidence_text");
        input_add(drawing->scenario, input, branch, "branch");
        if (!draw_box(drawing, input, "branch_cause", (Str){ 0 }, NULL))
            return err_context(drawing->err, "causes[%zu]", i);
    }
    return true;
}

static bool draw_branches(Drawing *drawing, const json_t *branches)
{
    for (size_t i = 0; i < json_array_size(branches); i++) {
        if (!draw_branch(drawing, json_array_get(branches, i)))
            return err_context(drawing->err, "structure.branches[%zu]", i);
    }
    return true;
}

/* A file says yes, no, or more than that. */
static void put_answer(json_t *input, const char *name, const json_t *answer)
{
    if (json_is_boolean(answer)) input_text(input, name, json_is_true(answer) ? STR("yes") : STR("no"));
    if (json_is_string(answer)) input_text(input, name, json_str(answer));
}

static bool draw_barriers(Drawing *drawing, const json_t *barriers)
{
    for (size_t i = 0; i < json_array_size(barriers); i++) {
        const json_t *barrier = json_array_get(barriers, i);
        json_t *input = input_of(drawing->scenario, barrier, "barrier>text meant_to why_not evidence>evidence_text");
        put_answer(input, "existed", json_object_get(barrier, "existed"));
        put_answer(input, "worked", json_object_get(barrier, "worked"));
        if (!draw_box(drawing, input, "barrier", (Str){ 0 }, NULL))
            return err_context(drawing->err, "structure.barriers[%zu]", i);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- fault tree */

static bool draw_event(Drawing *drawing, const json_t *event, Str parent);

static bool draw_events(Drawing *drawing, const json_t *events, Str parent)
{
    for (size_t i = 0; i < json_array_size(events); i++) {
        if (!draw_event(drawing, json_array_get(events, i), parent))
            return err_context(drawing->err, "children[%zu]", i);
    }
    return true;
}

/* The document's depth is limited when it is read, so this is too. */
static bool draw_event(Drawing *drawing, const json_t *event, Str parent)
{
    json_t *input = input_of(drawing->scenario, event, "event>text gate confirmed evidence>evidence_text");
    Str made;

    if (!draw_box(drawing, input, "event", parent, &made)) return false;
    return draw_events(drawing, json_object_get(event, "children"), made);
}

static bool draw_tree(Drawing *drawing, const json_t *structure)
{
    json_t *input = input_of(drawing->scenario, structure, "top>text gate");
    Str made;

    if (!is_given(structure, "top")) return true;
    if (!draw_box(drawing, input, "event", (Str){ 0 }, &made)) return err_context(drawing->err, "structure.top");
    return draw_events(drawing, json_object_get(structure, "children"), made);
}

/* ------------------------------------------------------------------------------------------------------- root causes
 */

static bool case_in_hand(Scenario *scenario, const ScenarioStep *step, Nonconformity *nc, Err *err)
{
    bool found;
    return record_find(scenario->base, &nonconformity_type, json_text(step->owner, "id"), nc, &found, err);
}

/* Root causes that a later analysis of the cycle does not name any more. */
static bool void_replaced(Scenario *scenario, const ScenarioStep *step, const Nonconformity *nc, Err *err)
{
    const json_t *list  = json_object_get(step->entry, "root_causes");
    RootCauseList known = { 0 };

    if (!root_causes_of_cycle(scenario->base, nc, &known, err)) return false;
    for (size_t i = 0; i < known.len; i++) {
        Str number = known.at[i].head.number;
        if (find_in(list, "id", number) != NULL) continue;
        json_t *why = input_new(scenario);
        input_text(why, "why", STR("A later analysis replaces it."));
        Deed deed = { .by     = json_text(step->entry, "by"),
                      .type   = "root_cause",
                      .verb   = "void",
                      .number = str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(nc->head.number), STR_ARG(number)),
                      .input  = why };
        if (!scenario_do(scenario, &deed, err)) return false;
    }
    return true;
}

static bool put_root_cause(Scenario *scenario, const ScenarioStep *step, const json_t *cause, Err *err)
{
    json_t *input = input_of(scenario, cause, "text category level confirmed evidence>evidence_text");
    Str number =
        str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(json_text(step->owner, "id")), STR_ARG(json_text(cause, "id")));
    Deed edit = {
        .by = json_text(step->entry, "by"), .type = "root_cause", .verb = "edit", .number = number, .input = input
    };
    bool is_there;

    if (!scenario_exists(scenario, "root_cause", number, &is_there, err)) return false;
    if (is_there) return scenario_do(scenario, &edit, err);
    input_add(scenario, input, cause, "id>number");
    return scenario_case_part(scenario, step, "root_cause", input, NULL, err);
}

static bool put_root_causes(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *list = json_object_get(step->entry, "root_causes");

    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!put_root_cause(scenario, step, json_array_get(list, i), err))
            return err_context(err, "root_causes[%zu]", i);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the verbs */

static bool latest_analysis(Scenario *scenario, const Nonconformity *nc, Str *number, Err *err)
{
    AnalysisList list = { 0 };

    if (!record_list(scenario->base, &analysis_type, &list, STR("nonconformity = $1 ORDER BY id DESC LIMIT 1"),
                     BINDS(BIND_ID(nc->head.id)), err))
        return false;
    *number = list.len == 1 ? list.at[0].head.number : (Str){ 0 };
    return true;
}

bool scenario_analyse(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *structure = json_object_get(step->entry, "structure");
    json_t *input           = input_of(scenario, step->entry, "method team problem detection_gap what_allowed_it");
    Drawing drawing         = { .scenario = scenario, .step = step, .err = err };
    Nonconformity nc;

    input_add(scenario, input, structure, "depth_reason");
    if (!scenario_case_do(scenario, step, "analyse", input, err)) return false;
    if (!case_in_hand(scenario, step, &nc, err) || !latest_analysis(scenario, &nc, &drawing.analysis, err))
        return false;
    return draw_whys(&drawing, json_object_get(structure, "whys")) &&
           draw_branches(&drawing, json_object_get(structure, "branches")) && draw_tree(&drawing, structure) &&
           draw_barriers(&drawing, json_object_get(structure, "barriers")) && void_replaced(scenario, step, &nc, err) &&
           put_root_causes(scenario, step, err);
}

bool scenario_similar_check(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *dimensions = json_object_get(step->entry, "dimensions");
    json_t *input            = input_new(scenario);

    for (size_t i = 0; i < json_array_size(dimensions); i++) {
        json_t *search = input_of(scenario, json_array_get(dimensions, i), "dimension searched found");
        if (!scenario_case_part(scenario, step, "similar_search", search, NULL, err))
            return err_context(err, "dimensions[%zu]", i);
    }
    input_flag(input, "found", str_eq_c(json_text(step->entry, "outcome"), "found"));
    return scenario_case_do(scenario, step, "similar-check", input, err);
}
