/* SPDX-License-Identifier: Apache-2.0
 * ledger/tree.h: Merkle trees of RFC 6962 2.1 over SHA-256, and the proofs of RFC 9162 2.1.3 and 2.1.4: that a leaf is
 * in a tree, and that one tree only grew into another. Pure: no store, no clock; verifying allocates nothing and is
 * safe on proofs from anybody.
 *
 * Sizes count leaves, indexes start at 0. The tree of `size` leaves is a row of perfect subtrees, one per set bit of
 * `size`, largest first; a Frontier holds their roots, which is all that is needed to append and to know the root. */
#pragma once

#include "base/err.h"
#include "base/hash.h"

Hash tree_leaf(Str data);                            /* SHA-256(0x00 ‖ data) */
Hash tree_node(const Hash *left, const Hash *right); /* SHA-256(0x01 ‖ left ‖ right) */
Hash tree_empty(void);                               /* SHA-256(""): the root of the tree of no leaves */

enum { TREE_HEIGHT_MAX = 64 };

typedef struct {
    uint64_t size;
    size_t len;               /* set bits of size */
    Hash at[TREE_HEIGHT_MAX]; /* roots of the perfect subtrees, largest (leftmost) first */
} Frontier;

void frontier_append(Frontier *frontier, const Hash *leaf);
Hash frontier_root(const Frontier *frontier);
/* The stored form: the `len` roots one after another, 32 bytes each. It points into `frontier`. */
Str frontier_bytes(const Frontier *frontier);
/* Back again; false unless `bytes` holds exactly one root per set bit of `size`. */
MUST_USE bool frontier_read(uint64_t size, Str bytes, Frontier *out);

typedef struct {
    size_t len;
    Hash at[TREE_HEIGHT_MAX]; /* nearest to the leaf first */
} Proof;

/* True if `leaf` is number `index` in the tree of `size` leaves with `root` (RFC 9162 2.1.3.2). */
MUST_USE bool proof_includes(const Proof *proof, uint64_t index, uint64_t size, const Hash *leaf, const Hash *root);
/* True if the tree of `new_size` starts with all leaves of the tree of `old_size` (RFC 9162 2.1.4.2). Nothing extends
 * the empty tree: false when old_size is 0. */
MUST_USE bool proof_extends(const Proof *proof, uint64_t old_size, uint64_t new_size, const Hash *old_root,
                            const Hash *new_root);

/* Subtrees: leaves [start, end) where `start` is a multiple of the smallest power of two that is not below end - start.
 */
typedef struct {
    uint64_t start, end;
} Subtree;
MUST_USE bool subtree_is_valid(Subtree subtree);
/* True if `leaf` is number `index` (counted in the whole tree) in the subtree with `root`. */
MUST_USE bool proof_subtree_includes(const Proof *proof, uint64_t index, Subtree subtree, const Hash *leaf,
                                     const Hash *root);
/* True if the tree of `size` leaves with `root` has the subtree with `subtree_root`. An empty subtree (start == end) is
 * part of every tree, whatever `root`: its own root is tree_empty and its proof has no hash. */
MUST_USE bool proof_subtree_extends(const Proof *proof, Subtree subtree, uint64_t size, const Hash *subtree_root,
                                    const Hash *root);

/* Where proofs are made from: the root of the perfect subtree of 2^level leaves number `index` of its level, all of
 * whose leaves are in the tree. */
typedef struct TreeSource TreeSource;
struct TreeSource {
    bool (*node)(TreeSource *source, unsigned level, uint64_t index, Hash *out, Err *err);
};

MUST_USE bool tree_frontier(TreeSource *source, uint64_t size, Frontier *out, Err *err);
/* index < size */
MUST_USE bool tree_prove_inclusion(TreeSource *source, uint64_t index, uint64_t size, Proof *out, Err *err);
/* 0 < old_size <= new_size */
MUST_USE bool tree_prove_extension(TreeSource *source, uint64_t old_size, uint64_t new_size, Proof *out, Err *err);
/* index within the valid subtree */
MUST_USE bool tree_prove_subtree_inclusion(TreeSource *source, uint64_t index, Subtree subtree, Proof *out, Err *err);
