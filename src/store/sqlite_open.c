/* SPDX-License-Identifier: Apache-2.0
 * Opening an organisation that is an SQLite file: the folder and its lock, a look at the file before the library
 * touches it, connections and their settings. Whatever is wrong with the place is found here and told in words. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "store/sqlite.h"

enum {
    APPLICATION_ID   = 0x504c4d42, /* "PLMB": marks a database as one of ours */
    BUSY_WAIT_MS     = 5000,       /* for an administrator's own sqlite3 shell; we never wait for ourselves */
    READERS_MAX      = 128,
    READERS_IDLE_MAX = 8,
    HEADER_BYTES     = 16
};

/* Order matters: the page size before the first write. WAL and FULL: what is committed survives a power cut. Erased
 * personal data is overwritten. REPLACE runs the delete guards too. No mmap: an I/O error must be an error here. */
static const char writer_settings[] = "PRAGMA page_size = 4096;"
                                      "PRAGMA journal_mode = WAL;"
                                      "PRAGMA synchronous = FULL;"
                                      "PRAGMA wal_autocheckpoint = 0;"
                                      "PRAGMA journal_size_limit = 67108864;"
                                      "PRAGMA secure_delete = ON;"
                                      "PRAGMA recursive_triggers = ON;"
                                      "PRAGMA cell_size_check = ON;"
                                      "PRAGMA temp_store = MEMORY;"
                                      "PRAGMA cache_size = -8000;"
                                      "PRAGMA mmap_size = 0;";

/* Pages are checked when they are read. With mmap that would be at every look at one: twice the time of a list. */
static const char reader_settings[] = "PRAGMA cell_size_check = ON;"
                                      "PRAGMA temp_store = MEMORY;"
                                      "PRAGMA cache_size = -8000;"
                                      "PRAGMA mmap_size = 0;";

static const char new_store[] = "BEGIN IMMEDIATE;"
                                "PRAGMA application_id = 1347177794;"
                                "CREATE TABLE store_schema"
                                " (id INTEGER PRIMARY KEY, version INTEGER NOT NULL, digest TEXT NOT NULL) STRICT;"
                                "COMMIT;";
static_assert(APPLICATION_ID == 1347177794, "new_store names the same number");

/* ---- the folder ---- */

static bool file_fail(int native, const char *what, const char *path, Err *err)
{
    ErrCode code = native == EFBIG ? ERR_FULL : err_code_of_errno(native); /* the size limit of the process */
    Detail detail;
    return err_set(err, code, native, .what = str_from_c(what),
                   .detail = detail_fmt(&detail, "\"%s\": %s.", path, err_errno_text(native)), .hint = hint_for(code));
}

/* The number of the process that holds the lock, as it wrote it there; empty when it did not. */
static Str lock_holder(int lock, char *bytes, size_t size)
{
    ssize_t got = pread(lock, bytes, size, 0);
    return got > 0 ? str_trim((Str){ bytes, (size_t)got }) : STR("");
}

static bool lock_refused(int lock, int native, const char *path, Err *err)
{
    if (native != EWOULDBLOCK) return file_fail(native, "could not lock the store", path, err);
    char bytes[32];
    Str holder = lock_holder(lock, bytes, sizeof bytes);
    Detail detail;
    return err_set(err, ERR_BUSY, native, .what = STR("cannot open the store: another process owns it"),
                   .detail = detail_fmt(&detail, "Process %.*s holds \"%s\".", STR_ARG(holder), path),
                   .hint   = STR("Work through that process, or stop it first."));
}

/* One process owns a store. The lock ends with the process, however it ends. */
static bool lock_take(SqliteStore *sqlite, const char *path, Err *err)
{
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return file_fail(errno, "could not open the lock of the store", path, err);
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        lock_refused(lock, errno, path, err);
        close(lock);
        return false;
    }
    sqlite->lock = lock;
    char number[32];
    int len = snprintf(number, sizeof number, "%ld\n", (long)getpid());
    /* The number is for people: without it the lock is as good. */
    if (ftruncate(lock, 0) == 0 && pwrite(lock, number, (size_t)len, 0) < 0) (void)0;
    return true;
}

/* Looks at the first bytes before the library does, and makes a missing file with our mode instead of its own. */
static bool header_check(const char *path, Err *err)
{
    char header[HEADER_BYTES] = { 0 };
    Detail detail;
    int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return file_fail(errno, "could not open the database", path, err);
    ssize_t got = read(file, header, sizeof header);
    int native  = errno;
    close(file);
    if (got < 0) return file_fail(native, "could not read the database", path, err);
    if (got == 0 || (got == HEADER_BYTES && memcmp(header, "SQLite format 3", HEADER_BYTES) == 0)) return true;
    return err_set(err, ERR_CORRUPT, 0, .what = STR("cannot open the store: its database is not one"),
                   .detail = detail_fmt(&detail, "\"%s\" does not begin as an SQLite file does.", path),
                   .hint   = hint_for(ERR_CORRUPT));
}

/* ---- connections ---- */

bool sqlite_script(Connection *connection, const char *sql, Err *err)
{
    int result = sqlite3_exec(connection->handle, sql, NULL, NULL, NULL);
    return result == SQLITE_OK || sqlite_fail(connection->handle, result, "could not run a statement", err);
}

static int pages_written(void *context, sqlite3 *db, const char *name, int pages)
{
    (void)db;
    (void)name;
    SqliteState *state = context;
    state->wal_pages   = pages;
    return SQLITE_OK;
}

/* Takes away what an application has no use for and an intruder has. */
static void connection_harden(sqlite3 *db)
{
    static const struct {
        int option, value;
    } options[] = {
        { SQLITE_DBCONFIG_DEFENSIVE, 1 },
        { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
        { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
        { SQLITE_DBCONFIG_DQS_DML, 0 },
        { SQLITE_DBCONFIG_DQS_DDL, 0 },
        { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
    };
    for (size_t i = 0; i < countof(options); i++)
        sqlite3_db_config(db, options[i].option, options[i].value, NULL);
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_busy_timeout(db, BUSY_WAIT_MS);
}

/* The one integer that `sql` gives. */
static bool integer_of(sqlite3 *db, const char *sql, int64_t *out, Err *err)
{
    *out                    = 0;
    sqlite3_stmt *statement = NULL;
    int result              = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (result == SQLITE_OK) result = sqlite3_step(statement);
    if (result == SQLITE_ROW) *out = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return result == SQLITE_ROW || sqlite_fail(db, result, "could not read the database", err);
}

/* Before any setting writes to a file that is not ours. */
static bool ours_or_new(sqlite3 *db, bool *is_new, Err *err)
{
    int64_t application, tables;
    Detail detail;
    *is_new = false;
    if (!integer_of(db, "PRAGMA application_id", &application, err)) return false;
    if (application == APPLICATION_ID) return true;
    if (!integer_of(db, "SELECT count(*) FROM sqlite_schema", &tables, err)) return false;
    *is_new = application == 0 && tables == 0;
    if (*is_new) return true;
    const char *path = sqlite3_db_filename(db, "main");
    return err_set(err, ERR_FORMAT, 0, .what = STR("cannot open the store: its database belongs to another program"),
                   .detail = detail_fmt(&detail, "\"%s\" is an SQLite file, but Plumbline did not make it.", path),
                   .hint   = STR("Name another folder, or move that file away."));
}

static bool wal_check(sqlite3 *db, Err *err)
{
    int64_t is_wal;
    if (!integer_of(db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &is_wal, err)) return false;
    if (is_wal) return true;
    return err_set(err, ERR_DATABASE, 0, .what = STR("cannot open the store: the file system has no shared memory"),
                   .detail = STR("SQLite could not switch to its write-ahead log."),
                   .hint   = STR("Keep the folder on a local disk, not on a network share."));
}

static bool writer_set(Connection *connection, Err *err)
{
    bool is_new;
    sqlite3 *db = connection->handle;
    if (!ours_or_new(db, &is_new, err)) return false;
    if (!sqlite_script(connection, writer_settings, err) || !wal_check(db, err)) return false;
    if (is_new && !sqlite_script(connection, new_store, err)) return false;
    sqlite3_wal_hook(db, pages_written, connection->state);
    return true;
}

static bool connection_set(Connection *connection, Err *err)
{
    const SqliteState *state = connection->state;
    connection_harden(connection->handle);
    return state->is_writer ? writer_set(connection, err) : sqlite_script(connection, reader_settings, err);
}

/* The library counts its memory under one lock that all connections share: two readers would wait for each other at
 * each allocation. Nobody reads that count. */
static void sqlite_count_no_memory(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* The first connection of a store is its writer; all later ones read. */
bool sqlite_connect(Connection *connection, Err *err)
{
    static pthread_once_t configured = PTHREAD_ONCE_INIT;
    const SqliteStore *sqlite        = connection->store->state;
    SqliteState *state               = calloc(1, sizeof *state);
    pthread_once(&configured, sqlite_count_no_memory);
    if (!state) return err_set(err, ERR_LIMIT, 0, .what = STR("could not open a database connection: no memory"));
    state->is_writer  = connection->store->writer == NULL;
    connection->state = state;

    int flags =
        SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (state->is_writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    sqlite3 *db        = NULL;
    int result         = sqlite3_open_v2(sqlite->path, &db, flags, NULL);
    connection->handle = db;
    if (result != SQLITE_OK) sqlite_fail(db, result, "could not open the database", err);
    if (result == SQLITE_OK && connection_set(connection, err)) return true;
    sqlite_disconnect(connection);
    return false;
}

void sqlite_disconnect(Connection *connection)
{
    sqlite3_close(connection->handle);
    free(connection->state);
    connection->handle = connection->state = NULL;
}

/* ---- the store ---- */

bool sqlite_store_open(Store *store, Str address, Err *err)
{
    while (address.len > 1 && str_ends(address, STR("/")))
        address.len--;
    SqliteStore *sqlite  = arena_new(store->arena, SqliteStore);
    sqlite->lock         = -1;
    store->state         = sqlite;
    store->pool.open_max = READERS_MAX;
    store->pool.idle_max = READERS_IDLE_MAX;
    store->folder        = str_dup(store->arena, address);
    sqlite->path         = str_to_c(store->arena, str_fmt(store->arena, "%.*s/plumbline.db", STR_ARG(address)));
    const char *lock     = str_to_c(store->arena, str_fmt(store->arena, "%.*s/plumbline.lock", STR_ARG(address)));
    if (str_is_empty(address) || !sqlite->path || !lock)
        return err_set(err, ERR_USAGE, 0, .what = STR("cannot open a store without a folder name"));

    if (!folder_make(store->arena, address, err) || !lock_take(sqlite, lock, err)) return false;
    if (!header_check(sqlite->path, err)) return false;
    store->writer = connection_open(store, err);
    return store->writer != NULL;
}

void sqlite_store_close(Store *store)
{
    SqliteStore *sqlite = store->state;
    if (sqlite && sqlite->lock >= 0) close(sqlite->lock);
}
