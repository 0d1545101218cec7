/* SPDX-License-Identifier: Apache-2.0
 * review/action_figures.h: what is counted about corrective actions and their dates (K-5, K-11; ruling "K-5, K-6"). */
#pragma once

#include "action/action.h"
#include "review/then.h"

typedef struct {
    Id id;
    Str number;
    Date due;
} LateAction;

typedef struct {
    LateAction *at;
    size_t len, cap;
} LateActions;

enum { EXTENSION_BANDS = 3 };

typedef struct {
    int64_t total;                     /* without cancelled ones */
    int64_t done;                      /* claimed done or verified; a returned one is not */
    int64_t on_time;                   /* of them: by the due of the first approved plan */
    LateActions late;                  /* running and past their current due, by due */
    int64_t extended[EXTENSION_BANDS]; /* cases with one, two, more granted extensions */
} ActionFigures;

MUST_USE bool action_figures_read(const Then *then, ActionFigures *out, Err *err);
