/* SPDX-License-Identifier: Apache-2.0
 * audit/draw_wish.h: from what people say of a sample (a method, a size or a confidence, sizes for strata) to a draw.
 * The same for the command line and for the records of an audit. Pure: no clock, no store, no randomness. */
#pragma once

#include "audit/draw.h"

typedef struct {
    DrawMethod method; /* a random one, or DRAW_ALL */
    Str seed;          /* audit/draw.h */
    int64_t size;      /* items wanted; 0: as many as confidence and tolerable rate ask for */
    bool says_why;     /* a size below the computed one has a reason on record */
    int confidence;    /* thousandths; 0: not said. Alone only with a size */
    int tolerable;
    Str strata; /* DRAW_STRATIFIED: "name: items" or "name: size/items", one per line or between commas; empty: shares
                 */
} DrawWish;

typedef struct {
    DrawPlan plan;
    int64_t computed; /* S-3, of this population; 0: confidence and tolerable rate were not said */
    DrawnItems items;
} WishedDraw;

/* ERR_USAGE when it cannot be fulfilled: detail says what stands against it, hint what would be possible. Such are: no
 * size and no confidence; a size below the computed one without a reason; more items than there are; strata that the
 * population does not have or has in another size; and what draw_sample refuses. */
MUST_USE bool draw_wished(Arena *arena, const Population *population, const DrawWish *wish, WishedDraw *out, Err *err);

/* "critical: 46/3" per stratum of the plan: its size and how many items were drawn of it. Empty without strata. */
Str draw_strata_lines(Arena *arena, const Population *population, const DrawPlan *plan);
/* "95" or "97.5" in thousandths; false: not such, or not between 0.1 and 99.9. */
MUST_USE bool permille_of_percent(Str percent, int *permille);
/* The inverse: "97.5". */
Str percent_of_permille(Arena *arena, int permille);
