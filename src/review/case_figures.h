/* SPDX-License-Identifier: Apache-2.0
 * review/case_figures.h: what is counted about nonconformities: how many, in which state, which are late, how long they
 * take (K-3, K-4, K-8, K-9, K-10; ruling "K population"). One counts from the day its finding is presented, or it is
 * registered from another source. */
#pragma once

#include "action/nonconformity.h"
#include "audit/finding.h"
#include "review/figure.h"
#include "review/then.h"

/* A nonconformity that is open on the day. */
typedef struct {
    Id id; /* of the nonconformity; of the finding while it is only presented */
    bool is_finding;
    Str number;
    int kind;  /* NC_MAJOR, NC_MINOR; 0: not graded yet */
    int state; /* NC_… or, for a finding, FINDING_… */
    Date opened;
    int late_step;   /* POLICY_… that is past its current due; 0: none */
    bool late_first; /* past its first due */
} OpenCase;

typedef struct {
    OpenCase *at;
    size_t len, cap;
} OpenCases;

enum { CASE_SOURCES = SOURCE_STAFF_REPORT + 1, AGE_BANDS = 4 };

typedef struct {
    int64_t by_state[NC_VOID + 1];
    int64_t by_kind[NC_MINOR + 1]; /* 0: not graded yet */
    int64_t by_source[CASE_SOURCES];
    OpenCases open;                      /* by number, with presented findings */
    int64_t presented[FINDING_VOID + 1]; /* of `open`, findings by state */
    int64_t closed;                      /* closed or corrected only */
    Numbers days_to_close;               /* ascending */
    int64_t plans_submitted, plans_returned;
} CaseFigures;

MUST_USE bool case_figures_read(const Then *then, CaseFigures *out, Err *err);

/* How long closed cases took from their assignment to a stage, ascending (K-3). */
typedef enum { DURATION_PLAN, DURATION_DONE, DURATION_VERIFIED, DURATION_CLOSED, DURATIONS } Duration;
MUST_USE bool case_durations_read(const Then *then, Duration duration, Numbers *out, Err *err);

/* Open cases that are late now (`first`: against the first due); with K-4's ratio. */
size_t open_cases_late(const OpenCases *open);
size_t open_cases_late_first(const OpenCases *open);
/* K-10: how many of a grade are so old: 0 to 30 days, to 60, to 90, more. */
int64_t open_cases_aged(const OpenCases *open, Date day, int kind, int band);
int age_band(Date opened, Date day);
