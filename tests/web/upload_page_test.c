/* SPDX-License-Identifier: Apache-2.0
 * Many files at once as evidence: whole with the form, or in pieces over a line that breaks. */
#include "../support/world_audit.h"
#include "audit/evidence.h"
#include "audit/request_link.h"
#include "catalogue.h"
#include "record/row.h"
#include "store/file_part.h"
#include "visitor.h"

#define ID "0123456789abcdef0123456789abcdef"

static Visitor visits(Audits *a, const char *login)
{
    Visitor v = visitor_at(a->h);
    visitor_signs_in(&v, login);
    return v;
}

static EvidenceList evidence(Audits *a)
{
    TestStore *t      = a->h->t;
    Caller caller     = { .app = a->h->app, .arena = t->arena, .is_system = true, .door = "job" };
    EvidenceList list = { 0 };
    Call *call;

    must(t, call_open(&caller, CALL_READ, &call, &t->err));
    must(t, record_list(call, &evidence_type, &list, STR("id > 0 ORDER BY id"), (Binds){ 0 }, &t->err));
    call_end(call);
    return list;
}

static HttpFile file_of(const char *name, Str bytes)
{
    return (HttpFile){ STR("files"), str_from_c(name), STR("text/plain"), bytes };
}

static Str the_hash(Audits *a, Str bytes)
{
    Hash hash = hash_of(bytes);
    return hash_to_hex(a->h->t->arena, &hash);
}

/* ---- whole ---- */

static void each_file_becomes_an_item_of_its_own(void **state)
{
    Audits *a              = *state;
    const HttpFile files[] = { file_of("one.txt", STR("first")), file_of("two.txt", STR("second")) };
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "au1");

    visitor_opens(&v, "/evidence/upload?audit=IA-26-05");
    assert_answered(&v, 200);
    assert_page_has(&v, "multiple");
    assert_page_has(&v, "capture=\"environment\"");
    assert_page_has(&v, "<pl-upload to=\"/uploads\"");
    visitor_uploads(&v, "/evidence/upload", "audit=IA-26-05&fact_date=2026-11-08&classification=internal&key=k", files,
                    2);
    assert_answered(&v, 303);

    EvidenceList made = evidence(a);
    assert_int_equal(made.len, 2);
    check_str(made.at[0].title, "one.txt");
    assert_int_equal(made.at[0].kind, EVIDENCE_DOCUMENT);
    check_str(made.at[1].classification, "internal");
    assert_true(str_eq(made.at[1].file, the_hash(a, STR("second"))));
    assert_true(id_eq(made.at[0].obtained_by, a->noor));
    visitor_uploads(&v, "/evidence/upload", "audit=IA-26-05&fact_date=2026-11-08&classification=internal&key=k", files,
                    2);
    assert_int_equal(evidence(a).len, 2); /* sent twice, done once */
    visitor_leaves(&v);
}

static void all_files_are_taken_or_none(void **state)
{
    Audits *a              = *state;
    const HttpFile files[] = { file_of("one.txt", STR("first")), file_of("two.txt", STR("second")) };
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "au1");

    visitor_uploads(&v, "/evidence/upload", "audit=IA-26-05&key=k", files, 2);
    assert_answered(&v, 409);
    assert_page_has(&v, "day of the fact");
    visitor_uploads(&v, "/evidence/upload", "audit=IA-26-05&fact_date=2027-01-01&key=k2", files, 2);
    assert_answered(&v, 422);
    assert_page_has(&v, "Choose a day that has come.");
    visitor_sends(&v, "/evidence/upload", "audit=IA-26-05&fact_date=2026-11-08");
    assert_answered(&v, 422);
    assert_int_equal(evidence(a).len, 0);
    visitor_leaves(&v);
}

/* ---- in pieces ---- */

static void a_file_goes_on_where_the_line_broke(void **state)
{
    Audits *a         = *state;
    HttpFile whole[2] = { file_of("piece", STR("0123")), file_of("piece", STR("456789")) };
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "au1");

    visitor_opens(&v, "/uploads?id=" ID);
    check_str(v.page, "{\"at\": 0}");
    visitor_is_cut(&v, "/uploads?id=" ID "&at=0", &whole[0]);
    visitor_opens(&v, "/uploads?id=" ID);
    check_str(v.page, "{\"at\": 4}");
    visitor_uploads(&v, "/uploads?id=" ID "&at=2", "", &whole[1], 1);
    assert_answered(&v, 409);
    check_str(v.page, "{\"at\": 4}");
    visitor_uploads(&v, "/uploads?id=" ID "&at=4", "", &whole[1], 1);
    assert_answered(&v, 200);
    check_str(v.page, "{\"at\": 10}");

    visitor_sends(&v, "/evidence/upload",
                  "audit=IA-26-05&undated_reason=&piece=" ID "&piece_name=log.txt&piece_type=text/plain"
                  "&piece_title=Log+of+October&piece_date=2026-10-31");
    assert_answered(&v, 303);
    EvidenceList made = evidence(a);
    assert_int_equal(made.len, 1);
    check_str(made.at[0].title, "Log of October");
    assert_true(date_eq(made.at[0].fact_date, day("2026-10-31")));
    assert_true(str_eq(made.at[0].file, the_hash(a, STR("0123456789"))));
    assert_int_equal(made.at[0].file_size.value, 10);
    visitor_opens(&v, "/uploads?id=" ID);
    check_str(v.page, "{\"at\": 0}");
    visitor_leaves(&v);
}

static void a_refused_form_still_names_its_pieces(void **state)
{
    Audits *a     = *state;
    HttpFile file = file_of("piece", STR("bytes"));
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "au1");
    visitor_uploads(&v, "/uploads?id=" ID "&at=0", "", &file, 1);

    visitor_sends(&v, "/evidence/upload", "audit=IA-26-05&piece=" ID "&piece_name=log.txt");
    assert_answered(&v, 409);
    check_str(page_value(&v, "piece"), ID);
    visitor_sends(&v, "/evidence/upload", "audit=IA-26-05&fact_date=2026-11-08&piece=" ID "&piece_name=log.txt");
    assert_answered(&v, 303);
    assert_int_equal(evidence(a).len, 1);
    visitor_leaves(&v);
}

static void nobody_names_the_pieces_of_somebody_else(void **state)
{
    Audits *a     = *state;
    HttpFile file = file_of("piece", STR("bytes"));
    an_audit(a, AUDIT_FIELDWORK);
    Visitor noor = visits(a, "au1"), elias = visits(a, "apm");
    visitor_uploads(&noor, "/uploads?id=" ID "&at=0", "", &file, 1);

    visitor_opens(&elias, "/uploads?id=" ID);
    check_str(elias.page, "{\"at\": 0}");
    visitor_sends(&elias, "/evidence/upload", "audit=IA-26-05&fact_date=2026-11-08&piece=" ID "&piece_name=log.txt");
    assert_answered(&elias, 422);
    assert_page_has(&elias, "did not come whole");
    visitor_opens(&elias, "/uploads?id=../../../../etc/passwd");
    assert_answered(&elias, 404);
    visitor_uploads(&elias, "/uploads?id=../../../../tmp/xxxxxxxx&at=0", "", &file, 1);
    assert_answered(&elias, 404);
    assert_int_equal(evidence(a).len, 0);
    visitor_leaves(&noor);
    visitor_leaves(&elias);
}

static void pieces_come_from_our_page_only(void **state)
{
    Audits *a     = *state;
    HttpFile file = file_of("piece", STR("bytes"));
    an_audit(a, AUDIT_FIELDWORK);
    Visitor v = visits(a, "au1");

    v.is_foreign = true;
    visitor_uploads(&v, "/uploads?id=" ID "&at=0", "", &file, 1);
    assert_answered(&v, 403);
    visitor_opens(&v, "/uploads?id=" ID);
    check_str(v.page, "{\"at\": 0}");
    visitor_leaves(&v);
}

/* ---- answering a request ---- */

static void a_request(Audits *a)
{
    an_audit(a, AUDIT_FIELDWORK);
    audits_must(a, a->noor, &evidence_request_type, "create", "",
                "{'audit':'IA-26-05','text':'List of leavers','asked_of':'p-eng','due':'2026-11-16'}");
}

static void whoever_is_asked_answers_with_files(void **state)
{
    Audits *a     = *state;
    HttpFile file = file_of("leavers.csv", STR("a,b\n"));
    a_request(a);
    Visitor v = visits(a, "eng"); /* she sees nothing else of the audit */

    visitor_opens(&v, "/evidence-requests/ER-26-1");
    assert_page_has(&v, "This is asked of you");
    assert_page_has(&v, "Reminders");
    assert_page_has(&v, "23 Nov 2026, to the person asked and the manager");
    visitor_opens(&v, "/evidence/upload?request=ER-26-1");
    assert_page_has(&v, "List of leavers");
    visitor_uploads(&v, "/evidence/upload", "request=ER-26-1&answer=All+of+them&fact_date=2026-11-08", &file, 1);
    assert_answered(&v, 303);
    visitor_follows(&v);
    assert_page_has(&v, "Submitted");
    assert_page_has(&v, "All of them");
    assert_int_equal(evidence(a).len, 1);
    assert_true(id_eq(evidence(a).at[0].source, a->priya));
    visitor_leaves(&v);
}

static void a_link_takes_pieces_of_its_own(void **state)
{
    Audits *a     = *state;
    HttpFile file = file_of("piece", STR("bytes"));
    Visitor v     = visitor_at(a->h);
    a_request(a);
    audits_must(a, a->noor, &evidence_request_type, "make-link", "ER-26-1", "{}");
    const char *link = str_to_c(v.arena, a->h->got.shown_once);
    const char *up   = str_to_c(v.arena, str_fmt(v.arena, "%s/uploads?id=" ID, link));

    visitor_opens(&v, link);
    assert_page_has(&v, "<pl-upload to=\"/answer/");
    visitor_uploads(&v, str_to_c(v.arena, str_fmt(v.arena, "%s&at=0", up)), "", &file, 1);
    assert_answered(&v, 200);
    visitor_opens(&v, up);
    check_str(v.page, "{\"at\": 5}");
    visitor_opens(&v, "/uploads?id=" ID);
    assert_answered(&v, 303);
    visitor_sends(&v, link, "name=Pia&fact_date=2026-11-08&piece=" ID "&piece_name=leavers.csv");
    assert_answered(&v, 303);
    assert_int_equal(evidence(a).len, 1);
    check_str(evidence(a).at[0].file_name, "leavers.csv");
    visitor_leaves(&v);
}

/* ---- pieces that nobody went on with ---- */

static void old_parts_are_swept(void **state)
{
    Audits *a    = *state;
    TestStore *t = a->h->t;
    Store *store = a->h->app->store;
    FilePart *part;
    PartState is;
    int64_t size;

    must(t, file_part_open(store, t->arena, STR("p1-abc"), 0, &is, &part, &t->err));
    assert_int_equal(is, PART_TAKES);
    must(t, file_part_add(part, STR("half"), &t->err));
    PartState second;
    FilePart *other;
    must(t, file_part_open(store, t->arena, STR("p1-abc"), 4, &second, &other, &t->err));
    assert_int_equal(second, PART_BUSY);
    file_part_close(part);
    must(t, file_parts_sweep(store, t->arena, (Time){ 0 }, &t->err));
    must(t, file_part_size(store, t->arena, STR("p1-abc"), &size, &t->err));
    assert_int_equal(size, 4);
    must(t, file_parts_sweep(store, t->arena, (Time){ INT64_MAX / 2 }, &t->err));
    must(t, file_part_size(store, t->arena, STR("p1-abc"), &size, &t->err));
    assert_int_equal(size, 0);
    assert_false(part_key_is_good(STR("../x")) || part_key_is_good(STR("")) || part_key_is_good(STR("a.b")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_AUDITS(each_file_becomes_an_item_of_its_own),
        IN_AUDITS(all_files_are_taken_or_none),
        IN_AUDITS(a_file_goes_on_where_the_line_broke),
        IN_AUDITS(a_refused_form_still_names_its_pieces),
        IN_AUDITS(nobody_names_the_pieces_of_somebody_else),
        IN_AUDITS(pieces_come_from_our_page_only),
        IN_AUDITS(whoever_is_asked_answers_with_files),
        IN_AUDITS(a_link_takes_pieces_of_its_own),
        IN_AUDITS(old_parts_are_swept),
    };
    Arena *arena = arena_open((size_t)1 << 20);

    audits_catalogue = catalogue_open(arena);
    int failed       = cmocka_run_group_tests(tests, engines_start, engines_stop);
    arena_close(arena);
    return failed;
}
