/* SPDX-License-Identifier: Apache-2.0
 * Verification: a whole record is whole, and each thing changed by hand is named for what it is, on both engines. */
#include "ledger/verify.h"

#include <string.h>

#include "items.h"
#include "ledger/erasure.h"
#include "ledger/tiles.h"

/* 600 events on 300 items: two full tiles and a tail; checkpoints at 300 and 600. */
static int with_600_events(void **state)
{
    if (items_setup(state) != 0) return -1;
    items_set(*state, 1, 300, "first");
    items_checkpoint(*state);
    items_set(*state, 1, 299, "second");
    items_set(*state, 300, 1, "second");
    items_checkpoint(*state);
    return 0;
}
#define TAMPER_TEST(test) ON_BOTH_WITH(with_600_events, test)

static void an_untouched_record_is_whole(void **state)
{
    TestStore *t        = *state;
    VerifyReport report = items_verify(t, VERIFY_FULL);
    assert_int_equal(report.failures, 0);
    assert_int_equal(report.from, 0);
    assert_int_equal(report.size, 600);
    assert_int_equal(report.good.size, 600);
    assert_int_equal(verify_exit(&report), VERIFY_WHOLE);

    items_set(t, 1, 5, "third");
    report = items_verify(t, VERIFY_QUICK);
    assert_int_equal(report.failures, 0);
    assert_int_equal(report.from, 512);
    assert_int_equal(report.size, 605);
}

static void an_empty_record_is_whole(void **state)
{
    VerifyReport full = items_verify(*state, VERIFY_FULL), quick = items_verify(*state, VERIFY_QUICK);
    assert_int_equal(full.failures + quick.failures, 0);
    items_checkpoint(*state);
    assert_int_equal(items_verify(*state, VERIFY_FULL).failures, 0);
}

static void a_flipped_byte_of_an_event_is_named(void **state)
{
    TestStore *t = *state;
    items_flip(t, "ledger_event", "SELECT body FROM ledger_event WHERE number = 100",
               "UPDATE ledger_event SET body = $1 WHERE number = 100", 8);
    VerifyReport report = items_verify(t, VERIFY_FULL);
    for (size_t i = 0; i < report.len; i++)
        assert_int_equal(report.at[i].number, 100);
    assert_int_equal(report.at[0].found, FOUND_COPY_CHANGED); /* the actor, which the index column still has right */
    assert_int_equal(report.at[1].found, FOUND_EVENT_CHANGED);
    check_str(report.at[1].entity, "item/101");
    assert_int_equal(report.good.size, 0);
}

static void a_flipped_byte_of_a_commitment_in_the_tail_is_named(void **state)
{
    TestStore *t = *state;
    items_flip(t, "ledger_event", "SELECT body FROM ledger_event WHERE number = 599",
               "UPDATE ledger_event SET body = $1 WHERE number = 599", 0);
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_EVENT_CHANGED, 599);
    assert_int_equal(report.good.size, 300);
}

static void bytes_that_are_no_envelope_any_more_are_named(void **state)
{
    TestStore *t = *state;
    items_flip(t, "ledger_event", "SELECT body FROM ledger_event WHERE number = 300",
               "UPDATE ledger_event SET body = $1 WHERE number = 300", 0);
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_EVENT_CHANGED, 300);
    check_str(report.at[0].entity, "item/1");
    assert_int_equal(report.good.size, 300);
}

static void a_flipped_leaf_hash_is_named_in_a_tile_and_in_the_tail(void **state)
{
    TestStore *t = *state;
    items_flip(t, "ledger_event", "SELECT leaf FROM ledger_event WHERE number = 5",
               "UPDATE ledger_event SET leaf = $1 WHERE number = 5", 31);
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_LEAF_CHANGED, 5);
    items_flip(t, "ledger_event", "SELECT leaf FROM ledger_event WHERE number = 5",
               "UPDATE ledger_event SET leaf = $1 WHERE number = 5", 31);
    items_flip(t, "ledger_event", "SELECT leaf FROM ledger_event WHERE number = 550",
               "UPDATE ledger_event SET leaf = $1 WHERE number = 550", 0);
    report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_LEAF_CHANGED, 550);
    report = items_verify(t, VERIFY_QUICK);
    check_one_failure(&report, FOUND_LEAF_CHANGED, 550);
}

static void a_flipped_byte_of_a_payload_is_named(void **state)
{
    TestStore *t = *state;
    items_flip(t, "ledger_payload", "SELECT data FROM ledger_payload WHERE number = 17",
               "UPDATE ledger_payload SET data = $1 WHERE number = 17", 20);
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_PAYLOAD_CHANGED, 17);
    check_str(report.at[0].entity, "item/18");
}

static void a_flipped_byte_of_a_salt_is_named(void **state)
{
    TestStore *t = *state;
    items_flip(t, "ledger_payload", "SELECT salt FROM ledger_payload WHERE number = 580",
               "UPDATE ledger_payload SET salt = $1 WHERE number = 580", 3);
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_PAYLOAD_CHANGED, 580);
    report = items_verify(t, VERIFY_QUICK);
    check_one_failure(&report, FOUND_PAYLOAD_CHANGED, 580);
    assert_int_equal(report.good.size, 300);
}

static void a_flipped_byte_of_a_tile_is_named(void **state)
{
    TestStore *t = *state;
    items_flip(t, "ledger_tile", "SELECT data FROM ledger_tile WHERE n = 1",
               "UPDATE ledger_tile SET data = $1 WHERE n = 1", 96);
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_TILE_CHANGED, 259);
}

static void a_missing_tile_is_named(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "ledger_tile", "DELETE FROM ledger_tile WHERE n = 0");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_TILE_CHANGED, 0);
}

static void a_flipped_byte_of_the_head_is_named(void **state)
{
    static const char *const columns[] = { "root", "frontier" };
    TestStore *t                       = *state;
    for (size_t i = 0; i < countof(columns); i++) {
        char select[80], update[80];
        snprintf(select, sizeof(select), "SELECT %s FROM ledger_state", columns[i]);
        snprintf(update, sizeof(update), "UPDATE ledger_state SET %s = $1", columns[i]);
        items_flip(t, "ledger_state", select, update, 9);
        VerifyReport report = items_verify(t, VERIFY_FULL);
        check_one_failure(&report, FOUND_STATE_CHANGED, -1);
        report = items_verify(t, VERIFY_QUICK);
        check_one_failure(&report, FOUND_STATE_CHANGED, -1);
        items_flip(t, "ledger_state", select, update, 9);
    }
    store_do(t, "UPDATE ledger_state SET last_time = last_time + 1");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_STATE_CHANGED, -1);
}

static void a_changed_index_column_is_named(void **state)
{
    static const char *const changes[] = { "entity = 'item/9999'", "kind = 'item.other'", "dossier = ''",
                                           "actor = 'u_18'", "time = time - 1" };
    TestStore *t                       = *state;
    for (size_t i = 0; i < countof(changes); i++) {
        char sql[120];
        snprintf(sql, sizeof(sql), "UPDATE ledger_event SET %s WHERE number = %zu", changes[i], 10 + i);
        items_by_hand(t, "ledger_event", sql);
    }
    VerifyReport report = items_verify(t, VERIFY_FULL);
    assert_int_equal(report.failures, countof(changes));
    for (size_t i = 0; i < report.len; i++) {
        assert_int_equal(report.at[i].found, FOUND_COPY_CHANGED);
        assert_int_equal(report.at[i].number, 10 + i);
    }
}

static void a_changed_checkpoint_is_named(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "ledger_checkpoint",
                  "UPDATE ledger_checkpoint SET note = REPLACE(note, 'plumbline', 'plumbeine') WHERE size = 600");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_CHECKPOINT_FALSE, 600);
    assert_int_equal(report.good.size, 300);
}

static void a_changed_row_is_named(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "item", "UPDATE item SET title = 'softer' WHERE id = 40");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_ROW_CHANGED, 339);
    check_str(report.at[0].entity, "item/40");
    assert_int_equal(report.good.size, 300);
}

static void a_deleted_row_is_named(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "item", "DELETE FROM item WHERE id = 41");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_ROW_MISSING, 340);
    check_str(report.at[0].entity, "item/41");
}

static void a_row_without_event_is_named(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "item", "INSERT INTO item (id, title, last_event) VALUES (9000, 'x', 3)");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_ROW_EXTRA, -1);
    check_str(report.at[0].entity, "item/9000");
}

static void a_touched_row_is_checked_by_the_quick_verification(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "item", "UPDATE item SET title = 'softer' WHERE id = 300");
    VerifyReport report = items_verify(t, VERIFY_QUICK);
    check_one_failure(&report, FOUND_ROW_CHANGED, 599);
}

static void a_deleted_event_is_named(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "ledger_event", "DELETE FROM ledger_event WHERE number = 200");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    assert_int_equal(report.at[0].found, FOUND_EVENT_MISSING);
    assert_int_equal(report.at[0].number, 200);
    for (size_t i = 1; i < report.len; i++)
        assert_int_equal(report.at[i].found, FOUND_DOSSIER_BROKEN);
}

static void a_deleted_payload_is_named(void **state)
{
    TestStore *t = *state;
    store_do(t, "DELETE FROM ledger_payload WHERE number = 200");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_PAYLOAD_MISSING, 200);
}

static void an_emptied_payload_without_an_erasure_is_named(void **state)
{
    TestStore *t = *state;
    store_do(t, "UPDATE ledger_payload SET salt = NULL, data = NULL WHERE number = 201");
    store_do(t, "UPDATE ledger_payload SET salt = NULL, data = NULL, erased_by = 400 WHERE number = 202");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    assert_int_equal(report.failures, 2);
    assert_int_equal(report.at[0].found, FOUND_PAYLOAD_MISSING);
    assert_int_equal(report.at[0].number, 201);
    assert_int_equal(report.at[1].found, FOUND_ERASURE_UNKNOWN);
    assert_int_equal(report.at[1].number, 202);
}

static void a_payload_that_nothing_commits_to_is_named(void **state)
{
    TestStore *t = *state;
    store_do(t, "INSERT INTO ledger_payload (number, slot, salt, data) SELECT number, 7, salt, data FROM "
                "ledger_payload WHERE number = 4");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_PAYLOAD_EXTRA, 4);
    store_do(t, "UPDATE ledger_payload SET number = 9000 WHERE slot = 7");
    report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_PAYLOAD_EXTRA, -1);
}

static void an_erasure_by_the_book_leaves_the_record_incomplete_but_whole(void **state)
{
    TestStore *t = *state;
    Db *db;
    int64_t number;
    const ErasedSlot slots[] = { { 7, SLOT_PAYLOAD }, { 599, SLOT_PAYLOAD } };
    const Erasure erasure    = { .actor = STR("u_2"), .why = STR("Art. 17"), .slots = slots, .slots_len = 2 };
    must(t, store_write(t->store, t->arena, &db, &t->err));
    Ledger *ledger = ledger_begin(db, t->arena, &t->world, world_now(&t->world), &t->err);
    must(t, ledger && ledger_erase(ledger, &erasure, &number, &t->err) && ledger_seal(ledger, &t->err) &&
                db_commit(db, &t->err));

    VerifyReport report = items_verify(t, VERIFY_FULL);

    assert_int_equal(report.failures, 0);
    assert_int_equal(report.erased, 2);
    assert_int_equal(verify_exit(&report), VERIFY_INCOMPLETE);
}

/* The newest events, their payloads and rows taken away and the head set back as if they had never been. */
static void a_cut_off_tail_is_told_by_the_signer(void **state)
{
    TestStore *t = *state;
    Db *db;
    Frontier frontier;
    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, tree_frontier(&tile_source_open(db, t->arena, 300)->source, 300, &frontier, &t->err));
    db_end(db);
    items_by_hand(t, "ledger_checkpoint", "DELETE FROM ledger_checkpoint WHERE size = 600");
    items_by_hand(t, "ledger_tile", "DELETE FROM ledger_tile WHERE n = 1");
    items_by_hand(t, "ledger_event", "DELETE FROM ledger_event WHERE number >= 300");
    items_by_hand(t, "item", "UPDATE item SET title = 'first'");
    store_do(t, "DELETE FROM ledger_payload WHERE number >= 300");
    must(t, store_write(t->store, t->arena, &db, &t->err));
    Hash root = frontier_root(&frontier);
    Query *q  = query_open(db, STR("UPDATE ledger_state SET size = 300, frontier = $1, root = $2"));
    query_bind_bytes(q, 1, frontier_bytes(&frontier));
    query_bind_bytes(q, 2, (Str){ (const char *)root.bytes, HASH_BYTES });
    must(t, query_run(q, NULL, &t->err));
    must(t, db_commit(db, &t->err));

    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_SIGNER_DISAGREES, 600);
    report = items_verify(t, VERIFY_QUICK);
    check_one_failure(&report, FOUND_SIGNER_DISAGREES, 600);
    must_fail(t, ledger_checkpoint_make(t->store, t->arena, items_signer(t), &t->err), ERR_TAMPERED);
}

static void events_beyond_the_head_are_told(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "ledger_event",
                  "INSERT INTO ledger_event (number, body, leaf, entity, kind, dossier, actor, time)"
                  " SELECT 600, body, leaf, entity, kind, dossier, actor, time FROM ledger_event WHERE number = 599");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    bool extra          = false;
    for (size_t i = 0; i < report.len; i++)
        extra |= report.at[i].found == FOUND_EVENT_EXTRA && report.at[i].number == 600;
    assert_true(extra);
}

static void a_checkpoint_kept_outside_is_compared(void **state)
{
    TestStore *t = *state;
    Db *db;
    StoredCheckpoint old;
    VerifyReport report;
    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, ledger_checkpoint_last(db, t->arena, 300, &old, &t->err));
    must(t, verify_against(db, t->arena, old.note, &report, &t->err));
    assert_int_equal(report.failures, 0);
    must_fail(t, verify_against(db, t->arena, STR("nonsense"), &report, &t->err), ERR_FORMAT);
    db_end(db);

    /* The same size, another history: what was kept outside says so. */
    items_flip(t, "ledger_tile", "SELECT data FROM ledger_tile WHERE n = 0",
               "UPDATE ledger_tile SET data = $1 WHERE n = 0", 0);
    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, verify_against(db, t->arena, old.note, &report, &t->err));
    db_end(db);
    assert_true(report.failures >= 1);
    assert_int_equal(report.at[report.len - 1].found, FOUND_ANCHOR_DISAGREES);
}

static void a_dropped_guard_is_told_when_the_schema_was_recorded(void **state)
{
    TestStore *t = *state;
    Db *db;
    must(t, store_write(t->store, t->arena, &db, &t->err));
    Ledger *ledger = ledger_begin(db, t->arena, &t->world, world_now(&t->world), &t->err);
    must(t, ledger && ledger_note_schema(ledger, &t->err));
    must(t, ledger_note_schema(ledger, &t->err)); /* the same again writes nothing */
    must(t, ledger_seal(ledger, &t->err) && db_commit(db, &t->err));
    assert_int_equal(items_verify(t, VERIFY_FULL).failures, 0);
    assert_int_equal(items_verify(t, VERIFY_FULL).size, 601);

    items_by_hand(t, "item", "UPDATE item SET id = id");

    VerifyReport report = items_verify(t, VERIFY_FULL);
    check_one_failure(&report, FOUND_SCHEMA_CHANGED, -1);
}

static void a_rewritten_event_with_its_leaf_is_named_by_the_tile(void **state)
{
    TestStore *t = *state;
    items_by_hand(t, "ledger_event",
                  "UPDATE ledger_event SET body = (SELECT body FROM ledger_event WHERE number = 0),"
                  " leaf = (SELECT leaf FROM ledger_event WHERE number = 0) WHERE number = 20");
    VerifyReport report = items_verify(t, VERIFY_FULL);
    bool named          = false;
    for (size_t i = 0; i < report.len; i++)
        named |= report.at[i].found == FOUND_EVENT_CHANGED && report.at[i].number == 20;
    assert_true(named);
}

static void every_byte_of_covered_tables_is_covered(void **state)
{
    static const struct {
        const char *table, *column, *where;
    } places[] = {
        { "ledger_event", "body", "number = 599" },   { "ledger_event", "leaf", "number = 599" },
        { "ledger_payload", "data", "number = 599" }, { "ledger_payload", "salt", "number = 599" },
        { "ledger_state", "frontier", "id = 1" },     { "ledger_state", "root", "id = 1" },
    };
    TestStore *t = *state;
    for (size_t i = 0; i < countof(places); i++) {
        char select[120], update[120];
        snprintf(select, sizeof(select), "SELECT %s FROM %s WHERE %s", places[i].column, places[i].table,
                 places[i].where);
        snprintf(update, sizeof(update), "UPDATE %s SET %s = $1 WHERE %s", places[i].table, places[i].column,
                 places[i].where);
        for (size_t at = 0; at < 32; at += 3) {
            items_flip(t, places[i].table, select, update, at);
            if (items_verify(t, VERIFY_QUICK).failures == 0) fail_msg("%s, byte %zu", select, at);
            items_flip(t, places[i].table, select, update, at);
        }
    }
    assert_int_equal(items_verify(t, VERIFY_QUICK).failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ITEMS_TEST(an_empty_record_is_whole),
        TAMPER_TEST(an_untouched_record_is_whole),
        TAMPER_TEST(a_flipped_byte_of_an_event_is_named),
        TAMPER_TEST(a_flipped_byte_of_a_commitment_in_the_tail_is_named),
        TAMPER_TEST(bytes_that_are_no_envelope_any_more_are_named),
        TAMPER_TEST(a_flipped_leaf_hash_is_named_in_a_tile_and_in_the_tail),
        TAMPER_TEST(a_flipped_byte_of_a_payload_is_named),
        TAMPER_TEST(a_flipped_byte_of_a_salt_is_named),
        TAMPER_TEST(a_flipped_byte_of_a_tile_is_named),
        TAMPER_TEST(a_missing_tile_is_named),
        TAMPER_TEST(a_flipped_byte_of_the_head_is_named),
        TAMPER_TEST(a_changed_index_column_is_named),
        TAMPER_TEST(a_changed_checkpoint_is_named),
        TAMPER_TEST(a_changed_row_is_named),
        TAMPER_TEST(a_deleted_row_is_named),
        TAMPER_TEST(a_row_without_event_is_named),
        TAMPER_TEST(a_touched_row_is_checked_by_the_quick_verification),
        TAMPER_TEST(a_deleted_event_is_named),
        TAMPER_TEST(a_deleted_payload_is_named),
        TAMPER_TEST(an_emptied_payload_without_an_erasure_is_named),
        TAMPER_TEST(a_payload_that_nothing_commits_to_is_named),
        TAMPER_TEST(an_erasure_by_the_book_leaves_the_record_incomplete_but_whole),
        TAMPER_TEST(a_cut_off_tail_is_told_by_the_signer),
        TAMPER_TEST(events_beyond_the_head_are_told),
        TAMPER_TEST(a_checkpoint_kept_outside_is_compared),
        TAMPER_TEST(a_dropped_guard_is_told_when_the_schema_was_recorded),
        TAMPER_TEST(a_rewritten_event_with_its_leaf_is_named_by_the_tile),
        TAMPER_TEST(every_byte_of_covered_tables_is_covered),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
