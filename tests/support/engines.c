/* SPDX-License-Identifier: Apache-2.0
 * Stores for tests: see engines.h. */
#include "support/engines.h"

#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"

enum { TEST_ARENA_MAX = 64 << 20, ADDRESS_MAX = 1000 };

Engine on_sqlite = ENGINE_SQLITE, on_postgres = ENGINE_POSTGRES;

/* Of the PostgreSQL server, without schema; set once by engines_start. */
static char server[ADDRESS_MAX];
static unsigned schemas_made;

/* ---- the server ---- */

/* Starts a server that lives as long as this process, and reads its address. */
static bool server_start(void)
{
    int ends[2];
    char owner[20];
    snprintf(owner, sizeof owner, "%ld", (long)getpid());
    if (pipe(ends) != 0) return false;
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execl("tests/support/postgres.sh", "postgres.sh", "start", owner, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    ssize_t got = child < 0 ? -1 : read(ends[0], server, sizeof server - 1);
    close(ends[0]);
    int status = -1;
    if (child > 0) waitpid(child, &status, 0);
    server[got < 0 ? 0 : got]     = '\0';
    server[strcspn(server, "\n")] = '\0';
    return status == 0 && server[0];
}

int engines_start(void **state)
{
    (void)state;
    const char *shared = getenv("PLUMBLINE_TEST_POSTGRES");
    if (shared && *shared) return snprintf(server, sizeof server, "%s", shared) > 0 ? 0 : -1;
    if (server_start()) return 0;
    print_error("PostgreSQL could not be started for the tests.\n");
    return -1;
}

/* A server started by engines_start ends with this process. */
int engines_stop(void **state)
{
    (void)state;
    return 0;
}

static void schema_drop(const char *schema)
{
    char sql[200];
    PGconn *pg = PQconnectdb(server);
    snprintf(sql, sizeof sql, "SET client_min_messages = error; DROP SCHEMA IF EXISTS \"%s\" CASCADE", schema);
    PQclear(PQexec(pg, sql));
    PQfinish(pg);
}

/* ---- a store for a test ---- */

typedef struct {
    TestStore test;
    char folder[200];
    char schema[60];
    char address[ADDRESS_MAX + 100];
} Fixture;

int engines_setup(void **state)
{
    Fixture *fixture      = calloc(1, sizeof *fixture);
    TestStore *t          = &fixture->test;
    const char *temporary = getenv("TMPDIR");

    t->engine = *(const Engine *)*state;
    t->arena  = arena_open(TEST_ARENA_MAX);
    if (!time_from_rfc3339(STR("2026-11-16T09:00:00Z"), &t->world.fixed_now)) return -1;
    t->world = world_steered(t->world.fixed_now, 1);
    snprintf(fixture->folder, sizeof fixture->folder, "%s/plumbline-XXXXXX", temporary ? temporary : "/tmp");
    if (!mkdtemp(fixture->folder)) return -1;
    t->folder = str_from_c(fixture->folder);
    snprintf(fixture->schema, sizeof fixture->schema, "t%ld_%u", (long)getpid(), ++schemas_made);
    snprintf(fixture->address, sizeof fixture->address, "%s%sschema=%s", server, strchr(server, '?') ? "&" : "?",
             fixture->schema);
    t->address = t->engine == ENGINE_SQLITE ? t->folder : str_from_c(fixture->address);
    *state     = t;
    if (!store_open_again(t, &t->store)) {
        print_error("%s: %s\n", t->err.what, t->err.detail);
        return -1;
    }
    return 0;
}

int engines_teardown(void **state)
{
    TestStore *t             = *state;
    Fixture *fixture         = (Fixture *)t;
    t->world.fault_countdown = 0;
    arena_close(t->arena);
    store_close(t->store);
    if (t->engine == ENGINE_POSTGRES) schema_drop(fixture->schema);
    folder_remove(fixture->folder);
    free(fixture);
    return 0;
}

bool store_open_again(TestStore *t, Store **out)
{
    if (!store_open(t->address, &t->world, out, &t->err)) return false;
    if (t->engine == ENGINE_POSTGRES) store_set_folder(*out, t->folder);
    return true;
}

void store_reopen(TestStore *t)
{
    arena_reset(t->arena);
    store_close(t->store);
    t->store = NULL;
    must(t, store_open_again(t, &t->store));
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void folder_remove(const char *path)
{
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* ---- saying what is expected ---- */

void must_at(TestStore *t, bool done, const char *call, const char *file, int line)
{
    if (!done) {
        print_error("%s\nfailed: %s: %s %s\n", call, t->err.what, t->err.detail, t->err.hint);
        _fail(file, line);
    }
    err_clear(&t->err);
}

void must_fail_at(TestStore *t, bool done, ErrCode code, const char *call, const char *file, int line)
{
    if (done || t->err.code != code) {
        print_error("%s\nexpected error %d, got %d: %s: %s\n", call, (int)code, done ? 0 : (int)t->err.code,
                    t->err.what, t->err.detail);
        _fail(file, line);
    }
    if (!t->err.what[0]) {
        print_error("%s\nfailed as expected, but without words\n", call);
        _fail(file, line);
    }
    t->err.code = ERR_NONE; /* the next failure is recorded over it */
}

void store_do(TestStore *t, const char *sql)
{
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    must(t, query_run(query_open(db, str_from_c(sql)), NULL, &t->err));
    must(t, db_commit(db, &t->err));
}

int64_t store_count(TestStore *t, const char *sql)
{
    Db *db;
    int64_t count = -1;
    must(t, store_read(t->store, t->arena, &db, &t->err));
    Query *q = query_open(db, str_from_c(sql));
    if (query_next(q)) count = query_int(q, 0);
    must(t, query_close(q, &t->err));
    db_end(db);
    return count;
}
