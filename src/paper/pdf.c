/* SPDX-License-Identifier: Apache-2.0
 * The PDF renderer from end to end: rows, pages, drawing, finishing. Objects of cairo and Pango belong to the arena;
 * what cairo writes goes into memory of its own, because cairo must not be left by a jump while it writes. */
#include "paper/pdf.h"

#include <assert.h>
#include <cairo-pdf.h>

#include "paper/pdf_inside.h"

enum { SINK_START = 1 << 16 };

/* Where cairo writes to. */
typedef struct {
    unsigned char *bytes;
    size_t len, cap;
    bool full;
} Sink;

static bool sink_reserve(Sink *sink, size_t more)
{
    size_t cap = sink->cap == 0 ? SINK_START : sink->cap;
    unsigned char *bytes;

    if (more > PDF_BYTES_MAX || sink->len + more > PDF_BYTES_MAX) return false;
    while (cap < sink->len + more)
        cap *= 2;
    if (cap == sink->cap) return true;
    if ((bytes = realloc(sink->bytes, cap)) == NULL) return false;
    sink->bytes = bytes;
    sink->cap   = cap;
    return true;
}

static cairo_status_t sink_write(void *data, const unsigned char *bytes, unsigned len)
{
    Sink *sink = data;

    if (sink->full || !sink_reserve(sink, len)) {
        sink->full = true;
        return CAIRO_STATUS_WRITE_ERROR;
    }
    memcpy(sink->bytes + sink->len, bytes, len);
    sink->len += len;
    return CAIRO_STATUS_SUCCESS;
}

static void sink_release(void *thing)
{
    Sink *sink = thing;

    free(sink->bytes);
}

static void surface_release(void *thing)
{
    cairo_surface_destroy(thing);
}

static void context_release(void *thing)
{
    cairo_destroy(thing);
}

static bool cairo_refused(cairo_status_t status, const Sink *sink, Err *err)
{
    if (sink->full)
        return err_set(err, ERR_LIMIT, 0, .what = STR("cannot draw a PDF of that size"),
                       .detail = STR("It would be larger than we accept, or memory is short."),
                       .hint   = STR("Choose a shorter period or fewer records, or export as CSV."));
    return err_set(err, ERR_FORMAT, (int)status, .what = STR("could not draw a PDF"),
                   .detail = str_from_c(cairo_status_to_string(status)),
                   .hint   = STR("Nothing was changed. Try again; if it stays so, send us the log."));
}

/* The drawing as cairo gives it. */
static bool layout_draw(const Document *doc, const Layout *layout, Typesetter *setter, Arena *arena, Str *raw, Err *err)
{
    Sink *sink = arena_new(arena, Sink);
    cairo_surface_t *surface;
    cairo_t *cr;

    arena_defer(arena, sink_release, sink); /* registered first: released last, when nobody writes any more */
    surface = cairo_pdf_surface_create_for_stream(sink_write, sink, PAGE_WIDTH, PAGE_HEIGHT);
    arena_defer(arena, surface_release, surface);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                   "2000-01-01T00:00:00Z"); /* replaced when finished */
    cr = cairo_create(surface);
    arena_defer(arena, context_release, cr);
    layout_paint(doc, layout, setter, arena, cr);
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS) return cairo_refused(cairo_status(cr), sink, err);
    cairo_surface_finish(surface);
    if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
        return cairo_refused(cairo_surface_status(surface), sink, err);
    *raw = (Str){ (const char *)sink->bytes, sink->len };
    return true;
}

bool pdf_render(const Document *doc, Arena *arena, Pdf *pdf, Err *err)
{
    Layout layout = { 0 };
    Typesetter setter;
    Str raw = { 0 };

    if (!typesetter_open(arena, doc->head.language, &setter, err)) return false;
    rows_build(doc, &setter, arena, &layout.rows);
    if (!rows_break(arena, &layout, err)) return false;
    if (!layout_draw(doc, &layout, &setter, arena, &raw, err)) return false;
    if (!pdf_finish(doc, &layout, arena, raw, &pdf->bytes, err)) return false;
    pdf->pages = layout.pages;
    return true;
}
