/* SPDX-License-Identifier: Apache-2.0
 * tests/base/oracle.h: reads tables of expected values (tests/data/…, see PROVENANCE.md there) for tests that meet
 * every row of them. Any failure to read fails the test. */
#pragma once

#include "base/str.h"

typedef struct {
    Arena *arena;
    struct {
        StrList *at;
        size_t len, cap;
    } rows; /* without the header */
} Oracle;

/* The whole file as text. */
Str oracle_text(Arena *arena, const char *path);
/* A CSV table of exactly `columns` columns. Close it with oracle_close. */
Oracle oracle_open(const char *path, size_t columns);
void oracle_close(Oracle *oracle);
int64_t oracle_int(Str cell);
