/* SPDX-License-Identifier: Apache-2.0
 * Answering a request for evidence through a link, without an account: what the link shows, what it takes, when it
 * ends. */
#include "../support/world_audit.h"
#include "audit/evidence.h"
#include "audit/request_link.h"
#include "catalogue.h"
#include "org/session.h"
#include "record/row.h"
#include "visitor.h"

/* ER-26-1 of Noor's to Jonas, and the address of a link to it. */
static const char *a_link(Audits *a)
{
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->noor, &evidence_request_type, "create", "",
                "{'audit':'IA-26-05','text':'List of leavers since June','asked_of':'p-it','due':'2026-11-16'}");
    audits_must(a, a->noor, &evidence_request_type, "make-link", "ER-26-1", "{'until':'2026-11-20'}");
    Str address = a->h->got.shown_once;
    assert_int_equal(address.len, strlen(LINK_ADDRESS) + LINK_SECRET_LETTERS);
    return str_to_c(a->h->t->arena, address);
}

static EvidenceRequest the_request(Audits *a)
{
    TestStore *t  = a->h->t;
    Caller caller = { .app = a->h->app, .arena = t->arena, .is_system = true, .door = "job" };
    EvidenceRequest request;
    Call *call;
    bool found;

    must(t, call_open(&caller, CALL_READ, &call, &t->err));
    must(t, record_find(call, &evidence_request_type, STR("ER-26-1"), &request, &found, &t->err));
    call_end(call);
    assert_true(found);
    return request;
}

static void a_link_shows_its_request_and_nothing_else(void **state)
{
    Audits *a        = *state;
    const char *link = a_link(a);
    Visitor v        = visitor_at(a->h);

    visitor_opens(&v, link);

    assert_answered(&v, 200);
    assert_page_has(&v, "List of leavers since June");
    assert_page_has(&v, "Noor Haddad");
    assert_page_has(&v, "16 Nov 2026");
    assert_page_lacks(&v, "IA-26-05");
    assert_page_lacks(&v, "ER-26-1");
    assert_page_lacks(&v, "Jonas");
    assert_page_lacks(&v, "href=\"/audits");
    visitor_leaves(&v);
}

static void only_the_hash_of_a_link_is_kept(void **state)
{
    Audits *a        = *state;
    const char *link = a_link(a);

    Hash hash = hash_of(str_from_c(link + strlen(LINK_ADDRESS)));
    check_str(the_request(a).link_hash, str_to_c(a->h->t->arena, hash_to_hex(a->h->t->arena, &hash)));
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "au1");
    visitor_opens(&v, "/evidence-requests/ER-26-1/history");
    assert_page_lacks(&v, link + strlen(LINK_ADDRESS));
    assert_page_lacks(&v, str_to_c(v.arena, the_request(a).link_hash));
    visitor_leaves(&v);
}

static void an_answer_with_files_becomes_evidence(void **state)
{
    static const HttpFile files[] = {
        { STR_INIT("files"), STR_INIT("../../etc/passwd\xe2\x80\xaegpj.exe"), STR_INIT("image/png"),
          STR_INIT("list one") },
        { STR_INIT("photo"), STR_INIT("<b>.jpg"), STR_INIT("image/jpeg"), STR_INIT("list two") },
    };
    Audits *a        = *state;
    const char *link = a_link(a);
    Visitor v        = visitor_at(a->h);

    visitor_uploads(&v, link, "name=Pia+Lang&answer=Here+they+are&fact_date=2026-11-08&key=k1", files, countof(files));
    assert_answered(&v, 303);
    visitor_follows(&v);
    assert_page_has(&v, "Your answer is here");
    assert_page_has(&v, "Pia Lang");
    assert_page_has(&v, "2 items of evidence");

    EvidenceRequest request = the_request(a);
    assert_int_equal(request.head.state, REQUEST_SUBMITTED);
    check_str(request.answered_by, "Pia Lang");
    check_str(request.answer, "Here they are");
    assert_int_equal(request.evidence.len, 2);
    Evidence item;
    house_load(a->h, &evidence_type, request.evidence.at[0], &item);
    check_str(item.file_name, "../../etc/passwd\\u202egpj.exe");
    assert_true(id_eq(item.source, a->jonas));
    assert_true(id_eq(item.obtained_by, a->noor));
    assert_true(str_has(item.reliability, STR("Pia Lang")));
    assert_int_equal(item.file_size.value, 8);
    visitor_leaves(&v);
}

static void a_form_that_says_too_little_comes_back(void **state)
{
    static const HttpFile file = { STR_INIT("files"), STR_INIT("a.txt"), STR_INIT(""), STR_INIT("x") };
    Audits *a                  = *state;
    const char *link           = a_link(a);
    Visitor v                  = visitor_at(a->h);

    visitor_sends(&v, link, "name=&answer=");
    assert_answered(&v, 422);
    assert_page_has(&v, "Say who you are.");
    assert_page_has(&v, "Write an answer, or choose a file.");
    visitor_uploads(&v, link, "name=Pia&answer=My+words", &file, 1);
    assert_answered(&v, 422);
    assert_page_has(&v, "say below why there is none");
    assert_page_has(&v, "My words");
    visitor_sends(&v, link, "name=Pia&answer=x&fact_date=2026-12-24");
    assert_int_equal(the_request(a).head.state, REQUEST_SUBMITTED); /* without a file the day says nothing */
    visitor_leaves(&v);
}

static void a_returned_answer_says_why_and_is_answered_again(void **state)
{
    Audits *a        = *state;
    const char *link = a_link(a);
    Visitor v        = visitor_at(a->h);
    visitor_sends(&v, link, "name=Pia&answer=None");

    visitor_sends(&v, link, "name=Pia&answer=Twice&key=other");
    assert_answered(&v, 409);
    check_str(the_request(a).answer, "None");

    audits_must(a, a->noor, &evidence_request_type, "return", "ER-26-1", "{'reason':'There were four in August'}");
    visitor_opens(&v, link);
    assert_page_has(&v, "There were four in August");
    visitor_sends(&v, link, "name=Pia&answer=Four");
    assert_answered(&v, 303);
    check_str(the_request(a).answer, "Four");
    visitor_leaves(&v);
}

static void a_link_ends(void **state)
{
    Audits *a        = *state;
    const char *link = a_link(a);
    Visitor v        = visitor_at(a->h);

    audits_must(a, a->noor, &evidence_request_type, "make-link", "ER-26-1", "{}");
    visitor_opens(&v, link);
    assert_answered(&v, 404);

    const char *second = str_to_c(a->h->t->arena, a->h->got.shown_once);
    visitor_opens(&v, second);
    assert_answered(&v, 200);
    audits_on(a, "2026-11-24");
    visitor_opens(&v, second);
    assert_answered(&v, 404);
    assert_page_has(&v, "does not lead anywhere");

    audits_must(a, a->noor, &evidence_request_type, "make-link", "ER-26-1", "{}");
    const char *third = str_to_c(a->h->t->arena, a->h->got.shown_once);
    audits_must(a, a->noor, &evidence_request_type, "end-link", "ER-26-1", "");
    visitor_opens(&v, third);
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void a_link_ends_with_its_request(void **state)
{
    Audits *a        = *state;
    const char *link = a_link(a);
    Visitor v        = visitor_at(a->h);

    audits_must(a, a->noor, &evidence_request_type, "not-received", "ER-26-1", "{'reason':'Nobody answered'}");
    visitor_opens(&v, link);
    assert_answered(&v, 404);
    visitor_leaves(&v);
}

static void links_are_made_by_those_who_ask_for_a_while(void **state)
{
    Audits *a = *state;
    (void)a_link(a);

    assert_int_equal(audits_try(a, a->jonas, &evidence_request_type, "make-link", "ER-26-1", "{}")->kind,
                     OUTCOME_FORBIDDEN);
    assert_invalid(audits_try(a, a->noor, &evidence_request_type, "make-link", "ER-26-1", "{'until':'2027-02-01'}"),
                   "until");
    assert_invalid(audits_try(a, a->noor, &evidence_request_type, "make-link", "ER-26-1", "{'until':'2026-11-01'}"),
                   "until");
    assert_int_equal(audits_try(a, a->jonas, &evidence_request_type, "answer", "ER-26-1", "{'name':'x'}")->kind,
                     OUTCOME_REFUSED);
}

static void guessing_links_is_held_up(void **state)
{
    Audits *a        = *state;
    const char *link = a_link(a);
    Visitor v        = visitor_at(a->h);

    for (int i = 0; i < SIGN_IN_TRIES_ADDRESS; i++) {
        visitor_opens(&v, "/answer/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assert_answered(&v, 404);
    }
    visitor_opens(&v, link);
    assert_answered(&v, 429);
    visitor_leaves(&v);
}

static void files_are_taken_only_with_a_link_that_works(void **state)
{
    static const HttpFile file = { STR_INIT("files"), STR_INIT("a.txt"), STR_INIT(""), STR_INIT("x") };
    Audits *a                  = *state;
    const char *link           = a_link(a);
    Visitor v                  = visitor_at(a->h);

    visitor_uploads(&v, "/answer/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "name=Pia", &file, 1);
    assert_answered(&v, 404);
    v.is_foreign = true;
    visitor_uploads(&v, link, "name=Pia&fact_date=2026-11-08", &file, 1);
    assert_answered(&v, 403);
    assert_int_equal(the_request(a).head.state, REQUEST_OPEN);
    visitor_leaves(&v);
}

static void the_new_link_stands_with_its_place(void **state)
{
    Audits *a = *state;
    (void)a_link(a);
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, "au1");

    visitor_sends(&v, "/evidence-requests/ER-26-1/make-link", "until=2026-11-20");

    assert_answered(&v, 200);
    assert_page_has(&v, "http://127.0.0.1:8440/answer/");
    visitor_leaves(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(a_link_shows_its_request_and_nothing_else),
        IN_AUDITS(only_the_hash_of_a_link_is_kept),
        IN_AUDITS(an_answer_with_files_becomes_evidence),
        IN_AUDITS(a_form_that_says_too_little_comes_back),
        IN_AUDITS(a_returned_answer_says_why_and_is_answered_again),
        IN_AUDITS(a_link_ends),
        IN_AUDITS(a_link_ends_with_its_request),
        IN_AUDITS(links_are_made_by_those_who_ask_for_a_while),
        IN_AUDITS(guessing_links_is_held_up),
        IN_AUDITS(files_are_taken_only_with_a_link_that_works),
        IN_AUDITS(the_new_link_stands_with_its_place),
    };
    Arena *arena = arena_open((size_t)1 << 20);

    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);
    arena_close(arena);
    return failed;
}
