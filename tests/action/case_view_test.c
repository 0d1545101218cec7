/* SPDX-License-Identifier: Apache-2.0
 * One case for its reader: all parts in a fixed number of queries, only what may be seen, and as it stood on a day. */
#include "../support/house.h"
#include "../support/world_action.h"
#include "action/case_view.h"
#include "record/next.h"
#include "record/view.h"

typedef struct {
    Nonconformity nc;
    CaseView view;
    NextStep next;
    size_t statements; /* that loading took */
} Look;

static Call *call_of(House *h, Id who)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .who = who, .door = "web" };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    return call;
}

/* F-001 as `who` sees it at the instant (none: now). */
static Look look_at(House *h, Id who, Time as_of)
{
    Look look  = { 0 };
    Call *call = call_of(h, who);
    bool found;

    bool done       = view_find(call, &nonconformity_type, STR("F-001"), &look.nc, &found, &h->t->err);
    size_t before   = db_statements(call->db);
    done            = done && case_view_load(call, &look.nc, as_of, &look.view, &h->t->err);
    look.statements = db_statements(call->db) - before;
    done            = done && next_step(call, &nonconformity_type, &look.nc, NULL, &look.next, &h->t->err);
    call_end(call);
    must(h->t, done);
    assert_true(found);
    return look;
}

static Look look(House *h, Id who)
{
    return look_at(h, who, (Time){ 0 });
}

static void a_cause(House *h, const char *text, const char *under)
{
    Str json = str_fmt(h->t->arena,
                       "{\"nonconformity\":\"F-001\",\"analysis\":\"AN-001-1\",\"kind\":\"why\",\"text\":\"%s\"%s%s%s}",
                       text, under[0] != '\0' ? ",\"parent\":\"" : "", under, under[0] != '\0' ? "\"" : "");
    house_must(h, h->ben, &cause_type, "create", "", str_to_c(h->t->arena, json));
}

static void a_case_has_all_its_parts(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_monitoring(h, "minor_nc");

    Look got = look(h, h->ada);

    assert_int_equal(got.view.corrections.len, 1);
    assert_int_equal(got.view.root_causes.len, 1);
    assert_int_equal(got.view.searches.len, 1);
    assert_int_equal(got.view.actions.len, 1);
    assert_int_equal(got.view.verifications.len, 1);
    assert_int_equal(got.view.evidence.len, 1);
    assert_true(str_eq_c(names_person(got.view.names, got.nc.owner), "Ben Bold"));
    assert_int_equal(case_actions(&got.view).done, 1);
    assert_null(case_isms_answer(&got.view, 1));
}

static void boxes_are_read_from_the_top_down(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    a_cause(h, "first", "");
    a_cause(h, "second", "");
    a_cause(h, "under the first", "BOX-001-1");

    Look got = look(h, h->ben);

    assert_int_equal(got.view.drawing.len, 3);
    assert_true(str_eq_c(got.view.drawing.at[1].cause->text, "under the first"));
    assert_int_equal(got.view.drawing.at[1].depth, 1);
    assert_true(str_eq_c(got.view.drawing.at[2].cause->text, "second"));
}

static void more_parts_cost_no_more_queries(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    a_cause(h, "why", "");
    a_cause(h, "and why", "BOX-001-1");
    Look small = look(h, h->ben);
    for (int i = 0; i < 8; i++) {
        a_cause(h, "and why", "BOX-001-1");
        house_must(
            h, h->ben, &action_type, "create", "",
            "{\"nonconformity\":\"F-001\",\"text\":\"more\",\"kind\":\"correct_cause\",\"root_cause\":\"F-001/R1\","
            "\"owner\":\"p-dan\",\"due\":\"2026-12-31\",\"resources\":\"1 day\",\"expected_proof\":\"run\"}");
    }

    Look large = look(h, h->ben);

    assert_int_equal(large.view.actions.len, 9);
    assert_int_equal(large.statements, small.statements);
}

static void evidence_of_a_case_is_for_those_who_work_on_it(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_implemented(h, "minor_nc");

    Look owner = look(h, h->ben), top = look(h, h->cleo);

    assert_int_equal(owner.view.evidence.len, 1);
    assert_int_equal(top.view.evidence.len, 0);
}

static void a_case_shows_what_was_there_on_that_day(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_planned(h, "minor_nc");
    Time then = h->t->world.fixed_now;
    days_pass(h, 3);
    house_must(h, h->ben, &root_cause_type, "edit", "F-001/R1", "{\"text\":\"Said better\"}");
    house_must(h, h->ben, &action_type, "cancel", "CA-001-1", "{\"why\":\"another\"}");

    Look got = look_at(h, h->ben, then);

    assert_int_equal(got.view.root_causes.len, 1);
    assert_true(str_eq_c(got.view.root_causes.at[0].text, "No alarm when a restore test is missing"));
    assert_int_equal(got.view.actions.at[0].head.state, ACTION_PLANNED);
    assert_int_equal(got.view.events.len, 0);
}

static void what_happened_is_told_newest_first(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");

    Look got = look(h, h->ada);

    assert_true(got.view.events.len > 3);
    assert_true(got.view.events.at[0].number > got.view.events.at[1].number);
    assert_int_equal(got.view.events_count,
                     got.view.events.len < CASE_EVENTS_MAX ? (int64_t)got.view.events.len : got.view.events_count);
    assert_true(str_eq_c(names_person(got.view.names, got.view.events.at[0].who), "Ada Admin"));
}

static void the_next_step_names_who_is_asked_and_what_stands_against_it(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_monitoring(h, "minor_nc");

    NextStep next = look(h, h->ada).next;

    assert_string_equal(next.verb->name, "effectiveness-review");
    assert_false(next.is_viewer);
    assert_true(str_eq_c(next.names.at[0], "Cleo Chief"));
    assert_true(next.refusals.len > 0);
    assert_true(str_eq_c(next.refusals.at[0].rule, "review-1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(a_case_has_all_its_parts),
        IN_HOUSE(boxes_are_read_from_the_top_down),
        IN_HOUSE(more_parts_cost_no_more_queries),
        IN_HOUSE(evidence_of_a_case_is_for_those_who_work_on_it),
        IN_HOUSE(a_case_shows_what_was_there_on_that_day),
        IN_HOUSE(what_happened_is_told_newest_first),
        IN_HOUSE(the_next_step_names_who_is_asked_and_what_stands_against_it),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
