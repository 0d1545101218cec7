/* SPDX-License-Identifier: Apache-2.0
 * cli/text.h: text for a terminal or a pipe: how wide it is, lines that fit, tables. Bold is the only ornament; it
 * never says anything that words do not. */
#pragma once

#include "base/buf.h"

typedef struct {
    size_t width; /* of a line, in places; 0: no limit (a pipe) */
    bool bold;    /* the terminal shows it */
} TextStyle;

/* Of standard output: its columns when it is a terminal; bold unless NO_COLOR or TERM=dumb. */
TextStyle text_style(void);

/* Places that a terminal gives to valid UTF-8 without control characters: wide signs take two, marks none. */
size_t text_width(Str text);
/* At most `width` places; what is cut ends in "…". */
Str text_cut(Arena *arena, Str text, size_t width);
void text_bold(Buf *out, TextStyle style, Str text);
/* The text broken at blanks into lines of at most `width` places (0: as it is), each behind `indent` blanks, the first
 * one without. Its own line ends stay. */
void text_wrap(Buf *out, Arena *arena, Str text, size_t indent, size_t width);

/* Cells row by row; the first row are the heads. */
typedef struct {
    size_t columns;
    StrList cells;
} TextTable;
void text_table(Buf *out, Arena *arena, TextStyle style, const TextTable *table);
