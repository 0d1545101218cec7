/* SPDX-License-Identifier: Apache-2.0
 * audit/planner_inside.h: the parts of the planner among themselves. */
#pragma once

#include "audit/planner.h"

/* Which of the constraints are asked to hold: all for the plan, fewer while a conflict is made small. */
typedef struct {
    bool *visits;       /* by visit: it is due */
    bool *windows;      /* by line */
    bool *leads;        /* by line */
    uint64_t *subjects; /* by line: which of them */
    uint64_t *apart;    /* by line: auditors whose bars hold */
    uint64_t days;      /* auditors whose days are limited */
} PlanHold;

/* People who may audit a line together, and when. */
typedef struct {
    uint64_t members, leads; /* who of them may lead */
    uint32_t quarters;       /* in which every reference and subject is in good hands */
    int size;
    int days; /* of each */
} PlanTeam;

typedef struct {
    PlanTeam *at;
    size_t len, cap;
    uint64_t part[PLAN_QUARTERS_MAX]; /* who is barred from a part of the line, by quarter */
} PlanTeams;

typedef struct {
    const PlanTeam *team; /* NULL: not placed */
    int quarter, lead;
} PlanPick;

typedef enum { PLAN_FOUND, PLAN_NONE, PLAN_BOUND } PlanAnswer;

/* Work on one problem. */
typedef struct {
    Arena *arena;
    const PlanProblem *problem;
    const PlanVisits *visits;
    int64_t steps, steps_max;
} PlanWork;

/* ---- planner_team.c ---- */

/* Who may take reference `ref` of the line in the quarter: apart from it, and knows one of the line's subjects. */
uint64_t plan_may_take(const PlanProblem *problem, const PlanHold *hold, size_t line, size_t ref, int quarter);
/* All teams that fit in at least one of `quarters`. */
PlanTeams plan_teams(Arena *arena, const PlanProblem *problem, const PlanHold *hold, size_t line, uint32_t quarters);
uint32_t plan_visit_quarters(const PlanProblem *problem, const PlanVisits *visits, const PlanHold *hold, size_t visit);
PlanHold plan_hold_all(Arena *arena, const PlanProblem *problem, const PlanVisits *visits);
PlanHold plan_hold_none(Arena *arena, const PlanProblem *problem, const PlanVisits *visits);
PlanHold plan_hold_copy(Arena *arena, const PlanProblem *problem, const PlanVisits *visits, const PlanHold *hold);

/* ---- planner_search.c ---- */

/* Looks for a plan of what is held, with at most `steps_max` steps. `picks` (by visit; may be NULL) is filled when one
 * is found. `hard` (by visit, zeroed; may be NULL) tells why none is: PLAN_PROVEN marks visits that are impossible each
 * by itself, or together for want of days; otherwise it counts failures. */
#define PLAN_PROVEN INT64_MAX
PlanAnswer plan_search(PlanWork *work, const PlanHold *hold, int64_t steps_max, PlanPick *picks, int64_t *hard);
/* Makes a found plan better; *points is its sum, *is_best whether that is proven to be the least. */
void plan_improve(PlanWork *work, const PlanHold *hold, PlanPick *picks, int64_t *points, bool *is_best);

/* ---- planner_conflict.c ---- */

/* The smallest conflict found; `hard` as plan_search left it. */
void plan_conflict(PlanWork *work, const PlanHold *hold, const int64_t *hard, PlanConflict *out);

/* ---- planner_words.c ---- */

void plan_tell_conflict(PlanWork *work, PlanConflict *conflict);
void plan_tell_audit(PlanWork *work, const PlanHold *hold, PlannedAudit *audit);
