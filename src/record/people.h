/* SPDX-License-Identifier: Apache-2.0
 * record/people.h: who is meant by "lead|programme-manager" for one record: roles and relations as a list of people. */
#pragma once

#include "record/call.h"

/* Everybody whom `who` names for `record` (NULL for verbs that make one), at most PEOPLE_MAX. "everyone" is left out.
 */
enum { PEOPLE_MAX = 500 };
MUST_USE bool people_among(Call *call, const Type *type, const char *who, const void *record, IdList *people, Err *err);
