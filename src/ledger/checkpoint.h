/* SPDX-License-Identifier: Apache-2.0
 * ledger/checkpoint.h: the head of a ledger as a signed note (c2sp.org/tlog-checkpoint v1.0.0): origin, size and root,
 * one a line. Ours carry no extension lines; foreign ones may and they are kept out of the Checkpoint. */
#pragma once

#include "ledger/note.h"

typedef struct {
    Str origin; /* name of the ledger: "plumbline/ledger/01K…" */
    int64_t size;
    Hash root;
} Checkpoint;

/* The text that is signed. */
Str checkpoint_text(Arena *arena, const Checkpoint *checkpoint);
/* ERR_FORMAT: the text is none, a size that is not plain decimal, a root that is not 32 bytes, an empty tree with
 * another root than tree_empty. Slices point into `text`. */
MUST_USE bool checkpoint_read(Str text, Arena *arena, Checkpoint *out, Err *err);
/* A whole note: read, checked by note_verify, and signed by the ledger itself, that is by a key of type NOTE_ED25519 in
 * `keys` whose name is the origin. */
MUST_USE bool checkpoint_open(Str note, const NoteKeys *keys, Arena *arena, Checkpoint *out, Err *err);
