/* SPDX-License-Identifier: Apache-2.0
 * org/requirement.h: clauses and controls. */
#pragma once

#define RECORD_TYPE   Requirement
#define RECORD_FIELDS "org/requirement.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { REQUIREMENT_GROUP = 1, REQUIREMENT_REQUIREMENT, REQUIREMENT_CONTROL };
enum { THEME_ORGANIZATIONAL = 1, THEME_PEOPLE, THEME_PHYSICAL, THEME_TECHNOLOGICAL };

extern const Type requirement_type;
