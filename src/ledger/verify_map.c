/* SPDX-License-Identifier: Apache-2.0
 * The map of names, and the replay: what the last event of each entity left must be what its row is, both ways. */
#include "ledger/verify_inner.h"

#include <string.h>

enum { SEEN_CAP_MIN = 1024 };

/* Map */

SeenKey seen_key(Str name)
{
    SeenKey key;
    Hash hash = hash_of(name);
    memcpy(key.bytes, hash.bytes, SEEN_BYTES);
    return key;
}

static bool is_free(const Seen *seen)
{
    static const uint8_t none[SEEN_BYTES];
    return memcmp(seen->key, none, SEEN_BYTES) == 0;
}

/* The entry of `key`, or the free one where it belongs. cap is a power of two and there is always a free entry. */
static Seen *seen_place(const SeenMap *map, const uint8_t key[SEEN_BYTES])
{
    uint64_t at;
    memcpy(&at, key, sizeof(at));
    for (;; at++) {
        Seen *seen = &map->at[at & (map->cap - 1)];
        if (is_free(seen) || memcmp(seen->key, key, SEEN_BYTES) == 0) return seen;
    }
}

static void seen_grow(SeenMap *map, Arena *arena)
{
    SeenMap grown = { .len = map->len, .cap = map->cap ? map->cap * 2 : SEEN_CAP_MIN };
    grown.at      = arena_array(arena, Seen, grown.cap);
    for (size_t i = 0; i < map->cap; i++)
        if (!is_free(&map->at[i])) *seen_place(&grown, map->at[i].key) = map->at[i];
    *map = grown;
}

Seen *seen_find(const SeenMap *map, SeenKey key)
{
    if (map->cap == 0) return NULL;
    Seen *seen = seen_place(map, key.bytes);
    return is_free(seen) ? NULL : seen;
}

Seen *seen_open(SeenMap *map, Arena *arena, SeenKey key, bool *is_new)
{
    if (map->len * 4 >= map->cap * 3) seen_grow(map, arena);
    Seen *seen = seen_place(map, key.bytes);
    *is_new    = is_free(seen);
    if (!*is_new) return seen;
    memcpy(seen->key, key.bytes, SEEN_BYTES);
    map->len++;
    return seen;
}

/* Replay */

struct VerifySink {
    Check *check;
};

void verify_row(VerifySink *sink, Str entity, const Hash *after)
{
    Check *check = sink->check;
    Seen *seen   = seen_find(&check->entities, seen_key(entity));
    if (!seen) {
        check_found(check, FOUND_ROW_EXTRA, -1, entity, STR("The row has no event."));
        return;
    }
    int64_t number = (int64_t)seen->number;
    if (seen->state == SEEN_ABSENT)
        check_found(check, FOUND_ROW_EXTRA, number, entity, STR("Its last event says that there is no such row."));
    if (seen->state == SEEN_KNOWN && memcmp(seen->hash, after->bytes, SEEN_BYTES) != 0)
        check_found(check, FOUND_ROW_CHANGED, number, entity, STR("The row is not what its last event left."));
    seen->state = SEEN_MATCHED;
}

static bool entity_of(Check *check, int64_t number, Str *out, Err *err)
{
    Query *q = query_open(check->db, STR("SELECT entity FROM ledger_event WHERE number = $1"));
    query_bind_int(q, 1, number);
    *out = query_next(q) ? query_str(q, 0, check->arena) : (Str){ 0 };
    return query_close(q, err);
}

static bool row_is_owed(const Seen *seen)
{
    return !is_free(seen) && seen->state != SEEN_ABSENT && seen->state != SEEN_MATCHED;
}

static bool report_missing_rows(Check *check, Err *err)
{
    for (size_t i = 0; i < check->entities.cap; i++) {
        const Seen *seen = &check->entities.at[i];
        Str entity       = { 0 };
        if (!row_is_owed(seen)) continue;
        /* Beyond the limit it is only counted: no need for the name. */
        if (check->report->len < VERIFY_FAILURES_MAX && !entity_of(check, (int64_t)seen->number, &entity, err))
            return false;
        check_found(check, FOUND_ROW_MISSING, (int64_t)seen->number, entity,
                    STR("Its last event left a row; there is none."));
    }
    return true;
}

/* Quick: only the rows that the checked events touched. */
static bool read_touched_rows(Check *check, VerifySink *sink, Err *err)
{
    VerifyRows *rows = check->options->rows;
    for (size_t i = 0; i < check->entities.cap; i++) {
        const Seen *seen = &check->entities.at[i];
        ArenaMark mark   = arena_mark(check->scratch);
        Str entity;
        if (is_free(seen)) continue;
        if (!entity_of(check, (int64_t)seen->number, &entity, err)) return false;
        if (!rows->one(rows, check->db, check->scratch, entity, sink, err)) return false;
        arena_rewind(check->scratch, mark);
    }
    return true;
}

bool check_rows(Check *check, Err *err)
{
    VerifySink sink  = { check };
    VerifyRows *rows = check->options->rows;
    Seen *schema     = seen_find(&check->entities, seen_key(STR("system/schema")));
    if (schema) schema->state = SEEN_MATCHED; /* compared by its digest */
    if (!rows) return true;
    bool read = check->options->depth == VERIFY_FULL ? rows->all(rows, check->db, check->scratch, &sink, err)
                                                     : read_touched_rows(check, &sink, err);
    return read && report_missing_rows(check, err);
}
