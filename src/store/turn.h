/* SPDX-License-Identifier: Apache-2.0
 * store/turn.h: the organisation's write turn inside this process, first come, first served.
 *
 * A plain mutex lets the thread that has just released it take it again at once: under load single writers waited for
 * more than 100 ms. With tickets the longest wait is the number of waiters times one transaction. */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct {
    pthread_mutex_t mutex; /* protects what follows */
    pthread_cond_t moved;
    uint64_t next_ticket;
    uint64_t serving;
    pthread_t holder; /* valid while `held`: a thread that waits for itself is a mistake of ours */
    bool held;
} Turn;

void turn_init(Turn *turn);
void turn_release(Turn *turn);
/* Waits until everybody who came earlier is done. */
void turn_take(Turn *turn);
void turn_give(Turn *turn);
