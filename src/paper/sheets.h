/* SPDX-License-Identifier: Apache-2.0
 * paper/sheets.h: what can be sorted and counted in a document as XLSX (ECMA-376): a sheet of its findings with a
 * column for each of their facts, one for each table that has a sheet (doc_sheet), and one that says what it all is.
 *
 * Whatever people wrote is text and stays text, also when it begins like a formula and somebody edits the cell. Days
 * are days and numbers are numbers (doc_day, doc_number). The head stays in view and filters. The same document gives
 * the same bytes. */
#pragma once

#include "base/err.h"
#include "paper/document.h"

/* The file, in the arena. ERR_LIMIT when it would be too large. */
MUST_USE bool sheets_render(const Document *doc, Arena *arena, Str *bytes, Err *err);
