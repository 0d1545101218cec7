/* SPDX-License-Identifier: Apache-2.0
 * http/server.h: one listener that turns bytes from anybody into checked requests (http/http.h), lets the doors answer
 * them on a few threads, and never holds more than its limits: not memory, not connections, not time.
 *
 * A request meets, in this order: the guard of its head (http/head.h), the door's intake (what is to be done with the
 * body), the body (held, or streamed to the door's sink), the handler. Nothing foreign reaches a handler half: a body
 * that breaks off, is too large, too slow or malformed is answered by the server, and an open sink is told (drop).
 *
 * The server's threads are shared by all connections, so a handler that takes longer than a few milliseconds holds up
 * others: say is_slow, and it runs on a worker while the connection waits. Over libmicrohttpd in poll mode. */
#pragma once

#include "base/err.h"
#include "base/world.h"
#include "http/http.h"
#include "http/multipart.h"

typedef struct HttpServer HttpServer;

/* Where a streamed body goes: of a multipart form each file part (begin, add…, end), else the body as one part without
 * name. Fields of the form that are no files go to request->form. A call that answers false gets no more bytes, and the
 * handler is told (request->upload_kept). When the handler will not be called, drop is, once, and the sink must let go.
 * All run on the server's threads, one at a time for a request; what they take from request->arena lives until the end.
 */
typedef struct {
    void *sink;
    int64_t max_bytes; /* of the whole body; beyond it 413. 0: the server's upload_bytes */
    bool (*begin)(void *sink, const HttpPart *part);
    bool (*add)(void *sink, Str bytes);
    bool (*end)(void *sink);
    void (*drop)(void *sink);
} HttpUpload;

typedef enum {
    HTTP_INTAKE_HOLD,   /* in memory, at most request_bytes */
    HTTP_INTAKE_STREAM, /* to the sink */
    HTTP_INTAKE_REFUSE  /* not at all: the response is filled in */
} HttpIntake;

/* The doors. All pointers but handle may be NULL. Called on several threads at once. When an arena is at its limit it
 * jumps out of any of them (base/arena.h) and the client gets 503. */
typedef struct {
    void *app;
    /* Answers. false: it failed and has logged why; the client gets 500. */
    bool (*handle)(void *app, HttpRequest *request, HttpResponse *response);
    /* The head is known, not the body: path, headers, cookies, peer. Asked only when a body follows, so an empty upload
     * reaches the handler with request->upload NULL. NULL: every body is held. */
    HttpIntake (*intake)(void *app, HttpRequest *request, HttpUpload *upload, HttpResponse *response);
    bool (*is_slow)(void *app, const HttpRequest *request);
    /* Gives an answer that the server made itself (status, and a sentence as body) the door's own form. The request may
     * be known in part only: an empty path means that its line or head was refused. */
    void (*dress)(void *app, const HttpRequest *request, HttpResponse *response);
} HttpApp;

/* The zeroed options, but for world, are the defaults. The texts are copied. */
typedef struct {
    World *world;
    Str address; /* "127.0.0.1:8440" (default), "[::1]:8440", port 0 for any free one, or "unix:/path" with mode 0600 */
    Str certificate_file; /* PEM chain; with key_file it makes TLS, 1.2 or later */
    Str key_file;         /* PEM */
    StrList hosts; /* values of Host that are ours, with port; none: any. Guards a loopback server from DNS rebinding */
    StrList trusted_proxies;     /* peers whose X-Forwarded-For and X-Forwarded-Proto count: addresses, or "unix"; none:
                                    nobody */
    int threads;                 /* 4 */
    int slow_threads;            /* 2 */
    int connections;             /* 512 */
    int connections_per_address; /* 64; not counted over a unix socket or with trusted proxies */
    int64_t head_ms;             /* 10,000: from the first byte of a connection or a request to the end of its head */
    int64_t idle_ms;             /* 30,000: between two requests */
    int64_t body_grace_ms;       /* 5,000 … */
    int64_t
        body_bytes_per_s; /* … after which a body must have come at 8 KiB a second; an answer must be taken as fast */
    int64_t request_bytes; /* 1 MiB: a body that is held, and the fields of a streamed form */
    int64_t upload_bytes;  /* 2 GiB */
    size_t arena_bytes;    /* 64 MiB: of one request */
} HttpOptions;

/* Listens and serves until http_server_close. ERR_BUSY: the address is in use; ERR_PERMISSION: not allowed to listen
 * there or to read the key; ERR_USAGE: no such address; ERR_FORMAT: certificate and key cannot be used; each says what
 * to do. */
MUST_USE bool http_server_open(HttpApp app, const HttpOptions *options, HttpServer **out, Err *err);
/* Stops taking connections, lets running requests end and says "Connection: close" with their answers; after `drain_ms`
 * cuts who is left. Handlers that run are waited for. NULL is allowed. */
void http_server_close(HttpServer *server, int64_t drain_ms);
/* The port listened on; 0 over a unix socket. */
int http_server_port(const HttpServer *server);
/* The number of threads that run handlers: the bound of HttpRequest.worker. */
int http_server_workers(const HttpServer *server);
