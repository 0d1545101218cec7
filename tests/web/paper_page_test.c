/* SPDX-License-Identifier: Apache-2.0
 * The page of a working paper: steps that are answered where they stand, the judgement, what stands in the way. */
#include "../support/world_audit.h"
#include "audit/paper.h"
#include "audit/sample.h"
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

/* A sample of three, drawn as docs/formats/sample-draw.md says: INV-1902, INV-2151, INV-1796. */
static void a_sample(Audits *a, const char *members)
{
    Str json = str_fmt(a->h->t->arena,
                       "{'number':'S-03','audit':'IA-26-05','paper':'IA-26-05/A.8.1-1','objective':'Paid once',"
                       "'population':'Invoices','range':'INV-0001..INV-2400','completeness':'Counted',%s}",
                       members);
    audits_must(a, a->elias, &sample_type, "create", "", str_to_c(a->h->t->arena, json));
}

static void a_sample_is_drawn_by_a_form_and_shows_how(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);
    a_sample(a, "'method':'simple_random','n':3,'seed':'4711'");

    visitor_opens(&v, address);
    assert_page_has(&v, "Nothing is drawn yet.");
    assert_page_has(&v, "/samples/IA-26-05/S-03/draw?return=");
    visitor_opens(&v, "/samples/IA-26-05/S-03/draw");
    Str form = str_fmt(v.arena, "revision=%.*s&items=&why=", STR_ARG(page_value(&v, "revision")));
    visitor_sends(&v, "/samples/IA-26-05/S-03/draw", str_to_c(v.arena, form));

    assert_answered(&v, 303);
    visitor_opens(&v, address);
    assert_page_has(&v, "INV-1902");
    assert_page_has(&v, "line 1,902");
    assert_page_has(&v, "seed 4711");
    assert_page_has(&v, "db28bde836f8");
    assert_page_has(&v, "plumbline sample draw --range INV-0001..INV-2400 --method simple_random --n 3 --seed 4711");
    assert_page_has(&v, "/sample-items/IA-26-05/S-03/INV-1902/edit?return=");
    visitor_leaves(&v);
}

static void sample_tested(Audits *a)
{
    audits_must(a, a->elias, &sample_item_type, "edit", "IA-26-05/S-03/INV-1902", "{'result':'deviation'}");
    audits_must(a, a->elias, &sample_item_type, "edit", "IA-26-05/S-03/INV-2151", "{'result':'pass'}");
    audits_must(a, a->elias, &sample_item_type, "edit", "IA-26-05/S-03/INV-1796", "{'result':'pass'}");
    audits_must(a, a->elias, &sample_type, "test", "IA-26-05/S-03", "{}");
}

static void a_tested_sample_says_what_it_allows_to_say(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);
    a_sample(a, "'method':'simple_random','n':3,'seed':'4711'");
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-03", "{}");
    sample_tested(a);

    visitor_opens(&v, address);

    assert_page_has(&v, "1 of 3 deviates; with 95 % confidence at most 86.5 % of the population do.");
    assert_page_has(&v, "/samples/IA-26-05/S-03/decide");
    visitor_leaves(&v);
}

static void a_sample_chosen_by_judgement_shows_no_confidence(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);
    a_sample(a, "'method':'judgement','n_reason':'The largest'");
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-03", "{'items':'INV-1902\\nINV-2151\\nINV-1796'}");
    sample_tested(a);

    visitor_opens(&v, address);

    assert_page_has(&v, "1 of 3 deviates. Chosen by judgement");
    assert_page_lacks(&v, "confidence");
    assert_page_lacks(&v, "Repeat this draw");
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

/* The paper of another control with a sample of forty, against one with a sample of two. */
static void the_page_costs_the_same_with_many_items(void **state)
{
    Audits *a = *state;
    Visitor v = elias_reads_his_paper(a);
    a_sample(a, "'method':'simple_random','n':2");
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-03", "{}");
    size_t small = visitor_costs(&v, address);
    audits_must(a, a->elias, &paper_step_type, "create", "",
                "{'paper':'IA-26-05/A.5.18-1','position':1,'text':'Look'}");
    audits_must(a, a->elias, &sample_type, "create", "",
                "{'number':'S-04','audit':'IA-26-05','paper':'IA-26-05/A.5.18-1','objective':'o','population':'p',"
                "'range':'1..99','completeness':'c','method':'simple_random','n':40}");
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-04", "{}");

    assert_int_equal(small, visitor_costs(&v, "/papers/IA-26-05/A.5.18-1"));
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_step_is_answered_where_it_stands),
        IN_AUDITS_ON(sqlite, the_finding_of_a_failed_step_begins_with_what_the_paper_knows),
        IN_AUDITS_ON(sqlite, what_keeps_the_paper_open_stands_at_its_foot),
        IN_AUDITS_ON(sqlite, somebody_else_reads_and_cannot_type),
        IN_AUDITS(a_sample_is_drawn_by_a_form_and_shows_how),
        IN_AUDITS_ON(sqlite, a_tested_sample_says_what_it_allows_to_say),
        IN_AUDITS_ON(sqlite, a_sample_chosen_by_judgement_shows_no_confidence),
        IN_AUDITS_ON(sqlite, the_page_costs_the_same_with_many_items),
        IN_AUDITS_ON(sqlite, whoever_is_not_on_the_team_does_not_find_it),
        IN_AUDITS_ON(sqlite, the_page_costs_the_same_with_many_steps),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
