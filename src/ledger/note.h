/* SPDX-License-Identifier: Apache-2.0
 * ledger/note.h: signed notes (c2sp.org/signed-note v1.0.0): a text, a blank line, signature lines. Ed25519 of RFC
 * 8032, plain (type 0x01) and as a witness's cosignature with a time (type 0x04, c2sp.org/tlog-cosignature).
 *
 * Reading is strict, so that a note has one form: valid UTF-8, no control byte but the line feed, canonical base64,
 * exact lengths, nothing behind the last line. Slices in a Note point into the bytes it was read from. */
#pragma once

#include "base/err.h"
#include "base/hash.h"
#include "base/world.h"

enum {
    NOTE_BYTES_MAX      = 1 << 20,
    NOTE_SIGNATURES_MAX = 64, /* lines of one note */
    NOTE_KEYS_MAX       = 64, /* keys that one check may trust */
    NOTE_NAME_MAX       = 255,
    NOTE_KEY_BYTES      = 32,
    NOTE_SIGNATURE      = 64
};

typedef enum { NOTE_ED25519 = 0x01, NOTE_COSIGNATURE = 0x04 } NoteKeyType;

/* Who may sign: "name+hash+base64(type ‖ public key)". */
typedef struct {
    Str name;
    uint32_t id; /* first 4 bytes of SHA-256(name ‖ LF ‖ type ‖ public key), big-endian */
    NoteKeyType type;
    uint8_t key[NOTE_KEY_BYTES];
} NoteVerifier;

/* The keys that a check trusts, at most NOTE_KEYS_MAX. */
typedef struct {
    NoteVerifier *at;
    size_t len, cap;
} NoteKeys;

MUST_USE bool note_verifier_read(Str vkey, Arena *arena, NoteVerifier *out, Err *err);
Str note_verifier_write(Arena *arena, const NoteVerifier *verifier);

/* Who signs (type 0x01): "PRIVATE+KEY+name+hash+base64(type ‖ seed)". Wipe it with secret_wipe after use. */
typedef struct {
    NoteVerifier verifier;
    uint8_t seed[NOTE_KEY_BYTES];
} NoteSigner;

/* A new key; `name` without blanks and '+', 1 to NOTE_NAME_MAX bytes. */
MUST_USE bool note_signer_make(World *world, Str name, NoteSigner *out, Err *err);
MUST_USE bool note_signer_read(Str skey, Arena *arena, NoteSigner *out, Err *err);
Str note_signer_write(Arena *arena, const NoteSigner *signer);

typedef struct {
    Str name;
    uint32_t id;
    Str bytes; /* behind the key id */
} NoteSignature;

typedef struct {
    Str text; /* with its final line feed */
    NoteSignature *at;
    size_t len, cap;
} Note;

/* ERR_FORMAT when `bytes` is no note. Says nothing about who signed. */
MUST_USE bool note_read(Str bytes, Arena *arena, Note *out, Err *err);
/* `text` (ending in a line feed) and the signature line of `signer`: a whole note. */
MUST_USE bool note_sign(Str text, const NoteSigner *signer, Arena *arena, Str *note, Err *err);

/* Bit i says that keys->at[i] signed. */
typedef uint64_t NoteSigned;
/* Checks every line that a key of `keys` claims; lines of others count for nothing. ERR_TAMPERED when one of them is
 * false or none is there. */
MUST_USE bool note_verify(const Note *note, const NoteKeys *keys, Arena *arena, NoteSigned *out, Err *err);

/* Ed25519 alone: verdicts are those of OpenSSL 3.0 (no non-canonical R, no cofactor). */
MUST_USE bool ed25519_verify(const uint8_t key[NOTE_KEY_BYTES], Str message, Str signature);
