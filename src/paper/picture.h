/* SPDX-License-Identifier: Apache-2.0
 * paper/picture.h: pictures that a document holds as files of their own. */
#pragma once

#include "base/err.h"
#include "paper/document.h"

/* A chart as a PNG file; `width` and `height` are points. */
typedef struct {
    Str png;
    double width, height;
} ChartPicture;
MUST_USE bool chart_png(const Document *doc, const Block *block, Arena *arena, ChartPicture *out, Err *err);
