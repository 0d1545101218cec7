/* SPDX-License-Identifier: Apache-2.0
 * One SQL text, two engines: every statement of the common subset gives the same rows on both, what lies outside it is
 * refused by both, and a query reports its first failure. */
#include "support/engines.h"

#include "base/buf.h"
#include "store/schema.h"

static const Column row_columns[] = {
    { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("name"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("owner"), .kind = COLUMN_INT },
    { .name = STR_INIT("bytes"), .kind = COLUMN_BYTES },
};
static const Table row_table       = { .name        = STR_INIT("item"),
                                       .columns     = row_columns,
                                       .columns_len = countof(row_columns) };
static const Table *const tables[] = { &row_table };
static const Schema schema         = { .version = 1, .tables = tables, .tables_len = countof(tables) };

static int with_rows(void **state)
{
    if (engines_setup(state) != 0) return -1;
    TestStore *t = *state;
    must(t, schema_apply(t->store, &schema, &t->err));
    store_do(t, "INSERT INTO item (id, name, owner) VALUES (1, 'Zebra', 10), (2, 'apple', 10), (3, 'Äpfel', NULL),"
                " (4, 'banana', 20), (5, 'a', -20)");
    return 0;
}

static Db *writing(TestStore *t)
{
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    return db;
}

/* Statements without parameters and what they give: columns joined by '|', rows by ' '. Text is cast where an engine
 * cannot know its type. */
static const struct {
    const char *sql, *expected;
    const char *columns; /* 'i' or 's' each */
} statements[] = {
    { "SELECT name FROM item ORDER BY name", "Zebra a apple banana Äpfel", "s" },
    { "SELECT id FROM item WHERE (owner, id) > (10, 1) ORDER BY owner, id", "2 4", "i" },
    { "SELECT id FROM item WHERE owner IS NOT DISTINCT FROM NULL", "3", "i" },
    { "SELECT id FROM item ORDER BY owner NULLS LAST, id", "5 1 2 4 3", "i" },
    { "SELECT id FROM item ORDER BY owner DESC NULLS FIRST, id", "3 4 1 2 5", "i" },
    { "SELECT owner, count(*) FROM item WHERE owner IS NOT NULL GROUP BY owner ORDER BY owner", "-20|1 10|2 20|1",
      "ii" },
    { "SELECT CAST(sum(owner) AS BIGINT) FROM item", "20", "i" },
    { "SELECT count(*) FILTER (WHERE owner = 10), count(owner) FROM item", "2|4", "ii" },
    { "SELECT 7 / 2, -7 / 2, 7 % 3", "3|-3|1", "iii" },
    { "SELECT name || '!' FROM item WHERE id = 1", "Zebra!", "s" },
    { "SELECT COALESCE(CAST(NULL AS TEXT) || 'x', 'none')", "none", "s" },
    { "SELECT id = 1, owner IS NULL FROM item WHERE id IN (1, 3) ORDER BY id", "1|0 0|1", "ii" },
    { "SELECT substr(name, 2, 3), length(name) FROM item WHERE id = 3", "pfe|5", "si" },
    { "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < 4) SELECT n FROM up ORDER BY n",
      "1 2 3 4", "i" },
    { "WITH few AS MATERIALIZED (SELECT id FROM item WHERE id < 3) SELECT id FROM few ORDER BY id DESC", "2 1", "i" },
    { "SELECT id, row_number() OVER (ORDER BY id DESC) FROM item WHERE id < 3 ORDER BY id", "1|2 2|1", "ii" },
    { "SELECT id FROM item ORDER BY id LIMIT 2 OFFSET 1", "2 3", "i" },
    { "SELECT CASE WHEN owner < 0 THEN 'minus' ELSE 'plus' END FROM item WHERE id = 5", "minus", "s" },
    { "SELECT i.id, j.id FROM item i LEFT JOIN item j ON j.id = i.id + 3 WHERE i.id > 1 ORDER BY i.id",
      "2|5 3|0 4|0 5|0", "ii" },
    { "SELECT id FROM item WHERE EXISTS (SELECT 1 FROM item o WHERE o.id = item.owner / 5) ORDER BY id", "1 2 4", "i" },
    { "SELECT id FROM item UNION SELECT 9 ORDER BY id DESC LIMIT 2", "9 5", "i" },
    { "INSERT INTO item (id, name) VALUES (6, 'six') RETURNING id, name", "6|six", "is" },
    { "INSERT INTO item (id, name) VALUES (6, 'seven') ON CONFLICT (id) DO UPDATE SET name = excluded.name"
      " RETURNING name",
      "seven", "s" },
    { "INSERT INTO item (id, name) VALUES (6, 'eight') ON CONFLICT (id) DO NOTHING RETURNING name", "", "s" },
    { "INSERT INTO item (id, name) SELECT id + 100, name FROM item WHERE id = 1"
      " ON CONFLICT (id) DO NOTHING RETURNING id",
      "101", "i" },
    { "UPDATE item SET owner = s.id FROM item s WHERE s.id = item.id - 100 AND item.id = 101 RETURNING item.owner", "1",
      "i" },
    { "UPDATE item SET name = name || '+' WHERE id = 6 RETURNING name", "seven+", "s" },
    { "DELETE FROM item WHERE id > 100 RETURNING id", "101", "i" },
};

static Str rows_of(TestStore *t, Query *q, const char *columns)
{
    Buf out = buf_open(t->arena, 4096);
    for (size_t row = 0; query_next(q); row++) {
        if (row) buf_add_c(&out, " ");
        for (int i = 0; columns[i]; i++) {
            if (i) buf_add_c(&out, "|");
            if (columns[i] == 'i')
                buf_add_int(&out, query_int(q, i));
            else
                buf_add(&out, query_peek(q, i));
        }
    }
    must(t, query_close(q, &t->err));
    return buf_str(&out);
}

static void the_common_subset_gives_the_same_rows(void **state)
{
    TestStore *t = *state;
    Db *db       = writing(t);
    for (size_t i = 0; i < countof(statements); i++) {
        Query *q = query_open(db, str_from_c(statements[i].sql));
        check_str(rows_of(t, q, statements[i].columns), statements[i].expected);
    }
}

static void parameters_stand_in_any_order_and_repeat(void **state)
{
    TestStore *t = *state;
    Query *q     = query_open(writing(t), STR("SELECT id, '$9', CAST($3 AS TEXT) FROM item"
                                                  " WHERE id >= $2 AND id <= $1 AND id < $1 + 1 AND name <> $3 ORDER BY id"));
    query_bind_int(q, 1, 2);
    query_bind_int(q, 2, 1);
    query_bind_str(q, 3, STR("apple"));

    check_str(rows_of(t, q, "iss"), "1|$9|apple");
}

static void values_come_back_as_they_went_in(void **state)
{
    TestStore *t                   = *state;
    Db *db                         = writing(t);
    static const char every_byte[] = "\0\1\xff\x80'\"\\\n";
    Str bytes                      = { every_byte, sizeof every_byte - 1 };
    Query *in = query_open(db, STR("INSERT INTO item (id, name, owner, bytes) VALUES ($1, $2, $3, $4)"));
    query_bind_int(in, 1, INT64_MAX);
    query_bind_str(in, 2, STR("§ 'quoted' \\ \xf0\x9f\xa6\x93"));
    query_bind_int(in, 3, INT64_MIN);
    query_bind_bytes(in, 4, bytes);
    must(t, query_run(in, NULL, &t->err));

    Query *out = query_open(db, STR("SELECT id, name, owner, bytes FROM item WHERE id = $1"));
    query_bind_int(out, 1, INT64_MAX);
    assert_true(query_next(out));
    assert_true(query_int(out, 0) == INT64_MAX);
    check_str(query_str(out, 1, t->arena), "§ 'quoted' \\ \xf0\x9f\xa6\x93");
    assert_true(query_int(out, 2) == INT64_MIN);
    assert_true(str_eq(query_bytes(out, 3, t->arena), bytes));
    assert_false(query_next(out));
    assert_false(query_next(out)); /* the end stays the end */
    must(t, query_close(out, &t->err));
}

static void null_and_empty_are_two_things(void **state)
{
    TestStore *t = *state;
    Db *db       = writing(t);
    Query *in =
        query_open(db, STR("INSERT INTO item (id, name, owner, bytes) VALUES (50, $1, $2, $3), (51, $1, $2, $4)"));
    query_bind_str(in, 1, (Str){ 0 });
    query_bind_null(in, 2);
    query_bind_bytes(in, 3, (Str){ 0 });
    int64_t changed = 0;
    must(t, query_run(in, &changed, &t->err)); /* $4 is not bound */
    assert_int_equal(changed, 2);

    Query *out = query_open(db, STR("SELECT name, owner, bytes FROM item WHERE id >= 50 ORDER BY id"));
    assert_true(query_next(out));
    assert_false(query_is_null(out, 0));
    assert_int_equal(query_peek(out, 0).len, 0);
    assert_true(query_is_null(out, 1));
    assert_int_equal(query_int(out, 1), 0);
    assert_false(query_is_null(out, 2));
    assert_true(query_next(out));
    assert_true(query_is_null(out, 2));
    must(t, query_close(out, &t->err));
}

static void text_that_is_not_utf8_or_holds_nul_is_refused(void **state)
{
    TestStore *t           = *state;
    static const Str bad[] = { STR_INIT("a\0b"), STR_INIT("\xc3("), STR_INIT("\xed\xa0\x80") };
    for (size_t i = 0; i < countof(bad); i++) {
        Db *db   = writing(t);
        Query *q = query_open(db, STR("UPDATE item SET name = $1 WHERE id = 1"));
        query_bind_str(q, 1, bad[i]);
        must_fail(t, query_run(q, NULL, &t->err), ERR_FORMAT);
        must_fail(t, db_commit(db, &t->err), ERR_DATABASE);
    }
    assert_int_equal(store_count(t, "SELECT count(*) FROM item WHERE name = 'Zebra'"), 1);
}

/* Each alone in a transaction: it fails on both engines. */
static void what_differs_between_the_engines_is_refused_by_both(void **state)
{
    TestStore *t = *state;
    static const struct {
        const char *sql;
        bool reads_integer;
    } outside[] = {
        { "SELECT name FROM item WHERE id = 1", true },         /* a text is not a number */
        { "SELECT 1.5", true },                                 /* nor is a fraction */
        { "SELECT id FROM item WHERE id = 1", false },          /* and a number is no text */
        { "SELECT nothing FROM item", true },                   /* no such column */
        { "SELECT \"nothing\" FROM item", true },               /* nor a string, as SQLite once thought */
        { "SELECT 1; SELECT 2", true },                         /* two statements */
        { "UPDATE item SET owner = 'ten' WHERE id = 1", true }, /* a text in a column of numbers */
        { "INSERT INTO item (id, name) VALUES (1, NULL)", true },
        { "", true },
    };
    for (size_t i = 0; i < countof(outside); i++) {
        Db *db   = writing(t);
        Query *q = query_open(db, str_from_c(outside[i].sql));
        if (query_next(q) && outside[i].reads_integer)
            (void)query_int(q, 0);
        else if (!outside[i].reads_integer)
            (void)query_peek(q, 0);
        bool done = query_close(q, &t->err);
        if (done) print_error("passed: %s\n", outside[i].sql);
        must_fail(t, done, ERR_DATABASE);
        db_end(db);
    }
}

static void a_missing_parameter_is_told(void **state)
{
    TestStore *t = *state;
    Query *q     = query_open(writing(t), STR("SELECT id FROM item WHERE id = $1"));
    query_bind_int(q, 2, 1);
    assert_false(query_next(q));
    must_fail(t, query_close(q, &t->err), ERR_DATABASE);
    assert_non_null(strstr(t->err.detail, "$2"));
}

static void the_first_failure_is_the_one_reported(void **state)
{
    TestStore *t = *state;
    Query *q     = query_open(writing(t), STR("SELECT wrong FROM item WHERE id = $1"));
    query_bind_int(q, 1, 1);
    query_bind_int(q, 77, 1);
    assert_false(query_next(q));
    assert_int_equal(query_int(q, 0), 0);
    assert_int_equal(query_peek(q, 5).len, 0);
    assert_true(query_is_null(q, 0));

    must_fail(t, query_close(q, &t->err), ERR_DATABASE);

    assert_non_null(strstr(t->err.detail, "wrong"));
}

static void queries_may_be_nested_also_with_one_text(void **state)
{
    TestStore *t = *state;
    Db *db       = writing(t);
    int pairs    = 0;
    Query *outer = query_open(db, STR("SELECT id FROM item WHERE id <= $1 ORDER BY id"));
    query_bind_int(outer, 1, 4);
    while (query_next(outer)) {
        Query *inner = query_open(db, STR("SELECT id FROM item WHERE id <= $1 ORDER BY id"));
        query_bind_int(inner, 1, query_int(outer, 0));
        while (query_next(inner))
            pairs++;
        must(t, query_close(inner, &t->err));
    }
    must(t, query_close(outer, &t->err));

    assert_int_equal(pairs, 1 + 2 + 3 + 4);
}

static void too_many_open_queries_are_refused(void **state)
{
    TestStore *t = *state;
    Db *db       = writing(t);
    Query *open[17];
    for (int i = 0; i < 17; i++) {
        open[i] = query_open(db, STR("SELECT id FROM item ORDER BY id"));
        assert_int_equal(query_next(open[i]), i < 16);
    }
    must_fail(t, query_close(open[16], &t->err), ERR_LIMIT);
    for (int i = 0; i < 16; i++)
        must(t, query_close(open[i], &t->err));
}

static void more_texts_than_the_cache_holds_still_work(void **state)
{
    TestStore *t = *state;
    Db *db       = writing(t);
    for (int i = 0; i < 600; i++) { /* each text twice, 300 apart */
        Query *q = query_open(db, str_fmt(t->arena, "SELECT id + %d FROM item WHERE id = $1", i % 300));
        query_bind_int(q, 1, 1);
        assert_true(query_next(q));
        assert_int_equal(query_int(q, 0), 1 + i % 300);
        must(t, query_close(q, &t->err));
    }
    assert_int_equal(db_statements(db), 600);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        ON_BOTH_WITH(with_rows, the_common_subset_gives_the_same_rows),
        ON_BOTH_WITH(with_rows, parameters_stand_in_any_order_and_repeat),
        ON_BOTH_WITH(with_rows, values_come_back_as_they_went_in),
        ON_BOTH_WITH(with_rows, null_and_empty_are_two_things),
        ON_BOTH_WITH(with_rows, text_that_is_not_utf8_or_holds_nul_is_refused),
        ON_BOTH_WITH(with_rows, what_differs_between_the_engines_is_refused_by_both),
        ON_BOTH_WITH(with_rows, a_missing_parameter_is_told),
        ON_BOTH_WITH(with_rows, the_first_failure_is_the_one_reported),
        ON_BOTH_WITH(with_rows, queries_may_be_nested_also_with_one_text),
        ON_BOTH_WITH(with_rows, too_many_open_queries_are_refused),
        ON_BOTH_WITH(with_rows, more_texts_than_the_cache_holds_still_work),
    };
    return cmocka_run_group_tests(all, engines_start, engines_stop);
}
