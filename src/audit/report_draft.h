/* SPDX-License-Identifier: Apache-2.0
 * audit/report_draft.h: what the records of an audit say for the parts of its report (4.16), so that nobody copies and
 * pastes. The author edits it; what is judgement stays empty for him: conclusions and summary. */
#pragma once

#include "audit/report.h"

/* Fills the parts of `report` that are empty and about which the records say something. */
MUST_USE bool report_fill(Call *call, Report *report, Err *err);
/* Whether any part was written already. */
bool report_has_text(const Report *report);

/* "A.8.4, A.8.25 to A.8.28 and 9.2.1": numbers in their order, runs of three and more as one. Changes the list. */
Str numbers_in_words(Arena *arena, StrList *numbers);
