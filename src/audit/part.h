/* SPDX-License-Identifier: Apache-2.0
 * audit/part.h: what the parts of an audit share: the audit they belong to, and the people who stand in a relation to
 * it. A type that uses these relations has the field `audit` first and says so:
 *     AUDIT_PART(Paper); */
#pragma once

#include <assert.h>
#include <stddef.h>

#include "audit/audit.h"

typedef struct {
    RecordHead head;
    Id audit;
} AuditPart;

#define AUDIT_PART(T) static_assert(offsetof(T, audit) == offsetof(AuditPart, audit), "the field audit comes first")

/* Relations "lead", "auditor" (may judge: lead and auditors), "team" (also in training and experts), "approver" of the
 * report, "auditee" (owners and deputies of the audited processes, contact). */
extern const Relation audit_part_relations[];
enum { AUDIT_PART_RELATIONS = 5 };
/* Their functions, for types that have relations of their own beside them. */
MUST_USE bool part_lead(Call *call, const void *part, IdList *people, Err *err);
MUST_USE bool part_auditors(Call *call, const void *part, IdList *people, Err *err);
MUST_USE bool part_team(Call *call, const void *part, IdList *people, Err *err);
MUST_USE bool part_approver(Call *call, const void *part, IdList *people, Err *err);
MUST_USE bool part_auditees(Call *call, const void *part, IdList *people, Err *err);

/* The same people for the audit itself. */
MUST_USE bool audit_auditors(Call *call, const Audit *audit, IdList *people, Err *err);
MUST_USE bool audit_team(Call *call, const Audit *audit, IdList *people, Err *err);
/* The owners of the audited processes: those who answer for them. */
MUST_USE bool audit_process_owners(Call *call, const Audit *audit, IdList *people, Err *err);

/* The audit of a part; refuses nothing, fails only when the world does. */
MUST_USE bool part_audit(Call *call, const void *part, Audit *audit, Err *err);
/* Guard: the audit's file is open: not closed, cancelled, and its report not issued. Rule "audit-open". */
bool guard_audit_is_open(Call *call, const void *part, Err *err);
