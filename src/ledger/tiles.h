/* SPDX-License-Identifier: Apache-2.0
 * ledger/tiles.h: the tree as stored: tiles of 256 hashes (c2sp.org/tlog-tiles, height 8). Tile n of level 0 holds the
 * hashes of leaves 256n to 256n+255; a hash of level L+1 is the root of a full tile of level L. Only full tiles are
 * stored, once and for ever; what is right of them is computed from the leaf hashes of ledger_event. */
#pragma once

#include "ledger/tree.h"
#include "store/store.h"

enum { TILE_HEIGHT = 8, TILE_WIDTH = 256, TILE_BYTES = TILE_WIDTH * HASH_BYTES, TILE_LEVELS = 8 };

typedef struct {
    Hash at[TILE_WIDTH];
} Tile;

/* Root of the perfect subtree over `count` hashes (a power of two). */
Hash tile_root(const Hash *at, size_t count);
/* The first `width` hashes (1 to 256) of a tile; they must be in the ledger: ERR_CORRUPT when one is not. */
MUST_USE bool tile_read(Db *db, unsigned level, uint64_t n, size_t width, Tile *out, Err *err);
/* Stores the tiles that the event number `size` - 1 completed; nothing when it completed none. */
MUST_USE bool tile_complete(Db *db, uint64_t size, Err *err);

/* The ledger's tree for proofs: opened in a transaction, keeps the last tile of each level. */
typedef struct {
    TreeSource source;
    Db *db;
    uint64_t size; /* leaves in it */
    struct {
        bool is_there;
        uint64_t n;
        Tile tile;
    } last[TILE_LEVELS];
} TileSource;

/* A source in `arena` over the first `size` leaves. */
TileSource *tile_source_open(Db *db, Arena *arena, uint64_t size);
