/* SPDX-License-Identifier: Apache-2.0
 * http/slow.h: a few threads for work that would hold up the server's own. First come, first served; a bounded queue.
 */
#pragma once

#include "base/err.h"

typedef struct SlowPool SlowPool;

/* Lives inside the work that it is for. */
typedef struct SlowJob SlowJob;
struct SlowJob {
    SlowJob *next;
    void (*run)(SlowJob *job, int thread); /* 0 <= thread < threads */
};

MUST_USE bool slow_open(Arena *arena, int threads, size_t queue_max, SlowPool **out, Err *err);
/* Runs what is queued to its end, then ends the threads; pushes are refused from now on. The pool's memory stays valid.
 */
void slow_close(SlowPool *pool);
/* False when the queue is full or the pool is closed. */
MUST_USE bool slow_push(SlowPool *pool, SlowJob *job);
