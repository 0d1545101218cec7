/* SPDX-License-Identifier: Apache-2.0
 * My work: what each person of a case is asked, what he decides, whom he waits for, and until when. */
#include "review/work.h"

#include <string.h>

#include "../support/house.h"
#include "../support/world_action.h"
#include "action/action.h"
#include "action/extension.h"
#include "org/person.h"
#include "org/role.h"
#include "review/review.h"

static Works work_of(House *h, Id who, size_t *statements)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .who = who, .door = "web" };
    Works works   = { 0 };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    size_t before = db_statements(call->db);
    must(h->t, review_works[0].gather(call, &works, &h->t->err));
    if (statements != NULL) *statements = db_statements(call->db) - before;
    call_end(call);
    return works;
}

static const Work *find(const Works *works, WorkKind kind, const char *what)
{
    for (size_t i = 0; i < works->len; i++) {
        if (works->at[i].kind == kind && str_eq_c(works->at[i].what, what)) return &works->at[i];
    }
    for (size_t i = 0; i < works->len; i++)
        print_error("  %d %.*s\n", (int)works->at[i].kind, STR_ARG(works->at[i].what));
    fail_msg("\"%s\" is not among the work", what);
    return NULL;
}

static void assert_due(House *h, const Work *work, const char *iso)
{
    check_str(date_to_iso(h->t->arena, work->due), iso);
}

static void assert_nothing(const Works *works)
{
    for (size_t i = 0; i < works->len; i++)
        print_error("  %d %.*s\n", (int)works->at[i].kind, STR_ARG(works->at[i].what));
    assert_int_equal(works->len, 0);
}

static void the_owner_acknowledges_corrects_and_analyses(void **state)
{
    House *h = *state;
    Works works;
    action_begin(h);
    a_case_assigned(h, "minor_nc");

    works = work_of(h, h->ben, NULL);
    assert_due(h, find(&works, WORK_DO, "F-001: acknowledge it"), "2026-11-23");

    house_must(h, h->ben, &nonconformity_type, "acknowledge", "F-001", "");
    works = work_of(h, h->ben, NULL);
    assert_due(h, find(&works, WORK_DO, "F-001: put the situation right"), "2026-12-07");

    house_must(h, h->ben, &nonconformity_type, "correct", "F-001",
               "{\"kind\":\"redo\",\"text\":\"Restored\",\"done_on\":\"2026-11-16\"}");
    works = work_of(h, h->ben, NULL);
    assert_due(h, find(&works, WORK_DO, "F-001: start the analysis"), "2026-12-16");

    house_must(h, h->ben, &nonconformity_type, "start-analysis", "F-001", "{\"extent\":\"3 of 8\"}");
    works = work_of(h, h->ben, NULL);
    assert_due(h, find(&works, WORK_DO, "F-001: find the cause and submit a plan"), "2026-12-16");
    assert_int_equal(works.len, 1);
}

static void a_report_waits_for_the_coordinator(void **state)
{
    House *h = *state;
    action_begin(h);
    house_must(h, h->ben, &nonconformity_type, "register", "",
               "{\"source\":\"staff_report\",\"source_ref\":\"mail\",\"title\":\"x\",\"condition\":\"y\",\"process\":"
               "\"PR-01\"}");

    Works keeper = work_of(h, h->ada, NULL), reporter = work_of(h, h->ben, NULL);

    find(&keeper, WORK_DECIDE, "F-001: is it a nonconformity? Confirm or reject");
    find(&reporter, WORK_WAIT, "F-001: what you reported is being looked at");
}

static void a_plan_waits_five_working_days_for_those_who_take_no_part(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    house_must(h, h->ben, &nonconformity_type, "submit-plan", "F-001",
               "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\"}");

    Works ada = work_of(h, h->ada, NULL), cleo = work_of(h, h->cleo, NULL), ben = work_of(h, h->ben, NULL);

    assert_due(h, find(&ada, WORK_DECIDE, "F-001: decide on the plan"), "2026-11-23");
    find(&cleo, WORK_DECIDE, "F-001: decide on the plan");
    check_str(find(&ben, WORK_WAIT, "F-001: the decision on your plan")->who, "whoever approves plans");
    assert_int_equal(ben.len, 1);
}

static void whoever_owns_an_action_does_not_decide_on_its_plan(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    house_must(
        h, h->ben, &action_type, "create", "",
        "{\"nonconformity\":\"F-001\",\"text\":\"Second\",\"kind\":\"detect_earlier\",\"root_cause\":\"F-001/R1\","
        "\"owner\":\"p-dan\",\"due\":\"2026-12-31\",\"resources\":\"1 day\",\"expected_proof\":\"log\"}");
    house_must(h, h->ben, &nonconformity_type, "submit-plan", "F-001",
               "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\"}");

    Works dan = work_of(h, h->dan, NULL);

    assert_nothing(&dan);
}

static void an_action_is_its_owners_until_he_claims_it(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");
    Works before = work_of(h, h->ben, NULL);
    assert_due(h, find(&before, WORK_DO, "CA-001-1: do it and show the proof"), "2026-12-31");

    house_must(h, h->ben, &extension_type, "create", "",
               "{\"nonconformity\":\"F-001\",\"step\":\"action\",\"action\":\"CA-001-1\",\"reason\":\"Supplier late\","
               "\"interim\":\"By hand\",\"new_due\":\"2027-01-31\"}");
    Works ben = work_of(h, h->ben, NULL), ada = work_of(h, h->ada, NULL);
    assert_int_equal(ada.len, 1);
    assert_int_equal(ada.at[0].kind, WORK_DECIDE);
    assert_true(str_has(ada.at[0].what, STR("decide on a later date")));
    assert_int_equal(ben.len, 2);
}

static void verification_and_review_come_to_those_named(void **state)
{
    House *h = *state;
    Works works;
    action_begin(h);
    a_case_implemented(h, "minor_nc");
    works = work_of(h, h->ada, NULL);
    find(&works, WORK_DECIDE, "F-001: name a verifier");
    house_must(h, h->ada, &nonconformity_type, "name-verifier", "F-001", "{\"person\":\"p-dan\"}");
    works = work_of(h, h->dan, NULL);
    assert_due(h, find(&works, WORK_DO, "F-001: verify that it was done as planned"), "2026-12-14");
    works = work_of(h, h->ben, NULL);
    check_str(find(&works, WORK_WAIT, "F-001: the verification")->who, "Dan Deft");

    house_must(h, h->dan, &nonconformity_type, "verify", "F-001", "{\"method\":\"seen\",\"evidence_text\":\"alarm\"}");
    works = work_of(h, h->cleo, NULL);
    assert_nothing(&works);
    works = work_of(h, h->ben, NULL);
    check_str(find(&works, WORK_WAIT, "F-001: the waiting period and the effectiveness review")->who, "Cleo Chief");
    find(&works, WORK_DO, "F-001: say what the ISMS changed");

    days_pass(h, 90);
    works = work_of(h, h->cleo, NULL);
    find(&works, WORK_DO, "F-001: review whether it helped");
}

static void a_review_asks_for_inputs_minutes_and_decisions(void **state)
{
    House *h = *state;
    Works works;
    action_begin(h);
    house_must(
        h, h->ada, &review_type, "create", "",
        "{\"date\":\"2026-11-16\",\"period_from\":\"2026-06-10\",\"period_to\":\"2026-11-15\",\"chair\":\"p-cleo\"}");
    house_must(h, h->ada, &review_input_type, "ask", "MR-26-1/e", "{\"asked\":\"p-ben\",\"due\":\"2026-12-02\"}");
    works = work_of(h, h->ben, NULL);
    assert_due(h, find(&works, WORK_DO, "MR-26-1/e: give the input of the review"), "2026-12-02");
    works = work_of(h, h->cleo, NULL);
    find(&works, WORK_DO, "MR-26-1: record the review as held");

    house_must(h, h->ada, &review_type, "hold", "MR-26-1",
               "{\"attendance\":[\"p-cleo\"],\"suitable\":\"yes\",\"adequate\":\"yes\",\"effective\":\"yes\"}");
    house_must(h, h->ada, &decision_type, "create", "",
               "{\"review\":\"MR-26-1\",\"text\":\"Measure\",\"kind\":\"improvement\",\"owner\":\"p-ben\",\"due\":"
               "\"2027-01-31\"}");
    works = work_of(h, h->cleo, NULL);
    find(&works, WORK_DECIDE, "D-26-1-1: decide on what was proposed");
    assert_due(h, find(&works, WORK_DECIDE, "MR-26-1: approve the minutes"), "2026-11-23");

    house_must(h, h->cleo, &decision_type, "decide", "D-26-1-1", "");
    works = work_of(h, h->ben, NULL);
    assert_due(h, find(&works, WORK_DO, "D-26-1-1: carry the decision out"), "2027-01-31");
}

/* Every rule is asked on both engines, and none of them asks more when there is more. */
static void the_number_of_queries_is_that_of_the_rules(void **state)
{
    static const char *const roles_all[] = { "top_management", "programme_manager", "risk_owner" };
    House *h                             = *state;
    size_t empty, full;
    action_begin(h);
    for (size_t i = 0; i < countof(roles_all); i++)
        house_must(h, (Id){ 0 }, &role_type, "create", "",
                   str_to_c(h->t->arena,
                            str_fmt(h->t->arena, "{\"person\":\"p-ada\",\"role\":\"%s\",\"since\":\"2020-01-01\"}",
                                    roles_all[i])));

    work_of(h, h->ada, &empty);
    a_case_planned(h, "minor_nc");
    house_must(h, h->ben, &nonconformity_type, "submit-plan", "F-001",
               "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\"}");
    Works works = work_of(h, h->ada, &full);

    assert_true(works.len > 0);
    assert_int_equal(empty, full);
    assert_true(full <= 75);
}

static void what_has_lost_its_owner_comes_to_the_coordinator(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");
    house_must(h, h->ada, &person_type, "edit", "p-ben", "{\"last_day\":\"2026-11-17\"}");
    days_pass(h, 2);

    Works works = work_of(h, h->ada, NULL);

    const Work *work = find(&works, WORK_DECIDE, "CA-001-1: without an owner: somebody else must take it on");
    assert_due(h, work, "2026-11-24");
    check_str(work->reason, "Ben Bold");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(the_owner_acknowledges_corrects_and_analyses),
        IN_HOUSE(a_report_waits_for_the_coordinator),
        IN_HOUSE(a_plan_waits_five_working_days_for_those_who_take_no_part),
        IN_HOUSE(whoever_owns_an_action_does_not_decide_on_its_plan),
        IN_HOUSE(an_action_is_its_owners_until_he_claims_it),
        IN_HOUSE(verification_and_review_come_to_those_named),
        IN_HOUSE(a_review_asks_for_inputs_minutes_and_decisions),
        IN_HOUSE(the_number_of_queries_is_that_of_the_rules),
        IN_HOUSE(what_has_lost_its_owner_comes_to_the_coordinator),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
