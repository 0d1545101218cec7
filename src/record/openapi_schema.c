/* SPDX-License-Identifier: Apache-2.0
 * Schemas that follow from fields: what a record looks like when it is read, and what its verbs take. Nothing beyond
 * the declared members is let through in either direction, so the document cannot be vaguer than the program. */
#include "record/openapi_inside.h"

#include <string.h>

/* ---- words ---- */

static void describe_field(Arena *arena, json_t *schema, const Field *field)
{
    describe(schema, str_fmt(arena, "%s.", field->label));
    if (field->help != NULL) describe(schema, str_from_c(field->help));
    if (field->clause != NULL) describe(schema, str_fmt(arena, "[%s]", field->clause));
}

static void describe_choices(Arena *arena, json_t *schema, const ChoiceList *list)
{
    Buf words = buf_open(arena, 1800);

    for (size_t i = 0; i < list->len; i++)
        buf_fmt(&words, "%s%s: %s", i > 0 ? "; " : "", list->at[i].name, list->at[i].label);
    buf_add_byte(&words, '.');
    if (!buf_overflowed(&words)) describe(schema, buf_str(&words));
}

/* ---- values ---- */

typedef enum { MAY_BE_NULL, NEVER_NULL } Nullness;

static json_t *typed(const char *type, Nullness nullness)
{
    json_t *schema = json_object();

    if (nullness == NEVER_NULL)
        json_object_set_new(schema, "type", json_string(type));
    else
        json_object_set_new(schema, "type", json_pack("[s, s]", type, "null"));
    return schema;
}

static json_t *choice_schema(const ChoiceList *list, Nullness nullness)
{
    json_t *schema = typed("string", nullness), *names = json_array();

    for (size_t i = 0; i < list->len; i++)
        json_array_append_new(names, json_string(list->at[i].name));
    if (nullness == MAY_BE_NULL) json_array_append_new(names, json_null());
    json_object_set_new(schema, "enum", names);
    return schema;
}

static json_t *array_of(json_t *items, Nullness nullness)
{
    json_t *schema = typed("array", nullness);

    json_object_set_new(schema, "items", items);
    return schema;
}

static json_t *int_schema(const Field *field, Nullness nullness)
{
    json_t *schema = typed("integer", nullness);
    bool is_free   = field->min == 0 && field->max == 0;

    json_object_set_new(schema, "minimum", json_integer(field->min));
    json_object_set_new(schema, "maximum", json_integer(is_free ? ((int64_t)1 << 53) - 1 : field->max));
    return schema;
}

/* Bytes are counted, not characters: the schema says the most that can ever fit, the words say the rest. */
static json_t *text_schema(const Field *field, Nullness nullness)
{
    json_t *schema = typed("string", nullness);

    json_object_set_new(schema, "maxLength", json_integer(field_max_bytes(field)));
    if (field->flags & PASSWORD) json_object_set_new(schema, "format", json_string("password"));
    return schema;
}

static json_t *formatted(const char *format, Nullness nullness)
{
    json_t *schema = typed("string", nullness);

    json_object_set_new(schema, "format", json_string(format));
    return schema;
}

static json_t *file_schema(const char *pattern, Nullness nullness)
{
    json_t *schema = typed("string", nullness);

    json_object_set_new(schema, "pattern", json_string(pattern));
    return schema;
}

static json_t *reference_schema(const Openapi *doc, const char *name, Nullness nullness)
{
    json_t *reference = component(doc, "schemas", str_from_c(name));

    if (nullness == NEVER_NULL) return reference;
    return json_pack("{s:[o, {s:s}]}", "anyOf", reference, "type", "null");
}

/* `reference` is the schema of a reference: as it is read, or as it is taken. */
static json_t *value_schema(const Openapi *doc, const Field *field, const char *reference, Nullness nullness)
{
    bool is_read = strcmp(reference, "Reference") == 0;

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG: return text_schema(field, nullness);
    case KIND_CHOICE: return choice_schema(field->choices, nullness);
    case KIND_CHOICES: return array_of(choice_schema(field->choices, NEVER_NULL), is_read ? NEVER_NULL : nullness);
    case KIND_REF: return reference_schema(doc, reference, nullness);
    case KIND_REFS: return array_of(reference_schema(doc, reference, NEVER_NULL), is_read ? NEVER_NULL : nullness);
    case KIND_DATE: return formatted("date", nullness);
    case KIND_TIME: return formatted("date-time", nullness);
    case KIND_INT: return int_schema(field, nullness);
    case KIND_BOOL: return typed("boolean", nullness);
    case KIND_FILE: return file_schema(is_read ? "^[0-9a-f]{64}$" : "^[0-9A-Fa-f]{64}$", nullness);
    case KINDS: break;
    }
    return json_object();
}

static json_t *field_schema(const Openapi *doc, const Field *field, const char *reference, Nullness nullness)
{
    json_t *schema = value_schema(doc, field, reference, nullness);

    describe_field(doc->arena, schema, field);
    if (field->choices != NULL) describe_choices(doc->arena, schema, field->choices);
    if (field->to != NULL && strcmp(reference, "Reference") != 0)
        describe(schema, str_fmt(doc->arena, "Number of a %s.", field->to));
    return schema;
}

json_t *filter_schema(const Field *field)
{
    return json_pack("{s:s}", "type", field->kind == KIND_BOOL ? "boolean" : "string");
}

/* ---- records ---- */

static json_t *object_schema(void)
{
    return json_pack("{s:s, s:b, s:{}, s:[]}", "type", "object", "additionalProperties", 0, "properties", "required");
}

static void member_add(json_t *object, const char *name, json_t *schema)
{
    json_object_set_new(json_object_get(object, "properties"), name, schema);
}

static void member_need(json_t *object, const char *name)
{
    json_array_append_new(json_object_get(object, "required"), json_string(name));
}

static json_t *record_schema(const Openapi *doc, const Type *type)
{
    json_t *object =
        spell("{'type': 'object', 'additionalProperties': false, 'required': ['type', 'id', 'number', 'state', "
              "'revision', 'created_at', 'updated_at', 'updated_by', 'event'], 'properties': {"
              "'id': {'type': 'integer', 'minimum': 1}, 'number': {'type': 'string'},"
              "'revision': {'type': 'integer', 'minimum': 1},"
              "'created_at': {'type': 'string', 'format': 'date-time'},"
              "'updated_at': {'type': 'string', 'format': 'date-time'},"
              "'updated_by': {'anyOf': [{'$ref': '#/components/schemas/Reference'}, {'type': 'null'}]},"
              "'event': {'type': 'integer', 'minimum': 0}}}");
    json_t *state = choice_schema(type->states, NEVER_NULL);

    describe(object, str_from_c(type->about));
    describe_choices(doc->arena, state, type->states);
    member_add(object, "type", json_pack("{s:s}", "const", type->name));
    member_add(object, "state", state);
    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if (field->flags & SECRET) continue;
        member_add(object, field->name, field_schema(doc, field, "Reference", MAY_BE_NULL));
        member_need(object, field->name);
    }
    return object;
}

static json_t *page_schema(const Openapi *doc, const Type *type)
{
    json_t *object = spell(
        "{'type': 'object', 'additionalProperties': false, 'required': ['items', 'total', 'total_is_more', 'next'],"
        " 'properties': {'total': {'type': 'integer', 'description': 'Of all pages, at most 1000.'},"
        " 'total_is_more': {'type': 'boolean', 'description': 'There are more than total.'},"
        " 'next': {'type': ['string', 'null'], 'description': 'Give it as after to read on.'}}}");

    member_add(object, "items", array_of(component(doc, "schemas", schema_name(doc, type, "")), NEVER_NULL));
    return object;
}

/* ---- inputs ---- */

static void input_field(const Openapi *doc, json_t *object, const Field *field, bool is_needed)
{
    json_t *schema = field_schema(doc, field, "ReferenceInput", is_needed ? NEVER_NULL : MAY_BE_NULL);

    if (field->flags & PASSWORD) json_object_set_new(schema, "writeOnly", json_true());
    member_add(object, field->name, schema);
    if (is_needed) member_need(object, field->name);
}

static json_t *shape_schema(const Openapi *doc, const Shape *shape)
{
    json_t *object = object_schema();

    for (size_t i = 0; i < shape->len; i++)
        input_field(doc, object, &shape->fields[i], shape->fields[i].needed);
    return object;
}

/* create and edit take the type's own fields, as far as people set them. */
static json_t *fields_schema(const Openapi *doc, const Type *type, bool makes)
{
    json_t *object = object_schema();

    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if ((field->flags & SECRET) || field->set_by == SET_BY_VERB || (!makes && field->set_by == SET_ONCE)) continue;
        input_field(doc, object, field, makes && (field->needed || field->needed_from == 1));
        if (makes || field->fixed_from == 0) continue;
        describe(json_object_get(json_object_get(object, "properties"), field->name),
                 str_fmt(doc->arena, "Fixed from state \"%s\" on.", state_name(type, field->fixed_from)));
    }
    return object;
}

static void input_common(const Openapi *doc, json_t *object, const Verb *verb, bool makes)
{
    json_t *why = json_object_get(
        json_object_get(json_object_get(doc->schemas, verb->flags & VERB_DANGER ? "WhyNeeded" : "Why"), "properties"),
        "why");

    json_object_set(json_object_get(object, "properties"), "why", why);
    if (verb->flags & VERB_DANGER) member_need(object, "why");
    if (makes)
        member_add(object, "number",
                   spell("{'type': ['string', 'null'], 'maxLength': 60, 'pattern': '^(?!D-)[^/]*$',"
                         " 'description': 'Its number, where you give one; else the next is taken.'}"));
}

static void verb_schema(Openapi *doc, const Plan *plan, const Verb *verb, bool makes)
{
    const Type *type = plan->type;
    bool is_own      = verb->input == NULL && (makes || strcmp(verb->name, "edit") == 0);
    json_t *object;

    if (verb->input == NULL && !is_own) return; /* takes "why" only: shared schemas */
    object = is_own ? fields_schema(doc, type, makes) : shape_schema(doc, verb->input);
    input_common(doc, object, verb, makes);
    json_object_set_new(doc->schemas, str_to_c(doc->arena, schema_name(doc, type, verb->name)), object);
}

void schemas_of_type(Openapi *doc, const Plan *plan)
{
    const Type *type = plan->type;

    json_object_set_new(doc->schemas, str_to_c(doc->arena, schema_name(doc, type, "")), record_schema(doc, type));
    json_object_set_new(doc->schemas, str_to_c(doc->arena, schema_name(doc, type, "page")), page_schema(doc, type));
    for (size_t i = 0; i < type->steps_len; i++) {
        const Verb *verb = type_verb(type, str_from_c(type->steps[i].verb));
        if (!(verb->flags & VERB_INSIDE)) verb_schema(doc, plan, verb, type->steps[i].from == STATE_NEW);
    }
}
