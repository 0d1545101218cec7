/* SPDX-License-Identifier: Apache-2.0
 * Files of a record, for whoever may see the record: always as an attachment of no particular type, so that no browser
 * runs what somebody sent in. */
#include "web/file_page.h"

#include <stdalign.h>
#include <unistd.h>

#include "store/files.h"
#include "web/pages.h"
#include "web/values.h"

/* The label it came with, else the record's number. */
static Str file_label(const Visit *visit, const Field *field, const void *record)
{
    const Field *told = type_field(visit->plan->type, str_fmt(visit->arena, "%s_name", field->name));
    Str label         = told != NULL && told->kind == KIND_TEXT ? *(const Str *)field_at(told, record) : (Str){ 0 };

    return label.len > 0 ? label : ((const RecordHead *)record)->number;
}

bool file_may_leave(Visit *visit, const void *record, FileUse use, bool *may, Err *err)
{
    FileGiven *given = visit->plan->type->file_given;
    Str why_not      = { 0 };

    visit_read_end(visit);
    if (given != NULL && !given(&visit->caller, record, use, &why_not, err)) return false;
    *may = why_not.len == 0;
    if (*may) return true;
    return visit_read(visit, err) &&
           visit_problem(visit, 403, visit_text(visit, N_("This file is not given out")), why_not, err);
}

static bool file_send(Visit *visit, const Field *field, const void *record, Err *err)
{
    Hash hash;
    int descriptor;
    int64_t size;
    bool may;

    if (!hash_from_hex(*(const Str *)field_at(field, record), &hash)) return visit_not_found(visit, err);
    if (!file_get(visit->app->store, visit->arena, &hash, &descriptor, &size, err)) return false;
    bool asked = file_may_leave(visit, record, FILE_DOWNLOAD, &may, err);
    if (!asked || !may) {
        close(descriptor);
        return asked;
    }
    http_respond_file(visit->response, STR("application/octet-stream"), descriptor, 0, size);
    http_attach(visit->response, file_label(visit, field, record));
    return true;
}

static bool file_show(Visit *visit, Err *err)
{
    const Type *type   = visit->plan->type;
    void *record       = arena_alloc(visit->arena, type->size, alignof(max_align_t));
    const Field *field = type_field(type, visit->word);
    bool found;

    if (!visit_read(visit, err)) return false;
    if (!view_find(visit->call, type, visit->number, record, &found, err)) return false;
    bool is_there = found && field != NULL && field->kind == KIND_FILE && !(field->flags & SECRET) &&
                    !field_is_empty(field, record);
    return is_there ? file_send(visit, field, record, err) : visit_not_found(visit, err);
}

static const Route rows[] = { { HTTP_GET, "/{plural}/{record}/files/{word}", file_show, 0 } };
const Routes file_routes  = ROUTES_OF(rows);
