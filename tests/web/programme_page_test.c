/* SPDX-License-Identifier: Apache-2.0
 * The page of the audit programme: timeline, coverage, why and gaps; who sees what; what it costs. */
#include "../support/world_audit.h"
#include "audit/programme.h"
#include "catalogue.h"
#include "visitor.h"

static Visitor visits(Audits *a, const char *name)
{
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, name);
    return v;
}

static void the_short_address_leads_to_the_programme_in_force(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programme");

    assert_answered(&v, 303);
    check_str(v.location, "/programmes/PG-25");
    visitor_leaves(&v);
}

static void audits_hang_on_the_line_and_today_too(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programmes/PG-25");

    assert_answered(&v, 200);
    assert_page_has(&v, "<a href=\"/audits/IA-26-05\" aria-label=\"IA-26-05");
    assert_page_has(&v, "f-bob");
    assert_page_has(&v, "today");
    visitor_leaves(&v);
}

static void each_control_says_where_it_stands(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programmes/PG-25");

    assert_page_has(&v, "data-c=\"now\" href=\"/requirements/A.8.1\"");
    assert_page_has(&v, "data-c=\"none\" href=\"/requirements/A.8.25\"");
    assert_page_has(&v, "being tested, IA-26-05");
    visitor_leaves(&v);
}

static void what_no_audit_tests_is_a_gap(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programmes/PG-25");

    assert_page_has(&v, "references without an audit");
    visitor_leaves(&v);
}

static void coverage_is_for_those_who_see_indicators(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "it"); /* Jonas owns processes */

    visitor_opens(&v, "/programmes/PG-25");

    assert_answered(&v, 200);
    assert_page_lacks(&v, "class=\"matrix\"");
    visitor_leaves(&v);
}

static void a_programme_that_is_not_there_is_not_found(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programmes/PG-77");

    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void the_page_costs_the_same_with_many_audits(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v    = visits(a, "apm");
    size_t small = visitor_costs(&v, "/programmes/PG-25");
    for (int i = 1; i < 8; i++) {
        Str audit = str_fmt(v.arena,
                            "{'programme':'PG-25','kind':'internal','title':'More','start':'2027-0%d-04',"
                            "'last_day':'2027-0%d-06','refs':['A.8.25']}",
                            i, i);
        audits_must(a, a->elias, &audit_type, "create", "", str_to_c(v.arena, audit));
    }

    assert_int_equal(small, visitor_costs(&v, "/programmes/PG-25"));
    visitor_leaves(&v);
}

/* ---- the line of audits ---- */

typedef struct {
    int64_t x, y;
} Mark;

static int64_t number_behind(Str rest, const char *name)
{
    Str begin      = str_from_c(name);
    size_t at      = 0;
    int64_t number = -1;

    while (at < rest.len && !str_starts(str_slice(rest, at, rest.len), begin))
        at++;
    rest = str_slice(rest, at + begin.len, rest.len);
    assert_true(str_to_i64(str_slice(rest, 0, str_index(rest, '"')), 0, 100000, &number));
    return number;
}

static size_t marks_of(const Visitor *v, Mark *marks, size_t max)
{
    size_t found = 0;

    for (size_t i = 0; i < v->page.len && found < max; i++) {
        Str rest = str_slice(v->page, i, v->page.len);
        if (!str_starts(rest, STR("<a href=\"/audits/")) || !str_has(str_slice(rest, 0, 400), STR("<rect class")))
            continue;
        marks[found++] = (Mark){ number_behind(rest, " x=\""), number_behind(rest, " y=\"") };
    }
    return found;
}

static void labels_on_the_line_do_not_touch_and_stay_inside(void **state)
{
    enum { LABEL = 80, WIDTH = 1180 };
    Audits *a = *state;
    Visitor v = visits(a, "apm");
    Mark marks[20];
    for (int i = 1; i <= 8; i++) {
        Str audit = str_fmt(v.arena,
                            "{'programme':'PG-25','kind':'internal','title':'More','start':'%d-0%d-0%d',"
                            "'last_day':'2028-01-10','refs':['A.8.25']}",
                            2025 + i % 3, 3 + i % 4, 2 + i % 3);
        audits_must(a, a->elias, &audit_type, "create", "", str_to_c(v.arena, audit));
    }

    visitor_opens(&v, "/programmes/PG-25");
    size_t len = marks_of(&v, marks, countof(marks));

    assert_true(len >= 8);
    assert_page_has(&v, "viewBox=\"0 0 1180 ");
    for (size_t i = 0; i < len; i++) {
        assert_true(marks[i].x >= 72 && marks[i].x + LABEL <= WIDTH);
        for (size_t k = 0; k < i; k++)
            assert_true(marks[i].y != marks[k].y || marks[i].x >= marks[k].x + LABEL ||
                        marks[k].x >= marks[i].x + LABEL);
    }
    visitor_leaves(&v);
}

static void a_title_on_the_line_is_text(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "apm");
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'programme':'PG-25','kind':'internal','title':'<svg onload=x>','start':'2026-03-02',"
                "'last_day':'2026-03-04','refs':['A.8.25']}");

    visitor_opens(&v, "/programmes/PG-25");

    assert_page_lacks(&v, "<svg onload");
    assert_page_has(&v, "&lt;svg onload=x&gt;");
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(the_short_address_leads_to_the_programme_in_force),
        IN_AUDITS(audits_hang_on_the_line_and_today_too),
        IN_AUDITS_ON(sqlite, each_control_says_where_it_stands),
        IN_AUDITS_ON(sqlite, what_no_audit_tests_is_a_gap),
        IN_AUDITS_ON(sqlite, coverage_is_for_those_who_see_indicators),
        IN_AUDITS_ON(sqlite, a_programme_that_is_not_there_is_not_found),
        IN_AUDITS_ON(sqlite, the_page_costs_the_same_with_many_audits),
        IN_AUDITS_ON(sqlite, labels_on_the_line_do_not_touch_and_stay_inside),
        IN_AUDITS_ON(sqlite, a_title_on_the_line_is_text),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
