/* SPDX-License-Identifier: Apache-2.0
 * The register of nonconformities: late in a list is late in the record, and each view counts what it lists. */
#include "../support/house.h"
#include "../support/world_action.h"
#include "action/case_register.h"
#include "action/due.h"
#include "record/view.h"

typedef struct {
    ListPage page;
    int64_t counts[CASE_TABS];
    StrList next; /* of each row */
} Look;

static Look look(House *h, Id who, CaseTab tab)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .who = who, .door = "web" };
    ListQuery query;
    Look look       = { 0 };
    ActionList next = { 0 };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    bool done   = list_read(call, &nonconformity_type, &(ParamList){ 0 }, &query, &h->t->err);
    query.where = case_tab_where(call, tab);
    done        = done && list_run(call, &query, &look.page, &h->t->err);
    done        = done && case_tab_counts(call, look.counts, &h->t->err);
    done        = done && case_next_actions(call, &next, &h->t->err);
    for (size_t i = 0; done && i < look.page.len; i++)
        *list_push(h->t->arena, &look.next) = case_next_words(call, look.page.records[i], &next);
    call_end(call);
    must(h->t, done);
    return look;
}

static Date today_of(House *h)
{
    return zone_date(h->app->zone, h->t->world.fixed_now);
}

static void assert_late_as_the_record_says(House *h)
{
    Look all = look(h, h->ada, CASES_ALL), late = look(h, h->ada, CASES_LATE);
    int64_t expected = 0;

    for (size_t i = 0; i < all.page.len; i++) {
        bool is_late = due_late_step(all.page.records[i], today_of(h)) != 0;
        assert_int_equal(due_is_late(all.page.records[i], today_of(h)), is_late);
        expected += is_late;
    }
    assert_int_equal(late.page.total, expected);
    for (size_t i = 0; i < late.page.len; i++)
        assert_int_not_equal(due_late_step(late.page.records[i], today_of(h)), 0);
}

/* Eight months of a case that somebody left at `stage`. */
static void watch_it_grow_late(House *h, void (*stage)(House *, const char *))
{
    action_begin(h);
    stage(h, "minor_nc");
    for (int month = 0; month < 8; month++, days_pass(h, 30))
        assert_late_as_the_record_says(h);
    assert_int_equal(look(h, h->ada, CASES_LATE).page.total, 1);
}

static void late_when_nobody_acknowledges(void **state)
{
    watch_it_grow_late(*state, a_case_assigned);
}

static void late_when_nobody_analyses(void **state)
{
    watch_it_grow_late(*state, a_case_in_analysis);
}

static void late_when_an_action_is_not_done(void **state)
{
    watch_it_grow_late(*state, a_case_in_progress);
}

static void late_when_nobody_verifies(void **state)
{
    watch_it_grow_late(*state, a_case_implemented);
}

static void late_when_nobody_reviews(void **state)
{
    watch_it_grow_late(*state, a_case_monitoring);
}

static void every_view_counts_what_it_lists(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");
    house_must(
        h, h->dan, &nonconformity_type, "register", "",
        "{\"source\":\"complaint\",\"source_ref\":\"C-1\",\"title\":\"x\",\"condition\":\"y\",\"process\":\"PR-01\"}");

    for (int tab = 0; tab < CASE_TABS; tab++) {
        Look got = look(h, h->ada, (CaseTab)tab);
        assert_int_equal(got.counts[tab], got.page.total);
    }
    assert_int_equal(look(h, h->ada, CASES_OUTSIDE).page.total, 1);
}

static void what_waits_for_me_is_my_step(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");
    assert_int_equal(look(h, h->ben, CASES_MINE).page.total, 1); /* his action */
    assert_int_equal(look(h, h->dan, CASES_MINE).page.total, 0);
    house_must(
        h, h->dan, &nonconformity_type, "register", "",
        "{\"source\":\"complaint\",\"source_ref\":\"C-1\",\"title\":\"x\",\"condition\":\"y\",\"process\":\"PR-01\"}");

    assert_int_equal(look(h, h->dan, CASES_MINE).page.total, 1); /* to be confirmed */
    assert_int_equal(look(h, h->ben, CASES_MINE).page.total, 1);
}

static void a_row_says_what_comes_next(void **state)
{
    House *h = *state;
    action_begin(h);
    a_case_in_progress(h, "minor_nc");

    assert_true(str_eq_c(look(h, h->ada, CASES_OPEN).next.at[0], "action CA-001-1"));
}

static void a_view_has_a_name_in_the_address(void **state)
{
    CaseTab tab = CASES_ALL;

    (void)state;
    assert_true(case_tab_find(STR("late"), &tab) && tab == CASES_LATE);
    assert_true(case_tab_find(STR(""), &tab) && tab == CASES_OPEN);
    assert_false(case_tab_find(STR("later"), &tab));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_HOUSE(late_when_nobody_acknowledges),
        IN_HOUSE(late_when_nobody_analyses),
        IN_HOUSE(late_when_an_action_is_not_done),
        IN_HOUSE(late_when_nobody_verifies),
        IN_HOUSE(late_when_nobody_reviews),
        IN_HOUSE(every_view_counts_what_it_lists),
        IN_HOUSE(what_waits_for_me_is_my_step),
        IN_HOUSE(a_row_says_what_comes_next),
        cmocka_unit_test(a_view_has_a_name_in_the_address),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
