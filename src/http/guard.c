/* SPDX-License-Identifier: Apache-2.0
 * One slot per possible connection, one mutex over them, one thread that looks every fifth of a second. Cutting is
 * shutdown(2): the library sees the end of the connection on its own thread and closes the descriptor, after it has
 * told us (guard_forget), so a descriptor in a slot is never somebody else's. */
#include "http/guard.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SWEEP_MS = 200, LINGER_MS = 2000, SLOTS_SPARE = 32 };

struct Watch {
    int descriptor;
    bool is_used, is_tls, is_cut;
    WatchState state;
    int64_t since_us;    /* the state began */
    int64_t deadline_us; /* of IDLE, HEAD, SEND and LINGER */
    int64_t received;    /* bytes of the body */
};

struct Guard {
    GuardLimits limits;
    pthread_mutex_t mutex; /* protects all below */
    Watch *watches;
    size_t len, used;
    bool is_draining;
    int wake; /* eventfd: written once to end the thread */
    pthread_t thread;
};

static int64_t now_us(Guard *guard)
{
    return world_monotonic_us(guard->limits.world);
}

static bool is_late(const Guard *guard, const Watch *watch, int64_t now)
{
    int64_t beyond_grace_us = now - watch->since_us - guard->limits.body_grace_ms * 1000;

    switch (watch->state) {
    case WATCH_IDLE: return guard->is_draining || now > watch->deadline_us;
    case WATCH_HEAD:
    case WATCH_SEND:
    case WATCH_LINGER: return now > watch->deadline_us;
    case WATCH_BODY:
        return beyond_grace_us > 0 && watch->received < beyond_grace_us / 1000 * guard->limits.body_bytes_per_s / 1000;
    case WATCH_WORK: return false;
    }
    return false;
}

/* Nothing has been answered in HEAD and BODY, and cannot be while we hold the mutex, so a 408 is not mixed with an
 * answer. */
static void cut(Watch *watch)
{
    static const char late[] = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    bool may_speak           = !watch->is_tls && (watch->state == WATCH_HEAD || watch->state == WATCH_BODY);

    if (may_speak) (void)send(watch->descriptor, late, sizeof(late) - 1, MSG_DONTWAIT | MSG_NOSIGNAL);
    shutdown(watch->descriptor, SHUT_RDWR);
    watch->is_cut = true;
}

static void sweep(Guard *guard)
{
    pthread_mutex_lock(&guard->mutex);
    int64_t now = now_us(guard);
    for (size_t i = 0; i < guard->len; i++) {
        Watch *watch = &guard->watches[i];
        if (watch->is_used && !watch->is_cut && is_late(guard, watch, now)) cut(watch);
    }
    pthread_mutex_unlock(&guard->mutex);
}

static void *sweep_until_woken(void *context)
{
    Guard *guard       = context;
    struct pollfd wake = { .fd = guard->wake, .events = POLLIN };

    while (poll(&wake, 1, SWEEP_MS) <= 0)
        sweep(guard);
    return NULL;
}

bool guard_open(Arena *arena, GuardLimits limits, Guard **out, Err *err)
{
    Guard *guard = arena_new(arena, Guard);
    int failed;

    guard->limits  = limits;
    guard->len     = limits.connections + SLOTS_SPARE;
    guard->watches = arena_array(arena, Watch, guard->len);
    pthread_mutex_init(&guard->mutex, NULL);
    guard->wake = eventfd(0, EFD_CLOEXEC);
    failed      = guard->wake < 0 ? errno : pthread_create(&guard->thread, NULL, sweep_until_woken, guard);
    if (failed != 0) {
        if (guard->wake >= 0) close(guard->wake);
        return err_set(err, ERR_LIMIT, failed, .what = STR("could not start the guard of connections"),
                       .detail = STR("The system has no descriptor or thread to spare."),
                       .hint   = STR("Raise the limits of the service for open files and tasks."));
    }
    *out = guard;
    return true;
}

void guard_close(Guard *guard)
{
    uint64_t one = 1;

    assert(guard->used == 0);
    while (write(guard->wake, &one, sizeof(one)) < 0 && errno == EINTR)
        continue;
    pthread_join(guard->thread, NULL);
    close(guard->wake);
    pthread_mutex_destroy(&guard->mutex);
}

Watch *guard_watch(Guard *guard, int descriptor, bool is_tls)
{
    Watch *found = NULL;

    pthread_mutex_lock(&guard->mutex);
    for (size_t i = 0; i < guard->len && found == NULL; i++) {
        if (!guard->watches[i].is_used) found = &guard->watches[i];
    }
    if (found != NULL) {
        int64_t now = now_us(guard);
        *found      = (Watch){ .descriptor  = descriptor,
                               .is_used     = true,
                               .is_tls      = is_tls,
                               .since_us    = now,
                               .deadline_us = now + guard->limits.head_ms * 1000 };
        guard->used++;
    }
    pthread_mutex_unlock(&guard->mutex);
    return found;
}

void guard_forget(Guard *guard, Watch *watch)
{
    pthread_mutex_lock(&guard->mutex);
    assert(watch->is_used);
    watch->is_used = false;
    guard->used--;
    pthread_mutex_unlock(&guard->mutex);
}

static int64_t deadline_us(const Guard *guard, const Watch *watch, WatchState state, int64_t bytes, int64_t now)
{
    const GuardLimits *limits = &guard->limits;
    int64_t head              = now + limits->head_ms * 1000;

    switch (state) {
    case WATCH_IDLE: return head + limits->idle_ms * 1000; /* its next head may begin at the last moment */
    case WATCH_HEAD: return watch->deadline_us < head ? watch->deadline_us : head;
    case WATCH_SEND: return head + limits->idle_ms * 1000 + bytes / limits->body_bytes_per_s * 1000000;
    case WATCH_LINGER: return now + (int64_t)LINGER_MS * 1000;
    case WATCH_BODY:
    case WATCH_WORK: return 0;
    }
    return 0;
}

static void mark(Guard *guard, Watch *watch, WatchState state, int64_t bytes)
{
    int64_t now = now_us(guard);

    watch->deadline_us = deadline_us(guard, watch, state, bytes, now);
    watch->state       = state;
    watch->since_us    = now;
    watch->received    = 0;
}

void guard_mark(Guard *guard, Watch *watch, WatchState state, int64_t bytes)
{
    pthread_mutex_lock(&guard->mutex);
    mark(guard, watch, state, bytes);
    if (state == WATCH_IDLE && guard->is_draining && !watch->is_cut) cut(watch);
    pthread_mutex_unlock(&guard->mutex);
}

void guard_received(Guard *guard, Watch *watch, size_t bytes)
{
    pthread_mutex_lock(&guard->mutex);
    watch->received += (int64_t)bytes;
    pthread_mutex_unlock(&guard->mutex);
}

bool guard_last_words(Guard *guard, Watch *watch, Str text)
{
    if (watch->is_tls) return false;
    pthread_mutex_lock(&guard->mutex);
    if (!watch->is_cut) {
        (void)send(watch->descriptor, text.ptr, text.len, MSG_DONTWAIT | MSG_NOSIGNAL);
        shutdown(watch->descriptor, SHUT_WR);
    }
    mark(guard, watch, WATCH_LINGER, 0);
    pthread_mutex_unlock(&guard->mutex);
    return true;
}

void guard_drain(Guard *guard)
{
    pthread_mutex_lock(&guard->mutex);
    guard->is_draining = true;
    pthread_mutex_unlock(&guard->mutex);
    sweep(guard);
}

void guard_cut_all(Guard *guard)
{
    pthread_mutex_lock(&guard->mutex);
    for (size_t i = 0; i < guard->len; i++) {
        Watch *watch = &guard->watches[i];
        if (watch->is_used && !watch->is_cut) cut(watch);
    }
    pthread_mutex_unlock(&guard->mutex);
}

size_t guard_count(Guard *guard)
{
    pthread_mutex_lock(&guard->mutex);
    size_t used = guard->used;
    pthread_mutex_unlock(&guard->mutex);
    return used;
}
