/* SPDX-License-Identifier: Apache-2.0
 * Counting nonconformities. Today: three statements over covering indexes and the open cases. Earlier days: one walk
 * over the cases as they were, one over the findings, one over the actions. */
#include "review/case_figures.h"

#include <assert.h>
#include <stdlib.h>

#include "action/action.h"
#include "action/due.h"

/* SQL below counts on these. */
static_assert(NC_MONITORING == 8 && NC_CORRECTED_ONLY == 9 && NC_CLOSED == 10, "states of a nonconformity");
static_assert(FINDING_PRESENTED == 4 && FINDING_DISPUTED == 6 && FINDING_MINOR_NC == 2, "states of a finding");
static_assert(ACTION_IN_PROGRESS == 2 && ACTION_RETURNED == 5, "states of an action");
static_assert((int)NC_MAJOR == (int)FINDING_MAJOR_NC && (int)NC_MINOR == (int)FINDING_MINOR_NC, "grades");

typedef struct {
    const Then *then;
    CaseFigures *out;
    IdList late_first; /* cases with an open action that is past its first due */
} Reading;

/* ------------------------------------------------------------------------------------------------------- how many */

static bool is_counted(int state)
{
    return state != NC_REJECTED && state != NC_VOID;
}

typedef struct {
    int state, kind, source;
    int64_t count;
} Tally;

static void tally_add(CaseFigures *out, const Tally *tally)
{
    assert(tally->state >= 1 && tally->state <= NC_VOID && tally->kind >= 0 && tally->kind <= NC_MINOR &&
           tally->source >= 0 && tally->source < CASE_SOURCES);
    out->by_state[tally->state] += tally->count;
    if (!is_counted(tally->state)) return;
    out->by_kind[tally->kind] += tally->count;
    out->by_source[tally->source] += tally->count;
    if (tally->state == NC_CLOSED || tally->state == NC_CORRECTED_ONLY) out->closed += tally->count;
}

/* Uses nonconformity_tally. */
static bool tally_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db, STR("SELECT state, kind, source, count(*)"
                                                       "  FROM nonconformity"
                                                       " GROUP BY state, kind, source"));
    while (query_next(q)) {
        Tally tally = { (int)query_int(q, 0), (int)query_int(q, 1), (int)query_int(q, 2), query_int(q, 3) };
        tally_add(reading->out, &tally);
    }
    return query_close(q, err);
}

/* Uses nonconformity_plans. */
static bool plans_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db,
                          STR("SELECT CAST(sum(plans_submitted) AS BIGINT), CAST(sum(plans_returned) AS BIGINT)"
                              "  FROM nonconformity"
                              " WHERE plans_submitted > 0"));
    if (query_next(q)) {
        reading->out->plans_submitted = query_int(q, 0);
        reading->out->plans_returned  = query_int(q, 1);
    }
    return query_close(q, err);
}

/* ------------------------------------------------------------------------------------------------------- how long */

static void days_add(Arena *arena, Numbers *numbers, Date from, Date to, int64_t count)
{
    if (date_is_none(from) || date_is_none(to)) return;
    for (int64_t i = 0; i < count; i++)
        *list_push(arena, numbers) = date_days_between(from, to);
}

/* Uses nonconformity_closed for closing; the other stages read the rows of closed cases. */
static const Str duration_sql[DURATIONS] = {
#define DAYS_TO(column)                                                                                                \
    STR_INIT("SELECT " column " - assigned_on, count(*)"                                                               \
             "  FROM nonconformity"                                                                                    \
             " WHERE state = 10 AND assigned_on > 0 AND " column " > 0"                                                \
             " GROUP BY " column " - assigned_on")
    [DURATION_PLAN]     = DAYS_TO("plan_approved_on"),
    [DURATION_DONE]     = DAYS_TO("implemented_on"),
    [DURATION_VERIFIED] = DAYS_TO("verified_on"),
    [DURATION_CLOSED]   = DAYS_TO("closed_on"),
#undef DAYS_TO
};

static bool durations_now(const Then *then, Duration duration, Numbers *out, Err *err)
{
    Query *q = query_open(then->call->db, duration_sql[duration]);

    while (query_next(q)) {
        int64_t days = query_int(q, 0), count = query_int(q, 1);
        for (int64_t i = 0; i < count; i++)
            *list_push(then->call->arena, out) = days;
    }
    return query_close(q, err);
}

typedef struct {
    const Then *then;
    Duration duration;
    Numbers *out;
} Durations;

static void duration_then(void *context, const void *record)
{
    Durations *durations    = context;
    const Nonconformity *nc = record;
    const Date ends[]       = { [DURATION_PLAN]     = nc->plan_approved_on,
                                [DURATION_DONE]     = nc->implemented_on,
                                [DURATION_VERIFIED] = nc->verified_on,
                                [DURATION_CLOSED]   = nc->closed_on };

    if (nc->head.state == NC_CLOSED)
        days_add(durations->then->call->arena, durations->out, nc->assigned_on, ends[durations->duration], 1);
}

bool case_durations_read(const Then *then, Duration duration, Numbers *out, Err *err)
{
    Durations durations = { then, duration, out };
    bool done           = then->is_now ? durations_now(then, duration, out, err)
                                       : then_each(then, &nonconformity_type, duration_then, &durations, err);

    if (done) numbers_sort(out);
    return done;
}

/* ------------------------------------------------------------------------------------------------------- open ones */

/* Whether its step is past the due it had at first (K-4, second value). */
static bool is_late_first(const Reading *reading, const Nonconformity *nc)
{
    Nonconformity first     = *nc;
    first.acknowledge_due   = nc->acknowledge_due_first;
    first.correction_due    = nc->correction_due_first;
    first.analysis_due      = nc->analysis_due_first;
    first.verification_due  = nc->verification_due_first;
    first.effectiveness_due = nc->effectiveness_due_first;
    if (nc->head.state == NC_IN_PROGRESS) return id_list_has(&reading->late_first, nc->head.id);
    return due_late_step(&first, reading->then->day) != 0;
}

static void open_add(Reading *reading, const Nonconformity *nc)
{
    Arena *arena = reading->then->call->arena;

    *list_push(arena, &reading->out->open) =
        (OpenCase){ .id         = nc->head.id,
                    .number     = str_dup(arena, nc->head.number),
                    .kind       = nc->kind,
                    .state      = nc->head.state,
                    .opened     = date_is_none(nc->assigned_on)
                                      ? zone_date(reading->then->call->app->zone, nc->head.created_at)
                                      : nc->assigned_on,
                    .late_step  = due_late_step(nc, reading->then->day),
                    .late_first = is_late_first(reading, nc) };
}

/* Actions that run and are past the due of the first plan. Uses action_by_due_first. */
static bool late_first_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db, STR("SELECT DISTINCT nonconformity"
                                                       "  FROM action"
                                                       " WHERE state IN (2, 5) AND due_first > 0 AND due_first < $1"));
    query_bind_int(q, 1, reading->then->day.number);
    while (query_next(q))
        list_push(reading->then->call->arena, &reading->late_first)->n = query_int(q, 0);
    return query_close(q, err);
}

static void late_first_then(void *context, const void *record)
{
    Reading *reading     = context;
    const Action *action = record;
    bool runs            = action->head.state == ACTION_IN_PROGRESS || action->head.state == ACTION_RETURNED;

    if (runs && then_is_past(reading->then, action->due_first))
        id_list_add(reading->then->call->arena, &reading->late_first, action->nonconformity);
}

/* Only what is needed to judge lateness is read. Uses nonconformity_open_by_due. */
static bool open_now(Reading *reading, Err *err)
{
    Query *q = query_open(
        reading->then->call->db,
        STR("SELECT id, number, state, kind, created_at, assigned_on, corrected_on, correction_impossible,"
            "       external_plan_due, external_plan_sent, external_evidence_due, external_evidence_sent,"
            "       acknowledge_due, correction_due, analysis_due, verification_due, effectiveness_due, action_due,"
            "       acknowledge_due_first, correction_due_first, analysis_due_first, verification_due_first,"
            "       effectiveness_due_first"
            "  FROM nonconformity"
            " WHERE state <= 8"
            " ORDER BY id"));
    while (query_next(q)) {
        Nonconformity nc                = { 0 };
        Date *dates[]                   = { &nc.acknowledge_due,        &nc.correction_due,         &nc.analysis_due,
                                            &nc.verification_due,       &nc.effectiveness_due,      &nc.action_due,
                                            &nc.acknowledge_due_first,  &nc.correction_due_first,   &nc.analysis_due_first,
                                            &nc.verification_due_first, &nc.effectiveness_due_first };
        nc.head.id.n                    = query_int(q, 0);
        nc.head.number                  = query_peek(q, 1);
        nc.head.state                   = (int)query_int(q, 2);
        nc.kind                         = (int)query_int(q, 3);
        nc.head.created_at.us           = query_int(q, 4);
        nc.assigned_on.number           = (int32_t)query_int(q, 5);
        nc.corrected_on.number          = (int32_t)query_int(q, 6);
        nc.correction_impossible        = query_peek(q, 7);
        nc.external_plan_due.number     = (int32_t)query_int(q, 8);
        nc.external_plan_sent           = (YesNo)query_int(q, 9);
        nc.external_evidence_due.number = (int32_t)query_int(q, 10);
        nc.external_evidence_sent       = (YesNo)query_int(q, 11);
        for (size_t i = 0; i < countof(dates); i++)
            dates[i]->number = (int32_t)query_int(q, 12 + (int)i);
        open_add(reading, &nc);
    }
    return query_close(q, err);
}

static void case_then(void *context, const void *record)
{
    Reading *reading        = context;
    const Nonconformity *nc = record;
    CaseFigures *out        = reading->out;
    Tally tally             = { nc->head.state, nc->kind, nc->source, 1 };

    tally_add(out, &tally);
    out->plans_submitted += nc->plans_submitted.value;
    out->plans_returned += nc->plans_returned.value;
    if (nonconformity_is_open(nc)) open_add(reading, nc);
    if (nc->head.state == NC_CLOSED)
        days_add(reading->then->call->arena, &out->days_to_close, nc->assigned_on, nc->closed_on, 1);
}

/* ------------------------------------------------------------------------------------------------------- presented */

static void presented_add(Reading *reading, const Finding *finding)
{
    Arena *arena = reading->then->call->arena;

    reading->out->presented[finding->head.state]++;
    reading->out->by_kind[finding->kind]++;
    if (finding->source >= 0 && finding->source < CASE_SOURCES) reading->out->by_source[finding->source]++;
    *list_push(arena, &reading->out->open) = (OpenCase){ .id         = finding->head.id,
                                                         .is_finding = true,
                                                         .number     = str_dup(arena, finding->head.number),
                                                         .kind       = finding->kind,
                                                         .state      = finding->head.state,
                                                         .opened     = finding->presented_on };
}

/* Uses finding_tally. */
static bool presented_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db, STR("SELECT id, number, kind, state, source, presented_on"
                                                       "  FROM finding"
                                                       " WHERE state IN (4, 5, 6) AND kind <= 2"
                                                       " ORDER BY id"));
    while (query_next(q)) {
        Finding finding             = { .head.id.n = query_int(q, 0), .head.number = query_peek(q, 1) };
        finding.kind                = (int)query_int(q, 2);
        finding.head.state          = (int)query_int(q, 3);
        finding.source              = (int)query_int(q, 4);
        finding.presented_on.number = (int32_t)query_int(q, 5);
        presented_add(reading, &finding);
    }
    return query_close(q, err);
}

static void finding_then(void *context, const void *record)
{
    const Finding *finding = record;
    int state              = finding->head.state;

    if (finding_is_nonconformity(finding) && state >= FINDING_PRESENTED && state <= FINDING_DISPUTED)
        presented_add(context, finding);
}

/* ------------------------------------------------------------------------------------------------------- together */

static int compare_numbers(const void *a, const void *b)
{
    Str left = ((const OpenCase *)a)->number, right = ((const OpenCase *)b)->number;

    if (left.len != right.len) return left.len < right.len ? -1 : 1; /* F-999 before F-1000 */
    return str_compare(left, right);
}

bool case_figures_read(const Then *then, CaseFigures *out, Err *err)
{
    Reading reading = { .then = then, .out = out };
    bool done;

    *out = (CaseFigures){ 0 };
    if (then->is_now) {
        done = late_first_now(&reading, err) && tally_now(&reading, err) && plans_now(&reading, err) &&
               durations_now(then, DURATION_CLOSED, &out->days_to_close, err) && open_now(&reading, err) &&
               presented_now(&reading, err);
    } else {
        done = then_each(then, &action_type, late_first_then, &reading, err) &&
               then_each(then, &nonconformity_type, case_then, &reading, err) &&
               then_each(then, &finding_type, finding_then, &reading, err);
    }
    if (!done) return false;
    numbers_sort(&out->days_to_close);
    if (out->open.len > 0) qsort(out->open.at, out->open.len, sizeof *out->open.at, compare_numbers);
    return true;
}

size_t open_cases_late(const OpenCases *open)
{
    size_t late = 0;
    for (size_t i = 0; i < open->len; i++)
        late += open->at[i].late_step != 0;
    return late;
}

size_t open_cases_late_first(const OpenCases *open)
{
    size_t late = 0;
    for (size_t i = 0; i < open->len; i++)
        late += open->at[i].late_first;
    return late;
}

int age_band(Date opened, Date day)
{
    int32_t age = date_days_between(opened, day);
    return age <= 30 ? 0 : age <= 60 ? 1 : age <= 90 ? 2 : 3;
}

int64_t open_cases_aged(const OpenCases *open, Date day, int kind, int band)
{
    int64_t count = 0;
    for (size_t i = 0; i < open->len; i++)
        count += open->at[i].kind == kind && age_band(open->at[i].opened, day) == band;
    return count;
}
