/* SPDX-License-Identifier: Apache-2.0
 * base/csv.h: comma-separated values (RFC 4180) in and out, UTF-8 only.
 *
 * In: one row at a time, from memory or through a window over a file of any size; quotes, line ends LF, CRLF or CR; a
 * byte order mark is skipped. Limits: CSV_COLUMNS_MAX columns, CSV_CELL_MAX bytes a cell. Errors name the line. Out: a
 * cell that a spreadsheet would run as a formula (it begins with = + - @ or their full-width forms, behind blanks and
 * any number of ', or with tab or CR) gets a ' in front. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

enum { CSV_COLUMNS_MAX = 1000, CSV_CELL_MAX = 1 << 20, CSV_ROW_MAX = 4 << 20 };

typedef struct {
    Str rest;
    size_t line; /* of the row last read, from 1 */
    size_t next_line;
} CsvReader;

/* Refuses text that is not UTF-8 or holds NUL (ERR_FORMAT, with the line). */
MUST_USE bool csv_open(Str text, CsvReader *reader, Err *err);
/* The next row's cells in `row`; *more is false at the end. Blank lines are skipped. */
MUST_USE bool csv_next(CsvReader *reader, Arena *arena, StrList *row, bool *more, Err *err);

/* The same rows from an open file, which stays the caller's, with CSV_ROW_MAX bytes of `arena` whatever its size; that
 * is also how long a row may be. */
typedef struct {
    CsvReader reader; /* reader.line: of the row last read */
    int file;
    char *window;
    size_t held; /* bytes in the window; behind `ready` stands the beginning of a row */
    size_t ready;
    bool is_first, is_last;
} CsvFile;
MUST_USE bool csv_file_open(Arena *arena, int file, CsvFile *out, Err *err);
/* As csv_next; the cells are good until the next call. */
MUST_USE bool csv_file_next(CsvFile *csv, Arena *arena, StrList *row, bool *more, Err *err);

void csv_add_cell(Buf *out, Str cell, bool first_in_row);
void csv_end_row(Buf *out);
/* Takes off the ' that csv_add_cell put before a formula: what we wrote comes back as it was. */
Str csv_cell_value(Str cell);
