/* SPDX-License-Identifier: Apache-2.0
 * Opening an organisation that is a schema of a PostgreSQL database: its address, sessions and their settings, and the
 * schema itself, made when it is missing. */
#include "base/buf.h"
#include "base/log.h"
#include "store/postgres.h"

enum {
    CONNECTIONS_MAX      = 10, /* per organisation and process; servers allow 100 in all unless told otherwise */
    CONNECTIONS_IDLE_MAX = 4,
    ADDRESS_MAX          = 2000,
    SERVER_VERSION_MIN   = 130000
};

/* An empty path: who forgets to name the schema finds nothing. A writer that hangs frees the turn after a minute; one
 * that waits for the turn for half a minute gives up. A server told not to wait for its disk is told to wait. */
static const char session_settings[] = "SELECT pg_catalog.set_config('search_path', '', false),"
                                       " pg_catalog.set_config('client_min_messages', 'warning', false),"
                                       " pg_catalog.set_config('lock_timeout', '30s', false),"
                                       " pg_catalog.set_config('idle_in_transaction_session_timeout', '60s', false),"
                                       " pg_catalog.set_config('synchronous_commit',"
                                       "   CASE pg_catalog.current_setting('synchronous_commit') WHEN 'off' THEN 'on'"
                                       "   ELSE pg_catalog.current_setting('synchronous_commit') END, false)";

/* ---- the address ---- */

static bool address_fail(const char *detail, Err *err)
{
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot use the address of the store"), .detail = str_from_c(detail),
                   .hint = STR("Write postgresql://USER@HOST/DATABASE?schema=NAME."));
}

/* Takes `schema=NAME` out of the query part of the address; the library knows no such parameter. */
static bool address_split(Store *store, Str address, Buf *rest, Err *err)
{
    Str query = address, part, schema = STR("plumbline");
    bool first = true;
    str_cut(&query, '?', &part);
    buf_add(rest, part);
    if (str_index(address, '?') == address.len) query = (Str){ 0 };
    while (query.len && str_cut(&query, '&', &part)) {
        if (str_starts(part, STR("schema="))) {
            schema = str_slice(part, strlen("schema="), part.len);
            continue;
        }
        buf_fmt(rest, "%s%.*s", first ? "?" : "&", STR_ARG(part));
        first = false;
    }
    if (!sql_name_is_valid(schema)) return address_fail("A schema is named by at most 48 of a-z, 0-9 and _.", err);
    memcpy(store->schema, schema.ptr, schema.len);
    return !buf_overflowed(rest) || address_fail("It is longer than 2000 bytes.", err);
}

/* ---- sessions ---- */

static void notice_log(void *context, const char *message)
{
    (void)context;
    log_line(LOG_WARN, "postgres", "%s", message);
}

static bool server_check(PGconn *pg, Err *err)
{
    Detail detail;
    const char *encoding = PQparameterStatus(pg, "server_encoding");
    if (PQserverVersion(pg) < SERVER_VERSION_MIN)
        return err_set(err, ERR_DATABASE, 0, .what = STR("cannot use this database server"),
                       .detail = STR("It is older than PostgreSQL 13."));
    if (encoding && strcmp(encoding, "UTF8") == 0) return true;
    return err_set(err, ERR_DATABASE, 0, .what = STR("cannot use this database"),
                   .detail = detail_fmt(&detail, "It keeps text in %s.", encoding ? encoding : "an unknown encoding"),
                   .hint   = STR("Make it with: createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 NAME"));
}

bool pg_connect(Connection *connection, Err *err)
{
    const PgStore *place       = connection->store->state;
    const char *const names[]  = { "dbname", "client_encoding", "application_name", "connect_timeout", NULL };
    const char *const values[] = { place->address, "UTF8", "plumbline", "10", NULL };
    PgState *state             = calloc(1, sizeof *state);
    PGconn *pg                 = state ? PQconnectdbParams(names, values, 1) : NULL;

    connection->state  = state;
    connection->handle = pg;
    if (!pg)
        err_set(err, ERR_LIMIT, 0, .what = STR("could not open a database connection: no memory"));
    else if (PQstatus(pg) != CONNECTION_OK)
        pg_fail(pg, NULL, "could not reach the database", err);
    else {
        PQsetNoticeProcessor(pg, notice_log, NULL);
        if (server_check(pg, err) && pg_script(pg, session_settings, NULL, err)) return true;
    }
    pg_disconnect(connection);
    return false;
}

void pg_disconnect(Connection *connection)
{
    PQfinish(connection->handle);
    free(connection->state);
    connection->handle = connection->state = NULL;
}

/* ---- the schema ---- */

static bool schema_is_there(PGconn *pg, const char *schema, bool *is_there, Err *err)
{
    char sql[160];
    PGresult *result = NULL;
    snprintf(sql, sizeof sql, "SELECT 1 WHERE pg_catalog.to_regclass('\"%s\".store_schema') IS NOT NULL", schema);
    if (!pg_script(pg, sql, &result, err)) return false;
    *is_there = PQntuples(result) == 1;
    PQclear(result);
    return true;
}

/* Two processes may come to a new organisation at once: the second waits for the first and finds the work done. */
static bool schema_make(PGconn *pg, const char *schema, Err *err)
{
    char sql[512];
    snprintf(sql, sizeof sql,
             "BEGIN;"
             "SELECT pg_catalog.pg_advisory_xact_lock(hashtext('plumbline makes a schema'));"
             "CREATE SCHEMA IF NOT EXISTS \"%s\";"
             "CREATE TABLE IF NOT EXISTS \"%s\".store_schema"
             " (id BIGINT PRIMARY KEY, version BIGINT NOT NULL, digest TEXT COLLATE \"C\" NOT NULL);"
             "COMMIT",
             schema, schema);
    return pg_script(pg, sql, NULL, err);
}

bool pg_store_open(Store *store, Str address, Err *err)
{
    bool is_there        = false;
    PgStore *place       = arena_new(store->arena, PgStore);
    Buf rest             = buf_open(store->arena, ADDRESS_MAX);
    store->state         = place;
    store->pool.open_max = CONNECTIONS_MAX;
    store->pool.idle_max = CONNECTIONS_IDLE_MAX;
    if (!address_split(store, address, &rest, err)) return false;
    place->address = str_to_c(store->arena, buf_str(&rest));
    if (!place->address) return address_fail("It holds a NUL byte.", err);

    Connection *connection = connection_open(store, err);
    if (!connection) return false;
    PGconn *pg = connection->handle;
    bool done = schema_is_there(pg, store->schema, &is_there, err) && (is_there || schema_make(pg, store->schema, err));
    connection_close(connection);
    return done;
}

void pg_store_close(Store *store)
{
    (void)store;
}
