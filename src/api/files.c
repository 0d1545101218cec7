/* SPDX-License-Identifier: Apache-2.0
 * Files: received as a stream and named by their content; given out only through a record that names them and that the
 * person may see. What a client says of type and name is a label: files leave as bytes to be saved, never to be shown.
 */
#include "api/visit.h"

#include <unistd.h>

#include "base/size.h"
#include "store/files.h"

/* ---- receiving ---- */

typedef struct {
    FileIntake *intake;
    Err err; /* of the first bytes that could not be kept */
} Upload;

static bool upload_add(void *sink, Str bytes)
{
    Upload *upload = sink;
    return file_intake_add(upload->intake, bytes, &upload->err);
}

static void upload_drop(void *sink)
{
    file_intake_drop(((Upload *)sink)->intake);
}

/* A form would be taken apart on its way in, and then its hash would not be that of what was sent. */
static bool type_is_form(const HttpRequest *request)
{
    Str type = str_lower(request->arena, http_header(request, "Content-Type"));
    return str_starts(type, STR("multipart/")) || str_starts(type, STR("application/x-www-form-urlencoded"));
}

/* Who may not, or sends a form, is told before the bytes come. */
static bool upload_is_welcome(Visit *visit, Err *err)
{
    static const char *const none[] = { NULL };
    bool known;

    if (!bearer_identify(visit, &known, err)) return false;
    if (!known || !condition_parameters(visit, none)) return true;
    if (!bearer_may_write(visit)) return problem_answer(visit, PROBLEM_SCOPE, (Str){ 0 });
    if (type_is_form(visit->request))
        return problem_answer(visit, PROBLEM_MEDIA_TYPE,
                              STR("Send the bytes of the file as the body, with \"Content-Type: "
                                  "application/octet-stream\"."));
    return true;
}

HttpIntake upload_intake(Visit *visit, HttpUpload *upload)
{
    Arena *arena = visit->request->arena;
    Upload *sink = arena_new(arena, Upload);
    Err err      = { 0 };

    if (!upload_is_welcome(visit, &err)) (void)problem_of_err(visit, &err);
    if (visit->response->status != 0) return HTTP_INTAKE_REFUSE;
    if (!file_intake_open(visit->api->app->store, arena, &sink->intake, &err)) {
        (void)problem_of_err(visit, &err);
        return HTTP_INTAKE_REFUSE;
    }
    *upload = (HttpUpload){ .sink = sink, .max_bytes = FILE_MAX_BYTES, .add = upload_add, .drop = upload_drop };
    return HTTP_INTAKE_STREAM;
}

/* Without a body there was no intake, so nobody has been asked who he is. */
static bool upload_empty(Visit *visit, Err *err)
{
    if (!upload_is_welcome(visit, err)) return false;
    if (visit->response->status == 0)
        return problem_answer(visit, PROBLEM_EMPTY_FILE, STR("Send the bytes of the file as the body."));
    return true;
}

bool upload_answer(Visit *visit, Err *err)
{
    Upload *upload = visit->request->upload;
    Arena *arena   = visit->request->arena;
    Hash hash;
    int64_t size;

    if (upload == NULL) return upload_empty(visit, err);
    if (!visit->request->upload_kept) {
        *err = upload->err;
        file_intake_drop(upload->intake);
        return false;
    }
    if (!file_intake_keep(upload->intake, &hash, &size, err)) return false;
    json_t *body = json_own(arena, json_object());
    json_object_set_new(body, "sha256", json_from_str(hash_to_hex(arena, &hash)));
    json_object_set_new(body, "size", json_integer(size));
    visit_json(visit, 201, "application/json", body);
    return true;
}

/* ---- giving out ---- */

/* What is known of a file that is asked for. */
typedef struct {
    void *record; /* that names it */
    Str hex;      /* its hash; empty: there is none that this person may see */
    Str name;     /* to save it under */
} Download;

static bool download_find(Visit *visit, Download *download, Err *err)
{
    const Route *route = &visit->route;
    const Type *type   = route->plan->type;
    Arena *arena       = visit->request->arena;
    void *record       = arena_alloc(arena, type->size, alignof(max_align_t));
    const Field *label = type_field(type, str_fmt(arena, "%s_name", route->field->name));
    Call *call;
    bool found;

    if (!call_open(&visit->caller, CALL_READ, &call, err)) return false;
    bool done = view_find(call, type, route->number, record, &found, err);
    call_end(call);
    if (!done || !found) return done;
    download->record = record;
    download->hex    = *(const Str *)((const char *)record + route->field->offset);
    if (label != NULL && label->kind == KIND_TEXT)
        download->name = *(const Str *)((const char *)record + label->offset);
    if (download->name.len == 0)
        download->name = str_fmt(arena, "%.*s-%s", STR_ARG(((RecordHead *)record)->number), route->field->name);
    return true;
}

/* Whether the type lets it leave, written into its log; else the problem is answered. */
static bool download_may_leave(Visit *visit, const Download *download, bool *may, Err *err)
{
    FileGiven *given = visit->route.plan->type->file_given;
    Str why_not      = { 0 };

    if (given != NULL && !given(&visit->caller, download->record, FILE_DOWNLOAD, &why_not, err)) return false;
    *may = why_not.len == 0;
    return *may || problem_answer(visit, PROBLEM_NOT_GIVEN, why_not);
}

typedef struct {
    int64_t from, size;
    bool is_part, is_impossible;
} FilePart;

/* One range of bytes (RFC 9110 14.1.2); what is not one range is answered with the whole file, as the RFC allows. */
static FilePart range_read(const HttpRequest *request, int64_t size, Str tag)
{
    static const Str unit = STR_INIT("bytes=");
    Str header = http_header(request, "Range"), condition = http_header(request, "If-Range");
    FilePart whole = { .size = size };
    int64_t from, to;

    if (!str_starts(header, unit)) return whole;
    if (condition.len > 0 && !str_eq(condition, str_fmt(request->arena, "\"%.*s\"", STR_ARG(tag)))) return whole;
    Str range   = str_slice(header, unit.len, header.len);
    size_t dash = str_index(range, '-');
    Str first = str_slice(range, 0, dash), last = str_slice(range, dash + 1, range.len);
    if (dash == range.len || (first.len == 0 && last.len == 0)) return whole;
    if (!str_to_i64(last.len > 0 ? last : STR("0"), 0, INT64_MAX, &to)) return whole;
    if (first.len == 0) {
        from = to < size ? size - to : 0;
        return (FilePart){ .from = from, .size = size - from, .is_part = true, .is_impossible = to == 0 };
    }
    if (!str_to_i64(first, 0, INT64_MAX, &from) || (last.len > 0 && to < from)) return whole;
    if (last.len == 0 || to >= size) to = size - 1;
    return (FilePart){ .from = from, .size = to - from + 1, .is_part = true, .is_impossible = from >= size };
}

static void download_send(Visit *visit, int descriptor, int64_t size, Str tag)
{
    Arena *arena  = visit->request->arena;
    FilePart part = range_read(visit->request, size, tag);

    http_header_add(visit->response, "Accept-Ranges", STR("bytes"));
    if (part.is_part && part.is_impossible) {
        close(descriptor);
        (void)problem_answer(visit, PROBLEM_RANGE, (Str){ 0 });
        http_header_add(visit->response, "Content-Range", str_fmt(arena, "bytes */%lld", (long long)size));
        return;
    }
    http_respond_file(visit->response, STR("application/octet-stream"), descriptor, part.from, part.size);
    visit->response->status = part.is_part ? 206 : 200;
    visit->response->etag   = tag;
    if (part.is_part)
        http_header_add(visit->response, "Content-Range",
                        str_fmt(arena, "bytes %lld-%lld/%lld", (long long)part.from,
                                (long long)(part.from + part.size - 1), (long long)size));
}

bool download_answer(Visit *visit, Err *err)
{
    static const char *const none[] = { NULL };
    Download download               = { 0 };
    Hash hash;
    int descriptor;
    int64_t size;
    bool may;

    if (!condition_accepts(visit, "application/octet-stream") || !condition_parameters(visit, none)) return true;
    if (!download_find(visit, &download, err)) return false;
    if (!hash_from_hex(download.hex, &hash)) return problem_answer(visit, PROBLEM_NOT_FOUND, (Str){ 0 });
    if (!file_get(visit->api->app->store, visit->request->arena, &hash, &descriptor, &size, err)) return false;
    bool asked = download_may_leave(visit, &download, &may, err);
    if (!asked || !may) {
        close(descriptor);
        return asked;
    }
    download_send(visit, descriptor, size, download.hex);
    if (visit->response->has_file) http_attach(visit->response, download.name);
    return true;
}
