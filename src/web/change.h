/* SPDX-License-Identifier: Apache-2.0
 * web/change.h: what changed between two texts, word by word, so that a reader sees the words and not the paragraph. */
#pragma once

#include "base/str.h"

typedef enum { CHANGE_KEPT, CHANGE_REMOVED, CHANGE_ADDED } ChangeKind;

typedef struct {
    ChangeKind kind;
    Str text; /* a slice of one of the texts */
} ChangeRun;

typedef struct {
    ChangeRun *at;
    size_t len, cap;
} ChangeRuns;

/* Runs of words that lead from `before` to `after`: the kept and removed ones together are `before`, the kept and added
 * ones `after`. A longest common subsequence of words; of texts that differ in more than about a thousand words the
 * differing middle is one removal and one addition. */
ChangeRuns text_changes(Arena *arena, Str before, Str after);
