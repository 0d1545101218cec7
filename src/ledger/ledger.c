/* SPDX-License-Identifier: Apache-2.0
 * Appending. An event is three inserts at most (envelope, payloads), every 256th adds a tile, and the head moves once
 * per transaction. The head moves last: until then the database's guards know by it which events are new. */
#include "ledger/ledger.h"

#include <assert.h>
#include <string.h>

#include "ledger/canonical.h"
#include "ledger/event.h"
#include "ledger/tiles.h"
#include "ledger/tree.h"

/* Tables */

/* clang-format off */
static const Column event_columns[] = {
    { STR_INIT("number"),  COLUMN_INT,   true },
    { STR_INIT("body"),    COLUMN_BYTES, true }, /* the envelope */
    { STR_INIT("leaf"),    COLUMN_BYTES, true }, /* its leaf hash */
    { STR_INIT("entity"),  COLUMN_TEXT,  true }, /* from here on: copies out of the envelope, for indexes */
    { STR_INIT("kind"),    COLUMN_TEXT,  true },
    { STR_INIT("dossier"), COLUMN_TEXT,  true },
    { STR_INIT("actor"),   COLUMN_TEXT,  true },
    { STR_INIT("time"),    COLUMN_INT,   true }, /* microseconds since 1970 */
};
static const Index event_indexes[] = {
    { .name = STR_INIT("ledger_event_by_entity"),  .columns = { STR_INIT("entity"), STR_INIT("number") } },
    { .name = STR_INIT("ledger_event_by_dossier"), .columns = { STR_INIT("dossier"), STR_INIT("number") },
      .where = STR_INIT("dossier <> ''") },
};
static const Column payload_columns[] = {
    { STR_INIT("number"),    COLUMN_INT,   true },
    { STR_INIT("slot"),      COLUMN_INT,   true },
    { STR_INIT("salt"),      COLUMN_BYTES, false }, /* NULL with data: erased */
    { STR_INIT("data"),      COLUMN_BYTES, false },
    { STR_INIT("erased_by"), COLUMN_INT,   false }, /* number of the event that erased it */
};
static const Column tile_columns[] = {
    { STR_INIT("level"), COLUMN_INT,   true },
    { STR_INIT("n"),     COLUMN_INT,   true },
    { STR_INIT("data"),  COLUMN_BYTES, true },
};
static const Column state_columns[] = {
    { STR_INIT("id"),        COLUMN_INT,   true }, /* 1 */
    { STR_INIT("size"),      COLUMN_INT,   true },
    { STR_INIT("frontier"),  COLUMN_BYTES, true },
    { STR_INIT("root"),      COLUMN_BYTES, true },
    { STR_INIT("last_time"), COLUMN_INT,   true },
};
static const Column checkpoint_columns[] = {
    { STR_INIT("size"), COLUMN_INT,  true },
    { STR_INIT("note"), COLUMN_TEXT, true },
};
static const Column key_columns[] = {
    { STR_INIT("key_id"),    COLUMN_INT,  true },
    { STR_INIT("vkey"),      COLUMN_TEXT, true },
    { STR_INIT("from_size"), COLUMN_INT,  true },
};
#define COLUMNS(list) .columns = (list), .columns_len = countof(list)
static const Table event_table      = { .name = STR_INIT("ledger_event"), COLUMNS(event_columns), .indexes = event_indexes,
                                        .indexes_len = countof(event_indexes), .guard = GUARD_LEDGER };
static const Table payload_table    = { .name = STR_INIT("ledger_payload"), COLUMNS(payload_columns),
                                        .key = { STR_INIT("number"), STR_INIT("slot") } };
static const Table tile_table       = { .name = STR_INIT("ledger_tile"), COLUMNS(tile_columns),
                                        .key = { STR_INIT("level"), STR_INIT("n") }, .guard = GUARD_APPEND };
static const Table state_table      = { .name = STR_INIT("ledger_state"), COLUMNS(state_columns) };
static const Table checkpoint_table = { .name = STR_INIT("ledger_checkpoint"), COLUMNS(checkpoint_columns), .guard = GUARD_APPEND };
static const Table key_table        = { .name = STR_INIT("ledger_key"), COLUMNS(key_columns), .guard = GUARD_APPEND };
/* clang-format on */

const Table *const ledger_tables[] = {
    &event_table, &payload_table, &tile_table, &state_table, &checkpoint_table, &key_table,
};
const size_t ledger_tables_len = countof(ledger_tables);

/* Head */

#define CLOCK_SLACK_US INT64_C(5000000)

/* A dossier that this transaction has written to. */
typedef struct {
    Str name;
    int64_t count;
    MaybeHash last; /* leaf hash of its last event */
} OpenDossier;

struct Ledger {
    Db *db;
    Arena *arena;
    World *world;
    Time now;
    Time last_time;
    int64_t sealed_size;
    Frontier frontier;
    struct {
        OpenDossier *at;
        size_t len, cap;
    } dossiers;
};

bool ledger_prepare(Db *db, Arena *arena, Err *err)
{
    const Hash root = tree_empty();
    Query *q        = query_open(db, STR("SELECT id FROM ledger_state WHERE id = 1"));
    bool is_there   = query_next(q);
    (void)arena;
    if (!query_close(q, err)) return false;
    if (is_there) return true;
    q = query_open(db, STR("INSERT INTO ledger_state (id, size, frontier, root, last_time) VALUES (1, 0, $1, $2, 0)"));
    query_bind_bytes(q, 1, STR(""));
    query_bind_bytes(q, 2, (Str){ (const char *)root.bytes, HASH_BYTES });
    return query_run(q, NULL, err);
}

typedef struct {
    int64_t size;
    Str frontier;
    Hash root;
    Time last_time;
} State;

static bool state_read(Db *db, Arena *arena, State *out, Err *err)
{
    bool is_whole = false;
    Query *q      = query_open(db, STR("SELECT size, frontier, root, last_time FROM ledger_state WHERE id = 1"));
    if (query_next(q)) {
        Str root = query_peek(q, 2);
        is_whole = root.len == HASH_BYTES && query_int(q, 0) >= 0;
        if (is_whole) memcpy(out->root.bytes, root.ptr, HASH_BYTES);
        out->size         = query_int(q, 0);
        out->frontier     = query_bytes(q, 1, arena);
        out->last_time.us = query_int(q, 3);
    }
    if (!query_close(q, err)) return false;
    if (is_whole) return true;
    return err_set(err, ERR_CORRUPT, 0, .what = STR("head of the ledger is missing or damaged"),
                   .hint = STR("Run \"plumbline verify --full\"."));
}

bool ledger_head(Db *db, Arena *arena, LedgerHead *out, Err *err)
{
    State state = { 0 };
    if (!state_read(db, arena, &state, err)) return false;
    *out = (LedgerHead){ state.size, state.root };
    return true;
}

Ledger *ledger_begin(Db *db, Arena *arena, World *world, Time now, Err *err)
{
    State state    = { 0 };
    Ledger *ledger = arena_new(arena, Ledger);
    assert(db_is_writing(db));
    if (!state_read(db, arena, &state, err)) return NULL;
    ledger->db          = db;
    ledger->arena       = arena;
    ledger->world       = world;
    ledger->now         = now;
    ledger->last_time   = state.last_time;
    ledger->sealed_size = state.size;
    if (frontier_read((uint64_t)state.size, state.frontier, &ledger->frontier)) return ledger;
    err_set(err, ERR_CORRUPT, 0, .what = STR("head of the ledger is damaged"),
            .hint = STR("Run \"plumbline verify --full\"."));
    return NULL;
}

Db *ledger_db(const Ledger *ledger)
{
    return ledger->db;
}

Arena *ledger_arena(const Ledger *ledger)
{
    return ledger->arena;
}

bool ledger_seal(Ledger *ledger, Err *err)
{
    int64_t size = (int64_t)ledger->frontier.size, changed = 0;
    if (size == ledger->sealed_size) return true;
    const Hash root = frontier_root(&ledger->frontier);
    Query *q        = query_open(ledger->db, STR("UPDATE ledger_state"
                                                        "   SET size = $1, frontier = $2, root = $3, last_time = $4"
                                                        " WHERE id = 1 AND size = $5"));
    query_bind_int(q, 1, size);
    query_bind_bytes(q, 2, frontier_bytes(&ledger->frontier));
    query_bind_bytes(q, 3, (Str){ (const char *)root.bytes, HASH_BYTES });
    query_bind_int(q, 4, ledger->last_time.us);
    query_bind_int(q, 5, ledger->sealed_size);
    if (!query_run(q, &changed, err)) return false;
    if (changed != 1)
        return err_set(err, ERR_CONFLICT, 0, .what = STR("another writer moved the ledger first"),
                       .hint = STR("Nothing was recorded; do it again."));
    ledger->sealed_size = size;
    return true;
}

/* Dossiers */

/* Finds the last event of a dossier. Uses ledger_event_by_dossier. */
static bool dossier_load(Ledger *ledger, OpenDossier *dossier, Err *err)
{
    Envelope last;
    Query *q = query_open(ledger->db, STR("SELECT body, leaf"
                                          "  FROM ledger_event"
                                          " WHERE dossier = $1 AND dossier <> ''"
                                          " ORDER BY number DESC"
                                          " LIMIT 1"));
    query_bind_str(q, 1, dossier->name);
    bool found = query_next(q);
    Str body   = found ? query_bytes(q, 0, ledger->arena) : (Str){ 0 };
    Str leaf   = found ? query_bytes(q, 1, ledger->arena) : (Str){ 0 };
    if (!query_close(q, err)) return false;
    if (!found) return true;
    if (!event_read(body, ledger->arena, &last, err)) return false;
    if (leaf.len != HASH_BYTES) return err_set(err, ERR_CORRUPT, 0, .what = STR("leaf hash of the ledger is damaged"));
    dossier->count         = last.dossier_number;
    dossier->last.is_there = true;
    memcpy(dossier->last.hash.bytes, leaf.ptr, HASH_BYTES);
    return true;
}

/* NULL on failure. */
static OpenDossier *dossier_open(Ledger *ledger, Str name, Err *err)
{
    for (size_t i = 0; i < ledger->dossiers.len; i++)
        if (str_eq(ledger->dossiers.at[i].name, name)) return &ledger->dossiers.at[i];
    OpenDossier dossier = { .name = str_dup(ledger->arena, name) };
    if (!dossier_load(ledger, &dossier, err)) return NULL;
    OpenDossier *opened = list_push(ledger->arena, &ledger->dossiers);
    *opened             = dossier;
    return opened;
}

/* Appending */

typedef struct {
    uint8_t bytes[SALT_BYTES];
} Salt;

static Str salt_str(const Salt *salt)
{
    return (Str){ (const char *)salt->bytes, SALT_BYTES };
}

static bool payload_is_fine(Str payload, Err *err)
{
    if (payload.len == 0) return true;
    if (payload.len > LEDGER_PAYLOAD_MAX)
        return err_set(err, ERR_LIMIT, 0, .what = STR("record is too large for the ledger"));
    if (!canonical_check(payload, err)) return false;
    if (canonical_member(payload, STR("after")).len > 0) return true;
    return err_set(err, ERR_FORMAT, 0, .what = STR("payload has no member \"after\""));
}

/* A payload to be stored: `data` under a new salt. */
typedef struct {
    int64_t slot;
    Str data;
    Salt salt;
} SlotData;

typedef struct {
    SlotData *at;
    size_t len, cap;
} SlotList;

static Hash slot_add(Ledger *ledger, SlotList *slots, int64_t slot, Str data)
{
    SlotData *added = list_push(ledger->arena, slots);
    added->slot     = slot;
    added->data     = data;
    world_random(ledger->world, added->salt.bytes, SALT_BYTES);
    return event_commitment(salt_str(&added->salt), data);
}

static void commit_to_payloads(Ledger *ledger, const LedgerEvent *event, SlotList *slots, Envelope *envelope)
{
    if (event->payload.len > 0)
        envelope->payload = (MaybeHash){ true, slot_add(ledger, slots, SLOT_PAYLOAD, event->payload) };
    if (event->personal.len > 0)
        envelope->personal = (MaybeHash){ true, slot_add(ledger, slots, SLOT_PERSONAL, event->personal) };
    envelope->files     = arena_array(ledger->arena, Hash, event->files_len);
    envelope->files_len = event->files_len;
    for (size_t i = 0; i < event->files_len; i++) {
        Str content        = { (const char *)event->files[i].bytes, HASH_BYTES };
        envelope->files[i] = slot_add(ledger, slots, SLOT_FILES + (int64_t)i, content);
    }
}

static bool event_insert(Ledger *ledger, const Envelope *envelope, Str body, const Hash *leaf, Err *err)
{
    Query *q = query_open(ledger->db, STR("INSERT INTO ledger_event"
                                          "       (number, body, leaf, entity, kind, dossier, actor, time)"
                                          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"));
    query_bind_int(q, 1, envelope->number);
    query_bind_bytes(q, 2, body);
    query_bind_bytes(q, 3, (Str){ (const char *)leaf->bytes, HASH_BYTES });
    query_bind_str(q, 4, envelope->entity);
    query_bind_str(q, 5, envelope->kind);
    query_bind_str(q, 6, envelope->dossier);
    query_bind_str(q, 7, envelope->actor);
    query_bind_int(q, 8, envelope->time.us);
    return query_run(q, NULL, err);
}

static bool slots_insert(Ledger *ledger, int64_t number, const SlotList *slots, Err *err)
{
    for (size_t i = 0; i < slots->len; i++) {
        const SlotData *slot = &slots->at[i];
        Query *q             = query_open(ledger->db,
                                          STR("INSERT INTO ledger_payload (number, slot, salt, data) VALUES ($1, $2, $3, $4)"));
        query_bind_int(q, 1, number);
        query_bind_int(q, 2, slot->slot);
        query_bind_bytes(q, 3, salt_str(&slot->salt));
        query_bind_bytes(q, 4, slot->data);
        if (!query_run(q, NULL, err)) return false;
    }
    return true;
}

static Envelope envelope_from(Ledger *ledger, const LedgerEvent *event, const OpenDossier *dossier, SlotList *slots)
{
    Envelope envelope = {
        .number          = (int64_t)ledger->frontier.size,
        .time            = ledger->now,
        .actor           = event->actor,
        .kind            = event->kind,
        .entity          = event->entity,
        .revision        = event->revision,
        .dossier         = event->dossier,
        .idempotency_key = event->idempotency_key,
    };
    if (dossier) {
        envelope.dossier_number   = dossier->count + 1;
        envelope.dossier_previous = dossier->last;
    }
    commit_to_payloads(ledger, event, slots, &envelope);
    return envelope;
}

static bool event_put(Ledger *ledger, const LedgerEvent *event, Err *err)
{
    SlotList slots       = { 0 };
    OpenDossier *dossier = NULL;
    Str body;
    if (event->dossier.len > 0 && !(dossier = dossier_open(ledger, event->dossier, err))) return false;
    Envelope envelope = envelope_from(ledger, event, dossier, &slots);
    if (!event_check(&envelope, err) || !event_write(&envelope, ledger->arena, &body, err)) return false;
    const Hash leaf = tree_leaf(body);
    if (!event_insert(ledger, &envelope, body, &leaf, err)) return false;
    if (!slots_insert(ledger, envelope.number, &slots, err)) return false;
    frontier_append(&ledger->frontier, &leaf);
    ledger->last_time = ledger->now;
    if (dossier) *dossier = (OpenDossier){ dossier->name, dossier->count + 1, { true, leaf } };
    return tile_complete(ledger->db, ledger->frontier.size, err);
}

/* A clock that went back is put on record before anything is written under it. */
static bool clock_note(Ledger *ledger, Err *err)
{
    int64_t back_us = ledger->last_time.us - ledger->now.us;
    if (back_us <= CLOCK_SLACK_US) return true;
    const LedgerEvent event = {
        .actor   = STR("system"),
        .kind    = STR("system.clock-anomaly"),
        .entity  = STR("system/clock"),
        .payload = str_fmt(ledger->arena, "{\"after\":null,\"why\":\"The clock went back by %lld seconds.\"}",
                           (long long)(back_us / 1000000)),
    };
    return event_put(ledger, &event, err);
}

bool ledger_append(Ledger *ledger, const LedgerEvent *event, int64_t *number, Err *err)
{
    if (!payload_is_fine(event->payload, err) || !payload_is_fine(event->personal, err)) return false;
    if (!clock_note(ledger, err)) return false;
    *number = (int64_t)ledger->frontier.size;
    return event_put(ledger, event, err);
}
