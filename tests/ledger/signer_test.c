/* SPDX-License-Identifier: Apache-2.0
 * The signer: what it signs, what it refuses, and how it keeps its key; and proofs made from what it signed. */
#include "ledger/signer.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "items.h"

static Hash hash_number(int i)
{
    char text[16];
    int len = snprintf(text, sizeof(text), "%d", i);
    return tree_leaf((Str){ text, (size_t)len });
}

/* A request for the tree over `first` and then 1, 2, … with the proof from size `from`, by way of the definition. */
typedef struct {
    TreeSource source;
    int first;
} Numbers;

static bool numbers_node(TreeSource *source, unsigned level, uint64_t index, Hash *out, Err *err)
{
    Numbers *numbers  = (Numbers *)source;
    Frontier frontier = { 0 };
    (void)err;
    for (uint64_t i = index << level; i < (index + 1) << level; i++) {
        Hash leaf = hash_number(i == 0 ? numbers->first : (int)i);
        frontier_append(&frontier, &leaf);
    }
    *out = frontier.at[0];
    return true;
}

static SignRequest request(int first, uint64_t from, uint64_t size)
{
    Numbers numbers  = { { numbers_node }, first };
    SignRequest made = { .size = (int64_t)size };
    Err err          = { 0 };
    Frontier frontier;
    assert_true(tree_frontier(&numbers.source, size, &frontier, &err));
    made.root = frontier_root(&frontier);
    if (from > 0) assert_true(tree_prove_extension(&numbers.source, from, size, &made.proof, &err));
    return made;
}

static void sign(TestStore *t, SignRequest asked)
{
    Signer *signer = items_signer(t);
    Str note;
    must(t, signer->sign(signer, t->arena, &asked, &note, &t->err));
}

static void sign_refused(TestStore *t, SignRequest asked)
{
    Signer *signer = items_signer(t);
    Checkpoint before, after;
    Str note;
    must(t, signer->last(signer, t->arena, &before, &t->err));
    must_fail(t, signer->sign(signer, t->arena, &asked, &note, &t->err), ERR_TAMPERED);
    must(t, signer->last(signer, t->arena, &after, &t->err));
    assert_int_equal(before.size, after.size);
}

static void what_extends_the_last_head_is_signed(void **state)
{
    sign(*state, request(0, 0, 5));
    sign(*state, request(0, 5, 5)); /* the same again */
    sign(*state, request(0, 5, 9));
    sign(*state, request(0, 9, 300));
}

static void a_fork_is_not_signed(void **state)
{
    sign(*state, request(0, 0, 5));
    sign_refused(*state, request(99, 0, 5)); /* the same size, another root */
    sign_refused(*state, request(99, 5, 9)); /* longer, with the proof of its own history */
    sign_refused(*state, request(0, 0, 9));  /* right, but without a proof */
    sign(*state, request(0, 5, 9));
}

static void a_rollback_is_not_signed(void **state)
{
    sign(*state, request(0, 0, 9));
    sign_refused(*state, request(0, 0, 5));
    sign_refused(*state, request(0, 0, 0));
}

static const char *path_of(TestStore *t, const char *name)
{
    return str_to_c(t->arena, str_fmt(t->arena, "%.*s/%s", STR_ARG(t->folder), name));
}

static void a_key_that_others_may_read_is_refused(void **state)
{
    static const mode_t modes[] = { 0640, 0604, 0660, 0700 };
    TestStore *t                = *state;
    struct stat status;
    assert_int_equal(stat(path_of(t, "signer.key"), &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    for (size_t i = 0; i < countof(modes); i++) {
        assert_int_equal(chmod(path_of(t, "signer.key"), modes[i]), 0);
        must_fail(t, signer_open(&t->world, t->arena, t->folder, &t->err) != NULL, ERR_PERMISSION);
    }
    assert_int_equal(chmod(path_of(t, "signer.key"), 0400), 0);
    must(t, signer_open(&t->world, t->arena, t->folder, &t->err) != NULL);
}

static void a_second_key_is_not_made_over_the_first(void **state)
{
    TestStore *t = *state;
    must_fail(t, signer_make(&t->world, t->arena, t->folder, STR("other"), &t->err), ERR_UNIQUE);
}

static void a_state_that_the_key_did_not_sign_is_refused(void **state)
{
    TestStore *t = *state;
    Str path     = str_fmt(t->arena, "%.*s/signer.state", STR_ARG(t->folder)), note;
    sign(t, request(0, 0, 5));
    must(t, file_read(t->arena, path, 4096, &note, &t->err));
    Str changed = str_fmt(t->arena, "%.*s\n4%.*s", (int)str_index(note, '\n'), note.ptr,
                          STR_ARG(str_slice(note, str_index(note, '\n') + 2, note.len)));
    must(t, file_replace(&t->world, t->arena, path, changed, 0600, &t->err));

    must_fail(t, signer_open(&t->world, t->arena, t->folder, &t->err) != NULL, ERR_TAMPERED);

    assert_int_equal(unlink(path_of(t, "signer.state")), 0);
    must_fail(t, signer_open(&t->world, t->arena, t->folder, &t->err) != NULL, ERR_MISSING);
}

static void no_signature_is_given_that_could_not_be_remembered(void **state)
{
    TestStore *t      = *state;
    SignRequest asked = request(0, 0, 5);
    Signer *signer    = items_signer(t);
    Checkpoint last;
    Str note = { 0 };
    for (int64_t nth = 1; nth <= 2; nth++) {
        t->world.fault_kinds     = FAULT_WRITE | FAULT_SYNC;
        t->world.fault_countdown = nth;
        assert_false(signer->sign(signer, t->arena, &asked, &note, &t->err));
        err_clear(&t->err);
    }
    t->world.fault_kinds = 0;
    must(t, signer->last(signer, t->arena, &last, &t->err));
    assert_int_equal(last.size, 0);
}

static void an_origin_is_new_each_time(void **state)
{
    TestStore *t = *state;
    Str one = signer_origin(&t->world, t->arena), other = signer_origin(&t->world, t->arena);
    assert_true(str_starts(one, STR("plumbline/ledger/")));
    assert_int_equal(one.len, 17 + 26);
    assert_false(str_eq(one, other));
}

static void checkpoints_are_kept_once_and_prove_events(void **state)
{
    TestStore *t = *state;
    Db *db;
    NoteKeys keys;
    TlogProof proof;
    HistoryEvent event;
    items_set(t, 1, 700, "a");
    items_checkpoint(t);
    items_checkpoint(t);
    items_set(t, 1, 1, "b");
    assert_int_equal(store_count(t, "SELECT COUNT(*) FROM ledger_checkpoint"), 1);

    must(t, store_read(t->store, t->arena, &db, &t->err));
    must(t, ledger_keys(db, t->arena, &keys, &t->err));
    for (int64_t number = 0; number < 700; number += 233) {
        TlogProof read;
        must(t, ledger_prove(db, t->arena, number, &proof, &t->err));
        must(t, history_event(db, t->arena, number, &event, &t->err));
        must(t, tlog_proof_read(tlog_proof_write(t->arena, &proof), t->arena, &read, &t->err));
        must(t, tlog_proof_check(&read, event.body, &keys, t->arena, &t->err));
        assert_int_equal(read.head.size, 700);
    }
    must_fail(t, ledger_prove(db, t->arena, 700, &proof, &t->err), ERR_MISSING);
    db_end(db);
}

static void a_lost_note_is_signed_again_alike(void **state)
{
    TestStore *t = *state;
    items_set(t, 1, 3, "a");
    items_checkpoint(t);
    items_by_hand(t, "ledger_checkpoint",
                  "DELETE FROM ledger_checkpoint"); /* as if the second transaction had failed */

    items_checkpoint(t);

    assert_int_equal(store_count(t, "SELECT size FROM ledger_checkpoint"), 3);
    assert_int_equal(items_verify(t, VERIFY_FULL).failures, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_SQLITE_WITH(items_setup, what_extends_the_last_head_is_signed),
        ON_SQLITE_WITH(items_setup, a_fork_is_not_signed),
        ON_SQLITE_WITH(items_setup, a_rollback_is_not_signed),
        ON_SQLITE_WITH(items_setup, a_key_that_others_may_read_is_refused),
        ON_SQLITE_WITH(items_setup, a_second_key_is_not_made_over_the_first),
        ON_SQLITE_WITH(items_setup, a_state_that_the_key_did_not_sign_is_refused),
        ON_SQLITE_WITH(items_setup, no_signature_is_given_that_could_not_be_remembered),
        ON_SQLITE_WITH(items_setup, an_origin_is_new_each_time),
        ITEMS_TEST(checkpoints_are_kept_once_and_prove_events),
        ITEMS_TEST(a_lost_note_is_signed_again_alike),
    };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
