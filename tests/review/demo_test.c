/* SPDX-License-Identifier: Apache-2.0
 * The demonstration organisation, loaded by its verbs: all figures that its file expects, from the tables on its day
 * and from the ledger later; and what its people find in My work. */
#include "../support/stage.h"
#include "org/person.h"
#include "record/row.h"
#include "review/behind.h"
#include "review/indicators.h"
#include "review/work.h"

/* The stage with the whole story played. */
static int stage_played(void **state)
{
    if (stage_open(state) != 0) return -1;
    Stage *stage              = *state;
    ScenarioSettings settings = { .text = stage->text };
    ScenarioResult result;

    must(stage->t, scenario_load(stage->app, stage->arena, &settings, &result, &stage->t->err));
    stage->t->world.fixed_now = result.ends;
    return 0;
}

#define ON_STAGE(engine, test)                                                                                         \
    {                                                                                                                  \
        #test " (" #engine ")", test, stage_played, stage_close, &on_##engine                                          \
    }
#define ON_BOTH_STAGES(test) ON_STAGE(sqlite, test), ON_STAGE(postgres, test)

static Str json_of(Stage *stage, Date day)
{
    Caller caller = { .app = stage->app, .arena = stage->arena, .is_system = true, .door = "job" };
    Buf text      = buf_open(stage->arena, 1 << 20);
    json_t *json;
    Call *call;

    must(stage->t, call_open(&caller, CALL_READ, &call, &stage->t->err));
    must(stage->t, indicators_json(call, day, &json, &stage->t->err));
    json_write(&text, json);
    call_end(call);
    return buf_str(&text);
}

/* Compared as values: 189 and 189.0 are one number, members have no order. */
static void assert_expected(Stage *stage, Str got)
{
    const json_t *expected = json_object_get(stage->file, "expected_kpis");
    json_t *figures, *value;
    const char *key;

    must(stage->t, json_read(stage->arena, got, &figures, &stage->t->err));
    assert_int_equal(json_object_size(figures), json_object_size(expected));
    json_object_foreach(figures, key, value)
    {
        const json_t *other = json_object_get(expected, key);
        bool same =
            json_is_number(value) ? json_number_value(value) == json_number_value(other) : json_equal(value, other);
        if (!same) print_error("%s differs in %.*s\n", key, STR_ARG(got));
        assert_true(same);
    }
}

static void all_figures_are_those_that_are_expected(void **state)
{
    Stage *stage = *state;

    assert_expected(stage, json_of(stage, (Date){ 0 }));
}

/* Figures, and every row of the matrix, from both sources. */
static void later_the_ledger_tells_them_again(void **state)
{
    Stage *stage  = *state;
    World *world  = &stage->t->world;
    Caller caller = { .app = stage->app, .arena = stage->arena, .is_system = true, .door = "job" };
    Coverage coverage[2];
    Call *call;

    for (int i = 0; i < 2; i++) {
        must(stage->t, call_open(&caller, CALL_READ, &call, &stage->t->err));
        Then then = then_of(call, day("2026-11-16"));
        assert_int_equal(then.is_now, i == 0);
        must(stage->t, coverage_read(&then, &coverage[i], &stage->t->err));
        call_end(call);
        world->fixed_now = time_add_seconds(world->fixed_now, (int64_t)2 * DAY_SECONDS);
    }

    assert_expected(stage, json_of(stage, day("2026-11-16")));
    assert_int_equal(coverage[0].rows.len, 123);
    assert_int_equal(coverage[1].rows.len, 123);
    assert_int_equal(coverage[0].clauses_covered, 30);
    for (size_t i = 0; i < 123; i++) {
        const CoverageRow *now = &coverage[0].rows.at[i], *then = &coverage[1].rows.at[i];
        assert_int_equal(now->state, then->state);
        assert_true(id_eq(now->last.audit, then->last.audit));
        assert_true(id_eq(now->next.audit, then->next.audit));
        assert_true(id_eq(now->finding, then->finding));
        assert_memory_equal(&now->by_year[1].date, &then->by_year[1].date, sizeof(Date));
    }
    assert_int_equal(coverage[0].due.len, coverage[1].due.len);
}

static BehindRows records_of(Stage *stage, const char *id)
{
    Caller caller = { .app = stage->app, .arena = stage->arena, .is_system = true, .door = "job" };
    BehindRows rows;
    Call *call;

    must(stage->t, call_open(&caller, CALL_READ, &call, &stage->t->err));
    Then then = then_of(call, day("2026-11-16"));
    must(stage->t, indicator_records(&then, str_from_c(id), &rows, &stage->t->err));
    call_end(call);
    return rows;
}

static void assert_behind(Stage *stage, const char *id, int64_t counted, int64_t total)
{
    BehindRows rows = records_of(stage, id);

    if (rows.counted != counted || rows.total != total) print_error("%s\n", id);
    assert_int_equal(rows.counted, counted);
    assert_int_equal(rows.total, total);
    for (size_t i = 0; i < rows.len; i++)
        assert_true(rows.at[i].number.len > 0);
}

static void every_figure_opens_its_records(void **state)
{
    Stage *stage = *state;

    for (int round = 0; round < 2; round++) { /* from the tables, then from the ledger */
        assert_behind(stage, "K-2", 59 + 30, 93 + 30);
        assert_behind(stage, "K-3", 5, 5);
        assert_behind(stage, "K-4", 2, 10);
        assert_behind(stage, "K-5", 19, 19);
        assert_behind(stage, "K-6", 1, 5);
        assert_behind(stage, "K-7", 4, 5);
        check_str(records_of(stage, "K-6").at[0].number, "F-004");
        check_str(records_of(stage, "K-4").at[0].number, "F-013");
        stage->t->world.fixed_now = time_add_seconds(stage->t->world.fixed_now, DAY_SECONDS);
    }
}

static Works work_of(Stage *stage, const char *number)
{
    Caller program = { .app = stage->app, .arena = stage->arena, .is_system = true, .door = "web" };
    Caller caller  = { .app = stage->app, .arena = stage->arena, .door = "web" };
    Works works    = { 0 };
    Person person;
    Call *call;
    bool found;

    must(stage->t, call_open(&program, CALL_READ, &call, &stage->t->err));
    must(stage->t, record_find(call, &person_type, str_from_c(number), &person, &found, &stage->t->err));
    call_end(call);
    assert_true(found);
    caller.who = person.head.id;
    must(stage->t, call_open(&caller, CALL_READ, &call, &stage->t->err));
    must(stage->t, work_gather(call, &works, &stage->t->err));
    call_end(call);
    return works;
}

static void assert_work(Stage *stage, const char *person, WorkKind kind, const char *what)
{
    Works works = work_of(stage, person);

    for (size_t i = 0; i < works.len; i++) {
        if (works.at[i].kind == kind && str_eq_c(works.at[i].what, what)) return;
    }
    for (size_t i = 0; i < works.len; i++)
        print_error("  %s %d %.*s due %.*s\n", person, (int)works.at[i].kind, STR_ARG(works.at[i].what),
                    STR_ARG(date_to_iso(stage->arena, works.at[i].due)));
    fail_msg("%s is not asked \"%s\"", person, what);
}

static void people_find_their_work(void **state)
{
    Stage *stage = *state;

    assert_work(stage, "p-leg", WORK_DO, "F-021: find the cause and submit a plan");
    assert_work(stage, "p-ciso", WORK_DO, "CA-013-1: do it and show the proof");
    assert_work(stage, "p-ceo", WORK_DECIDE, "F-019: decide on the plan");
    assert_work(stage, "p-eng", WORK_WAIT, "F-019: the decision on your plan");
    assert_work(stage, "p-apm", WORK_DECIDE, "F-024: decide on the dispute");
    assert_work(stage, "p-it", WORK_WAIT, "F-024: the decision on your dispute");
    assert_work(stage, "p-apm", WORK_DO, "F-023: verify that it was done as planned");
    assert_work(stage, "p-it", WORK_DO, "ER-26-114: give what is asked for");
    assert_work(stage, "p-apm", WORK_WAIT, "ER-26-114: evidence that you asked for");
    assert_work(stage, "p-apm", WORK_DECIDE, "IA-26-05/A.8.24-2: review the paper");
    assert_work(stage, "p-au1", WORK_WAIT, "IA-26-05/A.8.24-2: the review of your paper");
    assert_work(stage, "p-it", WORK_DO, "F-018: carry the improvement out");
    assert_work(stage, "p-sup", WORK_DO, "MR-26-2/e: give the input of the review");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH_STAGES(all_figures_are_those_that_are_expected),
        ON_BOTH_STAGES(later_the_ledger_tells_them_again),
        ON_BOTH_STAGES(every_figure_opens_its_records),
        ON_BOTH_STAGES(people_find_their_work),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
