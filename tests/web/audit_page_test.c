/* SPDX-License-Identifier: Apache-2.0
 * The page of an audit: what must hold before the next step, papers, people; who may see it; what it costs. */
#include "../support/world_audit.h"
#include "audit/agenda.h"
#include "audit/paper.h"
#include "audit/request.h"
#include "catalogue.h"
#include "visitor.h"

static Visitor elias_visits(Audits *a)
{
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "apm"); /* Elias Brandt, lead auditor */
    return v;
}

static void the_gate_names_what_is_open_and_what_holds(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = elias_visits(a);

    visitor_opens(&v, "/audits/IA-26-05");

    assert_answered(&v, 200);
    assert_page_has(&v, "Before “Finish fieldwork”");
    assert_page_has(&v, "/rules/finish-1");
    assert_page_has(&v, "data-met=\"yes\"");
    assert_page_has(&v, "aria-disabled=\"true\"");
    visitor_leaves(&v);
}

static void the_papers_stand_on_the_ruler_and_in_the_table(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = elias_visits(a);

    visitor_opens(&v, "/audits/IA-26-05");

    assert_page_has(&v, "href=\"/papers/IA-26-05/A.8.1-1\"");
    assert_page_has(&v, "3 of 3, unfinished first");
    assert_page_has(&v, "8.23-1");
    visitor_leaves(&v);
}

static void the_team_stands_with_its_independence(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = elias_visits(a);

    visitor_opens(&v, "/audits/IA-26-05");

    assert_page_has(&v, "Noor Haddad");
    assert_page_has(&v, "Independent");
    visitor_leaves(&v);
}

static void who_could_audit_stands_with_reasons_and_a_way_to_add_them(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_INITIATED);
    Visitor v = elias_visits(a);
    visitor_opens(&v, "/audits/IA-26-05");
    assert_page_has(&v, "href=\"/audits/IA-26-05/candidates\"");

    visitor_opens(&v, "/audits/IA-26-05/candidates");

    assert_answered(&v, 200);
    assert_page_has(&v, "Gareth Lowe");
    assert_page_has(&v, "/team-members/new?audit=IA-26-05&amp;person=p-au3&amp;part=auditor&amp;refs=");
    assert_page_has(&v, "Lead auditor until 31 Dec 2027.");
    visitor_opens(&v, "/team-members/new?audit=IA-26-05&person=p-au3&part=auditor&refs=A.8.23&return=%2Faudits");
    assert_page_has(&v, "p-au3");
    visitor_leaves(&v);
    v = visitor_at(a->h);
    visitor_signs_in(&v, "ada");
    visitor_opens(&v, "/audits/IA-26-05/candidates");
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void papers_of_the_team_stay_with_the_team(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "cleo"); /* top management */

    visitor_opens(&v, "/audits/IA-26-05");

    assert_answered(&v, 200);
    assert_page_lacks(&v, "/papers/IA-26-05/");
    visitor_leaves(&v);
}

static void whoever_has_no_part_in_it_does_not_find_it(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "ada"); /* administers */

    visitor_opens(&v, "/audits/IA-26-05");

    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void the_page_costs_the_same_with_many_parts(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &evidence_request_type, "create", "",
                "{'audit':'IA-26-05','text':'Log 0','asked_of':'p-it','due':'2026-11-20'}");
    Visitor v    = elias_visits(a);
    size_t small = visitor_costs(&v, "/audits/IA-26-05");
    for (int i = 0; i < 9; i++)
        audits_must(a, a->elias, &evidence_request_type, "create", "",
                    "{'audit':'IA-26-05','text':'Log','asked_of':'p-it','due':'2026-11-20'}");

    size_t large = visitor_costs(&v, "/audits/IA-26-05");

    assert_int_equal(small, large);
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(the_gate_names_what_is_open_and_what_holds),
        IN_AUDITS(who_could_audit_stands_with_reasons_and_a_way_to_add_them),
        IN_AUDITS_ON(sqlite, the_papers_stand_on_the_ruler_and_in_the_table),
        IN_AUDITS_ON(sqlite, the_team_stands_with_its_independence),
        IN_AUDITS_ON(sqlite, papers_of_the_team_stay_with_the_team),
        IN_AUDITS_ON(sqlite, whoever_has_no_part_in_it_does_not_find_it),
        IN_AUDITS_ON(sqlite, the_page_costs_the_same_with_many_parts),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
