/* SPDX-License-Identifier: Apache-2.0
 * Text on paper: spans become one Pango layout; its lines are placed by us, so that every face keeps its own leading
 * and a line can be drawn apart from its neighbours (page breaks) and its runs apart from each other (links, marks). */
#include <assert.h>
#include <math.h>

#include "base/size.h"
#include "paper/pdf_inside.h"

/* Names of every script are set in letters of their own; kanji as in Japan, where nothing says otherwise. */
#define FAMILIES                                                                                                       \
    "Inter, Noto Sans, Noto Sans Arabic, Noto Sans Hebrew, Noto Sans Thai, DejaVu Sans, Noto Sans CJK JP, "            \
    "Noto Sans CJK SC, sans-serif"
#define FAMILIES_MONO "JetBrains Mono, DejaVu Sans Mono, Noto Sans Mono, monospace"
#define FAMILY_HEIGHT 1.21           /* Inter's own line height: leading is counted from it */
#define MARK_SIZE     0.95           /* of the font size … */
#define MARK_GAP      0.30           /* … and the gap to its word */
#define OBJECT        "\xef\xbf\xbc" /* U+FFFC holds the place of a mark */

#define BREAK_HERE "\xe2\x80\x8b" /* U+200B */

enum { WORD_LETTERS = 72, WORD_STEP = 32, FIRST_IDEOGRAPH = 0x2e80, LINES_FEW = 100 };

typedef struct {
    double size; /* points */
    int weight;
    unsigned colour;
    double leading;  /* of size */
    double tracking; /* of size, added between letters */
} FaceSet;

/* clang-format off */
static const FaceSet faces[] = {
    /*                       size  weight  colour    leading tracking */
    [FACE_BODY]          = { 10,    400, INK,        1.50,  0      },
    [FACE_LABEL]         = { 10,    400, INK_MUTED,  1.50,  0      },
    [FACE_NOTE]          = {  8.5,  400, INK_MUTED,  1.45,  0      },
    [FACE_H1]            = { 13,    600, INK,        1.30, -0.006  },
    [FACE_H2]            = { 10.5,  600, INK,        1.40,  0      },
    [FACE_H3]            = { 10,    600, INK_MUTED,  1.40,  0      },
    [FACE_TITLE]         = { 23,    600, INK,        1.22, -0.020  },
    [FACE_SUBTITLE]      = { 12,    400, INK,        1.45,  0      },
    [FACE_KIND]          = { 10,    400, INK_MUTED,  1.50,  0      },
    [FACE_BRAND]         = { 12,    600, INK,        1.30, -0.010  },
    [FACE_BOX]           = { 10,    500, INK,        1.40,  0      },
    [FACE_TABLE]         = {  9,    400, INK,        1.42,  0      },
    [FACE_TABLE_HEAD]    = {  8,    500, INK_MUTED,  1.40,  0      },
    [FACE_COVERAGE]      = {  8.2,  500, INK,        1.32,  0      },
    [FACE_CONTENTS]      = { 10,    400, INK,        1.50,  0      },
    [FACE_CONTENTS_PART] = { 10,    500, INK,        1.50,  0      },
    [FACE_FOOT]          = {  8,    400, INK_MUTED,  1.40,  0      },
};
static_assert(countof(faces) == FACES, "every face is set");

typedef struct {
    double scale;    /* of the face's size */
    int weight;      /* 0: the face's */
    unsigned colour; /* 0: the face's */
    bool mono, italic, unbroken;
} SpanSet;

static const SpanSet span_sets[] = {
    /*                  scale   weight colour     mono   italic unbroken */
    [SPAN_PLAIN]    = { 1.0,     0,    0,         false, false, false },
    [SPAN_STRONG]   = { 1.0,     600,  0,         false, false, false },
    [SPAN_EMPHASIS] = { 1.0,     0,    0,         false, true,  false },
    [SPAN_CODE]     = { 0.9,     0,    0,         true,  false, false },
    [SPAN_REF]      = { 1.0,     0,    0,         false, false, true  },
    [SPAN_MUTED]    = { 1.0,     400,  INK_MUTED, false, false, false },
    [SPAN_SMALL]    = { 0.86,    400,  INK_MUTED, false, false, false },
    [SPAN_LABEL]    = { 0.86,    400,  INK_FAINT, false, false, false },
    [SPAN_MARK]     = { 1.0,     500,  0,         false, false, true  },
};
static_assert(countof(span_sets) == SPAN_KINDS, "every kind of span is set");
/* clang-format on */

/* ---- fonts ---- */

static const char *const needed_families[] = { "Inter", "Noto Sans", "DejaVu Sans" };

static bool family_is_usable(const char *name)
{
    for (size_t i = 0; i < countof(needed_families); i++)
        if (strcmp(name, needed_families[i]) == 0) return true;
    return false;
}

static bool has_usable_family(PangoFontMap *map)
{
    PangoFontFamily **families = NULL;
    int count                  = 0;
    bool found                 = false;

    pango_font_map_list_families(map, &families, &count);
    for (int i = 0; i < count && !found; i++)
        found = family_is_usable(pango_font_family_get_name(families[i]));
    g_free(families);
    return found;
}

/* Sizes as if there were no pixels: a line breaks at the same word on every machine. */
static void context_set_for_paper(PangoContext *context)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    cairo_font_options_destroy(options);
}

bool typesetter_open(Arena *arena, Str language, Typesetter *setter, Err *err)
{
    const char *tag   = str_to_c(arena, language);
    PangoFontMap *map = pango_cairo_font_map_get_default(); /* one per thread, with its fonts already open */

    if (!has_usable_family(map))
        return err_set(err, ERR_MISSING, 0, .what = STR("could not set a document: no font"),
                       .detail = STR("None of the font families Inter, Noto Sans and DejaVu Sans is installed."),
                       .hint   = STR("Install the packages fonts-inter and fonts-dejavu-core, then try again."));
    *setter         = (Typesetter){ 0 };
    setter->context = pango_font_map_create_context(map);
    arena_defer(arena, g_object_unref, setter->context);
    context_set_for_paper(setter->context);
    pango_context_set_language(setter->context, pango_language_from_string(tag == NULL ? "en" : tag));
    setter->layout = pango_layout_new(setter->context);
    arena_defer(arena, g_object_unref, setter->layout);
    pango_layout_set_wrap(setter->layout, PANGO_WRAP_WORD_CHAR);
    return true;
}

/* ---- spans to layout ---- */

/* Where each span stands in the layout's text. */
typedef struct {
    Str text;
    size_t *starts; /* one per span, and the end */
    const Rich *rich;
} SetText;

/* Pango needs a time that grows with the square of a word's length. So a very long word gets places where it may break:
 * the first after more letters than a SHA-256 has, later ones closer. Scripts without blanks break anywhere by
 * themselves. */
static void add_breakable(Buf *out, Str text)
{
    size_t letters = 0;

    for (size_t at = 0; at < text.len;) {
        size_t start  = at;
        uint32_t rune = str_next_rune(text, &at);

        letters = rune <= ' ' || rune >= FIRST_IDEOGRAPH ? 0 : letters + 1;
        if (letters > WORD_LETTERS && (letters - WORD_LETTERS) % WORD_STEP == 1 && !g_unichar_ismark(rune))
            buf_add_c(out, BREAK_HERE);
        buf_add(out, str_slice(text, start, at - start));
    }
}

static SetText text_join(Arena *arena, const Rich *rich)
{
    SetText set = { .rich = rich, .starts = arena_array(arena, size_t, rich->len + 1) };
    size_t max  = 0;
    Buf buf;

    for (size_t i = 0; i < rich->len; i++)
        if (!size_add(max, rich->at[i].text.len + rich->at[i].text.len / 8 + 8, &max)) return set;
    buf = buf_open(arena, max);
    for (size_t i = 0; i < rich->len; i++) {
        const Span *span = &rich->at[i];

        if (span->kind == SPAN_SMALL && i > 0) buf_add_byte(&buf, '\n');
        set.starts[i] = buf.len;
        if (span->kind == SPAN_MARK) buf_add_c(&buf, OBJECT);
        add_breakable(&buf, span->text);
        if (span->kind == SPAN_LABEL) buf_add_byte(&buf, '\n');
    }
    set.starts[rich->len] = buf.len;
    set.text              = buf_str(&buf);
    return set;
}

static const Span *span_at(const SetText *set, size_t offset)
{
    size_t i = set->rich->len;

    while (i > 1 && set->starts[i - 1] > offset)
        i--;
    return i == 0 ? NULL : &set->rich->at[i - 1];
}

static void attr_add(PangoAttrList *list, PangoAttribute *attr, size_t from, size_t to)
{
    attr->start_index = (guint)from;
    attr->end_index   = (guint)to;
    pango_attr_list_insert(list, attr);
}

static PangoFontDescription *face_font(const FaceSet *face, const SpanSet *span)
{
    PangoFontDescription *font = pango_font_description_new();

    pango_font_description_set_family_static(font, span->mono ? FAMILIES_MONO : FAMILIES);
    pango_font_description_set_absolute_size(font, face->size * span->scale * PANGO_SCALE);
    pango_font_description_set_weight(font, (PangoWeight)(span->weight != 0 ? span->weight : face->weight));
    if (span->italic) pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
    return font;
}

/* The mark's place: wide as mark and gap, no higher than a capital. */
static void mark_reserve(PangoAttrList *list, double size, size_t at)
{
    PangoRectangle place = { 0, (int)(-0.8 * size * PANGO_SCALE), (int)((MARK_SIZE + MARK_GAP) * size * PANGO_SCALE),
                             (int)(size * PANGO_SCALE) };

    attr_add(list, pango_attr_shape_new(&place, &place), at, at + sizeof(OBJECT) - 1);
}

static void span_set_attrs(PangoAttrList *list, const FaceSet *face, const Span *span, size_t from, size_t to)
{
    const SpanSet *set         = &span_sets[span->kind];
    PangoFontDescription *font = face_font(face, set);

    attr_add(list, pango_attr_font_desc_new(font), from, to);
    pango_font_description_free(font);
    if (set->unbroken && to - from < 40) attr_add(list, pango_attr_allow_breaks_new(FALSE), from, to);
    if (span->kind == SPAN_MARK) mark_reserve(list, face->size, from);
}

static PangoAttrList *text_attrs(const SetText *set, const FaceSet *face)
{
    PangoAttrList *list = pango_attr_list_new();

    attr_add(list, pango_attr_insert_hyphens_new(FALSE), 0, set->text.len);
    /* figures of one width; no contextual forms, which would show "->" as an arrow that nobody wrote */
    attr_add(list, pango_attr_font_features_new("tnum=1, calt=0, cv05=1, cv11=1, ss03=1"), 0, set->text.len);
    if (face->tracking < 0 || face->tracking > 0)
        attr_add(list, pango_attr_letter_spacing_new((int)(face->tracking * face->size * PANGO_SCALE)), 0,
                 set->text.len);
    for (size_t i = 0; i < set->rich->len; i++) {
        if (set->rich->at[i].kind == SPAN_PLAIN) continue; /* as the layout is itself */
        span_set_attrs(list, face, &set->rich->at[i], set->starts[i], set->starts[i + 1]);
    }
    return list;
}

static PangoAlignment pango_align(Align align)
{
    switch (align) {
    case ALIGN_START: return PANGO_ALIGN_LEFT;
    case ALIGN_CENTRE: return PANGO_ALIGN_CENTER;
    case ALIGN_END: return PANGO_ALIGN_RIGHT;
    }
    return PANGO_ALIGN_LEFT;
}

/* Fills a layout; `width` below 0 is one endless line. */
static SetText layout_fill(PangoLayout *layout, Arena *arena, const Rich *rich, Face face, double width, Align align)
{
    SetText set                = text_join(arena, rich);
    PangoFontDescription *font = face_font(&faces[face], &span_sets[SPAN_PLAIN]);
    PangoAttrList *attrs       = text_attrs(&set, &faces[face]);

    pango_layout_set_text(layout, set.text.len == 0 ? "" : set.text.ptr, (int)set.text.len);
    pango_layout_set_font_description(layout, font);
    pango_layout_set_attributes(layout, attrs);
    pango_layout_set_width(layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
    pango_layout_set_alignment(layout, pango_align(align));
    pango_font_description_free(font);
    pango_attr_list_unref(attrs);
    return set;
}

/* ---- measuring ---- */

/* A line of a face is never lower than its leading, except one that begins small on purpose; a line in another script
 * may be higher. */
static double line_height(const SetText *set, const PangoLayoutLine *line, const PangoRectangle *logical, Face face)
{
    const Span *span = span_at(set, (size_t)line->start_index);
    double height    = logical->height / (double)PANGO_SCALE * faces[face].leading / FAMILY_HEIGHT;
    bool small       = span != NULL && (span->kind == SPAN_SMALL || span->kind == SPAN_LABEL);

    return small ? height : fmax(height, faces[face].size * faces[face].leading);
}

static void lines_measure(PangoLayout *layout, const SetText *set, Face face, size_t lines, double *tops)
{
    PangoLayoutIter *iter = pango_layout_get_iter(layout);

    for (size_t i = 0; i < lines; i++) {
        PangoRectangle logical;
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);

        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        tops[i + 1] = tops[i] + line_height(set, line, &logical, face);
        pango_layout_iter_next_line(iter);
    }
    pango_layout_iter_free(iter);
}

static size_t lines_count(PangoLayout *layout)
{
    int count = pango_layout_get_line_count(layout);

    return count < 0 ? 0 : (size_t)count;
}

/* ---- keeping ---- */

enum { SHORT_BYTES = 80, KEPT_BYTES_MAX = 48 << 20, KEPT_BYTES_EACH = 1800, KEPT_BYTES_A_BYTE = 40 };

struct SetLayout {
    PangoLayout *layout;
    SetText text;
    const Rich *rich;
    Face face;
    Align align;
    double width;
    size_t lines;
    double *tops;
    SetLayout *next; /* in its list of short ones */
};

void typesetter_measures(Typesetter *setter, Arena *arena)
{
    setter->keeps      = true;
    setter->kept_bytes = 0;
    setter->short_ones = arena_array(arena, SetLayout *, SET_BUCKETS);
}

void typesetter_draws(Typesetter *setter)
{
    setter->keeps      = false;
    setter->latest     = NULL;
    setter->short_ones = NULL;
}

/* One plain span of a few words: labels, names, grades, days. */
static bool rich_is_short(const Rich *rich)
{
    return rich->len == 1 && rich->at[0].kind == SPAN_PLAIN && rich->at[0].text.len <= SHORT_BYTES;
}

static SetLayout **short_list(Typesetter *setter, const Rich *rich)
{
    size_t hash = 5381;

    for (size_t i = 0; i < rich->at[0].text.len; i++)
        hash = hash * 33 + (unsigned char)rich->at[0].text.ptr[i];
    return &setter->short_ones[hash % SET_BUCKETS];
}

static bool is_set_so(const SetLayout *set, Face face, double width, Align align)
{
    return set->face == face && set->align == align && fabs(set->width - width) < 0.001;
}

static SetLayout *layout_known(Typesetter *setter, const Rich *rich, Face face, double width, Align align)
{
    SetLayout *latest = setter->latest;

    if (latest != NULL && latest->rich == rich && is_set_so(latest, face, width, align)) return latest;
    if (!rich_is_short(rich)) return NULL;
    for (SetLayout *set = *short_list(setter, rich); set != NULL; set = set->next)
        if (is_set_so(set, face, width, align) && str_eq(set->rich->at[0].text, rich->at[0].text)) return set;
    return NULL;
}

/* Lays the text out and keeps it; NULL when the limit is reached. */
static SetLayout *layout_keep(Typesetter *setter, Arena *arena, const Rich *rich, Face face, double width, Align align)
{
    SetLayout *set = layout_known(setter, rich, face, width, align);

    if (set != NULL || setter->kept_bytes > KEPT_BYTES_MAX) return set;
    set         = arena_new(arena, SetLayout);
    *set        = (SetLayout){ .rich = rich, .face = face, .align = align, .width = width };
    set->layout = pango_layout_new(setter->context);
    arena_defer(arena, g_object_unref, set->layout);
    pango_layout_set_wrap(set->layout, PANGO_WRAP_WORD_CHAR);
    set->text  = layout_fill(set->layout, arena, rich, face, width, align);
    set->lines = lines_count(set->layout);
    set->tops  = arena_array(arena, double, set->lines + 1);
    lines_measure(set->layout, &set->text, face, set->lines, set->tops);
    setter->kept_bytes += KEPT_BYTES_EACH + KEPT_BYTES_A_BYTE * set->text.text.len;
    setter->latest = set;
    if (rich_is_short(rich)) {
        SetLayout **list = short_list(setter, rich);
        set->next        = *list;
        *list            = set;
    }
    return set;
}

/* ---- what others ask ---- */

static double last_line_width(PangoLayout *layout, size_t lines)
{
    PangoRectangle logical;

    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, (int)lines - 1), NULL, &logical);
    return logical.width / (double)PANGO_SCALE;
}

size_t text_lines(Typesetter *setter, Arena *arena, const Cell *cell, double width, double *last)
{
    SetLayout *kept = setter->keeps ? layout_keep(setter, arena, cell->text, cell->face, width, cell->align) : NULL;
    ArenaMark mark  = arena_mark(arena);
    size_t lines;

    if (kept != NULL) {
        *last = last_line_width(kept->layout, kept->lines);
        return kept->lines;
    }
    layout_fill(setter->layout, arena, cell->text, cell->face, width, cell->align);
    lines = lines_count(setter->layout);
    *last = last_line_width(setter->layout, lines);
    arena_rewind(arena, mark);
    return lines;
}

/* The set text is scratch and must go before the tops come; few lines wait on the stack, many are set once more. */
static void scratch_measure(Typesetter *setter, Arena *arena, Cell *cell)
{
    double few[LINES_FEW + 1] = { 0 };
    ArenaMark mark            = arena_mark(arena);
    SetText set               = layout_fill(setter->layout, arena, cell->text, cell->face, cell->width, cell->align);
    double *tops;

    cell->lines = lines_count(setter->layout);
    if (cell->lines <= LINES_FEW) lines_measure(setter->layout, &set, cell->face, cell->lines, few);
    arena_rewind(arena, mark);
    cell->tops = tops = arena_array(arena, double, cell->lines + 1);
    if (cell->lines <= LINES_FEW) {
        memcpy(tops, few, (cell->lines + 1) * sizeof(*few));
        return;
    }
    mark = arena_mark(arena);
    set  = layout_fill(setter->layout, arena, cell->text, cell->face, cell->width, cell->align);
    lines_measure(setter->layout, &set, cell->face, cell->lines, tops);
    arena_rewind(arena, mark);
}

void cell_measure(Typesetter *setter, Arena *arena, Cell *cell)
{
    SetLayout *kept =
        setter->keeps ? layout_keep(setter, arena, cell->text, cell->face, cell->width, cell->align) : NULL;

    if (kept == NULL) {
        scratch_measure(setter, arena, cell);
        return;
    }
    cell->set   = kept;
    cell->lines = kept->lines;
    cell->tops  = kept->tops;
}

double pdf_text_width(Typesetter *setter, Arena *arena, const Rich *text, Face face)
{
    SetLayout *kept     = setter->keeps ? layout_keep(setter, arena, text, face, -1, ALIGN_START) : NULL;
    PangoLayout *layout = kept != NULL ? kept->layout : setter->layout;
    ArenaMark mark      = arena_mark(arena);
    PangoRectangle logical;

    if (kept == NULL) layout_fill(layout, arena, text, face, -1, ALIGN_START);
    pango_layout_get_extents(layout, NULL, &logical);
    arena_rewind(arena, mark);
    return logical.width / (double)PANGO_SCALE;
}

/* ---- drawing ---- */

void ink_set(cairo_t *cr, unsigned colour)
{
    cairo_set_source_rgb(cr, (colour >> 16 & 0xff) / 255.0, (colour >> 8 & 0xff) / 255.0, (colour & 0xff) / 255.0);
}

static void stroke_path(cairo_t *cr, const Stroke *stroke)
{
    double x = stroke->points[0].x, y = stroke->points[0].y;

    cairo_new_path(cr);
    switch (stroke->kind) {
    case STROKE_END: break;
    case STROKE_LINE:
    case STROKE_CLOSED:
    case STROKE_FILLED:
        for (size_t i = 0; i < stroke->count; i++)
            cairo_line_to(cr, stroke->points[i].x, stroke->points[i].y);
        if (stroke->kind != STROKE_LINE) cairo_close_path(cr);
        break;
    case STROKE_RING:
    case STROKE_DOT: cairo_arc(cr, x, y, stroke->radius, 0, 2 * M_PI); break;
    case STROKE_HALF_DISC: cairo_arc(cr, x, y, stroke->radius, -M_PI / 2, M_PI / 2); break;
    }
}

void mark_draw(cairo_t *cr, Mark mark, double x, double y, double size)
{
    const MarkShape *shape = mark_shape(mark);

    cairo_save(cr);
    cairo_translate(cr, x, y);
    cairo_scale(cr, size / MARK_UNITS, size / MARK_UNITS);
    cairo_set_line_width(cr, 1.5);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    ink_set(cr, shape->colour);
    for (size_t i = 0; i < MARK_STROKES_MAX && shape->strokes[i].kind != STROKE_END; i++) {
        StrokeKind kind = shape->strokes[i].kind;

        stroke_path(cr, &shape->strokes[i]);
        if (kind == STROKE_FILLED || kind == STROKE_DOT || kind == STROKE_HALF_DISC) cairo_fill_preserve(cr);
        cairo_stroke(cr);
    }
    cairo_restore(cr);
}

static unsigned span_colour(const Span *span, Face face)
{
    if (span == NULL) return faces[face].colour;
    if (span->kind == SPAN_MARK) return mark_shape(span->mark)->colour;
    return span_sets[span->kind].colour != 0 ? span_sets[span->kind].colour : faces[face].colour;
}

static bool run_is_mark(const Str text, const PangoItem *item)
{
    return str_starts(str_slice(text, (size_t)item->offset, (size_t)item->length), STR(OBJECT));
}

static void run_draw(cairo_t *cr, const SetText *set, PangoGlyphItem *run, const Cell *cell, double x, double baseline)
{
    const Span *span = span_at(set, (size_t)run->item->offset);
    double size      = faces[cell->face].size;

    if (span != NULL && span->kind == SPAN_MARK && run_is_mark(set->text, run->item)) {
        mark_draw(cr, span->mark, x, baseline - 0.84 * size, MARK_SIZE * size);
        return;
    }
    ink_set(cr, span_colour(span, cell->face));
    cairo_move_to(cr, x, baseline);
    pango_cairo_show_glyph_item(cr, set->text.ptr, run);
}

static void line_draw(cairo_t *cr, const SetText *set, PangoLayoutLine *line, const Cell *cell, double x,
                      double baseline, const SpanWatch *watch)
{
    for (GSList *at = line->runs; at != NULL; at = at->next) {
        PangoGlyphItem *run = at->data;

        if (watch != NULL) watch->span(watch->data, span_at(set, (size_t)run->item->offset));
        run_draw(cr, set, run, cell, x, baseline);
        x += pango_glyph_string_get_width(run->glyphs) / (double)PANGO_SCALE;
    }
    if (watch != NULL) watch->span(watch->data, NULL);
}

void cell_draw(Typesetter *setter, Arena *arena, cairo_t *cr, const Cell *cell, size_t from, size_t to, double x,
               double y, const SpanWatch *watch)
{
    PangoLayout *layout = cell->set != NULL ? cell->set->layout : setter->layout;
    ArenaMark mark      = arena_mark(arena);
    SetText set;
    PangoLayoutIter *iter;

    if (from >= cell->lines) return;
    set = cell->set != NULL ? cell->set->text
                            : layout_fill(layout, arena, cell->text, cell->face, cell->width, cell->align);
    if (str_is_empty(set.text)) {
        arena_rewind(arena, mark);
        return;
    }
    iter = pango_layout_get_iter(layout);
    for (size_t i = 0; i < cell->lines && i < to; i++) {
        PangoRectangle logical;
        double top = y + cell->tops[i] - cell->tops[from], lead, baseline;

        pango_layout_iter_get_line_extents(iter, NULL, &logical);
        lead     = (cell->tops[i + 1] - cell->tops[i] - logical.height / (double)PANGO_SCALE) / 2;
        baseline = top + lead + (pango_layout_iter_get_baseline(iter) - logical.y) / (double)PANGO_SCALE;
        if (i >= from)
            line_draw(cr, &set, pango_layout_iter_get_line_readonly(iter), cell, x + logical.x / (double)PANGO_SCALE,
                      baseline, watch);
        pango_layout_iter_next_line(iter);
    }
    pango_layout_iter_free(iter);
    arena_rewind(arena, mark);
}
