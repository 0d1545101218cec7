/* SPDX-License-Identifier: Apache-2.0
 * paper/word.h: a document as DOCX (ECMA-376, Transitional), to be read and edited in Word and LibreOffice.
 *
 * It uses the styles that these programs know by name (Title, Heading 1 to 3, List Bullet, Caption, …), so that whoever
 * edits it changes a style, not a thousand paragraphs; heads of tables repeat on each page; header and foot have the
 * number of the page as a field; pictures have alternative texts; headings are bookmarks to which references lead. No
 * macro, nothing loaded from elsewhere. The same document gives the same bytes on the same machine. */
#pragma once

#include "base/err.h"
#include "paper/document.h"

/* The file, in the arena. ERR_LIMIT when it would be too large; ERR_MISSING without fonts for a chart. */
MUST_USE bool word_render(const Document *doc, Arena *arena, Str *bytes, Err *err);
