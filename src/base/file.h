/* SPDX-License-Identifier: Apache-2.0
 * base/file.h: whole small files, written so that a cut of power leaves the old or the new file, never half of one. */
#pragma once

#include "base/err.h"
#include "base/world.h"

/* The whole file, at most `max` bytes (ERR_LIMIT beyond). */
MUST_USE bool file_read(Arena *arena, Str path, size_t max, Str *out, Err *err);
/* Writes beside, syncs, renames, syncs the folder. `mode` as for open(2). */
MUST_USE bool file_replace(World *world, Arena *arena, Str path, Str bytes, unsigned mode, Err *err);
/* Makes the folder and its parents, mode 0700; fine when it is there. */
MUST_USE bool folder_make(Arena *arena, Str path, Err *err);
bool file_exists(Arena *arena, Str path);
