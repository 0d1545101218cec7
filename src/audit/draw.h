/* SPDX-License-Identifier: Apache-2.0
 * audit/draw.h: samples that anybody can draw again (4.8). What is drawn follows from three things that are recorded:
 * the population file (by its SHA-256), the seed, and the plan (method and sizes). The rule stands in
 * docs/formats/sample-draw.md, exact enough to repeat it with a few lines of any language. Pure: no clock, no store. */
#pragma once

#include "base/err.h"
#include "base/hash.h"

enum {
    POPULATION_ROWS_MAX   = 5000000,
    POPULATION_STRATA_MAX = 100,
    POPULATION_ID_MAX     = 200, /* bytes of an identifier or of a stratum's name */
    DRAW_SEED_MAX         = 64
};

typedef struct {
    Str id;
    uint32_t stratum; /* index in Population.strata; 0 without strata */
    uint32_t line;    /* of the file, from 1 */
} PopulationItem;

typedef struct {
    Str name;
    size_t size; /* items in it */
} Stratum;

typedef struct {
    Hash file; /* SHA-256 of the bytes of the file */
    struct {
        PopulationItem *at;
        size_t len, cap;
    } items; /* in the order of the file */
    struct {
        Stratum *at;
        size_t len, cap;
    } strata;        /* in the order of first appearance */
    uint32_t *slots; /* items by identifier: for population_find */
    size_t slots_mask;
} Population;

/* Which columns of the file to read, by header. An empty `id` stands for "id"; an empty `stratum` for none. */
typedef struct {
    Str id, stratum;
} PopulationColumns;

/* Reads a population from CSV with a header line (base/csv.h). Blanks around a cell do not count. Identifiers are
 * slices of `csv` where they can be, so it must live as long. Errors name the line: no or two columns of that name, a
 * row with another number of cells than the header, an empty or repeated identifier, an empty stratum, more than the
 * limits above. */
MUST_USE bool population_read(Arena *arena, Str csv, PopulationColumns columns, Population *out, Err *err);
/* Index of the item with this identifier: for samples chosen by judgement. False when there is none. */
bool population_find(const Population *population, Str id, size_t *index);

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

/* ERR_USAGE when the plan does not fit the population; the hint says what would. */
MUST_USE bool draw_sample(Arena *arena, const Population *population, const DrawPlan *plan, DrawnItems *out, Err *err);
