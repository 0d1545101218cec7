/* SPDX-License-Identifier: Apache-2.0
 * Figures: every row of the percentile oracle, and rounding half away from zero. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../base/oracle.h"
#include "review/figure.h"

static Numbers numbers_of(Arena *arena, Str text)
{
    Numbers numbers = { 0 };
    Str rest        = text, number;

    while (str_cut(&rest, ';', &number))
        *list_push(arena, &numbers) = oracle_int(number);
    return numbers;
}

static void percentiles_meet_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/percentile.csv", 5);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row  = oracle.rows.at[i].at;
        Numbers numbers = numbers_of(oracle.arena, row[1]);
        int percent     = (int)oracle_int(row[2]);
        numbers_sort(&numbers);
        Figure exact = figure_percentile_exact(&numbers, percent);
        /* the oracle went through a double at the very end; ours stays exact to the hundredth */
        Str text = str_fmt(oracle.arena, "%.6f", (double)exact.scaled / 100.0);
        if (!str_eq(text, row[3]))
            fail_msg("%.*s at %d: %.*s, expected %.*s", STR_ARG(row[1]), percent, STR_ARG(text), STR_ARG(row[3]));
        assert_int_equal(figure_percentile_nearest(&numbers, percent).scaled, oracle_int(row[4]));
    }
    oracle_close(&oracle);
}

static void assert_figure(Arena *arena, Figure figure, const char *expected)
{
    Str text = figure_to_str(arena, figure);

    if (!str_eq_c(text, expected)) fail_msg("\"%.*s\", expected \"%s\"", STR_ARG(text), expected);
}

static void ratios_round_half_away_from_zero(void **state)
{
    Arena *arena = arena_open(1 << 20);
    (void)state;

    assert_figure(arena, figure_ratio(2, 10), "0.200");
    assert_figure(arena, figure_ratio(1, 3), "0.333");
    assert_figure(arena, figure_ratio(2, 3), "0.667");
    assert_figure(arena, figure_ratio(1, 2000), "0.001");
    assert_figure(arena, figure_ratio(0, 7), "0.000");
    assert_figure(arena, figure_ratio(FIGURE_VALUE_MAX, FIGURE_VALUE_MAX), "1.000");
    assert_figure(arena, figure_percent(59, 93), "63.4");
    assert_figure(arena, figure_percent(1, 2000), "0.1");
    assert_figure(arena, figure_rate(7, 4), "1.8");
    arena_close(arena);
}

static void a_figure_of_nothing_is_unknown(void **state)
{
    Arena *arena = arena_open(1 << 20);
    Numbers none = { 0 };
    (void)state;

    assert_false(figure_ratio(0, 0).known);
    assert_false(figure_mean(&none).known);
    assert_false(figure_median(&none).known);
    assert_false(figure_percentile_nearest(&none, 90).known);
    assert_figure(arena, figure_percent(0, 0), "");
    arena_close(arena);
}

static void means_and_medians_have_one_decimal(void **state)
{
    Arena *arena = arena_open(1 << 20);
    Numbers days = numbers_of(arena, STR("214;189;161;189;186")), pair = numbers_of(arena, STR("-1;0;0;0"));
    Numbers even  = numbers_of(arena, STR("1;2")),
            mixed = numbers_of(arena, STR("-3;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0;0"));
    (void)state;

    numbers_sort(&days);
    assert_figure(arena, figure_mean(&days), "187.8");
    assert_figure(arena, figure_median(&days), "189.0");
    assert_figure(arena, figure_percentile(&days, 90), "204.0");
    assert_figure(arena, figure_median(&even), "1.5");
    assert_figure(arena, figure_mean(&pair), "-0.3");  /* -0.25 */
    assert_figure(arena, figure_mean(&mixed), "-0.2"); /* -0.15 */
    arena_close(arena);
}

static void a_sum_at_the_limits_does_not_overflow(void **state)
{
    Arena *arena = arena_open(256 << 20);
    size_t count = 1000000;
    Numbers most = { arena_array(arena, int64_t, count), count, count };
    (void)state;

    for (size_t i = 0; i < count; i++)
        most.at[i] = -FIGURE_VALUE_MAX;

    assert_figure(arena, figure_mean(&most), "-100000000000.0");
    arena_close(arena);
}

static void rounding_twice_is_not_done(void **state)
{
    Arena *arena = arena_open(1 << 20);
    (void)state;

    assert_figure(arena, figure_round((Figure){ .known = true, .decimals = 2, .scaled = 1245 }, 1), "12.5");
    assert_figure(arena, figure_round((Figure){ .known = true, .decimals = 2, .scaled = -1245 }, 0), "-12");
    assert_figure(arena, figure_count(15), "15");
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(percentiles_meet_every_row),
        cmocka_unit_test(ratios_round_half_away_from_zero),
        cmocka_unit_test(a_figure_of_nothing_is_unknown),
        cmocka_unit_test(means_and_medians_have_one_decimal),
        cmocka_unit_test(a_sum_at_the_limits_does_not_overflow),
        cmocka_unit_test(rounding_twice_is_not_done),
    };

    return cmocka_run_group_tests_name("figures", tests, NULL, NULL);
}
