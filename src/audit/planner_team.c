/* SPDX-License-Identifier: Apache-2.0
 * Teams: who may audit a line together. Each takes at least one reference, so is apart from it and knows one of the
 * line's subjects; but the lead may leave all of them to others, as long as there is one that he is apart from. */
#include <string.h>

#include "audit/planner_inside.h"

static uint64_t bit(size_t index)
{
    return (uint64_t)1 << index;
}

static uint64_t everybody(const PlanProblem *problem)
{
    return problem->auditors_len >= 64 ? ~(uint64_t)0 : bit(problem->auditors_len) - 1;
}

/* Who knows one of the subjects; everybody where there is none. */
static uint64_t who_knows(const PlanProblem *problem, uint64_t subjects)
{
    uint64_t people = 0;

    if (subjects == 0) return everybody(problem);
    for (size_t i = 0; i < problem->auditors_len; i++) {
        if (problem->auditors[i].subjects & subjects) people |= bit(i);
    }
    return people;
}

static uint64_t who_is_apart(const PlanProblem *problem, const PlanHold *hold, size_t index, size_t ref, int quarter)
{
    const PlanLine *line = &problem->lines[index];
    uint64_t people      = everybody(problem);

    for (size_t i = 0; i < line->bars_len; i++) {
        const PlanBar *bar = &line->bars[i];
        if (!(hold->apart[index] & bit(bar->auditor)) || !(bar->quarters >> quarter & 1)) continue;
        for (size_t k = 0; k < bar->refs_len; k++) {
            if (bar->refs[k] == ref) people &= ~bit(bar->auditor);
        }
    }
    return people;
}

/* Less asked for never makes people unfit: who knows none of the subjects counts once one of them is not asked for. */
static uint64_t who_knows_some(const PlanProblem *problem, const PlanHold *hold, size_t index)
{
    uint64_t subjects = problem->lines[index].subjects;
    return who_knows(problem, hold->subjects[index] == subjects ? subjects : 0);
}

uint64_t plan_may_take(const PlanProblem *problem, const PlanHold *hold, size_t index, size_t ref, int quarter)
{
    return who_is_apart(problem, hold, index, ref, quarter) & who_knows_some(problem, hold, index);
}

/* ---- what a line asks of a team in one quarter ---- */

typedef struct {
    uint64_t *any; /* of each of these sets somebody must be in the team */
    size_t any_len;
    uint64_t takers; /* who may take at least one reference */
    uint64_t apart;  /* who is apart from at least one */
    uint64_t part;   /* … but not from all */
} Asks;

static void asks_add(Asks *asks, uint64_t people)
{
    for (size_t i = 0; i < asks->any_len; i++) {
        if (asks->any[i] == people) return;
    }
    asks->any[asks->any_len++] = people;
}

static Asks asks_of(Arena *arena, const PlanProblem *problem, const PlanHold *hold, size_t index, int quarter)
{
    const PlanLine *line = &problem->lines[index];
    uint64_t known = who_knows_some(problem, hold, index), all = everybody(problem);
    Asks asks = { .any = arena_array(arena, uint64_t, line->refs_len + PLAN_SUBJECTS_MAX + 1) };

    for (size_t i = 0; i < line->refs_len; i++) {
        uint64_t people = who_is_apart(problem, hold, index, i, quarter);
        asks_add(&asks, people & known);
        asks.apart |= people;
        all &= people;
    }
    asks.takers = asks.apart & known;
    asks.part   = asks.apart & ~all;
    for (size_t i = 0; i < problem->subjects_len; i++) {
        if (hold->subjects[index] & bit(i)) asks_add(&asks, who_knows(problem, bit(i)) & asks.takers);
    }
    return asks;
}

/* Who of the members may lead, of those who could; none: they are no team. */
static uint64_t asks_leads(const Asks *asks, uint64_t members, uint64_t could)
{
    uint64_t idle = members & ~asks->takers, leads = members & could & asks->apart;

    for (size_t i = 0; i < asks->any_len; i++) {
        if (!(members & asks->any[i])) return 0;
    }
    if (idle == 0) return leads;
    return (idle & (idle - 1)) == 0 ? leads & idle : 0; /* who takes nothing leads, so it is one at most */
}

/* ---- all of them ---- */

typedef struct {
    Arena *arena;
    const PlanProblem *problem;
    const PlanHold *hold;
    size_t line;
    uint32_t quarters;
    uint64_t leads; /* who may lead the line */
    Asks asks[PLAN_QUARTERS_MAX];
    PlanTeams *out;
} Enumeration;

/* The entry of the people with just these leads. */
static PlanTeam *team_with(const Enumeration *enumeration, size_t from, uint64_t members, int size, uint64_t leads)
{
    PlanTeams *out = enumeration->out;
    int days       = enumeration->problem->lines[enumeration->line].days;

    for (size_t i = from; i < out->len; i++) {
        if (out->at[i].leads == leads) return &out->at[i];
    }
    PlanTeam *team = list_push(enumeration->arena, out);
    *team          = (PlanTeam){ .members = members, .leads = leads, .size = size, .days = (days + size - 1) / size };
    return team;
}

static void enumerate_one(const Enumeration *enumeration, uint64_t members, int size)
{
    size_t from = enumeration->out->len;

    for (int quarter = 0; quarter < enumeration->problem->quarters_len; quarter++) {
        if (!(enumeration->quarters >> quarter & 1)) continue;
        uint64_t leads = asks_leads(&enumeration->asks[quarter], members, enumeration->leads);
        if (leads != 0) team_with(enumeration, from, members, size, leads)->quarters |= (uint32_t)1 << quarter;
    }
}

static void enumerate(const Enumeration *enumeration, uint64_t members, int size, size_t from)
{
    for (size_t i = from; i < enumeration->problem->auditors_len; i++) {
        enumerate_one(enumeration, members | bit(i), size + 1);
        if (size + 1 < PLAN_TEAM_MAX) enumerate(enumeration, members | bit(i), size + 1, i + 1);
    }
}

PlanTeams plan_teams(Arena *arena, const PlanProblem *problem, const PlanHold *hold, size_t line, uint32_t quarters)
{
    PlanTeams teams         = { 0 };
    Enumeration enumeration = {
        .arena = arena, .problem = problem, .hold = hold, .line = line, .quarters = quarters, .out = &teams
    };

    for (size_t i = 0; i < problem->auditors_len; i++) {
        if (problem->auditors[i].may_lead || !hold->leads[line]) enumeration.leads |= bit(i);
    }
    for (int quarter = 0; quarter < problem->quarters_len; quarter++) {
        if (!(quarters >> quarter & 1)) continue;
        enumeration.asks[quarter] = asks_of(arena, problem, hold, line, quarter);
        teams.part[quarter]       = enumeration.asks[quarter].part;
    }
    enumerate(&enumeration, 0, 0, 0);
    return teams;
}

/* ---- what is held ---- */

uint32_t plan_visit_quarters(const PlanProblem *problem, const PlanVisits *visits, const PlanHold *hold, size_t visit)
{
    const PlanVisit *one = &visits->at[visit];
    return one->quarters & (hold->windows[one->line] ? problem->lines[one->line].quarters : ~(uint32_t)0);
}

PlanHold plan_hold_none(Arena *arena, const PlanProblem *problem, const PlanVisits *visits)
{
    return (PlanHold){ .visits   = arena_array(arena, bool, visits->len + 1),
                       .windows  = arena_array(arena, bool, problem->lines_len + 1),
                       .leads    = arena_array(arena, bool, problem->lines_len + 1),
                       .subjects = arena_array(arena, uint64_t, problem->lines_len + 1),
                       .apart    = arena_array(arena, uint64_t, problem->lines_len + 1) };
}

PlanHold plan_hold_all(Arena *arena, const PlanProblem *problem, const PlanVisits *visits)
{
    PlanHold hold = plan_hold_none(arena, problem, visits);

    hold.days = ~(uint64_t)0;
    for (size_t i = 0; i < visits->len; i++)
        hold.visits[i] = true;
    for (size_t i = 0; i < problem->lines_len; i++) {
        hold.windows[i] = hold.leads[i] = true;
        hold.subjects[i]                = problem->lines[i].subjects;
        hold.apart[i]                   = ~(uint64_t)0;
    }
    return hold;
}

PlanHold plan_hold_copy(Arena *arena, const PlanProblem *problem, const PlanVisits *visits, const PlanHold *hold)
{
    PlanHold copy = plan_hold_none(arena, problem, visits);

    memcpy(copy.visits, hold->visits, visits->len * sizeof *copy.visits);
    memcpy(copy.windows, hold->windows, problem->lines_len * sizeof *copy.windows);
    memcpy(copy.leads, hold->leads, problem->lines_len * sizeof *copy.leads);
    memcpy(copy.subjects, hold->subjects, problem->lines_len * sizeof *copy.subjects);
    memcpy(copy.apart, hold->apart, problem->lines_len * sizeof *copy.apart);
    copy.days = hold->days;
    return copy;
}
