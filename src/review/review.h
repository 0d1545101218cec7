/* SPDX-License-Identifier: Apache-2.0
 * review/review.h: management reviews with their inputs and decisions (9.3; requirements 2.3). */
#pragma once

#define RECORD_TYPE   Review
#define RECORD_FIELDS "review/review.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   ReviewInput
#define RECORD_FIELDS "review/review_input.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   Decision
#define RECORD_FIELDS "review/decision.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { REVIEW_PLANNED = 1, REVIEW_HELD, REVIEW_APPROVED, REVIEW_VOID };
enum { CONCLUDED_YES = 1, CONCLUDED_PARTLY, CONCLUDED_NO };
enum { INPUT_WAITING = 1, INPUT_GIVEN, INPUT_MISSING };
/* The inputs of 9.3.2 in their order: R-932-1 to R-932-10. */
enum {
    INPUT_ACTIONS = 1,
    INPUT_ISSUES,
    INPUT_PARTIES,
    INPUT_NONCONFORMITIES,
    INPUT_MONITORING,
    INPUT_AUDITS,
    INPUT_OBJECTIVES,
    INPUT_FEEDBACK,
    INPUT_RISKS,
    INPUT_IMPROVEMENT,
    INPUTS = INPUT_IMPROVEMENT
};
enum { DECISION_PROPOSED = 1, DECISION_DECIDED, DECISION_DONE, DECISION_DROPPED };
enum { DECIDES_ISMS_CHANGE = 1, DECIDES_IMPROVEMENT, DECIDES_RESOURCE };
enum { INPUT_AGE_DAYS = 90 }; /* data older than that are flagged (R-932-5) */

extern const Type review_type, review_input_type, decision_type;
extern const ChoiceList review_clauses, review_conclusions, decision_kinds;

/* The inputs of a review in the order of 9.3.2. */
MUST_USE bool review_inputs_of(Call *call, Id review, ReviewInputList *inputs, Err *err);
/* Its decisions by number, without those that were dropped. */
MUST_USE bool decisions_of(Call *call, Id review, DecisionList *decisions, Err *err);
/* Decided in reviews held before `day` and not done: an open one always appears (R-932-1). */
MUST_USE bool decisions_open(Call *call, Date day, DecisionList *decisions, Err *err);
