/* SPDX-License-Identifier: Apache-2.0
 * Evidence in the browser: what its page shows, how its content is given out, and what is written down of that. */
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../support/world_audit.h"
#include "audit/custody.h"
#include "audit/evidence.h"
#include "catalogue.h"
#include "record/row.h"
#include "store/files.h"
#include "visitor.h"

/* EV-001 of Noor's in IA-26-05 with these bytes. */
static void an_item(Audits *a, Str bytes, const char *name, const char *type)
{
    TestStore *t = a->h->t;
    Hash hash;

    an_audit(a, AUDIT_FIELDWORK);
    must(t, file_put(a->h->app->store, t->arena, bytes, &hash, &t->err));
    Str json = str_fmt(t->arena,
                       "{'number':'EV-001','title':'Export','kind':'data_extract','audit':'IA-26-05',"
                       "'fact_date':'2026-11-09','file':'%.*s','file_name':'%s','file_type':'%s','file_size':%zu}",
                       STR_ARG(hash_to_hex(t->arena, &hash)), name, type, bytes.len);
    audits_must(a, a->noor, &evidence_type, "create", "", str_to_c(t->arena, json));
}

static Visitor visits(Audits *a, const char *login)
{
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, login);
    return v;
}

/* The bytes of the file that was answered with. */
static Str file_of(Visitor *v)
{
    assert_true(v->response.has_file);
    char *bytes = arena_array(v->arena, char, (size_t)v->response.file_size + 1);
    assert_int_equal(pread(v->response.file, bytes, (size_t)v->response.file_size, 0), v->response.file_size);
    close(v->response.file);
    return (Str){ bytes, (size_t)v->response.file_size };
}

static CustodyEntryList custody(Audits *a)
{
    TestStore *t          = a->h->t;
    Caller caller         = { .app = a->h->app, .arena = t->arena, .is_system = true, .door = "job" };
    CustodyEntryList list = { 0 };
    Call *call;

    must(t, call_open(&caller, CALL_READ, &call, &t->err));
    must(t, record_list(call, &custody_entry_type, &list, STR("audit > 0 ORDER BY id"), (Binds){ 0 }, &t->err));
    call_end(call);
    return list;
}

/* ---- the custody log ---- */

static void a_download_is_written_down_before_it_leaves(void **state)
{
    Audits *a = *state;
    an_item(a, STR("a,b\n1,2\n"), "export.csv", "text/csv");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001/files/file");

    assert_answered(&v, 200);
    assert_true(str_eq(file_of(&v), STR("a,b\n1,2\n")));
    CustodyEntryList log = custody(a);
    assert_int_equal(log.len, 1);
    assert_true(id_eq(log.at[0].person, a->elias));
    assert_true(id_eq(log.at[0].head.created_by, a->elias));
    assert_int_equal(log.at[0].use, CUSTODY_DOWNLOAD);
    assert_true(str_eq_c(log.at[0].door, "web"));
    assert_int_equal(log.at[0].sha256.len, 64);
    visitor_leaves(&v);
}

static void the_log_is_shown_to_those_who_answer_for_the_item(void **state)
{
    Audits *a = *state;
    an_item(a, STR("a,b\n"), "export.csv", "text/csv");
    Visitor v = visits(a, "apm");
    visitor_opens(&v, "/evidence/EV-001/files/file");
    (void)file_of(&v);

    visitor_opens(&v, "/evidence/EV-001");

    assert_page_has(&v, "Custody log");
    assert_page_has(&v, "Downloaded");
    assert_page_has(&v, "Elias Brandt");
    visitor_leaves(&v);
}

static void nobody_writes_the_log_but_the_program(void **state)
{
    Audits *a = *state;
    an_item(a, STR("a,b\n"), "export.csv", "text/csv");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/custody-entries/new?evidence=EV-001");
    assert_answered(&v, 404);
    assert_int_equal(audits_try(a, a->elias, &custody_entry_type, "create", "",
                                "{'evidence':'EV-001','at':'2026-11-09T10:00:00Z','person':'p-apm','use':'view'}")
                         ->kind,
                     OUTCOME_REFUSED);
    assert_int_equal(custody(a).len, 0);
    visitor_leaves(&v);
}

static void what_cannot_be_written_down_is_not_given(void **state)
{
    Audits *a = *state;
    an_item(a, STR("a,b\n"), "export.csv", "text/csv");
    Visitor v = visits(a, "apm");

    a->h->app->read_only = true;
    visitor_opens(&v, "/evidence/EV-001/files/file");
    a->h->app->read_only = false;

    assert_answered(&v, 403);
    assert_false(v.response.has_file);
    assert_int_equal(custody(a).len, 0);
    visitor_leaves(&v);
}

static void what_was_withdrawn_is_not_given(void **state)
{
    Audits *a = *state;
    an_item(a, STR("a,b\n"), "export.csv", "text/csv");
    audits_must(a, a->noor, &evidence_type, "ask-withdrawal", "EV-001", "{'reason':'Names of patients'}");
    audits_must(a, a->elias, &evidence_type, "withdraw", "EV-001", "{'why':'Privacy'}");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001/files/file");

    assert_answered(&v, 403);
    assert_page_has(&v, "withdrawn");
    assert_int_equal(custody(a).len, 0);
    visitor_leaves(&v);
}

static void a_file_that_was_changed_on_disk_is_not_given(void **state)
{
    Audits *a = *state;
    an_item(a, STR("a,b\n"), "export.csv", "text/csv");
    Arena *arena = a->h->t->arena;
    Hash hash    = hash_of(STR("a,b\n"));
    Str hex      = hash_to_hex(arena, &hash);
    Str path = str_fmt(arena, "%.*s/files/%.2s/%.*s", STR_ARG(store_folder(a->h->app->store)), hex.ptr, STR_ARG(hex));
    assert_int_equal(chmod(str_to_c(arena, path), 0600), 0);
    FILE *file = fopen(str_to_c(arena, path), "wb");
    assert_non_null(file);
    assert_int_equal(fputs("a,c\n", file) >= 0 && fclose(file) == 0, 1);
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001/files/file");

    assert_answered(&v, 403);
    assert_page_has(&v, "not what was stored");
    assert_int_equal(custody(a).len, 0);
    visitor_leaves(&v);
}

/* ---- content in the page ---- */

static void content_is_shown_when_asked_for_and_written_down(void **state)
{
    Audits *a = *state;
    an_item(a, STR("id,title\n1,<b>bold</b>\n"), "export.csv", "text/html");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001");
    assert_page_lacks(&v, "bold");
    assert_page_has(&v, "Show content");
    assert_int_equal(custody(a).len, 0);

    visitor_opens(&v, "/evidence/EV-001?show=content");
    assert_page_has(&v, "&lt;b&gt;bold&lt;/b&gt;");
    assert_page_has(&v, "Shown on a page");
    assert_int_equal(custody(a).len, 1);
    assert_int_equal(custody(a).at[0].use, CUSTODY_VIEW);
    visitor_leaves(&v);
}

static void a_mail_is_shown_with_its_heads(void **state)
{
    Audits *a = *state;
    an_item(a, STR("From: Jonas\r\nSubject: List\r\n\r\nHere it is\x1b[0m\r\n"), "answer.eml", "message/rfc822");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001?show=content");

    assert_page_has(&v, "<dt>Subject</dt>");
    assert_page_has(&v, "Here it is\\x1b[0m");
    visitor_leaves(&v);
}

static void html_and_svg_are_shown_as_their_source(void **state)
{
    static const char active[] = "<svg onload=\"window.__x=1\"><script>window.__x=1</script></svg>";
    Audits *a                  = *state;
    an_item(a, str_from_c(active), "script.svg", "image/svg+xml");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001?show=content");
    assert_page_has(&v, "&lt;script&gt;");
    assert_page_lacks(&v, "<script>window");
    visitor_opens(&v, "/evidence/EV-001/content");
    assert_answered(&v, 404);
    visitor_opens(&v, "/evidence/EV-001/files/file");
    check_str(v.response.type, "application/octet-stream");
    assert_true(str_starts(http_field(&v.response.headers, "Content-Disposition"), STR("attachment")));
    (void)file_of(&v);
    visitor_leaves(&v);
}

static void a_picture_is_sent_as_what_it_is_and_can_do_nothing(void **state)
{
    static const char picture[] = "GIF89a\x0a\0\x0a\0<script>window.__x=1</script>";
    Audits *a                   = *state;
    an_item(a, (Str){ picture, sizeof picture - 1 }, "page.html", "text/html");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001?show=content");
    assert_page_has(&v, "<img class=\"content\" src=\"/evidence/EV-001/content\"");
    assert_int_equal(custody(a).len, 0);

    visitor_opens(&v, "/evidence/EV-001/content");
    assert_answered(&v, 200);
    check_str(v.response.type, "image/gif");
    assert_true(str_has(v.response.policy, STR("sandbox")));
    assert_true(str_starts(http_field(&v.response.headers, "Content-Disposition"), STR("attachment")));
    assert_int_equal(v.response.cache.len, 0);
    (void)file_of(&v);
    assert_int_equal(custody(a).len, 1);
    visitor_leaves(&v);
}

static void a_document_stands_in_a_frame_of_ours_only(void **state)
{
    Audits *a = *state;
    an_item(a, STR("%PDF-1.7\n"), "report.pdf", "application/pdf");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001?show=content");
    assert_page_has(&v, "<iframe class=\"content\" src=\"/evidence/EV-001/content\"");
    assert_true(str_has(v.response.policy, STR("frame-src 'self'")));

    visitor_opens(&v, "/evidence/EV-001/content");
    check_str(v.response.type, "application/pdf");
    assert_true(str_has(v.response.policy, STR("default-src 'none'")));
    assert_true(str_has(v.response.policy, STR("frame-ancestors 'self'")));
    (void)file_of(&v);
    visitor_leaves(&v);
}

static void what_is_not_shown_says_why(void **state)
{
    Audits *a = *state;
    an_item(a, STR("PK\x03\x04\xff\xff"), "list.xlsx", "");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001?show=content");

    assert_page_has(&v, "Files of this kind are not shown here");
    assert_page_has(&v, "/evidence/EV-001/files/file");
    assert_int_equal(custody(a).len, 0);
    visitor_leaves(&v);
}

static void whoever_may_not_see_the_item_gets_nothing_of_it(void **state)
{
    Audits *a = *state;
    an_item(a, STR("GIF89a\x0a"), "a.gif", "");
    Visitor v = visits(a, "eng");

    visitor_opens(&v, "/evidence/EV-001?show=content");
    assert_answered(&v, 404);
    visitor_opens(&v, "/evidence/EV-001/content");
    assert_answered(&v, 404);
    assert_int_equal(custody(a).len, 0);
    visitor_leaves(&v);
}

/* ---- age ---- */

static void old_evidence_says_how_old_it_is(void **state)
{
    Audits *a = *state;
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->noor, &evidence_type, "create", "",
                "{'number':'EV-001','title':'Export','kind':'record','audit':'IA-26-05','fact_date':'2025-10-01'}");
    audits_must(
        a, a->noor, &evidence_type, "create", "",
        "{'number':'EV-002','title':'Screen','kind':'record','audit':'IA-26-05','undated_reason':'None shown'}");
    Visitor v = visits(a, "apm");

    visitor_opens(&v, "/evidence/EV-001");
    assert_page_has(&v, "It is 404 days old");
    assert_page_lacks(&v, "Show content");
    visitor_opens(&v, "/evidence/EV-002");
    assert_page_has(&v, "Nobody said of which day it speaks");
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_download_is_written_down_before_it_leaves),
        IN_AUDITS(the_log_is_shown_to_those_who_answer_for_the_item),
        IN_AUDITS(nobody_writes_the_log_but_the_program),
        IN_AUDITS(what_cannot_be_written_down_is_not_given),
        IN_AUDITS(what_was_withdrawn_is_not_given),
        IN_AUDITS(a_file_that_was_changed_on_disk_is_not_given),
        IN_AUDITS(content_is_shown_when_asked_for_and_written_down),
        IN_AUDITS(a_mail_is_shown_with_its_heads),
        IN_AUDITS(html_and_svg_are_shown_as_their_source),
        IN_AUDITS(a_picture_is_sent_as_what_it_is_and_can_do_nothing),
        IN_AUDITS(a_document_stands_in_a_frame_of_ours_only),
        IN_AUDITS(what_is_not_shown_says_why),
        IN_AUDITS(whoever_may_not_see_the_item_gets_nothing_of_it),
        IN_AUDITS(old_evidence_says_how_old_it_is),
    };
    Arena *arena = arena_open((size_t)1 << 20);

    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);
    arena_close(arena);
    return failed;
}
