/* SPDX-License-Identifier: Apache-2.0
 * Reading what coverage is computed from. */
#include "review/coverage_facts.h"

#include <assert.h>
#include <stdlib.h>

#include "audit/finding.h"
#include "audit/paper.h"
#include "org/control.h"

/* SQL below counts on these. */
static_assert(AUDIT_SPECIAL == 3 && PAPER_REVIEWED == 4 && CONCLUDED_NOT_COVERED == 4, "numbers in statements");
static_assert(FINDING_MINOR_NC == 2 && FINDING_PRESENTED == 4 && FINDING_VOID == 15 && NO == 1,
              "numbers in statements");

static Arena *arena_of(const CoverageFacts *facts)
{
    return facts->then->call->arena;
}

static bool is_ours(const CoverageFacts *facts, int kind, Date start)
{
    return kind >= AUDIT_INTERNAL && kind <= AUDIT_SPECIAL && !date_before(start, facts->since);
}

static int compare_audits(const void *a, const void *b)
{
    int64_t left = ((const AuditFact *)a)->id.n, right = ((const AuditFact *)b)->id.n;
    return (left > right) - (left < right);
}

const AuditFact *audit_fact(const CoverageFacts *facts, Id audit)
{
    AuditFact key = { .id = audit };

    if (facts->audits.len == 0) return NULL;
    return bsearch(&key, facts->audits.at, facts->audits.len, sizeof key, compare_audits);
}

bool audit_fact_counts(const AuditFact *audit)
{
    return audit->state == AUDIT_REPORT_ISSUED || audit->state == AUDIT_FOLLOW_UP || audit->state == AUDIT_CLOSED ||
           audit->state == AUDIT_TERMINATED;
}

/* ------------------------------------------------------------------------------------------------------- today */

static bool audits_now(CoverageFacts *facts, Err *err)
{
    Query *q =
        query_open(facts->then->call->db,
                   STR("SELECT id, number, kind, state, start, last_day, real_end, new_window_from, new_window_to,"
                       "       held_before"
                       "  FROM audit"
                       " WHERE kind <= 3 AND start >= $1"
                       " ORDER BY id"));
    query_bind_int(q, 1, facts->since.number);
    while (query_next(q)) {
        AuditFact *audit       = list_push(arena_of(facts), &facts->audits);
        audit->id.n            = query_int(q, 0);
        audit->number          = query_str(q, 1, arena_of(facts));
        audit->kind            = (int)query_int(q, 2);
        audit->state           = (int)query_int(q, 3);
        audit->start.number    = (int32_t)query_int(q, 4);
        audit->last_day.number = (int32_t)query_int(q, 5);
        audit->real_end.number = (int32_t)query_int(q, 6);
        audit->new_from.number = (int32_t)query_int(q, 7);
        audit->new_to.number   = (int32_t)query_int(q, 8);
        audit->held_before     = query_int(q, 9) == YES;
    }
    return query_close(q, err);
}

/* Rows of audit, requirement, what, finding, number. */
static bool refs_now(CoverageFacts *facts, Str sql, RefFacts *out, Err *err)
{
    Query *q = query_open(facts->then->call->db, sql);

    query_bind_int(q, 1, facts->since.number);
    while (query_next(q)) {
        *list_push(arena_of(facts), out) = (RefFact){ .audit       = { query_int(q, 0) },
                                                      .requirement = { query_int(q, 1) },
                                                      .what        = (int)query_int(q, 2),
                                                      .finding     = { query_int(q, 3) },
                                                      .number      = query_str(q, 4, arena_of(facts)) };
    }
    return query_close(q, err);
}

#define REFS_OF_AUDITS(kind)                                                                                           \
    STR("SELECT audit.id, record_link.target, 0, 0, ''"                                                                \
        "  FROM audit"                                                                                                 \
        "  JOIN record_link ON record_link.kind = '" kind "' AND record_link.source = audit.id"                        \
        " WHERE audit.kind <= 3 AND audit.start >= $1"                                                                 \
        " ORDER BY audit.id, record_link.target")

static bool now(CoverageFacts *facts, Err *err)
{
    static const char tests[] =
        "SELECT audit.id, record_link.target, paper.conclusion, 0, ''"
        "  FROM audit"
        "  JOIN paper ON paper.audit = audit.id AND paper.state = 4 AND paper.conclusion <> 4"
        "  JOIN record_link ON record_link.kind = 'paper.refs' AND record_link.source = paper.id"
        " WHERE audit.kind <= 3 AND audit.start >= $1"
        " ORDER BY audit.id, record_link.target, paper.id";
    static const char found[] =
        "SELECT audit.id, record_link.target, finding.kind, finding.id, finding.number"
        "  FROM audit"
        "  JOIN finding ON finding.audit = audit.id AND finding.kind <= 2"
        "   AND finding.state >= 4 AND finding.state < 15"
        "  JOIN record_link ON record_link.kind = 'finding.refs' AND record_link.source = finding.id"
        " WHERE audit.kind <= 3 AND audit.start >= $1"
        " ORDER BY audit.id, record_link.target, finding.id";
    Query *q =
        query_open(facts->then->call->db, STR("SELECT requirement FROM control WHERE state = 1 AND applicable = 1"));

    while (query_next(q))
        list_push(arena_of(facts), &facts->excluded)->n = query_int(q, 0);
    return query_close(q, err) && audits_now(facts, err) &&
           refs_now(facts, REFS_OF_AUDITS("audit.refs"), &facts->scope, err) &&
           refs_now(facts, REFS_OF_AUDITS("audit.covered_refs"), &facts->stated, err) &&
           refs_now(facts, str_from_c(tests), &facts->tested, err) &&
           refs_now(facts, str_from_c(found), &facts->found, err);
}

/* ------------------------------------------------------------------------------------------------------- earlier */

static void control_then(void *context, const void *record)
{
    CoverageFacts *facts   = context;
    const Control *control = record;

    if (control->head.state == PLAIN_IN_USE && control->applicable == NO)
        *list_push(arena_of(facts), &facts->excluded) = control->requirement;
}

static void refs_add(CoverageFacts *facts, RefFacts *out, RefFact fact, const IdList *refs)
{
    for (size_t i = 0; i < refs->len; i++) {
        fact.requirement                 = refs->at[i];
        *list_push(arena_of(facts), out) = fact;
    }
}

static void audit_then(void *context, const void *record)
{
    CoverageFacts *facts = context;
    const Audit *audit   = record;

    if (!is_ours(facts, audit->kind, audit->start)) return;
    *list_push(arena_of(facts), &facts->audits) = (AuditFact){ .id       = audit->head.id,
                                                               .number   = str_dup(arena_of(facts), audit->head.number),
                                                               .kind     = audit->kind,
                                                               .state    = audit->head.state,
                                                               .start    = audit->start,
                                                               .last_day = audit->last_day,
                                                               .real_end = audit->real_end,
                                                               .new_from = audit->new_window_from,
                                                               .new_to   = audit->new_window_to,
                                                               .held_before = audit->held_before == YES };
    refs_add(facts, &facts->scope, (RefFact){ .audit = audit->head.id }, &audit->refs);
    refs_add(facts, &facts->stated, (RefFact){ .audit = audit->head.id }, &audit->covered_refs);
}

static void paper_then(void *context, const void *record)
{
    CoverageFacts *facts = context;
    const Paper *paper   = record;

    if (paper->head.state != PAPER_REVIEWED || paper->conclusion == CONCLUDED_NOT_COVERED) return;
    refs_add(facts, &facts->tested, (RefFact){ .audit = paper->audit, .what = paper->conclusion }, &paper->refs);
}

static void finding_then(void *context, const void *record)
{
    CoverageFacts *facts   = context;
    const Finding *finding = record;
    int state              = finding->head.state;

    if (!finding_is_nonconformity(finding) || state < FINDING_PRESENTED || state == FINDING_VOID) return;
    refs_add(facts, &facts->found,
             (RefFact){ .audit   = finding->audit,
                        .what    = finding->kind,
                        .finding = finding->head.id,
                        .number  = str_dup(arena_of(facts), finding->head.number) },
             &finding->refs);
}

bool coverage_facts_read(CoverageFacts *facts, Err *err)
{
    const Then *then = facts->then;

    if (then->is_now) return now(facts, err);
    if (!then_each(then, &control_type, control_then, facts, err) ||
        !then_each(then, &audit_type, audit_then, facts, err) ||
        !then_each(then, &paper_type, paper_then, facts, err) ||
        !then_each(then, &finding_type, finding_then, facts, err))
        return false;
    if (facts->audits.len > 0) qsort(facts->audits.at, facts->audits.len, sizeof *facts->audits.at, compare_audits);
    return true;
}
