/* SPDX-License-Identifier: Apache-2.0
 * review/coverage_facts.h: what coverage is computed from, read from tables or from the ledger; private to coverage. */
#pragma once

#include "review/coverage.h"

typedef struct {
    Id id;
    Str number;
    int kind, state;
    Date start, last_day, real_end;
    Date new_from, new_to; /* of a postponed one */
    bool held_before;
} AuditFact;

/* A reference in an audit: in its scope, stated as covered, tested by a paper, or found against. */
typedef struct {
    Id audit, requirement;
    int what;   /* of tests: CONCLUDED_…; of findings: FINDING_MAJOR_NC, FINDING_MINOR_NC */
    Id finding; /* of findings */
    Str number;
} RefFact;

typedef struct {
    AuditFact *at; /* by id */
    size_t len, cap;
} AuditFacts;

typedef struct {
    RefFact *at;
    size_t len, cap;
} RefFacts;

typedef struct {
    const Then *then;
    Date since; /* audits that begin earlier are not looked at */
    AuditFacts audits;
    RefFacts scope, stated, tested, found;
    IdList excluded; /* requirements that do not apply */
} CoverageFacts;

MUST_USE bool coverage_facts_read(CoverageFacts *facts, Err *err);
/* NULL: not an audit of ours, or too old. */
const AuditFact *audit_fact(const CoverageFacts *facts, Id audit);
/* Its report is issued, or it was stopped early: what was reviewed counts. */
bool audit_fact_counts(const AuditFact *audit);
