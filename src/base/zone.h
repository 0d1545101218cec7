/* SPDX-License-Identifier: Apache-2.0
 * base/zone.h: time zones of the tz database, by name ("Europe/Amsterdam"). A Zone is immutable and may be read by many
 * threads; it lives until zone_close. */
#pragma once

#include "base/err.h"
#include "base/time.h"

typedef struct Zone Zone;

/* Fails with ERR_MISSING when the tz database has no such zone. */
MUST_USE bool zone_open(Str name, Zone **out, Err *err);
void zone_close(Zone *zone);
Str zone_name(const Zone *zone);

typedef struct {
    Date date;
    int hour, minute, second;
    int offset_seconds; /* east of UTC */
} LocalTime;

LocalTime zone_local(const Zone *zone, Time time);
Date zone_date(const Zone *zone, Time time);
/* The instant at which local day `date` has the given wall clock time; a time that a change of clocks skips moves forward. */
Time zone_instant(const Zone *zone, Date date, int hour, int minute, int second);
/* The first instant after local day `date`: a thing due on `date` is late from here on. */
Time zone_day_end(const Zone *zone, Date date);
/* "16 Nov 2026 09:41" */
Str zone_to_human(Arena *arena, const Zone *zone, Time time);
