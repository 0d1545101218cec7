/* SPDX-License-Identifier: Apache-2.0
 * Reading of the vectors in tests/data/ledger: whole JSON files, JSON lines, hashes in base64 and hex. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/hash.h"
#include "ledger/tree.h"

#define VECTORS "tests/data/ledger/"

static inline json_t *vector_file(const char *path)
{
    json_error_t error;
    json_t *json = json_load_file(path, 0, &error);
    if (!json) fail_msg("%s: line %d: %s", path, error.line, error.text);
    return json;
}

static inline Str vector_bytes(Arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) fail_msg("cannot open %s", path);
    char *bytes = arena_alloc(arena, 1 << 20, 1);
    size_t len  = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (Str){ bytes, len };
}

/* Calls check(arena, line, json) for each line; integers of the JSON are reals, as some go beyond 63 bits. */
static inline size_t vector_lines(const char *path, void (*check)(Arena *arena, const char *line, const json_t *json))
{
    Arena *arena = arena_open(1 << 24);
    FILE *file   = fopen(path, "rb");
    char *line   = NULL;
    size_t cap = 0, lines = 0;
    if (!file) fail_msg("cannot open %s", path);
    while (getline(&line, &cap, file) > 0) {
        json_t *json = json_loads(line, JSON_DECODE_INT_AS_REAL, NULL);
        assert_non_null(json);
        check(arena, line, json);
        json_decref(json);
        arena_reset(arena);
        lines++;
    }
    free(line);
    fclose(file);
    arena_close(arena);
    return lines;
}

/* The number behind "key": in the line itself, with all its 64 bits. */
static inline uint64_t vector_u64(const char *line, const char *key)
{
    char name[64];
    snprintf(name, sizeof(name), "\"%s\":", key);
    const char *at = strstr(line, name);
    assert_non_null(at);
    return strtoull(at + strlen(name), NULL, 10);
}

static inline Str vector_text(const json_t *json, const char *key)
{
    const json_t *text = json_object_get(json, key);
    return (Str){ json_string_value(text), json_string_length(text) };
}

/* False when it is not 32 bytes: such a vector is refused before any tree is asked. */
static inline bool vector_hash64(Arena *arena, Str text, Hash *out)
{
    Str bytes;
    if (!base64_decode(arena, text, &bytes) || bytes.len != HASH_BYTES) return false;
    memcpy(out->bytes, bytes.ptr, HASH_BYTES);
    return true;
}

/* Some vectors call their roots "don't care" or the like: any hash will do for them, the same one for the same words.
 */
static inline Hash vector_root64(Arena *arena, Str text)
{
    Hash root;
    return vector_hash64(arena, text, &root) ? root : hash_of(text);
}

static inline bool vector_proof64(Arena *arena, const json_t *list, Proof *out)
{
    *out = (Proof){ 0 };
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *text = json_array_get(list, i);
        Str base64         = { json_string_value(text), json_string_length(text) };
        if (out->len == TREE_HEIGHT_MAX || !vector_hash64(arena, base64, &out->at[out->len++])) return false;
    }
    return true;
}

static inline Hash vector_hash16(const json_t *text)
{
    Hash hash = { { 0 } };
    assert_true(hash_from_hex((Str){ json_string_value(text), json_string_length(text) }, &hash));
    return hash;
}

static inline Proof vector_proof16(const json_t *list)
{
    Proof proof = { 0 };
    for (size_t i = 0; i < json_array_size(list); i++)
        proof.at[proof.len++] = vector_hash16(json_array_get(list, i));
    return proof;
}

static inline void assert_hash_equal(const Hash *actual, const Hash *expected)
{
    assert_memory_equal(actual->bytes, expected->bytes, HASH_BYTES);
}
