/* SPDX-License-Identifier: Apache-2.0
 * Blocks become rows: here stand the distances of the page, and which structure element each text is. The order is the
 * reading order; what stands beside each other is one row. */
#include "paper/pdf_inside.h"

enum { BOXES_ACROSS = 4, COVERAGE_ACROSS = 13 };

enum { TABLE_WHOLE_MAX = 12 }; /* a table of so many rows stays on one page where it can */

static const double gutter = 16, list_indent = 15, bar_indent = 11, coverage_gap = 2;

typedef struct {
    const Document *doc;
    Typesetter *setter;
    Arena *arena;
    Rows *rows;
    size_t group; /* last one given */
} Builder;

/* ---- rows and cells ---- */

/* The pointer is good until the next row. */
static Row *row_add(Builder *b, size_t cells, double space_above)
{
    Row *row = list_push(b->arena, b->rows);

    row->cells       = arena_array(b->arena, Cell, cells);
    row->cell_count  = cells;
    row->space_above = space_above;
    return row;
}

/* A last line of one short word is ugly: a little wider if that saves the line, else a little narrower to give it
 * company. */
static double width_without_orphan(Builder *b, const Cell *cell, double widest)
{
    double last, wider = cell->width * 1.06, narrower = cell->width * 0.89;
    size_t lines = text_lines(b->setter, b->arena, cell, cell->width, &last);

    if (lines < 2 || last > cell->width * 0.16) return cell->width;
    if (wider <= widest && text_lines(b->setter, b->arena, cell, wider, &last) < lines) return wider;
    if (text_lines(b->setter, b->arena, cell, narrower, &last) == lines) return narrower;
    return cell->width;
}

static void cell_set(Builder *b, Row *row, size_t index, Cell cell)
{
    if (cell.width < 8) cell.width = 8;
    cell_measure(b->setter, b->arena, &cell);
    row->cells[index] = cell;
    if (cell.lines > row->lines) row->lines = cell.lines;
}

static Row *row_text(Builder *b, const Rich *text, Face face, const char *tag, double space_above)
{
    Row *row  = row_add(b, 1, space_above);
    bool wide = face == FACE_TITLE || face == FACE_SUBTITLE || face == FACE_H1;
    Cell cell = { .text = text, .face = face, .tag = tag, .width = wide ? BODY_WIDTH : MEASURE };

    cell.width = width_without_orphan(b, &cell, BODY_WIDTH);
    cell_set(b, row, 0, cell);
    return row;
}

static void rich_add(Builder *b, Rich *rich, SpanKind kind, Str text)
{
    if (!str_is_empty(text)) *list_push(b->arena, rich) = (Span){ .kind = kind, .text = text };
}

static const Rich *rich_of(Builder *b, SpanKind kind, Str text)
{
    Rich *rich = arena_new(b->arena, Rich);

    rich_add(b, rich, kind, text);
    return rich;
}

static const Rich *rich_plain(Builder *b, Str text)
{
    return rich_of(b, SPAN_PLAIN, text);
}

static const Rich *rich_word(Builder *b, const char *english)
{
    return rich_plain(b, text_of(b->doc->head.catalogue, english));
}

/* ---- headings and texts ---- */

static const Rich *title_text(Builder *b, const Block *block)
{
    Rich *rich = arena_new(b->arena, Rich);

    rich_add(b, rich, SPAN_REF, block->number);
    rich_add(b, rich, SPAN_PLAIN, STR("  "));
    rich_add(b, rich, SPAN_PLAIN, block->title);
    return rich;
}

static void heading_rows(Builder *b, const Block *block)
{
    static const struct {
        Face face;
        const char *tag;
        double above, below;
    } levels[DOC_LEVEL_MAX] = { { FACE_H1, "H1", 21, 2 }, { FACE_H2, "H2", 14, 0 }, { FACE_H3, "H3", 10, 0 } };
    size_t level            = (size_t)block->level - 1;
    Row *row = row_text(b, title_text(b, block), levels[level].face, levels[level].tag, levels[level].above);

    row->pad_below = levels[level].below;
    row->new_page  = block->annex;
    row->titled    = block;
    row->whole     = true;
    row->keep_next = true;
}

static void callout_row(Builder *b, const Block *block)
{
    Row *row = row_add(b, 1, 8);

    row->trim      = TRIM_CALLOUT;
    row->pad_above = row->pad_below = 7;
    cell_set(b, row, 0,
             (Cell){ .text  = &block->text,
                     .face  = FACE_BODY,
                     .tag   = "P",
                     .x     = bar_indent,
                     .width = BODY_WIDTH - 2 * bar_indent });
}

static void list_rows(Builder *b, const Block *block)
{
    for (size_t i = 0; i < block->items.len; i++) {
        Row *row      = row_add(b, 2, i == 0 ? 4 : 2);
        Str sign      = block->list == LIST_BULLET ? STR("•") : str_fmt(b->arena, "%zu.", i + 1);
        double indent = block->list == LIST_BULLET ? list_indent : list_indent + 6;
        Cell item;

        row->tag    = "LI";
        row->opens  = i == 0 ? "L" : NULL;
        row->closes = i + 1 == block->items.len;
        cell_set(b, row, 0, (Cell){ .text = rich_plain(b, sign), .face = FACE_LABEL, .tag = "Lbl", .width = indent });
        item = (Cell){
            .text = &block->items.at[i], .face = FACE_BODY, .tag = "LBody", .x = indent, .width = MEASURE - indent
        };
        item.width = width_without_orphan(b, &item, BODY_WIDTH - indent);
        cell_set(b, row, 1, item);
    }
}

/* ---- facts and findings ---- */

static double label_width(Builder *b, const Block *block)
{
    double widest = 0;

    for (size_t i = 0; i < block->facts.len; i++) {
        double width = pdf_text_width(b->setter, b->arena, rich_plain(b, block->facts.at[i].label), FACE_LABEL);

        if (width > widest) widest = width;
    }
    return widest > BODY_WIDTH * 0.3 ? BODY_WIDTH * 0.3 : widest + 0.5;
}

static void facts_rows(Builder *b, const Block *block, double space_above)
{
    double indent  = block->barred ? bar_indent : 0;
    double label   = label_width(b, block);
    double value_x = indent + label + gutter;

    for (size_t i = 0; i < block->facts.len; i++) {
        const DocFact *fact = &block->facts.at[i];
        Row *row            = row_add(b, 2, i == 0 ? space_above : 0);
        Cell value;

        row->pad_above = row->pad_below = block->barred ? 2.5 : 1.5;
        row->trim                       = block->barred ? TRIM_BAR : TRIM_NONE;
        row->tag                        = "LI";
        row->opens                      = i == 0 ? "L" : NULL;
        row->closes                     = i + 1 == block->facts.len;
        row->group                      = block->kind == BLOCK_FINDING || block->barred ? b->group : 0;
        row->keep_next                  = block->barred && !row->closes;
        cell_set(b, row, 0,
                 (Cell){ .text  = rich_plain(b, fact->label),
                         .face  = FACE_LABEL,
                         .tag   = "Lbl",
                         .x     = indent,
                         .width = label + 1 });
        value = (Cell){
            .text = &fact->value, .face = FACE_BODY, .tag = "LBody", .x = value_x, .width = BODY_WIDTH - value_x
        };
        value.width = width_without_orphan(b, &value, value.width);
        cell_set(b, row, 1, value);
    }
}

static void finding_rows(Builder *b, const Block *block)
{
    Rich *grade = arena_new(b->arena, Rich);
    Row *row;

    b->group++;
    heading_rows(b, block);
    row                         = &b->rows->at[b->rows->len - 1];
    row->pad_below              = 1;
    row->group                  = b->group;
    *list_push(b->arena, grade) = (Span){ .kind = SPAN_MARK, .mark = block->mark, .text = block->grade };
    if (block->mark != MARK_NONE || !str_is_empty(block->grade)) {
        row            = row_text(b, grade, FACE_BODY, "P", 0);
        row->pad_below = 3;
        row->group     = b->group;
        row->keep_next = true;
    }
    facts_rows(b, block, 0);
}

/* ---- boxes ---- */

static const Rich *box_text(Builder *b, const DocFact *fact)
{
    Rich *rich = arena_new(b->arena, Rich);

    rich_add(b, rich, SPAN_LABEL, fact->label);
    for (size_t i = 0; i < fact->value.len; i++)
        *list_push(b->arena, rich) = fact->value.at[i];
    return rich;
}

static void boxes_rows(Builder *b, const Block *block, double space_above)
{
    static const Rich nothing = { 0 };
    size_t count = block->facts.len, across = count < BOXES_ACROSS ? count : BOXES_ACROSS;

    b->group++;
    for (size_t first = 0; first < count; first += across) {
        double width = BODY_WIDTH / (double)across, inset = 8;
        Row *row = row_add(b, across, first == 0 ? space_above : 0);

        row->trim      = TRIM_BOXES;
        row->tag       = "Div";
        row->pad_above = 5;
        row->pad_below = 7;
        row->whole     = true;
        row->group     = b->group;
        for (size_t i = 0; i < across; i++) {
            const Rich *text = first + i < count ? box_text(b, &block->facts.at[first + i]) : &nothing;
            Cell cell        = {
                       .text = text, .face = FACE_BOX, .tag = "P", .x = width * (double)i + inset, .width = width - 2 * inset
            };

            cell_set(b, row, i, cell);
        }
    }
}

/* ---- tables ---- */

typedef struct {
    const Block *block;
    size_t group; /* of a short table */
    double x[DOC_COLUMNS_MAX], width[DOC_COLUMNS_MAX];
} TablePlan;

static int column_share(const DocColumn *column)
{
    if (column->width_mm > 0) return 0;
    return column->share > 0 ? column->share : 1;
}

/* Gives every column its place: fixed widths first, the rest by shares; all shrink together if they do not fit. */
static void columns_place(TablePlan *plan)
{
    const Block *block = plan->block;
    double fixed = 0, left, scale, at = 0;
    int shares = 0;

    for (size_t i = 0; i < block->column_count; i++) {
        fixed += MM(block->columns[i].width_mm);
        shares += column_share(&block->columns[i]);
    }
    left = BODY_WIDTH - fixed;
    if (left < 40.0 * shares) left = 40.0 * shares;
    scale = fixed + left > BODY_WIDTH ? BODY_WIDTH / (fixed + left) : 1;
    if (shares == 0) scale = fixed > BODY_WIDTH ? BODY_WIDTH / fixed : 1;
    for (size_t i = 0; i < block->column_count; i++) {
        int share = column_share(&block->columns[i]);

        plan->width[i] = scale * (share > 0 ? left * share / shares : MM(block->columns[i].width_mm));
        plan->x[i]     = at;
        at += plan->width[i];
    }
}

/* Sets a cell of the row added last. */
static void table_cell(Builder *b, const TablePlan *plan, size_t column, const Rich *text, Face face)
{
    bool last   = column + 1 == plan->block->column_count;
    Align align = plan->block->columns[column].align;
    double gap  = last ? 1 : align == ALIGN_END ? 16 : 9;
    Cell cell   = {
          .text = text, .face = face, .align = align, .x = plan->x[column], .width = plan->width[column] - gap
    };

    cell.tag = face == FACE_TABLE_HEAD ? "TH" : "TD";
    cell_set(b, &b->rows->at[b->rows->len - 1], column, cell);
}

static void table_head_row(Builder *b, const TablePlan *plan)
{
    const Block *block = plan->block;
    Row *row           = row_add(b, block->column_count, str_is_empty(block->title) ? 5 : 2);

    row->group     = plan->group;
    row->opens     = "Table";
    row->closes    = block->rows.len == 0;
    row->tag       = "TR";
    row->trim      = TRIM_HEAD_BELOW;
    row->pad_above = 2;
    row->pad_below = 4;
    row->whole     = true;
    row->keep_next = !row->closes;
    for (size_t c = 0; c < block->column_count; c++) {
        table_cell(b, plan, c, rich_plain(b, block->columns[c].head), FACE_TABLE_HEAD);
    }
}

static void table_row(Builder *b, const TablePlan *plan, const Row *head, size_t index)
{
    const Block *block = plan->block;
    Row *row           = row_add(b, block->column_count, 0);

    row->head       = head;
    row->group      = plan->group;
    row->tag        = "TR";
    row->closes     = index + 1 == block->rows.len;
    row->trim       = TRIM_RULE_BELOW;
    row->pad_above  = 4.5;
    row->pad_below  = 4.5;
    row->height_min = block->tall ? MM(13) : 0;
    row->whole      = true;
    for (size_t c = 0; c < block->column_count; c++) {
        table_cell(b, plan, c, &block->rows.at[index].cells[c], FACE_TABLE);
    }
}

static void table_rows(Builder *b, const Block *block)
{
    TablePlan plan = { .block = block, .group = block->rows.len <= TABLE_WHOLE_MAX ? ++b->group : 0 };
    Row *head      = arena_new(b->arena, Row); /* a copy that stays where it is when rows move */

    columns_place(&plan);
    if (!str_is_empty(block->title)) {
        row_text(b, rich_of(b, SPAN_STRONG, block->title), FACE_TABLE, "P", 9)->keep_next = true;
    }
    table_head_row(b, &plan);
    *head = b->rows->at[b->rows->len - 1];
    for (size_t i = 0; i < block->rows.len; i++)
        table_row(b, &plan, head, i);
}

/* ---- coverage ---- */

static void coverage_legend(Builder *b, const Block *block)
{
    Rich *legend     = arena_new(b->arena, Rich);
    bool seen[MARKS] = { false };
    Row *row;

    for (size_t i = 0; i < block->cells.len; i++) {
        const CoverageCell *cell = &block->cells.at[i];

        if (seen[cell->mark]) continue;
        seen[cell->mark] = true;
        if (legend->len > 0) rich_add(b, legend, SPAN_PLAIN, STR("     "));
        *list_push(b->arena, legend) = (Span){ .kind = SPAN_MARK, .mark = cell->mark, .text = cell->says };
    }
    row        = row_text(b, legend, FACE_NOTE, "P", 4);
    row->group = b->group;
}

static const Rich *coverage_text(Builder *b, const CoverageCell *cell)
{
    Rich *rich = arena_new(b->arena, Rich);

    rich_add(b, rich, SPAN_PLAIN, cell->ref);
    rich_add(b, rich, SPAN_SMALL, str_is_empty(cell->date) ? STR(" ") : cell->date);
    return rich;
}

static void coverage_row(Builder *b, const Block *block, size_t first)
{
    size_t count = block->cells.len - first < COVERAGE_ACROSS ? block->cells.len - first : COVERAGE_ACROSS;
    double step  = (BODY_WIDTH + coverage_gap) / COVERAGE_ACROSS;
    Row *row     = row_add(b, count, first == 0 ? 4 : coverage_gap);

    row->trim      = TRIM_COVERAGE;
    row->pad_above = 2.5;
    row->pad_below = 3;
    row->whole     = true;
    row->group     = b->group;
    row->keep_next = first + count < block->cells.len;
    row->opens     = first == 0 ? "Figure" : NULL;
    row->closes    = !row->keep_next;
    if (first == 0) row->alternative = block_alternative(block, b->arena);
    for (size_t i = 0; i < count; i++) {
        const CoverageCell *cell = &block->cells.at[first + i];

        cell_set(b, row, i,
                 (Cell){ .text  = coverage_text(b, cell),
                         .face  = FACE_COVERAGE,
                         .mark  = cell->mark,
                         .x     = step * (double)i + 4,
                         .width = step - coverage_gap - 6 });
    }
}

static void coverage_rows(Builder *b, const Block *block)
{
    b->group++;
    if (!str_is_empty(block->title)) {
        Row *row = row_text(b, rich_of(b, SPAN_STRONG, block->title), FACE_TABLE, "P", 9);

        row->keep_next = true;
        row->group     = b->group;
    }
    for (size_t first = 0; first < block->cells.len; first += COVERAGE_ACROSS)
        coverage_row(b, block, first);
    if (block->cells.len > 0) coverage_legend(b, block);
}

/* ---- charts ---- */

static void bar_row(Builder *b, const Block *block, size_t index, int64_t most)
{
    const Bar *bar = &block->bars.at[index];
    Row *row       = row_add(b, 2, index == 0 ? 5 : 0);
    double share   = most == 0 ? 0 : (double)bar->count / (double)most;
    Str count      = str_fmt(b->arena, "%lld", (long long)bar->count);

    row->trim      = TRIM_CHART;
    row->share     = share;
    row->pad_above = row->pad_below = 2;
    row->whole                      = true;
    row->group                      = b->group;
    row->closes                     = index + 1 == block->bars.len;
    row->keep_next                  = !row->closes;
    row->opens                      = index == 0 ? "Figure" : NULL;
    if (index == 0) row->alternative = block_alternative(block, b->arena);
    cell_set(b, row, 0,
             (Cell){ .text = rich_plain(b, bar->label), .face = FACE_TABLE, .mark = bar->mark, .width = CHART_X - 10 });
    cell_set(
        b, row, 1,
        (Cell){
            .text = rich_plain(b, count), .face = FACE_TABLE, .x = CHART_X + share * CHART_WIDTH + 6, .width = 60 });
}

static void bars_rows(Builder *b, const Block *block)
{
    int64_t most = block_bars_max(block);

    b->group++;
    if (!str_is_empty(block->title)) {
        Row *row = row_text(b, rich_of(b, SPAN_STRONG, block->title), FACE_TABLE, "P", 9);

        row->keep_next = true;
        row->group     = b->group;
    }
    for (size_t i = 0; i < block->bars.len; i++)
        bar_row(b, block, i, most);
}

/* ---- the document ---- */

static void block_rows(Builder *b, const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING: heading_rows(b, block); return;
    case BLOCK_PARAGRAPH: row_text(b, &block->text, FACE_BODY, "P", 5); return;
    case BLOCK_NOTE: row_text(b, &block->text, FACE_NOTE, "P", 5); return;
    case BLOCK_LIST: list_rows(b, block); return;
    case BLOCK_FACTS:
        b->group++;
        facts_rows(b, block, block->barred ? 8 : 3);
        return;
    case BLOCK_FINDING: finding_rows(b, block); return;
    case BLOCK_CALLOUT: callout_row(b, block); return;
    case BLOCK_BOXES: boxes_rows(b, block, 8); return;
    case BLOCK_TABLE: table_rows(b, block); return;
    case BLOCK_COVERAGE: coverage_rows(b, block); return;
    case BLOCK_BARS: bars_rows(b, block); return;
    case BLOCK_PAGE_BREAK: row_add(b, 0, 0)->new_page = true; return;
    case BLOCK_KINDS: return;
    }
}

static void text_row_if(Builder *b, Str text, Face face, double space_above)
{
    if (!str_is_empty(text)) row_text(b, rich_plain(b, text), face, "P", space_above)->keep_next = true;
}

static void brand_row(Builder *b)
{
    Row *row = row_add(b, 1, 0);

    row->trim       = TRIM_BRAND;
    row->height_min = 26;
    cell_set(b, row, 0,
             (Cell){ .text = rich_plain(b, STR("Plumbline")), .face = FACE_BRAND, .tag = "P", .x = 20, .width = 200 });
}

/* The organisation's sign where it has one that can be read, else ours. */
static void sign_row(Builder *b)
{
    const DocHead *head      = &b->doc->head;
    cairo_surface_t *picture = str_is_empty(head->logo) ? NULL : picture_open(b->arena, head->logo);
    double width, height;

    if (picture == NULL) {
        brand_row(b);
        return;
    }
    picture_fit(picture, &width, &height);
    Row *row         = row_add(b, 0, 0);
    row->trim        = TRIM_LOGO;
    row->height_min  = height;
    row->opens       = "Figure";
    row->closes      = true;
    row->alternative = str_is_empty(head->logo_says) ? head->organisation : head->logo_says;
}

/* Cover page, or the same facts at the top of the first page of a short document. */
static void cover_rows(Builder *b)
{
    const DocHead *head = &b->doc->head;
    bool cover          = head->form == DOC_WITH_COVER;

    sign_row(b);
    b->rows->at[b->rows->len - 1].pad_below = cover ? MM(40) : MM(8);
    text_row_if(b, head->kind, FACE_KIND, 0);
    text_row_if(b, head->title, FACE_TITLE, 2);
    text_row_if(b, head->subtitle, FACE_SUBTITLE, 6);
    boxes_rows(b, b->doc->cover, cover ? MM(20) : MM(6));
    text_row_if(b, head->cover_note, FACE_KIND, 18);
    b->rows->at[b->rows->len - 1].keep_next = false;
}

static void contents_row(Builder *b, const Block *block, const char *opens, bool closes)
{
    bool part        = block->kind == BLOCK_HEADING && block->level == 1;
    bool long_number = str_count_runes(block->number) > 6; /* "Annex 1" */
    double indent = part ? 0 : 21, page = 30;
    double number = part ? (long_number ? 54 : 21) : long_number ? 60 : 42;
    Face face     = part ? FACE_CONTENTS_PART : FACE_CONTENTS;
    Row *row      = row_add(b, 3, part ? 5 : 0);

    row->pad_above = row->pad_below = 1;
    row->opens                      = opens;
    row->closes                     = closes;
    row->tag                        = "TOCI";
    row->whole                      = true;
    row->target                     = block;
    cell_set(b, row, 0, (Cell){ .text = rich_plain(b, block->number), .face = face, .x = indent, .width = number });
    cell_set(b, row, 1,
             (Cell){ .text  = rich_plain(b, block->title),
                     .face  = face,
                     .x     = indent + number,
                     .width = BODY_WIDTH - indent - number - page - 10 });
    /* its page is not known yet; no number has more than one line here */
    cell_set(
        b, row, 2,
        (Cell){
            .text = rich_plain(b, STR("0")), .face = face, .align = ALIGN_END, .x = BODY_WIDTH - page, .width = page });
}

static bool is_in_contents(const Block *block, int level)
{
    return block_is_titled(block) && block->level <= level;
}

static void contents_rows(Builder *b)
{
    const Blocks *blocks = &b->doc->blocks;
    int level            = doc_contents_level(b->doc);
    size_t last          = 0;
    bool first           = true;
    Row *title;

    for (size_t i = 0; i < blocks->len; i++)
        if (is_in_contents(blocks->at[i], level)) last = i + 1;
    if (last == 0) return;
    title            = row_text(b, rich_word(b, N_("Contents")), FACE_H1, "P", 0);
    title->new_page  = true;
    title->pad_below = 6;
    for (size_t i = 0; i < last; i++) {
        if (!is_in_contents(blocks->at[i], level)) continue;
        contents_row(b, blocks->at[i], first ? "TOC" : NULL, i + 1 == last);
        first = false;
    }
}

/* A short text that leads over to a table stays with its first row, and the one about verifying with its facts. */
static bool leads_over(const Blocks *blocks, size_t i)
{
    enum { LEAD_BYTES_MAX = 600 };
    size_t bytes = 0;

    if (blocks->at[i]->kind != BLOCK_PARAGRAPH || i + 1 >= blocks->len) return false;
    if (blocks->at[i + 1]->kind != BLOCK_TABLE && !blocks->at[i + 1]->barred) return false;
    for (size_t k = 0; k < blocks->at[i]->text.len; k++)
        bytes += blocks->at[i]->text.at[k].text.len;
    return bytes <= LEAD_BYTES_MAX;
}

void rows_build(const Document *doc, Typesetter *setter, Arena *arena, Rows *rows)
{
    Builder b  = { .doc = doc, .setter = setter, .arena = arena, .rows = rows };
    bool first = true;

    typesetter_measures(setter, arena);
    cover_rows(&b);
    if (doc->head.form == DOC_WITH_COVER) contents_rows(&b);
    for (size_t i = 0; i < doc->blocks.len; i++) {
        size_t start = rows->len;

        block_rows(&b, doc->blocks.at[i]);
        if (rows->len > start && leads_over(&doc->blocks, i)) rows->at[rows->len - 1].keep_next = true;
        if (first && rows->len > start && doc->head.form == DOC_WITH_COVER) rows->at[start].new_page = true;
        if (rows->len > start) first = false;
    }
    typesetter_draws(setter);
}
