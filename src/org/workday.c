/* SPDX-License-Identifier: Apache-2.0
 * Working days. Adding walks day by day, as a person does on a calendar: due times are at most some hundred days.
 * Counting is asked for every row of a list, so it takes whole weeks at once and then subtracts the holidays between.
 */
#include "org/workday.h"

#include <assert.h>
#include <stdlib.h>

static int compare_dates(const void *a, const void *b)
{
    int32_t left = ((const Date *)a)->number, right = ((const Date *)b)->number;

    return (left > right) - (left < right);
}

bool workday_open(Arena *arena, unsigned free, const Holidays *holidays, Workdays *out, Err *err)
{
    if ((free & FREE_ALL) == FREE_ALL)
        return err_set(err, ERR_FORMAT, 0, .what = STR("cannot use a week without a working day"),
                       .hint = STR("Leave at least one day of the week that is not free."));
    if (holidays->len > HOLIDAYS_MAX)
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot use a list of more than 10000 holidays"),
                       .hint = STR("Keep the holidays of the years that matter."));

    *out           = (Workdays){ .free     = free & FREE_ALL,
                                 .holidays = { arena_array(arena, Date, holidays->len), 0, holidays->len } };
    Holidays *list = &out->holidays;
    for (size_t i = 0; i < holidays->len; i++)
        if (!date_is_none(holidays->at[i])) list->at[list->len++] = holidays->at[i];
    qsort(list->at, list->len, sizeof(Date), compare_dates);

    size_t kept = 0;
    for (size_t i = 0; i < list->len; i++)
        if (kept == 0 || !date_eq(list->at[kept - 1], list->at[i])) list->at[kept++] = list->at[i];
    list->len = kept;
    return true;
}

static bool is_separator(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r' || byte == '\n' || byte == ',';
}

bool workday_read_holidays(Arena *arena, Str text, Holidays *holidays, Err *err)
{
    for (size_t at = 0; at < text.len;) {
        if (is_separator(text.ptr[at])) {
            at++;
            continue;
        }
        size_t end = at;
        while (end < text.len && !is_separator(text.ptr[end]))
            end++;
        Str word = str_slice(text, at, end - at);
        Date date;
        if (!date_from_iso(word, &date))
            return err_set(err, ERR_FORMAT, 0, .what = STR("cannot read a list of holidays"),
                           .detail = str_fmt(arena, "\"%.*s\" is not a day.", STR_ARG(str_slice(word, 0, 40))),
                           .hint   = STR("Write each holiday as YYYY-MM-DD."));
        *list_push(arena, holidays) = date;
        at                          = end;
    }
    return true;
}

/* Holidays on or before `date`. */
static size_t holidays_until(const Workdays *workdays, Date date)
{
    size_t low = 0, high = workdays->holidays.len;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (date_before(date, workdays->holidays.at[middle]))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool is_free_weekday(const Workdays *workdays, Date date)
{
    return (workdays->free >> date_weekday(date) & 1u) != 0;
}

bool is_workday(const Workdays *workdays, Date date)
{
    if (is_free_weekday(workdays, date)) return false;
    size_t until = holidays_until(workdays, date);
    return until == 0 || !date_eq(workdays->holidays.at[until - 1], date);
}

static Date last_date(void)
{
    return date_from_ymd(9999, 12, 31);
}

/* The next (step 1) or earlier (step -1) working day, `date` excluded; none at the ends of the calendar. */
static Date workday_beside(const Workdays *workdays, Date date, int32_t step)
{
    int32_t last = last_date().number;

    for (int32_t number = date.number + step; number >= 1 && number <= last; number += step)
        if (is_workday(workdays, (Date){ number })) return (Date){ number };
    return (Date){ 0 };
}

Date workday_on_or_after(const Workdays *workdays, Date date)
{
    if (date_is_none(date) || is_workday(workdays, date)) return date;
    return workday_beside(workdays, date, 1);
}

Date workday_add(const Workdays *workdays, Date start, int32_t days)
{
    int32_t step = days < 0 ? -1 : 1;
    Date date    = start;

    if (days == 0) return workday_on_or_after(workdays, start);
    for (int32_t left = days; left != 0 && !date_is_none(date); left -= step)
        date = workday_beside(workdays, date, step);
    return date;
}

/* Days of the week that are not free, in (from, to]. */
static int32_t weekdays_between(const Workdays *workdays, Date from, Date to)
{
    int32_t days = date_days_between(from, to), in_week = 0;

    for (int weekday = MONDAY; weekday <= SUNDAY; weekday++)
        in_week += (workdays->free >> weekday & 1u) == 0;
    int32_t count = days / 7 * in_week;
    for (int32_t i = 0; i < days % 7; i++)
        count += !is_free_weekday(workdays, date_add_days(to, -i));
    return count;
}

int32_t workday_between(const Workdays *workdays, Date from, Date to)
{
    if (date_is_none(from) || date_is_none(to)) return 0;
    if (date_before(to, from)) return -workday_between(workdays, to, from);

    int32_t count = weekdays_between(workdays, from, to);
    size_t end    = holidays_until(workdays, to);
    for (size_t i = holidays_until(workdays, from); i < end; i++)
        count -= !is_free_weekday(workdays, workdays->holidays.at[i]);
    assert(count >= 0);
    return count;
}

Date workday_due_in_days(const Workdays *workdays, Date start, int32_t days)
{
    if (date_is_none(start) || days > last_date().number - start.number) return (Date){ 0 };
    return workday_on_or_after(workdays, date_add_days(start, days));
}
