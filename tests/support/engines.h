/* SPDX-License-Identifier: Apache-2.0
 * tests/support/engines.h: a test on both engines, each time in a new and empty store.
 *
 *     static void a_row_is_kept(void **state)
 *     {
 *         TestStore *t = *state;
 *         must(t, store_write(t->store, t->arena, &db, &t->err));
 *     }
 *     const struct CMUnitTest tests[] = { ON_BOTH(a_row_is_kept), ON_SQLITE(a_lock_is_kept) };
 *     return cmocka_run_group_tests(tests, engines_start, engines_stop);
 *
 * SQLite lives in a temporary folder. PostgreSQL is the server that PLUMBLINE_TEST_POSTGRES names, else one that is
 * started for this program by tests/support/postgres.sh (found from the root of the project); each test has a schema of
 * its own. A server that cannot be started fails the tests. */
#pragma once

#include "store/store.h"
#include "support/check.h"

typedef struct {
    Engine engine;
    World world; /* 2026-11-16T09:00:00Z, seed 1; faults may be armed in it */
    Arena *arena;
    Str address; /* of `store` */
    Str folder;  /* temporary; the store's own on SQLite */
    Store *store;
    Err err; /* of the last call */
} TestStore;

/* Not const only because cmocka hands them on as void *. */
extern Engine on_sqlite, on_postgres;
// clang-format off
#define ON_SQLITE_WITH(setup, test)   { #test " (SQLite)", test, setup, engines_teardown, &on_sqlite }
#define ON_POSTGRES_WITH(setup, test) { #test " (PostgreSQL)", test, setup, engines_teardown, &on_postgres }
#define ON_SQLITE(test)               ON_SQLITE_WITH(engines_setup, test)
#define ON_POSTGRES(test)             ON_POSTGRES_WITH(engines_setup, test)
#define ON_BOTH(test)                 ON_SQLITE(test), ON_POSTGRES(test)
/* With a setup of the test's own that begins with engines_setup. */
#define ON_BOTH_WITH(setup, test)     ON_SQLITE_WITH(setup, test), ON_POSTGRES_WITH(setup, test)
// clang-format on

int engines_start(void **state);
int engines_stop(void **state);
int engines_setup(void **state);
int engines_teardown(void **state);

/* Fails the test with the words of t->err unless `done`; clears t->err. */
#define must(t, done) must_at((t), (done), #done, __FILE__, __LINE__)
void must_at(TestStore *t, bool done, const char *call, const char *file, int line);
/* The call must fail with `code`; the words stay in t->err for further looks, until the next must_fail. */
#define must_fail(t, done, code) must_fail_at((t), (done), (code), #done, __FILE__, __LINE__)
void must_fail_at(TestStore *t, bool done, ErrCode code, const char *call, const char *file, int line);

/* Closes the store and opens it again, as a restart does. */
void store_reopen(TestStore *t);
/* Opens the same address once more: for a second process, or after t->store was closed. */
MUST_USE bool store_open_again(TestStore *t, Store **out);
/* Runs `sql` in a write transaction of its own. */
void store_do(TestStore *t, const char *sql);
/* The integer that `sql` gives in a read transaction of its own; -1 when there is no row. */
int64_t store_count(TestStore *t, const char *sql);
/* Removes a folder and what is in it. */
void folder_remove(const char *path);
