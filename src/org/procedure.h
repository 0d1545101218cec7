/* SPDX-License-Identifier: Apache-2.0
 * org/procedure.h: test procedures. */
#pragma once

#include "org/content.h" /* METHOD_…: bits of the field methods */

#define RECORD_TYPE   Procedure
#define RECORD_FIELDS "org/procedure.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { ORIGIN_BUILT_IN = 1, ORIGIN_OWN };

extern const Type procedure_type;
