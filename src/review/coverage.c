/* SPDX-License-Identifier: Apache-2.0
 * Coverage: each fact marks the row of its reference; then each row says what it amounts to. */
#include "review/coverage.h"

#include <stdlib.h>

#include "audit/finding.h"
#include "review/coverage_facts.h"

enum { CYCLE_MONTHS = 36 };

typedef struct {
    Id id;
    size_t row;
} RowIndex;

typedef struct {
    const Then *then;
    Coverage *out;
    CoverageFacts facts;
    RowIndex *index; /* by id */
} Reading;

/* ------------------------------------------------------------------------------------------------------- the cycle */

/* That of the programme whose period the day lies in, the latest one. */
static bool cycle_read(const Then *then, Coverage *out, Err *err)
{
    Query *q = query_open(then->call->db, STR("SELECT id, period_from, period_to"
                                              "  FROM programme"
                                              " WHERE period_from <= $1 AND period_to >= $1"
                                              " ORDER BY period_from DESC, id DESC"
                                              " LIMIT 1"));
    query_bind_int(q, 1, then->day.number);
    out->from = date_add_months(then->day, -CYCLE_MONTHS);
    out->to   = date_add_months(then->day, CYCLE_MONTHS);
    while (query_next(q)) {
        out->programme.n = query_int(q, 0);
        out->from.number = (int32_t)query_int(q, 1);
        out->to.number   = (int32_t)query_int(q, 2);
    }
    while (out->years < CYCLE_YEARS_MAX && !date_before(out->to, date_add_months(out->from, 12 * out->years)))
        out->years++;
    return query_close(q, err);
}

static bool in_cycle(const Coverage *out, Date start)
{
    return !date_before(start, out->from) && !date_before(out->to, start);
}

static int year_of(const Coverage *out, Date date)
{
    for (int year = 0; year < out->years; year++) {
        if (date_before(date, date_add_months(out->from, 12 * (year + 1)))) return year;
    }
    return out->years - 1;
}

/* ------------------------------------------------------------------------------------------------------- rows */

static int compare_index(const void *a, const void *b)
{
    int64_t left = ((const RowIndex *)a)->id.n, right = ((const RowIndex *)b)->id.n;
    return (left > right) - (left < right);
}

/* Clauses that can be audited and controls, of the frameworks in use. */
static bool rows_read(Reading *reading, Err *err)
{
    Arena *arena = reading->then->call->arena;
    Query *q =
        query_open(reading->then->call->db,
                   STR("SELECT requirement.id, requirement.ref, requirement.title, requirement.theme, requirement.kind"
                       "  FROM requirement"
                       "  JOIN framework ON framework.id = requirement.framework AND framework.state = 2"
                       " WHERE requirement.state = 1 AND requirement.kind >= 2"
                       " ORDER BY requirement.position, requirement.id"));
    while (query_next(q)) {
        CoverageRow *row   = list_push(arena, &reading->out->rows);
        row->requirement.n = query_int(q, 0);
        row->ref           = query_str(q, 1, arena);
        row->title         = query_str(q, 2, arena);
        row->theme         = (int)query_int(q, 3);
        row->is_control    = query_int(q, 4) == REQUIREMENT_CONTROL;
        row->is_applicable = !id_list_has(&reading->facts.excluded, row->requirement);
    }
    if (!query_close(q, err)) return false;
    const CoverageRows *rows = &reading->out->rows;
    reading->index           = arena_array(arena, RowIndex, rows->len);
    for (size_t i = 0; i < rows->len; i++)
        reading->index[i] = (RowIndex){ rows->at[i].requirement, i };
    if (rows->len > 0) qsort(reading->index, rows->len, sizeof *reading->index, compare_index);
    return true;
}

static CoverageRow *row_of(const Reading *reading, Id requirement)
{
    RowIndex key = { .id = requirement };

    if (reading->out->rows.len == 0) return NULL;
    const RowIndex *found = bsearch(&key, reading->index, reading->out->rows.len, sizeof key, compare_index);
    return found != NULL ? &reading->out->rows.at[found->row] : NULL;
}

/* ------------------------------------------------------------------------------------------------------- marks */

static Date begins_on(const AuditFact *audit)
{
    return audit->state == AUDIT_POSTPONED && !date_is_none(audit->new_from) ? audit->new_from : audit->start;
}

static Date ended_on(const AuditFact *audit)
{
    return date_is_none(audit->real_end) ? audit->last_day : audit->real_end;
}

static void mark_year(const Reading *reading, CoverageRow *row, CoverageMark mark)
{
    if (!in_cycle(reading->out, mark.date)) return;
    CoverageMark *year = &row->by_year[year_of(reading->out, mark.date)];
    if (mark.state > year->state) *year = mark;
}

/* The reference stands in the scope of an audit. */
static void mark_scope(const Reading *reading, const RefFact *fact)
{
    const AuditFact *audit = audit_fact(&reading->facts, fact->audit);
    CoverageRow *row       = row_of(reading, fact->requirement);

    if (audit == NULL || row == NULL || audit->state == AUDIT_CANCELLED) return;
    if (in_cycle(reading->out, begins_on(audit))) row->is_planned = true;
    if (audit_fact_counts(audit)) return;
    bool is_there     = audit->state == AUDIT_FIELDWORK || audit->state == AUDIT_REPORTING;
    CoverageMark mark = { .state  = is_there ? COVERAGE_FIELDWORK : COVERAGE_PLANNED,
                          .audit  = audit->id,
                          .number = audit->number,
                          .date   = begins_on(audit) };
    mark_year(reading, row, mark);
    if (mark.state < row->next.state) return;
    if (mark.state > row->next.state || date_before(mark.date, row->next.date)) row->next = mark;
}

/* The reference was tested, or is stated to have been. */
static void mark_test(const Reading *reading, const RefFact *fact)
{
    const AuditFact *audit = audit_fact(&reading->facts, fact->audit);
    CoverageRow *row       = row_of(reading, fact->requirement);

    if (audit == NULL || row == NULL || !audit_fact_counts(audit)) return;
    CoverageMark mark = {
        .state = COVERAGE_CONFORM, .audit = audit->id, .number = audit->number, .date = ended_on(audit)
    };
    if (in_cycle(reading->out, audit->start)) row->is_covered = true;
    mark_year(reading, row, mark);
    if (date_is_none(row->last.date) || date_before(row->last.date, mark.date)) row->last = mark;
}

static CoverageState state_of_kind(int kind)
{
    return kind == FINDING_MAJOR_NC ? COVERAGE_MAJOR : COVERAGE_MINOR;
}

/* A nonconformity was found against it: the last test says so, or one found on the way since. */
static void mark_found(const Reading *reading, const RefFact *fact)
{
    const AuditFact *audit = audit_fact(&reading->facts, fact->audit);
    CoverageRow *row       = row_of(reading, fact->requirement);

    if (audit == NULL || row == NULL) return;
    CoverageState state = state_of_kind(fact->what);
    CoverageMark mark   = { .state = state, .audit = audit->id, .number = audit->number, .date = ended_on(audit) };
    mark_year(reading, row, mark);
    if (date_before(mark.date, row->last.date) || state < row->state) return;
    row->state          = state;
    row->finding        = fact->finding;
    row->finding_number = fact->number;
    if (id_eq(row->last.audit, audit->id)) row->last.state = state;
}

static void row_settle(CoverageRow *row)
{
    if (row->state != COVERAGE_NONE) return;
    if (row->is_covered)
        row->state = COVERAGE_CONFORM;
    else if (!id_is_none(row->next.audit))
        row->state = row->next.state;
}

static void rows_count(Coverage *out)
{
    for (size_t i = 0; i < out->rows.len; i++) {
        const CoverageRow *row = &out->rows.at[i];
        if (!row->is_applicable) continue;
        *(row->is_control ? &out->controls : &out->clauses) += 1;
        *(row->is_control ? &out->controls_covered : &out->clauses_covered) += row->is_covered;
        *(row->is_control ? &out->controls_planned : &out->clauses_planned) += row->is_planned || row->is_covered;
    }
}

/* ------------------------------------------------------------------------------------------------------- K-1 */

static bool was_begun(const AuditFact *audit)
{
    return audit_fact_counts(audit) || audit->state == AUDIT_FIELDWORK || audit->state == AUDIT_REPORTING;
}

/* A postponed one is due by the end of its new window (ruling 4.4). */
static Date window_end(const AuditFact *audit)
{
    return audit->state == AUDIT_POSTPONED && !date_is_none(audit->new_to) ? audit->new_to : audit->last_day;
}

static int compare_due(const void *a, const void *b)
{
    const DueAudit *left = a, *right = b;

    if (left->due.number != right->due.number) return left->due.number < right->due.number ? -1 : 1;
    return left->id.n < right->id.n ? -1 : left->id.n > right->id.n;
}

static void due_read(Reading *reading)
{
    Coverage *out = reading->out;

    for (size_t i = 0; i < reading->facts.audits.len; i++) {
        const AuditFact *audit = &reading->facts.audits.at[i];
        Date due               = window_end(audit);
        if (audit->state == AUDIT_CANCELLED || !in_cycle(out, begins_on(audit)) || !then_is_past(reading->then, due))
            continue;
        bool ended = was_begun(audit) && audit->state != AUDIT_FIELDWORK;
        *list_push(reading->then->call->arena, &out->due) =
            (DueAudit){ .id        = audit->id,
                        .number    = audit->number,
                        .due       = due,
                        .in_window = ended && !date_before(due, ended_on(audit)),
                        .is_missed = !was_begun(audit) };
    }
    if (out->due.len > 0) qsort(out->due.at, out->due.len, sizeof *out->due.at, compare_due);
}

bool coverage_read(const Then *then, Coverage *out, Err *err)
{
    Reading reading = { .then = then, .out = out };

    *out = (Coverage){ 0 };
    if (!cycle_read(then, out, err)) return false;
    reading.facts.then  = then;
    reading.facts.since = date_add_months(out->from, -CYCLE_MONTHS);
    if (!coverage_facts_read(&reading.facts, err) || !rows_read(&reading, err)) return false;
    const CoverageFacts *facts = &reading.facts;
    for (size_t i = 0; i < facts->scope.len; i++)
        mark_scope(&reading, &facts->scope.at[i]);
    for (size_t i = 0; i < facts->stated.len; i++) {
        const AuditFact *audit = audit_fact(facts, facts->stated.at[i].audit);
        if (audit != NULL && audit->held_before) mark_test(&reading, &facts->stated.at[i]);
    }
    for (size_t i = 0; i < facts->tested.len; i++)
        mark_test(&reading, &facts->tested.at[i]);
    for (size_t i = 0; i < facts->found.len; i++)
        mark_found(&reading, &facts->found.at[i]);
    for (size_t i = 0; i < out->rows.len; i++)
        row_settle(&out->rows.at[i]);
    rows_count(out);
    due_read(&reading);
    return true;
}

const char *coverage_state_label(CoverageState state)
{
    switch (state) {
    case COVERAGE_NONE: return N_("Not in the cycle");
    case COVERAGE_PLANNED: return N_("Planned");
    case COVERAGE_FIELDWORK: return N_("In fieldwork");
    case COVERAGE_CONFORM: return N_("Conform");
    case COVERAGE_MINOR: return N_("Minor found");
    case COVERAGE_MAJOR: return N_("Major found");
    }
    return "";
}
