/* SPDX-License-Identifier: Apache-2.0
 * One document, many forms: DOCX and XLSX are whole, each form says what the others say, and the same document is the
 * same file again. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <string.h>

#include "paper/document_json.h"
#include "paper/page_html.h"
#include "paper/plain_text.h"
#include "paper/sheets.h"
#include "paper/word.h"
#include "pdf_tools.h"
#include "report_sample.h"
#include "unpacked.h"

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

/* The smallest PNG there is: one pixel. */
static const unsigned char pixel[] = { 0x89, 'P', 'N', 'G',  '\r', '\n', 0x1a, '\n', 0,    0, 0, 13,
                                       'I',  'H', 'D', 'R',  0,    0,    0,    1,    0,    0, 0, 1,
                                       8,    0,   0,   0,    0,    0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0,
                                       10,   'I', 'D', 'A',  'T',  0x78, 0x9c, 0x63, 0x60, 0, 0, 0,
                                       2,    0,   1,   0x48, 0xaf, 0xa4, 0x71, 0,    0,    0, 0, 'I',
                                       'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82 };

/* The sample with everything that the model has: an annex, a chart, a sheet, days, numbers, names of all scripts. */
static Document *everything(Arena *arena)
{
    static const DocColumn columns[] = { { .head = STR_INIT("Reference"), .width_mm = 20 },
                                         { .head = STR_INIT("Examined on"), .width_mm = 26 },
                                         { .head = STR_INIT("Items"), .width_mm = 14, .align = ALIGN_END } };
    Document *doc                    = report_sample(arena);

    doc_annex(doc, STR("Details"));
    doc_bars(doc, STR("Findings by grade"));
    doc_bar(doc, STR("Minor nonconformities"), MARK_MINOR, 7);
    doc_bar(doc, STR("Observations"), MARK_OBSERVATION, 0);
    doc_finding(doc, STR("F-100"), STR("=HYPERLINK(\"http://x\")"), MARK_MAJOR, STR("major nonconformity"));
    doc_fact(doc, STR("Presented on"), STR(""));
    doc_day(doc, date_from_ymd(2026, 11, 9));
    doc_fact(doc, STR("Condition"), STR("-1+2 and _x0041_ and <b>&amp;</b>\nsecond line"));
    doc_table(doc, STR(""), columns, countof(columns));
    doc_sheet(doc, STR("Coverage"));
    doc_row(doc);
    doc_cell(doc, STR("A.5.1"));
    doc_cell(doc, STR(""));
    doc_day(doc, date_from_ymd(2026, 9, 14));
    doc_cell(doc, STR(""));
    doc_number(doc, 1234, STR("1,234"));
    doc_list(doc, LIST_NUMBER);
    doc_item(doc, STR("محمد بن علي"));
    doc_item(doc, STR("สมชาย ใจดี"));
    doc_list(doc, LIST_NUMBER);
    doc_item(doc, STR("山田太郎 (lead) and Łukasz Żółć"));
    return doc;
}

static Str word_of(Arena *arena, const Document *doc)
{
    Str bytes = { 0 };
    Err err   = { 0 };

    if (!word_render(doc, arena, &bytes, &err)) fail_msg("%s: %s", err.what, err.detail);
    return bytes;
}

static Str sheets_of(Arena *arena, const Document *doc)
{
    Str bytes = { 0 };
    Err err   = { 0 };

    if (!sheets_render(doc, arena, &bytes, &err)) fail_msg("%s: %s", err.what, err.detail);
    return bytes;
}

static StrList plain_words(Arena *arena, const Document *doc)
{
    Buf out = buf_open(arena, (size_t)1 << 24);

    text_document(&out, doc, TEXT_WIDTH_MAX);
    return words_of(arena, buf_str(&out));
}

static Str html_of(Arena *arena, const Document *doc)
{
    Buf out = buf_open(arena, (size_t)1 << 24);

    page_alone(&out, doc);
    assert_false(buf_overflowed(&out));
    return buf_str(&out);
}

/* All strings of a JSON value but the names of what they are. */
static void add_strings(Buf *out, const json_t *value)
{
    const char *key;
    json_t *inner;
    size_t index;

    if (json_is_string(value)) buf_fmt(out, "%s ", json_string_value(value));
    if (json_is_integer(value)) buf_fmt(out, "%lld ", (long long)json_integer_value(value));
    json_array_foreach((json_t *)(uintptr_t)value, index, inner) add_strings(out, inner);
    json_object_foreach((json_t *)(uintptr_t)value, key, inner)
    {
        if (strcmp(key, "mark") != 0 && strcmp(key, "level") != 0 && strcmp(key, "day") != 0) add_strings(out, inner);
    }
}

static Str json_words_of(Arena *arena, const Document *doc)
{
    Buf out = buf_open(arena, (size_t)1 << 24);

    add_strings(&out, document_json(arena, doc));
    return buf_str(&out);
}

/* `own` are words that the form alone has, or that it alone has not. */
static void assert_agree(Arena *arena, const char *form, const StrList *plain, Str text, const char *own)
{
    StrList words = words_of(arena, text);

    assert_words_among(form, plain, &words, own);
    assert_words_among("plain text", &words, plain, own);
}

/* Beside the document's own words: page numbers, the contents, our name, names of blocks, and heads of a grid. */
static void the_words_of_all_forms_agree(void **state)
{
    Document *doc = everything(*state);
    StrList plain = plain_words(*state, doc);

    assert_agree(*state, "PDF", &plain, pdf_text_of(*state, pdf_of(*state, doc).bytes, 0), "plumbline contents of");
    assert_agree(*state, "DOCX", &plain, text_of_package(*state, word_of(*state, doc)), "contents of result date");
    assert_agree(*state, "HTML", &plain, text_of_xml(*state, html_of(*state, doc)), "contents");
    assert_agree(*state, "JSON", &plain, json_words_of(*state, doc),
                 "plumbline document heading paragraph note list facts finding callout boxes table coverage bars en gb "
                 "2026 09 30t09 00 00z number text kind 1 v1 1234");
}

static void a_workbook_says_nothing_else(void **state)
{
    Document *doc  = everything(*state);
    StrList plain  = plain_words(*state, doc);
    StrList sheets = words_of(*state, text_of_package(*state, sheets_of(*state, doc)));
    StrList needed = words_of(*state, STR("F-019 Own changes approved by their author. 5 of 15 sampled production "
                                          "changes were merged. Faulty or harmful code can reach 300 tenants unseen. "
                                          "F-100 Presented on. Reference Examined on Items A.5.1"));

    assert_words_among("XLSX", &needed, &sheets, "");
    assert_words_among("plain text", &sheets, &plain,
                       "findings about record note number version class 46335 46279 1234 "
                       "_x005f x005f");
}

/* ------------------------------------------------------------------------------------------------------- DOCX */

static void a_docx_is_whole(void **state)
{
    Document *doc  = everything(*state);
    doc->head.logo = (Str){ (const char *)pixel, sizeof pixel };
    Str bytes      = word_of(*state, doc);
    Str body       = part_of(*state, bytes, "word/document.xml");

    assert_package_is_whole(*state, bytes);
    part_of(*state, bytes, "word/media/picture1.png");
    assert_true(str_has(body, STR("descr=\"Veldane Systems B.V.\"")));
    assert_true(str_has(body, STR("descr=\"Findings by grade; Minor nonconformities: 7; Observations: 0\"")));
}

static void a_docx_uses_styles_fields_and_repeated_heads(void **state)
{
    static const char *const used[] = { "Title",      "Subtitle",   "Heading1",  "Heading2", "BodyText",
                                        "ListBullet", "ListNumber", "TableHead", "Caption",  "Callout" };
    Str bytes = word_of(*state, everything(*state)), body = part_of(*state, bytes, "word/document.xml");
    Str styles = part_of(*state, bytes, "word/styles.xml"), foot = part_of(*state, bytes, "word/footer1.xml");

    for (size_t i = 0; i < countof(used); i++) {
        assert_true(str_has(body, str_fmt(*state, "<w:pStyle w:val=\"%s\"/>", used[i])));
        assert_true(str_has(styles, str_fmt(*state, "w:styleId=\"%s\"", used[i])));
    }
    assert_true(str_has(body, STR("<w:tblHeader/>")));
    assert_true(str_has(body, STR("<w:pageBreakBefore/>")));
    assert_true(str_has(body, STR("TOC \\o")));
    assert_true(str_has(body, STR("w:name=\"part_1\""))); /* Word takes no hyphen there */
    assert_true(str_has(foot, STR(" PAGE ")));
    assert_true(str_has(foot, STR(" NUMPAGES ")));
    assert_true(str_has(foot, STR("confidential")));
}

/* Every style that the body names is declared, and every place that a link names. */
static void nothing_in_a_docx_is_named_and_missing(void **state)
{
    static const struct {
        const char *named, *declared, *in;
    } names[] = {
        { "<w:pStyle w:val=\"", "w:styleId=\"", "word/styles.xml" },
        { "<w:rStyle w:val=\"", "w:styleId=\"", "word/styles.xml" },
        { "<w:tblStyle w:val=\"", "w:styleId=\"", "word/styles.xml" },
        { "<w:numId w:val=\"", "w:numId=\"", "word/numbering.xml" },
        { "w:anchor=\"", "w:name=\"", "word/document.xml" },
    };
    Str bytes = word_of(*state, everything(*state)), body = part_of(*state, bytes, "word/document.xml");

    for (size_t i = 0; i < countof(names); i++) {
        Str named = str_from_c(names[i].named), declared = part_of(*state, bytes, names[i].in);
        for (size_t at = 0; at + named.len < body.len; at++) {
            if (!str_starts(str_slice(body, at, named.len), named)) continue;
            Str rest = str_slice(body, at + named.len, 80), name = str_slice(rest, 0, str_index(rest, '"'));
            assert_true(str_has(declared, str_fmt(*state, "%s%.*s\"", names[i].declared, STR_ARG(name))));
        }
    }
}

static void arabic_runs_say_their_direction(void **state)
{
    Str body = part_of(*state, word_of(*state, everything(*state)), "word/document.xml");

    assert_true(str_has(body, STR("<w:rtl/></w:rPr><w:t xml:space=\"preserve\">محمد بن علي</w:t>")));
    assert_true(str_has(body, STR("<w:r><w:t xml:space=\"preserve\">山田太郎 (lead) and Łukasz Żółć</w:t>")));
}

/* ------------------------------------------------------------------------------------------------------- XLSX */

static void an_xlsx_is_whole(void **state)
{
    Str bytes = sheets_of(*state, everything(*state));
    Str first = part_of(*state, bytes, "xl/worksheets/sheet1.xml");

    assert_package_is_whole(*state, bytes);
    assert_true(str_has(first, STR("state=\"frozen\"")));
    assert_true(str_has(first, STR("<autoFilter ref=\"A1:")));
    assert_true(str_has(part_of(*state, bytes, "xl/workbook.xml"), STR("name=\"Coverage\"")));
}

static void text_in_an_xlsx_is_never_a_formula(void **state)
{
    Str first = part_of(*state, sheets_of(*state, everything(*state)), "xl/worksheets/sheet1.xml");

    assert_false(str_has(first, STR("<f")));
    assert_true(str_has(first, STR("s=\"5\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=HYPERLINK(&quot;http://x")));
    assert_true(str_has(first, STR("s=\"5\" t=\"inlineStr\"><is><t xml:space=\"preserve\">-1+2 and _x005F_x0041_")));
}

static void days_and_numbers_in_an_xlsx_are_that(void **state)
{
    Str bytes = sheets_of(*state, everything(*state));

    assert_true(str_has(part_of(*state, bytes, "xl/worksheets/sheet1.xml"), STR(" s=\"3\"><v>46335</v></c>")));
    assert_true(str_has(part_of(*state, bytes, "xl/worksheets/sheet2.xml"), STR(" s=\"3\"><v>46279</v></c>")));
    assert_true(str_has(part_of(*state, bytes, "xl/worksheets/sheet2.xml"), STR(" s=\"4\"><v>1234</v></c>")));
}

static void names_of_sheets_are_those_that_excel_takes(void **state)
{
    static const DocColumn columns[] = { { .head = STR_INIT("Head") } };
    Document *doc                    = doc_open(*state, &(DocHead){ .title = STR("Sheets") });

    for (int i = 0; i < 3; i++) {
        doc_table(doc, STR(""), columns, 1);
        doc_sheet(doc, STR("a/b [c]: a name of more than thirty-one letters"));
    }
    Str book = part_of(*state, sheets_of(*state, doc), "xl/workbook.xml");

    assert_true(str_has(book, STR("name=\"a b  c   a name of more than\"")));
    assert_true(str_has(book, STR("name=\"a b  c   a name of more than 2\"")));
    assert_true(str_has(book, STR("name=\"a b  c   a name of more than 3\"")));
}

/* ------------------------------------------------------------------------------------------------------- all */

static void the_same_document_is_the_same_file(void **state)
{
    Arena *other = test_arena();

    assert_true(str_eq(word_of(*state, everything(*state)), word_of(other, everything(other))));
    assert_true(str_eq(sheets_of(*state, everything(*state)), sheets_of(other, everything(other))));
    arena_close(other);
}

static void hostile_texts_leave_every_form_whole(void **state)
{
    static const char *const files[] = { "ansi-escape.txt", "long-word.txt",    "rtl.txt",
                                         "zalgo.txt",       "emoji-family.txt", "invisible.txt" };
    Document *doc                    = doc_open(*state, &(DocHead){ .title = STR("]]> \"'<w:p>&\x01\x02") });

    for (size_t i = 0; i < countof(files); i++) {
        const char *path = str_to_c(*state, str_fmt(*state, "tests/data/hostile/text/%s", files[i]));
        doc_finding(doc, STR("F-\"1"), test_file(*state, path), MARK_MINOR, STR("<b>"));
        doc_fact(doc, STR("]]>"), test_file(*state, path));
    }
    assert_package_is_whole(*state, word_of(*state, doc));
    assert_package_is_whole(*state, sheets_of(*state, doc));
}

static void an_empty_document_is_whole_too(void **state)
{
    Document *doc = doc_open(*state, &(DocHead){ 0 });

    assert_package_is_whole(*state, word_of(*state, doc));
    assert_package_is_whole(*state, sheets_of(*state, doc));
}

/* A picture that is none, or too large, is left out; the document is there all the same. */
static void a_logo_that_is_no_picture_is_left_out(void **state)
{
    Document *doc  = everything(*state);
    doc->head.logo = (Str){ (const char *)pixel, sizeof pixel - 30 };

    Str bytes = word_of(*state, doc);

    assert_package_is_whole(*state, bytes);
    assert_true(pdf_of(*state, doc).pages > 1);
    doc->head.logo = STR("<svg/>");
    assert_true(pdf_of(*state, doc).pages > 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_words_of_all_forms_agree, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_workbook_says_nothing_else, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_docx_is_whole, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_docx_uses_styles_fields_and_repeated_heads, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(nothing_in_a_docx_is_named_and_missing, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(arabic_runs_say_their_direction, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_xlsx_is_whole, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(text_in_an_xlsx_is_never_a_formula, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(days_and_numbers_in_an_xlsx_are_that, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(names_of_sheets_are_those_that_excel_takes, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_same_document_is_the_same_file, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(hostile_texts_leave_every_form_whole, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_empty_document_is_whole_too, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_logo_that_is_no_picture_is_left_out, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
