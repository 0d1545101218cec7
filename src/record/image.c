/* SPDX-License-Identifier: Apache-2.0
 * After-images, written straight from the structure: replaying an organisation compares one per row. */
#include "record/image.h"

#include <string.h>

static void member_name(Buf *out, const char *name)
{
    if (out->len > 0 && out->ptr[out->len - 1] != '{') buf_add_byte(out, ',');
    buf_add_byte(out, '"');
    buf_add_c(out, name);
    buf_add_c(out, "\":");
}

static void add_name(Buf *out, const char *name)
{
    buf_add_byte(out, '"');
    buf_add_c(out, name);
    buf_add_byte(out, '"');
}

static void add_choices(Buf *out, const ChoiceList *list, int64_t bits)
{
    bool first = true;

    buf_add_byte(out, '[');
    for (size_t i = 0; i < list->len; i++) {
        if (!(bits >> i & 1)) continue;
        if (!first) buf_add_byte(out, ',');
        add_name(out, list->at[i].name);
        first = false;
    }
    buf_add_byte(out, ']');
}

static void add_ids(Buf *out, const IdList *ids)
{
    buf_add_byte(out, '[');
    for (size_t i = 0; i < ids->len; i++) {
        if (i > 0) buf_add_byte(out, ',');
        buf_add_int(out, ids->at[i].n);
    }
    buf_add_byte(out, ']');
}

static void add_date(Buf *out, Date date)
{
    char text[DATE_ISO_BYTES];

    date_write_iso(date, text);
    buf_add_byte(out, '"');
    buf_add(out, (Str){ text, sizeof text });
    buf_add_byte(out, '"');
}

static void add_value(Buf *out, const Field *field, const void *record)
{
    const void *at = (const char *)record + field->offset;

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: json_add_string(out, *(const Str *)at); return;
    case KIND_CHOICE: add_name(out, choice_name(field->choices, *(const int *)at)); return;
    case KIND_CHOICES: add_choices(out, field->choices, *(const int64_t *)at); return;
    case KIND_REF: buf_add_int(out, ((const Id *)at)->n); return;
    case KIND_REFS: add_ids(out, at); return;
    case KIND_DATE: add_date(out, *(const Date *)at); return;
    case KIND_TIME: buf_add_int(out, ((const Time *)at)->us); return;
    case KIND_INT: buf_add_int(out, ((const Int *)at)->value); return;
    case KIND_BOOL: buf_add_c(out, *(const YesNo *)at == YES ? "true" : "false"); return;
    case KINDS: return;
    }
}

/* Members of the head, in the order of their names; written between the fields where they belong. */
typedef struct {
    const char *name;
    void (*add)(Buf *out, const Type *type, const RecordHead *head);
} HeadMember;

static void add_created_at(Buf *out, const Type *type, const RecordHead *head)
{
    (void)type;
    buf_add_int(out, head->created_at.us);
}

static void add_created_by(Buf *out, const Type *type, const RecordHead *head)
{
    (void)type;
    buf_add_int(out, head->created_by.n);
}

static void add_id(Buf *out, const Type *type, const RecordHead *head)
{
    (void)type;
    buf_add_int(out, head->id.n);
}

static void add_number(Buf *out, const Type *type, const RecordHead *head)
{
    (void)type;
    json_add_string(out, head->number);
}

static void add_revision(Buf *out, const Type *type, const RecordHead *head)
{
    (void)type;
    buf_add_int(out, head->revision);
}

static void add_state(Buf *out, const Type *type, const RecordHead *head)
{
    add_name(out, state_name(type, head->state));
}

static void add_updated_at(Buf *out, const Type *type, const RecordHead *head)
{
    (void)type;
    buf_add_int(out, head->updated_at.us);
}

static void add_updated_by(Buf *out, const Type *type, const RecordHead *head)
{
    (void)type;
    buf_add_int(out, head->updated_by.n);
}

static const HeadMember head_members[] = {
    { "created_at", add_created_at }, { "created_by", add_created_by }, { "id", add_id },
    { "number", add_number },         { "revision", add_revision },     { "state", add_state },
    { "updated_at", add_updated_at }, { "updated_by", add_updated_by },
};

void image_write(Buf *out, const Plan *plan, const void *record)
{
    size_t member = 0;

    buf_add_byte(out, '{');
    for (size_t i = 0; i <= plan->sorted_len; i++) {
        const Field *field = i < plan->sorted_len ? plan->sorted[i] : NULL;
        while (member < countof(head_members) &&
               (field == NULL || strcmp(head_members[member].name, field->name) < 0)) {
            member_name(out, head_members[member].name);
            head_members[member].add(out, plan->type, record);
            member++;
        }
        if (field == NULL || field_is_empty(field, record)) continue;
        member_name(out, field->name);
        add_value(out, field, record);
    }
    buf_add_byte(out, '}');
}

/* ------------------------------------------------------------------------------------------------------- reading */

static int64_t member_int(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static void read_choices(const Field *field, const json_t *names, int64_t *bits)
{
    size_t index;
    json_t *name;

    json_array_foreach(names, index, name)
    {
        int choice = choice_from_name(field->choices, json_str(name));
        if (choice > 0) *bits |= (int64_t)1 << (choice - 1);
    }
}

static void read_ids(Arena *arena, const json_t *ids, IdList *out)
{
    size_t index;
    json_t *id;

    json_array_foreach(ids, index, id) list_push(arena, out)->n = json_integer_value(id);
}

static void read_value(Arena *arena, const Field *field, const json_t *value, void *record)
{
    void *at = (char *)record + field->offset;

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: *(Str *)at = json_str(value); return;
    case KIND_CHOICE: *(int *)at = choice_from_name(field->choices, json_str(value)); return;
    case KIND_CHOICES: read_choices(field, value, at); return;
    case KIND_REF: ((Id *)at)->n = json_integer_value(value); return;
    case KIND_REFS: read_ids(arena, value, at); return;
    case KIND_DATE:
        if (!date_from_iso(json_str(value), at)) *(Date *)at = (Date){ 0 };
        return;
    case KIND_TIME: ((Time *)at)->us = json_integer_value(value); return;
    case KIND_INT: *(Int *)at = (Int){ json_integer_value(value), true }; return;
    case KIND_BOOL: *(YesNo *)at = json_is_true(value) ? YES : NO; return;
    case KINDS: return;
    }
}

void image_read(Arena *arena, const Plan *plan, const json_t *image, void *record)
{
    RecordHead *head = record;

    memset(record, 0, plan->type->size);
    head->id.n          = member_int(image, "id");
    head->number        = json_text(image, "number");
    head->state         = choice_from_name(plan->type->states, json_text(image, "state"));
    head->revision      = member_int(image, "revision");
    head->created_at.us = member_int(image, "created_at");
    head->created_by.n  = member_int(image, "created_by");
    head->updated_at.us = member_int(image, "updated_at");
    head->updated_by.n  = member_int(image, "updated_by");
    for (size_t i = 0; i < plan->sorted_len; i++) {
        const json_t *value = json_object_get(image, plan->sorted[i]->name);
        if (value != NULL) read_value(arena, plan->sorted[i], value, record);
    }
}
