/* SPDX-License-Identifier: Apache-2.0
 * The PostgreSQL engine: transactions, statements and rows. postgres_open.c finds the server and the schema.
 *
 * Every transaction names its schema first (SET LOCAL search_path): a connection that forgot to would find no tables at
 * all, never those of another organisation. Readers see one snapshot; a writer holds the organisation's lock, so that
 * it sees everything committed before. */
#include "store/postgres.h"

#include <assert.h>

#include "base/hash.h"

/* Types of the common subset, by their fixed object ids in every server. */
enum {
    TYPE_BOOL    = 16,
    TYPE_BYTEA   = 17,
    TYPE_NAME    = 19,
    TYPE_INT8    = 20,
    TYPE_INT2    = 21,
    TYPE_INT4    = 23,
    TYPE_TEXT    = 25,
    TYPE_OID     = 26,
    TYPE_VARCHAR = 1043
};

enum { FORMAT_TEXT = 0, FORMAT_BINARY = 1 };

static PGconn *handle_of(const Connection *connection)
{
    return connection->handle;
}

static PgQuery *native_of(const Query *query)
{
    PgState *state = query->db->connection->state;
    return &state->queries[query->slot];
}

/* ---- errors ---- */

/* By SQLSTATE, the whole or its class (the first two letters). */
static ErrCode code_of_state(const char *sqlstate)
{
    static const struct {
        const char *prefix;
        ErrCode code;
    } codes[] = {
        { "23505", ERR_UNIQUE },     { "40001", ERR_CONFLICT }, { "40P01", ERR_CONFLICT }, { "55P03", ERR_BUSY },
        { "57014", ERR_BUSY },       { "53100", ERR_FULL },     { "53200", ERR_LIMIT },    { "53300", ERR_BUSY },
        { "42501", ERR_PERMISSION }, { "28", ERR_PERMISSION },  { "3D000", ERR_MISSING },  { "08", ERR_NETWORK },
        { "57P", ERR_NETWORK },      { "58", ERR_DISK },        { "XX001", ERR_CORRUPT },  { "XX002", ERR_CORRUPT },
        { "22021", ERR_FORMAT },
    };
    for (size_t i = 0; i < countof(codes); i++)
        if (strncmp(sqlstate, codes[i].prefix, strlen(codes[i].prefix)) == 0) return codes[i].code;
    return ERR_DATABASE;
}

static ErrCode error_code(const PGconn *pg, const PGresult *result)
{
    const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (sqlstate) return code_of_state(sqlstate);
    return PQstatus(pg) == CONNECTION_BAD ? ERR_NETWORK : ERR_DATABASE;
}

static Str error_message(const PGconn *pg, const PGresult *result)
{
    const char *message = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    return str_trim(str_from_c(message ? message : PQerrorMessage(pg)));
}

bool pg_fail(PGconn *pg, const PGresult *result, const char *what, Err *err)
{
    ErrCode code = error_code(pg, result);
    return err_set(err, code, 0, .what = str_from_c(what), .detail = error_message(pg, result), .hint = hint_for(code));
}

/* The guard triggers raise this SQLSTATE of their own. */
static bool is_guard(const PGresult *result)
{
    const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    return sqlstate && strcmp(sqlstate, "PLGRD") == 0;
}

static bool statement_fail(PGconn *pg, const PGresult *result, const Statement *statement, Err *err)
{
    ErrCode code = error_code(pg, result);
    Str message  = error_message(pg, result);
    Detail detail;
    if (is_guard(result)) return err_set(err, code, 0, .what = STR("the store refused a change"), .detail = message);
    return err_set(err, code, 0, .what = STR("could not run a statement"),
                   .detail = detail_fmt(&detail, "%.*s, in: %s", STR_ARG(message), statement->sql),
                   .hint   = hint_for(code));
}

bool pg_script(PGconn *pg, const char *sql, PGresult **out, Err *err)
{
    PGresult *result      = PQexec(pg, sql);
    ExecStatusType status = PQresultStatus(result);
    bool done             = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!done) pg_fail(pg, result, "could not run a statement", err);
    if (done && out)
        *out = result;
    else
        PQclear(result);
    return done;
}

static bool postgres_script(Connection *connection, const char *sql, Err *err)
{
    return pg_script(handle_of(connection), sql, NULL, err);
}

/* ---- transactions ---- */

/* The organisation's lock: a number from its schema's name. Two names with the same number only wait for each other. */
static int64_t lock_number(const char *schema)
{
    Hash hash = hash_of(str_from_c(schema));
    int64_t number;
    memcpy(&number, hash.bytes, sizeof number);
    return number;
}

static bool postgres_begin(Db *db, Err *err)
{
    const char *schema = db->store->schema;
    char sql[256];
    if (db->writing) {
        snprintf(sql, sizeof sql,
                 "BEGIN; SET LOCAL search_path TO \"%s\", pg_temp; SELECT pg_catalog.pg_advisory_xact_lock(%lld)",
                 schema, (long long)lock_number(schema));
    } else {
        snprintf(sql, sizeof sql,
                 "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL search_path TO \"%s\", pg_temp", schema);
    }
    return postgres_script(db->connection, sql, err);
}

/* Only an error that the server itself reports about this commit says that nothing was kept; a lost connection, a
 * server that is being stopped and a bad disk do not. A transaction that had failed is "committed" as ROLLBACK. */
static CommitOutcome postgres_commit(Db *db, Err *err)
{
    PGconn *pg            = handle_of(db->connection);
    PGresult *result      = PQexec(pg, "COMMIT");
    CommitOutcome outcome = COMMIT_DONE;
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        ErrCode code = error_code(pg, result);
        bool certain = PQstatus(pg) == CONNECTION_OK && code != ERR_NETWORK && code != ERR_DISK && code != ERR_CORRUPT;
        outcome      = certain ? COMMIT_REFUSED : COMMIT_UNKNOWN;
        pg_fail(pg, result, "could not commit", err);
    } else if (strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        outcome = COMMIT_REFUSED;
        err_set(err, ERR_DATABASE, 0, .what = STR("could not commit"), .detail = STR("The transaction had failed."));
    }
    PQclear(result);
    return outcome;
}

static bool postgres_roll_back(Connection *connection)
{
    PGconn *pg = handle_of(connection);
    if (PQtransactionStatus(pg) != PQTRANS_IDLE) PQclear(PQexec(pg, "ROLLBACK"));
    return PQstatus(pg) == CONNECTION_OK && PQtransactionStatus(pg) == PQTRANS_IDLE;
}

/* ---- statements ---- */

static void statement_name(const Statement *statement, char *name, size_t size)
{
    snprintf(name, size, "p%llu", (unsigned long long)statement->number);
}

static bool postgres_prepare(Connection *connection, Statement *statement, Err *err)
{
    PGconn *pg     = handle_of(connection);
    PgState *state = connection->state;
    char name[32];
    statement->number = ++state->statements;
    statement_name(statement, name, sizeof name);
    PGresult *result = PQprepare(pg, name, statement->sql, 0, NULL);
    bool done        = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!done) statement_fail(pg, result, statement, err);
    PQclear(result);
    return done;
}

static void postgres_forget(Connection *connection, Statement *statement)
{
    PGconn *pg = handle_of(connection);
    char name[32], sql[64];
    if (PQstatus(pg) != CONNECTION_OK || connection->is_closing) return; /* the server forgets with the session */
    statement_name(statement, name, sizeof name);
    snprintf(sql, sizeof sql, "DEALLOCATE %s", name);
    PQclear(PQexec(pg, sql));
}

static bool too_long(Query *query)
{
    return err_set(&query->err, ERR_LIMIT, 0, .what = STR("cannot store a value of more than 1 GB"));
}

static bool postgres_bind(Query *query, int parameter, Value value)
{
    PgQuery *native = native_of(query);
    int at          = parameter - 1;
    switch (value.kind) {
    case VALUE_NULL:
    case VALUE_OTHER: native->values[at] = NULL; break;
    case VALUE_INT:
        snprintf(native->digits[at], sizeof native->digits[at], "%lld", (long long)value.number);
        native->values[at]  = native->digits[at];
        native->formats[at] = FORMAT_TEXT;
        break;
    case VALUE_TEXT:
    case VALUE_BYTES:
        if (value.bytes.len > 1 << 30) return too_long(query);
        native->values[at]  = value.bytes.ptr ? value.bytes.ptr : "";
        native->lengths[at] = (int)value.bytes.len;
        native->formats[at] = FORMAT_BINARY; /* of a text: its bytes as they are, without an end mark */
        break;
    }
    return true;
}

static void postgres_run(Query *query)
{
    PGconn *pg      = handle_of(query->db->connection);
    PgQuery *native = native_of(query);
    char name[32];
    statement_name(query->statement, name, sizeof name);
    native->row           = -1;
    native->result        = PQexecPrepared(pg, name, query->statement->parameters, native->values, native->lengths,
                                           native->formats, FORMAT_BINARY);
    ExecStatusType status = PQresultStatus(native->result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        statement_fail(pg, native->result, query->statement, &query->err);
}

static bool postgres_step(Query *query)
{
    PgQuery *native = native_of(query);
    if (!query->started) postgres_run(query);
    if (query->err.code != ERR_NONE || native->row + 1 >= PQntuples(native->result)) return false;
    native->row++;
    return true;
}

/* A big-endian signed integer of 1, 2, 4 or 8 bytes. */
static int64_t integer_of(const char *bytes, int len)
{
    uint64_t number = len > 0 && (signed char)bytes[0] < 0 ? UINT64_MAX : 0;
    for (int i = 0; i < len; i++)
        number = number << 8 | (unsigned char)bytes[i];
    return (int64_t)number;
}

static Value postgres_column(Query *query, int column)
{
    const PgQuery *native = native_of(query);
    assert(column < PQnfields(native->result));
    if (PQgetisnull(native->result, native->row, column)) return (Value){ .kind = VALUE_NULL };
    const char *bytes = PQgetvalue(native->result, native->row, column);
    int len           = PQgetlength(native->result, native->row, column);
    switch (PQftype(native->result, column)) {
    case TYPE_BOOL:
    case TYPE_INT2:
    case TYPE_INT4:
    case TYPE_INT8: return (Value){ .kind = VALUE_INT, .number = integer_of(bytes, len) };
    case TYPE_OID: return (Value){ .kind = VALUE_INT, .number = integer_of(bytes, len) & UINT32_MAX };
    case TYPE_TEXT:
    case TYPE_VARCHAR:
    case TYPE_NAME: return (Value){ .kind = VALUE_TEXT, .bytes = { bytes, (size_t)len } };
    case TYPE_BYTEA: return (Value){ .kind = VALUE_BYTES, .bytes = { bytes, (size_t)len } };
    default: return (Value){ .kind = VALUE_OTHER };
    }
}

static int64_t postgres_changed(Query *query)
{
    int64_t changed = 0;
    if (!str_to_i64(str_from_c(PQcmdTuples(native_of(query)->result)), 0, INT64_MAX, &changed)) return 0;
    return changed;
}

static void postgres_finish(Query *query)
{
    PgQuery *native = native_of(query);
    PQclear(native->result);
    native->result = NULL;
    memset(native->values, 0, sizeof native->values);
}

const EngineCalls postgres_calls = {
    .open       = pg_store_open,
    .close      = pg_store_close,
    .connect    = pg_connect,
    .disconnect = pg_disconnect,
    .begin      = postgres_begin,
    .commit     = postgres_commit,
    .roll_back  = postgres_roll_back,
    .script     = postgres_script,
    .prepare    = postgres_prepare,
    .forget     = postgres_forget,
    .bind       = postgres_bind,
    .step       = postgres_step,
    .column     = postgres_column,
    .changed    = postgres_changed,
    .finish     = postgres_finish,
};
