/* SPDX-License-Identifier: Apache-2.0
 * A sink for the parts of a form: one intake at a time, kept when its part ends. */
#include "web/upload.h"

#include "store/files.h"

enum { UPLOADS_MAX = 20 };

typedef struct {
    App *app;
    Arena *arena;
    FileIntake *intake; /* of the part that is coming; NULL: none, or a control with no file chosen */
    UploadedList files;
    Err err;
} Sink;

static bool sink_begin(void *to, const HttpPart *part)
{
    Sink *sink = to;

    sink->intake = NULL;
    if (part->filename.len == 0) return true;
    if (sink->files.len == UPLOADS_MAX)
        return err_set(&sink->err, ERR_LIMIT, 0, .what = STR("cannot take so many files at once"),
                       .detail = str_fmt(sink->arena, "At most %d files fit into one form.", UPLOADS_MAX));
    if (!file_intake_open(sink->app->store, sink->arena, &sink->intake, &sink->err)) return false;
    *list_push(sink->arena, &sink->files) = (Uploaded){ .name     = str_dup(sink->arena, part->name),
                                                        .filename = str_dup(sink->arena, part->filename),
                                                        .type     = str_dup(sink->arena, part->type) };
    return true;
}

static bool sink_add(void *to, Str bytes)
{
    Sink *sink = to;
    return sink->intake == NULL || file_intake_add(sink->intake, bytes, &sink->err);
}

static bool sink_end(void *to)
{
    Sink *sink = to;
    Hash hash;

    if (sink->intake == NULL) return true;
    Uploaded *file = &sink->files.at[sink->files.len - 1];
    if (!file_intake_keep(sink->intake, &hash, &file->size, &sink->err)) return false;
    sink->intake = NULL;
    file->hash   = hash_to_hex(sink->arena, &hash);
    return true;
}

static void sink_drop(void *to)
{
    Sink *sink = to;

    if (sink->intake != NULL) file_intake_drop(sink->intake);
    sink->intake = NULL;
}

HttpUpload upload_open(App *app, Arena *arena)
{
    Sink *sink = arena_new(arena, Sink);

    *sink = (Sink){ .app = app, .arena = arena };
    return (HttpUpload){ .sink = sink, .begin = sink_begin, .add = sink_add, .end = sink_end, .drop = sink_drop };
}

const UploadedList *upload_files(const void *upload)
{
    static const UploadedList none;
    return upload != NULL ? &((const Sink *)upload)->files : &none;
}

const Err *upload_failure(const void *upload)
{
    const Sink *sink = upload;
    return sink != NULL && sink->err.code != ERR_NONE ? &sink->err : NULL;
}

const Uploaded *upload_file(const void *upload, Str name)
{
    const UploadedList *files = upload_files(upload);

    for (size_t i = 0; i < files->len; i++) {
        if (str_eq(files->at[i].name, name) && files->at[i].hash.len > 0) return &files->at[i];
    }
    return NULL;
}
