/* SPDX-License-Identifier: Apache-2.0
 * Trigram likeness. A text becomes a sorted array of packed windows (three code points of 21 bits), so that comparing
 * two texts is one merge without allocation: a recurrence search prepares its own side once and walks all candidates.
 */
#include "org/likeness.h"

#include <assert.h>
#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

enum { RUNE_BITS = 21, TEXT_BYTES_MAX = 1 << 20 };

typedef struct {
    UChar *at;
    int32_t len;
} Utf16;

typedef struct {
    uint64_t *at;
    size_t len;
    uint64_t last; /* the two runes before the next one, and room for it */
} Windows;

static bool is_word_rune(UChar32 rune)
{
    return (U_GET_GC_MASK(rune) & (U_GC_L_MASK | U_GC_N_MASK)) != 0;
}

static void windows_push(Windows *windows, uint64_t rune)
{
    uint64_t three = (uint64_t)1 << 3 * RUNE_BITS;

    windows->last               = (windows->last << RUNE_BITS | rune) & (three - 1);
    windows->at[windows->len++] = windows->last;
}

static void windows_start_word(Windows *windows)
{
    windows->last = (uint64_t)' ' << RUNE_BITS | ' ';
}

static int compare_windows(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

    return (left > right) - (left < right);
}

static Trigrams windows_as_set(Windows *windows)
{
    size_t kept = 0;

    qsort(windows->at, windows->len, sizeof(uint64_t), compare_windows);
    for (size_t i = 0; i < windows->len; i++)
        if (kept == 0 || windows->at[kept - 1] != windows->at[i]) windows->at[kept++] = windows->at[i];
    return (Trigrams){ windows->at, kept };
}

/* `text` without a code point cut in two, at most TEXT_BYTES_MAX bytes: longer texts are compared by their beginning.
 */
static Str bounded(Str text)
{
    size_t len = text.len;

    if (len <= TEXT_BYTES_MAX) return text;
    for (len = TEXT_BYTES_MAX; len > 0 && ((unsigned char)text.ptr[len] & 0xC0) == 0x80;)
        len--;
    return str_slice(text, 0, len);
}

static Utf16 utf16_from(Arena *arena, Str text)
{
    UErrorCode status = U_ZERO_ERROR;
    Utf16 out         = { arena_array(arena, UChar, text.len + 1), 0 };

    u_strFromUTF8WithSub(out.at, (int32_t)text.len + 1, &out.len, text.ptr, (int32_t)text.len, 0xFFFD, NULL, &status);
    assert(U_SUCCESS(status)); /* a byte of UTF-8 never needs more than one unit of UTF-16 */
    return out;
}

static UChar32 utf16_next(Utf16 text, int32_t *at)
{
    uint32_t unit = text.at[(*at)++];

    if (!U16_IS_LEAD(unit) || *at == text.len) return (UChar32)unit;
    return U16_GET_SUPPLEMENTARY(unit, text.at[(*at)++]);
}

/* By ICU: GLib's normalisation takes quadratic time on accented text, which a hostile text could use. */
static Utf16 normalised(Arena *arena, Utf16 text)
{
    UErrorCode status       = U_ZERO_ERROR;
    const UNormalizer2 *nfc = unorm2_getNFCInstance(&status);
    int32_t room            = text.len * 3 + 1; /* NFC makes UTF-16 at most three times as long (UAX 15) */
    Utf16 out               = { arena_array(arena, UChar, (size_t)room), 0 };

    out.len = unorm2_normalize(nfc, text.at, text.len, out.at, room, &status);
    assert(U_SUCCESS(status));
    return out;
}

/* A simple mapping keeps a code point one code point, though not always in the same number of units. */
static Utf16 lowered(Arena *arena, Utf16 text)
{
    Utf16 out = { arena_array(arena, UChar, (size_t)text.len * 2 + 1), 0 };

    for (int32_t i = 0; i < text.len;) {
        UChar32 rune = u_tolower(utf16_next(text, &i));
        U16_APPEND_UNSAFE(out.at, out.len, rune);
    }
    return out;
}

static Utf16 comparable(Arena *scratch, Str text)
{
    return normalised(scratch, lowered(scratch, normalised(scratch, utf16_from(scratch, text))));
}

static void windows_push_words(Windows *windows, Utf16 text)
{
    bool inside = false;

    for (int32_t i = 0; i < text.len;) {
        UChar32 rune = utf16_next(text, &i);
        bool in_word = is_word_rune(rune);
        if (in_word && !inside) windows_start_word(windows);
        if (in_word)
            windows_push(windows, (uint64_t)rune);
        else if (inside)
            windows_push(windows, ' ');
        inside = in_word;
    }
    if (inside) windows_push(windows, ' ');
}

Trigrams trigrams_of(Arena *arena, Str text)
{
    Str shown = bounded(text);
    /* A byte of UTF-8 gives at most one code point of NFC, and words are apart by one: at most one window more. */
    size_t room     = shown.len + 1;
    Windows windows = { .at = arena_array(arena, uint64_t, room) };

    ArenaMark mark = arena_mark(arena);
    windows_push_words(&windows, comparable(arena, shown));
    arena_rewind(arena, mark);
    assert(windows.len <= room);
    return windows_as_set(&windows);
}

size_t trigrams_common(const Trigrams *a, const Trigrams *b)
{
    size_t common = 0, i = 0, j = 0;

    while (i < a->len && j < b->len) {
        uint64_t left = a->at[i], right = b->at[j];
        common += left == right;
        i += left <= right;
        j += right <= left;
    }
    return common;
}

static int32_t share_of(size_t part, size_t whole)
{
    if (whole == 0) return 0;
    return (int32_t)((part * (2 * (size_t)LIKENESS_WHOLE) + whole) / (2 * whole));
}

int32_t likeness(const Trigrams *a, const Trigrams *b)
{
    size_t common = trigrams_common(a, b);

    return share_of(common, a->len + b->len - common);
}

int32_t likeness_within(const Trigrams *part, const Trigrams *whole)
{
    return share_of(trigrams_common(part, whole), part->len);
}

int32_t likeness_points_thousandths(const Trigrams *a, const Trigrams *b)
{
    return (likeness(a, b) * 3 + 500) / 1000;
}
