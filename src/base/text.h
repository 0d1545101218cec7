/* SPDX-License-Identifier: Apache-2.0
 * base/text.h: every word a person reads passes through here. English is the text in the source; a Language is a
 * catalogue of translations, immutable once opened. */
#pragma once

#include "base/str.h"

typedef struct Language Language;

typedef struct {
    Str english, text;
} Translation;

/* A catalogue of a copy of `translations` (their bytes stay the caller's); it lives as long as `arena`. */
const Language *language_open(Arena *arena, const Translation *translations, size_t count);

/* The text of `english` in `language` (NULL: English), or itself when there is no translation. The bytes live as long as the language. */
Str text_of(const Language *language, const char *english);
