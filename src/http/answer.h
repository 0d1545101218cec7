/* SPDX-License-Identifier: Apache-2.0
 * http/answer.h: from the door's response to the bytes that leave: security headers, caching, entity tags, gzip. */
#pragma once

#include "http/http.h"

struct MHD_Response;

typedef struct {
    int status;
    int64_t bytes; /* of the body, as sent */
    struct MHD_Response *message;
} HttpAnswer;

/* Owns nothing of the response afterwards: bytes are copied, the descriptor of a file belongs to the message. A
 * response that is broken becomes a bare 500. out->message is NULL when the system has no memory; it is set as soon as
 * it exists, so that it can be given back if the arena jumps. `is_closing`: say Connection: close. */
void answer_make(const HttpRequest *request, HttpResponse *response, bool is_closing, HttpAnswer *out);
