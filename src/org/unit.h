/* SPDX-License-Identifier: Apache-2.0
 * org/unit.h: parts of the organisation. */
#pragma once

#define RECORD_TYPE   Unit
#define RECORD_FIELDS "org/unit.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type unit_type;
