/* SPDX-License-Identifier: Apache-2.0
 * ledger/ledger.h: the record that only grows. Every change is one event: an envelope without personal data that is a leaf
 * of an RFC 6962 Merkle tree, and a payload bound to it by a salted commitment. ledger_append is called inside the
 * transaction of the change; ledger_seal, once and last in it, moves the head. docs/formats/ledger.md has every byte.
 *
 * Knows entities by name ("nonconformity/1042") and people by pseudonym ("u_17"), never what an event means. */
#pragma once

#include "base/hash.h"
#include "store/schema.h"
#include "store/store.h"

extern const Table *const ledger_tables[];
extern const size_t ledger_tables_len;

typedef struct {
    Str actor;      /* pseudonym "u_17"; "system" for the program itself */
    Str kind;       /* "nonconformity.verify" */
    Str entity;     /* "nonconformity/1042" */
    int64_t revision; /* of the entity after the change, from 1 */
    Str dossier;    /* entity whose events are counted together ("audit/88"); empty: none */
    Str payload;    /* canonical JSON {"after":{…},"why":"…"} */
    bool personal;  /* the payload goes into the personal slot, erasable by itself */
    const Hash *files; /* content hashes of the files it names */
    size_t files_len;
    Str idempotency_key; /* empty: none */
} LedgerEvent;

/* Number of the event in this organisation, from 0; the next one is ledger_size. */
MUST_USE bool ledger_append(Db *db, Arena *arena, World *world, Time now, const LedgerEvent *event, int64_t *number, Err *err);
/* Moves the head over all events appended in this transaction; must be the last statement before db_commit. */
MUST_USE bool ledger_seal(Db *db, Arena *arena, Err *err);

typedef struct {
    int64_t size; /* events */
    Hash root;
} LedgerHead;
MUST_USE bool ledger_head(Db *db, Arena *arena, LedgerHead *out, Err *err);
