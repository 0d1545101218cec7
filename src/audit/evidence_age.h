/* SPDX-License-Identifier: Apache-2.0
 * audit/evidence_age.h: how old evidence is, computed when it is looked at (requirements 4.9: "the product shows age").
 * Pure. */
#pragma once

#include "audit/audit.h"
#include "audit/evidence.h"

/* Beyond this, evidence says nothing of how things are now: an audit looks at a year at most. */
enum { EVIDENCE_OLD_DAYS = 365 };

typedef struct {
    Date last;       /* the last day that it speaks of; none: nobody said */
    int32_t days;    /* from there to the day of the question, 0 at least */
    bool is_old;     /* more than EVIDENCE_OLD_DAYS */
    bool is_outside; /* it speaks of no day of the period that the audit looks at */
} EvidenceAge;

/* On `day`, for an audit whose period is known; `audit` NULL or without a period: is_outside stays false. */
EvidenceAge evidence_age(const Evidence *evidence, const Audit *audit, Date day);
