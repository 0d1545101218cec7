/* SPDX-License-Identifier: Apache-2.0
 * org/occurrence.h: incidents, complaints, indicators and changes. */
#pragma once

#define RECORD_TYPE   Occurrence
#define RECORD_FIELDS "org/occurrence.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { OCCURRENCE_INCIDENT = 1, OCCURRENCE_COMPLAINT, OCCURRENCE_INDICATOR, OCCURRENCE_CHANGE, OCCURRENCE_MONITORING };

extern const Type occurrence_type;
