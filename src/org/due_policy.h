/* SPDX-License-Identifier: Apache-2.0
 * org/due_policy.h: how many days a step may take. */
#pragma once

#define RECORD_TYPE   DuePolicy
#define RECORD_FIELDS "org/due_policy.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { GRADE_MAJOR = 1, GRADE_MINOR, GRADE_OBSERVATION };
enum { POLICY_ACKNOWLEDGE = 1, POLICY_CORRECTION, POLICY_ANALYSIS, POLICY_ACTION, POLICY_VERIFICATION, POLICY_EFFECTIVENESS };
enum { DAYS_WORKING = 1, DAYS_CALENDAR };

extern const Type due_policy_type;
extern const ChoiceList policy_steps;

typedef struct {
    int64_t days;
    int unit; /* DAYS_WORKING, DAYS_CALENDAR */
} DueRule;
/* The rule in force: the organisation's own, else the default of 4.11. Zero days: the step has no due date for this grade. */
MUST_USE bool due_rule(Call *call, int grade, int step, DueRule *out, Err *err);
