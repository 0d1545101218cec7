/* SPDX-License-Identifier: Apache-2.0
 * base/xlsx.h: the rows of a workbook's first sheet (Office Open XML, ISO/IEC 29500), one at a time, as the text that
 * stands in the file: a number as it was stored, a date as its serial number, a formula as its last value. Nothing is
 * calculated, no link is followed, no picture or macro is looked at.
 *
 * The file may come from anybody. Refused with a reason: archives that contradict themselves, are encrypted or unpack
 * to far more than they hold; documents with a DOCTYPE; rows and columns out of order or beyond the limits. Memory: the
 * workbook's table of texts, and one row. */
#pragma once

#include "base/err.h"

enum {
    XLSX_FILE_MAX    = 128 << 20,
    XLSX_ENTRIES_MAX = 2000,
    XLSX_TEXTS_MAX   = 256 << 20, /* bytes of the table of texts */
    XLSX_RATIO_MAX   = 200,       /* a part larger than XLSX_RATIO_FROM unpacks to at most so many times its size */
    XLSX_RATIO_FROM  = 16 << 20
};

typedef struct Xlsx Xlsx;

/* Does the file begin as a ZIP archive does? Leaves the place in the file at its start. */
bool xlsx_is(int file);
/* Reads the table of texts and finds the first sheet. The file stays the caller's and open until the arena is reset. */
MUST_USE bool xlsx_open(Arena *arena, int file, Xlsx **out, Err *err);
/* The next row that is not empty; *more is false at the end. Every row has at least as many cells as the first. The
 * cells are in `arena`. */
MUST_USE bool xlsx_next(Xlsx *xlsx, Arena *arena, StrList *row, bool *more, Err *err);
/* The number of the row last read, as the sheet shows it. */
size_t xlsx_row(const Xlsx *xlsx);
