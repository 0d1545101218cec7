/* SPDX-License-Identifier: Apache-2.0
 * Days, months and local days against values computed elsewhere with exact arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"
#include "base/zone.h"
#include "oracle.h"

static void adding_months_meets_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/months-add.csv", 3);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row = oracle.rows.at[i].at;
        Date start;
        assert_true(date_from_iso(row[0], &start));
        Date got = date_add_months(start, (int)oracle_int(row[1]));
        if (!str_eq(date_to_iso(oracle.arena, got), row[2]))
            fail_msg("%.*s + %.*s months: %.*s, expected %.*s", STR_ARG(row[0]), STR_ARG(row[1]),
                     STR_ARG(date_to_iso(oracle.arena, got)), STR_ARG(row[2]));
    }
    oracle_close(&oracle);
}

static void check_instant(Oracle *oracle, const Str *row, Time got, Str expected)
{
    Str text = time_to_rfc3339(oracle->arena, got);

    if (!str_eq(text, expected))
        fail_msg("%.*s %.*s: %.*s, expected %.*s", STR_ARG(row[0]), STR_ARG(row[1]), STR_ARG(text), STR_ARG(expected));
}

static void local_days_begin_and_end_as_in_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/local-day-utc.csv", 6);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row = oracle.rows.at[i].at;
        Err err        = { 0 };
        Zone *zone;
        Date date;
        assert_true(zone_open(row[0], &zone, &err));
        assert_true(date_from_iso(row[1], &date));
        Time start = zone_instant(zone, date, 0, 0, 0), end = zone_day_end(zone, date);
        check_instant(&oracle, row, start, row[2]);
        check_instant(&oracle, row, end, row[3]);
        assert_int_equal((end.us - start.us) / 1000000, oracle_int(row[4]));
        assert_true(date_eq(zone_date(zone, start), date));
        zone_close(zone);
    }
    oracle_close(&oracle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adding_months_meets_every_row),
        cmocka_unit_test(local_days_begin_and_end_as_in_every_row),
    };

    return cmocka_run_group_tests_name("time and zone against oracles", tests, NULL, NULL);
}
