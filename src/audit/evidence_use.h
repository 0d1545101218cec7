/* SPDX-License-Identifier: Apache-2.0
 * audit/evidence_use.h: the use of an item of evidence in an audit that did not obtain it. */
#pragma once

#define RECORD_TYPE   EvidenceUse
#define RECORD_FIELDS "audit/evidence_use.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type evidence_use_type;
