/* SPDX-License-Identifier: Apache-2.0
 * The gallery: every component in every state, with the words and records of the demo company, as files that can be
 * looked at and checked in a browser. Not a test by itself: tests/web/gallery/look.mjs is. */
#pragma once

#include "web/doors.h"

/* A literal list for a struct { T *at; size_t len, cap; }, alive to the end of the block. */
#define LIST(T, ...)                                                                                                   \
    {                                                                                                                  \
        .at = (T[]){ __VA_ARGS__ }, .len = sizeof((T[]){ __VA_ARGS__ }) / sizeof(T)                                    \
    }

/* What every page of the gallery is drawn with: Elias Brandt on 16 November 2026. */
Shell gallery_shell(Arena *arena, Str title, Str here);
Date gallery_day(const char *iso);

/* One file each. */
void gallery_parts(Html *out);
void gallery_record(Html *out);
void gallery_register(Html *out);
void gallery_home(Html *out);
void gallery_refused(Html *out);
void gallery_conflict(Html *out);
void gallery_form(Html *out);
void gallery_sign_in(Html *out);
void gallery_first_run(Html *out);
void gallery_not_found(Html *out);
void gallery_not_allowed(Html *out);
void gallery_ours(Html *out);
void gallery_hostile(Html *out);
