/* SPDX-License-Identifier: Apache-2.0
 * From what a browser sent to the input of a verb. */
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/base64.h"
#include "base/hash.h"
#include "record/value.h"
#include "web/shape_form.h"
#include "web/upload.h"

enum { MARK_CHARACTERS = 8 };

/* ---- text of values ---- */

static int compare_strs(const void *a, const void *b)
{
    return str_compare(*(const Str *)a, *(const Str *)b);
}

/* The parts of a list in one order, so that the order in which a form names them is no change. */
static Str list_settled(Arena *arena, Str list)
{
    StrList parts = { 0 };
    Str part;

    while (str_cut(&list, ',', &part)) {
        part = str_trim(part);
        if (part.len > 0) *list_push(arena, &parts) = part;
    }
    if (parts.len > 1) qsort(parts.at, parts.len, sizeof parts.at[0], compare_strs);
    return str_join(arena, &parts, STR(","));
}

static Str references_text(const ShapeForm *form, const Field *field, const IdList *ids)
{
    StrList numbers  = { 0 };
    const Type *type = field_target(form->visit, field);

    for (size_t i = 0; i < ids->len; i++)
        *list_push(form->visit->arena, &numbers) = names_number(form->names, type, ids->at[i]);
    return list_settled(form->visit->arena, str_join(form->visit->arena, &numbers, STR(",")));
}

static Str moment_text(const ShapeForm *form, Time time)
{
    LocalTime local = zone_local(form->visit->app->zone, time);
    return str_fmt(form->visit->arena, "%.*sT%02d:%02d", STR_ARG(date_to_iso(form->visit->arena, local.date)),
                   local.hour, local.minute);
}

Str shape_text(const ShapeForm *form, const Field *field, const void *record)
{
    Arena *arena = form->visit->arena;

    if (field_is_empty(field, record)) return (Str){ 0 };
    if (field->kind == KIND_REF)
        return names_number(form->names, field_target(form->visit, field), *(const Id *)field_at(field, record));
    if (field->kind == KIND_REFS) return references_text(form, field, field_at(field, record));
    if (field->kind == KIND_CHOICES) return list_settled(arena, value_to_text(arena, field, record));
    if (field->kind == KIND_TIME) return moment_text(form, *(const Time *)field_at(field, record));
    return value_to_text(arena, field, record);
}

/* ---- what was typed ---- */

/* Browsers send CR LF; stored is LF, without blanks at the ends. */
static Str text_settled(Arena *arena, Str text)
{
    Buf out = buf_open(arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        bool is_pair = text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n';
        if (!is_pair) buf_add_byte(&out, text.ptr[i]);
    }
    return str_trim(buf_str(&out));
}

static Str typed_all(const ShapeForm *form, Str name)
{
    StrList values = { 0 };

    for (size_t i = 0; i < form->typed->len; i++) {
        if (str_eq(form->typed->at[i].name, name) && form->typed->at[i].value.len > 0)
            *list_push(form->visit->arena, &values) = form->typed->at[i].value;
    }
    return str_join(form->visit->arena, &values, STR(","));
}

/* A member that the upload tells: "file", "file_name", "file_size", "file_type"; kept ones of an earlier try too. */
static Str file_told(const ShapeForm *form, Str name)
{
    static const char *const endings[] = { "_name", "_size", "_type" };
    Arena *arena                       = form->visit->arena;
    const Uploaded *file               = upload_file(form->visit->request->upload, name);

    if (file != NULL) return file->hash;
    for (size_t i = 0; i < countof(endings); i++) {
        Str ending = str_from_c(endings[i]);
        if (!str_ends(name, ending)) continue;
        file = upload_file(form->visit->request->upload, str_slice(name, 0, name.len - ending.len));
        if (file == NULL) continue;
        return i == 0 ? file->filename : i == 1 ? str_fmt(arena, "%lld", (long long)file->size) : file->type;
    }
    return http_field(form->typed, str_to_c(arena, str_fmt(arena, "kept-%.*s", STR_ARG(name))));
}

Str shape_typed(const ShapeForm *form, const Field *field)
{
    Arena *arena = form->visit->arena;
    Str name     = str_from_c(field->name);

    if (form->typed == NULL) return (Str){ 0 };
    if (field->kind == KIND_FILE) return file_told(form, name);
    if (field->kind == KIND_REFS || field->kind == KIND_CHOICES) return list_settled(arena, typed_all(form, name));
    Str text = http_field(form->typed, field->name);
    if (text.len == 0) text = file_told(form, name);
    if (field->flags & PASSWORD) return text;
    return text_settled(arena, text);
}

/* ---- marks ---- */

static Str mark_of(Arena *arena, Str text)
{
    Hash hash = hash_of(text);
    return str_slice(base64url_encode(arena, (Str){ (const char *)hash.bytes, HASH_BYTES }), 0, MARK_CHARACTERS);
}

Str shape_marks(const ShapeForm *form, const void *record)
{
    StrList marks = { 0 };

    for (size_t i = 0; form->shape != NULL && i < form->shape->len; i++) {
        const Field *field = &form->shape->fields[i];
        if (shape_takes(form, field))
            *list_push(form->visit->arena, &marks) = mark_of(form->visit->arena, shape_text(form, field, record));
    }
    return str_join(form->visit->arena, &marks, STR("."));
}

/* ---- to JSON ---- */

/* "P-003 Ada Admin", as the suggestions are written, means P-003. */
static bool reference_number(ShapeForm *form, const Field *field, Str *text, Err *err)
{
    const Type *type = field_target(form->visit, field);
    size_t blank     = str_index(*text, ' ');
    void *record     = arena_alloc(form->visit->arena, type->size, alignof(max_align_t));
    bool found;

    if (blank == text->len) return true;
    if (!view_find(form->visit->call, type, *text, record, &found, err)) return false;
    if (!found) *text = str_slice(*text, 0, blank);
    return true;
}

/* A time of the organisation's clock as an instant; what is no such time goes on as it was typed, to be named. */
static Str moment_read(const ShapeForm *form, Str text)
{
    int64_t hour, minute;
    Date date;

    bool is_time = text.len >= 16 && date_from_iso(str_slice(text, 0, 10), &date) &&
                   (text.ptr[10] == 'T' || text.ptr[10] == ' ') && text.ptr[13] == ':' &&
                   str_to_i64(str_slice(text, 11, 2), 0, 23, &hour) &&
                   str_to_i64(str_slice(text, 14, 2), 0, 59, &minute);
    if (!is_time) return text;
    Time time = zone_instant(form->visit->app->zone, date, (int)hour, (int)minute, 0);
    return time_to_rfc3339(form->visit->arena, time);
}

static bool member_read(ShapeForm *form, const Field *field, Str text, json_t *input, Err *err)
{
    if (field->kind == KIND_REF && !reference_number(form, field, &text, err)) return false;
    if (field->kind == KIND_TIME) text = moment_read(form, text);
    if ((field->flags & PASSWORD) && text.len > 0)
        json_object_set_new(input, field->name, json_from_str(text));
    else
        json_object_set(input, field->name, value_text_to_json(form->visit->call, field, text));
    return true;
}

static bool takes_in(const ShapeForm *form, const Field *field)
{
    if (shape_takes(form, field)) return true;
    /* what an upload tells is not asked for, but taken */
    return field->set_by != SET_BY_VERB && !(field->flags & SECRET) && file_told(form, str_from_c(field->name)).len > 0;
}

static void read_common(ShapeForm *form, json_t *input)
{
    Str why = text_settled(form->visit->arena, http_field(form->typed, "why"));
    Str own = str_trim(http_field(form->typed, "number"));

    if (why.len > 0) json_object_set_new(input, "why", json_from_str(why));
    if (form->use == SHAPE_CREATE && form->type->number_format == NULL && own.len > 0)
        json_object_set_new(input, "number", json_from_str(own));
}

static bool typed_has(const ShapeForm *form, const Field *field)
{
    return http_field(form->typed, field->name).ptr != NULL;
}

/* Without marks a new record takes what is not empty, an edit what was sent, be it empty. */
static bool is_left_out(const ShapeForm *form, const Field *field, Str text)
{
    if (text.len > 0) return false;
    return form->use != SHAPE_EDIT || !typed_has(form, field);
}

bool shape_read(ShapeForm *form, Str marks, json_t **out, Err *err)
{
    json_t *input  = json_own(form->visit->arena, json_object());
    bool has_marks = marks.len > 0;

    *out = input;
    for (size_t i = 0; form->shape != NULL && i < form->shape->len; i++) {
        const Field *field = &form->shape->fields[i];
        Str text = shape_typed(form, field), mark = { 0 };
        if (!takes_in(form, field)) continue;
        if (has_marks && shape_takes(form, field)) (void)str_cut(&marks, '.', &mark);
        if (has_marks && str_eq(mark, mark_of(form->visit->arena, text))) continue;
        bool file_stays = field->kind == KIND_FILE && text.len == 0;
        if ((!has_marks && is_left_out(form, field, text)) || file_stays) continue;
        if (!member_read(form, field, text, input, err)) return false;
    }
    read_common(form, input);
    return true;
}
