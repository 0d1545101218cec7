/* SPDX-License-Identifier: Apache-2.0
 * Rows and columns of what was pasted. */
#include "web/paste.h"

#include "base/csv.h"

enum { NOT_ASKED_FOR = -1 };

typedef struct {
    Arena *arena;
    const PasteColumn *columns;
    size_t len;
    int place[CSV_COLUMNS_MAX]; /* of each column of the text: which one asked for */
    Pasted *out;
} Paste;

/* ---- which column is which ---- */

static bool head_names(const PasteColumn *column, Str head)
{
    Str rest = str_from_c(column->words), word;

    while (str_cut(&rest, '|', &word)) {
        if (str_eq(word, head)) return true;
    }
    return false;
}

static int column_of(const Paste *paste, Str cell)
{
    Str head = str_lower(paste->arena, str_trim(cell));

    for (size_t i = 0; i < paste->len; i++) {
        if (head_names(&paste->columns[i], head)) return (int)i;
    }
    return NOT_ASKED_FOR;
}

static bool is_head(const Paste *paste, const StrList *row)
{
    size_t known = 0;

    for (size_t i = 0; i < row->len; i++) {
        if (str_has(row->at[i], STR("@"))) return false;
        known += column_of(paste, row->at[i]) != NOT_ASKED_FOR;
    }
    return known > 0;
}

static void places_by_head(Paste *paste, const StrList *row)
{
    for (size_t i = 0; i < row->len; i++) {
        paste->place[i] = column_of(paste, row->at[i]);
        if (paste->place[i] == NOT_ASKED_FOR && str_trim(row->at[i]).len > 0)
            *list_push(paste->arena, &paste->out->left_out) = str_trim(row->at[i]);
    }
}

static size_t mail_cell(const StrList *row)
{
    size_t i = 0;
    while (i < row->len && !str_has(row->at[i], STR("@")))
        i++;
    return i;
}

/* In the order asked for; only a mail is known by its look. */
static void places_by_look(Paste *paste, const StrList *row)
{
    size_t mail = mail_cell(row), next = 0;

    for (size_t i = 0; i < row->len; i++) {
        while (next < paste->len && paste->columns[next].is_mail)
            next++;
        paste->place[i] = i == mail || next >= paste->len ? NOT_ASKED_FOR : (int)next++;
    }
    for (size_t k = 0; k < paste->len; k++) {
        if (paste->columns[k].is_mail && mail < row->len) paste->place[mail] = (int)k;
    }
}

/* ---- rows ---- */

static void row_take(Paste *paste, const StrList *cells, size_t line)
{
    PasteRow *row = list_push(paste->arena, paste->out);

    row->line = (int64_t)line;
    for (size_t i = 0; i < cells->len; i++) {
        if (paste->place[i] != NOT_ASKED_FOR) row->cells[paste->place[i]] = str_trim(csv_cell_value(cells->at[i]));
    }
}

/* What a sheet gives has a tab between cells; a text with semicolons has no comma between them. */
static char separator_of(Str text)
{
    Str line;

    str_cut(&text, '\n', &line);
    if (str_has(line, STR("\t"))) return '\t';
    return str_has(line, STR(";")) ? ';' : ',';
}

/* The next line of a text without quotes. */
static bool line_next(Str *text, char separator, Arena *arena, StrList *row, size_t *line)
{
    Str whole, cell;

    row->len = 0;
    while (text->len > 0) {
        str_cut(text, '\n', &whole);
        (*line)++;
        if (str_trim(whole).len == 0) continue;
        while (row->len < CSV_COLUMNS_MAX && str_cut(&whole, separator, &cell))
            *list_push(arena, row) = cell;
        return true;
    }
    return false;
}

static bool is_blank(const StrList *row)
{
    for (size_t i = 0; i < row->len; i++) {
        if (str_trim(row->at[i]).len > 0) return false;
    }
    return true;
}

static void row_meet(Paste *paste, const StrList *row, size_t line, bool *is_first)
{
    if (is_blank(row)) return;
    bool is_of_heads = *is_first && is_head(paste, row);

    if (is_of_heads) places_by_head(paste, row);
    if (*is_first && !is_of_heads) places_by_look(paste, row);
    *is_first = false;
    if (!is_of_heads) row_take(paste, row, line);
}

static bool too_long(Pasted *out)
{
    out->is_too_long = out->len > PASTE_ROWS_MAX;
    if (out->is_too_long) out->len = 0;
    return out->is_too_long;
}

static bool commas_read(Paste *paste, Str text, Err *err)
{
    bool is_first = true, more = true;
    CsvReader reader;

    if (!csv_open(text, &reader, err)) return false;
    while (!too_long(paste->out)) {
        StrList row = { 0 };
        if (!csv_next(&reader, paste->arena, &row, &more, err)) return false;
        if (!more) break;
        row_meet(paste, &row, reader.line, &is_first);
    }
    return true;
}

bool paste_read(Arena *arena, Str text, const PasteColumn *columns, size_t columns_len, Pasted *out, Err *err)
{
    Paste *paste   = arena_new(arena, Paste);
    char separator = separator_of(text);
    bool is_first  = true;
    size_t line    = 0;
    StrList row    = { 0 };

    *out           = (Pasted){ 0 };
    paste->arena   = arena;
    paste->columns = columns;
    paste->len     = columns_len;
    paste->out     = out;
    for (size_t i = 0; i < CSV_COLUMNS_MAX; i++)
        paste->place[i] = NOT_ASKED_FOR;
    if (separator == ',') return commas_read(paste, text, err);
    while (!too_long(out) && line_next(&text, separator, arena, &row, &line))
        row_meet(paste, &row, line, &is_first);
    return true;
}
