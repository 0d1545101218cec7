/* SPDX-License-Identifier: Apache-2.0
 * The SQLite engine: transactions, statements and rows. sqlite_open.c opens the file.
 *
 * One connection writes (and alone moves the write-ahead log into the file, between transactions, inside the turn);
 * readers are opened read-only and see the state of their first query until they end. */
#include "store/sqlite.h"

#include <assert.h>
#include <errno.h>

#include "base/log.h"

enum { CHECKPOINT_PAGES = 1000 };

static sqlite3 *handle_of(const Connection *connection)
{
    return connection->handle;
}

static sqlite3_stmt *statement_of(const Query *query)
{
    return query->statement->handle;
}

/* ---- errors ---- */

/* The errno that the last write to the log met: the library itself only keeps that of the database's file. */
static int log_errno(sqlite3 *db)
{
    int native        = 0;
    sqlite3_file *log = NULL;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK || !log->pMethods) return 0;
    log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &native);
    return native;
}

/* A full disk is SQLITE_FULL; a quota or the size limit of the process is an I/O error like any other to the library.
 */
static bool is_out_of_space(sqlite3 *db, int result)
{
    if ((result & 0xff) == SQLITE_FULL) return true;
    if (result != SQLITE_IOERR_WRITE || !db) return false;
    int native = log_errno(db);
    return native == ENOSPC || native == EDQUOT || native == EFBIG;
}

static ErrCode error_code(sqlite3 *db, int result)
{
    if (is_out_of_space(db, result)) return ERR_FULL;
    switch (result) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID: return ERR_UNIQUE;
    case SQLITE_READONLY_CANTINIT: /* the database can be written, but its log cannot be made beside it */
    case SQLITE_READONLY_DIRECTORY: return ERR_PERMISSION;
    default: break;
    }
    switch (result & 0xff) {
    case SQLITE_IOERR: return ERR_DISK;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ERR_BUSY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return ERR_CORRUPT;
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH: return ERR_PERMISSION;
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG: return ERR_LIMIT;
    default: return ERR_DATABASE;
    }
}

bool sqlite_fail(sqlite3 *db, int result, const char *what, Err *err)
{
    ErrCode code        = error_code(db, result);
    const char *message = db ? sqlite3_errmsg(db) : sqlite3_errstr(result);
    Detail detail;
    return err_set(err, code, result, .what = str_from_c(what), .detail = detail_fmt(&detail, "%s", message),
                   .hint = hint_for(code));
}

/* A failed statement names itself, unless a guard trigger refused: its text is a sentence for people. After a bad disk
 * the writer stops: what its file holds is not certain any more. */
static bool query_fail(Query *query, int result)
{
    Connection *connection = query->db->connection;
    sqlite3 *db            = handle_of(connection);
    ErrCode code           = error_code(db, result);
    Detail detail;

    if (query->db->writing && (code == ERR_DISK || code == ERR_CORRUPT))
        atomic_store(&query->db->store->refuses_writes, true);
    if (result == SQLITE_CONSTRAINT_TRIGGER)
        return err_set(&query->err, code, result, .what = STR("the store refused a change"),
                       .detail = str_from_c(sqlite3_errmsg(db)));
    return err_set(&query->err, code, result, .what = STR("could not run a statement"),
                   .detail = detail_fmt(&detail, "%s, in: %s", sqlite3_errmsg(db), query->statement->sql),
                   .hint   = hint_for(code));
}

/* ---- transactions ---- */

static bool sqlite_begin(Db *db, Err *err)
{
    return sqlite_script(db->connection, db->writing ? "BEGIN IMMEDIATE" : "BEGIN", err);
}

/* Moves full pages of the log into the file, so that the log stays short. Done here and not by the library's own
 * automatism, which hides errors: the commit itself stands, but a writer that cannot checkpoint has a bad disk. */
static void checkpoint_if_due(Connection *connection)
{
    SqliteState *state = connection->state;
    if (state->wal_pages < CHECKPOINT_PAGES) return;
    state->wal_pages = 0;
    int result       = sqlite3_wal_checkpoint_v2(handle_of(connection), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    ErrCode code     = result == SQLITE_OK ? ERR_NONE : error_code(handle_of(connection), result);
    if (code != ERR_DISK && code != ERR_CORRUPT) return;
    Err err = { 0 };
    sqlite_fail(handle_of(connection), result, "could not move the log into the database", &err);
    log_err("store", &err);
    atomic_store(&connection->store->refuses_writes, true);
}

/* Out of space: the frame that would end the transaction is not whole, so the next reader of the log ignores it. Any
 * other failure of the disk at this point leaves open what survived. */
static CommitOutcome sqlite_commit(Db *db, Err *err)
{
    sqlite3 *handle = handle_of(db->connection);
    int result      = sqlite3_exec(handle, "COMMIT", NULL, NULL, NULL);
    if (result == SQLITE_OK) {
        checkpoint_if_due(db->connection);
        return COMMIT_DONE;
    }
    ErrCode code = error_code(handle, result);
    sqlite_fail(handle, result, "could not commit", err);
    return code == ERR_DISK || code == ERR_CORRUPT ? COMMIT_UNKNOWN : COMMIT_REFUSED;
}

static bool sqlite_roll_back(Connection *connection)
{
    sqlite3 *db = handle_of(connection);
    if (sqlite3_get_autocommit(db)) return true; /* some failures roll back by themselves */
    return sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK;
}

/* ---- statements ---- */

/* `$3` is a name to SQLite, numbered by first appearance: the numbers are looked up once. */
static void places_find(Statement *statement)
{
    sqlite3_stmt *handle = statement->handle;
    int count            = sqlite3_bind_parameter_count(handle);
    for (int place = 1; place <= count; place++) {
        const char *name = sqlite3_bind_parameter_name(handle, place);
        int64_t number;
        if (!name || name[0] != '$' || !str_to_i64(str_from_c(name + 1), 1, PARAMETERS_MAX, &number)) continue;
        statement->place[number] = (uint8_t)place;
    }
}

static bool sqlite_prepare(Connection *connection, Statement *statement, Err *err)
{
    sqlite3_stmt *handle = NULL;
    const char *tail     = "";
    Detail detail;
    int result = sqlite3_prepare_v3(handle_of(connection), statement->sql, (int)statement->sql_len + 1,
                                    SQLITE_PREPARE_PERSISTENT, &handle, &tail);
    if (result == SQLITE_OK && handle && str_is_empty(str_trim(str_from_c(tail)))) {
        statement->handle = handle;
        places_find(statement);
        return true;
    }
    const char *why = result == SQLITE_OK ? "more or less than one statement" : sqlite3_errmsg(handle_of(connection));
    ErrCode code    = result == SQLITE_OK ? ERR_DATABASE : error_code(handle_of(connection), result);
    err_set(err, code, result, .what = STR("cannot prepare a statement"),
            .detail = detail_fmt(&detail, "%s, in: %s", why, statement->sql), .hint = hint_for(code));
    sqlite3_finalize(handle);
    return false;
}

static void sqlite_forget(Connection *connection, Statement *statement)
{
    (void)connection;
    sqlite3_finalize(statement->handle);
}

static int bind_value(sqlite3_stmt *handle, int place, Value value)
{
    const char *bytes = value.bytes.ptr ? value.bytes.ptr : "";
    switch (value.kind) {
    case VALUE_NULL: return sqlite3_bind_null(handle, place);
    case VALUE_INT: return sqlite3_bind_int64(handle, place, value.number);
    case VALUE_TEXT: return sqlite3_bind_text64(handle, place, bytes, value.bytes.len, SQLITE_STATIC, SQLITE_UTF8);
    case VALUE_BYTES: return sqlite3_bind_blob64(handle, place, bytes, value.bytes.len, SQLITE_STATIC);
    case VALUE_OTHER: break;
    }
    return SQLITE_MISUSE;
}

static bool sqlite_bind(Query *query, int parameter, Value value)
{
    int place = query->statement->place[parameter];
    if (place == 0) return true; /* a gap: $1, $3 */
    int result = bind_value(statement_of(query), place, value);
    return result == SQLITE_OK || query_fail(query, result);
}

static bool sqlite_step(Query *query)
{
    if (query->started && !sqlite3_stmt_busy(statement_of(query))) return false; /* it would begin anew */
    int result = sqlite3_step(statement_of(query));
    if (result == SQLITE_ROW) return true;
    if (result != SQLITE_DONE) query_fail(query, result);
    sqlite3_reset(statement_of(query));
    return false;
}

static Value sqlite_column(Query *query, int column)
{
    sqlite3_stmt *handle = statement_of(query);
    assert(column < sqlite3_column_count(handle));
    sqlite3_value *value = sqlite3_column_value(handle, column); /* looked up once, read by this thread alone */
    switch (sqlite3_value_type(value)) {
    case SQLITE_NULL: return (Value){ .kind = VALUE_NULL };
    case SQLITE_INTEGER: return (Value){ .kind = VALUE_INT, .number = sqlite3_value_int64(value) };
    case SQLITE_TEXT: {
        const char *text = (const char *)sqlite3_value_text(value);
        return (Value){ .kind = VALUE_TEXT, .bytes = { text, (size_t)sqlite3_value_bytes(value) } };
    }
    case SQLITE_BLOB: {
        const char *bytes = sqlite3_value_blob(value);
        return (Value){ .kind = VALUE_BYTES, .bytes = { bytes, (size_t)sqlite3_value_bytes(value) } };
    }
    default: return (Value){ .kind = VALUE_OTHER };
    }
}

static int64_t sqlite_changed(Query *query)
{
    return sqlite3_changes64(handle_of(query->db->connection));
}

static void sqlite_finish(Query *query)
{
    sqlite3_reset(statement_of(query));
    sqlite3_clear_bindings(statement_of(query));
}

const EngineCalls sqlite_calls = {
    .open       = sqlite_store_open,
    .close      = sqlite_store_close,
    .connect    = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .begin      = sqlite_begin,
    .commit     = sqlite_commit,
    .roll_back  = sqlite_roll_back,
    .script     = sqlite_script,
    .prepare    = sqlite_prepare,
    .forget     = sqlite_forget,
    .bind       = sqlite_bind,
    .step       = sqlite_step,
    .column     = sqlite_column,
    .changed    = sqlite_changed,
    .finish     = sqlite_finish,
};
