/* SPDX-License-Identifier: Apache-2.0
 * Catalogues of translations, sorted by the English text and searched by halves. */
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

struct Language {
    const Translation *at; /* sorted by english */
    size_t len;
};

static int by_english(const void *a, const void *b)
{
    return str_compare(((const Translation *)a)->english, ((const Translation *)b)->english);
}

const Language *language_open(Arena *arena, const Translation *translations, size_t count)
{
    Language *language  = arena_new(arena, Language);
    Translation *sorted = arena_array(arena, Translation, count);
    if (count) memcpy(sorted, translations, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_english);
    *language = (Language){ .at = sorted, .len = count };
    return language;
}

Str text_of(const Language *language, const char *english)
{
    Translation wanted = { .english = str_from_c(english) };
    if (!language) return wanted.english;
    const Translation *found = bsearch(&wanted, language->at, language->len, sizeof wanted, by_english);
    return found ? found->text : wanted.english;
}
