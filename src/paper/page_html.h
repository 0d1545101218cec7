/* SPDX-License-Identifier: Apache-2.0
 * paper/page_html.h: a document as HTML: the sheets that a browser shows and prints, with the classes of the style
 * sheet.
 *
 * The fragment stands alone: marks are drawn inline, links lead to anchors inside it, there is no script and no style
 * attribute, and every text is escaped. One sheet for the cover with the contents, one for the body ("flow": as long
 * as it is, over as many printed pages as it needs). */
#pragma once

#include "paper/document.h"

/* Adds the sheets to `out`. What does not fit is dropped and buf_overflowed says so. */
void page_document(Buf *out, const Document *doc);
/* The same as a file that needs nothing beside it: with its own style, the picture in it, ready to print. */
void page_alone(Buf *out, const Document *doc);
