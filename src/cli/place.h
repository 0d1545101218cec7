/* SPDX-License-Identifier: Apache-2.0
 * cli/place.h: where an organisation lies and whether this user is its owner. */
#pragma once

#include "base/err.h"

typedef struct {
    Str address; /* folder, or postgresql://… */
    Str folder;  /* files, keys and the local socket */
    bool is_folder;
} Place;

/* `data`: --data or PLUMBLINE_DATA; `folder`: --folder, or empty. For PostgreSQL the folder is by default
 * $XDG_STATE_HOME/plumbline/DATABASE.SCHEMA, with ~/.local/state for an unset XDG_STATE_HOME. */
MUST_USE bool place_find(Arena *arena, Str data, Str folder, Place *out, Err *err);
/* Whether there is an organisation's store at all, as far as the folder shows. */
bool place_exists(Arena *arena, const Place *place);
/* Makes the folder if it is missing. */
MUST_USE bool place_make(Arena *arena, const Place *place, Err *err);
/* True when this process runs as the owner of the folder. Root becomes the owner first, so that no file in it ever
 * belongs to root by accident. *owner is the owner's name. A folder that is not there is nobody's: true. */
bool place_own(Arena *arena, const Place *place, Str *owner);
