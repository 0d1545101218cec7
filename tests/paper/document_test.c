/* SPDX-License-Identifier: Apache-2.0
 * The document model: what the pen writes, how headings count, what cleaning lets through. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "paper/document.h"
#include "pdf_tools.h"

static int open_arena(void **state)
{
    *state = test_arena();
    return 0;
}

static int close_arena(void **state)
{
    arena_close(*state);
    return 0;
}

static void assert_clean(Arena *arena, Str dirty, Str expected)
{
    Str got = doc_clean(arena, dirty);

    if (!str_eq(got, expected)) fail_msg("got \"%.*s\", expected \"%.*s\"", STR_ARG(got), STR_ARG(expected));
}

static void headings_count_by_level(void **state)
{
    Document *doc                       = doc_open(*state, &(DocHead){ 0 });
    static const int levels[]           = { 1, 2, 2, 3, 1, 2, 3, 3 };
    static const char *const expected[] = { "1", "1.1", "1.2", "1.2.1", "2", "2.1", "2.1.1", "2.1.2" };

    for (size_t i = 0; i < countof(levels); i++)
        doc_heading(doc, levels[i], STR("Part"));

    for (size_t i = 0; i < countof(levels); i++)
        assert_true(str_eq_c(doc->blocks.at[i]->number, expected[i]));
}

static void the_pen_adds_to_the_text_begun_last(void **state)
{
    static const DocColumn columns[] = { { .head = STR_INIT("A") }, { .head = STR_INIT("B") } };
    Document *doc                    = doc_open(*state, &(DocHead){ 0 });
    const Block *table;

    doc_table(doc, STR(""), columns, countof(columns));
    doc_row(doc);
    doc_cell(doc, STR("one"));
    doc_strong(doc, STR("two"));
    doc_cell(doc, STR(""));
    doc_mark(doc, MARK_MINOR, STR("Minor"));

    table = doc->blocks.at[0];
    assert_int_equal(table->rows.at[0].cells[0].len, 2);
    assert_int_equal(table->rows.at[0].cells[0].at[1].kind, SPAN_STRONG);
    assert_int_equal(table->rows.at[0].cells[1].len, 1);
    assert_int_equal(table->rows.at[0].cells[1].at[0].mark, MARK_MINOR);
}

static void a_document_keeps_no_text_of_its_caller(void **state)
{
    char text[]   = "before";
    Document *doc = doc_open(*state, &(DocHead){ .title = { text, 6 } });

    doc_paragraph(doc, (Str){ text, 6 });
    memset(text, 'x', 6);

    assert_true(str_eq_c(doc->head.title, "before"));
    assert_true(str_eq_c(doc->blocks.at[0]->text.at[0].text, "before"));
}

static void cleaning_shows_what_a_terminal_would_obey(void **state)
{
    assert_clean(*state, STR("\x1b[31mred\x07"), STR("\xef\xbf\xbd[31mred\xef\xbf\xbd"));
    assert_clean(*state, STR("a\0b"),
                 STR("a\xef\xbf\xbd"
                     "b"));
    assert_clean(*state,
                 STR("a\xc2\x9b"
                     "b"),
                 STR("a\xef\xbf\xbd"
                     "b"));
}

static void cleaning_makes_line_ends_one_kind(void **state)
{
    assert_clean(*state, STR("a\r\nb\rc\nd\te"), STR("a\nb\nc\nd e"));
}

static void cleaning_replaces_each_byte_that_is_not_utf8(void **state)
{
    assert_clean(*state, STR("caf\xe9"), STR("caf\xef\xbf\xbd"));
    assert_clean(*state, STR("\xed\xa0\x80"), STR("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"));
    assert_clean(*state, STR("\xc0\xaf"), STR("\xef\xbf\xbd\xef\xbf\xbd"));
}

static void cleaning_shows_marks_that_reorder_a_line(void **state)
{
    assert_clean(*state,
                 STR("ab\xe2\x80\xae"
                     "cd"),
                 STR("ab\xef\xbf\xbd"
                     "cd"));
    assert_clean(*state, STR("\xe2\x81\xa6x\xe2\x81\xa9"), STR("\xef\xbf\xbdx\xef\xbf\xbd"));
}

static void cleaning_keeps_letters_of_every_script(void **state)
{
    Str scripts = STR("Žluťoučký שלום العربية 漢字 👩‍👧 n\xcc\x83");

    assert_clean(*state, scripts, scripts);
}

static void the_foot_names_what_there_is(void **state)
{
    DocHead full = { .organisation   = STR("Veldane"),
                     .number         = STR("IA-26-04"),
                     .version        = STR("1.0"),
                     .classification = STR("confidential") };
    DocHead bare = { .number = STR("F-001") };

    assert_true(str_eq_c(doc_foot_left(doc_open(*state, &full), *state), "Veldane · IA-26-04 · v1.0 · confidential"));
    assert_true(str_eq_c(doc_foot_left(doc_open(*state, &bare), *state), "F-001"));
    assert_true(str_eq_c(doc_foot_left(doc_open(*state, &(DocHead){ 0 }), *state), ""));
}

static void a_finding_is_found_by_its_number(void **state)
{
    Document *doc = doc_open(*state, &(DocHead){ 0 });

    doc_heading(doc, 1, STR("Findings"));
    doc_finding(doc, STR("F-019"), STR("Own changes"), MARK_MINOR, STR("minor"));

    assert_ptr_equal(doc_find(doc, STR("F-019")), doc->blocks.at[1]);
    assert_null(doc_find(doc, STR("F-01")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(headings_count_by_level, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_pen_adds_to_the_text_begun_last, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_document_keeps_no_text_of_its_caller, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(cleaning_shows_what_a_terminal_would_obey, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(cleaning_makes_line_ends_one_kind, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(cleaning_replaces_each_byte_that_is_not_utf8, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(cleaning_shows_marks_that_reorder_a_line, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(cleaning_keeps_letters_of_every_script, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_foot_names_what_there_is, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_finding_is_found_by_its_number, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
