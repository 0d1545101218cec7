/* SPDX-License-Identifier: Apache-2.0
 * review/coverage.h: what of the standard was audited in the cycle, with what result, and what comes next (K-1, K-2;
 * R-921-3; ruling "K-2"). A reference is covered by a reviewed working paper of a finished or terminated audit of ours,
 * or by an audit held before the product was in use that says so. */
#pragma once

#include "audit/audit.h"
#include "org/requirement.h"
#include "review/then.h"

typedef enum {
    COVERAGE_NONE,      /* neither tested nor planned in the cycle */
    COVERAGE_PLANNED,   /* an audit will */
    COVERAGE_FIELDWORK, /* an audit does */
    COVERAGE_CONFORM,   /* tested, no nonconformity on it since */
    COVERAGE_MINOR,     /* a minor nonconformity was found */
    COVERAGE_MAJOR
} CoverageState;

enum { CYCLE_YEARS_MAX = 6 };

/* An audit that a cell of the matrix speaks of. */
typedef struct {
    CoverageState state;
    Id audit; /* none: nothing */
    Str number;
    Date date; /* its last day once finished, its first day before */
} CoverageMark;

typedef struct {
    Id requirement;
    Str ref, title;
    int theme; /* THEME_…; 0 for clauses */
    bool is_control, is_applicable;
    bool is_covered, is_planned; /* in the cycle; planned: in the scope of an audit that is not cancelled */
    CoverageState state;
    CoverageMark last; /* the last finished test, of the cycle or up to 36 months before it */
    CoverageMark next; /* the next audit with it in its scope */
    Id finding;        /* what made it minor or major; none: nothing */
    Str finding_number;
    CoverageMark by_year[CYCLE_YEARS_MAX]; /* of the cycle: its first year is 0 */
} CoverageRow;

typedef struct {
    CoverageRow *at;
    size_t len, cap;
} CoverageRows;

/* An audit of ours whose window has passed. */
typedef struct {
    Id id;
    Str number;
    Date due;       /* last day of its window */
    bool in_window; /* finished by then */
    bool is_missed; /* not even begun */
} DueAudit;

typedef struct {
    DueAudit *at;
    size_t len, cap;
} DueAudits;

typedef struct {
    Date from, to; /* of the cycle */
    Id programme;  /* that the cycle is of; none: three years either way of the day */
    int years;
    CoverageRows rows;                                    /* clauses and controls in the order of the standard */
    int64_t controls, controls_covered, controls_planned; /* applicable ones */
    int64_t clauses, clauses_covered, clauses_planned;
    DueAudits due; /* in the cycle, by window */
} Coverage;

MUST_USE bool coverage_read(const Then *then, Coverage *out, Err *err);
const char *coverage_state_label(CoverageState state);
