/* SPDX-License-Identifier: Apache-2.0
 * review/effect_figures.h: whether actions help: first reviews of effectiveness (K-7), what came back (K-6), and why
 * things happen (K-12). Rulings "K-5, K-6" and S-5: only a confirmed same cause counts. */
#pragma once

#include "action/effectiveness.h"
#include "action/recurrence.h"
#include "review/then.h"

enum { RECURRENCE_MONTHS = 24, CATEGORY_MONTHS = 12, CATEGORIES_MAX = 20 };

typedef struct {
    int64_t first_reviews; /* one a case: the first that judged; "not enough data" judges nothing */
    int64_t first_effective;
    int64_t first_partly;
    int64_t first_not;
    int64_t closed;                          /* cases closed in the 24 months before the day */
    int64_t recurred;                        /* of them: an earlier case of one with the same cause; each once */
    int64_t by_category[CATEGORIES_MAX + 1]; /* root causes of plans of the last 12 months */
} EffectFigures;

MUST_USE bool effect_figures_read(const Then *then, EffectFigures *out, Err *err);
