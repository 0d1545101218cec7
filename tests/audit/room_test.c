/* SPDX-License-Identifier: Apache-2.0
 * The room as a whole: its declarations fit each other, its tables are made on both engines, and what a person may not
 * see is not found. */
#include "../support/world_audit.h"
#include "audit/agenda.h"
#include "audit/seen.h"
#include "audit/team.h"
#include "audit/types.h"
#include "record/view.h"

static void list_as(Audits *a, Id who, const Type *type, ListPage *page)
{
    Caller caller   = { .app = a->h->app, .arena = a->h->t->arena, .who = who, .door = "api" };
    ParamList none  = { 0 };
    ListQuery query = { 0 };
    Call *call;

    must(a->h->t, call_open(&caller, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, list_read(call, type, &none, &query, &a->h->t->err));
    must(a->h->t, list_run(call, &query, page, &a->h->t->err));
    call_end(call);
}

static void every_type_can_be_listed_by_anybody(void **state)
{
    Audits *a         = *state;
    const Id asking[] = { a->elias, a->ingrid, a->hannah, a->jonas, a->noor, a->gareth, a->h->ada };

    for (size_t i = 0; i < audit_types_len; i++) {
        for (size_t k = 0; k < countof(asking); k++) {
            ListPage page = { 0 };
            list_as(a, asking[k], audit_types[i], &page);
        }
    }
}

static void parts_are_numbered_within_their_audit(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'IA-27-01','kind':'internal','title':'T','lead':'p-apm','start':'2027-01-11','last_day':'"
                "2027-01-12'}");
    const char *first = "{'audit':'IA-26-05','kind':'team','date':'2026-11-10'}";

    audits_must(a, a->elias, &meeting_type, "create", "", first);
    audits_must(a, a->elias, &meeting_type, "create", "", first);
    assert_true(str_eq_c(a->h->got.number, "M-02"));
    audits_must(a, a->elias, &meeting_type, "create", "", "{'audit':'IA-27-01','kind':'team','date':'2027-01-11'}");
    assert_true(str_eq_c(a->h->got.number, "M-01"));
}

static void states_in_conditions_are_those_of_the_headers(void **state)
{
    (void)state;
    assert_int_equal(TEAM_EXPERT, 4);
    assert_int_equal(PLAIN_IN_USE, 1);
    assert_int_equal(AUDIT_REPORT_ISSUED, 7);
    assert_int_equal(AUDIT_CLOSED, 9);
    assert_int_equal(AUDIT_POSTPONED, 10);
    assert_int_equal(AUDIT_CANCELLED, 11);
    assert_int_equal(AUDIT_SPECIAL, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(every_type_can_be_listed_by_anybody),
        IN_AUDITS(parts_are_numbered_within_their_audit),
        cmocka_unit_test(states_in_conditions_are_those_of_the_headers),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
