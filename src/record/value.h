/* SPDX-License-Identifier: Apache-2.0
 * record/value.h: one field's value between its structure, JSON and text. Values coming in are checked in full here:
 * kind, length, UTF-8, range, choice, reference; what cannot be taken is said with invalid(). */
#pragma once

#include "base/json.h"
#include "record/call.h"
#include "record/registry.h"

/* Sets `field` of `record` from JSON (null empties it). References are given by number or id; one that the
 * person may not see answers as one that does not exist, unless `record` holds it already. Returns false only on Err;
 * what the person got wrong goes to call->invalids under `path`. */
MUST_USE bool value_from_json(Call *call, const Field *field, const json_t *json, void *record, Str path, Err *err);
/* A whole shape from an object: unknown members are invalid, missing ones stay as they are in `record`. */
MUST_USE bool shape_from_json(Call *call, const Shape *shape, const json_t *object, void *record, Err *err);
/* Adds "missing" for every field that is needed (or needed from `state` on) and empty; what is known to be wrong
 * already is not named twice. */
void shape_check_needed(Call *call, const Shape *shape, const void *record, int state);

/* What people type in forms, on the command line and in CSV cells as the JSON that value_from_json takes: numbers,
 * dates, true/false words, lists separated by ',' for CHOICES and REFS. New reference in the call's arena. */
json_t *value_text_to_json(Call *call, const Field *field, Str text);
/* The machine text of a value, the inverse of the above (references by `names` are not resolved: ids). */
Str value_to_text(Arena *arena, const Field *field, const void *record);

bool value_equal(const Field *field, const void *a, const void *b);
void value_copy(const Field *field, const void *from, void *to);
