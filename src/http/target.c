/* SPDX-License-Identifier: Apache-2.0
 * Readers of the request target, urlencoded forms and cookies. Each decodes once, into the arena, and refuses what two
 * programs could read in two ways: that is where path traversal and smuggled parameters come from. */
#include "http/target.h"

typedef enum { PLUS_IS_PLUS, PLUS_IS_BLANK } Plus;

static int hex_value(char byte)
{
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    return -1;
}

/* Undoes percent-encoding; false at a broken escape, a NUL or bytes that are not UTF-8. */
static bool decode(Arena *arena, Str raw, Plus plus, Str *out, const char **why)
{
    char *bytes = arena_alloc(arena, raw.len, 1);
    size_t len  = 0;

    for (size_t i = 0; i < raw.len; i++) {
        char byte = raw.ptr[i];
        if (byte == '%') {
            int high = i + 2 < raw.len ? hex_value(raw.ptr[i + 1]) : -1;
            int low  = i + 2 < raw.len ? hex_value(raw.ptr[i + 2]) : -1;
            if (high < 0 || low < 0) return *why = "An escape is not '%' and two hexadecimal digits.", false;
            byte = (char)(high * 16 + low);
            i += 2;
        } else if (byte == '+' && plus == PLUS_IS_BLANK) {
            byte = ' ';
        }
        if (byte == '\0') return *why = "A NUL character is not allowed.", false;
        bytes[len++] = byte;
    }
    *out = (Str){ bytes, len };
    if (!str_is_utf8(*out)) return *why = "The text is not valid UTF-8.", false;
    return true;
}

/* RFC 3986 3.3 and 3.4: visible ASCII; the rest has to be encoded. */
static bool is_target_text(Str target)
{
    for (size_t i = 0; i < target.len; i++) {
        unsigned char byte = (unsigned char)target.ptr[i];
        if (byte <= ' ' || byte >= 0x7f || byte == '#' || byte == '\\') return false;
    }
    return true;
}

static bool is_path_rune(uint32_t rune)
{
    return rune >= 0x20 && rune != 0x7f && !(rune >= 0x80 && rune <= 0x9f) && rune != '\\' && rune != '/';
}

static bool segment_parse(Arena *arena, Str raw, Str *segment, const char **why)
{
    if (!decode(arena, raw, PLUS_IS_PLUS, segment, why)) return false;
    if (str_eq_c(*segment, ".") || str_eq_c(*segment, "..")) return *why = "The path has a dot segment.", false;
    for (size_t at = 0; at < segment->len;) {
        if (!is_path_rune(str_next_rune(*segment, &at)))
            return *why = "The path holds an encoded slash, a backslash or a control character.", false;
    }
    return true;
}

static bool path_parse(Arena *arena, Str raw, Str *path, const char **why)
{
    StrList segments = { 0 };
    Str rest         = str_slice(raw, 1, raw.len - 1);
    Str part;

    while (str_cut(&rest, '/', &part)) {
        Str *segment = list_push(arena, &segments);
        if (!segment_parse(arena, part, segment, why)) return false;
    }
    for (size_t i = 0; i + 1 < segments.len; i++) {
        if (segments.at[i].len == 0) return *why = "The path has an empty segment.", false;
    }
    *path = str_fmt(arena, "/%.*s", STR_ARG(str_join(arena, &segments, STR("/"))));
    return true;
}

bool http_target_parse(Arena *arena, Str target, HttpTarget *out, const char **why)
{
    size_t mark = str_index(target, '?');
    Str path    = str_slice(target, 0, mark);
    Str query   = str_slice(target, mark + 1, target.len);

    *out = (HttpTarget){ 0 };
    if (!str_starts(target, STR("/"))) return *why = "The target does not begin with a slash.", false;
    if (!is_target_text(target)) return *why = "The target holds characters that must be percent-encoded.", false;
    if (!path_parse(arena, path, &out->path, why)) return false;
    return http_form_parse(arena, query, &out->query, why);
}

bool http_form_parse(Arena *arena, Str body, HttpFields *out, const char **why)
{
    Str rest = body;
    Str pair;

    while (str_cut(&rest, '&', &pair)) {
        if (pair.len == 0) continue;
        if (out->len >= HTTP_FIELDS_MAX) return *why = "There are too many parameters.", false;
        size_t equals = str_index(pair, '=');
        HttpField field;
        if (!decode(arena, str_slice(pair, 0, equals), PLUS_IS_BLANK, &field.name, why)) return false;
        if (!decode(arena, str_slice(pair, equals + 1, pair.len), PLUS_IS_BLANK, &field.value, why)) return false;
        HttpField *place = list_push(arena, out);
        *place           = field;
    }
    return true;
}

bool http_is_token(Str text)
{
    static const char marks[] = "!#$%&'*+-.^_`|~";

    for (size_t i = 0; i < text.len; i++) {
        char byte      = text.ptr[i];
        bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
        bool is_digit  = byte >= '0' && byte <= '9';
        if (!is_letter && !is_digit && memchr(marks, byte, sizeof(marks) - 1) == NULL) return false;
    }
    return text.len > 0;
}

/* cookie-octet of RFC 6265 4.1.1. */
static bool is_cookie_value(Str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.ptr[i];
        if (byte <= ' ' || byte >= 0x7f || byte == '"' || byte == ',' || byte == ';' || byte == '\\') return false;
    }
    return true;
}

void http_cookies_parse(Arena *arena, Str header, HttpFields *out)
{
    Str rest = header;
    Str pair;

    while (str_cut(&rest, ';', &pair) && out->len < HTTP_FIELDS_MAX) {
        Str trimmed     = str_trim(pair);
        size_t equals   = str_index(trimmed, '=');
        HttpField field = { str_slice(trimmed, 0, equals), str_slice(trimmed, equals + 1, trimmed.len) };
        if (equals == trimmed.len || !http_is_token(field.name) || !is_cookie_value(field.value)) continue;
        HttpField *place = list_push(arena, out);
        *place           = field;
    }
}
