/* SPDX-License-Identifier: Apache-2.0
 * review/programme_view.h: the audit programme for a reader: its parts, the audits of its cycle, and how far the
 * standard is covered. The number of queries does not grow with the parts. */
#pragma once

#include "audit/programme.h"
#include "record/names.h"
#include "review/coverage.h"

typedef struct {
    Audit *at;
    size_t len, cap;
} CycleAudits;

typedef struct {
    Programme programme;
    ProgrammeLineList lines;
    ObjectiveList objectives;
    ProgrammeRiskList risks;
    ProgrammeVersionList versions;
    CycleAudits audits;     /* that the reader may see, by first day */
    RequirementList groups; /* the main clauses, 4 to 10 */
    bool has_coverage; /* the reader may see indicators (K-1, K-2), and the programme's cycle is the one they tell of */
    Coverage coverage;
    Names *names; /* of every reference above */
} ProgrammeView;

MUST_USE bool programme_view_load(Call *call, const Programme *programme, ProgrammeView *out, Err *err);
/* The newest programme in force that the reader may see. */
MUST_USE bool programme_in_force(Call *call, Programme *out, bool *found, Err *err);

/* Controls of one theme. */
typedef struct {
    int64_t all, covered, in_fieldwork; /* applicable ones */
} ThemeCount;
ThemeCount theme_count(const Coverage *coverage, int theme);

/* One main clause in one year of the cycle: the worst of what its parts say; state none: nothing. */
CoverageMark clause_in_year(const Coverage *coverage, Str clause, int year);
/* The earliest audit ahead with a part of the clause in its scope; audit none: there is none. */
CoverageMark clause_next(const Coverage *coverage, Str clause);
/* Applicable controls and clauses that no audit of the cycle tested or will test. */
StrList coverage_gaps(Arena *arena, const Coverage *coverage);

/* Where an audit stands on the timeline. */
typedef enum { ROW_CLAUSES, ROW_CONTROLS, ROW_OUTSIDE, TIMELINE_ROWS } TimelineRow;
TimelineRow timeline_row(const ProgrammeView *view, const Audit *audit);
