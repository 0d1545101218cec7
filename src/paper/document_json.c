/* SPDX-License-Identifier: Apache-2.0
 * Every block an object with its kind. Nothing of how it looks. */
#include "paper/document_json.h"

#include <assert.h>

typedef struct {
    Arena *arena;
    const Document *doc;
} Writer;

static void set(json_t *object, const char *name, Str text)
{
    if (text.len > 0) json_object_set_new(object, name, json_from_str(text));
}

static void set_mark(json_t *object, Mark mark)
{
    if (mark != MARK_NONE) json_object_set_new(object, "mark", json_string(mark_shape(mark)->name));
}

/* {"text": "25 Dec 2026", "day": "2026-12-25"} */
static json_t *rich_json(Writer *w, const Rich *rich)
{
    const Span *span = rich_worth(rich);
    json_t *object   = json_object();

    json_object_set_new(object, "text", json_from_str(rich_words(w->arena, rich)));
    for (size_t i = 0; i < rich->len; i++)
        set_mark(object, rich->at[i].mark);
    if (span != NULL && span->worth == WORTH_DAY)
        json_object_set_new(object, "day", json_from_str(date_to_iso(w->arena, span->day)));
    if (span != NULL && span->worth == WORTH_NUMBER) json_object_set_new(object, "number", json_integer(span->number));
    return object;
}

static json_t *facts_json(Writer *w, const Block *block)
{
    json_t *array = json_array();

    for (size_t i = 0; i < block->facts.len; i++) {
        json_t *fact = rich_json(w, &block->facts.at[i].value);
        json_object_set_new(fact, "label", json_from_str(block->facts.at[i].label));
        json_array_append_new(array, fact);
    }
    return array;
}

static void set_items(Writer *w, json_t *object, const Block *block)
{
    json_t *array = json_array();

    for (size_t i = 0; i < block->items.len; i++)
        json_array_append_new(array, rich_json(w, &block->items.at[i]));
    json_object_set_new(object, "items", array);
}

static void set_table(Writer *w, json_t *object, const Block *block)
{
    json_t *columns = json_array(), *rows = json_array();

    for (size_t c = 0; c < block->column_count; c++)
        json_array_append_new(columns, json_from_str(block->columns[c].head));
    for (size_t r = 0; r < block->rows.len; r++) {
        json_t *row = json_array();
        for (size_t c = 0; c < block->column_count; c++)
            json_array_append_new(row, rich_json(w, &block->rows.at[r].cells[c]));
        json_array_append_new(rows, row);
    }
    json_object_set_new(object, "columns", columns);
    json_object_set_new(object, "rows", rows);
}

static void set_coverage(json_t *object, const Block *block)
{
    json_t *array = json_array();

    for (size_t i = 0; i < block->cells.len; i++) {
        const CoverageCell *cell = &block->cells.at[i];
        json_t *entry            = json_object();
        set(entry, "reference", cell->ref);
        set(entry, "text", cell->says);
        set(entry, "date", cell->date);
        set_mark(entry, cell->mark);
        json_array_append_new(array, entry);
    }
    json_object_set_new(object, "controls", array);
}

static void set_bars(json_t *object, const Block *block)
{
    json_t *array = json_array();

    for (size_t i = 0; i < block->bars.len; i++) {
        json_t *bar = json_object();
        set(bar, "label", block->bars.at[i].label);
        json_object_set_new(bar, "number", json_integer(block->bars.at[i].count));
        set_mark(bar, block->bars.at[i].mark);
        json_array_append_new(array, bar);
    }
    json_object_set_new(object, "bars", array);
}

static const char *const kinds[] = {
    [BLOCK_HEADING] = "heading",   [BLOCK_PARAGRAPH] = "paragraph", [BLOCK_NOTE] = "note",
    [BLOCK_LIST] = "list",         [BLOCK_FACTS] = "facts",         [BLOCK_FINDING] = "finding",
    [BLOCK_CALLOUT] = "callout",   [BLOCK_BOXES] = "boxes",         [BLOCK_TABLE] = "table",
    [BLOCK_COVERAGE] = "coverage", [BLOCK_BARS] = "bars",           [BLOCK_PAGE_BREAK] = NULL,
};
static_assert(countof(kinds) == BLOCK_KINDS, "every kind of block has a name");

static json_t *block_json(Writer *w, const Block *block)
{
    json_t *object = block->text.len > 0 ? rich_json(w, &block->text) : json_object();

    json_object_set_new(object, "kind", json_string(kinds[block->kind]));
    if (block->kind == BLOCK_HEADING) json_object_set_new(object, "level", json_integer(block->level));
    set(object, "number", block->number);
    set(object, "title", block->title);
    set(object, "grade", block->grade);
    set(object, "sheet", block->sheet);
    set_mark(object, block->mark);
    if (block->facts.len > 0) json_object_set_new(object, "facts", facts_json(w, block));
    if (block->kind == BLOCK_LIST) set_items(w, object, block);
    if (block->kind == BLOCK_TABLE) set_table(w, object, block);
    if (block->kind == BLOCK_COVERAGE) set_coverage(object, block);
    if (block->kind == BLOCK_BARS) set_bars(object, block);
    return object;
}

json_t *document_json(Arena *arena, const Document *doc)
{
    const DocHead *head = &doc->head;
    Writer w            = { .arena = arena, .doc = doc };
    json_t *object = json_own(arena, json_object()), *blocks = json_array();

    json_object_set_new(object, "format", json_string("plumbline-document-1"));
    set(object, "kind", head->kind);
    set(object, "number", head->number);
    set(object, "version", head->version);
    set(object, "title", head->title);
    set(object, "subtitle", head->subtitle);
    set(object, "organisation", head->organisation);
    set(object, "author", head->author);
    set(object, "class", head->classification);
    set(object, "language", head->language);
    if (!time_is_none(head->created)) set(object, "created", time_to_rfc3339(arena, head->created));
    set(object, "note", head->cover_note);
    set(object, "record", head->foot_proof);
    json_object_set_new(object, "cover", facts_json(&w, doc->cover));
    json_object_set_new(object, "blocks", blocks);
    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];
        if (kinds[block->kind] != NULL) json_array_append_new(blocks, block_json(&w, block));
    }
    return object;
}
