/* SPDX-License-Identifier: Apache-2.0
 * Working papers: what is concluded rests on what was seen, and another person has read it. */
#include "../support/world_audit.h"
#include "audit/evidence.h"
#include "audit/paper.h"
#include "audit/team.h"
#include "org/procedure.h"
#include "record/row.h"

#define PAPER "IA-26-05/A.8.1-1"

static Outcome *paper(Audits *a, Id who, const char *verb, const char *json)
{
    return audits_try(a, who, &paper_type, verb, PAPER, json);
}

static void evidence(Audits *a)
{
    audits_must(
        a, a->noor, &evidence_type, "create", "",
        "{'number':'EV-001','title':'Export','kind':'data_extract','audit':'IA-26-05','fact_date':'2026-11-09'}");
}

static void a_paper_of_documents_only_cannot_say_that_it_operates(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    assert_refusal(paper(a, a->elias, "edit", "{'methods':['review'],'operation':'yes'}"), "R-921-4", "documents alone",
                   NULL);
    assert_done(paper(a, a->elias, "edit", "{'methods':['review'],'operation':'not_tested'}"));
    assert_done(paper(a, a->elias, "edit", "{'methods':['review','interview'],'operation':'yes'}"));
}

static void a_paper_ends_in_a_conclusion_with_evidence(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    assert_done(paper(a, a->elias, "start", ""));

    Outcome *got = paper(a, a->elias, "finish", "");
    assert_refusal(got, "finish-1", "the conclusion", NULL);
    assert_refusal(got, "finish-2", "evidence or an interview", NULL);
    assert_done(paper(a, a->elias, "edit", "{'conclusion':'not_covered'}"));
    assert_refusal(paper(a, a->elias, "finish", ""), "finish-1", "not covered", NULL);
    assert_done(paper(a, a->elias, "edit", "{'reason':'Contract ended'}"));
    assert_done(paper(a, a->elias, "finish", ""));
}

static void a_paper_is_reviewed_by_another_qualified_person(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audit_papers_reviewed(a);
    assert_done(paper(a, a->elias, "return", "{'review_note':'One more look'}"));
    assert_done(paper(a, a->elias, "start", ""));
    assert_done(paper(a, a->elias, "finish", ""));

    assert_refusal(paper(a, a->elias, "review", "{}"), "review-1", "did not write", "Noor Haddad");
    assert_int_equal(paper(a, a->jonas, "review", "{}")->kind, OUTCOME_NOT_FOUND);
    assert_done(paper(a, a->noor, "review", "{}"));
    assert_int_equal(a->h->got.state, PAPER_REVIEWED);
}

static void a_single_auditor_reads_his_own_papers_and_says_so(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    evidence(a);
    audits_must(a, a->elias, &audit_type, "edit", "IA-26-05", "{'single_auditor':true}");
    assert_done(paper(a, a->elias, "edit", "{'conclusion':'conform','evidence':['EV-001']}"));
    assert_done(paper(a, a->elias, "finish", ""));

    assert_done(paper(a, a->elias, "review", "{}"));
}

static void the_lead_may_not_read_what_touches_his_own_work(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    evidence(a);
    const char *filter = "IA-26-05/A.8.23-1";
    audits_must(a, a->noor, &paper_type, "edit", filter, "{'conclusion':'conform','evidence':['EV-001']}");
    audits_must(a, a->noor, &paper_type, "finish", filter, "");

    assert_refusal(audits_try(a, a->elias, &paper_type, "review", filter, "{}"), "G-01", "Elias Brandt did CA-9",
                   "Ruben Pires");
}

static void a_team_paper_is_read_by_the_lead_or_the_planned_reviewer(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    evidence(a);
    audits_must(a, a->elias, &team_member_type, "create", "", "{'audit':'IA-26-05','person':'p-au2','part':'auditor'}");
    const char *filter = "IA-26-05/A.8.23-1";
    audits_must(a, a->noor, &paper_type, "edit", filter, "{'conclusion':'conform','evidence':['EV-001']}");
    audits_must(a, a->noor, &paper_type, "finish", filter, "");

    assert_refusal(audits_try(a, a->ruben, &paper_type, "review", filter, "{}"), "review-2", "by the lead",
                   "Elias Brandt");
}

static void a_paper_belongs_to_somebody_of_the_team(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);

    assert_refusal(
        audits_try(
            a, a->elias, &paper_type, "create", "",
            "{'number':'X-1','audit':'IA-26-05','refs':['A.8.1'],'title':'X','auditor':'p-au2','methods':['test']}"),
        "paper-1", "team", "Noor Haddad");
    assert_refusal(
        audits_try(
            a, a->elias, &paper_type, "create", "",
            "{'number':'X-1','audit':'IA-26-05','refs':['A.8.23'],'title':'X','auditor':'p-apm','methods':['test']}"),
        "G-01", "did CA-9", "Noor Haddad");
}

static void a_paper_copies_the_steps_of_its_procedure(void **state)
{
    Audits *a           = *state;
    Caller job          = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    PaperStepList steps = { 0 };
    Paper made;
    Call *call;
    an_audit(a, AUDIT_PREPARING);
    audits_must(a, (Id){ 0 }, &procedure_type, "create", "",
                "{'number':'TP-A.8.1-1','requirement':'A.8.1','title':'Endpoints','steps':'Compare the "
                "lists','methods':['test'],'version':3}");

    Id id = audits_must(
        a, a->elias, &paper_type, "create", "",
        "{'number':'A.8.1-2','audit':'IA-26-05','refs':['A.8.1'],'procedure':'TP-A.8.1-1','title':'Endpoints',"
        "'auditor':'p-apm','methods':['test']}");

    must(a->h->t, call_open(&job, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, record_list(call, &paper_step_type, &steps, STR("paper = $1 ORDER BY position"), BINDS(BIND_ID(id)),
                              &a->h->t->err));
    call_end(call);
    house_load(a->h, &paper_type, id, &made);
    assert_int_equal(made.procedure_version.value, 3);
    assert_int_equal(steps.len, 1);
    assert_true(str_eq_c(steps.at[0].text, "Compare the lists"));
    audits_must(a, a->elias, &paper_step_type, "edit", "IA-26-05/A.8.1-2/1", "{'result':'pass','note':'418 of 418'}");
}

static void steps_of_a_finished_paper_stay(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &paper_step_type, "create", "", "{'paper':'IA-26-05/A.8.1-1','position':1,'text':'Look'}");
    audit_papers_reviewed(a);

    assert_refusal(audits_try(a, a->elias, &paper_step_type, "edit", "IA-26-05/A.8.1-1/1", "{'result':'fail'}"),
                   "paper-2", "Reviewed", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_paper_of_documents_only_cannot_say_that_it_operates),
        IN_AUDITS(a_paper_ends_in_a_conclusion_with_evidence),
        IN_AUDITS(a_paper_is_reviewed_by_another_qualified_person),
        IN_AUDITS(a_single_auditor_reads_his_own_papers_and_says_so),
        IN_AUDITS(the_lead_may_not_read_what_touches_his_own_work),
        IN_AUDITS(a_team_paper_is_read_by_the_lead_or_the_planned_reviewer),
        IN_AUDITS(a_paper_belongs_to_somebody_of_the_team),
        IN_AUDITS(a_paper_copies_the_steps_of_its_procedure),
        IN_AUDITS(steps_of_a_finished_paper_stay),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
