/* SPDX-License-Identifier: Apache-2.0
 * audit/types.h: the record types of the room, for the program's catalogue. */
#pragma once

#include "org/auditwork.h"
#include "record/registry.h"

extern const Type *const audit_types[];
extern const size_t audit_types_len;
/* What is answered to the organisation's room. */
extern const AuditWork audit_auditwork;
