/* SPDX-License-Identifier: Apache-2.0
 * The page of a proposed plan: from the programme, by quarter with reasons, taken over by one button. */
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

static void the_programme_leads_to_its_plan(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programmes/PG-25");

    assert_answered(&v, 200);
    assert_page_has(&v, "href=\"/programmes/PG-25/plan\"");
    assert_page_has(&v, "Propose a plan");
    assert_page_lacks(&v, "href=\"/programmes/PG-25/take-plan\"");
    visitor_leaves(&v);
}

static void each_audit_stands_in_its_quarter_with_its_reasons(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programmes/PG-25/plan");

    assert_answered(&v, 200);
    assert_page_has(&v, "Everything fits");
    assert_page_has(&v, "href=\"/programme-lines/PG-25/L-01\"");
    assert_page_has(&v, "Gareth Lowe");
    assert_page_has(&v, "It carries clauses, which are audited each year");
    assert_page_has(&v, "was due once in"); /* the first year of the programme */
    assert_page_has(&v, "Together ");       /* the importance of the line with its facts */
    visitor_leaves(&v);
}

static void the_button_takes_the_plan_over(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "apm");
    visitor_opens(&v, "/programmes/PG-25/plan");

    visitor_sends(
        &v, "/programmes/PG-25/take-plan",
        str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, "plan=%.*s&key=once", STR_ARG(page_value(&v, "plan")))));

    assert_answered(&v, 303);
    visitor_opens(&v, "/programmes/PG-25/plan");
    assert_page_has(&v, "Nothing needs to be planned");
    assert_page_lacks(&v, "Take this plan over");
    visitor_opens(&v, "/audits");
    assert_page_has(&v, "IA-26-01");
    visitor_leaves(&v);
}

static void a_plan_that_is_old_is_refused_in_words(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "apm");

    visitor_sends(&v, "/programmes/PG-25/take-plan", "plan=0&key=once");

    assert_answered(&v, 409);
    assert_page_has(&v, "something changed since");
    visitor_leaves(&v);
}

static void conflicts_stand_above_in_words(void **state)
{
    Audits *a = *state;
    audits_must(a, a->elias, &programme_type, "revise", "PG-25", "{'reason':'Findings'}");
    audits_must(
        a, a->elias, &programme_line_type, "create", "",
        "{'programme':'PG-25','title':'Development','refs':['A.8.25'],'interval_months':12,'subjects':'Cryptography'}");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/programmes/PG-25/plan");

    assert_answered(&v, 200);
    assert_page_has(&v, "Not everything fits");
    assert_page_has(&v, "needs knowledge of cryptography, and nobody has it");
    assert_page_lacks(&v, "Take this plan over");
    visitor_leaves(&v);
}

static void a_plan_is_not_for_everybody(void **state)
{
    Audits *a = *state;
    Visitor v = visits(a, "it");

    visitor_opens(&v, "/programmes/PG-25/plan");
    assert_answered(&v, 403);
    visitor_opens(&v, "/programmes/PG-25");
    assert_page_lacks(&v, "Propose a plan");
    visitor_leaves(&v);

    v = visits(a, "ceo"); /* reads, but does not plan */
    visitor_opens(&v, "/programmes/PG-25/plan");
    assert_answered(&v, 200);
    assert_page_has(&v, "The programme manager takes it over.");
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(the_programme_leads_to_its_plan),
        IN_AUDITS(each_audit_stands_in_its_quarter_with_its_reasons),
        IN_AUDITS(the_button_takes_the_plan_over),
        IN_AUDITS_ON(sqlite, a_plan_that_is_old_is_refused_in_words),
        IN_AUDITS_ON(sqlite, conflicts_stand_above_in_words),
        IN_AUDITS_ON(sqlite, a_plan_is_not_for_everybody),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
