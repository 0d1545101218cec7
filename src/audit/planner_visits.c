/* SPDX-License-Identifier: Apache-2.0
 * What is due: from references, intervals and importance to the audits that a programme owes, less those that it has.
 * Every reference has one line that carries it, so that two lines with one reference do not owe it twice. */
#include <string.h>

#include "audit/planner.h"

enum { YEAR = 4 };

typedef struct {
    uint32_t *at;
    PlanDue *due;
    size_t len;
} Windows;

static uint32_t span_bits(int from, int to, int len)
{
    uint32_t bits = 0;

    for (int quarter = from; quarter < to && quarter < len; quarter++)
        bits |= (uint32_t)1 << quarter;
    return bits;
}

/* The line with the shortest interval; one without interval only where there is no other. */
static bool carries(const PlanProblem *problem, size_t line, Str ref)
{
    const PlanLine *ours = &problem->lines[line];

    for (size_t i = 0; i < problem->lines_len; i++) {
        const PlanLine *other = &problem->lines[i];
        bool is_nearer        = other->interval > 0 && (ours->interval == 0 || other->interval < ours->interval);
        bool is_earlier       = i < line && (other->interval > 0) == (ours->interval > 0) && !is_nearer &&
                          (other->interval <= ours->interval);
        if (i == line || (!is_nearer && !is_earlier)) continue;
        for (size_t k = 0; k < other->refs_len; k++) {
            if (str_eq(other->refs[k].ref, ref)) return false;
        }
    }
    return true;
}

static void window_add(Windows *windows, uint32_t quarters, PlanDue due)
{
    windows->at[windows->len]    = quarters;
    windows->due[windows->len++] = due;
}

/* One in each span of `length` quarters; what is left at the end counts when it is at least half of one. */
static void windows_each(Windows *windows, int len, int length, PlanDue due)
{
    for (int from = 0; from < len; from += length) {
        if (from > 0 && 2 * (len - from) < length) break;
        window_add(windows, span_bits(from, from + length, len), due);
    }
}

static Windows windows_of(Arena *arena, const PlanProblem *problem, size_t index)
{
    const PlanLine *line = &problem->lines[index];
    int len              = problem->quarters_len;
    Windows windows = { arena_array(arena, uint32_t, PLAN_QUARTERS_MAX), arena_array(arena, PlanDue, PLAN_QUARTERS_MAX),
                        0 };
    bool is_yearly = false, is_carrier = false;

    for (size_t i = 0; i < line->refs_len; i++) {
        if (!carries(problem, index, line->refs[i].ref)) continue;
        is_carrier = true;
        is_yearly  = is_yearly || line->refs[i].is_clause;
    }
    if (line->interval > 0 && (!is_yearly || line->interval < YEAR))
        windows_each(&windows, len, line->interval, DUE_INTERVAL);
    else if (is_yearly)
        windows_each(&windows, len, YEAR, DUE_YEARLY);
    else if (is_carrier)
        window_add(&windows, span_bits(0, len, len), DUE_CYCLE);
    if (windows.len == 1 && line->is_high && is_carrier && len > 1) windows.due[0] = DUE_TWICE;
    return windows;
}

/* An audit that there is answers the first window it lies in. */
static bool window_is_met(const PlanLine *line, uint32_t window, bool *used)
{
    for (size_t i = 0; i < line->kept_len; i++) {
        if (used[i] || !(window >> line->kept[i].quarter & 1)) continue;
        used[i] = true;
        return true;
    }
    return false;
}

/* Twice in the programme, whenever the audits were that there are; what is still owed shares the time ahead. */
static void visits_twice(Arena *arena, const PlanProblem *problem, size_t line, PlanVisits *due, PlanVisits *missed)
{
    int first = problem->first, len = problem->quarters_len, ahead = len - first;
    int owed      = problem->lines[line].kept_len >= 2 ? 0 : 2 - (int)problem->lines[line].kept_len;
    int can       = owed < ahead ? owed : ahead;
    uint32_t past = span_bits(0, first, len);

    for (int i = 0; i < owed - can; i++)
        *list_push(arena, missed) = (PlanVisit){ line, past, DUE_TWICE, 1, 2 };
    for (int i = 0; i < can; i++)
        *list_push(arena, due) =
            (PlanVisit){ line, span_bits(first + ahead * i / can, first + ahead * (i + 1) / can, len), DUE_TWICE,
                         3 - can + i, 2 };
}

void plan_visits(Arena *arena, const PlanProblem *problem, PlanVisits *due, PlanVisits *missed)
{
    uint32_t ahead = span_bits(problem->first, problem->quarters_len, problem->quarters_len);

    for (size_t i = 0; i < problem->lines_len; i++) {
        const PlanLine *line = &problem->lines[i];
        Windows windows      = windows_of(arena, problem, i);
        bool *used           = arena_array(arena, bool, line->kept_len + 1);
        bool is_twice        = windows.len > 0 && windows.due[0] == DUE_TWICE;
        if (is_twice) visits_twice(arena, problem, i, due, missed);
        for (size_t k = 0; k < windows.len && !is_twice; k++) {
            if (window_is_met(line, windows.at[k], used)) continue;
            PlanVisit visit = { i, windows.at[k] & ahead, windows.due[k], (int)k + 1, (int)windows.len };
            if (visit.quarters != 0)
                *list_push(arena, due) = visit;
            else
                *list_push(arena, missed) = (PlanVisit){ i, windows.at[k], visit.due, visit.nth, visit.of };
        }
    }
}
