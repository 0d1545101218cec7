/* SPDX-License-Identifier: Apache-2.0
 * base/str.h: text as a slice. A Str is bytes and a length: not terminated, cut without copying, passed by value;
 * the bytes belong to somebody else (an arena, a literal). The zeroed Str is the empty text. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/macros.h"

typedef struct {
    const char *ptr;
    size_t len;
} Str;

typedef struct {
    Str *at;
    size_t len, cap;
} StrList;

/* A literal as a Str; the "" refuses anything else. */
#define STR(literal)     ((Str){ "" literal, sizeof(literal) - 1 })
/* A literal as a constant initialiser of a static table. */
#define STR_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* The two arguments of %.*s. */
#define STR_ARG(str)     (int)(str).len, (str).ptr

Str str_from_c(const char *c_string); /* NULL gives the empty text */
Str str_dup(Arena *arena, Str str);
/* A terminated copy; NULL when `str` holds a NUL byte (it would be read as something else). */
MUST_USE const char *str_to_c(Arena *arena, Str str);
Str str_fmt(Arena *arena, const char *format, ...) PRINTF(2, 3);
Str str_vfmt(Arena *arena, const char *format, va_list args) PRINTF(2, 0);

bool str_eq(Str a, Str b);
bool str_eq_c(Str a, const char *b);
int str_compare(Str a, Str b); /* by bytes, like memcmp; a prefix comes first */
bool str_is_empty(Str str);
bool str_starts(Str str, Str with);
bool str_ends(Str str, Str with);
bool str_has(Str str, Str part);
/* Index of the first `byte` in `str`, or str.len. */
size_t str_index(Str str, char byte);
/* The slice of `len` bytes from `from`, both cut to what is there. */
Str str_slice(Str str, size_t from, size_t len);
/* Takes the part before the first `separator` off `rest` (which becomes what follows it); false when `rest` was used up.
 * "a,b," gives "a", "b", "". Start with a copy of the whole; an empty whole gives one empty part. */
bool str_cut(Str *rest, char separator, Str *part);
/* Without ASCII blanks, tabs and line ends at both ends. */
Str str_trim(Str str);
/* ASCII letters in lower case, a copy. */
Str str_lower(Arena *arena, Str str);
/* Valid UTF-8 (RFC 3629: shortest forms, no surrogates, to U+10FFFF). */
bool str_is_utf8(Str str);
/* Bytes at the start that are valid UTF-8: where the first mistake is, or str.len. */
size_t str_utf8_len(Str str);
/* Reads the code point at *at and moves *at behind it. `str` must be valid UTF-8 and *at inside it. */
uint32_t str_next_rune(Str str, size_t *at);
/* Number of code points of valid UTF-8. */
size_t str_count_runes(Str str);
/* With line ends, control and direction characters and bytes that are not UTF-8 shown as escapes (\n, \x1b, \u202e), so
 * that it cannot steer a terminal or forge a line. The second form writes at most `size` bytes and says how many. */
Str str_visible(Arena *arena, Str str);
size_t str_visible_into(char *out, size_t size, Str str);
/* Letters in Unicode lower case without accents, blanks and punctuation folded to one blank: the form in which words are
 * searched and compared on both engines. */
Str str_fold(Arena *arena, Str str);

/* The whole of `str` as a decimal number, optional '-', no blanks, within [min, max]; else false and *out unchanged. */
MUST_USE bool str_to_i64(Str str, int64_t min, int64_t max, int64_t *out);

/* The parts with `separator` between them. */
Str str_join(Arena *arena, const StrList *parts, Str separator);
/* "a, b and c": how a sentence lists names. */
Str str_sentence(Arena *arena, const StrList *parts);
