/* SPDX-License-Identifier: Apache-2.0
 * tests/support/errand.h: a record type only tests know, so that the engine is tested without the product. */
#pragma once

enum { ERRAND_OPEN = 1, ERRAND_ASKED, ERRAND_DONE, ERRAND_VOID };

#define RECORD_TYPE   Errand
#define RECORD_FIELDS "../../tests/support/errand.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type errand_type;
