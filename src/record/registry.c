/* SPDX-License-Identifier: Apache-2.0
 * The registry: checks every declaration against the others and derives SQL, tables and orders from them. It runs once,
 * before anything is served, so a wrong declaration never meets a user. */
#include "record/registry.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "ledger/ledger.h"
#include "record/row.h"
#include "record/tables.h"

/* Rising it tells older programs that this store is not theirs any more. */
enum { SCHEMA_VERSION = 1 };

struct Registry {
    Plan *plans;
    size_t len;
    const Follow *follows;
    size_t follows_len;
    const After *afters;
    size_t afters_len;
    const Rendering *renderings;
    size_t renderings_len;
    const Service *services;
    size_t services_len;
    const WorkSource *works;
    size_t works_len;
    const Inquiry *const *inquiries;
    size_t inquiries_len;
    Schema schema;
};

static const char *const head_columns[] = { "id",         "number",     "state",      "revision",  "created_at",
                                            "updated_at", "created_by", "updated_by", "last_event" };

/* A declaration is code: a wrong one ends the program at its start, with the place. */
NORETURN static void declaration_wrong(const Type *type, const char *where, const char *why)
{
    fprintf(stderr, "plumbline: the declaration of \"%s\" is wrong at \"%s\": %s\n", type->name, where, why);
    abort();
}

/* ------------------------------------------------------------------------------------------------------- checks */

static bool name_is_plain(const char *name, char also)
{
    if (name == NULL || name[0] < 'a' || name[0] > 'z') return false;
    for (const char *at = name; *at != '\0'; at++) {
        bool fits = (*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == also;
        if (!fits) return false;
    }
    return strlen(name) <= 48;
}

/* Words that one engine or the other keeps for itself where a column stands. */
static const char *const reserved_words[] = {
    "add",        "all",     "alter",  "analyse",   "analyze",    "and",       "any",      "array",   "as",
    "asc",        "between", "both",   "case",      "cast",       "check",     "collate",  "column",  "commit",
    "constraint", "create",  "cross",  "default",   "delete",     "desc",      "distinct", "do",      "drop",
    "else",       "end",     "escape", "except",    "exists",     "false",     "fetch",    "for",     "foreign",
    "freeze",     "from",    "full",   "grant",     "group",      "having",    "if",       "in",      "index",
    "initially",  "inner",   "insert", "intersect", "into",       "is",        "join",     "lateral", "leading",
    "left",       "like",    "limit",  "natural",   "not",        "null",      "offset",   "on",      "only",
    "or",         "order",   "outer",  "primary",   "references", "returning", "right",    "select",  "set",
    "similar",    "some",    "table",  "then",      "to",         "trailing",  "true",     "union",   "unique",
    "update",     "user",    "using",  "values",    "when",       "where",     "window",   "with",
};

static void check_word(const Type *type, const char *name)
{
    for (size_t i = 0; i < countof(reserved_words); i++) {
        if (strcmp(name, reserved_words[i]) == 0) declaration_wrong(type, name, "SQL keeps this word for itself");
    }
}

static void check_field(const Registry *registry, const Type *type, const Field *field)
{
    if (!name_is_plain(field->name, '_')) declaration_wrong(type, field->name, "a field name has a-z, 0-9 and _ only");
    for (size_t i = 0; i < countof(head_columns); i++) {
        if (strcmp(field->name, head_columns[i]) == 0)
            declaration_wrong(type, field->name, "the engine keeps this name");
    }
    if (field->label == NULL) declaration_wrong(type, field->name, "it has no label");
    bool is_reference = field->kind == KIND_REF || field->kind == KIND_REFS;
    if (is_reference && (field->to == NULL || registry_find(registry, str_from_c(field->to)) == NULL))
        declaration_wrong(type, field->name, "it refers to a type that does not exist");
    bool is_choice = field->kind == KIND_CHOICE || field->kind == KIND_CHOICES;
    if (is_choice != (field->choices != NULL)) declaration_wrong(type, field->name, "choices and kind do not fit");
    if (field->kind == KIND_CHOICES && field->choices->len > 62)
        declaration_wrong(type, field->name, "too many choices");
}

static void check_who(const Type *type, const Step *step)
{
    if (step->who == NULL || step->who[0] == '\0') declaration_wrong(type, step->verb, "nobody may take this step");
}

static void check_step(const Type *type, const Step *step)
{
    int states     = (int)type->states->len;
    bool from_fits = step->from == STATE_NEW || step->from == STATE_ANY || (step->from >= 1 && step->from <= states);
    bool to_fits   = step->to == STATE_SAME || (step->to >= 1 && step->to <= states);

    if (!from_fits || !to_fits)
        declaration_wrong(type, step->verb, "a step leads from or to a state that does not exist");
    if (step->from == STATE_NEW && step->to == STATE_SAME)
        declaration_wrong(type, step->verb, "a new record needs a state");
    if (!name_is_plain(step->verb, '-')) declaration_wrong(type, step->verb, "a verb has a-z, 0-9 and - only");
    if (type_verb(type, str_from_c(step->verb)) == NULL)
        declaration_wrong(type, step->verb, "the verb is not declared");
    if (step->guards[STEP_GUARDS_MAX - 1] != NULL) declaration_wrong(type, step->verb, "the list of guards is full");
    check_who(type, step);
}

static const Field *named_reference(const Registry *registry, const Type *type, const char *name)
{
    if (name == NULL) return NULL;
    const Field *field = type_field(type, str_from_c(name));
    if (field == NULL || field->kind != KIND_REF) declaration_wrong(type, name, "it is no REF field of the type");
    if (registry_find(registry, str_from_c(field->to)) == NULL)
        declaration_wrong(type, name, "its type does not exist");
    return field;
}

static void check_type(const Registry *registry, const Type *type)
{
    if (!name_is_plain(type->name, '_') || !name_is_plain(type->plural, '-'))
        declaration_wrong(type, type->plural, "a type name has a-z, 0-9, _ (plural: -) only");
    check_word(type, type->name);
    if (type->states == NULL || type->states->len == 0) declaration_wrong(type, "states", "it has none");
    for (size_t i = 0; i < type->fields_len; i++) {
        check_field(registry, type, &type->fields[i]);
        check_word(type, type->fields[i].name);
    }
    for (size_t i = 0; i < type->steps_len; i++)
        check_step(type, &type->steps[i]);
    for (size_t i = 0; i < type->verbs_len; i++) {
        if (type_verb(type, str_from_c(type->verbs[i].name)) == NULL)
            declaration_wrong(type, type->verbs[i].name, "no step uses the verb");
        const Shape *input = type->verbs[i].input;
        for (size_t k = 0; input != NULL && k < input->len; k++)
            check_field(registry, type, &input->fields[k]);
    }
    if (type->see_len == 0) declaration_wrong(type, "see", "nobody may see it");
}

/* ------------------------------------------------------------------------------------------------------- SQL */

static void plan_targets(Arena *arena, const Registry *registry, Plan *plan)
{
    const Type *type = plan->type;

    plan->targets = arena_array(arena, const Type *, type->fields_len);
    for (size_t i = 0; i < type->fields_len; i++) {
        const Plan *target =
            type->fields[i].to != NULL ? registry_find(registry, str_from_c(type->fields[i].to)) : NULL;
        if (target != NULL) plan->targets[i] = target->type;
    }
}

static void plan_columns(Arena *arena, Plan *plan)
{
    Buf columns = buf_open(arena, 1 << 16);
    for (size_t i = 0; i < countof(head_columns); i++) {
        if (i > 0) buf_add_c(&columns, ", ");
        buf_add_c(&columns, head_columns[i]);
    }
    static_assert(countof(head_columns) == HEAD_COLUMNS, "rows are read in this order");
    for (size_t i = 0; i < plan->type->fields_len; i++)
        buf_fmt(&columns, ", %s", plan->type->fields[i].name);
    plan->columns = buf_str(&columns);
}

static void plan_insert(Arena *arena, Plan *plan)
{
    size_t count = countof(head_columns) + plan->type->fields_len;
    Buf sql      = buf_open(arena, 1 << 16);

    buf_fmt(&sql, "INSERT INTO %s (%.*s) VALUES (", plan->type->name, STR_ARG(plan->columns));
    for (size_t i = 0; i < count; i++)
        buf_fmt(&sql, i == 0 ? "$%zu" : ", $%zu", i + 1);
    buf_add_c(&sql, ")");
    plan->insert = buf_str(&sql);
}

static void plan_update(Arena *arena, Plan *plan)
{
    Buf sql   = buf_open(arena, 1 << 16);
    Str rest  = plan->columns;
    Str name  = { 0 };
    size_t at = 1;

    buf_fmt(&sql, "UPDATE %s SET ", plan->type->name);
    while (str_cut(&rest, ',', &name)) {
        name = str_trim(name);
        if (at > 1) buf_fmt(&sql, at == 2 ? "%.*s = $%zu" : ", %.*s = $%zu", STR_ARG(name), at);
        at++;
    }
    buf_add_c(&sql, " WHERE id = $1");
    plan->update = buf_str(&sql);
}

static int compare_field_names(const void *a, const void *b)
{
    const Field *const *left = a, *const *right = b;
    return strcmp((*left)->name, (*right)->name);
}

static void plan_sorted(Arena *arena, Plan *plan)
{
    plan->sorted = arena_array(arena, const Field *, plan->type->fields_len + 1);
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (field->flags & SEARCHED) plan->is_searched = true;
        if (field->flags & SECRET) continue;
        plan->sorted[plan->sorted_len++] = field;
    }
    qsort(plan->sorted, plan->sorted_len, sizeof(const Field *), compare_field_names);
}

static void plan_derive(Arena *arena, const Registry *registry, Plan *plan)
{
    const Type *type = plan->type;

    plan->shape  = (Shape){ .name = type->name, .size = type->size, .fields = type->fields, .len = type->fields_len };
    plan->title  = type_title_field(type);
    plan->parent = named_reference(registry, type, type->parent);
    if (plan->parent != NULL) {
        const Plan *parent = registry_find(registry, str_from_c(plan->parent->to));
        assert(parent != NULL); /* named_reference found it */
        plan->parent_type = parent->type;
    }
    plan->dossier = named_reference(registry, type, type->dossier);
    plan->sort    = type->sort != NULL ? type_field(type, str_from_c(type->sort)) : NULL;
    if (plan->sort != NULL && plan->sort->kind != KIND_DATE && plan->sort->kind != KIND_TIME) plan->sort = NULL;
    plan->series = str_from_c(type->number_series != NULL ? type->number_series : type->name);
    if (type->number_within_parent && plan->parent == NULL)
        declaration_wrong(type, "parent", "numbers count within no parent");
    plan_targets(arena, registry, plan);
    plan_columns(arena, plan);
    plan_insert(arena, plan);
    plan_update(arena, plan);
    plan_sorted(arena, plan);
    plan->select_by_id = str_fmt(arena, "SELECT %.*s FROM %s WHERE id = $1", STR_ARG(plan->columns), type->name);
    plan->select_by_number =
        type->number_within_parent
            ? str_fmt(arena, "SELECT %.*s FROM %s WHERE number = $1 AND %s = $2", STR_ARG(plan->columns), type->name,
                      type->parent)
            : str_fmt(arena, "SELECT %.*s FROM %s WHERE number = $1", STR_ARG(plan->columns), type->name);
}

/* ------------------------------------------------------------------------------------------------------- tables */

static ColumnKind column_kind(FieldKind kind)
{
    switch (kind) {
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE:
    case KIND_REFS: return COLUMN_TEXT;
    case KIND_CHOICE:
    case KIND_CHOICES:
    case KIND_REF:
    case KIND_DATE:
    case KIND_TIME:
    case KIND_BOOL:
    case KIND_INT:
    case KINDS: break;
    }
    return COLUMN_INT;
}

static Index index_over(Arena *arena, const Type *type, const char *first, const char *second, bool unique)
{
    Index index = { .name    = str_fmt(arena, "%s_by_%s", type->name, first),
                    .columns = { str_from_c(first) },
                    .unique  = unique };
    if (second != NULL) index.columns[1] = str_from_c(second);
    return index;
}

Str plan_sort_expression(Arena *arena, const Field *field)
{
    return str_fmt(arena, "CASE WHEN %s = 0 THEN 9000000000000000 ELSE %s END", field->name, field->name);
}

/* The default order of a register, over all rows and within one state: its first page is read from the index. */
static size_t order_indexes(Arena *arena, const Plan *plan, Index *indexes)
{
    if (plan->sort == NULL) return 0;
    Str key    = str_fmt(arena, "(%.*s)", STR_ARG(plan_sort_expression(arena, plan->sort)));
    indexes[0] = (Index){ .name = str_fmt(arena, "%s_in_order", plan->type->name), .columns = { key, STR("id") } };
    indexes[1] = (Index){ .name    = str_fmt(arena, "%s_by_state_in_order", plan->type->name),
                          .columns = { STR("state"), key, STR("id") } };
    return 2;
}

static void table_indexes(Arena *arena, const Plan *plan, Table *table)
{
    const Type *type = plan->type;
    Index *indexes   = arena_array(arena, Index, 4 + type->fields_len + type->indexes_len);
    size_t len       = 0;

    indexes[len++] = index_over(arena, type, "number", type->number_within_parent ? type->parent : NULL, true);
    indexes[len++] = index_over(arena, type, "state", "id", false);
    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        bool wanted        = field->kind == KIND_REF || (field->flags & INDEXED);
        if (wanted) indexes[len++] = index_over(arena, type, field->name, "id", false);
    }
    len += order_indexes(arena, plan, &indexes[len]);
    for (size_t i = 0; i < type->indexes_len; i++)
        indexes[len++] = type->indexes[i];
    table->indexes     = indexes;
    table->indexes_len = len;
}

static const Table *table_of(Arena *arena, const Plan *plan)
{
    const Type *type = plan->type;
    Table *table     = arena_new(arena, Table);
    Column *columns  = arena_array(arena, Column, countof(head_columns) + type->fields_len);
    size_t len       = 0;

    for (size_t i = 0; i < countof(head_columns); i++) {
        columns[len++] = (Column){ .name     = str_from_c(head_columns[i]),
                                   .kind     = strcmp(head_columns[i], "number") == 0 ? COLUMN_TEXT : COLUMN_INT,
                                   .not_null = true };
    }
    for (size_t i = 0; i < type->fields_len; i++) {
        /* an INT field keeps "not given" apart from 0: its column may be NULL */
        columns[len++] = (Column){ .name     = str_from_c(type->fields[i].name),
                                   .kind     = column_kind(type->fields[i].kind),
                                   .not_null = type->fields[i].kind != KIND_INT };
    }
    *table = (Table){ .name = str_from_c(type->name), .columns = columns, .columns_len = len, .guard = GUARD_EVENT };
    table_indexes(arena, plan, table);
    return table;
}

static void schema_derive(Arena *arena, const Catalogue *catalogue, Registry *registry)
{
    size_t len           = 0;
    const Table **tables = arena_array(arena, const Table *,
                                       registry->len + ledger_tables_len + record_tables_len + catalogue->tables_len);

    for (size_t i = 0; i < ledger_tables_len; i++)
        tables[len++] = ledger_tables[i];
    for (size_t i = 0; i < record_tables_len; i++)
        tables[len++] = record_tables[i];
    for (size_t i = 0; i < registry->len; i++)
        tables[len++] = table_of(arena, &registry->plans[i]);
    for (size_t i = 0; i < catalogue->tables_len; i++)
        tables[len++] = catalogue->tables[i];
    registry->schema = (Schema){ .version = SCHEMA_VERSION, .tables = tables, .tables_len = len };
}

/* ------------------------------------------------------------------------------------------------------- the registry
 */

/* A follow or hook names a verb that exists. */
static void check_followed(const Registry *registry, const char *type, const char *verb)
{
    const Plan *plan = registry_find(registry, str_from_c(type));
    if (plan == NULL) declaration_wrong(registry->plans[0].type, type, "something follows a type that does not exist");
    if (type_verb(plan->type, str_from_c(verb)) == NULL)
        declaration_wrong(plan->type, verb, "something follows a verb that does not exist");
}

static bool names_type(const char *names, const Type *type)
{
    Str rest = str_from_c(names), name;

    while (str_cut(&rest, '|', &name)) {
        if (str_eq_c(name, type->name)) return true;
    }
    return false;
}

static bool has_step_that_leads_on(const Type *type)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        if (step_leads_on(type, &type->steps[i])) return true;
    }
    return false;
}

static void plan_work(const Registry *registry, Plan *plan)
{
    plan->asks_for_work = has_step_that_leads_on(plan->type);
    for (size_t i = 0; i < registry->works_len; i++)
        plan->asks_for_work = plan->asks_for_work && !names_type(registry->works[i].covers, plan->type);
}

/* Its name stands below the record's address, beside those of the engine and of verbs. */
static void check_inquiry(const Registry *registry, const Inquiry *inquiry)
{
    static const char *const taken[] = { "list", "show", "steps", "history", "files", "export" };
    const Plan *plan                 = registry_find(registry, str_from_c(inquiry->type));

    if (plan == NULL) declaration_wrong(registry->plans[0].type, inquiry->name, "it reads a type that does not exist");
    for (size_t i = 0; i < countof(taken); i++) {
        if (strcmp(inquiry->name, taken[i]) == 0) declaration_wrong(plan->type, inquiry->name, "the name is taken");
    }
    if (type_verb(plan->type, str_from_c(inquiry->name)) != NULL)
        declaration_wrong(plan->type, inquiry->name, "a verb has that name");
}

Registry *registry_open(Arena *arena, const Catalogue *catalogue)
{
    Registry *registry       = arena_new(arena, Registry);
    const Type *const *types = catalogue->types;
    size_t len               = catalogue->types_len;

    registry->plans          = arena_array(arena, Plan, len);
    registry->len            = len;
    registry->follows        = catalogue->follows;
    registry->follows_len    = catalogue->follows_len;
    registry->afters         = catalogue->afters;
    registry->afters_len     = catalogue->afters_len;
    registry->renderings     = catalogue->renderings;
    registry->renderings_len = catalogue->renderings_len;
    registry->services       = catalogue->services;
    registry->services_len   = catalogue->services_len;
    registry->works          = catalogue->works;
    registry->works_len      = catalogue->works_len;
    registry->inquiries      = catalogue->inquiries;
    registry->inquiries_len  = catalogue->inquiries_len;
    for (size_t i = 0; i < len; i++)
        registry->plans[i].type = types[i];
    for (size_t i = 0; i < len; i++) {
        if (registry_find(registry, str_from_c(types[i]->name)) != &registry->plans[i])
            declaration_wrong(types[i], "name", "two types have it");
        check_type(registry, types[i]);
    }
    for (size_t i = 0; i < len; i++)
        plan_derive(arena, registry, &registry->plans[i]);
    for (size_t i = 0; i < registry->follows_len; i++)
        check_followed(registry, registry->follows[i].type, registry->follows[i].verb);
    for (size_t i = 0; i < registry->afters_len; i++)
        check_followed(registry, registry->afters[i].type, registry->afters[i].verb);
    for (size_t i = 0; i < registry->inquiries_len; i++)
        check_inquiry(registry, registry->inquiries[i]);
    for (size_t i = 0; i < len; i++)
        plan_work(registry, &registry->plans[i]);
    schema_derive(arena, catalogue, registry);
    return registry;
}

VerbBody *registry_follow(const Registry *registry, const Type *type, const char *verb, size_t *at)
{
    while (*at < registry->follows_len) {
        const Follow *follow = &registry->follows[(*at)++];
        if (strcmp(follow->type, type->name) == 0 && strcmp(follow->verb, verb) == 0) return follow->body;
    }
    return NULL;
}

const After *registry_after(const Registry *registry, const Type *type, const char *verb, size_t *at)
{
    while (*at < registry->afters_len) {
        const After *after = &registry->afters[(*at)++];
        if (strcmp(after->type, type->name) == 0 && strcmp(after->verb, verb) == 0) return after;
    }
    return NULL;
}

const Rendering *registry_rendering(const Registry *registry, const Type *type, size_t *at)
{
    while (*at < registry->renderings_len) {
        const Rendering *rendering = &registry->renderings[(*at)++];
        if (strcmp(rendering->type, type->name) == 0) return rendering;
    }
    return NULL;
}

const Rendering *registry_rendering_as(const Registry *registry, const Type *type, Str ending)
{
    const Rendering *rendering;

    for (size_t at = 0; (rendering = registry_rendering(registry, type, &at)) != NULL;)
        if (str_eq_c(ending, rendering->ending)) return rendering;
    return NULL;
}

const void *registry_service(const Registry *registry, const char *name)
{
    for (size_t i = 0; i < registry->services_len; i++) {
        if (strcmp(registry->services[i].name, name) == 0) return registry->services[i].functions;
    }
    return NULL;
}

const WorkSource *registry_work(const Registry *registry, size_t *at)
{
    return *at < registry->works_len ? &registry->works[(*at)++] : NULL;
}

const Inquiry *registry_inquiry(const Registry *registry, const Type *type, size_t *at)
{
    while (*at < registry->inquiries_len) {
        const Inquiry *inquiry = registry->inquiries[(*at)++];
        if (strcmp(inquiry->type, type->name) == 0) return inquiry;
    }
    return NULL;
}

const Inquiry *registry_inquiry_find(const Registry *registry, const Type *type, Str name)
{
    const Inquiry *inquiry;
    size_t at = 0;

    while ((inquiry = registry_inquiry(registry, type, &at)) != NULL) {
        if (str_eq_c(name, inquiry->name)) return inquiry;
    }
    return NULL;
}

size_t registry_len(const Registry *registry)
{
    return registry->len;
}

const Plan *registry_at(const Registry *registry, size_t index)
{
    return &registry->plans[index];
}

const Plan *registry_find(const Registry *registry, Str name)
{
    for (size_t i = 0; i < registry->len; i++) {
        if (str_eq_c(name, registry->plans[i].type->name)) return &registry->plans[i];
    }
    return NULL;
}

const Plan *registry_find_plural(const Registry *registry, Str plural)
{
    for (size_t i = 0; i < registry->len; i++) {
        if (str_eq_c(plural, registry->plans[i].type->plural)) return &registry->plans[i];
    }
    return NULL;
}

const Plan *registry_plan(const Registry *registry, const Type *type)
{
    for (size_t i = 0; i < registry->len; i++) {
        if (registry->plans[i].type == type) return &registry->plans[i];
    }
    declaration_wrong(type, "registry", "the type is used but not registered");
}

size_t registry_number_parts(const Registry *registry, const Plan *plan)
{
    size_t parts = 1;

    for (; plan->type->number_within_parent; parts++)
        plan = registry_plan(registry, plan->parent_type);
    return parts;
}

const Schema *registry_schema(const Registry *registry)
{
    return &registry->schema;
}
