/* SPDX-License-Identifier: Apache-2.0
 * http/multipart.h: a strict streaming reader of multipart/form-data (RFC 7578) as browsers write it (WHATWG HTML).
 *
 * Bytes go in as they come, cut anywhere; parts come out as calls to a sink, and nothing is held but the head of the
 * part that is being read. Refused rather than repaired: bytes before the first delimiter or after the last, a part
 * without a name, a repeated or unknown parameter (filename* too), a transfer encoding, control characters in a name,
 * names that are not UTF-8, a delimiter that goes on, a body that ends early. Pure: no library, no clock. */
#pragma once

#include "http/http.h"

typedef struct Multipart Multipart;

/* The head of a part. The texts die with the call that gets them. */
typedef struct {
    Str name;
    Str filename; /* a label from the client, at most 1,024 bytes; see HttpFile */
    Str type;     /* as claimed; empty when not said */
    bool is_file; /* a filename was given, perhaps an empty one */
} HttpPart;

/* Each call may answer false: the reader stops and says MULTIPART_STOPPED ever after. */
typedef struct {
    void *to;
    bool (*begin)(void *to, const HttpPart *part);
    bool (*add)(void *to, Str bytes);
    bool (*end)(void *to);
} MultipartSink;

typedef enum { MULTIPART_MORE, MULTIPART_DONE, MULTIPART_REFUSED, MULTIPART_STOPPED } MultipartState;

/* The boundary of a Content-Type, or the zeroed Str when it is not multipart/form-data with one good boundary
 * (RFC 2046 5.1.1: 1 to 70 characters). The bytes are those of `content_type`. */
Str multipart_boundary(Str content_type);
/* `boundary` is copied; `parts_max` parts at most. */
Multipart *multipart_open(Arena *arena, Str boundary, size_t parts_max, MultipartSink sink);
MultipartState multipart_feed(Multipart *multipart, Str bytes);
/* One English sentence for the client after MULTIPART_REFUSED; after MULTIPART_MORE, that the body ended early. */
const char *multipart_why(const Multipart *multipart);
