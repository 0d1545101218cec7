/* SPDX-License-Identifier: Apache-2.0
 * action/analysis.h: why it happened: analyses, the boxes of their drawings, root causes, and where similar cases were
 * looked for. */
#pragma once

#define RECORD_TYPE   Analysis
#define RECORD_FIELDS "action/analysis.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Cause
#define RECORD_FIELDS "action/cause.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   RootCause
#define RECORD_FIELDS "action/root_cause.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   SimilarSearch
#define RECORD_FIELDS "action/similar_search.fields.h"
#include "record/declare.h"

#include "action/nonconformity.h"

enum { CAUSE_WHY = 1, CAUSE_ON_BRANCH, CAUSE_EVENT, CAUSE_BARRIER };
enum { CAUSE_LEVEL_DIRECT = 1, CAUSE_LEVEL_CONTRIBUTING, CAUSE_LEVEL_ROOT };

extern const Type analysis_type, cause_type, root_cause_type, similar_search_type;

/* The root causes of the case's current cycle that are in use, by number. */
MUST_USE bool root_causes_of_cycle(Call *call, const Nonconformity *nc, RootCauseList *out, Err *err);
