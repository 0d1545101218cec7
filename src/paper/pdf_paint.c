/* SPDX-License-Identifier: Apache-2.0
 * Fragments become drawing and, at the same time, the structure that a screen reader follows.
 *
 * Structure: an element that holds elements must not hold text itself, or cairo leaves that text unmarked. So a text
 * that goes over two pages or has links is a P of Spans and Links, any other a P. What is no content (rules, frames,
 * running foot, repeated heads) is drawn inside NonStruct; pdf_finish turns these into artifacts. */
#include <assert.h>
#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>

#include "paper/pdf_inside.h"

#define ARTIFACT  "NonStruct"
#define FOOT_ROOM 0.87 /* of the foot, for what is the same on each page */

typedef struct {
    const Document *doc;
    const Layout *layout;
    Typesetter *setter;
    Arena *arena;
    cairo_t *cr;
    size_t page;    /* being drawn */
    bool in_figure; /* a Figure is open: it holds drawing itself */
    size_t titled;  /* titles before this row are in the contents already */
    const Cell *foot_left, *foot_proof;
} Painter;

/* ---- lines and grounds ---- */

static void rule_draw(cairo_t *cr, double x, double y, double width, unsigned colour, double weight)
{
    ink_set(cr, colour);
    cairo_rectangle(cr, x, y - weight / 2, width, weight);
    cairo_fill(cr);
}

static void bar_draw(cairo_t *cr, double x, double y, double height, unsigned colour, double weight)
{
    ink_set(cr, colour);
    cairo_rectangle(cr, x, y, weight, height);
    cairo_fill(cr);
}

static void frame_draw(cairo_t *cr, double x, double y, double width, double height, unsigned colour)
{
    ink_set(cr, colour);
    cairo_set_line_width(cr, 0.6);
    cairo_rectangle(cr, x, y, width, height);
    cairo_stroke(cr);
}

static void boxes_draw(const Painter *p, const Row *row, double y, double height)
{
    double step = BODY_WIDTH / (double)row->cell_count;

    frame_draw(p->cr, MARGIN, y, BODY_WIDTH, height, LINE_STRONG);
    for (size_t i = 1; i < row->cell_count; i++)
        bar_draw(p->cr, MARGIN + step * (double)i - 0.3, y, height, LINE, 0.6);
}

/* The colour between two. */
static unsigned half_of(unsigned a, unsigned b)
{
    return (a & 0xfefefe) / 2 + (b & 0xfefefe) / 2;
}

/* A ground of the mark's tint and a frame between tint and ink; not yet tested is a dashed frame. */
static void coverage_cell_draw(const Painter *p, const Cell *cell, double y, double height)
{
    const MarkShape *shape = mark_shape(cell->mark);
    double x = MARGIN + cell->x - 4, width = cell->width + 6, size = 7.5;
    const double dashes[] = { 2, 1.6 };

    cairo_rectangle(p->cr, x, y, width, height);
    ink_set(p->cr, shape->tint);
    cairo_fill_preserve(p->cr);
    ink_set(p->cr, cell->mark == MARK_NONE || cell->mark == MARK_PLANNED ? LINE_STRONG : half_of(shape->colour, LINE));
    cairo_set_line_width(p->cr, cell->mark == MARK_NOW ? 1.2 : 0.6);
    if (cell->mark == MARK_PLANNED) cairo_set_dash(p->cr, dashes, countof(dashes), 0);
    cairo_stroke(p->cr);
    cairo_set_dash(p->cr, NULL, 0, 0);
    if (cell->mark != MARK_PLANNED) mark_draw(p->cr, cell->mark, x + width - size - 2.5, y + 3.5, size);
}

static void brand_draw(cairo_t *cr, double x, double y)
{
    static const struct {
        double x, y;
    } bob[] = { { 5.2, 9 }, { 8.8, 9 },    { 8.8, 11.2 }, { 12.5, 13.8 }, { 10.8, 17.5 },
                { 7, 24 },  { 3.2, 17.5 }, { 1.5, 13.8 }, { 5.2, 11.2 } };

    bar_draw(cr, x + 6.35, y, 9, INK, 1.3);
    ink_set(cr, BOB);
    for (size_t i = 0; i < countof(bob); i++)
        cairo_line_to(cr, x + bob[i].x, y + bob[i].y);
    cairo_close_path(cr);
    cairo_fill(cr);
}

/* The organisation's sign. */
static void logo_draw(const Painter *p, double y)
{
    cairo_surface_t *picture = picture_open(p->arena, p->doc->head.logo);
    double width, height;

    if (picture == NULL) return;
    picture_fit(picture, &width, &height);
    cairo_save(p->cr);
    cairo_translate(p->cr, MARGIN, y);
    cairo_scale(p->cr, width / cairo_image_surface_get_width(picture),
                height / cairo_image_surface_get_height(picture));
    cairo_set_source_surface(p->cr, picture, 0, 0);
    cairo_paint(p->cr);
    cairo_restore(p->cr);
}

static void trim_draw(const Painter *p, const Row *row, double y, double height)
{
    switch (row->trim) {
    case TRIM_NONE: return;
    case TRIM_RULE_BELOW: rule_draw(p->cr, MARGIN, y + height, BODY_WIDTH, LINE, 0.6); return;
    case TRIM_HEAD_BELOW: rule_draw(p->cr, MARGIN, y + height, BODY_WIDTH, LINE_STRONG, 0.7); return;
    case TRIM_BOXES: boxes_draw(p, row, y, height); return;
    case TRIM_BAR: bar_draw(p->cr, MARGIN, y, height, LINE_STRONG, 1.5); return;
    case TRIM_CALLOUT:
        bar_draw(p->cr, MARGIN, y, height, SUNK, BODY_WIDTH);
        bar_draw(p->cr, MARGIN, y, height, p->doc->head.accent != 0 ? p->doc->head.accent : ACCENT, 1.8);
        return;
    case TRIM_CHART:
        chart_bar_draw(p->cr, row->cells[0].mark, row->share, MARGIN + CHART_X, y + row->pad_above, CHART_WIDTH,
                       height - row->pad_above - row->pad_below);
        return;
    case TRIM_COVERAGE:
        for (size_t i = 0; i < row->cell_count; i++)
            coverage_cell_draw(p, &row->cells[i], y, height);
        return;
    case TRIM_BRAND: brand_draw(p->cr, MARGIN, y); return;
    case TRIM_LOGO: logo_draw(p, y); return;
    }
}

static void trim_paint(const Painter *p, const Row *row, double y, double height)
{
    if (row->trim == TRIM_NONE) return;
    if (!p->in_figure) cairo_tag_begin(p->cr, ARTIFACT, NULL);
    trim_draw(p, row, y, height);
    if (!p->in_figure) cairo_tag_end(p->cr, ARTIFACT);
}

/* ---- running foot ---- */

enum { FOOT_GAP = 14 };

/* A text of the foot, laid out once for all pages: its span, rich and cell live as long as the painter. */
static Cell *foot_cell(const Painter *p, Str text, double x, double width)
{
    Span *span = arena_new(p->arena, Span);
    Rich *rich = arena_new(p->arena, Rich);
    Cell *cell = arena_new(p->arena, Cell);

    *span = (Span){ .kind = SPAN_PLAIN, .text = text };
    *rich = (Rich){ span, 1, 1 };
    *cell = (Cell){ .text = rich, .face = FACE_FOOT, .x = x, .width = width };
    cell_measure(p->setter, p->arena, cell);
    return cell;
}

static double foot_width(const Painter *p, Str text)
{
    Span span = { .kind = SPAN_PLAIN, .text = text };
    Rich rich = { &span, 1, 1 };
    return pdf_text_width(p->setter, p->arena, &rich, FACE_FOOT);
}

/* What the document is at the left and the proof in the middle, each as wide as it needs. Where both do not fit, the
 * organisation's name gives way: number, version and class stay on every page. */
static void foot_measure(Painter *p, double room)
{
    Document unnamed = *p->doc;
    Str left = doc_foot_left(p->doc, p->arena), proof = p->doc->head.foot_proof;
    double right = room - foot_width(p, proof) - FOOT_GAP;

    unnamed.head.organisation = (Str){ 0 };
    if (foot_width(p, left) > right) left = doc_foot_left(&unnamed, p->arena);
    if (foot_width(p, left) > right) right = BODY_WIDTH * 0.46;
    double x = fmin(BODY_WIDTH * 0.49, right + FOOT_GAP);
    x        = fmax(x, fmin(foot_width(p, left), right) + FOOT_GAP);
    typesetter_measures(p->setter, p->arena);
    p->foot_left  = foot_cell(p, left, 0, x - FOOT_GAP);
    p->foot_proof = foot_cell(p, proof, x, room - x);
    typesetter_draws(p->setter);
}

static void foot_draw(const Painter *p, const Cell *cell)
{
    cell_draw(p->setter, p->arena, p->cr, cell, 0, 1, MARGIN + cell->x, FOOT_RULE + 6, NULL);
}

/* "3 of 9" at the right: another text on each page. */
static void foot_page(const Painter *p)
{
    Str of    = text_of(p->doc->head.catalogue, N_("of"));
    Span span = { .kind = SPAN_PLAIN,
                  .text = str_fmt(p->arena, "%zu %.*s %zu", p->page, STR_ARG(of), p->layout->pages) };
    Rich rich = { &span, 1, 1 };
    Cell cell = { .text  = &rich,
                  .face  = FACE_FOOT,
                  .align = ALIGN_END,
                  .x     = BODY_WIDTH * FOOT_ROOM,
                  .width = BODY_WIDTH * (1 - FOOT_ROOM) };

    cell_measure(p->setter, p->arena, &cell);
    foot_draw(p, &cell);
}

/* Number, version and class at the left, proof in the middle, page at the right: on every page (7.5, requirements 2.5).
 */
static void foot_paint(const Painter *p)
{
    ArenaMark mark = arena_mark(p->arena);

    cairo_tag_begin(p->cr, ARTIFACT, NULL);
    rule_draw(p->cr, MARGIN, FOOT_RULE, BODY_WIDTH, LINE_STRONG, 0.5);
    foot_draw(p, p->foot_left);
    foot_draw(p, p->foot_proof);
    foot_page(p);
    cairo_tag_end(p->cr, ARTIFACT);
    arena_rewind(p->arena, mark);
}

/* ---- texts and links ---- */

/* Opens Span or Link around the runs of a text that is more than one leaf. */
typedef struct {
    const Painter *p;
    const char *open; /* "Span", "Link" or NULL */
    const Span *span;
} Leaves;

static const Block *span_target(const Painter *p, const Span *span)
{
    return span != NULL && span->kind == SPAN_REF ? doc_find(p->doc, span->text) : NULL;
}

static void link_begin(cairo_t *cr, const Block *target)
{
    char attributes[64];

    /* anchors are ours: letters, digits and hyphens */
    snprintf(attributes, sizeof(attributes), "dest='%.*s'", STR_ARG(target->anchor));
    cairo_tag_begin(cr, CAIRO_TAG_LINK, attributes);
}

static void leaf_switch(void *data, const Span *span)
{
    Leaves *leaves      = data;
    const Block *target = span_target(leaves->p, span);

    if (leaves->open != NULL && span == leaves->span) return;
    if (leaves->open != NULL) cairo_tag_end(leaves->p->cr, leaves->open);
    leaves->open = span == NULL ? NULL : target != NULL ? CAIRO_TAG_LINK : "Span";
    leaves->span = span;
    if (target != NULL) {
        link_begin(leaves->p->cr, target);
    } else if (span != NULL) {
        cairo_tag_begin(leaves->p->cr, "Span", NULL);
    }
}

static bool cell_has_links(const Painter *p, const Row *row, const Cell *cell)
{
    if (row->titled != NULL || row->target != NULL) return false; /* a title does not lead to itself */
    for (size_t i = 0; i < cell->text->len; i++)
        if (span_target(p, &cell->text->at[i]) != NULL) return true;
    return false;
}

static void tag_begin(cairo_t *cr, const char *tag)
{
    if (tag != NULL) cairo_tag_begin(cr, tag, NULL);
}

static void tag_end(cairo_t *cr, const char *tag)
{
    if (tag != NULL) cairo_tag_end(cr, tag);
}

static void cell_paint(Painter *p, const Fragment *fragment, const Cell *cell, double y)
{
    const Row *row     = fragment->row;
    bool split         = row->cell_count == 1 && row->tag == NULL && (fragment->from > 0 || fragment->to < row->lines);
    bool leaves_needed = cell->tag != NULL && !fragment->repeated && (split || cell_has_links(p, row, cell));
    Leaves leaves      = { .p = p };
    SpanWatch watch    = { leaf_switch, &leaves };
    const char *tag    = fragment->repeated ? NULL : cell->tag;

    if (!split || fragment->from == 0) tag_begin(p->cr, tag);
    cell_draw(p->setter, p->arena, p->cr, cell, fragment->from, fragment->to, MARGIN + cell->x, y,
              leaves_needed ? &watch : NULL);
    if (!split || fragment->to >= row->lines) tag_end(p->cr, tag);
}

/* The page on which the target of a line of the contents turned out to be. Lines come in the order of their targets. */
static size_t target_page(Painter *p, const Block *target)
{
    const Rows *rows = &p->layout->rows;

    while (p->titled < rows->len && rows->at[p->titled].titled != target)
        p->titled++;
    return p->titled < rows->len ? rows->at[p->titled].page : 0;
}

static void contents_paint(Painter *p, const Fragment *fragment, double y)
{
    ArenaMark mark = arena_mark(p->arena);
    Span page      = { .kind = SPAN_PLAIN, .text = str_fmt(p->arena, "%zu", target_page(p, fragment->row->target)) };
    Rich number    = { &page, 1, 1 };
    Cell cells[3];

    for (size_t i = 0; i < countof(cells); i++)
        cells[i] = fragment->row->cells[i];
    cells[2].text = &number;
    cells[2].set  = NULL;
    link_begin(p->cr, fragment->row->target);
    for (size_t i = 0; i < countof(cells); i++)
        cell_paint(p, fragment, &cells[i], y);
    cairo_tag_end(p->cr, CAIRO_TAG_LINK);
    arena_rewind(p->arena, mark);
}

/* ---- fragments and pages ---- */

static void cells_paint(Painter *p, const Fragment *fragment, double y)
{
    for (size_t i = 0; i < fragment->row->cell_count; i++) {
        const Cell *cell = &fragment->row->cells[i];

        if (fragment->from > 0 && fragment->from >= cell->lines) continue; /* all of it stands on an earlier page */
        cell_paint(p, fragment, cell, y);
    }
}

/* Where contents, outline and links lead to. */
static void destination_set(cairo_t *cr, const Block *titled, double y)
{
    char attributes[128];

    snprintf(attributes, sizeof(attributes), "name='%.*s' x=%d y=%d", STR_ARG(titled->anchor), (int)MARGIN, (int)y);
    cairo_tag_begin(cr, CAIRO_TAG_DEST, attributes);
    cairo_tag_end(cr, CAIRO_TAG_DEST);
}

static void row_open(Painter *p, const Fragment *fragment)
{
    const Row *row = fragment->row;

    if (fragment->repeated || fragment->from > 0 || row->opens == NULL) return;
    cairo_tag_begin(p->cr, row->opens, NULL);
    p->in_figure = strcmp(row->opens, "Figure") == 0;
}

static void row_close(Painter *p, const Fragment *fragment, const char **container)
{
    const Row *row = fragment->row;

    if (fragment->repeated || fragment->to < row->lines || !row->closes) return;
    cairo_tag_end(p->cr, *container);
    p->in_figure = false;
    *container   = NULL;
}

static void fragment_paint(Painter *p, const Fragment *fragment)
{
    const Row *row     = fragment->row;
    double y           = fragment->top + row->pad_above;
    const char *around = fragment->repeated ? ARTIFACT : row->tag;

    if (fragment->repeated) tag_begin(p->cr, around);
    if (fragment->repeated)
        trim_draw(p, row, fragment->top, row_height(row, fragment->from, fragment->to));
    else
        trim_paint(p, row, fragment->top, row_height(row, fragment->from, fragment->to));
    if (!fragment->repeated) tag_begin(p->cr, around);
    if (row->titled != NULL && fragment->from == 0) destination_set(p->cr, row->titled, fragment->top);
    if (row->target != NULL)
        contents_paint(p, fragment, y);
    else
        cells_paint(p, fragment, y);
    tag_end(p->cr, around);
}

static void page_turn(Painter *p)
{
    if (p->in_figure) cairo_tag_end(p->cr, "Figure");
    foot_paint(p);
    cairo_show_page(p->cr);
    p->page++;
    if (p->in_figure) cairo_tag_begin(p->cr, "Figure", NULL);
}

static void outline_add(const Document *doc, Arena *arena, cairo_t *cr)
{
    int parents[DOC_LEVEL_MAX + 1] = { CAIRO_PDF_OUTLINE_ROOT };

    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];
        const char *title, *link;
        int level = block->level;

        if (!block_is_titled(block)) continue;
        title = str_to_c(arena, str_fmt(arena, "%.*s %.*s", STR_ARG(block->number), STR_ARG(block->title)));
        link  = str_to_c(arena, str_fmt(arena, "dest='%.*s'", STR_ARG(block->anchor)));
        assert(title != NULL && link != NULL); /* doc_clean lets no NUL through */
        parents[level] = cairo_pdf_surface_add_outline(cairo_get_target(cr), parents[level - 1], title, link,
                                                       level == 1 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
        for (int below = level + 1; below <= DOC_LEVEL_MAX; below++)
            parents[below] = parents[level];
    }
}

/* The organisation's colour: a band along the upper edge of the first page. */
static void accent_paint(const Painter *p)
{
    if (p->doc->head.accent == 0) return;
    cairo_tag_begin(p->cr, ARTIFACT, NULL);
    ink_set(p->cr, p->doc->head.accent);
    cairo_rectangle(p->cr, 0, 0, PAGE_WIDTH, MM(5));
    cairo_fill(p->cr);
    cairo_tag_end(p->cr, ARTIFACT);
}

void layout_paint(const Document *doc, const Layout *layout, Typesetter *setter, Arena *arena, cairo_t *cr)
{
    Painter p             = { .doc = doc, .layout = layout, .setter = setter, .arena = arena, .cr = cr, .page = 1 };
    const char *container = NULL;

    foot_measure(&p, BODY_WIDTH * FOOT_ROOM);
    cairo_tag_begin(cr, "Document", NULL);
    accent_paint(&p);
    for (size_t i = 0; i < layout->fragments.len; i++) {
        const Fragment *fragment = &layout->fragments.at[i];

        while (p.page < fragment->page)
            page_turn(&p);
        if (fragment->row->opens != NULL && !fragment->repeated && fragment->from == 0)
            container = fragment->row->opens;
        row_open(&p, fragment);
        fragment_paint(&p, fragment);
        row_close(&p, fragment, &container);
    }
    while (p.page < layout->pages)
        page_turn(&p);
    foot_paint(&p);
    cairo_tag_end(cr, "Document");
    cairo_show_page(cr);
    outline_add(doc, arena, cr);
}
