/* SPDX-License-Identifier: Apache-2.0
 * http/head.h: is this head one that every program on the way reads alike? What a proxy and we might frame differently
 * is refused (RFC 9112 6.3, 11.2), which the HTTP library leaves to its user. Pure. */
#pragma once

#include "http/http.h"

typedef struct {
    int status;            /* 0: fine; else 400 or 501 … */
    const char *why;       /* … and one English sentence for the client */
    bool has_body;         /* a body follows */
    int64_t body_bytes;    /* its length, or -1 when it comes in chunks */
    bool expects_continue; /* the client waits for a word before it sends the body */
} HttpHeadCheck;

/* Refused: not exactly one good Host; a header name that is no token, a value with a line end or control character;
 * Content-Length twice, malformed, or beside Transfer-Encoding; any Transfer-Encoding but one "chunked". */
HttpHeadCheck http_head_check(const HttpFields *headers);
/* False for a method outside HttpMethod. */
bool http_method_from(Str name, HttpMethod *out);
