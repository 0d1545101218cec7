/* SPDX-License-Identifier: Apache-2.0
 * ledger/canonical.h: what stored payload bytes must look like: the subset of RFC 8785 (JCS) that the ledger uses. One
 * value has one form, so bytes can be hashed as they are and nothing is ever written again to be compared.
 *
 * The subset: one object; keys [a-z0-9_]{1,48} in ascending byte order, none twice; no blanks; integers within
 * ±(2^53-1), no fraction, exponent or -0; strings valid UTF-8 with only the escapes that RFC 8785 3.2.2.2 wants; at
 * most CANONICAL_DEPTH_MAX levels. No allocation; time linear in the bytes. */
#pragma once

#include "base/err.h"

enum { CANONICAL_DEPTH_MAX = 8, CANONICAL_KEY_MAX = 48 };

/* ERR_FORMAT names the byte and the reason. */
MUST_USE bool canonical_check(Str bytes, Err *err);
/* The bytes of member `key` of an object that canonical_check accepted; empty when there is none. */
Str canonical_member(Str object, Str key);
/* The next element of the array whose bytes are `array`, from *at (start with 0); false at the end. */
bool canonical_next(Str array, size_t *at, Str *element);
