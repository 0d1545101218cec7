/* SPDX-License-Identifier: Apache-2.0
 * audit/evaluation.h: what the result of a sample allows to say, in words (4.8, S-4). Only chance gives a confidence:
 * of a sample chosen by judgement, of all items, and of strata as a whole none is ever stated. */
#pragma once

#include "audit/confidence.h"
#include "audit/sample.h"

enum { CONFIDENCE_USUAL_PERMILLE = 950 };

/* "1 of 25 deviates" */
Str evaluation_count(Arena *arena, int64_t deviations, int64_t size);
/* "1 of 25 deviates; with 95 % confidence at most 17.6 % of the population do". Where `population` is set, the bound is
 * that of so many items (S-4, finite), and how many they are at most is said too. Empty: the numbers do not fit. */
Str evaluation_bound(Arena *arena, SampleResult seen, int confidence_permille);

/* May a bound be stated for the sample as a whole? */
bool sample_is_random(const Sample *sample);
/* The sample's confidence in thousandths; the usual one where none was recorded. */
int sample_confidence(const Sample *sample);
/* All that a tested sample says: one sentence, or one per line with strata. `items` are those that were not replaced.
 * Empty while there is no result. */
Str sample_evaluation(Arena *arena, const Sample *sample, const SampleItemList *items);
/* Does the item count as a deviation? What could not be tested does (4.8). */
bool item_deviates(const SampleItem *item);
