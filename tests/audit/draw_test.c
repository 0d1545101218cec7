/* SPDX-License-Identifier: Apache-2.0
 * Drawing samples: the test values of docs/formats/sample-draw.md, fairness, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/draw.h"
#include "base/buf.h"

static int arena_setup(void **state)
{
    *state = arena_open(512 << 20);
    return *state == NULL;
}

static int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

static Str findings_csv(Arena *arena, int rows)
{
    Buf csv = buf_open(arena, 64 << 20);

    buf_add_c(&csv, "id,severity\n");
    for (int n = 1; n <= rows; n++)
        buf_fmt(&csv, "VF-%d,%s\n", n, n % 25 == 0 ? "critical" : n % 4 == 1 ? "high" : "medium");
    return buf_str(&csv);
}

static Population read_population(Arena *arena, Str csv)
{
    Population population;
    Err err = { 0 };

    if (!population_read(arena, csv, (PopulationColumns){ .stratum = STR("severity") }, &population, &err))
        fail_msg("%s", err.detail);
    return population;
}

static DrawnItems draw(Arena *arena, const Population *population, DrawPlan plan)
{
    DrawnItems drawn;
    Err err = { 0 };

    if (!draw_sample(arena, population, &plan, &drawn, &err)) fail_msg("%s", err.detail);
    return drawn;
}

static void assert_drawn(Arena *arena, const Population *population, DrawnItems drawn, const char *expected)
{
    StrList ids = { 0 };

    for (size_t i = 0; i < drawn.len; i++)
        *list_push(arena, &ids) = population_id(population, drawn.at[i]);
    Str got = str_join(arena, &ids, STR(" "));
    if (!str_eq_c(got, expected)) fail_msg("%.*s, expected %s", STR_ARG(got), expected);
}

static void draws_are_those_of_the_document(void **state)
{
    Arena *arena        = *state;
    Population findings = read_population(arena, findings_csv(arena, 100));
    Stratum sizes[]     = { { STR("critical"), 2 }, { STR("high"), 2 }, { STR("medium"), 2 } };

    assert_true(str_eq_c(hash_to_hex(arena, &findings.file),
                         "d700f7486029f69803fb4eb1d96ff648e0bf34d9b1907e5fc460822e22199388"));
    DrawPlan simple = { .method = DRAW_SIMPLE_RANDOM, .seed = STR("4711"), .size = 8 };
    assert_drawn(arena, &findings, draw(arena, &findings, simple), "VF-40 VF-6 VF-87 VF-67 VF-61 VF-84 VF-98 VF-99");
    DrawPlan systematic = { .method = DRAW_SYSTEMATIC, .seed = STR("4711"), .size = 7 };
    assert_drawn(arena, &findings, draw(arena, &findings, systematic), "VF-6 VF-20 VF-35 VF-49 VF-63 VF-78 VF-92");
    DrawPlan stratified = { DRAW_STRATIFIED, STR("20261110"), 0, sizes, countof(sizes) };
    assert_drawn(arena, &findings, draw(arena, &findings, stratified), "VF-25 VF-75 VF-33 VF-49 VF-52 VF-51");
}

static void a_range_is_drawn_from_as_the_document_says(void **state)
{
    Arena *arena = *state;
    Population range;
    Err err = { 0 };

    assert_true(population_range(arena, STR("INV-0001..INV-2400"), &range, &err));
    assert_true(
        str_eq_c(hash_to_hex(arena, &range.file), "db28bde836f8d09abe954f48f9127721e473d8fa428083ec0f3c0e444dd636ca"));
    DrawPlan plan = { .method = DRAW_SIMPLE_RANDOM, .seed = STR("4711"), .size = 5 };
    assert_drawn(arena, &range, draw(arena, &range, plan), "INV-1902 INV-2151 INV-1796 INV-0560 INV-0696");
}

static void a_larger_sample_begins_with_the_smaller(void **state)
{
    Arena *arena        = *state;
    Population findings = read_population(arena, findings_csv(arena, 100));
    DrawPlan plan       = { .method = DRAW_DISCOVERY, .seed = STR("4711"), .size = 5 };

    assert_drawn(arena, &findings, draw(arena, &findings, plan), "VF-40 VF-6 VF-87 VF-67 VF-61");
}

static void each_item_is_drawn_once_at_most(void **state)
{
    Arena *arena        = *state;
    Population findings = read_population(arena, findings_csv(arena, 100));

    for (int method = DRAW_SIMPLE_RANDOM; method <= DRAW_SYSTEMATIC; method++) {
        for (size_t size = 0; size <= 100; size++) {
            bool seen[100]   = { false };
            DrawPlan plan    = { .method = (DrawMethod)method, .seed = STR("x"), .size = size };
            DrawnItems drawn = draw(arena, &findings, plan);
            assert_int_equal(drawn.len, size);
            for (size_t i = 0; i < drawn.len; i++) {
                assert_false(seen[drawn.at[i]]);
                seen[drawn.at[i]] = true;
            }
        }
    }
}

/* 4,000 draws of 10 of 40: each item is expected 1,000 times, with a deviation of 27; 5 of those are never seen by
 * chance. */
static void every_item_has_the_same_chance(void **state)
{
    Arena *arena        = *state;
    Population findings = read_population(arena, findings_csv(arena, 40));

    for (int method = DRAW_SIMPLE_RANDOM; method <= DRAW_SYSTEMATIC; method++) {
        int times[40] = { 0 };
        for (int seed = 0; seed < 4000; seed++) {
            ArenaMark mark   = arena_mark(arena);
            DrawPlan plan    = { .method = (DrawMethod)method, .seed = str_fmt(arena, "%d", seed), .size = 10 };
            DrawnItems drawn = draw(arena, &findings, plan);
            for (size_t i = 0; i < drawn.len; i++)
                times[drawn.at[i]]++;
            arena_rewind(arena, mark);
        }
        for (size_t i = 0; i < countof(times); i++)
            assert_in_range(times[i], 865, 1135);
    }
}

static void another_file_seed_or_stratum_gives_another_draw(void **state)
{
    Arena *arena     = *state;
    Population one   = read_population(arena, findings_csv(arena, 100)),
               other = read_population(arena, findings_csv(arena, 101));
    DrawPlan plan    = { .method = DRAW_SIMPLE_RANDOM, .seed = STR("4711"), .size = 20 };
    DrawnItems first = draw(arena, &one, plan), second = draw(arena, &other, plan);
    plan.seed        = STR("4712");
    DrawnItems third = draw(arena, &one, plan);

    assert_memory_not_equal(first.at, second.at, 20 * sizeof(size_t));
    assert_memory_not_equal(first.at, third.at, 20 * sizeof(size_t));
}

static void all_needs_no_seed(void **state)
{
    Arena *arena        = *state;
    Population findings = read_population(arena, findings_csv(arena, 3));

    assert_drawn(arena, &findings, draw(arena, &findings, (DrawPlan){ .method = DRAW_ALL }), "VF-1 VF-2 VF-3");
}

static void assert_plan_refused(Arena *arena, const Population *population, DrawPlan plan, const char *why)
{
    DrawnItems drawn;
    Err err = { 0 };

    assert_false(draw_sample(arena, population, &plan, &drawn, &err));
    assert_int_equal(err.code, ERR_USAGE);
    if (!strstr(err.detail, why)) fail_msg("%s", err.detail);
}

static void plans_that_do_not_fit_are_refused(void **state)
{
    Arena *arena        = *state;
    Population findings = read_population(arena, findings_csv(arena, 100));
    Stratum sizes[]     = { { STR("critical"), 2 }, { STR("high"), 2 }, { STR("medium"), 2 }, { STR("high"), 1 } };
    Stratum unknown[]   = { { STR("critical"), 2 }, { STR("high"), 2 }, { STR("medium"), 2 }, { STR("low"), 1 } };
    Stratum many[]      = { { STR("critical"), 5 }, { STR("high"), 2 }, { STR("medium"), 2 } };
    Str seed            = STR("1");

    assert_plan_refused(arena, &findings, (DrawPlan){ .method = DRAW_JUDGEMENT }, "chosen by the auditor");
    assert_plan_refused(arena, &findings, (DrawPlan){ .seed = seed }, "No method");
    assert_plan_refused(arena, &findings, (DrawPlan){ .method = DRAW_SYSTEMATIC, .size = 5 }, "seed");
    assert_plan_refused(arena, &findings, (DrawPlan){ .method = DRAW_SYSTEMATIC, .seed = STR("1\n2"), .size = 5 },
                        "seed");
    assert_plan_refused(arena, &findings, (DrawPlan){ .method = DRAW_DISCOVERY, .seed = seed, .size = 101 },
                        "only 100");
    assert_plan_refused(arena, &findings, (DrawPlan){ DRAW_STRATIFIED, seed, 0, sizes, 2 }, "\"medium\"");
    assert_plan_refused(arena, &findings, (DrawPlan){ DRAW_STRATIFIED, seed, 0, sizes, 4 }, "twice");
    assert_plan_refused(arena, &findings, (DrawPlan){ DRAW_STRATIFIED, seed, 0, unknown, 4 }, "\"low\"");
    assert_plan_refused(arena, &findings, (DrawPlan){ DRAW_STRATIFIED, seed, 0, many, 3 }, "only 4");
}

static void assert_file_refused(Arena *arena, Str csv, const char *line, const char *why)
{
    Population population;
    Err err = { 0 };

    assert_false(population_read(arena, csv, (PopulationColumns){ .stratum = STR("severity") }, &population, &err));
    if (!strstr(err.detail, line) || !strstr(err.detail, why)) fail_msg("%s: %s", err.what, err.detail);
}

static void a_file_with_a_wrong_line_is_refused_whole(void **state)
{
    Arena *arena = *state;

    assert_file_refused(arena, STR("id,severity\nA,x\n\nB,x\n\"A\",y\n"), "Line 5", "line 2 too");
    assert_file_refused(arena, STR("id,severity\nA,x\n  ,x\n"), "Line 3", "identifier is empty");
    assert_file_refused(arena, STR("id,severity\nA,\n"), "Line 2", "stratum is empty");
    assert_file_refused(arena, STR("id,severity\nA,x\nB\n"), "Line 3", "1 cells");
    assert_file_refused(arena, STR("id,severity,ID\nA,x,B\n"), "Line 1", "more than one");
    assert_file_refused(arena, STR("name,severity\nA,x\n"), "Line 1", "no column");
    assert_file_refused(arena, STR(""), "Line", "empty");
    assert_file_refused(arena, STR("id,severity\nA,x\nB,\"y\n"), "Line 3", "never closed");
    assert_file_refused(arena, STR("id,severity\nA,x\nB\xFF,y\n"), "Line 3", "UTF-8");
}

static void cells_are_read_as_a_spreadsheet_writes_them(void **state)
{
    Arena *arena          = *state;
    Population population = read_population(
        arena, STR("\xEF\xBB\xBFtitle;x,Severity,ID\r\n\"a, b\",high, 007 \r\n,high,\"say \"\"hi\"\"\"\r\n"));
    size_t index;

    assert_int_equal(population.items.len, 2);
    assert_int_equal(population.strata.len, 1);
    assert_int_equal(population.items.at[1].line, 3);
    assert_true(population_find(&population, STR("007"), &index));
    assert_int_equal(index, 0);
    assert_true(population_find(&population, STR("say \"hi\""), &index));
    assert_int_equal(index, 1);
    assert_false(population_find(&population, STR("7"), &index));
}

static void a_header_alone_is_an_empty_population(void **state)
{
    Arena *arena          = *state;
    Population population = read_population(arena, STR("id,severity\n"));
    size_t index;

    assert_int_equal(population.items.len, 0);
    assert_false(population_find(&population, STR("A"), &index));
    assert_plan_refused(arena, &population, (DrawPlan){ .method = DRAW_SYSTEMATIC, .seed = STR("1"), .size = 1 },
                        "only 0");
}

static void many_rows_are_read_without_many_bytes(void **state)
{
    Arena *arena          = *state;
    Str csv               = findings_csv(arena, 200000);
    size_t before         = arena_used(arena);
    Population population = read_population(arena, csv);

    assert_int_equal(population.items.len, 200000);
    assert_true(arena_used(arena) - before < (size_t)200000 * 40);
}

static void methods_have_names_and_know_whether_they_prove_anything(void **state)
{
    DrawMethod method;
    (void)state;

    assert_true(draw_method_from_name(STR("stratified_random"), &method));
    assert_int_equal(method, DRAW_STRATIFIED);
    assert_false(draw_method_from_name(STR(""), &method));
    assert_true(str_eq_c(draw_method_name(DRAW_JUDGEMENT), "judgement"));
    assert_false(draw_method_has_confidence(DRAW_JUDGEMENT));
    assert_true(draw_method_has_confidence(DRAW_DISCOVERY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_are_those_of_the_document),
        cmocka_unit_test(a_range_is_drawn_from_as_the_document_says),
        cmocka_unit_test(a_larger_sample_begins_with_the_smaller),
        cmocka_unit_test(each_item_is_drawn_once_at_most),
        cmocka_unit_test(every_item_has_the_same_chance),
        cmocka_unit_test(another_file_seed_or_stratum_gives_another_draw),
        cmocka_unit_test(all_needs_no_seed),
        cmocka_unit_test(plans_that_do_not_fit_are_refused),
        cmocka_unit_test(a_file_with_a_wrong_line_is_refused_whole),
        cmocka_unit_test(cells_are_read_as_a_spreadsheet_writes_them),
        cmocka_unit_test(a_header_alone_is_an_empty_population),
        cmocka_unit_test(many_rows_are_read_without_many_bytes),
        cmocka_unit_test(methods_have_names_and_know_whether_they_prove_anything),
    };

    return cmocka_run_group_tests_name("drawing samples", tests, arena_setup, arena_teardown);
}
