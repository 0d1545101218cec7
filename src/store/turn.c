/* SPDX-License-Identifier: Apache-2.0
 * The write turn: a ticket lock on a mutex and a condition. The mutex is only held to move the two numbers, never while
 * a transaction runs. */
#include "store/turn.h"

#include <assert.h>

void turn_init(Turn *turn)
{
    *turn = (Turn){ 0 };
    pthread_mutex_init(&turn->mutex, NULL);
    pthread_cond_init(&turn->moved, NULL);
}

void turn_release(Turn *turn)
{
    assert(!turn->held);
    pthread_cond_destroy(&turn->moved);
    pthread_mutex_destroy(&turn->mutex);
}

void turn_take(Turn *turn)
{
    pthread_mutex_lock(&turn->mutex);
    assert(!turn->held || !pthread_equal(turn->holder, pthread_self()));
    uint64_t ticket = turn->next_ticket++;
    while (ticket != turn->serving)
        pthread_cond_wait(&turn->moved, &turn->mutex);
    turn->holder = pthread_self();
    turn->held   = true;
    pthread_mutex_unlock(&turn->mutex);
}

void turn_give(Turn *turn)
{
    pthread_mutex_lock(&turn->mutex);
    assert(turn->held);
    turn->held = false;
    turn->serving++;
    pthread_cond_broadcast(&turn->moved);
    pthread_mutex_unlock(&turn->mutex);
}
