/* SPDX-License-Identifier: Apache-2.0
 * store/postgres.h: shared by the two files of the PostgreSQL engine; private to this room. */
#pragma once

#include <libpq-fe.h>

#include "store/engine.h"

/* Where the server is, without our own `schema`. */
typedef struct {
    const char *address;
} PgStore;

/* The parameters of one query as libpq wants them, and its result, which arrives whole. */
typedef struct {
    PGresult *result;
    int row;
    const char *values[PARAMETERS_MAX];
    int lengths[PARAMETERS_MAX];
    int formats[PARAMETERS_MAX];
    char digits[PARAMETERS_MAX][24]; /* integers travel as text: the server may want any width */
} PgQuery;

typedef struct {
    uint64_t statements; /* prepared so far: names are never used twice on a connection */
    PgQuery queries[QUERIES_MAX];
} PgState;

/* What the server, or the library when `result` is NULL, says; always false. */
bool pg_fail(PGconn *pg, const PGresult *result, const char *what, Err *err);
/* Runs text without parameters; takes the result's rows when `out` is not NULL (the caller clears it). */
bool pg_script(PGconn *pg, const char *sql, PGresult **out, Err *err);

bool pg_store_open(Store *store, Str address, Err *err);
void pg_store_close(Store *store);
bool pg_connect(Connection *connection, Err *err);
void pg_disconnect(Connection *connection);
