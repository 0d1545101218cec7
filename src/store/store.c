/* SPDX-License-Identifier: Apache-2.0
 * A Store, its pool of connections, and transactions: what is the same on both engines. Queries are in query.c.
 *
 * Order of taking: turn, then connection. Order of giving back: connection, then turn, so that the next writer finds
 * the one writing connection of SQLite free. */
#include "store/store.h"

#include <assert.h>
#include <errno.h>

#include "store/engine.h"
#include "store/search.h"

enum { STORE_ARENA_MAX = 1 << 16, POOL_WAIT_SECONDS = 10 };

/* ---- opening and closing ---- */

static void pool_init(Pool *pool)
{
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&pool->given_back, &monotonic);
    pthread_condattr_destroy(&monotonic);
    pthread_mutex_init(&pool->mutex, NULL);
}

static bool is_postgres_address(Str address)
{
    return str_starts(address, STR("postgresql://")) || str_starts(address, STR("postgres://"));
}

bool store_open(Str address, World *world, Store **out, Err *err)
{
    Arena *arena = arena_open(STORE_ARENA_MAX);
    if (!arena) return err_set(err, ERR_LIMIT, 0, .what = STR("could not open the store: no memory"));

    Store *store  = arena_new(arena, Store);
    store->arena  = arena;
    store->world  = world;
    store->engine = is_postgres_address(address) ? ENGINE_POSTGRES : ENGINE_SQLITE;
    store->calls  = store->engine == ENGINE_POSTGRES ? &postgres_calls : &sqlite_calls;
    turn_init(&store->turn);
    pool_init(&store->pool);
    if (!store->calls->open(store, address, err) || !search_prepare(store, err)) {
        store_close(store);
        return false;
    }
    *out = store;
    return true;
}

void store_close(Store *store)
{
    if (!store) return;
    assert(store->pool.open == store->pool.idle_len); /* else a Db is still open */
    while (store->pool.idle) {
        Connection *connection = store->pool.idle;
        store->pool.idle       = connection->next_idle;
        connection_close(connection);
    }
    if (store->writer) connection_close(store->writer);
    store->calls->close(store);
    turn_release(&store->turn);
    pthread_cond_destroy(&store->pool.given_back);
    pthread_mutex_destroy(&store->pool.mutex);
    arena_close(store->arena);
}

Engine store_engine(const Store *store)
{
    return store->engine;
}

Str store_folder(const Store *store)
{
    return store->folder;
}

void store_set_folder(Store *store, Str folder)
{
    store->folder = str_dup(store->arena, folder);
}

/* ---- connections ---- */

Connection *connection_open(Store *store, Err *err)
{
    Connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        err_set(err, ERR_LIMIT, 0, .what = STR("could not open a database connection: no memory"));
        return NULL;
    }
    connection->store = store;
    for (int i = 0; i <= QUERIES_MAX; i++)
        connection->queries[i].slot = i;
    if (store->calls->connect(connection, err)) return connection;
    free(connection);
    return NULL;
}

void connection_close(Connection *connection)
{
    connection->is_closing = true;
    statements_forget(connection);
    connection->store->calls->disconnect(connection);
    free(connection);
}

/* Waits until a connection is idle or one more may be opened; false after POOL_WAIT_SECONDS. The mutex is held. */
static bool pool_wait(Pool *pool)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += POOL_WAIT_SECONDS;
    while (!pool->idle && pool->open >= pool->open_max)
        if (pthread_cond_timedwait(&pool->given_back, &pool->mutex, &until) == ETIMEDOUT) break;
    return pool->idle || pool->open < pool->open_max;
}

/* An idle connection, or a new one (*is_new). */
static Connection *pool_take(Store *store, bool *is_new, Err *err)
{
    Pool *pool             = &store->pool;
    Connection *connection = NULL;

    pthread_mutex_lock(&pool->mutex);
    bool found = pool_wait(pool);
    if (found && pool->idle) {
        connection = pool->idle;
        pool->idle = connection->next_idle;
        pool->idle_len--;
    } else if (found) {
        pool->open++;
    }
    pthread_mutex_unlock(&pool->mutex);

    *is_new = connection == NULL;
    if (!found) {
        err_set(err, ERR_BUSY, 0, .what = STR("could not get a database connection"),
                .detail = STR("All connections of this store have been in use for ten seconds."),
                .hint   = hint_for(ERR_BUSY));
        return NULL;
    }
    if (connection || (connection = connection_open(store, err))) return connection;
    pthread_mutex_lock(&pool->mutex);
    pool->open--;
    pthread_cond_signal(&pool->given_back);
    pthread_mutex_unlock(&pool->mutex);
    return NULL;
}

typedef enum { CONNECTION_USABLE, CONNECTION_SPENT } ConnectionState;

static void pool_give(Store *store, Connection *connection, ConnectionState state)
{
    Pool *pool = &store->pool;

    pthread_mutex_lock(&pool->mutex);
    bool keep = state == CONNECTION_USABLE && pool->idle_len < pool->idle_max;
    if (keep) {
        connection->next_idle = pool->idle;
        pool->idle            = connection;
        pool->idle_len++;
    } else {
        pool->open--;
    }
    pthread_cond_signal(&pool->given_back);
    pthread_mutex_unlock(&pool->mutex);
    if (!keep) connection_close(connection);
}

/* ---- transactions ---- */

/* Begins on a connection of the pool. A server that was restarted leaves dead connections among the idle ones: nothing
 * has happened in the transaction yet, so they are replaced silently; a new one that fails is an error. */
static bool db_begin_in_pool(Db *db, Err *err)
{
    for (;;) {
        bool is_new;
        Err why                = { 0 };
        Connection *connection = pool_take(db->store, &is_new, err);
        if (!connection) return false;
        db->connection = connection;
        if (db->store->calls->begin(db, &why)) return true;
        db->connection = NULL;
        pool_give(db->store, connection, CONNECTION_SPENT);
        if (!is_new && why.code == ERR_NETWORK) continue;
        if (err->code == ERR_NONE) *err = why;
        return false;
    }
}

static bool db_begin_writing(Db *db, Err *err)
{
    Store *store = db->store;
    if (atomic_load(&store->refuses_writes)) {
        return err_set(err, ERR_UNKNOWN, 0, .what = STR("cannot write to this store until it is opened again"),
                       .detail =
                           STR("An earlier change met a failure after which it is not known what the disk holds."),
                       .hint = STR("Check the disk and the log, then restart the program; reading goes on."));
    }
    if (!store->writer) return db_begin_in_pool(db, err);
    db->connection = store->writer;
    if (store->calls->begin(db, err)) return true;
    db->connection = NULL;
    return false;
}

static void db_release(void *db)
{
    db_end(db);
}

/* The memory comes first: an arena at its limit jumps, and must not do so while the turn is held. */
static Db *db_new(Store *store, Arena *arena)
{
    Db *db    = arena_new(arena, Db);
    db->store = store;
    arena_defer(arena, db_release, db);
    return db;
}

bool store_read(Store *store, Arena *arena, Db **out, Err *err)
{
    Db *db = db_new(store, arena);
    if (!db_begin_in_pool(db, err)) return false;
    *out = db;
    return true;
}

bool store_write(Store *store, Arena *arena, Db **out, Err *err)
{
    Db *db      = db_new(store, arena);
    db->writing = true;
    turn_take(&store->turn);
    if (!db_begin_writing(db, err)) {
        turn_give(&store->turn);
        return false;
    }
    *out = db;
    return true;
}

static void db_give_back(Db *db, ConnectionState state)
{
    Store *store           = db->store;
    Connection *connection = db->connection;
    db->connection         = NULL;
    if (connection != store->writer)
        pool_give(store, connection, state);
    else if (state == CONNECTION_SPENT)
        atomic_store(&store->refuses_writes, true);
    if (db->writing) turn_give(&store->turn);
}

static bool commit_failed(Db *db, CommitOutcome outcome, const Err *why, Err *err)
{
    if (outcome == COMMIT_UNKNOWN) {
        atomic_store(&db->store->refuses_writes, true);
        err_set(err, ERR_UNKNOWN, why->native, .what = STR("could not learn whether the change was kept"),
                .detail = str_from_c(why->detail),
                .hint   = STR("Restart the program and look: the change is there in full or not at all."));
    } else if (err->code == ERR_NONE) {
        *err = *why;
    }
    db_end(db);
    return false;
}

/* A test may let the commit fail in both ways: FAULT_WRITE loses it, FAULT_SYNC keeps it without saying so. */
static CommitOutcome db_commit_on_engine(Db *db, Err *err)
{
    World *world = db->store->world;
    if (world_fails(world, FAULT_WRITE)) {
        err_set(err, ERR_DISK, EIO, .what = STR("could not commit"), .detail = STR("A test made this write fail."));
        return COMMIT_REFUSED;
    }
    bool silent           = world_fails(world, FAULT_SYNC);
    CommitOutcome outcome = db->store->calls->commit(db, err);
    if (!silent || outcome != COMMIT_DONE) return outcome;
    err_set(err, ERR_DISK, EIO, .what = STR("could not commit"), .detail = STR("A test made this sync fail."));
    return COMMIT_UNKNOWN;
}

bool db_commit(Db *db, Err *err)
{
    assert(db->connection && db->writing && db->savepoints == 0);
    queries_finish(db->connection);
    if (db->failed) {
        db_end(db);
        return err_set(err, ERR_DATABASE, 0, .what = STR("cannot commit: a statement of the change failed"));
    }
    Err why               = { 0 };
    CommitOutcome outcome = db_commit_on_engine(db, &why);
    if (outcome != COMMIT_DONE) return commit_failed(db, outcome, &why, err);
    db_give_back(db, CONNECTION_USABLE);
    return true;
}

void db_end(Db *db)
{
    if (!db->connection) return;
    queries_finish(db->connection);
    bool usable = db->store->calls->roll_back(db->connection);
    db_give_back(db, usable ? CONNECTION_USABLE : CONNECTION_SPENT);
}

bool db_is_writing(const Db *db)
{
    return db->writing;
}

Store *db_store(const Db *db)
{
    return db->store;
}

size_t db_statements(const Db *db)
{
    return db->statements;
}

bool db_script(Db *db, const char *sql, Err *err)
{
    assert(db->connection);
    if (db->failed) return err_set(err, ERR_DATABASE, 0, .what = STR("cannot go on after a statement failed"));
    db->statements++;
    if (db->store->calls->script(db->connection, sql, err)) return true;
    db->failed = true;
    return false;
}

/* ---- savepoints: s1, s2 … by depth ---- */

static bool savepoint_run(Db *db, const char *verb, int depth, Err *err)
{
    char sql[64];
    snprintf(sql, sizeof sql, "%s s%d", verb, depth);
    return db->store->calls->script(db->connection, sql, err);
}

bool db_savepoint(Db *db, Err *err)
{
    assert(db->connection);
    if (db->failed) return err_set(err, ERR_DATABASE, 0, .what = STR("cannot go on after a statement failed"));
    if (!savepoint_run(db, "SAVEPOINT", db->savepoints + 1, err)) return false;
    db->savepoints++;
    return true;
}

bool db_savepoint_keep(Db *db, Err *err)
{
    assert(db->savepoints > 0);
    if (db->failed) return err_set(err, ERR_DATABASE, 0, .what = STR("cannot keep what failed"));
    return savepoint_run(db, "RELEASE SAVEPOINT", db->savepoints--, err);
}

bool db_savepoint_undo(Db *db, Err *err)
{
    assert(db->savepoints > 0);
    queries_finish(db->connection);
    int depth = db->savepoints--;
    if (!savepoint_run(db, "ROLLBACK TO SAVEPOINT", depth, err)) return false;
    db->failed = false;
    return savepoint_run(db, "RELEASE SAVEPOINT", depth, err);
}
