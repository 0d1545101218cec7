/* SPDX-License-Identifier: Apache-2.0
 * Counting what helped and what came back. */
#include "review/effect_figures.h"

#include <assert.h>
#include <stdlib.h>

#include "action/analysis.h"
#include "action/nonconformity.h"

/* SQL below counts on these. */
static_assert(EFFECT_NOT_ENOUGH_DATA == 4 && NC_CLOSED == 10 && RECURRENCE_SAME_CAUSE == 1 && PLAIN_IN_USE == 1,
              "numbers in statements");

typedef struct {
    Id nonconformity, review;
    int result;
} FirstReview;

typedef struct {
    const Then *then;
    EffectFigures *out;
    struct {
        FirstReview *at;
        size_t len, cap;
    } reviews;
    IdList closed, earlier; /* cases closed in time; cases named as earlier by a same cause */
} Reading;

/* ------------------------------------------------------------------------------------------------------- K-7 */

static void first_add(EffectFigures *out, int result, int64_t count)
{
    out->first_reviews += count;
    if (result == EFFECT_EFFECTIVE) out->first_effective += count;
    if (result == EFFECT_PARTLY) out->first_partly += count;
    if (result == EFFECT_NOT) out->first_not += count;
}

/* Uses effectiveness_by_case. */
static bool first_now(Reading *reading, Err *err)
{
    Query *q =
        query_open(reading->then->call->db,
                   STR("SELECT result, count(*)"
                       "  FROM effectiveness"
                       " WHERE id IN (SELECT min(id) FROM effectiveness WHERE result <> 4 GROUP BY nonconformity)"
                       " GROUP BY result"));
    while (query_next(q))
        first_add(reading->out, (int)query_int(q, 0), query_int(q, 1));
    return query_close(q, err);
}

static void review_then(void *context, const void *record)
{
    Reading *reading            = context;
    const Effectiveness *review = record;

    if (review->result != EFFECT_NOT_ENOUGH_DATA)
        *list_push(reading->then->call->arena, &reading->reviews) =
            (FirstReview){ review->nonconformity, review->head.id, review->result };
}

static int compare_reviews(const void *a, const void *b)
{
    const FirstReview *left = a, *right = b;

    if (left->nonconformity.n != right->nonconformity.n) return left->nonconformity.n < right->nonconformity.n ? -1 : 1;
    return left->review.n < right->review.n ? -1 : left->review.n > right->review.n;
}

static void first_of_reviews(Reading *reading)
{
    if (reading->reviews.len > 0)
        qsort(reading->reviews.at, reading->reviews.len, sizeof *reading->reviews.at, compare_reviews);
    for (size_t i = 0; i < reading->reviews.len; i++) {
        const FirstReview *review = &reading->reviews.at[i];
        if (i == 0 || !id_eq(review[-1].nonconformity, review->nonconformity))
            first_add(reading->out, review->result, 1);
    }
}

/* ------------------------------------------------------------------------------------------------------- K-6 */

/* Uses nonconformity_closed, recurrence_by_earlier. */
static bool recurred_now(Reading *reading, Err *err)
{
    Date from = date_add_months(reading->then->day, -RECURRENCE_MONTHS);
    Query *q =
        query_open(reading->then->call->db,
                   STR("SELECT count(*), count(recurred.earlier)"
                       "  FROM nonconformity"
                       "  LEFT JOIN (SELECT DISTINCT earlier"
                       "               FROM recurrence"
                       "              WHERE decision = 1 AND state = 1) recurred ON recurred.earlier = nonconformity.id"
                       " WHERE nonconformity.state = 10"
                       "   AND nonconformity.closed_on >= $1 AND nonconformity.closed_on <= $2"));
    query_bind_int(q, 1, from.number);
    query_bind_int(q, 2, reading->then->day.number);
    if (query_next(q)) {
        reading->out->closed   = query_int(q, 0);
        reading->out->recurred = query_int(q, 1);
    }
    return query_close(q, err);
}

static void closed_then(void *context, const void *record)
{
    Reading *reading        = context;
    const Nonconformity *nc = record;

    if (nc->head.state == NC_CLOSED && then_within_months(reading->then, nc->closed_on, RECURRENCE_MONTHS))
        *list_push(reading->then->call->arena, &reading->closed) = nc->head.id;
}

static void recurrence_then(void *context, const void *record)
{
    Reading *reading             = context;
    const Recurrence *recurrence = record;

    if (recurrence->decision == RECURRENCE_SAME_CAUSE && recurrence->head.state == PLAIN_IN_USE)
        id_list_add(reading->then->call->arena, &reading->earlier, recurrence->earlier);
}

/* ------------------------------------------------------------------------------------------------------- K-12 */

static void category_add(EffectFigures *out, int category, int64_t count)
{
    assert(category >= 0 && category <= CATEGORIES_MAX);
    out->by_category[category] += count;
}

/* Root causes written in the last 12 months. */
static bool categories_now(Reading *reading, Err *err)
{
    Date from = date_add_months(reading->then->day, -CATEGORY_MONTHS);
    Query *q  = query_open(reading->then->call->db, STR("SELECT category, count(*)"
                                                         "  FROM root_cause"
                                                         " WHERE state = 1 AND level = $1 AND created_at >= $2"
                                                         " GROUP BY category"));
    query_bind_int(q, 1, CAUSE_LEVEL_ROOT);
    query_bind_int(q, 2, zone_day_end(reading->then->call->app->zone, from).us);
    while (query_next(q))
        category_add(reading->out, (int)query_int(q, 0), query_int(q, 1));
    return query_close(q, err);
}

static void category_then(void *context, const void *record)
{
    Reading *reading       = context;
    const RootCause *cause = record;
    Date from              = date_add_months(reading->then->day, -CATEGORY_MONTHS);
    Time after             = zone_day_end(reading->then->call->app->zone, from);

    if (cause->head.state == PLAIN_IN_USE && cause->level == CAUSE_LEVEL_ROOT && cause->head.created_at.us >= after.us)
        category_add(reading->out, cause->category, 1);
}

/* ------------------------------------------------------------------------------------------------------- together */

bool effect_figures_read(const Then *then, EffectFigures *out, Err *err)
{
    Reading reading = { .then = then, .out = out };

    *out = (EffectFigures){ 0 };
    if (then->is_now) return first_now(&reading, err) && recurred_now(&reading, err) && categories_now(&reading, err);
    if (!then_each(then, &effectiveness_type, review_then, &reading, err) ||
        !then_each(then, &nonconformity_type, closed_then, &reading, err) ||
        !then_each(then, &recurrence_type, recurrence_then, &reading, err) ||
        !then_each(then, &root_cause_type, category_then, &reading, err))
        return false;
    first_of_reviews(&reading);
    out->closed = (int64_t)reading.closed.len;
    for (size_t i = 0; i < reading.closed.len; i++)
        out->recurred += id_list_has(&reading.earlier, reading.closed.at[i]);
    return true;
}
