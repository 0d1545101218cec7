/* SPDX-License-Identifier: Apache-2.0
 * base/time.h: a civil day and an instant, each a struct of one number so that a day cannot be added to a second.
 * Days are of the proleptic Gregorian calendar, years 1 to 9999. Zero is "none" in both. */
#pragma once

#include "base/str.h"

enum { DAY_SECONDS = 86400, DATE_EPOCH = 719163 /* number of the day 1970-01-01 */ };

typedef struct {
    int32_t number; /* days since 0000-12-31: 0001-01-01 is 1; 0 is no date */
} Date;

typedef struct {
    int64_t us; /* microseconds since 1970-01-01T00:00:00Z; 0 is no time */
} Time;

typedef struct {
    int year, month, day; /* month and day from 1 */
} Ymd;

typedef enum { MONDAY = 1, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY } Weekday;

bool date_is_none(Date date);
bool date_eq(Date a, Date b);
bool date_before(Date a, Date b);              /* false when one of them is none */
Date date_min(Date a, Date b);                 /* the earlier one; none counts as later than all */
Date date_max(Date a, Date b);                 /* the later one */
int32_t date_days_between(Date from, Date to); /* negative when `to` is earlier; 0 when one of them is none */
/* None stays none; so does what would leave years 1 to 9999, here and in date_add_months. */
Date date_add_days(Date date, int32_t days);
/* `months` later; the day is cut to the last of the month (31 January plus 1 is 28 or 29 February). */
Date date_add_months(Date date, int months);
/* none when there is no such day. */
Date date_from_ymd(int year, int month, int day);
Ymd date_to_ymd(Date date);
Weekday date_weekday(Date date);
/* Exactly YYYY-MM-DD and a real day, else false. */
MUST_USE bool date_from_iso(Str text, Date *out);
Str date_to_iso(Arena *arena, Date date); /* "2026-11-18"; "" for none */
/* The same without memory: "2026-11-18", no end. `date` is not none, its year below 10000. */
enum { DATE_ISO_BYTES = 10 };
void date_write_iso(Date date, char out[DATE_ISO_BYTES]);
Str date_to_human(Arena *arena, Date date); /* "18 Nov 2026"; "" for none */

bool time_is_none(Time time);
Time time_add_seconds(Time time, int64_t seconds);
/* RFC 3339 in UTC: "2026-11-16T09:41:07Z", with six decimals when `time` is not a whole second. */
Str time_to_rfc3339(Arena *arena, Time time);
/* RFC 3339 with Z or an offset, else false. Digits beyond microseconds are dropped; a leap second (":60") reads as the
 * second after it. */
MUST_USE bool time_from_rfc3339(Str text, Time *out);
