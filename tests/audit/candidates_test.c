/* SPDX-License-Identifier: Apache-2.0
 * Who could audit: in which order, for which reasons, and who may ask. */
#include "../support/case_stub.h"
#include "../support/world_audit.h"
#include "audit/candidates.h"
#include "audit/team.h"
#include "org/person.h"

/* An audit of PR-04 and PR-01 in December. Noor operates PR-04; Elias manages the programme. */
static Id development_audit(Audits *a)
{
    return audits_must(
        a, a->elias, &audit_type, "create", "",
        "{'number':'IA-26-06','programme':'PG-25','kind':'internal','title':'Development','objectives':'o',"
        "'criteria':'c','processes':['PR-04','PR-01'],'refs':['A.8.25','A.5.15','9.2.1'],'lead':'p-au3',"
        "'client':'p-ceo','report_approver':'p-apm','start':'2026-12-14','last_day':'2026-12-17'}");
}

static CandidateList candidates_of(Audits *a, Id id)
{
    Caller caller      = { .app = a->h->app, .arena = a->h->t->arena, .who = a->elias, .door = "web" };
    CandidateList list = { 0 };
    Audit audit;
    Call *call;

    house_load(a->h, &audit_type, id, &audit);
    must(a->h->t, call_open(&caller, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, candidates_read(call, &audit, &list, &a->h->t->err));
    call_end(call);
    return list;
}

static const Candidate *candidate_named(const CandidateList *list, const char *name)
{
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq_c(list->at[i].name, name)) return &list->at[i];
    }
    fail_msg("%s is not among them", name);
    return NULL;
}

static bool says(const StrList *reasons, const char *part)
{
    for (size_t i = 0; i < reasons->len; i++) {
        if (str_has(reasons->at[i], str_from_c(part))) return true;
    }
    return false;
}

static void those_without_ties_come_first(void **state)
{
    Audits *a          = *state;
    CandidateList list = candidates_of(a, development_audit(a));

    assert_int_equal(list.len, 5);
    check_str(list.at[0].name, "Gareth Lowe");
    check_str(list.at[1].name, "Elias Brandt"); /* as far as Ruben, and before him by name */
    check_str(list.at[4].name, "Chiara Conti");
    assert_int_equal(list.at[0].takes.len, 3);
    assert_true(says(&list.at[0].reasons_for, "no tie to the scope"));
    assert_true(says(&list.at[0].reasons_for, "Lead auditor until 31 Dec 2027"));
    assert_true(says(&list.at[0].reasons_for, "can take the whole scope"));

    const Candidate *noor = candidate_named(&list, "Noor Haddad"), *elias = candidate_named(&list, "Elias Brandt");
    assert_int_equal(noor->takes.len, 2);
    assert_true(says(&noor->reasons_against, "operates PR-04 (A.8.25)"));
    assert_true(says(&elias->reasons_against, "manages PG-25 (9.2.1)"));
    assert_true(says(&candidate_named(&list, "Chiara Conti")->reasons_against, "works under another auditor"));
}

static void another_audit_on_the_same_days_stands_against(void **state)
{
    Audits *a = *state;
    Id id     = development_audit(a);
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'number':'IA-26-07','programme':'PG-25','kind':'internal','title':'Another','refs':['A.5.15'],"
                "'lead':'p-au3','start':'2026-12-17','last_day':'2026-12-18'}");

    CandidateList list = candidates_of(a, id);

    check_str(list.at[0].name, "Elias Brandt");
    check_str(list.at[4].name, "Gareth Lowe");
    const Candidate *gareth = candidate_named(&list, "Gareth Lowe");
    assert_true(gareth->clashes);
    assert_true(says(&gareth->reasons_against, "works in IA-26-07 on the same days"));
}

static void who_leaves_before_is_no_candidate(void **state)
{
    Audits *a = *state;
    Id id     = development_audit(a);
    audits_must(a, a->h->ada, &person_type, "edit", "p-au2", "{'last_day':'2026-12-01'}");

    CandidateList list = candidates_of(a, id);

    for (size_t i = 0; i < list.len; i++)
        assert_false(str_eq_c(list.at[i].name, "Ruben Pires"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(those_without_ties_come_first),
        IN_AUDITS(another_audit_on_the_same_days_stands_against),
        IN_AUDITS(who_leaves_before_is_no_candidate),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
