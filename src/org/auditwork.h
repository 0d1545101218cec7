/* SPDX-License-Identifier: Apache-2.0
 * org/auditwork.h: what the organisation's room asks about audits. The audit room answers, under the service name
 * "auditwork" (record/registry.h). */
#pragma once

#include "record/call.h"

typedef struct {
    /* Whether `lead` led the audit and `member` was in its team. */
    bool (*led)(Call *call, Id audit, Id lead, Id member, bool *did, Err *err);
} AuditWork;

#define AUDITWORK_SERVICE "auditwork"
