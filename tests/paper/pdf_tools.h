/* SPDX-License-Identifier: Apache-2.0
 * tests/paper/pdf_tools.h: PDFs as other programs see them: the tests ask poppler and qpdf, not our own code. */
#pragma once

#include "paper/document.h"
#include "paper/pdf.h"

/* An arena large enough for any document of the tests. */
Arena *test_arena(void);
/* The document as PDF; fails the test when it cannot be made. */
Pdf pdf_of(Arena *arena, const Document *doc);
/* What a tool prints about the PDF: `argv` ends with NULL, "FILE" stands for the PDF. *status is its exit status. */
Str pdf_ask(Arena *arena, Str pdf, const char *const *argv, int *status);
/* The text of page `page` (from 1) or, for 0, of all pages with blanks and line ends folded to single blanks. */
Str pdf_text_of(Arena *arena, Str pdf, size_t page);
/* Runs of blanks and line ends as one blank. */
Str folded(Arena *arena, Str text);
/* The content of a test's file. */
Str test_file(Arena *arena, const char *path);
