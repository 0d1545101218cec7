/* SPDX-License-Identifier: Apache-2.0
 * org/process_person.h: operators, and owners and deputies of the past. */
#pragma once

#define RECORD_TYPE   ProcessPerson
#define RECORD_FIELDS "org/process_person.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { PROCESS_OWNER = 1, PROCESS_DEPUTY, PROCESS_OPERATOR };

extern const Type process_person_type;
