/* SPDX-License-Identifier: Apache-2.0
 * Base64 by libsodium, whose decoder refuses blanks, missing padding and stray bits of itself, but where char is signed
 * (as of 1.0.18) takes every byte above 0x7f for a digit: those are refused here. */
#include "base/base64.h"

#include <sodium.h>

static Str encode(Arena *arena, Str bytes, int variant)
{
    size_t size = sodium_base64_encoded_len(bytes.len, variant); /* with the final NUL */
    char *text  = arena_array(arena, char, size);
    sodium_bin2base64(text, size, (const unsigned char *)bytes.ptr, bytes.len, variant);
    return (Str){ text, size - 1 };
}

static bool is_ascii(Str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] > 0x7f) return false;
    return true;
}

static bool decode(Arena *arena, Str text, int variant, Str *out)
{
    size_t room          = text.len / 4 * 3 + 3;
    unsigned char *bytes = arena_array(arena, unsigned char, room);
    size_t len           = 0;
    if (!is_ascii(text)) return false;
    if (sodium_base642bin(bytes, room, text.ptr, text.len, NULL, &len, NULL, variant) != 0) return false;
    *out = (Str){ (const char *)bytes, len };
    return true;
}

Str base64_encode(Arena *arena, Str bytes)
{
    return encode(arena, bytes, sodium_base64_VARIANT_ORIGINAL);
}

bool base64_decode(Arena *arena, Str text, Str *out)
{
    return decode(arena, text, sodium_base64_VARIANT_ORIGINAL, out);
}

Str base64url_encode(Arena *arena, Str bytes)
{
    return encode(arena, bytes, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

bool base64url_decode(Arena *arena, Str text, Str *out)
{
    return decode(arena, text, sodium_base64_VARIANT_URLSAFE_NO_PADDING, out);
}
