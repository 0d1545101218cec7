/* SPDX-License-Identifier: Apache-2.0
 * Reading for doors: one statement per list, made from the declaration: who may see, filters, words, order, cursor.
 * Every identifier in it comes from a declaration that the registry has checked; every value is bound. */
#include "record/view.h"

#include <stdalign.h>
#include <string.h>

#include "base/base64.h"
#include "record/row.h"
#include "record/value.h"
#include "store/search.h"

/* SQL being put together, with its values in the order of their parameters. */
typedef struct {
    Call *call;
    Buf sql;
    Bind *at;
    size_t len, cap;
    size_t viewer, today; /* parameters of :viewer and :today, bound once; 0: not yet */
    Str one_state;        /* takes the place of a filter's several states; empty: all of them */
} Sql;

static void sql_bind_int(Sql *sql, int64_t number)
{
    *list_push(sql->call->arena, sql) = (Bind)BIND_NUMBER(number);
    buf_fmt(&sql->sql, "$%zu", sql->len);
}

static void sql_bind_str(Sql *sql, Str str)
{
    *list_push(sql->call->arena, sql) = (Bind)BIND_TEXT(str);
    buf_fmt(&sql->sql, "$%zu", sql->len);
}

static void sql_bind_once(Sql *sql, int64_t number, size_t *parameter)
{
    if (*parameter > 0) {
        buf_fmt(&sql->sql, "$%zu", *parameter);
        return;
    }
    sql_bind_int(sql, number);
    *parameter = sql->len;
}

static Query *sql_open(Sql *sql)
{
    Query *query = query_open(sql->call->db, buf_str(&sql->sql));
    for (size_t i = 0; i < sql->len; i++) {
        if (sql->at[i].kind == BIND_INT)
            query_bind_int(query, (int)i + 1, sql->at[i].number);
        else
            query_bind_str(query, (int)i + 1, sql->at[i].str);
    }
    return query;
}

/* ------------------------------------------------------------------------------------------------------- who may see
 */

static bool scopes_see(const Call *call, const Type *type)
{
    if (call->scopes.len == 0) return true;
    for (size_t i = 0; i < call->scopes.len; i++) {
        Str scope = call->scopes.at[i];
        if (str_eq_c(scope, "read") || str_eq_c(scope, "write")) return true;
        if (str_starts(scope, str_from_c(type->name)) && str_index(scope, ':') == strlen(type->name)) return true;
    }
    return false;
}

static bool see_is_for(const Call *call, const See *see)
{
    Str rest = str_from_c(see->who), word;
    while (str_cut(&rest, '|', &word)) {
        if (call_has_role(call, word)) return true;
    }
    return false;
}

bool view_may_list(const Call *call, const Type *type)
{
    if (!scopes_see(call, type)) return false;
    for (size_t i = 0; i < type->see_len; i++) {
        if (see_is_for(call, &type->see[i])) return true;
    }
    return false;
}

static bool see_all(const Call *call, const Type *type)
{
    if (call->is_system) return true;
    for (size_t i = 0; i < type->see_len; i++) {
        if (type->see[i].where == NULL && see_is_for(call, &type->see[i])) return true;
    }
    return false;
}

/* A condition with :viewer and :today put in as parameters. */
static void sql_condition(Sql *sql, Str where)
{
    static const Str viewer = STR_INIT(":viewer"), today = STR_INIT(":today");

    while (where.len > 0) {
        if (str_starts(where, viewer)) {
            sql_bind_once(sql, sql->call->who.n, &sql->viewer);
            where = str_slice(where, viewer.len, where.len);
        } else if (str_starts(where, today)) {
            sql_bind_once(sql, sql->call->today.number, &sql->today);
            where = str_slice(where, today.len, where.len);
        } else {
            buf_add_byte(&sql->sql, where.ptr[0]);
            where = str_slice(where, 1, where.len);
        }
    }
}

/* Adds "(…)" for the rows that are shown to the person: "(1 = 1)" for all, "(1 = 0)" for nothing. */
static void sql_person_sees(Sql *sql, const Type *type)
{
    bool first = true;

    if (see_all(sql->call, type)) {
        buf_add_c(&sql->sql, "(1 = 1)");
        return;
    }
    buf_add_c(&sql->sql, "(");
    for (size_t i = 0; i < type->see_len; i++) {
        if (!see_is_for(sql->call, &type->see[i])) continue;
        buf_add_c(&sql->sql, first ? "(" : " OR (");
        sql_condition(sql, str_from_c(type->see[i].where));
        buf_add_c(&sql->sql, ")");
        first = false;
    }
    buf_add_c(&sql->sql, first ? "1 = 0)" : ")");
}

/* Adds " WHERE (…)" for what may be seen, by the person and with the token used. */
static void sql_see(Sql *sql, const Type *type)
{
    buf_add_c(&sql->sql, " WHERE ");
    if (scopes_see(sql->call, type))
        sql_person_sees(sql, type);
    else
        buf_add_c(&sql->sql, "(1 = 0)");
}

static bool person_sees(Call *call, const Type *type, Id id, bool *sees, Err *err)
{
    Sql sql = { .call = call, .sql = buf_open(call->arena, 1 << 16) };

    buf_fmt(&sql.sql, "SELECT id FROM %s WHERE ", type->name);
    sql_person_sees(&sql, type);
    buf_add_c(&sql.sql, " AND id = ");
    sql_bind_int(&sql, id.n);
    Query *query = sql_open(&sql);
    *sees        = query_next(query);
    return query_close(query, err);
}

bool view_may_see(Call *call, const Type *type, Id id, bool *may, Err *err)
{
    *may = false;
    return !scopes_see(call, type) || person_sees(call, type, id, may, err);
}

bool view_may_name(Call *call, const Type *type, Id id, bool *may, Err *err)
{
    *may = see_all(call, type);
    return *may || person_sees(call, type, id, may, err);
}

bool view_find(Call *call, const Type *type, Str number, void *record, bool *found, Err *err)
{
    if (!record_find(call, type, number, record, found, err)) return false;
    if (!*found || (see_all(call, type) && scopes_see(call, type))) return true;
    if (!view_may_see(call, type, ((RecordHead *)record)->id, found, err)) return false;
    if (!*found) memset(record, 0, type->size);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- parameters */

static FilterKind filter_kind(Str *name)
{
    static const struct {
        const char *ending;
        FilterKind kind;
    } endings[] = { { ".before", FILTER_BEFORE }, { ".from", FILTER_FROM }, { ".not", FILTER_IS_NOT } };

    for (size_t i = 0; i < countof(endings); i++) {
        Str ending = str_from_c(endings[i].ending);
        if (!str_ends(*name, ending)) continue;
        *name = str_slice(*name, 0, name->len - ending.len);
        return endings[i].kind;
    }
    return FILTER_IS;
}

static void list_read_filter(Call *call, const Param *param, ListQuery *out)
{
    Str name           = param->name;
    FilterKind kind    = filter_kind(&name);
    const Field *field = type_field(out->type, name);

    if (field == NULL && !str_eq_c(name, "state")) {
        invalid(call, param->name,
                str_fmt(call->arena, "A list of %s cannot be limited by \"%.*s\".", out->type->plural,
                        STR_ARG(param->name)));
        return;
    }
    if (field != NULL && (field->flags & SECRET)) {
        invalid(call, param->name, call_text(call, "This field is never shown."));
        return;
    }
    if (out->filters_len == LIST_FILTERS_MAX) {
        invalid(call, param->name, call_text(call, "Use fewer conditions."));
        return;
    }
    out->filters[out->filters_len++] = (Filter){ .field = field, .kind = kind, .value = param->value };
}

static void list_read_sort(Call *call, Str value, ListQuery *out)
{
    out->descending = str_starts(value, STR("-"));
    Str name        = out->descending ? str_slice(value, 1, value.len) : value;

    out->sort = NULL;
    if (str_eq_c(name, "number")) return;
    out->sort = type_field(out->type, name);
    if (out->sort != NULL && !(out->sort->flags & SECRET) && out->sort->kind != KIND_REFS) return;
    out->sort = NULL;
    invalid(call, STR("sort"),
            str_fmt(call->arena, "Sort by \"number\" or a field of the list, not by \"%.*s\".", STR_ARG(name)));
}

static void list_read_limit(Call *call, Str value, ListQuery *out)
{
    int64_t limit;

    if (str_to_i64(value, 1, LIST_LIMIT_MAX, &limit))
        out->limit = (size_t)limit;
    else
        invalid(call, STR("limit"), str_fmt(call->arena, "Give a number from 1 to %d.", LIST_LIMIT_MAX));
}

bool list_read(Call *call, const Type *type, const ParamList *params, ListQuery *out, Err *err)
{
    (void)err;
    *out = (ListQuery){ .type = type, .limit = LIST_LIMIT_DEFAULT };
    if (type->sort != NULL) list_read_sort(call, str_from_c(type->sort), out);
    for (size_t i = 0; i < params->len; i++) {
        const Param *param = &params->at[i];
        if (str_eq_c(param->name, "q"))
            out->words = param->value;
        else if (str_eq_c(param->name, "sort"))
            list_read_sort(call, param->value, out);
        else if (str_eq_c(param->name, "after"))
            out->after = param->value;
        else if (str_eq_c(param->name, "limit"))
            list_read_limit(call, param->value, out);
        else if (param->value.len > 0)
            list_read_filter(call, param, out);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- filters */

static bool sql_value(Sql *sql, const ListQuery *query, const Filter *filter, Str value, Err *err)
{
    Call *call    = sql->call;
    void *scratch = arena_alloc(call->arena, query->type->size, alignof(max_align_t));

    if (filter->field == NULL) {
        int state = choice_from_name(query->type->states, value);
        if (state == 0)
            invalid(call, STR("state"), str_fmt(call->arena, "There is no state \"%.*s\".", STR_ARG(value)));
        sql_bind_int(sql, state);
        return true;
    }
    const Field *field = filter->field;
    Str path           = str_from_c(field->name);
    if (str_eq_c(value, "none")) {
        if (field->kind == KIND_TEXT || field->kind == KIND_LONG || field->kind == KIND_FILE)
            sql_bind_str(sql, (Str){ 0 });
        else
            sql_bind_int(sql, 0);
        return true;
    }
    if (str_eq_c(value, "me") && field->kind == KIND_REF && strcmp(field->to, "person") == 0) {
        sql_bind_int(sql, call->who.n);
        return true;
    }
    Field single = *field;
    if (field->kind == KIND_REFS) single.kind = KIND_REF, single.offset = 0;
    if (field->kind == KIND_CHOICES) single.kind = KIND_CHOICE, single.offset = 0;
    if (!value_from_json(call, &single, value_text_to_json(call, &single, value), scratch, path, err)) return false;
    const void *at = (const char *)scratch + single.offset;
    switch (single.kind) {
    case KIND_CHOICE: sql_bind_int(sql, *(const int *)at); return true;
    case KIND_REF: sql_bind_int(sql, ((const Id *)at)->n); return true;
    case KIND_DATE: sql_bind_int(sql, ((const Date *)at)->number); return true;
    case KIND_TIME: sql_bind_int(sql, ((const Time *)at)->us); return true;
    case KIND_INT: sql_bind_int(sql, ((const Int *)at)->value); return true;
    case KIND_BOOL: sql_bind_int(sql, (int64_t) * (const YesNo *)at); return true;
    case KIND_TEXT:
    case KIND_LONG:
    case KIND_FILE: sql_bind_str(sql, *(const Str *)at); return true;
    case KIND_CHOICES:
    case KIND_REFS:
    case KINDS: break;
    }
    return true;
}

static void sql_column(Sql *sql, const Filter *filter)
{
    buf_add_c(&sql->sql, filter->field != NULL ? filter->field->name : "state");
}

static bool sql_any_of(Sql *sql, const ListQuery *query, const Filter *filter, Err *err)
{
    Str rest   = filter->value, part;
    bool first = true;

    while (str_cut(&rest, ',', &part)) {
        if (!first) buf_add_c(&sql->sql, ", ");
        if (!sql_value(sql, query, filter, part, err)) return false;
        first = false;
    }
    return true;
}

static bool names_states(const Filter *filter)
{
    return filter->field == NULL && filter->kind == FILTER_IS;
}

static bool sql_filter_links(Sql *sql, const ListQuery *query, const Filter *filter, Err *err)
{
    buf_fmt(&sql->sql, "id %sIN (SELECT source FROM record_link WHERE kind = '%s.%s' AND target IN (",
            filter->kind == FILTER_IS_NOT ? "NOT " : "", query->type->name, filter->field->name);
    if (!sql_any_of(sql, query, filter, err)) return false;
    buf_add_c(&sql->sql, "))");
    return true;
}

static bool sql_filter_choices(Sql *sql, const ListQuery *query, const Filter *filter, Err *err)
{
    buf_add_c(&sql->sql, "(");
    sql_column(sql, filter);
    buf_add_c(&sql->sql, " >> (");
    if (!sql_value(sql, query, filter, filter->value, err)) return false;
    buf_fmt(&sql->sql, " - 1)) %% 2 = %d", filter->kind == FILTER_IS_NOT ? 0 : 1);
    return true;
}

static bool sql_filter(Sql *sql, const ListQuery *query, const Filter *filter, Err *err)
{
    buf_add_c(&sql->sql, " AND ");
    if (filter->field != NULL && filter->field->kind == KIND_REFS) return sql_filter_links(sql, query, filter, err);
    if (filter->field != NULL && filter->field->kind == KIND_CHOICES)
        return sql_filter_choices(sql, query, filter, err);
    sql_column(sql, filter);
    if (filter->kind == FILTER_BEFORE || filter->kind == FILTER_FROM) {
        buf_add_c(&sql->sql, filter->kind == FILTER_BEFORE ? " < " : " >= ");
        if (!sql_value(sql, query, filter, filter->value, err)) return false;
        if (filter->kind == FILTER_BEFORE)
            buf_fmt(&sql->sql, " AND %s <> 0", filter->field != NULL ? filter->field->name : "state");
        return true;
    }
    buf_add_c(&sql->sql, filter->kind == FILTER_IS_NOT ? " NOT IN (" : " IN (");
    Filter narrowed = *filter;
    if (names_states(filter) && sql->one_state.len > 0) narrowed.value = sql->one_state;
    if (!sql_any_of(sql, query, &narrowed, err)) return false;
    buf_add_c(&sql->sql, ")");
    return true;
}

/* Words limit the list to what search finds; at most 1000 hits are looked at, which a register never pages through. */
static bool sql_words(Sql *sql, const ListQuery *query, Err *err)
{
    SearchHits hits = { 0 };

    if (query->words.len == 0) return true;
    if (!search_find(sql->call->db, sql->call->arena, query->words, str_from_c(query->type->name), 1000, &hits, err))
        return false;
    buf_add_c(&sql->sql, " AND id IN (0");
    for (size_t i = 0; i < hits.len; i++)
        buf_fmt(&sql->sql, ",%lld", (long long)hits.at[i].id);
    buf_add_c(&sql->sql, ")");
    return true;
}

static bool sql_conditions(Sql *sql, const ListQuery *query, Err *err)
{
    sql_see(sql, query->type);
    for (size_t i = 0; i < query->filters_len; i++) {
        if (!sql_filter(sql, query, &query->filters[i], err)) return false;
    }
    if (query->where.len > 0) {
        buf_add_c(&sql->sql, " AND (");
        sql_condition(sql, query->where);
        buf_add_c(&sql->sql, ")");
    }
    return sql_words(sql, query, err);
}

/* ------------------------------------------------------------------------------------------------------- order and
 * cursor */

static bool sort_is_text(const ListQuery *query)
{
    if (query->sort == NULL) return true;
    return query->sort->kind == KIND_TEXT || query->sort->kind == KIND_LONG || query->sort->kind == KIND_FILE;
}

/* What a list is ordered by: days that are not set come last, numbers that are not set too. */
static Str sort_expression(Call *call, const ListQuery *query)
{
    if (query->sort == NULL) return STR("number");
    bool may_be_none = query->sort->kind == KIND_DATE || query->sort->kind == KIND_TIME;
    if (may_be_none && !query->descending) return plan_sort_expression(call->arena, query->sort);
    if (query->sort->kind == KIND_INT) return str_fmt(call->arena, "coalesce(%s, -1)", query->sort->name);
    return str_from_c(query->sort->name);
}

/* A cursor is the order value and id of the last row, as base64url of JSON; nobody reads it but us. */
static Str cursor_make(Call *call, const ListQuery *query, Str text, int64_t number, int64_t id)
{
    Buf json = buf_open(call->arena, 1 << 16);

    buf_add_byte(&json, '[');
    if (sort_is_text(query))
        json_add_string(&json, text);
    else
        buf_add_int(&json, number);
    buf_fmt(&json, ",%lld]", (long long)id);
    return base64url_encode(call->arena, buf_str(&json));
}

static bool cursor_read(Call *call, const ListQuery *query, json_t **out)
{
    Str text;
    Err ignored = { 0 };

    if (base64url_decode(call->arena, query->after, &text) && json_read(call->arena, text, out, &ignored) &&
        json_is_array(*out) && json_array_size(*out) == 2 && json_is_integer(json_array_get(*out, 1)) &&
        json_is_string(json_array_get(*out, 0)) == sort_is_text(query))
        return true;
    invalid(call, STR("after"), call_text(call, "Use the cursor as it was given, with the same sort."));
    return false;
}

static void sql_after(Sql *sql, const ListQuery *query, Str expression)
{
    json_t *cursor;

    if (query->after.len == 0 || !cursor_read(sql->call, query, &cursor)) return;
    buf_fmt(&sql->sql, " AND (%.*s, id) %s (", STR_ARG(expression), query->descending ? "<" : ">");
    if (sort_is_text(query))
        sql_bind_str(sql, str_dup(sql->call->arena, json_str(json_array_get(cursor, 0))));
    else
        sql_bind_int(sql, json_integer_value(json_array_get(cursor, 0)));
    buf_add_c(&sql->sql, ", ");
    sql_bind_int(sql, json_integer_value(json_array_get(cursor, 1)));
    buf_add_c(&sql->sql, ")");
}

/* ------------------------------------------------------------------------------------------------------- running */

void list_total(ListPage *page, int64_t count)
{
    page->total_is_more = count > LIST_COUNT_MAX;
    page->total         = page->total_is_more ? LIST_COUNT_MAX : count;
}

/* Counts as far as people count: a register of many thousands says "more than 1,000", and costs no more for it. */
bool list_count(Call *call, const ListQuery *query, ListPage *page, Err *err)
{
    Sql sql = { .call = call, .sql = buf_open(call->arena, 1 << 16) };

    buf_fmt(&sql.sql, "SELECT count(*) FROM (SELECT 1 FROM %s", query->type->name);
    if (!sql_conditions(&sql, query, err)) return false;
    buf_fmt(&sql.sql, " LIMIT %d) AS counted", LIST_COUNT_MAX + 1);
    if (call->invalids.len > 0) return true;
    Query *counting = sql_open(&sql);
    list_total(page, query_next(counting) ? query_int(counting, 0) : 0);
    return query_close(counting, err);
}

/* The states that the list is limited to; empty where it is not, or to one only. */
static Str several_states(const ListQuery *query)
{
    for (size_t i = 0; i < query->filters_len; i++) {
        const Filter *filter = &query->filters[i];
        if (names_states(filter) && str_index(filter->value, ',') < filter->value.len) return filter->value;
    }
    return (Str){ 0 };
}

/* What is behind WHERE, with order and limit. */
static bool sql_page(Sql *sql, const ListQuery *query, Str expression, Err *err)
{
    const char *way = query->descending ? "DESC" : "ASC";

    if (!sql_conditions(sql, query, err)) return false;
    sql_after(sql, query, expression);
    buf_fmt(&sql->sql, " ORDER BY %.*s %s, id %s LIMIT %zu", STR_ARG(expression), way, way, query->limit + 1);
    return true;
}

/* One page of several states is the first rows of each, put together: each part is read from the index of state and
 * order, where an engine would otherwise sort all rows of all these states. */
static bool sql_page_of_states(Sql *sql, const ListQuery *query, Str expression, Str states, Err *err)
{
    const char *way = query->descending ? "DESC" : "ASC";
    Str state;

    buf_add_c(&sql->sql, " WHERE id IN (");
    for (size_t part = 1; str_cut(&states, ',', &state); part++) {
        sql->one_state = state;
        buf_fmt(&sql->sql, "%sSELECT id FROM (SELECT id FROM %s", part == 1 ? "" : " UNION ALL ", query->type->name);
        if (!sql_page(sql, query, expression, err)) return false;
        buf_fmt(&sql->sql, ") AS part%zu", part);
    }
    buf_fmt(&sql->sql, ") ORDER BY %.*s %s, id %s LIMIT %zu", STR_ARG(expression), way, way, query->limit + 1);
    return true;
}

static Str list_columns(Call *call, const ListQuery *query, const Plan *plan)
{
    Buf columns = buf_open(call->arena, 1 << 16);

    if (query->only.len == 0) return plan->columns;
    buf_add_c(&columns, "id, number, state");
    for (size_t i = 0; i < query->only.len; i++)
        buf_fmt(&columns, ", %s", query->only.at[i]->name);
    return buf_str(&columns);
}

bool list_rows(Call *call, const ListQuery *query, ListPage *page, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, query->type);
    Sql sql          = { .call = call, .sql = buf_open(call->arena, 1 << 16) };
    Str expression   = sort_expression(call, query);
    bool is_lean     = query->only.len > 0;
    int extra        = is_lean ? ONLY_COLUMNS + (int)query->only.len : HEAD_COLUMNS + (int)query->type->fields_len;
    Str text         = { 0 };
    int64_t number = 0, id = 0;

    buf_fmt(&sql.sql, "SELECT %.*s, %.*s FROM %s", STR_ARG(list_columns(call, query, plan)), STR_ARG(expression),
            query->type->name);
    Str states = several_states(query);
    bool done  = states.len > 0 ? sql_page_of_states(&sql, query, expression, states, err)
                                : sql_page(&sql, query, expression, err);
    if (!done || call->invalids.len > 0) return done;
    page->records = arena_array(call->arena, void *, query->limit + 1);
    Query *rows   = sql_open(&sql);
    while (query_next(rows)) {
        if (page->len == query->limit) {
            page->next = cursor_make(call, query, text, number, id);
            continue;
        }
        void *record = arena_alloc(call->arena, query->type->size, alignof(max_align_t));
        if (is_lean)
            row_read_only(rows, &query->only, call->arena, record);
        else
            row_read(rows, plan, call->arena, record);
        page->records[page->len++] = record;
        id                         = ((RecordHead *)record)->id.n;
        if (sort_is_text(query))
            text = query_str(rows, extra, call->arena);
        else
            number = query_int(rows, extra);
    }
    return query_close(rows, err);
}

bool list_run(Call *call, const ListQuery *query, ListPage *page, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, query->type);

    *page = (ListPage){ .names = names_open(call) };
    if (!query->is_counted_by_caller && !list_count(call, query, page, err)) return false;
    if (call->invalids.len == 0 && !list_rows(call, query, page, err)) return false;
    for (size_t i = 0; i < page->len; i++) {
        names_know(page->names, query->type, page->records[i]);
        names_want_record(page->names, plan, page->records[i]);
    }
    return names_load(page->names, err);
}

/* ------------------------------------------------------------------------------------------------------- parts */

bool view_list_into(Call *call, const Type *type, void **at, size_t *len, size_t *cap, Str where, Binds binds, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, type);
    Sql sql          = { .call = call, .sql = buf_open(call->arena, 1 << 16) };

    for (size_t i = 0; i < binds.len; i++) /* they are $1 …; what sql_see binds comes behind them */
        *list_push(call->arena, &sql) = binds.at[i];
    buf_fmt(&sql.sql, "SELECT %.*s FROM %s", STR_ARG(plan->columns), type->name);
    sql_see(&sql, type);
    buf_fmt(&sql.sql, " AND (%.*s) ORDER BY id LIMIT %d", STR_ARG(where), VIEW_LIST_MAX);
    Query *query = sql_open(&sql);
    while (query_next(query))
        row_read(query, plan, call->arena, list_grow(call->arena, at, len, cap, type->size));
    return query_close(query, err);
}

bool view_count_each(Call *call, const Type *type, const Str *conditions, size_t len, int64_t *counts, Err *err)
{
    Sql sql = { .call = call, .sql = buf_open(call->arena, 1 << 16) };

    for (size_t i = 0; i < len; i++) {
        buf_fmt(&sql.sql, "%s (SELECT count(*) FROM (SELECT 1 FROM %s", i == 0 ? "SELECT" : ",", type->name);
        sql_see(&sql, type);
        buf_add_c(&sql.sql, " AND (");
        sql_condition(&sql, conditions[i]);
        buf_fmt(&sql.sql, ") LIMIT %d) AS counted%zu)", LIST_COUNT_MAX + 1, i);
    }
    Query *query  = sql_open(&sql);
    bool is_there = query_next(query);
    for (size_t i = 0; i < len; i++)
        counts[i] = is_there ? query_int(query, (int)i) : 0;
    return query_close(query, err);
}

bool view_has(Call *call, const Type *type, Str condition, bool *has, Err *err)
{
    Sql sql = { .call = call, .sql = buf_open(call->arena, 1 << 16) };

    buf_fmt(&sql.sql, "SELECT 1 FROM %s", type->name);
    sql_see(&sql, type);
    buf_add_c(&sql.sql, " AND (");
    sql_condition(&sql, condition);
    buf_add_c(&sql.sql, ") LIMIT 1");
    Query *query = sql_open(&sql);
    *has         = query_next(query);
    return query_close(query, err);
}

/* ------------------------------------------------------------------------------------------------------- search */

/* The states of the hits of one type that the person may see, in one query; `states` runs along the hits. */
static bool see_states(Call *call, const Type *type, const SearchHits *hits, int *states, Err *err)
{
    Sql sql = { .call = call, .sql = buf_open(call->arena, 1 << 16) };

    buf_fmt(&sql.sql, "SELECT id, state FROM %s", type->name);
    sql_see(&sql, type);
    buf_add_c(&sql.sql, " AND id IN (0");
    for (size_t i = 0; i < hits->len; i++) {
        if (!str_eq_c(hits->at[i].kind, type->name)) continue;
        buf_add_c(&sql.sql, ", ");
        sql_bind_int(&sql, hits->at[i].id);
    }
    buf_add_c(&sql.sql, ")");
    Query *query = sql_open(&sql);
    while (query_next(query)) {
        for (size_t i = 0; i < hits->len; i++) {
            if (hits->at[i].id == query_int(query, 0) && str_eq_c(hits->at[i].kind, type->name))
                states[i] = (int)query_int(query, 1);
        }
    }
    return query_close(query, err);
}

static bool kind_came_before(const SearchHits *hits, size_t hit)
{
    for (size_t i = 0; i < hit; i++) {
        if (str_eq(hits->at[i].kind, hits->at[hit].kind)) return true;
    }
    return false;
}

static bool found_names(Call *call, FoundList *out, Err *err)
{
    Names *names = names_open(call);

    for (size_t i = 0; i < out->len; i++)
        names_want(names, out->at[i].type, out->at[i].id);
    if (!names_load(names, err)) return false;
    for (size_t i = 0; i < out->len; i++) {
        out->at[i].number = names_number(names, out->at[i].type, out->at[i].id);
        out->at[i].title  = names_title(names, out->at[i].type, out->at[i].id);
    }
    return true;
}

bool view_search(Call *call, Str words, size_t limit, FoundList *out, Err *err)
{
    SearchHits hits = { 0 };

    if (!search_find(call->db, call->arena, words, (Str){ 0 }, limit * 2, &hits, err)) return false;
    int *states = arena_array(call->arena, int, hits.len);
    for (size_t i = 0; i < hits.len; i++) {
        const Plan *plan = registry_find(call->app->registry, hits.at[i].kind);
        if (plan == NULL || kind_came_before(&hits, i) || !view_may_list(call, plan->type)) continue;
        if (!see_states(call, plan->type, &hits, states, err)) return false;
    }
    for (size_t i = 0; i < hits.len && out->len < limit; i++) {
        if (states[i] == 0) continue;
        const Type *type             = registry_find(call->app->registry, hits.at[i].kind)->type;
        *list_push(call->arena, out) = (Found){ .type = type, .id = { hits.at[i].id }, .state = states[i] };
    }
    return found_names(call, out, err);
}
