/* SPDX-License-Identifier: Apache-2.0
 * base/zone_rule.h: the rule by which a zone's clock changes each year, written as in POSIX TZ with the extensions of
 * RFC 8536 3.3.1 (hours -167 to 167). Used by zone.c. Pure. */
#pragma once

#include "base/time.h"

enum { ZONE_OFFSET_MAX = 26 * 3600 };

typedef struct {
    char form;            /* 'M': month, week, weekday; 'J': day 1 to 365, never 29 February; '0': day 0 to 365 */
    int month, week, day; /* week 5 is the last; weekday 0 is Sunday */
    int seconds;          /* after midnight, of the clock that ends */
} YearlyChange;

typedef struct {
    int32_t standard, saving; /* seconds east of UTC */
    bool changes;             /* false: `standard` all year */
    YearlyChange to_saving, to_standard;
} ZoneRule;

/* The whole of `text` as a rule, else false. */
MUST_USE bool zone_rule_from(Str text, ZoneRule *out);
/* Seconds east of UTC at `seconds` since 1970-01-01T00:00:00Z. */
int32_t zone_rule_offset(const ZoneRule *rule, int64_t seconds);
