/* SPDX-License-Identifier: Apache-2.0
 * Sample sizes and bounds: every row of the oracles, the test values of S-2 to S-4, and what they must have in common.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/oracle.h"
#include "audit/confidence.h"

static void endless_discovery_sizes_meet_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/discovery-infinite.csv", 3);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row = oracle.rows.at[i].at;
        int64_t size;
        assert_true(discovery_size((int)oracle_int(row[0]) * 10, (int)oracle_int(row[1]) * 10, 0, &size));
        assert_int_equal(size, oracle_int(row[2]));
    }
    oracle_close(&oracle);
}

static void finite_discovery_sizes_meet_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/discovery-finite.csv", 5);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row = oracle.rows.at[i].at;
        int64_t size;
        assert_true(
            discovery_size((int)oracle_int(row[0]) * 10, (int)oracle_int(row[1]) * 10, oracle_int(row[2]), &size));
        if (size != oracle_int(row[4]))
            fail_msg("%.*s/%.*s of %.*s: %lld, expected %.*s", STR_ARG(row[0]), STR_ARG(row[1]), STR_ARG(row[2]),
                     (long long)size, STR_ARG(row[4]));
    }
    oracle_close(&oracle);
}

/* "0.1486600775" as a number of 10^-10. */
static int64_t ten_digits(Str text)
{
    return oracle_int(str_slice(text, 0, 1)) * INT64_C(10000000000) + oracle_int(str_slice(text, 2, 10));
}

static void endless_bounds_meet_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/upper-bound-binomial.csv", 4);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row    = oracle.rows.at[i].at;
        SampleResult seen = { .size = oracle_int(row[0]), .deviations = oracle_int(row[1]) };
        double rate;
        assert_true(deviation_rate_bound(seen, (int)oracle_int(row[2]) * 10, &rate));
        if (llabs((int64_t)llround(rate * 1e10) - ten_digits(row[3])) > 1)
            fail_msg("%.*s of %.*s at %.*s: %.12f, expected %.*s", STR_ARG(row[1]), STR_ARG(row[0]), STR_ARG(row[2]),
                     rate, STR_ARG(row[3]));
    }
    oracle_close(&oracle);
}

static void finite_bounds_meet_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/upper-bound-hypergeometric.csv", 6);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row    = oracle.rows.at[i].at;
        SampleResult seen = { oracle_int(row[0]), oracle_int(row[1]), oracle_int(row[2]) };
        int confidence    = (int)oracle_int(row[3]) * 10;
        int64_t count;
        double rate;
        assert_true(deviation_count_bound(seen, confidence, &count));
        assert_true(deviation_rate_bound(seen, confidence, &rate));
        assert_int_equal(count, oracle_int(row[4]));
        assert_true(llabs((int64_t)llround(rate * 1e10) - ten_digits(row[5])) <= 1);
    }
    oracle_close(&oracle);
}

static void people_read_bounds_in_hundredths_of_a_percent(void **state)
{
    static const struct {
        int deviations, size, at_90, at_95;
    } known[] = { { 0, 25, 880, 1129 }, { 1, 25, 1469, 1761 }, { 2, 25, 1991, 2310 }, { 0, 40, 559, 722 },
                  { 1, 40, 938, 1132 }, { 0, 60, 376, 487 },   { 1, 60, 633, 766 } };
    (void)state;

    for (size_t i = 0; i < countof(known); i++) {
        SampleResult seen = { .size = known[i].size, .deviations = known[i].deviations };
        int got;
        assert_true(deviation_bound_hundredths(seen, 900, &got));
        assert_int_equal(got, known[i].at_90);
        assert_true(deviation_bound_hundredths(seen, 950, &got));
        assert_int_equal(got, known[i].at_95);
    }
}

/* What S-3 promises: with no deviation in such a sample, S-4 states no more than the tolerable rate. */
static void a_discovery_sample_proves_the_tolerable_rate(void **state)
{
    static const int confidences[] = { 800, 850, 900, 950, 975, 990 };
    (void)state;

    for (size_t c = 0; c < countof(confidences); c++) {
        for (int tolerable = 10; tolerable <= 200; tolerable += 10) {
            int64_t size;
            double bound, one_less;
            assert_true(discovery_size(confidences[c], tolerable, 0, &size));
            assert_true(deviation_rate_bound((SampleResult){ .size = size }, confidences[c], &bound));
            assert_true(deviation_rate_bound((SampleResult){ .size = size - 1 }, confidences[c], &one_less));
            assert_true(bound <= tolerable / 1000.0 + 1e-10);
            assert_true(one_less > tolerable / 1000.0 - 1e-10);
        }
    }
}

static void exact_ties_count_as_reached(void **state)
{
    int64_t size;
    (void)state;

    assert_true(discovery_size(750, 500, 0, &size)); /* 0.5^2 = 0.25 */
    assert_int_equal(size, 2);
    assert_true(discovery_size(990, 900, 0, &size)); /* 0.1^2 = 0.01 */
    assert_int_equal(size, 2);
    assert_true(discovery_size(950, 10, 20, &size)); /* 1 of 20 left is 0.05 */
    assert_int_equal(size, 19);
}

static void the_whole_population_leaves_no_doubt(void **state)
{
    int64_t count;
    double rate;
    (void)state;

    for (int64_t deviations = 0; deviations <= 38; deviations++) {
        assert_true(deviation_count_bound((SampleResult){ 38, 38, deviations }, 950, &count));
        assert_int_equal(count, deviations);
    }
    assert_true(deviation_rate_bound((SampleResult){ .size = 7, .deviations = 7 }, 950, &rate));
    assert_true(rate >= 1.0);
}

static void large_samples_stay_within_sense(void **state)
{
    double rate;
    int64_t count;
    (void)state;

    assert_true(deviation_rate_bound((SampleResult){ .size = 100000, .deviations = 50000 }, 999, &rate));
    assert_true(rate > 0.5 && rate < 0.51);
    assert_true(deviation_rate_bound((SampleResult){ .size = 100000, .deviations = 99999 }, 950, &rate));
    assert_true(rate > 0.99999 && rate < 1.0);
    assert_true(deviation_count_bound((SampleResult){ 100000000, 1000, 10 }, 950, &count));
    assert_true(count > 1600000 && count < 1700000);
}

static void numbers_out_of_range_are_refused(void **state)
{
    int64_t number;
    double rate;
    (void)state;

    assert_false(discovery_size(500, 50, 0, &number));
    assert_false(discovery_size(1000, 50, 0, &number));
    assert_false(discovery_size(950, 0, 0, &number));
    assert_false(discovery_size(950, 1000, 0, &number));
    assert_false(discovery_size(950, 50, -1, &number));
    assert_false(deviation_rate_bound((SampleResult){ .size = 0 }, 950, &rate));
    assert_false(deviation_rate_bound((SampleResult){ .size = 5, .deviations = 6 }, 950, &rate));
    assert_false(deviation_rate_bound((SampleResult){ 4, 5, 0 }, 950, &rate));
    assert_false(deviation_count_bound((SampleResult){ .size = 5 }, 950, &number));
}

static void judgement_sizes_follow_the_frequency(void **state)
{
    (void)state;

    assert_int_equal(judgement_size(RUNS_DAILY, 0).low, 15);
    assert_int_equal(judgement_size(RUNS_DAILY, 0).high, 25);
    assert_int_equal(judgement_size(RUNS_DAILY, 18).high, 18);
    assert_int_equal(judgement_size(RUNS_YEARLY, 0).high, 1);
    assert_int_equal(judgement_size(RUNS_ON_DEMAND, 4).low, 4);
    assert_int_equal(judgement_size(RUNS_ON_DEMAND, 5).low, 5);
    assert_int_equal(judgement_size(RUNS_ON_DEMAND, 50).low, 5);
    assert_int_equal(judgement_size(RUNS_ON_DEMAND, 51).low, 6);
    assert_int_equal(judgement_size(RUNS_ON_DEMAND, 1184).high, 25);
    assert_int_equal(judgement_size(RUNS_ON_DEMAND, 0).high, 25);
    assert_int_equal(judgement_size(RUNS_BY_ITSELF, 3).low, 3);
    assert_string_equal(control_frequency_label(RUNS_WEEKLY), "every week");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endless_discovery_sizes_meet_every_row),
        cmocka_unit_test(finite_discovery_sizes_meet_every_row),
        cmocka_unit_test(endless_bounds_meet_every_row),
        cmocka_unit_test(finite_bounds_meet_every_row),
        cmocka_unit_test(people_read_bounds_in_hundredths_of_a_percent),
        cmocka_unit_test(a_discovery_sample_proves_the_tolerable_rate),
        cmocka_unit_test(exact_ties_count_as_reached),
        cmocka_unit_test(the_whole_population_leaves_no_doubt),
        cmocka_unit_test(large_samples_stay_within_sense),
        cmocka_unit_test(numbers_out_of_range_are_refused),
        cmocka_unit_test(judgement_sizes_follow_the_frequency),
    };

    return cmocka_run_group_tests_name("confidence", tests, NULL, NULL);
}
