/* SPDX-License-Identifier: Apache-2.0
 * ledger/signer.h: who signs checkpoints. A signer remembers the last head that it signed and signs nothing that does
 * not extend it: whoever takes over the rest of the program, or the database, gets no signature for a rewritten record.
 *
 * Signer is an interface, so that the key can live in this process, in another one or in a device. The one here keeps
 * two files in a folder of its own: signer.key    the private key (note.h) and a line feed; mode 0600, refused when
 * anybody else may read it signer.state  the last checkpoint that it signed, as a signed note; replaced and synced
 * before a signature is given */
#pragma once

#include "ledger/checkpoint.h"
#include "ledger/tree.h"

typedef struct {
    int64_t size;
    Hash root;
    Proof
        proof; /* that the tree of `size` extends the last one signed; empty when that was of size 0 or of this size */
} SignRequest;

typedef struct Signer Signer;
struct Signer {
    NoteVerifier verifier; /* its name is the ledger's origin */
    /* The last head signed; size 0 before the first. */
    bool (*last)(Signer *signer, Arena *arena, Checkpoint *out, Err *err);
    /* The signed checkpoint; ERR_TAMPERED when it would not extend the last one. */
    bool (*sign)(Signer *signer, Arena *arena, const SignRequest *request, Str *note, Err *err);
    void (*close)(Signer *signer);
};

/* A new origin, "plumbline/ledger/" and 26 random characters: one for each ledger that ever begins. */
Str signer_origin(World *world, Arena *arena);
/* Makes key and state in `folder` (which exists). ERR_UNIQUE when there is a key already. */
MUST_USE bool signer_make(World *world, Arena *arena, Str folder, Str origin, Err *err);
/* The signer of `folder`, until signer->close or the arena's reset. ERR_PERMISSION: the key's mode is wider than 0600;
 * ERR_MISSING: no key or no state; ERR_TAMPERED: the state is not what this key signed. */
MUST_USE Signer *signer_open(World *world, Arena *arena, Str folder, Err *err);
