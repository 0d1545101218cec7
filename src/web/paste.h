/* SPDX-License-Identifier: Apache-2.0
 * web/paste.h: a table that somebody pasted, from a sheet (tabs), as CSV (commas) or with semicolons. Which column is
 * which is guessed from a row of heads, else from what stands in the first row; the reader sees the guess before
 * anything is written. Pure: no store. */
#pragma once

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { PASTE_ROWS_MAX = 500, PASTE_COLUMNS_MAX = 8 };

typedef struct {
    const char *words; /* heads that name it, small, '|' between: "mail|e-mail" */
    bool is_mail;      /* without heads: the first column that holds an '@' */
} PasteColumn;

typedef struct {
    Str cells[PASTE_COLUMNS_MAX]; /* along the columns asked for; trimmed, empty where there is none */
    int64_t line;                 /* in the text, from 1 */
} PasteRow;

typedef struct {
    PasteRow *at;
    size_t len, cap;
    StrList left_out; /* heads that name no column */
    bool is_too_long; /* more than PASTE_ROWS_MAX rows: none of them are there */
} Pasted;

/* At most PASTE_COLUMNS_MAX columns. Fails (ERR_FORMAT, with the line) on CSV that is none. */
MUST_USE bool paste_read(Arena *arena, Str text, const PasteColumn *columns, size_t columns_len, Pasted *out, Err *err);
