/* SPDX-License-Identifier: Apache-2.0
 * Support for tests of the HTTP room: a server with a small application behind it, and a client that says exactly the
 * bytes it is told to, since most of what is tested no HTTP library would send. */
#pragma once

#include <stdatomic.h>

#include "http/server.h"

enum { HUGE_BYTES = 32 << 20 /* the answer of /huge */ };

/* What the application does is chosen by the path; see client.c. */
typedef struct {
    World world;
    Arena *arena;
    HttpServer *server;
    atomic_int handled; /* calls of the handler */
    atomic_int dropped; /* uploads that were given up */
    atomic_llong sunk;  /* bytes that reached a sink */
    int gate[2];        /* /gate waits until a byte can be read here */
    atomic_int at_gate;
} Fixture;

typedef struct {
    int status; /* 0: the connection ended without an answer */
    Str head;   /* status line and headers */
    Str body;
} Heard;

/* Limits that make tests short: heads within 300 ms, and the like. Any address but a default one is kept. */
Fixture *fixture_open(HttpOptions options);
void fixture_close(Fixture *fixture);

int dial(const Fixture *fixture);
int dial_unix(const char *path);
void say(int connection, const char *text);
/* False once the other end is gone. */
bool say_bytes(int connection, Str bytes);
/* Reads one response by its length. `to_head`: the answer to a HEAD request. */
Heard hear(Fixture *fixture, int connection);
Heard hear_head(Fixture *fixture, int connection);
/* True when the other end closes without saying any more. */
bool hears_end(int connection);
/* A connection of its own: says, hears, hangs up. */
Heard ask(Fixture *fixture, const char *request);
/* Value of a header of the response, or the zeroed Str. */
Str heard_header(const Heard *heard, const char *name);
