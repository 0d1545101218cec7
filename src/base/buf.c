/* SPDX-License-Identifier: Apache-2.0
 * Growing text: doubles in its arena up to its maximum. An addition that does not fit is dropped whole, and so is all
 * that follows, so an overflowed Buf holds a true beginning of what was meant. */
#include "base/buf.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAP = 256 };

Buf buf_open(Arena *arena, size_t max)
{
    return (Buf){ .arena = arena, .max = max };
}

/* A larger piece of memory; false at the maximum. */
static bool grow(Buf *buf, size_t more)
{
    if (buf->overflowed || more > buf->max - buf->len) {
        buf->overflowed = true;
        buf->cap        = buf->len; /* nothing that follows has room */
        return false;
    }
    size_t cap = buf->cap ? buf->cap : FIRST_CAP;
    while (cap - buf->len < more && cap <= buf->max / 2)
        cap *= 2;
    if (cap - buf->len < more || cap > buf->max) cap = buf->max;
    char *moved = arena_array(buf->arena, char, cap);
    if (buf->len) memcpy(moved, buf->ptr, buf->len);
    buf->ptr = moved;
    buf->cap = cap;
    return true;
}

/* Room for `more` bytes behind what is there, or false. */
static inline bool make_room(Buf *buf, size_t more)
{
    return more <= buf->cap - buf->len || grow(buf, more);
}

void buf_reserve(Buf *buf, size_t bytes)
{
    if (bytes > buf->max - buf->len) bytes = buf->max - buf->len;
    (void)make_room(buf, bytes);
}

void buf_add(Buf *buf, Str str)
{
    if (!str.len || !make_room(buf, str.len)) return;
    memcpy(buf->ptr + buf->len, str.ptr, str.len);
    buf->len += str.len;
}

void buf_add_c(Buf *buf, const char *c_string)
{
    buf_add(buf, str_from_c(c_string));
}

void buf_add_byte(Buf *buf, char byte)
{
    if (!make_room(buf, 1)) return;
    buf->ptr[buf->len++] = byte;
}

void buf_add_int(Buf *buf, int64_t number)
{
    char digits[20];
    size_t at     = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (number < 0) digits[--at] = '-';
    buf_add(buf, (Str){ digits + at, sizeof digits - at });
}

void buf_fmt(Buf *buf, const char *format, ...)
{
    char piece[256];
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(piece, sizeof piece, format, args);
    assert(len >= 0);
    if ((size_t)len < sizeof piece)
        buf_add(buf, (Str){ piece, (size_t)len });
    else if ((size_t)len <= buf->max - buf->len)
        buf_add(buf, str_vfmt(buf->arena, format, again));
    else
        buf->overflowed = true;
    va_end(again);
    va_end(args);
}

Str buf_str(const Buf *buf)
{
    return (Str){ buf->ptr, buf->len };
}

bool buf_overflowed(const Buf *buf)
{
    return buf->overflowed;
}
