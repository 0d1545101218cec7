/* SPDX-License-Identifier: Apache-2.0
 * The PDF as its readers meet it: poppler reads the text, qpdf checks the file. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "pdf_tools.h"
#include "report_sample.h"

enum { LONG_TABLE = 300 };

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

static Document *a_document(Arena *arena)
{
    return doc_open(
        arena, &(DocHead){ .form = DOC_COMPACT, .title = STR("Sample"), .number = STR("D-1"), .version = STR("2.3") });
}

static void assert_holds(Str text, const char *part)
{
    if (!str_has(text, str_from_c(part))) fail_msg("\"%s\" is missing", part);
}

static size_t count_of(Str text, const char *part)
{
    size_t count = 0, len = strlen(part);

    for (size_t i = 0; i + len <= text.len; i++)
        count += memcmp(text.ptr + i, part, len) == 0;
    return count;
}

static Str qdf_of(Arena *arena, Str pdf)
{
    static const char *const unpack[] = { "qpdf", "--qdf", "--object-streams=disable", "FILE", "-", NULL };
    int status;
    Str text = pdf_ask(arena, pdf, unpack, &status);

    assert_int_equal(status, 0);
    return text;
}

/* ---- the same every time ---- */

static void the_same_document_gives_the_same_bytes(void **state)
{
    Arena *second = test_arena();
    Pdf a = pdf_of(*state, report_sample(*state)), b = pdf_of(second, report_sample(second));

    assert_int_equal(a.bytes.len, b.bytes.len);
    assert_memory_equal(a.bytes.ptr, b.bytes.ptr, a.bytes.len);
    arena_close(second);
}

static void the_file_states_the_date_it_was_given(void **state)
{
    Str qdf     = qdf_of(*state, pdf_of(*state, report_sample(*state)).bytes);
    Str undated = qdf_of(*state, pdf_of(*state, a_document(*state)).bytes);

    assert_holds(qdf, "/CreationDate (D:20260930090000Z)");
    assert_holds(qdf, "<xmp:CreateDate>2026-09-30T09:00:00Z</xmp:CreateDate>");
    assert_false(str_has(undated, STR("/CreationDate")));
}

/* ---- complete ---- */

static void assert_rich_is_there(Arena *arena, Str text, const Rich *rich)
{
    for (size_t i = 0; i < rich->len; i++) {
        Str part = folded(arena, rich->at[i].text);

        if (!str_has(text, str_trim(part))) fail_msg("\"%.*s\" is missing", STR_ARG(part));
    }
}

static void every_paragraph_can_be_read_out(void **state)
{
    Document *doc = report_sample(*state);
    Str text      = pdf_text_of(*state, pdf_of(*state, doc).bytes, 0);

    for (size_t i = 0; i < doc->blocks.len; i++) {
        const Block *block = doc->blocks.at[i];

        assert_rich_is_there(*state, text, &block->text);
        for (size_t f = 0; f < block->facts.len; f++)
            assert_rich_is_there(*state, text, &block->facts.at[f].value);
        for (size_t f = 0; f < block->items.len; f++)
            assert_rich_is_there(*state, text, &block->items.at[f]);
        if (!str_is_empty(block->title)) assert_true(str_has(text, block->title));
    }
}

static void every_page_names_document_proof_and_page(void **state)
{
    Pdf pdf = pdf_of(*state, report_sample(*state));

    assert_true(pdf.pages >= 6);
    for (size_t page = 1; page <= pdf.pages; page++) {
        Str text = pdf_text_of(*state, pdf.bytes, page);

        assert_holds(text, "Veldane Systems B.V. · IA-26-04 · v1.0 · confidential");
        assert_holds(text, "sha-256 c41d…90e7 · checkpoint 46,020");
        assert_true(str_ends(text, str_fmt(*state, "%zu of %zu ", page, pdf.pages)));
    }
}

static void the_contents_name_the_pages_of_the_parts(void **state)
{
    Document *doc = report_sample(*state);
    Pdf pdf       = pdf_of(*state, doc);
    Str contents  = pdf_text_of(*state, pdf.bytes, 2);
    size_t found  = 0;

    for (size_t page = 3; page <= pdf.pages; page++) {
        Str text = pdf_text_of(*state, pdf.bytes, page);

        for (size_t i = 0; i < doc->blocks.len; i++) {
            const Block *block = doc->blocks.at[i];
            Str title          = str_fmt(*state, "%.*s %.*s", STR_ARG(block->number), STR_ARG(block->title));
            Str line           = str_fmt(*state, "%.*s %zu ", STR_ARG(title), page);

            if (!block_is_titled(block) || !str_has(text, title)) continue;
            /* the table of findings has number and title beside each other too */
            if (block->kind == BLOCK_FINDING && count_of(text, str_to_c(*state, block->grade)) == 0) continue;
            if (block->kind == BLOCK_HEADING && !str_has(contents, line))
                fail_msg("the contents lack \"%.*s\"", STR_ARG(line));
            found++;
        }
    }
    assert_true(found >= 17);
}

/* ---- breaking ---- */

static Document *long_table(Arena *arena)
{
    static const DocColumn columns[] = { { .head = STR_INIT("Number"), .width_mm = 30 },
                                         { .head = STR_INIT("Headword") } };
    Document *doc                    = a_document(arena);

    doc_table(doc, STR("Register"), columns, countof(columns));
    for (int i = 0; i < LONG_TABLE; i++) {
        doc_row(doc);
        doc_cell(doc, str_fmt(arena, "R-%03d", i));
        doc_cell(doc, STR("a row of the register"));
    }
    return doc;
}

static void a_long_table_repeats_its_head_and_loses_no_row(void **state)
{
    Pdf pdf = pdf_of(*state, long_table(*state));
    Str all = pdf_text_of(*state, pdf.bytes, 0);

    assert_true(pdf.pages > 5);
    for (size_t page = 1; page <= pdf.pages; page++)
        assert_int_equal(count_of(pdf_text_of(*state, pdf.bytes, page), "Headword"), 1);
    for (int i = 0; i < LONG_TABLE; i++)
        assert_int_equal(count_of(all, str_to_c(*state, str_fmt(*state, "R-%03d", i))), 1);
}

static Str words(Arena *arena, size_t count)
{
    Buf text = buf_open(arena, count * 16);

    for (size_t i = 0; i < count; i++)
        buf_fmt(&text, "word%zu ", i);
    return buf_str(&text);
}

static void a_row_longer_than_a_page_goes_on_and_loses_no_word(void **state)
{
    static const DocColumn columns[] = { { .head = STR_INIT("A") }, { .head = STR_INIT("B") } };
    Document *doc                    = a_document(*state);
    Pdf pdf;
    Str all;

    doc_table(doc, STR(""), columns, countof(columns));
    doc_row(doc);
    doc_cell(doc, STR("short"));
    doc_cell(doc, words(*state, 2000));
    pdf = pdf_of(*state, doc);
    all = pdf_text_of(*state, pdf.bytes, 0);

    assert_true(pdf.pages >= 3);
    for (size_t i = 0; i < 2000; i++)
        assert_int_equal(count_of(all, str_to_c(*state, str_fmt(*state, "word%zu ", i))), 1);
}

static void a_split_paragraph_leaves_two_lines_on_either_side(void **state)
{
    for (size_t filler = 24; filler < 40; filler++) {
        Document *doc = a_document(*state);
        Pdf pdf;
        Str second;
        size_t before, after;

        for (size_t i = 0; i < filler; i++)
            doc_paragraph(doc, STR("filler"));
        doc_paragraph(doc, words(*state, 30)); /* four lines or so */
        pdf = pdf_of(*state, doc);
        if (pdf.pages == 1) continue;
        second = pdf_text_of(*state, pdf.bytes, 2);
        after  = count_of(second, "word");
        before = 30 - after;
        if (before > 0 && after > 0) assert_true(before >= 10 && after >= 9);
    }
}

static void a_heading_is_never_the_last_of_its_page(void **state)
{
    for (size_t filler = 20; filler < 40; filler++) {
        Document *doc = a_document(*state);
        Pdf pdf;

        for (size_t i = 0; i < filler; i++)
            doc_paragraph(doc, STR("filler"));
        doc_heading(doc, 1, STR("Title"));
        doc_heading(doc, 2, STR("Subtitle"));
        doc_paragraph(doc, STR("belonging"));
        pdf = pdf_of(*state, doc);
        for (size_t page = 1; page <= pdf.pages; page++) {
            Str text = pdf_text_of(*state, pdf.bytes, page);

            assert_int_equal(str_has(text, STR("1 Title")), str_has(text, STR("belonging")));
        }
    }
}

static void a_finding_stays_on_one_page(void **state)
{
    for (size_t filler = 20; filler < 36; filler++) {
        Document *doc = a_document(*state);
        Pdf pdf;

        for (size_t i = 0; i < filler; i++)
            doc_paragraph(doc, STR("filler"));
        doc_finding(doc, STR("F-001"), STR("Title of it"), MARK_MAJOR, STR("major nonconformity"));
        doc_fact(doc, STR("Criterion"), STR("first"));
        doc_fact(doc, STR("Effect"), STR("last of it"));
        pdf = pdf_of(*state, doc);
        for (size_t page = 1; page <= pdf.pages; page++) {
            Str text = pdf_text_of(*state, pdf.bytes, page);

            assert_int_equal(str_has(text, STR("Title of it")), str_has(text, STR("last of it")));
        }
    }
}

/* ---- structure ---- */

static void the_structure_names_what_each_text_is(void **state)
{
    static const char *const structure[] = { "pdfinfo", "-struct", "FILE", NULL };
    static const char *const elements[]  = { "Document",   "H1",  "H2",     "P (block)", "L (block)",
                                             "LI (block)", "Lbl", "LBody",  "Table",     "TR",
                                             "TH",         "TD",  "Figure", "TOC",       "Link" };
    int status;
    Str answer = pdf_ask(*state, pdf_of(*state, report_sample(*state)).bytes, structure, &status);

    for (size_t i = 0; i < countof(elements); i++)
        assert_holds(answer, elements[i]);
    assert_false(str_has(answer, STR("NonStruct")));
}

static void the_file_says_what_a_screen_reader_asks(void **state)
{
    Str qdf = qdf_of(*state, pdf_of(*state, report_sample(*state)).bytes);

    assert_holds(qdf, "/Lang (en-GB)");
    assert_holds(qdf, "/DisplayDocTitle true");
    assert_holds(qdf, "/Marked true");
    assert_holds(qdf, "/Scope /Column");
    assert_holds(qdf, "/Alt (Technological controls after this audit; 8.1: tested, conform Sep 25; 8.2: minor found");
    assert_holds(qdf, "/Outlines");
    assert_holds(qdf, "/Artifact BMC");
    assert_false(str_has(qdf, STR("/NonStruct")));
}

static void all_drawing_is_content_or_artifact(void **state)
{
    Str rest  = qdf_of(*state, pdf_of(*state, long_table(*state)).bytes), line;
    int depth = 0, texts = 0;

    while (str_cut(&rest, '\n', &line)) {
        if (str_ends(line, STR(" BDC")) || str_ends(line, STR(" BMC"))) depth++;
        if (str_eq_c(line, "EMC")) depth--;
        if (!str_ends(line, STR("TJ")) && !str_ends(line, STR("Tj")) && !str_ends(line, STR(" re f"))) continue;
        assert_int_equal(depth, 1);
        texts++;
    }
    assert_int_equal(depth, 0);
    assert_true(texts > LONG_TABLE * 3);
}

static void qpdf_finds_nothing_wrong(void **state)
{
    static const char *const check[] = { "qpdf", "--check", "FILE", NULL };
    int status;
    Str answer = pdf_ask(*state, pdf_of(*state, report_sample(*state)).bytes, check, &status);

    if (status != 0) fail_msg("%.*s", STR_ARG(answer));
}

static void an_empty_document_is_one_page(void **state)
{
    Pdf compact = pdf_of(*state, doc_open(*state, &(DocHead){ .form = DOC_COMPACT }));
    Pdf cover   = pdf_of(*state, doc_open(*state, &(DocHead){ .form = DOC_WITH_COVER }));

    assert_int_equal(compact.pages, 1);
    assert_int_equal(cover.pages, 1);
    assert_true(str_has(pdf_text_of(*state, compact.bytes, 1), STR("1 of 1")));
}

/* ---- hostile texts ---- */

/* The number after `name="` in a line of pdftotext -bbox, rounded down. */
static int64_t box_edge(Str line, const char *name)
{
    size_t at = 0, len = strlen(name);
    int64_t value = -1;
    Str number;

    while (at + len < line.len && memcmp(line.ptr + at, name, len) != 0)
        at++;
    number = str_slice(line, at + len, line.len);
    number = str_slice(number, 0, str_index(number, '.'));
    assert_true(str_to_i64(number, -10000, 10000, &value));
    return value;
}

static void assert_inside_margins(Arena *arena, Str pdf, const char *what)
{
    static const char *const boxes[] = { "pdftotext", "-bbox", "FILE", "-", NULL };
    int status;
    Str rest = pdf_ask(arena, pdf, boxes, &status), line;

    assert_int_equal(status, 0);
    while (str_cut(&rest, '\n', &line)) {
        if (!str_starts(str_trim(line), STR("<word"))) continue;
        /* 18 mm are 51 points; a glyph may be drawn a point over its advance */
        if (box_edge(line, "xMin=\"") < 49 || box_edge(line, "xMax=\"") > 546 || box_edge(line, "yMin=\"") < 40 ||
            box_edge(line, "yMax=\"") > 800)
            fail_msg("%s leaves the page: %.*s", what, STR_ARG(line));
    }
}

static Document *document_of_hostile(Arena *arena, Str text)
{
    static const DocColumn columns[] = { { .head = STR_INIT("A"), .width_mm = 20 },
                                         { .head = STR_INIT("B") },
                                         { .head = STR_INIT("C"), .align = ALIGN_END } };
    Document *doc                    = doc_open(arena, &(DocHead){ .form         = DOC_WITH_COVER,
                                                                   .title        = text,
                                                                   .subtitle     = text,
                                                                   .kind         = text,
                                                                   .number       = STR("D-1"),
                                                                   .organisation = text,
                                                                   .foot_proof   = text,
                                                                   .cover_note   = text });

    doc_cover_fact(doc, text, text);
    doc_heading(doc, 1, text);
    doc_paragraph(doc, text);
    doc_ref(doc, text);
    doc_list(doc, LIST_BULLET);
    doc_item(doc, text);
    doc_finding(doc, STR("F-001"), text, MARK_OFI, text);
    doc_fact(doc, text, text);
    doc_mark(doc, MARK_GOOD, text);
    doc_table(doc, text, columns, countof(columns));
    doc_row(doc);
    doc_cell(doc, text);
    doc_cell(doc, text);
    doc_cell(doc, text);
    doc_coverage(doc, text);
    doc_coverage_cell(doc, (CoverageCell){ .ref = STR("8.1"), .date = STR("now"), .mark = MARK_NOW, .says = text });
    return doc;
}

static void hostile_texts_stay_on_the_page(void **state)
{
    static const char *const files[] = { "ansi-escape",   "blanks",    "emoji-family", "invisible",
                                         "log-injection", "long-word", "rtl",          "zalgo" };

    for (size_t i = 0; i < countof(files); i++) {
        Str path = str_fmt(*state, "tests/data/hostile/text/%s.txt", files[i]);
        Pdf pdf  = pdf_of(*state, document_of_hostile(*state, test_file(*state, str_to_c(*state, path))));

        assert_inside_margins(*state, pdf.bytes, files[i]);
    }
}

static void no_shown_text_becomes_an_operator(void **state)
{
    Document *doc = a_document(*state);
    Str text;

    for (int i = 0; i < 80; i++)
        doc_paragraph(doc, str_fmt(*state, "%*s/NonStruct << /MCID 1 >> BDC", i, ""));
    doc_code(doc, STR("/NonStruct << /MCID 1 >> BDC\n/NonStruct << /MCID 1 >> BDC\n"));
    text = pdf_text_of(*state, pdf_of(*state, doc).bytes, 0);

    assert_int_equal(count_of(text, "/NonStruct << /MCID 1 >> BDC"), 82);
}

/* ---- faults ---- */

/* An arena at its limit jumps out of the renderer at ever later places; what it had opened is closed (the leak checker
 * looks). */
static void a_full_arena_leaves_nothing_open(void **state)
{
    volatile size_t limit = (size_t)128 << 10;
    volatile bool done    = false;

    (void)state;
    for (; !done; limit += limit / 2) {
        Arena *arena = arena_open(limit);

        assert_non_null(arena);
        if (ARENA_TRY(arena)) {
            (void)pdf_of(arena, report_sample(arena));
            done = true;
        }
        arena_forget_recovery(arena);
        arena_close(arena);
    }
    assert_true(limit > (size_t)256 << 10);
}

/* Nothing is shown as an empty box: each script has a font that is embedded and says what its letters are. */
static void names_of_every_script_have_letters(void **state)
{
    static const char *const fonts[] = { "Inter", "NotoSansArabic", "NotoSansThai", "NotoSansCJK" };
    static const char *const list[]  = { "pdffonts", "FILE", NULL };
    Document *doc                    = doc_open(*state, &(DocHead){ .title = STR("Names") });
    int status;

    doc_paragraph(doc, STR("محمد بن علي"));
    doc_paragraph(doc, STR("สมชาย ใจดี"));
    doc_paragraph(doc, STR("山田太郎"));
    doc_paragraph(doc, STR("Łukasz Żółć"));
    Str pdf = pdf_of(*state, doc).bytes, text = pdf_text_of(*state, pdf, 0), said = pdf_ask(*state, pdf, list, &status);

    assert_true(str_has(text, STR("สมชาย ใจดี")));
    assert_true(str_has(text, STR("山田太郎")));
    assert_true(str_has(text, STR("Łukasz Żółć")));
    for (size_t i = 0; i < countof(fonts); i++)
        assert_true(str_has(said, str_from_c(fonts[i])));
}

/* Texts past the limit of what is kept are laid out again, and stand where they stood. */
static void a_very_long_document_is_set_all_the_same(void **state)
{
    Document *doc = doc_open(*state, &(DocHead){ .title = STR("Long") });

    for (int i = 0; i < 9000; i++)
        doc_paragraph(doc, str_fmt(*state,
                                   "Paragraph %d says that it is one of many and that it has a neighbour on "
                                   "either side, but for the first and the last of them all.",
                                   i));
    Pdf pdf  = pdf_of(*state, doc);
    Str last = pdf_text_of(*state, pdf.bytes, pdf.pages);

    assert_true(str_has(last, STR("Paragraph 8999 says")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(names_of_every_script_have_letters, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_very_long_document_is_set_all_the_same, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_same_document_gives_the_same_bytes, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_file_states_the_date_it_was_given, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_paragraph_can_be_read_out, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_page_names_document_proof_and_page, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_contents_name_the_pages_of_the_parts, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_long_table_repeats_its_head_and_loses_no_row, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_row_longer_than_a_page_goes_on_and_loses_no_word, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_split_paragraph_leaves_two_lines_on_either_side, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_heading_is_never_the_last_of_its_page, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(a_finding_stays_on_one_page, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_structure_names_what_each_text_is, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(the_file_says_what_a_screen_reader_asks, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(all_drawing_is_content_or_artifact, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(qpdf_finds_nothing_wrong, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_empty_document_is_one_page, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(hostile_texts_stay_on_the_page, open_arena, close_arena),
        cmocka_unit_test(a_full_arena_leaves_nothing_open),
        cmocka_unit_test_setup_teardown(no_shown_text_becomes_an_operator, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
