/* SPDX-License-Identifier: Apache-2.0
 * paper/mark.h: the small signs beside a word: grades of a finding and results of a test. A sign is a shape first, a
 * word second and a colour third, so that a report stays readable in grey and to the ear.
 *
 * Shapes are drawn on a square of 16 units, y downwards, from points listed once here; the PDF draws them with lines,
 * HTML writes them as an SVG path. Pure. */
#pragma once

#include "base/buf.h"

typedef enum {
    MARK_NONE,
    MARK_MAJOR,       /* major nonconformity: filled diamond */
    MARK_MINOR,       /* minor nonconformity: half filled diamond */
    MARK_OBSERVATION, /* observation: ring with a dot */
    MARK_OFI,         /* opportunity for improvement: triangle pointing up */
    MARK_GOOD,        /* good practice: ring with a plus */
    MARK_PASS,        /* tested, conform: tick */
    MARK_FAIL,        /* tested, deviates: cross */
    MARK_NOW,         /* in fieldwork: half filled ring */
    MARK_PLANNED,     /* not tested yet, planned: dashed frame, no sign of its own */
    MARKS
} Mark;

enum { MARK_STROKES_MAX = 3, MARK_POINTS_MAX = 8, MARK_UNITS = 16 };

typedef enum {
    STROKE_END,
    STROKE_LINE,
    STROKE_CLOSED,
    STROKE_FILLED,
    STROKE_RING,
    STROKE_DOT,
    STROKE_HALF_DISC
} StrokeKind;

/* STROKE_RING, _DOT and _HALF_DISC: one point (the centre) and a radius; the others: `count` points. */
typedef struct {
    StrokeKind kind;
    size_t count;
    double radius;
    struct {
        double x, y;
    } points[MARK_POINTS_MAX];
} Stroke;

typedef struct {
    const char *name; /* "minor": suffix of the style sheet's class "grade-minor" */
    const char *sign; /* one character for plain text */
    unsigned colour;  /* 0xRRGGBB on white, at least 4.5:1 */
    unsigned tint;    /* ground of a cell that bears the mark */
    Stroke strokes[MARK_STROKES_MAX];
} MarkShape;

const MarkShape *mark_shape(Mark mark);
/* The sign as an SVG element in the colour of its surroundings, hidden from screen readers (the word stands beside it).
 */
void mark_add_svg(Buf *out, Mark mark);
