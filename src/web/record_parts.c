/* SPDX-License-Identifier: Apache-2.0
 * Records that are parts of another, as tables on its page, each with the way to add one. */
#include <stdalign.h>

#include "record/verb.h"
#include "web/record_page.h"

enum { PART_ROWS = 50, PART_COLUMNS = 4 };

/* One table in the making. */
typedef struct {
    Visit *visit;
    const Plan *plan; /* of the part */
    const Field *columns[PART_COLUMNS];
    size_t columns_len;
    ListPage page;
    PartTable *out;
} Part;

static void part_choose_columns(Part *part)
{
    const Type *type = part->plan->type;

    for (size_t i = 0; i < type->fields_len && part->columns_len < PART_COLUMNS; i++) {
        const Field *field = &type->fields[i];
        bool is_column     = (field->flags & SHOW_IN_LIST) && !(field->flags & (SHOW_AS_TITLE | SECRET)) &&
                         field != part->plan->parent && field->kind != KIND_LONG;
        if (is_column) part->columns[part->columns_len++] = field;
    }
}

static void part_columns(Part *part)
{
    const Visit *visit   = part->visit;
    TableColumn *columns = arena_array(visit->arena, TableColumn, part->columns_len + 3);
    size_t len           = 0;

    columns[len++] = (TableColumn){ .label = visit_text(visit, N_("No.")), .kind = COLUMN_FIRST };
    if (part->plan->title != NULL)
        columns[len++] = (TableColumn){ .label = visit_text(visit, part->plan->title->label), .kind = COLUMN_TITLE };
    for (size_t i = 0; i < part->columns_len; i++)
        columns[len++] = (TableColumn){ .label = visit_text(visit, part->columns[i]->label),
                                        .kind  = part->columns[i]->kind == KIND_INT ? COLUMN_NUMBER : COLUMN_PLAIN };
    if (!type_is_plain(part->plan->type))
        columns[len++] = (TableColumn){ .label = visit_text(visit, N_("State")), .kind = COLUMN_NOWRAP };
    part->out->table.columns     = columns;
    part->out->table.columns_len = len;
}

static TableRow part_row(Part *part, const void *record)
{
    const RecordHead *head = record;
    const Visit *visit     = part->visit;
    Drawing drawing        = { .visit = visit, .names = part->page.names, .type = part->plan->type };
    Cell *cells            = arena_array(visit->arena, Cell, part->out->table.columns_len);
    Str href =
        address_record(visit->arena, part->plan->type, names_number(part->page.names, part->plan->type, head->id));
    Str title  = record_title(part->plan, record);
    size_t len = 0;

    cells[len++] = (Cell){ .text = head->number, .href = title.len == 0 ? href : STR("") };
    if (part->plan->title != NULL) cells[len++] = (Cell){ .text = title, .href = title.len > 0 ? href : STR("") };
    for (size_t i = 0; i < part->columns_len; i++)
        cells[len++] = cell_of_field(&drawing, part->columns[i], record);
    if (!type_is_plain(part->plan->type)) cells[len++] = cell_state(visit, part->plan->type, head->state);
    bool is_void = state_glyph(part->plan->type, head->state) == STATE_GLYPH_VOID;
    return (TableRow){ .cells = cells, .look = is_void ? ROW_CUT : ROW_NORMAL };
}

static bool part_load(Part *part, Err *err)
{
    Param of         = { str_from_c(part->plan->parent->name), part->visit->number };
    ParamList params = { .at = &of, .len = 1 };
    ListQuery query;

    if (!list_read(part->visit->call, part->plan->type, &params, &query, err)) return false;
    query.limit = PART_ROWS;
    return list_run(part->visit->call, &query, &part->page, err);
}

/* Whether this person may make a part of this very record. */
static bool part_may_add(const Part *part, const void *record, bool *may, Err *err)
{
    void *made = arena_alloc(part->visit->arena, part->plan->type->size, alignof(max_align_t));

    *(Id *)(void *)((char *)made + part->plan->parent->offset) = ((const RecordHead *)record)->id;
    return verb_may_make(part->visit->call, part->plan->type, made, may, err);
}

static Button part_add_button(const Part *part)
{
    Arena *arena = part->visit->arena;
    Str number   = address_value(arena, part->visit->number);
    Str here     = address_record(arena, part->visit->plan->type, part->visit->number);
    Str back     = address_value(arena, str_fmt(arena, "%.*s#%s", STR_ARG(here), part->plan->type->plural));
    Str noun     = str_lower(arena, visit_text(part->visit, part->plan->type->label));

    return (Button){ .label = str_fmt(arena, "%.*s %.*s", STR_ARG(visit_text(part->visit, N_("Add"))), STR_ARG(noun)),
                     .icon  = ICON_PLUS,
                     .size  = BUTTON_SMALL,
                     .href  = str_fmt(arena, "/%s/new?%s=%.*s&return=%.*s", part->plan->type->plural,
                                      part->plan->parent->name, STR_ARG(number), STR_ARG(back)) };
}

static void part_fill(Part *part, bool may_add)
{
    const Visit *visit = part->visit;
    PartTable *out     = part->out;

    out->id          = str_from_c(part->plan->type->plural);
    out->title       = visit_text(visit, part->plan->type->label_plural);
    out->count       = part->page.total > 0 ? total_words(visit, &part->page) : (Str){ 0 };
    out->table.label = out->title;
    if (may_add) out->add = part_add_button(part);
    if (part->page.total > PART_ROWS)
        out->list_href = str_fmt(visit->arena, "/%s?%s=%.*s", part->plan->type->plural, part->plan->parent->name,
                                 STR_ARG(address_value(visit->arena, visit->number)));
    part_choose_columns(part);
    part_columns(part);
    for (size_t i = 0; i < part->page.len; i++)
        *list_push(visit->arena, &out->table) = part_row(part, part->page.records[i]);
}

static bool part_add(Visit *visit, const Plan *plan, const void *record, PartTables *out, Err *err)
{
    Part part = { .visit = visit, .plan = plan };
    bool may_add;

    if (!part_load(&part, err) || !part_may_add(&part, record, &may_add, err)) return false;
    if (part.page.len == 0 && !may_add) return true;
    part.out = list_push(visit->arena, out);
    part_fill(&part, may_add);
    return true;
}

bool record_parts(Visit *visit, const void *record, PartTables *out, Err *err)
{
    const Registry *registry = visit->app->registry;

    for (size_t i = 0; i < registry_len(registry); i++) {
        const Plan *plan = registry_at(registry, i);
        if (plan->parent_type != visit->plan->type || !view_may_list(visit->call, plan->type)) continue;
        if (!part_add(visit, plan, record, out, err)) return false;
    }
    return true;
}
