/* SPDX-License-Identifier: Apache-2.0
 * paper/pdf_inside.h: what the files of the PDF renderer share, in the order of the work:
 *
 *   pdf_rows.c    blocks become rows: cells side by side, each a text set to a width     (what is measured)
 *   pdf_break.c   rows become fragments on pages                                         (where it stands)
 *   pdf_paint.c   fragments become drawing and structure                                 (how it looks)
 *   pdf_finish.c  what cairo cannot say about a PDF is added                             (what it is)
 *
 * pdf_text.c sets text for the first and the third. Laying out is what takes the time, so what was laid out to be
 * measured is kept to be drawn, up to a limit: beyond it memory stays as it is and a text is laid out twice. Lengths are
 * points, y downwards. */
#pragma once

#include <cairo.h>
#include <pango/pangocairo.h>

#include "base/err.h"
#include "paper/document.h"

#define MM(mm) ((mm)*72.0 / 25.4)

#define PAGE_WIDTH  595.276
#define PAGE_HEIGHT 841.89
#define MARGIN      MM(18)
#define BODY_WIDTH  (PAGE_WIDTH - 2 * MARGIN)
#define BODY_TOP    MM(20)
#define FOOT_RULE   (PAGE_HEIGHT - MARGIN - 17)
#define BODY_BOTTOM (FOOT_RULE - MM(5))
#define BODY_HEIGHT (BODY_BOTTOM - BODY_TOP)
#define MEASURE     410.0 /* widest line of running text: about 75 characters */
#define CHART_X     170.0 /* where bars begin … */
#define CHART_WIDTH 250.0 /* … and how long the longest is */
#define LOGO_WIDTH  MM(60)
#define LOGO_HEIGHT MM(18)

/* Colours of print: 0xRRGGBB. */
enum {
    INK         = 0x131e29,
    INK_MUTED   = 0x465461,
    INK_FAINT   = 0x596672,
    LINE        = 0xdde1e4,
    LINE_STRONG = 0xb3bcc4,
    ACCENT      = 0x17508f,
    BOB         = 0x9a6212,
    SUNK        = 0xf3f5f6,
};

/* How a text is set; pdf_text.c has sizes, weights and colours. */
typedef enum {
    FACE_BODY,
    FACE_LABEL, /* left of a fact */
    FACE_NOTE,
    FACE_H1,
    FACE_H2,
    FACE_H3,
    FACE_TITLE,
    FACE_SUBTITLE,
    FACE_KIND,
    FACE_BRAND,
    FACE_BOX,
    FACE_TABLE,
    FACE_TABLE_HEAD,
    FACE_COVERAGE,
    FACE_CONTENTS,
    FACE_CONTENTS_PART,
    FACE_FOOT,
    FACES
} Face;

/* A text that was laid out (pdf_text.c). */
typedef struct SetLayout SetLayout;

enum { SET_BUCKETS = 1024 };

/* While a document is measured, layouts are kept to be drawn (`keeps`), and short texts that come again are laid out
 * once; past a limit of memory, texts are laid out a second time when they are drawn. */
typedef struct {
    PangoContext *context;
    PangoLayout *layout;
    bool keeps;
    size_t kept_bytes;
    SetLayout *latest;
    SetLayout **short_ones; /* SET_BUCKETS lists */
} Typesetter;

/* A text set to a width. Line i stands between tops[i] and tops[i + 1], counted from the cell's top. */
typedef struct {
    const Rich *text;
    Face face;
    Align align;
    Mark mark;       /* in the upper right corner of a coverage cell */
    const char *tag; /* structure element, NULL: none of its own */
    double x, width; /* x from the left margin */
    size_t lines;
    const double *tops;
    const SetLayout *set; /* kept from measuring; NULL: to be laid out again */
} Cell;

typedef enum {
    TRIM_NONE,
    TRIM_RULE_BELOW, /* row of a table */
    TRIM_HEAD_BELOW, /* head of a table */
    TRIM_BOXES,      /* frame around the cells and between them */
    TRIM_COVERAGE,   /* each cell a small tinted box */
    TRIM_BAR,        /* rule at the left */
    TRIM_CALLOUT,    /* tinted ground, accent at the left */
    TRIM_CHART,      /* a bar of a chart */
    TRIM_BRAND,      /* our sign */
    TRIM_LOGO        /* the organisation's */
} Trim;

typedef struct Row Row;
struct Row {
    Cell *cells;
    size_t cell_count;
    size_t lines; /* of the cell with most */
    Trim trim;
    double space_above; /* vanishes at the top of a page */
    double pad_above, pad_below;
    double height_min;
    double share;   /* of the longest bar of a chart */
    bool new_page;  /* begins on a new page */
    bool whole;     /* not split unless it is higher than a page */
    bool keep_next; /* not the last on its page */
    size_t
        group; /* rows of the same group, not 0, stay on one page if they fit on one and not too much is left empty */
    const Row *head; /* repeated when the row begins a page; a row's own head row is NULL */

    const char *opens;   /* structure element opened before the row … */
    bool closes;         /* … and closed after it */
    const char *tag;     /* element around the cells of the row */
    const Block *titled; /* heading or finding that the row is the title of: destination and outline */
    const Block *target; /* contents: where the line leads */
    Str alternative;     /* of a Figure opened here */
    size_t page;         /* from 1, known after pdf_break; 0 before */
};

typedef struct {
    Row *at;
    size_t len, cap;
} Rows;

typedef struct {
    const Row *row;
    size_t from, to; /* lines */
    size_t page;     /* from 1 */
    double top;      /* of the padding */
    bool repeated;   /* head of a table again: not part of the structure */
} Fragment;

typedef struct {
    Fragment *at;
    size_t len, cap;
} Fragments;

typedef struct {
    Rows rows;
    Fragments fragments;
    size_t pages;
} Layout;

/* ---- pdf_text.c ---- */

/* Opens the fonts for texts in `language` (BCP 47); the typesetter is closed with the arena. ERR_MISSING without any
 * usable font. */
MUST_USE bool typesetter_open(Arena *arena, Str language, Typesetter *setter, Err *err);
/* From here to typesetter_draws layouts are kept; texts and arena must live until all is drawn. */
void typesetter_measures(Typesetter *setter, Arena *arena);
void typesetter_draws(Typesetter *setter);
/* Counts the lines of `cell` and fills its tops. */
void cell_measure(Typesetter *setter, Arena *arena, Cell *cell);
/* How many lines the text of `cell` has at another width, and how long the last one is. */
size_t text_lines(Typesetter *setter, Arena *arena, const Cell *cell, double width, double *last);
/* Width of `text` on one line. */
double pdf_text_width(Typesetter *setter, Arena *arena, const Rich *text, Face face);

/* Says before each run of a line which span it is of, so that the painter can open and close links. */
typedef struct {
    void (*span)(void *data, const Span *span);
    void *data;
} SpanWatch;
/* Draws lines [from, to) with the first line's top at (x, y). `watch` may be NULL. */
void cell_draw(Typesetter *setter, Arena *arena, cairo_t *cr, const Cell *cell, size_t from, size_t to, double x,
               double y, const SpanWatch *watch);
void mark_draw(cairo_t *cr, Mark mark, double x, double y, double size);
void ink_set(cairo_t *cr, unsigned colour);

/* ---- picture.c ---- */

/* A PNG file as a surface of cairo, released with the arena; NULL when it cannot be read. */
cairo_surface_t *picture_open(Arena *arena, Str png);
/* The size at which the picture fills the room of a logo, as wide as high in its own way. */
void picture_fit(cairo_surface_t *picture, double *width, double *height);
/* Draws a bar of a chart: as long as its share of the longest, at the height of a line. */
void chart_bar_draw(cairo_t *cr, Mark mark, double share, double x, double y, double width, double height);

/* ---- pdf_rows.c, pdf_break.c, pdf_paint.c ---- */

void rows_build(const Document *doc, Typesetter *setter, Arena *arena, Rows *rows);
/* Height of lines [from, to) with the row's padding. */
double row_height(const Row *row, size_t from, size_t to);
/* Lines [from, to) of a cell, cut to what the cell has. */
double cell_height(const Cell *cell, size_t from, size_t to);
/* Gives every row its page. ERR_LIMIT beyond PDF_PAGES_MAX. */
MUST_USE bool rows_break(Arena *arena, Layout *layout, Err *err);
void layout_paint(const Document *doc, const Layout *layout, Typesetter *setter, Arena *arena, cairo_t *cr);

/* ---- pdf_finish.c ---- */

MUST_USE bool pdf_finish(const Document *doc, const Layout *layout, Arena *arena, Str raw, Str *out, Err *err);
