/* SPDX-License-Identifier: Apache-2.0
 * store/sqlite.h: shared by the two files of the SQLite engine; private to this room. */
#pragma once

#include <sqlite3.h>

#include "store/engine.h"

/* The folder's lock and the name of the database in it. */
typedef struct {
    int lock; /* descriptor that holds the flock; -1: none */
    const char *path;
} SqliteStore;

/* Per connection: what the writer needs to know to keep the write-ahead log short. */
typedef struct {
    int wal_pages;
    bool is_writer;
} SqliteState;

/* What the library says of its last failure on `db` (NULL: before there is one); always false. */
bool sqlite_fail(sqlite3 *db, int result, const char *what, Err *err);
/* The part of the engine that opens and closes: see EngineCalls. */
bool sqlite_store_open(Store *store, Str address, Err *err);
void sqlite_store_close(Store *store);
bool sqlite_connect(Connection *connection, Err *err);
void sqlite_disconnect(Connection *connection);
bool sqlite_script(Connection *connection, const char *sql, Err *err);
