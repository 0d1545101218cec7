/* SPDX-License-Identifier: Apache-2.0
 * One chunk of verification: up to 256 events, the leaves of one tile. Four statements: its checkpoints, its events,
 * its payloads, its tile. What is learnt is put together when no statement is open any more. */
#include <assert.h>
#include <string.h>

#include "ledger/canonical.h"
#include "ledger/verify_inner.h"

enum { SLOT_WORDS = (SLOT_FILES + LEDGER_FILES_MAX) / 64 + 1 };

/* What a chunk keeps of an event until its payloads were read. */
typedef struct {
    bool is_there;    /* the event was found */
    bool is_read;     /* and its envelope could be read */
    bool is_doubtful; /* its bytes do not have the hash that is kept of them */
    Envelope envelope;
    Hash leaf;      /* of the bytes */
    Hash kept_leaf; /* as stored beside them */
    uint64_t seen[SLOT_WORDS];
    SeenState after_state;
    uint8_t after[SEEN_BYTES];
} Item;

typedef struct {
    Check *check;
    int64_t first;
    size_t count;
    Item *at;
} Chunk;

/* Events */

static bool copies_fit(Query *q, const Envelope *envelope)
{
    return str_eq(query_peek(q, 3), envelope->entity) && str_eq(query_peek(q, 4), envelope->kind) &&
           str_eq(query_peek(q, 5), envelope->dossier) && str_eq(query_peek(q, 6), envelope->actor) &&
           query_int(q, 7) == envelope->time.us;
}

/* The row's bytes end with the row: the envelope's names are kept in scratch memory. */
static void envelope_keep(Arena *scratch, Envelope *envelope)
{
    envelope->entity  = str_dup(scratch, envelope->entity);
    envelope->dossier = str_dup(scratch, envelope->dossier);
    envelope->actor = envelope->kind = envelope->idempotency_key = (Str){ 0 };
}

static void item_read(Chunk *chunk, Query *q, Item *item, int64_t number)
{
    Check *check = chunk->check;
    Err ignored  = { 0 };
    Str body = query_peek(q, 1), kept = query_peek(q, 2);
    item->is_there = true;
    item->leaf     = tree_leaf(body);
    if (kept.len == HASH_BYTES) memcpy(item->kept_leaf.bytes, kept.ptr, HASH_BYTES);
    item->is_read = event_read(body, check->scratch, &item->envelope, &ignored);
    if (!item->is_read) {
        item->envelope = (Envelope){ .number  = number,
                                     .entity  = str_dup(check->scratch, query_peek(q, 3)),
                                     .dossier = str_dup(check->scratch, query_peek(q, 5)) };
        return;
    }
    Str entity = item->envelope.entity;
    if (item->envelope.number != number)
        check_found(check, FOUND_EVENT_CHANGED, number, entity,
                    str_fmt(check->arena, "It says that it is event %lld.", (long long)item->envelope.number));
    if (!copies_fit(q, &item->envelope))
        check_found(check, FOUND_COPY_CHANGED, number, entity, STR("An index column is not what the envelope says."));
    envelope_keep(check->scratch, &item->envelope);
}

static bool events_read(Chunk *chunk, Err *err)
{
    Query *q = query_open(chunk->check->db, STR("SELECT number, body, leaf, entity, kind, dossier, actor, time"
                                                "  FROM ledger_event"
                                                " WHERE number >= $1 AND number < $2"
                                                " ORDER BY number"));
    query_bind_int(q, 1, chunk->first);
    query_bind_int(q, 2, chunk->first + (int64_t)chunk->count);
    while (query_next(q)) {
        int64_t number = query_int(q, 0);
        item_read(chunk, q, &chunk->at[number - chunk->first], number);
    }
    return query_close(q, err);
}

/* Payloads */

static const Hash *commitment_of(const Item *item, int64_t slot)
{
    const Envelope *envelope = &item->envelope;
    if (slot == SLOT_PAYLOAD) return envelope->payload.is_there ? &envelope->payload.hash : NULL;
    if (slot == SLOT_PERSONAL) return envelope->personal.is_there ? &envelope->personal.hash : NULL;
    int64_t file = slot - SLOT_FILES;
    return file >= 0 && (size_t)file < envelope->files_len ? &envelope->files[file] : NULL;
}

static void after_keep(Item *item, int64_t slot, Str data)
{
    if (slot != (item->envelope.payload.is_there ? SLOT_PAYLOAD : SLOT_PERSONAL)) return;
    Str after = canonical_member(data, STR("after"));
    if (after.len == 0) return;
    Hash hash = hash_of(after);
    memcpy(item->after, hash.bytes, SEEN_BYTES);
    item->after_state = str_eq(after, STR("null")) ? SEEN_ABSENT : SEEN_KNOWN;
}

/* Columns of the statement in payloads_read: number, slot, salt, data, erased_by. */
static void payload_check(Chunk *chunk, Query *q)
{
    Check *check   = chunk->check;
    int64_t number = query_int(q, 0), slot = query_int(q, 1);
    Item *item        = &chunk->at[number - chunk->first];
    const Hash *bound = item->is_read ? commitment_of(item, slot) : NULL;
    Str entity        = item->envelope.entity;
    check->payloads++;
    if (!bound) {
        if (item->is_read)
            check_found(check, FOUND_PAYLOAD_EXTRA, number, entity,
                        str_fmt(check->arena, "Slot %lld.", (long long)slot));
        return;
    }
    item->seen[slot / 64] |= UINT64_C(1) << slot % 64;
    if (query_is_null(q, 3)) {
        ErasureClaim *claim = list_push(check->arena, &check->claims);
        *claim              = (ErasureClaim){ { number, slot }, query_is_null(q, 4) ? -1 : query_int(q, 4) };
        return;
    }
    Hash hash = event_commitment(query_peek(q, 2), query_peek(q, 3));
    if (hash_eq(&hash, bound)) {
        after_keep(item, slot, query_peek(q, 3));
        return;
    }
    check_found(check, FOUND_PAYLOAD_CHANGED, number, entity,
                str_fmt(check->arena, "The data or the salt in slot %lld does not fit the envelope's commitment.",
                        (long long)slot));
}

static bool payloads_read(Chunk *chunk, Err *err)
{
    Query *q = query_open(chunk->check->db, STR("SELECT number, slot, salt, data, erased_by"
                                                "  FROM ledger_payload"
                                                " WHERE number >= $1 AND number < $2"
                                                " ORDER BY number, slot"));
    query_bind_int(q, 1, chunk->first);
    query_bind_int(q, 2, chunk->first + (int64_t)chunk->count);
    while (query_next(q))
        payload_check(chunk, q);
    return query_close(q, err);
}

static void payloads_missing(Chunk *chunk, const Item *item)
{
    for (int64_t slot = 0; slot < SLOT_FILES + (int64_t)item->envelope.files_len; slot++) {
        bool was_seen = item->seen[slot / 64] >> slot % 64 & 1;
        if (!was_seen && commitment_of(item, slot))
            check_found(chunk->check, FOUND_PAYLOAD_MISSING, item->envelope.number, item->envelope.entity,
                        str_fmt(chunk->check->arena, "Slot %lld is gone and no erasure names it.", (long long)slot));
    }
}

/* Dossiers and entities */

/* The dossier's last event before the first one that is checked. */
static bool dossier_before(Check *check, Str dossier, Seen *out, Err *err)
{
    Envelope envelope;
    Query *q = query_open(check->db, STR("SELECT body, leaf"
                                         "  FROM ledger_event"
                                         " WHERE dossier = $1 AND dossier <> '' AND number < $2"
                                         " ORDER BY number DESC"
                                         " LIMIT 1"));
    query_bind_str(q, 1, dossier);
    query_bind_int(q, 2, check->report->from);
    bool found = query_next(q);
    Str body   = found ? query_bytes(q, 0, check->scratch) : (Str){ 0 };
    Str leaf   = found ? query_bytes(q, 1, check->scratch) : (Str){ 0 };
    if (!query_close(q, err)) return false;
    Err ignored = { 0 };
    if (!found || leaf.len != HASH_BYTES || !event_read(body, check->scratch, &envelope, &ignored)) return true;
    out->number = (uint64_t)envelope.dossier_number & (UINT64_MAX >> 2);
    memcpy(out->hash, leaf.ptr, SEEN_BYTES);
    return true;
}

static bool dossier_check(Check *check, const Item *item, Err *err)
{
    const Envelope *envelope = &item->envelope;
    bool is_new;
    if (envelope->dossier.len == 0) return true;
    Seen *last = seen_open(&check->dossiers, check->arena, seen_key(envelope->dossier), &is_new);
    if (is_new && check->report->from > 0 && !dossier_before(check, envelope->dossier, last, err)) return false;
    /* After an event that was changed nobody can say what the link should be. */
    bool linked = !envelope->dossier_previous.is_there || last->state == SEEN_UNKNOWN ||
                  memcmp(envelope->dossier_previous.hash.bytes, last->hash, SEEN_BYTES) == 0;
    if (!item->is_read) { /* its place is taken as given, so that the event after it is not blamed */
        last->number++;
        last->state = SEEN_UNKNOWN;
        return true;
    }
    if ((uint64_t)envelope->dossier_number != last->number + 1 || !linked)
        check_found(check, FOUND_DOSSIER_BROKEN, envelope->number, str_dup(check->arena, envelope->dossier),
                    str_fmt(check->arena, "It does not continue event %lld of the dossier.", (long long)last->number));
    last->number = (uint64_t)envelope->dossier_number & (UINT64_MAX >> 2);
    last->state  = item->is_doubtful ? SEEN_UNKNOWN : SEEN_KNOWN;
    memcpy(last->hash, item->leaf.bytes, SEEN_BYTES);
    return true;
}

static void entity_keep(Check *check, const Item *item)
{
    bool is_new;
    Seen *seen   = seen_open(&check->entities, check->arena, seen_key(item->envelope.entity), &is_new);
    seen->number = (uint64_t)item->envelope.number & (UINT64_MAX >> 2);
    seen->state  = item->after_state;
    memcpy(seen->hash, item->after, SEEN_BYTES);
}

/* Tree */

/* The first point where what is kept differs from the bytes: both trees are followed from here on. */
static void tree_split(Check *check)
{
    if (check->is_split) return;
    check->kept     = check->bytes;
    check->is_split = true;
}

static bool head_was(const Check *check, const Hash *root)
{
    Hash bytes = frontier_root(&check->bytes), kept = check->is_split ? frontier_root(&check->kept) : bytes;
    return hash_eq(root, &bytes) || hash_eq(root, &kept);
}

static void probes_check(Check *check)
{
    for (size_t i = 0; i < countof(check->probes); i++) {
        Probe *probe = &check->probes[i];
        if (!probe->is_there || probe->size != (int64_t)check->bytes.size || head_was(check, &probe->root)) continue;
        check_found(check, probe->found, probe->size, (Str){ 0 }, STR("It has another root than these events."));
    }
}

/* Checkpoints of the chunk, by size. */
typedef struct {
    StoredCheckpoint *at;
    size_t len, cap;
} Checkpoints;

static bool checkpoints_read(Chunk *chunk, Checkpoints *out, Err *err)
{
    Check *check = chunk->check;
    Query *q     = query_open(check->db, STR("SELECT size, note"
                                                 "  FROM ledger_checkpoint"
                                                 " WHERE size > $1 AND size <= $2"
                                                 " ORDER BY size"));
    query_bind_int(q, 1, chunk->first);
    query_bind_int(q, 2, chunk->first + (int64_t)chunk->count);
    while (query_next(q)) {
        StoredCheckpoint *checkpoint = list_push(check->scratch, out);
        checkpoint->size             = query_int(q, 0);
        checkpoint->note             = query_str(q, 1, check->scratch);
    }
    return query_close(q, err);
}

static void checkpoint_check(Check *check, const StoredCheckpoint *checkpoint)
{
    Checkpoint head;
    Err why = { 0 };
    if (!checkpoint_open(checkpoint->note, &check->keys, check->scratch, &head, &why))
        check_found(check, FOUND_CHECKPOINT_FALSE, checkpoint->size, (Str){ 0 },
                    str_dup(check->arena, str_from_c(why.what)));
    else if (head.size != checkpoint->size || !head_was(check, &head.root))
        check_found(check, FOUND_CHECKPOINT_FALSE, checkpoint->size, (Str){ 0 },
                    STR("It has another root than these events."));
}

/* Names the fault of one event: the tile decides between the bytes and the leaf hash, and the head, later, between both
 * and the tile. */
static void leaf_blame(Check *check, const Item *item, int64_t number, const Hash *tile)
{
    Str entity      = item->envelope.entity;
    bool tile_alone = tile && hash_eq(&item->leaf, &item->kept_leaf);
    if (!item->is_there)
        check_found(check, FOUND_EVENT_MISSING, number, entity, STR("There is no event with this number."));
    else if (!item->is_read)
        check_found(check, FOUND_EVENT_CHANGED, number, entity, STR("Its bytes are no envelope."));
    else if (item->is_doubtful && tile_alone)
        check_found(check, FOUND_TILE_CHANGED, number, entity, STR("Its hash in the tile is another one."));
    else if (item->is_doubtful)
        check_found(check, FOUND_EVENT_CHANGED, number, entity,
                    STR("Its bytes do not have the hash that is kept of them."));
    else if (!hash_eq(&item->leaf, &item->kept_leaf))
        check_found(check, FOUND_LEAF_CHANGED, number, entity,
                    STR("The leaf hash beside it is not that of its bytes."));
}

static void leaf_check(Check *check, Item *item, int64_t number, const Hash *tile)
{
    const Hash *kept  = tile ? tile : &item->kept_leaf;
    item->is_doubtful = !hash_eq(&item->leaf, kept);
    leaf_blame(check, item, number, tile);
    if (item->is_doubtful) tree_split(check);
    frontier_append(&check->bytes, &item->leaf);
    if (check->is_split) frontier_append(&check->kept, kept);
}

static void tree_grow(Chunk *chunk, const Tile *tile, const Checkpoints *checkpoints)
{
    Check *check = chunk->check;
    size_t next  = 0;
    for (size_t i = 0; i < chunk->count; i++) {
        leaf_check(check, &chunk->at[i], chunk->first + (int64_t)i, tile ? &tile->at[i] : NULL);
        check->rows[0].at[i] = chunk->at[i].leaf;
        probes_check(check);
        for (; next < checkpoints->len && checkpoints->at[next].size == (int64_t)check->bytes.size; next++)
            checkpoint_check(check, &checkpoints->at[next]);
    }
}

/* NULL in *out when it is not stored, which is a failure of its own. */
static bool stored_tile(Check *check, unsigned level, uint64_t n, Tile *tile, const Tile **out, Err *err)
{
    Query *q = query_open(check->db, STR("SELECT data FROM ledger_tile WHERE level = $1 AND n = $2"));
    query_bind_int(q, 1, level);
    query_bind_int(q, 2, (int64_t)n);
    Str data   = query_next(q) ? query_peek(q, 0) : (Str){ 0 };
    bool whole = data.len == TILE_BYTES;
    if (whole) memcpy(tile->at, data.ptr, TILE_BYTES);
    *out = whole ? tile : NULL;
    if (!query_close(q, err)) return false;
    if (!whole)
        check_found(check, FOUND_TILE_CHANGED, (int64_t)(n << (TILE_HEIGHT * (level + 1))), (Str){ 0 },
                    str_fmt(check->arena, "The tile is missing or has another size; level %lld.", (long long)level));
    return true;
}

/* A tile of `level` - 1 was completed: its root is the next hash of this level. */
static bool upper_tile_check(Check *check, unsigned level, Err *err)
{
    uint64_t entries = check->bytes.size >> (TILE_HEIGHT * level);
    Tile *row        = &check->rows[level], stored;
    const Tile *tile;
    row->at[(entries - 1) % TILE_WIDTH] = tile_root(check->rows[level - 1].at, TILE_WIDTH);
    if (entries % TILE_WIDTH != 0) return true;
    if (!stored_tile(check, level, entries / TILE_WIDTH - 1, &stored, &tile, err)) return false;
    if (tile && !check->row_is_partial[level] && !check->is_split && memcmp(tile, row, sizeof(*row)) != 0)
        check_found(check, FOUND_TILE_CHANGED, (int64_t)check->bytes.size - 1, (Str){ 0 },
                    str_fmt(check->arena, "A hash in the tile is not that of the tile below it; level %lld.",
                            (long long)level));
    check->row_is_partial[level] = false;
    return true;
}

static bool upper_tiles_check(Check *check, Err *err)
{
    for (unsigned level = 1; level < TILE_LEVELS; level++) {
        if (check->bytes.size % (UINT64_C(1) << (TILE_HEIGHT * level)) != 0) break;
        if (!upper_tile_check(check, level, err)) return false;
    }
    return true;
}

static bool items_finish(Chunk *chunk, Err *err)
{
    for (size_t i = 0; i < chunk->count; i++) {
        const Item *item = &chunk->at[i];
        if (!item->is_there) continue;
        entity_keep(chunk->check, item);
        if (!dossier_check(chunk->check, item, err)) return false;
        if (!item->is_read) continue;
        payloads_missing(chunk, item);
        chunk->check->last_time = item->envelope.time;
    }
    return true;
}

bool check_chunk(Check *check, int64_t first, size_t count, Err *err)
{
    ArenaMark mark          = arena_mark(check->scratch);
    Chunk chunk             = { check, first, count, arena_array(check->scratch, Item, count) };
    Checkpoints checkpoints = { 0 };
    Tile stored;
    const Tile *tile = NULL;
    assert(first % TILE_WIDTH == 0 && count <= TILE_WIDTH);
    for (size_t i = 0; i < count; i++)
        chunk.at[i].after_state = SEEN_UNKNOWN;

    if (!checkpoints_read(&chunk, &checkpoints, err) || !events_read(&chunk, err) || !payloads_read(&chunk, err))
        return false;
    if (count == TILE_WIDTH && !stored_tile(check, 0, (uint64_t)first / TILE_WIDTH, &stored, &tile, err)) return false;
    tree_grow(&chunk, tile, &checkpoints);
    if (count == TILE_WIDTH && !upper_tiles_check(check, err)) return false;
    if (!items_finish(&chunk, err)) return false;
    arena_rewind(check->scratch, mark);
    return true;
}
