/* SPDX-License-Identifier: Apache-2.0
 * org/risk.h: risks. */
#pragma once

#define RECORD_TYPE   Risk
#define RECORD_FIELDS "org/risk.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type risk_type;
