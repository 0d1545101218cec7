/* SPDX-License-Identifier: Apache-2.0
 * store/engine.h: what store.c and the two engines agree on. Private to this room.
 *
 * store.c owns everything that is the same on both engines: the turn, the pool, which transaction may still do what,
 * the first error of a query, the cache of prepared statements. An engine is a row of functions (EngineCalls) and knows
 * one library. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "store/store.h"
#include "store/turn.h"

enum {
    QUERIES_MAX     = 16,  /* open at the same time in one Db; one more fails with ERR_LIMIT */
    PARAMETERS_MAX  = 99,  /* $1 … $99 */
    STATEMENTS_MAX  = 128, /* prepared per connection; the longest unused makes room */
    SCHEMA_NAME_MAX = 48
};

typedef struct Connection Connection;
typedef struct EngineCalls EngineCalls;

/* One prepared text. The same text stands twice in the cache when two open queries run it. */
typedef struct {
    char *sql; /* owned; NULL: a free place */
    size_t sql_len;
    uint64_t last_used;
    int parameters;                    /* the highest $n in the text */
    bool busy;                         /* an open query runs it */
    void *handle;                      /* SQLite: sqlite3_stmt */
    uint64_t number;                   /* PostgreSQL: its name on the server is "p<number>" */
    uint8_t place[PARAMETERS_MAX + 1]; /* SQLite: the library's index of $n; 0 when the text has no such parameter */
} Statement;

struct Query {
    Db *db;
    Statement *statement; /* NULL when the text could not be prepared */
    int slot;             /* in Connection.queries: where an engine keeps its own part */
    bool started, on_row;
    Err err; /* the first failure; from then on the query does nothing */
};

/* One session with the engine, used by one Db at a time. */
struct Connection {
    Store *store;
    Connection *next_idle;
    void *handle;   /* SQLite: sqlite3; PostgreSQL: PGconn */
    void *state;    /* the engine's own, made by connect and ended by disconnect */
    uint64_t clock; /* counts uses of statements, for last_used */
    bool is_closing;
    unsigned queries_open;          /* bit i: queries[i] is open */
    Query queries[QUERIES_MAX + 1]; /* the last one is handed out when all others are open: it only carries the error */
    uint64_t hashes[STATEMENTS_MAX]; /* of the text of statements[i]; 0: a free place */
    Statement statements[STATEMENTS_MAX];
};

struct Db {
    Store *store;
    Connection *connection; /* NULL once ended */
    bool writing;
    bool failed; /* a statement failed and no savepoint was undone since: nothing more can be done or kept */
    int savepoints;
    size_t statements;
};

typedef struct {
    pthread_mutex_t mutex; /* protects what follows */
    pthread_cond_t given_back;
    Connection *idle;
    size_t idle_len, idle_max;
    size_t open, open_max;
} Pool;

struct Store {
    Engine engine;
    const EngineCalls *calls;
    World *world;
    Arena *arena; /* holds the Store itself and its texts */
    Str folder;
    void *state; /* the engine's own */
    Turn turn;
    Pool pool;
    Connection *writer;               /* SQLite: the only connection that writes; NULL: writers come from the pool */
    atomic_bool refuses_writes;       /* set when a commit's outcome is unknown or the writer met a bad disk */
    char schema[SCHEMA_NAME_MAX + 1]; /* PostgreSQL */
};

typedef enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BYTES, VALUE_OTHER } ValueKind;

typedef struct {
    ValueKind kind;
    int64_t number;
    Str bytes;
} Value;

typedef enum {
    COMMIT_DONE,
    COMMIT_REFUSED, /* certainly nothing was kept */
    COMMIT_UNKNOWN
} CommitOutcome;

/* Engines fill `err` when they return false or an outcome other than COMMIT_DONE. */
struct EngineCalls {
    /* Checks the place, makes what is missing, fills store->state (and ->writer, ->folder, ->schema, ->pool limits). */
    bool (*open)(Store *store, Str address, Err *err);
    /* After all connections are closed; also after an open that failed half-way. */
    void (*close)(Store *store);
    bool (*connect)(Connection *connection, Err *err);
    void (*disconnect)(Connection *connection);
    bool (*begin)(Db *db, Err *err);
    CommitOutcome (*commit)(Db *db, Err *err);
    /* False: the connection cannot be used again. */
    bool (*roll_back)(Connection *connection);
    /* Several statements without parameters and rows. */
    bool (*script)(Connection *connection, const char *sql, Err *err);
    bool (*prepare)(Connection *connection, Statement *statement, Err *err);
    void (*forget)(Connection *connection, Statement *statement);
    bool (*bind)(Query *query, int parameter, Value value);
    /* True: on a row. False: at the end, or failed (query->err). */
    bool (*step)(Query *query);
    Value (*column)(Query *query, int column);
    int64_t (*changed)(Query *query);
    /* Ends the run; the statement stays prepared. */
    void (*finish)(Query *query);
};

extern const EngineCalls sqlite_calls;
extern const EngineCalls postgres_calls;

/* Runs constant statements (DDL) in the transaction. */
MUST_USE bool db_script(Db *db, const char *sql, Err *err);
/* A closed Connection, made and registered with nobody; NULL and err when memory or the engine refuses. */
Connection *connection_open(Store *store, Err *err);
void connection_close(Connection *connection);

/* Ends the queries that are still open. */
void queries_finish(Connection *connection);

/* The statement with this text that no query runs, prepared now if need be; NULL and err when it cannot be. */
Statement *statement_take(Connection *connection, Str sql, Err *err);
void statements_forget(Connection *connection);

/* Is `name` one that may stand in SQL unquoted and fit both engines: [a-z][a-z0-9_]*, at most 48 bytes. */
bool sql_name_is_valid(Str name);

/* Text for an Err without an arena: lives in `detail`. */
typedef struct {
    char text[640];
} Detail;
Str detail_fmt(Detail *detail, const char *format, ...) PRINTF(2, 3);
/* What a person can do about it; the empty text when only the detail says more. */
Str hint_for(ErrCode code);
