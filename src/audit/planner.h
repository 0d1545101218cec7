/* SPDX-License-Identifier: Apache-2.0
 * audit/planner.h: lays the audits of a programme into its quarters and gives them teams, or says what stands against
 * it (9.2.2; docs/decisions/013-planner.md). Pure: no store, no clock, no chance; the same problem has the same plan.
 *
 * Auditors, lines, subjects and quarters are indexes into the problem's arrays, from 0; sets of them are bits. */
#pragma once

#include "base/str.h"
#include "base/time.h"

enum {
    PLAN_QUARTERS_MAX = 24, /* six years */
    PLAN_AUDITORS_MAX = 24,
    PLAN_SUBJECTS_MAX = 64,
    PLAN_LINES_MAX    = 400,
    PLAN_TEAM_MAX     = 3,    /* the lead included */
    PLAN_UNLIMITED    = 1000, /* days in a quarter of somebody whose days are not limited … */
    PLAN_USUAL_DAYS   = 20    /* … against which evenness measures him */
};

typedef struct {
    Date from, to; /* both included */
} PlanQuarter;

typedef struct {
    Str name;
    bool may_lead;
    uint64_t subjects;            /* that he knows */
    int days[PLAN_QUARTERS_MAX];  /* free in each quarter; 0: none, also where his qualification does not hold */
    int taken[PLAN_QUARTERS_MAX]; /* days he has in audits already: they count for evenness */
    Str limit; /* why his days end, for the words: "his qualification ends on 30 Jun 2027"; empty: nothing */
} PlanAuditor;

/* One fact of G-01 or G-04: what a person may not take of a line, and when. */
typedef struct {
    size_t auditor;
    uint32_t quarters;
    const size_t *refs; /* indexes into the line's; */
    size_t refs_len;
    Str why; /* follows his name: "operates PR-04" */
} PlanBar;

typedef struct {
    Str ref; /* "A.8.25" */
    bool is_clause;
} PlanRef;

/* An audit of the line that there is, held or planned. */
typedef struct {
    int quarter;
    int lead; /* -1: nobody of the problem's auditors */
    Str number;
} PlanKept;

typedef struct {
    Str number, title;
    const PlanRef *refs;
    size_t refs_len;   /* from 1 */
    uint64_t subjects; /* needed; none: any auditor knows enough */
    uint32_t quarters; /* in which it may be audited */
    int interval;      /* quarters; 0: only when there is reason to */
    int days;          /* of work, from 1 */
    bool is_high;      /* of high importance */
    const PlanBar *bars;
    size_t bars_len;
    const PlanKept *kept; /* by quarter */
    size_t kept_len;
} PlanLine;

typedef struct {
    const PlanQuarter *quarters;
    int quarters_len;
    int first; /* earlier quarters are past */
    const PlanAuditor *auditors;
    size_t auditors_len;
    const PlanLine *lines;
    size_t lines_len;
    const Str *subjects;
    size_t subjects_len;
} PlanProblem;

/* ---- what is due ---- */

typedef enum { DUE_YEARLY, DUE_INTERVAL, DUE_TWICE, DUE_CYCLE } PlanDue;

typedef struct {
    size_t line;
    uint32_t quarters; /* one audit in one of these; past ones left out */
    PlanDue due;
    int nth, of; /* its place among the audits due on the line, from 1 */
} PlanVisit;

typedef struct {
    PlanVisit *at;
    size_t len, cap;
} PlanVisits;

/* The audits that are still to be planned, by line and time, and, into `missed`, those whose time is over (with the
 * quarters they were due in). Windows of the lines do not count here. */
void plan_visits(Arena *arena, const PlanProblem *problem, PlanVisits *due, PlanVisits *missed);

/* ---- the plan ---- */

typedef struct {
    size_t auditor;
    int days;
    size_t *refs; /* of the line, that he takes */
    size_t refs_len;
} PlanSeat;

typedef struct {
    size_t visit, line;
    int quarter;
    PlanSeat team[PLAN_TEAM_MAX]; /* the lead first */
    size_t team_len;
    StrList reasons; /* sentences: why it is due, why then, why these people */
} PlannedAudit;

typedef struct {
    PlannedAudit *at;
    size_t len, cap;
} PlannedAudits;

/* ---- what stands against it ---- */

typedef enum {
    PLAN_NEEDS_AUDIT,   /* `visit` is due */
    PLAN_NEEDS_WINDOW,  /* only in the quarters of `line` */
    PLAN_NEEDS_LEAD,    /* `line` is led by somebody who may lead */
    PLAN_NEEDS_SUBJECT, /* on `line` */
    PLAN_NEEDS_DAYS,    /* the days of `auditor` */
    PLAN_NEEDS_APART    /* what bars `auditor` from `line` */
} PlanNeedKind;

typedef struct {
    PlanNeedKind kind;
    size_t visit, line, auditor, subject; /* as the kind says */
    Str words;                            /* "Gareth Lowe has 3 days to 30 Jun 2027 and none after it" */
} PlanNeed;

typedef struct {
    PlanNeed *at; /* cannot hold together; without any one of them the others can, if is_minimal */
    size_t len, cap;
    bool is_minimal;  /* false: the search met its bound while it looked */
    Str words;        /* the whole in one sentence */
    size_t *left_out; /* visits that the plan goes on without: of the conflict, and of its line for the same cause */
    size_t left_out_len;
} PlanConflict;

typedef struct {
    PlanConflict *at;
    size_t len, cap;
} PlanConflicts;

typedef enum {
    PLAN_WHOLE,    /* all that is due is planned */
    PLAN_CONFLICT, /* not all: each visit left out has its conflict */
    PLAN_UNDECIDED /* neither plan nor proof within the bound */
} PlanOutcome;

enum { PLAN_CONFLICTS_MAX = 8 };

typedef struct {
    PlanOutcome outcome;
    PlanVisits due, missed;
    PlannedAudits audits; /* by quarter, then line */
    PlanConflicts conflicts;
    bool has_more;  /* more conflicts than are told, or undecided without those told: nothing is planned */
    int64_t points; /* of the plan: least is best */
    bool is_best;   /* proven: no plan has fewer */
    int64_t steps;  /* values looked at, in all */
} AuditPlan;

/* Everything lives in `arena`. Works with 60 lines, 12 auditors and 12 quarters in fewer than PLAN_STEPS_MAX steps. */
enum { PLAN_STEPS_MAX = 40000000 };
void plan_make(Arena *arena, const PlanProblem *problem, AuditPlan *plan);

/* "A.8.25 to A.8.28 and A.8.34": references as people write them. */
Str plan_refs_words(Arena *arena, const PlanLine *line, const size_t *refs, size_t len);
/* "18 Mar to 17 Jun 2027" */
Str plan_span_words(Arena *arena, Date from, Date to);
