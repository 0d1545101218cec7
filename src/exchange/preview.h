/* SPDX-License-Identifier: Apache-2.0
 * exchange/preview.h: what of a file can be shown in a page, from its first bytes. What a file is, its bytes say: the
 * name decides only between text, table and mail, and the type that came with it decides nothing. So HTML and SVG are
 * text, and what is sent to a browser as a picture begins as one.
 *
 * Everything is cut to the limits below; texts are whole UTF-8 in which control and direction characters are visible
 * (str_visible), ready to be escaped for a page. Pure: no store, no clock. */
#pragma once

#include "exchange/mail_message.h"

enum {
    PREVIEW_BYTES_MAX   = 1 << 20, /* of a file that are looked at */
    PREVIEW_LINES_MAX   = 1000,
    PREVIEW_LINE_MAX    = 1000, /* bytes of a line */
    PREVIEW_ROWS_MAX    = 200,  /* of a table, its head among them */
    PREVIEW_COLUMNS_MAX = 40,
    PREVIEW_CELL_MAX    = 300, /* bytes */
    PREVIEW_PIXELS_MAX  = 60000000
};

typedef enum { PREVIEW_NONE, PREVIEW_IMAGE, PREVIEW_PDF, PREVIEW_TEXT, PREVIEW_TABLE, PREVIEW_MAIL } PreviewKind;

typedef struct {
    StrList *at;
    size_t len, cap;
} PreviewRows;

typedef struct {
    PreviewKind kind;
    const char *type; /* PREVIEW_IMAGE, PREVIEW_PDF: what it is sent as, of a fixed list */
    const char *why;  /* PREVIEW_NONE: a sentence */
    StrList lines;    /* PREVIEW_TEXT; of PREVIEW_MAIL its text */
    PreviewRows rows; /* PREVIEW_TABLE: cells as they stand, the first row is the head; as wide as `columns` */
    size_t columns;
    Mail mail;   /* PREVIEW_MAIL: its heads and attachments, visible as above */
    bool is_cut; /* there is more than is shown */
} FilePreview;

/* `head`: the first bytes, all of them or PREVIEW_BYTES_MAX; `size`: of the whole file. Safe on bytes from anybody. */
void preview_read(Arena *arena, Str name, Str head, int64_t size, FilePreview *out);
