/* SPDX-License-Identifier: Apache-2.0
 * action/external_step.h: steps between the organisation and the certification body, apart from our own states. */
#pragma once

#define RECORD_TYPE   ExternalStep
#define RECORD_FIELDS "action/external_step.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type external_step_type;
