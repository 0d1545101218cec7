/* SPDX-License-Identifier: Apache-2.0
 * base/text.h: every word a person reads passes through here. English is the text in the source; a Language is a
 * catalogue of translations, immutable once opened. */
#pragma once

#include "base/str.h"

typedef struct Language Language;

/* The text of `english` in `language` (NULL: English). The bytes live as long as the language. */
Str text_of(const Language *language, const char *english);
