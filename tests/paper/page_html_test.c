/* SPDX-License-Identifier: Apache-2.0
 * The HTML of a document: well formed, complete, and no text of a user ever becomes markup. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/json.h"
#include "paper/page_html.h"
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

static Str html_of(Arena *arena, const Document *doc)
{
    Buf out = buf_open(arena, (size_t)1 << 24);

    page_document(&out, doc);
    assert_false(buf_overflowed(&out));
    return buf_str(&out);
}

/* A document with `text` in every place that takes one. */
static Document *document_full_of(Arena *arena, Str text)
{
    const DocColumn column = { .head = text };
    DocHead head           = { .form           = DOC_WITH_COVER,
                               .kind           = text,
                               .title          = text,
                               .subtitle       = text,
                               .number         = text,
                               .version        = text,
                               .classification = text,
                               .organisation   = text,
                               .author         = text,
                               .language       = text,
                               .cover_note     = text,
                               .foot_proof     = text };
    Document *doc          = doc_open(arena, &head);

    doc_cover_fact(doc, text, text);
    doc_heading(doc, 1, text);
    doc_paragraph(doc, text);
    doc_strong(doc, text);
    doc_emphasis(doc, text);
    doc_code(doc, text);
    doc_ref(doc, text);
    doc_muted(doc, text);
    doc_small(doc, text);
    doc_mark(doc, MARK_OFI, text);
    doc_note(doc, text);
    doc_callout(doc, text);
    doc_list(doc, LIST_NUMBER);
    doc_item(doc, text);
    doc_boxes(doc);
    doc_fact(doc, text, text);
    doc_finding(doc, text, text, MARK_MAJOR, text);
    doc_fact(doc, text, text);
    doc_table(doc, text, &column, 1);
    doc_row(doc);
    doc_cell(doc, text);
    doc_coverage(doc, text);
    doc_coverage_cell(doc, (CoverageCell){ .ref = text, .date = text, .mark = MARK_PASS, .says = text });
    doc_signatures(doc, &(Signature){ text, text, text, text, text }, 1);
    doc_verify(doc, &(DocProof){ text, text, text, text, text, text, text });
    return doc;
}

/* The HTML with all that a harmless text makes different taken away: only our own markup is left. */
static Str markup_of(Arena *arena, Str html)
{
    Buf out     = buf_open(arena, html.len);
    bool inside = false, quoted = false;

    for (size_t i = 0; i < html.len; i++) {
        char c = html.ptr[i];

        if (c == '<') inside = true;
        if (inside && (!quoted || c == '"')) buf_add_byte(&out, c);
        if (inside && c == '"') quoted = !quoted;
        if (c == '>' && !quoted) inside = false;
    }
    return buf_str(&out);
}

static void no_text_becomes_markup(void **state)
{
    Arena *arena = *state;
    Str expected = markup_of(arena, html_of(arena, document_full_of(arena, STR("harmless"))));
    Str rest     = test_file(arena, "tests/data/hostile/xss.jsonl"), line;
    size_t tried = 0;

    while (str_cut(&rest, '\n', &line)) {
        json_t *entry;
        Err err = { 0 };
        Str got;

        if (str_is_empty(line) || str_has(line, STR("\\u0000"))) continue; /* NUL is refused where JSON is read */
        assert_true(json_read(arena, line, &entry, &err));
        got = markup_of(arena, html_of(arena, document_full_of(arena, json_text(entry, "payload"))));
        /* a line end in a text is <br> */
        if (!str_has(json_text(entry, "payload"), STR("\n")) && !str_eq(got, expected))
            fail_msg("%.*s changed the markup", STR_ARG(json_text(entry, "id")));
        assert_false(str_has(got, STR("<script")));
        tried++;
    }
    assert_true(tried > 50);
}

static void html_is_well_formed(void **state)
{
    static const char *const check[] = { "xmllint", "--noout", "FILE", NULL };
    Arena *arena                     = *state;
    Str html                         = html_of(arena, report_sample(arena)), answer;
    Buf page                         = buf_open(arena, html.len + 64);
    int status;

    buf_add_c(&page, "<page>");
    buf_add(&page, html);
    buf_add_c(&page, "</page>");
    answer = pdf_ask(arena, buf_str(&page), check, &status);

    if (status != 0) fail_msg("%.*s", STR_ARG(answer));
}

static void every_part_of_the_report_is_on_the_page(void **state)
{
    static const char *const texts[] = { "Secure development and change",
                                         "a third of the sampled production changes",
                                         "<span class=\"grade grade-minor\">",
                                         "href=\"#part-",
                                         "scope=\"col\"",
                                         "c41d7f0a6b2e9384",
                                         "data-c=\"plan\"",
                                         "sha-256 c41d…90e7" };
    Str html                         = html_of(*state, report_sample(*state));

    for (size_t i = 0; i < countof(texts); i++)
        if (!str_has(html, str_from_c(texts[i]))) fail_msg("\"%s\" is missing", texts[i]);
    assert_false(str_has(html, STR("style=")));
}

static void an_empty_document_is_a_sheet(void **state)
{
    Str html = html_of(*state, doc_open(*state, &(DocHead){ .form = DOC_COMPACT }));

    assert_true(str_starts(html, STR("<article class=\"sheet flow\"")));
    assert_true(str_ends(html, STR("</article>\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_text_becomes_markup, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(html_is_well_formed, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(every_part_of_the_report_is_on_the_page, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(an_empty_document_is_a_sheet, open_arena, close_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
