/* SPDX-License-Identifier: Apache-2.0
 * Indicators: what is counted, and that an earlier day is told as it was seen then. */
#include "review/indicators.h"

#include "../support/house.h"
#include "../support/world_action.h"
#include "action/action.h"
#include "action/effectiveness.h"
#include "action/recurrence.h"
#include "org/control.h"
#include "org/framework.h"

static Indicators indicators_on(House *h, const char *iso, json_t **json)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .is_system = true, .door = "job" };
    Indicators out;
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, indicators_read(call, day(iso), &out, &h->t->err));
    *json = indicators_to_json(call, &out);
    call_end(call);
    return out;
}

static void check_json(House *h, const json_t *value, const char *expected)
{
    Buf text = buf_open(h->t->arena, 1 << 16);
    json_write(&text, value);
    check_str(buf_str(&text), expected);
}

/* F-001 is registered and confirmed on 16 November 2026, its plan approved the same day, its action due on 31 December
 * and done on 16 November; verified, and reviewed after 90 days. */
static void close_the_case(House *h)
{
    static const char *const parts[] = { "risk", "soa", "policy", "procedure", "training", "programme" };

    for (size_t i = 0; i < countof(parts); i++) {
        Str json =
            str_fmt(h->t->arena,
                    "{\"nonconformity\":\"F-001\",\"what\":\"%s\",\"before\":\"b\",\"after\":\"no change\"}", parts[i]);
        house_must(h, h->ben, &isms_change_type, "create", "", str_to_c(h->t->arena, json));
    }
    house_must(
        h, h->cleo, &nonconformity_type, "effectiveness-review", "F-001",
        "{\"result\":\"effective\",\"data\":\"history\",\"occurrences\":2,\"value\":\"no gap\",\"lessons\":\"watch\"}");
}

static void an_empty_organisation_has_no_figures(void **state)
{
    House *h = *state;
    json_t *json;

    Indicators got = indicators_on(h, "2026-11-16", &json);

    assert_int_equal(indicators_nonconformities(&got), 0);
    check_json(h, json_object_get(json, "overdue_ratio_open"), "null");
    check_json(h, json_object_get(json, "mean_days_to_close"), "null");
    check_json(h, json_object_get(json, "overdue_nonconformities"), "[]");
    check_json(h, json_object_get(json, "findings_by_type"), "{}");
}

static void an_open_case_is_late_after_its_due_day(void **state)
{
    House *h = *state;
    json_t *json;
    action_begin(h);
    a_case_assigned(h, "major_nc"); /* acknowledge by 18 November */
    days_pass(h, 3);

    indicators_on(h, "2026-11-18", &json);
    check_json(h, json_object_get(json, "overdue_nonconformities"), "[]");

    Indicators got = indicators_on(h, "2026-11-19", &json);
    check_json(h, json_object_get(json, "overdue_nonconformities"), "[[\"F-001\",[\"acknowledge\"]]]");
    check_json(h, json_object_get(json, "overdue_ratio_open"), "1");
    check_json(h, json_object_get(json, "major_open"), "[\"F-001\"]");
    check_json(h, json_object_get(json, "findings_by_state"), "{\"ASSIGNED\":1}");
    assert_int_equal(open_cases_aged(&got.cases.open, day("2026-11-19"), NC_MAJOR, 0), 1);
    assert_int_equal(open_cases_aged(&got.cases.open, day("2026-12-17"), NC_MAJOR, 1), 1);
}

static void an_action_past_its_due_is_late_and_so_is_its_case(void **state)
{
    House *h = *state;
    json_t *json;
    action_begin(h);
    a_case_in_progress(h, "minor_nc"); /* its action is due on 31 December */
    days_pass(h, 46);

    indicators_on(h, "2026-12-31", &json);
    check_json(h, json_object_get(json, "overdue_actions"), "[]");

    Indicators got = indicators_on(h, "2027-01-01", &json);
    check_json(h, json_object_get(json, "overdue_actions"), "[\"CA-001-1\"]");
    check_json(h, json_object_get(json, "overdue_nonconformities"), "[[\"F-001\",[\"action\"]]]");
    check_json(h, json_object_get(json, "actions_done"), "0");
    assert_int_equal(open_cases_late_first(&got.cases.open), 1);
}

static void a_closed_case_gives_days_effect_and_no_lateness(void **state)
{
    House *h = *state;
    json_t *json;
    action_begin(h);
    a_case_monitoring(h, "minor_nc");
    days_pass(h, 90);
    close_the_case(h);

    Indicators got = indicators_on(h, "2027-02-14", &json);

    check_json(h, json_object_get(json, "nonconformities_closed"), "1");
    check_json(h, json_object_get(json, "mean_days_to_close"), "90");
    check_json(h, json_object_get(json, "actions_done_on_time"), "1");
    check_json(h, json_object_get(json, "effectiveness_reviews_first_pass"),
               "{\"performed\":1,\"effective\":1,\"not_effective\":0}");
    check_json(h, json_object_get(json, "recurrence_rate_closed"), "0");
    assert_int_equal(got.cases.plans_submitted, 1);
    assert_int_equal(got.effects.by_category[11], 1); /* monitoring missing */
}

static void only_a_confirmed_same_cause_is_a_recurrence(void **state)
{
    House *h = *state;
    json_t *json;
    action_begin(h);
    a_case_monitoring(h, "minor_nc");
    days_pass(h, 90);
    close_the_case(h);
    days_pass(h, 1);
    house_must(
        h, h->dan, &nonconformity_type, "register", "",
        "{\"source\":\"incident\",\"source_ref\":\"INC-9\",\"title\":\"Backups again\",\"condition\":\"A restore "
        "failed\",\"process\":\"PR-01\",\"refs\":[\"A.8.13\"]}");
    house_must(h, h->ada, &nonconformity_type, "confirm", "F-002", "{\"kind\":\"minor_nc\",\"significance\":\"low\"}");
    house_must(
        h, h->ada, &recurrence_type, "create", "",
        "{\"nonconformity\":\"F-002\",\"earlier\":\"F-001\",\"decision\":\"same_theme\",\"reason\":\"backups\"}");
    indicators_on(h, "2027-02-15", &json);
    check_json(h, json_object_get(json, "recurrence_rate_closed"), "0");

    house_must(
        h, h->ada, &recurrence_type, "create", "",
        "{\"nonconformity\":\"F-002\",\"earlier\":\"F-001\",\"decision\":\"same_cause\",\"reason\":\"same gap\"}");
    indicators_on(h, "2027-02-15", &json);
    check_json(h, json_object_get(json, "recurrence_rate_closed"), "1");
}

/* The heart of it: whatever happens later, an earlier day is told as it was told on that day. */
static void an_earlier_day_is_told_as_it_was_seen_then(void **state)
{
    House *h = *state;
    json_t *seen[6], *told;
    const char *const days[] = { "2026-11-16", "2026-11-17", "2026-11-19", "2027-01-01", "2027-02-14", "2027-02-15" };
    action_begin(h);

    a_case_assigned(h, "major_nc");
    indicators_on(h, days[0], &seen[0]);
    days_pass(h, 1);
    house_must(
        h, h->dan, &nonconformity_type, "register", "",
        "{\"source\":\"incident\",\"source_ref\":\"INC-9\",\"title\":\"Second\",\"condition\":\"A restore failed\","
        "\"process\":\"PR-01\"}");
    indicators_on(h, days[1], &seen[1]);
    days_pass(h, 2);
    indicators_on(h, days[2], &seen[2]);
    days_pass(h, 43);
    house_must(h, h->ben, &nonconformity_type, "acknowledge", "F-001", "");
    indicators_on(h, days[3], &seen[3]);
    days_pass(h, 44);
    house_must(h, h->ada, &nonconformity_type, "edit", "F-002", "{\"kind\":\"minor_nc\",\"significance\":\"low\"}");
    house_must(h, h->ada, &nonconformity_type, "reject", "F-002", "{\"why\":\"It is none\"}");
    indicators_on(h, days[4], &seen[4]);
    days_pass(h, 1);
    indicators_on(h, days[5], &seen[5]);
    days_pass(h, 1);

    for (size_t i = 0; i < countof(days); i++) {
        indicators_on(h, days[i], &told);
        Buf text = buf_open(h->t->arena, 1 << 16);
        json_write(&text, seen[i]);
        check_json(h, told, str_to_c(h->t->arena, buf_str(&text)));
    }
    check_json(h, json_object_get(seen[2], "overdue_nonconformities"), "[[\"F-001\",[\"acknowledge\"]]]");
    check_json(h, json_object_get(seen[1], "nonconformities_open"), "2");
    check_json(h, json_object_get(seen[4], "nonconformities_open"), "1");
}

static void tables_and_ledger_tell_the_same_of_a_whole_life(void **state)
{
    House *h = *state;
    json_t *now, *then;
    action_begin(h);
    a_case_monitoring(h, "minor_nc");
    days_pass(h, 90);
    close_the_case(h);

    Indicators by_tables = indicators_on(h, "2027-02-14", &now);
    days_pass(h, 1);
    Indicators by_ledger = indicators_on(h, "2027-02-14", &then);

    Buf text = buf_open(h->t->arena, 1 << 16);
    json_write(&text, now);
    check_json(h, then, str_to_c(h->t->arena, buf_str(&text)));
    assert_memory_equal(by_tables.effects.by_category, by_ledger.effects.by_category,
                        sizeof by_tables.effects.by_category);
    assert_memory_equal(by_tables.cases.by_source, by_ledger.cases.by_source, sizeof by_tables.cases.by_source);
    assert_int_equal(by_tables.cases.plans_submitted, by_ledger.cases.plans_submitted);
}

static void the_number_of_statements_does_not_grow(void **state)
{
    House *h      = *state;
    Caller caller = { .app = h->app, .arena = h->t->arena, .is_system = true, .door = "job" };
    size_t statements[2];
    Indicators out;
    Call *call;
    action_begin(h);

    for (size_t round = 0; round < 2; round++) {
        must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
        size_t before = db_statements(call->db);
        must(h->t, indicators_read(call, call->today, &out, &h->t->err));
        statements[round] = db_statements(call->db) - before;
        call_end(call);
        if (round == 0) a_case_in_progress(h, "minor_nc");
    }

    assert_int_equal(statements[0], statements[1]);
    assert_true(statements[1] <= 24);
}

static void a_control_that_does_not_apply_is_not_asked_for(void **state)
{
    House *h = *state;
    json_t *json;
    action_begin(h);
    house_must(h, h->ada, &framework_type, "activate", "ISO27001-2022", "");
    Indicators before = indicators_on(h, "2026-11-16", &json);
    house_must(h, h->ada, &control_type, "create", "",
               "{\"number\":\"A.8.13\",\"requirement\":\"A.8.13\",\"applicable\":false,\"justification\":\"No "
               "backups\",\"implementation\":\"not_implemented\"}");

    Indicators after = indicators_on(h, "2026-11-16", &json);

    assert_int_equal(before.coverage.controls, 1);
    assert_int_equal(before.coverage.rows.at[0].state, COVERAGE_NONE);
    assert_int_equal(after.coverage.controls, 0);
    check_json(h, json_object_get(json, "controls_covered_percent"), "null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(an_empty_organisation_has_no_figures),
        IN_HOUSE(an_open_case_is_late_after_its_due_day),
        IN_HOUSE(an_action_past_its_due_is_late_and_so_is_its_case),
        IN_HOUSE(a_closed_case_gives_days_effect_and_no_lateness),
        IN_HOUSE(only_a_confirmed_same_cause_is_a_recurrence),
        IN_HOUSE(an_earlier_day_is_told_as_it_was_seen_then),
        IN_HOUSE(tables_and_ledger_tell_the_same_of_a_whole_life),
        IN_HOUSE(the_number_of_statements_does_not_grow),
        IN_HOUSE(a_control_that_does_not_apply_is_not_asked_for),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
