/* SPDX-License-Identifier: Apache-2.0
 * audit/say.h: short lists as sentences say them, for refusals and recorded texts. */
#pragma once

#include "record/call.h"

/* Numbers of the records, at most `SAY_MAX` of them: "A.8.1, A.8.2 and 5 more". */
enum { SAY_MAX = 12 };
MUST_USE bool say_numbers(Call *call, const Type *type, const IdList *ids, Str *out, Err *err);
/* The name of a person; empty when there is none. */
Str say_person(Call *call, Id person);
/* Those of `ids` that are not among `others`. */
IdList ids_without(Arena *arena, const IdList *ids, const IdList *others);
IdList ids_common(Arena *arena, const IdList *ids, const IdList *others);
