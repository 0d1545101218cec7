/* SPDX-License-Identifier: Apache-2.0
 * Pictures in a document: the organisation's sign, which somebody gave us, and bars of a chart, which we draw; for DOCX
 * a chart becomes a PNG file. */
#include "paper/picture.h"

#include <math.h>
#include <string.h>

#include "base/png.h"
#include "paper/pdf_inside.h"

enum { PICTURE_ZOOM = 3, CHART_LINE = 18, LABEL_GAP = 10, COUNT_ROOM = 50 };

/* ---- reading ---- */

typedef struct {
    Str rest;
} Source;

static cairo_status_t source_read(void *data, unsigned char *bytes, unsigned len)
{
    Source *source = data;

    if (source->rest.len < len) return CAIRO_STATUS_READ_ERROR;
    memcpy(bytes, source->rest.ptr, len);
    source->rest = str_slice(source->rest, len, source->rest.len);
    return CAIRO_STATUS_SUCCESS;
}

static void surface_release(void *surface)
{
    cairo_surface_destroy(surface);
}

cairo_surface_t *picture_open(Arena *arena, Str png)
{
    Source source = { png };
    unsigned width, height;

    if (png.len > PNG_BYTES_MAX || !png_size(png, &width, &height)) return NULL;
    cairo_surface_t *surface = cairo_image_surface_create_from_png_stream(source_read, &source);
    arena_defer(arena, surface_release, surface);
    return cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? surface : NULL;
}

void picture_fit(cairo_surface_t *picture, double *width, double *height)
{
    double own_width = cairo_image_surface_get_width(picture), own_height = cairo_image_surface_get_height(picture);
    double scale = fmin(LOGO_WIDTH / own_width, LOGO_HEIGHT / own_height);

    *width  = own_width * scale;
    *height = own_height * scale;
}

/* ---- drawing ---- */

void chart_bar_draw(cairo_t *cr, Mark mark, double share, double x, double y, double width, double height)
{
    ink_set(cr, mark == MARK_NONE ? INK_FAINT : mark_shape(mark)->colour);
    cairo_rectangle(cr, x, y + height * 0.12, fmax(share * width, 0.8), height * 0.76);
    cairo_fill(cr);
}

static void text_draw(Typesetter *setter, Arena *arena, cairo_t *cr, Str text, double x, double y)
{
    Span span = { .kind = SPAN_PLAIN, .text = text };
    Rich rich = { &span, 1, 1 };
    Cell cell = { .text = &rich, .face = FACE_TABLE, .width = CHART_X - LABEL_GAP };

    cell_measure(setter, arena, &cell);
    cell_draw(setter, arena, cr, &cell, 0, 1, x, y, NULL);
}

/* Where cairo writes to: room that was there before it began. */
typedef struct {
    char *bytes;
    size_t len, room;
} Sink;

static cairo_status_t sink_write(void *data, const unsigned char *bytes, unsigned len)
{
    Sink *sink = data;

    if (len > sink->room - sink->len) return CAIRO_STATUS_WRITE_ERROR;
    memcpy(sink->bytes + sink->len, bytes, len);
    sink->len += len;
    return CAIRO_STATUS_SUCCESS;
}

static void context_release(void *context)
{
    cairo_destroy(context);
}

bool chart_png(const Document *doc, const Block *block, Arena *arena, ChartPicture *out, Err *err)
{
    double width = CHART_X + CHART_WIDTH + COUNT_ROOM, height = (double)block->bars.len * CHART_LINE;
    int pixels_x = (int)(width * PICTURE_ZOOM), pixels_y = (int)(height * PICTURE_ZOOM);
    int64_t most = block_bars_max(block);
    Typesetter setter;

    if (!typesetter_open(arena, doc->head.language, &setter, err)) return false;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels_x, pixels_y);
    arena_defer(arena, surface_release, surface);
    cairo_t *cr = cairo_create(surface);
    arena_defer(arena, context_release, cr);
    cairo_scale(cr, PICTURE_ZOOM, PICTURE_ZOOM);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    for (size_t i = 0; i < block->bars.len; i++) {
        const Bar *bar = &block->bars.at[i];
        double share = most == 0 ? 0 : (double)bar->count / (double)most, y = (double)i * CHART_LINE;

        chart_bar_draw(cr, bar->mark, share, CHART_X, y, CHART_WIDTH, CHART_LINE - 4);
        text_draw(&setter, arena, cr, bar->label, 0, y);
        text_draw(&setter, arena, cr, str_fmt(arena, "%lld", (long long)bar->count), CHART_X + share * CHART_WIDTH + 6,
                  y);
    }
    Sink sink             = { .room = (size_t)pixels_x * (size_t)pixels_y * 4 + 4096 };
    sink.bytes            = arena_array(arena, char, sink.room);
    cairo_status_t status = cairo_surface_write_to_png_stream(surface, sink_write, &sink);
    if (cairo_status(cr) != CAIRO_STATUS_SUCCESS) status = cairo_status(cr);
    if (status != CAIRO_STATUS_SUCCESS)
        return err_set(err, ERR_FORMAT, (int)status, .what = STR("could not draw a chart"),
                       .detail = str_from_c(cairo_status_to_string(status)));
    *out = (ChartPicture){ { sink.bytes, sink.len }, width, height };
    return true;
}
