/* SPDX-License-Identifier: Apache-2.0
 * org/procedure.h: test procedures. */
#pragma once

#define RECORD_TYPE   Procedure
#define RECORD_FIELDS "org/procedure.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { METHOD_REVIEW = 1, METHOD_INTERVIEW = 2, METHOD_OBSERVE = 4, METHOD_TEST = 8 }; /* bits of the CHOICES field */
enum { ORIGIN_BUILT_IN = 1, ORIGIN_OWN };

extern const Type procedure_type;
