/* SPDX-License-Identifier: Apache-2.0
 * ledger/ledger.h: the record that only grows. Every change is one event: an envelope without personal data that is a
 * leaf of an RFC 6962 Merkle tree, and payloads bound to it by salted commitments. docs/formats/ledger.md has every
 * byte.
 *
 * A write transaction appends through a Ledger:
 *
 *     Ledger *ledger = ledger_begin(db, arena, world, call->now, err);
 *     if (!ledger) return false;
 *     if (!ledger_append(ledger, &event, &number, err)) return false;      once per changed row, before the row is
 * written if (!ledger_seal(ledger, err)) return false;                         once, the last statement before
 * db_commit
 *
 * It keeps the head and the open dossiers of this transaction in the arena and nothing beyond it.
 * Knows entities by name ("nonconformity/1042") and people by pseudonym ("u_17"), never what an event means. */
#pragma once

#include "base/hash.h"
#include "store/schema.h"
#include "store/store.h"

extern const Table *const ledger_tables[];
extern const size_t ledger_tables_len;

enum {
    LEDGER_NAME_MAX     = 120, /* bytes of actor, kind, entity, dossier: [a-z0-9_.-], entity and dossier with one '/' */
    LEDGER_KEY_MAX      = 128, /* bytes of an idempotency key: printable ASCII without '"' and '\' */
    LEDGER_FILES_MAX    = 500, /* files an event may name */
    LEDGER_PAYLOAD_MAX  = 1 << 20, /* bytes of one payload */
    LEDGER_ENVELOPE_MAX = 65535    /* bytes of an envelope (a limit of c2sp.org/tlog-tiles) */
};

typedef struct {
    Str actor;        /* pseudonym "u_17"; "system" for the program itself */
    Str kind;         /* "nonconformity.verify" */
    Str entity;       /* "nonconformity/1042" */
    int64_t revision; /* of the entity after the change, from 1; 0 for an event about no row */
    Str dossier;      /* entity whose events are counted together ("audit/88"); empty: none */
    Str payload;  /* canonical JSON {"after":{…full row…},"why":"…"}; "after":null when it stands for no row */
    Str personal; /* the same in the slot that is erased by itself; an event has either or both, and the
                   * after-image is that of `payload` when both are there */
    const Hash *files; /* content hashes of the files it names */
    size_t files_len;
    Str idempotency_key; /* empty: none */
} LedgerEvent;

typedef struct Ledger Ledger;

/* Makes the head of an empty ledger when there is none; part of making an organisation, after schema_apply. */
MUST_USE bool ledger_prepare(Db *db, Arena *arena, Err *err);

/* Reads the head inside the write transaction `db`. `now` becomes the time of every event; it is the request's clock.
 * NULL on failure. The Ledger lives until the arena is reset. */
MUST_USE Ledger *ledger_begin(Db *db, Arena *arena, World *world, Time now, Err *err);
/* Writes the event and its payloads. *number is its index in this organisation, from 0. ERR_FORMAT: a name or payload
 * that breaks the format, ERR_LIMIT: one that is too large; nothing is written then. When `now` lies more than five
 * seconds before the last event, an event "system.clock-anomaly" goes first. */
MUST_USE bool ledger_append(Ledger *ledger, const LedgerEvent *event, int64_t *number, Err *err);
/* Moves the head over all events appended; without any it does nothing. ERR_CONFLICT: another writer was faster, roll
 * back and repeat the whole transaction. */
MUST_USE bool ledger_seal(Ledger *ledger, Err *err);

/* What it was begun with. */
Db *ledger_db(const Ledger *ledger);
Arena *ledger_arena(const Ledger *ledger);

typedef struct {
    int64_t size; /* events */
    Hash root;
} LedgerHead;
MUST_USE bool ledger_head(Db *db, Arena *arena, LedgerHead *out, Err *err);
