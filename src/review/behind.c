/* SPDX-License-Identifier: Apache-2.0
 * Opening an indicator: one walk over the records of its type; each says whether it belongs and whether it counts. */
#include "review/behind.h"

#include <assert.h>
#include <stdlib.h>

#include "action/action.h"
#include "action/analysis.h"
#include "action/due.h"
#include "action/effectiveness.h"
#include "action/extension.h"
#include "action/recurrence.h"
#include "review/case_figures.h"
#include "review/coverage.h"
#include "review/effect_figures.h"

typedef struct {
    Id nonconformity, id;
    int result;
    Date date;
    Str number;
} Judged;

typedef struct {
    const Then *then;
    BehindRows *out;
    IdList recurred; /* cases named as earlier by one with the same cause */
    struct {
        Judged *at;
        size_t len, cap;
    } reviews; /* that judged, in any order: walks know none */
} Opening;

static Str text(const Opening *opening, const char *english)
{
    return call_text(opening->then->call, english);
}

static Arena *arena_of(const Opening *opening)
{
    return opening->then->call->arena;
}

/* Copies what the walk will forget. */
static void add(Opening *opening, const Type *type, const RecordHead *head, BehindRow row)
{
    row.type   = type;
    row.id     = head->id;
    row.number = str_dup(arena_of(opening), head->number);
    row.title  = str_dup(arena_of(opening), row.title);
    opening->out->total++;
    opening->out->counted += row.counts;
    *list_push(arena_of(opening), opening->out) = row;
}

static Str days(const Opening *opening, Date from, Date to)
{
    return str_fmt(arena_of(opening), "%d", date_days_between(from, to));
}

/* ------------------------------------------------------------------------------------------------------- visits */

static void visit_closed(void *context, const void *record)
{
    Opening *opening        = context;
    const Nonconformity *nc = record;

    if (nc->head.state != NC_CLOSED || date_is_none(nc->assigned_on)) return;
    add(opening, &nonconformity_type, &nc->head,
        (BehindRow){ .title  = nc->title,
                     .value  = days(opening, nc->assigned_on, nc->closed_on),
                     .date   = nc->closed_on,
                     .counts = true });
}

static void visit_open(void *context, const void *record)
{
    Opening *opening        = context;
    const Nonconformity *nc = record;

    if (!nonconformity_is_open(nc)) return;
    int step = due_late_step(nc, opening->then->day);
    add(opening, &nonconformity_type, &nc->head,
        (BehindRow){ .title  = nc->title,
                     .value  = step > 0 ? text(opening, choice_label(&policy_steps, step)) : (Str){ 0 },
                     .date   = nc->step_due,
                     .counts = step > 0 });
}

static bool is_presented(const Finding *finding)
{
    return finding_is_nonconformity(finding) && finding->head.state >= FINDING_PRESENTED &&
           finding->head.state <= FINDING_DISPUTED;
}

/* A presented finding is an open nonconformity that is never late. */
static void visit_presented(void *context, const void *record)
{
    const Finding *finding = record;

    if (is_presented(finding))
        add(context, &finding_type, &finding->head,
            (BehindRow){ .title = finding->title, .date = finding->presented_on });
}

static void visit_done(void *context, const void *record)
{
    Opening *opening     = context;
    const Action *action = record;

    if (action->head.state != ACTION_DONE_CLAIMED && action->head.state != ACTION_VERIFIED) return;
    add(opening, &action_type, &action->head,
        (BehindRow){ .title  = action->text,
                     .value  = date_to_human(arena_of(opening), action->due_first),
                     .date   = action->done_on,
                     .counts = !date_before(action->due_first, action->done_on) });
}

static void mark_earlier(void *context, const void *record)
{
    Opening *opening             = context;
    const Recurrence *recurrence = record;

    if (recurrence->decision == RECURRENCE_SAME_CAUSE && recurrence->head.state == PLAIN_IN_USE)
        id_list_add(arena_of(opening), &opening->recurred, recurrence->earlier);
}

static void visit_recurred(void *context, const void *record)
{
    Opening *opening        = context;
    const Nonconformity *nc = record;

    if (nc->head.state != NC_CLOSED || !then_within_months(opening->then, nc->closed_on, RECURRENCE_MONTHS)) return;
    bool recurred = id_list_has(&opening->recurred, nc->head.id);
    add(opening, &nonconformity_type, &nc->head,
        (BehindRow){ .title  = nc->title,
                     .value  = recurred ? text(opening, N_("Came back")) : (Str){ 0 },
                     .date   = nc->closed_on,
                     .counts = recurred });
}

static void visit_review(void *context, const void *record)
{
    Opening *opening            = context;
    const Effectiveness *review = record;

    if (review->result == EFFECT_NOT_ENOUGH_DATA) return;
    *list_push(arena_of(opening), &opening->reviews) =
        (Judged){ review->nonconformity, review->head.id, review->result, review->reviewed_on,
                  str_dup(arena_of(opening), review->head.number) };
}

static int compare_judged(const void *a, const void *b)
{
    const Judged *left = a, *right = b;

    if (left->nonconformity.n != right->nonconformity.n) return left->nonconformity.n < right->nonconformity.n ? -1 : 1;
    return left->id.n < right->id.n ? -1 : left->id.n > right->id.n;
}

/* The first of each case. */
static void add_first_reviews(Opening *opening)
{
    const ChoiceList *results = type_field(&effectiveness_type, STR("result"))->choices;

    if (opening->reviews.len > 0)
        qsort(opening->reviews.at, opening->reviews.len, sizeof *opening->reviews.at, compare_judged);
    for (size_t i = 0; i < opening->reviews.len; i++) {
        const Judged *review = &opening->reviews.at[i];
        RecordHead head      = { .id = review->id, .number = review->number };
        if (i > 0 && id_eq(review[-1].nonconformity, review->nonconformity)) continue;
        add(opening, &effectiveness_type, &head,
            (BehindRow){ .value  = text(opening, choice_label(results, review->result)),
                         .date   = review->date,
                         .counts = review->result == EFFECT_EFFECTIVE });
    }
}

static void visit_planned(void *context, const void *record)
{
    Opening *opening        = context;
    const Nonconformity *nc = record;

    if (nc->plans_submitted.value == 0) return;
    add(opening, &nonconformity_type, &nc->head,
        (BehindRow){ .title  = nc->title,
                     .value  = text(opening, choice_label(&return_reasons, nc->return_reason)),
                     .date   = nc->plan_submitted_on,
                     .counts = nc->plans_returned.value > 0 });
}

static void visit_source(void *context, const void *record)
{
    Opening *opening        = context;
    const Nonconformity *nc = record;

    if (nc->head.state == NC_REJECTED || nc->head.state == NC_VOID) return;
    add(opening, &nonconformity_type, &nc->head,
        (BehindRow){ .title  = nc->title,
                     .value  = text(opening, choice_label(&finding_sources, nc->source)),
                     .date   = nc->assigned_on,
                     .counts = nc->source == SOURCE_INTERNAL_AUDIT || nc->source == SOURCE_MONITORING });
}

static void visit_aged(void *context, const void *record)
{
    Opening *opening        = context;
    const Nonconformity *nc = record;

    if (!nonconformity_is_open(nc)) return;
    Date opened = date_is_none(nc->assigned_on) ? zone_date(opening->then->call->app->zone, nc->head.created_at)
                                                : nc->assigned_on;
    add(opening, &nonconformity_type, &nc->head,
        (BehindRow){ .title  = nc->title,
                     .value  = days(opening, opened, opening->then->day),
                     .date   = opened,
                     .counts = age_band(opened, opening->then->day) == AGE_BANDS - 1 });
}

static void visit_extended(void *context, const void *record)
{
    Opening *opening           = context;
    const Extension *extension = record;

    if (extension->head.state != EXTENSION_GRANTED) return;
    add(opening, &extension_type, &extension->head,
        (BehindRow){ .value  = text(opening, choice_label(&policy_steps, extension->step)),
                     .date   = extension->new_due,
                     .counts = extension->count.value >= 2 });
}

static void visit_cause(void *context, const void *record)
{
    Opening *opening       = context;
    const RootCause *cause = record;
    const Then *then       = opening->then;
    Date written           = zone_date(then->call->app->zone, cause->head.created_at);

    if (cause->head.state != PLAIN_IN_USE || cause->level != CAUSE_LEVEL_ROOT ||
        !then_within_months(then, written, CATEGORY_MONTHS))
        return;
    const ChoiceList *categories = type_field(&root_cause_type, STR("category"))->choices;
    add(opening, &root_cause_type, &cause->head,
        (BehindRow){ .title  = cause->text,
                     .value  = text(opening, choice_label(categories, cause->category)),
                     .date   = written,
                     .counts = true });
}

/* ------------------------------------------------------------------------------------------------------- coverage */

static bool open_audits(Opening *opening, Err *err)
{
    Coverage coverage;

    if (!coverage_read(opening->then, &coverage, err)) return false;
    for (size_t i = 0; i < coverage.due.len; i++) {
        const DueAudit *due = &coverage.due.at[i];
        RecordHead head     = { .id = due->id, .number = due->number };
        add(opening, &audit_type, &head,
            (BehindRow){ .value  = due->is_missed ? text(opening, N_("Missed")) : (Str){ 0 },
                         .date   = due->due,
                         .counts = due->in_window });
    }
    return true;
}

static bool open_coverage(Opening *opening, Err *err)
{
    Coverage coverage;

    if (!coverage_read(opening->then, &coverage, err)) return false;
    for (size_t i = 0; i < coverage.rows.len; i++) {
        const CoverageRow *row = &coverage.rows.at[i];
        RecordHead head        = { .id = row->requirement, .number = row->ref };
        if (!row->is_applicable) continue;
        add(opening, &requirement_type, &head,
            (BehindRow){ .title  = row->title,
                         .value  = text(opening, coverage_state_label(row->state)),
                         .date   = row->is_covered ? row->last.date : row->next.date,
                         .counts = row->is_covered });
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the table */

typedef struct {
    const char *id, *title, *about, *value, *counts;
    struct {
        const Type *type;
        RecordVisit *visit;
    } walks[2];
    bool (*open)(Opening *opening, Err *err); /* instead of walks */
} Row;

/* clang-format off */
static const Row rows[] = {
    { "K-1",  N_("Programme fulfilment"), N_("Audits of the cycle finished in their window, of those whose window has passed."), N_("Missed"), N_("in time"), { { 0 } }, open_audits },
    { "K-2",  N_("Coverage"), N_("Clauses and applicable controls with a reviewed test in the cycle, of all."), N_("Result"), N_("covered"), { { 0 } }, open_coverage },
    { "K-3",  N_("Days to close"), N_("From the assignment to the closing of a nonconformity."), N_("Days"), "", { { &nonconformity_type, visit_closed } }, NULL },
    { "K-4",  N_("Overdue nonconformities"), N_("Open ones with a step or an action past its due, of all open ones."), N_("Late step"), N_("late"),
      { { &nonconformity_type, visit_open }, { &finding_type, visit_presented } }, NULL },
    { "K-5",  N_("Actions on time"), N_("Actions done by the due of the first approved plan, of those done."), N_("First due"), N_("on time"), { { &action_type, visit_done } }, NULL },
    { "K-6",  N_("Recurrence"), N_("Cases closed in the last 24 months that came back with the same cause, of all closed in that time."), N_("Came back"), N_("came back"),
      { { &recurrence_type, mark_earlier }, { &nonconformity_type, visit_recurred } }, NULL },
    { "K-7",  N_("Effective at the first review"), N_("First reviews that found the actions effective, of all first reviews that judged."), N_("Result"), N_("effective"),
      { { &effectiveness_type, visit_review } }, NULL },
    { "K-8",  N_("Plans returned"), N_("Cases whose plan was returned, of those that submitted one."), N_("Reason"), N_("returned"), { { &nonconformity_type, visit_planned } }, NULL },
    { "K-9",  N_("How they were found"), N_("Nonconformities by source; those found by own audits or monitoring, of all."), N_("Source"), N_("found by ourselves"),
      { { &nonconformity_type, visit_source } }, NULL },
    { "K-10", N_("Age of open nonconformities"), N_("Days since the assignment; those over 90 days."), N_("Days"), N_("over 90 days"), { { &nonconformity_type, visit_aged } }, NULL },
    { "K-11", N_("Extensions"), N_("Later dates that were granted; second and further ones."), N_("Step"), N_("second or later"), { { &extension_type, visit_extended } }, NULL },
    { "K-12", N_("Causes"), N_("Root causes of the last 12 months by category."), N_("Category"), "", { { &root_cause_type, visit_cause } }, NULL },
};
/* clang-format on */

static const Row *row_find(Str id)
{
    for (size_t i = 0; i < countof(rows); i++) {
        if (str_eq_c(id, rows[i].id)) return &rows[i];
    }
    return NULL;
}

const char *const *indicator_ids(size_t *len)
{
    static const char *const ids[] = { "K-1", "K-2", "K-3", "K-4",  "K-5",  "K-6",
                                       "K-7", "K-8", "K-9", "K-10", "K-11", "K-12" };
    static_assert(countof(ids) == countof(rows), "every row has its id here");
    *len = countof(ids);
    return ids;
}

bool indicator_info(const Call *call, Str id, IndicatorInfo *out)
{
    const Row *row = row_find(id);

    if (row == NULL) return false;
    *out = (IndicatorInfo){ .id     = str_from_c(row->id),
                            .title  = call_text(call, row->title),
                            .about  = call_text(call, row->about),
                            .value  = call_text(call, row->value),
                            .counts = call_text(call, row->counts) };
    return true;
}

static int compare_rows(const void *a, const void *b)
{
    const BehindRow *left = a, *right = b;

    if (left->counts != right->counts) return left->counts ? -1 : 1;
    if (left->number.len != right->number.len) return left->number.len < right->number.len ? -1 : 1;
    int by_number = str_compare(left->number, right->number);
    return by_number != 0 ? by_number : left->id.n < right->id.n ? -1 : left->id.n > right->id.n;
}

bool indicator_records(const Then *then, Str id, BehindRows *out, Err *err)
{
    const Row *row  = row_find(id);
    Opening opening = { .then = then, .out = out };

    *out = (BehindRows){ 0 };
    if (row == NULL)
        return err_set(err, ERR_USAGE, 0, .what = STR("there is no such indicator"),
                       .hint = STR("They are K-1 to K-12."));
    if (row->open != NULL && !row->open(&opening, err)) return false;
    for (size_t i = 0; i < countof(row->walks) && row->walks[i].visit != NULL; i++) {
        if (!then_each(then, row->walks[i].type, row->walks[i].visit, &opening, err)) return false;
    }
    add_first_reviews(&opening);
    if (out->len > 1) qsort(out->at, out->len, sizeof *out->at, compare_rows);
    if (out->len > BEHIND_MAX) out->len = BEHIND_MAX;
    return true;
}
