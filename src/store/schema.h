/* SPDX-License-Identifier: Apache-2.0
 * store/schema.h: tables as data, made and upgraded on both engines.
 *
 * schema_apply brings the database to what `schema` declares: missing tables, columns and indexes are made, guard
 * triggers are made anew. It never drops or narrows anything: a column that the declaration no longer names stays and
 * is left alone. It runs in one write transaction and remembers the digest of what it applied, so that the next start
 * costs one query. A database that was written by a newer program (unknown digest with a higher `version`) is refused.
 */
#pragma once

#include "store/store.h"

typedef enum { COLUMN_INT, COLUMN_TEXT, COLUMN_BYTES } ColumnKind;

typedef struct {
    Str name; /* [a-z][a-z0-9_]*, at most 48 bytes: checked */
    ColumnKind kind;
    bool not_null; /* INT and TEXT get the default 0 and '' when the column is added to a table that has rows */
} Column;

typedef struct {
    Str name;
    Str columns[4]; /* in order; unused ones are empty; one that begins with "(" is an expression, constant SQL */
    bool unique;
    Str where; /* partial index condition, constant SQL; empty: all rows */
} Index;

typedef enum {
    GUARD_NONE,
    GUARD_EVENT,  /* no INSERT or UPDATE unless column last_event names a ledger event written in this transaction; no
                     DELETE */
    GUARD_APPEND, /* rows are written once: no UPDATE, no DELETE */
    GUARD_LEDGER  /* as GUARD_APPEND, and the key column must be the next number: no gap */
} TableGuard;

typedef struct {
    Str name;
    const Column *columns; /* the first is the primary key, unless `key` names several */
    size_t columns_len;
    Str key[3]; /* composite primary key; empty: the first column */
    const Index *indexes;
    size_t indexes_len;
    TableGuard guard;
} Table;

typedef struct {
    int version; /* of the program's schema, only ever raised */
    const Table *const *tables;
    size_t tables_len;
} Schema;

MUST_USE bool schema_apply(Store *store, const Schema *schema, Err *err);
/* The digest of tables, columns, indexes and triggers as the database itself reports them: verify compares it with the
 * one that the ledger recorded. 64 hex digits. */
MUST_USE bool schema_digest(Db *db, Arena *arena, Str *out, Err *err);
