/* SPDX-License-Identifier: Apache-2.0
 * Working papers and samples: what is concluded rests on what was seen, and another person has read it. */
#include "../support/world_audit.h"
#include "audit/evidence.h"
#include "audit/paper.h"
#include "audit/sample.h"
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

/* ------------------------------------------------------------------------------------------------------- samples */

static const char *const random_sample = "{'number':'S-03','audit':'IA-26-05','paper':'IA-26-05/"
                                         "A.8.1-1','objective':'Fixed in time','population':'Findings',"
                                         "'size':1184,'completeness':'Equals the "
                                         "counter','method':'stratified_random','strata':'high: 312/1\\nmedium: 826/1',"
                                         "'seed':'20261110','confidence':950,'tolerable':100}";

static void only_an_audit_held_before_has_samples_without_items(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &sample_type, "create", "", random_sample);

    Outcome *got = audits_try(a, a->elias, &sample_type, "record-result", "IA-26-05/S-03", "{'deviations':0}");

    assert_refusal(got, "record-result-1", "its samples have items", NULL);
}

static void a_sample_goes_from_plan_to_decision(void **state)
{
    Audits *a = *state;
    Sample sample;
    an_audit(a, AUDIT_FIELDWORK);
    Id id = audits_must(a, a->elias, &sample_type, "create", "", random_sample);
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-03", "{'items':'VF-2357 high\\nVF-2672 medium\\n'}");

    assert_refusal(audits_try(a, a->elias, &sample_type, "test", "IA-26-05/S-03", "{}"), "test-1", "2 of 2", NULL);
    audits_must(a, a->elias, &sample_item_type, "edit", "IA-26-05/S-03/VF-2357",
                "{'result':'deviation','results':'fixed: deviation'}");
    audits_must(a, a->elias, &sample_item_type, "edit", "IA-26-05/S-03/VF-2672", "{'result':'missing'}");
    audits_must(a, a->elias, &sample_type, "test", "IA-26-05/S-03", "{'explained':1}");
    audits_must(a, a->elias, &sample_type, "decide", "IA-26-05/S-03", "{'decision':'Not operating'}");

    house_load(a->h, &sample_type, id, &sample);
    assert_int_equal(sample.head.state, SAMPLE_DECIDED);
    assert_int_equal(sample.n.value, 2);
    assert_int_equal(sample.deviations.value, 2);
}

static void population_and_seed_are_fixed_by_the_draw(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &sample_type, "create", "", random_sample);
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-03", "{'items':'VF-2357 high'}");

    assert_invalid(audits_try(a, a->elias, &sample_type, "edit", "IA-26-05/S-03", "{'seed':'4711'}"), "seed");
    assert_invalid(audits_try(a, a->elias, &sample_type, "edit", "IA-26-05/S-03", "{'population':'Others'}"),
                   "population");
}

static void a_judgement_sample_states_no_confidence(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);

    assert_refusal(
        audits_try(a, a->elias, &sample_type, "create", "",
                   "{'audit':'IA-26-05','objective':'o','population':'p','method':'judgement','confidence':950}"),
        "sample-1", "judgement", NULL);
}

static void a_draw_that_nobody_can_repeat_is_refused(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &sample_type, "create", "",
                "{'number':'S-1','audit':'IA-26-05','objective':'o','population':'p','method':'simple_random'}");

    assert_refusal(audits_try(a, a->elias, &sample_type, "draw", "IA-26-05/S-1", "{'items':'X'}"), "draw-1",
                   "how completeness was checked and the seed", NULL);
}

static void the_lead_replaces_an_item_that_cannot_be_tested(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->elias, &sample_type, "create", "", random_sample);
    audits_must(a, a->elias, &sample_type, "draw", "IA-26-05/S-03", "{'items':'VF-2357 high'}");

    Outcome *got = audits_try(a, a->noor, &sample_item_type, "replace", "IA-26-05/S-03/VF-2357",
                              "{'replaced_by':'VF-2358','reason':'Duplicate'}");
    assert_int_equal(got->kind, OUTCOME_FORBIDDEN);
    assert_could(got, "Elias Brandt");
    audits_must(a, a->elias, &sample_item_type, "replace", "IA-26-05/S-03/VF-2357",
                "{'replaced_by':'VF-2358','reason':'Duplicate'}");
    audits_must(a, a->noor, &sample_item_type, "edit", "IA-26-05/S-03/VF-2358", "{'result':'pass'}");
    audits_must(a, a->elias, &sample_type, "test", "IA-26-05/S-03", "{}");
    assert_refused(audits_try(a, a->noor, &sample_item_type, "edit", "IA-26-05/S-03/VF-2358", "{'result':'deviation'}"),
                   "item-1");
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
        IN_AUDITS(only_an_audit_held_before_has_samples_without_items),
        IN_AUDITS(a_sample_goes_from_plan_to_decision),
        IN_AUDITS(population_and_seed_are_fixed_by_the_draw),
        IN_AUDITS(a_judgement_sample_states_no_confidence),
        IN_AUDITS(a_draw_that_nobody_can_repeat_is_refused),
        IN_AUDITS(the_lead_replaces_an_item_that_cannot_be_tested),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
