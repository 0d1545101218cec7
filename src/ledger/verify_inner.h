/* SPDX-License-Identifier: Apache-2.0
 * ledger/verify_inner.h: what the parts of verification share: the check in progress and its map of names. For
 * verify*.c only. */
#pragma once

#include "ledger/erasure.h"
#include "ledger/tiles.h"
#include "ledger/verify.h"

/* An open-addressing map from a name (entity, dossier) to the last thing known of it; 40 bytes an entry, names and
 * hashes as the first 16 bytes of a SHA-256. */
enum { SEEN_BYTES = 16 };

typedef enum {
    SEEN_KNOWN,   /* hash is that of the after-image */
    SEEN_ABSENT,  /* the last event says that there is no row */
    SEEN_UNKNOWN, /* the after-image was erased or damaged */
    SEEN_MATCHED  /* a row was found for it */
} SeenState;

typedef struct {
    uint8_t key[SEEN_BYTES];
    uint8_t hash[SEEN_BYTES];
    uint64_t number : 62; /* last event; counter of a dossier */
    uint64_t state : 2;   /* SeenState */
} Seen;

typedef struct {
    Seen *at; /* an entry with an all-zero key is free */
    size_t len, cap;
} SeenMap;

typedef struct {
    uint8_t bytes[SEEN_BYTES];
} SeenKey;

SeenKey seen_key(Str name);
/* The entry of `key`, or NULL. */
Seen *seen_find(const SeenMap *map, SeenKey key);
/* The entry of `key`, made when there is none (*is_new). Others may move. */
Seen *seen_open(SeenMap *map, Arena *arena, SeenKey key, bool *is_new);

/* A head that the ledger must have had. */
typedef struct {
    bool is_there;
    VerifyFound found; /* what to report when it had not */
    int64_t size;
    Hash root;
} Probe;

typedef struct {
    ErasedSlot slot;
    int64_t by;
} ErasureClaim;

/* Verification in progress. `bytes` is the tree of the envelopes as they are. `kept` is the tree of the hashes that are
 * kept beside them; it comes into being where the two first differ, and the head's root then says which was changed. */
typedef struct {
    Db *db;
    Arena *arena;   /* for what lasts to the end */
    Arena *scratch; /* for one chunk */
    const VerifyOptions *options;
    VerifyReport *report;
    NoteKeys keys;
    Frontier bytes, kept;
    bool is_split; /* bytes and kept differ */
    Probe probes[2];
    Tile rows[TILE_LEVELS]; /* hashes of the tiles being filled, per level; level 0 is the chunk itself */
    bool row_is_partial[TILE_LEVELS];
    Time last_time;
    SeenMap entities, dossiers;
    struct {
        ErasureClaim *at;
        size_t len, cap;
    } claims;
    int64_t payloads; /* rows seen that belong to an event */
} Check;

void check_found(Check *check, VerifyFound found, int64_t number, Str entity, Str detail);

/* Reads and checks the events [first, first + count), count at most TILE_WIDTH, first a multiple of it. */
MUST_USE bool check_chunk(Check *check, int64_t first, size_t count, Err *err);
/* The replay against the tables. */
MUST_USE bool check_rows(Check *check, Err *err);
