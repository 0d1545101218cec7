/* SPDX-License-Identifier: Apache-2.0
 * ledger/history.h: reading the record: one event, those of an entity or a dossier, all since a number, and what an
 * entity was at an instant. Everything read lives in the arena given. */
#pragma once

#include "ledger/event.h"

typedef struct {
    Envelope envelope; /* its files are commitments; `files` below are what they stand for */
    Str body;          /* the envelope's bytes, the leaf of the tree */
    Str payload;       /* canonical JSON; empty: none, or erased */
    Str personal;      /* likewise */
    Str after; /* bytes of the after-image in `payload`, else in `personal`; "null": about no row; empty: erased */
    int64_t erased_by; /* number of the event that erased a payload of this one; 0: none (number 0 erases nothing) */
    Hash *files;       /* content hashes; one that was erased is all zeros */
    size_t files_len;
} HistoryEvent;

typedef struct {
    HistoryEvent *at;
    size_t len, cap;
} HistoryEvents;

enum { HISTORY_MAX = 500 }; /* events a call gives at most */

/* ERR_MISSING when there is no such event. */
MUST_USE bool history_event(Db *db, Arena *arena, int64_t number, HistoryEvent *out, Err *err);

typedef struct {
    Str name;       /* entity or dossier */
    int64_t before; /* only events with a lower number; 0: from the newest on */
    size_t limit;   /* 1 to HISTORY_MAX */
} HistoryPage;
/* Newest first. Uses ledger_event_by_entity, ledger_event_by_dossier. */
MUST_USE bool history_of_entity(Db *db, Arena *arena, HistoryPage page, HistoryEvents *out, Err *err);
MUST_USE bool history_of_dossier(Db *db, Arena *arena, HistoryPage page, HistoryEvents *out, Err *err);

/* Events from number `from` on, oldest first, at most `limit`: what feeds and jobs follow. */
MUST_USE bool history_since(Db *db, Arena *arena, int64_t from, size_t limit, HistoryEvents *out, Err *err);

typedef struct {
    Str entity;
    Time at;
} HistoryInstant;
/* The last event of an entity at or before an instant, or none: its `after` is what the entity was then. */
MUST_USE bool history_as_of(Db *db, Arena *arena, HistoryInstant instant, HistoryEvents *out, Err *err);

typedef struct {
    Str kind;     /* of the entities: "nonconformity" */
    Time at;      /* the instant */
    Str after;    /* name of the entity to go on behind; empty: from the start */
    size_t limit; /* entities, 1 to HISTORY_MAX */
} HistoryKindPage;
/* The last event at or before an instant of each entity of a kind: what all of them were then. A page is a run of
 * entities in the order of their names (by bytes), its events are in the order of their numbers; the page behind it
 * begins after the greatest name in it. Uses ledger_event_by_entity. */
MUST_USE bool history_of_kind_as_of(Db *db, Arena *arena, HistoryKindPage page, HistoryEvents *out, Err *err);
