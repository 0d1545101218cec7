/* SPDX-License-Identifier: Apache-2.0
 * Guards: the database refuses a row without its event, and any change of what is only ever written once; with the same
 * words on both engines. */
#include "support/engines.h"

#include "store/schema.h"

#define INT(column_name)                                                                                               \
    {                                                                                                                  \
        .name = STR_INIT(column_name), .kind = COLUMN_INT, .not_null = true                                            \
    }
#define TEXT(column_name)                                                                                              \
    {                                                                                                                  \
        .name = STR_INIT(column_name), .kind = COLUMN_TEXT, .not_null = true                                           \
    }
#define BYTES(column_name)                                                                                             \
    {                                                                                                                  \
        .name = STR_INIT(column_name), .kind = COLUMN_BYTES, .not_null = true                                          \
    }

/* The two tables of the ledger that guards look at. */
static const Column state_columns[] = { INT("id"), INT("size"), BYTES("frontier"), BYTES("root"), INT("last_time") };
static const Column event_columns[] = { INT("number"), BYTES("body"),   BYTES("leaf"), TEXT("entity"),
                                        TEXT("kind"),  TEXT("dossier"), TEXT("actor"), INT("time") };
static const Column item_columns[]  = { INT("id"), TEXT("title"), INT("last_event") };
static const Column note_columns[]  = { INT("id"), TEXT("text") };

static const Table ledger_state = { .name        = STR_INIT("ledger_state"),
                                    .columns     = state_columns,
                                    .columns_len = countof(state_columns) };
static const Table ledger_event = { .name        = STR_INIT("ledger_event"),
                                    .columns     = event_columns,
                                    .columns_len = countof(event_columns),
                                    .guard       = GUARD_LEDGER };
static const Table item         = {
            .name = STR_INIT("item"), .columns = item_columns, .columns_len = countof(item_columns), .guard = GUARD_EVENT
};
static const Table note = {
    .name = STR_INIT("note"), .columns = note_columns, .columns_len = countof(note_columns), .guard = GUARD_APPEND
};
static const Table *const tables[] = { &item, &ledger_event, &ledger_state, &note };
static const Schema schema         = { .version = 1, .tables = tables, .tables_len = countof(tables) };

#define NEEDS_EVENT           "A row of \"item\" may only change together with its own ledger event, in one transaction."
#define EVENT(number, entity) "INSERT INTO ledger_event (number, entity) VALUES (" #number ", '" entity "')"
#define SEALED(size)          "UPDATE ledger_state SET size = " #size " WHERE id = 1"

static void run(TestStore *t, Db *db, const char *sql)
{
    must(t, query_run(query_open(db, str_from_c(sql)), NULL, &t->err));
}

/* Item 1, made with event 0. */
static int with_an_item(void **state)
{
    if (engines_setup(state) != 0) return -1;
    TestStore *t = *state;
    Db *db;
    must(t, schema_apply(t->store, &schema, &t->err));
    must(t, store_write(t->store, t->arena, &db, &t->err));
    run(t, db, "INSERT INTO ledger_state (id) VALUES (1)");
    run(t, db, EVENT(0, "item/1"));
    run(t, db, "INSERT INTO item (id, title, last_event) VALUES (1, 'first', 0)");
    run(t, db, SEALED(1));
    run(t, db, "INSERT INTO note (id, text) VALUES (1, 'written')");
    must(t, db_commit(db, &t->err));
    return 0;
}

/* `before` (may be NULL) succeeds, then `sql` is refused with exactly `sentence`. */
static void refused(TestStore *t, const char *before, const char *sql, const char *sentence)
{
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    if (before) run(t, db, before);
    must_fail(t, query_run(query_open(db, str_from_c(sql)), NULL, &t->err), ERR_DATABASE);
    db_end(db);
    assert_string_equal(t->err.detail, sentence);
    assert_int_equal(store_count(t, "SELECT count(*) FROM item WHERE title = 'first' AND last_event = 0"), 1);
    assert_int_equal(store_count(t, "SELECT count(*) FROM ledger_event"), 1);
}

static void a_row_changes_with_its_event(void **state)
{
    TestStore *t = *state;
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    run(t, db, EVENT(1, "item/1"));
    run(t, db, "UPDATE item SET title = 'second', last_event = 1 WHERE id = 1");
    run(t, db, SEALED(2));
    must(t, db_commit(db, &t->err));

    assert_int_equal(store_count(t, "SELECT last_event FROM item WHERE title = 'second'"), 1);
}

static void an_update_without_an_event_is_refused(void **state)
{
    refused(*state, NULL, "UPDATE item SET title = 'silent' WHERE id = 1", NEEDS_EVENT);
}

static void an_update_with_an_older_event_is_refused(void **state)
{
    refused(*state, EVENT(1, "item/1"), "UPDATE item SET title = 'silent', last_event = 0 WHERE id = 1", NEEDS_EVENT);
}

static void an_update_with_the_event_of_another_row_is_refused(void **state)
{
    refused(*state, EVENT(1, "item/11"), "UPDATE item SET title = 'silent', last_event = 1 WHERE id = 1", NEEDS_EVENT);
}

static void an_update_with_an_event_that_is_not_there_is_refused(void **state)
{
    refused(*state, EVENT(1, "item/1"), "UPDATE item SET title = 'silent', last_event = 2 WHERE id = 1", NEEDS_EVENT);
}

static void a_change_after_the_head_was_moved_is_refused(void **state)
{
    TestStore *t = *state;
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    run(t, db, EVENT(1, "item/1"));
    run(t, db, SEALED(2));
    must_fail(t, query_run(query_open(db, STR("UPDATE item SET last_event = 1 WHERE id = 1")), NULL, &t->err),
              ERR_DATABASE);
    assert_string_equal(t->err.detail, NEEDS_EVENT);
}

static void a_row_cannot_take_another_id(void **state)
{
    refused(*state, EVENT(1, "item/2"), "UPDATE item SET id = 2, last_event = 1 WHERE id = 1", NEEDS_EVENT);
}

static void an_insert_without_an_event_is_refused(void **state)
{
    refused(*state, NULL, "INSERT INTO item (id, title, last_event) VALUES (2, 'silent', 0)", NEEDS_EVENT);
}

static void an_insert_that_turns_into_an_update_is_refused(void **state)
{
    refused(*state, NULL,
            "INSERT INTO item (id, title, last_event) VALUES (1, 'silent', 0)"
            " ON CONFLICT (id) DO UPDATE SET title = excluded.title",
            NEEDS_EVENT);
}

static void deleting_a_row_is_refused(void **state)
{
    refused(*state, EVENT(1, "item/1"), "DELETE FROM item WHERE id = 1", "A row of \"item\" cannot be deleted.");
}

static void a_gap_in_the_ledger_is_refused(void **state)
{
    static const char sentence[] = "A row of \"ledger_event\" must have the number that follows the last one.";
    refused(*state, NULL, EVENT(2, "item/1"), sentence);
    refused(*state, NULL, EVENT(0, "item/1"), sentence);
}

static void changing_or_deleting_an_event_is_refused(void **state)
{
    refused(*state, NULL, "UPDATE ledger_event SET actor = 'u_2' WHERE number = 0",
            "A row of \"ledger_event\" cannot be changed once it is written.");
    refused(*state, NULL, "DELETE FROM ledger_event WHERE number = 0", "A row of \"ledger_event\" cannot be deleted.");
}

static void rows_that_are_only_appended_stay(void **state)
{
    refused(*state, "INSERT INTO note (id, text) VALUES (2, 'more')", "UPDATE note SET text = 'other' WHERE id = 1",
            "A row of \"note\" cannot be changed once it is written.");
    refused(*state, NULL, "DELETE FROM note WHERE id = 1", "A row of \"note\" cannot be deleted.");
}

static void replacing_a_row_is_refused_as_deleting_is(void **state)
{
    refused(*state, NULL, "REPLACE INTO note (id, text) VALUES (1, 'other')", "A row of \"note\" cannot be deleted.");
}

static void truncating_is_refused_as_deleting_is(void **state)
{
    refused(*state, NULL, "TRUNCATE item", "A row of \"item\" cannot be deleted.");
    refused(*state, NULL, "TRUNCATE ledger_event", "A row of \"ledger_event\" cannot be deleted.");
}

static void a_dropped_guard_shows_in_the_digest(void **state)
{
    TestStore *t = *state;
    Db *db;
    Str whole, lacking;
    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, schema_digest(db, t->arena, &whole, &t->err));
    db_end(db);
    store_do(t, t->engine == ENGINE_SQLITE ? "DROP TRIGGER guard_item_update"
                                           : "ALTER TABLE item DISABLE TRIGGER guard_item_update");

    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, schema_digest(db, t->arena, &lacking, &t->err));
    assert_false(str_eq(whole, lacking));
}

int main(void)
{
    const struct CMUnitTest all[] = {
        ON_BOTH_WITH(with_an_item, a_row_changes_with_its_event),
        ON_BOTH_WITH(with_an_item, an_update_without_an_event_is_refused),
        ON_BOTH_WITH(with_an_item, an_update_with_an_older_event_is_refused),
        ON_BOTH_WITH(with_an_item, an_update_with_the_event_of_another_row_is_refused),
        ON_BOTH_WITH(with_an_item, an_update_with_an_event_that_is_not_there_is_refused),
        ON_BOTH_WITH(with_an_item, a_change_after_the_head_was_moved_is_refused),
        ON_BOTH_WITH(with_an_item, a_row_cannot_take_another_id),
        ON_BOTH_WITH(with_an_item, an_insert_without_an_event_is_refused),
        ON_BOTH_WITH(with_an_item, an_insert_that_turns_into_an_update_is_refused),
        ON_BOTH_WITH(with_an_item, deleting_a_row_is_refused),
        ON_BOTH_WITH(with_an_item, a_gap_in_the_ledger_is_refused),
        ON_BOTH_WITH(with_an_item, changing_or_deleting_an_event_is_refused),
        ON_BOTH_WITH(with_an_item, rows_that_are_only_appended_stay),
        ON_SQLITE_WITH(with_an_item, replacing_a_row_is_refused_as_deleting_is),
        ON_POSTGRES_WITH(with_an_item, truncating_is_refused_as_deleting_is),
        ON_BOTH_WITH(with_an_item, a_dropped_guard_shows_in_the_digest),
    };
    return cmocka_run_group_tests(all, engines_start, engines_stop);
}
