/* SPDX-License-Identifier: Apache-2.0
 * Tables and indexes as DDL. Columns that must have a value get the empty one as default from the start, so that a
 * table made today and one that was upgraded to it are the same to the database. */
#include "store/schema_sql.h"

static const struct {
    const char *make;    /* in DDL */
    const char *reports; /* in the catalogue */
    const char *empty;
} types[][3] = {
    [ENGINE_SQLITE] = {
        [COLUMN_INT] = { "INTEGER", "INTEGER", "0" },
        [COLUMN_TEXT] = { "TEXT", "TEXT", "''" },
        [COLUMN_BYTES] = { "BLOB", "BLOB", "X''" },
    },
    [ENGINE_POSTGRES] = {
        [COLUMN_INT] = { "BIGINT", "bigint", "0" },
        [COLUMN_TEXT] = { "TEXT COLLATE \"C\"", "text", "''" },
        [COLUMN_BYTES] = { "BYTEA", "bytea", "''" },
    },
};

Str schema_sql_type(Engine engine, ColumnKind kind)
{
    return str_from_c(types[engine][kind].reports);
}

static bool is_key(const Table *table, const Column *column)
{
    if (str_is_empty(table->key[0])) return column == table->columns;
    for (size_t i = 0; i < countof(table->key); i++)
        if (str_eq(table->key[i], column->name)) return true;
    return false;
}

static void add_names(Buf *out, const Str *names, size_t count)
{
    for (size_t i = 0; i < count && !str_is_empty(names[i]); i++)
        buf_fmt(out, names[i].ptr[0] == '(' ? "%s%.*s" : "%s\"%.*s\"", i ? ", " : "", STR_ARG(names[i]));
}

static void add_column(Buf *out, Engine engine, const Table *table, const Column *column)
{
    bool key = is_key(table, column);
    buf_fmt(out, "\"%.*s\" %s", STR_ARG(column->name), types[engine][column->kind].make);
    if (key || column->not_null) buf_add_c(out, " NOT NULL");
    if (!key && column->not_null) buf_fmt(out, " DEFAULT %s", types[engine][column->kind].empty);
}

void schema_sql_table(Buf *out, Engine engine, const Table *table)
{
    buf_fmt(out, "CREATE TABLE \"%.*s\" (", STR_ARG(table->name));
    for (size_t i = 0; i < table->columns_len; i++) {
        add_column(out, engine, table, &table->columns[i]);
        buf_add_c(out, ", ");
    }
    buf_add_c(out, "PRIMARY KEY (");
    if (str_is_empty(table->key[0]))
        add_names(out, &table->columns[0].name, 1);
    else
        add_names(out, table->key, countof(table->key));
    buf_fmt(out, "))%s;\n", engine == ENGINE_SQLITE ? " STRICT" : "");
}

void schema_sql_add_column(Buf *out, Engine engine, const Table *table, const Column *column)
{
    buf_fmt(out, "ALTER TABLE \"%.*s\" ADD COLUMN ", STR_ARG(table->name));
    add_column(out, engine, table, column);
    buf_add_c(out, ";\n");
}

void schema_sql_index(Buf *out, const Table *table, const Index *index)
{
    buf_fmt(out, "CREATE %sINDEX \"%.*s\" ON \"%.*s\" (", index->unique ? "UNIQUE " : "", STR_ARG(index->name),
            STR_ARG(table->name));
    add_names(out, index->columns, countof(index->columns));
    buf_add_c(out, ")");
    if (!str_is_empty(index->where)) buf_fmt(out, " WHERE %.*s", STR_ARG(index->where));
    buf_add_c(out, ";\n");
}
