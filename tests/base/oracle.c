/* SPDX-License-Identifier: Apache-2.0
 * Tables of expected values for tests. */
#include "oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/csv.h"
#include "base/file.h"

Str oracle_text(Arena *arena, const char *path)
{
    Err err = { 0 };
    Str text;

    if (!file_read(arena, str_from_c(path), 64 << 20, &text, &err)) fail_msg("%s: %s", path, err.what);
    return text;
}

Oracle oracle_open(const char *path, size_t columns)
{
    Oracle oracle = { .arena = arena_open(256 << 20) };
    CsvReader reader;
    Err err = { 0 };
    StrList row;
    bool more;

    if (!csv_open(oracle_text(oracle.arena, path), &reader, &err)) fail_msg("%s: %s", path, err.detail);
    while (csv_next(&reader, oracle.arena, &row, &more, &err) && more) {
        if (row.len != columns) fail_msg("%s: line %zu has %zu cells", path, reader.line, row.len);
        *list_push(oracle.arena, &oracle.rows) = row;
    }
    if (err.code != ERR_NONE) fail_msg("%s: %s", path, err.detail);
    assert_true(oracle.rows.len > 1);
    oracle.rows.at++;
    oracle.rows.len--;
    oracle.rows.cap--;
    return oracle;
}

void oracle_close(Oracle *oracle)
{
    arena_close(oracle->arena);
    *oracle = (Oracle){ 0 };
}

int64_t oracle_int(Str cell)
{
    int64_t number = 0;

    if (!str_to_i64(cell, INT64_MIN, INT64_MAX, &number)) fail_msg("\"%.*s\" is no number", STR_ARG(cell));
    return number;
}
