/* SPDX-License-Identifier: Apache-2.0
 * Days and instants. A year is counted from 1 March here, so that the leap day is its last and months have lengths by a
 * formula; 400 years are 146,097 days (Gregorian calendar, ISO 8601). */
#include "base/time.h"

#include <assert.h>

enum {
    YEAR_MAX        = 9999,
    DAYS_400_YEARS  = 146097,
    DATE_NUMBER_MAX = 3652059, /* 9999-12-31 */
};
static const int64_t SECOND_US = 1000000;
static const int64_t DAY_US    = (int64_t)DAY_SECONDS * 1000000;

static const char month_names[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

bool date_is_none(Date date)
{
    return date.number == 0;
}

bool date_eq(Date a, Date b)
{
    return a.number == b.number;
}

bool date_before(Date a, Date b)
{
    return a.number && b.number && a.number < b.number;
}

Date date_min(Date a, Date b)
{
    if (date_is_none(a)) return b;
    return date_before(b, a) ? b : a;
}

Date date_max(Date a, Date b)
{
    return b.number > a.number ? b : a;
}

int32_t date_days_between(Date from, Date to)
{
    if (date_is_none(from) || date_is_none(to)) return 0;
    return to.number - from.number;
}

Date date_add_days(Date date, int32_t days)
{
    int64_t number = (int64_t)date.number + days;
    if (date_is_none(date) || number < 1 || number > DATE_NUMBER_MAX) return (Date){ 0 };
    return (Date){ (int32_t)number };
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return days[month - 1] + (month == 2 && is_leap(year));
}

Date date_from_ymd(int year, int month, int day)
{
    if (year < 1 || year > YEAR_MAX || month < 1 || month > 12) return (Date){ 0 };
    if (day < 1 || day > month_days(year, month)) return (Date){ 0 };
    int from_march = (month + 9) % 12;
    int years      = year - (month < 3);
    int number     = 365 * years + years / 4 - years / 100 + years / 400 + (153 * from_march + 2) / 5 + day;
    return (Date){ number - 306 }; /* 306 days from 1 March of year 0 to its last day, 0000-12-31 */
}

Ymd date_to_ymd(Date date)
{
    if (date_is_none(date)) return (Ymd){ 0 };
    int days       = date.number + 305; /* since 0000-03-01 */
    int era        = days / DAYS_400_YEARS;
    int in_era     = days % DAYS_400_YEARS;
    int years      = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int in_year    = in_era - (365 * years + years / 4 - years / 100);
    int from_march = (5 * in_year + 2) / 153;
    int month      = from_march < 10 ? from_march + 3 : from_march - 9;
    return (Ymd){ .year  = era * 400 + years + (month < 3),
                  .month = month,
                  .day   = in_year - (153 * from_march + 2) / 5 + 1 };
}

Date date_add_months(Date date, int months)
{
    if (date_is_none(date)) return date;
    Ymd ymd       = date_to_ymd(date);
    int64_t total = (int64_t)ymd.year * 12 + (ymd.month - 1) + months;
    if (total < 12 || total >= (int64_t)(YEAR_MAX + 1) * 12) return (Date){ 0 };
    int year  = (int)(total / 12);
    int month = (int)(total % 12) + 1;
    int last  = month_days(year, month);
    return date_from_ymd(year, month, ymd.day < last ? ymd.day : last);
}

Weekday date_weekday(Date date)
{
    assert(date.number > 0);
    return (Weekday)((date.number - 1) % 7 + 1); /* 0001-01-01 was a Monday */
}

/* Reads exactly `count` digits at text[*at]; -1 when they are not all there. */
static int digits_read(Str text, size_t *at, size_t count)
{
    int value = 0;
    if (text.len - *at < count) return -1;
    for (size_t i = 0; i < count; i++) {
        char digit = text.ptr[*at + i];
        if (digit < '0' || digit > '9') return -1;
        value = value * 10 + (digit - '0');
    }
    *at += count;
    return value;
}

static bool byte_read(Str text, size_t *at, char byte)
{
    if (*at >= text.len || text.ptr[*at] != byte) return false;
    *at += 1;
    return true;
}

bool date_from_iso(Str text, Date *out)
{
    size_t at = 0;
    if (text.len != 10) return false;
    int year = digits_read(text, &at, 4);
    if (year < 0 || !byte_read(text, &at, '-')) return false;
    int month = digits_read(text, &at, 2);
    if (month < 0 || !byte_read(text, &at, '-')) return false;
    Date date = date_from_ymd(year, month, digits_read(text, &at, 2));
    if (date_is_none(date)) return false;
    *out = date;
    return true;
}

static char *two_digits(char *at, int number)
{
    at[0] = (char)('0' + number / 10 % 10);
    at[1] = (char)('0' + number % 10);
    return at + 2;
}

void date_write_iso(Date date, char out[DATE_ISO_BYTES])
{
    Ymd ymd  = date_to_ymd(date);
    char *at = two_digits(two_digits(out, ymd.year / 100), ymd.year);

    *at++ = '-';
    at    = two_digits(at, ymd.month);
    *at++ = '-';
    two_digits(at, ymd.day);
}

Str date_to_iso(Arena *arena, Date date)
{
    if (date_is_none(date)) return (Str){ 0 };
    char *text = arena_array(arena, char, DATE_ISO_BYTES);
    date_write_iso(date, text);
    return (Str){ text, DATE_ISO_BYTES };
}

Str date_to_human(Arena *arena, Date date)
{
    if (date_is_none(date)) return (Str){ 0 };
    Ymd ymd = date_to_ymd(date);
    return str_fmt(arena, "%d %s %d", ymd.day, month_names[ymd.month - 1], ymd.year);
}

bool time_is_none(Time time)
{
    return time.us == 0;
}

Time time_add_seconds(Time time, int64_t seconds)
{
    return (Time){ time.us + seconds * SECOND_US };
}

Str time_to_rfc3339(Arena *arena, Time time)
{
    int64_t day    = time.us / DAY_US - (time.us % DAY_US < 0);
    int64_t us     = time.us - day * DAY_US;
    int seconds    = (int)(us / SECOND_US);
    int rest       = (int)(us % SECOND_US);
    int64_t number = day + DATE_EPOCH;
    assert(number >= 1 && number <= DATE_NUMBER_MAX);
    Ymd ymd  = date_to_ymd((Date){ (int32_t)number });
    Str text = str_fmt(arena, "%04d-%02d-%02dT%02d:%02d:%02d", ymd.year, ymd.month, ymd.day, seconds / 3600,
                       seconds / 60 % 60, seconds % 60);
    if (rest) return str_fmt(arena, "%.*s.%06dZ", STR_ARG(text), rest);
    return str_fmt(arena, "%.*sZ", STR_ARG(text));
}

/* ".123456789": as microseconds, 0 when there is no fraction; -1 when the point has no digits. */
static int fraction_read(Str text, size_t *at)
{
    int us    = 0;
    int scale = 100000;
    if (!byte_read(text, at, '.')) return 0;
    size_t first = *at;
    while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9') {
        us += (text.ptr[*at] - '0') * scale;
        scale /= 10;
        *at += 1;
    }
    return *at == first ? -1 : us;
}

/* "Z" or "+01:00" as seconds east of UTC. */
static bool offset_read(Str text, size_t *at, int *seconds)
{
    *seconds = 0;
    if (byte_read(text, at, 'Z') || byte_read(text, at, 'z')) return true;
    int sign = byte_read(text, at, '+') ? 1 : byte_read(text, at, '-') ? -1 : 0;
    if (!sign) return false;
    int hours = digits_read(text, at, 2);
    if (hours < 0 || hours > 23 || !byte_read(text, at, ':')) return false;
    int minutes = digits_read(text, at, 2);
    if (minutes < 0 || minutes > 59) return false;
    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

static bool clock_read(Str text, size_t *at, int *seconds)
{
    int hour = digits_read(text, at, 2);
    if (hour < 0 || hour > 23 || !byte_read(text, at, ':')) return false;
    int minute = digits_read(text, at, 2);
    if (minute < 0 || minute > 59 || !byte_read(text, at, ':')) return false;
    int second = digits_read(text, at, 2);
    if (second < 0 || second > 60) return false;
    *seconds = hour * 3600 + minute * 60 + second;
    return true;
}

bool time_from_rfc3339(Str text, Time *out)
{
    Date date;
    int seconds, offset;
    size_t at = 10;
    if (!date_from_iso(str_slice(text, 0, 10), &date)) return false;
    if (!byte_read(text, &at, 'T') && !byte_read(text, &at, 't')) return false;
    if (!clock_read(text, &at, &seconds)) return false;
    int us = fraction_read(text, &at);
    if (us < 0 || !offset_read(text, &at, &offset) || at != text.len) return false;
    int64_t total = (int64_t)(date.number - DATE_EPOCH) * DAY_SECONDS + seconds - offset;
    int64_t day   = total / DAY_SECONDS - (total % DAY_SECONDS < 0) + DATE_EPOCH;
    if (day < 1 || day > DATE_NUMBER_MAX) return false; /* an offset or a leap second led out of the calendar */
    *out = (Time){ total * SECOND_US + us };
    return true;
}
