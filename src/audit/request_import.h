/* SPDX-License-Identifier: Apache-2.0
 * audit/request_import.h: a list of requests for evidence, made elsewhere as a table (requirements 4.9). */
#pragma once

#include "record/change.h"

enum { IMPORT_ROWS_MAX = 500, IMPORT_PROBLEMS_MAX = 50, IMPORT_BYTES_MAX = 400000 };

extern const Shape audit_import_requests_input;
/* The verb "import-requests" of an audit: CSV with the columns text, asked_of (number, name or mail of a person), due
 * and refs (numbers with blanks or semicolons between; may be left out), in any order, under their names. Every row
 * that does not fit is named with what to mend; then nothing is made. */
VerbBody audit_import_requests;
