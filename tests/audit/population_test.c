/* SPDX-License-Identifier: Apache-2.0
 * Populations from files and ranges: the same items whichever way they come, flat memory, and hostile files refused. */
#include "audit/draw.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "support/check.h"

static bool read_path(Arena *arena, const char *name, PopulationColumns columns, Population *out, Err *err)
{
    Str path = str_fmt(arena, "tests/data/hostile/%s", name);
    int file = open(str_to_c(arena, path), O_RDONLY | O_CLOEXEC);

    assert_true(file >= 0);
    bool done = population_read_file(arena, file, columns, out, err);
    close(file);
    return done;
}

static FILE *file_with(Str text)
{
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    assert_int_equal(fflush(file), 0);
    return file;
}

/* ---- files ---- */

static void a_file_is_the_population_of_its_text(void **state)
{
    Arena *arena = *state;
    Str csv      = STR("\xEF\xBB\xBFid,kind\r\nA,x\r\n\r\n\"B \"\"1\"\"\",y\r\nC,x\r\n");
    FILE *file   = file_with(csv);
    Population one, other;
    Err err = { 0 };

    check_done(population_read(arena, csv, (PopulationColumns){ .stratum = STR("kind") }, &one, &err), &err);
    check_done(population_read_file(arena, fileno(file), (PopulationColumns){ .stratum = STR("Kind") }, &other, &err),
               &err);
    fclose(file);
    assert_true(hash_eq(&one.file, &other.file));
    assert_int_equal(other.items.len, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_true(str_eq(population_id(&one, i), population_id(&other, i)));
        assert_true(str_eq(population_stratum(&one, i), population_stratum(&other, i)));
        assert_int_equal(one.items.at[i].line, other.items.at[i].line);
    }
    assert_int_equal(other.items.at[1].line, 4);
    check_str(population_id(&other, 1), "B \"1\"");
}

static void a_workbook_is_read_by_its_hash_and_rows(void **state)
{
    Population population;
    Err err = { 0 };
    size_t index;

    check_done(read_path(*state, "xlsx/valid.xlsx", (PopulationColumns){ .stratum = STR("status") }, &population, &err),
               &err);
    assert_int_equal(population.items.len, 1);
    assert_true(population_find(&population, STR("X-1"), &index));
    assert_int_equal(population.items.at[index].line, 2);
    check_str(population_stratum(&population, index), "pass");
}

static void hostile_files_are_refused_or_read_as_the_manifest_says(void **state)
{
    static const struct {
        const char *name, *id;
        int items; /* -1: refused */
        const char *why;
    } rows[] = {
        { "csv/bad-utf8.csv", "Id", -1, "Line 2" },
        { "csv/latin1.csv", "Id", -1, "Line 2" },
        { "csv/utf16le-bom.csv", "Id", -1, "UTF-16" },
        { "csv/utf16be-nobom.csv", "Id", -1, "NUL" },
        { "csv/nul-bytes.csv", "Id", -1, "Line 2" },
        { "csv/empty.csv", "Id", -1, "empty" },
        { "csv/only-newlines.csv", "Id", -1, "empty" },
        { "csv/unterminated-quote.csv", "Id", -1, "Line 2" },
        { "csv/quote-in-middle.csv", "Id", -1, "Line 2" },
        { "csv/ragged.csv", "Id", -1, "Line 2" },
        { "csv/duplicate-ids.csv", "Id", -1, "line 2 too" },
        { "csv/duplicate-header.csv", "Title", -1, "more than one" },
        { "csv/header-only.csv", "Id", 0, "" },
        { "csv/bom-utf8.csv", "Id", 1, "" },
        { "csv/lone-cr.csv", "Id", 2, "" },
        { "csv/mixed-line-ends.csv", "Id", 2, "" },
        { "csv/control-characters.csv", "Title", -1, "control character" },
        { "csv/formula-cells.csv", "Id", 17, "" },
        { "csv/numbers.csv", "Id", 14, "" },
        { "xlsx/entity-expansion.xlsx", "Id", -1, "DOCTYPE" },
        { "xlsx/external-link.xlsx", "Id", 0, "" },
        { "zip/bomb-100MiB.zip", "Id", -1, "is not there" },
        { "zip/truncated.zip", "Id", -1, "damaged" },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        ArenaMark mark = arena_mark(*state);
        Population population;
        Err err = { 0 };
        bool done =
            read_path(*state, rows[i].name, (PopulationColumns){ .id = str_from_c(rows[i].id) }, &population, &err);
        if (done != (rows[i].items >= 0)) fail_msg("%s: %s", rows[i].name, done ? "read" : err.detail);
        if (done && population.items.len != (size_t)rows[i].items)
            fail_msg("%s: %zu", rows[i].name, population.items.len);
        if (!done && strstr(err.detail, rows[i].why) == NULL) fail_msg("%s: %s", rows[i].name, err.detail);
        arena_rewind(*state, mark);
    }
}

static void a_column_that_is_not_there_is_named_with_those_that_are(void **state)
{
    Population population;
    Err err = { 0 };

    assert_false(population_read(*state, STR("ticket,owner\nT-1,Ben\n"), (PopulationColumns){ 0 }, &population, &err));
    assert_non_null(strstr(err.detail, "no column is called \"id\"; it has: ticket, owner."));
}

static void an_identifier_of_two_lines_is_refused(void **state)
{
    Population population;
    Err err = { 0 };

    assert_false(population_read(*state, STR("id\nA\n\"B\nC\"\n"), (PopulationColumns){ 0 }, &population, &err));
    assert_non_null(strstr(err.detail, "Line 3: the identifier holds a line end"));
}

/* Wide rows: what stands in the other columns costs nothing. */
static void half_a_million_rows_take_no_more_than_their_identifiers(void **state)
{
    Arena *arena = arena_open((size_t)64 << 20);
    FILE *file   = tmpfile();
    Population population;
    Err err = { 0 };
    size_t index;
    (void)state;

    assert_non_null(file);
    fputs("id,title,owner\n", file);
    for (int i = 1; i <= 500000; i++)
        fprintf(file, "CHG-%06d,\"A change of something, described at length\",somebody@example.org\n", i);
    assert_int_equal(fflush(file), 0);
    check_done(population_read_file(arena, fileno(file), (PopulationColumns){ 0 }, &population, &err), &err);
    fclose(file);
    assert_int_equal(population.items.len, 500000);
    assert_true(population_find(&population, STR("CHG-499999"), &index));
    assert_int_equal(population.items.at[index].line, 500000);
    assert_true(arena_used(arena) < (size_t)500000 * 40 + ((size_t)5 << 20));
    arena_close(arena);
}

/* ---- ranges ---- */

static void a_range_is_the_file_it_stands_for(void **state)
{
    Arena *arena = *state;
    Buf csv      = buf_open(arena, 1 << 20);
    Population range, file;
    Err err = { 0 };

    buf_add_c(&csv, "id\n");
    for (int i = 1; i <= 2400; i++)
        buf_fmt(&csv, "INV-%04d\n", i);
    check_done(population_range(arena, STR(" INV-0001 .. INV-2400 "), &range, &err), &err);
    check_done(population_read(arena, buf_str(&csv), (PopulationColumns){ 0 }, &file, &err), &err);
    assert_true(hash_eq(&range.file, &file.file));
    assert_int_equal(range.items.len, 2400);
    check_str(population_id(&range, 2399), "INV-2400");
}

static void ranges_are_written_in_one_way(void **state)
{
    static const struct {
        const char *text;
        int items; /* -1: refused */
        const char *first, *why;
    } rows[] = {
        { "1..2400", 2400, "1", "" },
        { "5..5", 1, "5", "" },
        { "A 98..A 102", 5, "A 98", "" },
        { "098..102", 5, "098", "" },
        { "1-2400", -1, "", "no two dots" },
        { "A..B", -1, "", "end in a number" },
        { "A1..B5", -1, "", "written like the first" },
        { "A1..A05", -1, "", "written like the first" },
        { "9..5", -1, "", "before the first" },
        { "1..5000001", -1, "", "more than 5,000,000" },
        { "1..99999999999999999999", -1, "", "end in a number" },
        { "..", -1, "", "end in a number" },
        { "", -1, "", "no two dots" },
        { "1..2..3", -1, "", "written like the first" },
        { "a\t1..a\t2", -1, "", "control character" },
    };

    for (size_t i = 0; i < countof(rows); i++) {
        ArenaMark mark = arena_mark(*state);
        Population population;
        Err err   = { 0 };
        bool done = population_range(*state, str_from_c(rows[i].text), &population, &err);
        if (done != (rows[i].items >= 0)) fail_msg("%s: %s", rows[i].text, done ? "read" : err.detail);
        if (!done && strstr(err.detail, rows[i].why) == NULL) fail_msg("%s: %s", rows[i].text, err.detail);
        if (done) assert_int_equal(population.items.len, rows[i].items);
        if (done) check_str(population_id(&population, 0), rows[i].first);
        arena_rewind(*state, mark);
    }
}

/* ---- shares ---- */

static void assert_shares(Arena *arena, const char *sizes, size_t wanted, const char *expected)
{
    Buf csv = buf_open(arena, 1 << 20), got = buf_open(arena, 1 << 12);
    Population population;
    Stratum *shares;
    Err err    = { 0 };
    size_t sum = 0;

    buf_add_c(&csv, "id,s\n");
    for (size_t i = 0; sizes[i] != '\0'; i++)
        for (int k = 0; k < sizes[i] - '0'; k++)
            buf_fmt(&csv, "%zu-%d,s%zu\n", i, k, i);
    check_done(population_read(arena, buf_str(&csv), (PopulationColumns){ .stratum = STR("s") }, &population, &err),
               &err);
    check_done(draw_shares(arena, &population, wanted, &shares, &err), &err);
    for (size_t i = 0; i < population.strata.len; i++) {
        buf_fmt(&got, "%zu", shares[i].size);
        sum += shares[i].size;
        assert_true(shares[i].size <= population.strata.at[i].size);
    }
    assert_int_equal(sum, wanted);
    check_str(buf_str(&got), expected);
}

static void strata_get_one_each_and_the_rest_in_proportion(void **state)
{
    assert_shares(*state, "931", 6, "321");
    assert_shares(*state, "931", 3, "111");
    assert_shares(*state, "931", 13, "931");
    assert_shares(*state, "55", 5, "32");
    assert_shares(*state, "9", 4, "4");
    assert_shares(*state, "111", 3, "111");
}

static void strata_that_cannot_all_be_served_are_refused(void **state)
{
    Arena *arena = *state;
    Population population;
    Stratum *shares;
    Err err = { 0 };

    check_done(population_read(arena, STR("id,s\nA,x\nB,y\nC,z\n"), (PopulationColumns){ .stratum = STR("s") },
                               &population, &err),
               &err);
    assert_false(draw_shares(arena, &population, 2, &shares, &err));
    assert_non_null(strstr(err.detail, "2 items are wanted of 3 strata"));
    err = (Err){ 0 };
    assert_false(draw_shares(arena, &population, 4, &shares, &err));
    assert_non_null(strstr(err.detail, "only 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_file_is_the_population_of_its_text),
        arena_test(a_workbook_is_read_by_its_hash_and_rows),
        arena_test(hostile_files_are_refused_or_read_as_the_manifest_says),
        arena_test(a_column_that_is_not_there_is_named_with_those_that_are),
        arena_test(an_identifier_of_two_lines_is_refused),
        arena_test(half_a_million_rows_take_no_more_than_their_identifiers),
        arena_test(a_range_is_the_file_it_stands_for),
        arena_test(ranges_are_written_in_one_way),
        arena_test(strata_get_one_each_and_the_rest_in_proportion),
        arena_test(strata_that_cannot_all_be_served_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
