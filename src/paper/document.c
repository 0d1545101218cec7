/* SPDX-License-Identifier: Apache-2.0
 * The document model: blocks in a list, a pen at the text begun last, and the cleaning of every text on its way in. */
#include "paper/document.h"

#include <assert.h>

#include "base/size.h"

static const char replacement[] = "\xef\xbf\xbd"; /* U+FFFD */

/* ---- cleaning ---- */

static bool rune_is_showable(uint32_t rune)
{
    if (rune < 0x20 || (rune >= 0x7f && rune < 0xa0)) return false;
    if (rune >= 0x202a && rune <= 0x202e) return false; /* bidirectional embeddings and overrides */
    if (rune >= 0x2066 && rune <= 0x2069) return false; /* isolates */
    if (rune == 0xfffc) return false;                   /* object replacement: renderers use it for marks */
    return rune != 0xfffe && rune != 0xffff;
}

/* Length of the valid UTF-8 sequence at `at`, 0 when there is none. */
static size_t sequence_length(Str text, size_t at)
{
    for (size_t len = 1; len <= 4 && at + len <= text.len; len++)
        if (str_is_utf8(str_slice(text, at, len))) return len;
    return 0;
}

static void add_clean(Buf *out, Str text)
{
    for (size_t at = 0; at < text.len;) {
        unsigned char byte = (unsigned char)text.ptr[at];
        size_t len         = byte < 0x80 ? 1 : sequence_length(text, at);
        size_t start       = at;

        if (byte == '\r') {
            at += at + 1 < text.len && text.ptr[at + 1] == '\n' ? 2 : 1;
            buf_add_byte(out, '\n');
        } else if (byte == '\n' || byte == '\t') {
            at++;
            buf_add_byte(out, byte == '\n' ? '\n' : ' ');
        } else if (len == 0) {
            at++;
            buf_add_c(out, replacement);
        } else if (!rune_is_showable(str_next_rune(text, &at))) {
            buf_add_c(out, replacement);
        } else {
            buf_add(out, str_slice(text, start, len));
        }
    }
}

Str doc_clean(Arena *arena, Str text)
{
    size_t max;
    Buf out;

    if (!size_mul(text.len, sizeof(replacement) - 1, &max)) max = text.len;
    out = buf_open(arena, max);
    add_clean(&out, text);
    return buf_str(&out);
}

/* ---- the pen ---- */

static void pen_add(Document *doc, Rich *rich, Span span)
{
    if (span.text.len == 0 && span.mark == MARK_NONE) return;
    span.text                    = doc_clean(doc->arena, span.text);
    *list_push(doc->arena, rich) = span;
}

static void pen_start(Document *doc, Rich *rich, Str text)
{
    doc->pen = rich;
    pen_add(doc, rich, (Span){ .kind = SPAN_PLAIN, .text = text });
}

/* The pen is part of a list that moves when it grows, but only its last element is ever written to. */
static void pen_write(Document *doc, SpanKind kind, Str text)
{
    assert(doc->pen != NULL);
    pen_add(doc, doc->pen, (Span){ .kind = kind, .text = text });
}

void doc_text(Document *doc, Str text)
{
    pen_write(doc, SPAN_PLAIN, text);
}

void doc_strong(Document *doc, Str text)
{
    pen_write(doc, SPAN_STRONG, text);
}

void doc_emphasis(Document *doc, Str text)
{
    pen_write(doc, SPAN_EMPHASIS, text);
}

void doc_code(Document *doc, Str text)
{
    pen_write(doc, SPAN_CODE, text);
}

void doc_ref(Document *doc, Str number)
{
    pen_write(doc, SPAN_REF, number);
}

void doc_muted(Document *doc, Str text)
{
    pen_write(doc, SPAN_MUTED, text);
}

void doc_small(Document *doc, Str text)
{
    pen_write(doc, SPAN_SMALL, text);
}

void doc_mark(Document *doc, Mark mark, Str word)
{
    assert(doc->pen != NULL);
    pen_add(doc, doc->pen, (Span){ .kind = SPAN_MARK, .mark = mark, .text = word });
}

void doc_day(Document *doc, Date day)
{
    assert(doc->pen != NULL);
    if (date_is_none(day)) return;
    pen_add(doc, doc->pen,
            (Span){ .kind = SPAN_PLAIN, .text = date_to_human(doc->arena, day), .worth = WORTH_DAY, .day = day });
}

void doc_number(Document *doc, int64_t number, Str shown)
{
    assert(doc->pen != NULL);
    pen_add(doc, doc->pen, (Span){ .kind = SPAN_PLAIN, .text = shown, .worth = WORTH_NUMBER, .number = number });
}

/* ---- opening ---- */

static void clean_head(Arena *arena, DocHead *head)
{
    Str *texts[] = { &head->kind,     &head->title,          &head->subtitle,     &head->number,
                     &head->version,  &head->classification, &head->organisation, &head->author,
                     &head->language, &head->cover_note,     &head->foot_proof,   &head->logo_says };

    for (size_t i = 0; i < countof(texts); i++)
        *texts[i] = doc_clean(arena, *texts[i]);
    if (str_is_empty(head->language)) head->language = STR("en");
}

Document *doc_open(Arena *arena, const DocHead *head)
{
    Document *doc = arena_new(arena, Document);

    doc->arena = arena;
    doc->head  = *head;
    clean_head(arena, &doc->head);
    doc->cover       = arena_new(arena, Block);
    doc->cover->kind = BLOCK_BOXES;
    return doc;
}

static Block *block_push(Document *doc, BlockKind kind)
{
    Block *block = arena_new(doc->arena, Block);

    block->kind                          = kind;
    *list_push(doc->arena, &doc->blocks) = block; /* NOLINT(bugprone-sizeof-expression): a list of pointers */
    doc->pen                             = NULL;
    return block;
}

static Block *block_last(Document *doc)
{
    assert(doc->blocks.len > 0);
    return doc->blocks.at[doc->blocks.len - 1];
}

static void fact_push(Document *doc, Block *block, Str label, Str value)
{
    DocFact *fact = list_push(doc->arena, &block->facts);

    fact->label = doc_clean(doc->arena, label);
    pen_start(doc, &fact->value, value);
}

void doc_cover_fact(Document *doc, Str label, Str value)
{
    fact_push(doc, doc->cover, label, value);
}

/* ---- headings and texts ---- */

static Str word(const Document *doc, const char *english)
{
    return text_of(doc->head.catalogue, english);
}

static Str heading_number(Document *doc, int level)
{
    int *counters = doc->counters;

    counters[level - 1]++;
    for (int below = level; below < DOC_LEVEL_MAX; below++)
        counters[below] = 0;
    Str part = doc->annexes == 0 ? str_fmt(doc->arena, "%d", counters[0])
                                 : str_fmt(doc->arena, "%.*s %d", STR_ARG(word(doc, N_("Annex"))), doc->annexes);
    if (level == 1) return part;
    if (level == 2) return str_fmt(doc->arena, "%.*s.%d", STR_ARG(part), counters[1]);
    return str_fmt(doc->arena, "%.*s.%d.%d", STR_ARG(part), counters[1], counters[2]);
}

void doc_heading(Document *doc, int level, Str title)
{
    Block *block = block_push(doc, BLOCK_HEADING);

    assert(level >= 1 && level <= DOC_LEVEL_MAX);
    block->level  = level;
    block->number = heading_number(doc, level);
    block->title  = doc_clean(doc->arena, title);
    block->anchor = str_fmt(doc->arena, "part-%zu", doc->blocks.len);
}

void doc_annex(Document *doc, Str title)
{
    doc->annexes++;
    doc_heading(doc, 1, title);
    block_last(doc)->annex = true;
}

void doc_paragraph(Document *doc, Str text)
{
    pen_start(doc, &block_push(doc, BLOCK_PARAGRAPH)->text, text);
}

void doc_note(Document *doc, Str text)
{
    pen_start(doc, &block_push(doc, BLOCK_NOTE)->text, text);
}

void doc_callout(Document *doc, Str text)
{
    pen_start(doc, &block_push(doc, BLOCK_CALLOUT)->text, text);
}

void doc_page_break(Document *doc)
{
    block_push(doc, BLOCK_PAGE_BREAK);
}

void doc_list(Document *doc, ListKind kind)
{
    block_push(doc, BLOCK_LIST)->list = kind;
}

void doc_item(Document *doc, Str text)
{
    Block *block = block_last(doc);

    assert(block->kind == BLOCK_LIST);
    pen_start(doc, list_push(doc->arena, &block->items), text);
}

/* ---- facts ---- */

void doc_facts(Document *doc)
{
    block_push(doc, BLOCK_FACTS);
}

void doc_boxes(Document *doc)
{
    block_push(doc, BLOCK_BOXES);
}

void doc_finding(Document *doc, Str number, Str title, Mark mark, Str grade)
{
    Block *block = block_push(doc, BLOCK_FINDING);

    block->level  = 2;
    block->number = doc_clean(doc->arena, number);
    block->title  = doc_clean(doc->arena, title);
    block->mark   = mark;
    block->grade  = doc_clean(doc->arena, grade);
    block->anchor = str_fmt(doc->arena, "part-%zu", doc->blocks.len);
}

void doc_fact(Document *doc, Str label, Str value)
{
    Block *block = block_last(doc);

    assert(block->kind == BLOCK_FACTS || block->kind == BLOCK_BOXES || block->kind == BLOCK_FINDING);
    fact_push(doc, block, label, value);
}

/* ---- tables ---- */

void doc_table(Document *doc, Str caption, const DocColumn *columns, size_t count)
{
    Block *block = block_push(doc, BLOCK_TABLE);

    assert(count >= 1 && count <= DOC_COLUMNS_MAX);
    block->title        = doc_clean(doc->arena, caption);
    block->columns      = arena_array(doc->arena, DocColumn, count);
    block->column_count = count;
    for (size_t i = 0; i < count; i++) {
        block->columns[i]      = columns[i];
        block->columns[i].head = doc_clean(doc->arena, columns[i].head);
    }
}

void doc_row(Document *doc)
{
    Block *block = block_last(doc);

    assert(block->kind == BLOCK_TABLE);
    list_push(doc->arena, &block->rows)->cells = arena_array(doc->arena, Rich, block->column_count);
}

void doc_cell(Document *doc, Str text)
{
    Block *block = block_last(doc);
    TableRow *row;

    assert(block->kind == BLOCK_TABLE && block->rows.len > 0);
    row = &block->rows.at[block->rows.len - 1];
    assert(row->len < block->column_count);
    pen_start(doc, &row->cells[row->len++], text);
}

void doc_sheet(Document *doc, Str name)
{
    Block *block = block_last(doc);

    assert(block->kind == BLOCK_TABLE);
    block->sheet = doc_clean(doc->arena, name);
}

void doc_bars(Document *doc, Str caption)
{
    block_push(doc, BLOCK_BARS)->title = doc_clean(doc->arena, caption);
}

void doc_bar(Document *doc, Str label, Mark mark, int64_t count)
{
    Block *block = block_last(doc);

    assert(block->kind == BLOCK_BARS && count >= 0);
    *list_push(doc->arena, &block->bars) = (Bar){ doc_clean(doc->arena, label), mark, count };
}

void doc_coverage(Document *doc, Str caption)
{
    block_push(doc, BLOCK_COVERAGE)->title = doc_clean(doc->arena, caption);
}

void doc_coverage_cell(Document *doc, CoverageCell cell)
{
    Block *block = block_last(doc);

    assert(block->kind == BLOCK_COVERAGE);
    cell.ref                              = doc_clean(doc->arena, cell.ref);
    cell.date                             = doc_clean(doc->arena, cell.date);
    cell.says                             = doc_clean(doc->arena, cell.says);
    *list_push(doc->arena, &block->cells) = cell;
}

/* ---- composed blocks ---- */

void doc_signatures(Document *doc, const Signature *signatures, size_t count)
{
    const DocColumn columns[] = {
        { .head = word(doc, N_("Meaning")), .width_mm = 32 },
        { .head = word(doc, N_("Name")), .width_mm = 50 },
        { .head = word(doc, N_("Date")), .width_mm = 28 },
        { .head = word(doc, N_("Signature")) },
    };

    doc_table(doc, STR(""), columns, countof(columns));
    block_last(doc)->tall = true;
    for (size_t i = 0; i < count; i++) {
        doc_row(doc);
        doc_cell(doc, signatures[i].meaning);
        doc_cell(doc, signatures[i].name);
        doc_small(doc, signatures[i].role);
        doc_cell(doc, signatures[i].date);
        doc_cell(doc, signatures[i].proof);
    }
}

void doc_verify(Document *doc, const DocProof *proof)
{
    const struct {
        const char *label;
        Str value;
    } facts[] = {
        { N_("SHA-256"), proof->sha256 }, { N_("Event"), proof->event }, { N_("Checkpoint"), proof->checkpoint },
        { N_("Tree root"), proof->root }, { N_("Key"), proof->key },     { N_("To check"), proof->command },
    };

    doc_paragraph(doc, proof->statement);
    doc_facts(doc);
    block_last(doc)->barred = true;
    for (size_t i = 0; i < countof(facts); i++) {
        if (str_is_empty(facts[i].value)) continue;
        doc_fact(doc, word(doc, facts[i].label), STR(""));
        doc_code(doc, facts[i].value);
    }
}

/* ---- for renderers ---- */

bool block_is_titled(const Block *block)
{
    return block->kind == BLOCK_HEADING || block->kind == BLOCK_FINDING;
}

int doc_contents_level(const Document *doc)
{
    enum { TITLES_MAX = 90 };
    size_t titles = 0;

    for (size_t i = 0; i < doc->blocks.len; i++)
        titles += block_is_titled(doc->blocks.at[i]) && doc->blocks.at[i]->level <= 2;
    return titles <= TITLES_MAX ? 2 : 1;
}

const Block *doc_find(const Document *doc, Str number)
{
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];

        if (block_is_titled(block) && str_eq(block->number, number)) return block;
    }
    return NULL;
}

Str doc_foot_left(const Document *doc, Arena *arena)
{
    const DocHead *head = &doc->head;
    StrList parts       = { 0 };

    if (!str_is_empty(head->organisation)) *list_push(arena, &parts) = head->organisation;
    if (!str_is_empty(head->number)) *list_push(arena, &parts) = head->number;
    if (!str_is_empty(head->version)) *list_push(arena, &parts) = str_fmt(arena, "v%.*s", STR_ARG(head->version));
    if (!str_is_empty(head->classification)) *list_push(arena, &parts) = head->classification;
    return str_join(arena, &parts, STR(" · "));
}

Str doc_full_title(const Document *doc, Arena *arena)
{
    const DocHead *head = &doc->head;

    if (str_is_empty(head->number)) return head->title;
    return str_fmt(arena, "%.*s %.*s", STR_ARG(head->number), STR_ARG(head->title));
}

Str block_alternative(const Block *block, Arena *arena)
{
    StrList parts = { 0 };

    if (!str_is_empty(block->title)) *list_push(arena, &parts) = block->title;
    for (size_t i = 0; i < block->cells.len; i++) {
        const CoverageCell *cell = &block->cells.at[i];

        *list_push(arena, &parts) =
            str_fmt(arena, "%.*s: %.*s %.*s", STR_ARG(cell->ref), STR_ARG(cell->says), STR_ARG(cell->date));
    }
    for (size_t i = 0; i < block->bars.len; i++)
        *list_push(arena, &parts) =
            str_fmt(arena, "%.*s: %lld", STR_ARG(block->bars.at[i].label), (long long)block->bars.at[i].count);
    return str_join(arena, &parts, STR("; "));
}

int64_t block_bars_max(const Block *block)
{
    int64_t most = 0;

    for (size_t i = 0; i < block->bars.len; i++)
        if (block->bars.at[i].count > most) most = block->bars.at[i].count;
    return most;
}

Str rich_words(Arena *arena, const Rich *rich)
{
    size_t max = 0;

    for (size_t i = 0; i < rich->len; i++)
        max += rich->at[i].text.len + 1;
    Buf out = buf_open(arena, max);
    for (size_t i = 0; i < rich->len; i++) {
        if (rich->at[i].kind == SPAN_SMALL && out.len > 0) buf_add_byte(&out, '\n');
        buf_add(&out, rich->at[i].text);
    }
    return buf_str(&out);
}

const Span *rich_worth(const Rich *rich)
{
    return rich->len == 1 && rich->at[0].worth != WORTH_TEXT ? &rich->at[0] : NULL;
}
