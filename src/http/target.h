/* SPDX-License-Identifier: Apache-2.0
 * http/target.h: strict readers of what a client writes into the request line, an urlencoded form and the Cookie
 * header. Decoded exactly once; what is ambiguous is refused, not repaired. Pure: no library, no clock. */
#pragma once

#include "http/http.h"

typedef struct {
    Str path;         /* decoded */
    HttpFields query; /* decoded, in order */
} HttpTarget;

/* Reads an origin-form target (RFC 9112 3.2.1). Refused, with `*why` one English sentence for the client: no leading
 * '/', bytes that must be encoded, a broken escape, control characters or NUL, backslash, an encoded '/', an empty, "."
 * or ".." segment (a trailing '/' is allowed), invalid UTF-8, more than HTTP_FIELDS_MAX parameters. */
MUST_USE bool http_target_parse(Arena *arena, Str target, HttpTarget *out, const char **why);

/* Reads application/x-www-form-urlencoded: pairs split at '&', '+' is a blank, a pair without '=' has an empty value,
 * an empty pair is skipped. Refused: broken escapes, invalid UTF-8, NUL, more than HTTP_FIELDS_MAX pairs. Adds to
 * `out`. */
MUST_USE bool http_form_parse(Arena *arena, Str body, HttpFields *out, const char **why);

/* Adds the pairs of a Cookie header (RFC 6265 4.2) to `out`; a pair that is not well formed is left out. */
void http_cookies_parse(Arena *arena, Str header, HttpFields *out);

/* A token of RFC 9110 5.6.2, not empty. */
bool http_is_token(Str text);
