/* SPDX-License-Identifier: Apache-2.0
 * paper/picture.h: pictures that a document holds as files of their own. */
#pragma once

#include "base/err.h"
#include "paper/document.h"

enum { PNG_BYTES_MAX = 512 << 10, PNG_SIDE_MAX = 3000 };

/* Width and height in pixels of a PNG file within the limits above; false: it is none. Reads its head only. */
bool png_size(Str png, unsigned *width, unsigned *height);

/* A chart as a PNG file; `width` and `height` are points. */
typedef struct {
    Str png;
    double width, height;
} ChartPicture;
MUST_USE bool chart_png(const Document *doc, const Block *block, Arena *arena, ChartPicture *out, Err *err);
