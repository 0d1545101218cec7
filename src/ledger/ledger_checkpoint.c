/* SPDX-License-Identifier: Apache-2.0
 * Checkpoints in the store. Signing reads a snapshot of what is committed, asks the signer, then keeps the note in a
 * second transaction: if that one fails, the signer is ahead of the notes but never ahead of the record. */
#include "ledger/ledger_checkpoint.h"

#include "ledger/tiles.h"

bool ledger_key_add(Db *db, Arena *arena, const NoteVerifier *verifier, Err *err)
{
    LedgerHead head;
    if (!ledger_head(db, arena, &head, err)) return false;
    Query *q = query_open(db, STR("INSERT INTO ledger_key (key_id, vkey, from_size) VALUES ($1, $2, $3)"));
    query_bind_int(q, 1, verifier->id);
    query_bind_str(q, 2, note_verifier_write(arena, verifier));
    query_bind_int(q, 3, head.size);
    return query_run(q, NULL, err);
}

bool ledger_keys(Db *db, Arena *arena, NoteKeys *out, Err *err)
{
    bool whole = true;
    Query *q   = query_open(db, STR("SELECT vkey FROM ledger_key ORDER BY from_size, key_id"));
    *out       = (NoteKeys){ 0 };
    while (whole && out->len < NOTE_KEYS_MAX && query_next(q)) {
        NoteVerifier *key = list_push(arena, out);
        whole             = note_verifier_read(query_str(q, 0, arena), arena, key, err);
    }
    return query_close(q, err) && whole;
}

bool ledger_checkpoint_last(Db *db, Arena *arena, int64_t size, StoredCheckpoint *out, Err *err)
{
    Query *q = query_open(db, STR("SELECT size, note"
                                  "  FROM ledger_checkpoint"
                                  " WHERE size <= $1"
                                  " ORDER BY size DESC"
                                  " LIMIT 1"));
    query_bind_int(q, 1, size);
    *out = (StoredCheckpoint){ 0 };
    if (query_next(q)) *out = (StoredCheckpoint){ query_int(q, 0), query_str(q, 1, arena) };
    return query_close(q, err);
}

/* What to ask the signer, from one snapshot. */
static bool request_make(Db *db, Arena *arena, const Checkpoint *last, SignRequest *out, Err *err)
{
    LedgerHead head;
    if (!ledger_head(db, arena, &head, err)) return false;
    *out = (SignRequest){ .size = head.size, .root = head.root };
    if (last->size == 0 || last->size >= head.size) return true;
    TileSource *tiles = tile_source_open(db, arena, (uint64_t)head.size);
    return tree_prove_extension(&tiles->source, (uint64_t)last->size, (uint64_t)head.size, &out->proof, err);
}

static bool checkpoint_keep(Db *db, const StoredCheckpoint *checkpoint, Err *err)
{
    Query *q = query_open(db, STR("INSERT INTO ledger_checkpoint (size, note) VALUES ($1, $2) ON CONFLICT DO NOTHING"));
    query_bind_int(q, 1, checkpoint->size);
    query_bind_str(q, 2, checkpoint->note);
    return query_run(q, NULL, err);
}

bool ledger_checkpoint_make(Store *store, Arena *arena, Signer *signer, Err *err)
{
    Db *db;
    Checkpoint last;
    SignRequest request;
    StoredCheckpoint kept, made;
    if (!signer->last(signer, arena, &last, err) || !store_read(store, arena, &db, err)) return false;
    bool ready =
        request_make(db, arena, &last, &request, err) && ledger_checkpoint_last(db, arena, request.size, &kept, err);
    db_end(db);
    if (!ready) return false;
    bool is_kept = kept.note.len > 0 && kept.size == request.size;
    if (is_kept && last.size == request.size) return true;

    made.size = request.size;
    if (!signer->sign(signer, arena, &request, &made.note, err) || !store_write(store, arena, &db, err)) return false;
    bool done = checkpoint_keep(db, &made, err) && db_commit(db, err);
    db_end(db);
    return done;
}

bool ledger_prove(Db *db, Arena *arena, int64_t number, TlogProof *out, Err *err)
{
    StoredCheckpoint checkpoint;
    *out = (TlogProof){ .index = number };
    if (!ledger_checkpoint_last(db, arena, INT64_MAX, &checkpoint, err)) return false;
    if (number < 0 || number >= checkpoint.size)
        return err_set(err, ERR_MISSING, 0, .what = STR("event is not covered by a checkpoint yet"));
    out->checkpoint   = checkpoint.note;
    TileSource *tiles = tile_source_open(db, arena, (uint64_t)checkpoint.size);
    return tree_prove_inclusion(&tiles->source, (uint64_t)number, (uint64_t)checkpoint.size, &out->path, err);
}
