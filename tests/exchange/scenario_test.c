/* SPDX-License-Identifier: Apache-2.0
 * Loading a scenario: the demonstration organisation by its verbs, and files that are not what they should be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "action/nonconformity.h"
#include "org/person.h"
#include "record/row.h"
#include "support/stage.h"

static bool load_until(Stage *stage, const char *until, ScenarioResult *result)
{
    Buf text                  = buf_open(stage->arena, SCENARIO_BYTES_MAX);
    ScenarioSettings settings = { 0 };

    json_write(&text, stage->file);
    settings.text = buf_str(&text);
    if (until != NULL) assert_true(date_from_iso(str_from_c(until), &settings.until));
    return scenario_load(stage->app, stage->arena, &settings, result, &stage->t->err);
}

static bool load(Stage *stage, ScenarioResult *result)
{
    return load_until(stage, NULL, result);
}

static int64_t count_people(Stage *stage)
{
    Caller caller = { .app = stage->app, .arena = stage->arena, .is_system = true };
    Call *call;
    int64_t count;

    must(stage->t, call_open(&caller, CALL_READ, &call, &stage->t->err));
    must(stage->t, record_count(call, &person_type, STR("id > 0"), NO_BINDS, &count, &stage->t->err));
    call_end(call);
    return count;
}

static Nonconformity the_case(Stage *stage, const char *number)
{
    Caller caller = { .app = stage->app, .arena = stage->arena, .is_system = true };
    Nonconformity nc;
    Call *call;
    bool found;

    must(stage->t, call_open(&caller, CALL_READ, &call, &stage->t->err));
    must(stage->t, record_find(call, &nonconformity_type, str_from_c(number), &nc, &found, &stage->t->err));
    call_end(call);
    assert_true(found);
    return nc;
}

/* What was said of the file, at which place; and that nothing is left. */
static void assert_file_refused(Stage *stage, const char *place, const char *detail)
{
    ScenarioResult result;

    must_fail(stage->t, load(stage, &result), ERR_FORMAT);
    if (strstr(stage->t->err.what, place) == NULL || strstr(stage->t->err.detail, detail) == NULL)
        fail_msg("expected \"%s\" with \"%s\", got \"%s\" with \"%s\"", place, detail, stage->t->err.what,
                 stage->t->err.detail);
    assert_int_equal(count_people(stage), 0);
}

static json_t *item(const json_t *list, size_t index)
{
    json_t *found = json_array_get(list, index);
    assert_non_null(found);
    return found;
}

static json_t *finding(Stage *stage, size_t index)
{
    return item(json_object_get(stage->file, "findings"), index);
}

static json_t *step(json_t *finding, const char *verb)
{
    const json_t *history = json_object_get(finding, "history");

    for (size_t i = 0; i < json_array_size(history); i++) {
        if (str_eq_c(json_text(json_array_get(history, i), "verb"), verb)) return json_array_get(history, i);
    }
    fail_msg("no such step: %s", verb);
    return NULL;
}

/* ------------------------------------------------------------------------------------------------------- the whole */

static void the_demonstration_leads_to_the_states_that_it_stores(void **state)
{
    Stage *stage = *state;
    ScenarioResult result;

    must(stage->t, load(stage, &result));

    assert_int_equal(result.people, 19);
    assert_true(result.steps > 600 && result.verbs > 1600);
    assert_int_equal(the_case(stage, "F-021").head.state, NC_ANALYSIS);
    assert_int_equal(the_case(stage, "F-002").cycle.value, 2);
    assert_int_equal(the_case(stage, "F-013").plans_returned.value, 1);
}

static void a_second_scenario_is_not_loaded_over_the_first(void **state)
{
    Stage *stage = *state;
    ScenarioResult result;

    must(stage->t, load_until(stage, "2025-04-01", &result));
    must_fail(stage->t, load(stage, &result), ERR_USAGE);
    assert_int_equal(count_people(stage), 19);
}

static void a_load_until_a_day_is_the_organisation_as_it_stood_then(void **state)
{
    Stage *stage = *state;
    ScenarioResult result;

    must(stage->t, load_until(stage, "2026-05-25", &result));

    assert_int_equal(the_case(stage, "F-013").head.state, NC_ANALYSIS);
    assert_int_equal(the_case(stage, "F-010").head.state, NC_MONITORING);
}

/* ------------------------------------------------------------------------------------------------------- broken files
 */

static void an_unknown_key_is_named_with_its_place(void **state)
{
    Stage *stage = *state;

    json_object_set_new(step(finding(stage, 0), "agree"), "mood", json_string("good"));

    assert_file_refused(stage, "findings[0].history[4].mood", "no such key");
}

static void a_key_of_another_verb_is_named_with_its_place(void **state)
{
    Stage *stage = *state;

    json_object_set_new(step(finding(stage, 0), "agree"), "issued", json_string("early"));

    assert_file_refused(stage, "findings[0].history[4].issued", "\"agree\" takes no such key");
}

static void an_unknown_verb_is_named_with_its_place(void **state)
{
    Stage *stage = *state;

    json_object_set_new(step(finding(stage, 0), "agree"), "verb", json_string("nod"));

    assert_file_refused(stage, "findings[0].history[4].verb", "\"nod\"");
}

static void an_unknown_value_is_answered_by_the_known_ones(void **state)
{
    Stage *stage = *state;

    json_object_set_new(finding(stage, 1), "significance", json_string("huge"));

    assert_file_refused(stage, "findings[1].significance", "low medium high critical");
}

static void an_unknown_person_is_named_with_its_place(void **state)
{
    Stage *stage = *state;

    json_object_set_new(item(json_object_get(stage->file, "processes"), 2), "owner", json_string("p-nobody"));

    assert_file_refused(stage, "processes[2].owner", "p-nobody");
}

static void a_day_that_is_none_is_named_with_its_place(void **state)
{
    Stage *stage = *state;

    json_object_set_new(item(json_object_get(stage->file, "documents"), 0), "date", json_string("2025-02-30"));

    assert_file_refused(stage, "documents[0].date", "YYYY-MM-DD");
}

static void a_step_that_a_guard_refuses_says_which_rule(void **state)
{
    Stage *stage = *state;

    json_object_set_new(step(finding(stage, 1), "approve_plan"), "by", json_string("p-it"));

    assert_file_refused(stage, "findings[1].history[12].verb: approve_plan", "who");
}

static void the_owner_of_an_action_does_not_verify_it_here_either(void **state)
{
    Stage *stage = *state;

    json_object_set_new(finding(stage, 1), "verifier", json_string("p-it"));

    assert_file_refused(stage, "findings[1].history[12].verb: approve_plan", "G-06");
}

static void a_refusal_that_does_not_come_is_an_error(void **state)
{
    Stage *stage    = *state;
    json_t *refused = item(json_object_get(item(json_object_get(stage->file, "audits"), 8), "refused_proposals"), 0);

    json_object_set_new(refused, "person", json_string("p-apm"));

    assert_file_refused(stage, "audits[8].refused_proposals[0]", "G-01");
}

static void a_stored_state_that_the_steps_do_not_reach_is_told(void **state)
{
    Stage *stage = *state;

    json_object_set_new(finding(stage, 20), "state", json_string("PLAN_REVIEW"));

    assert_file_refused(stage, "findings[20].state", "expected \"plan_review\", got \"analysis\"");
}

static void form_three_is_not_read(void **state)
{
    Stage *stage = *state;

    json_object_set_new(stage->file, "form", json_integer(3));

    assert_file_refused(stage, "form", "form 2");
}

// clang-format off
#define STAGED(test) \
    { #test " (SQLite)", test, stage_open, stage_close, &on_sqlite }, \
    { #test " (PostgreSQL)", test, stage_open, stage_close, &on_postgres }
#define STAGED_ON_SQLITE(test) { #test " (SQLite)", test, stage_open, stage_close, &on_sqlite }
// clang-format on

int main(void)
{
    const struct CMUnitTest tests[] = {
        STAGED(the_demonstration_leads_to_the_states_that_it_stores),
        STAGED_ON_SQLITE(a_second_scenario_is_not_loaded_over_the_first),
        STAGED_ON_SQLITE(a_load_until_a_day_is_the_organisation_as_it_stood_then),
        STAGED_ON_SQLITE(an_unknown_key_is_named_with_its_place),
        STAGED_ON_SQLITE(a_key_of_another_verb_is_named_with_its_place),
        STAGED_ON_SQLITE(an_unknown_verb_is_named_with_its_place),
        STAGED_ON_SQLITE(an_unknown_value_is_answered_by_the_known_ones),
        STAGED_ON_SQLITE(an_unknown_person_is_named_with_its_place),
        STAGED_ON_SQLITE(a_day_that_is_none_is_named_with_its_place),
        STAGED(a_step_that_a_guard_refuses_says_which_rule),
        STAGED_ON_SQLITE(the_owner_of_an_action_does_not_verify_it_here_either),
        STAGED_ON_SQLITE(a_refusal_that_does_not_come_is_an_error),
        STAGED(a_stored_state_that_the_steps_do_not_reach_is_told),
        STAGED_ON_SQLITE(form_three_is_not_read),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
