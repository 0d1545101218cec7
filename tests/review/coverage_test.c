/* SPDX-License-Identifier: Apache-2.0
 * Coverage: a reference counts when its paper is reviewed and its audit is finished, or an older audit says so. */
#include "review/coverage.h"

#include "../support/world_audit.h"
#include "audit/paper.h"

static Coverage coverage_on(Audits *a, const char *iso)
{
    Caller caller = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    Coverage coverage;
    Call *call;

    must(a->h->t, call_open(&caller, CALL_READ, &call, &a->h->t->err));
    Then then = then_of(call, day(iso));
    must(a->h->t, coverage_read(&then, &coverage, &a->h->t->err));
    call_end(call);
    return coverage;
}

static const CoverageRow *row(const Coverage *coverage, const char *ref)
{
    for (size_t i = 0; i < coverage->rows.len; i++) {
        if (str_eq_c(coverage->rows.at[i].ref, ref)) return &coverage->rows.at[i];
    }
    fail_msg("%s is not in the matrix", ref);
    return NULL;
}

static void a_planned_audit_covers_nothing_yet(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLANNED);

    Coverage coverage = coverage_on(a, "2026-10-21");

    assert_int_equal(coverage.controls, 5);
    assert_int_equal(coverage.controls_covered, 0);
    assert_int_equal(coverage.controls_planned, 3);
    assert_int_equal(coverage.clauses, 2);
    assert_int_equal(row(&coverage, "A.8.1")->state, COVERAGE_PLANNED);
    check_str(row(&coverage, "A.8.1")->next.number, "IA-26-05");
    assert_int_equal(row(&coverage, "A.5.15")->state, COVERAGE_NONE);
    assert_int_equal(coverage.years, 3);
    assert_int_equal(row(&coverage, "A.8.1")->by_year[1].state, COVERAGE_PLANNED);
}

static void reviewed_papers_count_when_the_report_is_issued(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORTING);
    Coverage before = coverage_on(a, "2026-11-18");
    assert_int_equal(before.controls_covered, 0);
    assert_int_equal(row(&before, "A.8.1")->state, COVERAGE_FIELDWORK);

    a_report(a);
    audits_on(a, "2026-11-25");
    audits_must(a, a->ingrid, &audit_type, "issue-report", "IA-26-05", "{}");
    Coverage after = coverage_on(a, "2026-11-25");

    assert_int_equal(after.controls_covered, 3);
    assert_int_equal(row(&after, "A.8.1")->state, COVERAGE_CONFORM);
    check_str(row(&after, "A.8.1")->last.number, "IA-26-05");
    assert_int_equal(row(&after, "A.8.25")->state, COVERAGE_NONE);
}

static void an_earlier_day_is_covered_as_it_was_then(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_REPORT_ISSUED);
    audits_on(a, "2026-12-01");

    Coverage planned = coverage_on(a, "2026-10-21"), fieldwork = coverage_on(a, "2026-11-10");
    Coverage ledger = coverage_on(a, "2026-11-25"), tables = coverage_on(a, "2026-12-01");

    assert_int_equal(row(&planned, "A.8.23")->state, COVERAGE_PLANNED);
    assert_int_equal(row(&fieldwork, "A.8.23")->state, COVERAGE_FIELDWORK);
    assert_int_equal(fieldwork.controls_covered, 0);
    assert_int_equal(ledger.rows.len, tables.rows.len);
    for (size_t i = 0; i < ledger.rows.len; i++) {
        assert_int_equal(ledger.rows.at[i].state, tables.rows.at[i].state);
        assert_int_equal(ledger.rows.at[i].is_covered, tables.rows.at[i].is_covered);
        assert_int_equal(ledger.rows.at[i].is_planned, tables.rows.at[i].is_planned);
        assert_true(date_eq(ledger.rows.at[i].last.date, tables.rows.at[i].last.date));
    }
}

static void an_audit_held_before_counts_only_when_it_is_finished(void **state)
{
    Audits *a = *state;
    audits_on(a, "2026-10-21");
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'IA-25-01','programme':'PG-25','kind':'internal','title':'First','held_before':true,"
                "'refs':['9.2.1','A.5.15'],'covered_refs':['9.2.1','A.5.15'],'lead':'p-apm',"
                "'start':'2025-05-12','last_day':'2025-05-14'}");

    Coverage coverage = coverage_on(a, "2026-10-21");

    assert_true(row(&coverage, "A.5.15")->is_planned);
    assert_false(row(&coverage, "A.5.15")->is_covered);
    assert_false(row(&coverage, "A.8.1")->is_planned);
}

static void a_cancelled_audit_is_not_planned_and_a_passed_window_is_missed(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PLANNED);
    audits_on(a, "2026-11-19");
    Coverage missed = coverage_on(a, "2026-11-19");
    assert_int_equal(missed.due.len, 1);
    assert_true(missed.due.at[0].is_missed);

    audits_must(a, a->ingrid, &audit_type, "cancel", "IA-26-05", "{'why':'Merged','reason':'Merged with another'}");
    Coverage coverage = coverage_on(a, "2026-11-19");

    assert_int_equal(coverage.controls_planned, 0);
    assert_int_equal(coverage.due.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_planned_audit_covers_nothing_yet),
        IN_AUDITS(reviewed_papers_count_when_the_report_is_issued),
        IN_AUDITS(an_earlier_day_is_covered_as_it_was_then),
        IN_AUDITS(an_audit_held_before_counts_only_when_it_is_finished),
        IN_AUDITS(a_cancelled_audit_is_not_planned_and_a_passed_window_is_missed),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
