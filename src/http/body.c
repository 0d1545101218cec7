/* SPDX-License-Identifier: Apache-2.0
 * Four ways to take a body: hold the bytes; hold a form (parsed at the end); hold a multipart form, with small files;
 * or stream to a sink, as one part or as the file parts of a multipart form whose other fields are held. */
#include "http/body.h"

#include "base/buf.h"
#include "http/target.h"

enum { PARTS_MAX = 500 };

struct HttpBody {
    HttpRequest *request;
    HttpUpload upload;
    bool is_streamed, sink_is_open, sink_refused;
    bool is_form;
    int64_t max, received;
    Buf held; /* the body, or the value of the field that is being read */
    int64_t held_max, fields_bytes;
    Multipart *multipart;
    HttpPart part; /* being read, copied into the arena */
};

static bool field_add(HttpBody *body, Str bytes)
{
    body->fields_bytes += (int64_t)bytes.len;
    if (body->fields_bytes > body->held_max) return false;
    buf_add(&body->held, bytes);
    return true;
}

static bool is_sunk(const HttpBody *body)
{
    return body->is_streamed && body->part.is_file;
}

static bool part_begin(void *to, const HttpPart *part)
{
    HttpBody *body = to;
    Arena *arena   = body->request->arena;

    body->part = (HttpPart){ .name     = str_dup(arena, part->name),
                             .filename = str_dup(arena, part->filename),
                             .type     = str_dup(arena, part->type),
                             .is_file  = part->is_file };
    body->fields_bytes += (int64_t)(part->name.len + part->filename.len + part->type.len);
    if (is_sunk(body)) {
        if (!body->sink_refused && body->upload.begin != NULL)
            body->sink_refused = !body->upload.begin(body->upload.sink, &body->part);
        return true;
    }
    body->held = buf_open(arena, (size_t)body->held_max);
    return true;
}

static bool part_add(void *to, Str bytes)
{
    HttpBody *body = to;

    if (!is_sunk(body)) return field_add(body, bytes);
    if (!body->sink_refused) body->sink_refused = !body->upload.add(body->upload.sink, bytes);
    return true;
}

static bool part_end(void *to)
{
    HttpBody *body       = to;
    HttpRequest *request = body->request;
    const HttpPart *part = &body->part;
    Str value            = buf_str(&body->held);

    if (is_sunk(body)) {
        if (!body->sink_refused && body->upload.end != NULL) body->sink_refused = !body->upload.end(body->upload.sink);
    } else if (part->is_file) {
        HttpFile *file = list_push(request->arena, &request->files);
        *file          = (HttpFile){ part->name, part->filename, part->type, value };
    } else {
        HttpField *field = list_push(request->arena, &request->form);
        *field           = (HttpField){ part->name, value };
    }
    return true;
}

/* A field of a form is text, wherever it comes from. */
static bool form_is_text(const HttpFields *form)
{
    for (size_t i = 0; i < form->len; i++) {
        Str value = form->at[i].value;
        if (!str_is_utf8(value) || str_index(value, '\0') < value.len) return false;
    }
    return true;
}

HttpBody *body_open(HttpRequest *request, const HttpUpload *upload, HttpBodyLimits limits, const char **why)
{
    Arena *arena   = request->arena;
    HttpBody *body = arena_new(arena, HttpBody);
    Str type       = http_header(request, "Content-Type");
    Str kind       = str_trim(str_lower(arena, str_slice(type, 0, str_index(type, ';'))));

    body->request  = request;
    body->held_max = limits.held_max;
    body->max      = upload != NULL ? limits.stream_max : limits.held_max;
    if (upload != NULL) {
        body->upload      = *upload;
        body->is_streamed = body->sink_is_open = true;
        if (upload->max_bytes > 0) body->max = upload->max_bytes;
        request->upload = upload->sink;
    }
    body->held    = buf_open(arena, (size_t)limits.held_max);
    body->is_form = str_eq_c(kind, "application/x-www-form-urlencoded");
    if (str_eq_c(kind, "multipart/form-data")) {
        Str boundary = multipart_boundary(type);
        if (boundary.ptr == NULL) return *why = "The boundary of the form is missing or malformed.", NULL;
        body->multipart =
            multipart_open(arena, boundary, PARTS_MAX, (MultipartSink){ body, part_begin, part_add, part_end });
    } else if (body->is_streamed) {
        HttpPart whole = { .type = type, .is_file = true };
        (void)part_begin(body, &whole);
    }
    return body;
}

static int too_large(const char **why)
{
    *why = "The request is larger than is accepted here.";
    return 413;
}

int body_add(HttpBody *body, Str bytes, const char **why)
{
    body->received += (int64_t)bytes.len;
    if (body->received > body->max) return too_large(why);
    if (body->multipart == NULL) {
        if (body->is_streamed)
            (void)part_add(body, bytes);
        else
            buf_add(&body->held, bytes);
        return 0;
    }
    switch (multipart_feed(body->multipart, bytes)) {
    case MULTIPART_MORE:
    case MULTIPART_DONE: return 0;
    case MULTIPART_STOPPED: return too_large(why);
    case MULTIPART_REFUSED: break;
    }
    *why = multipart_why(body->multipart);
    return 400;
}

int body_end(HttpBody *body, const char **why)
{
    HttpRequest *request = body->request;

    if (body->multipart != NULL) {
        if (multipart_feed(body->multipart, STR("")) != MULTIPART_DONE)
            return *why = multipart_why(body->multipart), 400;
        if (!form_is_text(&request->form)) return *why = "A field of the form is not text in UTF-8.", 400;
    } else if (body->is_streamed) {
        (void)part_end(body);
    } else if (body->is_form) {
        if (!http_form_parse(request->arena, buf_str(&body->held), &request->form, why)) return 400;
    } else {
        request->body = buf_str(&body->held);
    }
    request->upload_kept = body->is_streamed && !body->sink_refused;
    return 0;
}

void body_drop(HttpBody *body)
{
    if (!body->sink_is_open) return;
    body->sink_is_open = false;
    if (body->upload.drop != NULL) body->upload.drop(body->upload.sink);
}

void body_hand_over(HttpBody *body)
{
    body->sink_is_open = false;
}
