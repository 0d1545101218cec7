/* SPDX-License-Identifier: Apache-2.0
 * audit/population.h: what a sample is drawn from (4.8): the rows of a file, or a typed range of numbers. A CSV or XLSX
 * file of any size is read row by row; in memory stand the identifiers, some forty bytes a row. */
#pragma once

#include "base/err.h"
#include "base/hash.h"

enum {
    POPULATION_ROWS_MAX   = 5000000,
    POPULATION_STRATA_MAX = 100,
    POPULATION_ID_MAX     = 200 /* bytes of an identifier or of a stratum's name */
};
/* An arena that holds the largest population and what is needed to draw from it. */
#define POPULATION_BYTES_MAX ((size_t)768 << 20)

typedef struct {
    const char *id; /* population_id */
    uint32_t line;  /* of the file, from 1: the line it begins on, or the row of the sheet; of a range: its place */
    uint8_t id_len;
    uint8_t stratum; /* index in Population.strata; 0 without strata */
} PopulationItem;

typedef struct {
    Str name;
    size_t size; /* items in it */
} Stratum;

typedef struct {
    Hash file; /* SHA-256 of the bytes of the file; of a range: of the file it stands for (population_range) */
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
    char *texts; /* where the next identifier's bytes go */
    size_t texts_left;
} Population;

/* Which columns of the file to read, by header. An empty `id` stands for "id"; an empty `stratum` for none. */
typedef struct {
    Str id, stratum;
} PopulationColumns;

/* Reads a population from CSV with a header line (base/csv.h). Blanks around a cell do not count. Errors name the line:
 * no or two columns of that name, a row with another number of cells than the header, an empty or repeated identifier
 * or one with control characters, an empty stratum, more than the limits above. ERR_FORMAT, ERR_LIMIT. */
MUST_USE bool population_read(Arena *arena, Str csv, PopulationColumns columns, Population *out, Err *err);
/* The same from an open file, CSV or XLSX (base/xlsx.h, its first sheet); it stays the caller's. A row of a workbook
 * may end before the last column. */
MUST_USE bool population_read_file(Arena *arena, int file, PopulationColumns columns, Population *out, Err *err);
/* "1..2400" or "INV-0001..INV-2400": the same text before two numbers, digits as many as the first has at least. Stands
 * for the CSV file with the header "id" and one identifier a line, each line ended by LF. ERR_USAGE. */
MUST_USE bool population_range(Arena *arena, Str range, Population *out, Err *err);

Str population_id(const Population *population, size_t index);
/* Name of the item's stratum; empty without strata. */
Str population_stratum(const Population *population, size_t index);
/* Index of the item with this identifier. False when there is none. */
bool population_find(const Population *population, Str id, size_t *index);
