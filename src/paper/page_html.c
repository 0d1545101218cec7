/* SPDX-License-Identifier: Apache-2.0
 * The document model as semantic HTML: headings, lists, definition lists, tables with scope, figures with their words.
 */
#include "paper/page_html.h"

#include "base/base64.h"

enum { BAR_UNITS = 200 };

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
        add_element(out, " <span>", cell->date, "</span>");
        add_element(out, " <span class=\"sr\">", cell->says, "</span></li>");
    }
    buf_add_c(out, "</ul></figure>\n");
}

/* A table of label, bar and number: the bar is drawn, the rest is read. */
static void add_bars(Buf *out, const Block *block)
{
    int64_t most = block_bars_max(block);

    buf_add_c(out, "<figure>");
    if (!str_is_empty(block->title))
        add_element(out, "<figcaption class=\"t13\"><strong>", block->title, "</strong></figcaption>");
    buf_add_c(out, "<ul class=\"bars\">");
    for (size_t i = 0; i < block->bars.len; i++) {
        const Bar *bar  = &block->bars.at[i];
        long long width = most == 0 ? 0 : (long long)(bar->count * BAR_UNITS / most);

        add_element(out, "<li><span>", bar->label, "</span> ");
        buf_fmt(out,
                "<svg width=\"%d\" height=\"12\" viewBox=\"0 0 %d 12\" aria-hidden=\"true\" focusable=\"false\">"
                "<rect class=\"grade-%s\" width=\"%lld\" height=\"12\" fill=\"currentColor\"/></svg>",
                BAR_UNITS, BAR_UNITS, mark_shape(bar->mark)->name, width > 0 ? width : 1);
        buf_fmt(out, " <span>%lld</span></li>", (long long)bar->count);
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
    case BLOCK_BARS: add_bars(out, block); return;
    case BLOCK_PAGE_BREAK: /* the browser breaks pages */
    case BLOCK_KINDS: return;
    }
}

/* ---- sheets ---- */

static void add_foot(Buf *out, const Document *doc)
{
    add_element(out, "<div class=\"fine\"><span>", doc_foot_left(doc, out->arena), "</span>");
    add_element(out, " <span>", doc->head.foot_proof, "</span></div>");
}

static void add_logo(Buf *out, const DocHead *head)
{
    if (str_is_empty(head->logo)) return;
    buf_add_c(out, "<img class=\"logo\" src=\"data:image/png;base64,");
    buf_add(out, base64_encode(out->arena, head->logo));
    buf_add_byte(out, '"');
    add_attribute(out, "alt", str_is_empty(head->logo_says) ? head->organisation : head->logo_says);
    buf_add_c(out, ">\n");
}

static void add_head(Buf *out, const Document *doc, const char *title_class, const char *boxes_class)
{
    const DocHead *head = &doc->head;

    add_logo(out, head);
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
    int level = doc_contents_level(doc);

    buf_add_c(out, "<nav class=\"mt8\" aria-labelledby=\"contents\"><h2 id=\"contents\">");
    add_word(out, doc, N_("Contents"));
    buf_add_c(out, "</h2><ul class=\"plain\">");
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];

        if (!block_is_titled(block) || block->level > level) continue;
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

/* ---- a file of its own ---- */

/* The style sheet of the program is not there when the file is opened from a folder, so the few rules that paper needs
 * go with it. Nothing is loaded from anywhere. */
static const char alone_style[] =
    "*{box-sizing:border-box}body{margin:0;background:#f3f5f6;color:#131e29;"
    "font:15px/1.5 Inter,'Noto Sans','Segoe UI',system-ui,sans-serif}"
    ".sheet{background:#fff;max-width:60rem;margin:1.5rem auto;padding:2.5rem 3rem;box-shadow:0 1px 3px #0003}"
    "h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .5rem}h2{font-size:1.3rem;margin:2.2rem 0 .6rem}"
    "h3{font-size:1.05rem;margin:1.6rem 0 .4rem}h4{font-size:1rem;color:#465461;margin:1.2rem 0 .4rem}"
    "p{margin:.5rem 0;overflow-wrap:anywhere}.measure{max-width:44rem}a{color:#17508f}.logo{max-width:15rem;"
    "max-height:5rem;margin-bottom:2rem}"
    ".muted,small,dt,.faint{color:#465461}small{display:block;font-size:.86em}.nobr{white-space:nowrap}"
    ".callout{border-left:4px solid #17508f;background:#f3f5f6;padding:.6rem 1rem}"
    ".facts{display:grid;grid-template-columns:minmax(8rem,13rem) 1fr;gap:.2rem 1.2rem;margin:.6rem 0}"
    ".facts dd{margin:0;overflow-wrap:anywhere}.state-line{border-left:2px solid #b3bcc4;padding-left:.9rem}"
    ".titleblock{display:grid;grid-template-columns:repeat(auto-fill,minmax(11rem,1fr));border:1px solid #b3bcc4;"
    "margin:1.2rem 0}.titleblock>div{padding:.5rem .7rem;border:.5px solid #dde1e4}.titleblock dd{margin:0}"
    ".table-wrap{overflow-x:auto}table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.92rem}"
    "caption{text-align:left;font-weight:600}th{color:#465461;font-weight:500;text-align:left;"
    "border-bottom:1px solid #b3bcc4}td{border-bottom:1px solid #dde1e4;vertical-align:top;overflow-wrap:anywhere}"
    "th,td{padding:.35rem .6rem .35rem 0}.r{text-align:right}.c{text-align:center}"
    ".grade{white-space:nowrap;font-weight:500}.grade svg,.matrix svg{width:1em;height:1em;vertical-align:-.12em;"
    "margin-right:.3em}.i{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}"
    ".plain,.bars,.matrix{list-style:none;padding:0}.bars li{display:grid;"
    "grid-template-columns:14rem 200px 1fr;gap:.8rem;align-items:center}figure{margin:1rem 0}"
    ".matrix{display:grid;grid-template-columns:repeat(auto-fill,minmax(5rem,1fr));gap:.2rem}"
    ".cell{border:1px solid #dde1e4;padding:.2rem .4rem;font-size:.8rem}"
    ".sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}"
    ".fine{display:flex;justify-content:space-between;gap:1rem;border-top:1px solid #b3bcc4;margin-top:2.5rem;"
    "padding-top:.5rem;font-size:.8rem;color:#465461}"
    "@media print{body{background:#fff}.sheet{box-shadow:none;margin:0;padding:0;max-width:none}"
    ".sheet+.sheet{break-before:page}tr,li{break-inside:avoid}h2,h3,h4{break-after:avoid}thead{display:table-header-"
    "group}}";

static void add_grade_colours(Buf *out)
{
    for (int mark = MARK_NONE; mark < MARKS; mark++)
        buf_fmt(out, ".grade-%s{color:#%06x}", mark_shape((Mark)mark)->name, mark_shape((Mark)mark)->colour);
}

void page_alone(Buf *out, const Document *doc)
{
    const DocHead *head = &doc->head;

    buf_add_c(out, "<!DOCTYPE html>\n<html");
    add_attribute(out, "lang", head->language);
    add_element(out, "><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>",
                doc_full_title(doc, out->arena), "</title><style>");
    buf_add_c(out, alone_style);
    add_grade_colours(out);
    if (head->accent != 0) buf_fmt(out, ".sheet{border-top:8px solid #%06x}", head->accent);
    buf_add_c(out, "</style></head><body>\n");
    page_document(out, doc);
    buf_add_c(out, "</body></html>\n");
}
