/* SPDX-License-Identifier: Apache-2.0
 * Blocks of a DOCX: paragraphs with their styles, tables with heads that repeat, the table of contents as a field. */
#include <string.h>

#include "paper/picture.h"
#include "paper/word_inside.h"

enum { BOXES_ACROSS = 5, COVERAGE_COLUMNS = 3, TWIPS_PER_MM = 57 };

static void paragraph_open(Word *w, const char *style)
{
    buf_fmt(&w->out, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/></w:pPr>", style);
}

static void paragraph_close(Word *w)
{
    buf_add_c(&w->out, "</w:p>");
}

static void paragraph(Word *w, const char *style, const Rich *rich)
{
    paragraph_open(w, style);
    word_rich(w, rich);
    paragraph_close(w);
}

/* ---- headings ---- */

static void bookmark_open(Word *w, Str anchor)
{
    Str name = word_bookmark(w, anchor);

    buf_fmt(&w->out, "<w:bookmarkStart w:id=\"%d\" w:name=\"%.*s\"/>", ++w->bookmarks, STR_ARG(name));
}

static void bookmark_close(Word *w)
{
    buf_fmt(&w->out, "<w:bookmarkEnd w:id=\"%d\"/>", w->bookmarks);
}

static void heading(Word *w, const Block *block)
{
    buf_fmt(&w->out, "<w:p><w:pPr><w:pStyle w:val=\"Heading%d\"/>%s</w:pPr>", block->level,
            block->annex ? "<w:pageBreakBefore/>" : "");
    bookmark_open(w, block->anchor);
    word_text(w, block->number, NULL, 0);
    word_text(w, STR("  "), NULL, 0);
    word_text(w, block->title, NULL, 0);
    bookmark_close(w);
    paragraph_close(w);
}

/* ---- facts, findings, lists ---- */

void word_facts(Word *w, const Block *block)
{
    for (size_t i = 0; i < block->facts.len; i++) {
        paragraph_open(w, block->barred ? "FactBarred" : "Fact");
        word_text(w, block->facts.at[i].label, "Muted", 0);
        buf_add_c(&w->out, "<w:r><w:tab/></w:r>");
        word_rich(w, &block->facts.at[i].value);
        paragraph_close(w);
    }
}

static void finding(Word *w, const Block *block)
{
    Span grade = { .kind = SPAN_MARK, .mark = block->mark, .text = block->grade };
    Rich rich  = { &grade, 1, 1 };

    heading(w, block);
    if (block->mark != MARK_NONE || !str_is_empty(block->grade)) paragraph(w, "Grade", &rich);
    word_facts(w, block);
}

static void list(Word *w, const Block *block)
{
    if (block->list == LIST_NUMBER) w->numbered_lists++;
    for (size_t i = 0; i < block->items.len; i++) {
        if (block->list == LIST_BULLET) {
            paragraph(w, "ListBullet", &block->items.at[i]);
            continue;
        }
        buf_fmt(&w->out,
                "<w:p><w:pPr><w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId "
                "w:val=\"%d\"/></w:numPr></w:pPr>",
                w->numbered_lists + 1);
        word_rich(w, &block->items.at[i]);
        paragraph_close(w);
    }
}

/* ---- tables ---- */

typedef struct {
    size_t columns;
    int widths[DOC_COLUMNS_MAX]; /* twips */
    Align aligns[DOC_COLUMNS_MAX];
} TablePlan;

/* `says` names the table for those who do not see it. */
static void table_open(Word *w, const TablePlan *plan, Str says)
{
    buf_add_c(&w->out, "<w:tbl><w:tblPr><w:tblStyle w:val=\"ReportTable\"/>");
    buf_fmt(&w->out,
            "<w:tblW w:w=\"%d\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>"
            "<w:tblLook w:val=\"0020\" w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" "
            "w:noHBand=\"1\" w:noVBand=\"1\"/>",
            BODY_TWIPS);
    if (!str_is_empty(says)) {
        buf_add_c(&w->out, "<w:tblCaption w:val=\"");
        xml_add(&w->out, says);
        buf_add_c(&w->out, "\"/>");
    }
    buf_add_c(&w->out, "</w:tblPr><w:tblGrid>");
    for (size_t i = 0; i < plan->columns; i++)
        buf_fmt(&w->out, "<w:gridCol w:w=\"%d\"/>", plan->widths[i]);
    buf_add_c(&w->out, "</w:tblGrid>");
}

/* Word wants a paragraph behind a table before the next one. */
static void table_close(Word *w)
{
    buf_add_c(&w->out, "</w:tbl><w:p><w:pPr><w:pStyle w:val=\"AfterTable\"/></w:pPr></w:p>");
}

static void row_open(Word *w, bool is_head, bool is_tall)
{
    buf_add_c(&w->out, "<w:tr><w:trPr><w:cantSplit/>");
    if (is_tall) buf_add_c(&w->out, "<w:trHeight w:val=\"740\" w:hRule=\"atLeast\"/>");
    if (is_head) buf_add_c(&w->out, "<w:tblHeader/>");
    buf_add_c(&w->out, "</w:trPr>");
}

static void cell(Word *w, const TablePlan *plan, size_t column, const char *style, const Rich *rich)
{
    Align align = plan->aligns[column];

    buf_fmt(&w->out,
            "<w:tc><w:tcPr><w:tcW w:w=\"%d\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:pStyle w:val=\"%s\"/>%s</w:pPr>",
            plan->widths[column], style,
            align == ALIGN_END      ? "<w:ind w:right=\"180\"/><w:jc w:val=\"right\"/>"
            : align == ALIGN_CENTRE ? "<w:jc w:val=\"center\"/>"
                                    : "");
    word_rich(w, rich);
    buf_add_c(&w->out, "</w:p></w:tc>");
}

static void cell_text(Word *w, const TablePlan *plan, size_t column, const char *style, Str text)
{
    Span span = { .kind = SPAN_PLAIN, .text = text };
    Rich rich = { &span, 1, 1 };

    cell(w, plan, column, style, &rich);
}

/* Fixed widths first, the rest by shares; all shrink together where they do not fit. */
static TablePlan plan_of(const Block *block)
{
    TablePlan plan = { .columns = block->column_count };
    int fixed = 0, shares = 0, sum = 0;

    for (size_t i = 0; i < block->column_count; i++) {
        const DocColumn *column = &block->columns[i];
        fixed += column->width_mm * TWIPS_PER_MM;
        if (column->width_mm <= 0) shares += column->share > 0 ? column->share : 1;
    }
    int left = BODY_TWIPS - fixed > 800 * shares ? BODY_TWIPS - fixed : 800 * shares;
    for (size_t i = 0; i < block->column_count; i++) {
        const DocColumn *column = &block->columns[i];
        int share               = column->share > 0 ? column->share : 1;
        plan.widths[i]          = column->width_mm > 0 ? column->width_mm * TWIPS_PER_MM : left * share / shares;
        plan.aligns[i]          = column->align;
        sum += plan.widths[i];
    }
    for (size_t i = 0; i < block->column_count; i++)
        plan.widths[i] = plan.widths[i] * BODY_TWIPS / sum;
    return plan;
}

static TablePlan plan_even(size_t columns)
{
    TablePlan plan = { .columns = columns };

    for (size_t i = 0; i < columns; i++)
        plan.widths[i] = BODY_TWIPS / (int)columns;
    return plan;
}

/* A table without a caption is called by the heading that it stands under. */
static Str table_name(const Word *w, const Block *block)
{
    Str name = { 0 };

    if (!str_is_empty(block->title)) return block->title;
    for (size_t i = 0; i < w->doc->blocks.len && w->doc->blocks.at[i] != block; i++)
        if (block_is_titled(w->doc->blocks.at[i])) name = w->doc->blocks.at[i]->title;
    return name;
}

static void table(Word *w, const Block *block)
{
    TablePlan plan = plan_of(block);

    word_line(w, "Caption", block->title);
    table_open(w, &plan, table_name(w, block));
    row_open(w, true, false);
    for (size_t c = 0; c < plan.columns; c++)
        cell_text(w, &plan, c, "TableHead", block->columns[c].head);
    buf_add_c(&w->out, "</w:tr>");
    for (size_t r = 0; r < block->rows.len; r++) {
        row_open(w, false, block->tall);
        for (size_t c = 0; c < plan.columns; c++)
            cell(w, &plan, c, "TableText", &block->rows.at[r].cells[c]);
        buf_add_c(&w->out, "</w:tr>");
    }
    table_close(w);
}

/* Labels are the head, values the row below it; many boxes are several tables. */
static void boxes(Word *w, const Block *block)
{
    for (size_t first = 0; first < block->facts.len; first += BOXES_ACROSS) {
        size_t left    = block->facts.len - first;
        TablePlan plan = plan_even(left < BOXES_ACROSS ? left : BOXES_ACROSS);

        table_open(w, &plan, table_name(w, block));
        row_open(w, true, false);
        for (size_t c = 0; c < plan.columns; c++)
            cell_text(w, &plan, c, "TableHead", block->facts.at[first + c].label);
        buf_add_c(&w->out, "</w:tr>");
        row_open(w, false, false);
        for (size_t c = 0; c < plan.columns; c++)
            cell(w, &plan, c, "TableText", &block->facts.at[first + c].value);
        buf_add_c(&w->out, "</w:tr>");
        table_close(w);
    }
}

static void coverage(Word *w, const Block *block)
{
    static const char *const heads[COVERAGE_COLUMNS] = { N_("Reference"), N_("Result"), N_("Date") };
    TablePlan plan                                   = plan_even(COVERAGE_COLUMNS);

    word_line(w, "Caption", block->title);
    table_open(w, &plan, block->title);
    row_open(w, true, false);
    for (size_t c = 0; c < COVERAGE_COLUMNS; c++)
        cell_text(w, &plan, c, "TableHead", text_of(w->doc->head.catalogue, heads[c]));
    buf_add_c(&w->out, "</w:tr>");
    for (size_t i = 0; i < block->cells.len; i++) {
        const CoverageCell *control = &block->cells.at[i];
        Span mark                   = { .kind = SPAN_MARK, .mark = control->mark, .text = control->says };
        Rich rich                   = { &mark, 1, 1 };
        row_open(w, false, false);
        cell_text(w, &plan, 0, "TableText", control->ref);
        cell(w, &plan, 1, "TableText", &rich);
        cell_text(w, &plan, 2, "TableText", control->date);
        buf_add_c(&w->out, "</w:tr>");
    }
    table_close(w);
}

static void bars(Word *w, const Block *block)
{
    ChartPicture picture;

    if (w->failed || block->bars.len == 0) return;
    w->failed = !chart_png(w->doc, block, w->arena, &picture, w->err);
    if (w->failed) return;
    word_line(w, "Caption", block->title);
    word_picture(w, picture.png, picture.width, picture.height, block_alternative(block, w->arena));
}

/* ---- contents ---- */

static void field_char(Word *w, const char *kind)
{
    buf_fmt(&w->out, "<w:r><w:fldChar w:fldCharType=\"%s\"/></w:r>", kind);
}

/* A field with what it shows already in it: the reader needs not to update it, and whoever edits can. Pages are left to
 * the program that knows them. */
void word_contents(Word *w)
{
    const Blocks *blocks = &w->doc->blocks;
    int level            = doc_contents_level(w->doc);
    bool first           = true;

    word_line(w, "TOCHeading", text_of(w->doc->head.catalogue, N_("Contents")));
    for (size_t i = 0; i < blocks->len; i++) {
        const Block *block = blocks->at[i];
        if (!block_is_titled(block) || block->level > level) continue;
        paragraph_open(w, block->level == 1 ? "TOC1" : "TOC2");
        if (first) {
            field_char(w, "begin");
            buf_fmt(&w->out,
                    "<w:r><w:instrText xml:space=\"preserve\"> TOC \\o \"1-%d\" \\n \\h \\z \\u </w:instrText></w:r>",
                    level);
            field_char(w, "separate");
        }
        first    = false;
        Str name = word_bookmark(w, block->anchor);
        buf_fmt(&w->out, "<w:hyperlink w:anchor=\"%.*s\" w:history=\"1\">", STR_ARG(name));
        word_text(w, str_fmt(w->arena, "%.*s  %.*s", STR_ARG(block->number), STR_ARG(block->title)), NULL, 0);
        buf_add_c(&w->out, "</w:hyperlink>");
        paragraph_close(w);
    }
    if (first) return;
    buf_add_c(&w->out, "<w:p>");
    field_char(w, "end");
    paragraph_close(w);
}

/* ---- all ---- */

void word_block(Word *w, const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING: heading(w, block); return;
    case BLOCK_PARAGRAPH: paragraph(w, "BodyText", &block->text); return;
    case BLOCK_NOTE: paragraph(w, "Note", &block->text); return;
    case BLOCK_CALLOUT: paragraph(w, "Callout", &block->text); return;
    case BLOCK_LIST: list(w, block); return;
    case BLOCK_FACTS: word_facts(w, block); return;
    case BLOCK_FINDING: finding(w, block); return;
    case BLOCK_BOXES: boxes(w, block); return;
    case BLOCK_TABLE: table(w, block); return;
    case BLOCK_COVERAGE: coverage(w, block); return;
    case BLOCK_BARS: bars(w, block); return;
    case BLOCK_PAGE_BREAK: buf_add_c(&w->out, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"); return;
    case BLOCK_KINDS: return;
    }
}
