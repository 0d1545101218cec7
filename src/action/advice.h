/* SPDX-License-Identifier: Apache-2.0
 * action/advice.h: advice of auditors, marked. */
#pragma once

#define RECORD_TYPE   Advice
#define RECORD_FIELDS "action/advice.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type advice_type;
