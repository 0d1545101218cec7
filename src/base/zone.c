/* SPDX-License-Identifier: Apache-2.0
 * Time zones read from the tz database's compiled files (TZif, RFC 8536), of which only the 64-bit part is used: a list
 * of instants at which the offset changes, and behind the last one a rule in the form of POSIX TZ
 * ("CET-1CEST,M3.5.0,M10.5.0/3"). The C library's own functions know one zone per process, and keep it in a global.
 * Here a Zone is a value in an arena of its own that nobody writes to after zone_open. The rule is read in zone_rule.c.
 */
#include "base/zone.h"

#include <string.h>

#include "base/file.h"
#include "base/zone_rule.h"

enum { ZONE_FILE_MAX = 128 << 10, ZONE_MEMORY_MAX = 512 << 10, NAME_MAX_BYTES = 64, TZIF_HEADER = 44, TYPES_MAX = 256 };

#define TZ_FOLDER "/usr/share/zoneinfo/"

struct Zone {
    Arena *arena;
    Str name;
    size_t changes_len;
    int64_t *changes;     /* seconds UTC, ascending */
    int32_t *offsets;     /* seconds east of UTC from changes[i] on */
    int32_t first_offset; /* before changes[0] */
    bool has_rule;
    ZoneRule rule; /* from the last change on */
};

/* Reading big-endian numbers off the front; `short_of` once something was missing. */
typedef struct {
    Str rest;
    bool short_of;
} Bytes;

static Str take(Bytes *bytes, size_t len)
{
    if (len > bytes->rest.len) {
        *bytes = (Bytes){ .short_of = true };
        return (Str){ 0 };
    }
    Str taken   = { bytes->rest.ptr, len };
    bytes->rest = (Str){ bytes->rest.ptr + len, bytes->rest.len - len };
    return taken;
}

static uint64_t take_number(Bytes *bytes, size_t len)
{
    uint64_t number = 0;
    Str digits      = take(bytes, len);
    for (size_t i = 0; i < digits.len; i++)
        number = number << 8 | (unsigned char)digits.ptr[i];
    return number;
}

typedef struct {
    size_t isut, isstd, leaps, changes, types, chars;
} TzifCounts;

static bool take_header(Bytes *bytes, TzifCounts *counts)
{
    if (!str_eq(take(bytes, 4), STR("TZif"))) return false;
    if (take_number(bytes, 1) < '2') return false; /* version 1 has 32-bit times only */
    take(bytes, 15);
    counts->isut    = take_number(bytes, 4);
    counts->isstd   = take_number(bytes, 4);
    counts->leaps   = take_number(bytes, 4);
    counts->changes = take_number(bytes, 4);
    counts->types   = take_number(bytes, 4);
    counts->chars   = take_number(bytes, 4);
    return !bytes->short_of;
}

/* Past the 32-bit part, which has times of 4 bytes. The counts have 32 bits each: the sum cannot overflow. */
static void skip_short_part(Bytes *bytes, const TzifCounts *counts)
{
    take(bytes,
         counts->changes * 5 + counts->types * 6 + counts->chars + counts->leaps * 8 + counts->isstd + counts->isut);
}

static bool take_changes(Zone *zone, Bytes *bytes, const TzifCounts *counts)
{
    int32_t offset_of_type[TYPES_MAX];
    if (counts->types < 1 || counts->types > TYPES_MAX || counts->changes > bytes->rest.len / 9) return false;
    zone->changes_len = counts->changes;
    zone->changes     = arena_array(zone->arena, int64_t, counts->changes);
    zone->offsets     = arena_array(zone->arena, int32_t, counts->changes);
    for (size_t i = 0; i < counts->changes; i++) {
        zone->changes[i] = (int64_t)take_number(bytes, 8);
        if (i && zone->changes[i] <= zone->changes[i - 1]) return false;
    }
    Str types = take(bytes, counts->changes);
    for (size_t i = 0; i < counts->types; i++) {
        offset_of_type[i] = (int32_t)take_number(bytes, 4);
        if (offset_of_type[i] < -ZONE_OFFSET_MAX || offset_of_type[i] > ZONE_OFFSET_MAX) return false;
        take(bytes, 2); /* daylight saving or not, and its name: nobody asks */
    }
    for (size_t i = 0; i < types.len; i++) {
        unsigned char type = (unsigned char)types.ptr[i];
        if (type >= counts->types) return false;
        zone->offsets[i] = offset_of_type[type];
    }
    zone->first_offset = offset_of_type[0]; /* RFC 8536 3.2: what no change precedes is of the first type */
    return !bytes->short_of;
}

/* "\n" rule "\n"; an empty rule says that the last change holds for ever. */
static bool take_footer(Zone *zone, Bytes *bytes)
{
    if (!str_eq(take(bytes, 1), STR("\n"))) return false;
    size_t end = str_index(bytes->rest, '\n');
    if (end == bytes->rest.len) return false;
    zone->has_rule = end > 0;
    return !zone->has_rule || zone_rule_from(str_slice(bytes->rest, 0, end), &zone->rule);
}

static bool zone_read(Zone *zone, Str tzif)
{
    Bytes bytes = { .rest = tzif };
    TzifCounts counts;
    if (!take_header(&bytes, &counts)) return false;
    skip_short_part(&bytes, &counts);
    if (!take_header(&bytes, &counts) || !take_changes(zone, &bytes, &counts)) return false;
    take(&bytes, counts.chars + counts.leaps * 12 + counts.isstd + counts.isut);
    return take_footer(zone, &bytes);
}

/* Names are parts of letters, digits and + - _ between slashes: none can leave the folder of the database. */
static bool is_zone_name(Str name)
{
    if (!name.len || name.len > NAME_MAX_BYTES) return false;
    for (size_t i = 0; i < name.len; i++) {
        char byte   = name.ptr[i];
        bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        bool inner  = byte == '/' && i && i + 1 < name.len && name.ptr[i - 1] != '/';
        if (!letter && !inner && byte != '+' && byte != '-' && byte != '_') return false;
    }
    return true;
}

static bool err_no_zone(Err *err, Str name, ErrCode code)
{
    char detail[160];
    char shown[NAME_MAX_BYTES];
    size_t shown_len = str_visible_into(shown, sizeof shown, name);
    int len = snprintf(detail, sizeof detail, "The tz database has no usable zone \"%.*s\".", (int)shown_len, shown);
    return err_set(err, code, 0, .what = STR("could not open a time zone"), .detail = { detail, (size_t)len },
                   .hint = STR("Use a name such as \"Europe/Amsterdam\"; the package tzdata must be installed."));
}

bool zone_open(Str name, Zone **out, Err *err)
{
    Str tzif;
    Err unread = { 0 };
    if (!is_zone_name(name)) return err_no_zone(err, name, ERR_MISSING);
    Arena *arena = arena_open(ZONE_MEMORY_MAX);
    if (!arena) return err_set(err, ERR_LIMIT, 0, .what = STR("could not open a time zone: out of memory"));
    Zone *zone  = arena_new(arena, Zone);
    zone->arena = arena;
    zone->name  = str_dup(arena, name);
    if (file_read(arena, str_fmt(arena, TZ_FOLDER "%.*s", STR_ARG(name)), ZONE_FILE_MAX, &tzif, &unread) &&
        zone_read(zone, tzif)) {
        *out = zone;
        return true;
    }
    arena_close(arena);
    return err_no_zone(err, name, ERR_MISSING);
}

void zone_close(Zone *zone)
{
    if (zone) arena_close(zone->arena);
}

Str zone_name(const Zone *zone)
{
    return zone->name;
}

static int32_t offset_at(const Zone *zone, int64_t seconds)
{
    size_t low  = 0; /* changes before `low` are not after `seconds`, changes from `high` on are */
    size_t high = zone->changes_len;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (zone->changes[middle] <= seconds)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == zone->changes_len && zone->has_rule) return zone_rule_offset(&zone->rule, seconds);
    return low ? zone->offsets[low - 1] : zone->first_offset;
}

static int64_t floor_div(int64_t number, int64_t by)
{
    return number / by - (number % by < 0);
}

LocalTime zone_local(const Zone *zone, Time time)
{
    int64_t seconds = floor_div(time.us, 1000000);
    int32_t offset  = offset_at(zone, seconds);
    int64_t local   = seconds + offset;
    int64_t day     = floor_div(local, DAY_SECONDS);
    int second      = (int)(local - day * DAY_SECONDS);
    return (LocalTime){ .date           = { (int32_t)(day + DATE_EPOCH) },
                        .hour           = second / 3600,
                        .minute         = second / 60 % 60,
                        .second         = second % 60,
                        .offset_seconds = offset };
}

Date zone_date(const Zone *zone, Time time)
{
    return zone_local(zone, time).date;
}

Time zone_instant(const Zone *zone, Date date, int hour, int minute, int second)
{
    int64_t local =
        (int64_t)(date.number - DATE_EPOCH) * DAY_SECONDS + (int64_t)hour * 3600 + (int64_t)minute * 60 + second;
    int32_t before = offset_at(zone, local - DAY_SECONDS);
    int32_t after  = offset_at(zone, local + DAY_SECONDS);
    int64_t utc    = local - before;
    /* Right when the clock has not changed by then; of a time that comes twice, the first. */
    if (offset_at(zone, utc) != before && offset_at(zone, local - after) == after) utc = local - after;
    /* Else the time is skipped, and `utc` is as long after the change as it would have been. */
    return (Time){ utc * 1000000 };
}

Time zone_day_end(const Zone *zone, Date date)
{
    return zone_instant(zone, (Date){ date.number + 1 }, 0, 0, 0);
}

Str zone_to_human(Arena *arena, const Zone *zone, Time time)
{
    if (time_is_none(time)) return (Str){ 0 };
    LocalTime local = zone_local(zone, time);
    Str day         = date_to_human(arena, local.date);
    return str_fmt(arena, "%.*s %02d:%02d", STR_ARG(day), local.hour, local.minute);
}
