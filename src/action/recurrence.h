/* SPDX-License-Identifier: Apache-2.0
 * action/recurrence.h: the same cause again. */
#pragma once

#define RECORD_TYPE   Recurrence
#define RECORD_FIELDS "action/recurrence.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { RECURRENCE_SAME_CAUSE = 1, RECURRENCE_SAME_THEME, RECURRENCE_UNRELATED };

extern const Type recurrence_type;
