/* SPDX-License-Identifier: Apache-2.0
 * store/store.h: one organisation's database behind one small interface, two engines: an SQLite file or a PostgreSQL
 * schema. Knows tables, not records.
 *
 * A Store is shared by all threads of the process. Work happens in a Db: one transaction on one connection, used by one
 * thread, ended by db_commit or db_end, at the latest when its arena is reset.
 *
 *   reading  store_read   a snapshot: sees one state from first query to last
 *   writing  store_write  takes the organisation's write turn first, so writers never deadlock and nobody starves: a
 * FIFO lock in the process, and on PostgreSQL, where several processes may serve the organisation, an advisory lock of
 * the server that ends with the transaction (it exists before any table does, costs no row version, and is first come,
 * first served). A fence on top is the ledger's part.
 *
 * SQL is constant text in the common subset of both engines: parameters $1, $2 …, in any order and repeated at will;
 * integers, text and bytes only; no NULL ordering, no LIKE on letters, no dates, no booleans but 0 and 1
 * (docs/decisions/004 has the list). A statement that fails takes the transaction with it on both engines: until a
 * savepoint is undone every query on it fails, and db_commit refuses. */
#pragma once

#include "base/err.h"
#include "base/time.h"
#include "base/world.h"

typedef struct Store Store;
typedef struct Db Db;

typedef enum { ENGINE_SQLITE, ENGINE_POSTGRES } Engine;

/* Opens the organisation at `address`: a folder (SQLite: `FOLDER/plumbline.db`, made when missing with its parents,
 * mode 0700) or `postgresql://…` with an optional `schema=NAME` query parameter (default "plumbline", made when
 * missing). A folder is locked against other processes: ERR_BUSY says that one owns it. Refuses an SQLite file that it
 * cannot read (ERR_CORRUPT, ERR_PERMISSION, ERR_FULL, ERR_DISK) or that another program made (ERR_FORMAT, untouched);
 * ERR_NETWORK when the server cannot be reached. `world` must outlive the Store. */
MUST_USE bool store_open(Str address, World *world, Store **out, Err *err);
/* Waits for nobody: all Db must have ended. Readers close first, the writer last. NULL is allowed. */
void store_close(Store *store);
Engine store_engine(const Store *store);
/* The folder for evidence files, keys and the local socket: `address` itself on SQLite; for PostgreSQL the folder given
 * to store_set_folder. */
Str store_folder(const Store *store);
void store_set_folder(Store *store, Str folder);

/* ERR_BUSY: all connections were in use for ten seconds (PostgreSQL: ten per organisation and process), or another
 * process kept the turn for thirty. A thread holds at most one writing Db. */
MUST_USE bool store_read(Store *store, Arena *arena, Db **out, Err *err);
MUST_USE bool store_write(Store *store, Arena *arena, Db **out, Err *err);
/* Makes everything since store_write last and ends the Db; on failure nothing was kept. ERR_UNKNOWN: the outcome is not
 * known; from then on the Store refuses to write until it is opened again. */
MUST_USE bool db_commit(Db *db, Err *err);
/* Rolls back what was not committed and gives the connection back. Safe to call twice and after db_commit. */
void db_end(Db *db);
bool db_is_writing(const Db *db);
Store *db_store(const Db *db);
/* Statements run in this transaction so far: tests hold pages to a fixed number. */
size_t db_statements(const Db *db);

/* A place to which a part of the work can be undone without giving up the rest; may be nested. Undoing ends the queries
 * that are still open. */
MUST_USE bool db_savepoint(Db *db, Err *err);
MUST_USE bool db_savepoint_keep(Db *db, Err *err);
MUST_USE bool db_savepoint_undo(Db *db, Err *err);

/* A query is text, bindings, rows, one check. A failure makes every later call on it a no-op that gives zeros;
 * query_close reports the first one. Text is prepared once per connection and found again by content. Bound bytes must
 * live until query_close; what is not bound is NULL. Text must be UTF-8 without NUL (ERR_FORMAT). A query ends before
 * its Db does; at most 16 are open in one Db. PostgreSQL delivers a result whole: read long tables in pages, by key. */
typedef struct Query Query;
Query *query_open(Db *db, Str sql);
void query_bind_int(Query *query, int parameter, int64_t value);
void query_bind_str(Query *query, int parameter, Str value);
void query_bind_bytes(Query *query, int parameter, Str value);
void query_bind_null(Query *query, int parameter);
/* The next row; false at the end or on failure. */
bool query_next(Query *query);
int64_t query_int(Query *query, int column);           /* columns from 0; NULL gives 0; text or bytes fail the query */
Str query_str(Query *query, int column, Arena *arena); /* a copy: a row's bytes die with the next query_next */
Str query_bytes(Query *query, int column, Arena *arena);
/* The row's own bytes, valid until the next query_next. */
Str query_peek(Query *query, int column);
bool query_is_null(Query *query, int column);
MUST_USE bool query_close(Query *query, Err *err);
/* For statements without rows: runs and closes; *changed (may be NULL) is the number of rows changed. */
MUST_USE bool query_run(Query *query, int64_t *changed, Err *err);
