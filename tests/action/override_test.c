/* SPDX-License-Identifier: Apache-2.0
 * An exception from a rule of independence that stands in the report of an audit counts in the cases it found (G-20).
 */
#include "../support/world_report.h"
#include "action/action.h"
#include "action/analysis.h"
#include "action/nonconformity.h"
#include "audit/finding.h"
#include "audit/report.h"
#include "audit/team.h"
#include "catalogue.h"

#define AUDIT "IA-26-05"
#define NC    &nonconformity_type

static void an_override(Audits *a, const char *json)
{
    audits_must(a, a->elias, &override_type, "create", "", json);
    audits_must(a, a->ingrid, &override_type, "approve", AUDIT "/OV-1", "");
}

static void the_report_is_issued(Audits *a)
{
    audits_must(a, a->elias, &report_type, "edit", AUDIT, "{'conclusions':'c','criteria_met':'m'}");
    audits_must(a, a->elias, &report_type, "submit", AUDIT, "");
    audits_on(a, "2026-11-25");
    audits_must(a, a->ingrid, &audit_type, "issue-report", AUDIT, "{}");
    audits_must(a, a->elias, &finding_type, "issue", "F-100", "");
}

/* The case of F-100 with an action of Jonas (p-it) and one of Priya. */
static void the_case_has_actions(Audits *a)
{
    audits_must(a, a->jonas, NC, "acknowledge", "F-100", "");
    audits_must(
        a, a->jonas, NC, "correct", "F-100",
        "{'kind':'redo','text':'Encrypted.','done_on':'2026-11-25','consequences':'none, because none was lost'}");
    audits_must(a, a->jonas, NC, "start-analysis", "F-100", "{'extent':'11 of 140'}");
    audits_must(a, a->jonas, &root_cause_type, "create", "",
                "{'nonconformity':'F-100','text':'No check of keys','category':'monitoring_missing','level':'root',"
                "'confirmed':true,'evidence_text':'rules'}");
    audits_must(a, a->jonas, &action_type, "create", "",
                "{'nonconformity':'F-100','text':'Check "
                "keys','kind':'detect_earlier','root_cause':'F-100/R1','owner':'p-it','due':'2026-12-31',"
                "'resources':'1 day','expected_proof':'list'}");
    audits_must(a, a->jonas, &action_type, "create", "",
                "{'nonconformity':'F-100','text':'Test "
                "keys','kind':'detect_earlier','root_cause':'F-100/R1','owner':'p-eng','due':'2026-12-31',"
                "'resources':'1 day','expected_proof':'list'}");
}

static void a_printed_override_lets_an_owner_of_an_action_verify(void **state)
{
    Audits *a = *state;
    a_drafted_report(a);
    an_override(a, "{'audit':'IA-26-05','rule':'G-06','person':'p-it','facts':'owns it','reason':'Nobody else',"
                   "'measure':'Seen by the body'}");
    the_report_is_issued(a);
    the_case_has_actions(a);

    assert_done(audits_try(a, a->hannah, NC, "name-verifier", "F-100", "{'person':'p-it'}"));
    assert_refusal(audits_try(a, a->hannah, NC, "name-verifier", "F-100", "{'person':'p-eng'}"), "G-06",
                   "owns or did CA-100-2", NULL);
}

static void an_override_of_one_rule_or_reference_lifts_no_other(void **state)
{
    Audits *a = *state;
    a_drafted_report(a);
    an_override(a, "{'audit':'IA-26-05','rule':'G-06','person':'p-it','refs':['A.5.18'],'facts':'owns it',"
                   "'reason':'Nobody else','measure':'Seen by the body'}");
    the_report_is_issued(a);
    the_case_has_actions(a);

    assert_refused(audits_try(a, a->hannah, NC, "name-verifier", "F-100", "{'person':'p-it'}"), "G-06");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_printed_override_lets_an_owner_of_an_action_verify),
        IN_AUDITS(an_override_of_one_rule_or_reference_lifts_no_other),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
