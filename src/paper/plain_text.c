/* SPDX-License-Identifier: Apache-2.0
 * The document model as plain text: each text is joined to one string and then wrapped behind an indent. */
#include "paper/plain_text.h"

#include "base/size.h"

enum { COLUMN_GAP = 2, LABEL_MAX = 20, COUNT_COLUMNS = 10 };

typedef struct {
    Buf *out;
    const Document *doc;
    size_t width;
} Writer;

/* ---- spans to text ---- */

static Str rich_text(Writer *w, const Rich *rich)
{
    size_t max = 0;
    Buf buf;

    for (size_t i = 0; i < rich->len; i++)
        if (!size_add(max, rich->at[i].text.len + 8, &max)) return STR("");
    buf = buf_open(w->out->arena, max);
    for (size_t i = 0; i < rich->len; i++) {
        const Span *span = &rich->at[i];

        if (span->kind == SPAN_SMALL && i > 0) buf_add_c(&buf, ", ");
        if (span->kind == SPAN_MARK) {
            buf_add_c(&buf, mark_shape(span->mark)->sign);
            buf_add_byte(&buf, ' ');
        }
        buf_add(&buf, span->text);
    }
    return buf_str(&buf);
}

/* ---- wrapping ---- */

static void add_blanks(Buf *out, size_t count)
{
    while (count-- > 0)
        buf_add_byte(out, ' ');
}

/* Bytes of `text` that make its first `columns` code points. */
static size_t bytes_of_columns(Str text, size_t columns)
{
    size_t at = 0;

    while (columns-- > 0 && at < text.len)
        (void)str_next_rune(text, &at);
    return at;
}

/* Takes the next line of at most `columns` off `rest`: at a blank where there is one, else in the word. */
static Str line_cut(Str *rest, size_t columns)
{
    size_t fits = bytes_of_columns(*rest, columns), end = str_index(*rest, '\n');
    Str line;

    if (end > fits) {
        end = fits;
        while (fits < rest->len && end > 0 && rest->ptr[end] != ' ')
            end--;
        if (end == 0) end = fits;
    }
    line = str_slice(*rest, 0, end);
    while (end < rest->len && rest->ptr[end] == ' ')
        end++;
    if (end < rest->len && rest->ptr[end] == '\n') end++;
    *rest = str_slice(*rest, end, rest->len - end);
    return line;
}

/* `lead` and then `text`, later lines indented by `indent`. The lead fills the indent at least. */
static void add_wrapped(Writer *w, Str lead, size_t indent, Str text)
{
    size_t used = str_count_runes(lead);
    Str rest    = text;

    buf_add(w->out, lead);
    if (used + 1 > indent && used > 0) {
        buf_add_byte(w->out, '\n');
        used = 0;
    }
    add_blanks(w->out, indent - used);
    for (bool first = true; first || rest.len > 0; first = false) {
        if (!first) add_blanks(w->out, indent);
        buf_add(w->out, line_cut(&rest, w->width - indent));
        buf_add_byte(w->out, '\n');
    }
}

static void add_line(Writer *w, Str text)
{
    if (!str_is_empty(text)) add_wrapped(w, STR(""), 0, text);
}

static void add_underlined(Writer *w, Str text, char with)
{
    size_t columns = str_count_runes(text);

    add_line(w, text);
    for (size_t i = 0; i < (columns < w->width ? columns : w->width); i++)
        buf_add_byte(w->out, with);
    buf_add_byte(w->out, '\n');
}

/* ---- blocks ---- */

static void add_title(Writer *w, const Block *block)
{
    Str text = str_fmt(w->out->arena, "%.*s %.*s", STR_ARG(block->number), STR_ARG(block->title));

    if (block->level == 1) {
        add_underlined(w, text, '-');
    } else {
        add_line(w, text);
    }
    if (block->kind == BLOCK_FINDING && !str_is_empty(block->grade))
        add_line(w, str_fmt(w->out->arena, "%s %.*s", mark_shape(block->mark)->sign, STR_ARG(block->grade)));
}

static void add_facts(Writer *w, const Block *block)
{
    size_t indent = 0;

    for (size_t i = 0; i < block->facts.len; i++) {
        size_t columns = str_count_runes(block->facts.at[i].label);

        if (columns > indent && columns <= LABEL_MAX) indent = columns;
    }
    for (size_t i = 0; i < block->facts.len; i++)
        add_wrapped(w, block->facts.at[i].label, indent + COLUMN_GAP, rich_text(w, &block->facts.at[i].value));
}

static void add_list(Writer *w, const Block *block)
{
    for (size_t i = 0; i < block->items.len; i++) {
        Str lead = block->list == LIST_BULLET ? STR("*") : str_fmt(w->out->arena, "%zu.", i + 1);

        add_wrapped(w, lead, block->list == LIST_BULLET ? 2 : 4, rich_text(w, &block->items.at[i]));
    }
}

static void add_coverage(Writer *w, const Block *block)
{
    add_line(w, block->title);
    for (size_t i = 0; i < block->cells.len; i++) {
        const CoverageCell *cell = &block->cells.at[i];

        add_wrapped(w, cell->ref, 8,
                    str_fmt(w->out->arena, "%s %.*s %.*s", mark_shape(cell->mark)->sign, STR_ARG(cell->says),
                            STR_ARG(cell->date)));
    }
}

/* ---- tables ---- */

static Str table_text(Writer *w, const Block *block, size_t row, size_t column)
{
    return row == 0 ? block->columns[column].head : rich_text(w, &block->rows.at[row - 1].cells[column]);
}

/* Fills the widths of the columns; false when the table does not fit beside each other. */
static bool columns_fit(Writer *w, const Block *block, size_t *widths)
{
    size_t total = 0;

    for (size_t c = 0; c < block->column_count; c++) {
        widths[c] = 1;
        for (size_t r = 0; r <= block->rows.len; r++) {
            Str text       = table_text(w, block, r, c);
            size_t columns = str_count_runes(text);

            if (str_index(text, '\n') < text.len) return false;
            if (columns > widths[c]) widths[c] = columns;
        }
        total += widths[c] + COLUMN_GAP;
    }
    return total <= w->width + COLUMN_GAP;
}

static void add_table_beside(Writer *w, const Block *block, const size_t *widths)
{
    for (size_t r = 0; r <= block->rows.len; r++) {
        for (size_t c = 0; c < block->column_count; c++) {
            Str text      = table_text(w, block, r, c);
            size_t blanks = widths[c] - str_count_runes(text);
            bool last = c + 1 == block->column_count, right = block->columns[c].align == ALIGN_END;

            if (right) add_blanks(w->out, blanks);
            buf_add(w->out, text);
            if (!right && !last) add_blanks(w->out, blanks);
            if (!last) add_blanks(w->out, COLUMN_GAP);
        }
        buf_add_byte(w->out, '\n');
    }
}

static void add_table_below(Writer *w, const Block *block)
{
    size_t indent = 0;

    for (size_t c = 0; c < block->column_count; c++) {
        size_t columns = str_count_runes(block->columns[c].head);

        if (columns > indent && columns <= LABEL_MAX) indent = columns;
    }
    for (size_t r = 1; r <= block->rows.len; r++) {
        if (r > 1) buf_add_byte(w->out, '\n');
        for (size_t c = 0; c < block->column_count; c++) {
            Str text = table_text(w, block, r, c);

            if (!str_is_empty(text)) add_wrapped(w, block->columns[c].head, indent + COLUMN_GAP, text);
        }
    }
}

static void add_table(Writer *w, const Block *block)
{
    size_t widths[DOC_COLUMNS_MAX];

    add_line(w, block->title);
    if (columns_fit(w, block, widths)) {
        add_table_beside(w, block, widths);
    } else {
        add_table_below(w, block);
    }
}

/* A bar is a row of signs, the longest as wide as half a line. */
static void add_bars(Writer *w, const Block *block)
{
    int64_t most  = block_bars_max(block);
    size_t widest = 0;

    for (size_t i = 0; i < block->bars.len; i++) {
        size_t columns = str_count_runes(block->bars.at[i].label);
        if (columns > widest && columns <= w->width / 3) widest = columns;
    }
    add_line(w, block->title);
    for (size_t i = 0; i < block->bars.len; i++) {
        const Bar *bar = &block->bars.at[i];
        Buf line       = buf_open(w->out->arena, 4 * w->width);
        int64_t signs  = most == 0 ? 0 : bar->count * (int64_t)(w->width / 2 - COUNT_COLUMNS) / most;

        for (int64_t k = 0; k < signs; k++)
            buf_add_byte(&line, '#');
        if (signs > 0) buf_add_byte(&line, ' ');
        buf_add_int(&line, bar->count);
        add_wrapped(w, bar->label, widest + COLUMN_GAP, buf_str(&line));
    }
}

/* ---- the document ---- */

static void add_block(Writer *w, const Block *block)
{
    if (block->kind == BLOCK_PAGE_BREAK) return;
    buf_add_byte(w->out, '\n');
    switch (block->kind) {
    case BLOCK_HEADING: add_title(w, block); return;
    case BLOCK_PARAGRAPH:
    case BLOCK_NOTE: add_line(w, rich_text(w, &block->text)); return;
    case BLOCK_CALLOUT: add_wrapped(w, STR("!"), 2, rich_text(w, &block->text)); return;
    case BLOCK_LIST: add_list(w, block); return;
    case BLOCK_FINDING:
        add_title(w, block);
        add_facts(w, block);
        return;
    case BLOCK_FACTS:
    case BLOCK_BOXES: add_facts(w, block); return;
    case BLOCK_TABLE: add_table(w, block); return;
    case BLOCK_COVERAGE: add_coverage(w, block); return;
    case BLOCK_BARS: add_bars(w, block); return;
    case BLOCK_PAGE_BREAK:
    case BLOCK_KINDS: return;
    }
}

void text_document(Buf *out, const Document *doc, size_t width)
{
    Writer w            = { .out = out, .doc = doc, .width = width };
    const DocHead *head = &doc->head;

    if (w.width < TEXT_WIDTH_MIN) w.width = TEXT_WIDTH_MIN;
    if (w.width > TEXT_WIDTH_MAX) w.width = TEXT_WIDTH_MAX;
    add_line(&w, head->kind);
    if (!str_is_empty(head->title)) add_underlined(&w, head->title, '=');
    add_line(&w, head->subtitle);
    if (doc->cover->facts.len > 0) add_block(&w, doc->cover);
    if (!str_is_empty(head->cover_note)) buf_add_byte(out, '\n');
    add_line(&w, head->cover_note);
    for (size_t i = 0; i < doc->blocks.len; i++)
        add_block(&w, doc->blocks.at[i]);
    buf_add_byte(out, '\n');
    add_line(&w, doc_foot_left(doc, out->arena));
    add_line(&w, head->foot_proof);
}
