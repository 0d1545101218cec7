/* SPDX-License-Identifier: Apache-2.0
 * Where a store lives: what is made, who may have it, and what is said of a place that is no good. */
#include "support/engines.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/schema.h"

enum { NOBODY = 65534 };

static const Column blob_columns[] = {
    { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("bytes"), .kind = COLUMN_BYTES },
};
static const Table blob = { .name = STR_INIT("item"), .columns = blob_columns, .columns_len = countof(blob_columns) };
static const Table *const tables[] = { &blob };
static const Schema schema         = { .version = 1, .tables = tables, .tables_len = countof(tables) };

static const char *path_in(TestStore *t, const char *name)
{
    return str_to_c(t->arena, str_fmt(t->arena, "%.*s/%s", STR_ARG(t->folder), name));
}

static void store_shut(TestStore *t)
{
    store_close(t->store);
    t->store = NULL;
}

static void bytes_write(const char *path, off_t at, const void *bytes, size_t size)
{
    int fd = open(path, O_WRONLY | O_CREAT, 0600);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, bytes, size, at), size);
    close(fd);
}

/* Opening must fail with `code`, and say `word`. */
static void open_refused(TestStore *t, ErrCode code, const char *word)
{
    Store *store = NULL;
    must_fail(t, store_open_again(t, &store), code);
    Str line = str_fmt(t->arena, "%s: %s %s", t->err.what, t->err.detail, t->err.hint);
    if (!str_has(line, str_from_c(word))) print_error("\"%s\" is not in: %.*s\n", word, STR_ARG(line));
    assert_true(str_has(line, str_from_c(word)));
}

/* ---- SQLite: the folder ---- */

static void a_new_folder_is_made_for_its_owner_alone(void **state)
{
    TestStore *t = *state;
    Store *store;
    struct stat info;
    t->address = str_fmt(t->arena, "%.*s/new/deep/", STR_ARG(t->folder));
    must(t, store_open_again(t, &store));

    check_str(store_folder(store), path_in(t, "new/deep"));
    assert_int_equal(stat(path_in(t, "new/deep"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(stat(path_in(t, "new/deep/plumbline.db"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    store_close(store);
}

static void a_second_opening_is_refused_and_names_the_owner(void **state)
{
    TestStore *t = *state;
    char owner[40];
    snprintf(owner, sizeof owner, "Process %ld ", (long)getpid());

    open_refused(t, ERR_BUSY, owner);

    store_shut(t);
    must(t, store_open_again(t, &t->store));
}

static void a_second_process_is_refused(void **state)
{
    TestStore *t = *state;
    int status   = 0;
    pid_t child  = fork();
    if (child == 0) {
        Store *store;
        bool opened = store_open_again(t, &store);
        _exit(opened ? 1 : t->err.code == ERR_BUSY ? 0 : 2);
    }
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* As user nobody, in a child: the test itself may run as root, to whom every file is open. */
static void refused_to_nobody(TestStore *t)
{
    int status  = 0;
    pid_t child = fork();
    if (child == 0) {
        Store *store;
        if (geteuid() == 0 && (setgroups(0, NULL) != 0 || setgid(NOBODY) != 0 || setuid(NOBODY) != 0)) _exit(3);
        bool opened = store_open_again(t, &store);
        if (!opened && t->err.code != ERR_PERMISSION) print_error("%s: %s\n", t->err.what, t->err.detail);
        _exit(opened ? 1 : t->err.code == ERR_PERMISSION ? 0 : 2);
    }
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_folder_without_permission_is_told(void **state)
{
    TestStore *t = *state;
    store_shut(t);
    assert_int_equal(chmod(path_in(t, ""), 0500), 0);
    refused_to_nobody(t);
    assert_int_equal(chmod(path_in(t, ""), 0700), 0);
}

static void a_database_without_permission_is_told(void **state)
{
    TestStore *t = *state;
    store_shut(t);
    assert_int_equal(chmod(path_in(t, ""), 0777), 0);
    assert_int_equal(chmod(path_in(t, "plumbline.lock"), 0666), 0);
    assert_int_equal(chmod(path_in(t, "plumbline.db"), 0400), 0);
    refused_to_nobody(t);
}

static void a_file_in_place_of_the_folder_is_told(void **state)
{
    TestStore *t = *state;
    bytes_write(path_in(t, "file"), 0, "x", 1);
    t->address = str_fmt(t->arena, "%.*s/file", STR_ARG(t->folder));
    open_refused(t, ERR_DISK, "folder");
}

/* ---- SQLite: the file ---- */

static void a_file_that_is_no_database_is_refused_untouched(void **state)
{
    TestStore *t             = *state;
    static const char text[] = "Dear colleague, this is a letter and no database at all.";
    char kept[sizeof text]   = { 0 };
    store_shut(t);
    assert_int_equal(unlink(path_in(t, "plumbline.db")), 0);
    bytes_write(path_in(t, "plumbline.db"), 0, text, sizeof text);

    open_refused(t, ERR_CORRUPT, "plumbline.db");

    int fd = open(path_in(t, "plumbline.db"), O_RDONLY);
    assert_int_equal(read(fd, kept, sizeof kept), sizeof text);
    close(fd);
    assert_string_equal(kept, text);
}

static void a_database_of_another_program_is_refused_untouched(void **state)
{
    TestStore *t = *state;
    Store *store;
    struct stat before, after;
    store_do(t, "CREATE TABLE address (name TEXT)");
    store_shut(t);
    /* application_id and journal mode in the header, as an ordinary file has them */
    bytes_write(path_in(t, "plumbline.db"), 68, "\0\0\0\0", 4);
    bytes_write(path_in(t, "plumbline.db"), 18, "\1\1", 2);
    assert_int_equal(stat(path_in(t, "plumbline.db"), &before), 0);

    open_refused(t, ERR_FORMAT, "another program");

    assert_int_equal(stat(path_in(t, "plumbline.db"), &after), 0);
    assert_true(before.st_mtim.tv_sec == after.st_mtim.tv_sec && before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
    bytes_write(path_in(t, "plumbline.db"), 68, "PLMB", 4);
    must(t, store_open_again(t, &store));
    t->store = store;
}

static void a_file_that_was_cut_short_is_told(void **state)
{
    TestStore *t = *state;
    store_do(t, "CREATE TABLE item (bytes BLOB)");
    store_do(t, "INSERT INTO item (bytes) VALUES (zeroblob(100000))");
    store_shut(t);
    assert_int_equal(truncate(path_in(t, "plumbline.db"), 20000), 0);

    open_refused(t, ERR_CORRUPT, "malformed");
}

static void a_damaged_page_is_told_when_it_is_read(void **state)
{
    TestStore *t = *state;
    Db *db;
    must(t, schema_apply(t->store, &schema, &t->err));
    store_do(t, "INSERT INTO item (id, bytes) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                " WHERE i < 2000) SELECT i, randomblob(100) FROM n");
    store_shut(t);
    char noise[8192];
    memset(noise, 0x5a, sizeof noise);
    struct stat info;
    assert_int_equal(stat(path_in(t, "plumbline.db"), &info), 0);
    for (off_t at = info.st_size / 2; at < info.st_size; at += (off_t)sizeof noise)
        bytes_write(path_in(t, "plumbline.db"), at, noise, sizeof noise);
    must(t, store_open_again(t, &t->store));

    must(t, store_read(t->store, t->arena, &db, &t->err));
    Query *q = query_open(db, STR("SELECT bytes FROM item"));
    while (query_next(q))
        continue;
    must_fail(t, query_close(q, &t->err), ERR_CORRUPT);
    db_end(db);
}

/* ---- SQLite: a full disk ---- */

static bool blob_add(TestStore *t, int64_t id, int64_t size)
{
    Db *db;
    if (!store_write(t->store, t->arena, &db, &t->err)) return false;
    Query *q = query_open(db, STR("INSERT INTO item (id, bytes) VALUES ($1, zeroblob($2))"));
    query_bind_int(q, 1, id);
    query_bind_int(q, 2, size);
    bool done = query_run(q, NULL, &t->err) && db_commit(db, &t->err);
    db_end(db);
    return done;
}

/* The limit on a file's size stands for the end of the disk: the store goes on when there is room again. */
static void a_full_disk_refuses_writes_until_there_is_room(void **state)
{
    TestStore *t = *state;
    struct rlimit before, small;
    must(t, schema_apply(t->store, &schema, &t->err));
    must(t, blob_add(t, 1, 1000));
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = (struct rlimit){ .rlim_cur = 512 << 10, .rlim_max = before.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);

    bool done = blob_add(t, 2, 2 << 20);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);

    must_fail(t, done, ERR_FULL);
    assert_non_null(strstr(t->err.hint, "Free space"));
    assert_int_equal(store_count(t, "SELECT count(*) FROM item"), 1);
    must(t, blob_add(t, 3, 2 << 20));
    store_reopen(t);
    assert_int_equal(store_count(t, "SELECT count(*) FROM item"), 2);
    assert_int_equal(store_count(t, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
}

static void the_log_is_moved_into_the_file_and_stays_short(void **state)
{
    TestStore *t = *state;
    struct stat log, file;
    must(t, schema_apply(t->store, &schema, &t->err));
    for (int64_t id = 1; id <= 60; id++)
        must(t, blob_add(t, id, 400 << 10));

    assert_int_equal(stat(path_in(t, "plumbline.db-wal"), &log), 0);
    assert_int_equal(stat(path_in(t, "plumbline.db"), &file), 0);
    assert_true(log.st_size < 8 << 20);
    assert_true(file.st_size > 16 << 20);
}

static void closing_leaves_the_database_alone_in_its_folder(void **state)
{
    TestStore *t = *state;
    must(t, schema_apply(t->store, &schema, &t->err));
    assert_int_equal(store_count(t, "SELECT count(*) FROM item"), 0);
    assert_int_equal(access(path_in(t, "plumbline.db-wal"), F_OK), 0);
    store_shut(t);
    assert_int_equal(access(path_in(t, "plumbline.db-wal"), F_OK), -1);
}

/* ---- PostgreSQL ---- */

static void a_server_that_is_not_there_is_told(void **state)
{
    TestStore *t = *state;
    t->address   = str_fmt(t->arena, "postgresql:///postgres?host=%.*s", STR_ARG(t->folder));
    open_refused(t, ERR_NETWORK, "server");
}

static void an_address_that_is_not_one_is_told(void **state)
{
    TestStore *t                   = *state;
    static const char *const bad[] = { "postgresql:///postgres?schema=", "postgresql:///postgres?schema=Bad",
                                       "postgresql:///postgres?schema=a;drop&host=x" };
    for (size_t i = 0; i < countof(bad); i++) {
        t->address = str_from_c(bad[i]);
        open_refused(t, ERR_USAGE, "schema");
    }
}

static void organisations_of_one_database_do_not_meet(void **state)
{
    TestStore *t    = *state;
    TestStore other = *t;
    other.address   = str_fmt(t->arena, "%.*s_b", STR_ARG(t->address));
    must(&other, store_open_again(&other, &other.store));
    must(t, schema_apply(t->store, &schema, &t->err));
    must(&other, schema_apply(other.store, &schema, &other.err));
    store_do(t, "INSERT INTO item (id) VALUES (1)");

    assert_int_equal(store_count(&other, "SELECT count(*) FROM item"), 0);
    store_do(&other, "DROP TABLE item");
    assert_int_equal(store_count(t, "SELECT count(*) FROM item"), 1);
    Str schema_name = str_slice(other.address, (size_t)(strstr(other.address.ptr, "schema=") - other.address.ptr) + 7,
                                other.address.len);
    store_do(&other, str_to_c(t->arena, str_fmt(t->arena, "DROP SCHEMA %.*s CASCADE", STR_ARG(schema_name))));
    store_close(other.store);
}

/* The number of the server's process that works for `db`. */
static int64_t session_of(TestStore *t, Db *db)
{
    int64_t session = 0;
    Query *q        = query_open(db, STR("SELECT pg_backend_pid()"));
    if (query_next(q)) session = query_int(q, 0);
    must(t, query_close(q, &t->err));
    return session;
}

/* Ends a session as the restart of a server does, through a session of another store. */
static void session_end(TestStore *t, int64_t session)
{
    TestStore other = *t;
    must(&other, store_open_again(t, &other.store));
    Str sql =
        str_fmt(t->arena, "SELECT CASE WHEN pg_terminate_backend(%lld, 10000) THEN 1 ELSE 0 END", (long long)session);
    assert_int_equal(store_count(&other, str_to_c(t->arena, sql)), 1);
    store_close(other.store);
}

static void dead_connections_in_the_pool_go_unnoticed(void **state)
{
    TestStore *t = *state;
    Db *one, *two;
    must(t, schema_apply(t->store, &schema, &t->err));
    must(t, store_read(t->store, t->arena, &one, &t->err));
    must(t, store_read(t->store, t->arena, &two, &t->err));
    int64_t first = session_of(t, one), second = session_of(t, two);
    db_end(one);
    db_end(two);
    session_end(t, first);
    session_end(t, second);

    assert_int_equal(store_count(t, "SELECT count(*) FROM item"), 0);
    store_do(t, "INSERT INTO item (id) VALUES (1)");
}

static void a_connection_lost_amid_reading_is_told(void **state)
{
    TestStore *t = *state;
    Db *db;
    must(t, store_read(t->store, t->arena, &db, &t->err));
    session_end(t, session_of(t, db));

    Query *q = query_open(db, STR("SELECT 1"));
    assert_false(query_next(q));
    must_fail(t, query_close(q, &t->err), ERR_NETWORK);
    db_end(db);
    assert_int_equal(store_count(t, "SELECT 1"), 1);
}

static void a_connection_lost_at_commit_leaves_the_outcome_unknown(void **state)
{
    TestStore *t = *state;
    Db *db;
    must(t, schema_apply(t->store, &schema, &t->err));
    must(t, store_write(t->store, t->arena, &db, &t->err));
    must(t, query_run(query_open(db, STR("INSERT INTO item (id) VALUES (1)")), NULL, &t->err));
    session_end(t, session_of(t, db));

    must_fail(t, db_commit(db, &t->err), ERR_UNKNOWN);
    must_fail(t, store_write(t->store, t->arena, &db, &t->err), ERR_UNKNOWN);
    assert_int_equal(store_count(t, "SELECT count(*) FROM item"), 0);
}

int main(void)
{
    const struct CMUnitTest tests_of_all[] = {
        ON_SQLITE(a_new_folder_is_made_for_its_owner_alone),
        ON_SQLITE(a_second_opening_is_refused_and_names_the_owner),
        ON_SQLITE(a_second_process_is_refused),
        ON_SQLITE(a_folder_without_permission_is_told),
        ON_SQLITE(a_database_without_permission_is_told),
        ON_SQLITE(a_file_in_place_of_the_folder_is_told),
        ON_SQLITE(a_file_that_is_no_database_is_refused_untouched),
        ON_SQLITE(a_database_of_another_program_is_refused_untouched),
        ON_SQLITE(a_file_that_was_cut_short_is_told),
        ON_SQLITE(a_damaged_page_is_told_when_it_is_read),
        ON_SQLITE(a_full_disk_refuses_writes_until_there_is_room),
        ON_SQLITE(the_log_is_moved_into_the_file_and_stays_short),
        ON_SQLITE(closing_leaves_the_database_alone_in_its_folder),
        ON_POSTGRES(a_server_that_is_not_there_is_told),
        ON_POSTGRES(an_address_that_is_not_one_is_told),
        ON_POSTGRES(organisations_of_one_database_do_not_meet),
        ON_POSTGRES(dead_connections_in_the_pool_go_unnoticed),
        ON_POSTGRES(a_connection_lost_amid_reading_is_told),
        ON_POSTGRES(a_connection_lost_at_commit_leaves_the_outcome_unknown),
    };
    return cmocka_run_group_tests(tests_of_all, engines_start, engines_stop);
}
