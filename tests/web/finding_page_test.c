/* SPDX-License-Identifier: Apache-2.0
 * The page of a finding: statement, grading, two views, what comes of it; and to whom. */
#include "../support/world_audit.h"
#include "audit/finding.h"
#include "catalogue.h"
#include "visitor.h"

#define NO_TO_ALL "{'element_missing':false,'serious_doubt':false,'several_minors':false,'earlier_not_effective':false}"

/* F-100 of Noor's, as far as `state` of the way to its issue. */
static void a_finding(Audits *a, const char *kind, int state)
{
    Arena *arena = a->h->t->arena;

    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->noor, &finding_type, "draft", "",
                str_to_c(arena, str_fmt(arena,
                                        "{'number':'F-100','audit':'IA-26-05','kind':'%s','significance':'medium',"
                                        "'title':'Laptops without stored recovery key','criteria':'Every laptop',"
                                        "'condition':'11 of 140 laptops show no key','process':'PR-11',"
                                        "'evidence_text':'Export of 9 November','refs':['A.8.1']}",
                                        kind)));
    if (state >= FINDING_IN_REVIEW) audits_must(a, a->noor, &finding_type, "submit", "F-100", "");
    if (state >= FINDING_REVIEWED) audits_must(a, a->elias, &finding_type, "accept", "F-100", NO_TO_ALL);
    if (state >= FINDING_PRESENTED) audits_must(a, a->elias, &finding_type, "present", "F-100", "{'to':'p-it'}");
    if (state == FINDING_DISPUTED)
        audits_must(a, a->jonas, &finding_type, "dispute", "F-100",
                    "{'reason':'8 of the 11 are retired test devices.'}");
    if (state == FINDING_AGREED || state >= FINDING_ISSUED)
        audits_must(a, a->jonas, &finding_type, "agree", "F-100", "{}");
    if (state >= FINDING_ISSUED) audits_must(a, a->elias, &finding_type, "issue", "F-100", "{'issued':'early'}");
}

static Visitor visits(Audits *a, const char *login)
{
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, login);
    return v;
}

static void a_finding_shows_statement_and_grading(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", FINDING_PRESENTED);
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/findings/F-100");

    assert_answered(&v, 200);
    assert_page_has(&v, "11 of 140 laptops show no key");
    assert_page_has(&v, "Is a required element missing");
    assert_page_has(&v, "Accepted by Elias Brandt.");
    assert_page_has(&v, "“Agree” waits for Jonas Reuter");
    assert_page_has(&v, "A nonconformity with the same number opens for Jonas Reuter");
    visitor_leaves(&v);
}

static void a_dispute_shows_both_views_and_three_answers(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", FINDING_DISPUTED);
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/findings/F-100");

    assert_page_has(&v, "8 of the 11 are retired test devices.");
    assert_page_has(&v, "It is your turn: decide the dispute");
    assert_page_has(&v, "/findings/F-100/uphold");
    assert_page_has(&v, "/findings/F-100/change");
    assert_page_has(&v, "/findings/F-100/withdraw");
    visitor_leaves(&v);
}

static void an_issued_nonconformity_leads_to_its_case(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", FINDING_ISSUED);
    Visitor v = visits(a, "it");

    visitor_opens(&v, "/findings/F-100");
    assert_page_has(&v, "Open nonconformity F-100");

    visitor_opens(&v, "/nonconformities/F-100");
    assert_answered(&v, 200);
    assert_page_has(&v, "href=\"/audits/IA-26-05\"");
    visitor_leaves(&v);
}

static void an_observation_waits_for_the_decision_of_its_owner(void **state)
{
    Audits *a = *state;
    a_finding(a, "observation", FINDING_ISSUED);
    Visitor v = visits(a, "it");

    visitor_opens(&v, "/findings/F-100");

    assert_page_has(&v, "It is your turn: decide");
    assert_page_has(&v, "/findings/F-100/dispose");
    assert_page_has(&v, "/findings/F-100/consider");
    visitor_leaves(&v);
}

static void a_draft_is_for_its_team(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", FINDING_DRAFT);
    Visitor v = visits(a, "it");

    visitor_opens(&v, "/findings/F-100");

    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void findings_that_will_be_cases_stand_below_the_register(void **state)
{
    Audits *a = *state;
    a_finding(a, "minor_nc", FINDING_DISPUTED);
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/nonconformities");

    assert_page_has(&v, "Presented, not yet issued");
    assert_page_has(&v, "href=\"/findings/F-100\"");
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_finding_shows_statement_and_grading),
        IN_AUDITS(a_dispute_shows_both_views_and_three_answers),
        IN_AUDITS(an_issued_nonconformity_leads_to_its_case),
        IN_AUDITS(an_observation_waits_for_the_decision_of_its_owner),
        IN_AUDITS(a_draft_is_for_its_team),
        IN_AUDITS(findings_that_will_be_cases_stand_below_the_register),
    };
    Arena *arena = arena_open((size_t)1 << 20);

    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);
    arena_close(arena);
    return failed;
}
