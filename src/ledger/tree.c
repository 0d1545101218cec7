/* SPDX-License-Identifier: Apache-2.0
 * Merkle trees: hashing, the right edge that grows, checking proofs, making proofs. Proofs are checked with the index
 * walk of RFC 9162: bits of the index and of the last leaf say at each level whether the next hash stands left or
 * right. */
#include "ledger/tree.h"

#include <assert.h>
#include <string.h>

Hash tree_leaf(Str data)
{
    const Str parts[] = { { "\x00", 1 }, data };
    return hash_of_parts(parts, countof(parts));
}

Hash tree_node(const Hash *left, const Hash *right)
{
    char bytes[1 + 2 * HASH_BYTES] = { 0x01 };
    memcpy(bytes + 1, left->bytes, HASH_BYTES);
    memcpy(bytes + 1 + HASH_BYTES, right->bytes, HASH_BYTES);
    return hash_of((Str){ bytes, sizeof(bytes) });
}

Hash tree_empty(void)
{
    return hash_of((Str){ "", 0 });
}

/* Frontier */

static size_t bits_set(uint64_t size)
{
    return (size_t)__builtin_popcountll(size);
}

void frontier_append(Frontier *frontier, const Hash *leaf)
{
    Hash root = *leaf;
    assert(frontier->size < UINT64_MAX);
    for (uint64_t full = frontier->size; full & 1; full >>= 1)
        root = tree_node(&frontier->at[--frontier->len], &root);
    frontier->at[frontier->len++] = root;
    frontier->size++;
}

Hash frontier_root(const Frontier *frontier)
{
    if (frontier->len == 0) return tree_empty();
    Hash root = frontier->at[frontier->len - 1];
    for (size_t i = frontier->len - 1; i > 0; i--)
        root = tree_node(&frontier->at[i - 1], &root);
    return root;
}

Str frontier_bytes(const Frontier *frontier)
{
    return (Str){ (const char *)frontier->at, frontier->len * HASH_BYTES };
}

bool frontier_read(uint64_t size, Str bytes, Frontier *out)
{
    if (bytes.len != bits_set(size) * HASH_BYTES) return false;
    *out = (Frontier){ .size = size, .len = bits_set(size) };
    if (bytes.len > 0) memcpy(out->at, bytes.ptr, bytes.len);
    return true;
}

/* Checking */

bool proof_includes(const Proof *proof, uint64_t index, uint64_t size, const Hash *leaf, const Hash *root)
{
    if (index >= size || proof->len > TREE_HEIGHT_MAX) return false;
    uint64_t at = index, last = size - 1;
    Hash hash = *leaf;
    for (size_t i = 0; i < proof->len; i++) {
        if (last == 0) return false;
        bool is_right = (at & 1) || at == last;
        hash          = is_right ? tree_node(&proof->at[i], &hash) : tree_node(&hash, &proof->at[i]);
        for (; is_right && !(at & 1) && at != 0; last >>= 1)
            at >>= 1;
        at >>= 1;
        last >>= 1;
    }
    return last == 0 && hash_eq(&hash, root);
}

bool proof_extends(const Proof *proof, uint64_t old_size, uint64_t new_size, const Hash *old_root, const Hash *new_root)
{
    if (old_size == 0) return false;
    return proof_subtree_extends(proof, (Subtree){ 0, old_size }, new_size, old_root, new_root);
}

bool subtree_is_valid(Subtree subtree)
{
    if (subtree.start >= subtree.end) return false;
    uint64_t span = subtree.end - subtree.start, power = 1;
    while (power < span && power != 0)
        power <<= 1;
    return power == 0 ? subtree.start == 0 : (subtree.start & (power - 1)) == 0;
}

bool proof_subtree_includes(const Proof *proof, uint64_t index, Subtree subtree, const Hash *leaf, const Hash *root)
{
    if (!subtree_is_valid(subtree) || index < subtree.start) return false;
    return proof_includes(proof, index - subtree.start, subtree.end - subtree.start, leaf, root);
}

/* Where a walk from the subtree up to the root stands: the node over the subtree's first and last leaf and the node
 * over the tree's last leaf, all on the same level. */
typedef struct {
    uint64_t first, last, end;
} Walk;

static void walk_up(Walk *walk)
{
    walk->first >>= 1;
    walk->last >>= 1;
    walk->end >>= 1;
}

/* Up to the lowest node whose sibling must come from the proof. */
static Walk walk_begin(Subtree subtree, uint64_t size)
{
    Walk walk       = { subtree.start, subtree.end - 1, size - 1 };
    bool ends_alike = walk.last == walk.end;
    while (walk.first != walk.last && (ends_alike || (walk.last & 1)))
        walk_up(&walk);
    return walk;
}

bool proof_subtree_extends(const Proof *proof, Subtree subtree, uint64_t size, const Hash *subtree_root,
                           const Hash *root)
{
    if (subtree.end > size || proof->len > TREE_HEIGHT_MAX) return false;
    if (subtree.start == subtree.end) {
        const Hash empty = tree_empty();
        return proof->len == 0 && hash_eq(subtree_root, &empty);
    }
    if (!subtree_is_valid(subtree)) return false;

    Walk walk = walk_begin(subtree, size);
    size_t i  = 0;
    if (walk.first != walk.last && proof->len == 0) return false;
    Hash old = walk.first == walk.last ? *subtree_root : proof->at[i++];
    Hash new = old;
    for (; i < proof->len; i++) {
        if (walk.end == 0) return false;
        if ((walk.last & 1) || walk.last == walk.end) {
            if (walk.first < walk.last) old = tree_node(&proof->at[i], &old);
            new = tree_node(&proof->at[i], &new);
            while (!(walk.last & 1) && walk.last != 0)
                walk_up(&walk);
        } else {
            new = tree_node(&new, &proof->at[i]);
        }
        walk_up(&walk);
    }
    return walk.end == 0 && hash_eq(&old, subtree_root) && hash_eq(&new, root);
}

/* Making */

static unsigned height_of(uint64_t power)
{
    return (unsigned)__builtin_ctzll(power);
}

static uint64_t largest_power_within(uint64_t size)
{
    return UINT64_C(1) << (63 - __builtin_clzll(size));
}

/* The largest power of two below `size` (> 1): where RFC 6962 splits a tree. */
static uint64_t split_of(uint64_t size)
{
    return largest_power_within(size - 1);
}

/* Roots of the perfect subtrees that make up leaves [start, start + count). */
static bool edge_read(TreeSource *source, uint64_t start, uint64_t count, Frontier *out, Err *err)
{
    *out = (Frontier){ .size = count };
    while (count > 0) {
        uint64_t power = largest_power_within(count);
        unsigned level = height_of(power);
        if (!source->node(source, level, start >> level, &out->at[out->len++], err)) return false;
        start += power;
        count -= power;
    }
    return true;
}

bool tree_frontier(TreeSource *source, uint64_t size, Frontier *out, Err *err)
{
    return edge_read(source, 0, size, out, err);
}

static bool proof_push(Proof *proof, TreeSource *source, uint64_t start, uint64_t count, Err *err)
{
    Frontier edge;
    if (!edge_read(source, start, count, &edge, err)) return false;
    assert(proof->len < TREE_HEIGHT_MAX);
    proof->at[proof->len++] = frontier_root(&edge);
    return true;
}

/* Hashes are gathered from the root down; a proof lists them from the leaf up. */
static void proof_reverse(Proof *proof)
{
    for (size_t i = 0; i < proof->len / 2; i++) {
        Hash hash                     = proof->at[i];
        proof->at[i]                  = proof->at[proof->len - 1 - i];
        proof->at[proof->len - 1 - i] = hash;
    }
}

bool tree_prove_subtree_inclusion(TreeSource *source, uint64_t index, Subtree subtree, Proof *out, Err *err)
{
    assert(subtree_is_valid(subtree) && index >= subtree.start && index < subtree.end);
    *out           = (Proof){ 0 };
    uint64_t start = subtree.start;
    for (uint64_t count = subtree.end - start; count > 1;) {
        uint64_t left = split_of(count);
        bool is_left  = index - start < left;
        if (!proof_push(out, source, is_left ? start + left : start, is_left ? count - left : left, err)) return false;
        start += is_left ? 0 : left;
        count = is_left ? left : count - left;
    }
    proof_reverse(out);
    return true;
}

bool tree_prove_inclusion(TreeSource *source, uint64_t index, uint64_t size, Proof *out, Err *err)
{
    return tree_prove_subtree_inclusion(source, index, (Subtree){ 0, size }, out, err);
}

bool tree_prove_extension(TreeSource *source, uint64_t old_size, uint64_t new_size, Proof *out, Err *err)
{
    assert(old_size > 0 && old_size <= new_size);
    *out           = (Proof){ 0 };
    uint64_t start = 0, old = old_size, count = new_size;
    while (old != count) {
        uint64_t left = split_of(count);
        bool is_left  = old <= left;
        if (!proof_push(out, source, is_left ? start + left : start, is_left ? count - left : left, err)) return false;
        start += is_left ? 0 : left;
        old -= is_left ? 0 : left;
        count = is_left ? left : count - left;
    }
    /* The old tree's own root needs no place in the proof: whoever checks has it. */
    if (start > 0 && !proof_push(out, source, start, count, err)) return false;
    proof_reverse(out);
    return true;
}
