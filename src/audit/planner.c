/* SPDX-License-Identifier: Apache-2.0
 * The plan as a whole: what is due, a plan of it or the conflict, then a plan of what is left, made better and told. */
#include "audit/planner.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "audit/planner_inside.h"

enum { SEARCH_STEPS_MAX = 8000000, CONFLICT_STEPS_MAX = 3000000 };

/* ---- who takes what ---- */

/* The first who has not his share yet, so that neighbours stay together; else who has least. */
static PlanSeat *seat_for(PlannedAudit *audit, uint64_t people, size_t share)
{
    PlanSeat *least = NULL;

    for (size_t i = 0; i < audit->team_len; i++) {
        PlanSeat *seat = &audit->team[i];
        if (!(people >> seat->auditor & 1)) continue;
        if (seat->refs_len < share) return seat;
        if (least == NULL || seat->refs_len < least->refs_len) least = seat;
    }
    assert(least != NULL); /* a team holds somebody for each reference */
    return least;
}

/* References with the fewest people first, so that each gets one and loads stay even. */
static void share_references(PlanWork *work, const PlanHold *hold, PlannedAudit *audit)
{
    const PlanLine *line = &work->problem->lines[audit->line];
    bool *given          = arena_array(work->arena, bool, line->refs_len);
    size_t share         = (line->refs_len + audit->team_len - 1) / audit->team_len;

    for (int people_max = 1; people_max <= (int)audit->team_len; people_max++) {
        for (size_t i = 0; i < line->refs_len; i++) {
            uint64_t people = plan_may_take(work->problem, hold, audit->line, i, audit->quarter);
            int count       = 0;
            for (size_t k = 0; k < audit->team_len; k++)
                count += (int)(people >> audit->team[k].auditor & 1);
            if (given[i] || count > people_max) continue;
            PlanSeat *seat               = seat_for(audit, people, share);
            given[i]                     = true;
            seat->refs[seat->refs_len++] = i;
        }
    }
}

static void seat_add(PlanWork *work, PlannedAudit *audit, size_t auditor, int days)
{
    size_t refs = work->problem->lines[audit->line].refs_len;

    audit->team[audit->team_len++] =
        (PlanSeat){ .auditor = auditor, .days = days, .refs = arena_array(work->arena, size_t, refs) };
}

static int compare_audits(const void *a, const void *b)
{
    const PlannedAudit *left = a, *right = b;

    if (left->quarter != right->quarter) return left->quarter < right->quarter ? -1 : 1;
    return (left->visit > right->visit) - (left->visit < right->visit);
}

static void audits_tell(PlanWork *work, const PlanHold *hold, const PlanPick *picks, AuditPlan *plan)
{
    for (size_t i = 0; i < work->visits->len; i++) {
        if (!hold->visits[i]) continue;
        const PlanPick *pick = &picks[i];
        PlannedAudit *audit  = list_push(work->arena, &plan->audits);
        *audit               = (PlannedAudit){ .visit = i, .line = work->visits->at[i].line, .quarter = pick->quarter };
        seat_add(work, audit, (size_t)pick->lead, pick->team->days);
        for (size_t k = 0; k < work->problem->auditors_len; k++) {
            if (pick->team->members >> k & 1 && (int)k != pick->lead) seat_add(work, audit, k, pick->team->days);
        }
        share_references(work, hold, audit);
    }
    if (plan->audits.len > 1) qsort(plan->audits.at, plan->audits.len, sizeof *plan->audits.at, compare_audits);
    for (size_t i = 0; i < plan->audits.len; i++)
        plan_tell_audit(work, hold, &plan->audits.at[i]);
}

/* ---- all ---- */

/* Leaves out one audit after another until the rest can be planned; each goes with what stands against it. */
static PlanAnswer settle(PlanWork *work, PlanHold *hold, PlanPick *picks, AuditPlan *plan)
{
    int64_t *hard = arena_array(work->arena, int64_t, work->visits->len + 1);

    for (;;) {
        memset(hard, 0, work->visits->len * sizeof *hard);
        PlanAnswer answer =
            plan_search(work, hold, plan->conflicts.len == 0 ? SEARCH_STEPS_MAX : CONFLICT_STEPS_MAX, picks, hard);
        bool was_sure  = plan->conflicts.len == 0 || plan->conflicts.at[plan->conflicts.len - 1].is_minimal;
        plan->has_more = answer == PLAN_NONE && (!was_sure || plan->conflicts.len == PLAN_CONFLICTS_MAX);
        if (answer != PLAN_NONE || plan->has_more) return answer;
        PlanConflict *conflict = list_push(work->arena, &plan->conflicts);
        plan_conflict(work, hold, hard, conflict);
        for (size_t i = 0; i < conflict->left_out_len; i++)
            hold->visits[conflict->left_out[i]] = false;
    }
}

void plan_make(Arena *arena, const PlanProblem *problem, AuditPlan *plan)
{
    *plan = (AuditPlan){ 0 };
    plan_visits(arena, problem, &plan->due, &plan->missed);

    PlanWork work     = { .arena = arena, .problem = problem, .visits = &plan->due, .steps_max = PLAN_STEPS_MAX };
    PlanHold hold     = plan_hold_all(arena, problem, &plan->due);
    PlanPick *picks   = arena_array(arena, PlanPick, plan->due.len + 1);
    PlanAnswer answer = settle(&work, &hold, picks, plan);

    plan->outcome = plan->conflicts.len > 0 ? PLAN_CONFLICT : PLAN_WHOLE;
    if (answer == PLAN_BOUND && plan->conflicts.len == 0) plan->outcome = PLAN_UNDECIDED;
    if (answer == PLAN_BOUND) plan->has_more = true;
    if (answer == PLAN_FOUND) {
        plan_improve(&work, &hold, picks, &plan->points, &plan->is_best);
        audits_tell(&work, &hold, picks, plan);
    }
    plan->steps = work.steps;
}
