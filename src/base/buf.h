/* SPDX-License-Identifier: Apache-2.0
 * base/buf.h: growing text with a stated maximum. Past its maximum a Buf keeps what it has, drops what does not fit and
 * says so (buf_overflowed): the owner checks once at the end. */
#pragma once

#include "base/str.h"

typedef struct {
    Arena *arena;
    char *ptr;
    size_t len, cap, max;
    bool overflowed;
} Buf;

/* An empty Buf that may grow to `max` bytes. */
Buf buf_open(Arena *arena, size_t max);
/* Makes room for `bytes` more at once, as far as the maximum allows: for what is known to grow large. */
void buf_reserve(Buf *buf, size_t bytes);
void buf_add(Buf *buf, Str str);
void buf_add_c(Buf *buf, const char *c_string);
void buf_add_byte(Buf *buf, char byte);
void buf_add_int(Buf *buf, int64_t number);
void buf_fmt(Buf *buf, const char *format, ...) PRINTF(2, 3);
/* What was written so far; valid until the next addition. */
Str buf_str(const Buf *buf);
bool buf_overflowed(const Buf *buf);
