/* SPDX-License-Identifier: Apache-2.0
 * Appending, sealing, reading back and erasing, on both engines. */
#include "ledger/ledger.h"

#include <string.h>

#include "items.h"
#include "ledger/erasure.h"
#include "ledger/tiles.h"

static Db *db_writing(TestStore *t)
{
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    return db;
}

static Db *db_reading(TestStore *t)
{
    Db *db;
    must(t, store_read(t->store, t->arena, &db, &t->err));
    return db;
}

static Ledger *begin(TestStore *t, Db *db)
{
    Ledger *ledger = ledger_begin(db, t->arena, &t->world, world_now(&t->world), &t->err);
    must(t, ledger != NULL);
    return ledger;
}

static LedgerHead head_of(TestStore *t)
{
    LedgerHead head;
    Db *db = db_reading(t);
    must(t, ledger_head(db, t->arena, &head, &t->err));
    db_end(db);
    return head;
}

static void an_empty_ledger_has_the_empty_root(void **state)
{
    LedgerHead head  = head_of(*state);
    const Hash empty = tree_empty();
    assert_int_equal(head.size, 0);
    assert_true(hash_eq(&head.root, &empty));
}

static void the_head_is_the_tree_of_all_events_and_tiles_are_full(void **state)
{
    TestStore *t      = *state;
    Frontier frontier = { 0 };
    items_set(t, 1, 255, "a");
    items_set(t, 1, 1, "b");
    items_set(t, 1, 1, "c");
    items_set(t, 300, 300, "d");

    LedgerHead head = head_of(t);
    Db *db          = db_reading(t);
    Query *q        = query_open(db, STR("SELECT body FROM ledger_event ORDER BY number"));
    while (query_next(q)) {
        Hash leaf = tree_leaf(query_peek(q, 0));
        frontier_append(&frontier, &leaf);
    }
    must(t, query_close(q, &t->err));
    db_end(db);

    Hash root = frontier_root(&frontier);
    assert_int_equal(head.size, 557);
    assert_true(hash_eq(&head.root, &root));
    assert_int_equal(store_count(t, "SELECT COUNT(*) FROM ledger_tile"), 2);
    assert_int_equal(store_count(t, "SELECT COUNT(*) FROM ledger_tile WHERE LENGTH(data) <> 8192"), 0);
}

static void nothing_of_a_rolled_back_transaction_stays(void **state)
{
    TestStore *t   = *state;
    Db *db         = db_writing(t);
    Ledger *ledger = begin(t, db);
    int64_t number;
    const LedgerEvent event = {
        .actor = STR("u_1"), .kind = STR("x.y"), .entity = STR("x/1"), .payload = STR("{\"after\":null}")
    };
    must(t, ledger_append(ledger, &event, &number, &t->err));
    must(t, ledger_seal(ledger, &t->err));
    db_end(db);

    assert_int_equal(head_of(t).size, 0);
    assert_int_equal(store_count(t, "SELECT COUNT(*) FROM ledger_event"), 0);
}

static void a_head_moved_by_another_writer_is_a_conflict(void **state)
{
    TestStore *t   = *state;
    Db *db         = db_writing(t);
    Ledger *ledger = begin(t, db);
    int64_t number;
    const LedgerEvent event = {
        .actor = STR("u_1"), .kind = STR("x.y"), .entity = STR("x/1"), .payload = STR("{\"after\":null}")
    };
    must(t, ledger_append(ledger, &event, &number, &t->err));
    must(t, query_run(query_open(db, STR("UPDATE ledger_state SET size = 5 WHERE id = 1")), NULL, &t->err));

    must_fail(t, ledger_seal(ledger, &t->err), ERR_CONFLICT);
    db_end(db);
}

/* Envelopes that break the format are refused before anything is written. */
static void events_that_break_the_format_are_refused(void **state)
{
    TestStore *t   = *state;
    Db *db         = db_writing(t);
    Ledger *ledger = begin(t, db);
    int64_t number;
    Str fine      = STR("{\"after\":null}");
    Str large     = str_fmt(t->arena, "{\"after\":null,\"why\":\"%*s\"}", LEDGER_PAYLOAD_MAX, "");
    Str long_name = str_fmt(t->arena, "%0121d", 1);
    Hash *files   = arena_array(t->arena, Hash, LEDGER_FILES_MAX + 1);
    const struct {
        LedgerEvent event;
        ErrCode code;
    } cases[] = {
        { { .kind = STR("a.b"), .entity = STR("a/1"), .payload = fine }, ERR_FORMAT },
        { { .actor = STR("Noor"), .kind = STR("a.b"), .entity = STR("a/1"), .payload = fine }, ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a \"b"), .entity = STR("a/1"), .payload = fine }, ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a"), .payload = fine }, ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1/2"), .payload = fine }, ERR_FORMAT },
        { { .actor = long_name, .kind = STR("a.b"), .entity = STR("a/1"), .payload = fine }, ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1"), .dossier = STR("x"), .payload = fine },
          ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1"), .revision = -1, .payload = fine },
          ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1") }, ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1"), .payload = STR("{\"why\":\"\"}") },
          ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1"), .payload = STR("{\"after\": null}") },
          ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1"), .personal = STR("{}") }, ERR_FORMAT },
        { { .actor           = STR("u_1"),
            .kind            = STR("a.b"),
            .entity          = STR("a/1"),
            .payload         = fine,
            .idempotency_key = STR("\\") },
          ERR_FORMAT },
        { { .actor = STR("u_1"), .kind = STR("a.b"), .entity = STR("a/1"), .payload = large }, ERR_LIMIT },
        { { .actor     = STR("u_1"),
            .kind      = STR("a.b"),
            .entity    = STR("a/1"),
            .payload   = fine,
            .files     = files,
            .files_len = LEDGER_FILES_MAX + 1 },
          ERR_FORMAT },
    };
    for (size_t i = 0; i < countof(cases); i++)
        must_fail(t, ledger_append(ledger, &cases[i].event, &number, &t->err), cases[i].code);
    must(t, ledger_seal(ledger, &t->err));
    must(t, db_commit(db, &t->err));

    assert_int_equal(store_count(t, "SELECT COUNT(*) FROM ledger_event"), 0);
}

static void an_envelope_has_its_documented_bytes(void **state)
{
    TestStore *t = *state;
    HistoryEvent event;
    items_set(t, 1, 2, "a");

    Db *db = db_reading(t);
    must(t, history_event(db, t->arena, 1, &event, &t->err));
    db_end(db);

    Str body = event.body;
    assert_true(str_starts(body, STR("{\"a\":\"u_17\",\"an\":2,\"ap\":\"")));
    assert_true(str_has(body, STR("\",\"au\":\"case/7\",\"ent\":\"item/2\",\"ev\":[],\"k\":\"item.set\",\"pc\":\"")));
    assert_true(
        str_ends(body, STR("\"pp\":null,\"q\":null,\"rev\":1,\"s\":1,\"t\":\"2026-11-16T09:00:00.000000Z\",\"v\":1}")));
    check_str(event.after, "{\"id\":2,\"title\":\"a\"}");
}

static void an_event_with_all_its_parts_is_read_back(void **state)
{
    TestStore *t       = *state;
    Db *db             = db_writing(t);
    Ledger *ledger     = begin(t, db);
    const Hash files[] = { hash_of(STR("one")), hash_of(STR("two")) };
    HistoryEvent event;
    int64_t number;
    must(t, ledger_append(ledger,
                          &(LedgerEvent){ .actor           = STR("u_1"),
                                          .kind            = STR("report.approve"),
                                          .entity          = STR("report/9"),
                                          .revision        = 4,
                                          .dossier         = STR("audit/88"),
                                          .payload         = STR("{\"after\":{\"a\":1}}"),
                                          .personal        = STR("{\"after\":{\"name\":\"Noor\"}}"),
                                          .files           = files,
                                          .files_len       = 2,
                                          .idempotency_key = STR("k-1 ~") },
                          &number, &t->err));
    must(t, ledger_seal(ledger, &t->err));

    must(t, history_event(db, t->arena, number, &event, &t->err));
    must(t, db_commit(db, &t->err));

    check_str(event.payload, "{\"after\":{\"a\":1}}");
    check_str(event.personal, "{\"after\":{\"name\":\"Noor\"}}");
    check_str(event.after, "{\"a\":1}");
    check_str(event.envelope.idempotency_key, "k-1 ~");
    assert_int_equal(event.envelope.revision, 4);
    assert_int_equal(event.envelope.dossier_number, 1);
    assert_int_equal(event.files_len, 2);
    assert_true(hash_eq(&event.files[1], &files[1]));
    assert_false(hash_eq(&event.envelope.files[1], &files[1]));
}

static void a_clock_that_went_back_is_put_on_record_first(void **state)
{
    TestStore *t = *state;
    HistoryEvent event;
    items_set(t, 1, 1, "a");
    t->world.fixed_now = instant("2026-11-16T08:59:57Z"); /* within five seconds: nothing to say */
    items_set(t, 1, 1, "b");
    t->world.fixed_now = instant("2026-11-16T08:00:00Z");

    items_set(t, 1, 2, "c");

    Db *db = db_reading(t);
    must(t, history_event(db, t->arena, 2, &event, &t->err));
    db_end(db);
    check_str(event.envelope.kind, "system.clock-anomaly");
    check_str(event.after, "null");
    assert_int_equal(head_of(t).size, 5);
}

static void history_comes_newest_first_in_pages(void **state)
{
    TestStore *t = *state;
    HistoryEvents events;
    for (int i = 0; i < 5; i++)
        items_set(t, 1, 3, i % 2 ? "odd" : "even");

    Db *db = db_reading(t);
    must(t, history_of_entity(db, t->arena, (HistoryPage){ .name = STR("item/2"), .limit = 2 }, &events, &t->err));
    assert_int_equal(events.len, 2);
    assert_int_equal(events.at[0].envelope.number, 13);
    assert_int_equal(events.at[1].envelope.number, 10);
    must(t, history_of_entity(db, t->arena, (HistoryPage){ .name = STR("item/2"), .before = 10, .limit = 500 }, &events,
                              &t->err));
    assert_int_equal(events.len, 3);
    assert_int_equal(events.at[0].envelope.number, 7);
    must(t, history_of_dossier(db, t->arena, (HistoryPage){ .name = STR("case/7"), .before = 3, .limit = 500 }, &events,
                               &t->err));
    assert_int_equal(events.len, 3);
    assert_int_equal(events.at[0].envelope.dossier_number, 3);
    must(t, history_since(db, t->arena, 13, 500, &events, &t->err));
    assert_int_equal(events.len, 2);
    must_fail(t, history_event(db, t->arena, 99, &(HistoryEvent){ 0 }, &t->err), ERR_MISSING);
    db_end(db);
}

static void an_entity_is_seen_as_it_was(void **state)
{
    TestStore *t = *state;
    HistoryEvents events;
    items_set(t, 1, 1, "old");
    t->world.fixed_now = instant("2026-11-17T09:00:00Z");
    items_set(t, 1, 1, "new");

    Db *db            = db_reading(t);
    HistoryInstant at = { STR("item/1"), instant("2026-11-16T23:00:00Z") };
    must(t, history_as_of(db, t->arena, at, &events, &t->err));
    check_str(events.at[0].after, "{\"id\":1,\"title\":\"old\"}");
    at.at = instant("2026-11-17T09:00:00Z");
    must(t, history_as_of(db, t->arena, at, &events, &t->err));
    check_str(events.at[0].after, "{\"id\":1,\"title\":\"new\"}");
    at.at = instant("2026-11-16T08:00:00Z");
    must(t, history_as_of(db, t->arena, at, &events, &t->err));
    assert_int_equal(events.len, 0);
    db_end(db);
}

static void an_erased_payload_is_gone_and_the_event_says_by_whom(void **state)
{
    TestStore *t = *state;
    HistoryEvent event;
    int64_t number;
    items_set(t, 1, 2, "secret");
    Db *db                = db_writing(t);
    Ledger *ledger        = begin(t, db);
    const ErasedSlot slot = { 0, SLOT_PAYLOAD };
    const Erasure erasure = { .actor = STR("u_2"), .why = STR("Art. 17"), .slots = &slot, .slots_len = 1 };
    must(t, ledger_erase(ledger, &erasure, &number, &t->err));
    must(t, ledger_seal(ledger, &t->err));
    must(t, db_commit(db, &t->err));

    db = db_reading(t);
    must(t, history_event(db, t->arena, 0, &event, &t->err));
    assert_int_equal(event.payload.len + event.after.len, 0);
    assert_int_equal(event.erased_by, number);
    db_end(db);
    assert_int_equal(store_count(t, "SELECT COUNT(*) FROM ledger_payload WHERE salt IS NULL"), 1);

    db     = db_writing(t);
    ledger = begin(t, db);
    must_fail(t, ledger_erase(ledger, &erasure, &number, &t->err), ERR_MISSING);
    db_end(db);
}

static void one_event_costs_four_statements(void **state)
{
    TestStore *t  = *state;
    Db *db        = db_writing(t);
    size_t before = db_statements(db);
    int64_t number;
    const LedgerEvent event = {
        .actor = STR("u_1"), .kind = STR("x.y"), .entity = STR("x/1"), .payload = STR("{\"after\":null}")
    };
    Ledger *ledger = begin(t, db);
    must(t, ledger_append(ledger, &event, &number, &t->err));
    must(t, ledger_seal(ledger, &t->err));
    assert_int_equal(db_statements(db) - before, 4);
    db_end(db);
}

static void what_is_written_is_read_and_written_again(void **state)
{
    TestStore *t = *state;
    HistoryEvents events;
    Str again;
    items_set(t, 1, 10, "a");
    Db *db = db_reading(t);
    must(t, history_since(db, t->arena, 0, 100, &events, &t->err));
    db_end(db);
    for (size_t i = 0; i < events.len; i++) {
        must(t, event_write(&events.at[i].envelope, t->arena, &again, &t->err));
        assert_true(str_eq(again, events.at[i].body));
        /* and no other bytes are an envelope: each flipped bit is refused or is another envelope with its own bytes */
        for (size_t bit = 0; i == 0 && bit < again.len * 8; bit++) {
            char *bytes = arena_alloc(t->arena, again.len, 1);
            Envelope envelope;
            Str written;
            Err err = { 0 };
            memcpy(bytes, again.ptr, again.len);
            bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
            if (!event_read((Str){ bytes, again.len }, t->arena, &envelope, &err)) continue;
            must(t, event_write(&envelope, t->arena, &written, &t->err));
            assert_true(str_eq(written, (Str){ bytes, again.len }));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ITEMS_TEST(an_empty_ledger_has_the_empty_root),
        ITEMS_TEST(the_head_is_the_tree_of_all_events_and_tiles_are_full),
        ITEMS_TEST(nothing_of_a_rolled_back_transaction_stays),
        ITEMS_TEST(a_head_moved_by_another_writer_is_a_conflict),
        ITEMS_TEST(events_that_break_the_format_are_refused),
        ITEMS_TEST(an_envelope_has_its_documented_bytes),
        ITEMS_TEST(an_event_with_all_its_parts_is_read_back),
        ITEMS_TEST(a_clock_that_went_back_is_put_on_record_first),
        ITEMS_TEST(history_comes_newest_first_in_pages),
        ITEMS_TEST(an_entity_is_seen_as_it_was),
        ITEMS_TEST(an_erased_payload_is_gone_and_the_event_says_by_whom),
        ITEMS_TEST(one_event_costs_four_statements),
        ITEMS_TEST(what_is_written_is_read_and_written_again),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
