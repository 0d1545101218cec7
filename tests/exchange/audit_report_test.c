/* SPDX-License-Identifier: Apache-2.0
 * The report of an audit, from its first draft to the file that is given away: what the records know is in it, what is
 * judgement stays the author's, and what was issued can be made again byte by byte. */
#include "../paper/pdf_tools.h"
#include "../paper/unpacked.h"
#include "../support/world_report.h"

#include <unistd.h>

#include "audit/report.h"
#include "audit/report_draft.h"
#include "audit/request.h"
#include "catalogue.h"
#include "exchange/audit_report.h"
#include "org/organisation.h"
#include "record/row.h"
#include "store/files.h"

#define AUDIT "IA-26-05"
/* ------------------------------------------------------------------------------------------------------- its file */

static Report stored(Audits *a, Id id)
{
    Report report;
    house_load(a->h, &report_type, id, &report);
    return report;
}

static Str file_bytes(Audits *a, const Report *report)
{
    TestStore *t = a->h->t;
    Hash hash;
    int64_t size;
    int descriptor;

    assert_true(hash_from_hex(report->file, &hash));
    must(t, file_get(a->h->app->store, t->arena, &hash, &descriptor, &size, &t->err));
    char *bytes = arena_array(t->arena, char, (size_t)size);
    assert_int_equal(read(descriptor, bytes, (size_t)size), size);
    close(descriptor);
    return (Str){ bytes, (size_t)size };
}

static void assert_says(Str text, const char *part)
{
    if (str_has(text, str_from_c(part))) return;
    print_error("%.*s\n", STR_ARG(text));
    fail_msg("the report does not say \"%s\"", part);
}

static Str made_again(Audits *a, Id id, size_t *pages)
{
    TestStore *t  = a->h->t;
    Caller caller = { .app = a->h->app, .arena = t->arena, .is_system = true, .door = "job" };
    Report report;
    Str bytes;
    Call *call;

    must(t, call_open(&caller, CALL_READ, &call, &t->err));
    must(t, record_must(call, &report_type, id, &report, &t->err));
    must(t, audit_report_pdf(call, &report, &bytes, pages, &t->err));
    call_end(call);
    return bytes;
}

/* ------------------------------------------------------------------------------------------------------- the draft */

static void a_new_report_says_what_the_records_know(void **state)
{
    Audits *a     = *state;
    Report report = stored(a, a_drafted_report(a));

    check_str(report.objectives, "Conformity");
    assert_says(report.scope, "PR-03 Access and PR-11 Endpoints");
    assert_says(report.scope, "A.5.18, A.8.1 and A.8.23");
    check_str(report.client_text, "Ingrid Solbakken");
    assert_says(report.team, "Elias Brandt (lead auditor) and Noor Haddad (auditor)");
    assert_says(report.team, "Jonas Reuter (owner of PR-03)");
    assert_says(report.dates_places, "9 Nov 2026 to 18 Nov 2026");
    assert_says(report.criteria, "ISO/IEC 27001:2022; SoA 2.4");
    assert_says(report.findings_text, "1 minor nonconformity and 1 good practice");
    assert_says(report.sampling_statement, "1 sample was drawn");
    assert_says(report.independence, "Elias Brandt and Noor Haddad declared");
    assert_says(report.not_covered, "None");
    assert_says(report.next_steps, "The owners of nonconformities give cause and plan");
    assert_says(report.differing_views, "no finding was disputed");
}

static void evidence_that_never_came_is_named_as_not_covered(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audit_papers_reviewed(a);
    audits_must(a, a->noor, &evidence_request_type, "create", "",
                "{'audit':'IA-26-05','text':'Log of June','asked_of':'p-it','due':'2026-11-12','refs':['A.5.18']}");
    audits_must(a, a->noor, &evidence_request_type, "not-received", "ER-26-1", "{'reason':'Kept for 30 days only'}");
    audits_must(a, a->elias, &audit_type, "finish", AUDIT, "{'present':['p-apm','p-it']}");

    Report report = stored(a, audits_must(a, a->elias, &report_type, "create", "", "{'audit':'IA-26-05','author':'p-apm'}"));

    assert_says(report.not_covered, "A.5.18: evidence asked for was not received: Log of June (Kept for 30 days only)");
}

static void judgement_stays_the_authors(void **state)
{
    Audits *a     = *state;
    Report report = stored(a, a_drafted_report(a));

    check_str(report.conclusions, "");
    check_str(report.summary, "");
    assert_refusal(audits_try(a, a->ingrid, &audit_type, "issue-report", AUDIT, "{}"), "issue-report-1", "Conclusions",
                   NULL);
}

static void filling_in_keeps_what_was_written(void **state)
{
    Audits *a = *state;
    Id id     = a_drafted_report(a);
    audits_must(a, a->elias, &report_type, "edit", AUDIT, "{'scope':'All of it','objectives':''}");

    audits_must(a, a->elias, &report_type, "fill", AUDIT, "");

    check_str(stored(a, id).scope, "All of it");
    check_str(stored(a, id).objectives, "Conformity");
}

static void runs_of_numbers_are_said_short(void **state)
{
    Arena *arena       = *state;
    StrList numbers    = { 0 };
    const Str listed[] = { STR("A.8.28"), STR("9.2.1"), STR("A.8.4"), STR("A.8.27"), STR("A.8.26"), STR("A.8.25") };

    for (size_t i = 0; i < countof(listed); i++)
        *list_push(arena, &numbers) = listed[i];

    check_str(numbers_in_words(arena, &numbers), "9.2.1, A.8.4 and A.8.25 to A.8.28");
}

/* ------------------------------------------------------------------------------------------------------- the issue */

static void an_issued_report_has_its_file(void **state)
{
    Audits *a     = *state;
    Report report = stored(a, an_issued_report(a));
    Str bytes     = file_bytes(a, &report);
    Hash hash     = hash_of(bytes);

    check_str(report.file, str_to_c(a->h->t->arena, hash_to_hex(a->h->t->arena, &hash)));
    assert_int_equal(report.file_size.value, bytes.len);
    assert_in_range(report.page_count.value, 3, 20);
}

static void the_report_has_all_its_parts(void **state)
{
    static const char *const parts[] = {
        "Summary for management",
        "How far the criteria are met",
        "Objectives",
        "Scope",
        "Criteria",
        "Client",
        "Dates and places",
        "Findings",
        "Differing views not resolved",
        "Earlier findings in this area",
        "Next steps",
        "Annex 1 Findings in full",
        "Annex 2 Coverage",
        "Parts not covered",
        "Annex 3 Sampling",
        "An audit samples",
        "Findings by grade",
        "Annex 4 Team and independence",
        "Team and people of the auditee",
        "Timetable",
        "Meetings",
        "Independence",
        "Distribution",
        "Approval",
        "Verify this report",
    };
    Audits *a     = *state;
    Report report = stored(a, an_issued_report(a));
    Str text      = pdf_text_of(a->h->t->arena, file_bytes(a, &report), 0);

    for (size_t i = 0; i < countof(parts); i++)
        assert_says(text, parts[i]);
}

static void findings_samples_and_exceptions_stand_in_it(void **state)
{
    Audits *a     = *state;
    Report report = stored(a, an_issued_report(a));
    Str text      = pdf_text_of(a->h->t->arena, file_bytes(a, &report), 0);

    assert_says(text, "11 of 140 laptops show no key.");
    assert_says(text, "Export of 9 Nov 2026, sample S-03.");
    assert_says(text, "We see it the same way.");
    assert_says(text, "20261109");
    assert_says(text, "1 of 2 deviates; with 95 % confidence at most 97.5 %");
    assert_says(text, "Did CA-9");
    assert_says(text, "Noor Haddad takes A.8.23");
    assert_says(text, "3 of 3 clauses and controls in scope were examined.");
    assert_says(text, "Gives cause and plan of actions 25 Dec 2026");
}

static void every_page_names_number_version_class_and_record(void **state)
{
    Audits *a     = *state;
    Arena *arena  = a->h->t->arena;
    Report report = stored(a, an_issued_report(a));
    Str bytes     = file_bytes(a, &report);

    for (int64_t page = 1; page <= report.page_count.value; page++) {
        Str text = pdf_text_of(arena, bytes, (size_t)page);
        assert_says(text, "IA-26-05 · v1.0 · confidential");
        assert_says(text, "record of ");
        assert_says(text, " events · root ");
    }
}

static void other_programs_find_nothing_wrong_with_the_file(void **state)
{
    static const char *const check[] = { "qpdf", "--check", "FILE", NULL };
    Audits *a                        = *state;
    Report report                    = stored(a, an_issued_report(a));
    int status;

    Str said = pdf_ask(a->h->t->arena, file_bytes(a, &report), check, &status);

    assert_int_equal(status, 0);
    assert_says(said, "No syntax or stream encoding errors");
}

static void the_same_records_give_the_same_bytes(void **state)
{
    Audits *a = *state;
    Id id     = an_issued_report(a);
    size_t pages;

    Str again = made_again(a, id, &pages);

    Report report = stored(a, id);
    assert_true(str_eq(again, file_bytes(a, &report)));
    assert_int_equal(pages, report.page_count.value);
}

static void a_draft_says_that_it_is_one(void **state)
{
    Audits *a = *state;
    Id id     = a_drafted_report(a);
    size_t pages;

    Str text = pdf_text_of(a->h->t->arena, made_again(a, id, &pages), 0);

    assert_says(text, "draft, not issued");
    assert_false(str_has(text, STR("Verify this report")));
    check_str(stored(a, id).file, "");
}

static void nobody_attaches_a_file_by_hand(void **state)
{
    Audits *a     = *state;
    Arena *arena  = a->h->t->arena;
    Report report = stored(a, an_issued_report(a));
    const char *input =
        str_to_c(arena, str_fmt(arena, "{'file':'%.*s','file_size':1,'page_count':1}", STR_ARG(report.file)));

    assert_int_equal(audits_try(a, a->elias, &report_type, "attach", AUDIT, input)->kind, OUTCOME_FORBIDDEN);
    assert_refused(audits_try(a, (Id){ 0 }, &report_type, "attach", AUDIT, input), "attach-1");
}

/* The issue is kept, the disk fails, and the job makes good for it. */
static void a_report_without_its_file_gets_it_from_the_job(void **state)
{
    Audits *a     = *state;
    World *world  = &a->h->t->world;
    Caller caller = { .app = a->h->app, .arena = a->h->t->arena, .is_system = true, .door = "job" };
    size_t attached;
    Id id = a_drafted_report(a);
    audits_must(a, a->elias, &report_type, "edit", AUDIT, "{'conclusions':'c','criteria_met':'m'}");
    /* the first write is the commit of the issue, the second the file */
    world->fault_kinds = FAULT_WRITE, world->fault_countdown = 2, world->fault_hit = false;

    audits_must(a, a->ingrid, &audit_type, "issue-report", AUDIT, "{}");
    assert_true(world->fault_hit);
    world->fault_kinds = 0;
    check_str(stored(a, id).file, "");
    must(a->h->t, reports_attach_missing(&caller, &attached, &a->h->t->err));

    assert_int_equal(attached, 1);
    assert_int_equal(stored(a, id).file.len, HASH_HEX);
    must(a->h->t, reports_attach_missing(&caller, &attached, &a->h->t->err));
    assert_int_equal(attached, 0);
}

static void an_amendment_names_what_it_replaces_and_why(void **state)
{
    Audits *a = *state;
    Id first  = an_issued_report(a);
    audits_must(a, a->elias, &report_type, "amend", AUDIT, "{'reason':'11 of 140 is now 12 of 140'}");
    audits_must(a, a->elias, &report_type, "edit", "IA-26-05A", "{'summary':'12 laptops'}");
    audits_must(a, a->elias, &report_type, "submit", "IA-26-05A", "");

    Id second = audits_must(a, a->ingrid, &report_type, "issue-amendment", "IA-26-05A", "");

    Report before = stored(a, first), after = stored(a, second);
    Str text = pdf_text_of(a->h->t->arena, file_bytes(a, &after), 0);
    assert_says(text,
                "This report takes the place of IA-26-05, issued on 25 Nov 2026. Why: 11 of 140 is now 12 of 140");
    assert_says(text, "IA-26-05A · v1.0");
    assert_int_equal(before.head.state, REPORT_AMENDED);
    assert_false(str_eq(before.file, after.file));
    assert_says(pdf_text_of(a->h->t->arena, file_bytes(a, &before), 0), "IA-26-05 · v1.0");
}

static void the_page_shows_the_same_report(void **state)
{
    Audits *a     = *state;
    TestStore *t  = a->h->t;
    Report report = stored(a, an_issued_report(a));
    Caller caller = { .app = a->h->app, .arena = t->arena, .is_system = true, .door = "web" };
    Buf out       = buf_open(t->arena, REPORT_HTML_MAX);
    Call *call;

    must(t, call_open(&caller, CALL_READ, &call, &t->err));
    must(t, audit_report_html(call, &report, &out, &t->err));
    call_end(call);

    assert_says(buf_str(&out), "11 of 140 laptops show no key.");
    assert_says(buf_str(&out), "Verify this report");
    assert_says(buf_str(&out), "href=\"#");
}

/* ------------------------------------------------------------------------------------------------------- forms */

static Str form_of(Audits *a, Id who, const char *form)
{
    Answer answer = house_ask(
        a->h, who, (Ask){ .kind = ASK_FILE, .type = STR("report"), .number = STR(AUDIT), .form = str_from_c(form) });

    assert_int_equal(answer.status, 200);
    check_str(answer.name, str_to_c(a->h->t->arena, str_fmt(a->h->t->arena, AUDIT ".%s", form)));
    return str_dup(a->h->t->arena, answer.text);
}

/* A line feed in a string of JSON is a blank between words. */
static Str without_escapes(Arena *arena, Str json)
{
    Buf out = buf_open(arena, json.len);

    for (size_t i = 0; i < json.len; i++) {
        bool is_escape = json.ptr[i] == '\\' && i + 1 < json.len;
        buf_add_byte(&out, is_escape ? ' ' : json.ptr[i]);
        if (is_escape) i++;
    }
    return buf_str(&out);
}

static StrList words_as(Audits *a, const char *form)
{
    Arena *arena = a->h->t->arena;
    Str bytes    = form_of(a, a->ingrid, form);

    if (strcmp(form, "pdf") == 0) return words_of(arena, pdf_text_of(arena, bytes, 0));
    if (strcmp(form, "html") == 0) return words_of(arena, text_of_xml(arena, bytes));
    return words_of(arena, strcmp(form, "json") == 0 ? without_escapes(arena, bytes) : text_of_package(arena, bytes));
}

/* Beside the report's own words: the contents, page numbers, our name; in JSON the names of members and marks. */
static void every_form_of_a_report_says_the_same(void **state)
{
    Audits *a = *state;
    an_issued_report(a);
    StrList pdf = words_as(a, "pdf"), docx = words_as(a, "docx"), html = words_as(a, "html"),
            json = words_as(a, "json");
    StrList xlsx = words_as(a, "xlsx"), needed = words_of(a->h->t->arena, STR("F-100 11 of 140 laptops show no key "
                                                                              "A.8.23 A.5.18 met"));

    assert_words_among("PDF", &docx, &pdf, "");
    assert_words_among("DOCX", &pdf, &docx, "plumbline");
    assert_words_among("HTML", &docx, &html, "");
    assert_words_among("DOCX", &html, &docx, "");
    assert_words_among("JSON", &docx, &json, "contents v1");
    assert_words_among("XLSX", &needed, &xlsx, "");
}

static void the_office_forms_of_a_report_are_whole(void **state)
{
    Audits *a    = *state;
    Arena *arena = a->h->t->arena;
    an_issued_report(a);
    Str docx = form_of(a, a->ingrid, "docx"), xlsx = form_of(a, a->ingrid, "xlsx");

    assert_package_is_whole(arena, docx);
    assert_package_is_whole(arena, xlsx);
    assert_true(str_eq(docx, form_of(a, a->ingrid, "docx")));
    assert_says(part_of(arena, xlsx, "xl/workbook.xml"), "name=\"Coverage\"");
    assert_says(part_of(arena, docx, "word/document.xml"), "Annex 1");
}

static void the_pdf_of_an_issued_report_is_the_one_that_was_kept(void **state)
{
    Audits *a     = *state;
    Report report = stored(a, an_issued_report(a));
    Str before    = form_of(a, a->ingrid, "pdf");

    audits_must(a, a->h->ada, &organisation_type, "create", "", "{'name':'Renamed','zone':'UTC'}");

    assert_true(str_eq(form_of(a, a->ingrid, "pdf"), before));
    assert_true(str_eq(before, file_bytes(a, &report)));
    assert_says(text_of_package(a->h->t->arena, form_of(a, a->ingrid, "docx")), "Renamed");
}

static void a_report_wears_what_the_organisation_chose(void **state)
{
    static const unsigned char pixel[] = { 0x89, 'P', 'N', 'G',  '\r', '\n', 0x1a, '\n', 0,    0, 0, 13,
                                           'I',  'H', 'D', 'R',  0,    0,    0,    1,    0,    0, 0, 1,
                                           8,    0,   0,   0,    0,    0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0,
                                           10,   'I', 'D', 'A',  'T',  0x78, 0x9c, 0x63, 0x60, 0, 0, 0,
                                           2,    0,   1,   0x48, 0xaf, 0xa4, 0x71, 0,    0,    0, 0, 'I',
                                           'E',  'N', 'D', 0xae, 0x42, 0x60, 0x82 };
    Audits *a                          = *state;
    TestStore *t                       = a->h->t;
    Hash hash;
    size_t pages;
    Id id = a_drafted_report(a);
    must(t, file_put(a->h->app->store, t->arena, (Str){ (const char *)pixel, sizeof pixel }, &hash, &t->err));

    audits_must(a, a->h->ada, &organisation_type, "create", "",
                str_to_c(t->arena, str_fmt(t->arena,
                                           "{'name':'Veldane','zone':'UTC','logo':'%.*s','colour':'#0a6b3d',"
                                           "'confidentiality':'internal','language':'nl'}",
                                           STR_ARG(hash_to_hex(t->arena, &hash)))));

    Str docx = form_of(a, a->elias, "docx");
    part_of(t->arena, docx, "word/media/picture1.png");
    assert_says(part_of(t->arena, docx, "word/styles.xml"), "0A6B3D");
    assert_says(part_of(t->arena, docx, "word/styles.xml"), "w:lang w:val=\"nl\"");
    assert_says(pdf_text_of(t->arena, made_again(a, id, &pages), 1), "v1.0 · internal");
    assert_says(form_of(a, a->elias, "html"), "data:image/png;base64,iVBOR");
}

static void what_documents_cannot_wear_is_told_at_once(void **state)
{
    Audits *a    = *state;
    TestStore *t = a->h->t;
    Hash hash;
    must(t, file_put(a->h->app->store, t->arena, STR("<svg xmlns='http://www.w3.org/2000/svg'/>"), &hash, &t->err));

    assert_invalid(audits_try(a, a->h->ada, &organisation_type, "create", "",
                              str_to_c(t->arena, str_fmt(t->arena, "{'name':'V','zone':'UTC','logo':'%.*s'}",
                                                         STR_ARG(hash_to_hex(t->arena, &hash))))),
                   "logo");
    assert_invalid(
        audits_try(a, a->h->ada, &organisation_type, "create", "", "{'name':'V','zone':'UTC','colour':'green'}"),
        "colour");
    assert_invalid(audits_try(a, a->h->ada, &organisation_type, "create", "",
                              "{'name':'V','zone':'UTC','language':'Dutch language'}"),
                   "language");
}

static void whoever_may_not_see_the_draft_has_no_file_of_it(void **state)
{
    Audits *a = *state;
    a_drafted_report(a);

    Answer answer = house_ask(
        a->h, a->h->dan, (Ask){ .kind = ASK_FILE, .type = STR("report"), .number = STR(AUDIT), .form = STR("xlsx") });

    assert_int_equal(answer.status, 404);
}

static void hostile_texts_stay_texts(void **state)
{
    Audits *a = *state;
    Id id     = a_drafted_report(a);
    size_t pages;
    audits_must(a, a->elias, &report_type, "edit", AUDIT,
                "{'conclusions':'<script>alert(1)</script> F-\\nA.8.\\n2026-99-99 A-1-1-1-1-1 AAAA-1 2026-11-0',"
                "'summary':'- \\n-\\n- F-100'}");

    Str text = pdf_text_of(a->h->t->arena, made_again(a, id, &pages), 0);

    assert_says(text, "<script>alert(1)</script>");
    assert_says(text, "2026-99-99 A-1-1-1-1-1 AAAA-1 2026-11-0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_new_report_says_what_the_records_know),
        IN_AUDITS(evidence_that_never_came_is_named_as_not_covered),
        IN_AUDITS(judgement_stays_the_authors),
        IN_AUDITS(filling_in_keeps_what_was_written),
        arena_test(runs_of_numbers_are_said_short),
        IN_AUDITS(an_issued_report_has_its_file),
        IN_AUDITS_ON(sqlite, the_report_has_all_its_parts),
        IN_AUDITS_ON(sqlite, findings_samples_and_exceptions_stand_in_it),
        IN_AUDITS_ON(sqlite, every_page_names_number_version_class_and_record),
        IN_AUDITS_ON(sqlite, other_programs_find_nothing_wrong_with_the_file),
        IN_AUDITS(the_same_records_give_the_same_bytes),
        IN_AUDITS_ON(sqlite, a_draft_says_that_it_is_one),
        IN_AUDITS_ON(sqlite, nobody_attaches_a_file_by_hand),
        IN_AUDITS(a_report_without_its_file_gets_it_from_the_job),
        IN_AUDITS_ON(sqlite, an_amendment_names_what_it_replaces_and_why),
        IN_AUDITS_ON(sqlite, the_page_shows_the_same_report),
        IN_AUDITS(every_form_of_a_report_says_the_same),
        IN_AUDITS_ON(sqlite, the_office_forms_of_a_report_are_whole),
        IN_AUDITS_ON(sqlite, the_pdf_of_an_issued_report_is_the_one_that_was_kept),
        IN_AUDITS_ON(sqlite, a_report_wears_what_the_organisation_chose),
        IN_AUDITS_ON(sqlite, what_documents_cannot_wear_is_told_at_once),
        IN_AUDITS_ON(sqlite, whoever_may_not_see_the_draft_has_no_file_of_it),
        IN_AUDITS_ON(sqlite, hostile_texts_stay_texts),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
