/* SPDX-License-Identifier: Apache-2.0
 * Failures of the world with their words: copied into the Err itself, cut where they do not fit, never inside a
 * character. */
#include "base/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* `text` as a C string in `out`, cut to `size` before a UTF-8 character that would not be whole. */
static void put(char *out, size_t size, Str text)
{
    size_t len = text.len < size - 1 ? text.len : size - 1;
    while (len && len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80)
        len--;
    if (len) memcpy(out, text.ptr, len);
    out[len] = '\0';
}

bool err_record(Err *err, ErrCode code, int native, ErrText text)
{
    if (err->code != ERR_NONE) return false;
    err->code   = code;
    err->native = native;
    put(err->what, sizeof err->what, text.what);
    put(err->detail, sizeof err->detail, text.detail);
    put(err->hint, sizeof err->hint, text.hint);
    return false;
}

bool err_context(Err *err, const char *format, ...)
{
    char joined[2 * sizeof err->what];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(joined, sizeof err->what, format, args);
    va_end(args);
    size_t used = len < 0 ? 0 : (size_t)len < sizeof err->what ? (size_t)len : sizeof err->what - 1;
    snprintf(joined + used, sizeof joined - used, ": %s", err->what);
    put(err->what, sizeof err->what, str_from_c(joined));
    return false;
}

void err_clear(Err *err)
{
    *err = (Err){ 0 };
}

ErrCode err_code_of_errno(int number)
{
    switch (number) {
    case ENOSPC:
    case EDQUOT: return ERR_FULL;
    case EACCES:
    case EPERM:
    case EROFS: return ERR_PERMISSION;
    case ENOENT: return ERR_MISSING;
    case EFBIG: return ERR_LIMIT;
    default: return ERR_DISK;
    }
}

const char *err_errno_text(int number)
{
    const char *text = strerrordesc_np(number);
    return text ? text : "Unknown error";
}

Str err_line(Arena *arena, const Err *err)
{
    return str_fmt(arena, "%s%s%s%s%s", err->what, err->detail[0] ? ": " : "", err->detail, err->hint[0] ? " " : "",
                   err->hint);
}
