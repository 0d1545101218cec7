/* SPDX-License-Identifier: Apache-2.0
 * Trees and proofs against the vectors of others and against a second, naive way of computing them. */
#include "ledger/tree.h"

#include "vectors.h"

/* A tree in memory, hashed by the recursion of RFC 6962 2.1: the definition itself. */
enum { LEAVES_MAX = 1000 };

typedef struct {
    TreeSource source;
    Hash leaf[LEAVES_MAX];
} Leaves;

static Hash root_by_definition(const Hash *leaf, size_t count)
{
    if (count == 0) return tree_empty();
    if (count == 1) return leaf[0];
    size_t left = 1;
    while (left * 2 < count)
        left *= 2;
    Hash l = root_by_definition(leaf, left), r = root_by_definition(leaf + left, count - left);
    return tree_node(&l, &r);
}

static bool leaves_node(TreeSource *source, unsigned level, uint64_t index, Hash *out, Err *err)
{
    (void)err;
    const Leaves *leaves = (const Leaves *)source;
    assert_true(((index + 1) << level) <= LEAVES_MAX);
    *out = root_by_definition(leaves->leaf + (index << level), (size_t)1 << level);
    return true;
}

static int leaves_open(void **state)
{
    Leaves *leaves      = calloc(1, sizeof(*leaves));
    leaves->source.node = leaves_node;
    for (size_t i = 0; i < LEAVES_MAX; i++) {
        char text[64];
        int len         = snprintf(text, sizeof(text), "plumbline leaf %zu", i);
        leaves->leaf[i] = tree_leaf((Str){ text, (size_t)len });
    }
    *state = leaves;
    return 0;
}

static int leaves_close(void **state)
{
    free(*state);
    return 0;
}

/* Vectors of others */

static void check_verdict(const char *line, const json_t *json, bool holds)
{
    if (holds == json_is_true(json_object_get(json, "wantErr"))) fail_msg("%s", line);
}

static void check_inclusion(Arena *arena, const char *line, const json_t *json)
{
    Hash root, leaf;
    Proof proof;
    check_verdict(line, json,
                  vector_hash64(arena, vector_text(json, "root"), &root) &&
                      vector_hash64(arena, vector_text(json, "leafHash"), &leaf) &&
                      vector_proof64(arena, json_object_get(json, "proof"), &proof) &&
                      proof_includes(&proof, vector_u64(line, "leafIdx"), vector_u64(line, "treeSize"), &leaf, &root));
}

static void check_consistency(Arena *arena, const char *line, const json_t *json)
{
    const Hash root1 = vector_root64(arena, vector_text(json, "root1"));
    const Hash root2 = vector_root64(arena, vector_text(json, "root2"));
    Proof proof;
    check_verdict(line, json,
                  vector_proof64(arena, json_object_get(json, "proof"), &proof) &&
                      proof_extends(&proof, vector_u64(line, "size1"), vector_u64(line, "size2"), &root1, &root2));
}

static void check_subtree_inclusion(Arena *arena, const char *line, const json_t *json)
{
    const Subtree subtree = { vector_u64(line, "start"), vector_u64(line, "end") };
    Hash root, leaf;
    Proof proof;
    check_verdict(line, json,
                  vector_hash64(arena, vector_text(json, "root"), &root) &&
                      vector_hash64(arena, vector_text(json, "leafHash"), &leaf) &&
                      vector_proof64(arena, json_object_get(json, "proof"), &proof) &&
                      proof_subtree_includes(&proof, vector_u64(line, "leafIdx"), subtree, &leaf, &root));
}

static void check_subtree_consistency(Arena *arena, const char *line, const json_t *json)
{
    const Hash root1      = vector_root64(arena, vector_text(json, "root1"));
    const Hash root2      = vector_root64(arena, vector_text(json, "root2"));
    const Subtree subtree = { vector_u64(line, "start"), vector_u64(line, "end") };
    Proof proof;
    check_verdict(line, json,
                  vector_proof64(arena, json_object_get(json, "proof"), &proof) &&
                      proof_subtree_extends(&proof, subtree, vector_u64(line, "size"), &root1, &root2));
}

static void inclusion_vectors_get_their_verdict(void **state)
{
    (void)state;
    assert_int_equal(vector_lines(VECTORS "merkle-inclusion.jsonl", check_inclusion), 98);
}

static void consistency_vectors_get_their_verdict(void **state)
{
    (void)state;
    assert_int_equal(vector_lines(VECTORS "merkle-consistency.jsonl", check_consistency), 98);
}

static void subtree_inclusion_vectors_get_their_verdict(void **state)
{
    (void)state;
    assert_int_equal(vector_lines(VECTORS "merkle-subtreeinclusion.jsonl", check_subtree_inclusion), 204);
}

static void subtree_consistency_vectors_get_their_verdict(void **state)
{
    (void)state;
    assert_int_equal(vector_lines(VECTORS "merkle-subtreeconsistency.jsonl", check_subtree_consistency), 118);
}

/* Reference trees */

static void the_eight_leaf_reference_tree_has_its_roots(void **state)
{
    (void)state;
    json_t *json        = vector_file(VECTORS "rfc6962-8leaf.json");
    const json_t *data  = json_object_get(json, "leaves_hex");
    const json_t *roots = json_object_get(json, "roots");
    Frontier frontier   = { 0 };
    Hash expected       = vector_hash16(json_array_get(roots, 0));
    Hash root           = frontier_root(&frontier);
    assert_hash_equal(&root, &expected);

    for (size_t i = 0; i < json_array_size(data); i++) {
        const char *hex = json_string_value(json_array_get(data, i));
        char bytes[32];
        for (size_t b = 0; hex[2 * b]; b++) {
            char pair[3] = { hex[2 * b], hex[2 * b + 1], 0 };
            bytes[b]     = (char)strtoull(pair, NULL, 16);
        }
        Hash leaf = tree_leaf((Str){ bytes, strlen(hex) / 2 });
        expected  = vector_hash16(json_array_get(json_object_get(json, "leaf_hashes"), i));
        assert_hash_equal(&leaf, &expected);
        frontier_append(&frontier, &leaf);
        root     = frontier_root(&frontier);
        expected = vector_hash16(json_array_get(roots, i + 1));
        assert_hash_equal(&root, &expected);
    }
    json_decref(json);
}

static size_t number_of(const json_t *json, const char *key)
{
    return (size_t)json_integer_value(json_object_get(json, key));
}

static void the_eight_leaf_reference_proofs_hold(void **state)
{
    (void)state;
    json_t *json = vector_file(VECTORS "rfc6962-8leaf.json");
    size_t i;
    json_t *one;
    json_array_foreach(json_object_get(json, "inclusion"), i, one)
    {
        Proof proof = vector_proof16(json_object_get(one, "proof"));
        Hash leaf   = vector_hash16(json_object_get(one, "leaf_hash"));
        Hash root   = vector_hash16(json_object_get(one, "root"));
        assert_true(proof_includes(&proof, number_of(one, "index"), number_of(one, "size"), &leaf, &root));
    }
    assert_int_equal(i, 36);
    json_array_foreach(json_object_get(json, "consistency"), i, one)
    {
        Proof proof = vector_proof16(json_object_get(one, "proof"));
        Hash root1  = vector_hash16(json_object_get(one, "root1"));
        Hash root2  = vector_hash16(json_object_get(one, "root2"));
        assert_true(proof_extends(&proof, number_of(one, "size1"), number_of(one, "size2"), &root1, &root2));
    }
    assert_int_equal(i, 36);
    json_decref(json);
}

static void assert_proofs_equal(const Proof *actual, const Proof *expected)
{
    assert_int_equal(actual->len, expected->len);
    for (size_t i = 0; i < actual->len; i++)
        assert_hash_equal(&actual->at[i], &expected->at[i]);
}

static void the_thousand_leaf_tree_has_its_roots_and_proofs(void **state)
{
    Leaves *leaves = *state;
    json_t *json   = vector_file(VECTORS "tree-1000.json");
    Err err        = { 0 };
    const char *size_text;
    json_t *one;
    size_t i;
    json_object_foreach(json_object_get(json, "roots"), size_text, one)
    {
        Frontier frontier = { 0 }, read;
        size_t size       = (size_t)strtoull(size_text, NULL, 10);
        for (i = 0; i < size; i++)
            frontier_append(&frontier, &leaves->leaf[i]);
        Hash root = frontier_root(&frontier), expected = vector_hash16(one);
        assert_hash_equal(&root, &expected);
        assert_true(tree_frontier(&leaves->source, size, &read, &err));
        assert_memory_equal(read.at, frontier.at, frontier.len * sizeof(Hash));
    }
    json_array_foreach(json_object_get(json, "inclusion"), i, one)
    {
        Proof made, expected = vector_proof16(json_object_get(one, "proof"));
        assert_true(
            tree_prove_inclusion(&leaves->source, number_of(one, "index"), number_of(one, "size"), &made, &err));
        assert_proofs_equal(&made, &expected);
    }
    json_array_foreach(json_object_get(json, "consistency"), i, one)
    {
        Proof made, expected = vector_proof16(json_object_get(one, "proof"));
        assert_true(
            tree_prove_extension(&leaves->source, number_of(one, "size1"), number_of(one, "size2"), &made, &err));
        assert_proofs_equal(&made, &expected);
    }
    json_decref(json);
}

/* Own promises */

static void every_proof_made_holds_and_none_holds_elsewhere(void **state)
{
    Leaves *leaves = *state;
    Err err        = { 0 };
    Proof proof;
    for (size_t size = 1; size <= 40; size++) {
        Hash root = root_by_definition(leaves->leaf, size);
        for (size_t index = 0; index < size; index++) {
            assert_true(tree_prove_inclusion(&leaves->source, index, size, &proof, &err));
            assert_true(proof_includes(&proof, index, size, &leaves->leaf[index], &root));
            assert_false(proof_includes(&proof, index, size, &leaves->leaf[(index + 1) % (size + 1)], &root));
            assert_false(proof_includes(&proof, index + 1, size, &leaves->leaf[index], &root));
            Hash old = root_by_definition(leaves->leaf, index + 1);
            assert_true(tree_prove_extension(&leaves->source, index + 1, size, &proof, &err));
            assert_true(proof_extends(&proof, index + 1, size, &old, &root));
            assert_false(proof_extends(&proof, index + 1, size, &root, &old) && index + 1 < size);
        }
    }
}

static void subtree_proofs_made_hold(void **state)
{
    Leaves *leaves = *state;
    Err err        = { 0 };
    Proof proof;
    const Subtree cases[] = { { 0, 8 }, { 8, 13 }, { 4, 7 }, { 16, 32 }, { 512, 1000 }, { 3, 4 } };
    for (size_t c = 0; c < countof(cases); c++) {
        Hash root = root_by_definition(leaves->leaf + cases[c].start, cases[c].end - cases[c].start);
        for (size_t i = cases[c].start; i < cases[c].end; i++) {
            assert_true(tree_prove_subtree_inclusion(&leaves->source, i, cases[c], &proof, &err));
            assert_true(proof_subtree_includes(&proof, i, cases[c], &leaves->leaf[i], &root));
        }
    }
}

static void a_frontier_is_read_back_only_in_its_own_length(void **state)
{
    Leaves *leaves    = *state;
    Frontier frontier = { 0 }, read;
    for (size_t i = 0; i < 11; i++)
        frontier_append(&frontier, &leaves->leaf[i]);

    Str bytes = frontier_bytes(&frontier);

    assert_int_equal(bytes.len, 3 * HASH_BYTES);
    assert_true(frontier_read(11, bytes, &read));
    assert_memory_equal(read.at, frontier.at, bytes.len);
    assert_false(frontier_read(12, bytes, &read));
    assert_false(frontier_read(11, str_slice(bytes, 0, bytes.len - 1), &read));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inclusion_vectors_get_their_verdict),
        cmocka_unit_test(consistency_vectors_get_their_verdict),
        cmocka_unit_test(subtree_inclusion_vectors_get_their_verdict),
        cmocka_unit_test(subtree_consistency_vectors_get_their_verdict),
        cmocka_unit_test(the_eight_leaf_reference_tree_has_its_roots),
        cmocka_unit_test(the_eight_leaf_reference_proofs_hold),
        cmocka_unit_test(the_thousand_leaf_tree_has_its_roots_and_proofs),
        cmocka_unit_test(every_proof_made_holds_and_none_holds_elsewhere),
        cmocka_unit_test(subtree_proofs_made_hold),
        cmocka_unit_test(a_frontier_is_read_back_only_in_its_own_length),
    };
    return cmocka_run_group_tests(tests, leaves_open, leaves_close);
}
