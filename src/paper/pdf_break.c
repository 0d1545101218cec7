/* SPDX-License-Identifier: Apache-2.0
 * Where pages end. Rows go down the page one by one; before a row that begins something (a heading with its text, a
 * table's head with its first row, a finding) the whole of it is looked at, so that nothing starts at the foot of a
 * page that belongs on the next. A split text leaves at least two lines on either side. */
#include <math.h>

#include "paper/pdf.h"
#include "paper/pdf_inside.h"

enum { LINES_TOGETHER = 2 };

static const double waste_max = 0.42; /* of a page left empty to keep a finding whole */
static const double slack     = 0.01; /* of a point: sums of lengths are not exact */

typedef struct {
    Arena *arena;
    Layout *layout;
    size_t page;
    double y;
    bool at_top;
} Breaker;

double cell_height(const Cell *cell, size_t from, size_t to)
{
    if (from > cell->lines) from = cell->lines;
    if (to > cell->lines) to = cell->lines;
    return cell->tops == NULL ? 0 : cell->tops[to] - cell->tops[from];
}

double row_height(const Row *row, size_t from, size_t to)
{
    double height = 0;

    for (size_t i = 0; i < row->cell_count; i++)
        height = fmax(height, cell_height(&row->cells[i], from, to));
    height += row->pad_above + row->pad_below;
    return from == 0 && to >= row->lines ? fmax(height, row->height_min) : height;
}

static double row_whole_height(const Row *row)
{
    return row_height(row, 0, row->lines);
}

/* What must stand below the row before a page may end: all of it, or its first lines. */
static double row_start_height(const Row *row)
{
    return row->whole || row->lines <= LINES_TOGETHER * 2 - 1 ? row_whole_height(row)
                                                              : row_height(row, 0, LINES_TOGETHER);
}

static double left_on_page(const Breaker *b)
{
    return BODY_BOTTOM - b->y + slack;
}

static void page_begin(Breaker *b)
{
    b->page++;
    b->y      = BODY_TOP;
    b->at_top = true;
}

static void fragment_put(Breaker *b, const Row *row, size_t from, size_t to, bool repeated)
{
    Fragment *fragment = list_push(b->arena, &b->layout->fragments);

    *fragment = (Fragment){ .row = row, .from = from, .to = to, .page = b->page, .top = b->y, .repeated = repeated };
    b->y += row_height(row, from, to);
    b->at_top = false;
}

static void page_turn(Breaker *b, const Row *row)
{
    page_begin(b);
    if (row->head == NULL) return;
    fragment_put(b, row->head, 0, row->head->lines, true);
    b->at_top = true; /* still nothing of the row itself: it cannot be moved further */
}

/* Height from row `i` to the end of what must stand together with it. */
static double chain_height(const Rows *rows, size_t i)
{
    double height = 0;

    for (; i < rows->len; i++) {
        const Row *row = &rows->at[i];

        if (row->new_page) return height;
        height += row->space_above + (row->keep_next ? row_whole_height(row) : row_start_height(row));
        if (!row->keep_next) return height;
    }
    return height;
}

/* Height from row `i` over the titles that begin there to the end of the first group behind them; 0 without a group. */
static double group_height(const Rows *rows, size_t i)
{
    double height = 0;
    size_t group;

    while (rows->at[i].group == 0 && rows->at[i].keep_next && i + 1 < rows->len) {
        height += rows->at[i].space_above + row_whole_height(&rows->at[i]);
        i++;
    }
    if ((group = rows->at[i].group) == 0 || (i > 0 && rows->at[i - 1].group == group)) return 0;
    for (; i < rows->len && rows->at[i].group == group; i++)
        height += rows->at[i].space_above + row_whole_height(&rows->at[i]);
    return height;
}

static bool begins_better_on_next(const Breaker *b, size_t i)
{
    const Rows *rows = &b->layout->rows;
    double left      = left_on_page(b), together;

    if (i > 0 && rows->at[i - 1].keep_next) return false; /* decided where the chain began */
    together = group_height(rows, i);
    if (together > left && together <= BODY_HEIGHT && left < waste_max * BODY_HEIGHT) return true;
    return chain_height(rows, i) > left;
}

/* How many of the lines from `from` on fit here; 0: begin on the next page. */
static size_t lines_that_fit(const Breaker *b, const Row *row, size_t from)
{
    size_t to = from, together = row->whole ? 1 : LINES_TOGETHER;
    double left = left_on_page(b);

    while (to < row->lines && row_height(row, from, to + 1) <= left)
        to++;
    if (to >= row->lines) return row->lines - from;
    if (row->whole && from == 0 && !b->at_top && row_whole_height(row) <= BODY_HEIGHT) return 0;
    if (row->lines - to < together && to > from) to = row->lines - together > from ? row->lines - together : from;
    if (to - from < together) to = from;
    if (to == from && b->at_top) to = from + 1; /* higher than a page: something has to go on */
    return to - from;
}

static void row_place(Breaker *b, Row *row)
{
    size_t from = 0;

    if (row->lines == 0) {
        row->page = b->page;
        fragment_put(b, row, 0, 0, false);
        return;
    }
    while (from < row->lines) {
        size_t count = lines_that_fit(b, row, from);

        if (count == 0) {
            page_turn(b, row);
            continue;
        }
        if (from == 0) row->page = b->page;
        fragment_put(b, row, from, from + count, false);
        from += count;
    }
}

bool rows_break(Arena *arena, Layout *layout, Err *err)
{
    Breaker b = { .arena = arena, .layout = layout };

    page_begin(&b);
    for (size_t i = 0; i < layout->rows.len; i++) {
        Row *row = &layout->rows.at[i];

        if (!b.at_top && (row->new_page || begins_better_on_next(&b, i))) page_turn(&b, row);
        if (row->new_page && row->cell_count == 0) continue;
        if (!b.at_top) b.y += row->space_above;
        row_place(&b, row);
        if (b.page > PDF_PAGES_MAX)
            return err_set(err, ERR_LIMIT, 0, .what = STR("cannot set a document of so many pages"),
                           .detail = str_fmt(arena, "It would have more than %d pages.", PDF_PAGES_MAX),
                           .hint   = STR("Choose a shorter period or fewer records, or export as CSV."));
    }
    layout->pages = b.page;
    return true;
}
