/* SPDX-License-Identifier: Apache-2.0
 * ledger/tlog_proof.h: a proof to give away (c2sp.org/tlog-proof@v1): the index of an entry, its Merkle path and a
 * signed checkpoint, in one text that anybody can check offline. Reading is strict as in note.h. */
#pragma once

#include "ledger/checkpoint.h"
#include "ledger/tree.h"

typedef struct {
    Str extra; /* opaque, vouched for by nobody; empty: no such line */
    int64_t index;
    Proof path;
    Str checkpoint;  /* the signed note */
    Checkpoint head; /* what it says; set by tlog_proof_check */
} TlogProof;

MUST_USE bool tlog_proof_read(Str bytes, Arena *arena, TlogProof *out, Err *err);
Str tlog_proof_write(Arena *arena, const TlogProof *proof);
/* True if a ledger of `keys` signed a head under which `entry` has the index of the proof. ERR_FORMAT: its checkpoint
 * is none, ERR_TAMPERED: the proof is false. */
MUST_USE bool tlog_proof_check(TlogProof *proof, Str entry, const NoteKeys *keys, Arena *arena, Err *err);
