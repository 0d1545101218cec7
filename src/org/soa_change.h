/* SPDX-License-Identifier: Apache-2.0
 * org/soa_change.h: what a version of the Statement of Applicability changed. */
#pragma once

#define RECORD_TYPE   SoaChange
#define RECORD_FIELDS "org/soa_change.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type soa_change_type;
