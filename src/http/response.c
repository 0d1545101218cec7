/* SPDX-License-Identifier: Apache-2.0
 * How doors fill a response. Nothing here sends: a response is a value until the handler returns (http/answer.c). */
#include "http/http.h"

#include <assert.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/target.h"

void http_respond(HttpResponse *response, int status, Str type, Str body)
{
    response->status = status;
    response->type   = type;
    response->body   = body;
}

void http_respond_redirect(HttpResponse *response, Str path)
{
    /* "//host" and "/\host" lead to another site. */
    bool is_ours = str_starts(path, STR("/")) && !str_starts(path, STR("//")) && !str_starts(path, STR("/\\"));

    if (!is_ours) response->is_broken = true;
    response->status = 303;
    http_header_add(response, "Location", path);
}

void http_respond_file(HttpResponse *response, Str type, int descriptor, int64_t offset, int64_t size)
{
    assert(descriptor >= 0 && offset >= 0 && size >= 0);
    if (response->has_file) close(response->file);
    response->type        = type;
    response->has_file    = true;
    response->file        = descriptor;
    response->file_offset = offset;
    response->file_size   = size;
}

/* field-value of RFC 9110 5.5, in visible ASCII: other bytes are read differently by different programs. */
static bool is_header_value(Str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.ptr[i];
        if (byte < ' ' || byte >= 0x7f) return false;
    }
    return true;
}

void http_header_add(HttpResponse *response, const char *name, Str value)
{
    HttpField *field;

    if (!http_is_token(str_from_c(name)) || !is_header_value(value)) {
        response->is_broken = true;
        return;
    }
    field  = list_push(response->arena, &response->headers);
    *field = (HttpField){ str_from_c(name), value };
}

/* Characters that move text about or hide it, so that "report<RLO>fdp.exe" looks like a PDF. */
static bool is_hidden_rune(uint32_t rune)
{
    static const struct {
        uint32_t from, to;
    } hidden[] = { { 0x00, 0x1f },     { 0x7f, 0x9f },     { 0xad, 0xad },     { 0x61c, 0x61c },  { 0x180e, 0x180e },
                   { 0x200b, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xfeff, 0xfeff } };

    for (size_t i = 0; i < countof(hidden); i++) {
        if (rune >= hidden[i].from && rune <= hidden[i].to) return true;
    }
    return false;
}

/* Devices of Windows, whatever their case and extension: "con", "nul.tar.gz". */
static bool is_reserved_on_windows(Arena *arena, Str name)
{
    static const Str devices[] = { STR_INIT("con"),    STR_INIT("prn"),     STR_INIT("aux"),   STR_INIT("nul"),
                                   STR_INIT("conin$"), STR_INIT("conout$"), STR_INIT("clock$") };
    Str stem                   = str_lower(arena, str_trim(str_slice(name, 0, str_index(name, '.'))));
    Str port                   = str_slice(stem, 3, stem.len);

    for (size_t i = 0; i < countof(devices); i++) {
        if (str_eq(stem, devices[i])) return true;
    }
    if (!str_starts(stem, STR("com")) && !str_starts(stem, STR("lpt"))) return false;
    if (port.len == 1 && port.ptr[0] >= '0' && port.ptr[0] <= '9') return true;
    return str_eq_c(port, "\u00b9") || str_eq_c(port, "\u00b2") || str_eq_c(port, "\u00b3");
}

/* At most NAME_MAX_BYTES of `name`, cut between characters, with a short extension kept. */
static Str name_cut(Arena *arena, Str name)
{
    enum { NAME_MAX_BYTES = 200, EXTENSION_MAX_BYTES = 16 };
    size_t dot = name.len, end = 0, room;
    Str extension = { 0 };

    if (name.len <= NAME_MAX_BYTES) return name;
    while (dot > 0 && name.ptr[dot - 1] != '.')
        dot--;
    if (dot > 1 && name.len - dot < EXTENSION_MAX_BYTES) extension = str_slice(name, dot - 1, name.len);
    room = NAME_MAX_BYTES - extension.len;
    for (size_t at = 0; at <= room; (void)str_next_rune(name, &at))
        end = at;
    return str_fmt(arena, "%.*s%.*s", (int)end, name.ptr, STR_ARG(extension));
}

/* The label as a file name that every system stores and nobody misreads. */
static Str download_name(Arena *arena, Str label)
{
    Buf name = buf_open(arena, 4096);
    Str clean;

    if (!str_is_utf8(label)) label = STR("");
    for (size_t at = 0; at < label.len;) {
        size_t from       = at;
        uint32_t rune     = str_next_rune(label, &at);
        bool is_separator = rune < 0x80 && strchr("\\/:*?\"<>|", (int)rune) != NULL;
        buf_add(&name, is_separator || is_hidden_rune(rune) ? STR("_") : str_slice(label, from, at - from));
    }
    if (buf_overflowed(&name)) return STR("file");
    clean = str_trim(buf_str(&name));
    while (clean.len > 0 && (clean.ptr[clean.len - 1] == '.' || clean.ptr[clean.len - 1] == ' '))
        clean.len--;
    while (clean.len > 0 && clean.ptr[0] == '.')
        clean = str_slice(clean, 1, clean.len);
    clean = name_cut(arena, clean);
    if (clean.len == 0) return STR("file");
    return is_reserved_on_windows(arena, clean) ? str_fmt(arena, "_%.*s", STR_ARG(clean)) : clean;
}

/* attr-char of RFC 8187 3.2.1. */
static bool is_attr_char(char byte)
{
    bool is_alnum = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');

    return is_alnum || (byte != '\0' && strchr("!#$&+-.^_`|~", byte) != NULL);
}

void http_attach(HttpResponse *response, Str filename)
{
    Str name  = download_name(response->arena, filename);
    Buf value = buf_open(response->arena, 2048);

    buf_add_c(&value, "attachment; filename=\"");
    for (size_t i = 0; i < name.len; i++) {
        char byte     = name.ptr[i];
        bool is_plain = byte >= ' ' && byte < 0x7f && byte != '%';
        buf_add_byte(&value, is_plain ? byte : '_');
    }
    buf_add_c(&value, "\"; filename*=UTF-8''");
    for (size_t i = 0; i < name.len; i++) {
        if (is_attr_char(name.ptr[i]))
            buf_add_byte(&value, name.ptr[i]);
        else
            buf_fmt(&value, "%%%02X", (unsigned)(unsigned char)name.ptr[i]);
    }
    http_header_add(response, "Content-Disposition", buf_str(&value));
}

void http_cookie_set(const HttpRequest *request, HttpResponse *response, HttpCookie cookie)
{
    Buf value = buf_open(response->arena, 4096); /* what every browser keeps (RFC 6265 6.1) */

    buf_fmt(&value, "%s%s=%.*s; Path=/; HttpOnly", request->is_secure ? "__Host-" : "", cookie.name,
            STR_ARG(cookie.value));
    buf_add_c(&value, cookie.same_site == HTTP_SAME_SITE_STRICT ? "; SameSite=Strict" : "; SameSite=Lax");
    if (request->is_secure) buf_add_c(&value, "; Secure");
    if (cookie.max_age_s != 0)
        buf_fmt(&value, "; Max-Age=%lld", cookie.max_age_s > 0 ? (long long)cookie.max_age_s : 0LL);
    if (buf_overflowed(&value) || memchr(cookie.value.len > 0 ? cookie.value.ptr : "", ';', cookie.value.len) != NULL)
        response->is_broken = true;
    http_header_add(response, "Set-Cookie", buf_str(&value));
}
