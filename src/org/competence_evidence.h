/* SPDX-License-Identifier: Apache-2.0
 * org/competence_evidence.h: evidence of competence. */
#pragma once

#define RECORD_TYPE   CompetenceEvidence
#define RECORD_FIELDS "org/competence_evidence.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type competence_evidence_type;
