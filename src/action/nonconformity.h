/* SPDX-License-Identifier: Apache-2.0
 * action/nonconformity.h: the nonconformity, the case around which the corrective action turns (10.2). Its parts
 * (corrections, causes, actions, verifications …) are records of their own beside it. */
#pragma once

#define RECORD_TYPE   Nonconformity
#define RECORD_FIELDS "action/nonconformity.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum {
    NC_REGISTERED = 1,
    NC_ASSIGNED,
    NC_ACKNOWLEDGED,
    NC_ANALYSIS,
    NC_PLAN_REVIEW,
    NC_IN_PROGRESS,
    NC_IMPLEMENTED,
    NC_MONITORING,
    NC_CORRECTED_ONLY,
    NC_CLOSED,
    NC_REJECTED,
    NC_VOID
};
/* As the kinds of a finding that are nonconformities (audit/finding.h): the numbers are the same. */
enum { NC_MAJOR = 1, NC_MINOR };
enum { EXTERNAL_SUBMITTED = 1, EXTERNAL_ACCEPTED, EXTERNAL_RETURNED, EXTERNAL_VERIFIED, EXTERNAL_EVIDENCE_SENT };

/* The methods of an analysis (4.12). */
enum { CAUSES_BY_WHYS = 1, CAUSES_BY_ISHIKAWA, CAUSES_BY_FAULT_TREE, CAUSES_BY_BARRIERS };

extern const Type nonconformity_type;
extern const ChoiceList nonconformity_kinds, cause_methods, return_reasons, external_states;

/* Registered from another source or from a finding, and neither closed, corrected only, rejected nor void (ruling "K
 * population"). */
bool nonconformity_is_open(const Nonconformity *nc);
/* The grade for due dates: GRADE_MAJOR or GRADE_MINOR of org/due_policy.h. */
int nonconformity_grade(const Nonconformity *nc);
/* The nonconformity of a part; refuses nothing. */
MUST_USE bool nonconformity_of(Call *call, Id id, Nonconformity *out, Err *err);
