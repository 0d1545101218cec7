/* SPDX-License-Identifier: Apache-2.0
 * The write turn: first come, first served. */
#include "store/turn.h"

#include <sched.h>

#include "support/check.h"

enum { WAITERS = 12 };

typedef struct {
    Turn *turn;
    int number;
    int *order; /* who had the turn, in sequence; written only by whoever has it */
    int *order_len;
} Waiter;

static void *wait_for_turn(void *thing)
{
    Waiter *waiter = thing;
    turn_take(waiter->turn);
    waiter->order[(*waiter->order_len)++] = waiter->number;
    turn_give(waiter->turn);
    return NULL;
}

/* Until `count` threads have asked for the turn, the holder included. */
static void until_asked(Turn *turn, uint64_t count)
{
    for (;;) {
        pthread_mutex_lock(&turn->mutex);
        uint64_t asked = turn->next_ticket;
        pthread_mutex_unlock(&turn->mutex);
        if (asked >= count) return;
        sched_yield();
    }
}

static void whoever_asks_first_is_served_first(void **state)
{
    (void)state;
    Turn turn;
    pthread_t threads[WAITERS];
    Waiter waiters[WAITERS];
    int order[WAITERS], order_len = 0;
    turn_init(&turn);
    turn_take(&turn);
    for (int i = 0; i < WAITERS; i++) {
        waiters[i] = (Waiter){ .turn = &turn, .number = i, .order = order, .order_len = &order_len };
        assert_int_equal(pthread_create(&threads[i], NULL, wait_for_turn, &waiters[i]), 0);
        until_asked(&turn, (uint64_t)i + 2);
    }
    assert_int_equal(order_len, 0);

    turn_give(&turn);
    for (int i = 0; i < WAITERS; i++)
        pthread_join(threads[i], NULL);

    assert_int_equal(order_len, WAITERS);
    for (int i = 0; i < WAITERS; i++)
        assert_int_equal(order[i], i);
    turn_release(&turn);
}

static void a_turn_given_back_can_be_taken_again(void **state)
{
    (void)state;
    Turn turn;
    turn_init(&turn);
    for (int i = 0; i < 3; i++) {
        turn_take(&turn);
        turn_give(&turn);
    }
    assert_int_equal(turn.serving, 3);
    turn_release(&turn);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whoever_asks_first_is_served_first),
        cmocka_unit_test(a_turn_given_back_can_be_taken_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
