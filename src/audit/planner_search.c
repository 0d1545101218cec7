/* SPDX-License-Identifier: Apache-2.0
 * The search: depth first, tightest audit first, cheapest value first. A value is a quarter, a team and its lead. A
 * flow from audits to the days of people proves at once when days do not suffice; what failed comes earlier after a
 * restart. Then a plan is made better: a hill climb, then branch and bound. Steps are counted, never time. */
#include <stdlib.h>
#include <string.h>

#include "audit/planner_inside.h"

enum {
    POINTS_EVEN     = 20, /* times the square of a person's days in a quarter, over what he has there */
    POINTS_LATE     = 10, /* a quarter, of an audit of high importance */
    POINTS_AGAIN    = 60,
    POINTS_NEAR     = 40,
    POINTS_MEMBER   = 15,
    POINTS_BARRED   = 5,
    NEAR_QUARTERS   = 2,
    FIRST_LIMIT     = 60000,   /* steps before the first restart */
    BEST_STEPS_MAX  = 1500000, /* for branch and bound, and as many for the climb */
    FLOW_VISITS_MAX = 40,      /* in more, a flow at each node costs more than it saves */
    WANTED_UNIT     = 1000,
    NO_LIMIT        = 1 << 20
};

/* What stands before or after an audit on its line: another one, or one that there is. */
typedef struct {
    enum { SIDE_NONE, SIDE_VISIT, SIDE_KEPT } kind;
    size_t visit;
    int quarter, lead;
} Side;

typedef struct {
    PlanWork *work;
    const PlanProblem *problem;
    const PlanHold *hold;
    Arena *arena;
    size_t *order; /* visits that are held, in the order they are placed */
    size_t len;
    PlanTeams **teams;                  /* by visit */
    uint32_t *quarters;                 /* by visit */
    uint64_t (*who)[PLAN_QUARTERS_MAX]; /* by visit and quarter: people of any team */
    Side *before, *after;
    PlanPick *picks, *support; /* by visit */
    int64_t *failed, *values;  /* by visit: how often it had no place; how many values it has at all */
    int (*room)[PLAN_QUARTERS_MAX];
    int (*load)[PLAN_QUARTERS_MAX], (*capacity)[PLAN_QUARTERS_MAX];
    int64_t points;
    int64_t stop;                         /* work->steps at which to give up */
    bool uses_flow, is_tight;             /* after a restart: days are spared before points are */
    int64_t (*wanted)[PLAN_QUARTERS_MAX]; /* by auditor and quarter: how much of his days others may want */
    PlanPick *best;
    int64_t best_points;
} Search;

/* ---- points ---- */

static int64_t points_even(const Search *search, size_t auditor, int quarter, int load)
{
    return (int64_t)POINTS_EVEN * load * load / search->capacity[auditor][quarter];
}

static bool side_is(const Search *search, const Side *side, int *quarter, int *lead)
{
    if (side->kind == SIDE_NONE) return false;
    const PlanPick *pick = side->kind == SIDE_VISIT ? &search->picks[side->visit] : NULL;
    if (pick != NULL && pick->team == NULL) return false;
    *quarter = pick != NULL ? pick->quarter : side->quarter;
    *lead    = pick != NULL ? pick->lead : side->lead;
    return true;
}

static int64_t points_beside(const Search *search, const Side *side, int quarter, int lead)
{
    int other, other_lead;

    if (!side_is(search, side, &other, &other_lead)) return 0;
    return (other_lead == lead ? POINTS_AGAIN : 0) + (abs(quarter - other) < NEAR_QUARTERS ? POINTS_NEAR : 0);
}

/* What is the same whoever of the team leads. */
static int64_t points_team(const Search *search, size_t visit, int quarter, const PlanTeam *team)
{
    const PlanVisit *due = &search->work->visits->at[visit];
    int64_t points       = (int64_t)POINTS_MEMBER * (team->size - 1) +
                     (int64_t)POINTS_BARRED * __builtin_popcountll(team->members & search->teams[visit]->part[quarter]);

    if (search->problem->lines[due->line].is_high)
        points += (int64_t)POINTS_LATE * (quarter - __builtin_ctz(search->quarters[visit]));
    for (uint64_t left = team->members; left != 0; left &= left - 1) {
        size_t auditor = (size_t)__builtin_ctzll(left);
        int load       = search->load[auditor][quarter];
        points +=
            points_even(search, auditor, quarter, load + team->days) - points_even(search, auditor, quarter, load);
    }
    return points;
}

static int64_t points_lead(const Search *search, size_t visit, int quarter, int lead)
{
    return points_beside(search, &search->before[visit], quarter, lead) +
           points_beside(search, &search->after[visit], quarter, lead);
}

/* ---- placing ---- */

static bool fits(const Search *search, const PlanTeam *team, int quarter)
{
    if (!(team->quarters >> quarter & 1)) return false;
    for (uint64_t left = team->members; left != 0; left &= left - 1) {
        if (search->room[__builtin_ctzll(left)][quarter] < team->days) return false;
    }
    return true;
}

static void move_days(Search *search, const PlanPick *pick, int sign)
{
    for (uint64_t left = pick->team->members; left != 0; left &= left - 1) {
        int auditor = __builtin_ctzll(left);
        search->room[auditor][pick->quarter] -= sign * pick->team->days;
        search->load[auditor][pick->quarter] += sign * pick->team->days;
    }
}

static void place(Search *search, size_t visit, PlanPick pick)
{
    search->points +=
        points_team(search, visit, pick.quarter, pick.team) + points_lead(search, visit, pick.quarter, pick.lead);
    move_days(search, &pick, 1);
    search->picks[visit] = pick;
}

static void unplace(Search *search, size_t visit)
{
    PlanPick pick = search->picks[visit];

    search->picks[visit] = (PlanPick){ 0 };
    move_days(search, &pick, -1);
    search->points -=
        points_team(search, visit, pick.quarter, pick.team) + points_lead(search, visit, pick.quarter, pick.lead);
}

static bool is_over(const Search *search)
{
    return search->work->steps >= search->stop;
}

/* The first value that fits is remembered: it is looked for again only when it fits no longer. */
static bool has_support(Search *search, size_t visit)
{
    PlanPick *support      = &search->support[visit];
    const PlanTeams *teams = search->teams[visit];

    if (support->team != NULL && fits(search, support->team, support->quarter)) return true;
    for (size_t i = 0; i < teams->len; i++) {
        uint32_t quarters = teams->at[i].quarters & search->quarters[visit];
        for (; quarters != 0; quarters &= quarters - 1) {
            search->work->steps++;
            if (!fits(search, &teams->at[i], __builtin_ctz(quarters))) continue;
            *support = (PlanPick){ &teams->at[i], __builtin_ctz(quarters), 0 };
            return true;
        }
    }
    return false;
}

static bool have_support(Search *search, size_t from)
{
    for (size_t i = from; i < search->len; i++) {
        if (has_support(search, search->order[i])) continue;
        search->failed[search->order[i]]++;
        return false;
    }
    return true;
}

/* ---- days as a flow ---- */

typedef struct {
    const size_t *visits; /* the places: a part of search->order */
    size_t places, slots; /* a slot is an auditor's quarter */
    int *flow;            /* by place and slot */
    int *left;            /* by slot */
    size_t *parent;       /* by slot: the place it was reached from, plus one */
    size_t *origin;       /* by place: the slot it was reached from, plus one */
    size_t *queue;        /* of places */
} Flow;

static Flow flow_open(Search *search, const size_t *visits, size_t places)
{
    size_t quarters = (size_t)search->problem->quarters_len, slots = search->problem->auditors_len * quarters;
    Flow flow = { .visits = visits,
                  .places = places,
                  .slots  = slots,
                  .flow   = arena_array(search->arena, int, places *slots + 1),
                  .left   = arena_array(search->arena, int, slots + 1),
                  .parent = arena_array(search->arena, size_t, slots + 1),
                  .origin = arena_array(search->arena, size_t, places + 1),
                  .queue  = arena_array(search->arena, size_t, places + 1) };

    for (size_t i = 0; i < slots; i++)
        flow.left[i] = search->room[i / quarters][i % quarters];
    return flow;
}

/* Sends what can be sent along the way that was found to `slot`; at most `want`. */
static int flow_send(Flow *flow, size_t slot, int want)
{
    int sent = want < flow->left[slot] ? want : flow->left[slot];

    for (size_t at = slot;;) {
        size_t place = flow->parent[at] - 1, origin = flow->origin[place];
        if (origin == 0) break;
        int back = flow->flow[place * flow->slots + origin - 1];
        if (back < sent) sent = back;
        at = origin - 1;
    }
    flow->left[slot] -= sent;
    for (size_t at = slot;;) {
        size_t place = flow->parent[at] - 1, origin = flow->origin[place];
        flow->flow[place * flow->slots + at] += sent;
        if (origin == 0) break;
        flow->flow[place * flow->slots + origin - 1] -= sent;
        at = origin - 1;
    }
    return sent;
}

/* Those who gave the slot's days away could take others instead. */
static size_t flow_back(Flow *flow, size_t slot, size_t start, size_t tail)
{
    for (size_t other = 0; other < flow->places; other++) {
        bool is_new = other != start && flow->origin[other] == 0;
        if (!is_new || flow->flow[other * flow->slots + slot] == 0) continue;
        flow->origin[other] = slot + 1;
        flow->queue[tail++] = other;
    }
    return tail;
}

/* One more way for the place `start`; 0: none, and flow->queue begins with the *reached places whose people are all
 * used up. */
static int flow_push(Search *search, Flow *flow, size_t start, int want, size_t *reached)
{
    size_t head = 0, tail = 0, quarters = (size_t)search->problem->quarters_len;

    memset(flow->parent, 0, flow->slots * sizeof *flow->parent);
    memset(flow->origin, 0, flow->places * sizeof *flow->origin);
    flow->queue[tail++] = start;
    while (head < tail) {
        size_t place        = flow->queue[head++];
        const uint64_t *who = search->who[flow->visits[place]];
        search->work->steps += (int64_t)flow->slots / 4;
        for (size_t slot = 0; slot < flow->slots; slot++) {
            if (!(who[slot % quarters] >> (slot / quarters) & 1) || flow->parent[slot] != 0) continue;
            flow->parent[slot] = place + 1;
            if (flow->left[slot] > 0) return flow_send(flow, slot, want);
            tail = flow_back(flow, slot, start, tail);
            search->work->steps += (int64_t)flow->places / 4;
        }
    }
    *reached = tail;
    return 0;
}

/* Whether the days of these visits could come from somewhere; if not, `short_of` (by visit; may be NULL) marks some
 * whose people have too few days together. Necessary, not sufficient: a flow may split an audit over quarters. */
static bool days_suffice(Search *search, const size_t *visits, size_t len, bool *short_of)
{
    ArenaMark mark = arena_mark(search->arena);
    Flow flow      = flow_open(search, visits, len);
    bool suffice   = true;

    for (size_t i = 0; i < len && suffice; i++) {
        int want = search->problem->lines[search->work->visits->at[visits[i]].line].days;
        while (want > 0 && suffice) {
            size_t reached = 0;
            int sent       = flow_push(search, &flow, i, want, &reached);
            want -= sent;
            suffice = sent > 0;
            for (size_t k = 0; short_of != NULL && !suffice && k < reached; k++)
                short_of[visits[flow.queue[k]]] = true;
        }
    }
    arena_rewind(search->arena, mark);
    return suffice;
}

static bool takes_more(const Search *search, size_t a, size_t b)
{
    const PlanVisits *visits = search->work->visits;
    int days_a               = search->problem->lines[visits->at[a].line].days;
    int days_b               = search->problem->lines[visits->at[b].line].days;

    return days_a != days_b ? days_a > days_b : a < b;
}

typedef struct {
    size_t *at, len;
} Places;

/* Those of the visits that are marked, the ones that take most first; the marks are wiped. */
static Places places_of(const Search *search, const size_t *visits, size_t len, bool *marked)
{
    Places places = { .at = arena_array(search->arena, size_t, len + 1) };

    for (size_t i = 0; i < len; i++) {
        size_t k = places.len;
        if (!marked[visits[i]]) continue;
        marked[visits[i]] = false;
        for (places.len++; k > 0 && takes_more(search, visits[i], places.at[k - 1]); k--)
            places.at[k] = places.at[k - 1];
        places.at[k] = visits[i];
    }
    return places;
}

/* The places without the one at `index`. */
static Places places_but(const Search *search, const Places *places, size_t index)
{
    Places rest = { .at = arena_array(search->arena, size_t, places->len + 1) };

    for (size_t i = 0; i < places->len; i++) {
        if (i != index) rest.at[rest.len++] = places->at[i];
    }
    return rest;
}

/* Marks in `hard` visits whose people have too few days for them together, and enough without any one of them, as far
 * as a flow tells. What takes least goes first, so that few are left; each proof on the way may leave out many. */
static void days_shrink(Search *search, int64_t *hard)
{
    bool *short_of = arena_array(search->arena, bool, search->work->visits->len + 1);

    if (days_suffice(search, search->order, search->len, short_of)) return;
    Places places = places_of(search, search->order, search->len, short_of);
    for (size_t i = places.len; i > 0 && !is_over(search); i--) {
        Places rest = places_but(search, &places, i - 1);
        if (days_suffice(search, rest.at, rest.len, short_of)) continue;
        places = places_of(search, rest.at, rest.len, short_of);
        if (i > places.len) i = places.len + 1;
    }
    for (size_t i = 0; i < places.len; i++)
        hard[places.at[i]] = PLAN_PROVEN;
}

/* ---- depth first ---- */

typedef struct {
    int64_t points;
    PlanPick pick;
    size_t index;
} Value;

static int compare_values(const void *a, const void *b)
{
    const Value *left = a, *right = b;

    if (left->points != right->points) return left->points < right->points ? -1 : 1;
    if (left->pick.quarter != right->pick.quarter) return left->pick.quarter < right->pick.quarter ? -1 : 1;
    return (left->index > right->index) - (left->index < right->index);
}

typedef struct {
    Value *at;
    size_t len, cap;
} Values;

/* What a value takes from others: days lost by rounding, and days that many want of people who have few left. */
static int64_t points_tight(const Search *search, size_t visit, int quarter, const PlanTeam *team)
{
    int lost       = team->days * team->size - search->problem->lines[search->work->visits->at[visit].line].days;
    int64_t points = (int64_t)lost * WANTED_UNIT;

    for (uint64_t left = team->members; left != 0; left &= left - 1) {
        int auditor = __builtin_ctzll(left);
        points += search->wanted[auditor][quarter] * team->days / search->room[auditor][quarter];
    }
    return points;
}

/* Values that fit; of one team and quarter only the best lead, unless `all_leads`. */
static Values values_of(Search *search, size_t visit, bool all_leads)
{
    const PlanTeams *teams = search->teams[visit];
    Values values          = { 0 };

    for (size_t i = 0; i < teams->len; i++) {
        const PlanTeam *team = &teams->at[i];
        uint32_t quarters    = team->quarters & search->quarters[visit];
        for (; quarters != 0; quarters &= quarters - 1) {
            int quarter = __builtin_ctz(quarters);
            search->work->steps++;
            if (!fits(search, team, quarter)) continue;
            int64_t points = search->is_tight ? points_tight(search, visit, quarter, team)
                                              : points_team(search, visit, quarter, team);
            Value best     = { .points = INT64_MAX };
            for (uint64_t left = team->leads; left != 0; left &= left - 1) {
                int lead    = __builtin_ctzll(left);
                Value value = { points + points_lead(search, visit, quarter, lead),
                                { team, quarter, lead },
                                i * PLAN_AUDITORS_MAX + (size_t)lead };
                if (all_leads)
                    *list_push(search->arena, &values) = value;
                else if (value.points < best.points)
                    best = value;
            }
            if (!all_leads) *list_push(search->arena, &values) = best;
        }
    }
    if (values.len > 0) qsort(values.at, values.len, sizeof *values.at, compare_values);
    return values;
}

static PlanAnswer descend(Search *search, size_t depth)
{
    PlanAnswer answer = PLAN_NONE;

    if (depth == search->len) return PLAN_FOUND;
    if (search->uses_flow && !days_suffice(search, &search->order[depth], search->len - depth, NULL))
        return is_over(search) ? PLAN_BOUND : PLAN_NONE;
    size_t visit   = search->order[depth];
    ArenaMark mark = arena_mark(search->arena);
    Values values  = values_of(search, visit, false);
    for (size_t i = 0; i < values.len && answer == PLAN_NONE; i++) {
        place(search, visit, values.at[i].pick);
        if (have_support(search, depth + 1)) answer = descend(search, depth + 1);
        if (answer != PLAN_FOUND) unplace(search, visit);
        if (answer == PLAN_NONE && is_over(search)) answer = PLAN_BOUND;
    }
    if (answer == PLAN_NONE) search->failed[visit]++;
    arena_rewind(search->arena, mark);
    return answer;
}

/* Those that failed first, then those with the fewest values for their days, then by line and time. */
static bool is_tighter(const Search *search, size_t a, size_t b)
{
    const PlanVisits *visits = search->work->visits;
    int64_t value_a          = search->values[a] * search->problem->lines[visits->at[b].line].days;
    int64_t value_b          = search->values[b] * search->problem->lines[visits->at[a].line].days;

    if (search->failed[a] != search->failed[b]) return search->failed[a] > search->failed[b];
    if (value_a != value_b) return value_a < value_b;
    return a < b;
}

static void order_sort(Search *search)
{
    for (size_t i = 1; i < search->len; i++) {
        size_t visit = search->order[i], k = i;
        for (; k > 0 && is_tighter(search, visit, search->order[k - 1]); k--)
            search->order[k] = search->order[k - 1];
        search->order[k] = visit;
    }
}

static PlanAnswer search_run(Search *search, int64_t steps_max, int64_t *hard)
{
    int64_t end = search->work->steps + steps_max;

    if (end > search->work->steps_max) end = search->work->steps_max;
    search->stop = end;
    if (!have_support(search, 0)) {
        for (size_t i = 0; hard != NULL && i < search->len; i++)
            hard[search->order[i]] = has_support(search, search->order[i]) ? 0 : PLAN_PROVEN;
        return PLAN_NONE;
    }
    if (!days_suffice(search, search->order, search->len, NULL)) {
        if (hard != NULL) days_shrink(search, hard);
        return PLAN_NONE;
    }
    for (int64_t limit = FIRST_LIMIT;; limit *= 2) {
        search->stop = search->work->steps + limit < end ? search->work->steps + limit : end;
        order_sort(search);
        PlanAnswer answer = descend(search, 0);
        if (hard != NULL) memcpy(hard, search->failed, search->work->visits->len * sizeof *hard);
        if (answer != PLAN_BOUND || search->work->steps >= end) return answer;
        search->is_tight  = true;
        search->uses_flow = search->len <= FLOW_VISITS_MAX;
    }
}

/* ---- setting out ---- */

static void sides_of(Search *search, size_t visit)
{
    const PlanVisits *visits = search->work->visits;
    size_t index             = visits->at[visit].line;
    const PlanLine *line     = &search->problem->lines[index];
    int begin                = __builtin_ctz(visits->at[visit].quarters);
    int before = -1, after = PLAN_QUARTERS_MAX;

    for (size_t i = 0; i < line->kept_len; i++) {
        const PlanKept *kept = &line->kept[i];
        bool is_before       = kept->quarter <= begin;
        if (is_before && kept->quarter >= before)
            search->before[visit] = (Side){ SIDE_KEPT, 0, before = kept->quarter, kept->lead };
        if (!is_before && kept->quarter < after)
            search->after[visit] = (Side){ SIDE_KEPT, 0, after = kept->quarter, kept->lead };
    }
    for (size_t i = 0; i < visits->len; i++) {
        if (i == visit || visits->at[i].line != index || !search->hold->visits[i]) continue;
        int other = __builtin_ctz(visits->at[i].quarters);
        if (other < begin && other >= before)
            search->before[visit] = (Side){ .kind = SIDE_VISIT, .visit = i, .quarter = before = other };
        if (other > begin && other < after)
            search->after[visit] = (Side){ .kind = SIDE_VISIT, .visit = i, .quarter = after = other };
    }
}

static void teams_of(Search *search, PlanTeams **by_line, size_t visit)
{
    const PlanVisits *visits = search->work->visits;
    size_t line              = visits->at[visit].line;
    uint32_t quarters        = 0;

    if (by_line[line] == NULL) {
        for (size_t i = 0; i < visits->len; i++) {
            if (visits->at[i].line == line && search->hold->visits[i]) quarters |= search->quarters[i];
        }
        by_line[line]  = arena_new(search->arena, PlanTeams);
        *by_line[line] = plan_teams(search->arena, search->problem, search->hold, line, quarters);
        search->work->steps += (int64_t)by_line[line]->len;
    }
    search->teams[visit] = by_line[line];
    for (size_t i = 0; i < by_line[line]->len; i++) {
        const PlanTeam *team = &by_line[line]->at[i];
        for (uint32_t open = team->quarters & search->quarters[visit]; open != 0; open &= open - 1) {
            search->values[visit]++;
            search->who[visit][__builtin_ctz(open)] |= team->members;
        }
    }
}

/* The days of each visit, spread over all who could give them. */
static void wanted_of(Search *search, size_t visit)
{
    int days      = search->problem->lines[search->work->visits->at[visit].line].days;
    int64_t count = 0;

    for (int quarter = 0; quarter < search->problem->quarters_len; quarter++)
        count += __builtin_popcountll(search->who[visit][quarter]);
    for (int quarter = 0; quarter < search->problem->quarters_len; quarter++) {
        for (uint64_t left = search->who[visit][quarter]; left != 0; left &= left - 1)
            search->wanted[__builtin_ctzll(left)][quarter] += (int64_t)days * WANTED_UNIT / count;
    }
}

static void days_of(Search *search)
{
    const PlanProblem *problem = search->problem;

    for (size_t i = 0; i < problem->auditors_len; i++) {
        const PlanAuditor *auditor = &problem->auditors[i];
        bool is_limited            = search->hold->days >> i & 1;
        for (int quarter = 0; quarter < problem->quarters_len; quarter++) {
            int days                     = auditor->days[quarter];
            search->room[i][quarter]     = is_limited ? days : NO_LIMIT;
            search->load[i][quarter]     = auditor->taken[quarter];
            search->capacity[i][quarter] = days >= PLAN_UNLIMITED ? PLAN_USUAL_DAYS : days + auditor->taken[quarter];
            if (search->capacity[i][quarter] == 0) search->capacity[i][quarter] = 1;
            search->points += points_even(search, i, quarter, search->load[i][quarter]);
        }
    }
}

static Search *search_open(PlanWork *work, const PlanHold *hold)
{
    size_t visits = work->visits->len, auditors = work->problem->auditors_len;
    Search *search      = arena_new(work->arena, Search);
    Arena *arena        = work->arena;
    *search             = (Search){ .work     = work,
                                    .problem  = work->problem,
                                    .hold     = hold,
                                    .arena    = arena,
                                    .order    = arena_array(arena, size_t, visits + 1),
                                    .teams    = arena_array(arena, PlanTeams *, visits + 1),
                                    .quarters = arena_array(arena, uint32_t, visits + 1),
                                    .who      = arena_alloc_many(arena, visits + 1, sizeof *search->who, alignof(uint64_t)),
                                    .before   = arena_array(arena, Side, visits + 1),
                                    .after    = arena_array(arena, Side, visits + 1),
                                    .picks    = arena_array(arena, PlanPick, visits + 1),
                                    .support  = arena_array(arena, PlanPick, visits + 1),
                                    .failed   = arena_array(arena, int64_t, visits + 1),
                                    .values   = arena_array(arena, int64_t, visits + 1),
                                    .room     = arena_alloc_many(arena, auditors + 1, sizeof *search->room, alignof(int)),
                                    .wanted   = arena_alloc_many(arena, auditors + 1, sizeof *search->wanted, alignof(int64_t)),
                                    .load     = arena_alloc_many(arena, auditors + 1, sizeof *search->load, alignof(int)),
                                    .capacity = arena_alloc_many(arena, auditors + 1, sizeof *search->capacity, alignof(int)) };
    PlanTeams **by_line = arena_array(arena, PlanTeams *, work->problem->lines_len + 1);

    for (size_t i = 0; i < visits; i++)
        search->quarters[i] = plan_visit_quarters(work->problem, work->visits, hold, i);
    for (size_t i = 0; i < visits; i++) {
        if (!hold->visits[i]) continue;
        search->order[search->len++] = i;
        teams_of(search, by_line, i);
        sides_of(search, i);
        wanted_of(search, i);
    }
    days_of(search);
    return search;
}

PlanAnswer plan_search(PlanWork *work, const PlanHold *hold, int64_t steps_max, PlanPick *picks, int64_t *hard)
{
    ArenaMark mark    = arena_mark(work->arena);
    Search *search    = search_open(work, hold);
    PlanAnswer answer = work->steps < work->steps_max ? search_run(search, steps_max, hard) : PLAN_BOUND;

    if (answer == PLAN_FOUND && picks != NULL) memcpy(picks, search->picks, work->visits->len * sizeof *picks);
    /* teams that picks name stay where they are */
    if (picks == NULL) arena_rewind(work->arena, mark);
    return answer;
}

/* ---- making it better ---- */

static bool climb_one(Search *search, size_t visit)
{
    ArenaMark mark = arena_mark(search->arena);
    PlanPick pick  = search->picks[visit];
    int64_t points = search->points;

    unplace(search, visit);
    Values values = values_of(search, visit, false);
    if (values.len > 0 && search->points + values.at[0].points < points) pick = values.at[0].pick;
    arena_rewind(search->arena, mark);
    place(search, visit, pick);
    return search->points < points;
}

static void climb(Search *search)
{
    bool is_better = true;

    while (is_better && !is_over(search)) {
        is_better = false;
        for (size_t i = 0; i < search->len && !is_over(search); i++)
            is_better = climb_one(search, search->order[i]) || is_better;
    }
}

static void best_keep(Search *search)
{
    search->best_points = search->points;
    memcpy(search->best, search->picks, search->work->visits->len * sizeof *search->best);
}

/* False when the bound was met. Points never fall while more is placed, so what is dear already is not followed. */
static bool branch(Search *search, size_t depth)
{
    if (search->points >= search->best_points) return true;
    if (depth == search->len) {
        best_keep(search);
        return true;
    }
    size_t visit   = search->order[depth];
    ArenaMark mark = arena_mark(search->arena);
    Values values  = values_of(search, visit, true);
    bool is_done   = !is_over(search);
    for (size_t i = 0; i < values.len && is_done; i++) {
        if (search->points + values.at[i].points >= search->best_points) break;
        place(search, visit, values.at[i].pick);
        if (have_support(search, depth + 1)) is_done = branch(search, depth + 1);
        unplace(search, visit);
    }
    arena_rewind(search->arena, mark);
    return is_done;
}

void plan_improve(PlanWork *work, const PlanHold *hold, PlanPick *picks, int64_t *points, bool *is_best)
{
    Search *search = search_open(work, hold);

    search->best = arena_array(work->arena, PlanPick, work->visits->len + 1);
    search->stop = work->steps + BEST_STEPS_MAX;
    order_sort(search);
    for (size_t i = 0; i < search->len; i++) {
        size_t visit = search->order[i];
        place(search, visit, picks[visit]);
    }
    climb(search);
    best_keep(search);
    for (size_t i = search->len; i > 0; i--)
        unplace(search, search->order[i - 1]);
    search->stop = work->steps + BEST_STEPS_MAX;
    *is_best     = branch(search, 0);
    *points      = search->best_points;
    memcpy(picks, search->best, work->visits->len * sizeof *picks);
}
