/* SPDX-License-Identifier: Apache-2.0
 * record/rowwrite.h: writing rows, for record/change.c alone. */
#pragma once

#include "record/row.h"
#include "record/value.h"

/* Inserts at revision 1, else updates. head->last_event must name the event of this revision. */
MUST_USE bool row_write(Call *call, const Plan *plan, const void *record, Err *err);
/* Brings the index of links up to date; `before` is NULL for a new record. */
MUST_USE bool links_write(Call *call, const Plan *plan, const void *before, const void *record, Err *err);
