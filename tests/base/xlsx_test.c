/* SPDX-License-Identifier: Apache-2.0
 * Reading workbooks: those of tests/data/hostile as its manifest says, and what only a large one can do. */
#include "base/xlsx.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <zip.h>

#include "base/csv.h"
#include "support/check.h"

enum { ROWS_SHOWN = 20 };

/* The first rows as text: cells in [ ], rows ended by their number; then the count of all. */
static bool read_open(Arena *arena, int file, Str *out, Err *err)
{
    Buf shown    = buf_open(arena, 8 << 20);
    Arena *rows  = arena_open((size_t)64 << 20);
    bool more    = true, done;
    size_t count = 0;
    Xlsx *xlsx;
    StrList row;

    done = xlsx_open(arena, file, &xlsx, err);
    while (done && more) {
        done = xlsx_next(xlsx, rows, &row, &more, err);
        count += done && more;
        for (size_t i = 0; done && more && count <= ROWS_SHOWN && i < row.len; i++)
            buf_fmt(&shown, "[%.*s]", STR_ARG(row.at[i]));
        if (done && more && count <= ROWS_SHOWN) buf_fmt(&shown, "%zu ", xlsx_row(xlsx));
        arena_reset(rows);
    }
    arena_close(rows);
    buf_fmt(&shown, "of %zu", count);
    *out = buf_str(&shown);
    return done;
}

static bool read_path(Arena *arena, const char *path, Str *out, Err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);

    assert_true(file >= 0);
    bool done = read_open(arena, file, out, err);
    close(file);
    return done;
}

static void assert_rows(Arena *arena, const char *name, const char *rows)
{
    Str path = str_fmt(arena, "tests/data/hostile/xlsx/%s", name), shown = { 0 };
    Err err   = { 0 };
    bool done = read_path(arena, str_to_c(arena, path), &shown, &err);

    if (!done) fail_msg("%s: %s", name, err.detail);
    if (!str_eq_c(shown, rows)) fail_msg("%s: %.*s", name, STR_ARG(shown));
}

static void assert_refused_for(Arena *arena, const char *name, const char *why)
{
    Str path = str_fmt(arena, "tests/data/hostile/%s", name), shown = { 0 };
    Err err = { 0 };

    if (read_path(arena, str_to_c(arena, path), &shown, &err)) fail_msg("%s: %.*s", name, STR_ARG(shown));
    if (strstr(err.detail, why) == NULL) fail_msg("%s: %s", name, err.detail);
    assert_true(err.code == ERR_FORMAT || err.code == ERR_LIMIT);
}

static void workbooks_are_read_as_the_manifest_says(void **state)
{
    assert_rows(*state, "valid.xlsx", "[Id][Status]1 [X-1][pass]2 of 2");
    assert_rows(*state, "declared-million-rows.xlsx", "[Id][Status]1 [X-1][pass]2 of 2");
    assert_rows(*state, "million-empty-rows.xlsx", "[Id][Status]1 of 1");
    assert_rows(*state, "formula.xlsx", "[Id][Status]1 [2][pass]2 of 2");
    assert_rows(*state, "external-link.xlsx", "[Id][Status]1 of 1");
}

static void hostile_workbooks_are_refused_with_their_reason(void **state)
{
    static const char *const rows[][2] = {
        { "xlsx/external-entity-file.xlsx", "DOCTYPE" },
        { "xlsx/external-entity-http.xlsx", "DOCTYPE" },
        { "xlsx/parameter-entity.xlsx", "DOCTYPE" },
        { "xlsx/entity-expansion.xlsx", "DOCTYPE" },
        { "xlsx/row-number-huge.xlsx", "row" },
        { "xlsx/column-beyond.xlsx", "1000 columns" },
        { "xlsx/shared-string-index.xlsx", "a text that the workbook does not hold" },
        { "xlsx/rel-traversal.xlsx", "is not there" },
        { "xlsx/missing-sheet.xlsx", "is not there" },
        { "xlsx/deep-xml.xlsx", "too deep" },
        { "xlsx/not-xml.xlsx", "no well-formed XML" },
    };

    for (size_t i = 0; i < countof(rows); i++)
        assert_refused_for(*state, rows[i][0], rows[i][1]);
}

static void hostile_archives_are_refused(void **state)
{
    static const char *const rows[][2] = {
        { "zip/slip.zip", "a name that leaves it" },
        { "zip/symlink.zip", "a link or a device" },
        { "zip/device.zip", "a link or a device" },
        { "zip/bomb-100MiB.zip", "is not there" },
        { "zip/nested-13.zip", "is not there" },
        { "zip/nested-bomb.zip", "is not there" },
        { "zip/many-entries.zip", "is not there" },
        { "zip/duplicate-names.zip", "exists" },
        { "zip/case-collision.zip", "twice" },
        { "zip/nfc-collision.zip", "is not there" },
        { "zip/truncated.zip", "damaged" },
        { "zip/prefix-data.zip", "" },
        { "zip/suffix-data.zip", "" },
        { "zip/bad-crc.zip", "is not there" },
        { "zip/lying-size.zip", "" },
        { "zip/local-central-differ.zip", "damaged" },
        { "zip/overlap.zip", "" },
        { "zip/encrypted-flag.zip", "encrypted" },
        { "zip/unknown-method.zip", "" },
        { "zip/nul-name.zip", "" },
        { "zip/empty.zip", "is not there" },
        { "zip/long-comment.zip", "" },
        { "zip/entry-count-lies.zip", "damaged" },
    };

    for (size_t i = 0; i < countof(rows); i++)
        assert_refused_for(*state, rows[i][0], rows[i][1]);
}

/* ---- workbooks of our own ---- */

static const char workbook_xml[] =
    "<workbook xmlns:r='r'><sheets><sheet name='One' sheetId='1' r:id='rId1'/><sheet name='Two' r:id='rId2'/></sheets>"
    "</workbook>";
static const char relations_xml[] = "<Relationships><Relationship Id='rId2' Target='worksheets/two.xml'/>"
                                    "<Relationship Id='rId1' Target='/xl/worksheets/one.xml'/></Relationships>";

static void add_part(zip_t *zip, const char *name, Str xml)
{
    zip_source_t *source = zip_source_buffer(zip, xml.ptr, xml.len, 0);

    assert_non_null(source);
    assert_true(zip_file_add(zip, name, source, 0) >= 0);
}

/* Reads a workbook with that sheet and table of texts. */
static bool read_sheet(Arena *arena, Str sheet, Str texts, Str *out, Err *err)
{
    char path[] = "/tmp/plumbline-xlsx-XXXXXX";
    int file    = mkstemp(path), code;

    assert_true(file >= 0);
    close(file);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    add_part(zip, "xl/workbook.xml", str_from_c(workbook_xml));
    add_part(zip, "xl/_rels/workbook.xml.rels", str_from_c(relations_xml));
    add_part(zip, "xl/worksheets/one.xml", sheet);
    if (texts.len > 0) add_part(zip, "xl/sharedStrings.xml", texts);
    assert_int_equal(zip_close(zip), 0);
    bool done = read_path(arena, path, out, err);
    unlink(path);
    return done;
}

static Str sheet_of(Arena *arena, const char *rows)
{
    return str_fmt(arena, "<worksheet><sheetData>%s</sheetData></worksheet>", rows);
}

static void every_kind_of_cell_is_read_as_its_text(void **state)
{
    Arena *arena = *state;
    Str texts    = STR("<sst><si><t>id</t></si><si><r><t>Kla</t></r><r><t xml:space='preserve'>us </t></r>"
                          "<rPh sb='0' eb='1'><t>no</t></rPh></si><si/></sst>");
    Str sheet    = sheet_of(
           arena,
           "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='C2' t='inlineStr'><is><t>A&amp;B</t></is></c></row>"
              "<row r='3'><c r='A3' t='s'><v>1</v></c><c r='B3'><v>44513</v></c><c r='C3' t='b'><v>1</v></c></row>"
              "<row r='5'/><row><c t='s'><v>2</v></c></row>"
              "<row r='9'><c r='B9' t='str'><f>A1</f><v>cached</v></c><c r='C9'><f>1+1</f></c><c r='D9' s='1'/></row>");
    Str shown = { 0 };
    Err err   = { 0 };

    check_done(read_sheet(arena, sheet, texts, &shown, &err), &err);
    check_str(shown, "[id][][A&B]2 [Klaus ][44513][TRUE]3 [][cached][]9 of 3");
}

static void assert_sheet_refused(Arena *arena, const char *rows, const char *why)
{
    Str shown = { 0 };
    Err err   = { 0 };

    assert_false(read_sheet(arena, sheet_of(arena, rows), (Str){ 0 }, &shown, &err));
    if (strstr(err.detail, why) == NULL) fail_msg("%s", err.detail);
}

static void rows_and_cells_out_of_order_are_refused(void **state)
{
    assert_sheet_refused(*state, "<row r='2'><c><v>1</v></c></row><row r='2'/>", "out of order");
    assert_sheet_refused(*state, "<row r='0'/>", "out of order");
    assert_sheet_refused(*state, "<row r='1048577'/>", "beyond 1048576");
    assert_sheet_refused(*state, "<row><c r='B1'/><c r='A1'/></row>", "out of order");
    assert_sheet_refused(*state, "<row><c r='1'/></row>", "out of order");
    assert_sheet_refused(*state, "<row><c t='s'><v>0</v></c></row>", "does not hold");
    assert_sheet_refused(*state, "<row><c><v>1</v>", "no well-formed XML");
    assert_sheet_refused(*state, "</sheetData></worksheet><worksheet><sheetData>", "no well-formed XML");
}

static void a_sheet_that_unpacks_to_far_more_than_it_is_is_refused(void **state)
{
    Arena *arena = arena_open((size_t)512 << 20);
    Buf sheet    = buf_open(arena, 64 << 20);
    Str shown    = { 0 };
    Err err      = { 0 };
    (void)state;

    buf_add_c(&sheet, "<worksheet><sheetData>");
    for (int i = 0; i < 40000; i++)
        buf_fmt(&sheet, "<row><c><v>1</v></c></row>%01000d", 0);
    buf_add_c(&sheet, "</sheetData></worksheet>");
    assert_false(read_sheet(arena, buf_str(&sheet), (Str){ 0 }, &shown, &err));
    assert_int_equal(err.code, ERR_LIMIT);
    assert_non_null(strstr(err.detail, "more than 200 times"));
    arena_close(arena);
}

static void a_text_file_is_no_workbook(void **state)
{
    int file = open("tests/data/hostile/csv/numbers.csv", O_RDONLY | O_CLOEXEC);
    (void)state;

    assert_false(xlsx_is(file));
    close(file);
    file = open("tests/data/hostile/xlsx/valid.xlsx", O_RDONLY | O_CLOEXEC);
    assert_true(xlsx_is(file));
    close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(workbooks_are_read_as_the_manifest_says),
        arena_test(hostile_workbooks_are_refused_with_their_reason),
        arena_test(hostile_archives_are_refused),
        arena_test(every_kind_of_cell_is_read_as_its_text),
        arena_test(rows_and_cells_out_of_order_are_refused),
        arena_test(a_sheet_that_unpacks_to_far_more_than_it_is_is_refused),
        arena_test(a_text_file_is_no_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
