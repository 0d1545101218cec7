/* SPDX-License-Identifier: Apache-2.0
 * What a transaction promises: all or nothing, one snapshot, one writer at a time in the order of asking, whatever
 * fails and whenever the process dies. */
#include "support/engines.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/schema.h"

static const Column note_columns[] = {
    { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("text"), .kind = COLUMN_TEXT, .not_null = true },
};
static const Table note = { .name = STR_INIT("note"), .columns = note_columns, .columns_len = countof(note_columns) };
static const Table *const tables[] = { &note };
static const Schema schema         = { .version = 1, .tables = tables, .tables_len = countof(tables) };

static void notes_make(TestStore *t)
{
    must(t, schema_apply(t->store, &schema, &t->err));
}

static int64_t notes(TestStore *t)
{
    return store_count(t, "SELECT count(*) FROM note");
}

static bool note_add(Db *db, int64_t id, Err *err)
{
    Query *q = query_open(db, STR("INSERT INTO note (id, text) VALUES ($1, 'a note')"));
    query_bind_int(q, 1, id);
    return query_run(q, NULL, err);
}

static Db *writing(TestStore *t)
{
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    return db;
}

static int64_t count_in(TestStore *t, Db *db)
{
    int64_t count = -1;
    Query *q      = query_open(db, STR("SELECT count(*) FROM note"));
    if (query_next(q)) count = query_int(q, 0);
    must(t, query_close(q, &t->err));
    return count;
}

static void a_committed_change_survives_a_restart(void **state)
{
    TestStore *t = *state;
    notes_make(t);
    Db *db = writing(t);
    must(t, note_add(db, 1, &t->err));
    must(t, db_commit(db, &t->err));

    store_reopen(t);

    assert_int_equal(notes(t), 1);
}

static void a_change_that_is_ended_without_commit_leaves_nothing(void **state)
{
    TestStore *t = *state;
    notes_make(t);
    Db *db = writing(t);
    must(t, note_add(db, 1, &t->err));

    db_end(db);
    db_end(db); /* twice is fine */

    assert_int_equal(notes(t), 0);
}

static void resetting_the_arena_ends_what_is_open(void **state)
{
    TestStore *t = *state;
    notes_make(t);
    Db *db = writing(t);
    must(t, note_add(db, 1, &t->err));
    Query *q = query_open(db, STR("SELECT id FROM note"));
    assert_true(query_next(q));

    arena_reset(t->arena);

    assert_int_equal(notes(t), 0);
    must(t, note_add(writing(t), 1, &t->err)); /* the turn is free again */
}

static void a_reader_sees_one_state_from_first_query_to_last(void **state)
{
    TestStore *t = *state;
    Db *reader;
    notes_make(t);
    must(t, store_read(t->store, t->arena, &reader, &t->err));
    assert_int_equal(count_in(t, reader), 0);

    store_do(t, "INSERT INTO note (id, text) VALUES (1, 'later')");

    assert_int_equal(count_in(t, reader), 0);
    db_end(reader);
    assert_int_equal(notes(t), 1);
}

static void a_reader_cannot_write(void **state)
{
    TestStore *t = *state;
    Db *reader;
    notes_make(t);
    must(t, store_read(t->store, t->arena, &reader, &t->err));

    must_fail(t, note_add(reader, 1, &t->err), ERR_DATABASE);

    db_end(reader);
    assert_int_equal(notes(t), 0);
}

static void a_failed_statement_takes_the_transaction_with_it(void **state)
{
    TestStore *t = *state;
    notes_make(t);
    Db *db = writing(t);
    must(t, note_add(db, 1, &t->err));

    must_fail(t, note_add(db, 1, &t->err), ERR_UNIQUE);
    must_fail(t, note_add(db, 2, &t->err), ERR_DATABASE);
    must_fail(t, db_commit(db, &t->err), ERR_DATABASE);

    assert_int_equal(notes(t), 0);
}

static void a_savepoint_undoes_a_part(void **state)
{
    TestStore *t = *state;
    notes_make(t);
    Db *db = writing(t);
    must(t, note_add(db, 1, &t->err));
    must(t, db_savepoint(db, &t->err));
    must(t, note_add(db, 2, &t->err));
    must_fail(t, note_add(db, 1, &t->err), ERR_UNIQUE);

    must(t, db_savepoint_undo(db, &t->err));
    must(t, note_add(db, 3, &t->err));
    must(t, db_commit(db, &t->err));

    assert_int_equal(notes(t), 2);
    assert_int_equal(store_count(t, "SELECT count(*) FROM note WHERE id = 2"), 0);
}

static void savepoints_may_be_nested(void **state)
{
    TestStore *t = *state;
    notes_make(t);
    Db *db = writing(t);

    must(t, db_savepoint(db, &t->err));
    must(t, note_add(db, 1, &t->err));
    must(t, db_savepoint(db, &t->err));
    must(t, note_add(db, 2, &t->err));
    must(t, db_savepoint_undo(db, &t->err));
    must(t, db_savepoint_keep(db, &t->err));
    must(t, db_commit(db, &t->err));

    assert_int_equal(notes(t), 1);
}

/* ---- the turn ---- */

enum { WRITERS = 8, CHANGES = 12 };

typedef struct {
    TestStore *t;
    int number;
    bool done;
} Writer;

/* Each change counts up what it read: two at once would lose one. */
static bool count_up(Store *store, Arena *arena, Err *err)
{
    Db *db;
    int64_t last = -1;
    if (!store_write(store, arena, &db, err)) return false;
    Query *q = query_open(db, STR("SELECT COALESCE(max(id), 0) FROM note"));
    if (query_next(q)) last = query_int(q, 0);
    if (!query_close(q, err) || !note_add(db, last + 1, err)) return false;
    return db_commit(db, err);
}

static void *writer_run(void *thing)
{
    Writer *writer = thing;
    Err err        = { 0 };
    Arena *arena   = arena_open(1 << 20);
    writer->done   = true;
    for (int i = 0; i < CHANGES && writer->done; i++) {
        writer->done = count_up(writer->t->store, arena, &err);
        arena_reset(arena);
    }
    if (!writer->done) fprintf(stderr, "writer %d: %s: %s\n", writer->number, err.what, err.detail);
    arena_close(arena);
    return NULL;
}

static void many_threads_write_one_after_another(void **state)
{
    TestStore *t = *state;
    pthread_t threads[WRITERS];
    Writer writers[WRITERS];
    notes_make(t);

    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (Writer){ .t = t, .number = i };
        assert_int_equal(pthread_create(&threads[i], NULL, writer_run, &writers[i]), 0);
    }
    for (int i = 0; i < WRITERS; i++)
        pthread_join(threads[i], NULL);

    for (int i = 0; i < WRITERS; i++)
        assert_true(writers[i].done);
    assert_int_equal(notes(t), WRITERS * CHANGES);
    assert_int_equal(store_count(t, "SELECT max(id) FROM note"), WRITERS * CHANGES);
}

static void two_stores_of_one_organisation_write_one_after_another(void **state)
{
    TestStore *t = *state;
    Store *second;
    pthread_t thread;
    Writer here = { .t = t, .number = 1 };
    notes_make(t);
    must(t, store_open_again(t, &second));
    TestStore other = *t;
    other.store     = second;
    Writer there    = { .t = &other, .number = 2 };

    assert_int_equal(pthread_create(&thread, NULL, writer_run, &there), 0);
    writer_run(&here);
    pthread_join(thread, NULL);

    store_close(second);
    assert_true(here.done && there.done);
    assert_int_equal(store_count(t, "SELECT max(id) FROM note"), 2 * CHANGES);
}

/* ---- failures ---- */

static void fault_arm(TestStore *t, int kinds, int64_t nth)
{
    t->world.fault_kinds     = kinds;
    t->world.fault_countdown = nth;
    t->world.fault_hit       = false;
}

static bool two_notes(TestStore *t)
{
    Db *db;
    if (!store_write(t->store, t->arena, &db, &t->err)) return false;
    if (!note_add(db, 1, &t->err) || !note_add(db, 2, &t->err) || !db_commit(db, &t->err)) {
        db_end(db);
        return false;
    }
    return true;
}

static void whatever_fails_the_change_is_whole_or_absent(void **state)
{
    TestStore *t = *state;
    notes_make(t);
    for (int64_t nth = 1;; nth++) {
        fault_arm(t, FAULT_QUERY | FAULT_WRITE | FAULT_SYNC, nth);
        bool done                = two_notes(t);
        t->world.fault_countdown = 0;
        if (!t->world.fault_hit) {
            must(t, done);
            assert_true(nth > 4);
            break;
        }
        assert_false(done);
        bool unknown = t->err.code == ERR_UNKNOWN;
        err_clear(&t->err);
        if (unknown) store_reopen(t);
        int64_t kept = notes(t);
        assert_true(kept == 0 || (unknown && kept == 2));
        store_do(t, "DELETE FROM note");
    }
}

static void after_an_unknown_commit_the_store_only_reads(void **state)
{
    TestStore *t = *state;
    Db *db;
    notes_make(t);
    fault_arm(t, FAULT_SYNC, 1);
    must_fail(t, two_notes(t), ERR_UNKNOWN);

    must_fail(t, store_write(t->store, t->arena, &db, &t->err), ERR_UNKNOWN);
    assert_int_equal(notes(t), 2);

    store_reopen(t);
    store_do(t, "DELETE FROM note");
}

/* Runs in a child: writes, tells, and waits for its death. */
static void write_and_wait(TestStore *t, int tell)
{
    Store *store;
    Db *db;
    Err err      = { 0 };
    Arena *arena = arena_open(1 << 20);
    bool done    = store_open_again(t, &store) && store_write(store, arena, &db, &err) && note_add(db, 1, &err) &&
                note_add(db, 2, &err);
    if (write(tell, done ? "y" : "n", 1) == 1)
        for (;;)
            pause();
    _exit(1);
}

static void a_killed_process_leaves_the_old_state(void **state)
{
    TestStore *t = *state;
    int ends[2];
    char told = 0;
    notes_make(t);
    store_close(t->store);
    t->store = NULL;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) write_and_wait(t, ends[1]);

    assert_int_equal(read(ends[0], &told, 1), 1);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    close(ends[0]);
    close(ends[1]);

    assert_int_equal(told, 'y');
    must(t, store_open_again(t, &t->store));
    assert_int_equal(notes(t), 0);
    store_do(t, "INSERT INTO note (id, text) VALUES (1, 'the turn is free')");
}

int main(void)
{
    const struct CMUnitTest tests_of_all[] = {
        ON_BOTH(a_committed_change_survives_a_restart),
        ON_BOTH(a_change_that_is_ended_without_commit_leaves_nothing),
        ON_BOTH(resetting_the_arena_ends_what_is_open),
        ON_BOTH(a_reader_sees_one_state_from_first_query_to_last),
        ON_BOTH(a_reader_cannot_write),
        ON_BOTH(a_failed_statement_takes_the_transaction_with_it),
        ON_BOTH(a_savepoint_undoes_a_part),
        ON_BOTH(savepoints_may_be_nested),
        ON_BOTH(many_threads_write_one_after_another),
        ON_POSTGRES(two_stores_of_one_organisation_write_one_after_another),
        ON_BOTH(whatever_fails_the_change_is_whole_or_absent),
        ON_BOTH(after_an_unknown_commit_the_store_only_reads),
        ON_BOTH(a_killed_process_leaves_the_old_state),
    };
    return cmocka_run_group_tests(tests_of_all, engines_start, engines_stop);
}
