/* SPDX-License-Identifier: Apache-2.0
 * A document as plain text: complete, within its width, harmless for a terminal. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "paper/plain_text.h"
#include "pdf_tools.h"
#include "report_sample.h"

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

static Str text_of_document(Arena *arena, const Document *doc, size_t width)
{
    Buf out = buf_open(arena, (size_t)1 << 24);

    text_document(&out, doc, width);
    assert_false(buf_overflowed(&out));
    return buf_str(&out);
}

static void no_line_is_wider_than_asked(void **state)
{
    Document *doc = report_sample(*state);

    doc_paragraph(doc, test_file(*state, "tests/data/hostile/text/long-word.txt"));
    for (size_t width = TEXT_WIDTH_MIN; width <= 120; width += 20) {
        Str rest = text_of_document(*state, doc, width), line;

        while (str_cut(&rest, '\n', &line))
            if (str_count_runes(line) > width) fail_msg("at width %zu: \"%.*s\"", width, STR_ARG(line));
    }
}

static void no_control_character_reaches_a_terminal(void **state)
{
    Document *doc =
        doc_open(*state, &(DocHead){ .title = test_file(*state, "tests/data/hostile/text/ansi-escape.txt") });
    Str text;

    doc_paragraph(doc, test_file(*state, "tests/data/hostile/text/ansi-escape.txt"));
    text = text_of_document(*state, doc, 80);

    for (size_t i = 0; i < text.len; i++)
        assert_true(text.ptr[i] == '\n' || (unsigned char)text.ptr[i] >= 0x20);
}

static void a_narrow_table_stands_in_columns(void **state)
{
    static const DocColumn columns[] = { { .head = STR_INIT("Sample") },
                                         { .head = STR_INIT("n"), .align = ALIGN_END } };
    Document *doc                    = doc_open(*state, &(DocHead){ 0 });

    doc_table(doc, STR(""), columns, countof(columns));
    doc_row(doc);
    doc_cell(doc, STR("S-01"));
    doc_cell(doc, STR("15"));

    assert_true(str_has(text_of_document(*state, doc, 80), STR("Sample   n\nS-01    15\n")));
}

static void a_mark_is_a_sign_and_a_word(void **state)
{
    assert_true(str_has(text_of_document(*state, report_sample(*state), 80), STR("⬗ minor nonconformity")));
}

static void an_empty_document_is_almost_nothing(void **state)
{
    assert_true(text_of_document(*state, doc_open(*state, &(DocHead){ 0 }), 80).len <= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_line_is_wider_than_asked, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(no_control_character_reaches_a_terminal, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_narrow_table_stands_in_columns, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_mark_is_a_sign_and_a_word, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_empty_document_is_almost_nothing, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
