/* SPDX-License-Identifier: Apache-2.0
 * action/verification.h: was it done as planned? */
#pragma once

#define RECORD_TYPE   Verification
#define RECORD_FIELDS "action/verification.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { VERIFICATION_PASSED = 1, VERIFICATION_FAILED };

extern const Type verification_type;
