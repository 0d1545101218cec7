/* SPDX-License-Identifier: Apache-2.0
 * Why it is impossible: a set of constraints that cannot hold together, while any of them left out can. The audits of
 * it come first: those that are added until it fails, by halving; then what else must hold for them, by leaving out one
 * after another. Leaving out more never makes what was possible impossible, so the order of the two does not matter.
 * Which set is found depends on the order: a few are tried. */
#include <stdlib.h>
#include <string.h>

#include "audit/planner_inside.h"

enum { TRY_STEPS_MAX = 400000, ORDERS = 3, VISITS_SHRUNK_MAX = 12 };

typedef struct {
    PlanWork *work;
    const PlanHold *all;
    const int64_t *hard;
    bool is_sure; /* no question met its bound so far */
} Shrink;

static bool is_impossible(Shrink *shrink, const PlanHold *hold)
{
    PlanAnswer answer = plan_search(shrink->work, hold, TRY_STEPS_MAX, NULL, NULL);

    if (answer == PLAN_BOUND) shrink->is_sure = false;
    return answer == PLAN_NONE;
}

/* ---- the audits ---- */

typedef struct {
    size_t *at;
    size_t len;
} Visits;

/* Where a visit stands in one of the orders: as they are, from the end, the most days of work first; what the search
 * found hard always goes before the rest. */
static bool goes_before(const Shrink *shrink, int order, size_t a, size_t b)
{
    const PlanVisits *visits = shrink->work->visits;
    int days_a               = shrink->work->problem->lines[visits->at[a].line].days;
    int days_b               = shrink->work->problem->lines[visits->at[b].line].days;

    if (shrink->hard[a] != shrink->hard[b]) return shrink->hard[a] > shrink->hard[b];
    if (order == 1) return a > b;
    if (order == 2 && days_a != days_b) return days_a > days_b;
    return a < b;
}

/* Only the visits that are proven to be impossible, where there is a proof. */
static Visits visits_in_order(Shrink *shrink, int order)
{
    bool is_proven = false;
    Visits list    = { .at = arena_array(shrink->work->arena, size_t, shrink->work->visits->len + 1) };

    for (size_t i = 0; i < shrink->work->visits->len; i++)
        is_proven = is_proven || (shrink->all->visits[i] && shrink->hard[i] == PLAN_PROVEN);
    for (size_t i = 0; i < shrink->work->visits->len; i++) {
        if (!shrink->all->visits[i] || (is_proven && shrink->hard[i] != PLAN_PROVEN)) continue;
        size_t k = list.len++;
        for (; k > 0 && goes_before(shrink, order, i, list.at[k - 1]); k--)
            list.at[k] = list.at[k - 1];
        list.at[k] = i;
    }
    return list;
}

/* `hold` with the visits of `needed` and the first `count` of `rest`. */
static void hold_visits(const Shrink *shrink, PlanHold *hold, const Visits *needed, const Visits *rest, size_t count)
{
    memset(hold->visits, 0, shrink->work->visits->len * sizeof *hold->visits);
    for (size_t i = 0; i < needed->len; i++)
        hold->visits[needed->at[i]] = true;
    for (size_t i = 0; i < count; i++)
        hold->visits[rest->at[i]] = true;
}

/* invariant: the needed and all of the rest are impossible together. */
static void shrink_visits(Shrink *shrink, int order, PlanHold *hold)
{
    Visits rest   = visits_in_order(shrink, order);
    Visits needed = { .at = arena_array(shrink->work->arena, size_t, rest.len + 1) };

    for (;;) {
        size_t low = 0, high = rest.len;
        hold_visits(shrink, hold, &needed, &rest, 0);
        if (rest.len == 0 || (needed.len > 0 && is_impossible(shrink, hold))) return;
        while (low + 1 < high) { /* `high` is known to be impossible, `low` is not */
            size_t middle = low + (high - low) / 2;
            hold_visits(shrink, hold, &needed, &rest, middle);
            if (is_impossible(shrink, hold))
                high = middle;
            else
                low = middle;
        }
        needed.at[needed.len++] = rest.at[high - 1];
        rest.len                = high - 1;
    }
}

/* ---- what else ---- */

static bool line_is_held(const Shrink *shrink, const PlanHold *hold, size_t line)
{
    for (size_t i = 0; i < shrink->work->visits->len; i++) {
        if (hold->visits[i] && shrink->work->visits->at[i].line == line) return true;
    }
    return false;
}

static void need_set(PlanHold *hold, const PlanNeed *need, bool holds)
{
    uint64_t auditor = (uint64_t)1 << need->auditor, subject = (uint64_t)1 << need->subject;

    switch (need->kind) {
    case PLAN_NEEDS_AUDIT: hold->visits[need->visit] = holds; break;
    case PLAN_NEEDS_WINDOW: hold->windows[need->line] = holds; break;
    case PLAN_NEEDS_LEAD: hold->leads[need->line] = holds; break;
    case PLAN_NEEDS_SUBJECT:
        hold->subjects[need->line] =
            holds ? hold->subjects[need->line] | subject : hold->subjects[need->line] & ~subject;
        break;
    case PLAN_NEEDS_DAYS: hold->days = holds ? hold->days | auditor : hold->days & ~auditor; break;
    case PLAN_NEEDS_APART:
        hold->apart[need->line] = holds ? hold->apart[need->line] | auditor : hold->apart[need->line] & ~auditor;
        break;
    }
}

typedef struct {
    PlanNeed *at;
    size_t len, cap;
} Needs;

static void needs_of_line(Shrink *shrink, size_t index, Needs *needs)
{
    const PlanProblem *problem = shrink->work->problem;
    const PlanLine *line       = &problem->lines[index];
    uint64_t barred            = 0;
    Arena *arena               = shrink->work->arena;

    for (size_t i = 0; i < line->bars_len; i++)
        barred |= (uint64_t)1 << line->bars[i].auditor;
    for (size_t i = 0; i < problem->auditors_len; i++) {
        if (barred >> i & 1)
            *list_push(arena, needs) = (PlanNeed){ .kind = PLAN_NEEDS_APART, .line = index, .auditor = i };
    }
    for (size_t i = 0; i < problem->subjects_len; i++) {
        if (line->subjects >> i & 1)
            *list_push(arena, needs) = (PlanNeed){ .kind = PLAN_NEEDS_SUBJECT, .line = index, .subject = i };
    }
    *list_push(arena, needs) = (PlanNeed){ .kind = PLAN_NEEDS_LEAD, .line = index };
    *list_push(arena, needs) = (PlanNeed){ .kind = PLAN_NEEDS_WINDOW, .line = index };
}

/* All constraints but the audits themselves that touch what is held. */
static Needs needs_of(Shrink *shrink, const PlanHold *hold)
{
    const PlanProblem *problem = shrink->work->problem;
    Needs needs                = { 0 };

    for (size_t i = 0; i < problem->lines_len; i++) {
        if (line_is_held(shrink, hold, i)) needs_of_line(shrink, i, &needs);
    }
    for (size_t i = 0; i < problem->auditors_len; i++)
        *list_push(shrink->work->arena, &needs) = (PlanNeed){ .kind = PLAN_NEEDS_DAYS, .auditor = i };
    return needs;
}

/* Leaves out what can be left out, from the front (order 0), or from the end. */
static Needs shrink_needs(Shrink *shrink, int order, PlanHold *hold)
{
    Needs needs = needs_of(shrink, hold), kept = { 0 };

    for (size_t i = 0; i < needs.len; i++) {
        const PlanNeed *need = &needs.at[order == 0 ? i : needs.len - 1 - i];
        need_set(hold, need, false);
        if (is_impossible(shrink, hold)) continue;
        need_set(hold, need, true);
        *list_push(shrink->work->arena, &kept) = *need;
    }
    return kept;
}

/* Leaves out kinds of constraints as a whole, and people's days one by one: for many audits. */
static Needs shrink_kinds(Shrink *shrink, PlanHold *hold)
{
    Needs needs = needs_of(shrink, hold), kept = { 0 };

    for (int kind = PLAN_NEEDS_WINDOW; kind <= PLAN_NEEDS_APART; kind++) {
        for (size_t i = 0; i < needs.len; i++) {
            if ((int)needs.at[i].kind == kind && kind != PLAN_NEEDS_DAYS) need_set(hold, &needs.at[i], false);
        }
        if (kind == PLAN_NEEDS_DAYS || is_impossible(shrink, hold)) continue;
        for (size_t i = 0; i < needs.len; i++) {
            if ((int)needs.at[i].kind != kind) continue;
            need_set(hold, &needs.at[i], true);
            *list_push(shrink->work->arena, &kept) = needs.at[i];
        }
    }
    for (size_t i = 0; i < needs.len; i++) {
        if (needs.at[i].kind != PLAN_NEEDS_DAYS) continue;
        need_set(hold, &needs.at[i], false);
        if (is_impossible(shrink, hold)) continue;
        need_set(hold, &needs.at[i], true);
        *list_push(shrink->work->arena, &kept) = needs.at[i];
    }
    return kept;
}

/* ---- both ---- */

static int compare_needs(const void *a, const void *b)
{
    const PlanNeed *left = a, *right = b;

    if (left->kind != right->kind) return left->kind < right->kind ? -1 : 1;
    if (left->visit != right->visit) return left->visit < right->visit ? -1 : 1;
    if (left->line != right->line) return left->line < right->line ? -1 : 1;
    if (left->subject != right->subject) return left->subject < right->subject ? -1 : 1;
    return (left->auditor > right->auditor) - (left->auditor < right->auditor);
}

static void conflict_of(const Shrink *shrink, const PlanHold *hold, const Needs *needs, PlanConflict *out)
{
    Arena *arena = shrink->work->arena;

    *out = (PlanConflict){ .is_minimal = shrink->is_sure };
    for (size_t i = 0; i < shrink->work->visits->len; i++) {
        if (hold->visits[i])
            *list_push(arena, out) =
                (PlanNeed){ .kind = PLAN_NEEDS_AUDIT, .visit = i, .line = shrink->work->visits->at[i].line };
    }
    for (size_t i = 0; i < needs->len; i++)
        *list_push(arena, out) = needs->at[i];
    if (out->len > 1) qsort(out->at, out->len, sizeof *out->at, compare_needs);
}

static void shrink_once(Shrink *shrink, int order, PlanConflict *out)
{
    PlanHold hold = plan_hold_copy(shrink->work->arena, shrink->work->problem, shrink->work->visits, shrink->all);

    shrink->is_sure = true;
    shrink_visits(shrink, order, &hold);
    Needs needs = shrink_needs(shrink, order, &hold);
    conflict_of(shrink, &hold, &needs, out);
}

/* Very many audits for too few days: which of them could be left out is not asked one by one. */
static void shrink_many(Shrink *shrink, PlanConflict *out)
{
    PlanHold hold = plan_hold_copy(shrink->work->arena, shrink->work->problem, shrink->work->visits, shrink->all);
    Visits all = visits_in_order(shrink, 0), none = { 0 };

    hold_visits(shrink, &hold, &none, &all, all.len);
    Needs needs     = shrink_kinds(shrink, &hold);
    shrink->is_sure = false;
    conflict_of(shrink, &hold, &needs, out);
}

/* The proven visits are impossible together, not each by itself. */
static bool is_together(Shrink *shrink)
{
    PlanHold hold = plan_hold_copy(shrink->work->arena, shrink->work->problem, shrink->work->visits, shrink->all);
    Visits all = visits_in_order(shrink, 0), none = { 0 };

    hold_visits(shrink, &hold, &none, &all, 1);
    return !is_impossible(shrink, &hold);
}

static size_t proven_count(const Shrink *shrink)
{
    size_t count = 0;

    for (size_t i = 0; i < shrink->work->visits->len; i++)
        count += shrink->all->visits[i] && shrink->hard[i] == PLAN_PROVEN;
    return count;
}

/* The visit that the plan can best do without: of a line of lesser importance, not owed each year, the last. */
static size_t visit_to_leave(const Shrink *shrink, const PlanConflict *conflict)
{
    const PlanVisits *visits = shrink->work->visits;
    size_t leave             = conflict->at[0].visit;
    int lightest             = 4;

    for (size_t i = 0; i < conflict->len && conflict->at[i].kind == PLAN_NEEDS_AUDIT; i++) {
        const PlanVisit *visit = &visits->at[conflict->at[i].visit];
        int weight = (shrink->work->problem->lines[visit->line].is_high ? 1 : 0) + (visit->due == DUE_YEARLY ? 2 : 0);
        if (weight > lightest) continue;
        lightest = weight;
        leave    = conflict->at[i].visit;
    }
    return leave;
}

/* What stands against one audit often stands against the others of its line too: then they are told together. */
static void leave_out(Shrink *shrink, PlanConflict *conflict)
{
    const PlanWork *work = shrink->work;
    size_t first         = visit_to_leave(shrink, conflict);
    bool is_one          = conflict->len < 2 || conflict->at[1].kind != PLAN_NEEDS_AUDIT;
    PlanHold hold        = plan_hold_none(work->arena, work->problem, work->visits);

    conflict->left_out                           = arena_array(work->arena, size_t, work->visits->len);
    conflict->left_out[conflict->left_out_len++] = first;
    for (size_t i = 0; i < conflict->len; i++)
        need_set(&hold, &conflict->at[i], conflict->at[i].kind != PLAN_NEEDS_AUDIT);
    for (size_t i = 0; i < work->visits->len && is_one; i++) {
        if (i == first || !shrink->all->visits[i] || work->visits->at[i].line != conflict->at[0].line) continue;
        hold.visits[i] = true;
        if (is_impossible(shrink, &hold)) conflict->left_out[conflict->left_out_len++] = i;
        hold.visits[i] = false;
    }
}

void plan_conflict(PlanWork *work, const PlanHold *hold, const int64_t *hard, PlanConflict *out)
{
    Shrink shrink = { .work = work, .all = hold, .hard = hard };

    bool is_many = proven_count(&shrink) > VISITS_SHRUNK_MAX && is_together(&shrink);

    if (is_many) shrink_many(&shrink, out);
    for (int order = 0; order < ORDERS && !is_many; order++) {
        PlanConflict one;
        shrink_once(&shrink, order, &one);
        bool is_better = order == 0 || (one.is_minimal && !out->is_minimal) ||
                         (one.is_minimal == out->is_minimal && one.len < out->len);
        if (is_better) *out = one;
    }
    leave_out(&shrink, out);
    plan_tell_conflict(work, out);
}
