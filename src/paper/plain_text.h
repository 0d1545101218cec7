/* SPDX-License-Identifier: Apache-2.0
 * paper/plain_text.h: a document as plain text for a terminal or a mail: UTF-8, lines ended by \n, no control
 * characters.
 *
 * Nothing is left out and nothing depends on colour: marks are a sign and a word, a table is one block of "head: value"
 * lines per row when it is too wide for its columns. */
#pragma once

#include "paper/document.h"

enum { TEXT_WIDTH_MIN = 40, TEXT_WIDTH_MAX = 200 };

/* Adds the text to `out`, wrapped at `width` columns (cut to the limits above; a column is one code point). What does
 * not fit into `out` is dropped and buf_overflowed says so. */
void text_document(Buf *out, const Document *doc, size_t width);
