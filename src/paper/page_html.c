/* SPDX-License-Identifier: Apache-2.0
 * The document model as semantic HTML: headings, lists, definition lists, tables with scope, figures with their words.
 */
#include "paper/page_html.h"

/* ---- text ---- */

static void add_escaped(Buf *out, Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.ptr[i]) {
        case '&': buf_add_c(out, "&amp;"); break;
        case '<': buf_add_c(out, "&lt;"); break;
        case '>': buf_add_c(out, "&gt;"); break;
        case '"': buf_add_c(out, "&quot;"); break;
        case '\'': buf_add_c(out, "&#39;"); break;
        case '\n': buf_add_c(out, "<br>"); break;
        default: buf_add_byte(out, text.ptr[i]); break;
        }
    }
}

/* The same for the value of an attribute, where a line end is a blank. */
static void add_attribute(Buf *out, const char *name, Str value)
{
    buf_fmt(out, " %s=\"", name);
    for (size_t i = 0; i < value.len; i++)
        add_escaped(out, value.ptr[i] == '\n' ? STR(" ") : str_slice(value, i, 1));
    buf_add_byte(out, '"');
}

static void add_element(Buf *out, const char *open, Str text, const char *close)
{
    buf_add_c(out, open);
    add_escaped(out, text);
    buf_add_c(out, close);
}

static void add_word(Buf *out, const Document *doc, const char *english)
{
    add_escaped(out, text_of(doc->head.catalogue, english));
}

static void add_mark(Buf *out, Mark mark, Str word)
{
    buf_fmt(out, "<span class=\"grade grade-%s\">", mark_shape(mark)->name);
    mark_add_svg(out, mark);
    add_escaped(out, word);
    buf_add_c(out, "</span>");
}

static void add_ref(Buf *out, const Document *doc, Str number)
{
    const Block *target = doc_find(doc, number);

    if (target != NULL) buf_fmt(out, "<a href=\"#%.*s\">", STR_ARG(target->anchor));
    add_element(out, "<span class=\"nobr\">", number, "</span>");
    if (target != NULL) buf_add_c(out, "</a>");
}

static void add_span(Buf *out, const Document *doc, const Span *span)
{
    switch (span->kind) {
    case SPAN_PLAIN: add_escaped(out, span->text); return;
    case SPAN_STRONG: add_element(out, "<strong>", span->text, "</strong>"); return;
    case SPAN_EMPHASIS: add_element(out, "<em>", span->text, "</em>"); return;
    case SPAN_CODE: add_element(out, "<code>", span->text, "</code>"); return;
    case SPAN_REF: add_ref(out, doc, span->text); return;
    case SPAN_MUTED: add_element(out, "<span class=\"muted\">", span->text, "</span>"); return;
    case SPAN_SMALL: add_element(out, "<small>", span->text, "</small>"); return;
    case SPAN_LABEL: add_element(out, "<span class=\"faint t12\">", span->text, "</span>"); return;
    case SPAN_MARK: add_mark(out, span->mark, span->text); return;
    case SPAN_KINDS: return;
    }
}

static void add_rich(Buf *out, const Document *doc, const Rich *rich)
{
    for (size_t i = 0; i < rich->len; i++)
        add_span(out, doc, &rich->at[i]);
}

/* ---- blocks ---- */

/* The document's title is the h1, so a part is an h2. */
static void add_title(Buf *out, const Block *block)
{
    int level = block->level + 1;

    buf_fmt(out, "<h%d id=\"%.*s\">", level, STR_ARG(block->anchor));
    add_element(out, "<span class=\"nobr\">", block->number, "</span> ");
    add_escaped(out, block->title);
    if (block->kind == BLOCK_FINDING && !str_is_empty(block->grade)) {
        buf_add_byte(out, ' ');
        add_mark(out, block->mark, block->grade);
    }
    buf_fmt(out, "</h%d>\n", level);
}

static void add_facts(Buf *out, const Document *doc, const Block *block, const char *css)
{
    if (block->facts.len == 0) return;
    buf_fmt(out, "<dl class=\"%s\">", css);
    for (size_t i = 0; i < block->facts.len; i++) {
        add_element(out, "<dt>", block->facts.at[i].label, "</dt><dd>");
        add_rich(out, doc, &block->facts.at[i].value);
        buf_add_c(out, "</dd>");
    }
    buf_add_c(out, "</dl>\n");
}

static void add_boxes(Buf *out, const Document *doc, const Block *block, const char *css)
{
    if (block->facts.len == 0) return;
    buf_fmt(out, "<dl class=\"%s\">", css);
    for (size_t i = 0; i < block->facts.len; i++) {
        add_element(out, "<div><dt>", block->facts.at[i].label, "</dt><dd>");
        add_rich(out, doc, &block->facts.at[i].value);
        buf_add_c(out, "</dd></div>");
    }
    buf_add_c(out, "</dl>\n");
}

static void add_list(Buf *out, const Document *doc, const Block *block)
{
    const char *element = block->list == LIST_BULLET ? "ul" : "ol";

    buf_fmt(out, "<%s>", element);
    for (size_t i = 0; i < block->items.len; i++) {
        buf_add_c(out, "<li>");
        add_rich(out, doc, &block->items.at[i]);
        buf_add_c(out, "</li>");
    }
    buf_fmt(out, "</%s>\n", element);
}

static const char *align_class(Align align)
{
    switch (align) {
    case ALIGN_START: return "";
    case ALIGN_END: return " class=\"r\"";
    case ALIGN_CENTRE: return " class=\"c\"";
    }
    return "";
}

static bool has_second_line(const Rich *rich)
{
    for (size_t i = 0; i < rich->len; i++)
        if (rich->at[i].kind == SPAN_SMALL) return true;
    return false;
}

/* A table without a caption is called by the heading that it stands under. */
static Str table_name(const Document *doc, const Block *block)
{
    Str name = text_of(doc->head.catalogue, N_("Table"));

    if (!str_is_empty(block->title)) return block->title;
    for (size_t i = 0; i < doc->blocks.len && doc->blocks.at[i] != block; i++)
        if (block_is_titled(doc->blocks.at[i])) name = doc->blocks.at[i]->title;
    return name;
}

static void add_table(Buf *out, const Document *doc, const Block *block)
{
    buf_add_c(out, "<div class=\"table-wrap\" tabindex=\"0\" role=\"region\"");
    add_attribute(out, "aria-label", table_name(doc, block));
    buf_add_c(out, "><table class=\"table\">");
    if (!str_is_empty(block->title)) add_element(out, "<caption>", block->title, "</caption>");
    buf_add_c(out, "<thead><tr>");
    for (size_t c = 0; c < block->column_count; c++) {
        buf_fmt(out, "<th scope=\"col\"%s>", align_class(block->columns[c].align));
        add_element(out, "", block->columns[c].head, "</th>");
    }
    buf_add_c(out, "</tr></thead><tbody>\n");
    for (size_t r = 0; r < block->rows.len; r++) {
        buf_add_c(out, "<tr>");
        for (size_t c = 0; c < block->column_count; c++) {
            const Rich *cell = &block->rows.at[r].cells[c];

            buf_fmt(out, "<td%s>", has_second_line(cell) ? " class=\"title\"" : align_class(block->columns[c].align));
            add_rich(out, doc, cell);
            buf_add_c(out, "</td>");
        }
        buf_add_c(out, "</tr>\n");
    }
    buf_add_c(out, "</tbody></table></div>\n");
}

/* The cell's class in the style sheet, where grades of a control have shorter names. */
static const char *coverage_class(Mark mark)
{
    switch (mark) {
    case MARK_PASS:
    case MARK_GOOD: return "done";
    case MARK_MINOR:
    case MARK_FAIL: return "nc";
    case MARK_MAJOR: return "major";
    case MARK_NOW: return "now";
    case MARK_NONE:
    case MARK_PLANNED: return "plan";
    case MARK_OBSERVATION:
    case MARK_OFI:
    case MARKS: return "";
    }
    return "";
}

static void add_coverage(Buf *out, const Block *block)
{
    buf_add_c(out, "<figure>");
    if (!str_is_empty(block->title))
        add_element(out, "<figcaption class=\"t13\"><strong>", block->title, "</strong></figcaption>");
    buf_add_c(out, "<ul class=\"matrix\">");
    for (size_t i = 0; i < block->cells.len; i++) {
        const CoverageCell *cell = &block->cells.at[i];

        buf_fmt(out, "<li class=\"cell\" data-c=\"%s\"", coverage_class(cell->mark));
        add_attribute(out, "title", cell->says);
        add_element(out, "><b>", cell->ref, "</b>");
        if (cell->mark != MARK_PLANNED) mark_add_svg(out, cell->mark);
        add_element(out, "<span>", cell->date, "</span>");
        add_element(out, "<span class=\"sr\">", cell->says, "</span></li>");
    }
    buf_add_c(out, "</ul></figure>\n");
}

static void add_paragraph(Buf *out, const Document *doc, const Block *block, const char *css)
{
    buf_fmt(out, "<p class=\"%s\">", css);
    add_rich(out, doc, &block->text);
    buf_add_c(out, "</p>\n");
}

static void add_block(Buf *out, const Document *doc, const Block *block)
{
    switch (block->kind) {
    case BLOCK_HEADING: add_title(out, block); return;
    case BLOCK_PARAGRAPH: add_paragraph(out, doc, block, "measure mt2"); return;
    case BLOCK_NOTE: add_paragraph(out, doc, block, "t12 muted mt2"); return;
    case BLOCK_CALLOUT: add_paragraph(out, doc, block, "callout mt3"); return;
    case BLOCK_LIST: add_list(out, doc, block); return;
    case BLOCK_FACTS: add_facts(out, doc, block, block->barred ? "facts state-line mt3" : "facts"); return;
    case BLOCK_FINDING:
        add_title(out, block);
        add_facts(out, doc, block, "facts");
        return;
    case BLOCK_BOXES: add_boxes(out, doc, block, "titleblock mt4 mb4"); return;
    case BLOCK_TABLE: add_table(out, doc, block); return;
    case BLOCK_COVERAGE: add_coverage(out, block); return;
    case BLOCK_PAGE_BREAK: /* the browser breaks pages */
    case BLOCK_KINDS: return;
    }
}

/* ---- sheets ---- */

static void add_foot(Buf *out, const Document *doc)
{
    add_element(out, "<div class=\"fine\"><span>", doc_foot_left(doc, out->arena), "</span>");
    add_element(out, "<span>", doc->head.foot_proof, "</span></div>");
}

static void add_head(Buf *out, const Document *doc, const char *title_class, const char *boxes_class)
{
    const DocHead *head = &doc->head;

    buf_fmt(out, "<div class=\"%s\">", title_class);
    if (!str_is_empty(head->kind)) add_element(out, "<p class=\"muted\">", head->kind, "</p>");
    add_element(out, "<h1 class=\"mt1\">", head->title, "</h1>");
    if (!str_is_empty(head->subtitle)) add_element(out, "<p class=\"t16 mt2\">", head->subtitle, "</p>");
    buf_add_c(out, "</div>\n");
    add_boxes(out, doc, doc->cover, boxes_class);
    if (!str_is_empty(head->cover_note))
        add_element(out, "<p class=\"mt6 measure muted\">", head->cover_note, "</p>\n");
}

static void add_contents(Buf *out, const Document *doc)
{
    buf_add_c(out, "<nav class=\"mt8\" aria-labelledby=\"contents\"><h2 id=\"contents\">");
    add_word(out, doc, N_("Contents"));
    buf_add_c(out, "</h2><ul class=\"plain\">");
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];

        if (!block_is_titled(block) || block->level > 2) continue;
        buf_fmt(out, "<li><a href=\"#%.*s\">", STR_ARG(block->anchor));
        add_element(out, "", block->number, " ");
        add_element(out, "", block->title, "</a></li>");
    }
    buf_add_c(out, "</ul></nav>\n");
}

static void add_sheet(Buf *out, const Document *doc, const char *class, Str label)
{
    buf_fmt(out, "<article class=\"%s\"", class);
    add_attribute(out, "lang", doc->head.language);
    add_attribute(out, "aria-label", label);
    buf_add_c(out, ">\n");
}

void page_document(Buf *out, const Document *doc)
{
    bool cover = doc->head.form == DOC_WITH_COVER;

    add_sheet(out, doc, cover ? "sheet" : "sheet flow",
              cover ? text_of(doc->head.catalogue, N_("Cover")) : doc->head.title);
    add_head(out, doc, cover ? "cover-1" : "mt4", cover ? "titleblock cover-2" : "titleblock mt4 mb4");
    if (cover) {
        add_contents(out, doc);
        add_foot(out, doc);
        buf_add_c(out, "</article>\n");
        add_sheet(out, doc, "sheet flow", doc->head.title);
    }
    for (size_t i = 0; i < doc->blocks.len; i++)
        add_block(out, doc, doc->blocks.at[i]);
    add_foot(out, doc);
    buf_add_c(out, "</article>\n");
}
