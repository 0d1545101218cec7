/* SPDX-License-Identifier: Apache-2.0
 * What every response carries is one table. A conditional GET that matches becomes a 304; text that may be compressed
 * is, when that is worth it, and then its entity tag ends in "-gz", since a strong tag names bytes (RFC 9110 8.8.3). */
#include "http/answer.h"

#include <microhttpd.h>
#include <unistd.h>
#include <zlib.h>

#include "base/log.h"

enum { GZIP_FROM_BYTES = 1024, GZIP_LEVEL = 1 /* higher levels cost five times for a tenth */ };

/* clang-format off */
static const struct {
    const char *name, *value;
} always[] = {
    { "X-Content-Type-Options",       "nosniff"     },
    { "Referrer-Policy",              "same-origin" },
    { "Cross-Origin-Opener-Policy",   "same-origin" },
    { "Cross-Origin-Resource-Policy", "same-origin" },
};
/* clang-format on */

static void file_drop(HttpResponse *response)
{
    if (response->has_file) close(response->file);
    response->has_file = false;
}

/* For libraries that read only but do not say so. */
static void *unconst(const void *bytes)
{
    const union {
        const void *given;
        void *wanted;
    } pointer = { .given = bytes };

    return pointer.wanted;
}

/* A status with no body at all (RFC 9110 15.3.5, 15.4.5). */
static bool is_bodiless(int status)
{
    return status == 204 || status == 304;
}

static bool is_text(Str type)
{
    return str_starts(type, STR("text/")) || str_has(type, STR("json")) || str_has(type, STR("xml")) ||
           str_has(type, STR("javascript"));
}

/* "gzip" among the codings of Accept-Encoding and not with weight zero (RFC 9110 12.5.3). */
static bool accepts_gzip(const HttpRequest *request)
{
    Str rest = http_header(request, "Accept-Encoding");
    Str entry;

    while (str_cut(&rest, ',', &entry)) {
        size_t end = str_index(entry, ';');
        Str weight = str_trim(str_slice(entry, end + 1, entry.len));
        if (!str_eq_c(str_trim(str_slice(entry, 0, end)), "gzip")) continue;
        return !str_eq_c(weight, "q=0") && !str_starts(weight, STR("q=0.0"));
    }
    return false;
}

static bool is_worth_gzip(const HttpResponse *response)
{
    return response->may_compress && !response->has_file && response->body.len >= GZIP_FROM_BYTES &&
           is_text(response->type);
}

/* The body in gzip (RFC 1952); false when it would not become smaller or there is no memory: then it goes out plain. */
static bool gzip(Arena *arena, Str body, Str *out)
{
    z_stream stream = { 0 };
    bool is_done    = false;
    char *bytes     = arena_alloc(arena, body.len, 1);

    if (body.len > UINT32_MAX) return false;
    if (deflateInit2(&stream, GZIP_LEVEL, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) return false;
    stream.next_in   = unconst(body.ptr);
    stream.avail_in  = (uInt)body.len;
    stream.next_out  = (Bytef *)bytes;
    stream.avail_out = (uInt)body.len;
    is_done          = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    *out             = (Str){ bytes, (size_t)stream.total_out };
    deflateEnd(&stream);
    return is_done;
}

static struct MHD_Response *message_open(HttpResponse *response, int64_t *bytes)
{
    if (response->has_file) {
        *bytes                       = response->file_size;
        response->has_file           = false; /* the message closes it, also when it could not be made */
        struct MHD_Response *message = MHD_create_response_from_fd_at_offset64(
            (uint64_t)response->file_size, response->file, (uint64_t)response->file_offset);
        if (message == NULL) close(response->file);
        return message;
    }
    *bytes = (int64_t)response->body.len;
    /* MUST_COPY: the arena serves the next request while this body leaves at the client's pace */
    return MHD_create_response_from_buffer(response->body.len, unconst(response->body.ptr), MHD_RESPMEM_MUST_COPY);
}

static void put(Arena *arena, struct MHD_Response *message, const char *name, Str value)
{
    const char *text = str_to_c(arena, value);

    if (text == NULL || MHD_add_response_header(message, name, text) != MHD_YES)
        log_line(LOG_WARN, "http", "left out the response header \"%s\", which holds a character that cannot be sent",
                 name);
}

static void headers_put(const HttpRequest *request, const HttpResponse *response, struct MHD_Response *message)
{
    Arena *arena = request->arena;

    for (size_t i = 0; i < countof(always); i++)
        (void)MHD_add_response_header(message, always[i].name, always[i].value);
    put(arena, message, "Content-Security-Policy", response->policy.len > 0 ? response->policy : STR(HTTP_POLICY));
    put(arena, message, "Cache-Control", response->cache.len > 0 ? response->cache : STR("no-store"));
    if (request->is_secure) put(arena, message, "Strict-Transport-Security", STR("max-age=31536000"));
    if (response->type.len > 0 && !is_bodiless(response->status)) put(arena, message, "Content-Type", response->type);
    for (size_t i = 0; i < response->headers.len; i++) {
        const HttpField *field = &response->headers.at[i];
        const char *name       = str_to_c(arena, field->name);
        if (name != NULL) put(arena, message, name, field->value);
    }
}

/* 304 instead of the body when the client has it (RFC 9110 13.2.2). */
static void condition_apply(const HttpRequest *request, HttpResponse *response)
{
    bool is_read = request->method == HTTP_GET || request->method == HTTP_HEAD;

    if (response->status != 200 || !is_read || !http_if_none_match(request, response->etag)) return;
    file_drop(response);
    response->status = 304;
    response->body   = STR("");
}

/* A broken response says nothing of what it was to be. */
static void breakage_apply(const HttpRequest *request, HttpResponse *response)
{
    if (!response->is_broken) return;
    log_line(LOG_ERROR, "http", "the response to \"%.*s\" has a header that cannot be sent", STR_ARG(request->path));
    file_drop(response);
    *response = (HttpResponse){ .arena = response->arena, .status = 500, .close = true };
}

void answer_make(const HttpRequest *request, HttpResponse *response, bool is_closing, HttpAnswer *out)
{
    Arena *arena   = request->arena;
    bool is_zipped = false;
    bool varies;

    breakage_apply(request, response);
    if (response->status == 0) response->status = 200;
    varies = is_worth_gzip(response);
    condition_apply(request, response);
    if (varies && accepts_gzip(request))
        is_zipped = response->status == 304 || gzip(arena, response->body, &response->body);
    out->status  = response->status;
    out->message = message_open(response, &out->bytes);
    if (out->message == NULL) return;
    headers_put(request, response, out->message);
    if (varies) put(arena, out->message, "Vary", STR("Accept-Encoding"));
    if (is_zipped && response->status != 304) put(arena, out->message, "Content-Encoding", STR("gzip"));
    if (response->etag.len > 0)
        put(arena, out->message, "ETag", str_fmt(arena, "\"%.*s%s\"", STR_ARG(response->etag), is_zipped ? "-gz" : ""));
    if (is_closing || response->close) put(arena, out->message, "Connection", STR("close"));
}
