/* SPDX-License-Identifier: Apache-2.0
 * The corrective action from report to closing: each step once, each guard met once. */
#include "../support/house.h"
#include "../support/world_action.h"
#include "action/action.h"
#include "action/advice.h"
#include "action/analysis.h"
#include "action/effectiveness.h"
#include "action/extension.h"
#include "action/nonconformity.h"
#include "action/recurrence.h"
#include "audit/evidence.h"
#include "org/person.h"
#include "org/process_person.h"

#define NC &nonconformity_type

static Nonconformity the_case(House *h)
{
    ParamList none = { 0 };
    Nonconformity nc;

    (void)none;
    Answer answer =
        house_ask(h, h->ada, (Ask){ .kind = ASK_SHOW, .type = STR("nonconformity"), .number = STR("F-001") });
    Id id = { json_integer_value(json_object_get(answer.body, "id")) };
    house_load(h, NC, id, &nc);
    return nc;
}

static void assert_day(Date day, const char *iso)
{
    char text[16] = "";
    Ymd ymd       = date_to_ymd(day);

    if (!date_is_none(day)) snprintf(text, sizeof text, "%04d-%02d-%02d", ymd.year, ymd.month, ymd.day);
    assert_string_equal(text, iso);
}

static void answer_all_parts_of_the_isms(House *h)
{
    static const char *const parts[] = { "risk", "soa", "policy", "procedure", "training", "programme" };
    for (size_t i = 0; i < countof(parts); i++) {
        Str json = str_fmt(
            h->t->arena, "{\"nonconformity\":\"F-001\",\"what\":\"%s\",\"before\":\"as was\",\"after\":\"no change\"}",
            parts[i]);
        house_must(h, h->ben, &isms_change_type, "create", "", str_to_c(h->t->arena, json));
    }
}

static const char effective[] =
    "{\"result\":\"effective\",\"data\":\"scheduler history\",\"occurrences\":2,\"value\":\"no "
    "gap\",\"lessons\":\"watch what is missing\"}";

static void a_case_lives_from_report_to_closing(void **state)
{
    House *h = *state;
    action_begin(h);

    a_case_monitoring(h, "minor_nc");
    days_pass(h, 90);
    answer_all_parts_of_the_isms(h);
    house_must(h, h->cleo, NC, "effectiveness-review", "F-001", effective);

    Nonconformity nc = the_case(h);
    assert_int_equal(nc.head.state, NC_CLOSED);
    assert_day(nc.closed_on, "2027-02-14");
    assert_true(date_is_none(nc.step_due));
}

static void dues_follow_the_policy_in_working_days(void **state)
{
    House *h = *state;
    action_begin(h);

    a_case_assigned(h, "major_nc");

    Nonconformity nc = the_case(h);
    assert_day(nc.acknowledge_due, "2026-11-18");
    assert_day(nc.correction_due, "2026-11-23");
    assert_day(nc.analysis_due, "2026-12-07"); /* 20 days is a Sunday */
    assert_day(nc.step_due, "2026-11-18");
}

static void confirming_needs_a_requirement(void **state)
{
    House *h = *state;
    action_begin(h);
    house_must(
        h, h->dan, NC, "register", "",
        "{\"source\":\"incident\",\"source_ref\":\"INC-1\",\"title\":\"x\",\"condition\":\"y\",\"process\":\"PR-01\"}");

    assert_refused(house_do(h, h->ada, NC, "confirm", "F-001", "{\"kind\":\"minor_nc\",\"significance\":\"low\"}"),
                   "confirm-1");
}

static void analysis_needs_a_correction_and_consequences(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_assigned(h, "major_nc");
    house_must(h, h->ben, NC, "acknowledge", "F-001", "");

    Outcome *got = house_do(h, h->ben, NC, "start-analysis", "F-001", "{}");

    assert_refused(got, "R-102-1");
    assert_refused(got, "R-102-2");
}

static void a_plan_without_anything_is_refused_with_all_that_is_missing(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_analysis(h, "minor_nc");

    Outcome *got = house_do(h, h->ben, NC, "submit-plan", "F-001", "{}");

    assert_refused(got, "R-102-5");
    assert_refused(got, "R-102-6");
    assert_refused(got, "R-102-7");
    assert_refused(got, "R-102-8");
}

static void blame_alone_is_no_cause_until_it_is_said_what_allowed_it(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    house_must(h, h->ben, &root_cause_type, "edit", "F-001/R1", "{\"text\":\"People forgot\"}");
    const char *without = "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\"}";
    const char *with = "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\",\"what_"
                       "allowed_it\":\"no reminder\"}";

    assert_refused(house_do(h, h->ben, NC, "submit-plan", "F-001", without), "R-102-5");
    assert_done(house_do(h, h->ben, NC, "submit-plan", "F-001", with));
    house_must(h, h->ada, NC, "return-plan", "F-001", "{\"reason\":\"blame_only\",\"comment\":\"what allowed it?\"}");

    Nonconformity nc = the_case(h);
    assert_int_equal(nc.head.state, NC_ANALYSIS);
    assert_int_equal(nc.plans_returned.value, 1);
}

static void whoever_owns_an_action_does_not_approve_the_plan(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    house_must(h, h->ben, &action_type, "edit", "CA-001-1", "{\"owner\":\"p-ada\"}");
    house_must(h, h->ben, NC, "submit-plan", "F-001",
               "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\"}");

    Outcome *got = house_do(h, h->ada, NC, "approve-plan", "F-001", "{}");

    assert_refused(got, "G-05");
    assert_could(got, "Dan Deft");
    assert_done(house_do(h, h->dan, NC, "approve-plan", "F-001", "{}"));
}

static void short_waiting_and_late_dates_need_the_approvers_reason(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    house_must(h, h->ben, &action_type, "edit", "CA-001-1", "{\"due\":\"2027-06-30\"}");
    house_must(h, h->ben, NC, "submit-plan", "F-001",
               "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":30,\"reviewer\":\"p-cleo\"}");

    Outcome *got = house_do(h, h->ada, NC, "approve-plan", "F-001", "{}");

    assert_refused(got, "approve-1");
    assert_refused(got, "approve-2");
    assert_done(
        house_do(h, h->ada, NC, "approve-plan", "F-001", "{\"waiting_reason\":\"monthly\",\"exceptions\":\"vendor\"}"));
}

static void done_is_what_is_proven(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");

    assert_refused(house_do(h, h->ben, &action_type, "claim-done", "CA-001-1", "{\"done_on\":\"2026-11-16\"}"),
                   "claim-2");
}

static void verify_by_an_action_owner_is_refused(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_implemented(h, "minor_nc");
    assert_refused(house_do(h, h->ada, NC, "name-verifier", "F-001", "{\"person\":\"p-ben\"}"), "G-06");
    house_must(h, h->ada, NC, "name-verifier", "F-001", "{\"person\":\"p-dan\"}");

    Outcome *got = house_do(h, h->ben, NC, "verify", "F-001", "{\"method\":\"seen\",\"evidence_text\":\"x\"}");

    assert_int_equal(got->kind, OUTCOME_FORBIDDEN);
    assert_could(got, "Dan Deft");
}

static void whoever_advised_does_not_verify(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_implemented(h, "minor_nc");
    house_must(h, h->dan, &advice_type, "create", "",
               "{\"nonconformity\":\"F-001\",\"text\":\"Test the restores monthly.\"}");

    assert_refused(house_do(h, h->ada, NC, "name-verifier", "F-001", "{\"person\":\"p-dan\"}"), "G-15");
    assert_refused(house_do(h, h->dan, NC, "verify", "F-001", "{\"method\":\"seen\",\"evidence_text\":\"x\"}"), "G-15");
    assert_done(house_do(h, h->ada, NC, "name-verifier", "F-001", "{\"person\":\"p-cleo\"}"));
    assert_done(house_do(h, h->cleo, NC, "verify", "F-001", "{\"method\":\"seen\",\"evidence_text\":\"x\"}"));
}

static void a_failed_verification_gives_the_action_back(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_implemented(h, "minor_nc");

    house_must(h, h->dan, NC, "fail-verification", "F-001",
               "{\"returned\":[\"CA-001-1\"],\"method\":\"seen\",\"reason\":\"undated screenshot\"}");

    Nonconformity nc = the_case(h);
    assert_int_equal(nc.head.state, NC_IN_PROGRESS);
    assert_day(nc.step_due, "2026-12-31");
}

static void effectiveness_waits_for_its_day_and_its_data(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_monitoring(h, "minor_nc");

    assert_refused(house_do(h, h->cleo, NC, "effectiveness-review", "F-001", effective), "review-1");
    days_pass(h, 90);
    assert_refused(house_do(h, h->cleo, NC, "effectiveness-review", "F-001", effective), "R-102-9");
    assert_refused(
        house_do(h, h->cleo, NC, "effectiveness-review", "F-001",
                 "{\"result\":\"effective\",\"data\":\"d\",\"occurrences\":1,\"value\":\"v\",\"lessons\":\"l\"}"),
        "review-2");
    assert_done(house_do(h, h->cleo, NC, "effectiveness-review", "F-001",
                         "{\"result\":\"not_enough_data\",\"data\":\"d\",\"occurrences\":1,\"value\":\"v\",\"new_"
                         "date\":\"2027-03-01\"}"));
    Nonconformity nc = the_case(h);
    assert_int_equal(nc.head.state, NC_MONITORING);
    assert_day(nc.wait_until, "2027-03-01");
}

static void not_effective_begins_a_new_cycle(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_monitoring(h, "minor_nc");
    days_pass(h, 90);

    house_must(h, h->cleo, NC, "effectiveness-review", "F-001",
               "{\"result\":\"not_effective\",\"data\":\"d\",\"occurrences\":2,\"value\":\"again\"}");

    Nonconformity nc = the_case(h);
    assert_int_equal(nc.head.state, NC_ANALYSIS);
    assert_int_equal(nc.cycle.value, 2);
    assert_refused(house_do(h, h->ben, NC, "submit-plan", "F-001",
                            "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\"}"),
                   "R-102-7");
}

static void the_reviewer_of_a_major_is_not_of_the_process(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "major_nc");
    house_must(h, h->ada, &process_person_type, "create", "",
               "{\"process\":\"PR-01\",\"person\":\"p-cleo\",\"part\":\"operator\"}");

    assert_refused(house_do(h, h->ben, NC, "submit-plan", "F-001",
                            "{\"criterion\":\"c\",\"criterion_data\":\"d\",\"wait_days\":90,\"reviewer\":\"p-cleo\"}"),
                   "G-07");
}

static void an_extension_is_decided_by_somebody_without_a_part(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");
    const char *ask = "{\"nonconformity\":\"F-001\",\"step\":\"action\",\"action\":\"CA-001-1\",\"reason\":\"vendor\","
                      "\"interim\":\"by hand\",\"new_due\":\"2027-01-31\"}";
    house_must(h, h->ben, &extension_type, "create", "", ask);
    assert_int_equal(house_do(h, h->ben, &extension_type, "grant", "EX-001-1", "{}")->kind, OUTCOME_FORBIDDEN);
    house_must(h, h->ada, &extension_type, "grant", "EX-001-1", "{}");
    Nonconformity nc = the_case(h);
    assert_day(nc.step_due, "2027-01-31");

    house_must(h, h->ben, &extension_type, "create", "",
               "{\"nonconformity\":\"F-001\",\"step\":\"action\",\"action\":\"CA-001-1\",\"reason\":\"vendor\","
               "\"interim\":\"by hand\",\"new_due\":\"2027-02-28\"}");
    Outcome *got = house_do(h, h->ada, &extension_type, "grant", "EX-001-2", "{}");

    assert_refused(got, "G-11");
    assert_could(got, "Cleo Chief");
    assert_done(house_do(h, h->cleo, &extension_type, "grant", "EX-001-2", "{}"));
}

static void an_extension_after_the_date_is_refused(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");
    days_pass(h, 60);

    assert_refused(house_do(h, h->ben, &extension_type, "create", "",
                            "{\"nonconformity\":\"F-001\",\"step\":\"action\",\"action\":\"CA-001-1\",\"reason\":\"r\","
                            "\"interim\":\"i\",\"new_due\":\"2027-03-31\"}"),
                   "extend-2");
}

static void the_date_of_a_body_is_a_wall(void **state)
{
    House *h = *state;
    action_begin(h);
    house_must(h, h->ada, NC, "register", "",
               "{\"source\":\"certification_body\",\"source_ref\":\"NC-1\",\"title\":\"x\",\"condition\":\"y\","
               "\"process\":\"PR-01\",\"refs\":[\"A.8.13\"],"
               "\"external_body\":\"NorthCert\",\"external_plan_due\":\"2026-12-11\",\"external_evidence_due\":\"2027-"
               "06-01\"}");
    house_must(h, h->ada, NC, "confirm", "F-001", "{\"kind\":\"minor_nc\",\"significance\":\"low\"}");

    Outcome *got = house_do(h, h->ben, &extension_type, "create", "",
                            "{\"nonconformity\":\"F-001\",\"step\":\"analysis\",\"reason\":\"r\",\"interim\":\"i\","
                            "\"new_due\":\"2026-12-20\"}");

    assert_refused(got, "G-11");
}

static void a_fresh_report_is_rejected_or_voided_as_it_is(void **state)
{
    House *h = *state;
    action_begin(h);
    const char *report = "{\"source\":\"staff_report\",\"source_ref\":\"mail\",\"title\":\"x\",\"condition\":\"y\","
                         "\"process\":\"PR-01\"}";
    house_must(h, h->dan, NC, "register", "", report);
    house_must(h, h->dan, NC, "register", "", report);

    assert_done(house_do(h, h->ada, NC, "reject", "F-001", "{\"why\":\"it is none\"}"));
    assert_done(house_do(h, h->ada, NC, "void", "F-002", "{\"second\":\"p-dan\",\"why\":\"written twice\"}"));
}

static void voiding_takes_two(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_assigned(h, "minor_nc");

    assert_refused(house_do(h, h->ada, NC, "void", "F-001", "{\"second\":\"p-ben\",\"why\":\"twice\"}"), "G-13");
    assert_done(house_do(h, h->ada, NC, "void", "F-001", "{\"second\":\"p-dan\",\"why\":\"twice\"}"));
    assert_true(str_eq_c(the_case(h).head.number, "F-001"));
}

static void a_strangers_case_is_not_there(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_assigned(h, "minor_nc");
    Answer bens = house_ask(h, h->ben, (Ask){ .kind = ASK_SHOW, .type = STR("nonconformity"), .number = STR("F-001") });
    Id eve      = house_must(h, (Id){ 0 }, &person_type, "create", "", "{\"number\":\"p-eve\",\"name\":\"Eve Else\"}");

    Answer eves = house_ask(h, eve, (Ask){ .kind = ASK_SHOW, .type = STR("nonconformity"), .number = STR("F-001") });

    assert_int_equal(bens.status, 200);
    assert_int_equal(eves.status, 404);
}

static void only_a_light_case_ends_with_its_correction(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_analysis(h, "major_nc");

    assert_refused(house_do(h, h->dan, NC, "decide-no-action", "F-001", "{\"reason\":\"enough\"}"), "R-102-3");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_case_lives_from_report_to_closing),
        IN_HOUSE(dues_follow_the_policy_in_working_days),
        IN_HOUSE(confirming_needs_a_requirement),
        IN_HOUSE(analysis_needs_a_correction_and_consequences),
        IN_HOUSE(a_plan_without_anything_is_refused_with_all_that_is_missing),
        IN_HOUSE(blame_alone_is_no_cause_until_it_is_said_what_allowed_it),
        IN_HOUSE(whoever_owns_an_action_does_not_approve_the_plan),
        IN_HOUSE(short_waiting_and_late_dates_need_the_approvers_reason),
        IN_HOUSE(done_is_what_is_proven),
        IN_HOUSE(verify_by_an_action_owner_is_refused),
        IN_HOUSE(whoever_advised_does_not_verify),
        IN_HOUSE(a_failed_verification_gives_the_action_back),
        IN_HOUSE(effectiveness_waits_for_its_day_and_its_data),
        IN_HOUSE(not_effective_begins_a_new_cycle),
        IN_HOUSE(the_reviewer_of_a_major_is_not_of_the_process),
        IN_HOUSE(an_extension_is_decided_by_somebody_without_a_part),
        IN_HOUSE(an_extension_after_the_date_is_refused),
        IN_HOUSE(the_date_of_a_body_is_a_wall),
        IN_HOUSE(a_fresh_report_is_rejected_or_voided_as_it_is),
        IN_HOUSE(voiding_takes_two),
        IN_HOUSE(a_strangers_case_is_not_there),
        IN_HOUSE(only_a_light_case_ends_with_its_correction),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
