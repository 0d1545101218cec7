/* SPDX-License-Identifier: Apache-2.0
 * Counting actions and extensions. */
#include "review/action_figures.h"

#include <assert.h>
#include <stdlib.h>

#include "action/extension.h"

/* SQL below counts on these. */
static_assert(ACTION_IN_PROGRESS == 2 && ACTION_RETURNED == 5 && ACTION_CANCELLED == 6, "states of an action");
static_assert(EXTENSION_GRANTED == 2, "states of an extension");

typedef struct {
    Id nonconformity;
    int64_t count;
} Extended;

typedef struct {
    const Then *then;
    ActionFigures *out;
    struct {
        Extended *at;
        size_t len, cap;
    } extended;
} Reading;

static bool is_done(int state)
{
    return state == ACTION_DONE_CLAIMED || state == ACTION_VERIFIED;
}

static void tally_add(ActionFigures *out, int state, bool on_time, int64_t count)
{
    if (state == ACTION_CANCELLED) return;
    out->total += count;
    if (!is_done(state)) return;
    out->done += count;
    if (on_time) out->on_time += count;
}

/* Uses action_tally. */
static bool tally_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db,
                          STR("SELECT state, CASE WHEN done_on <= due_first THEN 1 ELSE 0 END, count(*)"
                              "  FROM action"
                              " GROUP BY state, CASE WHEN done_on <= due_first THEN 1 ELSE 0 END"));
    while (query_next(q))
        tally_add(reading->out, (int)query_int(q, 0), query_int(q, 1) == 1, query_int(q, 2));
    return query_close(q, err);
}

static void late_add(Reading *reading, Id id, Str number, Date due)
{
    Arena *arena                           = reading->then->call->arena;
    *list_push(arena, &reading->out->late) = (LateAction){ id, str_dup(arena, number), due };
}

/* Uses action_by_due. */
static bool late_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db, STR("SELECT id, number, due"
                                                       "  FROM action"
                                                       " WHERE due > 0 AND due < $1 AND state IN (2, 5)"
                                                       " ORDER BY due, id"));
    query_bind_int(q, 1, reading->then->day.number);
    while (query_next(q))
        late_add(reading, (Id){ query_int(q, 0) }, query_peek(q, 1), (Date){ (int32_t)query_int(q, 2) });
    return query_close(q, err);
}

static void action_then(void *context, const void *record)
{
    Reading *reading     = context;
    const Action *action = record;
    int state            = action->head.state;

    tally_add(reading->out, state, !date_before(action->due_first, action->done_on), 1);
    if ((state == ACTION_IN_PROGRESS || state == ACTION_RETURNED) && then_is_past(reading->then, action->due))
        late_add(reading, action->head.id, action->head.number, action->due);
}

/* ------------------------------------------------------------------------------------------------------- extensions */

static void extended_add(ActionFigures *out, int64_t extensions, int64_t cases)
{
    out->extended[extensions >= EXTENSION_BANDS ? EXTENSION_BANDS - 1 : extensions - 1] += cases;
}

static bool extended_now(Reading *reading, Err *err)
{
    Query *q = query_open(reading->then->call->db, STR("SELECT extensions, count(*)"
                                                       "  FROM (SELECT nonconformity, count(*) AS extensions"
                                                       "          FROM extension"
                                                       "         WHERE state = 2"
                                                       "         GROUP BY nonconformity) extended"
                                                       " GROUP BY extensions"));
    while (query_next(q))
        extended_add(reading->out, query_int(q, 0), query_int(q, 1));
    return query_close(q, err);
}

static void extension_then(void *context, const void *record)
{
    Reading *reading           = context;
    const Extension *extension = record;

    if (extension->head.state != EXTENSION_GRANTED) return;
    for (size_t i = 0; i < reading->extended.len; i++) {
        if (!id_eq(reading->extended.at[i].nonconformity, extension->nonconformity)) continue;
        reading->extended.at[i].count++;
        return;
    }
    *list_push(reading->then->call->arena, &reading->extended) = (Extended){ extension->nonconformity, 1 };
}

static int compare_due(const void *a, const void *b)
{
    const LateAction *left = a, *right = b;

    if (left->due.number != right->due.number) return left->due.number < right->due.number ? -1 : 1;
    return left->id.n < right->id.n ? -1 : left->id.n > right->id.n;
}

bool action_figures_read(const Then *then, ActionFigures *out, Err *err)
{
    Reading reading = { .then = then, .out = out };

    *out = (ActionFigures){ 0 };
    if (then->is_now) return tally_now(&reading, err) && late_now(&reading, err) && extended_now(&reading, err);
    if (!then_each(then, &action_type, action_then, &reading, err) ||
        !then_each(then, &extension_type, extension_then, &reading, err))
        return false;
    for (size_t i = 0; i < reading.extended.len; i++)
        extended_add(out, reading.extended.at[i].count, 1);
    if (out->late.len > 0) qsort(out->late.at, out->late.len, sizeof *out->late.at, compare_due);
    return true;
}
