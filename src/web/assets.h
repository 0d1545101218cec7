/* SPDX-License-Identifier: Apache-2.0
 * web/assets.h: style, scripts, fonts and drawings, compiled in by tools/embed.c. Each is served under a name that
 * holds a part of its hash ("/static/plumbline-3f9a01c2.css"), so it may be kept for ever; its plain name works too,
 * for a short time only. Immutable. */
#pragma once

#include "base/str.h"

typedef struct {
    Str name; /* "plumbline.css" */
    Str path; /* "/static/plumbline-3f9a01c2.css" */
    Str mime; /* value of Content-Type */
    Str etag; /* with its quotes */
    Str bytes;
    Str gzip; /* the same compressed; empty when that gains nothing */
} Asset;

/* The asset served at `path` (hashed or plain); NULL when there is none. */
const Asset *asset_find(Str path);
/* True when `path` is the hashed one: the answer may say "immutable". */
bool asset_is_fixed(const Asset *asset, Str path);
/* The hashed path of the asset called `name`. A name that is not there is our mistake (assert). */
Str asset_path(Str name);
/* All of them, in the order in which the build names them; made by tools/embed.c (build/gen/assets.c). */
extern const Asset assets_all[];
extern const size_t assets_len;
