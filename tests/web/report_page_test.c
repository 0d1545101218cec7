/* SPDX-License-Identifier: Apache-2.0
 * The page of a report: what is missing and who writes it, the sheets as they are printed, and the file. */
#include "../support/world_report.h"
#include "audit/report.h"
#include "catalogue.h"
#include "visitor.h"

static Visitor cleo_visits(Audits *a)
{
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "cleo"); /* top management */
    return v;
}

static void an_issued_report_is_read_at_its_audit(void **state)
{
    Audits *a = *state;
    an_issued_report(a);
    Visitor v = cleo_visits(a);

    visitor_opens(&v, "/audits/IA-26-05/audit-report");

    assert_answered(&v, 200);
    assert_page_has(&v, "11 of 11");
    assert_page_has(&v, "11 of 140 laptops show no key.");
    assert_page_has(&v, "Verify this report");
    assert_page_has(&v, "/reports/IA-26-05/report.pdf");
    visitor_leaves(&v);
}

static void a_report_has_an_address_of_its_own(void **state)
{
    Audits *a = *state;
    an_issued_report(a);
    Visitor v = cleo_visits(a);

    visitor_opens(&v, "/reports/IA-26-05");
    assert_page_has(&v, "Summary for management");
    visitor_opens(&v, "/reports/IA-26-05?view=fields");
    assert_page_lacks(&v, "Summary for management");
    assert_page_has(&v, "Access is well kept; laptops are not.");
    visitor_leaves(&v);
}

static void the_file_is_a_pdf_with_a_name(void **state)
{
    Audits *a = *state;
    an_issued_report(a);
    Visitor v = cleo_visits(a);

    visitor_opens(&v, "/reports/IA-26-05/report.pdf");

    assert_answered(&v, 200);
    visitor_leaves(&v);
}

static void every_form_is_a_link_and_a_file(void **state)
{
    static const struct {
        const char *ending, *media, *begins;
    } forms[] = {
        { "pdf", "application/pdf", "%PDF-" },
        { "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "PK\x03\x04" },
        { "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "PK\x03\x04" },
        { "html", "text/html", "<!DOCTYPE html>" },
        { "json", "application/json", "{\"format\":" },
    };
    Audits *a = *state;
    an_issued_report(a);
    Visitor v = cleo_visits(a);

    for (size_t i = 0; i < countof(forms); i++) {
        const char *address = str_to_c(v.arena, str_fmt(v.arena, "/reports/IA-26-05/report.%s", forms[i].ending));
        visitor_opens(&v, "/audits/IA-26-05/audit-report");
        assert_page_has(&v, address);
        visitor_opens(&v, address);
        assert_answered(&v, 200);
        check_str(v.response.type, forms[i].media);
        assert_true(str_starts(v.response.body, str_from_c(forms[i].begins)));
    }
    visitor_opens(&v, "/audits/IA-26-05");
    assert_page_has(&v, "/reports/IA-26-05/report.docx");
    visitor_opens(&v, "/reports/IA-26-05/report.odt");
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void a_draft_is_for_those_who_write_it(void **state)
{
    Audits *a = *state;
    a_drafted_report(a);
    Visitor v = cleo_visits(a);

    visitor_opens(&v, "/reports/IA-26-05");
    assert_answered(&v, 404);
    visitor_opens(&v, "/reports/IA-26-05/report.pdf");
    assert_answered(&v, 404);
    visitor_opens(&v, "/reports/IA-26-05/report.docx");
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void a_draft_names_the_parts_that_are_empty(void **state)
{
    Audits *a = *state;
    a_drafted_report(a);
    audits_must(a, a->elias, &report_type, "edit", "IA-26-05", "{'criteria_met':''}");
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "apm"); /* Elias Brandt, its author */

    visitor_opens(&v, "/audits/IA-26-05/audit-report");

    assert_page_has(&v, "9 of 11");
    assert_page_has(&v, "2 parts are empty");
    assert_page_has(&v, "/reports/IA-26-05/edit#field-conclusions");
    assert_page_has(&v, "draft, not issued");
    visitor_leaves(&v);
}

static void without_a_report_the_page_says_how_it_begins(void **state)
{
    Audits *a = *state;
    an_audit_with_findings(a);
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "apm");

    visitor_opens(&v, "/audits/IA-26-05/audit-report");

    assert_page_has(&v, "There is no report yet");
    assert_page_has(&v, "/reports/new?audit=IA-26-05&amp;author=p-apm");
    visitor_leaves(&v);
}

static void an_amendment_and_its_forerunner_lead_to_each_other(void **state)
{
    Audits *a = *state;
    an_issued_report(a);
    audits_must(a, a->elias, &report_type, "amend", "IA-26-05", "{'reason':'A number was wrong'}");
    audits_must(a, a->elias, &report_type, "submit", "IA-26-05A", "");
    audits_must(a, a->ingrid, &report_type, "issue-amendment", "IA-26-05A", "");
    Visitor v = cleo_visits(a);

    visitor_opens(&v, "/audits/IA-26-05/audit-report");
    assert_page_has(&v, "IA-26-05A");
    assert_page_has(&v, "href=\"/reports/IA-26-05\"");
    assert_page_has(&v, "A number was wrong");
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS_ON(sqlite, an_issued_report_is_read_at_its_audit),
        IN_AUDITS_ON(sqlite, a_report_has_an_address_of_its_own),
        IN_AUDITS_ON(sqlite, the_file_is_a_pdf_with_a_name),
        IN_AUDITS_ON(sqlite, every_form_is_a_link_and_a_file),
        IN_AUDITS_ON(sqlite, a_draft_is_for_those_who_write_it),
        IN_AUDITS_ON(sqlite, a_draft_names_the_parts_that_are_empty),
        IN_AUDITS_ON(sqlite, without_a_report_the_page_says_how_it_begins),
        IN_AUDITS_ON(sqlite, an_amendment_and_its_forerunner_lead_to_each_other),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
