/* SPDX-License-Identifier: Apache-2.0
 * web/content.h: the content of a file within a page (src/web/pages/content.html draws it). */
#pragma once

#include "exchange/preview.h"
#include "web/parts.h"

typedef struct {
    Str title;
    Str aside;      /* "export.csv, 12 kB" */
    Str none;       /* why nothing is shown; empty: something is, or will be when asked for */
    Str show_href;  /* shows it; empty: it is shown, or there is nothing to show */
    Str show_note;  /* what asking for it does */
    Str image_href; /* of a picture … */
    Str image_alt;
    Str frame_href;           /* … of a document in a frame of its own … */
    const FilePreview *shown; /* … or text, table or mail; NULL: none of them */
    Facts heads;              /* of a mail */
    TableView table;          /* of a table, or of what hangs on a mail */
    Str text;                 /* lines, with line ends */
    Str cut;                  /* that there is more than is shown; may be empty */
    Link download;
} ContentView;
