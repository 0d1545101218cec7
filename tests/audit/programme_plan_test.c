/* SPDX-License-Identifier: Apache-2.0
 * The plan of a programme: from its records, for its managers, and taken over as a whole or not at all. */
#include "../support/world_audit.h"
#include "audit/programme_plan.h"
#include "audit/team.h"
#include "org/qualification.h"
#include "record/ask.h"
#include "record/row.h"

/* On 20 October 2026 the line L-01 of PG-25 owes its clauses in this year of the programme and in the next. */

static Answer *plan_seen(Audits *a, Id who)
{
    Ask ask     = { .kind = ASK_INQUIRY, .type = STR("programme"), .number = STR("PG-25"), .verb = STR("plan") };
    Answer *got = arena_new(a->h->t->arena, Answer);
    Caller by   = { .app = a->h->app, .arena = a->h->t->arena, .who = who, .door = "api" };

    must(a->h->t, ask_answer(&by, &ask, got, &a->h->t->err));
    return got;
}

static Outcome *take(Audits *a, Id who, Str fingerprint)
{
    Str json = str_fmt(a->h->t->arena, "{'plan':'%.*s'}", STR_ARG(fingerprint));
    return audits_try(a, who, &programme_type, "take-plan", "PG-25", str_to_c(a->h->t->arena, json));
}

static Str fingerprint_seen(Audits *a)
{
    return json_text(plan_seen(a, a->elias)->body, "fingerprint");
}

static AuditList audits_of_programme(Audits *a, TeamMemberList *members)
{
    Caller job       = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    AuditList audits = { 0 };
    Call *call;

    must(a->h->t, call_open(&job, CALL_READ, &call, &a->h->t->err));
    must(a->h->t, record_list(call, &audit_type, &audits, STR("programme = $1 ORDER BY start, id"),
                              BINDS(BIND_ID(a->programme)), &a->h->t->err));
    for (size_t i = 0; i < audits.len && members != NULL; i++)
        must(a->h->t, team_members(call, audits.at[i].head.id, members, &a->h->t->err));
    call_end(call);
    return audits;
}

/* A line of its own in a draft, which is put in force again. */
static void with_line(Audits *a, const char *json)
{
    audits_must(a, a->elias, &programme_type, "revise", "PG-25", "{'reason':'Findings'}");
    audits_must(a, a->elias, &programme_line_type, "create", "", json);
    audits_must(a, a->elias, &programme_type, "submit", "PG-25", "");
    audits_must(a, a->ingrid, &programme_type, "approve", "PG-25", "");
    audits_must(a, a->elias, &programme_type, "activate", "PG-25", "");
}

static void what_is_due_is_planned_with_its_reasons(void **state)
{
    Audits *a    = *state;
    Answer *seen = plan_seen(a, a->elias);
    json_t *audit, *team;

    assert_int_equal(seen->status, 200);
    assert_true(str_eq_c(json_text(seen->body, "outcome"), "whole"));
    assert_int_equal(json_array_size(json_object_get(seen->body, "audits")), 2);
    assert_int_equal(json_array_size(json_object_get(seen->body, "missed")), 1); /* the first year went by */
    audit = json_array_get(json_object_get(seen->body, "audits"), 0);
    team  = json_object_get(audit, "team");
    assert_true(str_eq_c(json_text(json_object_get(audit, "line"), "number"), "L-01"));
    /* ten days of notice from today; the quarter ends on 17 December */
    assert_true(str_eq_c(json_text(audit, "from"), "2026-10-30"));
    assert_true(str_eq_c(json_text(audit, "to"), "2026-12-17"));
    /* only Gareth neither manages the programme nor judges himself, and he did none of the rest either */
    assert_int_equal(json_array_size(team), 1);
    assert_true(str_eq_c(json_text(json_object_get(json_array_get(team, 0), "person"), "title"), "Gareth Lowe"));
    assert_true(json_array_size(json_object_get(audit, "reasons")) >= 3);
}

static void a_plan_is_for_those_who_manage(void **state)
{
    Audits *a    = *state;
    Answer *seen = plan_seen(a, a->jonas);

    /* a colleague sees the programme or not, never its plan */
    assert_true(seen->status == 409 || seen->status == 404);
    assert_int_equal(plan_seen(a, a->ingrid)->status, 200);
    assert_int_equal(plan_seen(a, a->ruben)->status, 200);
    assert_int_equal(take(a, a->ingrid, STR("x"))->kind, OUTCOME_FORBIDDEN);
}

static void a_plan_taken_over_makes_audits_and_proposals(void **state)
{
    Audits *a              = *state;
    TeamMemberList members = { 0 };
    Outcome *got           = take(a, a->elias, fingerprint_seen(a));

    assert_int_equal(got->kind, OUTCOME_DONE);
    AuditList audits = audits_of_programme(a, &members);
    assert_int_equal(audits.len, 2);
    assert_int_equal(audits.at[0].head.state, AUDIT_PLANNED);
    assert_int_equal(audits.at[0].staffing, STAFFING_PROPOSED);
    assert_true(id_eq(audits.at[0].lead, a->gareth));
    assert_int_equal(audits.at[0].lines.len, 1);
    assert_int_equal(audits.at[0].refs.len, 7);
    assert_true(date_eq(audits.at[0].last_day, day("2026-12-17")));
    assert_true(str_has(audits.at[0].rationale, STR("carries clauses")));
    assert_int_equal(members.len, 3); /* somebody else leads the second, and Gareth takes clause 9.2 there */
    assert_int_equal(members.at[0].part, TEAM_LEAD);
    assert_int_equal(members.at[0].refs.len, 7);
    assert_int_equal(members.at[0].days.value, 2);

    assert_refusal(take(a, a->elias, fingerprint_seen(a)), "take-plan-2", "all that is due has its audit", NULL);
}

static void what_was_not_seen_is_not_taken_over(void **state)
{
    Audits *a = *state;
    Str seen  = fingerprint_seen(a);

    with_line(a, "{'programme':'PG-25','title':'Access','refs':['A.5.18'],'interval_months':12,'methods':['test'],"
                 "'rationale':'Repeat'}");

    assert_refusal(take(a, a->elias, seen), "take-plan-3", "something changed since", NULL);
    assert_int_equal(audits_of_programme(a, NULL).len, 0);
}

static void an_impossible_line_is_named_and_nothing_is_made(void **state)
{
    Audits *a = *state;
    with_line(a, "{'programme':'PG-25','title':'Development','refs':['A.8.25'],'interval_months':12,'methods':['test'],"
                 "'rationale':'Releases','subjects':'Cryptography'}");
    Answer *seen     = plan_seen(a, a->elias);
    json_t *conflict = json_array_get(json_object_get(seen->body, "conflicts"), 0);

    assert_true(str_eq_c(json_text(seen->body, "outcome"), "conflict"));
    assert_true(str_has(json_text(conflict, "words"), STR("L-02 Development (A.8.25) needs an auditor")));
    assert_true(json_is_true(json_object_get(conflict, "is_minimal")));
    assert_int_equal(json_array_size(json_object_get(conflict, "needs")), 2);
    assert_int_equal(json_array_size(json_object_get(seen->body, "audits")), 2); /* of L-01 */

    assert_refusal(take(a, a->elias, json_text(seen->body, "fingerprint")), "take-plan-1", "knowledge of cryptography",
                   NULL);
    assert_int_equal(audits_of_programme(a, NULL).len, 0);
}

static void days_that_are_taken_are_not_given_twice(void **state)
{
    Audits *a = *state;
    with_line(a, "{'programme':'PG-25','title':'Endpoints','refs':['A.8.1'],'interval_months':12,'methods':['test'],"
                 "'rationale':'Growth','subjects':'endpoint'}");
    audits_must(a, a->elias, &qualification_type, "edit", "Q-p-au2",
                "{'days_per_quarter':2,'subjects':'Law, Endpoint'}");
    audits_must(
        a, a->elias, &audit_type, "create", "",
        "{'kind':'special','title':'Supplier','programme':'PG-25','lead':'p-au2','start':'2026-11-02','last_day':"
        "'2026-11-04','refs':['A.8.23']}");
    json_t *audits = json_object_get(plan_seen(a, a->elias)->body, "audits"), *audit;
    size_t index, found = 0;

    json_array_foreach(audits, index, audit)
    {
        if (!str_eq_c(json_text(json_object_get(audit, "line"), "number"), "L-02") || found++ > 0) continue;
        /* his two days of this quarter are gone, and nobody else knows endpoints */
        assert_true(str_eq_c(json_text(audit, "from"), "2026-12-18"));
    }
    assert_int_equal(found, 2);
}

static void what_fell_away_is_not_planned(void **state)
{
    Audits *a = *state;
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'kind':'internal','title':'Core','programme':'PG-25','lines':['PG-25/L-01'],'lead':'p-au2','start':"
                "'2027-01-11','last_day':'2027-01-15','refs':['9.2.1']}");
    assert_int_equal(json_array_size(json_object_get(plan_seen(a, a->elias)->body, "audits")), 1);

    AuditList audits = audits_of_programme(a, NULL);
    audits_must(a, a->ingrid, &audit_type, "cancel", str_to_c(a->h->t->arena, audits.at[0].head.number),
                "{'reason':'Merged'}");
    assert_int_equal(json_array_size(json_object_get(plan_seen(a, a->elias)->body, "audits")), 2);
}

static void nobody_judges_the_audits_that_he_did(void **state)
{
    Audits *a = *state;
    audits_must(a, a->elias, &audit_type, "create", "",
                "{'kind':'internal','title':'Core','programme':'PG-25','lines':['PG-25/L-01'],'lead':'p-au3','start':"
                "'2027-01-11','last_day':'2027-01-15','refs':['9.2.1']}");
    json_t *conflict = json_array_get(json_object_get(plan_seen(a, a->elias)->body, "conflicts"), 0);
    Buf needs        = buf_open(a->h->t->arena, 8000);

    json_write(&needs, json_object_get(conflict, "needs"));
    assert_true(str_has(buf_str(&needs), STR("and manages PG-25 (9.2.1 and 9.2.2)")));
    assert_true(
        str_has(buf_str(&needs), STR("Gareth Lowe leads IA-26-01, which is under judgement (9.2.1 and 9.2.2)")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(what_is_due_is_planned_with_its_reasons),
        IN_AUDITS(a_plan_is_for_those_who_manage),
        IN_AUDITS(a_plan_taken_over_makes_audits_and_proposals),
        IN_AUDITS(what_was_not_seen_is_not_taken_over),
        IN_AUDITS(an_impossible_line_is_named_and_nothing_is_made),
        IN_AUDITS(days_that_are_taken_are_not_given_twice),
        IN_AUDITS(what_fell_away_is_not_planned),
        IN_AUDITS(nobody_judges_the_audits_that_he_did),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
