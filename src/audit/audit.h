/* SPDX-License-Identifier: Apache-2.0
 * audit/audit.h: one audit, from the line of the programme to its close. */
#pragma once

#define RECORD_TYPE   Audit
#define RECORD_FIELDS "audit/audit.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum {
    AUDIT_PLANNED = 1,
    AUDIT_INITIATED,
    AUDIT_PREPARING,
    AUDIT_PLAN_AGREED,
    AUDIT_FIELDWORK,
    AUDIT_REPORTING,
    AUDIT_REPORT_ISSUED,
    AUDIT_FOLLOW_UP,
    AUDIT_CLOSED,
    AUDIT_POSTPONED,
    AUDIT_CANCELLED,
    AUDIT_TERMINATED
};
enum {
    AUDIT_INTERNAL = 1,
    AUDIT_IS_FOLLOW_UP,
    AUDIT_SPECIAL,
    AUDIT_SUPPLIER,
    AUDIT_CERTIFICATION_BODY,
    AUDIT_OTHER_EXTERNAL
};
enum { STAFFING_AGREED = 1, STAFFING_PROPOSED };

extern const Type audit_type;

/* Internal, follow-up and special audits are ours; the others bring results from outside. */
bool audit_is_ours(const Audit *audit);
