/* SPDX-License-Identifier: Apache-2.0
 * org/organisation.h: the organisation itself, one record per store: its name, zone and main
 * site, and how its documents look. */
#pragma once

#define RECORD_TYPE   Organisation
#define RECORD_FIELDS "org/organisation.fields.h"
#include "record/declare.h"

#include "record/call.h"

extern const Type organisation_type;

/* "#17508f" as 0x17508f; false: that is none. */
bool colour_read(Str text, unsigned *colour);

/* The organisation's record; *found is false before `init` made one. */
MUST_USE bool organisation_load(Call *call, Organisation *out, bool *found, Err *err);
/* Sets the App's zone from the record; done once at the start, before anything is served. */
MUST_USE bool organisation_apply(App *app, Arena *arena, Err *err);
