/* SPDX-License-Identifier: Apache-2.0
 * Slices: comparing, cutting, joining. What needs to know about Unicode is in unicode.c. */
#include "base/str.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

Str str_from_c(const char *c_string)
{
    if (!c_string) return (Str){ 0 };
    return (Str){ c_string, strlen(c_string) };
}

Str str_dup(Arena *arena, Str str)
{
    if (!str.len) return (Str){ 0 };
    char *copy = arena_array(arena, char, str.len);
    memcpy(copy, str.ptr, str.len);
    return (Str){ copy, str.len };
}

const char *str_to_c(Arena *arena, Str str)
{
    if (str.len && memchr(str.ptr, '\0', str.len)) return NULL;
    char *copy = arena_array(arena, char, str.len + 1);
    if (str.len) memcpy(copy, str.ptr, str.len);
    return copy;
}

Str str_fmt(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str str = str_vfmt(arena, format, args);
    va_end(args);
    return str;
}

Str str_vfmt(Arena *arena, const char *format, va_list args)
{
    char short_text[200]; /* most fit: formatted once, copied */
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(short_text, sizeof short_text, format, again);
    va_end(again);
    assert(len >= 0);
    char *text = arena_array(arena, char, (size_t)len + 1);
    if ((size_t)len < sizeof short_text)
        memcpy(text, short_text, (size_t)len);
    else
        vsnprintf(text, (size_t)len + 1, format, args);
    return (Str){ text, (size_t)len };
}

bool str_eq(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

bool str_eq_c(Str a, const char *b)
{
    if (a.len == 0 || b == NULL) return a.len == 0 && (b == NULL || b[0] == '\0');
    return a.ptr[0] == b[0] && str_eq(a, str_from_c(b)); /* most differ at once */
}

int str_compare(Str a, Str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order  = len ? memcmp(a.ptr, b.ptr, len) : 0;
    if (order) return order;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_is_empty(Str str)
{
    return str.len == 0;
}

bool str_starts(Str str, Str with)
{
    return str.len >= with.len && str_eq((Str){ str.ptr, with.len }, with);
}

bool str_ends(Str str, Str with)
{
    return str.len >= with.len && str_eq(str_slice(str, str.len - with.len, with.len), with);
}

bool str_has(Str str, Str part)
{
    if (!part.len) return true;
    return str.len >= part.len && memmem(str.ptr, str.len, part.ptr, part.len) != NULL;
}

size_t str_index(Str str, char byte)
{
    const char *found = str.len ? memchr(str.ptr, byte, str.len) : NULL;
    return found ? (size_t)(found - str.ptr) : str.len;
}

Str str_slice(Str str, size_t from, size_t len)
{
    if (from >= str.len) return (Str){ 0 };
    if (len > str.len - from) len = str.len - from;
    return (Str){ str.ptr + from, len };
}

bool str_cut(Str *rest, char separator, Str *part)
{
    static const char used_up[1]; /* where a rest points when its last part was taken: an empty rest still holds one */
    if (rest->ptr == used_up) return false;
    size_t at = str_index(*rest, separator);
    *part     = (Str){ rest->ptr, at };
    *rest     = at < rest->len ? (Str){ rest->ptr + at + 1, rest->len - at - 1 } : (Str){ used_up, 0 };
    return true;
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

Str str_trim(Str str)
{
    while (str.len && is_blank(str.ptr[0])) {
        str.ptr++;
        str.len--;
    }
    while (str.len && is_blank(str.ptr[str.len - 1]))
        str.len--;
    return str;
}

Str str_lower(Arena *arena, Str str)
{
    char *lower = arena_array(arena, char, str.len);
    for (size_t i = 0; i < str.len; i++) {
        char byte = str.ptr[i];
        lower[i]  = byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
    }
    return (Str){ lower, str.len };
}

bool str_to_i64(Str str, int64_t min, int64_t max, int64_t *out)
{
    bool negative = str.len && str.ptr[0] == '-';
    int64_t value = 0;
    if (str.len == (size_t)negative) return false;
    for (size_t i = negative; i < str.len; i++) {
        int digit = str.ptr[i] - '0';
        if (digit < 0 || digit > 9) return false;
        /* Counted downwards: the most negative number has no positive twin. */
        if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit, &value)) return false;
    }
    if (!negative && __builtin_sub_overflow((int64_t)0, value, &value)) return false;
    if (value < min || value > max) return false;
    *out = value;
    return true;
}

static char *append(char *at, Str str)
{
    if (str.len) memcpy(at, str.ptr, str.len);
    return at + str.len;
}

/* The parts with `separator` between them, `last` between the last two. */
static Str join(Arena *arena, const StrList *parts, Str separator, Str last)
{
    size_t len = 0;
    for (size_t i = 0; i < parts->len; i++) {
        if (i) len += i + 1 == parts->len ? last.len : separator.len;
        len += parts->at[i].len;
    }
    char *text = arena_array(arena, char, len);
    char *at   = text;
    for (size_t i = 0; i < parts->len; i++) {
        if (i) at = append(at, i + 1 == parts->len ? last : separator);
        at = append(at, parts->at[i]);
    }
    return (Str){ text, len };
}

Str str_join(Arena *arena, const StrList *parts, Str separator)
{
    return join(arena, parts, separator, separator);
}

Str str_sentence(Arena *arena, const StrList *parts)
{
    return join(arena, parts, STR(", "), STR(" and "));
}
