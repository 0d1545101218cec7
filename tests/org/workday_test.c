/* SPDX-License-Identifier: Apache-2.0
 * Working days: every row of the oracles, and what a person expects of a due date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../base/oracle.h"
#include "base/json.h"
#include "org/workday.h"

static unsigned free_days_of(Str week)
{
    if (str_eq_c(week, "mon-fri")) return FREE_SATURDAY_SUNDAY;
    if (str_eq_c(week, "mon-sat")) return FREE_SUNDAY;
    if (str_eq_c(week, "sun-thu")) return FREE_FRIDAY_SATURDAY;
    fail_msg("unknown week %.*s", STR_ARG(week));
    return FREE_NONE;
}

static json_t *holiday_lists(Arena *arena)
{
    Err err       = { 0 };
    json_t *lists = NULL;

    if (!json_read(arena, oracle_text(arena, "tests/data/statistics/holidays.json"), &lists, &err))
        fail_msg("%s", err.detail);
    return lists;
}

static Workdays workdays_of(Arena *arena, json_t *lists, Str name, Str week)
{
    json_t *list      = json_object_get(lists, str_to_c(arena, name));
    Holidays holidays = { 0 };
    Workdays workdays;
    Err err = { 0 };

    assert_non_null(list);
    for (size_t i = 0; i < json_array_size(list); i++)
        assert_true(workday_read_holidays(arena, json_str(json_array_get(list, i)), &holidays, &err));
    assert_true(workday_open(arena, free_days_of(week), &holidays, &workdays, &err));
    return workdays;
}

static Date day(const char *iso)
{
    Date date = { 0 };

    if (!date_from_iso(str_from_c(iso), &date)) fail_msg("%s is no day", iso);
    return date;
}

static Date day_of(Str iso)
{
    Date date = { 0 };

    assert_true(date_from_iso(iso, &date));
    return date;
}

static void adding_meets_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/working-days-add.csv", 5);
    json_t *lists = holiday_lists(oracle.arena);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row    = oracle.rows.at[i].at;
        Workdays workdays = workdays_of(oracle.arena, lists, row[2], row[3]);
        Date due          = workday_add(&workdays, day_of(row[0]), (int32_t)oracle_int(row[1]));
        if (!date_eq(due, day_of(row[4])))
            fail_msg("%.*s + %.*s (%.*s, %.*s): %.*s, expected %.*s", STR_ARG(row[0]), STR_ARG(row[1]), STR_ARG(row[2]),
                     STR_ARG(row[3]), STR_ARG(date_to_iso(oracle.arena, due)), STR_ARG(row[4]));
    }
    oracle_close(&oracle);
}

static void counting_meets_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/working-days-between.csv", 5);
    json_t *lists = holiday_lists(oracle.arena);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row    = oracle.rows.at[i].at;
        Workdays workdays = workdays_of(oracle.arena, lists, row[2], row[3]);
        Date from = day_of(row[0]), to = day_of(row[1]);
        assert_int_equal(workday_between(&workdays, from, to), oracle_int(row[4]));
        assert_int_equal(workday_between(&workdays, to, from), -oracle_int(row[4]));
    }
    oracle_close(&oracle);
}

static void counting_undoes_adding(void **state)
{
    Arena *arena      = arena_open(1 << 20);
    Workdays workdays = workdays_of(arena, holiday_lists(arena), STR("NL"), STR("mon-fri"));
    (void)state;

    for (int32_t start = day("2025-12-01").number; start < day("2027-02-01").number; start++)
        for (int32_t days = 1; days < 90; days += 11)
            assert_int_equal(workday_between(&workdays, (Date){ start }, workday_add(&workdays, (Date){ start }, days)),
                             days);
    arena_close(arena);
}

static void a_due_in_calendar_days_moves_to_the_next_working_day(void **state)
{
    Arena *arena      = arena_open(1 << 20);
    Workdays workdays = workdays_of(arena, holiday_lists(arena), STR("NL"), STR("mon-fri"));
    (void)state;

    assert_true(date_eq(workday_due_in_days(&workdays, day("2026-11-10"), 30), day("2026-12-10")));
    assert_true(date_eq(workday_due_in_days(&workdays, day("2026-11-12"), 30), day("2026-12-14"))); /* a Saturday */
    assert_true(
        date_eq(workday_due_in_days(&workdays, day("2026-11-25"), 30), day("2026-12-28"))); /* Christmas, a Friday */
    assert_true(date_is_none(workday_due_in_days(&workdays, (Date){ 0 }, 30)));
    assert_true(date_is_none(workday_due_in_days(&workdays, day("9999-12-20"), 30)));
    arena_close(arena);
}

static void holidays_come_in_any_order_and_more_than_once(void **state)
{
    Arena *arena      = arena_open(1 << 20);
    Holidays holidays = { 0 };
    Workdays workdays;
    Err err = { 0 };
    (void)state;

    assert_true(
        workday_read_holidays(arena, STR("2026-12-28, 2026-12-25\n2026-12-28 2026-01-01\r\n"), &holidays, &err));
    assert_true(workday_open(arena, FREE_SATURDAY_SUNDAY, &holidays, &workdays, &err));

    assert_int_equal(workdays.holidays.len, 3);
    assert_true(date_eq(workdays.holidays.at[0], day("2026-01-01")));
    assert_false(is_workday(&workdays, day("2026-12-28")));
    assert_true(date_eq(workday_on_or_after(&workdays, day("2026-12-25")), day("2026-12-29")));
    assert_int_equal(workday_between(&workdays, day("2026-12-24"), day("2026-12-29")), 1);
    arena_close(arena);
}

static void the_zeroed_calendar_works_every_day(void **state)
{
    Workdays workdays = { 0 };
    (void)state;

    assert_true(date_eq(workday_add(&workdays, day("2026-11-13"), 3), day("2026-11-16")));
    assert_true(date_is_none(workday_add(&workdays, (Date){ 0 }, 0)));
    assert_true(date_is_none(workday_add(&workdays, (Date){ 0 }, 3)));
    assert_true(date_is_none(workday_add(&workdays, day("9999-12-30"), 3)));
    assert_true(date_is_none(workday_add(&workdays, day("0001-01-02"), -3)));
}

static void a_week_without_work_and_a_word_that_is_no_day_are_refused(void **state)
{
    Arena *arena      = arena_open(1 << 20);
    Holidays holidays = { 0 };
    Workdays workdays;
    Err err = { 0 };
    (void)state;

    assert_false(workday_open(arena, FREE_ALL, &holidays, &workdays, &err));
    assert_int_equal(err.code, ERR_FORMAT);
    err_clear(&err);
    assert_false(workday_read_holidays(arena, STR("2026-01-01 2026-02-30"), &holidays, &err));
    assert_non_null(strstr(err.detail, "2026-02-30"));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adding_meets_every_row),
        cmocka_unit_test(counting_meets_every_row),
        cmocka_unit_test(counting_undoes_adding),
        cmocka_unit_test(a_due_in_calendar_days_moves_to_the_next_working_day),
        cmocka_unit_test(holidays_come_in_any_order_and_more_than_once),
        cmocka_unit_test(the_zeroed_calendar_works_every_day),
        cmocka_unit_test(a_week_without_work_and_a_word_that_is_no_day_are_refused),
    };

    return cmocka_run_group_tests_name("working days", tests, NULL, NULL);
}
