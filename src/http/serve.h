/* SPDX-License-Identifier: Apache-2.0
 * http/serve.h: private to this room: the server's state, and the three calls by which the HTTP library tells of one
 * request: its line has come, its head or a piece of its body has come, it is over. */
#pragma once

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

#include "http/guard.h"
#include "http/server.h"
#include "http/slow.h"

enum { HTTP_THREADS_MAX = 64, SPARE_ARENAS = 32 };

struct HttpServer {
    Arena *arena; /* of the server's own life */
    HttpApp app;
    HttpOptions options; /* with defaults filled in and texts in the arena */
    struct MHD_Daemon *daemon;
    int listener, port;
    bool is_tls;
    Guard *guard;
    SlowPool *slow;
    struct MHD_Response *no_memory; /* the 503 that needs none */
    atomic_bool is_draining;

    pthread_mutex_t mutex; /* protects all below */
    Arena *spare[SPARE_ARENAS];
    size_t spare_len;
    pthread_t threads[HTTP_THREADS_MAX]; /* the library's threads, in the order in which they first came by */
    int threads_len;
};

/* The library's callbacks; `cls` is the HttpServer. */
void *serve_line(void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result serve_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *piece, size_t *piece_len, void **context);
void serve_over(void *cls, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code);
void serve_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                      enum MHD_ConnectionNotificationCode code);
