/* SPDX-License-Identifier: Apache-2.0
 * audit/draw.h: samples that anybody can draw again (4.8). What is drawn follows from three things that are recorded:
 * the population file (by its SHA-256), the seed, and the plan (method and sizes). The rule stands in
 * docs/formats/sample-draw.md, exact enough to repeat it with a few lines of any language. Pure: no clock, no store. */
#pragma once

#include "audit/population.h"

enum { DRAW_SEED_MAX = 64 };

typedef enum {
    DRAW_NONE,
    DRAW_ALL,
    DRAW_JUDGEMENT, /* chosen by the auditor: there is nothing to draw */
    DRAW_SIMPLE_RANDOM,
    DRAW_SYSTEMATIC,
    DRAW_STRATIFIED,
    DRAW_DISCOVERY, /* drawn like simple random; the size comes from discovery_size */
    DRAW_METHODS
} DrawMethod;

/* "simple_random": as in files and the API. */
Str draw_method_name(DrawMethod method);
MUST_USE bool draw_method_from_name(Str name, DrawMethod *out);
/* May a confidence be stated with such a sample? 4.8: never with one chosen by judgement; of all items nothing is
 * estimated. */
bool draw_method_has_confidence(DrawMethod method);

typedef struct {
    DrawMethod method;
    Str seed;    /* 1 to DRAW_SEED_MAX printable ASCII characters without blanks; not used by DRAW_ALL */
    size_t size; /* items wanted; not used by DRAW_ALL and DRAW_STRATIFIED */
    const Stratum
        *strata; /* DRAW_STRATIFIED: items wanted of each stratum; every stratum of the population stands here once */
    size_t strata_count;
} DrawPlan;

/* Indices of items. Simple random and discovery: in the order of drawing, so that a larger size with the same seed
 * begins with the same items (extension and replacement take the next). Stratified: stratum by stratum in the order of
 * the plan, each so. Systematic and all: in the order of the file. */
typedef struct {
    size_t *at;
    size_t len, cap;
} DrawnItems;

/* How many of each stratum a sample of `size` takes when nobody says otherwise: one of each, the rest in proportion to
 * what is left of them (largest remainders; ties in the order of the strata). As many Strata as the population has, in
 * its order. ERR_USAGE when `size` is less than one of each or more than there is. */
MUST_USE bool draw_shares(Arena *arena, const Population *population, size_t size, Stratum **out, Err *err);
/* ERR_USAGE when the plan does not fit the population; the hint says what would. */
MUST_USE bool draw_sample(Arena *arena, const Population *population, const DrawPlan *plan, DrawnItems *out, Err *err);
