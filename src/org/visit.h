/* SPDX-License-Identifier: Apache-2.0
 * org/visit.h: visits of the certification body. */
#pragma once

#define RECORD_TYPE   Visit
#define RECORD_FIELDS "org/visit.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type visit_type;
