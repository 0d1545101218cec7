/* SPDX-License-Identifier: Apache-2.0 */
#include "base/time.h"

#include "base/world.h"
#include "support/check.h"

static void every_day_of_the_calendar_comes_back_as_itself(void **state)
{
    (void)state;
    Ymd before = { 0 };
    for (int32_t number = 1; number <= 3652059; number++) {
        Ymd ymd = date_to_ymd((Date){ number });
        assert_int_equal(date_from_ymd(ymd.year, ymd.month, ymd.day).number, number);
        assert_true(ymd.year > before.year || ymd.month > before.month || ymd.day == before.day + 1);
        before = ymd;
    }
    assert_int_equal(before.year, 9999);
    assert_int_equal(day("0001-01-01").number, 1);
    assert_int_equal(day("1970-01-01").number, DATE_EPOCH);
}

static void leap_years_follow_the_gregorian_rule(void **state)
{
    Date date = { 0 };
    assert_true(date_from_iso(STR("2024-02-29"), &date));
    assert_true(date_from_iso(STR("2000-02-29"), &date));
    assert_false(date_from_iso(STR("2023-02-29"), &date));
    assert_false(date_from_iso(STR("1900-02-29"), &date));
    check_str(date_to_iso(*state, date_add_days(day("2024-02-28"), 1)), "2024-02-29");
    check_str(date_to_iso(*state, date_add_days(day("1900-02-28"), 1)), "1900-03-01");
}

static void only_real_days_in_iso_form_are_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2026-11",    "2026-1-1",    "2026-13-01",  "2026-00-01",  "2026-04-31",
        "2026-11-00", "0000-01-01", "2026/11/18",  "2026-11-18 ", " 2026-11-18", "+026-11-18",
        "2026-11-1x", "20261118",   "2026-11-180",
    };
    Date date = { 7 };
    for (size_t i = 0; i < countof(wrong); i++)
        assert_false(date_from_iso(str_from_c(wrong[i]), &date));
    assert_int_equal(date.number, 7);
}

static void months_later_is_cut_to_the_end_of_the_month(void **state)
{
    check_str(date_to_iso(*state, date_add_months(day("2026-01-31"), 1)), "2026-02-28");
    check_str(date_to_iso(*state, date_add_months(day("2024-01-31"), 1)), "2024-02-29");
    check_str(date_to_iso(*state, date_add_months(day("2024-02-29"), 12)), "2025-02-28");
    check_str(date_to_iso(*state, date_add_months(day("2026-03-31"), -1)), "2026-02-28");
    check_str(date_to_iso(*state, date_add_months(day("2026-11-30"), 3)), "2027-02-28");
    check_str(date_to_iso(*state, date_add_months(day("2026-12-15"), 1)), "2027-01-15");
    check_str(date_to_iso(*state, date_add_months(day("2026-01-15"), -13)), "2024-12-15");
}

static void what_leaves_the_calendar_is_no_day(void **state)
{
    (void)state;
    assert_true(date_is_none(date_add_days(day("9999-12-31"), 1)));
    assert_true(date_is_none(date_add_days(day("0001-01-01"), -1)));
    assert_true(date_is_none(date_add_days(day("2026-01-01"), INT32_MAX)));
    assert_true(date_is_none(date_add_months(day("9999-12-31"), 1)));
    assert_true(date_is_none(date_add_months(day("2026-01-01"), INT32_MIN)));
    assert_true(date_is_none(date_add_days((Date){ 0 }, 1)));
    assert_true(date_is_none(date_add_months((Date){ 0 }, 1)));
}

static void none_is_neither_before_nor_earlier(void **state)
{
    (void)state;
    Date none  = { 0 };
    Date today = day("2026-11-18");
    Date later = day("2026-11-19");
    assert_false(date_before(none, today));
    assert_false(date_before(today, none));
    assert_true(date_before(today, later));
    assert_false(date_before(today, today));
    assert_true(date_eq(date_min(none, today), today));
    assert_true(date_eq(date_min(today, none), today));
    assert_true(date_eq(date_min(later, today), today));
    assert_true(date_eq(date_max(none, today), today));
    assert_true(date_eq(date_max(later, today), later));
    assert_int_equal(date_days_between(today, later), 1);
    assert_int_equal(date_days_between(later, today), -1);
    assert_int_equal(date_days_between(none, later), 0);
}

static void weekdays_are_those_of_the_calendar(void **state)
{
    (void)state;
    assert_int_equal(date_weekday(day("2026-11-18")), WEDNESDAY);
    assert_int_equal(date_weekday(day("1970-01-01")), THURSDAY);
    assert_int_equal(date_weekday(day("2000-02-29")), TUESDAY);
    assert_int_equal(date_weekday(day("0001-01-01")), MONDAY);
    assert_int_equal(date_weekday(day("2026-11-22")), SUNDAY);
}

static void days_are_written_for_people(void **state)
{
    check_str(date_to_human(*state, day("2026-11-18")), "18 Nov 2026");
    check_str(date_to_human(*state, day("2026-05-01")), "1 May 2026");
    check_str(date_to_human(*state, (Date){ 0 }), "");
    check_str(date_to_iso(*state, (Date){ 0 }), "");
}

static void instants_are_read_and_written_as_rfc3339(void **state)
{
    static const struct {
        const char *in, *out;
    } cases[] = {
        { "2026-11-16T09:41:07Z", "2026-11-16T09:41:07Z" },
        { "2026-11-16t09:41:07z", "2026-11-16T09:41:07Z" },
        { "2026-11-16T09:41:07.5Z", "2026-11-16T09:41:07.500000Z" },
        { "2026-11-16T09:41:07.1234567Z", "2026-11-16T09:41:07.123456Z" },
        { "2026-11-16T00:30:00+01:00", "2026-11-15T23:30:00Z" },
        { "2026-12-31T23:30:00-01:30", "2027-01-01T01:00:00Z" },
        { "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z" },
        { "1969-12-31T23:59:59.25Z", "1969-12-31T23:59:59.250000Z" },
        { "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z" },
        { "9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z" },
    };
    for (size_t i = 0; i < countof(cases); i++)
        check_str(time_to_rfc3339(*state, instant(cases[i].in)), cases[i].out);
    assert_int_equal(instant("2026-11-16T09:41:07Z").us, 1794822067000000);
    assert_int_equal(time_add_seconds(instant("2026-11-16T09:41:07Z"), -7).us, 1794822060000000);
    assert_true(time_is_none((Time){ 0 }));
}

static void what_is_not_rfc3339_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026-11-16",
        "2026-11-16T09:41:07",
        "2026-11-16 09:41:07Z",
        "2026-11-16T9:41:07Z",
        "2026-11-16T24:00:00Z",
        "2026-11-16T09:60:00Z",
        "2026-11-16T09:41:61Z",
        "2026-11-16T09:41:07.Z",
        "2026-11-16T09:41:07+1:00",
        "2026-11-16T09:41:07+24:00",
        "2026-11-16T09:41:07+01",
        "2026-11-16T09:41:07ZZ",
        "2026-02-30T09:41:07Z",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:60Z",
    };
    Time time = { 7 };
    for (size_t i = 0; i < countof(wrong); i++)
        assert_false(time_from_rfc3339(str_from_c(wrong[i]), &time));
    assert_int_equal(time.us, 7);
}

static void a_steered_world_repeats_itself(void **state)
{
    (void)state;
    World one = world_steered(instant("2026-11-16T09:00:00Z"), 42);
    World two = world_steered(instant("2026-11-16T09:00:00Z"), 42);
    unsigned char a[21], b[21], c[21];
    world_random(&one, a, sizeof a);
    world_random(&two, b, sizeof b);
    world_random(&two, c, sizeof c);
    assert_memory_equal(a, b, sizeof a);
    assert_memory_not_equal(a, c, sizeof a);
    assert_int_equal(world_now(&one).us, instant("2026-11-16T09:00:00Z").us);
}

static void the_nth_counted_operation_fails_and_only_it(void **state)
{
    (void)state;
    World world           = world_steered((Time){ 1 }, 1);
    world.fault_kinds     = FAULT_WRITE | FAULT_SYNC;
    world.fault_countdown = 2;
    assert_false(world_fails(&world, FAULT_QUERY));
    assert_false(world_fails(&world, FAULT_WRITE));
    assert_false(world.fault_hit);
    assert_true(world_fails(&world, FAULT_SYNC));
    assert_true(world.fault_hit);
    assert_false(world_fails(&world, FAULT_WRITE));
}

static void the_real_world_moves_and_differs(void **state)
{
    (void)state;
    World world = world_real();
    World past  = world_at(instant("2020-01-01T00:00:00Z"));
    unsigned char a[32], b[32];
    world_random(&world, a, sizeof a);
    world_random(&past, b, sizeof b);
    assert_memory_not_equal(a, b, sizeof a);
    assert_true(world_now(&world).us > world_now(&past).us);
    assert_int_equal(world_now(&past).us, instant("2020-01-01T00:00:00Z").us);
    int64_t before = world_monotonic_us(&world);
    assert_true(world_monotonic_us(&world) >= before);
    assert_false(world_fails(&world, FAULT_WRITE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(every_day_of_the_calendar_comes_back_as_itself),
        arena_test(leap_years_follow_the_gregorian_rule),
        arena_test(only_real_days_in_iso_form_are_read),
        arena_test(months_later_is_cut_to_the_end_of_the_month),
        arena_test(what_leaves_the_calendar_is_no_day),
        arena_test(none_is_neither_before_nor_earlier),
        arena_test(weekdays_are_those_of_the_calendar),
        arena_test(days_are_written_for_people),
        arena_test(instants_are_read_and_written_as_rfc3339),
        arena_test(what_is_not_rfc3339_is_refused),
        arena_test(a_steered_world_repeats_itself),
        arena_test(the_nth_counted_operation_fails_and_only_it),
        arena_test(the_real_world_moves_and_differs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
