/* SPDX-License-Identifier: Apache-2.0
 * exchange/image_head.h: what the first bytes of a picture say: of four kinds that every browser shows, told by their
 * own marks and never by a name. PNG (W3C PNG 5.2, 11.2.1), JPEG (ITU-T T.81 B.2), GIF (89a 17, 18), WebP (RFC 9649 2.5
 * to 2.7). Nothing is decoded. Pure: no allocation, no clock. */
#pragma once

#include "base/str.h"

enum { IMAGE_SEGMENTS_MAX = 500 }; /* of a JPEG, before the one that says its size */

typedef struct {
    const char *type;      /* "image/png" */
    int64_t width, height; /* pixels; 0: the head does not say */
} ImageHead;

/* False when the bytes do not begin as one of the four. Safe on bytes from anybody. */
bool image_head_read(Str bytes, ImageHead *out);
