/* SPDX-License-Identifier: Apache-2.0
 * What a plan costs: 60 lines, 12 auditors, 12 quarters, with plenty of days, few, and too few.
 *
 *     make build/bench/planner_bench && build/bench/planner_bench */
#include <stdio.h>
#include <time.h>

#include "audit/planner.h"

enum { LINES = 60, AUDITORS = 12, QUARTERS = 12, REFS = 6 };

typedef struct {
    PlanQuarter quarters[QUARTERS];
    PlanAuditor auditors[AUDITORS];
    PlanLine lines[LINES];
    PlanBar bars[LINES][2];
    PlanRef refs[LINES][REFS];
    size_t all[REFS];
} Large;

static void quarters_fill(Large *large)
{
    for (int i = 0; i < QUARTERS; i++) {
        Date from          = date_add_months(date_from_ymd(2027, 1, 1), 3 * i);
        large->quarters[i] = (PlanQuarter){ from, date_add_days(date_add_months(from, 3), -1) };
    }
}

static void line_fill(Arena *arena, Large *large, size_t i)
{
    for (size_t k = 0; k < REFS; k++)
        large->refs[i][k] = (PlanRef){ str_fmt(arena, "A.%zu.%zu", i + 1, k + 1), i < 6 };
    large->bars[i][0] = (PlanBar){ i % AUDITORS, ~(uint32_t)0, large->all, REFS, STR("owns the process") };
    large->bars[i][1] = (PlanBar){ (i * 5 + 1) % AUDITORS, ~(uint32_t)0, large->all, 1, STR("wrote the rule") };
    large->lines[i]   = (PlanLine){ .number   = str_fmt(arena, "L-%02zu", i + 1),
                                    .title    = STR("Line"),
                                    .refs     = large->refs[i],
                                    .refs_len = REFS,
                                    .subjects = (uint64_t)1 << i % 4,
                                    .quarters = ~(uint32_t)0,
                                    .interval = 4 * (1 + (int)(i % 3)),
                                    .days     = 2 + (int)(i * 7 % 6),
                                    .is_high  = i % 5 == 0,
                                    .bars     = large->bars[i],
                                    .bars_len = 2 };
}

static PlanProblem problem_of(Arena *arena, Large *large, int days)
{
    static const Str subjects[] = { STR_INIT("access"), STR_INIT("network"), STR_INIT("people"), STR_INIT("law") };

    quarters_fill(large);
    for (size_t i = 0; i < REFS; i++)
        large->all[i] = i;
    for (size_t i = 0; i < AUDITORS; i++) {
        large->auditors[i] = (PlanAuditor){ .name     = str_fmt(arena, "Person %zu", i + 1),
                                            .may_lead = i % 3 == 0,
                                            .subjects = (uint64_t)1 << i % 4 | (uint64_t)1 << i * 3 % 4 };
        for (int quarter = 0; quarter < QUARTERS; quarter++)
            large->auditors[i].days[quarter] = days;
    }
    for (size_t i = 0; i < LINES; i++)
        line_fill(arena, large, i);
    return (PlanProblem){ large->quarters, QUARTERS, 0,        large->auditors,  AUDITORS,
                          large->lines,    LINES,    subjects, countof(subjects) };
}

static double seconds_now(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(void)
{
    static const char *const outcomes[] = { "whole", "conflict", "undecided" };
    Arena *arena                        = arena_open((size_t)1 << 30);

    for (int days = 20; arena != NULL && days >= 2; days -= days > 8 ? 4 : 1) {
        Large *large        = arena_new(arena, Large);
        PlanProblem problem = problem_of(arena, large, days);
        AuditPlan plan;
        double start = seconds_now();
        plan_make(arena, &problem, &plan);
        printf("%2d days a quarter: %-9s %3zu of %3zu audits, %zu conflicts, %8lld steps, %6.0f ms\n", days,
               outcomes[plan.outcome], plan.audits.len, plan.due.len, plan.conflicts.len, (long long)plan.steps,
               (seconds_now() - start) * 1e3);
        arena_reset(arena);
    }
    arena_close(arena);
    return 0;
}
