/* SPDX-License-Identifier: Apache-2.0
 * The planner: what is due, plans against brute force on small problems, conflicts that are minimal, and a programme of
 * full size within its bound of steps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "audit/planner.h"

enum { SEEDS = 1500, QUARTER_DAYS = 91 };

static int arena_setup(void **state)
{
    *state = arena_open((size_t)1 << 30);
    return *state == NULL;
}

static int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

/* ---- problems ---- */

typedef struct {
    Arena *arena;
    PlanProblem problem;
    PlanAuditor *auditors;
    PlanLine *lines;
} Made;

static Made made_open(Arena *arena, int quarters, size_t auditors, size_t lines)
{
    static const Str subjects[] = { STR_INIT("access"), STR_INIT("development"), STR_INIT("network"),
                                    STR_INIT("people") };
    PlanQuarter *spans          = arena_array(arena, PlanQuarter, (size_t)quarters);
    Made made                   = {
                          arena, { 0 }, arena_array(arena, PlanAuditor, auditors + 1), arena_array(arena, PlanLine, lines + 1)
    };
    Date from = date_from_ymd(2027, 1, 1);

    for (int i = 0; i < quarters; i++) {
        Date next = date_add_months(from, 3);
        spans[i]  = (PlanQuarter){ from, date_add_days(next, -1) };
        from      = next;
    }
    made.problem = (PlanProblem){ .quarters     = spans,
                                  .quarters_len = quarters,
                                  .auditors     = made.auditors,
                                  .auditors_len = auditors,
                                  .lines        = made.lines,
                                  .lines_len    = lines,
                                  .subjects     = subjects,
                                  .subjects_len = countof(subjects) };
    for (size_t i = 0; i < auditors; i++) {
        made.auditors[i] = (PlanAuditor){ .name = str_fmt(arena, "Person %zu", i), .may_lead = true };
        for (int quarter = 0; quarter < quarters; quarter++)
            made.auditors[i].days[quarter] = PLAN_UNLIMITED;
    }
    for (size_t i = 0; i < lines; i++)
        made.lines[i] = (PlanLine){
            .number = str_fmt(arena, "L-%02zu", i + 1), .title = STR("Line"), .quarters = ~(uint32_t)0, .days = 2
        };
    return made;
}

/* Controls of a line, "A.LINE.1" …, or clauses. */
static void refs_set(Made *made, size_t line, size_t count, bool is_clause)
{
    PlanRef *refs = arena_array(made->arena, PlanRef, count);

    for (size_t i = 0; i < count; i++)
        refs[i] = (PlanRef){ str_fmt(made->arena, is_clause ? "%zu.%zu" : "A.%zu.%zu", line + 5, i + 1), is_clause };
    made->lines[line].refs     = refs;
    made->lines[line].refs_len = count;
}

static void bar_add(Made *made, size_t line, size_t auditor, uint32_t quarters, const size_t *refs, size_t refs_len,
                    const char *why)
{
    PlanLine *one = &made->lines[line];
    PlanBar *bars = arena_array(made->arena, PlanBar, one->bars_len + 1);
    size_t *copy  = arena_array(made->arena, size_t, refs_len + 1);

    for (size_t i = 0; i < one->bars_len; i++)
        bars[i] = one->bars[i];
    for (size_t i = 0; i < refs_len; i++)
        copy[i] = refs[i];
    bars[one->bars_len] = (PlanBar){ auditor, quarters, copy, refs_len, str_from_c(why) };
    one->bars           = bars;
    one->bars_len++;
}

static void bar_whole(Made *made, size_t line, size_t auditor, const char *why)
{
    size_t all[64];

    for (size_t i = 0; i < made->lines[line].refs_len; i++)
        all[i] = i;
    bar_add(made, line, auditor, ~(uint32_t)0, all, made->lines[line].refs_len, why);
}

static AuditPlan planned(const Made *made)
{
    AuditPlan plan;
    plan_make(made->arena, &made->problem, &plan);
    return plan;
}

static const PlannedAudit *audit_of(const AuditPlan *plan, size_t line)
{
    size_t i = 0;

    while (i < plan->audits.len && plan->audits.at[i].line != line)
        i++;
    assert_true(i < plan->audits.len);
    return &plan->audits.at[i];
}

static void assert_says(Str text, const char *part)
{
    if (!str_has(text, str_from_c(part))) fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(text), part);
}

/* ---- numbers of a seed (splitmix64) ---- */

static uint64_t dice(uint64_t *seed, uint64_t sides)
{
    uint64_t z = *seed += 0x9e3779b97f4a7c15;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return (z ^ (z >> 31)) % sides;
}

/* ---- brute force: every quarter, set of people and lead, by the words of the decision ---- */

typedef struct {
    const Made *made;
    const PlanVisits *due;
    const PlanNeed *needs; /* NULL: all constraints hold */
    size_t needs_len;
    bool only_possible;
    int load[4][4], quarter[32], lead[32];
    uint64_t team[32];
    int64_t best; /* -1: none yet */
} Brute;

static bool holds(const Brute *brute, PlanNeed asked)
{
    if (brute->needs == NULL) return true;
    for (size_t i = 0; i < brute->needs_len; i++) {
        const PlanNeed *need = &brute->needs[i];
        if (need->kind != asked.kind) continue;
        if (asked.kind == PLAN_NEEDS_AUDIT && need->visit != asked.visit) continue;
        if (asked.kind != PLAN_NEEDS_AUDIT && asked.kind != PLAN_NEEDS_DAYS && need->line != asked.line) continue;
        if (asked.kind == PLAN_NEEDS_SUBJECT && need->subject != asked.subject) continue;
        if (asked.kind == PLAN_NEEDS_DAYS && need->auditor != asked.auditor) continue;
        if (asked.kind == PLAN_NEEDS_APART && need->auditor != asked.auditor) continue;
        return true;
    }
    return false;
}

static bool brute_barred(const Brute *brute, size_t index, size_t ref, size_t auditor, int quarter)
{
    const PlanLine *line = &brute->made->lines[index];

    if (!holds(brute, (PlanNeed){ .kind = PLAN_NEEDS_APART, .line = index, .auditor = auditor })) return false;
    for (size_t i = 0; i < line->bars_len; i++) {
        const PlanBar *bar = &line->bars[i];
        for (size_t k = 0; k < bar->refs_len; k++) {
            if (bar->auditor == auditor && bar->quarters >> quarter & 1 && bar->refs[k] == ref) return true;
        }
    }
    return false;
}

static bool brute_takes(const Brute *brute, size_t index, size_t ref, size_t auditor, int quarter)
{
    const PlanLine *line = &brute->made->lines[index];
    bool all_subjects    = true;

    for (size_t i = 0; i < brute->made->problem.subjects_len; i++) {
        if (line->subjects >> i & 1)
            all_subjects =
                all_subjects && holds(brute, (PlanNeed){ .kind = PLAN_NEEDS_SUBJECT, .line = index, .subject = i });
    }
    if (all_subjects && line->subjects != 0 && !(brute->made->auditors[auditor].subjects & line->subjects))
        return false;
    return !brute_barred(brute, index, ref, auditor, quarter);
}

static bool brute_team_fits(const Brute *brute, size_t index, uint64_t team, int lead, int quarter)
{
    const PlanLine *line = &brute->made->lines[index];
    uint64_t known       = 0;

    if (!brute->made->auditors[lead].may_lead && holds(brute, (PlanNeed){ .kind = PLAN_NEEDS_LEAD, .line = index }))
        return false;
    for (size_t a = 0; a < brute->made->problem.auditors_len; a++) {
        bool takes = false, apart = false;
        for (size_t i = 0; i < line->refs_len; i++) {
            takes = takes || brute_takes(brute, index, i, a, quarter);
            apart = apart || !brute_barred(brute, index, i, a, quarter);
        }
        if (team >> a & 1 && !takes && ((int)a != lead || !apart)) return false;
        if (team >> a & 1 && takes) known |= brute->made->auditors[a].subjects;
    }
    for (size_t i = 0; i < brute->made->problem.subjects_len; i++) {
        if (!(line->subjects >> i & 1) || known >> i & 1) continue;
        if (holds(brute, (PlanNeed){ .kind = PLAN_NEEDS_SUBJECT, .line = index, .subject = i })) return false;
    }
    for (size_t i = 0; i < line->refs_len; i++) {
        bool taken = false;
        for (size_t a = 0; a < brute->made->problem.auditors_len; a++)
            taken = taken || (team >> a & 1 && brute_takes(brute, index, i, a, quarter));
        if (!taken) return false;
    }
    return true;
}

static int share_of(int days, uint64_t team)
{
    int size = __builtin_popcountll(team);
    return (days + size - 1) / size;
}

static int64_t brute_points(const Brute *brute)
{
    const PlanProblem *problem = &brute->made->problem;
    int64_t points             = 0;

    for (size_t a = 0; a < problem->auditors_len; a++) {
        for (int q = 0; q < problem->quarters_len; q++) {
            int64_t taken = problem->auditors[a].taken[q], load = taken + brute->load[a][q];
            int64_t capacity = problem->auditors[a].days[q] + taken;
            points += 20 * load * load / (capacity > 0 ? capacity : 1);
        }
    }
    for (size_t v = 0; v < brute->due->len; v++) {
        const PlanVisit *visit = &brute->due->at[v];
        const PlanLine *line   = &problem->lines[visit->line];
        points += 15 * (__builtin_popcountll(brute->team[v]) - 1);
        if (line->is_high) points += 10 * (brute->quarter[v] - __builtin_ctz(visit->quarters & line->quarters));
        for (size_t a = 0; a < problem->auditors_len; a++) {
            bool barred = false;
            for (size_t i = 0; i < line->refs_len; i++)
                barred = barred || brute_barred(brute, visit->line, i, a, brute->quarter[v]);
            if (barred && brute->team[v] >> a & 1) points += 5;
        }
        if (v > 0 && brute->due->at[v - 1].line == visit->line) {
            if (brute->lead[v] == brute->lead[v - 1]) points += 60;
            if (brute->quarter[v] - brute->quarter[v - 1] < 2) points += 40;
        }
    }
    return points;
}

static void brute_from(Brute *brute, size_t v)
{
    const PlanProblem *problem = &brute->made->problem;

    if (brute->only_possible && brute->best >= 0) return;
    while (v < brute->due->len && !holds(brute, (PlanNeed){ .kind = PLAN_NEEDS_AUDIT, .visit = v }))
        v++;
    if (v == brute->due->len) {
        int64_t points = brute->only_possible ? 0 : brute_points(brute);
        if (brute->best < 0 || points < brute->best) brute->best = points;
        return;
    }
    const PlanVisit *visit = &brute->due->at[v];
    const PlanLine *line   = &problem->lines[visit->line];
    for (int q = 0; q < problem->quarters_len; q++) {
        bool in_window = line->quarters >> q & 1;
        if (!(visit->quarters >> q & 1)) continue;
        if (!in_window && holds(brute, (PlanNeed){ .kind = PLAN_NEEDS_WINDOW, .line = visit->line })) continue;
        for (uint64_t team = 1; team < (uint64_t)1 << problem->auditors_len; team++) {
            int share = share_of(line->days, team);
            bool fits = __builtin_popcountll(team) <= PLAN_TEAM_MAX;
            for (size_t a = 0; a < problem->auditors_len && fits; a++) {
                bool is_limited = holds(brute, (PlanNeed){ .kind = PLAN_NEEDS_DAYS, .auditor = a });
                if (team >> a & 1 && is_limited) fits = brute->load[a][q] + share <= problem->auditors[a].days[q];
            }
            for (int lead = 0; lead < (int)problem->auditors_len && fits; lead++) {
                if (!(team >> lead & 1) || !brute_team_fits(brute, visit->line, team, lead, q)) continue;
                brute->quarter[v] = q, brute->team[v] = team, brute->lead[v] = lead;
                for (size_t a = 0; a < problem->auditors_len; a++)
                    brute->load[a][q] += team >> a & 1 ? share : 0;
                brute_from(brute, v + 1);
                for (size_t a = 0; a < problem->auditors_len; a++)
                    brute->load[a][q] -= team >> a & 1 ? share : 0;
                if (brute->only_possible) break; /* who of them leads does not change what is possible */
            }
        }
    }
}

/* Least points of all plans; -1: there is none. */
static int64_t brute_best(const Made *made, const PlanVisits *due)
{
    Brute brute = { .made = made, .due = due, .best = -1 };
    brute_from(&brute, 0);
    return brute.best;
}

/* Whether the needs but the one at `without` can hold together; `without` at the end: all of them. */
static bool brute_possible(const Made *made, const PlanVisits *due, const PlanConflict *conflict, size_t without)
{
    PlanNeed *needs = arena_array(made->arena, PlanNeed, conflict->len + 1);
    Brute brute     = { .made = made, .due = due, .needs = needs, .only_possible = true, .best = -1 };

    for (size_t i = 0; i < conflict->len; i++) {
        if (i != without) needs[brute.needs_len++] = conflict->at[i];
    }
    brute_from(&brute, 0);
    return brute.best >= 0;
}

/* At most 4 lines, 3 auditors and 3 quarters: often tight, sometimes impossible. */
static Made made_of_seed(Arena *arena, uint64_t seed)
{
    int quarters = 1 + (int)dice(&seed, 3);
    Made made    = made_open(arena, quarters, 1 + dice(&seed, 3), 1 + dice(&seed, 4));

    for (size_t a = 0; a < made.problem.auditors_len; a++) {
        made.auditors[a].may_lead = dice(&seed, 3) > 0;
        made.auditors[a].subjects = dice(&seed, 16);
        for (int q = 0; q < quarters; q++) {
            made.auditors[a].taken[q] = (int)dice(&seed, 4);
            made.auditors[a].days[q]  = (int)dice(&seed, 7);
        }
    }
    for (size_t l = 0; l < made.problem.lines_len; l++) {
        refs_set(&made, l, 1 + dice(&seed, 3), dice(&seed, 5) == 0);
        made.lines[l].days     = 1 + (int)dice(&seed, 4);
        made.lines[l].interval = (int)dice(&seed, 4);
        made.lines[l].is_high  = dice(&seed, 3) == 0;
        made.lines[l].subjects = dice(&seed, 3) == 0 ? dice(&seed, 16) & 3 : 0;
        made.lines[l].quarters = dice(&seed, 3) == 0 ? (uint32_t)dice(&seed, 8) : ~(uint32_t)0;
        for (uint64_t bars = dice(&seed, 3); bars > 0; bars--) {
            size_t ref = dice(&seed, made.lines[l].refs_len);
            bar_add(&made, l, dice(&seed, made.problem.auditors_len), (uint32_t)dice(&seed, 8), &ref, 1, "did it");
        }
    }
    return made;
}

static void plans_of_small_problems_are_those_of_brute_force(void **state)
{
    size_t whole = 0, impossible = 0;

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ArenaMark mark = arena_mark(*state);
        Made made      = made_of_seed(*state, seed);
        AuditPlan plan = planned(&made);
        if (plan.due.len <= 5) {
            int64_t best = brute_best(&made, &plan.due);
            if ((best >= 0) != (plan.outcome == PLAN_WHOLE))
                fail_msg("seed %llu: feasibility", (unsigned long long)seed);
            if (best >= 0 && (!plan.is_best || plan.points != best))
                fail_msg("seed %llu: %lld points, best %lld", (unsigned long long)seed, (long long)plan.points,
                         (long long)best);
            whole += best >= 0;
            impossible += best < 0;
        }
        arena_rewind(*state, mark);
    }
    assert_true(whole > SEEDS / 5);
    assert_true(impossible > SEEDS / 5);
}

static void a_conflict_is_impossible_and_minimal(void **state)
{
    size_t seen = 0;

    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        ArenaMark mark = arena_mark(*state);
        Made made      = made_of_seed(*state, seed);
        AuditPlan plan = planned(&made);
        for (size_t i = 0; i < plan.conflicts.len; i++) {
            const PlanConflict *conflict = &plan.conflicts.at[i];
            if (!conflict->is_minimal) fail_msg("seed %llu: not minimal", (unsigned long long)seed);
            if (brute_possible(&made, &plan.due, conflict, conflict->len))
                fail_msg("seed %llu: what is told to conflict is possible", (unsigned long long)seed);
            for (size_t k = 0; k < conflict->len; k++) {
                if (!brute_possible(&made, &plan.due, conflict, k))
                    fail_msg("seed %llu: \"%.*s\" is not needed", (unsigned long long)seed,
                             STR_ARG(conflict->at[k].words));
            }
            seen++;
        }
        arena_rewind(*state, mark);
    }
    assert_true(seen > SEEDS / 5);
}

/* ---- what is due ---- */

static void clauses_are_due_each_year_and_controls_once(void **state)
{
    Made made      = made_open(*state, 12, 1, 2);
    PlanVisits due = { 0 }, missed = { 0 };
    refs_set(&made, 0, 2, true);
    refs_set(&made, 1, 2, false);

    plan_visits(*state, &made.problem, &due, &missed);

    assert_int_equal(due.len, 4);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(due.at[i].due, DUE_YEARLY);
        assert_int_equal(due.at[i].quarters, 0xf << (4 * i));
    }
    assert_int_equal(due.at[3].due, DUE_CYCLE);
    assert_int_equal(due.at[3].quarters, 0xfff);
}

static void what_is_important_is_due_twice_and_intervals_count(void **state)
{
    Made made      = made_open(*state, 12, 1, 3);
    PlanVisits due = { 0 }, missed = { 0 };
    for (size_t i = 0; i < 3; i++)
        refs_set(&made, i, 1, false);
    made.lines[0].is_high  = true;
    made.lines[1].interval = 8;  /* 24 months: the third span would begin after the programme */
    made.lines[2].interval = 10; /* what is left of the second span is less than half of one */

    plan_visits(*state, &made.problem, &due, &missed);

    assert_int_equal(due.len, 5);
    assert_int_equal(due.at[0].quarters, 0x3f);
    assert_int_equal(due.at[1].quarters, 0xfc0);
    assert_int_equal(due.at[1].due, DUE_TWICE);
    assert_int_equal(due.at[2].quarters, 0xff);
    assert_int_equal(due.at[3].quarters, 0xf00);
    assert_int_equal(due.at[4].quarters, 0x3ff);
}

static void a_reference_on_two_lines_is_due_on_one(void **state)
{
    Made made      = made_open(*state, 12, 1, 2);
    PlanVisits due = { 0 }, missed = { 0 };
    refs_set(&made, 0, 3, false);
    made.lines[1].refs     = made.lines[0].refs;
    made.lines[1].refs_len = 2;
    made.lines[1].is_high  = true;

    plan_visits(*state, &made.problem, &due, &missed);
    assert_int_equal(due.len, 1);
    assert_int_equal(due.at[0].line, 0);

    due.len                = 0;
    made.lines[1].interval = 12;
    plan_visits(*state, &made.problem, &due, &missed);
    assert_int_equal(due.len, 3); /* the third reference on the first line; the second is the carrier, and important */
}

static void audits_that_there_are_count_and_what_is_past_is_missed(void **state)
{
    static const PlanKept kept[] = { { 1, 0, STR_INIT("IA-27-01") }, { 2, 0, STR_INIT("IA-27-02") } };
    Made made                    = made_open(*state, 12, 2, 2);
    PlanVisits due = { 0 }, missed = { 0 };
    refs_set(&made, 0, 1, true);
    refs_set(&made, 1, 1, true);
    made.problem.first     = 5;
    made.lines[0].kept     = kept;
    made.lines[0].kept_len = 2;

    plan_visits(*state, &made.problem, &due, &missed);

    assert_int_equal(missed.len, 1);
    assert_int_equal(missed.at[0].line, 1);
    assert_int_equal(due.len, 4);
    assert_int_equal(due.at[0].quarters, 0xe0); /* of the second year what is still ahead */
}

static void twice_is_twice_whenever_the_first_was(void **state)
{
    static const PlanKept kept[] = { { 6, 0, STR_INIT("IA-28-01") } };
    Made made                    = made_open(*state, 12, 1, 2);
    PlanVisits due = { 0 }, missed = { 0 };
    for (size_t i = 0; i < 2; i++) {
        refs_set(&made, i, 1, false);
        made.lines[i].is_high = true;
    }
    made.problem.first     = 8;
    made.lines[0].kept     = kept;
    made.lines[0].kept_len = 1;

    plan_visits(*state, &made.problem, &due, &missed);

    assert_int_equal(missed.len, 0);
    assert_int_equal(due.len, 3);
    assert_int_equal(due.at[0].quarters, 0xf00);
    assert_int_equal(due.at[0].nth, 2);
    assert_int_equal(due.at[1].quarters, 0x300);
    assert_int_equal(due.at[2].quarters, 0xc00);
}

/* ---- plans ---- */

static void references_go_to_whoever_is_apart(void **state)
{
    Made made            = made_open(*state, 4, 2, 1);
    const size_t wrote[] = { 0, 1, 2 };
    refs_set(&made, 0, 5, false);
    made.auditors[1].may_lead = false;
    bar_add(&made, 0, 0, ~(uint32_t)0, wrote, 3, "wrote STD-05");

    AuditPlan plan            = planned(&made);
    const PlannedAudit *audit = audit_of(&plan, 0);

    assert_int_equal(plan.outcome, PLAN_WHOLE);
    assert_int_equal(audit->team_len, 2);
    assert_int_equal(audit->team[0].auditor, 0);
    assert_int_equal(audit->team[0].refs_len, 2);
    assert_int_equal(audit->team[1].refs_len, 3);
    assert_says(audit->reasons.at[2], "Person 0 may lead, leaves A.5.1 to A.5.3 (wrote STD-05) to others");
    assert_says(audit->reasons.at[3], "Person 1 gives 1 day and takes A.5.1 to A.5.3: Person 0 wrote STD-05.");
}

static void a_line_is_not_led_twice_in_a_row_by_one_person(void **state)
{
    static const PlanKept kept[] = { { 0, 0, STR_INIT("IA-27-01") } };
    Made made                    = made_open(*state, 8, 2, 1);
    refs_set(&made, 0, 1, true);
    made.problem.first     = 1;
    made.lines[0].kept     = kept;
    made.lines[0].kept_len = 1;

    AuditPlan plan = planned(&made);

    assert_int_equal(plan.audits.len, 1);
    assert_int_equal(audit_of(&plan, 0)->team[0].auditor, 1);
    assert_says(audit_of(&plan, 0)->reasons.at[2], "IA-27-01 had another lead");
}

static void what_fades_bars_only_while_it_counts(void **state)
{
    Made made          = made_open(*state, 4, 1, 1);
    const size_t all[] = { 0 };
    refs_set(&made, 0, 1, false);
    bar_add(&made, 0, 0, 0x3, all, 1, "operated PR-04 until 30 Jun 2026");

    AuditPlan plan = planned(&made);

    assert_int_equal(plan.outcome, PLAN_WHOLE);
    assert_true(audit_of(&plan, 0)->quarter >= 2);
}

/* ---- conflicts in words ---- */

static void a_conflict_names_people_references_and_days(void **state)
{
    Made made = made_open(*state, 4, 3, 2);
    refs_set(&made, 0, 4, false);
    refs_set(&made, 1, 1, false);
    made.auditors[0].name     = STR("Gareth Lowe");
    made.auditors[0].subjects = made.auditors[1].subjects = 2;
    made.auditors[1].name                                 = STR("Noor Haddad");
    made.auditors[0].limit                                = STR("qualification valid to 30 Jun 2027");
    made.auditors[0].days[2] = made.auditors[0].days[3] = 0;
    made.lines[0].subjects                              = 2;
    made.lines[0].quarters                              = 0xc;
    bar_whole(&made, 0, 1, "operates PR-04");

    AuditPlan plan               = planned(&made);
    const PlanConflict *conflict = &plan.conflicts.at[0];

    assert_int_equal(plan.outcome, PLAN_CONFLICT);
    assert_int_equal(plan.conflicts.len, 1);
    assert_int_equal(conflict->len, 5);
    assert_says(conflict->words, "A.5.1 to A.5.4");
    assert_says(conflict->words, "an auditor apart from what is audited with knowledge of development");
    assert_says(conflict->words, "only Gareth Lowe could");
    assert_says(conflict->at[1].words, "L-01 may be audited in 1 Jul to 31 Dec 2027 only");
    assert_says(conflict->at[2].words, "which only Gareth Lowe and Noor Haddad have");
    assert_says(conflict->at[3].words, "no days in 1 Jul to 31 Dec 2027: qualification valid to 30 Jun 2027");
    assert_says(conflict->at[4].words, "Noor Haddad operates PR-04 (A.5.1 to A.5.4)");
    assert_int_equal(plan.audits.len, 1); /* the rest is planned */
}

static void audits_that_share_too_few_days_are_named_together(void **state)
{
    Made made = made_open(*state, 1, 2, 4);
    for (size_t i = 0; i < 4; i++) {
        refs_set(&made, i, 1, false);
        made.lines[i].days = 3;
    }
    made.auditors[0].days[0] = 5;
    made.auditors[1].days[0] = 5;
    made.lines[3].is_high    = true;

    AuditPlan plan = planned(&made);

    assert_int_equal(plan.conflicts.len, 1);
    assert_int_equal(plan.conflicts.at[0].len, 6);
    assert_says(plan.conflicts.at[0].words, "L-01, L-02, L-03 and L-04 need 12 days of work");
    assert_says(plan.conflicts.at[0].words, "who have 10 days there in all");
    assert_int_equal(plan.due.at[plan.conflicts.at[0].left_out[0]].line, 2); /* the important one stays */
    assert_int_equal(plan.audits.len, 3);
}

static void nobody_at_all_is_told_too(void **state)
{
    Made made = made_open(*state, 1, 0, 1);
    refs_set(&made, 0, 1, false);

    AuditPlan plan = planned(&made);

    assert_int_equal(plan.conflicts.len, 1);
    assert_int_equal(plan.conflicts.at[0].len, 1);
    assert_says(plan.conflicts.at[0].words, "nobody is that");
}

static void references_are_told_in_runs(void **state)
{
    static const PlanRef refs[] = { { STR_INIT("A.8.1"), false },  { STR_INIT("A.8.2"), false },
                                    { STR_INIT("A.8.9"), false },  { STR_INIT("A.8.10"), false },
                                    { STR_INIT("A.8.11"), false }, { STR_INIT("9.2.1"), true } };
    static const size_t all[]   = { 0, 1, 2, 3, 4, 5 };
    PlanLine line               = { .refs = refs, .refs_len = countof(refs) };

    assert_says(plan_refs_words(*state, &line, all, countof(all)), "A.8.1, A.8.2, A.8.9 to A.8.11 and 9.2.1");
}

/* ---- full size ---- */

/* 60 lines, 12 auditors, 12 quarters, as a large organisation might have them; `days` a person and quarter. */
static Made made_large(Arena *arena, int days)
{
    Made made     = made_open(arena, 12, 12, 60);
    uint64_t seed = 922;

    for (size_t a = 0; a < 12; a++) {
        made.auditors[a].may_lead = a % 3 == 0;
        made.auditors[a].subjects = (uint64_t)1 << (a % 4) | (uint64_t)1 << dice(&seed, 4);
        for (int q = 0; q < 12; q++)
            made.auditors[a].days[q] = days;
    }
    for (size_t l = 0; l < 60; l++) {
        refs_set(&made, l, 3 + dice(&seed, 8), l < 6);
        made.lines[l].days     = 2 + (int)dice(&seed, 6);
        made.lines[l].interval = l < 6 ? 4 : 4 * (1 + (int)dice(&seed, 3));
        made.lines[l].is_high  = dice(&seed, 5) == 0;
        made.lines[l].subjects = (uint64_t)1 << (l % 4);
        for (size_t k = 0; k < 3; k++) {
            size_t ref = dice(&seed, made.lines[l].refs_len);
            bar_add(&made, l, dice(&seed, 12), ~(uint32_t)0, &ref, 1, "owns it");
        }
        bar_whole(&made, l, l % 12, "owns the process");
    }
    return made;
}

static void assert_within_bound(const AuditPlan *plan)
{
    if (plan->steps >= PLAN_STEPS_MAX / 2) fail_msg("%lld steps", (long long)plan->steps);
}

static void a_large_programme_is_planned_within_its_bound(void **state)
{
    Made made      = made_large(*state, 14);
    AuditPlan plan = planned(&made), again = planned(&made);

    assert_int_equal(plan.outcome, PLAN_WHOLE);
    assert_true(plan.audits.len > 100);
    assert_within_bound(&plan);
    assert_int_equal(plan.points, again.points);
    assert_int_equal(plan.steps, again.steps);
    for (size_t i = 0; i < plan.audits.len; i++) {
        assert_int_equal(plan.audits.at[i].quarter, again.audits.at[i].quarter);
        assert_int_equal(plan.audits.at[i].team[0].auditor, again.audits.at[i].team[0].auditor);
    }
}

static void a_large_programme_names_the_one_line_that_cannot_be(void **state)
{
    Made made = made_large(*state, 14);
    for (size_t a = 0; a < 12; a++)
        bar_whole(&made, 30, a, "works in Engineering");

    AuditPlan plan = planned(&made);

    assert_int_equal(plan.outcome, PLAN_CONFLICT);
    assert_int_equal(plan.conflicts.len, 1);
    assert_true(plan.conflicts.at[0].is_minimal);
    assert_int_equal(plan.conflicts.at[0].at[0].line, 30);
    assert_int_equal(plan.audits.len + plan.conflicts.at[0].left_out_len, plan.due.len);
    assert_within_bound(&plan);
}

static void a_large_programme_short_of_days_says_so_within_its_bound(void **state)
{
    for (int days = 2; days <= 6; days++) {
        Made made      = made_large(*state, days);
        AuditPlan plan = planned(&made);

        assert_within_bound(&plan);
        if (days > 4) continue;
        assert_int_equal(plan.outcome, PLAN_CONFLICT);
        assert_says(plan.conflicts.at[0].words, "days of work");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses_are_due_each_year_and_controls_once),
        cmocka_unit_test(what_is_important_is_due_twice_and_intervals_count),
        cmocka_unit_test(a_reference_on_two_lines_is_due_on_one),
        cmocka_unit_test(audits_that_there_are_count_and_what_is_past_is_missed),
        cmocka_unit_test(twice_is_twice_whenever_the_first_was),
        cmocka_unit_test(references_go_to_whoever_is_apart),
        cmocka_unit_test(a_line_is_not_led_twice_in_a_row_by_one_person),
        cmocka_unit_test(what_fades_bars_only_while_it_counts),
        cmocka_unit_test(a_conflict_names_people_references_and_days),
        cmocka_unit_test(audits_that_share_too_few_days_are_named_together),
        cmocka_unit_test(nobody_at_all_is_told_too),
        cmocka_unit_test(references_are_told_in_runs),
        cmocka_unit_test(plans_of_small_problems_are_those_of_brute_force),
        cmocka_unit_test(a_conflict_is_impossible_and_minimal),
        cmocka_unit_test(a_large_programme_is_planned_within_its_bound),
        cmocka_unit_test(a_large_programme_names_the_one_line_that_cannot_be),
        cmocka_unit_test(a_large_programme_short_of_days_says_so_within_its_bound),
    };
    return cmocka_run_group_tests(tests, arena_setup, arena_teardown);
}
