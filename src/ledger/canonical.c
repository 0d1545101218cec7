/* SPDX-License-Identifier: Apache-2.0
 * A reader of canonical JSON that builds nothing: it walks the bytes once and says at the first deviation what it is.
 */
#include "ledger/canonical.h"

#include <stdio.h>

#define INTEGER_MAX INT64_C(9007199254740991) /* 2^53-1: what every reader of JSON keeps exactly */

typedef struct {
    Str text;
    size_t at;
    int depth;
    const char *reason; /* first deviation; NULL: none so far */
} Scan;

static bool deviates(Scan *scan, const char *reason)
{
    if (!scan->reason) scan->reason = reason;
    return false;
}

static int byte_here(const Scan *scan)
{
    return scan->at < scan->text.len ? (unsigned char)scan->text.ptr[scan->at] : -1;
}

static bool take(Scan *scan, char byte)
{
    if (byte_here(scan) != byte) return false;
    scan->at++;
    return true;
}

static bool is_digit(int byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_one_of(Str set, int byte)
{
    return byte >= 0 && str_index(set, (char)byte) < set.len;
}

/* Escapes that JCS uses: the two-letter ones where JSON has them, \u00xx in lower case for the other control bytes. */
static bool scan_escape(Scan *scan)
{
    int letter = byte_here(scan);
    scan->at++;
    if (is_one_of(STR("\"\\bfnrt"), letter)) return true;
    if (letter != 'u') return deviates(scan, "an escape that is not canonical");
    Str digits = str_slice(scan->text, scan->at, 4);
    if (digits.len != 4 || !str_starts(digits, STR("00")) || !is_one_of(STR("01"), digits.ptr[2]) ||
        !is_one_of(STR("0123456789abcdef"), digits.ptr[3]))
        return deviates(scan, "an escape that is not canonical");
    if (digits.ptr[2] == '0' && is_one_of(STR("89acd"), digits.ptr[3]))
        return deviates(scan, "an escape with a shorter form");
    scan->at += 4;
    return true;
}

/* Bytes from here on that stand for themselves: nearly all of every payload, so this loop is tight. */
static size_t plain_length(const Scan *scan)
{
    const char *here = scan->text.ptr + scan->at, *end = scan->text.ptr + scan->text.len, *at = here;
    while (at < end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20)
        at++;
    return (size_t)(at - here);
}

/* Behind the opening quote; `*out` is what stands between the quotes. UTF-8 is checked once for the whole text. */
static bool scan_string(Scan *scan, Str *out)
{
    size_t start = scan->at;
    for (;;) {
        scan->at += plain_length(scan);
        int byte = byte_here(scan);
        if (byte < 0) return deviates(scan, "a string without an end");
        if (byte < 0x20) return deviates(scan, "a control character in a string");
        scan->at++;
        if (byte == '"') break;
        if (!scan_escape(scan)) return false;
    }
    *out = str_slice(scan->text, start, scan->at - start - 1);
    return true;
}

static bool scan_number(Scan *scan)
{
    bool negative = take(scan, '-');
    size_t start  = scan->at;
    while (is_digit(byte_here(scan)))
        scan->at++;
    Str digits = str_slice(scan->text, start, scan->at - start);
    int next   = byte_here(scan);
    if (next == '.' || next == 'e' || next == 'E') return deviates(scan, "a number that is not an integer");
    if (digits.len == 0) return deviates(scan, "something that is no value");
    if (digits.ptr[0] == '0' && (digits.len > 1 || negative)) return deviates(scan, "a number that is not canonical");
    int64_t value;
    if (!str_to_i64(digits, 0, INTEGER_MAX, &value)) return deviates(scan, "an integer beyond 2^53-1");
    return true;
}

static bool scan_word(Scan *scan, Str word)
{
    if (!str_eq(str_slice(scan->text, scan->at, word.len), word)) return deviates(scan, "something that is no value");
    scan->at += word.len;
    return true;
}

static bool scan_value(Scan *scan);

static bool key_is_allowed(Str key)
{
    if (key.len == 0 || key.len > CANONICAL_KEY_MAX) return false;
    for (size_t i = 0; i < key.len; i++) {
        char byte = key.ptr[i];
        if (!(byte >= 'a' && byte <= 'z') && !is_digit(byte) && byte != '_') return false;
    }
    return true;
}

static bool scan_key(Scan *scan, Str *previous)
{
    Str key;
    if (!take(scan, '"')) return deviates(scan, "something that is no key");
    if (!scan_string(scan, &key)) return false;
    if (!key_is_allowed(key)) return deviates(scan, "a key outside [a-z0-9_]{1,48}");
    if (previous->ptr && str_compare(*previous, key) >= 0) return deviates(scan, "a key out of order or twice");
    if (!take(scan, ':')) return deviates(scan, "a key without a value");
    *previous = key;
    return true;
}

static bool scan_object(Scan *scan)
{
    Str previous = { 0 };
    if (take(scan, '}')) return true;
    do {
        if (!scan_key(scan, &previous) || !scan_value(scan)) return false;
    } while (take(scan, ','));
    return take(scan, '}') || deviates(scan, "an object without an end");
}

static bool scan_array(Scan *scan)
{
    if (take(scan, ']')) return true;
    do {
        if (!scan_value(scan)) return false;
    } while (take(scan, ','));
    return take(scan, ']') || deviates(scan, "an array without an end");
}

static bool scan_nested(Scan *scan, bool (*inner)(Scan *))
{
    if (++scan->depth > CANONICAL_DEPTH_MAX) return deviates(scan, "more than 8 levels");
    bool done = inner(scan);
    scan->depth--;
    return done;
}

static bool scan_value(Scan *scan)
{
    Str ignored;
    if (take(scan, '{')) return scan_nested(scan, scan_object);
    if (take(scan, '[')) return scan_nested(scan, scan_array);
    if (take(scan, '"')) return scan_string(scan, &ignored);
    switch (byte_here(scan)) {
    case 't': return scan_word(scan, STR("true"));
    case 'f': return scan_word(scan, STR("false"));
    case 'n': return scan_word(scan, STR("null"));
    default: return scan_number(scan);
    }
}

static bool scan_document(Scan *scan)
{
    if (!str_is_utf8(scan->text)) return deviates(scan, "text that is not UTF-8");
    if (byte_here(scan) != '{') return deviates(scan, "something that is no object");
    if (!scan_value(scan)) return false;
    return scan->at == scan->text.len || deviates(scan, "bytes behind the object");
}

bool canonical_check(Str bytes, Err *err)
{
    Scan scan = { .text = bytes };
    if (scan_document(&scan)) return true;
    char detail[160];
    int len = snprintf(detail, sizeof(detail), "At byte %zu there is %s.", scan.at, scan.reason);
    return err_set(err, ERR_FORMAT, 0, .what = STR("payload is not canonical JSON"), .detail = { detail, (size_t)len });
}

Str canonical_member(Str object, Str key)
{
    Scan scan    = { .text = object };
    Str previous = { 0 };
    if (!take(&scan, '{') || byte_here(&scan) == '}') return (Str){ 0 };
    do {
        if (!scan_key(&scan, &previous)) return (Str){ 0 };
        size_t start = scan.at;
        if (!scan_value(&scan)) return (Str){ 0 };
        if (str_eq(previous, key)) return str_slice(object, start, scan.at - start);
    } while (take(&scan, ','));
    return (Str){ 0 };
}

bool canonical_next(Str array, size_t *at, Str *element)
{
    Scan scan = { .text = array, .at = *at };
    if (!take(&scan, *at == 0 ? '[' : ',') || byte_here(&scan) == ']') return false;
    size_t start = scan.at;
    if (!scan_value(&scan)) return false;
    *element = str_slice(array, start, scan.at - start);
    *at      = scan.at;
    return true;
}
