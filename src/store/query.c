/* SPDX-License-Identifier: Apache-2.0
 * Queries: text, bindings, rows, one check. Whatever fails first is kept in the query and makes all later calls on it
 * no-ops; in the transaction it also stops everything that follows, as PostgreSQL does by itself, until a savepoint is
 * undone. */
#include <assert.h>
#include <stdio.h>

#include "store/engine.h"

static const EngineCalls *calls_of(const Query *query)
{
    return query->db->store->calls;
}

static bool has_failed(const Query *query)
{
    return query->err.code != ERR_NONE;
}

Query *query_open(Db *db, Str sql)
{
    assert(db->connection); /* else the transaction has ended */
    Connection *connection = db->connection;
    int slot               = __builtin_ctz(~connection->queries_open);
    Query *query           = &connection->queries[slot];

    query->db        = db;
    query->statement = NULL;
    query->started = query->on_row = false;
    if (has_failed(query)) err_clear(&query->err);
    if (slot == QUERIES_MAX) {
        err_set(&query->err, ERR_LIMIT, 0, .what = STR("cannot open a query: too many are open in this transaction"));
        return query;
    }
    connection->queries_open |= 1u << slot;
    if (db->failed)
        err_set(&query->err, ERR_DATABASE, 0, .what = STR("cannot go on after a statement of the transaction failed"));
    else
        query->statement = statement_take(connection, sql, &query->err);
    if (has_failed(query)) db->failed = true;
    return query;
}

/* ---- parameters ---- */

static void query_bind(Query *query, int parameter, Value value)
{
    if (has_failed(query)) return;
    assert(!query->started);
    if (parameter < 1 || parameter > query->statement->parameters) {
        Detail detail;
        err_set(&query->err, ERR_DATABASE, 0, .what = STR("cannot bind a value"),
                .detail = detail_fmt(&detail, "There is no parameter $%d in: %s", parameter, query->statement->sql));
        return;
    }
    calls_of(query)->bind(query, parameter, value);
}

void query_bind_int(Query *query, int parameter, int64_t value)
{
    query_bind(query, parameter, (Value){ .kind = VALUE_INT, .number = value });
}

/* Both engines get the same texts: PostgreSQL takes neither NUL nor broken UTF-8, SQLite would take both. */
void query_bind_str(Query *query, int parameter, Str value)
{
    if (!has_failed(query) && (str_index(value, '\0') < value.len || !str_is_utf8(value))) {
        Detail detail;
        err_set(&query->err, ERR_FORMAT, 0, .what = STR("cannot store this text"),
                .detail = detail_fmt(&detail, "The value for $%d is not UTF-8 or holds a NUL byte, in: %s", parameter,
                                     query->statement->sql));
        return;
    }
    query_bind(query, parameter, (Value){ .kind = VALUE_TEXT, .bytes = value });
}

void query_bind_bytes(Query *query, int parameter, Str value)
{
    query_bind(query, parameter, (Value){ .kind = VALUE_BYTES, .bytes = value });
}

void query_bind_null(Query *query, int parameter)
{
    query_bind(query, parameter, (Value){ .kind = VALUE_NULL });
}

/* ---- rows ---- */

bool query_next(Query *query)
{
    query->on_row = false;
    if (has_failed(query)) return false;
    if (!query->started) query->db->statements++;
    if (world_fails(query->db->store->world, FAULT_QUERY))
        err_set(&query->err, ERR_DATABASE, 0, .what = STR("could not run a statement"),
                .detail = STR("A test made this statement fail."));
    else
        query->on_row = calls_of(query)->step(query);
    query->started = true;
    if (has_failed(query)) query->db->failed = true;
    return query->on_row;
}

/* The value of a column if it is of a kind that both engines give; anything else is a statement outside the common
 * subset, told at once instead of differing between the engines. */
static Value query_value(Query *query, int column, ValueKind kind)
{
    static const Value none = { .kind = VALUE_NULL };
    if (has_failed(query)) return none;
    assert(query->on_row && column >= 0);
    Value value = calls_of(query)->column(query, column);
    bool fits   = value.kind == kind || (kind == VALUE_TEXT && value.kind == VALUE_BYTES);
    if (fits || value.kind == VALUE_NULL) return value;
    Detail detail;
    err_set(&query->err, ERR_DATABASE, 0, .what = STR("cannot read a value"),
            .detail = detail_fmt(&detail, "Column %d is not %s, in: %s", column,
                                 kind == VALUE_INT ? "an integer" : "text or bytes", query->statement->sql),
            .hint   = STR("Cast it to BIGINT or TEXT in the statement."));
    return none;
}

int64_t query_int(Query *query, int column)
{
    return query_value(query, column, VALUE_INT).number;
}

Str query_peek(Query *query, int column)
{
    return query_value(query, column, VALUE_TEXT).bytes;
}

Str query_str(Query *query, int column, Arena *arena)
{
    return str_dup(arena, query_peek(query, column));
}

Str query_bytes(Query *query, int column, Arena *arena)
{
    return str_dup(arena, query_peek(query, column));
}

bool query_is_null(Query *query, int column)
{
    if (has_failed(query)) return true;
    assert(query->on_row && column >= 0);
    return calls_of(query)->column(query, column).kind == VALUE_NULL;
}

/* ---- ending ---- */

static void query_finish(Query *query)
{
    if (has_failed(query)) query->db->failed = true;
    if (query->statement) {
        calls_of(query)->finish(query);
        query->statement->busy = false;
        query->statement       = NULL;
    }
    query->on_row = false;
    query->db->connection->queries_open &= ~(1u << query->slot);
}

void queries_finish(Connection *connection)
{
    for (int i = 0; connection->queries_open; i++)
        if (connection->queries_open & (1u << i)) query_finish(&connection->queries[i]);
}

bool query_close(Query *query, Err *err)
{
    bool done = !has_failed(query);
    if (!done && err->code == ERR_NONE) *err = query->err;
    if (query->db->connection) query_finish(query);
    return done;
}

bool query_run(Query *query, int64_t *changed, Err *err)
{
    while (query_next(query))
        continue;
    if (changed) *changed = has_failed(query) ? 0 : calls_of(query)->changed(query);
    return query_close(query, err);
}

/* ---- shared by both engines ---- */

Str detail_fmt(Detail *detail, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    // cppcheck-suppress ctuuninitvar ; written here, never read before
    int len = vsnprintf(detail->text, sizeof detail->text, format, args);
    va_end(args);
    if (len < 0) return (Str){ 0 };
    return (Str){ detail->text, (size_t)len < sizeof detail->text ? (size_t)len : sizeof detail->text - 1 };
}

Str hint_for(ErrCode code)
{
    static const Str hints[ERR_CODES] = {
        [ERR_DISK] = STR_INIT("Check the disk and the system's log."),
        [ERR_FULL] = STR_INIT("Free space on the volume of the store; nothing of this change was kept, do it again."),
        [ERR_BUSY] = STR_INIT("Try again in a moment; end programs that hold the database open."),
        [ERR_CORRUPT]    = STR_INIT("Stop the program, keep a copy of the files, and restore the last backup."),
        [ERR_PERMISSION] = STR_INIT("Let the user that runs the program read and write the store."),
        [ERR_CONFLICT]   = STR_INIT("Do it again."),
        [ERR_NETWORK]    = STR_INIT("Check that the database server runs and can be reached."),
        [ERR_MISSING]    = STR_INIT("Check the address of the store."),
    };
    return hints[code];
}
