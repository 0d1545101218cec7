/* SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"

#include <string.h>

#include "base/world.h"
#include "support/check.h"

static void memory_comes_zeroed_and_aligned_even_after_use(void **state)
{
    Arena *arena = *state;

    memset(arena_alloc(arena, 1000, 1), 0xFF, 1000);
    arena_reset(arena);
    arena_alloc(arena, 1, 1);
    for (size_t align = 1; align <= 4096; align *= 2) {
        unsigned char *at = arena_alloc(arena, 100, align);
        assert_int_equal((uintptr_t)at % align, 0);
        for (size_t i = 0; i < 100; i++)
            assert_int_equal(at[i], 0);
    }
}

static void size_zero_gives_a_valid_address(void **state)
{
    assert_non_null(arena_alloc(*state, 0, 1));
}

static void a_large_piece_gets_a_block_of_its_own(void **state)
{
    Arena *arena = *state;
    char *small  = arena_array(arena, char, 10);
    char *large  = arena_array(arena, char, 5 << 20);

    memset(large, 1, 5 << 20);
    memset(small, 2, 10);
    assert_int_equal(large[(5 << 20) - 1], 1);
    assert_true(arena_used(arena) >= (5 << 20) + 10);
}

/* Fills an arena of `limit` bytes in `step`s until it jumps; the bytes that were handed out. */
static size_t fill(size_t limit, size_t step)
{
    Arena *arena           = arena_open(limit);
    volatile size_t filled = 0;
    if (ARENA_TRY(arena)) {
        for (;;) {
            memset(arena_alloc(arena, step, 1), 1, step);
            filled += step;
        }
    }
    arena_close(arena);
    return filled;
}

static void the_limit_is_kept_and_ends_in_the_recovery_point(void **state)
{
    (void)state;
    static const size_t limits[] = { 1000, 64 << 10, 100000, 3 << 20 };
    for (size_t i = 0; i < countof(limits); i++) {
        size_t filled = fill(limits[i], 100);
        assert_true(filled <= limits[i]);
        assert_true(filled >= limits[i] / 2);
    }
    assert_int_equal(fill(0, 1), 0);
    assert_int_equal(fill(1000, SIZE_MAX - 8), 0);
}

static void a_product_that_overflows_ends_in_the_recovery_point(void **state)
{
    Arena *arena       = *state;
    volatile bool back = false;

    if (ARENA_TRY(arena))
        arena_alloc_many(arena, SIZE_MAX / 2, 3, 1);
    else
        back = true;

    assert_true(back);
    arena_forget_recovery(arena);
}

static void an_arena_works_again_after_a_jump_and_a_reset(void **state)
{
    (void)state;
    Arena *arena = arena_open(10000);
    for (int round = 0; round < 3; round++) {
        if (ARENA_TRY(arena)) {
            for (;;)
                arena_alloc(arena, 64, 8);
        }
        arena_reset(arena);
        assert_int_equal(arena_used(arena), 0);
    }
    arena_close(arena);
}

typedef struct {
    int order[8];
    int len;
} Trace;

typedef struct {
    Trace *trace;
    int name;
} Thing;

static void thing_release(void *memory)
{
    Thing *thing                             = memory;
    thing->trace->order[thing->trace->len++] = thing->name;
}

static void releases_run_newest_first_and_once(void **state)
{
    Arena *arena   = *state;
    Trace trace    = { 0 };
    Thing things[] = { { &trace, 1 }, { &trace, 2 }, { &trace, 3 } };
    for (size_t i = 0; i < countof(things); i++)
        arena_defer(arena, thing_release, &things[i]);

    arena_reset(arena);
    arena_reset(arena);

    assert_int_equal(trace.len, 3);
    assert_int_equal(trace.order[0], 3);
    assert_int_equal(trace.order[2], 1);
}

static void rewinding_releases_what_came_after_the_mark_only(void **state)
{
    Arena *arena = *state;
    Trace trace  = { 0 };
    Thing early  = { &trace, 1 };
    Thing late   = { &trace, 2 };
    char *kept   = arena_array(arena, char, 10);
    memset(kept, 7, 10);
    arena_defer(arena, thing_release, &early);
    size_t used    = arena_used(arena);
    ArenaMark mark = arena_mark(arena);
    arena_defer(arena, thing_release, &late);
    arena_array(arena, char, 3 << 20);

    arena_rewind(arena, mark);

    assert_int_equal(trace.len, 1);
    assert_int_equal(trace.order[0], 2);
    assert_int_equal(arena_used(arena), used);
    assert_int_equal(kept[9], 7);
    arena_reset(arena);
    assert_int_equal(trace.len, 2);
}

static void a_thing_is_released_even_without_memory_to_remember_it(void **state)
{
    Arena *arena          = *state;
    Trace trace           = { 0 };
    Thing thing           = { &trace, 1 };
    World world           = world_steered((Time){ 1 }, 1);
    world.fault_kinds     = FAULT_ALLOC;
    world.fault_countdown = 1;
    arena_fault(arena, &world);

    volatile bool back = false;
    if (ARENA_TRY(arena))
        arena_defer(arena, thing_release, &thing);
    else
        back = true;

    assert_true(back);
    assert_true(world.fault_hit);
    assert_int_equal(trace.len, 1);
    arena_forget_recovery(arena);
}

static void a_list_grows_and_keeps_its_elements(void **state)
{
    struct {
        int64_t *at;
        size_t len, cap;
    } list = { 0 };

    for (int64_t i = 0; i < 1000; i++) {
        int64_t *added = list_push(*state, &list);
        assert_int_equal(*added, 0);
        *added = i;
    }

    assert_int_equal(list.len, 1000);
    for (int64_t i = 0; i < 1000; i++)
        assert_int_equal(list.at[i], i);
}

static void reset_and_close_take_null(void **state)
{
    (void)state;
    arena_reset(NULL);
    arena_close(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(memory_comes_zeroed_and_aligned_even_after_use),
        arena_test(size_zero_gives_a_valid_address),
        arena_test(a_large_piece_gets_a_block_of_its_own),
        arena_test(the_limit_is_kept_and_ends_in_the_recovery_point),
        arena_test(a_product_that_overflows_ends_in_the_recovery_point),
        arena_test(an_arena_works_again_after_a_jump_and_a_reset),
        arena_test(releases_run_newest_first_and_once),
        arena_test(rewinding_releases_what_came_after_the_mark_only),
        arena_test(a_thing_is_released_even_without_memory_to_remember_it),
        arena_test(a_list_grows_and_keeps_its_elements),
        arena_test(reset_and_close_take_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
