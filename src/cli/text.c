/* SPDX-License-Identifier: Apache-2.0
 * Lines and tables. On a terminal the widest columns give way until the table fits; a pipe gets all of it. */
#include "cli/text.h"

#include <stdint.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { GAP = 2, COLUMN_LEAST = 8, WIDTH_LEAST = 40 };

TextStyle text_style(void)
{
    struct winsize size = { 0 };
    Str term            = str_from_c(getenv("TERM"));

    if (!isatty(STDOUT_FILENO)) return (TextStyle){ 0 };
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) size.ws_col = 80;
    return (TextStyle){ .width = size.ws_col < WIDTH_LEAST ? WIDTH_LEAST : size.ws_col,
                        .bold  = getenv("NO_COLOR") == NULL && term.len > 0 && !str_eq_c(term, "dumb") };
}

/* ------------------------------------------------------------------------------------------------------- width */

typedef struct {
    uint32_t from, to;
} Range;

/* East Asian wide signs and pictures (UAX 11, the blocks that people use), and marks that take no place. */
static const Range wide[] = { { 0x1100, 0x115f }, { 0x2e80, 0xa4cf },   { 0xac00, 0xd7a3 },
                              { 0xf900, 0xfaff }, { 0xfe30, 0xfe6f },   { 0xff00, 0xff60 },
                              { 0xffe0, 0xffe6 }, { 0x1f300, 0x1faff }, { 0x20000, 0x3fffd } };
static const Range none[] = { { 0x0300, 0x036f }, { 0x200b, 0x200f }, { 0x20d0, 0x20ff }, { 0xfe00, 0xfe0f } };

static bool is_among(uint32_t rune, const Range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (rune >= ranges[i].from && rune <= ranges[i].to) return true;
    }
    return false;
}

static size_t rune_width(uint32_t rune)
{
    if (rune < 0x300) return 1;
    if (is_among(rune, none, countof(none))) return 0;
    return is_among(rune, wide, countof(wide)) ? 2 : 1;
}

size_t text_width(Str text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.len;)
        width += rune_width(str_next_rune(text, &at));
    return width;
}

/* Bytes of `text` that fit into `width` places. */
static size_t fitting(Str text, size_t width)
{
    size_t used = 0, at = 0;

    while (at < text.len) {
        size_t next   = at;
        size_t places = rune_width(str_next_rune(text, &next));
        if (used + places > width) break;
        used += places;
        at = next;
    }
    return at;
}

Str text_cut(Arena *arena, Str text, size_t width)
{
    if (text_width(text) <= width) return text;
    Str kept = str_slice(text, 0, fitting(text, width > 0 ? width - 1 : 0));
    return str_fmt(arena, "%.*s…", STR_ARG(kept));
}

void text_bold(Buf *out, TextStyle style, Str text)
{
    if (style.bold) buf_add_c(out, "\x1b[1m");
    buf_add(out, text);
    if (style.bold) buf_add_c(out, "\x1b[0m");
}

/* ------------------------------------------------------------------------------------------------------- lines */

static void add_blanks(Buf *out, size_t count)
{
    while (count-- > 0)
        buf_add_byte(out, ' ');
}

/* Where a line of `width` places ends: at its last blank, or in the middle of a word that is longer than a line. */
static size_t line_end(Str text, size_t width)
{
    size_t end = fitting(text, width), blank = end;

    if (end == text.len) return end;
    while (blank > 0 && text.ptr[blank] != ' ')
        blank--;
    if (blank > 0) return blank;
    return end > 0 ? end : text.len;
}

static void wrap_line(Buf *out, Str line, size_t indent, size_t width)
{
    for (bool first = true; first || line.len > 0; first = false) {
        size_t end = width > 0 ? line_end(line, width) : line.len;
        if (!first) add_blanks(out, indent);
        buf_add(out, str_slice(line, 0, end));
        buf_add_byte(out, '\n');
        if (end < line.len && line.ptr[end] == ' ') end++;
        line = str_slice(line, end, line.len);
    }
}

void text_wrap(Buf *out, Arena *arena, Str text, size_t indent, size_t width)
{
    size_t room = width > indent + COLUMN_LEAST ? width - indent : 0;
    bool first  = true;
    Str line;

    while (str_cut(&text, '\n', &line)) {
        if (!first) add_blanks(out, indent);
        wrap_line(out, str_visible(arena, line), indent, room);
        first = false;
    }
}

/* ------------------------------------------------------------------------------------------------------- tables */

static size_t widest(const size_t *widths, size_t count)
{
    size_t at = 0;
    for (size_t i = 1; i < count; i++) {
        if (widths[i] > widths[at]) at = i;
    }
    return at;
}

static void widths_fit(size_t *widths, size_t count, size_t width)
{
    size_t total = count > 0 ? (count - 1) * GAP : 0;

    for (size_t i = 0; i < count; i++)
        total += widths[i];
    while (width > 0 && total > width) {
        size_t at = widest(widths, count);
        if (widths[at] <= COLUMN_LEAST) return;
        widths[at]--;
        total--;
    }
}

static void table_row(Buf *out, Arena *arena, TextStyle style, const TextTable *table, const size_t *widths, size_t row)
{
    for (size_t i = 0; i < table->columns; i++) {
        Str cell    = table->cells.at[row * table->columns + i];
        bool is_end = i + 1 == table->columns;
        if (style.width > 0) cell = text_cut(arena, cell, widths[i]);
        if (row == 0)
            text_bold(out, style, cell);
        else
            buf_add(out, cell);
        if (!is_end) add_blanks(out, widths[i] + GAP - text_width(cell));
    }
    buf_add_byte(out, '\n');
}

void text_table(Buf *out, Arena *arena, TextStyle style, const TextTable *table)
{
    size_t *widths = arena_array(arena, size_t, table->columns), rows = table->cells.len / table->columns;

    for (size_t i = 0; i < rows * table->columns; i++) {
        size_t width = text_width(table->cells.at[i]);
        if (width > widths[i % table->columns]) widths[i % table->columns] = width;
    }
    widths_fit(widths, table->columns, style.width);
    for (size_t row = 0; row < rows; row++)
        table_row(out, arena, style, table, widths, row);
}
