/* SPDX-License-Identifier: Apache-2.0
 * store/search.h: full-text search with the same answers on both engines (SQLite FTS5; PostgreSQL tsvector, 'simple').
 * Words are folded by str_fold before they reach the engine; the last word of a query matches as a prefix. */
#pragma once

#include "store/store.h"

typedef struct {
    int64_t id;
    Str kind; /* what search_put was given, e.g. the record type */
} SearchHit;

typedef struct {
    SearchHit *at;
    size_t len, cap;
} SearchHits;

/* Makes the index's own tables; part of opening a store. */
MUST_USE bool search_prepare(Store *store, Err *err);
/* Replaces what is known of `id`. Title words weigh more than body words. */
MUST_USE bool search_put(Db *db, Arena *arena, Str kind, int64_t id, Str title, Str body, Err *err);
/* Best first, at most `limit`; an empty `kind` searches all. Words that fold to nothing find nothing. */
MUST_USE bool search_find(Db *db, Arena *arena, Str words, Str kind, size_t limit, SearchHits *hits, Err *err);
