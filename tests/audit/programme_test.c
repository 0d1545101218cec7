/* SPDX-License-Identifier: Apache-2.0
 * The programme: drafted, approved by another, in force, revised; each approved version stays as it was. */
#include "../support/world_audit.h"
#include "audit/programme.h"
#include "record/row.h"

/* A second version of PG-25 in draft; what is in force stays so. */
static void revised(Audits *a)
{
    audits_must(a, a->elias, &programme_type, "revise", "PG-25", "{'reason':'Findings'}");
}

static Programme programme_now(Audits *a)
{
    Programme programme;
    house_load(a->h, &programme_type, a->programme, &programme);
    return programme;
}

static void the_manager_cannot_approve_his_programme(void **state)
{
    Audits *a = *state;
    revised(a);
    audits_must(a, a->elias, &programme_type, "submit", "PG-25", "");

    Outcome *got = audits_try(a, a->elias, &programme_type, "approve", "PG-25", "");

    assert_refusal(got, "G-03", "manages the programme", "Ingrid Solbakken");
    audits_must(a, a->ingrid, &programme_type, "approve", "PG-25", "");
    assert_int_equal(state_of(a, &programme_type, a->programme), PROGRAMME_APPROVED);
}

static void approving_keeps_the_version_as_it_was(void **state)
{
    Audits *a  = *state;
    Caller job = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    Call *call;
    ProgrammeVersionList versions = { 0 };

    revised(a);
    audits_must(a, a->elias, &programme_type, "submit", "PG-25", "");
    audits_must(a, a->ingrid, &programme_type, "approve", "PG-25", "");
    audits_must(a, a->elias, &programme_type, "activate", "PG-25", "");

    must(a->h->t, call_open(&job, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, record_list(call, &programme_version_type, &versions, STR("programme = $1 ORDER BY version"),
                              BINDS(BIND_ID(a->programme)), &a->h->t->err));
    call_end(call);
    assert_int_equal(versions.len, 2);
    assert_int_equal(versions.at[1].version.value, 2);
    assert_true(id_eq(versions.at[1].approved_by, a->ingrid));
    assert_true(date_eq(versions.at[0].activated_on, day("2026-10-20")));
    assert_true(str_has(versions.at[0].lines, STR("L-01 All: 9.2.1, 9.2.2, A.5.15")));
    assert_true(str_has(versions.at[0].lines, STR("First pass")));
}

static void a_revision_leaves_the_old_version_in_force(void **state)
{
    Audits *a = *state;

    revised(a);

    Programme programme = programme_now(a);
    assert_int_equal(programme.head.state, PROGRAMME_DRAFT);
    assert_int_equal(programme.version.value, 2);
    assert_int_equal(programme.in_force.value, 1);
}

static void lines_change_in_a_draft_only(void **state)
{
    Audits *a = *state;

    assert_refusal(audits_try(a, a->elias, &programme_line_type, "edit", "PG-25/L-01", "{'days':3}"), "programme-2",
                   "In force", NULL);

    revised(a);
    audits_must(a, a->elias, &programme_line_type, "edit", "PG-25/L-01", "{'days':3}");
    Id added = audits_must(a, a->elias, &programme_line_type, "create", "",
                           "{'programme':'PG-25','title':'Repeat','refs':['A.5.18']}");
    ProgrammeLine line;
    house_load(a->h, &programme_line_type, added, &line);
    assert_int_equal(line.since_version.value, 2);
    assert_true(str_eq_c(line.head.number, "L-02"));
}

static void a_line_without_rationale_or_method_is_not_submitted(void **state)
{
    Audits *a = *state;
    revised(a);
    audits_must(a, a->elias, &programme_line_type, "create", "",
                "{'programme':'PG-25','title':'Repeat','refs':['A.5.18']}");

    Outcome *got = audits_try(a, a->elias, &programme_type, "submit", "PG-25", "");

    assert_refusal(got, "R-922-7", "no rationale on L-02", NULL);
    assert_refusal(got, "R-922-3", "no method on L-02", NULL);
}

static void what_stands_on_no_line_is_named_or_explained(void **state)
{
    Audits *a = *state;
    revised(a);
    audits_must(a, a->elias, &programme_line_type, "edit", "PG-25/L-01",
                "{'refs':['9.2.1','9.2.2','A.5.15','A.5.18','A.8.1']}");

    assert_refusal(audits_try(a, a->elias, &programme_type, "submit", "PG-25", ""), "submit-1", "A.8.23 and A.8.25",
                   NULL);

    audits_must(a, a->elias, &programme_type, "edit", "PG-25", "{'not_on_a_line':'Next cycle'}");
    audits_must(a, a->elias, &programme_type, "submit", "PG-25", "");
}

static void responsibilities_and_rules_are_asked(void **state)
{
    Audits *a = *state;
    audits_must(
        a, a->elias, &programme_type, "create", "",
        "{'number':'PG-X','title':'X','period_from':'2027-06-01','period_to':'2027-12-31','not_on_a_line':'all'}");

    Outcome *got = audits_try(a, a->elias, &programme_type, "submit", "PG-X", "");

    assert_refusal(got, "R-922-4", "approver and receivers of reports", NULL);
    assert_refusal(got, "R-922-5", "days of notice", NULL);
    assert_refusal(got, "R-922-6", "report is due", NULL);
}

static void a_programme_is_put_in_force_near_its_period(void **state)
{
    Audits *a = *state;
    audits_must(
        a, a->elias, &programme_type, "create", "",
        "{'number':'PG-X','title':'X','period_from':'2027-06-01','period_to':'2027-12-31','not_on_a_line':'all',"
        "'approver':'p-ceo','receivers':['p-ceo'],'notice_days':5,'report_days':5}");
    audits_must(a, a->elias, &programme_type, "submit", "PG-X", "");
    audits_must(a, a->ingrid, &programme_type, "return", "PG-X", "{'comment':'Say more'}");
    audits_must(a, a->elias, &programme_type, "submit", "PG-X", "");
    audits_must(a, a->ingrid, &programme_type, "approve", "PG-X", "");

    assert_refusal(audits_try(a, a->elias, &programme_type, "activate", "PG-X", ""), "activate-1", "1 Jun 2027", NULL);

    audits_on(a, "2027-05-02");
    audits_must(a, a->elias, &programme_type, "activate", "PG-X", "");
    audits_must(a, a->elias, &programme_type, "close", "PG-X", "{'reached':'All','lessons':'Start earlier'}");
}

static void a_period_ends_after_it_began(void **state)
{
    Audits *a = *state;
    assert_invalid(audits_try(a, a->elias, &programme_type, "create", "",
                              "{'title':'X','period_from':'2027-06-01','period_to':'2027-05-31'}"),
                   "period_to");
}

static void parts_of_the_programme_belong_to_its_manager(void **state)
{
    Audits *a = *state;
    revised(a);

    audits_must(a, a->ruben, &objective_type, "create", "",
                "{'programme':'PG-25','text':'Earlier findings stay fixed'}");
    audits_must(a, a->elias, &programme_risk_type, "create", "",
                "{'programme':'PG-25','text':'Few auditors','kind':'risk','rating':'high'}");
    Outcome *got = audits_try(a, a->jonas, &objective_type, "create", "", "{'programme':'PG-25','text':'Mine'}");
    assert_int_equal(got->kind, OUTCOME_FORBIDDEN);
    assert_could(got, "Elias Brandt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(the_manager_cannot_approve_his_programme),
        IN_AUDITS(approving_keeps_the_version_as_it_was),
        IN_AUDITS(a_revision_leaves_the_old_version_in_force),
        IN_AUDITS(lines_change_in_a_draft_only),
        IN_AUDITS(a_line_without_rationale_or_method_is_not_submitted),
        IN_AUDITS(what_stands_on_no_line_is_named_or_explained),
        IN_AUDITS(responsibilities_and_rules_are_asked),
        IN_AUDITS(a_programme_is_put_in_force_near_its_period),
        IN_AUDITS(a_period_ends_after_it_began),
        IN_AUDITS(parts_of_the_programme_belong_to_its_manager),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
