/* SPDX-License-Identifier: Apache-2.0
 * How fast the ledger appends and verifies: a new SQLite store in a temporary folder, or the store named by the first
 * argument; rows of about 600 bytes, their events, a full verification with the replay. Times mean little from one
 * machine to the next; their ratio to hashing the same bytes in a plain loop means more.
 *
 *     ledger_bench [ADDRESS [EVENTS]] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ledger/verify.h"
#include "store/schema.h"

enum { SINGLES = 2000, BULK = 500, ROWS = 20000, EVENTS_DEFAULT = 100000, ARENA_MAX = 512 << 20 };

static const Column row_columns[] = {
    { .name = STR_INIT("id"), .kind = COLUMN_INT, .not_null = true },
    { .name = STR_INIT("after"), .kind = COLUMN_TEXT, .not_null = true },
    { .name = STR_INIT("last_event"), .kind = COLUMN_INT, .not_null = true },
};
static const Table row_table = {
    .name = STR_INIT("row"), .columns = row_columns, .columns_len = countof(row_columns), .guard = GUARD_EVENT
};

typedef struct {
    World world;
    Arena *arena, *turn;
    Store *store;
    Err err;
} Bench;

static void must(Bench *bench, bool done)
{
    if (done) return;
    fprintf(stderr, "%s: %s\n", bench->err.what, bench->err.detail);
    exit(1);
}

static double seconds_since(Bench *bench, int64_t start_us)
{
    return (double)(world_monotonic_us(&bench->world) - start_us) / 1e6;
}

static Str after_of(Arena *arena, int64_t id, int64_t revision)
{
    return str_fmt(arena,
                   "{\"condition\":\"%0500lld\",\"id\":%lld,\"title\":\"Access was not withdrawn within a day\"}",
                   (long long)revision, (long long)id);
}

static void row_set(Bench *bench, Db *db, Ledger *ledger, int64_t nth)
{
    int64_t id              = nth % ROWS + 1, number;
    Str after               = after_of(bench->turn, id, nth);
    const LedgerEvent event = {
        .actor    = STR("u_17"),
        .kind     = STR("row.edit"),
        .entity   = str_fmt(bench->turn, "row/%lld", (long long)id),
        .revision = nth / ROWS + 1,
        .dossier  = str_fmt(bench->turn, "audit/%lld", (long long)(id % 40)),
        .payload  = str_fmt(bench->turn, "{\"after\":%.*s,\"why\":\"\"}", STR_ARG(after)),
    };
    must(bench, ledger_append(ledger, &event, &number, &bench->err));
    Query *q =
        query_open(db, STR("INSERT INTO \"row\" (id, after, last_event)"
                           " VALUES ($1, $2, $3)"
                           " ON CONFLICT (id) DO UPDATE SET after = excluded.after, last_event = excluded.last_event"));
    query_bind_int(q, 1, id);
    query_bind_str(q, 2, after);
    query_bind_int(q, 3, number);
    must(bench, query_run(q, NULL, &bench->err));
}

static void append(Bench *bench, int64_t first, int64_t count)
{
    Db *db;
    must(bench, store_write(bench->store, bench->turn, &db, &bench->err));
    Ledger *ledger = ledger_begin(db, bench->turn, &bench->world, world_now(&bench->world), &bench->err);
    must(bench, ledger != NULL);
    for (int64_t i = 0; i < count; i++)
        row_set(bench, db, ledger, first + i);
    must(bench, ledger_seal(ledger, &bench->err) && db_commit(db, &bench->err));
    arena_reset(bench->turn);
}

static void report_appends(Bench *bench, int64_t first, int64_t count, int64_t per_commit)
{
    int64_t start = world_monotonic_us(&bench->world);
    for (int64_t i = 0; i < count; i += per_commit)
        append(bench, first + i, per_commit);
    printf("append, %3lld a commit: %8.0f events/s\n", (long long)per_commit,
           (double)count / seconds_since(bench, start));
}

static bool rows_all(VerifyRows *rows, Db *db, Arena *arena, VerifySink *sink, Err *err)
{
    Query *q = query_open(db, STR("SELECT id, after FROM \"row\" ORDER BY id"));
    (void)rows;
    while (query_next(q)) {
        ArenaMark mark = arena_mark(arena);
        Hash after     = hash_of(query_peek(q, 1));
        verify_row(sink, str_fmt(arena, "row/%lld", (long long)query_int(q, 0)), &after);
        arena_rewind(arena, mark);
    }
    return query_close(q, err);
}

/* The same number of hashes over as many bytes as verification needs: leaf, commitment and after-image of each event.
 */
static double plain_loop(Bench *bench, int64_t events)
{
    static char bytes[1024];
    int64_t start = world_monotonic_us(&bench->world);
    for (int64_t i = 0; i < events; i++) {
        Hash leaf = hash_of((Str){ bytes, 280 }), payload = hash_of((Str){ bytes, 650 }),
             after = hash_of((Str){ bytes, 600 });
        bytes[0]   = (char)(leaf.bytes[0] ^ payload.bytes[0] ^ after.bytes[0]);
    }
    return seconds_since(bench, start);
}

static void report_verification(Bench *bench, int64_t events)
{
    VerifyRows rows             = { .all = rows_all };
    const VerifyOptions options = { .depth = VERIFY_FULL, .rows = &rows };
    VerifyReport report;
    Db *db;
    must(bench, store_read(bench->store, bench->arena, &db, &bench->err));
    int64_t start = world_monotonic_us(&bench->world);
    must(bench, verify_run(db, bench->arena, &options, &report, &bench->err));
    double took = seconds_since(bench, start), plain = plain_loop(bench, events);
    db_end(db);
    printf("verify all:           %8.3f s for 100,000 events, %.1f times a plain SHA-256 loop\n",
           took * 100000.0 / (double)events, took / plain);
    printf("findings: %zu, memory: %zu KiB\n", report.failures, arena_used(bench->arena) / 1024);
}

static void schema_make(Bench *bench)
{
    const Table *tables[16] = { &row_table };
    Db *db;
    for (size_t i = 0; i < ledger_tables_len; i++)
        tables[i + 1] = ledger_tables[i];
    const Schema schema = { .version = 1, .tables = tables, .tables_len = ledger_tables_len + 1 };
    must(bench, schema_apply(bench->store, &schema, &bench->err));
    must(bench, store_write(bench->store, bench->turn, &db, &bench->err));
    must(bench, ledger_prepare(db, bench->turn, &bench->err) && db_commit(db, &bench->err));
    arena_reset(bench->turn);
}

int main(int argc, char **argv)
{
    Bench bench    = { .world = world_real(), .arena = arena_open(ARENA_MAX), .turn = arena_open(ARENA_MAX) };
    char folder[]  = "/tmp/ledger-bench-XXXXXX";
    int64_t events = EVENTS_DEFAULT;
    bool is_own    = argc < 2;
    if (argc > 2 && !str_to_i64(str_from_c(argv[2]), SINGLES + BULK, 100000000, &events)) return 3;
    if (is_own && !mkdtemp(folder)) return 3;
    must(&bench, store_open(str_from_c(is_own ? folder : argv[1]), &bench.world, &bench.store, &bench.err));
    schema_make(&bench);
    events -= (events - SINGLES) % BULK;
    report_appends(&bench, 0, SINGLES, 1);
    report_appends(&bench, SINGLES, events - SINGLES, BULK);
    report_verification(&bench, events);
    store_close(bench.store);
    if (is_own) printf("The store is left in %s\n", folder);
    arena_close(bench.turn);
    arena_close(bench.arena);
    return 0;
}
