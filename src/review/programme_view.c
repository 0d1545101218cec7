/* SPDX-License-Identifier: Apache-2.0
 * The audit programme for its reader, and what its coverage says by theme and by clause. */
#include "review/programme_view.h"

#include <stdlib.h>

#include "record/row.h"
#include "record/view.h"
#include "review/indicators.h"

static bool may_see_coverage(const Call *call)
{
    for (size_t i = 0; i < indicator_roles_len; i++) {
        if (call_has_role(call, str_from_c(indicator_roles[i]))) return true;
    }
    return false;
}

static bool parts_load(Call *call, ProgrammeView *view, Err *err)
{
    const Binds of  = { .at = &(Bind)BIND_ID(view->programme.head.id), .len = 1 };
    const Str where = STR("programme = $1 AND state = 1");

    return view_list(call, &programme_line_type, &view->lines, where, of, err) &&
           view_list(call, &objective_type, &view->objectives, where, of, err) &&
           view_list(call, &programme_risk_type, &view->risks, where, of, err) &&
           view_list(call, &programme_version_type, &view->versions, where, of, err) &&
           view_list(call, &requirement_type, &view->groups,
                     STR("kind = 1 AND level = 1 AND ref IN ('4', '5', '6', '7', '8', '9', '10')"), NO_BINDS, err);
}

static int compare_audits(const void *a, const void *b)
{
    const Audit *left = a, *right = b;
    return (left->start.number > right->start.number) - (left->start.number < right->start.number);
}

static bool audits_load(Call *call, ProgrammeView *view, Err *err)
{
    if (!view_list(call, &audit_type, &view->audits,
                   STR("start BETWEEN $1 AND $2 AND state <> 11 OR programme = $3 AND state <> 11"),
                   BINDS(BIND_DATE(view->programme.period_from), BIND_DATE(view->programme.period_to),
                         BIND_ID(view->programme.head.id)),
                   err))
        return false;
    if (view->audits.len > 1) qsort(view->audits.at, view->audits.len, sizeof view->audits.at[0], compare_audits);
    return true;
}

static bool coverage_load(Call *call, ProgrammeView *view, Err *err)
{
    Then now = then_of(call, (Date){ 0 });

    if (!may_see_coverage(call)) return true;
    if (!coverage_read(&now, &view->coverage, err)) return false;
    view->has_coverage = id_eq(view->coverage.programme, view->programme.head.id);
    return true;
}

static bool names_fill(Call *call, ProgrammeView *view, Err *err)
{
    const Registry *registry = call->app->registry;

    view->names = names_open(call);
    names_want(view->names, &programme_type, view->programme.head.id);
    names_want_record(view->names, registry_plan(registry, &programme_type), &view->programme);
    for (size_t i = 0; i < view->audits.len; i++)
        names_want_record(view->names, registry_plan(registry, &audit_type), &view->audits.at[i]);
    return names_load(view->names, err);
}

bool programme_view_load(Call *call, const Programme *programme, ProgrammeView *out, Err *err)
{
    *out = (ProgrammeView){ .programme = *programme };
    return parts_load(call, out, err) && audits_load(call, out, err) && coverage_load(call, out, err) &&
           names_fill(call, out, err);
}

bool programme_in_force(Call *call, Programme *out, bool *found, Err *err)
{
    ProgrammeList programmes = { 0 };

    if (!view_list(call, &programme_type, &programmes, STR("in_force > 0 AND state <> 5"), NO_BINDS, err)) return false;
    *found = programmes.len > 0;
    if (*found) *out = programmes.at[programmes.len - 1];
    return true;
}

/* ---- coverage ---- */

ThemeCount theme_count(const Coverage *coverage, int theme)
{
    ThemeCount count = { 0 };

    for (size_t i = 0; i < coverage->rows.len; i++) {
        const CoverageRow *row = &coverage->rows.at[i];
        if (!row->is_control || !row->is_applicable || row->theme != theme) continue;
        count.all++;
        count.covered += row->is_covered;
        count.in_fieldwork += row->next.state == COVERAGE_FIELDWORK;
    }
    return count;
}

/* "9.2.1" is of clause "9". */
static bool is_of_clause(const CoverageRow *row, Str clause)
{
    return !row->is_control && str_eq(str_slice(row->ref, 0, str_index(row->ref, '.')), clause);
}

CoverageMark clause_in_year(const Coverage *coverage, Str clause, int year)
{
    CoverageMark worst = { 0 };

    for (size_t i = 0; i < coverage->rows.len; i++) {
        const CoverageRow *row = &coverage->rows.at[i];
        if (is_of_clause(row, clause) && row->by_year[year].state > worst.state) worst = row->by_year[year];
    }
    return worst;
}

CoverageMark clause_next(const Coverage *coverage, Str clause)
{
    CoverageMark next = { 0 };

    for (size_t i = 0; i < coverage->rows.len; i++) {
        const CoverageRow *row = &coverage->rows.at[i];
        if (!is_of_clause(row, clause) || id_is_none(row->next.audit)) continue;
        if (id_is_none(next.audit) || date_before(row->next.date, next.date)) next = row->next;
    }
    return next;
}

StrList coverage_gaps(Arena *arena, const Coverage *coverage)
{
    StrList gaps = { 0 };

    for (size_t i = 0; i < coverage->rows.len; i++) {
        const CoverageRow *row = &coverage->rows.at[i];
        if (row->is_applicable && !row->is_covered && !row->is_planned) *list_push(arena, &gaps) = row->ref;
    }
    return gaps;
}

TimelineRow timeline_row(const ProgrammeView *view, const Audit *audit)
{
    if (!audit_is_ours(audit)) return ROW_OUTSIDE;
    for (size_t i = 0; i < audit->refs.len; i++) {
        if (str_starts(names_number(view->names, &requirement_type, audit->refs.at[i]), STR("A."))) return ROW_CONTROLS;
    }
    return ROW_CLAUSES;
}
