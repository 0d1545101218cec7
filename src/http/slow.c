/* SPDX-License-Identifier: Apache-2.0
 * A linked queue under one mutex. The jobs are links of their own, so queueing needs no memory and cannot fail half. */
#include "http/slow.h"

#include <pthread.h>

typedef struct {
    SlowPool *pool;
    int index;
    pthread_t thread;
} SlowThread;

struct SlowPool {
    SlowThread *threads;
    int threads_len;
    pthread_mutex_t mutex; /* protects all below */
    pthread_cond_t changed;
    SlowJob *first, *last;
    size_t queued, queue_max;
    bool is_closing;
};

/* The next job, or NULL when the pool is closing and none is left. */
static SlowJob *job_take(SlowPool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    while (pool->first == NULL && !pool->is_closing)
        pthread_cond_wait(&pool->changed, &pool->mutex);
    SlowJob *job = pool->first;
    if (job != NULL) {
        pool->first = job->next;
        pool->queued--;
    }
    pthread_mutex_unlock(&pool->mutex);
    return job;
}

static void *work(void *context)
{
    SlowThread *thread = context;
    SlowJob *job;

    while ((job = job_take(thread->pool)) != NULL)
        job->run(job, thread->index);
    return NULL;
}

bool slow_open(Arena *arena, int threads, size_t queue_max, SlowPool **out, Err *err)
{
    SlowPool *pool = arena_new(arena, SlowPool);

    pool->threads   = arena_array(arena, SlowThread, (size_t)threads);
    pool->queue_max = queue_max;
    pthread_mutex_init(&pool->mutex, NULL);
    pthread_cond_init(&pool->changed, NULL);
    for (int i = 0; i < threads; i++) {
        SlowThread *thread = &pool->threads[i];
        *thread            = (SlowThread){ .pool = pool, .index = i };
        int failed         = pthread_create(&thread->thread, NULL, work, thread);
        if (failed != 0) {
            slow_close(pool);
            return err_set(err, ERR_LIMIT, failed, .what = STR("could not start the threads for slow work"),
                           .detail = STR("The system has no thread to spare."),
                           .hint   = STR("Raise the limit of the service for tasks."));
        }
        pool->threads_len++;
    }
    *out = pool;
    return true;
}

void slow_close(SlowPool *pool)
{
    pthread_mutex_lock(&pool->mutex);
    pool->is_closing = true;
    pthread_cond_broadcast(&pool->changed);
    pthread_mutex_unlock(&pool->mutex);
    for (int i = 0; i < pool->threads_len; i++)
        pthread_join(pool->threads[i].thread, NULL);
    pool->threads_len = 0;
}

bool slow_push(SlowPool *pool, SlowJob *job)
{
    pthread_mutex_lock(&pool->mutex);
    bool fits = !pool->is_closing && pool->queued < pool->queue_max;
    if (fits) {
        job->next = NULL;
        if (pool->first == NULL)
            pool->first = job;
        else
            pool->last->next = job;
        pool->last = job;
        pool->queued++;
        pthread_cond_signal(&pool->changed);
    }
    pthread_mutex_unlock(&pool->mutex);
    return fits;
}
