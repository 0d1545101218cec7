/* SPDX-License-Identifier: Apache-2.0
 * The search for recurrence. The database finds what shares a reference, a process or a category; only their words are
 * compared here. Without one of these three a case cannot come to 5 points. */
#include "action/similar.h"

#include <assert.h>
#include <stdlib.h>

#include "action/analysis.h"
#include "org/likeness.h"

/* SQL below counts on these. */
static_assert(NC_REJECTED == 11 && NC_VOID == 12 && CAUSE_LEVEL_ROOT == 3 && PLAIN_IN_USE == 1,
              "numbers in statements");
static_assert(POINTS_SITE + POINTS_WORDS < SIMILAR_POINTS, "site and words alone are not enough");

/* Uses record_link_by_target, nonconformity_by_process, root_cause_by_category. */
static const char candidates_sql[] =
    "SELECT id, number, title, condition, state, assigned_on, created_at, same_ref, same_process, same_category, "
    "same_site"
    "  FROM (SELECT id, number, title, condition, state, assigned_on, created_at,"
    "               CASE WHEN id IN (SELECT source FROM record_link WHERE kind = 'nonconformity.refs' AND target IN"
    "                    (SELECT target FROM record_link WHERE kind = 'nonconformity.refs' AND source = $1))"
    "                    THEN 1 ELSE 0 END AS same_ref,"
    "               CASE WHEN process = $2 AND process > 0 THEN 1 ELSE 0 END AS same_process,"
    "               CASE WHEN id IN (SELECT nonconformity FROM root_cause WHERE state = 1 AND level = 3 AND category IN"
    "                    (SELECT category FROM root_cause WHERE state = 1 AND level = 3 AND nonconformity = $1))"
    "                    THEN 1 ELSE 0 END AS same_category,"
    "               CASE WHEN site = $3 AND site > 0 THEN 1 ELSE 0 END AS same_site"
    "          FROM nonconformity"
    "         WHERE id < $1 AND state < 11"
    "           AND (assigned_on >= $4 OR (assigned_on = 0 AND created_at >= $5))) candidate"
    " WHERE same_ref + same_process + same_category > 0"
    " ORDER BY 3 * same_ref + 2 * same_process + 2 * same_category + same_site DESC, id DESC"
    " LIMIT $6";

enum {
    COL_ID,
    COL_NUMBER,
    COL_TITLE,
    COL_CONDITION,
    COL_STATE,
    COL_ASSIGNED,
    COL_CREATED,
    COL_REF,
    COL_PROCESS,
    COL_CATEGORY,
    COL_SITE
};

static Trigrams words_of(Arena *arena, Str title, Str condition)
{
    return trigrams_of(arena, str_fmt(arena, "%.*s\n%.*s", STR_ARG(title), STR_ARG(condition)));
}

static int32_t structure_points(const SimilarCase *candidate)
{
    return (candidate->same_ref ? POINTS_REF : 0) + (candidate->same_process ? POINTS_PROCESS : 0) +
           (candidate->same_category ? POINTS_CATEGORY : 0) + (candidate->same_site ? POINTS_SITE : 0);
}

static Str why_of(Call *call, const SimilarCase *candidate)
{
    StrList parts = { 0 };

    if (candidate->same_ref) *list_push(call->arena, &parts) = call_text(call, "same clause or control");
    if (candidate->same_process) *list_push(call->arena, &parts) = call_text(call, "same process");
    if (candidate->same_category) *list_push(call->arena, &parts) = call_text(call, "same category of cause");
    if (candidate->same_site) *list_push(call->arena, &parts) = call_text(call, "same site");
    *list_push(call->arena, &parts) = str_fmt(call->arena, "words %d %% alike", candidate->words * 100 / POINTS_WORDS);
    return str_join(call->arena, &parts, STR(", "));
}

/* One row: kept when it comes to 5 points. The words are compared in scratch memory. */
static void candidate_take(Call *call, Query *q, const Trigrams *words, SimilarCases *out)
{
    SimilarCase candidate = { .same_ref      = query_int(q, COL_REF) == 1,
                              .same_process  = query_int(q, COL_PROCESS) == 1,
                              .same_category = query_int(q, COL_CATEGORY) == 1,
                              .same_site     = query_int(q, COL_SITE) == 1 };
    ArenaMark mark        = arena_mark(call->arena);
    Trigrams theirs       = words_of(call->arena, query_peek(q, COL_TITLE), query_peek(q, COL_CONDITION));

    candidate.words  = likeness_points_thousandths(words, &theirs);
    candidate.points = structure_points(&candidate) + candidate.words;
    arena_rewind(call->arena, mark);
    if (candidate.points < SIMILAR_POINTS) return;
    candidate.id.n          = query_int(q, COL_ID);
    candidate.number        = query_str(q, COL_NUMBER, call->arena);
    candidate.title         = query_str(q, COL_TITLE, call->arena);
    candidate.state         = (int)query_int(q, COL_STATE);
    candidate.opened.number = (int32_t)query_int(q, COL_ASSIGNED);
    if (date_is_none(candidate.opened))
        candidate.opened = zone_date(call->app->zone, (Time){ query_int(q, COL_CREATED) });
    candidate.why                = why_of(call, &candidate);
    *list_push(call->arena, out) = candidate;
}

static int compare_similar(const void *a, const void *b)
{
    const SimilarCase *left = a, *right = b;

    if (left->points != right->points) return left->points > right->points ? -1 : 1;
    return left->id.n > right->id.n ? -1 : left->id.n < right->id.n;
}

bool similar_cases(Call *call, const Nonconformity *nc, SimilarCases *out, Err *err)
{
    Date opened    = date_is_none(nc->assigned_on) ? zone_date(call->app->zone, nc->head.created_at) : nc->assigned_on;
    Date since     = date_add_months(opened, -SIMILAR_MONTHS);
    Trigrams words = words_of(call->arena, nc->title, nc->condition);
    Query *q       = query_open(call->db, str_from_c(candidates_sql));

    query_bind_int(q, 1, nc->head.id.n);
    query_bind_int(q, 2, nc->process.n);
    query_bind_int(q, 3, nc->site.n);
    query_bind_int(q, 4, since.number);
    query_bind_int(q, 5, zone_instant(call->app->zone, since, 0, 0, 0).us);
    query_bind_int(q, 6, SIMILAR_COMPARED);
    *out = (SimilarCases){ 0 };
    while (query_next(q))
        candidate_take(call, q, &words, out);
    if (!query_close(q, err)) return false;
    if (out->len > 0) qsort(out->at, out->len, sizeof *out->at, compare_similar);
    return true;
}
