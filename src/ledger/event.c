/* SPDX-License-Identifier: Apache-2.0
 * Envelopes. Names are restricted so far that nothing in an envelope ever needs an escape; so reading is a comparison
 * of the fixed parts and there is no second form to think of. */
#include "ledger/event.h"

#include <assert.h>
#include <string.h>

#include "base/base64.h"
#include "base/buf.h"

enum { HASH_BASE64 = 44, UNIX_EPOCH_DAY = 719163 /* the Date of 1970-01-01 */ };

#define DAY_US INT64_C(86400000000)

Hash event_commitment(Str salt, Str data)
{
    const Str parts[] = { salt, data };
    return hash_of_parts(parts, countof(parts));
}

/* Rules */

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '_' || byte == '.' || byte == '-';
}

static bool is_name(Str name)
{
    if (name.len == 0 || name.len > LEDGER_NAME_MAX) return false;
    for (size_t i = 0; i < name.len; i++)
        if (!is_name_byte(name.ptr[i])) return false;
    return true;
}

static bool is_entity(Str entity)
{
    size_t slash = str_index(entity, '/');
    return entity.len <= LEDGER_NAME_MAX && slash < entity.len && is_name(str_slice(entity, 0, slash)) &&
           is_name(str_slice(entity, slash + 1, entity.len));
}

static bool is_key(Str key)
{
    if (key.len > LEDGER_KEY_MAX) return false;
    for (size_t i = 0; i < key.len; i++)
        if (key.ptr[i] < ' ' || key.ptr[i] > '~' || key.ptr[i] == '"' || key.ptr[i] == '\\') return false;
    return true;
}

static bool is_wrong(Err *err, const char *field)
{
    char detail[120];
    int len = snprintf(detail, sizeof(detail), "Its %s breaks the format of the ledger.", field);
    return err_set(err, ERR_FORMAT, 0, .what = STR("cannot write the event"), .detail = { detail, (size_t)len });
}

/* The event before in the dossier is named by all but the first. */
static bool dossier_is_whole(const Envelope *envelope)
{
    if (envelope->dossier.len == 0) return envelope->dossier_number == 0 && !envelope->dossier_previous.is_there;
    return is_entity(envelope->dossier) && envelope->dossier_number >= 1 &&
           envelope->dossier_previous.is_there == (envelope->dossier_number > 1);
}

bool event_check(const Envelope *envelope, Err *err)
{
    if (!is_name(envelope->actor)) return is_wrong(err, "actor");
    if (!is_name(envelope->kind)) return is_wrong(err, "kind");
    if (!is_entity(envelope->entity)) return is_wrong(err, "entity");
    if (envelope->revision < 0) return is_wrong(err, "revision");
    if (!dossier_is_whole(envelope)) return is_wrong(err, "dossier");
    if (!is_key(envelope->idempotency_key)) return is_wrong(err, "idempotency key");
    if (envelope->files_len > LEDGER_FILES_MAX) return is_wrong(err, "number of files");
    if (!envelope->payload.is_there && !envelope->personal.is_there) return is_wrong(err, "payload");
    return true;
}

/* Time: always 27 bytes, so that text order is time order */

static void time_write(Time time, char out[EVENT_TIME_BYTES + 1])
{
    int64_t day = time.us / DAY_US, us = time.us % DAY_US;
    if (us < 0) {
        us += DAY_US;
        day--;
    }
    Ymd ymd     = date_to_ymd((Date){ (int32_t)(day + UNIX_EPOCH_DAY) });
    int seconds = (int)(us / 1000000);
    int len     = snprintf(out, EVENT_TIME_BYTES + 1, "%04u-%02u-%02uT%02u:%02u:%02u.%06uZ", (unsigned)ymd.year % 10000,
                           (unsigned)ymd.month % 100, (unsigned)ymd.day % 100, (unsigned)seconds / 3600 % 100,
                           (unsigned)seconds / 60 % 60, (unsigned)seconds % 60, (unsigned)(us % 1000000));
    assert(len == EVENT_TIME_BYTES);
}

static int digits_of(const char *at, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++)
        number = number * 10 + (at[i] - '0');
    return number;
}

static bool time_read(Str text, Time *out)
{
    static const char shape[] = "dddd-dd-ddTdd:dd:dd.ddddddZ";
    if (text.len != EVENT_TIME_BYTES) return false;
    for (size_t i = 0; i < text.len; i++) {
        bool is_digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
        if (shape[i] == 'd' ? !is_digit : text.ptr[i] != shape[i]) return false;
    }
    const char *at = text.ptr;
    Date date      = date_from_ymd(digits_of(at, 4), digits_of(at + 5, 2), digits_of(at + 8, 2));
    int hour = digits_of(at + 11, 2), minute = digits_of(at + 14, 2), second = digits_of(at + 17, 2);
    if (date_is_none(date) || hour > 23 || minute > 59 || second > 59) return false;
    out->us = (date.number - UNIX_EPOCH_DAY) * DAY_US + (hour * 3600 + minute * 60 + second) * INT64_C(1000000) +
              digits_of(at + 20, 6);
    return true;
}

/* Writing */

static void add_hash(Buf *out, const Hash *hash)
{
    buf_add_byte(out, '"');
    buf_add(out, base64_encode(out->arena, (Str){ (const char *)hash->bytes, HASH_BYTES }));
    buf_add_byte(out, '"');
}

static void add_maybe_hash(Buf *out, const MaybeHash *maybe)
{
    if (maybe->is_there)
        add_hash(out, &maybe->hash);
    else
        buf_add(out, STR("null"));
}

static void add_maybe_text(Buf *out, Str text)
{
    if (text.len == 0) {
        buf_add(out, STR("null"));
        return;
    }
    buf_add_byte(out, '"');
    buf_add(out, text);
    buf_add_byte(out, '"');
}

static void add_dossier(Buf *out, const Envelope *envelope)
{
    buf_add(out, STR(",\"an\":"));
    if (envelope->dossier.len > 0)
        buf_add_int(out, envelope->dossier_number);
    else
        buf_add(out, STR("null"));
    buf_add(out, STR(",\"ap\":"));
    add_maybe_hash(out, &envelope->dossier_previous);
    buf_add(out, STR(",\"au\":"));
    add_maybe_text(out, envelope->dossier);
}

static void add_commitments(Buf *out, const Envelope *envelope)
{
    buf_add(out, STR(",\"ev\":["));
    for (size_t i = 0; i < envelope->files_len; i++) {
        if (i > 0) buf_add_byte(out, ',');
        add_hash(out, &envelope->files[i]);
    }
    buf_add(out, STR("],\"k\":"));
    add_maybe_text(out, envelope->kind);
    buf_add(out, STR(",\"pc\":"));
    add_maybe_hash(out, &envelope->payload);
    buf_add(out, STR(",\"pp\":"));
    add_maybe_hash(out, &envelope->personal);
}

bool event_write(const Envelope *envelope, Arena *arena, Str *body, Err *err)
{
    char time[EVENT_TIME_BYTES + 1];
    Buf out = buf_open(arena, LEDGER_ENVELOPE_MAX);
    time_write(envelope->time, time);
    buf_add(&out, STR("{\"a\":"));
    add_maybe_text(&out, envelope->actor);
    add_dossier(&out, envelope);
    buf_add(&out, STR(",\"ent\":"));
    add_maybe_text(&out, envelope->entity);
    add_commitments(&out, envelope);
    buf_add(&out, STR(",\"q\":"));
    add_maybe_text(&out, envelope->idempotency_key);
    buf_add(&out, STR(",\"rev\":"));
    buf_add_int(&out, envelope->revision);
    buf_add(&out, STR(",\"s\":"));
    buf_add_int(&out, envelope->number);
    buf_add(&out, STR(",\"t\":\""));
    buf_add_c(&out, time);
    buf_add(&out, STR("\",\"v\":1}"));
    if (buf_overflowed(&out)) return err_set(err, ERR_LIMIT, 0, .what = STR("event is too large for the ledger"));
    *body = buf_str(&out);
    return true;
}

/* Reading: each step takes its part off the front, and nothing once one has failed */

typedef struct {
    Str rest;
    Arena *arena;
    bool failed;
} Reader;

static bool starts(const Reader *reader, Str fixed)
{
    return !reader->failed && str_starts(reader->rest, fixed);
}

static void take(Reader *reader, Str fixed)
{
    if (!starts(reader, fixed))
        reader->failed = true;
    else
        reader->rest = str_slice(reader->rest, fixed.len, reader->rest.len);
}

static bool take_null(Reader *reader)
{
    if (!starts(reader, STR("null"))) return false;
    take(reader, STR("null"));
    return true;
}

static Str take_text(Reader *reader)
{
    take(reader, STR("\""));
    size_t end = reader->failed ? 0 : str_index(reader->rest, '"');
    Str text   = str_slice(reader->rest, 0, end);
    if (!reader->failed) reader->rest = str_slice(reader->rest, end, reader->rest.len);
    take(reader, STR("\""));
    return text;
}

static Str take_maybe_text(Reader *reader)
{
    if (take_null(reader)) return (Str){ 0 };
    Str text = take_text(reader);
    if (text.len == 0) reader->failed = true; /* its form is null */
    return text;
}

static int64_t take_int(Reader *reader)
{
    int64_t number = 0;
    size_t len     = 0;
    while (len < reader->rest.len && reader->rest.ptr[len] >= '0' && reader->rest.ptr[len] <= '9')
        len++;
    Str digits = str_slice(reader->rest, 0, len);
    bool plain = len == 1 || (len > 1 && digits.ptr[0] != '0');
    if (!plain || !str_to_i64(digits, 0, INT64_MAX, &number)) reader->failed = true;
    reader->rest = str_slice(reader->rest, len, reader->rest.len);
    return number;
}

static Hash take_hash(Reader *reader)
{
    Hash hash  = { { 0 } };
    Str bytes  = { 0 };
    Str base64 = take_text(reader);
    if (reader->failed || base64.len != HASH_BASE64 || !base64_decode(reader->arena, base64, &bytes) ||
        bytes.len != HASH_BYTES)
        reader->failed = true;
    else
        memcpy(hash.bytes, bytes.ptr, HASH_BYTES);
    return hash;
}

static MaybeHash take_maybe_hash(Reader *reader)
{
    if (take_null(reader)) return (MaybeHash){ 0 };
    return (MaybeHash){ true, take_hash(reader) };
}

static void take_files(Reader *reader, Envelope *out)
{
    if (starts(reader, STR("]"))) return;
    struct {
        Hash *at;
        size_t len, cap;
    } files = { 0 };
    for (;;) {
        Hash *file = list_push(reader->arena, &files);
        *file      = take_hash(reader);
        if (!starts(reader, STR(",")) || files.len > LEDGER_FILES_MAX) break;
        take(reader, STR(","));
    }
    out->files     = files.at;
    out->files_len = files.len;
}

static void take_members(Reader *reader, Envelope *out)
{
    take(reader, STR("{\"a\":"));
    out->actor = take_text(reader);
    take(reader, STR(",\"an\":"));
    out->dossier_number = take_null(reader) ? 0 : take_int(reader);
    take(reader, STR(",\"ap\":"));
    out->dossier_previous = take_maybe_hash(reader);
    take(reader, STR(",\"au\":"));
    out->dossier = take_maybe_text(reader);
    take(reader, STR(",\"ent\":"));
    out->entity = take_text(reader);
    take(reader, STR(",\"ev\":["));
    take_files(reader, out);
    take(reader, STR("],\"k\":"));
    out->kind = take_text(reader);
    take(reader, STR(",\"pc\":"));
    out->payload = take_maybe_hash(reader);
    take(reader, STR(",\"pp\":"));
    out->personal = take_maybe_hash(reader);
    take(reader, STR(",\"q\":"));
    out->idempotency_key = take_maybe_text(reader);
    take(reader, STR(",\"rev\":"));
    out->revision = take_int(reader);
    take(reader, STR(",\"s\":"));
    out->number = take_int(reader);
    take(reader, STR(",\"t\":"));
    if (!time_read(take_text(reader), &out->time)) reader->failed = true;
    take(reader, STR(",\"v\":1}"));
}

bool event_read(Str body, Arena *arena, Envelope *out, Err *err)
{
    Reader reader = { .rest = body, .arena = arena };
    *out          = (Envelope){ 0 };
    if (body.len > 0 && body.len <= LEDGER_ENVELOPE_MAX) take_members(&reader, out);
    Err rule = { 0 };
    if (!reader.failed && reader.rest.len == 0 && event_check(out, &rule)) return true;
    return err_set(err, ERR_FORMAT, 0, .what = STR("event is not an envelope of version 1"),
                   .detail = str_from_c(rule.detail));
}
