/* SPDX-License-Identifier: Apache-2.0
 * paper/pdf.h: a document as PDF: A4, tagged, with outline, contents and links.
 *
 * The same document gives the same bytes on the same machine (fonts and libraries equal): the only date in it is
 * head.created, the file identifier is derived from the content. Structure: Document, H1 to H3, P, L, Table with TR,
 * TH, TD, Figure with alternative text, Link; running feet, rules and repeated heads are artifacts. The file claims to
 * be tagged, not to be certified as PDF/UA. */
#pragma once

#include "base/err.h"
#include "paper/document.h"

enum { PDF_PAGES_MAX = 5000, PDF_BYTES_MAX = 1 << 28 };

typedef struct {
    Str bytes; /* in the arena */
    size_t pages;
} Pdf;

/* Needs about 50 ms and holds the thread: give it to a worker. ERR_MISSING when the machine has none of the fonts we
 * can set text in, ERR_LIMIT beyond the maxima above, ERR_FORMAT when a library refuses its part. `arena` keeps the
 * libraries' objects until it is reset. */
MUST_USE bool pdf_render(const Document *doc, Arena *arena, Pdf *pdf, Err *err);
