/* SPDX-License-Identifier: Apache-2.0
 * review/figure.h: the arithmetic of indicators (K-1 to K-15), in integers from end to end. Ratios have three decimals,
 * percentages, means and days one; rounded half away from zero (ruling "K rounding"). A figure of nothing is unknown,
 * not zero: the share of no cases is shown as "no data". Pure. */
#pragma once

#include "base/str.h"

enum { FIGURE_COUNT_MAX = 10000000 };
#define FIGURE_VALUE_MAX INT64_C(100000000000) /* of a value given to mean, median or percentile, either sign */

/* scaled / 10^decimals; the zeroed Figure is "unknown". */
typedef struct {
    bool known;
    int decimals;
    int64_t scaled;
} Figure;

typedef struct {
    int64_t *at;
    size_t len, cap;
} Numbers;

Figure figure_count(int64_t count);
/* part / whole to three decimals: 3 of 15 is 0.200. Unknown when whole is 0. Both at most FIGURE_VALUE_MAX, not
 * negative. */
Figure figure_ratio(int64_t part, int64_t whole);
/* The same as a percentage to one decimal: 20.0. */
Figure figure_percent(int64_t part, int64_t whole);
/* part / whole to one decimal, for what is not a share: findings per day. */
Figure figure_rate(int64_t part, int64_t whole);

Figure figure_mean(const Numbers *numbers);
/* Ascending, in place: median and percentiles want their numbers sorted. */
void numbers_sort(Numbers *numbers);
Figure figure_median(const Numbers *sorted);
/* R-7 (Hyndman and Fan): position (n-1)·percent/100 between neighbours, linear; percent 0 to 100. */
Figure figure_percentile(const Numbers *sorted, int percent);
/* R-7 without rounding: it always ends at the second decimal. */
Figure figure_percentile_exact(const Numbers *sorted, int percent);
/* The value at place ceil(n·percent/100), at least the first: always one that occurred. */
Figure figure_percentile_nearest(const Numbers *sorted, int percent);

/* `figure` with fewer decimals, rounded half away from zero. */
Figure figure_round(Figure figure, int decimals);
/* "187.8", "0.200", "-0.5"; "" for unknown. */
Str figure_to_str(Arena *arena, Figure figure);
