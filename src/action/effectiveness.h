/* SPDX-License-Identifier: Apache-2.0
 * action/effectiveness.h: did it help? Reviews of effectiveness, and what the ISMS changed. */
#pragma once

#define RECORD_TYPE   Effectiveness
#define RECORD_FIELDS "action/effectiveness.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   IsmsChange
#define RECORD_FIELDS "action/isms_change.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { EFFECT_EFFECTIVE = 1, EFFECT_PARTLY, EFFECT_NOT, EFFECT_NOT_ENOUGH_DATA };
enum { ISMS_PARTS = 6 };

extern const Type effectiveness_type, isms_change_type;
