/* SPDX-License-Identifier: Apache-2.0
 * One audit from plan to close: each step once, each guard met once. */
#include "../support/case_stub.h"
#include "../support/world_audit.h"
#include "audit/agenda.h"
#include "audit/evidence.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/programme.h"
#include "audit/report.h"
#include "audit/request.h"
#include "audit/team.h"
#include "org/evaluation.h"
#include "org/role.h"

#define AUDIT "IA-26-05"

static Outcome *step(Audits *a, Id who, const char *verb, const char *json)
{
    return audits_try(a, who, &audit_type, verb, AUDIT, json);
}

static void distributed(Audits *a)
{
    audits_must(a, a->elias, &distribution_type, "create", "",
                "{'audit':'IA-26-05','report':'IA-26-05','receiver':'p-it'}");
}

static void evaluated(Audits *a)
{
    audits_must(a, a->elias, &evaluation_type, "create", "",
                "{'qualification':'Q-p-au1','audit':'IA-26-05','dated':'2026-11-20','methods':['feedback'],'result':'"
                "qualified'}");
}

static void an_audit_goes_from_plan_to_close(void **state)
{
    Audits *a = *state;

    Id id = an_audit(a, AUDIT_REPORT_ISSUED);
    distributed(a);
    audits_must(a, a->elias, &audit_type, "start-follow-up", AUDIT, "");
    Outcome *got = step(a, a->elias, "close", "{'lessons':'Ask earlier'}");
    assert_refusal(got, "close-1", "Noor Haddad", NULL);
    assert_int_equal(got->refusals.len, 1);

    Audit audit;
    house_load(a->h, &audit_type, id, &audit);
    assert_int_equal(audit.head.state, AUDIT_FOLLOW_UP);
    assert_true(date_eq(audit.real_start, day("2026-11-09")));
    assert_true(date_eq(audit.real_end, day("2026-11-18")));
    assert_int_equal(audit.plan_version.value, 1);
    assert_int_equal(audit.notice_days.value, 14);
}

/* Whoever plans next year's audits in this one numbers them by hand. */
static void a_number_given_for_next_year_is_passed_over_then(void **state)
{
    Audits *a = *state;
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'IA-27-01','kind':'internal','title':'T','start':'2027-02-01','last_day':'2027-02-05'}");
    audits_on(a, "2027-01-11");

    audits_must(a, a->elias, &audit_type, "create", "",
                "{'kind':'internal','title':'U','start':'2027-03-01','last_day':'2027-03-05'}");

    check_str(a->h->got.number, "IA-27-02");
}

static void an_audit_without_lead_is_not_initiated(void **state)
{
    Audits *a = *state;
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'IA-26-05','kind':'internal','title':'T','start':'2026-11-09','last_day':'2026-11-18'}");

    assert_refusal(step(a, a->elias, "initiate", "{'contact':'p-it','channel':'mail'}"), "initiate-1", "leads", NULL);
    assert_done(step(a, a->elias, "initiate", "{'contact':'p-it','channel':'mail','lead':'p-au2'}"));
    assert_int_equal(step(a, a->elias, "confirm-feasible", "{'information':true,'cooperation':true,'time':true}")->kind,
                     OUTCOME_FORBIDDEN);
    assert_could(&a->h->got, "Ruben Pires");
}

static void what_is_not_feasible_changes_its_objective_or_waits(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_INITIATED);

    assert_refusal(step(a, a->elias, "confirm-feasible", "{'information':true,'cooperation':true,'time':false}"),
                   "confirm-feasible-1", "time", NULL);
    assert_refusal(
        step(a, a->elias, "not-feasible", "{'outcome':'postponed','reason':'No time','client_informed':false}"),
        "not-feasible-1", "client", NULL);
    assert_done(
        step(a, a->elias, "not-feasible",
             "{'outcome':'postponed','reason':'No time','client_informed':true,'new_window_from':'2027-01-11'}"));
    assert_int_equal(a->h->got.state, AUDIT_POSTPONED);
    assert_done(step(a, a->elias, "reschedule", "{'start':'2027-01-11','last_day':'2027-01-12'}"));
    assert_done(step(a, a->elias, "initiate", "{'contact':'p-it','channel':'mail'}"));
    assert_done(step(a, a->elias, "confirm-feasible",
                     "{'information':true,'cooperation':true,'time':false,'changed_objective':'Access only',"
                     "'accepted_by_client':true}"));
    assert_int_equal(a->h->got.state, AUDIT_PREPARING);
}

static void a_plan_without_criteria_and_objectives_is_not_agreed(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);
    assert_done(step(a, a->elias, "edit", "{'criteria':'','objectives':''}"));

    assert_refusal(step(a, a->elias, "agree-plan", "{'accepted_by':['p-it']}"), "R-922-8", "criteria and objectives",
                   NULL);
}

static void the_auditee_accepts_the_plan(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);

    assert_refusal(step(a, a->elias, "agree-plan", "{'accepted_by':['p-ciso']}"), "agree-plan-2", "Jonas Reuter",
                   "Jonas Reuter");
}

static void short_notice_is_waived_by_the_auditee(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);
    audits_on(a, "2026-11-02");

    assert_refusal(step(a, a->elias, "agree-plan", "{'accepted_by':['p-it'],'live_tests_by':'p-it'}"), "R-922-5",
                   "7 days of notice instead of 10", "Jonas Reuter");
    assert_done(
        step(a, a->elias, "agree-plan", "{'accepted_by':['p-it'],'live_tests_by':'p-it','notice_waived_by':['p-it']}"));
}

static void tests_on_live_systems_are_agreed(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);
    audits_on(a, "2026-10-26");

    assert_refusal(step(a, a->elias, "agree-plan", "{'accepted_by':['p-it']}"), "agree-plan-3", "3 working papers",
                   NULL);
}

static void the_scope_is_fixed_with_the_plan(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLAN_AGREED);

    assert_invalid(step(a, a->elias, "edit", "{'refs':['A.5.18']}"), "refs");
}

static void fieldwork_begins_with_the_opening_meeting(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLAN_AGREED);
    audits_on(a, "2026-11-09");

    assert_refusal(step(a, a->elias, "open", "{}"), "open-1", "opening meeting", NULL);

    audits_must(a, a->elias, &meeting_type, "create", "", "{'audit':'IA-26-05','kind':'opening','date':'2026-11-09'}");
    assert_refused(step(a, a->elias, "open", "{}"), "open-1");
    audits_must(a, a->elias, &meeting_type, "hold", "IA-26-05/M-01", "{'present':['p-apm','p-it']}");
    assert_done(step(a, a->elias, "open", "{}"));
}

static void a_meeting_is_not_held_before_its_day(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &meeting_type, "create", "", "{'audit':'IA-26-05','kind':'closing','date':'2026-11-18'}");

    assert_refusal(audits_try(a, a->elias, &meeting_type, "hold", "IA-26-05/M-02", "{'present':['p-apm']}"), "hold-1",
                   "18 Nov 2026", NULL);
}

static void a_changed_plan_is_told_and_accepted(void **state)
{
    Audits *a = *state;
    Audit audit;
    Id id = an_audit(a, AUDIT_FIELDWORK);

    Outcome *got = step(a, a->elias, "change-plan", "{'reason':'Found more','auditee_told':false,'refs':['A.5.18']}");
    assert_refusal(got, "change-plan-1", "auditee", NULL);
    assert_refusal(got, "change-plan-2", "client", NULL);
    assert_done(
        step(a, a->elias, "change-plan",
             "{'reason':'Found more','auditee_told':true,'accepted_by_client':true,'refs':['A.5.18','A.5.15']}"));

    house_load(a->h, &audit_type, id, &audit);
    assert_int_equal(audit.plan_version.value, 2);
    assert_int_equal(audit.scope_version.value, 2);
    assert_int_equal(audit.refs.len, 2);
}

static void an_audit_stopped_early_is_still_reported(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    assert_done(step(a, a->ingrid, "stop-early", "{'reason':'Incident'}"));
    assert_int_equal(a->h->got.state, AUDIT_TERMINATED);
    assert_done(step(a, a->elias, "report", ""));
    assert_int_equal(a->h->got.state, AUDIT_REPORTING);
}

static void fieldwork_ends_when_papers_requests_and_meeting_are_done(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->noor, &evidence_request_type, "create", "",
                "{'number':'ER-26-1','audit':'IA-26-05','text':'Log','asked_of':'p-it','due':'2026-11-13'}");

    Outcome *got = step(a, a->elias, "finish", "{}");
    assert_refusal(got, "finish-1", "A.5.18-1, A.8.1-1 and A.8.23-1", NULL);
    assert_refusal(got, "finish-3", "ER-26-1", NULL);
    assert_refusal(got, "finish-4", "closing meeting", NULL);

    audit_papers_reviewed(a);
    audits_must(a, a->elias, &paper_type, "return", "IA-26-05/A.8.1-1", "{'review_note':'One more'}");
    audits_must(a, a->elias, &paper_type, "finish", "IA-26-05/A.8.1-1", "");
    audits_must(a, a->noor, &evidence_request_type, "not-received", "ER-26-1", "{'reason':'Not kept'}");
    got = step(a, a->elias, "finish", "{'present':['p-apm','p-it']}");
    assert_refusal(got, "finish-2", "A.8.1-1", NULL);
    assert_int_equal(got->refusals.len, 1);
}

static void every_reference_has_a_paper_before_fieldwork_ends(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    assert_done(step(
        a, a->elias, "change-plan",
        "{'reason':'More','auditee_told':true,'accepted_by_client':true,'refs':['A.5.18','A.8.1','A.8.23','A.5.15']}"));

    assert_refusal(step(a, a->elias, "finish", "{}"), "finish-1", "no working paper on A.5.15", NULL);
}

static void a_report_without_its_parts_is_not_issued(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORTING);

    assert_refusal(step(a, a->ingrid, "issue-report", "{}"), "issue-report-1", "no report yet", NULL);
    a_report(a);
    audits_must(a, a->elias, &report_type, "edit", AUDIT, "{'conclusions':'','sampling_statement':' '}");
    assert_refusal(step(a, a->ingrid, "issue-report", "{}"), "issue-report-1", "Conclusions and An audit samples",
                   NULL);
}

static void what_was_not_covered_stands_in_the_report(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audit_papers_reviewed(a);
    audits_must(a, a->elias, &paper_type, "return", "IA-26-05/A.8.1-1", "{'review_note':'Was it?'}");
    audits_must(a, a->elias, &paper_type, "edit", "IA-26-05/A.8.1-1",
                "{'conclusion':'not_covered','reason':'Site closed'}");
    audits_must(a, a->elias, &paper_type, "finish", "IA-26-05/A.8.1-1", "");
    audits_must(a, a->noor, &paper_type, "review", "IA-26-05/A.8.1-1", "{}");
    assert_done(step(a, a->elias, "finish", "{'present':['p-apm','p-it']}"));
    a_report(a);

    assert_refusal(step(a, a->ingrid, "issue-report", "{}"), "issue-report-1", "Parts not covered", NULL);

    audits_must(a, a->elias, &report_type, "edit", AUDIT, "{'not_covered':'A.8.1: site closed'}");
    assert_done(step(a, a->ingrid, "issue-report", "{}"));
}

static void evidence_not_received_is_not_covered(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audit_papers_reviewed(a);
    audits_must(a, a->noor, &evidence_request_type, "create", "",
                "{'audit':'IA-26-05','text':'Log of June','asked_of':'p-it','due':'2026-11-12','refs':['A.5.18']}");
    audits_must(a, a->noor, &evidence_request_type, "not-received", "ER-26-1", "{'reason':'Kept for 30 days only'}");
    assert_done(step(a, a->elias, "finish", "{'present':['p-apm','p-it']}"));
    a_report(a);

    assert_refusal(step(a, a->ingrid, "issue-report", "{}"), "issue-report-1", "Parts not covered", NULL);
    audits_must(a, a->elias, &report_type, "edit", AUDIT, "{'not_covered':'A.5.18: the log of June'}");
    assert_done(step(a, a->ingrid, "issue-report", "{}"));
}

static void the_approver_of_a_report_is_not_its_author(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORTING);
    a_report(a);

    assert_refused(step(a, a->ingrid, "issue-report", "{'author':'p-ceo'}"), "G-08");
    assert_done(step(a, a->elias, "edit", "{'single_auditor':true}"));
    assert_done(step(a, a->ingrid, "issue-report", "{'author':'p-ceo'}"));
}

static void an_override_lets_the_author_approve_his_report(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORTING);
    a_report(a);
    audits_must(a, a->elias, &override_type, "create", "",
                "{'audit':'IA-26-05','rule':'G-08','person':'p-ceo','facts':'wrote it','reason':'Nobody else',"
                "'measure':'Read by an auditor from outside'}");
    assert_refused(step(a, a->ingrid, "issue-report", "{'author':'p-ceo'}"), "G-08");

    assert_refused(audits_try(a, a->ingrid, &override_type, "approve", "IA-26-05/OV-1", ""), "G-20");
    audits_must(a, (Id){ 0 }, &role_type, "create", "",
                "{'person':'p-ciso','role':'top_management','since':'2020-01-01'}");
    audits_must(a, a->hannah, &override_type, "approve", "IA-26-05/OV-1", "");

    assert_done(step(a, a->ingrid, "issue-report", "{'author':'p-ceo'}"));
}

static void a_late_report_says_why(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORTING);
    a_report(a);
    audits_on(a, "2026-12-03");

    assert_refusal(step(a, a->ingrid, "issue-report", "{}"), "R-922-6", "2 Dec 2026", NULL);
    assert_done(step(a, a->ingrid, "issue-report", "{'late_reason':'Illness'}"));
}

static void a_finding_not_read_holds_the_report(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORTING);
    a_report(a);
    audits_must(a, a->noor, &finding_type, "draft", "",
                "{'number':'F-100','audit':'IA-26-05','kind':'ofi','significance':'low','title':'T','condition':'c','"
                "refs':['A.8.1']}");

    assert_refusal(step(a, a->ingrid, "issue-report", "{}"), "issue-report-2", "F-100", NULL);
}

static void an_issued_report_is_fixed_and_amended_by_a_suffix(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORT_ISSUED);

    Outcome *got = audits_try(a, a->elias, &report_type, "edit", AUDIT, "{'summary':'x'}");
    assert_refused(got, "state");

    audits_must(a, a->elias, &report_type, "amend", AUDIT, "{'reason':'A number was wrong'}");
    audits_must(a, a->elias, &report_type, "submit", "IA-26-05A", "");
    audits_must(a, a->ingrid, &report_type, "issue-amendment", "IA-26-05A", "");
    assert_int_equal(a->h->got.state, REPORT_ISSUED);
    Report report;
    house_load(a->h, &report_type, a->h->got.id, &report);
    assert_true(str_eq_c(report.conclusions, "c"));
}

static void an_audit_closes_with_its_report_distributed_and_findings_in_hand(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(
        a, a->noor, &finding_type, "draft", "",
        "{'number':'F-100','audit':'IA-26-05','kind':'minor_nc','significance':'low','title':'T','condition':'1 of 2',"
        "'criteria':'All','evidence_text':'Export','process':'PR-11','refs':['A.8.1']}");
    audits_must(a, a->noor, &finding_type, "submit", "F-100", "");
    audits_must(a, a->elias, &finding_type, "accept", "F-100",
                "{'element_missing':false,'serious_doubt':false,'several_minors':false,'earlier_not_effective':false}");
    audits_must(a, a->elias, &finding_type, "present", "F-100", "{}");
    audits_must(a, a->jonas, &finding_type, "agree", "F-100", "{}");
    audit_papers_reviewed(a);
    audits_on(a, "2026-11-18");
    assert_done(step(a, a->elias, "finish", "{'present':['p-apm','p-it']}"));
    a_report(a);
    assert_done(step(a, a->ingrid, "issue-report", "{}"));
    assert_refusal(step(a, a->elias, "start-follow-up", ""), "start-follow-up-1", "F-100", NULL);
    audits_must(a, a->elias, &finding_type, "issue", "F-100", "{'issued':'report'}");
    assert_done(step(a, a->elias, "start-follow-up", ""));
    casework_stub_in_hand(false);

    Outcome *got = step(a, a->elias, "close", "{}");

    assert_refusal(got, "R-922-10", "Jonas Reuter", NULL);
    assert_refusal(got, "close-1", "Noor Haddad", NULL);
    assert_refusal(got, "close-2", "lessons", NULL);
    assert_refusal(got, "close-3", "F-100", NULL);
}

static void an_audit_held_before_needs_no_papers_but_its_dates(void **state)
{
    Audits *a = *state;
    audits_on(a, "2026-10-21");
    audits_must(
        a, a->elias, &audit_type, "create", "",
        "{'number':'IA-26-05','programme':'PG-25','kind':'internal','title':'T','objectives':'o','criteria':'c',"
        "'processes':['PR-03'],'refs':['A.5.18'],'covered_refs':['A.5.18'],'held_before':true,'lead':'p-au2',"
        "'client':'p-ceo','report_approver':'p-apm','start':'2026-11-09','last_day':'2026-11-10'}");
    assert_done(step(a, a->elias, "initiate", "{'contact':'p-it','channel':'meeting'}"));
    assert_done(step(a, a->ruben, "confirm-feasible", "{'information':true,'cooperation':true,'time':true}"));
    audits_must(a, a->elias, &team_member_type, "create", "",
                "{'audit':'IA-26-05','person':'p-au2','part':'lead','refs':['A.5.18']}");
    audits_must(a, a->ruben, &declaration_type, "create", "", "{'audit':'IA-26-05','person':'p-au2','result':'clear'}");
    assert_done(step(a, a->ruben, "agree-plan", "{'version':1,'accepted_by':['p-it'],'notice_days':19}"));
    audits_on(a, "2026-11-09");
    assert_done(step(a, a->ruben, "open", "{'present':['p-au2','p-it']}"));
    assert_done(step(a, a->ruben, "finish", "{'present':['p-au2','p-it']}"));
    assert_done(step(a, a->elias, "issue-report", "{'author':'p-au2','report_number':'IA-26-05','version':'1.0'}"));
    distributed(a);

    assert_refusal(step(a, a->elias, "close", "{'lessons':'recorded'}"), "close-1", "Ruben Pires", NULL);
    assert_done(step(a, a->elias, "close", "{'lessons':'recorded','no_evaluations':'Before the register'}"));
}

static void cancelling_what_the_programme_needs_is_its_approvers_word(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLANNED);

    assert_refusal(step(a, a->elias, "cancel", "{'reason':'Budget'}"), "cancel-1", "A.5.18, A.8.1 and A.8.23",
                   "Ingrid Solbakken");
    assert_done(step(a, a->elias, "postpone", "{'reason':'Budget','new_window_from':'2027-02-01'}"));
    assert_done(step(a, a->ingrid, "cancel", "{'reason':'Budget'}"));
    assert_int_equal(a->h->got.state, AUDIT_CANCELLED);
}

static void a_visit_of_the_body_is_recorded_with_its_result(void **state)
{
    Audits *a = *state;
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'EX-26-01','kind':'certification_body','title':'Surveillance','processes':['PR-01'],'client'"
                ":'p-ceo',"
                "'external_lead':'B. H.','start':'2026-11-23','last_day':'2026-11-25'}");

    assert_refused(audits_try(a, a->elias, &audit_type, "initiate", "EX-26-01",
                              "{'lead':'p-apm','contact':'p-ciso','channel':'x'}"),
                   "audit-2");
    audits_must(a, a->hannah, &audit_type, "record-external", "EX-26-01", "{'note':'Announced'}");
    audits_must(a, a->hannah, &audit_type, "record-external-result", "EX-26-01",
                "{'report':'No major','report_date':'2026-12-01'}");
    audits_must(a, a->elias, &audit_type, "close", "EX-26-01", "{}");
    an_audit(a, AUDIT_PLANNED);
    assert_refused(step(a, a->hannah, "record-external", "{'note':'x'}"), "record-external-1");
}

static void nobody_is_in_two_items_of_the_agenda_at_once(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);
    audits_must(a, a->elias, &agenda_item_type, "create", "",
                "{'audit':'IA-26-05','date':'2026-11-09','start_at':'10:00','end_at':'12:00','topic':'Access','"
                "auditees':['p-it'],"
                "'auditor':'p-apm','refs':['A.5.18']}");

    const char *second =
        "{'audit':'IA-26-05','date':'2026-11-09','start_at':'11:30','end_at':'13:00','topic':'Devices',"
        "'auditees':['p-it'],'auditor':'p-au1','refs':['A.8.1']}";
    assert_refusal(audits_try(a, a->elias, &agenda_item_type, "create", "", second), "agenda-2", "Jonas Reuter is in",
                   NULL);
    assert_refusal(
        audits_try(a, a->elias, &agenda_item_type, "create", "",
                   "{'audit':'IA-26-05','date':'2026-11-10','start_at':'10:00','end_at':'12:00','topic':'Filter',"
                   "'auditor':'p-apm','refs':['A.8.23']}"),
        "G-01", "did CA-9", "Noor Haddad");
    assert_invalid(
        audits_try(
            a, a->elias, &agenda_item_type, "create", "",
            "{'audit':'IA-26-05','date':'2026-11-10','start_at':'12:00','end_at':'9','topic':'x','auditor':'p-apm'}"),
        "end_at");
}

/* A lead auditor, but not of this audit; and the lead of the audit, about somebody who was not in it. */
static void a_lead_evaluates_those_who_worked_under_him(void **state)
{
    Audits *a            = *state;
    const char *of_noor  = "{'qualification':'Q-p-au1','audit':'IA-26-05','dated':'2026-11-20','methods':['feedback'],"
                           "'result':'qualified'}";
    const char *of_conti = "{'qualification':'Q-p-au4','audit':'IA-26-05','dated':'2026-11-20','methods':['feedback'],"
                           "'result':'qualified'}";

    an_audit(a, AUDIT_PLANNED);
    audits_must(a, a->elias, &audit_type, "edit", AUDIT, "{'lead':'p-au2'}");
    audits_must(a, a->elias, &team_member_type, "create", "",
                "{'audit':'IA-26-05','person':'p-au1','part':'auditor','refs':['A.8.23']}");
    assert_invalid(audits_try(a, a->gareth, &evaluation_type, "create", "", of_noor), "audit"); /* hidden from him */
    assert_refusal(audits_try(a, a->hannah, &evaluation_type, "create", "", of_noor), "evaluation-2",
                   "the lead of the audit named", "Elias Brandt");
    assert_refusal(audits_try(a, a->ruben, &evaluation_type, "create", "", of_conti), "evaluation-2", "in its team",
                   NULL);
    assert_done(audits_try(a, a->ruben, &evaluation_type, "create", "", of_noor));
}

static void papers_of_a_closed_audit_stay_as_they_are(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORT_ISSUED);
    distributed(a);
    evaluated(a);
    assert_done(step(a, a->elias, "close", "{'lessons':'Ask earlier'}"));

    assert_refusal(audits_try(a, a->elias, &paper_type, "return", "IA-26-05/A.8.1-1", "{'review_note':'x'}"),
                   "audit-open", "Closed", NULL);
}

static void outsiders_do_not_find_the_audit(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    assert_int_equal(step(a, a->chiara, "open", "{}")->kind, OUTCOME_NOT_FOUND);
    assert_int_equal(step(a, a->h->ada, "open", "{}")->kind, OUTCOME_NOT_FOUND);
    assert_int_equal(audits_try(a, a->jonas, &paper_type, "start", "IA-26-05/A.8.1-1", "")->kind, OUTCOME_NOT_FOUND);
    assert_int_equal(step(a, a->jonas, "open", "{}")->kind, OUTCOME_REFUSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(an_audit_goes_from_plan_to_close),
        IN_AUDITS(a_number_given_for_next_year_is_passed_over_then),
        IN_AUDITS(an_audit_without_lead_is_not_initiated),
        IN_AUDITS(a_lead_evaluates_those_who_worked_under_him),
        IN_AUDITS(what_is_not_feasible_changes_its_objective_or_waits),
        IN_AUDITS(a_plan_without_criteria_and_objectives_is_not_agreed),
        IN_AUDITS(the_auditee_accepts_the_plan),
        IN_AUDITS(short_notice_is_waived_by_the_auditee),
        IN_AUDITS(tests_on_live_systems_are_agreed),
        IN_AUDITS(the_scope_is_fixed_with_the_plan),
        IN_AUDITS(fieldwork_begins_with_the_opening_meeting),
        IN_AUDITS(a_meeting_is_not_held_before_its_day),
        IN_AUDITS(a_changed_plan_is_told_and_accepted),
        IN_AUDITS(an_audit_stopped_early_is_still_reported),
        IN_AUDITS(fieldwork_ends_when_papers_requests_and_meeting_are_done),
        IN_AUDITS(every_reference_has_a_paper_before_fieldwork_ends),
        IN_AUDITS(a_report_without_its_parts_is_not_issued),
        IN_AUDITS(what_was_not_covered_stands_in_the_report),
        IN_AUDITS(evidence_not_received_is_not_covered),
        IN_AUDITS(the_approver_of_a_report_is_not_its_author),
        IN_AUDITS(an_override_lets_the_author_approve_his_report),
        IN_AUDITS(a_late_report_says_why),
        IN_AUDITS(a_finding_not_read_holds_the_report),
        IN_AUDITS(an_issued_report_is_fixed_and_amended_by_a_suffix),
        IN_AUDITS(an_audit_closes_with_its_report_distributed_and_findings_in_hand),
        IN_AUDITS(an_audit_held_before_needs_no_papers_but_its_dates),
        IN_AUDITS(cancelling_what_the_programme_needs_is_its_approvers_word),
        IN_AUDITS(a_visit_of_the_body_is_recorded_with_its_result),
        IN_AUDITS(nobody_is_in_two_items_of_the_agenda_at_once),
        IN_AUDITS(papers_of_a_closed_audit_stay_as_they_are),
        IN_AUDITS(outsiders_do_not_find_the_audit),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
