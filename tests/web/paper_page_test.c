/* SPDX-License-Identifier: Apache-2.0
 * The page of a working paper: steps that are answered where they stand, the judgement, what stands in the way. */
#include "../support/world_audit.h"
#include "audit/paper.h"
#include "catalogue.h"
#include "visitor.h"

static const char *const address = "/papers/IA-26-05/A.8.1-1";

/* Elias's paper with one step. */
static Visitor elias_reads_his_paper(Audits *a)
{
    Visitor v = visitor_at(a->h);

    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &paper_step_type, "create", "",
                "{'paper':'IA-26-05/A.8.1-1','position':1,'text':'Count the laptops'}");
    visitor_signs_in(&v, "apm");
    visitor_opens(&v, address);
    return v;
}

/* The form of the first step as a browser sends it; the marks are its own, in front of those of the judgement. */
static Str step_form(const Visitor *v, const char *result, const char *note)
{
    return str_fmt(v->arena, "revision=%.*s&marks=%.*s&text=Count+the+laptops&evidence=&result=%s&note=%s",
                   STR_ARG(page_value(v, "revision")), STR_ARG(page_value(v, "marks")), result, note);
}

static void a_step_is_answered_where_it_stands(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);

    Str form = step_form(&v, "fail", "11+of+140+laptops");
    visitor_sends(&v, "/paper-steps/IA-26-05/A.8.1-1/1/edit", str_to_c(v.arena, form));

    assert_answered(&v, 303);
    visitor_opens(&v, address);
    assert_page_has(&v, "11 of 140 laptops");
    assert_page_has(&v, "Create finding from this step");
    visitor_leaves(&v);
}

static void the_finding_of_a_failed_step_begins_with_what_the_paper_knows(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);
    Str form  = step_form(&v, "fail", "11+of+140+laptops");
    visitor_sends(&v, "/paper-steps/IA-26-05/A.8.1-1/1/edit", str_to_c(v.arena, form));

    visitor_opens(&v,
                  "/findings/new?audit=IA-26-05&paper=IA-26-05%2FA.8.1-1&refs=A.8.1&evidence_text=11+of+140+laptops");

    assert_answered(&v, 200);
    assert_page_has(&v, "11 of 140 laptops");
    visitor_leaves(&v);
}

static void what_keeps_the_paper_open_stands_at_its_foot(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);

    assert_answered(&v, 200);
    assert_page_has(&v, "class=\"docbar\"");
    assert_page_has(&v, "class=\"keys\"");
    assert_page_has(&v, "Finish paper");
    assert_page_has(&v, "aria-disabled=\"true\"");
    visitor_leaves(&v);
}

static void somebody_else_reads_and_cannot_type(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);
    visitor_leaves(&v);
    v = visitor_at(a->h);
    visitor_signs_in(&v, "au1"); /* Noor Haddad, auditor of another paper */

    visitor_opens(&v, address);

    assert_answered(&v, 200);
    assert_page_has(&v, "Count the laptops");
    assert_page_lacks(&v, "<textarea");
    assert_page_lacks(&v, "class=\"keys\"");
    visitor_leaves(&v);
}

static void whoever_is_not_on_the_team_does_not_find_it(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);
    visitor_leaves(&v);
    v = visitor_at(a->h);
    visitor_signs_in(&v, "cleo");

    visitor_opens(&v, address);

    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void the_page_costs_the_same_with_many_steps(void **state)
{
    Audits *a    = *state;
    Visitor v    = elias_reads_his_paper(a);
    size_t small = visitor_costs(&v, address);
    for (int i = 2; i < 9; i++) {
        Str step = str_fmt(v.arena, "{'paper':'IA-26-05/A.8.1-1','position':%d,'text':'Look again'}", i);
        audits_must(a, a->elias, &paper_step_type, "create", "", str_to_c(v.arena, step));
    }

    assert_int_equal(small, visitor_costs(&v, address));
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_step_is_answered_where_it_stands),
        IN_AUDITS_ON(sqlite, the_finding_of_a_failed_step_begins_with_what_the_paper_knows),
        IN_AUDITS_ON(sqlite, what_keeps_the_paper_open_stands_at_its_foot),
        IN_AUDITS_ON(sqlite, somebody_else_reads_and_cannot_type),
        IN_AUDITS_ON(sqlite, whoever_is_not_on_the_team_does_not_find_it),
        IN_AUDITS_ON(sqlite, the_page_costs_the_same_with_many_steps),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
