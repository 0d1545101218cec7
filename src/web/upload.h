/* SPDX-License-Identifier: Apache-2.0
 * web/upload.h: files of a form, streamed into the store while they come, before any verb runs: hashed, synced, known
 * by their content. Whether a record will name them is decided later; one that none names harms nobody. */
#pragma once

#include "http/server.h"
#include "record/app.h"

typedef struct {
    Str name;     /* of the control */
    Str filename; /* as the browser calls it: a label */
    Str type;     /* as claimed */
    Str hash;     /* 64 hex digits */
    int64_t size;
} Uploaded;

typedef struct {
    Uploaded *at;
    size_t len, cap;
} UploadedList;

/* What goes into HttpUpload for one request. */
HttpUpload upload_open(App *app, Arena *arena);
/* The files that came whole; `upload` is HttpRequest.upload and may be NULL. */
const UploadedList *upload_files(const void *upload);
/* Why a file could not be kept; NULL: nothing failed. */
const Err *upload_failure(const void *upload);
/* The file of that control; NULL when none was chosen. */
const Uploaded *upload_file(const void *upload, Str name);
