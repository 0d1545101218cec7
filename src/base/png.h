/* SPDX-License-Identifier: Apache-2.0
 * base/png.h: what the head of a PNG file says, so that a picture is judged before any library opens it. */
#pragma once

#include "base/str.h"

enum { PNG_HEAD_BYTES = 24, PNG_BYTES_MAX = 512 << 10, PNG_SIDE_MAX = 3000 };

/* Width and height in pixels, from the first PNG_HEAD_BYTES; false: it is no PNG, or wider or higher than PNG_SIDE_MAX.
 */
bool png_size(Str head, unsigned *width, unsigned *height);
