/* SPDX-License-Identifier: Apache-2.0
 * org/likeness.h: how alike two texts are, from 0 to 1,000,000 (S-5, S-6).
 *
 * Definition, repeatable elsewhere: bring the text into Unicode NFC, lower case (simple mapping), NFC again; words are
 * the longest runs of letters and numbers (general categories L*, N*); pad each word with two blanks before and one
 * after; take the set of all windows of three code points over all words. Likeness is |A ∩ B| / |A ∪ B|, and 0 when
 * both are empty. Accents count ("é" is not "e"). Safe on any valid UTF-8; pure; immutable once made. */
#pragma once

#include "base/str.h"

enum { LIKENESS_WHOLE = 1000000 };

/* The windows of one text, packed, ascending, each once. The zeroed set is that of a text without words. */
typedef struct {
    const uint64_t *at;
    size_t len;
} Trigrams;

/* Costs about 8 bytes of `arena` a character. Make it once for each text and compare as often as needed. */
Trigrams trigrams_of(Arena *arena, Str text);
/* Windows that both texts have. Linear in the sum of both. */
size_t trigrams_common(const Trigrams *a, const Trigrams *b);
/* Millionths, rounded half up. */
int32_t likeness(const Trigrams *a, const Trigrams *b);
/* Millionths of `part`'s windows that `whole` has too: 1,000,000 when the part says nothing new; 0 for an empty part.
 */
int32_t likeness_within(const Trigrams *part, const Trigrams *whole);
/* S-5: 3 points times the likeness, in thousandths of a point. */
int32_t likeness_points_thousandths(const Trigrams *a, const Trigrams *b);
