/* SPDX-License-Identifier: Apache-2.0
 * org/workday.h: working days of a site (S-7). A Workdays says which days of the week are free and which dates are
 * holidays on top; a site's own list is that of its region plus its own. Pure: no clock, no store. The day of an event
 * is day 0, so counting starts on the day after it. */
#pragma once

#include "base/err.h"
#include "base/time.h"

/* Free days of the week, one bit each. */
enum {
    FREE_NONE            = 0,
    FREE_FRIDAY          = 1 << FRIDAY,
    FREE_SATURDAY        = 1 << SATURDAY,
    FREE_SUNDAY          = 1 << SUNDAY,
    FREE_SATURDAY_SUNDAY = FREE_SATURDAY | FREE_SUNDAY,
    FREE_FRIDAY_SATURDAY = FREE_FRIDAY | FREE_SATURDAY,
    FREE_ALL             = 0xFE
};

enum { HOLIDAYS_MAX = 10000 };

typedef struct {
    Date *at;
    size_t len, cap;
} Holidays;

/* The zeroed Workdays has no free day at all: every date counts. Immutable once opened. */
typedef struct {
    unsigned free;     /* FREE_… bits */
    Holidays holidays; /* ascending, each date once */
} Workdays;

/* Copies `holidays` (any order, repeats allowed; none is skipped) into `arena`. ERR_FORMAT when all seven days are
 * free, ERR_LIMIT beyond HOLIDAYS_MAX dates. */
MUST_USE bool workday_open(Arena *arena, unsigned free, const Holidays *holidays, Workdays *out, Err *err);

/* Holidays as text, one YYYY-MM-DD a line or separated by blanks or commas, added to `holidays`. ERR_FORMAT names the
 * first that is no date. */
MUST_USE bool workday_read_holidays(Arena *arena, Str text, Holidays *holidays, Err *err);

bool is_workday(const Workdays *workdays, Date date);
/* `date` itself when it is a working day, else the next one. */
Date workday_on_or_after(const Workdays *workdays, Date date);

/* The `days`-th working day after `start`, which is not counted; a negative number goes back; 0 is `start` itself or
 * the next working day if it is none. None when `start` is none or the calendar (year 9999) ends before. */
Date workday_add(const Workdays *workdays, Date start, int32_t days);

/* Working days after `from` up to and including `to`; negative when `to` lies before `from`; 0 when one is none. */
int32_t workday_between(const Workdays *workdays, Date from, Date to);

/* The due of a step that has `days` calendar days from `start`: a due on a day that is not a working day moves to the
 * next working day (ruling "past due"). */
Date workday_due_in_days(const Workdays *workdays, Date start, int32_t days);
