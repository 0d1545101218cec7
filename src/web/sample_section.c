/* SPDX-License-Identifier: Apache-2.0
 * A sample for its reader. What it allows to say is the sentence on record (audit/evaluation.h): the page adds nothing
 * to it. While it is tested an item leads to the form of its results, before and after to its record. */
#include "web/sample_section.h"

#include <string.h>

#include "audit/draw_wish.h"
#include "audit/evaluation.h"
#include "audit/paper_view.h"
#include "audit/sample_draw.h"
#include "record/verb.h"
#include "web/values.h"

enum { ITEMS_SHOWN = 8, ITEMS_IN_TEST = 40, COLUMNS_SHOWN = 5, HASH_SHOWN = 12 };

typedef struct {
    Visit *visit;
    Names *names;
    const Sample *sample;
    Str number, back;
    const SampleItem **items;
    size_t items_len;
    bool may_test;
    StrList columns; /* facts and attributes */
    Html words;
    SampleSection *out;
} SectionFill;

static Str text(const SectionFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

/* ---- the items ---- */

static bool list_has(const StrList *list, Str name)
{
    for (size_t i = 0; i < list->len; i++)
        if (str_eq(list->at[i], name)) return true;
    return false;
}

/* The names in front of the colons of lines. */
static void columns_add(SectionFill *fill, Str lines)
{
    Str line;

    while (lines.len > 0 && str_cut(&lines, '\n', &line)) {
        Str name = str_trim(str_slice(line, 0, str_index(line, ':')));
        if (name.len == 0 || fill->columns.len == COLUMNS_SHOWN || list_has(&fill->columns, name)) continue;
        *list_push(fill->visit->arena, &fill->columns) = name;
    }
}

/* "not_needed" → "not needed" */
static Str fact_words(Arena *arena, Str value)
{
    Buf out = buf_open(arena, value.len + 1);

    for (size_t i = 0; i < value.len; i++)
        buf_add_byte(&out, value.ptr[i] == '_' ? ' ' : value.ptr[i]);
    return buf_str(&out);
}

/* "target_days" → "Target days" */
static Str fact_label(Arena *arena, Str name)
{
    Str words  = fact_words(arena, name);
    char *copy = arena_array(arena, char, words.len + 1);

    if (words.len > 0) memcpy(copy, words.ptr, words.len);
    if (words.len > 0 && copy[0] >= 'a' && copy[0] <= 'z') copy[0] = (char)(copy[0] - 'a' + 'A');
    return (Str){ copy, words.len };
}

/* What was seen, marked by what it means; without a fact the result alone. */
static Cell fact_cell(const SectionFill *fill, const SampleItem *item, Str name)
{
    Str value  = line_value(item->facts, name);
    Str result = line_value(item->results, name);
    bool fails = str_eq_c(result, "fail") || str_eq_c(result, "deviation") || str_eq_c(result, "missing");
    Date day;

    if (value.len == 0) value = result;
    if (date_from_iso(value, &day) && !fails) return (Cell){ .kind = CELL_DATE, .date = day };
    value = fact_words(fill->visit->arena, value);
    if (fails) return (Cell){ .kind = CELL_FAIL, .text = value };
    if (str_eq_c(result, "not_applicable")) return (Cell){ .kind = CELL_NONE, .text = value };
    return (Cell){ .text = value };
}

static Cell item_result(const SectionFill *fill, const SampleItem *item)
{
    Str words = value_to_human(fill->names, &sample_item_type.fields[SampleItem_result], item);

    switch (item->result) {
    case ITEM_PASS: return (Cell){ .kind = CELL_PASS, .text = words };
    case ITEM_DEVIATION:
    case ITEM_MISSING: return (Cell){ .kind = CELL_FAIL, .text = words };
    default: return (Cell){ .kind = CELL_NONE, .text = words.len > 0 ? words : text(fill, N_("no result yet")) };
    }
}

static Str item_href(const SectionFill *fill, const SampleItem *item)
{
    Arena *arena = fill->visit->arena;
    Str number   = str_fmt(arena, "%.*s/%.*s", STR_ARG(fill->number), STR_ARG(item->head.number));

    if (!fill->may_test) return address_record(arena, &sample_item_type, number);
    return str_fmt(arena, "%.*s?return=%.*s", STR_ARG(address_verb(arena, &sample_item_type, number, "edit")),
                   STR_ARG(address_value(arena, fill->back)));
}

static void item_row(SectionFill *fill, const SampleItem *item, bool has_strata)
{
    TableView *table = &fill->out->table.table;
    Arena *arena     = fill->visit->arena;
    Cell *cells      = arena_array(arena, Cell, table->columns_len);
    size_t len       = 0;

    cells[len] = (Cell){ .text = item->item, .href = item_href(fill, item) };
    if (item->line.set)
        cells[len].note = filled(&fill->words, N_("line {1}"), grouped(&fill->words, item->line.value), (Str){ 0 });
    len++;
    if (has_strata) cells[len++] = (Cell){ .text = item->stratum };
    for (size_t i = 0; i < fill->columns.len; i++)
        cells[len++] = fact_cell(fill, item, fill->columns.at[i]);
    cells[len]               = item_result(fill, item);
    *list_push(arena, table) = (TableRow){ .cells = cells };
}

static void columns_fill(SectionFill *fill, bool has_strata)
{
    Arena *arena         = fill->visit->arena;
    TableColumn *columns = arena_array(arena, TableColumn, fill->columns.len + 3);
    size_t len           = 0;

    columns[len++] = (TableColumn){ .label = text(fill, N_("Item")), .kind = COLUMN_TITLE };
    if (has_strata) columns[len++] = (TableColumn){ .label = text(fill, N_("Stratum")) };
    for (size_t i = 0; i < fill->columns.len; i++)
        columns[len++] = (TableColumn){ .label = fact_label(arena, fill->columns.at[i]), .kind = COLUMN_NOWRAP };
    columns[len++]                     = (TableColumn){ .label = text(fill, N_("Result")), .kind = COLUMN_ENDCAP };
    fill->out->table.table.columns     = columns;
    fill->out->table.table.columns_len = len;
}

/* Deviations are kept in view, others fill up. */
static void rows_fill(SectionFill *fill, bool has_strata)
{
    size_t most = fill->may_test ? ITEMS_IN_TEST : ITEMS_SHOWN, deviations = 0, others = 0;

    for (size_t i = 0; i < fill->items_len; i++)
        deviations += item_deviates(fill->items[i]);
    for (size_t i = 0; i < fill->items_len; i++) {
        bool deviates = item_deviates(fill->items[i]);
        if (!deviates && deviations + others >= most) continue;
        others += !deviates;
        item_row(fill, fill->items[i], has_strata);
    }
}

static void items_fill(SectionFill *fill)
{
    AuditTable *table = &fill->out->table;
    Arena *arena      = fill->visit->arena;
    bool has_strata   = false;

    table->table.label = text(fill, N_("Items of the sample"));
    table->none        = text(fill, N_("Nothing is drawn yet."));
    if (fill->items_len == 0) return;
    for (size_t i = 0; i < fill->items_len; i++) {
        has_strata = has_strata || fill->items[i]->stratum.len > 0;
        if (fill->columns.len == 0) columns_add(fill, fill->items[i]->facts);
    }
    columns_add(fill, fill->sample->attributes);
    columns_fill(fill, has_strata);
    rows_fill(fill, has_strata);
    table->foot = filled(&fill->words, N_("{1} of {2} shown, deviations kept in view"),
                         str_fmt(arena, "%zu", table->table.len), str_fmt(arena, "%zu", fill->items_len));
}

static void items_pick(SectionFill *fill, const SampleItemList *all)
{
    fill->items = arena_array(fill->visit->arena, const SampleItem *, all->len + 1);
    for (size_t i = 0; i < all->len; i++) {
        if (id_eq(all->at[i].sample, fill->sample->head.id)) fill->items[fill->items_len++] = &all->at[i];
    }
}

/* ---- facts ---- */

static void fact(SectionFill *fill, const char *label, Cell cell)
{
    if (cell.text.len > 0) *list_push(fill->visit->arena, &fill->out->facts) = (Fact){ text(fill, label), cell };
}

static Str dotted(const SectionFill *fill, Str before, Str after)
{
    if (before.len == 0 || after.len == 0) return before.len > 0 ? before : after;
    return str_fmt(fill->visit->arena, "%.*s · %.*s", STR_ARG(before), STR_ARG(after));
}

static Cell population_cell(const SectionFill *fill)
{
    const Sample *sample = fill->sample;
    Str said             = dotted(fill, sample->population, str_trim(sample->range));

    if (!sample->size.set) return (Cell){ .text = said };
    Str items = filled(&fill->words, N_("{1} items"), grouped(&fill->words, sample->size.value), (Str){ 0 });
    return (Cell){ .text = dotted(fill, said, items) };
}

static Cell hash_cell(const SectionFill *fill)
{
    const Sample *sample = fill->sample;
    Arena *arena         = fill->visit->arena;
    Cell cell            = { .kind = CELL_CODE, .text = str_slice(sample->population_hash, 0, HASH_SHOWN) };

    if (sample->file.len > 0)
        cell.href = str_fmt(arena, "%.*s/files/file", STR_ARG(address_record(arena, &sample_type, fill->number)));
    return cell;
}

static Cell drawn_cell(const SectionFill *fill)
{
    const Sample *sample = fill->sample;
    Str said             = value_to_human(fill->names, &sample_type.fields[Sample_method], sample);

    if (sample->n.set) said = dotted(fill, grouped(&fill->words, sample->n.value), said);
    if (sample->seed.len > 0) said = dotted(fill, said, filled(&fill->words, N_("seed {1}"), sample->seed, (Str){ 0 }));
    return (Cell){ .text = said };
}

/* What the size was computed from; never of a sample that chance did not draw. */
static Cell confidence_cell(const SectionFill *fill)
{
    const Sample *sample = fill->sample;
    Arena *arena         = fill->visit->arena;

    if (!sample->confidence.set || !sample->tolerable.set || sample->method == SAMPLE_JUDGEMENT ||
        sample->method == SAMPLE_ALL)
        return (Cell){ 0 };
    Str said = str_fmt(arena, "%.*s %% / %.*s %%", STR_ARG(percent_of_permille(arena, (int)sample->confidence.value)),
                       STR_ARG(percent_of_permille(arena, (int)sample->tolerable.value)));
    if (!sample->computed_size.set) return (Cell){ .text = said };
    Str needs =
        filled(&fill->words, N_("needs {1} items"), grouped(&fill->words, sample->computed_size.value), (Str){ 0 });
    return (Cell){ .text = dotted(fill, said, needs) };
}

static void facts_fill(SectionFill *fill)
{
    const Sample *sample = fill->sample;
    Str says             = sample->evaluation, line;

    fact(fill, N_("Population"), population_cell(fill));
    fact(fill, N_("Completeness"), (Cell){ .text = sample->completeness });
    fact(fill, N_("Drawn"), drawn_cell(fill));
    fact(fill, N_("Why so many"), (Cell){ .text = sample->n_reason });
    fact(fill, N_("Confidence / tolerable"), confidence_cell(fill));
    fact(fill, N_("SHA-256"), hash_cell(fill));
    fact(fill, N_("Conclusion"), (Cell){ .text = sample->decision });
    while (says.len > 0 && str_cut(&says, '\n', &line))
        *list_push(fill->visit->arena, &fill->out->says) = line;
    fill->out->command = sample_draw_command(fill->visit->arena, sample);
}

/* ---- what can be done ---- */

static Button verb_button(const SectionFill *fill, const StepView *view)
{
    Arena *arena = fill->visit->arena;
    Str address =
        str_fmt(arena, "%.*s?return=%.*s", STR_ARG(address_verb(arena, &sample_type, fill->number, view->verb->name)),
                STR_ARG(address_value(arena, fill->back)));
    Button button = { .label = text(fill, view->verb->label), .size = BUTTON_SMALL, .href = address };

    if (view->refusals.len == 0) return button;
    button.href    = (Str){ 0 };
    button.id      = str_fmt(arena, "why-%lld-%s", (long long)fill->sample->head.id.n, view->verb->name);
    button.why_not = filled(&fill->words, N_("Missing: {1}."), view->refusals.at[0].missing, (Str){ 0 });
    button.rule    = view->refusals.at[0].rule;
    button.fix     = (Link){ STR(""), address };
    return button;
}

static bool acts_fill(SectionFill *fill, Err *err)
{
    StepViewList views = { 0 };

    if (!verb_check_all(fill->visit->call, &sample_type, fill->sample, &views, err)) return false;
    for (size_t i = 0; i < views.len; i++) {
        const StepView *view = &views.at[i];
        if (strcmp(view->verb->name, "edit") == 0)
            fill->may_test = fill->sample->head.state == SAMPLE_DRAWN && view->refusals.len == 0;
        else if (strcmp(view->verb->name, "record-result") != 0 || view->refusals.len == 0)
            *list_push(fill->visit->arena, &fill->out->table.acts) = verb_button(fill, view);
    }
    return true;
}

bool sample_section_fill(Visit *visit, Names *names, const Sample *sample, const SampleItemList *items, Str back,
                         SampleSection *out, Err *err)
{
    SectionFill fill = { .visit  = visit,
                         .names  = names,
                         .sample = sample,
                         .number = names_number(names, &sample_type, sample->head.id),
                         .back   = back,
                         .words  = visit_html(visit),
                         .out    = out };

    out->table.id    = str_fmt(visit->arena, "sample-%.*s", STR_ARG(sample->head.number));
    out->table.title = filled(&fill.words, N_("Sample {1}"), sample->head.number, (Str){ 0 });
    out->table.aside = sample->objective;
    out->table.end = (Link){ text(&fill, N_("Whole record")), address_record(visit->arena, &sample_type, fill.number) };
    items_pick(&fill, items);
    if (!acts_fill(&fill, err)) return false;
    facts_fill(&fill);
    items_fill(&fill);
    return true;
}
