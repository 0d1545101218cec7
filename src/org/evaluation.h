/* SPDX-License-Identifier: Apache-2.0
 * org/evaluation.h: evaluations of auditors. */
#pragma once

#define RECORD_TYPE   Evaluation
#define RECORD_FIELDS "org/evaluation.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { EVALUATION_QUALIFIED = 1, EVALUATION_WITH_CONDITIONS, EVALUATION_NOT_QUALIFIED };

extern const Type evaluation_type;
