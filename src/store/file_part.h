/* SPDX-License-Identifier: Apache-2.0
 * store/file_part.h: files that come in pieces, over a line that breaks: what came is kept, and the rest is appended
 * later.
 *
 * A part has a key, chosen by the door so that only its owner can name it: letters, digits and '-', PART_KEY_MAX at
 * most. A part is no stored file yet: it becomes one (store/files.h) as a whole, hashed then. Layout:
 * FOLDER/files/parts/KEY. Parts that nobody went on with are swept. */
#pragma once

#include "store/files.h"

enum { PART_KEY_MAX = 100, PART_HOURS = 48 };

typedef struct FilePart FilePart; /* one that is being appended to */
typedef enum {
    PART_TAKES, /* open: bytes go to its end */
    PART_OTHER, /* it is not as long as the caller thinks */
    PART_BUSY   /* somebody else is appending */
} PartState;

bool part_key_is_good(Str key);
/* Bytes that are here; 0 when there is no such part. */
MUST_USE bool file_part_size(Store *store, Arena *arena, Str key, int64_t *size, Err *err);
/* Begins to append at `at`, which must be its size; the part is made when `at` is 0 and there is none. */
MUST_USE bool file_part_open(Store *store, Arena *arena, Str key, int64_t at, PartState *state, FilePart **out,
                             Err *err);
MUST_USE bool file_part_add(FilePart *part, Str bytes, Err *err);
/* What came stays, synced so far as the disk lets it. NULL and a second call are allowed. */
void file_part_close(FilePart *part);
/* Stores the whole as a file; the part stays until file_part_forget. *found false: there is no such part. */
MUST_USE bool file_part_keep(Store *store, Arena *arena, Str key, Hash *hash, int64_t *size, bool *found, Err *err);
void file_part_forget(Store *store, Arena *arena, Str key);
/* Removes parts that were not touched for PART_HOURS before `now`. */
MUST_USE bool file_parts_sweep(Store *store, Arena *arena, Time now, Err *err);
