/* SPDX-License-Identifier: Apache-2.0
 * org/framework.h: frameworks: where criteria come from. */
#pragma once

#define RECORD_TYPE   Framework
#define RECORD_FIELDS "org/framework.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { FRAMEWORK_DRAFT = 1, FRAMEWORK_ACTIVE, FRAMEWORK_RETIRED };

extern const Type framework_type;
