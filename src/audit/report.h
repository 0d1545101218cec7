/* SPDX-License-Identifier: Apache-2.0
 * audit/report.h: reports and to whom they went. */
#pragma once

#define RECORD_TYPE   Report
#define RECORD_FIELDS "audit/report.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Distribution
#define RECORD_FIELDS "audit/distribution.fields.h"
#include "record/declare.h"

#include "audit/audit.h"
#include "record/call.h"

enum { REPORT_DRAFT = 1, REPORT_IN_REVIEW, REPORT_APPROVED, REPORT_ISSUED, REPORT_AMENDED };
enum { DISTRIBUTION_SENT = 1, DISTRIBUTION_OPENED, DISTRIBUTION_ACKNOWLEDGED, DISTRIBUTION_WITHDRAWN };

extern const Type report_type, distribution_type;

/* The report of the audit that is written or in force: neither amended nor void; *found false when there is none. */
MUST_USE bool report_of(Call *call, Id audit, Report *report, bool *found, Err *err);
/* Names the parts that must be there and are empty: the eleven of 4.16, and what was not covered where a working paper
 * says so. */
MUST_USE bool report_missing_parts(Call *call, const Report *report, StrList *missing, Err *err);
