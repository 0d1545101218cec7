/* SPDX-License-Identifier: Apache-2.0
 * JSON in and out. A look over the text before parsing counts depth and members, so that the parser (which recurses and
 * makes a node per value) never sees a text that would cost more than its length. Writing is our own: it must not leave
 * the frame of a foreign function when the arena gives up. */
#include "base/json.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WRITE_DEPTH_MAX = 128 };
static const int64_t INTEGER_MAX = ((int64_t)1 << 53) - 1; /* what a double keeps exactly (RFC 8785 3.2.2.3) */

static bool err_json(Err *err, ErrCode code, const char *reason)
{
    return err_set(err, code, 0, .what = STR("cannot read this as JSON"), .detail = str_from_c(reason));
}

/* Index behind the string that begins at `at`. */
static size_t skip_string(Str text, size_t at)
{
    for (at++; at < text.len && text.ptr[at] != '"'; at++)
        if (text.ptr[at] == '\\') at++;
    return at + 1;
}

static bool is_within_limits(Str text, Err *err)
{
    size_t members[JSON_DEPTH_MAX + 1] = { 0 }; /* of the object open at this depth; arrays are not counted */
    bool is_object[JSON_DEPTH_MAX + 1] = { 0 };
    size_t depth                       = 0;
    if (text.len > JSON_BYTES_MAX) return err_json(err, ERR_LIMIT, "It is longer than 32 MiB.");
    for (size_t at = 0; at < text.len; at++) {
        switch (text.ptr[at]) {
        case '"': at = skip_string(text, at) - 1; break;
        case '{':
        case '[':
            if (depth == JSON_DEPTH_MAX) return err_json(err, ERR_LIMIT, "It is nested more than 32 levels deep.");
            depth++;
            is_object[depth] = text.ptr[at] == '{';
            members[depth]   = 1;
            break;
        case '}':
        case ']': depth -= depth > 0; break;
        case ',':
            if (is_object[depth] && ++members[depth] > JSON_MEMBERS_MAX)
                return err_json(err, ERR_LIMIT, "An object in it has more than 10000 members.");
            break;
        default: break;
        }
    }
    return true;
}

static void json_release(void *thing)
{
    json_decref(thing);
}

json_t *json_own(Arena *arena, json_t *value)
{
    arena_defer(arena, json_release, value);
    return value;
}

bool json_read(Arena *arena, Str text, json_t **out, Err *err)
{
    json_error_t error;
    if (!is_within_limits(text, err)) return false;
    if (!text.len) return err_json(err, ERR_FORMAT, "It is empty.");
    json_t *value = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error);
    if (!value)
        return err_json(
            err, ERR_FORMAT,
            str_to_c(arena, str_fmt(arena, "Line %d, column %d: %s.", error.line, error.column, error.text)));
    *out = json_own(arena, value);
    return true;
}

Str json_str(const json_t *string)
{
    if (!json_is_string(string)) return (Str){ 0 };
    return (Str){ json_string_value(string), json_string_length(string) };
}

Str json_text(const json_t *object, const char *key)
{
    return json_str(json_object_get(object, key));
}

json_t *json_from_str(Str str)
{
    return json_stringn(str.len ? str.ptr : "", str.len);
}

/* What stands behind the backslash for a byte that must be escaped; 'u' for \u00xx; 0 when it stands for itself. */
static char escape_of(unsigned char byte)
{
    switch (byte) {
    case '"': return '"';
    case '\\': return '\\';
    case '\b': return 'b';
    case '\t': return 't';
    case '\n': return 'n';
    case '\f': return 'f';
    case '\r': return 'r';
    default: return byte < 0x20 ? 'u' : 0;
    }
}

void json_add_string(Buf *out, Str text)
{
    size_t plain = 0; /* start of the run that needs no escape */
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.len; i++) {
        char escape = escape_of((unsigned char)text.ptr[i]);
        if (!escape) continue;
        buf_add(out, (Str){ text.ptr + plain, i - plain });
        plain = i + 1;
        buf_add_byte(out, '\\');
        if (escape == 'u')
            buf_fmt(out, "u%04x", (unsigned)text.ptr[i]);
        else
            buf_add_byte(out, escape);
    }
    if (plain < text.len) buf_add(out, (Str){ text.ptr + plain, text.len - plain });
    buf_add_byte(out, '"');
}

typedef struct {
    Buf *out;
    bool canonical;
    int depth;
} Writer;

static bool write_value(Writer *writer, const json_t *value);

static bool write_array(Writer *writer, const json_t *array)
{
    buf_add_byte(writer->out, '[');
    for (size_t i = 0; i < json_array_size(array); i++) {
        if (i) buf_add_byte(writer->out, ',');
        if (!write_value(writer, json_array_get(array, i))) return false;
    }
    buf_add_byte(writer->out, ']');
    return true;
}

/* First UTF-16 unit of a code point: RFC 8785 3.2.3 sorts by these, and they order the planes above 0 before U+E000. */
static uint32_t utf16_lead(uint32_t rune)
{
    return rune < 0x10000 ? rune : 0xD800 + ((rune - 0x10000) >> 10);
}

typedef struct {
    Str key;
    json_t *value;
} Member;

static int by_utf16_key(const void *a, const void *b)
{
    Str left  = ((const Member *)a)->key;
    Str right = ((const Member *)b)->key;
    size_t at = 0; /* both are the same up to here */
    size_t other;
    while (at < left.len && at < right.len) {
        other          = at;
        uint32_t one   = str_next_rune(left, &at);
        uint32_t two   = str_next_rune(right, &other);
        uint32_t lead1 = utf16_lead(one);
        uint32_t lead2 = utf16_lead(two);
        if (lead1 != lead2) return lead1 < lead2 ? -1 : 1;
        if (one != two) return one < two ? -1 : 1;
    }
    return (left.len > right.len) - (left.len < right.len);
}

/* jansson walks the members of what it may change only; it does not change them. */
static json_t *iterable(const json_t *object)
{
    return (json_t *)(uintptr_t)object; /* NOLINT(performance-no-int-to-ptr): a cast that -Wcast-qual allows */
}

static bool write_object(Writer *writer, json_t *object)
{
    size_t len      = 0;
    Member *members = arena_array(writer->out->arena, Member, json_object_size(object));
    for (void *at = json_object_iter(object); at; at = json_object_iter_next(object, at))
        members[len++] = (Member){ str_from_c(json_object_iter_key(at)), json_object_iter_value(at) };
    if (writer->canonical) qsort(members, len, sizeof *members, by_utf16_key);
    buf_add_byte(writer->out, '{');
    for (size_t i = 0; i < len; i++) {
        if (i) buf_add_byte(writer->out, ',');
        json_add_string(writer->out, members[i].key);
        buf_add_byte(writer->out, ':');
        if (!write_value(writer, members[i].value)) return false;
    }
    buf_add_byte(writer->out, '}');
    return true;
}

/* The shortest digits that read back as the same number. */
static bool write_real(Writer *writer, double real)
{
    char digits[32];
    if (writer->canonical || !isfinite(real)) return false;
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, real);
        if (strtod(digits, NULL) == real) break;
    }
    buf_add_c(writer->out, digits);
    return true;
}

static bool write_integer(Writer *writer, int64_t integer)
{
    if (writer->canonical && (integer > INTEGER_MAX || integer < -INTEGER_MAX)) return false;
    buf_add_int(writer->out, integer);
    return true;
}

static bool write_nested(Writer *writer, const json_t *value)
{
    if (writer->depth == WRITE_DEPTH_MAX) return false;
    writer->depth++;
    bool written = json_is_array(value) ? write_array(writer, value) : write_object(writer, iterable(value));
    writer->depth--;
    return written;
}

static bool write_value(Writer *writer, const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
    case JSON_ARRAY: return write_nested(writer, value);
    case JSON_STRING: json_add_string(writer->out, json_str(value)); return true;
    case JSON_INTEGER: return write_integer(writer, json_integer_value(value));
    case JSON_REAL: return write_real(writer, json_real_value(value));
    case JSON_TRUE: buf_add_c(writer->out, "true"); return true;
    case JSON_FALSE: buf_add_c(writer->out, "false"); return true;
    case JSON_NULL: buf_add_c(writer->out, "null"); return true;
    }
    return false;
}

bool json_canonical(Buf *out, const json_t *value)
{
    Writer writer = { .out = out, .canonical = true };
    return write_value(&writer, value);
}

void json_write(Buf *out, const json_t *value)
{
    Writer writer = { .out = out };
    bool written  = write_value(&writer, value);
    assert(written); /* values of ours are finite and not 128 levels deep */
}
