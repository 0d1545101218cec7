/* SPDX-License-Identifier: Apache-2.0
 * org/mapping.h: mappings between editions. */
#pragma once

#define RECORD_TYPE   Mapping
#define RECORD_FIELDS "org/mapping.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type mapping_type;
