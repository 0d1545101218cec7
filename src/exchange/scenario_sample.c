/* SPDX-License-Identifier: Apache-2.0
 * Samples of the fieldwork: the population file is made from the scenario, the items are drawn from it by the verb, and
 * the results told in the scenario are entered stratum by stratum. */
#include "audit/population.h"
#include "audit/sample.h"
#include "exchange/scenario_inside.h"
#include "record/row.h"

static int64_t number_of(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

/* ------------------------------------------------------------------------------------------------------- the
 * population */

/* The stratum of each identifier, by its number from `first`; empty: the one named "all others". */
static Str *strata_of(Scenario *scenario, const json_t *population, size_t count, Str *rest)
{
    Str *strata = arena_array(scenario->arena, Str, count + 1);
    const char *name;
    json_t *ids;
    int64_t number;

    json_object_foreach(json_object_get(population, "strata_ids"), name, ids)
    {
        Str list = json_str(ids), one;
        if (str_eq_c(list, "all others")) *rest = str_from_c(name);
        while (str_cut(&list, ' ', &one)) {
            if (!str_to_i64(one, number_of(population, "id_first"), number_of(population, "id_last"), &number))
                continue;
            strata[number - number_of(population, "id_first")] = str_from_c(name);
        }
    }
    return strata;
}

static Str population_csv(Scenario *scenario, const json_t *population)
{
    int64_t first = number_of(population, "id_first"), last = number_of(population, "id_last");
    size_t count = last >= first ? (size_t)(last - first) + 1 : 0;
    Buf csv      = buf_open(scenario->arena, SCENARIO_BYTES_MAX);
    Str rest     = { 0 };
    Str *strata  = strata_of(scenario, population, count < POPULATION_ROWS_MAX ? count : 0, &rest);

    buf_add_c(&csv, "id,severity\n");
    for (size_t i = 0; i < count && i < POPULATION_ROWS_MAX; i++) {
        Str stratum = strata[i].len > 0 ? strata[i] : rest;
        buf_fmt(&csv, "%.*s%lld,%.*s\n", STR_ARG(json_text(population, "id_prefix")), (long long)first + (long long)i,
                STR_ARG(stratum));
    }
    return buf_str(&csv);
}

Str scenario_population_file(Scenario *scenario, Str evidence)
{
    const json_t *samples = json_object_get(json_object_get(scenario->file, "fieldwork"), "samples");

    for (size_t i = 0; i < json_array_size(samples); i++) {
        const json_t *population = json_object_get(json_array_get(samples, i), "population");
        if (str_eq(json_text(population, "evidence"), evidence)) return population_csv(scenario, population);
    }
    return (Str){ 0 };
}

/* ------------------------------------------------------------------------------------------------------- drawing */

static Str named_lines(Scenario *scenario, const json_t *list, const char *name, const char *value)
{
    Buf lines = buf_open(scenario->arena, 1 << 16);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        buf_fmt(&lines, "%.*s: %.*s\n", STR_ARG(json_text(item, name)), STR_ARG(json_text(item, value)));
    }
    return str_trim(buf_str(&lines));
}

static Str strata_lines(Scenario *scenario, const json_t *sample)
{
    const json_t *strata = json_object_get(sample, "strata");
    Buf lines            = buf_open(scenario->arena, 1 << 16);

    for (size_t i = 0; i < json_array_size(strata); i++) {
        const json_t *one = json_array_get(strata, i);
        buf_fmt(&lines, "%.*s: %lld/%lld\n", STR_ARG(json_text(one, "name")), (long long)number_of(one, "size"),
                (long long)number_of(one, "draw"));
    }
    return str_trim(buf_str(&lines));
}

/* 0.95 is 950 thousandths. */
static void input_permille(json_t *input, const char *name, const json_t *share)
{
    if (json_is_number(share))
        json_object_set_new(input, name, json_integer((json_int_t)(json_number_value(share) * 1000 + 0.5)));
}

static json_t *sample_input(Scenario *scenario, const json_t *sample)
{
    const json_t *population = json_object_get(sample, "population");
    json_t *input = input_of(scenario, sample, "id>number objective method size>n size_reason>n_reason computed_size");

    input_add(
        scenario, input, population,
        "description>population source extracted_on extracted_at extracted_by evidence size complete>completeness");
    input_period(input, json_object_get(population, "period"), "period_from", "period_to");
    input_text(input, "audit", json_text(json_object_get(scenario->file, "fieldwork"), "audit"));
    if (is_given(sample, "paper"))
        input_text(input, "paper", scenario_in_fieldwork(scenario, json_text(sample, "paper")));
    if (is_given(sample, "seed"))
        input_text(input, "seed", str_fmt(scenario->arena, "%lld", (long long)number_of(sample, "seed")));
    input_text(input, "strata", strata_lines(scenario, sample));
    if (json_array_size(json_object_get(sample, "strata")) > 0) input_text(input, "stratum_column", STR("severity"));
    input_text(input, "attributes", named_lines(scenario, json_object_get(sample, "attributes"), "name", "question"));
    input_permille(input, "confidence", json_object_get(sample, "confidence"));
    input_permille(input, "tolerable", json_object_get(sample, "tolerable_deviation"));
    return input;
}

static Str auditor_of(const Scenario *scenario, const json_t *sample)
{
    const json_t *papers = json_object_get(json_object_get(scenario->file, "fieldwork"), "papers");
    return json_text(find_in(papers, "id", json_text(sample, "paper")), "auditor");
}

/* Items chosen by judgement are those that the scenario tells of; all others are drawn. */
static Str chosen_lines(Scenario *scenario, const json_t *sample)
{
    const json_t *items = json_object_get(sample, "items");
    Buf lines           = buf_open(scenario->arena, 1 << 20);

    if (!str_eq_c(json_text(sample, "method"), "judgement")) return (Str){ 0 };
    for (size_t i = 0; i < json_array_size(items); i++)
        buf_fmt(&lines, "%.*s\n", STR_ARG(json_text(json_array_get(items, i), "id")));
    return buf_str(&lines);
}

bool scenario_draw(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str by        = auditor_of(scenario, step->entry),
        csv       = population_csv(scenario, json_object_get(step->entry, "population"));
    json_t *input = sample_input(scenario, step->entry), *kept = input_new(scenario), *draw = input_new(scenario);
    Deed made  = { .by = by, .type = "sample", .verb = "create", .input = input };
    Deed drawn = { .by     = by,
                   .type   = "sample",
                   .verb   = "draw",
                   .number = scenario_in_fieldwork(scenario, json_text(step->entry, "id")),
                   .input  = draw };

    if (!evidence_file(scenario, kept, STR("population.csv"), csv, err)) return false;
    input_add(scenario, input, kept, "file");
    input_text(draw, "items", chosen_lines(scenario, step->entry));
    return scenario_do(scenario, &made, err) && scenario_do(scenario, &drawn, err);
}

/* ------------------------------------------------------------------------------------------------------- results */

static Str result_lines(Scenario *scenario, const json_t *results)
{
    Buf lines = buf_open(scenario->arena, 1 << 16);
    const char *name;
    json_t *value;

    json_object_foreach((json_t *)(uintptr_t)results, name, value)
        buf_fmt(&lines, "%s: %.*s\n", name, STR_ARG(json_str(value)));
    return str_trim(buf_str(&lines));
}

static Str fact_lines(Scenario *scenario, const json_t *item)
{
    static const char *const names[] = { "detected", "due", "fixed", "exception" };
    Buf lines                        = buf_open(scenario->arena, 1 << 16);

    for (size_t i = 0; i < countof(names); i++) {
        if (is_given(item, names[i])) buf_fmt(&lines, "%s: %.*s\n", names[i], STR_ARG(json_text(item, names[i])));
    }
    if (is_given(item, "verified"))
        buf_fmt(&lines, "verified: %s\n", json_is_true(json_object_get(item, "verified")) ? "yes" : "no");
    return str_trim(buf_str(&lines));
}

/* The n-th told item of the stratum, n counting from 0. */
static const json_t *told_item(const json_t *items, Str stratum, size_t n)
{
    for (size_t i = 0; i < json_array_size(items); i++) {
        const json_t *item = json_array_get(items, i);
        if (str_eq(json_text(item, "stratum"), stratum) && n-- == 0) return item;
    }
    return NULL;
}

static bool enter_result(Scenario *scenario, const ScenarioStep *step, const SampleItem *drawn, const json_t *told,
                         Err *err)
{
    Str number =
        str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(scenario_in_fieldwork(scenario, json_text(step->entry, "id"))),
                STR_ARG(drawn->head.number));
    json_t *input = input_of(scenario, told, "result");

    if (told == NULL)
        return scenario_fail(scenario, str_fmt(scenario->arena, "There is no result for %.*s.", STR_ARG(drawn->item)),
                             err);
    input_text(input, "results", result_lines(scenario, json_object_get(told, "results")));
    input_text(input, "facts", fact_lines(scenario, told));
    return scenario_do(scenario,
                       &(Deed){ .by     = auditor_of(scenario, step->entry),
                                .type   = "sample_item",
                                .verb   = "edit",
                                .number = number,
                                .input  = input },
                       err);
}

static bool drawn_list(Scenario *scenario, const ScenarioStep *step, SampleItemList *items, Err *err)
{
    Sample sample;
    bool found;

    if (!record_find(scenario->base, &sample_type, scenario_in_fieldwork(scenario, json_text(step->entry, "id")),
                     &sample, &found, err))
        return false;
    return record_list(scenario->base, &sample_item_type, items, STR("sample = $1 ORDER BY id"),
                       BINDS(BIND_ID(sample.head.id)), err);
}

bool scenario_test(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *told   = json_object_get(step->entry, "items");
    SampleItemList items = { 0 };
    Deed tested          = { .by     = auditor_of(scenario, step->entry),
                             .type   = "sample",
                             .verb   = "test",
                             .number = scenario_in_fieldwork(scenario, json_text(step->entry, "id")),
                             .input  = input_of(scenario, step->entry, "explained") };

    if (!drawn_list(scenario, step, &items, err)) return false;
    for (size_t i = 0; i < items.len; i++) {
        size_t n = 0;
        for (size_t k = 0; k < i; k++)
            n += str_eq(items.at[k].stratum, items.at[i].stratum);
        if (!enter_result(scenario, step, &items.at[i], told_item(told, items.at[i].stratum, n), err)) return false;
    }
    if (!scenario_do(scenario, &tested, err)) return false;
    if (!is_given(step->entry, "decision")) return true;
    Deed decided = { .by     = tested.by,
                     .type   = "sample",
                     .verb   = "decide",
                     .number = tested.number,
                     .input  = input_of(scenario, step->entry, "decision") };
    return scenario_do(scenario, &decided, err);
}
