/* SPDX-License-Identifier: Apache-2.0
 * The report of an audit, from its first draft to the file that is given away: what the records know is in it, what is
 * judgement stays the author's, and what was issued can be made again byte by byte. */
#include "../paper/pdf_tools.h"
#include "../support/world_report.h"

#include <unistd.h>

#include "audit/report.h"
#include "audit/report_draft.h"
#include "audit/request.h"
#include "catalogue.h"
#include "exchange/audit_report.h"
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
        "Coverage",
        "Parts not covered",
        "Sampling",
        "An audit samples",
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
        IN_AUDITS_ON(sqlite, hostile_texts_stay_texts),
    };
    Arena *arena     = arena_open((size_t)1 << 20);
    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);

    arena_close(arena);
    return failed;
}
