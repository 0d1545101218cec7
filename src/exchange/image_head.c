/* SPDX-License-Identifier: Apache-2.0
 * Heads of pictures. Each reader looks at fixed places, after it made sure that they are there. */
#include "exchange/image_head.h"

static int64_t byte_at(Str bytes, size_t at)
{
    return at < bytes.len ? (unsigned char)bytes.ptr[at] : 0;
}

static int64_t big16(Str bytes, size_t at)
{
    return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

static int64_t big32(Str bytes, size_t at)
{
    return big16(bytes, at) << 16 | big16(bytes, at + 2);
}

static int64_t little16(Str bytes, size_t at)
{
    return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8;
}

static int64_t little24(Str bytes, size_t at)
{
    return little16(bytes, at) | byte_at(bytes, at + 2) << 16;
}

static bool png_read(Str bytes, ImageHead *out)
{
    if (!str_starts(bytes, STR("\x89PNG\r\n\x1a\n"))) return false;
    *out = (ImageHead){ .type = "image/png" };
    if (str_starts(str_slice(bytes, 12, bytes.len), STR("IHDR")))
        out->width = big32(bytes, 16), out->height = big32(bytes, 20);
    return true;
}

static bool gif_read(Str bytes, ImageHead *out)
{
    if (!str_starts(bytes, STR("GIF87a")) && !str_starts(bytes, STR("GIF89a"))) return false;
    *out = (ImageHead){ .type = "image/gif", .width = little16(bytes, 6), .height = little16(bytes, 8) };
    return true;
}

/* SOF0 to SOF15 without the three markers among them that are none. */
static bool marker_is_frame(int64_t marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool jpeg_read(Str bytes, ImageHead *out)
{
    size_t at = 2;

    if (!str_starts(bytes, STR("\xff\xd8\xff"))) return false;
    *out = (ImageHead){ .type = "image/jpeg" };
    for (int segment = 0; segment < IMAGE_SEGMENTS_MAX && at + 9 <= bytes.len; segment++) {
        if (byte_at(bytes, at) != 0xff) return true;
        if (marker_is_frame(byte_at(bytes, at + 1))) {
            out->height = big16(bytes, at + 5), out->width = big16(bytes, at + 7);
            return true;
        }
        at += 2 + (size_t)big16(bytes, at + 2);
    }
    return true;
}

static bool webp_read(Str bytes, ImageHead *out)
{
    Str chunk = str_slice(bytes, 12, 4);

    if (!str_starts(bytes, STR("RIFF")) || !str_starts(str_slice(bytes, 8, bytes.len), STR("WEBP"))) return false;
    *out = (ImageHead){ .type = "image/webp" };
    if (str_eq_c(chunk, "VP8X")) {
        out->width = 1 + little24(bytes, 24), out->height = 1 + little24(bytes, 27);
    } else if (str_eq_c(chunk, "VP8 ")) {
        out->width = little16(bytes, 26) & 0x3fff, out->height = little16(bytes, 28) & 0x3fff;
    } else if (str_eq_c(chunk, "VP8L")) {
        int64_t bits = little24(bytes, 21) | byte_at(bytes, 24) << 24;
        out->width = 1 + (bits & 0x3fff), out->height = 1 + (bits >> 14 & 0x3fff);
    }
    return true;
}

bool image_head_read(Str bytes, ImageHead *out)
{
    *out = (ImageHead){ 0 };
    return png_read(bytes, out) || gif_read(bytes, out) || jpeg_read(bytes, out) || webp_read(bytes, out);
}
