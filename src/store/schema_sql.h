/* SPDX-License-Identifier: Apache-2.0
 * store/schema_sql.h: the DDL of a declared table as text, for either engine; private to this room. Every statement
 * ends in ";\n". */
#pragma once

#include "base/buf.h"
#include "store/schema.h"

/* "INTEGER", "bigint" …: as the engine's own catalogue calls the type. */
Str schema_sql_type(Engine engine, ColumnKind kind);
void schema_sql_table(Buf *out, Engine engine, const Table *table);
void schema_sql_add_column(Buf *out, Engine engine, const Table *table, const Column *column);
void schema_sql_index(Buf *out, const Table *table, const Index *index);
/* What the guards of all tables share. */
void schema_sql_guards_begin(Buf *out, Engine engine);
/* Takes away the table's guards of an earlier version and makes those declared. */
void schema_sql_guard(Buf *out, Engine engine, const Table *table);
