/* SPDX-License-Identifier: Apache-2.0
 * org/qualification.h: what auditors are qualified for. */
#pragma once

#define RECORD_TYPE   Qualification
#define RECORD_FIELDS "org/qualification.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { LEVEL_EXPERT = 1, LEVEL_IN_TRAINING, LEVEL_AUDITOR, LEVEL_LEAD };
enum { QUALIFICATION_CANDIDATE = 1, QUALIFICATION_IN_TRAINING, QUALIFICATION_QUALIFIED, QUALIFICATION_LEAD, QUALIFICATION_EXPERT, QUALIFICATION_SUSPENDED, QUALIFICATION_ENDED };

extern const Type qualification_type;

/* R-72-2: it counts on `day`: qualified or more (never suspended or ended), begun, and not past its last day. */
bool qualification_is_valid(const Qualification *qualification, Date day);
/* The highest qualification of `person` that counts on `day`; *found is false when there is none. */
MUST_USE bool qualification_of(Call *call, Id person, Date day, Qualification *out, bool *found, Err *err);
