/* SPDX-License-Identifier: Apache-2.0
 * ledger/verify.h: is the record what was recorded? Stored bytes → leaf hashes → tiles → root → head → signed
 * checkpoints → the signer's memory; payloads against their commitments; dossiers without gap; erasures by name; and
 * the replay: each table row must be the after-image of its entity's last event, and each after-image must have its
 * row.
 *
 * What differs is a value, not an Err: a VerifyReport with up to VERIFY_FAILURES_MAX failures. An Err means that it
 * could not look. Full verification reads everything once, in chunks of 256 events; it keeps 40 bytes per entity. */
#pragma once

#include "ledger/history.h"
#include "ledger/ledger_checkpoint.h"

/* Exit codes of the commands that verify. */
typedef enum {
    VERIFY_WHOLE      = 0,
    VERIFY_TAMPERED   = 1,
    VERIFY_INCOMPLETE = 2, /* whole, but payloads were erased: what they said cannot be checked */
    VERIFY_UNABLE     = 3  /* usage, or an Err */
} VerifyExit;

typedef enum {
    FOUND_EVENT_MISSING,    /* a number has no event */
    FOUND_EVENT_EXTRA,      /* an event lies beyond the head */
    FOUND_EVENT_CHANGED,    /* an envelope is not what was hashed, or is none */
    FOUND_LEAF_CHANGED,     /* the leaf hash kept beside an envelope is not its hash */
    FOUND_COPY_CHANGED,     /* an index copy (entity, kind, dossier, actor, time) differs from its envelope */
    FOUND_TILE_CHANGED,     /* a stored tile is missing or is not the hashes of its events */
    FOUND_STATE_CHANGED,    /* size, frontier, root or time of the head are not those of the events */
    FOUND_CHECKPOINT_FALSE, /* a stored checkpoint has a false signature or another root */
    FOUND_SIGNER_DISAGREES, /* the signer remembers a head that this ledger does not have */
    FOUND_ANCHOR_DISAGREES, /* a checkpoint from outside does not belong to this ledger */
    FOUND_PAYLOAD_MISSING,  /* a payload is gone and no erasure names it */
    FOUND_PAYLOAD_CHANGED,  /* a payload or its salt does not fit its commitment */
    FOUND_PAYLOAD_EXTRA,    /* a payload that no envelope commits to */
    FOUND_ERASURE_UNKNOWN,  /* a payload is said to be erased by an event that does not name it */
    FOUND_DOSSIER_BROKEN,   /* a dossier's counter or back-link does not continue from its event before */
    FOUND_SCHEMA_CHANGED,   /* tables, indexes or guards are not those that were recorded */
    FOUND_ROW_CHANGED,      /* a row differs from the after-image of its entity's last event */
    FOUND_ROW_MISSING,      /* an after-image has no row */
    FOUND_ROW_EXTRA,        /* a row has no event, or its last event says that it is gone */
    FOUND_KINDS
} VerifyFound;

/* "row changed": a short English name for people and JSON. */
const char *verify_found_name(VerifyFound found);

enum { VERIFY_FAILURES_MAX = 100 };

typedef struct {
    VerifyFound found;
    int64_t number; /* of the event concerned (size for a checkpoint); -1: none */
    Str entity;     /* empty: none */
    Str detail;     /* a sentence */
} VerifyFailure;

typedef struct {
    int64_t from, size; /* events [from, size) were checked */
    Hash root;          /* of the events as they are */
    int64_t erased;     /* payloads that were erased by the book */
    size_t failures;    /* found; at most VERIFY_FAILURES_MAX are listed */
    VerifyFailure *at;
    size_t len, cap;
    StoredCheckpoint good; /* the last checkpoint before the first failure: up to there all is well; size 0: none */
} VerifyReport;

/* What reads the tables for the replay. */
typedef struct VerifyRows VerifyRows;
typedef struct VerifySink VerifySink;
struct VerifyRows {
    /* Calls verify_row for every row of every ledgered table. */
    bool (*all)(VerifyRows *rows, Db *db, Arena *arena, VerifySink *sink, Err *err);
    /* Calls verify_row for the row of `entity`, or not at all when there is none. */
    bool (*one)(VerifyRows *rows, Db *db, Arena *arena, Str entity, VerifySink *sink, Err *err);
};
/* `after` is the SHA-256 of the row's canonical after-image, the bytes that stand behind "after": in its payload. */
void verify_row(VerifySink *sink, Str entity, const Hash *after);

typedef enum {
    VERIFY_QUICK, /* events since the last checkpoint, and the rows that they touched: at start and each hour */
    VERIFY_FULL
} VerifyDepth;

typedef struct {
    VerifyDepth depth;
    Signer *signer;            /* NULL: its memory is not compared */
    VerifyRows *rows;          /* NULL: no replay */
    const Checkpoint *against; /* a head from outside that this ledger must contain; NULL: none */
} VerifyOptions;

/* Checks the snapshot `db`. */
MUST_USE bool verify_run(Db *db, Arena *arena, const VerifyOptions *options, VerifyReport *out, Err *err);
/* Checks only that this ledger extends the head in `note`, a signed checkpoint found in a report, a mail or a backup:
 * a few hashes, whatever the size. ERR_FORMAT, ERR_TAMPERED: `note` is no checkpoint, or not of this ledger's keys. */
MUST_USE bool verify_against(Db *db, Arena *arena, Str note, VerifyReport *out, Err *err);
VerifyExit verify_exit(const VerifyReport *report);

/* Records the digest of the schema as the database reports it now, as event "system.migrated", unless the last one says
 * the same; part of opening a store for writing. */
MUST_USE bool ledger_note_schema(Ledger *ledger, Err *err);
