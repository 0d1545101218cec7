/* SPDX-License-Identifier: Apache-2.0
 * base/json.h: JSON in and out.
 *
 * In: jansson, strict (RFC 8259: no duplicate keys, valid UTF-8, one document, nothing behind it), with our limits on
 * size and depth. Out: a writer that adds to a Buf. json_canonical writes the subset of RFC 8785 (JCS) that the ledger
 * uses: sorted keys, no blanks, integers within ±(2^53-1), no floating point. */
#pragma once

#include <jansson.h>

#include "base/buf.h"
#include "base/err.h"

enum { JSON_DEPTH_MAX = 32, JSON_MEMBERS_MAX = 10000, JSON_BYTES_MAX = 32 << 20 };

/* Parses an object or array; the value lives until `arena` is reset. ERR_FORMAT names line, column and reason; ERR_LIMIT
 * beyond JSON_DEPTH_MAX levels, JSON_MEMBERS_MAX members of one object, or JSON_BYTES_MAX bytes. */
MUST_USE bool json_read(Arena *arena, Str text, json_t **out, Err *err);
/* Gives `value` (a new reference, taken over) to the arena. */
json_t *json_own(Arena *arena, json_t *value);

/* Text of a string member, empty when it is missing or not a string. The bytes belong to the JSON value. */
Str json_text(const json_t *object, const char *key);
Str json_str(const json_t *string);
json_t *json_from_str(Str str); /* new reference */

/* Canonical bytes; false when the value holds a real number or an integer beyond ±(2^53-1). */
MUST_USE bool json_canonical(Buf *out, const json_t *value);
/* As canonical, but with reals allowed and keys in their order: for answers. */
void json_write(Buf *out, const json_t *value);

/* Writing by hand, for hot paths: `"text"` with all that RFC 8259 wants escaped. */
void json_add_string(Buf *out, Str text);
