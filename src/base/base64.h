/* SPDX-License-Identifier: Apache-2.0
 * base/base64.h: RFC 4648 base64, canonical only: padding present, unused bits zero, nothing else accepted. */
#pragma once

#include "base/str.h"

Str base64_encode(Arena *arena, Str bytes);
MUST_USE bool base64_decode(Arena *arena, Str text, Str *out);
/* The URL-safe alphabet without padding, for tokens. */
Str base64url_encode(Arena *arena, Str bytes);
MUST_USE bool base64url_decode(Arena *arena, Str text, Str *out);
