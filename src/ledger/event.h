/* SPDX-License-Identifier: Apache-2.0
 * ledger/event.h: the envelope of an event, version 1: the bytes that are a leaf of the tree. Canonical JSON with all
 * members always there, in this order, no blanks, no escapes:
 *
 *   {"a":"u_17","an":14,"ap":"<hash>","au":"audit/88","ent":"nonconformity/1042","ev":["<hash>"],"k":"nonconformity.verify",
 *    "pc":"<hash>","pp":null,"q":"<key>","rev":3,"s":1041,"t":"2026-11-24T00:00:00.123456Z","v":1}
 *
 * One envelope has one form: what event_read accepts, event_write writes again byte for byte. Pure: no store, no clock.
 */
#pragma once

#include "base/hash.h"
#include "base/time.h"
#include "ledger/ledger.h"

enum { SALT_BYTES = 32, EVENT_TIME_BYTES = 27 };

/* Where the payloads of an event are stored. Each file it names has a slot of its own from SLOT_FILES on, which holds
 * the file's content hash. */
typedef enum { SLOT_PAYLOAD = 0, SLOT_PERSONAL = 1, SLOT_FILES = 2 } Slot;

/* What binds a payload to its envelope: SHA-256(salt ‖ data). 32 random bytes of salt hide the data. */
Hash event_commitment(Str salt, Str data);

typedef struct {
    bool is_there;
    Hash hash;
} MaybeHash;

typedef struct {
    int64_t number;             /* s: index of the leaf */
    Time time;                  /* t */
    Str actor;                  /* a */
    Str kind;                   /* k */
    Str entity;                 /* ent */
    int64_t revision;           /* rev */
    Str dossier;                /* au: null when empty */
    int64_t dossier_number;     /* an: from 1; null (0 here) without a dossier */
    MaybeHash dossier_previous; /* ap: leaf hash of the dossier's event before; null for its first */
    MaybeHash payload;          /* pc: commitment */
    MaybeHash personal;         /* pp */
    Hash *files;                /* ev: commitments to the files' content hashes */
    size_t files_len;
    Str idempotency_key; /* q: null when empty */
} Envelope;

/* ERR_FORMAT names the first field that breaks the rules of ledger.h. */
MUST_USE bool event_check(const Envelope *envelope, Err *err);
/* An envelope that event_check accepts. ERR_LIMIT beyond LEDGER_ENVELOPE_MAX bytes. */
MUST_USE bool event_write(const Envelope *envelope, Arena *arena, Str *body, Err *err);
/* ERR_FORMAT unless `body` is the one form of an envelope. Slices point into `body`. */
MUST_USE bool event_read(Str body, Arena *arena, Envelope *out, Err *err);
