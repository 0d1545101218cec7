/* SPDX-License-Identifier: Apache-2.0
 * The signature and the first chunk (ISO/IEC 15948): IHDR begins with width and height. */
#include "base/png.h"

static unsigned big_endian(Str bytes, size_t at)
{
    unsigned number = 0;

    for (size_t i = 0; i < 4; i++)
        number = number << 8 | (unsigned char)bytes.ptr[at + i];
    return number;
}

bool png_size(Str head, unsigned *width, unsigned *height)
{
    if (head.len < PNG_HEAD_BYTES || !str_starts(head, STR("\x89PNG\r\n\x1a\n"))) return false;
    if (!str_eq(str_slice(head, 12, 4), STR("IHDR"))) return false;
    *width  = big_endian(head, 16);
    *height = big_endian(head, 20);
    return *width > 0 && *height > 0 && *width <= PNG_SIDE_MAX && *height <= PNG_SIDE_MAX;
}
