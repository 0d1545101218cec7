/* SPDX-License-Identifier: Apache-2.0
 * http/guard.h: time limits of connections. The library knows idle time only, so a client that drips a byte now and
 * then would stay for ever. The guard knows what each connection is doing and until when, and a thread cuts those who
 * are late: a request line and head by a deadline, a body by a minimum rate, taking the answer by a deadline that grows
 * with it. */
#pragma once

#include "base/err.h"
#include "base/world.h"

typedef struct Guard Guard;
typedef struct Watch Watch; /* one connection */

typedef enum {
    WATCH_IDLE, /* between requests, before the first, or in the TLS handshake */
    WATCH_HEAD, /* the request line has come */
    WATCH_BODY,
    WATCH_WORK, /* a handler runs: no limit */
    WATCH_SEND,
    WATCH_LINGER, /* refused in the middle of its body: what still comes is thrown away, for two seconds */
} WatchState;

typedef struct {
    World *world;
    size_t connections;
    int64_t head_ms, idle_ms, body_grace_ms, body_bytes_per_s;
} GuardLimits;

MUST_USE bool guard_open(Arena *arena, GuardLimits limits, Guard **out, Err *err);
/* Ends the thread. All connections must have been forgotten. */
void guard_close(Guard *guard);

/* NULL when there are more connections than expected. */
Watch *guard_watch(Guard *guard, int descriptor, bool is_tls);
/* Must be called before the descriptor is closed: it may be another's a moment later. */
void guard_forget(Guard *guard, Watch *watch);
/* `bytes`: of the answer, for WATCH_SEND. */
void guard_mark(Guard *guard, Watch *watch, WatchState state, int64_t bytes);
void guard_received(Guard *guard, Watch *watch, size_t bytes);
/* Sends `text` as the last words on a connection without TLS and lets it linger; false over TLS. */
bool guard_last_words(Guard *guard, Watch *watch, Str text);
/* From now on idle connections are cut at once. */
void guard_drain(Guard *guard);
/* Cuts every connection. */
void guard_cut_all(Guard *guard);
size_t guard_count(Guard *guard);
