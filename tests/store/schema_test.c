/* SPDX-License-Identifier: Apache-2.0
 * Schemas: made, left alone, upgraded by adding, refused when newer; and their digest. */
#include "support/engines.h"

#include "store/schema.h"

static const Column item_columns[] = {
    { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("title"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("order"), .kind = COLUMN_INT },
    { .name = STR_INIT("added_number"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("added_text"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("added_bytes"), .kind = COLUMN_BYTES, .not_null = true },
    { .name = STR_INIT("added_maybe"), .kind = COLUMN_TEXT },
};
static const Index item_indexes[] = {
    { .name = STR_INIT("item_by_title"), .columns = { STR_INIT("title"), STR_INIT("id") } },
    { .name    = STR_INIT("item_by_order"),
      .columns = { STR_INIT("order") },
      .unique  = true,
      .where   = STR_INIT("\"order\" > 0") },
};
static const Column part_columns[] = {
    { .name = STR_INIT("item"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("place"), .kind = COLUMN_TEXT, .not_null = true },
};

static const Table item_old            = { .name = STR_INIT("item"), .columns = item_columns, .columns_len = 3 };
static const Table item                = { .name        = STR_INIT("item"),
                                           .columns     = item_columns,
                                           .columns_len = countof(item_columns),
                                           .indexes     = item_indexes,
                                           .indexes_len = countof(item_indexes) };
static const Table part                = { .name        = STR_INIT("part"),
                                           .columns     = part_columns,
                                           .columns_len = countof(part_columns),
                                           .key         = { STR_INIT("item"), STR_INIT("place") } };
static const Table *const old_tables[] = { &item_old };
static const Table *const new_tables[] = { &item, &part };
static const Schema old_schema         = { .version = 1, .tables = old_tables, .tables_len = countof(old_tables) };
static const Schema new_schema         = { .version = 2, .tables = new_tables, .tables_len = countof(new_tables) };

static void apply(TestStore *t, const Schema *schema)
{
    must(t, schema_apply(t->store, schema, &t->err));
}

static Str digest(TestStore *t)
{
    Db *db;
    Str out = { 0 };
    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, schema_digest(db, t->arena, &out, &t->err));
    db_end(db);
    assert_int_equal(out.len, 64);
    return out;
}

/* Statements that schema_apply runs: the first number for which no armed fault is met, less one. */
static int64_t statements_of_apply(TestStore *t, const Schema *schema)
{
    t->world.fault_kinds     = FAULT_QUERY;
    t->world.fault_countdown = 1000;
    apply(t, schema);
    int64_t used             = 1000 - t->world.fault_countdown;
    t->world.fault_countdown = 0;
    return used;
}

static void a_second_start_costs_one_statement(void **state)
{
    TestStore *t = *state;
    apply(t, &new_schema);

    assert_int_equal(statements_of_apply(t, &new_schema), 1);
    store_reopen(t);
    assert_int_equal(statements_of_apply(t, &new_schema), 1);
}

static void an_upgrade_adds_to_a_table_that_has_rows(void **state)
{
    TestStore *t = *state;
    apply(t, &old_schema);
    store_do(t, "INSERT INTO item (id, title, \"order\") VALUES (7, 'kept', 1)");

    apply(t, &new_schema);

    assert_int_equal(store_count(t, "SELECT id FROM item WHERE title = 'kept' AND added_number = 0 AND added_text = ''"
                                    " AND length(added_bytes) = 0 AND added_maybe IS NULL"),
                     7);
    assert_int_equal(store_count(t, "SELECT count(*) FROM part"), 0);
}

static void an_upgraded_database_equals_a_new_one(void **state)
{
    TestStore *t = *state;
    apply(t, &old_schema);
    Str before = digest(t);
    apply(t, &new_schema);
    Str upgraded = str_dup(t->arena, digest(t));

    store_do(t, "DROP TABLE item");
    store_do(t, "DROP TABLE part");
    store_do(t, "DELETE FROM store_schema");
    apply(t, &new_schema);

    assert_false(str_eq(before, upgraded));
    assert_true(str_eq(digest(t), upgraded));
}

static void an_index_keeps_what_it_declares(void **state)
{
    TestStore *t = *state;
    Db *db;
    apply(t, &new_schema);
    store_do(t, "INSERT INTO item (id, title, \"order\") VALUES (1, 'a', 5), (2, 'b', 0), (3, 'c', 0)");

    must(t, store_write(t->store, t->arena, &db, &t->err));
    must_fail(
        t, query_run(query_open(db, STR("INSERT INTO item (id, title, \"order\") VALUES (4, 'd', 5)")), NULL, &t->err),
        ERR_UNIQUE);
}

static void a_composite_key_is_unique(void **state)
{
    TestStore *t = *state;
    Db *db;
    apply(t, &new_schema);
    store_do(t, "INSERT INTO part (item, place) VALUES (1, 'a'), (1, 'b'), (2, 'a')");

    must(t, store_write(t->store, t->arena, &db, &t->err));
    must_fail(t, query_run(query_open(db, STR("INSERT INTO part (item, place) VALUES (1, 'b')")), NULL, &t->err),
              ERR_UNIQUE);
}

static void a_database_of_a_newer_program_is_refused(void **state)
{
    TestStore *t = *state;
    apply(t, &new_schema);

    must_fail(t, schema_apply(t->store, &old_schema, &t->err), ERR_FORMAT);

    assert_non_null(strstr(t->err.detail, "version 2"));
    assert_int_equal(store_count(t, "SELECT count(added_text) FROM item"), 0);
}

static void a_column_of_another_kind_is_refused_and_nothing_is_changed(void **state)
{
    TestStore *t                       = *state;
    static const Column wrong[]        = { { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
                                           { .name = STR_INIT("title"), .kind = COLUMN_INT } };
    static const Table changed         = { .name = STR_INIT("item"), .columns = wrong, .columns_len = countof(wrong) };
    static const Table *const tables[] = { &part, &changed };
    static const Schema schema         = { .version = 3, .tables = tables, .tables_len = countof(tables) };
    apply(t, &old_schema);
    Str before = digest(t);

    must_fail(t, schema_apply(t->store, &schema, &t->err), ERR_DATABASE);

    assert_non_null(strstr(t->err.detail, "title"));
    assert_true(str_eq(digest(t), before));
}

static void names_that_need_quoting_are_refused(void **state)
{
    TestStore *t           = *state;
    static const Str bad[] = { STR_INIT("Item"),  STR_INIT("1item"),
                               STR_INIT("it em"), STR_INIT("x\"y"),
                               STR_INIT(""),      STR_INIT("a23456789012345678901234567890123456789012345678x") };
    for (size_t i = 0; i < countof(bad); i++) {
        Table table                 = { .name = bad[i], .columns = item_columns, .columns_len = 1 };
        const Table *const tables[] = { &table };
        Schema schema               = { .version = 1, .tables = tables, .tables_len = 1 };
        must_fail(t, schema_apply(t->store, &schema, &t->err), ERR_DATABASE);
    }
}

static void a_column_that_the_declaration_forgot_stays(void **state)
{
    TestStore *t                = *state;
    static const Schema shorter = { .version = 3, .tables = old_tables, .tables_len = countof(old_tables) };
    apply(t, &new_schema);
    store_do(t, "INSERT INTO item (id, title, added_text) VALUES (1, 'a', 'kept')");

    apply(t, &shorter);

    assert_int_equal(store_count(t, "SELECT count(*) FROM item WHERE added_text = 'kept'"), 1);
}

static void every_failed_upgrade_leaves_the_old_schema(void **state)
{
    TestStore *t = *state;
    apply(t, &old_schema);
    Str before = digest(t);
    for (int64_t nth = 1;; nth++) {
        t->world.fault_kinds     = FAULT_QUERY | FAULT_WRITE;
        t->world.fault_countdown = nth;
        t->world.fault_hit       = false;
        bool done                = schema_apply(t->store, &new_schema, &t->err);
        t->world.fault_countdown = 0;
        if (!t->world.fault_hit) {
            must(t, done);
            break;
        }
        assert_false(done);
        err_clear(&t->err);
        assert_true(str_eq(digest(t), before));
    }
    assert_false(str_eq(digest(t), before));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_second_start_costs_one_statement),
        ON_BOTH(an_upgrade_adds_to_a_table_that_has_rows),
        ON_BOTH(an_upgraded_database_equals_a_new_one),
        ON_BOTH(an_index_keeps_what_it_declares),
        ON_BOTH(a_composite_key_is_unique),
        ON_BOTH(a_database_of_a_newer_program_is_refused),
        ON_BOTH(a_column_of_another_kind_is_refused_and_nothing_is_changed),
        ON_BOTH(names_that_need_quoting_are_refused),
        ON_BOTH(a_column_that_the_declaration_forgot_stays),
        ON_BOTH(every_failed_upgrade_leaves_the_old_schema),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
