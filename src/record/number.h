/* SPDX-License-Identifier: Apache-2.0
 * record/number.h: human numbers, without gaps per series and never reused. Formats: "F-%03d" counts over the
 * organisation, "IA-%Y-%02d" per year, "CA-%P-%d" per parent (%P: the digits of the parent's number). */
#pragma once

#include "record/call.h"
#include "record/registry.h"

/* Whether no record has the number of `record`, within its parent where numbers count there. */
MUST_USE bool number_is_free(Call *call, const Plan *plan, const void *record, bool *is, Err *err);
/* Gives a new record its number: the one it has already (which number_is_free; the series goes on behind it), the next of its series, or a provisional "D-ID" where the type numbers later. */
MUST_USE bool number_settle(Call *call, const Plan *plan, void *record, Err *err);
/* Ends a provisional number: the next of the series. Nothing happens to a number that is final. */
MUST_USE bool number_give(Call *call, const Type *type, void *record, Err *err);
bool number_is_provisional(Str number);
