/* SPDX-License-Identifier: Apache-2.0
 * The importance of a line (S-1): what it is made of, in words, and what the suggested interval asks for (R-922-2). */
#include "../support/case_stub.h"
#include "../support/world_audit.h"
#include "audit/importance.h"
#include "org/organisation.h"
#include "record/row.h"

static const Id system_itself;

/* PG-25 in draft with the line L-02 on access: PR-03, A.5.18. */
static Id a_line(Audits *a, const char *interval)
{
    audits_must(a, a->elias, &programme_type, "revise", "PG-25", "{'reason':'Findings'}");
    Str json =
        str_fmt(a->h->t->arena,
                "{'programme':'PG-25','title':'Access','processes':['PR-03'],'refs':['A.5.18'],'methods':['test'],"
                "'rationale':'Repeat'%s}",
                interval);
    return audits_must(a, a->elias, &programme_line_type, "create", "", str_to_c(a->h->t->arena, json));
}

static void make(Audits *a, const Type *type, const char *json)
{
    audits_must(a, system_itself, type, "create", "", json);
}

static Id process_id(Audits *a, const char *number)
{
    Caller caller = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    Process process;
    Call *call;
    bool found;

    must(a->h->t, call_open(&caller, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, record_find(call, &process_type, str_from_c(number), &process, &found, &a->h->t->err));
    call_end(call);
    assert_true(found);
    return process.head.id;
}

/* High residual risk, a major that is open and a repeat, two incidents and a change on PR-03. */
static void a_bad_year(Audits *a)
{
    make(a, &risk_type,
         "{'number':'R-7','title':'Leavers keep access','process':'PR-03','level_before':'critical',"
         "'level_after':'high'}");
    make(a, &occurrence_type,
         "{'number':'IN-1','kind':'incident','happened_on':'2026-02-01','summary':'x','process':'PR-03'}");
    make(a, &occurrence_type,
         "{'number':'IN-2','kind':'incident','happened_on':'2025-12-01','summary':'x','process':'PR-03'}");
    make(a, &occurrence_type,
         "{'number':'IN-3','kind':'incident','happened_on':'2023-12-01','summary':'x','process':'PR-03'}");
    make(a, &occurrence_type,
         "{'number':'IN-4','kind':'incident','happened_on':'2026-02-01','summary':'x','process':'PR-11'}");
    make(a, &occurrence_type,
         "{'number':'CH-1','kind':'change','happened_on':'2026-09-01','summary':'x','process':'PR-03'}");
    casework_stub_case((CaseSeen){ .number    = STR("F-021"),
                                   .process   = process_id(a, "PR-03"),
                                   .found_on  = day("2026-06-01"),
                                   .is_major  = true,
                                   .is_open   = true,
                                   .is_repeat = true });
}

static ProgrammeLine line_now(Audits *a, Id id)
{
    ProgrammeLine line;
    house_load(a->h, &programme_line_type, id, &line);
    return line;
}

static void assert_fact(const ProgrammeLine *line, const char *fact)
{
    if (!str_has(line->facts, str_from_c(fact))) fail_msg("\"%.*s\" lacks \"%s\"", STR_ARG(line->facts), fact);
}

static void a_score_tells_its_facts(void **state)
{
    Audits *a = *state;
    Id id     = a_line(a, "");
    a_bad_year(a);

    audits_must(a, a->elias, &programme_line_type, "suggest", "PG-25/L-02", "");

    ProgrammeLine line = line_now(a, id);
    assert_int_equal(line.score.value, 86); /* 25 + 13.3 + 16 + 6.7 + 10 + 15 */
    assert_fact(&line, "Criticality 25 of 25: PR-03 is of criticality \"critical\".");
    assert_fact(&line, "Residual risk 13 of 20: R-7 is high after treatment.");
    assert_fact(&line, "Findings 16 of 20: F-021 is a major nonconformity, open and a repeat.");
    assert_fact(&line, "Incidents 7 of 10: IN-2 on 1 Dec 2025 and IN-1 on 1 Feb 2026.");
    assert_fact(&line, "Change 10 of 10: CH-1 on 1 Sep 2026.");
    assert_fact(&line, "Time since the last audit 15 of 15: never audited: A.5.18.");
    assert_fact(&line, "Together 86 of 100. Suggested: every 6 to 12 months.");
    assert_int_equal(line.suggested_months.value, 12);
    assert_int_equal(line.interval_months.value, 12); /* none was set */
    assert_true(date_eq(line.scored_on, day("2026-10-20")));
}

static void weights_are_those_of_the_organisation(void **state)
{
    Audits *a = *state;
    Id id     = a_line(a, "");
    a_bad_year(a);
    make(a, &organisation_type,
         "{'name':'Veldane','zone':'UTC','weight_criticality':0,'weight_risk':50,'weight_findings':0,'weight_incidents'"
         ":0,"
         "'weight_change':0,'weight_age':0}");

    audits_must(a, a->elias, &programme_line_type, "suggest", "PG-25/L-02", "");

    assert_int_equal(line_now(a, id).score.value, 67);
    assert_invalid(audits_try(a, a->hannah, &organisation_type, "edit", "ORG-1", "{'weight_risk':0}"),
                   "weight_criticality");
}

static void clauses_are_suggested_every_year(void **state)
{
    int from, to;

    (void)state;
    importance_interval(10, true, 36, &from, &to);
    assert_int_equal(to, 12);
    importance_interval(10, false, 36, &from, &to);
    assert_int_equal(to, 36);
    importance_interval(25, false, 36, &from, &to);
    assert_int_equal(from, 18);
    assert_int_equal(to, 24);
}

static void an_audit_makes_a_line_less_urgent(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORT_ISSUED); /* its last day is 18 November 2026 */
    Id id = a_line(a, "");
    audits_on(a, "2027-11-18");

    audits_must(a, a->elias, &programme_line_type, "suggest", "PG-25/L-02", "");

    ProgrammeLine line = line_now(a, id);
    assert_fact(&line, "A.5.18 longest ago, in IA-26-05 to 18 Nov 2026: 12 of the 36 months of the cycle");
    assert_int_equal(line.score.value, 30); /* 25 + 5 */
}

static void another_interval_than_suggested_needs_a_reason(void **state)
{
    Audits *a = *state;
    a_line(a, "");
    a_bad_year(a);
    audits_must(a, a->elias, &programme_line_type, "suggest", "PG-25/L-02", "");

    audits_must(a, a->elias, &programme_line_type, "edit", "PG-25/L-02", "{'interval_months':6}");
    assert_refusal(audits_try(a, a->elias, &programme_line_type, "edit", "PG-25/L-02", "{'interval_months':36}"),
                   "R-922-2", "at most 12 months", NULL);
    assert_refusal(audits_try(a, a->elias, &programme_line_type, "edit", "PG-25/L-02", "{'interval_months':null}"),
                   "R-922-2", "at most 12 months", NULL);

    audits_must(a, a->elias, &programme_line_type, "edit", "PG-25/L-02",
                "{'interval_months':36,'interval_reason':'The system goes in March'}");
    audits_must(a, a->elias, &programme_line_type, "edit", "PG-25/L-02", "{'days':3}");
    assert_refusal(audits_try(a, a->elias, &programme_line_type, "edit", "PG-25/L-02", "{'interval_reason':''}"),
                   "R-922-2", "at most 12 months", NULL);
}

static void an_older_interval_is_asked_for_its_reason_when_submitted(void **state)
{
    Audits *a = *state;
    a_line(a, ",'interval_months':36");
    a_bad_year(a);
    audits_must(a, a->elias, &programme_line_type, "suggest", "PG-25/L-02", "");

    assert_refusal(audits_try(a, a->elias, &programme_type, "submit", "PG-25", ""), "R-922-2",
                   "another interval than suggested on L-02", NULL);
}

static void a_window_ends_after_it_began(void **state)
{
    Audits *a = *state;
    a_line(a, "");

    assert_invalid(audits_try(a, a->elias, &programme_line_type, "edit", "PG-25/L-02",
                              "{'window_from':'2027-06-01','window_to':'2027-05-01'}"),
                   "window_to");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_score_tells_its_facts),
        IN_AUDITS(weights_are_those_of_the_organisation),
        cmocka_unit_test(clauses_are_suggested_every_year),
        IN_AUDITS(an_audit_makes_a_line_less_urgent),
        IN_AUDITS(another_interval_than_suggested_needs_a_reason),
        IN_AUDITS(an_older_interval_is_asked_for_its_reason_when_submitted),
        IN_AUDITS(a_window_ends_after_it_began),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
