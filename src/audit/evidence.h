/* SPDX-License-Identifier: Apache-2.0
 * audit/evidence.h: evidence, for audits and for corrective actions alike. */
#pragma once

#define RECORD_TYPE   Evidence
#define RECORD_FIELDS "audit/evidence.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum {
    EVIDENCE_DOCUMENT = 1,
    EVIDENCE_RECORD,
    EVIDENCE_SCREENSHOT,
    EVIDENCE_DATA_EXTRACT,
    EVIDENCE_PHOTOGRAPH,
    EVIDENCE_OBSERVATION,
    EVIDENCE_STATEMENT,
    EVIDENCE_SEEN_NOT_COPIED
};
enum { EVIDENCE_KEPT = 1, EVIDENCE_WITHDRAWAL_ASKED, EVIDENCE_WITHDRAWN };

extern const Type evidence_type;
