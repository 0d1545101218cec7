/* SPDX-License-Identifier: Apache-2.0
 * The shapes of the marks, and their SVG. The numbers are those of the web's icon set, so a finding looks the same on
 * the screen and on paper. */
#include "paper/mark.h"

#include <assert.h>

/* clang-format off */
#define DIAMOND { { 8, 1.5 }, { 14.5, 8 }, { 8, 14.5 }, { 1.5, 8 } }

static const MarkShape shapes[] = {
    [MARK_NONE]        = { .name = "none", .sign = "", .colour = 0x465461, .tint = 0xffffff },
    [MARK_MAJOR]       = { "major", "◆", 0x9c1420, 0xfbecec, {
        { STROKE_FILLED, 4, 0, DIAMOND } } },
    [MARK_MINOR]       = { "minor", "⬗", 0x824700, 0xfaf1e3, {
        { STROKE_CLOSED, 4, 0, DIAMOND },
        { STROKE_FILLED, 3, 0, { { 8, 2.5 }, { 13.5, 8 }, { 8, 13.5 } } } } },
    [MARK_OBSERVATION] = { "observation", "◉", 0x0c5f74, 0xe7f2f5, {
        { STROKE_RING, 1, 5.75, { { 8, 8 } } },
        { STROKE_DOT,  1, 1.75, { { 8, 8 } } } } },
    [MARK_OFI]         = { "ofi", "△", 0x573a9c, 0xf0ecf9, {
        { STROKE_CLOSED, 3, 0, { { 8, 3 }, { 14, 13 }, { 2, 13 } } } } },
    [MARK_GOOD]        = { "good", "⊕", 0x1a6238, 0xe8f3ec, {
        { STROKE_RING, 1, 5.75, { { 8, 8 } } },
        { STROKE_LINE, 2, 0, { { 8, 5.2 }, { 8, 10.8 } } },
        { STROKE_LINE, 2, 0, { { 5.2, 8 }, { 10.8, 8 } } } } },
    [MARK_PASS]        = { "pass", "✓", 0x1a6238, 0xe8f3ec, {
        { STROKE_LINE, 3, 0, { { 3.5, 8.5 }, { 6.5, 11.5 }, { 12.5, 4.5 } } } } },
    [MARK_FAIL]        = { "fail", "✗", 0x9c1420, 0xfbecec, {
        { STROKE_LINE, 2, 0, { { 4, 4 }, { 12, 12 } } },
        { STROKE_LINE, 2, 0, { { 12, 4 }, { 4, 12 } } } } },
    [MARK_NOW]         = { "now", "◐", 0x17508f, 0xffffff, {
        { STROKE_RING,      1, 5.5, { { 8, 8 } } },
        { STROKE_HALF_DISC, 1, 3.5, { { 8, 8 } } } } },
    [MARK_PLANNED]     = { "planned", "□", 0x465461, 0xffffff, {
        { STROKE_LINE, 4, 0, { { 3, 6.5 }, { 3, 3 }, { 13, 3 }, { 13, 6.5 } } },
        { STROKE_LINE, 4, 0, { { 3, 9.5 }, { 3, 13 }, { 13, 13 }, { 13, 9.5 } } } } },
};
static_assert(countof(shapes) == MARKS, "every mark has a shape");
/* clang-format on */

const MarkShape *mark_shape(Mark mark)
{
    assert((size_t)mark < countof(shapes));
    return &shapes[mark];
}

/* A coordinate with at most two decimals, without the help of a locale. */
static void add_number(Buf *out, double number)
{
    int64_t hundredths = (int64_t)(number * 100 + 0.5);

    buf_add_int(out, hundredths / 100);
    if (hundredths % 100 == 0) return;
    buf_add_byte(out, '.');
    buf_add_byte(out, (char)('0' + hundredths / 10 % 10));
    if (hundredths % 10 != 0) buf_add_byte(out, (char)('0' + hundredths % 10));
}

static void add_point(Buf *out, char command, double x, double y)
{
    buf_add_byte(out, command);
    add_number(out, x);
    buf_add_byte(out, ' ');
    add_number(out, y);
}

static void add_arc(Buf *out, double radius, double to_x, double to_y)
{
    buf_add_byte(out, 'A');
    add_number(out, radius);
    buf_add_byte(out, ' ');
    add_number(out, radius);
    add_point(out, ' ', 0, 0); /* no rotation, the small arc … */
    buf_add_c(out, " 1 ");     /* … clockwise */
    add_number(out, to_x);
    buf_add_byte(out, ' ');
    add_number(out, to_y);
}

static void add_path(Buf *out, const Stroke *stroke)
{
    double x = stroke->points[0].x, y = stroke->points[0].y, r = stroke->radius;

    switch (stroke->kind) {
    case STROKE_END: return;
    case STROKE_LINE:
    case STROKE_CLOSED:
    case STROKE_FILLED:
        for (size_t i = 0; i < stroke->count; i++)
            add_point(out, i == 0 ? 'M' : 'L', stroke->points[i].x, stroke->points[i].y);
        if (stroke->kind != STROKE_LINE) buf_add_byte(out, 'z');
        return;
    case STROKE_RING:
    case STROKE_DOT:
        add_point(out, 'M', x, y - r);
        add_arc(out, r, x, y + r);
        add_arc(out, r, x, y - r);
        buf_add_byte(out, 'z');
        return;
    case STROKE_HALF_DISC:
        add_point(out, 'M', x, y - r);
        add_arc(out, r, x, y + r);
        buf_add_byte(out, 'z');
        return;
    }
}

void mark_add_svg(Buf *out, Mark mark)
{
    const MarkShape *shape = mark_shape(mark);

    if (shape->strokes[0].kind == STROKE_END) return;
    buf_add_c(out, "<svg class=\"i\" viewBox=\"0 0 16 16\" aria-hidden=\"true\" focusable=\"false\">");
    for (size_t i = 0; i < MARK_STROKES_MAX && shape->strokes[i].kind != STROKE_END; i++) {
        StrokeKind kind = shape->strokes[i].kind;
        bool filled     = kind == STROKE_FILLED || kind == STROKE_DOT || kind == STROKE_HALF_DISC;

        buf_add_c(out, filled ? "<path fill=\"currentColor\" d=\"" : "<path fill=\"none\" d=\"");
        add_path(out, &shape->strokes[i]);
        buf_add_c(out, "\"/>");
    }
    buf_add_c(out, "</svg>");
}
