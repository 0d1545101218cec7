/* SPDX-License-Identifier: Apache-2.0
 * Fields, choices and ids: the small questions everybody asks about a shape. */
#include "record/field.h"

#include <string.h>

const Field *shape_field(const Shape *shape, Str name)
{
    for (size_t i = 0; i < shape->len; i++) {
        if (str_eq_c(name, shape->fields[i].name)) return &shape->fields[i];
    }
    return NULL;
}

bool field_is_empty(const Field *field, const void *record)
{
    const char *at = (const char *)record + field->offset;
    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: return ((const Str *)(const void *)at)->len == 0;
    case KIND_CHOICE: return *(const int *)(const void *)at == 0;
    case KIND_CHOICES: return *(const int64_t *)(const void *)at == 0;
    case KIND_REF: return ((const Id *)(const void *)at)->n == 0;
    case KIND_REFS: return ((const IdList *)(const void *)at)->len == 0;
    case KIND_DATE: return ((const Date *)(const void *)at)->number == 0;
    case KIND_TIME: return ((const Time *)(const void *)at)->us == 0;
    case KIND_INT: return !((const Int *)(const void *)at)->set;
    case KIND_BOOL: return *(const YesNo *)(const void *)at == UNANSWERED;
    case KINDS: break;
    }
    return true;
}

int64_t field_max_bytes(const Field *field)
{
    if (field->max_bytes > 0) return field->max_bytes;
    return field->kind == KIND_LONG ? 8000 : 200;
}

int choice_from_name(const ChoiceList *list, Str name)
{
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq_c(name, list->at[i].name)) return (int)i + 1;
    }
    return 0;
}

const char *choice_name(const ChoiceList *list, int choice)
{
    return choice >= 1 && (size_t)choice <= list->len ? list->at[choice - 1].name : "";
}

const char *choice_label(const ChoiceList *list, int choice)
{
    return choice >= 1 && (size_t)choice <= list->len ? list->at[choice - 1].label : "";
}

bool id_is_none(Id id)
{
    return id.n == 0;
}

bool id_eq(Id a, Id b)
{
    return a.n == b.n;
}

bool id_list_has(const IdList *list, Id id)
{
    for (size_t i = 0; i < list->len; i++) {
        if (list->at[i].n == id.n) return true;
    }
    return false;
}

void id_list_add(Arena *arena, IdList *list, Id id)
{
    if (id_is_none(id) || id_list_has(list, id)) return;
    *list_push(arena, list) = id;
}
