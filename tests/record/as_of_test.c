/* SPDX-License-Identifier: Apache-2.0
 * All records of a type as they stood at an instant. */
#include "../support/errand.h"
#include "../support/house.h"
#include "record/history.h"

enum { ERRANDS = 230 }; /* more than two pages of the walk */

typedef struct {
    size_t seen;
    size_t renamed;
    IdList ids;
    Arena *arena;
} Count;

static void count_errand(void *context, const void *record)
{
    Count *count         = context;
    const Errand *errand = record;

    assert_false(id_list_has(&count->ids, errand->head.id));
    id_list_add(count->arena, &count->ids, errand->head.id);
    count->seen++;
    count->renamed += str_eq_c(errand->title, "renamed");
}

static Count count_at(House *h, Time at)
{
    Caller caller = { .app = h->app, .arena = h->t->arena, .is_system = true, .door = "job" };
    Count count   = { .arena = h->t->arena };
    Call *call;

    must(h->t, call_open(&caller, CALL_READ, &call, &h->t->err));
    must(h->t, record_each_as_of(call, &errand_type, at, count_errand, &count, &h->t->err));
    call_end(call);
    return count;
}

static void each_record_is_met_once_as_it_stood(void **state)
{
    House *h     = *state;
    Time created = h->t->world.fixed_now;
    for (int i = 0; i < ERRANDS; i++)
        house_must(h, h->ben, &errand_type, "create", "", "{\"title\":\"made\",\"owner\":\"p-ben\"}");
    h->t->world.fixed_now = time_add_seconds(created, DAY_SECONDS);
    house_must(h, h->ben, &errand_type, "edit", "E-007", "{\"title\":\"renamed\"}");
    house_must(h, h->ben, &errand_type, "edit", "E-199", "{\"title\":\"renamed\"}");

    Count before = count_at(h, time_add_seconds(created, -1)), then = count_at(h, created);
    Count now = count_at(h, h->t->world.fixed_now);

    assert_int_equal(before.seen, 0);
    assert_int_equal(then.seen, ERRANDS);
    assert_int_equal(then.renamed, 0);
    assert_int_equal(now.seen, ERRANDS);
    assert_int_equal(now.renamed, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = { IN_HOUSE(each_record_is_met_once_as_it_stood) };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
