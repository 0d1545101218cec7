/* SPDX-License-Identifier: Apache-2.0
 * Tiles in the store. */
#include "ledger/tiles.h"

#include <assert.h>
#include <string.h>

Hash tile_root(const Hash *at, size_t count)
{
    Frontier frontier = { 0 };
    assert(count > 0 && (count & (count - 1)) == 0);
    for (size_t i = 0; i < count; i++)
        frontier_append(&frontier, &at[i]);
    return frontier.at[0];
}

static bool tile_is_missing(Err *err)
{
    return err_set(err, ERR_CORRUPT, 0, .what = STR("hashes of the ledger are missing"),
                   .hint = STR("Run \"plumbline verify --full\" and compare with a backup."));
}

/* *found is false when the tile is not stored. */
static bool tile_stored(Db *db, unsigned level, uint64_t n, Tile *out, bool *found, Err *err)
{
    Query *q = query_open(db, STR("SELECT data FROM ledger_tile WHERE level = $1 AND n = $2"));
    query_bind_int(q, 1, level);
    query_bind_int(q, 2, (int64_t)n);
    *found     = query_next(q);
    Str data   = *found ? query_peek(q, 0) : (Str){ 0 };
    bool whole = !*found || data.len == TILE_BYTES;
    if (*found && whole) memcpy(out->at, data.ptr, TILE_BYTES);
    if (!query_close(q, err)) return false;
    return whole || tile_is_missing(err);
}

static bool tile_from_leaves(Db *db, uint64_t n, size_t width, Tile *out, Err *err)
{
    size_t len = 0;
    Query *q = query_open(db, STR("SELECT leaf FROM ledger_event WHERE number >= $1 AND number < $2 ORDER BY number"));
    query_bind_int(q, 1, (int64_t)(n * TILE_WIDTH));
    query_bind_int(q, 2, (int64_t)(n * TILE_WIDTH + width));
    while (query_next(q)) {
        Str leaf = query_peek(q, 0);
        if (len < width && leaf.len == HASH_BYTES) memcpy(out->at[len++].bytes, leaf.ptr, HASH_BYTES);
    }
    if (!query_close(q, err)) return false;
    return len == width || tile_is_missing(err);
}

/* Not stored: made of its children, at most 256 tiles of the level below. */
static bool tile_from_below(Db *db, unsigned level, uint64_t n, size_t width, Tile *out, Err *err)
{
    Tile below;
    for (size_t i = 0; i < width; i++) {
        if (!tile_read(db, level - 1, n * TILE_WIDTH + i, TILE_WIDTH, &below, err)) return false;
        out->at[i] = tile_root(below.at, TILE_WIDTH);
    }
    return true;
}

bool tile_read(Db *db, unsigned level, uint64_t n, size_t width, Tile *out, Err *err)
{
    bool found = false;
    assert(width >= 1 && width <= TILE_WIDTH && level < TILE_LEVELS);
    if (width == TILE_WIDTH && !tile_stored(db, level, n, out, &found, err)) return false;
    if (found) return true;
    return level == 0 ? tile_from_leaves(db, n, width, out, err) : tile_from_below(db, level, n, width, out, err);
}

static bool tile_write(Db *db, unsigned level, uint64_t n, const Tile *tile, Err *err)
{
    Query *q = query_open(db, STR("INSERT INTO ledger_tile (level, n, data) VALUES ($1, $2, $3)"));
    query_bind_int(q, 1, level);
    query_bind_int(q, 2, (int64_t)n);
    query_bind_bytes(q, 3, (Str){ (const char *)tile->at, TILE_BYTES });
    return query_run(q, NULL, err);
}

bool tile_complete(Db *db, uint64_t size, Err *err)
{
    Tile tile;
    uint64_t entries = size;
    for (unsigned level = 0; entries > 0 && entries % TILE_WIDTH == 0; level++) {
        uint64_t n = entries / TILE_WIDTH - 1;
        if (!tile_read(db, level, n, TILE_WIDTH, &tile, err) || !tile_write(db, level, n, &tile, err)) return false;
        entries /= TILE_WIDTH;
    }
    return true;
}

/* Source of proofs */

static bool tile_source_node(TreeSource *source, unsigned level, uint64_t index, Hash *out, Err *err)
{
    TileSource *tiles = (TileSource *)source;
    unsigned row = level / TILE_HEIGHT, height = level % TILE_HEIGHT;
    size_t span    = (size_t)1 << height;
    uint64_t first = index << height, n = first / TILE_WIDTH;
    uint64_t there = (tiles->size >> (row * TILE_HEIGHT)) - n * TILE_WIDTH;
    size_t width = there < TILE_WIDTH ? (size_t)there : TILE_WIDTH, from = first % TILE_WIDTH;
    __typeof__(tiles->last[row]) *last = &tiles->last[row];
    assert(row < TILE_LEVELS && from + span <= width);
    if (!last->is_there || last->n != n) {
        if (!tile_read(tiles->db, row, n, width, &last->tile, err)) return false;
        last->is_there = true;
        last->n        = n;
    }
    *out = tile_root(last->tile.at + from, span);
    return true;
}

TileSource *tile_source_open(Db *db, Arena *arena, uint64_t size)
{
    TileSource *tiles  = arena_new(arena, TileSource);
    tiles->source.node = tile_source_node;
    tiles->db          = db;
    tiles->size        = size;
    return tiles;
}
