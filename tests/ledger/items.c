/* SPDX-License-Identifier: Apache-2.0 */
#include "items.h"

#include <stdio.h>
#include <string.h>

#include "store/schema.h"

static const Column item_columns[] = {
    { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("title"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("last_event"), .kind = COLUMN_INT, .not_null = true },
};
static const Table item_table = {
    .name = STR_INIT("item"), .columns = item_columns, .columns_len = countof(item_columns), .guard = GUARD_EVENT
};

static Str after_image(Arena *arena, int64_t id, Str title)
{
    return str_fmt(arena, "{\"id\":%lld,\"title\":\"%.*s\"}", (long long)id, STR_ARG(title));
}

static Str entity_name(Arena *arena, int64_t id)
{
    return str_fmt(arena, "item/%lld", (long long)id);
}

static void schema_make(TestStore *t)
{
    const Table *tables[16] = { &item_table };
    for (size_t i = 0; i < ledger_tables_len; i++)
        tables[i + 1] = ledger_tables[i];
    const Schema schema = { .version = 1, .tables = tables, .tables_len = ledger_tables_len + 1 };
    must(t, schema_apply(t->store, &schema, &t->err));
}

int items_setup(void **state)
{
    Db *db;
    if (engines_setup(state) != 0) return -1;
    TestStore *t = *state;
    schema_make(t);
    must(t, signer_make(&t->world, t->arena, t->folder, signer_origin(&t->world, t->arena), &t->err));
    Signer *signer = items_signer(t);
    must(t, store_write(t->store, t->arena, &db, &t->err));
    must(t, ledger_prepare(db, t->arena, &t->err));
    must(t, ledger_key_add(db, t->arena, &signer->verifier, &t->err));
    must(t, db_commit(db, &t->err));
    return 0;
}

Signer *items_signer(TestStore *t)
{
    Signer *signer = signer_open(&t->world, t->arena, t->folder, &t->err);
    must(t, signer != NULL);
    return signer;
}

static void row_put(TestStore *t, Db *db, int64_t id, Str title, int64_t event)
{
    Query *q =
        query_open(db, STR("INSERT INTO item (id, title, last_event)"
                           " VALUES ($1, $2, $3)"
                           " ON CONFLICT (id) DO UPDATE SET title = excluded.title, last_event = excluded.last_event"));
    query_bind_int(q, 1, id);
    query_bind_str(q, 2, title);
    query_bind_int(q, 3, event);
    must(t, query_run(q, NULL, &t->err));
}

void items_set(TestStore *t, int64_t first, int64_t count, const char *title)
{
    Db *db;
    Str text = str_from_c(title);
    must(t, store_write(t->store, t->arena, &db, &t->err));
    Ledger *ledger = ledger_begin(db, t->arena, &t->world, world_now(&t->world), &t->err);
    must(t, ledger != NULL);
    for (int64_t id = first; id < first + count; id++) {
        Str after               = after_image(t->arena, id, text);
        const LedgerEvent event = {
            .actor    = STR("u_17"),
            .kind     = STR("item.set"),
            .entity   = entity_name(t->arena, id),
            .revision = 1,
            .dossier  = STR("case/7"),
            .payload  = str_fmt(t->arena, "{\"after\":%.*s,\"why\":\"test\"}", STR_ARG(after)),
        };
        int64_t number;
        must(t, ledger_append(ledger, &event, &number, &t->err));
        row_put(t, db, id, text, number);
    }
    must(t, ledger_seal(ledger, &t->err));
    must(t, db_commit(db, &t->err));
}

void items_checkpoint(TestStore *t)
{
    must(t, ledger_checkpoint_make(t->store, t->arena, items_signer(t), &t->err));
}

/* Rows for the replay */

static void row_report(Arena *arena, VerifySink *sink, int64_t id, Str title)
{
    Hash after = hash_of(after_image(arena, id, title));
    verify_row(sink, entity_name(arena, id), &after);
}

static bool rows_all(VerifyRows *rows, Db *db, Arena *arena, VerifySink *sink, Err *err)
{
    Query *q = query_open(db, STR("SELECT id, title FROM item ORDER BY id"));
    (void)rows;
    while (query_next(q))
        row_report(arena, sink, query_int(q, 0), query_peek(q, 1));
    return query_close(q, err);
}

static bool rows_one(VerifyRows *rows, Db *db, Arena *arena, Str entity, VerifySink *sink, Err *err)
{
    int64_t id;
    (void)rows;
    if (!str_starts(entity, STR("item/")) || !str_to_i64(str_slice(entity, 5, entity.len), 1, INT64_MAX, &id))
        return true;
    Query *q = query_open(db, STR("SELECT id, title FROM item WHERE id = $1"));
    query_bind_int(q, 1, id);
    if (query_next(q)) row_report(arena, sink, query_int(q, 0), query_peek(q, 1));
    return query_close(q, err);
}

VerifyRows items_rows = { .all = rows_all, .one = rows_one };

VerifyReport items_verify(TestStore *t, VerifyDepth depth)
{
    VerifyReport report;
    const VerifyOptions options = { .depth = depth, .signer = items_signer(t), .rows = &items_rows };
    Db *db;
    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, verify_run(db, t->arena, &options, &report, &t->err));
    db_end(db);
    return report;
}

/* Tampering */

static void guards_drop(TestStore *t, const char *table)
{
    static const char *const events[] = { "insert", "update", "delete" };
    for (size_t i = 0; i < countof(events); i++) {
        char sql[160];
        snprintf(sql, sizeof(sql), "DROP TRIGGER IF EXISTS guard_%s_%s%s%s", table, events[i],
                 t->engine == ENGINE_POSTGRES ? " ON " : "", t->engine == ENGINE_POSTGRES ? table : "");
        store_do(t, sql);
    }
}

void items_by_hand(TestStore *t, const char *table, const char *sql)
{
    guards_drop(t, table);
    store_do(t, sql);
}

void items_flip(TestStore *t, const char *table, const char *select, const char *update, size_t at)
{
    Db *db;
    guards_drop(t, table);
    must(t, store_write(t->store, t->arena, &db, &t->err));
    Query *q = query_open(db, str_from_c(select));
    assert_true(query_next(q));
    Str old = query_bytes(q, 0, t->arena);
    must(t, query_close(q, &t->err));
    assert_true(at < old.len);
    char *bytes = arena_alloc(t->arena, old.len, 1);
    memcpy(bytes, old.ptr, old.len);
    bytes[at] ^= 1;
    q = query_open(db, str_from_c(update));
    query_bind_bytes(q, 1, (Str){ bytes, old.len });
    must(t, query_run(q, NULL, &t->err));
    must(t, db_commit(db, &t->err));
}

void check_one_failure(const VerifyReport *report, VerifyFound found, int64_t number)
{
    for (size_t i = 0;
         i < report->len && (report->len != 1 || report->at[0].found != found || report->at[0].number != number); i++)
        print_error("%s, number %lld, %.*s: %.*s\n", verify_found_name(report->at[i].found),
                    (long long)report->at[i].number, STR_ARG(report->at[i].entity), STR_ARG(report->at[i].detail));
    assert_int_equal(report->failures, 1);
    assert_int_equal(report->at[0].found, found);
    assert_int_equal(report->at[0].number, number);
    assert_int_equal(verify_exit(report), VERIFY_TAMPERED);
}
