/* SPDX-License-Identifier: Apache-2.0
 * The part of str.h that knows about Unicode: UTF-8, the form in which words are compared, and text made harmless for
 * terminals and logs. Character properties come from GLib, whose tables are constant and need no lock. */
#include "base/str.h"

#include <assert.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"

enum { RUNE_BYTES_MAX = 4, RUNE_MAX = 0x10FFFF, DECOMPOSED_MAX = 18 };

/* Reads the code point at the start of `str`: its bytes, or 0 when they are not UTF-8 (RFC 3629 section 4). */
static size_t rune_read(Str str, uint32_t *rune)
{
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    unsigned char lead            = (unsigned char)str.ptr[0];
    size_t len = lead < 0x80 ? 1 : lead < 0xC0 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF8 ? 4 : 0;
    if (len == 0 || len > str.len) return 0;
    uint32_t value = len == 1 ? lead : lead & (0x7Fu >> len);
    for (size_t i = 1; i < len; i++) {
        unsigned char next = (unsigned char)str.ptr[i];
        if ((next & 0xC0) != 0x80) return 0;
        value = value << 6 | (next & 0x3F);
    }
    if (value < least[len] || value > RUNE_MAX || (value >= 0xD800 && value <= 0xDFFF)) return 0;
    *rune = value;
    return len;
}

static size_t rune_write(uint32_t rune, char *out)
{
    if (rune < 0x80) {
        out[0] = (char)rune;
        return 1;
    }
    size_t len = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    for (size_t i = len - 1; i > 0; i--) {
        out[i] = (char)(0x80 | (rune & 0x3F));
        rune >>= 6;
    }
    out[0] = (char)((0xF00u >> len & 0xFF) | rune);
    return len;
}

/* Bytes at the start that are plain ASCII: most text is, and needs no decoding. */
static size_t ascii_len(Str str)
{
    size_t len = 0;
    while (len < str.len && (unsigned char)str.ptr[len] < 0x80)
        len++;
    return len;
}

size_t str_utf8_len(Str str)
{
    size_t at = ascii_len(str);
    while (at < str.len) {
        uint32_t rune;
        size_t len = rune_read((Str){ str.ptr + at, str.len - at }, &rune);
        if (!len) break;
        at += len;
    }
    return at;
}

bool str_is_utf8(Str str)
{
    return str_utf8_len(str) == str.len;
}

uint32_t str_next_rune(Str str, size_t *at)
{
    uint32_t rune = 0;
    assert(*at < str.len);
    size_t len = rune_read((Str){ str.ptr + *at, str.len - *at }, &rune);
    assert(len);
    *at += len;
    return rune;
}

size_t str_count_runes(Str str)
{
    size_t count = 0;
    for (size_t i = 0; i < str.len; i++)
        count += ((unsigned char)str.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* Letters that Unicode does not take apart, and the plain letters people type for them. */
static const struct {
    uint32_t rune;
    const char *plain;
} plain_letters[] = {
    { 0x00DF, "ss" }, { 0x00E6, "ae" }, { 0x00F0, "d" }, { 0x00F8, "o" },  { 0x00FE, "th" }, { 0x0111, "d" },
    { 0x0127, "h" },  { 0x0131, "i" },  { 0x0142, "l" }, { 0x0153, "oe" }, { 0x0167, "t" },  { 0x03C2, "σ" },
};

typedef struct {
    Buf out;
    bool gap; /* a blank is due before the next letter */
} Folding;

static void fold_letter(Folding *folding, uint32_t rune)
{
    char bytes[RUNE_BYTES_MAX];
    if (folding->gap && folding->out.len) buf_add_byte(&folding->out, ' ');
    folding->gap = false;
    for (size_t i = 0; i < countof(plain_letters); i++) {
        if (plain_letters[i].rune != rune) continue;
        buf_add_c(&folding->out, plain_letters[i].plain);
        return;
    }
    buf_add(&folding->out, (Str){ bytes, rune_write(rune, bytes) });
}

static void fold_rune(Folding *folding, uint32_t rune)
{
    gunichar parts[DECOMPOSED_MAX];
    size_t count = g_unichar_fully_decompose(rune, TRUE, parts, DECOMPOSED_MAX);
    for (size_t i = 0; i < count; i++) {
        if (g_unichar_ismark(parts[i]) || g_unichar_type(parts[i]) == G_UNICODE_FORMAT) continue;
        if (g_unichar_isalnum(parts[i]))
            fold_letter(folding, g_unichar_tolower(parts[i]));
        else
            folding->gap = true;
    }
}

static void fold_ascii(Folding *folding, char byte)
{
    char lower = g_ascii_tolower(byte);
    if (!g_ascii_isalnum(lower)) {
        folding->gap = true;
        return;
    }
    if (folding->gap && folding->out.len) buf_add_byte(&folding->out, ' ');
    folding->gap = false;
    buf_add_byte(&folding->out, lower);
}

Str str_fold(Arena *arena, Str str)
{
    /* One code point becomes at most 18, of at most 4 bytes. */
    Folding folding = { .out = buf_open(arena, str.len * DECOMPOSED_MAX * RUNE_BYTES_MAX) };
    size_t at       = 0;
    while (at < str.len) {
        uint32_t rune;
        size_t len = rune_read((Str){ str.ptr + at, str.len - at }, &rune);
        if (len == 0)
            folding.gap = true;
        else if (len == 1)
            fold_ascii(&folding, str.ptr[at]);
        else
            fold_rune(&folding, rune);
        at += len ? len : 1;
    }
    return buf_str(&folding.out);
}

/* Line and paragraph separators, C1 controls, and what turns the direction of the text around it. */
static bool is_steering(uint32_t rune)
{
    return rune < 0x20 || (rune >= 0x7F && rune <= 0x9F) || rune == 0x061C || rune == 0x200E || rune == 0x200F ||
           (rune >= 0x2028 && rune <= 0x202E) || (rune >= 0x2066 && rune <= 0x2069);
}

enum { ESCAPE_BYTES = 8 };

/* What is shown for the character at the start of `str` in `shown`, and how many bytes of `str` it stands for. */
static size_t visible_rune(Str str, char shown[static ESCAPE_BYTES], size_t *shown_len)
{
    uint32_t rune = 0;
    int written;
    size_t len = rune_read(str, &rune);
    if (len && !is_steering(rune)) {
        memcpy(shown, str.ptr, len);
        *shown_len = len;
        return len;
    }
    if (len && rune == '\n')
        written = snprintf(shown, ESCAPE_BYTES, "\\n");
    else if (len && rune >= 0x100)
        written = snprintf(shown, ESCAPE_BYTES, "\\u%04x", rune);
    else
        written = snprintf(shown, ESCAPE_BYTES, "\\x%02x", len ? rune : (unsigned char)str.ptr[0]);
    *shown_len = (size_t)written;
    return len ? len : 1;
}

size_t str_visible_into(char *out, size_t size, Str str)
{
    size_t used = 0;
    size_t at   = 0;
    while (at < str.len) {
        char shown[ESCAPE_BYTES];
        size_t shown_len;
        at += visible_rune((Str){ str.ptr + at, str.len - at }, shown, &shown_len);
        if (shown_len > size - used) break;
        memcpy(out + used, shown, shown_len);
        used += shown_len;
    }
    return used;
}

Str str_visible(Arena *arena, Str str)
{
    /* One byte becomes at most the four of \xff; two and three become at most the six of \u202e. */
    char *out = arena_alloc_many(arena, str.len, 4, 1);
    return (Str){ out, str_visible_into(out, str.len * 4, str) };
}
