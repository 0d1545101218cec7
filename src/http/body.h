/* SPDX-License-Identifier: Apache-2.0
 * http/body.h: receives one body, in pieces, within its limits, and leaves in the request what became of it: held
 * bytes, a form, files, or what a door's sink made of a stream. */
#pragma once

#include "http/server.h"

typedef struct HttpBody HttpBody;

typedef struct {
    int64_t held_max;   /* bytes of a held body, and of the fields of a streamed form */
    int64_t stream_max; /* bytes of a streamed body */
} HttpBodyLimits;

/* `upload` is NULL for a body that is held. NULL with *why when the Content-Type is a form's but malformed. */
HttpBody *body_open(HttpRequest *request, const HttpUpload *upload, HttpBodyLimits limits, const char **why);
/* 0, or the status to refuse the request with (400, 413) and *why. After a refusal nothing more may be added. */
int body_add(HttpBody *body, Str bytes, const char **why);
/* The body is whole: parses what was held and fills in the request. As body_add. */
int body_end(HttpBody *body, const char **why);
/* Tells a sink that is still open to let go; fine to call twice or after the handler took over (body_hand_over). */
void body_drop(HttpBody *body);
/* From now on the sink is the handler's affair. */
void body_hand_over(HttpBody *body);
