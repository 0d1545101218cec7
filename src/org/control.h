/* SPDX-License-Identifier: Apache-2.0
 * org/control.h: the Statement of Applicability, line by line. */
#pragma once

#define RECORD_TYPE   Control
#define RECORD_FIELDS "org/control.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { CONTROL_NOT_IMPLEMENTED = 1, CONTROL_PARTLY_IMPLEMENTED, CONTROL_IMPLEMENTED };

extern const Type control_type;
