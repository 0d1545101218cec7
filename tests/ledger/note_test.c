/* SPDX-License-Identifier: Apache-2.0
 * Signed notes, keys, checkpoints and proofs to give away, against vectors that mostly must be refused. */
#include "ledger/note.h"

#include "base/world.h"
#include "ledger/checkpoint.h"
#include "ledger/tlog_proof.h"
#include "vectors.h"

static int arena_setup(void **state)
{
    *state = arena_open(1 << 26);
    return 0;
}

static int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

static bool is_accept(const json_t *one)
{
    return str_eq_c(vector_text(one, "expect"), "accept");
}

static void keys_add(Arena *arena, NoteKeys *keys, Str vkey)
{
    Err err = { 0 };
    assert_true(note_verifier_read(vkey, arena, list_push(arena, keys), &err));
}

static void verifier_keys_get_their_verdict(void **state)
{
    Arena *arena = *state;
    json_t *json = vector_file(VECTORS "note/vkey-cases.json");
    json_t *one;
    size_t i;
    json_array_foreach(json, i, one)
    {
        NoteVerifier key;
        Err err  = { 0 };
        Str vkey = vector_text(one, "vkey");
        bool got = note_verifier_read(vkey, arena, &key, &err);
        if (got != is_accept(one)) fail_msg("%s", json_string_value(json_object_get(one, "name")));
        if (got)
            assert_true(str_eq(note_verifier_write(arena, &key), vkey));
        else
            assert_int_equal(err.code, ERR_FORMAT);
    }
    assert_int_equal(i, 13);
    json_decref(json);
}

static void checkpoints_get_their_verdict(void **state)
{
    Arena *arena = *state;
    json_t *json = vector_file(VECTORS "note/checkpoint-cases.json");
    json_t *one;
    size_t i, k;
    json_array_foreach(json_object_get(json, "cases"), i, one)
    {
        NoteKeys keys = { 0 };
        Checkpoint checkpoint;
        Str note;
        json_t *key;
        Err err = { 0 };
        json_array_foreach(json_object_get(one, "keys"), k, key)
            keys_add(arena, &keys, (Str){ json_string_value(key), json_string_length(key) });
        assert_true(base64_decode(arena, vector_text(one, "note_b64"), &note));
        if (checkpoint_open(note, &keys, arena, &checkpoint, &err) != is_accept(one))
            fail_msg("%s: %s", json_string_value(json_object_get(one, "name")), err.what);
    }
    assert_int_equal(i, 64);
    json_decref(json);
}

static void the_published_note_is_signed_by_its_key(void **state)
{
    Arena *arena      = *state;
    json_t *json      = vector_file(VECTORS "note/checkpoint-cases.json");
    const json_t *one = json_array_get(json_object_get(json_object_get(json, "published_examples"), "signed_note"), 0);
    NoteKeys keys     = { 0 };
    Note note;
    NoteSigned who;
    Err err = { 0 };

    keys_add(arena, &keys, vector_text(one, "vkey"));

    assert_true(note_read(vector_text(one, "note"), arena, &note, &err));
    assert_true(note_verify(&note, &keys, arena, &who, &err));
    assert_int_equal(who, 1);
    assert_true(str_eq(note.text, STR("This is an example message.\n")));
    json_decref(json);
}

static void proofs_to_give_away_get_their_verdict(void **state)
{
    Arena *arena = *state;
    json_t *json = vector_file(VECTORS "note/tlog-proof-cases.json");
    json_t *one;
    size_t i;
    json_array_foreach(json, i, one)
    {
        NoteKeys keys = { 0 };
        TlogProof proof;
        Str bytes;
        Err err = { 0 };
        keys_add(arena, &keys, vector_text(one, "vkey"));
        assert_true(base64_decode(arena, vector_text(one, "proof_b64"), &bytes));
        bool got = tlog_proof_read(bytes, arena, &proof, &err) &&
                   tlog_proof_check(&proof, vector_text(one, "leaf_data_utf8"), &keys, arena, &err);
        if (got != is_accept(one)) fail_msg("%s", json_string_value(json_object_get(one, "name")));
        if (got) assert_true(str_eq(tlog_proof_write(arena, &proof), bytes));
    }
    assert_int_equal(i, 31);
    json_decref(json);
}

static void check_ed25519(Arena *arena, const char *line, const json_t *json)
{
    uint8_t key[NOTE_KEY_BYTES], signature[NOTE_SIGNATURE];
    const char *key_hex = json_string_value(json_object_get(json, "key"));
    const char *sig_hex = json_string_value(json_object_get(json, "sig"));
    for (size_t i = 0; i < sizeof(key) + sizeof(signature); i++) {
        const char *hex = i < sizeof(key) ? key_hex + 2 * i : sig_hex + 2 * (i - sizeof(key));
        char pair[3]    = { hex[0], hex[1], 0 };
        uint8_t byte    = (uint8_t)strtoull(pair, NULL, 16);
        if (i < sizeof(key))
            key[i] = byte;
        else
            signature[i - sizeof(key)] = byte;
    }
    (void)arena;
    bool got      = ed25519_verify(key, vector_text(json, "msg"), (Str){ (const char *)signature, sizeof(signature) });
    bool expected = str_eq_c(vector_text(json, "openssl3"), "accept");
    if (got != expected) fail_msg("%s", line);
}

static void odd_ed25519_signatures_get_the_verdict_of_openssl(void **state)
{
    (void)state;
    assert_int_equal(vector_lines(VECTORS "ed25519-edge.jsonl", check_ed25519), 914);
}

static void a_note_signed_here_is_read_back_and_checked(void **state)
{
    Arena *arena = *state;
    World world  = world_steered((Time){ 1 }, 7);
    NoteSigner signer, again;
    NoteKeys keys   = { 0 };
    Checkpoint head = { .origin = STR("plumbline/ledger/TEST"), .size = 0, .root = tree_empty() }, read;
    Str note;
    Err err = { 0 };
    assert_true(note_signer_make(&world, head.origin, &signer, &err));
    keys_add(arena, &keys, note_verifier_write(arena, &signer.verifier));

    assert_true(note_sign(checkpoint_text(arena, &head), &signer, arena, &note, &err));

    assert_true(checkpoint_open(note, &keys, arena, &read, &err));
    assert_true(str_eq(read.origin, head.origin));
    assert_true(note_signer_read(note_signer_write(arena, &signer), arena, &again, &err));
    assert_memory_equal(again.seed, signer.seed, sizeof(signer.seed));
    assert_int_equal(again.verifier.id, signer.verifier.id);
}

static void every_flipped_bit_of_a_checkpoint_is_refused(void **state)
{
    Arena *arena  = *state;
    Str valid     = vector_bytes(arena, VECTORS "note/checkpoint.valid");
    NoteKeys keys = { 0 };
    keys_add(arena, &keys, str_trim(vector_bytes(arena, VECTORS "note/log.vkey")));
    for (size_t bit = 0; bit < valid.len * 8; bit++) {
        ArenaMark mark = arena_mark(arena);
        char *bytes    = arena_alloc(arena, valid.len, 1);
        Checkpoint checkpoint;
        Err err = { 0 };
        memcpy(bytes, valid.ptr, valid.len);
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        if (checkpoint_open((Str){ bytes, valid.len }, &keys, arena, &checkpoint, &err)) fail_msg("bit %zu", bit);
        arena_rewind(arena, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verifier_keys_get_their_verdict),
        cmocka_unit_test(checkpoints_get_their_verdict),
        cmocka_unit_test(the_published_note_is_signed_by_its_key),
        cmocka_unit_test(proofs_to_give_away_get_their_verdict),
        cmocka_unit_test(odd_ed25519_signatures_get_the_verdict_of_openssl),
        cmocka_unit_test(a_note_signed_here_is_read_back_and_checked),
        cmocka_unit_test(every_flipped_bit_of_a_checkpoint_is_refused),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
