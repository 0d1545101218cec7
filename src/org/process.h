/* SPDX-License-Identifier: Apache-2.0
 * org/process.h: processes and who answers for them. */
#pragma once

#define RECORD_TYPE   Process
#define RECORD_FIELDS "org/process.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { CRITICALITY_LOW = 1, CRITICALITY_MEDIUM, CRITICALITY_HIGH, CRITICALITY_CRITICAL };

extern const Type process_type;
