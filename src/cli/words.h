/* SPDX-License-Identifier: Apache-2.0
 * cli/words.h: a command line as words and options, before anybody knows what they mean. An option takes the word
 * behind it, or what stands behind '=' in it; a few take nothing (--json, --help, --quick). "--" ends the options. */
#pragma once

#include "base/err.h"

typedef struct {
    Str name;     /* without "--", '-' read as '_': "due.before" */
    Str value;    /* empty for a flag */
    size_t place; /* number of words in front of it */
    bool used;    /* somebody took it */
} Option;

typedef struct {
    Str *at;
    size_t len, cap;
    struct {
        Option *at;
        size_t len, cap;
    } options;
} Words;

enum { WORD_MAX = 1 << 20, WORDS_MAX = 4000 };

/* The words behind the program's name. ERR_USAGE: not UTF-8, too long, an option without its value. */
MUST_USE bool words_read(Arena *arena, int argc, char **argv, Words *out, Err *err);
/* Word `index`, or the empty text. */
Str words_at(const Words *words, size_t index);
/* Takes the last option of that name; false when there is none. */
bool words_take(Words *words, const char *name, Str *value);
/* Takes a flag: whether it is there. */
bool words_flag(Words *words, const char *name);
/* The one of `names` that `word` was most likely meant to be; empty: none is near. */
Str words_nearest(Arena *arena, Str word, const StrList *names);
