/* SPDX-License-Identifier: Apache-2.0
 * Rows and records: one walk over the plan's columns each way. */
#include "record/row.h"

#include <string.h>

#include "record/rowwrite.h"

/* ------------------------------------------------------------------------------------------------------- ids as text
 */

/* Replaces what `out` held. REFS lie in their column as "12,45,99": one read brings the whole record, the index of
 * links serves the other way. */
static void ids_from_text(Str text, Arena *arena, IdList *out)
{
    Str part;
    int64_t number;

    *out = (IdList){ 0 };
    if (text.len == 0) return;
    while (str_cut(&text, ',', &part)) {
        if (str_to_i64(part, 1, INT64_MAX, &number)) list_push(arena, out)->n = number;
    }
}

static Str ids_to_text(Arena *arena, const IdList *ids)
{
    Buf text = buf_open(arena, 1 << 20);
    for (size_t i = 0; i < ids->len; i++) {
        if (i > 0) buf_add_byte(&text, ',');
        buf_add_int(&text, ids->at[i].n);
    }
    return buf_str(&text);
}

/* ------------------------------------------------------------------------------------------------------- reading */

static void field_read(Query *query, int column, const Field *field, Arena *arena, void *record)
{
    void *at = (char *)record + field->offset;

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: *(Str *)at = query_str(query, column, arena); return;
    case KIND_CHOICE: *(int *)at = (int)query_int(query, column); return;
    case KIND_BOOL: *(YesNo *)at = (YesNo)query_int(query, column); return;
    case KIND_CHOICES: *(int64_t *)at = query_int(query, column); return;
    case KIND_REF: ((Id *)at)->n = query_int(query, column); return;
    case KIND_REFS: ids_from_text(query_peek(query, column), arena, at); return;
    case KIND_DATE: ((Date *)at)->number = (int32_t)query_int(query, column); return;
    case KIND_TIME: ((Time *)at)->us = query_int(query, column); return;
    case KIND_INT: *(Int *)at = (Int){ query_int(query, column), !query_is_null(query, column) }; return;
    case KINDS: return;
    }
}

static void head_read(Query *query, Arena *arena, RecordHead *head)
{
    head->id.n          = query_int(query, 0);
    head->number        = query_str(query, 1, arena);
    head->state         = (int)query_int(query, 2);
    head->revision      = query_int(query, 3);
    head->created_at.us = query_int(query, 4);
    head->updated_at.us = query_int(query, 5);
    head->created_by.n  = query_int(query, 6);
    head->updated_by.n  = query_int(query, 7);
    head->last_event    = query_int(query, 8);
}

void row_read(Query *query, const Plan *plan, Arena *arena, void *record)
{
    head_read(query, arena, record);
    for (size_t i = 0; i < plan->type->fields_len; i++)
        field_read(query, HEAD_COLUMNS + (int)i, &plan->type->fields[i], arena, record);
}

void row_read_only(Query *query, const FieldList *fields, Arena *arena, void *record)
{
    RecordHead *head = record;

    head->id.n   = query_int(query, 0);
    head->number = query_str(query, 1, arena);
    head->state  = (int)query_int(query, 2);
    for (size_t i = 0; i < fields->len; i++)
        field_read(query, ONLY_COLUMNS + (int)i, fields->at[i], arena, record);
}

static bool query_read_one(Query *query, const Plan *plan, Arena *arena, void *record, bool *found, Err *err)
{
    memset(record, 0, plan->type->size);
    *found = query_next(query);
    if (*found) row_read(query, plan, arena, record);
    return query_close(query, err);
}

/* A page asks for the same few records again and again: each rule about a part looks at its whole. A snapshot stays as
 * it is, so the first answer holds. */
enum { READ_RECORDS_MAX = 32 };
struct ReadRecords {
    struct {
        const Type *type;
        Id id;
        const void *record;
    } at[READ_RECORDS_MAX];
    size_t len;
};

void read_records_open(Call *call)
{
    call->read = arena_new(call->arena, struct ReadRecords);
}

static const void *read_record_find(const struct ReadRecords *read, const Type *type, Id id)
{
    for (size_t i = 0; read != NULL && i < read->len; i++) {
        if (read->at[i].type == type && id_eq(read->at[i].id, id)) return read->at[i].record;
    }
    return NULL;
}

static void read_record_keep(Call *call, const Type *type, const void *record)
{
    struct ReadRecords *read = call->read;

    if (read == NULL || read->len == READ_RECORDS_MAX) return;
    void *copy = arena_alloc(call->arena, type->size, alignof(max_align_t));
    memcpy(copy, record, type->size);
    read->at[read->len].type     = type;
    read->at[read->len].id       = ((const RecordHead *)record)->id;
    read->at[read->len++].record = copy;
}

bool record_load(Call *call, const Type *type, Id id, void *record, bool *found, Err *err)
{
    const void *known = read_record_find(call->read, type, id);

    *found = known != NULL;
    if (known != NULL) return memcpy(record, known, type->size), true;
    const Plan *plan = registry_plan(call->app->registry, type);
    Query *query     = query_open(call->db, plan->select_by_id);
    query_bind_int(query, 1, id.n);
    if (!query_read_one(query, plan, call->arena, record, found, err)) return false;
    if (*found) read_record_keep(call, type, record);
    return true;
}

bool record_must(Call *call, const Type *type, Id id, void *record, Err *err)
{
    bool found;

    if (!record_load(call, type, id, record, &found, err)) return false;
    if (found) return true;
    return err_set(err, ERR_CORRUPT, 0,
                   .what   = str_fmt(call->arena, "cannot find %s %lld", type->name, (long long)id.n),
                   .detail = STR("Another record refers to it, but its row is not there."),
                   .hint   = STR("Run \"verify\": it names what was taken away."));
}

static bool find_by_number(Call *call, const Plan *plan, Str number, Id parent, void *record, bool *found, Err *err)
{
    Query *query = query_open(call->db, plan->select_by_number);

    query_bind_str(query, 1, number);
    if (plan->type->number_within_parent) query_bind_int(query, 2, parent.n);
    if (!query_read_one(query, plan, call->arena, record, found, err)) return false;
    if (*found) read_record_keep(call, plan->type, record);
    return true;
}

/* "IA-26-05/A.8.8-1": the number behind the last '/' counts within the record that the rest names. */
static bool find_within_parent(Call *call, const Plan *plan, Str number, void *record, bool *found, Err *err)
{
    size_t slash = number.len;
    void *parent = arena_alloc(call->arena, plan->parent_type->size, alignof(max_align_t));

    while (slash > 0 && number.ptr[slash - 1] != '/')
        slash--;
    *found = false;
    if (slash == 0) return true;
    if (!record_find(call, plan->parent_type, str_slice(number, 0, slash - 1), parent, found, err)) return false;
    if (!*found) return true;
    return find_by_number(call, plan, str_slice(number, slash, number.len), ((RecordHead *)parent)->id, record, found,
                          err);
}

bool record_find_number(Call *call, const Type *type, Str number, void *record, bool *found, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, type);

    memset(record, 0, type->size);
    if (type->number_within_parent) return find_within_parent(call, plan, number, record, found, err);
    return find_by_number(call, plan, number, (Id){ 0 }, record, found, err);
}

bool record_find(Call *call, const Type *type, Str number, void *record, bool *found, Err *err)
{
    int64_t id;

    if (!record_find_number(call, type, number, record, found, err)) return false;
    if (*found || !str_to_i64(number, 1, INT64_MAX, &id)) return true;
    return record_load(call, type, (Id){ id }, record, found, err);
}

static void binds_put(Query *query, Binds binds)
{
    for (size_t i = 0; i < binds.len; i++) {
        if (binds.at[i].kind == BIND_INT)
            query_bind_int(query, (int)i + 1, binds.at[i].number);
        else
            query_bind_str(query, (int)i + 1, binds.at[i].str);
    }
}

bool record_list_into(Call *call, const Type *type, void **at, size_t *len, size_t *cap, Str tail, Binds binds,
                      Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, type);
    Query *query = query_open(call->db, str_fmt(call->arena, "SELECT %.*s FROM %s WHERE %.*s", STR_ARG(plan->columns),
                                                type->name, STR_ARG(tail)));

    binds_put(query, binds);
    while (query_next(query))
        row_read(query, plan, call->arena, list_grow(call->arena, at, len, cap, type->size));
    return query_close(query, err);
}

bool record_count(Call *call, const Type *type, Str tail, Binds binds, int64_t *count, Err *err)
{
    Query *query =
        query_open(call->db, str_fmt(call->arena, "SELECT count(*) FROM %s WHERE %.*s", type->name, STR_ARG(tail)));

    binds_put(query, binds);
    *count = query_next(query) ? query_int(query, 0) : 0;
    return query_close(query, err);
}

bool links_to(Call *call, const Type *from, const char *field, Id to, IdList *out, Err *err)
{
    Query *query =
        query_open(call->db, STR("SELECT source FROM record_link WHERE target = $1 AND kind = $2 ORDER BY source"));

    query_bind_int(query, 1, to.n);
    query_bind_str(query, 2, str_fmt(call->arena, "%s.%s", from->name, field));
    while (query_next(query))
        list_push(call->arena, out)->n = query_int(query, 0);
    return query_close(query, err);
}

/* ------------------------------------------------------------------------------------------------------- writing */

static void field_bind(Query *query, int parameter, const Field *field, Arena *arena, const void *record)
{
    const void *at = (const char *)record + field->offset;

    switch (field->kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: query_bind_str(query, parameter, *(const Str *)at); return;
    case KIND_CHOICE: query_bind_int(query, parameter, *(const int *)at); return;
    case KIND_BOOL: query_bind_int(query, parameter, (int64_t) * (const YesNo *)at); return;
    case KIND_CHOICES: query_bind_int(query, parameter, *(const int64_t *)at); return;
    case KIND_REF: query_bind_int(query, parameter, ((const Id *)at)->n); return;
    case KIND_REFS: query_bind_str(query, parameter, ids_to_text(arena, at)); return;
    case KIND_DATE: query_bind_int(query, parameter, ((const Date *)at)->number); return;
    case KIND_TIME: query_bind_int(query, parameter, ((const Time *)at)->us); return;
    case KIND_INT:
        if (((const Int *)at)->set)
            query_bind_int(query, parameter, ((const Int *)at)->value);
        else
            query_bind_null(query, parameter);
        return;
    case KINDS: return;
    }
}

bool row_write(Call *call, const Plan *plan, const void *record, Err *err)
{
    const RecordHead *head = record;
    Query *query           = query_open(call->db, head->revision == 1 ? plan->insert : plan->update);
    int parameter          = 1;
    int64_t changed        = 0;

    query_bind_int(query, parameter++, head->id.n);
    query_bind_str(query, parameter++, head->number);
    query_bind_int(query, parameter++, head->state);
    query_bind_int(query, parameter++, head->revision);
    query_bind_int(query, parameter++, head->created_at.us);
    query_bind_int(query, parameter++, head->updated_at.us);
    query_bind_int(query, parameter++, head->created_by.n);
    query_bind_int(query, parameter++, head->updated_by.n);
    query_bind_int(query, parameter++, head->last_event);
    for (size_t i = 0; i < plan->type->fields_len; i++)
        field_bind(query, parameter++, &plan->type->fields[i], call->arena, record);
    if (!query_run(query, &changed, err)) return false;
    if (changed == 1) return true;
    return err_set(err, ERR_CORRUPT, 0,
                   .what   = str_fmt(call->arena, "could not write %s %.*s", plan->type->name, STR_ARG(head->number)),
                   .detail = STR("Its row is not there any more."),
                   .hint   = STR("Run \"verify\": it names what was taken away."));
}

static bool links_write_field(Call *call, const Plan *plan, const Field *field, const void *record, Err *err)
{
    const RecordHead *head = record;
    const IdList *targets  = (const void *)((const char *)record + field->offset);
    Str kind               = str_fmt(call->arena, "%s.%s", plan->type->name, field->name);
    Query *query           = query_open(call->db, STR("DELETE FROM record_link WHERE kind = $1 AND source = $2"));

    query_bind_str(query, 1, kind);
    query_bind_int(query, 2, head->id.n);
    if (!query_run(query, NULL, err)) return false;
    for (size_t i = 0; i < targets->len; i++) {
        query = query_open(call->db, STR("INSERT INTO record_link (kind, source, target) VALUES ($1, $2, $3)"));
        query_bind_str(query, 1, kind);
        query_bind_int(query, 2, head->id.n);
        query_bind_int(query, 3, targets->at[i].n);
        if (!query_run(query, NULL, err)) return false;
    }
    return true;
}

bool links_write(Call *call, const Plan *plan, const void *before, const void *record, Err *err)
{
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (field->kind != KIND_REFS) continue;
        bool same = before != NULL ? value_equal(field, before, record) : field_is_empty(field, record);
        if (!same && !links_write_field(call, plan, field, record, err)) return false;
    }
    return true;
}
