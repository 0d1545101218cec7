/* SPDX-License-Identifier: Apache-2.0
 * store/files.h: evidence and reports, stored once under the hash of their content.
 *
 * A file is streamed in (any size up to FILE_MAX_BYTES with flat memory), hashed on the way, synced, and only then
 * given its name, and its folder synced: whoever writes an event that names it can rely on it. A file never changes. A
 * cut upload leaves a temporary file that files_sweep removes. Layout: FOLDER/files/ab/abcdef… (64 hex digits). */
#pragma once

#include "base/hash.h"
#include "store/store.h"

#define FILE_MAX_BYTES ((int64_t)2 << 30)

typedef struct FileIntake FileIntake;

/* A new file being received; ended by file_intake_keep, or thrown away by file_intake_drop or the arena's reset. */
MUST_USE bool file_intake_open(Store *store, Arena *arena, FileIntake **out, Err *err);
MUST_USE bool file_intake_add(FileIntake *intake, Str bytes, Err *err);
MUST_USE bool file_intake_keep(FileIntake *intake, Hash *hash, int64_t *size, Err *err);
void file_intake_drop(FileIntake *intake);

MUST_USE bool file_put(Store *store, Arena *arena, Str bytes, Hash *hash, Err *err);
/* An open descriptor for reading, and the size; ERR_MISSING when there is no such file. The caller closes it. */
MUST_USE bool file_get(Store *store, Arena *arena, const Hash *hash, int *descriptor, int64_t *size, Err *err);
/* Reads the file and compares its hash: ERR_CORRUPT when it differs. */
MUST_USE bool file_check(Store *store, Arena *arena, const Hash *hash, Err *err);
MUST_USE bool files_sweep(Store *store, Arena *arena, Err *err);
