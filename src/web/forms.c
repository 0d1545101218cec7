/* SPDX-License-Identifier: Apache-2.0
 * What follows from the kind of a field. */
#include "web/forms.h"

Str form_field_id(const FormField *field)
{
    return field->id.len > 0 ? field->id : field->name;
}

Str form_field_described_by(const Html *out, const FormField *field)
{
    Str id       = form_field_id(field);
    StrList ids  = { 0 };
    Arena *arena = out->buf.arena;
    if (field->help.len > 0) *list_push(arena, &ids) = str_fmt(arena, "%.*s-help", STR_ARG(id));
    if (field->error.len > 0) *list_push(arena, &ids) = str_fmt(arena, "%.*s-error", STR_ARG(id));
    if (field->warning.len > 0) *list_push(arena, &ids) = str_fmt(arena, "%.*s-warning", STR_ARG(id));
    return str_join(arena, &ids, STR(" "));
}

const char *form_input_type(FormKind kind)
{
    switch (kind) {
    case FORM_DATE: return "date";
    case FORM_TIME: return "time";
    case FORM_DATE_TIME: return "datetime-local";
    case FORM_MAIL: return "email";
    case FORM_PASSWORD:
    case FORM_NEW_PASSWORD: return "password";
    case FORM_FILE: return "file";
    case FORM_NUMBER: /* text, so that a mistyped number comes back as it was typed */
    case FORM_TEXT:
    case FORM_PERSON:
    case FORM_REFERENCE:
    case FORM_LONG_TEXT:
    case FORM_CHOICE:
    case FORM_SEGMENTED:
    case FORM_PICKER:
    case FORM_RADIO:
    case FORM_CHOICES:
    case FORM_BOOL: return "text";
    }
    return "text";
}

Str form_input_class(const FormField *field)
{
    if (field->kind == FORM_NUMBER) return STR("n");
    if (field->kind == FORM_DATE || field->kind == FORM_TIME) return STR("max-date");
    if (field->kind == FORM_DATE_TIME) return STR("max-middle");
    switch (field->width) {
    case WIDTH_FULL: return STR("");
    case WIDTH_MIDDLE: return STR("max-middle");
    case WIDTH_SHORT: return STR("max-date");
    }
    return STR("");
}

bool form_is_group(FormKind kind)
{
    return kind == FORM_SEGMENTED || kind == FORM_PICKER || kind == FORM_RADIO || kind == FORM_CHOICES;
}

bool form_chosen(const FormField *field, const FormChoice *choice)
{
    return choice->chosen || (field->value.len > 0 && str_eq(choice->value, field->value));
}

size_t form_errors_count(const FormFields *fields)
{
    size_t count = 0;
    for (size_t i = 0; i < fields->len; i++)
        if (fields->at[i].error.len > 0) count++;
    return count;
}
