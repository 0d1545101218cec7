/* SPDX-License-Identifier: Apache-2.0
 * audit/finding.h: findings, from the auditor's draft to the disposition of what is no nonconformity. The life of a
 * nonconformity is in the room action, which follows "issue". */
#pragma once

#define RECORD_TYPE   Finding
#define RECORD_FIELDS "audit/finding.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum {
    FINDING_DRAFT = 1,
    FINDING_IN_REVIEW,
    FINDING_REVIEWED,
    FINDING_PRESENTED,
    FINDING_AGREED,
    FINDING_DISPUTED,
    FINDING_ISSUED,
    FINDING_UNDER_CONSIDERATION,
    FINDING_ACCEPTED,
    FINDING_WATCH,
    FINDING_DECLINED,
    FINDING_IMPLEMENTED,
    FINDING_RISK_ACCEPTED,
    FINDING_CLOSED,
    FINDING_VOID
};
enum {
    FINDING_MAJOR_NC = 1,
    FINDING_MINOR_NC,
    FINDING_OBSERVATION,
    FINDING_OFI,
    FINDING_GOOD_PRACTICE,
    FINDING_CONFORMITY
};
enum {
    SOURCE_INTERNAL_AUDIT = 1,
    SOURCE_MONITORING,
    SOURCE_INCIDENT,
    SOURCE_COMPLAINT,
    SOURCE_SUPPLIER,
    SOURCE_MANAGEMENT_REVIEW,
    SOURCE_CERTIFICATION_BODY,
    SOURCE_STAFF_REPORT
};
enum { ISSUED_WITH_REPORT = 1, ISSUED_EARLY };
enum {
    DISPOSED_ACCEPTED = 1,
    DISPOSED_IMPLEMENTED,
    DISPOSED_WATCH,
    DISPOSED_DECLINED,
    DISPOSED_CORRECTED,
    DISPOSED_SHARED,
    DISPOSED_RISK_ACCEPTED
};

extern const Type finding_type;
extern const ChoiceList finding_kinds, finding_sources, issue_ways, dispositions;

bool finding_is_nonconformity(const Finding *finding);
/* Observation or opportunity for improvement: awaits a disposition. */
bool finding_awaits_disposition(const Finding *finding);
/* The accepted risk has run out on `day`: the item is open again (the last day still counts as accepted). */
bool finding_acceptance_is_over(const Finding *finding, Date day);
/* The findings of an audit by number, without void ones. */
MUST_USE bool finding_list_of(Call *call, Id audit, FindingList *findings, Err *err);
