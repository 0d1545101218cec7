/* SPDX-License-Identifier: Apache-2.0
 * Verification from start to end: where to begin, chunk by chunk through the events, then the head, the signer, what
 * lies outside the head, erasures, the schema and the rows. */
#include <assert.h>
#include <string.h>

#include "ledger/canonical.h"
#include "ledger/verify_inner.h"

enum { SCRATCH_MAX = 64 << 20 };

/* clang-format off */
static const char *const found_names[] = {
    [FOUND_EVENT_MISSING]    = "event missing",
    [FOUND_EVENT_EXTRA]      = "event beyond the head",
    [FOUND_EVENT_CHANGED]    = "event changed",
    [FOUND_LEAF_CHANGED]     = "leaf hash changed",
    [FOUND_COPY_CHANGED]     = "index column changed",
    [FOUND_TILE_CHANGED]     = "tile changed",
    [FOUND_STATE_CHANGED]    = "head changed",
    [FOUND_CHECKPOINT_FALSE] = "checkpoint false",
    [FOUND_SIGNER_DISAGREES] = "signer disagrees",
    [FOUND_ANCHOR_DISAGREES] = "outside checkpoint disagrees",
    [FOUND_PAYLOAD_MISSING]  = "payload missing",
    [FOUND_PAYLOAD_CHANGED]  = "payload changed",
    [FOUND_PAYLOAD_EXTRA]    = "payload without commitment",
    [FOUND_ERASURE_UNKNOWN]  = "erasure not on record",
    [FOUND_DOSSIER_BROKEN]   = "dossier broken",
    [FOUND_SCHEMA_CHANGED]   = "schema changed",
    [FOUND_ROW_CHANGED]      = "row changed",
    [FOUND_ROW_MISSING]      = "row missing",
    [FOUND_ROW_EXTRA]        = "row without event",
};
/* clang-format on */
_Static_assert(countof(found_names) == FOUND_KINDS, "a name for each kind");

const char *verify_found_name(VerifyFound found)
{
    assert(found < FOUND_KINDS);
    return found_names[found];
}

void check_found(Check *check, VerifyFound found, int64_t number, Str entity, Str detail)
{
    VerifyReport *report = check->report;
    report->failures++;
    if (report->len == VERIFY_FAILURES_MAX) return;
    VerifyFailure *failure = list_push(check->arena, report);
    *failure = (VerifyFailure){ found, number, str_dup(check->arena, entity), str_dup(check->arena, detail) };
}

VerifyExit verify_exit(const VerifyReport *report)
{
    if (report->failures > 0) return VERIFY_TAMPERED;
    return report->erased > 0 ? VERIFY_INCOMPLETE : VERIFY_WHOLE;
}

/* One number. */
static bool number_of(Db *db, Str sql, int64_t parameter, int64_t *out, Err *err)
{
    Query *q = query_open(db, sql);
    query_bind_int(q, 1, parameter);
    *out = query_next(q) ? query_int(q, 0) : 0;
    return query_close(q, err);
}

static bool size_of(Db *db, int64_t *out, Err *err)
{
    return number_of(db, STR("SELECT number + 1 FROM ledger_event WHERE number >= $1 ORDER BY number DESC LIMIT 1"), 0,
                     out, err);
}

/* Beginning */

/* Quick verification trusts the tiles left of the last checkpoint; that checkpoint's root vouches for them. */
static bool check_begin(Check *check, Err *err)
{
    StoredCheckpoint last;
    if (check->options->depth == VERIFY_FULL) return true;
    if (!ledger_checkpoint_last(check->db, check->arena, check->report->size, &last, err)) return false;
    /* The checkpoint itself must come behind the first event checked: one that ends a tile has its tile checked again.
     */
    int64_t from        = last.size == 0 ? 0 : (last.size - 1) / TILE_WIDTH * TILE_WIDTH;
    check->report->from = from;
    TileSource *tiles   = tile_source_open(check->db, check->arena, (uint64_t)from);
    for (unsigned level = 1; level < TILE_LEVELS; level++)
        check->row_is_partial[level] = from > 0;
    return tree_frontier(&tiles->source, (uint64_t)from, &check->bytes, err);
}

/* A head that lies before the first event to be checked is compared with the tree as stored. */
static bool probe_early(Check *check, const Probe *probe, Err *err)
{
    Frontier frontier;
    if (!probe->is_there || probe->size > check->report->from) return true;
    TileSource *tiles = tile_source_open(check->db, check->scratch, (uint64_t)check->report->from);
    if (!tree_frontier(&tiles->source, (uint64_t)probe->size, &frontier, err)) return false;
    Hash root = frontier_root(&frontier);
    if (!hash_eq(&root, &probe->root))
        check_found(check, probe->found, probe->size, (Str){ 0 }, STR("It has another root than these events."));
    return true;
}

static bool keys_know_signer(const NoteKeys *keys, const NoteVerifier *signer)
{
    for (size_t i = 0; i < keys->len; i++)
        if (keys->at[i].id == signer->id && str_eq(keys->at[i].name, signer->name)) return true;
    return false;
}

static void probe_add(Check *check, size_t place, VerifyFound found, const Checkpoint *head)
{
    check->probes[place] = (Probe){ true, found, head->size, head->root };
    if (head->size <= check->report->size) return;
    check->probes[place].is_there = false;
    check_found(check, found, head->size, (Str){ 0 },
                str_fmt(check->arena, "It has seen %lld events; this ledger has %lld: an old copy, or cut off.",
                        (long long)head->size, (long long)check->report->size));
}

static bool probes_begin(Check *check, Err *err)
{
    Signer *signer = check->options->signer;
    Checkpoint head;
    if (check->options->against) probe_add(check, 0, FOUND_ANCHOR_DISAGREES, check->options->against);
    if (signer) {
        if (!keys_know_signer(&check->keys, &signer->verifier))
            check_found(check, FOUND_SIGNER_DISAGREES, -1, (Str){ 0 },
                        STR("Its key is not among the keys of this ledger."));
        if (!signer->last(signer, check->scratch, &head, err)) return false;
        probe_add(check, 1, FOUND_SIGNER_DISAGREES, &head);
    }
    return probe_early(check, &check->probes[0], err) && probe_early(check, &check->probes[1], err);
}

/* Ending */

static Str hash_str(const Hash *hash)
{
    return (Str){ (const char *)hash->bytes, HASH_BYTES };
}

/* When only one of the two trees has the head's root, the other one was changed. */
static void blame_settle(Check *check, Str root)
{
    const Hash bytes = frontier_root(&check->bytes), kept = frontier_root(&check->kept);
    bool bytes_hold = str_eq(root, hash_str(&bytes)), kept_hold = str_eq(root, hash_str(&kept));
    if (bytes_hold == kept_hold) return;
    for (size_t i = 0; i < check->report->len; i++) {
        VerifyFailure *failure = &check->report->at[i];
        if (failure->found == FOUND_TILE_CHANGED && kept_hold && failure->entity.len > 0)
            failure->found = FOUND_EVENT_CHANGED;
        if (failure->found == FOUND_EVENT_CHANGED && bytes_hold) failure->found = FOUND_LEAF_CHANGED;
    }
}

/* The row of ledger_state. */
typedef struct {
    bool is_there;
    int64_t size, last_time;
    Str frontier, root;
} StoredState;

static bool state_load(Check *check, StoredState *out, Err *err)
{
    Query *q = query_open(check->db, STR("SELECT size, frontier, root, last_time FROM ledger_state WHERE id = 1"));
    *out     = (StoredState){ .is_there = query_next(q) };
    if (out->is_there) {
        out->size      = query_int(q, 0);
        out->frontier  = query_bytes(q, 1, check->scratch);
        out->root      = query_bytes(q, 2, check->scratch);
        out->last_time = query_int(q, 3);
    }
    return query_close(q, err);
}

/* The first thing that is wrong; NULL: nothing. */
static const char *state_fault(const Check *check, const StoredState *state, const Frontier *tree)
{
    const Hash root = frontier_root(tree);
    if (!state->is_there) return "There is none.";
    if (state->size != (int64_t)tree->size) return "It counts other events than there are.";
    if (!str_eq(state->root, hash_str(&root))) return "Its root is not that of the events.";
    if (!str_eq(state->frontier, frontier_bytes(tree))) return "Its frontier is not that of the events.";
    if (state->last_time != check->last_time.us) return "Its time is not that of the last event.";
    return NULL;
}

static bool state_check(Check *check, Err *err)
{
    StoredState state;
    const Frontier *tree = &check->bytes;
    if (!state_load(check, &state, err)) return false;
    if (check->is_split) {
        const Hash kept = frontier_root(&check->kept);
        blame_settle(check, state.root);
        if (str_eq(state.root, hash_str(&kept))) tree = &check->kept;
    }
    const char *fault = state_fault(check, &state, tree);
    if (fault) check_found(check, FOUND_STATE_CHANGED, -1, (Str){ 0 }, str_from_c(fault));
    return true;
}

/* Rows that lie outside of what the events reach. */
static bool outside_check(Check *check, Err *err)
{
    int64_t events, payloads, tiles, heads, expected_tiles = 0;
    Db *db       = check->db;
    int64_t size = check->report->size;
    if (!number_of(db, STR("SELECT COUNT(*) FROM ledger_event WHERE number < $1"), 0, &events, err) ||
        !number_of(db, STR("SELECT COUNT(*) FROM ledger_payload WHERE number >= $1"), INT64_MIN, &payloads, err) ||
        !number_of(db, STR("SELECT COUNT(*) FROM ledger_tile WHERE level >= $1"), INT64_MIN, &tiles, err) ||
        !number_of(db, STR("SELECT COUNT(*) FROM ledger_checkpoint WHERE size > $1"), size, &heads, err))
        return false;
    for (int64_t entries = size / TILE_WIDTH; entries > 0; entries /= TILE_WIDTH)
        expected_tiles += entries;
    if (events != 0)
        check_found(check, FOUND_EVENT_EXTRA, -1, (Str){ 0 }, STR("There are events with a number below 0."));
    if (payloads != check->payloads)
        check_found(check, FOUND_PAYLOAD_EXTRA, -1, (Str){ 0 }, STR("There are payloads of events that do not exist."));
    if (tiles > expected_tiles)
        check_found(check, FOUND_TILE_CHANGED, -1, (Str){ 0 }, STR("There are more tiles than events fill."));
    if (heads != 0)
        check_found(check, FOUND_CHECKPOINT_FALSE, -1, (Str){ 0 },
                    STR("There are checkpoints of more events than exist."));
    return true;
}

/* Events that a head of fewer events leaves out: a failed writer or a hand in the database. */
static bool head_covers_events(Check *check, Err *err)
{
    int64_t head;
    if (!number_of(check->db, STR("SELECT size FROM ledger_state WHERE id = $1"), 1, &head, err)) return false;
    if (head >= check->report->size) return true;
    check_found(check, FOUND_EVENT_EXTRA, head, (Str){ 0 },
                str_fmt(check->arena, "%lld events lie beyond the head.", (long long)(check->report->size - head)));
    return true;
}

/* Erasures */

static bool claim_holds(Check *check, const ErasureClaim *claim, HistoryEvent *event, bool *holds, Err *err)
{
    *holds = false;
    if (claim->by <= claim->slot.number || claim->by >= check->report->size) return true;
    if (event->body.len == 0 || event->envelope.number != claim->by) {
        Err gone = { 0 };
        *event   = (HistoryEvent){ 0 };
        if (!history_event(check->db, check->arena, claim->by, event, &gone)) {
            if (gone.code == ERR_MISSING || gone.code == ERR_FORMAT) return true;
            *err = gone;
            return false;
        }
    }
    *holds = str_eq(event->envelope.kind, erasure_kind) && erasure_names(event->payload, claim->slot);
    return true;
}

static bool erasures_check(Check *check, Err *err)
{
    HistoryEvent event = { 0 };
    for (size_t i = 0; i < check->claims.len; i++) {
        const ErasureClaim *claim = &check->claims.at[i];
        bool holds;
        if (!claim_holds(check, claim, &event, &holds, err)) return false;
        if (holds)
            check->report->erased++;
        else
            check_found(
                check, claim->by < 0 ? FOUND_PAYLOAD_MISSING : FOUND_ERASURE_UNKNOWN, claim->slot.number, (Str){ 0 },
                str_fmt(check->arena, "Slot %lld is gone and no erasure names it.", (long long)claim->slot.slot));
    }
    return true;
}

/* Schema */

static const Str schema_entity = STR_INIT("system/schema");

/* The digest last recorded; empty: none. */
static bool schema_recorded(Db *db, Arena *arena, Str *out, Err *err)
{
    HistoryEvents events;
    HistoryPage page = { .name = schema_entity, .limit = 1 };
    *out             = (Str){ 0 };
    if (!history_of_entity(db, arena, page, &events, err)) return false;
    Str digest = events.len > 0 ? canonical_member(events.at[0].after, STR("digest")) : (Str){ 0 };
    if (digest.len > 2) *out = str_slice(digest, 1, digest.len - 2);
    return true;
}

static bool schema_check(Check *check, Err *err)
{
    Str recorded, now;
    if (!schema_recorded(check->db, check->arena, &recorded, err)) return false;
    if (recorded.len == 0) return true;
    if (!schema_digest(check->db, check->arena, &now, err)) return false;
    if (!str_eq(recorded, now))
        check_found(check, FOUND_SCHEMA_CHANGED, -1, schema_entity,
                    STR("Tables, indexes or guards were changed by hand."));
    return true;
}

bool ledger_note_schema(Ledger *ledger, Err *err)
{
    Arena *arena = ledger_arena(ledger);
    Str recorded, now;
    int64_t number;
    if (!schema_recorded(ledger_db(ledger), arena, &recorded, err)) return false;
    if (!schema_digest(ledger_db(ledger), arena, &now, err)) return false;
    if (str_eq(recorded, now)) return true;
    const LedgerEvent event = {
        .actor  = STR("system"),
        .kind   = STR("system.migrated"),
        .entity = schema_entity,
        .payload =
            str_fmt(arena, "{\"after\":{\"digest\":\"%.*s\"},\"why\":\"The database schema was made or upgraded.\"}",
                    STR_ARG(now)),
    };
    return ledger_append(ledger, &event, &number, err);
}

/* The whole */

/* The last checkpoint before the first failure. One that is false itself is no such checkpoint. */
static bool good_checkpoint(Check *check, Err *err)
{
    VerifyReport *report = check->report;
    int64_t limit        = report->size;
    bool is_false;
    for (size_t i = 0; i < report->len; i++) {
        const VerifyFailure *failure = &report->at[i];
        if (failure->number >= 0 && failure->number < limit && failure->found != FOUND_CHECKPOINT_FALSE)
            limit = failure->number;
    }
    do {
        if (!ledger_checkpoint_last(check->db, check->arena, limit, &report->good, err)) return false;
        is_false = false;
        for (size_t i = 0; i < report->len; i++)
            is_false |= report->at[i].found == FOUND_CHECKPOINT_FALSE && report->at[i].number == report->good.size;
        limit = report->good.size - 1;
    } while (is_false && report->good.size > 0);
    if (is_false) report->good = (StoredCheckpoint){ 0 };
    return true;
}

static bool check_events(Check *check, Err *err)
{
    int64_t size = check->report->size;
    for (int64_t first = check->report->from; first < size; first += TILE_WIDTH) {
        size_t count = size - first < TILE_WIDTH ? (size_t)(size - first) : TILE_WIDTH;
        if (!check_chunk(check, first, count, err)) return false;
    }
    check->report->root = frontier_root(&check->bytes);
    return true;
}

static void scratch_close(void *scratch)
{
    arena_close(scratch);
}

static bool check_open(Check *check, Db *db, Arena *arena, VerifyReport *report, Err *err)
{
    *report = (VerifyReport){ 0 };
    *check  = (Check){ .db = db, .arena = arena, .scratch = arena_open(SCRATCH_MAX), .report = report };
    if (!check->scratch) return err_set(err, ERR_LIMIT, 0, .what = STR("could not verify: no memory"));
    arena_defer(arena, scratch_close, check->scratch);
    return ledger_keys(db, arena, &check->keys, err) && size_of(db, &report->size, err);
}

bool verify_run(Db *db, Arena *arena, const VerifyOptions *options, VerifyReport *out, Err *err)
{
    Check *check = arena_new(arena, Check);
    if (!check_open(check, db, arena, out, err)) return false;
    check->options = options;
    bool is_full   = options->depth == VERIFY_FULL;
    return check_begin(check, err) && probes_begin(check, err) && check_events(check, err) && state_check(check, err) &&
           head_covers_events(check, err) && (!is_full || outside_check(check, err)) && erasures_check(check, err) &&
           schema_check(check, err) && check_rows(check, err) && good_checkpoint(check, err);
}

bool verify_against(Db *db, Arena *arena, Str note, VerifyReport *out, Err *err)
{
    static const VerifyOptions options;
    Check *check = arena_new(arena, Check);
    Checkpoint anchor;
    LedgerHead head;
    Frontier frontier;
    if (!check_open(check, db, arena, out, err) || !checkpoint_open(note, &check->keys, arena, &anchor, err))
        return false;
    if (!ledger_head(db, arena, &head, err)) return false;
    check->options = &options;
    out->from      = head.size;
    out->root      = head.root;
    probe_add(check, 0, FOUND_ANCHOR_DISAGREES, &anchor);
    TileSource *tiles = tile_source_open(db, check->scratch, (uint64_t)head.size);
    if (!tree_frontier(&tiles->source, (uint64_t)head.size, &frontier, err)) return false;
    Hash root = frontier_root(&frontier);
    if (!hash_eq(&root, &head.root))
        check_found(check, FOUND_STATE_CHANGED, -1, (Str){ 0 }, STR("Its root is not that of the tiles."));
    return probe_early(check, &check->probes[0], err);
}
