/* SPDX-License-Identifier: Apache-2.0
 * Independence: who may take which reference of an audit, what the records say against it, and how a conflict is
 * answered. */
#include "../support/case_stub.h"
#include "../support/world_audit.h"
#include "audit/independence.h"
#include "audit/team.h"

static Outcome *assigned(Audits *a, const char *person, const char *part, const char *refs)
{
    return audits_try(
        a, a->elias, &team_member_type, "create", "",
        str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, "{'audit':'IA-26-06','person':'%s','part':'%s','refs':[%s]}",
                                         person, part, refs)));
}

/* An audit of PR-04 and PR-01, led by Gareth, its team to be assigned. */
static Id development_audit(Audits *a)
{
    Id id =
        audits_must(a, a->elias, &audit_type, "create", "",
                    "{'number':'IA-26-06','programme':'PG-25','kind':'internal','title':'Development','objectives':'o',"
                    "'criteria':'c','processes':['PR-04','PR-01'],'refs':['A.8.25','A.5.15','9.2.1'],'lead':'p-au3',"
                    "'client':'p-ceo','report_approver':'p-apm','start':'2026-12-14','last_day':'2026-12-17'}");
    audits_must(a, a->elias, &audit_type, "initiate", "IA-26-06", "{'contact':'p-eng','channel':'call'}");
    return id;
}

static void an_operator_is_refused_his_own_process_with_facts(void **state)
{
    Audits *a = *state;
    development_audit(a);

    Outcome *got = assigned(a, "p-au1", "auditor", "'A.8.25'");

    assert_refusal(got, "G-01", "Noor Haddad operates PR-04 (A.8.25)", "Ruben Pires");
    assert_done(assigned(a, "p-au1", "auditor", "'A.5.15'"));
}

static void a_corrective_action_counts_twelve_months_to_the_day(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_INITIATED);

    const char *input = "{'audit':'IA-26-05','person':'p-apm','part':'lead','refs':['A.8.23']}";
    assert_refusal(audits_try(a, a->elias, &team_member_type, "create", "", input), "G-01",
                   "Elias Brandt did CA-9, done 28 Sep 2026 (A.8.23)", "Noor Haddad");

    audits_must(a, a->elias, &audit_type, "edit", "IA-26-05", "{'last_day':'2027-09-30'}");
    audits_must(a, a->elias, &audit_type, "edit", "IA-26-05", "{'start':'2027-09-28'}");
    assert_refused(audits_try(a, a->elias, &team_member_type, "create", "", input), "G-01");
    audits_must(a, a->elias, &audit_type, "edit", "IA-26-05", "{'start':'2027-09-29'}");
    /* by then nothing but competence stands against him */
    Outcome *got = audits_try(a, a->elias, &team_member_type, "create", "", input);
    assert_int_equal(got->refusals.len, 1);
    assert_refusal(got, "G-16", "29 Sep 2027", "Gareth Lowe");
}

static void the_programme_manager_is_barred_from_clause_9_2(void **state)
{
    Audits *a = *state;
    development_audit(a);

    assert_refusal(assigned(a, "p-apm", "auditor", "'9.2.1'"), "G-04", "Elias Brandt manages PG-25 (9.2.1)",
                   "Gareth Lowe");
    assert_refusal(assigned(a, "p-au2", "auditor", "'9.2.1'"), "G-04", "is deputy in PG-25", "Gareth Lowe");
}

static void nobody_judges_an_audit_he_worked_in(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);
    development_audit(a);

    assert_refusal(assigned(a, "p-au1", "auditor", "'9.2.1'"), "G-04",
                   "Noor Haddad is in the team of IA-26-05, which is under judgement", "Gareth Lowe");
}

static void an_approved_override_lets_him_take_it(void **state)
{
    Audits *a = *state;
    development_audit(a);
    audits_must(a, a->elias, &override_type, "create", "",
                "{'audit':'IA-26-06','rule':'G-04','person':'p-au2','refs':['9.2.1'],'facts':'is "
                "deputy','reason':'Nobody else',"
                "'measure':'A second reader'}");
    assert_refused(assigned(a, "p-au2", "auditor", "'9.2.1'"), "G-04");

    assert_refusal(audits_try(a, a->elias, &override_type, "approve", "IA-26-06/OV-1", ""), "G-20", "top management",
                   "Ingrid Solbakken");
    audits_must(a, a->ingrid, &override_type, "approve", "IA-26-06/OV-1", "");

    assert_done(assigned(a, "p-au2", "auditor", "'9.2.1'"));
}

static void a_rejected_override_changes_nothing(void **state)
{
    Audits *a = *state;
    development_audit(a);
    audits_must(a, a->elias, &override_type, "create", "",
                "{'audit':'IA-26-06','rule':'G-01','person':'p-au1','facts':'operates','reason':'r','measure':'m'}");
    audits_must(a, a->ingrid, &override_type, "reject", "IA-26-06/OV-1", "");

    assert_refused(assigned(a, "p-au1", "auditor", "'A.8.25'"), "G-01");
}

static void a_proposal_shows_facts_and_refuses_nothing(void **state)
{
    Audits *a = *state;
    TeamMember member;
    audits_must(
        a, a->elias, &audit_type, "create", "",
        "{'number':'IA-26-06','programme':'PG-25','kind':'internal','title':'Development','processes':['PR-04'],"
        "'refs':['A.8.25'],'lead':'p-au3','staffing':'proposed','start':'2026-12-14','last_day':'2026-12-17'}");

    assert_done(assigned(a, "p-au1", "auditor", "'A.8.25'"));

    house_load(a->h, &team_member_type, a->h->got.id, &member);
    assert_true(str_has(member.facts, STR("operates PR-04 (A.8.25)")));
    assert_true(str_has(member.facts, STR("reports to Priya Raman, owner of PR-04")));
}

static void nearness_to_the_auditee_needs_the_managers_answer(void **state)
{
    Audits *a = *state;
    development_audit(a);
    audits_must(a, a->gareth, &audit_type, "confirm-feasible", "IA-26-06",
                "{'information':true,'cooperation':true,'time':true}");
    assert_done(assigned(a, "p-au1", "auditor", "'A.5.15'"));

    assert_refusal(
        audits_try(a, a->gareth, &audit_type, "agree-plan", "IA-26-06", "{'accepted_by':['p-eng','p-ciso']}"), "G-02",
        "Noor Haddad reports to Priya Raman, owner of PR-04", "Elias Brandt");

    audits_must(
        a, a->elias, &override_type, "create", "",
        "{'audit':'IA-26-06','rule':'G-02','person':'p-au1','facts':'reports to her','reason':'r','measure':'m'}");
    audits_must(a, a->elias, &override_type, "approve", "IA-26-06/OV-1", "");
    Outcome *got =
        audits_try(a, a->gareth, &audit_type, "agree-plan", "IA-26-06", "{'accepted_by':['p-eng','p-ciso']}");
    for (size_t i = 0; i < got->refusals.len; i++)
        assert_false(str_eq_c(got->refusals.at[i].rule, "G-02"));
}

static void competence_is_valid_on_the_first_day(void **state)
{
    Audits *a = *state;
    development_audit(a);

    assert_refusal(assigned(a, "p-it", "auditor", "'A.8.25'"), "G-16", "Jonas Reuter is not qualified as auditor",
                   "Ruben Pires");
    assert_refusal(assigned(a, "p-au4", "in_training", ""), "G-16", "under whom", NULL);
    audits_must(a, a->elias, &team_member_type, "create", "",
                "{'audit':'IA-26-06','person':'p-au4','part':'in_training','supervisor':'p-au3'}");
}

static void references_outside_the_scope_are_not_taken(void **state)
{
    Audits *a = *state;
    development_audit(a);

    assert_refusal(assigned(a, "p-au2", "auditor", "'A.8.1'"), "assign-1", "A.8.1", NULL);
    assert_done(assigned(a, "p-au2", "auditor", "'A.8.25'"));
    assert_refused(assigned(a, "p-au2", "auditor", "'A.5.15'"), "assign-2");
    audits_must(a, a->elias, &team_member_type, "release", "IA-26-06/T-1", "{'why':'Ill'}");
    assert_done(assigned(a, "p-au2", "auditor", "'A.5.15'"));
}

static void nobody_signs_for_another(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);

    assert_refusal(audits_try(a, a->elias, &declaration_type, "create", "",
                              "{'audit':'IA-26-05','person':'p-au1','result':'clear'}"),
                   "declare-1", "signature", "Noor Haddad");
}

static void what_the_records_show_is_disclosed(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);

    assert_refusal(audits_try(a, a->elias, &declaration_type, "create", "",
                              "{'audit':'IA-26-05','person':'p-apm','result':'clear'}"),
                   "declare-2", "did CA-9", NULL);
    assert_refusal(audits_try(a, a->elias, &declaration_type, "create", "",
                              "{'audit':'IA-26-05','person':'p-apm','result':'conflict_managed'}"),
                   "declare-3", "measure", NULL);
}

static void the_programmes_deputy_need_not_disclose_what_all_know(void **state)
{
    Audits *a = *state;
    development_audit(a);
    assert_done(assigned(a, "p-au2", "auditor", "'A.8.25'"));

    audits_must(a, a->ruben, &declaration_type, "create", "", "{'audit':'IA-26-06','person':'p-au2','result':'clear'}");
}

static void a_changed_scope_asks_declarations_again(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_PREPARING);
    audits_must(a, a->elias, &audit_type, "edit", "IA-26-05", "{'refs':['A.5.18','A.8.1','A.8.23','A.5.15']}");

    Outcome *got = audits_try(a, a->elias, &audit_type, "agree-plan", "IA-26-05", "{'accepted_by':['p-it']}");

    assert_refusal(got, "R-922-9", "Elias Brandt and Noor Haddad", "Noor Haddad");
    assert_refusal(got, "agree-plan-1", "A.5.15", NULL);
}

static void somebody_from_outside_accepts_confidentiality_first(void **state)
{
    Audits *a = *state;
    development_audit(a);
    audits_must(a, a->gareth, &audit_type, "confirm-feasible", "IA-26-06",
                "{'information':true,'cooperation':true,'time':true}");

    assert_refusal(
        audits_try(a, a->gareth, &audit_type, "agree-plan", "IA-26-06", "{'accepted_by':['p-eng','p-ciso']}"), "G-17",
        "Gareth Lowe", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(an_operator_is_refused_his_own_process_with_facts),
        IN_AUDITS(a_corrective_action_counts_twelve_months_to_the_day),
        IN_AUDITS(the_programme_manager_is_barred_from_clause_9_2),
        IN_AUDITS(nobody_judges_an_audit_he_worked_in),
        IN_AUDITS(an_approved_override_lets_him_take_it),
        IN_AUDITS(a_rejected_override_changes_nothing),
        IN_AUDITS(a_proposal_shows_facts_and_refuses_nothing),
        IN_AUDITS(nearness_to_the_auditee_needs_the_managers_answer),
        IN_AUDITS(competence_is_valid_on_the_first_day),
        IN_AUDITS(references_outside_the_scope_are_not_taken),
        IN_AUDITS(nobody_signs_for_another),
        IN_AUDITS(what_the_records_show_is_disclosed),
        IN_AUDITS(the_programmes_deputy_need_not_disclose_what_all_know),
        IN_AUDITS(a_changed_scope_asks_declarations_again),
        IN_AUDITS(somebody_from_outside_accepts_confidentiality_first),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
