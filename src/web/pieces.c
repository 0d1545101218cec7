/* SPDX-License-Identifier: Apache-2.0
 * Pieces of files: whose they are, taking one in, and finding the whole again when the form comes. */
#include "web/pieces.h"

#include "store/file_part.h"
#include "web/pages.h"

typedef struct {
    App *app;
    Arena *arena;
    Str key;
    int64_t at;
    FilePart *part; /* being appended to */
    PartState state;
    Err err;
} PieceSink;

/* ---- whose ---- */

static Str key_of(const Visit *visit, Str id)
{
    bool is_link = !id_is_none(visit->asked);
    Id owner     = is_link ? visit->asked : visit->session.person;

    return str_fmt(visit->arena, "%s%lld-%.*s", is_link ? "r" : "p", (long long)owner.n, STR_ARG(id));
}

/* ---- taking one in ---- */

static bool piece_begin(void *to, const HttpPart *part)
{
    PieceSink *sink = to;

    if (part->filename.len == 0 || sink->part != NULL || sink->at < 0) return true;
    return file_part_open(sink->app->store, sink->arena, sink->key, sink->at, &sink->state, &sink->part, &sink->err);
}

static bool piece_add(void *to, Str bytes)
{
    PieceSink *sink = to;
    return sink->part == NULL || file_part_add(sink->part, bytes, &sink->err);
}

static bool piece_end(void *to)
{
    file_part_close(((PieceSink *)to)->part);
    return true;
}

/* The line broke: what came stays. */
static void piece_drop(void *to)
{
    file_part_close(((PieceSink *)to)->part);
}

HttpUpload pieces_open(const Visit *visit)
{
    PieceSink *sink = arena_new(visit->arena, PieceSink);

    *sink = (PieceSink){
        .app = visit->app, .arena = visit->arena, .key = key_of(visit, visit_param(visit, "id")), .state = PART_OTHER
    };
    bool is_good = part_key_is_good(sink->key) && visit_param(visit, "id").len >= 16 &&
                   str_to_i64(visit_param(visit, "at"), 0, FILE_MAX_BYTES, &sink->at);
    if (!is_good) sink->at = -1;
    return (HttpUpload){ .sink      = sink,
                         .max_bytes = FILE_MAX_BYTES,
                         .begin     = piece_begin,
                         .add       = piece_add,
                         .end       = piece_end,
                         .drop      = piece_drop };
}

static void size_answer(Visit *visit, int status, int64_t size)
{
    http_respond(visit->response, status, STR("application/json"),
                 str_fmt(visit->arena, "{\"at\": %lld}", (long long)size));
}

bool pieces_answer(Visit *visit, Err *err)
{
    const PieceSink *sink = visit->request->method == HTTP_POST ? visit->request->upload : NULL;
    Str key               = key_of(visit, visit_param(visit, "id"));
    int64_t size;

    if (!part_key_is_good(key) || visit_param(visit, "id").len < 16) return visit_not_found(visit, err);
    if (sink != NULL) file_part_close(sink->part);
    if (sink != NULL && sink->err.code == ERR_LIMIT)
        return visit_problem(visit, 413, visit_text(visit, N_("This file cannot be taken")), STR(""), err);
    if (sink != NULL && sink->err.code != ERR_NONE) {
        *err = sink->err;
        return false;
    }
    if (!file_part_size(visit->app->store, visit->arena, key, &size, err)) return false;
    bool is_taken = visit->request->method != HTTP_POST || (sink != NULL && sink->part != NULL);
    size_answer(visit, is_taken ? 200 : 409, size);
    return true;
}

/* ---- with the form ---- */

static const char *const piece_fields[] = { "piece", "piece_name", "piece_type", "piece_title", "piece_date" };

/* The n-th value of the name, from 0. */
static Str nth(const Visit *visit, const char *name, size_t n)
{
    const HttpFields *form = &visit->request->form;

    for (size_t i = 0; i < form->len; i++) {
        if (str_eq_c(form->at[i].name, name) && n-- == 0) return form->at[i].value;
    }
    return (Str){ 0 };
}

static size_t pieces_named(const Visit *visit)
{
    size_t len = 0;

    for (size_t i = 0; i < visit->request->form.len; i++)
        len += str_eq_c(visit->request->form.at[i].name, "piece");
    return len < PIECE_FILES_MAX ? len : PIECE_FILES_MAX;
}

size_t pieces_count(const Visit *visit)
{
    return upload_files(visit->request->upload)->len + pieces_named(visit);
}

static bool piece_take(const Visit *visit, size_t n, BatchFiles *out, bool *found, Err *err)
{
    Str key        = key_of(visit, nth(visit, "piece", n));
    BatchFile file = { .name  = nth(visit, "piece_name", n),
                       .type  = nth(visit, "piece_type", n),
                       .title = nth(visit, "piece_title", n) };
    Hash hash;

    *found = false;
    if (!part_key_is_good(key)) return true;
    if (!date_from_iso(nth(visit, "piece_date", n), &file.fact_date)) file.fact_date = (Date){ 0 };
    if (!file_part_keep(visit->app->store, visit->arena, key, &hash, &file.size, found, err)) return false;
    if (!*found) return true;
    file.hash                     = hash_to_hex(visit->arena, &hash);
    *list_push(visit->arena, out) = file;
    return true;
}

bool pieces_take(const Visit *visit, BatchFiles *out, bool *missing, Err *err)
{
    const UploadedList *whole = upload_files(visit->request->upload);
    size_t pieces             = pieces_named(visit);

    *missing = false;
    for (size_t i = 0; i < whole->len; i++) {
        *list_push(visit->arena, out) = (BatchFile){ .hash = whole->at[i].hash,
                                                     .name = whole->at[i].filename,
                                                     .type = whole->at[i].type,
                                                     .size = whole->at[i].size };
    }
    for (size_t n = 0; n < pieces && !*missing; n++) {
        bool found;
        if (!piece_take(visit, n, out, &found, err)) return false;
        *missing = !found;
    }
    return true;
}

void pieces_forget(const Visit *visit)
{
    for (size_t n = 0; n < pieces_named(visit); n++)
        file_part_forget(visit->app->store, visit->arena, key_of(visit, nth(visit, "piece", n)));
}

void pieces_hide(const Visit *visit, Form *form)
{
    for (size_t n = 0; n < pieces_named(visit); n++) {
        for (size_t i = 0; i < countof(piece_fields); i++)
            *list_push(visit->arena, &form->hidden) =
                (HiddenField){ str_from_c(piece_fields[i]), nth(visit, piece_fields[i], n) };
    }
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET,  "/uploads", pieces_answer, 0 },
    { HTTP_POST, "/uploads", pieces_answer, ROUTE_UPLOAD | ROUTE_PIECES },
};
/* clang-format on */
const Routes piece_routes = ROUTES_OF(rows);
