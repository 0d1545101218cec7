/* SPDX-License-Identifier: Apache-2.0
 * Reading and following rules such as "CET-1CEST,M3.5.0,M10.5.0/3": standard time is called CET and an hour ahead of
 * UTC (POSIX counts westwards), saving time CEST and, unsaid, an hour more; it begins on the last Sunday of March at
 * 02:00 and ends on the last Sunday of October at 03:00. */
#include "base/zone_rule.h"

static char peek(Str text)
{
    return text.len ? text.ptr[0] : '\0';
}

static void skip(Str *text, size_t len)
{
    *text = str_slice(*text, len, text->len);
}

static bool take_byte(Str *text, char byte)
{
    if (!text->len || text->ptr[0] != byte) return false;
    skip(text, 1);
    return true;
}

static bool take_int(Str *text, int min, int max, int *out)
{
    int64_t number;
    size_t len = 0;
    while (len < text->len && text->ptr[len] >= '0' && text->ptr[len] <= '9')
        len++;
    if (!str_to_i64(str_slice(*text, 0, len), min, max, &number)) return false;
    *out = (int)number;
    skip(text, len);
    return true;
}

/* "CET" or "<+03>": three or more letters, or anything in pointed brackets. */
static bool take_name(Str *text)
{
    size_t len = 0;
    if (take_byte(text, '<')) {
        len = str_index(*text, '>');
        if (len == text->len) return false;
        skip(text, len + 1);
        return len >= 3;
    }
    while (len < text->len && ((text->ptr[len] | 32) >= 'a' && (text->ptr[len] | 32) <= 'z'))
        len++;
    skip(text, len);
    return len >= 3;
}

/* [+-]hh[:mm[:ss]] in seconds. */
static bool take_clock(Str *text, int hours_max, int *seconds)
{
    int hour;
    int minute = 0;
    int second = 0;
    int sign   = take_byte(text, '-') ? -1 : 1;
    if (sign > 0) take_byte(text, '+');
    if (!take_int(text, 0, hours_max, &hour)) return false;
    if (take_byte(text, ':') && !take_int(text, 0, 59, &minute)) return false;
    if (take_byte(text, ':') && !take_int(text, 0, 59, &second)) return false;
    *seconds = sign * (hour * 3600 + minute * 60 + second);
    return true;
}

/* A comma, a day, and optionally "/" and a time; 02:00 when unsaid. */
static bool take_change(Str *text, YearlyChange *out)
{
    *out = (YearlyChange){ .form = '0', .seconds = 2 * 3600 };
    if (!take_byte(text, ',')) return false;
    if (take_byte(text, 'M')) {
        out->form = 'M';
        if (!take_int(text, 1, 12, &out->month) || !take_byte(text, '.')) return false;
        if (!take_int(text, 1, 5, &out->week) || !take_byte(text, '.')) return false;
        if (!take_int(text, 0, 6, &out->day)) return false;
    } else {
        if (take_byte(text, 'J')) out->form = 'J';
        if (!take_int(text, out->form == 'J' ? 1 : 0, 365, &out->day)) return false;
    }
    return !take_byte(text, '/') || take_clock(text, 167, &out->seconds);
}

bool zone_rule_from(Str text, ZoneRule *out)
{
    ZoneRule rule = { 0 };
    int west;
    if (!take_name(&text) || !take_clock(&text, 24, &west)) return false;
    rule.standard = -west;
    rule.saving   = rule.standard + 3600;
    rule.changes  = text.len > 0;
    if (rule.changes) {
        if (!take_name(&text)) return false;
        if (peek(text) != ',') {
            if (!take_clock(&text, 24, &west)) return false;
            rule.saving = -west;
        }
        if (!take_change(&text, &rule.to_saving) || !take_change(&text, &rule.to_standard)) return false;
    }
    if (text.len) return false;
    *out = rule;
    return true;
}

static Date day_of_change(const YearlyChange *change, int year)
{
    if (change->form != 'M') {
        bool after_february = change->form == 'J' && change->day > 59;
        Date first          = after_february ? date_from_ymd(year, 3, 1) : date_from_ymd(year, 1, 1);
        int days            = after_february ? change->day - 60 : change->form == 'J' ? change->day - 1 : change->day;
        return date_add_days(first, days);
    }
    Date first = date_from_ymd(year, change->month, 1);
    int to_day = (change->day - (int)date_weekday(first) % 7 + 7) % 7;
    Date day   = date_add_days(first, to_day + 7 * (change->week - 1));
    /* The fifth is the last: some months have only four. */
    return date_is_none(day) || date_to_ymd(day).month != change->month ? date_add_days(first, to_day + 21) : day;
}

/* The instant of a change, when the clock was `offset` ahead of UTC before it. */
static int64_t change_at(const YearlyChange *change, int year, int32_t offset)
{
    return (int64_t)(day_of_change(change, year).number - DATE_EPOCH) * DAY_SECONDS + change->seconds - offset;
}

int32_t zone_rule_offset(const ZoneRule *rule, int64_t seconds)
{
    int64_t local  = seconds + rule->standard;
    int64_t number = local / DAY_SECONDS - (local % DAY_SECONDS < 0) + DATE_EPOCH;
    if (!rule->changes || number < 1 || number > INT32_MAX) return rule->standard;
    int year            = date_to_ymd((Date){ (int32_t)number }).year;
    int64_t to_saving   = change_at(&rule->to_saving, year, rule->standard);
    int64_t to_standard = change_at(&rule->to_standard, year, rule->saving);
    bool saving         = to_saving < to_standard ? seconds >= to_saving && seconds < to_standard
                                                  : seconds >= to_saving || seconds < to_standard;
    return saving ? rule->saving : rule->standard;
}
