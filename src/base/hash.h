/* SPDX-License-Identifier: Apache-2.0
 * base/hash.h: SHA-256 (FIPS 180-4), its text forms, and constant-time comparison. */
#pragma once

#include "base/err.h"

enum { HASH_BYTES = 32, HASH_HEX = 64 };

typedef struct {
    uint8_t bytes[HASH_BYTES];
} Hash;

Hash hash_of(Str bytes);
/* SHA-256 of the parts one after another. */
Hash hash_of_parts(const Str *parts, size_t count);
bool hash_eq(const Hash *a, const Hash *b);
Str hash_to_hex(Arena *arena, const Hash *hash); /* 64 lower-case digits */
MUST_USE bool hash_from_hex(Str hex, Hash *out); /* exactly 64 digits of either case */

/* Hashing in pieces. */
typedef struct HashState HashState;
HashState *hash_open(Arena *arena);
void hash_add(HashState *state, Str bytes);
Hash hash_finish(HashState *state);

/* Equal without telling by its time where they differ; different lengths are unequal at once. */
bool secret_equal(Str a, Str b);
void secret_wipe(void *memory, size_t size);
