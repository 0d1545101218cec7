/* SPDX-License-Identifier: Apache-2.0
 * action/correction.h: corrections: what puts the situation right now. */
#pragma once

#define RECORD_TYPE   Correction
#define RECORD_FIELDS "action/correction.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type correction_type;
