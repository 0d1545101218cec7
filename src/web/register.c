/* SPDX-License-Identifier: Apache-2.0
 * Lists of records of every type: filters, words, sort, columns and page all live in the address, so a view can be
 * mailed. The number of queries is the same whatever the number of rows. */
#include "web/register.h"

#include <string.h>

#include "pages/pages.h"
#include "record/answer.h"
#include "record/export.h"
#include "record/verb.h"
#include "web/pages.h"

/* ---- the address taken apart ---- */

/* Parameters of the page itself; everything else limits or sorts the list. */
static bool param_is_ours(Str name)
{
    static const char *const ours[] = { "columns", "after", "back", "at", "done", "limit" };

    for (size_t i = 0; i < countof(ours); i++) {
        if (str_eq_c(name, ours[i])) return true;
    }
    return false;
}

static bool param_is_own(const Register *reg, Str name)
{
    Str rest = str_from_c(reg->own), own;

    while (str_cut(&rest, '|', &own)) {
        if (str_eq(name, own)) return true;
    }
    return false;
}

static void param_put(Arena *arena, ParamList *params, Str name, Str value)
{
    *list_push(arena, params) = (Param){ .name = name, .value = value };
}

static void register_read_params(Register *reg)
{
    const HttpFields *query = &reg->visit->request->query;
    Arena *arena            = reg->visit->arena;
    StrList columns         = { 0 };

    for (size_t i = 0; i < query->len; i++) {
        Str name = query->at[i].name, value = query->at[i].value;
        if (str_eq_c(name, "columns")) *list_push(arena, &columns) = value;
        if (param_is_ours(name) || value.len == 0) continue;
        param_put(arena, &reg->params, name, value);
        if (param_is_own(reg, name)) continue;
        if (!str_eq_c(name, "state") || !str_eq_c(value, "any")) param_put(arena, &reg->asked, name, value);
    }
    reg->columns_given = str_join(arena, &columns, STR(","));
    reg->back          = visit_param(reg->visit, "back");
    if (!str_to_i64(visit_param(reg->visit, "at"), 0, INT32_MAX, &reg->at)) reg->at = 0;
    if (type_is_plain(reg->plan->type) && register_param(reg, "state").len == 0)
        param_put(arena, &reg->asked, STR("state"), STR("in_use"));
}

Str register_param(const Register *reg, const char *name)
{
    for (size_t i = 0; i < reg->params.len; i++) {
        if (str_eq_c(reg->params.at[i].name, name)) return reg->params.at[i].value;
    }
    return (Str){ 0 };
}

/* ---- and put together ---- */

static void link_add(Buf *out, Arena *arena, Str name, Str value)
{
    if (value.len == 0) return;
    buf_add_byte(out, str_has(buf_str(out), STR("?")) ? '&' : '?');
    buf_add(out, address_value(arena, name));
    buf_add_byte(out, '=');
    buf_add(out, address_value(arena, value));
}

static Buf link_open(const Register *reg, const char *without)
{
    Buf out = buf_open(reg->visit->arena, 8000);

    buf_add(&out, address_list(reg->visit->arena, reg->plan->type));
    for (size_t i = 0; i < reg->params.len; i++) {
        if (!str_eq_c(reg->params.at[i].name, without))
            link_add(&out, reg->visit->arena, reg->params.at[i].name, reg->params.at[i].value);
    }
    link_add(&out, reg->visit->arena, STR("columns"), reg->columns_given);
    return out;
}

Str register_link(const Register *reg, const char *name, Str value)
{
    Buf out = link_open(reg, name);
    link_add(&out, reg->visit->arena, str_from_c(name), value);
    return buf_str(&out);
}

Str register_link_start(const Register *reg, const char *name)
{
    Buf out = link_open(reg, name);

    buf_add_byte(&out, str_has(buf_str(&out), STR("?")) ? '&' : '?');
    buf_add(&out, address_value(reg->visit->arena, str_from_c(name)));
    buf_add_byte(&out, '=');
    return buf_str(&out);
}

static Str page_link(const Register *reg, Str after, Str back, int64_t at)
{
    Buf out      = link_open(reg, "");
    Arena *arena = reg->visit->arena;

    link_add(&out, arena, STR("after"), after);
    link_add(&out, arena, STR("back"), back);
    if (at > 0) link_add(&out, arena, STR("at"), str_fmt(arena, "%lld", (long long)at));
    return buf_str(&out);
}

/* ---- columns ---- */

bool field_is_column(const Field *field)
{
    return !(field->flags & SECRET) && (field->flags & (SHOW_IN_LIST | INDEXED)) && !(field->flags & SHOW_AS_TITLE);
}

static bool field_may_be_column(const Field *field)
{
    return !(field->flags & (SECRET | SHOW_AS_TITLE | PRIVATE_TEXT)) && field->kind != KIND_FILE;
}

static bool list_names(Str list, const char *name)
{
    Str part;
    while (str_cut(&list, ',', &part)) {
        if (str_eq_c(part, name)) return true;
    }
    return false;
}

/* The first of those that lists show, so that the title keeps room to be read. */
static bool column_is_usual(const Type *type, const Field *field)
{
    size_t before = 0;

    for (const Field *at = type->fields; at < field; at++)
        before += (at->flags & SHOW_IN_LIST) && at->kind != KIND_LONG && field_may_be_column(at);
    return (field->flags & SHOW_IN_LIST) && field->kind != KIND_LONG && before < REGISTER_COLUMNS_USUAL;
}

static bool column_is_chosen(const Register *reg, const Field *field)
{
    if (reg->columns_given.len > 0) return list_names(reg->columns_given, field->name);
    return column_is_usual(reg->plan->type, field);
}

static void register_choose_columns(Register *reg)
{
    const Type *type = reg->plan->type;

    for (size_t i = 0; i < type->fields_len && reg->columns_len < REGISTER_COLUMNS_MAX; i++) {
        const Field *field = &type->fields[i];
        if (field_may_be_column(field) && column_is_chosen(reg, field)) reg->columns[reg->columns_len++] = field;
    }
}

/* The rows are read for the table alone, unless the page says what else it looks at. */
static void register_choose_fields(Register *reg)
{
    FieldList *only = &reg->query.only;
    Arena *arena    = reg->visit->arena;

    if (reg->reads != NULL) {
        for (size_t i = 0; i < reg->reads_len; i++)
            *list_push(arena, only) = &reg->plan->type->fields[reg->reads[i]];
        return;
    }
    if (reg->plan->title != NULL) *list_push(arena, only) = reg->plan->title;
    if (reg->plan->parent != NULL) *list_push(arena, only) = reg->plan->parent;
    for (size_t i = 0; i < reg->columns_len; i++) {
        if (reg->columns[i] != reg->plan->parent) *list_push(arena, only) = reg->columns[i];
    }
}

static Sorted sorted_by(const Register *reg, const Field *field)
{
    if (reg->query.sort != field) return SORTED_NOT;
    return reg->query.descending ? SORTED_DOWN : SORTED_UP;
}

static TableColumn column_of(const Register *reg, const Field *field, Str label, ColumnLook look)
{
    const char *name = field != NULL ? field->name : "number";
    bool is_sortable =
        field == NULL || (field->kind != KIND_REFS && field->kind != KIND_CHOICES && field->kind != KIND_LONG);
    TableColumn column = { .label = label, .kind = look, .sorted = sorted_by(reg, field) };

    if (!is_sortable) return column;
    Str value        = str_fmt(reg->visit->arena, "%s%s", column.sorted == SORTED_UP ? "-" : "", name);
    column.sort_href = register_link(reg, "sort", value);
    return column;
}

static ColumnLook field_look(const Field *field)
{
    if (field->kind == KIND_INT) return COLUMN_NUMBER;
    if (field->kind == KIND_TEXT || field->kind == KIND_LONG || field->kind == KIND_REFS || field->kind == KIND_REF)
        return COLUMN_PLAIN;
    return COLUMN_NOWRAP;
}

static bool register_shows_state(const Register *reg)
{
    return !type_is_plain(reg->plan->type) || str_eq_c(register_param(reg, "state"), "any");
}

static void table_columns(const Register *reg, TableView *table)
{
    TableColumn *columns = arena_array(reg->visit->arena, TableColumn, reg->columns_len + 3);
    const Field *title   = reg->plan->title;
    size_t len           = 0;

    columns[len++] = column_of(reg, NULL, visit_text(reg->visit, N_("No.")), COLUMN_FIRST);
    if (title != NULL) columns[len++] = column_of(reg, title, visit_text(reg->visit, title->label), COLUMN_TITLE);
    for (size_t i = 0; i < reg->columns_len; i++)
        columns[len++] = column_of(reg, reg->columns[i], visit_text(reg->visit, reg->columns[i]->label),
                                   field_look(reg->columns[i]));
    if (register_shows_state(reg))
        columns[len++] = (TableColumn){ .label = visit_text(reg->visit, N_("State")), .kind = COLUMN_NOWRAP };
    table->columns     = columns;
    table->columns_len = len;
}

/* ---- rows ---- */

static TableRow table_row(const Register *reg, const TableView *table, const void *record)
{
    const RecordHead *head = record;
    Arena *arena           = reg->visit->arena;
    Str number             = names_number(reg->page.names, reg->plan->type, head->id);
    Str href               = address_record(arena, reg->plan->type, number);
    Drawing drawing        = { .visit = reg->visit, .names = reg->page.names, .type = reg->plan->type };
    Cell *cells            = arena_array(arena, Cell, table->columns_len);
    Str title              = record_title(reg->plan, record);
    size_t len             = 0;

    cells[len++] = (Cell){ .text = number, .href = title.len == 0 ? href : STR("") };
    if (reg->plan->title != NULL) cells[len++] = (Cell){ .text = title, .href = title.len > 0 ? href : STR("") };
    for (size_t i = 0; i < reg->columns_len; i++)
        cells[len++] = cell_of_field(&drawing, reg->columns[i], record);
    if (register_shows_state(reg)) cells[len++] = cell_state(reg->visit, reg->plan->type, head->state);
    bool is_void = state_glyph(reg->plan->type, head->state) == STATE_GLYPH_VOID;
    return (TableRow){ .cells = cells, .look = is_void ? ROW_CUT : ROW_NORMAL };
}

static void table_fill(const Register *reg, TableView *table)
{
    table->label = visit_text(reg->visit, reg->plan->type->label_plural);
    table_columns(reg, table);
    for (size_t i = 0; i < reg->page.len; i++)
        *list_push(reg->visit->arena, table) = table_row(reg, table, reg->page.records[i]);
}

/* ---- pager ---- */

static Str sort_words(const Register *reg)
{
    const Field *field = reg->query.sort;
    Arena *arena       = reg->visit->arena;
    Str label          = str_lower(arena, visit_text(reg->visit, field != NULL ? field->label : N_("number")));
    Str by             = visit_text(reg->visit, N_("sorted by"));

    if (!reg->query.descending) return str_fmt(arena, "%.*s %.*s", STR_ARG(by), STR_ARG(label));
    return str_fmt(arena, "%.*s %.*s, %.*s", STR_ARG(by), STR_ARG(label),
                   STR_ARG(visit_text(reg->visit, N_("last first"))));
}

static Str count_words(const Register *reg)
{
    Html words   = visit_html(reg->visit);
    Arena *arena = reg->visit->arena;
    Str total    = total_words(reg->visit, &reg->page);
    Str of       = visit_text(reg->visit, N_("of"));

    if (reg->at == 0 && (int64_t)reg->page.len == reg->page.total)
        return str_fmt(arena, "%.*s %.*s %.*s", STR_ARG(total), STR_ARG(of), STR_ARG(total));
    Str first = grouped(&words, reg->at + 1), last = grouped(&words, reg->at + (int64_t)reg->page.len);
    return str_fmt(arena, "%.*s %.*s %.*s %.*s %.*s", STR_ARG(first), STR_ARG(visit_text(reg->visit, N_("to"))),
                   STR_ARG(last), STR_ARG(of), STR_ARG(total));
}

/* The trail of cursors that leads back: "0" is the first page. The oldest is forgotten beyond REGISTER_BACK_MAX. */
static Str trail_longer(const Register *reg)
{
    Str now    = reg->query.after.len > 0 ? reg->query.after : STR("0");
    Str trail  = reg->back.len > 0 ? str_fmt(reg->visit->arena, "%.*s,%.*s", STR_ARG(reg->back), STR_ARG(now)) : now;
    size_t len = 1;

    for (size_t i = 0; i < trail.len; i++)
        len += trail.ptr[i] == ',';
    for (; len > REGISTER_BACK_MAX; len--)
        trail = str_slice(trail, str_index(trail, ',') + 1, trail.len);
    return trail;
}

static Str previous_link(const Register *reg)
{
    size_t cut = reg->back.len;
    int64_t at = reg->at - (int64_t)reg->query.limit;

    if (reg->query.after.len == 0) return (Str){ 0 };
    while (cut > 0 && reg->back.ptr[cut - 1] != ',')
        cut--;
    Str cursor = str_slice(reg->back, cut, reg->back.len);
    Str trail  = str_slice(reg->back, 0, cut > 0 ? cut - 1 : 0);
    if (cursor.len == 0 || str_eq_c(cursor, "0")) return page_link(reg, STR(""), STR(""), 0);
    return page_link(reg, cursor, trail, at > 0 ? at : 0);
}

void register_pager_fill(const Register *reg, Pager *pager)
{
    pager->words = str_fmt(reg->visit->arena, "%.*s · %.*s", STR_ARG(count_words(reg)), STR_ARG(sort_words(reg)));
    pager->previous_href = previous_link(reg);
    if (reg->page.next.len > 0)
        pager->next_href = page_link(reg, reg->page.next, trail_longer(reg), reg->at + (int64_t)reg->page.len);
}

/* ---- the page ---- */

static Button create_button(const Register *reg, const char *label)
{
    Arena *arena = reg->visit->arena;
    Str noun     = str_lower(arena, visit_text(reg->visit, reg->plan->type->label));

    return (Button){ .label = str_fmt(arena, "%.*s %.*s", STR_ARG(visit_text(reg->visit, label)), STR_ARG(noun)),
                     .icon  = ICON_PLUS,
                     .kind  = BUTTON_PRIMARY,
                     .href  = address_verb(arena, reg->plan->type, STR(""), "create") };
}

static PageHead register_head(const Register *reg)
{
    PageHead head = { .title = visit_text(reg->visit, reg->plan->type->label_plural),
                      .sub   = visit_text(reg->visit, reg->plan->type->about) };

    if (reg->page.total > 0) *list_push(reg->visit->arena, &head.acts) = register_export_button(reg);
    if (reg->may_create) *list_push(reg->visit->arena, &head.acts) = create_button(reg, N_("Add"));
    return head;
}

static void view_add(const Register *reg, Tabs *views, const char *label, const char *param, Str value)
{
    bool here = param == NULL ? register_conditions(reg) == 0 : str_eq(register_param(reg, param), value);
    Str href  = address_list(reg->visit->arena, reg->plan->type);

    if (param != NULL) href = str_fmt(reg->visit->arena, "%.*s?%s=%.*s", STR_ARG(href), param, STR_ARG(value));
    *list_push(reg->visit->arena, views) = (Tab){ .text = visit_text(reg->visit, label), .href = href, .here = here };
}

static void views_fill(const Register *reg, Tabs *views)
{
    const Field *owner = type_field(reg->plan->type, STR("owner")), *due = type_field(reg->plan->type, STR("step_due"));

    if (due == NULL) due = type_field(reg->plan->type, STR("due"));
    bool by_owner = owner != NULL && owner->kind == KIND_REF && strcmp(owner->to, "person") == 0;
    bool by_due   = due != NULL && due->kind == KIND_DATE;
    if (!by_owner && !by_due) return;
    views->label = visit_text(reg->visit, N_("Views"));
    view_add(reg, views, N_("All"), NULL, STR(""));
    if (by_due) {
        const char *before = str_to_c(reg->visit->arena, str_fmt(reg->visit->arena, "%s.before", due->name));
        view_add(reg, views, N_("Late"), before, date_to_iso(reg->visit->arena, reg->visit->call->today));
    }
    if (by_owner) view_add(reg, views, N_("Yours"), "owner", STR("me"));
}

/* Lists that are looked at together; the first is the entry of the side column. */
static const char *const families[][5] = {
    { "person", "role", "account", "qualification", "competence_evidence" },
    { "control", "requirement", "framework", "soa_version", "procedure" },
};

static const char *const *family_of(const Register *reg)
{
    for (size_t i = 0; i < countof(families); i++) {
        for (size_t k = 0; k < countof(families[i]); k++) {
            if (strcmp(families[i][k], reg->plan->type->name) == 0) return families[i];
        }
    }
    return NULL;
}

static void family_fill(const Register *reg, Tabs *tabs)
{
    const char *const *family = family_of(reg);

    for (size_t i = 0; family != NULL && i < countof(families[0]); i++) {
        const Plan *plan = registry_find(reg->visit->app->registry, str_from_c(family[i]));
        if (plan == NULL || !view_may_list(reg->visit->call, plan->type)) continue;
        tabs->label                         = visit_text(reg->visit, N_("Lists that belong together"));
        *list_push(reg->visit->arena, tabs) = (Tab){ .text = visit_text(reg->visit, plan->type->label_plural),
                                                     .href = address_list(reg->visit->arena, plan->type),
                                                     .here = plan == reg->plan };
    }
}

/* The entry of the side column that a list belongs to. */
static Str register_here(const Register *reg)
{
    const char *const *family = family_of(reg);
    return family == families[0] ? STR("/people") : address_list(reg->visit->arena, reg->plan->type);
}

/* Who adds one, where the reader may not; what it is stands in the head already. */
static Str empty_words(const Register *reg)
{
    const Type *type = reg->plan->type;
    Html words       = visit_html(reg->visit);

    for (size_t i = 0; i < type->steps_len && !reg->may_create; i++) {
        if (type->steps[i].from == STATE_NEW && strcmp(type->steps[i].verb, "create") == 0)
            return filled(&words, N_("Added by: {1}."), who_words(reg->visit->call, type, type->steps[i].who), STR(""));
    }
    return (Str){ 0 };
}

static bool empty_fill(const Register *reg, EmptyState *empty, Err *err)
{
    const Type *type = reg->plan->type;
    Arena *arena     = reg->visit->arena;

    if (reg->page.len > 0) return true;
    if (register_conditions(reg) > 0 || reg->query.after.len > 0) return register_nothing_fill(reg, empty, err);
    empty->title = str_fmt(arena, "%.*s %.*s %.*s", STR_ARG(visit_text(reg->visit, N_("No"))),
                           STR_ARG(str_lower(arena, visit_text(reg->visit, type->label))),
                           STR_ARG(visit_text(reg->visit, N_("yet"))));
    empty->text  = empty_words(reg);
    if (reg->may_create) *list_push(arena, &empty->acts) = create_button(reg, N_("Add the first"));
    return true;
}

void register_forms_fill(const Register *reg, Listing *listing)
{
    const Type *type = reg->plan->type;

    listing->action = address_list(reg->visit->arena, type);
    listing->words  = reg->query.words;
    for (size_t i = 0; i < reg->params.len; i++) {
        if (!str_eq_c(reg->params.at[i].name, "q"))
            *list_push(reg->visit->arena, &listing->kept) =
                (HiddenField){ .name = reg->params.at[i].name, .value = reg->params.at[i].value };
    }
    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if (!field_may_be_column(field)) continue;
        *list_push(reg->visit->arena, &listing->columns) =
            (ColumnChoice){ .value  = str_from_c(field->name),
                            .label  = visit_text(reg->visit, field->label),
                            .chosen = column_is_chosen(reg, field) };
    }
}

bool register_load(Register *reg, Err *err)
{
    Call *call = reg->visit->call;

    register_read_params(reg);
    param_put(reg->visit->arena, &reg->asked, STR("after"), visit_param(reg->visit, "after"));
    if (!list_read(call, reg->plan->type, &reg->asked, &reg->query, err)) return false;
    reg->query.where = reg->where;
    if (reg->limit > 0) reg->query.limit = reg->limit;
    if (call->invalids.len > 0) return true;
    register_choose_columns(reg);
    register_choose_fields(reg);
    reg->query.is_counted_by_caller = reg->counts && register_conditions(reg) == 0;
    if (!list_run(call, &reg->query, &reg->page, err)) return false;
    return call->invalids.len > 0 || verb_may_create(call, reg->plan->type, &reg->may_create, err);
}

/* An address that was mistyped or is older than the declaration: says what is wrong with it. */
bool register_unreadable(Visit *visit, Err *err)
{
    StrList words = { 0 };

    for (size_t i = 0; i < visit->call->invalids.len; i++)
        *list_push(visit->arena, &words) = visit->call->invalids.at[i].message;
    return visit_problem(visit, 422, visit_text(visit, N_("This list cannot be shown as asked")),
                         str_join(visit->arena, &words, STR(" ")), err);
}

static bool register_show(Visit *visit, Err *err)
{
    Register reg    = { .visit = visit, .plan = visit->plan };
    Listing listing = { 0 };

    if (!visit_read(visit, err)) return false;
    if (!view_may_list(visit->call, visit->plan->type)) return visit_not_found(visit, err);
    if (!register_load(&reg, err)) return false;
    if (visit->call->invalids.len > 0) return register_unreadable(visit, err);
    if (!empty_fill(&reg, &listing.empty, err)) return false;
    family_fill(&reg, &listing.family);
    views_fill(&reg, &listing.views);
    register_filter_fill(&reg, &listing.filter);
    register_forms_fill(&reg, &listing);
    table_fill(&reg, &listing.table);
    register_pager_fill(&reg, &listing.pager);
    Html page     = visit_html(visit);
    PageHead head = register_head(&reg);
    Shell shell   = visit_shell(visit, head.title, register_here(&reg));
    page_register(&page, &shell, &head, &listing);
    return visit_send(visit, 200, &page, err);
}

/* ---- as a file ---- */

Button register_export_button(const Register *reg)
{
    Arena *arena = reg->visit->arena;
    Buf whole    = link_open(reg, "");
    Str link     = buf_str(&whole);
    size_t path  = strlen(reg->plan->type->plural) + 1;

    return (Button){ .label = visit_text(reg->visit, N_("Export")),
                     .href  = str_fmt(arena, "%.*s.csv%.*s", STR_ARG(str_slice(link, 0, path)),
                                      STR_ARG(str_slice(link, path, link.len))) };
}

bool register_send_csv(Register *reg, Err *err)
{
    Visit *visit = reg->visit;
    Str csv;

    register_read_params(reg);
    if (!list_read(visit->call, reg->plan->type, &reg->asked, &reg->query, err)) return false;
    reg->query.where = reg->where;
    if (visit->call->invalids.len == 0 && !list_to_csv(visit->call, &reg->query, &csv, err)) return false;
    if (visit->call->invalids.len > 0) return register_unreadable(visit, err);
    http_respond(visit->response, 200, STR("text/csv; charset=utf-8"), csv);
    http_attach(visit->response, str_fmt(visit->arena, "%s.csv", reg->plan->type->plural));
    return true;
}

static bool register_export(Visit *visit, Err *err)
{
    Register reg = { .visit = visit, .plan = visit->plan };

    if (!visit_read(visit, err)) return false;
    if (!view_may_list(visit->call, visit->plan->type)) return visit_not_found(visit, err);
    return register_send_csv(&reg, err);
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET, "/{plural}",     register_show,   0 },
    { HTTP_GET, "/{plural.csv}", register_export, 0 },
};
/* clang-format on */
const Routes register_routes = ROUTES_OF(rows);
