/* SPDX-License-Identifier: Apache-2.0 */
#include "base/zone.h"

#include <time.h>

#include "base/zone_rule.h"
#include "support/check.h"

static void zone_release(void *zone)
{
    zone_close(zone);
}

static const Zone *zone_of(Arena *arena, const char *name)
{
    Err err    = { 0 };
    Zone *zone = NULL;
    bool done  = zone_open(str_from_c(name), &zone, &err);
    check_done(done, &err);
    arena_defer(arena, zone_release, zone);
    return zone;
}

static void local_time_follows_daylight_saving(void **state)
{
    const Zone *zone = zone_of(*state, "Europe/Amsterdam");
    check_str(zone_to_human(*state, zone, instant("2026-11-16T08:41:00Z")), "16 Nov 2026 09:41");
    check_str(zone_to_human(*state, zone, instant("2026-07-16T08:41:00Z")), "16 Jul 2026 10:41");
    check_str(zone_to_human(*state, zone, instant("2026-07-31T23:00:00Z")), "1 Aug 2026 01:00");
    check_str(zone_to_human(*state, zone, (Time){ 0 }), "");
    assert_int_equal(zone_local(zone, instant("2026-03-29T00:59:59Z")).offset_seconds, 3600);
    assert_int_equal(zone_local(zone, instant("2026-03-29T01:00:00Z")).offset_seconds, 7200);
    check_str(zone_name(zone), "Europe/Amsterdam");
}

static void the_rule_holds_where_the_list_of_changes_ends(void **state)
{
    const Zone *zone = zone_of(*state, "Europe/Amsterdam");
    check_str(zone_to_human(*state, zone, instant("2090-07-01T12:00:00Z")), "1 Jul 2090 14:00");
    check_str(zone_to_human(*state, zone, instant("2090-12-01T12:00:00Z")), "1 Dec 2090 13:00");
    zone = zone_of(*state, "Australia/Sydney");
    check_str(zone_to_human(*state, zone, instant("2090-01-01T12:00:00Z")), "1 Jan 2090 23:00");
    check_str(zone_to_human(*state, zone, instant("2090-07-01T12:00:00Z")), "1 Jul 2090 22:00");
}

static void a_skipped_time_moves_forward(void **state)
{
    const Zone *zone = zone_of(*state, "Europe/Amsterdam");
    Time time        = zone_instant(zone, day("2026-03-29"), 2, 30, 0);
    check_str(time_to_rfc3339(*state, time), "2026-03-29T01:30:00Z");
    check_str(zone_to_human(*state, zone, time), "29 Mar 2026 03:30");
    time = zone_instant(zone, day("2026-03-29"), 3, 0, 0);
    check_str(time_to_rfc3339(*state, time), "2026-03-29T01:00:00Z");
}

static void of_a_time_that_comes_twice_the_first_is_taken(void **state)
{
    const Zone *zone = zone_of(*state, "Europe/Amsterdam");
    check_str(time_to_rfc3339(*state, zone_instant(zone, day("2026-10-25"), 2, 30, 0)), "2026-10-25T00:30:00Z");
    check_str(time_to_rfc3339(*state, zone_instant(zone, day("2026-10-25"), 3, 0, 0)), "2026-10-25T02:00:00Z");
}

static void a_day_ends_when_its_date_is_over_also_where_midnight_is_skipped(void **state)
{
    static const struct {
        const char *zone, *date, *end;
    } cases[] = {
        { "UTC", "2026-11-16", "2026-11-17T00:00:00Z" },
        { "Europe/Amsterdam", "2026-11-16", "2026-11-16T23:00:00Z" },
        { "Europe/Amsterdam", "2026-03-29", "2026-03-29T22:00:00Z" },
        { "Asia/Kolkata", "2026-11-16", "2026-11-16T18:30:00Z" },
        { "America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z" }, /* 00:00 became 01:00 */
        { "America/Havana", "2026-10-31", "2026-11-01T04:00:00Z" },    /* 01:00 becomes 00:00 */
        { "Asia/Beirut", "2018-10-27", "2018-10-27T22:00:00Z" },       /* 24:00 became 23:00 of the same day */
        { "Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z" },      /* 30 December was left out */
        { "Pacific/Kiritimati", "2026-11-16", "2026-11-16T10:00:00Z" },
    };
    for (size_t i = 0; i < countof(cases); i++) {
        const Zone *zone = zone_of(*state, cases[i].zone);
        Time end         = zone_day_end(zone, day(cases[i].date));
        check_str(time_to_rfc3339(*state, end), cases[i].end);
        assert_true(date_before(day(cases[i].date), zone_date(zone, end)));
        check_str(date_to_iso(*state, zone_date(zone, (Time){ end.us - 1 })), cases[i].date);
    }
}

/* The C library reads the same files by its own code; we must agree with it hour by hour. */
static void offsets_are_those_of_the_c_library(void **state)
{
    static const char *const names[] = { "Europe/Amsterdam",
                                         "America/New_York",
                                         "Asia/Kathmandu",
                                         "Africa/Casablanca",
                                         "Europe/Dublin",
                                         "America/St_Johns",
                                         "Asia/Tokyo",
                                         "Pacific/Chatham",
                                         "Asia/Gaza",
                                         "America/Sao_Paulo",
                                         "UTC",
                                         "Etc/GMT+12" };
    for (size_t i = 0; i < countof(names); i++) {
        const Zone *zone = zone_of(*state, names[i]);
        setenv("TZ", names[i], 1);
        tzset();
        for (int64_t at = -3000000000; at < 4200000000; at += 500009) {
            time_t seconds = at;
            struct tm expected;
            assert_non_null(localtime_r(&seconds, &expected));
            LocalTime got = zone_local(zone, (Time){ at * 1000000 });
            if (got.offset_seconds != expected.tm_gmtoff) fail_msg("%s at %lld", names[i], (long long)at);
            assert_int_equal(got.hour, expected.tm_hour);
        }
    }
    unsetenv("TZ");
}

static void what_is_no_zone_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",          "Europe",   "Europe/Nowhere", "../../etc/passwd", "/etc/passwd", "Europe//Paris", "UTC/",
        "tzdata.zi", "zone.tab", "Europe/Paris\n", "iso3166",          "..",          "a b",           "leapseconds"
    };
    for (size_t i = 0; i < countof(wrong); i++) {
        Err err    = { 0 };
        Zone *zone = NULL;
        bool done  = zone_open(str_from_c(wrong[i]), &zone, &err);
        check_failed(done, &err, ERR_MISSING);
    }
}

static void rules_are_read_in_all_their_forms(void **state)
{
    (void)state;
    static const char *const right[] = { "UTC0",
                                         "<+0330>-3:30",
                                         "EST5EDT,M3.2.0,M11.1.0",
                                         "<-02>2<-01>,M3.5.0/-1,M10.5.0/0",
                                         "AAA3BBB,J60,J300/1:30",
                                         "AAA3BBB2:30,59,299",
                                         "IST-1GMT0,M10.5.0,M3.5.0/1" };
    static const char *const wrong[] = { "",
                                         "UT0",
                                         "UTC",
                                         "UTC25",
                                         "EST5EDT",
                                         "EST5EDT,M3.2.0",
                                         "EST5EDT,M13.2.0,M11.1.0",
                                         "EST5EDT,M3.0.0,M11.1.0",
                                         "EST5EDT,M3.2.7,M11.1.0",
                                         "EST5EDT,J0,J300",
                                         "EST5EDT,0,366",
                                         "UTC0x",
                                         "<+03-3",
                                         "EST5EDT,M3.2.0/168,M11.1.0" };
    ZoneRule rule;
    for (size_t i = 0; i < countof(right); i++)
        if (!zone_rule_from(str_from_c(right[i]), &rule)) fail_msg("%s was refused", right[i]);
    for (size_t i = 0; i < countof(wrong); i++)
        if (zone_rule_from(str_from_c(wrong[i]), &rule)) fail_msg("%s was accepted", wrong[i]);

    assert_true(zone_rule_from(STR("AAA3BBB,J60,J300"), &rule));
    assert_int_equal(zone_rule_offset(&rule, instant("2024-03-01T04:59:59Z").us / 1000000), -10800);
    assert_int_equal(zone_rule_offset(&rule, instant("2024-03-01T05:00:00Z").us / 1000000), -7200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(local_time_follows_daylight_saving),
        arena_test(the_rule_holds_where_the_list_of_changes_ends),
        arena_test(a_skipped_time_moves_forward),
        arena_test(of_a_time_that_comes_twice_the_first_is_taken),
        arena_test(a_day_ends_when_its_date_is_over_also_where_midnight_is_skipped),
        arena_test(offsets_are_those_of_the_c_library),
        arena_test(what_is_no_zone_is_refused),
        arena_test(rules_are_read_in_all_their_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
