/* SPDX-License-Identifier: Apache-2.0
 * audit/confidence.h: how many items to look at, and what a result allows to say (S-2, S-3, S-4).
 *
 * Rates and confidences go in as thousandths (95 % is 950), sizes come out as whole numbers. Sizes are exact but for
 * this: a probability within 10^-12 (relative) of the wanted one counts as equal to it. Bounds are right to 10^-10.
 * Pure: no allocation, no global state, any thread. */
#pragma once

#include <stdint.h>

#include "base/macros.h"
#include "base/str.h"

enum {
    CONFIDENCE_PERMILLE_MIN   = 510, /* below, chance alone would do as well */
    CONFIDENCE_PERMILLE_MAX   = 999,
    CONFIDENCE_POPULATION_MAX = 100000000,
    CONFIDENCE_SAMPLE_MAX     = 100000
};

/* S-3: the smallest sample that, when none of its items deviates, lets one say with `confidence` that fewer than
 * `tolerable` of the population deviate. A population of 0 stands for one without end: smallest n with
 * (1-p)^n <= 1-C. Else D = max(1, floor(N·p)) deviations are assumed: smallest n with C(N-D, n)/C(N, n) <= 1-C.
 * False when a number is out of its range: tolerable 1 to 999, confidence and population as above. */
MUST_USE bool discovery_size(int confidence_permille, int tolerable_permille, int64_t population, int64_t *size);

/* What was seen: `deviations` of `size` items drawn at random from `population` (0: without end). */
typedef struct {
    int64_t population, size, deviations;
} SampleResult;

/* S-4: one-sided exact upper bound of the deviation rate. Without end (Clopper-Pearson): the rate at which so few
 * deviations would be seen with probability 1-C. Else: the largest number D of deviations in the population for which
 * that probability is more than 1-C. False when the numbers do not fit each other or the ranges above. */
MUST_USE bool deviation_rate_bound(SampleResult seen, int confidence_permille, double *rate);
MUST_USE bool deviation_count_bound(SampleResult seen, int confidence_permille, int64_t *deviations);
/* A bound as people read and records keep it: hundredths of a percent, rounded (0.08799… is 880, "8.80 %"). Both kinds.
 */
MUST_USE bool deviation_bound_hundredths(SampleResult seen, int confidence_permille, int *hundredths);

/* S-2: how often a control runs. */
typedef enum {
    RUNS_YEARLY,
    RUNS_HALF_YEARLY,
    RUNS_QUARTERLY,
    RUNS_MONTHLY,
    RUNS_WEEKLY,
    RUNS_DAILY,
    RUNS_MANY_TIMES_A_DAY,
    RUNS_ON_DEMAND,
    RUNS_BY_ITSELF, /* automatic: one of each variant, and proof that changes to it are controlled */
    CONTROL_FREQUENCIES
} ControlFrequency;

typedef struct {
    int low, high;
} SizeRange;

/* Label in English, marked for translation. */
const char *control_frequency_label(ControlFrequency frequency);
/* Default size of a judgement sample, from ordinary to high risk. `population` (0: unknown) caps it; on demand it
 * decides: all up to 5, 5 up to 50, else a tenth (rounded up), at most 25; unknown counts as many. For RUNS_BY_ITSELF
 * the population is the number of variants. These are practice values without a confidence (4.8). */
SizeRange judgement_size(ControlFrequency frequency, int64_t population);
