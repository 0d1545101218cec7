/* SPDX-License-Identifier: Apache-2.0
 * action/similar.h: earlier cases that may have the same cause (S-5 and its ruling). The search only proposes; a person
 * says what they have in common (action/recurrence.h), and only a confirmed same cause counts. */
#pragma once

#include "action/nonconformity.h"

enum {
    SIMILAR_MONTHS   = 36,
    SIMILAR_POINTS   = 5000, /* thousandths from which a case is shown */
    SIMILAR_COMPARED = 5000, /* cases whose words are compared at most, those with most in common first */
    POINTS_REF       = 3000, /* any shared clause or control, once */
    POINTS_PROCESS   = 2000,
    POINTS_CATEGORY  = 2000, /* of a root cause */
    POINTS_SITE      = 1000,
    POINTS_WORDS     = 3000 /* times the likeness of title and condition */
};

typedef struct {
    Id id;
    Str number, title;
    int state;
    Date opened;
    int32_t points; /* thousandths */
    bool same_ref, same_process, same_category, same_site;
    int32_t words; /* thousandths of a point, of `points` */
    Str why;       /* "same clause or control, same process, words 61 % alike" */
} SimilarCase;

typedef struct {
    SimilarCase *at;
    size_t len, cap;
} SimilarCases;

/* Earlier cases from any source of the 36 months before `nc`, but rejected and void ones, with 5 points or more: most
 * points first, then newest. One statement, whatever there is. */
MUST_USE bool similar_cases(Call *call, const Nonconformity *nc, SimilarCases *out, Err *err);
