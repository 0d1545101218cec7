/* SPDX-License-Identifier: Apache-2.0
 * org/person.h: people, whether they have an account or not. */
#pragma once

#define RECORD_TYPE   Person
#define RECORD_FIELDS "org/person.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type person_type;

/* Has joined and not left on `day`, and is not void. */
bool person_is_here(const Person *person, Date day);
