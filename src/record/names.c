/* SPDX-License-Identifier: Apache-2.0
 * Names of references: collect, look up once per type, answer from memory. */
#include "record/names.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "record/value.h"

typedef struct {
    Id id, parent;
    Str number, title;
    bool is_read;
} Known;

/* What is wanted of one type. */
typedef struct {
    const Plan *plan;
    Known *at;
    size_t len, cap;
    size_t *slots; /* index + 1 into `at` by hash of the id, open addressing; at most half full */
    size_t slots_len;
    bool is_loaded;
} Wanted;

struct Names {
    Call *call;
    const Type *person;
    Wanted *at;
    size_t len, cap;
};

Names *names_open(Call *call)
{
    Names *names  = arena_new(call->arena, Names);
    names->call   = call;
    names->person = registry_find(call->app->registry, STR("person"))->type;
    return names;
}

static Wanted *names_of_type(Names *names, const Type *type)
{
    for (size_t i = 0; i < names->len; i++) {
        if (names->at[i].plan->type == type) return &names->at[i];
    }
    Wanted *wanted = list_push(names->call->arena, names);
    wanted->plan   = registry_plan(names->call->app->registry, type);
    return wanted;
}

/* The slot that holds `id`, or the free one where it belongs. */
static size_t *wanted_slot(const Wanted *wanted, Id id)
{
    size_t at = (size_t)((uint64_t)id.n * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (wanted->slots_len - 1);

    while (wanted->slots[at] != 0 && !id_eq(wanted->at[wanted->slots[at] - 1].id, id))
        at = (at + 1) & (wanted->slots_len - 1);
    return &wanted->slots[at];
}

static Known *wanted_find(const Wanted *wanted, Id id)
{
    if (wanted->slots_len == 0) return NULL;
    size_t index = *wanted_slot(wanted, id);
    return index > 0 ? &wanted->at[index - 1] : NULL;
}

static Known *wanted_add(Arena *arena, Wanted *wanted, Id id)
{
    assert(wanted->len == 0 || wanted->at != NULL);
    if ((wanted->len + 1) * 2 > wanted->slots_len) {
        wanted->slots_len = wanted->slots_len == 0 ? 64 : wanted->slots_len * 2;
        wanted->slots     = arena_array(arena, size_t, wanted->slots_len);
        for (size_t i = 0; i < wanted->len; i++)
            *wanted_slot(wanted, wanted->at[i].id) = i + 1;
    }
    Known *known             = list_push(arena, wanted);
    known->id                = id;
    *wanted_slot(wanted, id) = wanted->len;
    return known;
}

void names_want(Names *names, const Type *type, Id id)
{
    if (id_is_none(id)) return;
    Wanted *wanted = names_of_type(names, type);
    if (wanted_find(wanted, id) != NULL) return;
    wanted_add(names->call->arena, wanted, id);
    wanted->is_loaded = false;
}

/* Of a record that was read: nothing has to be looked up. */
static void known_take(Known *known, const Plan *plan, const void *record)
{
    const RecordHead *head = record;

    known->number = head->number;
    known->title  = plan->title != NULL ? *(const Str *)((const char *)record + plan->title->offset) : head->number;
    if (plan->type->number_within_parent) known->parent = *(const Id *)((const char *)record + plan->parent->offset);
    known->is_read = true;
}

void names_know(Names *names, const Type *type, const void *record)
{
    const RecordHead *head = record;

    if (id_is_none(head->id)) return;
    Wanted *wanted = names_of_type(names, type);
    Known *known   = wanted_find(wanted, head->id);
    if (known == NULL) known = wanted_add(names->call->arena, wanted, head->id);
    known_take(known, wanted->plan, record);
    if (type->number_within_parent) names_want(names, wanted->plan->parent_type, known->parent);
}

static const Type *type_named(const Names *names, const char *name)
{
    return registry_find(names->call->app->registry, str_from_c(name))->type;
}

void names_want_record(Names *names, const Plan *plan, const void *record)
{
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        const void *at     = (const char *)record + field->offset;
        if (field->kind == KIND_REF) names_want(names, plan->targets[i], *(const Id *)at);
        if (field->kind != KIND_REFS) continue;
        const IdList *ids = at;
        for (size_t k = 0; k < ids->len; k++)
            names_want(names, plan->targets[i], ids->at[k]);
    }
    names_want(names, names->person, ((const RecordHead *)record)->updated_by);
}

/* Ids are numbers of ours, so they stand in the text themselves. */
static size_t unread_ids(Buf *sql, const Wanted *wanted)
{
    size_t len = 0;

    for (size_t i = 0; i < wanted->len; i++) {
        if (!wanted->at[i].is_read) buf_fmt(sql, len++ == 0 ? "%lld" : ",%lld", (long long)wanted->at[i].id.n);
    }
    return len;
}

/* One query for all wanted ids of a type. */
static bool wanted_load(Names *names, Wanted *wanted, Err *err)
{
    Arena *arena     = names->call->arena;
    const Plan *plan = wanted->plan;
    Buf sql          = buf_open(arena, 1 << 20);

    wanted->is_loaded = true;

    buf_fmt(&sql, "SELECT id, number, %s, %s FROM %s WHERE id IN (", plan->title != NULL ? plan->title->name : "number",
            plan->type->number_within_parent ? plan->parent->name : "0", plan->type->name);
    if (unread_ids(&sql, wanted) == 0) return true;
    buf_add_c(&sql, ")");
    Query *query = query_open(names->call->db, buf_str(&sql));
    while (query_next(query)) {
        Known *known = wanted_find(wanted, (Id){ query_int(query, 0) });
        if (known == NULL) continue;
        known->number   = query_str(query, 1, arena);
        known->title    = query_str(query, 2, arena);
        known->parent.n = query_int(query, 3);
    }
    assert(wanted->at != NULL);
    for (size_t i = 0; i < wanted->len; i++)
        wanted->at[i].is_read = true;
    return query_close(query, err);
}

/* Records whose numbers count within a parent need the parent's number for their address. */
static void wanted_parents(Names *names, size_t index)
{
    const Plan *plan = names->at[index].plan;

    if (!plan->type->number_within_parent) return;
    for (size_t i = 0; i < names->at[index].len; i++)
        names_want(names, plan->parent_type, names->at[index].at[i].parent);
}

bool names_load(Names *names, Err *err)
{
    for (size_t i = 0; i < names->len; i++) { /* grows while parents are added */
        if (names->at[i].is_loaded) continue;
        if (!wanted_load(names, &names->at[i], err)) return false;
        wanted_parents(names, i);
    }
    for (size_t i = 0; i < names->len; i++) {
        if (!names->at[i].is_loaded && !wanted_load(names, &names->at[i], err)) return false;
    }
    return true;
}

static const Known *names_find(const Names *names, const Type *type, Id id)
{
    for (size_t i = 0; i < names->len; i++) {
        if (names->at[i].plan->type == type) return wanted_find(&names->at[i], id);
    }
    return NULL;
}

Str names_number(const Names *names, const Type *type, Id id)
{
    const Known *known = names_find(names, type, id);

    if (known == NULL) return (Str){ 0 };
    if (!type->number_within_parent) return known->number;
    const Plan *plan = registry_plan(names->call->app->registry, type);
    Str parent       = names_number(names, plan->parent_type, known->parent);
    return str_fmt(names->call->arena, "%.*s/%.*s", STR_ARG(parent), STR_ARG(known->number));
}

Str names_title(const Names *names, const Type *type, Id id)
{
    const Known *known = names_find(names, type, id);
    return known != NULL ? known->title : (Str){ 0 };
}

Str names_person(const Names *names, Id id)
{
    return names_title(names, names->person, id);
}

/* ------------------------------------------------------------------------------------------------------- for people */

static Str reference_words(Names *names, const Type *type, Id id)
{
    Str number = names_number(names, type, id), title = names_title(names, type, id);

    if (id_is_none(id)) return (Str){ 0 };
    if (strcmp(type->name, "person") == 0) return title;
    if (title.len == 0 || str_eq(number, title)) return number;
    return str_fmt(names->call->arena, "%.*s %.*s", STR_ARG(number), STR_ARG(title));
}

static Str references_words(Names *names, const Type *type, const IdList *ids)
{
    StrList words = { 0 };
    for (size_t i = 0; i < ids->len; i++) {
        bool by_name = strcmp(type->name, "person") == 0;
        *list_push(names->call->arena, &words) =
            by_name ? names_title(names, type, ids->at[i]) : names_number(names, type, ids->at[i]);
    }
    return str_join(names->call->arena, &words, STR(", "));
}

static Str choices_words(Names *names, const ChoiceList *list, int64_t bits)
{
    StrList words = { 0 };
    for (size_t i = 0; i < list->len; i++) {
        if (bits >> i & 1) *list_push(names->call->arena, &words) = call_text(names->call, list->at[i].label);
    }
    return str_join(names->call->arena, &words, STR(", "));
}

Str value_to_human(Names *names, const Field *field, const void *record)
{
    Arena *arena   = names->call->arena;
    const void *at = (const char *)record + field->offset;

    if (field_is_empty(field, record)) return (Str){ 0 };
    switch (field->kind) {
    case KIND_CHOICE: return call_text(names->call, choice_label(field->choices, *(const int *)at));
    case KIND_CHOICES: return choices_words(names, field->choices, *(const int64_t *)at);
    case KIND_REF: return reference_words(names, type_named(names, field->to), *(const Id *)at);
    case KIND_REFS: return references_words(names, type_named(names, field->to), at);
    case KIND_DATE: return date_to_human(arena, *(const Date *)at);
    case KIND_TIME: return zone_to_human(arena, names->call->app->zone, *(const Time *)at);
    case KIND_BOOL: return call_text(names->call, *(const YesNo *)at == YES ? "Yes" : "No");
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_INT:
    case KIND_FILE:
    case KINDS: break;
    }
    return value_to_text(arena, field, record);
}

/* ------------------------------------------------------------------------------------------------------- for programs
 */

static json_t *reference_json(const Names *names, const Type *type, Id id)
{
    json_t *object = json_object();

    json_object_set_new(object, "number", json_from_str(names_number(names, type, id)));
    json_object_set_new(object, "title", json_from_str(names_title(names, type, id)));
    return object;
}

static json_t *references_json(const Names *names, const Type *type, const IdList *ids)
{
    json_t *array = json_array();
    for (size_t i = 0; i < ids->len; i++)
        json_array_append_new(array, reference_json(names, type, ids->at[i]));
    return array;
}

static json_t *choices_json(const ChoiceList *list, int64_t bits)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->len; i++) {
        if (bits >> i & 1) json_array_append_new(array, json_string(list->at[i].name));
    }
    return array;
}

json_t *value_to_json(Names *names, const Field *field, const void *record)
{
    const void *at = (const char *)record + field->offset;

    if (field->kind == KIND_REFS) return references_json(names, type_named(names, field->to), at);
    if (field->kind == KIND_CHOICES) return choices_json(field->choices, *(const int64_t *)at);
    if (field_is_empty(field, record)) return json_null();
    if (field->kind == KIND_REF) return reference_json(names, type_named(names, field->to), *(const Id *)at);
    if (field->kind == KIND_INT) return json_integer(((const Int *)at)->value);
    if (field->kind == KIND_BOOL) return json_boolean(*(const YesNo *)at == YES);
    return json_from_str(value_to_text(names->call->arena, field, record));
}

static json_t *time_json(Arena *arena, Time time)
{
    return json_from_str(time_to_rfc3339(arena, time));
}

static json_t *person_json(const Names *names, Id id)
{
    if (id_is_none(id)) return json_null();
    return reference_json(names, names->person, id);
}

json_t *record_to_json(Names *names, const Plan *plan, const void *record)
{
    const RecordHead *head = record;
    Arena *arena           = names->call->arena;
    json_t *object         = json_object();

    json_object_set_new(object, "type", json_string(plan->type->name));
    json_object_set_new(object, "id", json_integer(head->id.n));
    json_object_set_new(object, "number", json_from_str(head->number));
    json_object_set_new(object, "state", json_string(state_name(plan->type, head->state)));
    json_object_set_new(object, "revision", json_integer(head->revision));
    json_object_set_new(object, "created_at", time_json(arena, head->created_at));
    json_object_set_new(object, "updated_at", time_json(arena, head->updated_at));
    json_object_set_new(object, "updated_by", person_json(names, head->updated_by));
    json_object_set_new(object, "event", json_integer(head->last_event));
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (field->flags & SECRET) continue;
        json_object_set_new(object, field->name, value_to_json(names, field, record));
    }
    return object;
}

Arena *names_arena(const Names *names)
{
    return names->call->arena;
}
