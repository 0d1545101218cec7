/* SPDX-License-Identifier: Apache-2.0
 * ledger/ledger_checkpoint.h: the checkpoints and keys that the store keeps, and proofs of its events. */
#pragma once

#include "ledger/ledger.h"
#include "ledger/signer.h"
#include "ledger/tlog_proof.h"

/* Notes that checkpoints from the present size on are signed by `verifier`; its name is the ledger's origin. */
MUST_USE bool ledger_key_add(Db *db, Arena *arena, const NoteVerifier *verifier, Err *err);
/* All keys, first one first. */
MUST_USE bool ledger_keys(Db *db, Arena *arena, NoteKeys *out, Err *err);

/* Has the committed head signed and keeps the note; does nothing when the head is signed already. Takes its own
 * transactions, so call it outside one: a head that is rolled back must never be signed. One thread at a time. */
MUST_USE bool ledger_checkpoint_make(Store *store, Arena *arena, Signer *signer, Err *err);

typedef struct {
    int64_t size; /* 0: there is no checkpoint */
    Str note;
} StoredCheckpoint;
/* The last one of at most `size` events. */
MUST_USE bool ledger_checkpoint_last(Db *db, Arena *arena, int64_t size, StoredCheckpoint *out, Err *err);

/* A proof to give away that event `number` is in the record, against the last checkpoint. ERR_MISSING when no
 * checkpoint covers it yet. */
MUST_USE bool ledger_prove(Db *db, Arena *arena, int64_t number, TlogProof *out, Err *err);
