/* SPDX-License-Identifier: Apache-2.0
 * CSV, strictly: a quote opens a cell only as its first byte and closes it only before a comma, a line end or the end.
 * Anything else is an error with its line, because a guess would shift columns silently. A file is read through a
 * window that always holds whole rows. */
#include "base/csv.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Line of byte `at`, from 1; CR, LF and CRLF each end one. */
static size_t line_at(Str text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++)
        line += text.ptr[i] == '\n' ? i == 0 || text.ptr[i - 1] != '\r' : text.ptr[i] == '\r';
    return line;
}

static bool err_csv(Err *err, ErrCode code, size_t line, const char *reason)
{
    char detail[160];
    int len = snprintf(detail, sizeof detail, "Line %zu: %s", line, reason);
    return err_set(err, code, 0, .what = STR("cannot read this as CSV"), .detail = { detail, (size_t)len },
                   .hint = STR("Save the sheet as \"CSV UTF-8 (comma separated)\" and try again."));
}

/* Text that can be read at all; its first line is number `line`. */
static bool check_text(Str text, size_t line, Err *err)
{
    size_t nul = str_index(text, '\0');
    if (nul < text.len) return err_csv(err, ERR_FORMAT, line + line_at(text, nul) - 1, "it holds a NUL byte.");
    size_t valid = str_utf8_len(text);
    if (valid == text.len) return true;
    return err_csv(err, ERR_FORMAT, line + line_at(text, valid) - 1,
                   "it is not UTF-8; it may be Windows-1252 or Latin-1.");
}

/* Takes the byte order mark off. */
static bool check_start(Str *text, Err *err)
{
    if (str_starts(*text, STR("\xFF\xFE")) || str_starts(*text, STR("\xFE\xFF")))
        return err_csv(err, ERR_FORMAT, 1, "the text is UTF-16, not UTF-8.");
    if (str_starts(*text, STR("\xEF\xBB\xBF"))) *text = str_slice(*text, 3, text->len);
    return true;
}

bool csv_open(Str text, CsvReader *reader, Err *err)
{
    if (!check_start(&text, err) || !check_text(text, 1, err)) return false;
    *reader = (CsvReader){ .rest = text, .next_line = 1 };
    return true;
}

/* Takes a line end off the front, if there is one. */
static bool take_line_end(CsvReader *reader)
{
    Str *rest = &reader->rest;
    if (!rest->len || (rest->ptr[0] != '\n' && rest->ptr[0] != '\r')) return false;
    *rest = str_slice(*rest, str_starts(*rest, STR("\r\n")) ? 2 : 1, rest->len);
    reader->next_line++;
    return true;
}

/* What stands between the quotes, with "" read as ". */
static Str without_doubled_quotes(Arena *arena, Str quoted)
{
    if (!memchr(quoted.ptr, '"', quoted.len)) return quoted;
    char *plain = arena_array(arena, char, quoted.len);
    size_t len  = 0;
    for (size_t i = 0; i < quoted.len; i++) {
        plain[len++] = quoted.ptr[i];
        if (quoted.ptr[i] == '"') i++;
    }
    return (Str){ plain, len };
}

/* Length of the quoted part of `rest` up to its closing quote, or SIZE_MAX when it is never closed. */
static size_t quoted_len(Str rest)
{
    for (size_t i = 1; i < rest.len; i++) {
        if (rest.ptr[i] != '"') continue;
        if (i + 1 == rest.len || rest.ptr[i + 1] != '"') return i - 1;
        i++;
    }
    return SIZE_MAX;
}

static bool take_quoted(CsvReader *reader, Arena *arena, Str *cell, Err *err)
{
    size_t len = quoted_len(reader->rest);
    if (len == SIZE_MAX)
        return err_csv(err, ERR_FORMAT, reader->next_line, "a cell begins with a quote that is never closed.");
    if (len > CSV_CELL_MAX) return err_csv(err, ERR_LIMIT, reader->next_line, "a cell is longer than 1 MiB.");
    Str inside   = { reader->rest.ptr + 1, len };
    reader->rest = str_slice(reader->rest, len + 2, reader->rest.len);
    *cell        = without_doubled_quotes(arena, inside);
    if (reader->rest.len && !memchr(",\r\n", reader->rest.ptr[0], 3))
        return err_csv(err, ERR_FORMAT, reader->next_line + line_at(inside, len) - 1,
                       "text follows the closing quote of a cell.");
    reader->next_line += line_at(inside, len) - 1;
    return true;
}

static bool take_plain(CsvReader *reader, Str *cell, Err *err)
{
    Str rest   = reader->rest;
    size_t len = 0;
    while (len < rest.len && !memchr(",\r\n\"", rest.ptr[len], 4))
        len++;
    if (len < rest.len && rest.ptr[len] == '"')
        return err_csv(err, ERR_FORMAT, reader->next_line,
                       "a quote stands inside a cell that does not begin with one.");
    if (len > CSV_CELL_MAX) return err_csv(err, ERR_LIMIT, reader->next_line, "a cell is longer than 1 MiB.");
    *cell        = (Str){ rest.ptr, len };
    reader->rest = str_slice(rest, len, rest.len);
    return true;
}

bool csv_next(CsvReader *reader, Arena *arena, StrList *row, bool *more, Err *err)
{
    *row = (StrList){ 0 };
    while (take_line_end(reader)) {
    }
    reader->line = reader->next_line;
    *more        = reader->rest.len > 0;
    if (!*more) return true;
    for (;;) {
        if (row->len == CSV_COLUMNS_MAX)
            return err_csv(err, ERR_LIMIT, reader->line, "there are more than 1000 columns.");
        Str *cell = list_push(arena, row);
        bool done =
            str_starts(reader->rest, STR("\"")) ? take_quoted(reader, arena, cell, err) : take_plain(reader, cell, err);
        if (!done) return false;
        if (!str_starts(reader->rest, STR(","))) break;
        reader->rest = (Str){ reader->rest.ptr + 1, reader->rest.len - 1 };
    }
    take_line_end(reader);
    return true;
}

/* ---- from a file ---- */

bool csv_file_open(Arena *arena, int file, CsvFile *out, Err *err)
{
    *out = (CsvFile){ .reader = { .next_line = 1 }, .file = file, .is_first = true };
    if (lseek(file, 0, SEEK_SET) != 0)
        return err_set(err, err_code_of_errno(errno), errno, .what = STR("could not read the file from its start"));
    out->window = arena_array(arena, char, CSV_ROW_MAX);
    return true;
}

static bool window_fill(CsvFile *csv, Err *err)
{
    memmove(csv->window, csv->window + csv->ready, csv->held - csv->ready);
    csv->held -= csv->ready, csv->ready = 0;
    while (csv->held < CSV_ROW_MAX) {
        ssize_t got = read(csv->file, csv->window + csv->held, CSV_ROW_MAX - csv->held);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0)
            return err_set(err, err_code_of_errno(errno), errno, .what = STR("could not read the file"),
                           .detail = str_from_c(err_errno_text(errno)));
        if (got == 0) csv->is_last = true;
        if (got == 0) break;
        csv->held += (size_t)got;
    }
    return true;
}

/* Length of the whole rows in the window. A quote that stands where none may is refused when its row is read, before
 * the rows behind it, so that counting quotes is enough. A CR at the very end may have its LF still to come. */
static size_t whole_rows(const CsvFile *csv)
{
    bool is_quoted = false;
    size_t end     = 0;

    if (csv->is_last) return csv->held;
    for (size_t i = 0; i < csv->held; i++) {
        char byte = csv->window[i];
        if (byte == '"') is_quoted = !is_quoted;
        if (!is_quoted && (byte == '\n' || (byte == '\r' && i + 1 < csv->held && csv->window[i + 1] != '\n')))
            end = i + 1;
    }
    return end;
}

/* No row ends in the whole window: what is wrong with the one that begins it? */
static bool refuse_row(const CsvFile *csv, Arena *arena, Err *err)
{
    CsvReader reader = { .rest = { csv->window, csv->held }, .next_line = csv->reader.next_line };
    StrList row;
    bool more;

    if (!csv_next(&reader, arena, &row, &more, err)) return false;
    return err_csv(err, ERR_LIMIT, csv->reader.next_line, "the row is longer than 4 MiB.");
}

static bool window_next(CsvFile *csv, Arena *arena, Err *err)
{
    if (!window_fill(csv, err)) return false;
    csv->ready = whole_rows(csv);
    if (csv->ready == 0 && !csv->is_last) return refuse_row(csv, arena, err);
    Str text = { csv->window, csv->ready };
    if (csv->is_first && !check_start(&text, err)) return false;
    csv->is_first = false;
    if (!check_text(text, csv->reader.next_line, err)) return false;
    csv->reader.rest = text;
    return true;
}

bool csv_file_next(CsvFile *csv, Arena *arena, StrList *row, bool *more, Err *err)
{
    do {
        if (csv->reader.rest.len == 0 && !csv->is_last && !window_next(csv, arena, err)) return false;
        if (!csv_next(&csv->reader, arena, row, more, err)) return false;
    } while (!*more && !csv->is_last);
    return true;
}

/* A cell that a spreadsheet would run, or that would be mistaken for one we wrote a ' in front of. Some take blanks
 * away first, and East Asian ones read the full-width signs as signs. */
static bool is_formula(Str cell)
{
    static const char *const signs[] = { "=", "+", "-", "@", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20" };
    while (cell.len && cell.ptr[0] == '\'')
        cell = str_slice(cell, 1, cell.len);
    if (cell.len && memchr("\t\r", cell.ptr[0], 2)) return true;
    cell = str_trim(cell);
    for (size_t i = 0; i < countof(signs); i++)
        if (str_starts(cell, str_from_c(signs[i]))) return true;
    return false;
}

void csv_add_cell(Buf *out, Str cell, bool first_in_row)
{
    bool formula = is_formula(cell);
    bool quoted  = str_index(cell, ',') < cell.len || str_index(cell, '"') < cell.len ||
                  str_index(cell, '\n') < cell.len || str_index(cell, '\r') < cell.len;
    if (!first_in_row) buf_add_byte(out, ',');
    /* An only cell that is empty would be a blank line. */
    if (quoted || (first_in_row && !cell.len)) {
        buf_add_byte(out, '"');
        if (formula) buf_add_byte(out, '\'');
        for (size_t i = 0; i < cell.len; i++) {
            if (cell.ptr[i] == '"') buf_add_byte(out, '"');
            buf_add_byte(out, cell.ptr[i]);
        }
        buf_add_byte(out, '"');
        return;
    }
    if (formula) buf_add_byte(out, '\'');
    buf_add(out, cell);
}

void csv_end_row(Buf *out)
{
    buf_add_c(out, "\r\n");
}

Str csv_cell_value(Str cell)
{
    return str_starts(cell, STR("'")) && is_formula(cell) ? str_slice(cell, 1, cell.len) : cell;
}
