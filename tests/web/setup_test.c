/* SPDX-License-Identifier: Apache-2.0
 * The first minutes: an empty store is set up once, by whoever has its whole address, and files find their way in. */
#include <stdlib.h>

#include "org/directory.h"
#include "visitor.h"

typedef struct {
    TestStore *t;
    House house; /* an App without anybody in it */
} Empty;

static Arena *of_catalogue;

static int empty_setup(void **state)
{
    if (engines_setup(state) != 0) return -1;
    TestStore *t = *state;
    Empty *empty = calloc(1, sizeof *empty);

    empty->t     = t;
    empty->house = (House){ .t = t, .arena = arena_open((size_t)64 << 20) };
    store_close(t->store);
    t->store             = NULL;
    AppSettings settings = { .address   = t->address,
                             .folder    = t->folder,
                             .catalogue = visitor_catalogue(of_catalogue),
                             .directory = &directory,
                             .world     = &t->world };
    must(t, app_open(empty->house.arena, &settings, &empty->house.app, &t->err));
    *state = empty;
    return 0;
}

static int empty_teardown(void **state)
{
    Empty *empty = *state;
    TestStore *t = empty->t;

    app_close(empty->house.app);
    arena_close(empty->house.arena);
    free(empty);
    *state = t;
    return engines_teardown(state);
}

#define BEGIN                                                                                                          \
    "organisation=Veldane&zone=Europe/Amsterdam&person=Hannah+Okoro&login=hannah&password=three+words+nobody+joins"

static void the_first_visitor_makes_the_organisation_and_administers_it(void **state)
{
    Empty *empty = *state;
    Visitor v    = visitor_at(&empty->house);

    visitor_opens(&v, "/setup");
    assert_page_has(&v, "Time zone");
    visitor_sends(&v, "/setup", BEGIN);
    assert_answered(&v, 303);
    visitor_sends(&v, "/sign-in", "login=hannah&password=three+words+nobody+joins");
    visitor_opens(&v, "/people");

    assert_answered(&v, 200);
    assert_page_has(&v, "Hannah Okoro");
    assert_page_has(&v, "Add person");
    visitor_leaves(&v);
}

static void the_set_up_happens_once(void **state)
{
    Empty *empty = *state;
    Visitor v    = visitor_at(&empty->house);
    visitor_sends(&v, "/setup", BEGIN);

    visitor_opens(&v, "/setup");
    check_str(v.location, "/sign-in");
    visitor_sends(&v, "/setup",
                  "organisation=Evil&zone=UTC&person=Mallory&login=mallory&password=another+long+password");
    check_str(v.location, "/sign-in");
    visitor_sends(&v, "/sign-in", "login=mallory&password=another+long+password");

    assert_answered(&v, 422);
    visitor_leaves(&v);
}

static void what_is_missing_or_weak_is_said_and_nothing_is_made(void **state)
{
    Empty *empty = *state;
    Visitor v    = visitor_at(&empty->house);

    visitor_sends(&v, "/setup", "organisation=Veldane&zone=Mars/Olympus&person=&login=hannah&password=x");
    assert_answered(&v, 422);
    assert_page_has(&v, "Your name: Fill this in.");
    visitor_sends(&v, "/setup", "organisation=Veldane&zone=Mars/Olympus&person=Hannah&login=hannah&password=short");
    assert_answered(&v, 422);
    assert_page_has(&v, "value=\"Hannah\"");
    assert_page_lacks(&v, "short");
    visitor_opens(&v, "/setup");

    assert_answered(&v, 200);
    visitor_leaves(&v);
}

static void with_a_key_the_set_up_opens_only_to_its_whole_address(void **state)
{
    Empty *empty    = *state;
    Visitor v       = visitor_at(&empty->house);
    v.web.setup_key = STR("k3y");

    visitor_opens(&v, "/setup?key=guess");
    assert_answered(&v, 403);
    visitor_sends(&v, "/setup", BEGIN);
    assert_answered(&v, 403);
    visitor_opens(&v, "/setup?key=k3y");
    assert_page_has(&v, "name=\"key\" value=\"k3y\"");
    visitor_sends(&v, "/setup", "key=k3y&" BEGIN);

    assert_answered(&v, 303);
    visitor_leaves(&v);
}

/* ---- the steps behind the first ---- */

#define ANSWERS "edition=iso27001&issued=2025-03-18&body=NorthCert&top=Ingrid+Solbakken&manager=Hannah+Okoro"
#define LISTS                                                                                                          \
    "people=Name%09E-mail%09Title%0ATomasz+Wilk%09tomasz@veldane.example%09Platform+lead"                              \
    "&processes=Platform+operation,+Tomasz+Wilk,+high%0AFinance,+Ana+Teixeira"

static Visitor hannah_begins(Empty *empty)
{
    Visitor v = visitor_at(&empty->house);

    visitor_sends(&v, "/setup", BEGIN);
    check_str(v.location, "/sign-in?return=/setup/questions");
    visitor_sends(&v, "/sign-in", "login=hannah&password=three+words+nobody+joins");
    return v;
}

static void the_steps_of_the_set_up_lead_to_a_draft_of_the_programme(void **state)
{
    Visitor v = hannah_begins(*state);

    visitor_opens(&v, "/");
    assert_page_has(&v, "Answer four questions");
    visitor_sends(&v, "/setup/questions", ANSWERS);
    check_str(v.location, "/setup/people");
    visitor_sends(&v, "/setup/people", "do=write&" LISTS);
    check_str(v.location, "/setup/soa");
    visitor_opens(&v, "/setup/programme");
    assert_page_has(&v, "value=\"Audit programme 2025 to 2028\"");
    assert_page_has(&v, "value=\"2028-03-17\"");
    visitor_sends(&v, "/setup/programme", "title=Ours&from=2026-03-18&to=2028-03-17");
    visitor_follows(&v);

    assert_answered(&v, 200);
    assert_page_has(&v, "Ours");
    visitor_opens(&v, "/programme-lines");
    assert_page_has(&v, "Technological controls");
    assert_page_has(&v, "Management system, clauses 4 to 10");
    visitor_opens(&v, "/");
    assert_page_lacks(&v, "Answer four questions");
    assert_page_has(&v, "Say which controls apply");
    assert_page_has(&v, "submit the programme");
    visitor_leaves(&v);
}

static void whoever_approves_the_programme_cannot_be_its_manager(void **state)
{
    Visitor v = hannah_begins(*state);

    visitor_sends(&v, "/setup/questions", "edition=iso27001&top=Ingrid+Solbakken&manager=Ingrid+Solbakken");

    assert_answered(&v, 422);
    assert_page_has(&v, "The same person cannot approve the programme");
    visitor_opens(&v, "/people");
    assert_page_lacks(&v, "Ingrid");
    visitor_leaves(&v);
}

static void answers_given_twice_are_there_once(void **state)
{
    Visitor v = hannah_begins(*state);
    visitor_sends(&v, "/setup/questions", ANSWERS);

    visitor_opens(&v, "/setup/questions");
    assert_page_has(&v, "value=\"Ingrid Solbakken\"");
    assert_page_has(&v, "value=\"NorthCert\"");
    visitor_sends(&v, "/setup/questions", ANSWERS);
    check_str(v.location, "/setup/people");
    visitor_sends(&v, "/setup/people", "do=write&" LISTS);
    visitor_sends(&v, "/setup/people", "do=write&" LISTS);

    check_str(v.location, "/setup/soa");
    visitor_opens(&v, "/roles");
    assert_page_has(&v, "4 of 4");
    visitor_opens(&v, "/people");
    assert_page_has(&v, "4 of 4");
    visitor_opens(&v, "/processes");
    assert_page_has(&v, "2 of 2");
    visitor_leaves(&v);
}

static void what_was_pasted_is_shown_before_it_is_written(void **state)
{
    Visitor v = hannah_begins(*state);

    visitor_sends(&v, "/setup/people", "do=show&people=Name;Mail;Room%0A%3Cb%3ETom%3C/b%3E;tom@veldane.example;3");

    assert_answered(&v, 200);
    assert_page_has(&v, "Columns that are left out: Room");
    assert_page_has(&v, "&lt;b&gt;Tom&lt;/b&gt;");
    assert_page_has(&v, "Write them and go on");
    visitor_opens(&v, "/people");
    assert_page_lacks(&v, "Tom");
    visitor_leaves(&v);
}

static void a_row_that_cannot_be_taken_is_named_and_nothing_is_written(void **state)
{
    Visitor v = hannah_begins(*state);
    visitor_sends(&v, "/setup/questions", ANSWERS);

    visitor_sends(&v, "/setup/people",
                  "do=write&people=Tomasz+Wilk,tomasz@veldane.example&processes=Finance,Ana+Teixeira,urgent");

    assert_answered(&v, 422);
    assert_page_has(&v, "Line 1, “Finance”: Choose one of");
    assert_page_has(&v, "Tomasz Wilk,tomasz@veldane.example");
    visitor_opens(&v, "/people");
    assert_page_lacks(&v, "Tomasz");
    visitor_leaves(&v);
}

static Str all_controls_but_the_first(Arena *arena)
{
    static const int themes[][2] = { { 5, 37 }, { 6, 8 }, { 7, 14 }, { 8, 34 } };
    Buf out                      = buf_open(arena, 4000);

    for (size_t t = 0; t < countof(themes); t++) {
        for (int i = t == 0 ? 2 : 1; i <= themes[t][1]; i++)
            buf_fmt(&out, "&on=A.%d.%d", themes[t][0], i);
    }
    return buf_str(&out);
}

static void a_control_that_does_not_apply_needs_its_reason(void **state)
{
    Visitor v = hannah_begins(*state);
    visitor_opens(&v, "/setup/soa");
    assert_page_has(&v, "choose it in step 2 first");
    visitor_sends(&v, "/setup/questions", ANSWERS);
    visitor_opens(&v, "/setup/soa");
    assert_page_has(&v, "value=\"A.8.34\"");
    Str all = all_controls_but_the_first(v.arena);

    visitor_sends(&v, "/setup/soa", str_to_c(v.arena, str_fmt(v.arena, "x=1%.*s", STR_ARG(all))));

    assert_answered(&v, 422);
    assert_page_has(&v, "Say why it does not apply.");
    visitor_sends(&v, "/setup/soa", str_to_c(v.arena, str_fmt(v.arena, "why-A.5.1=No+such+place%.*s", STR_ARG(all))));
    check_str(v.location, "/setup/programme");
    visitor_opens(&v, "/soa-versions");
    assert_page_has(&v, "1 of 1");
    visitor_opens(&v, "/setup/soa");
    assert_page_has(&v, "value=\"No such place\"");
    visitor_leaves(&v);
}

static void old_cases_keep_their_day_and_number(void **state)
{
    Visitor v = hannah_begins(*state);
    visitor_sends(&v, "/setup/questions", ANSWERS);
    visitor_sends(&v, "/setup/people", "do=write&" LISTS);

    visitor_sends(&v, "/setup/cases", "do=write&cases=No.;Title;Date;Process%0AOLD-7;No+restore+test;3+Feb;Finance");
    assert_page_has(&v, "write the day as 2026-03-18");
    for (int i = 0; i < 2; i++) {
        visitor_sends(&v, "/setup/cases",
                      "do=write&cases=No.;Title;Date;Process%0AOLD-7;No+restore+test;2026-02-03;Finance");
        check_str(v.location, "/");
    }

    visitor_opens(&v, "/nonconformities.csv?view=all");
    assert_page_has(&v, "OLD-7");
    assert_page_has(&v, "2026-02-03");
    assert_page_lacks(&v, "F-002");
    visitor_leaves(&v);
}

static void a_programme_waits_for_its_manager(void **state)
{
    Visitor v = hannah_begins(*state);
    visitor_sends(&v, "/setup/questions", "edition=other&top=Ingrid+Solbakken&manager=Elias+Brandt");

    visitor_opens(&v, "/setup/programme");
    assert_page_has(&v, "drafted by its manager: Elias Brandt");
    visitor_sends(&v, "/setup/programme", "title=Ours&from=2026-03-18&to=2028-03-17");

    assert_answered(&v, 422);
    visitor_opens(&v, "/programmes");
    assert_page_lacks(&v, "Ours");
    assert_page_has(&v, "Added by: audit programme manager.");
    visitor_leaves(&v);
}

/* ---- files ---- */

static HttpRequest upload_request(Visitor *v, const char *path)
{
    HttpRequest request = { .arena  = v->arena,
                            .method = HTTP_POST,
                            .path   = str_from_c(path),
                            .target = str_from_c(path),
                            .host   = STR("127.0.0.1:8440"),
                            .peer   = { .address = STR("127.0.0.1") } };
    HttpField headers[] = { { STR("Content-Type"), STR("multipart/form-data; boundary=x") },
                            { STR("Sec-Fetch-Site"), v->is_foreign ? STR("cross-site") : STR("same-origin") } };

    for (size_t i = 0; i < countof(headers); i++)
        *list_push(v->arena, &request.headers) = headers[i];
    if (v->cookie.len > 0) *list_push(v->arena, &request.cookies) = (HttpField){ STR("plumbline"), v->cookie };
    return request;
}

static void files_are_taken_only_from_somebody_signed_in_on_a_page_of_ours(void **state)
{
    Empty *empty          = *state;
    Visitor v             = visitor_at(&empty->house);
    HttpUpload upload     = { 0 };
    HttpResponse response = { .arena = v.arena };
    visitor_sends(&v, "/setup", BEGIN);

    HttpRequest stranger = upload_request(&v, "/documents/new");
    assert_int_equal(web_intake(&v.web, &stranger, &upload, &response), HTTP_INTAKE_REFUSE);
    assert_int_equal(response.status, 403);
    visitor_sends(&v, "/sign-in", "login=hannah&password=three+words+nobody+joins");
    v.is_foreign        = true;
    HttpRequest foreign = upload_request(&v, "/documents/new");
    assert_int_equal(web_intake(&v.web, &foreign, &upload, &response), HTTP_INTAKE_REFUSE);
    v.is_foreign      = false;
    HttpRequest other = upload_request(&v, "/theme");
    assert_int_equal(web_intake(&v.web, &other, &upload, &response), HTTP_INTAKE_HOLD);
    HttpRequest ours = upload_request(&v, "/documents/new");
    assert_int_equal(web_intake(&v.web, &ours, &upload, &response), HTTP_INTAKE_STREAM);

    upload.drop(upload.sink);
    visitor_leaves(&v);
}

static void an_answer_of_the_server_itself_looks_like_ours(void **state)
{
    Empty *empty          = *state;
    Visitor v             = visitor_at(&empty->house);
    HttpRequest request   = { .arena = v.arena };
    HttpResponse response = { .arena = v.arena, .status = 413, .body = STR("The body is too large.") };

    web_dress(&v.web, &request, &response);

    assert_int_equal(response.status, 413);
    assert_true(str_has(response.body, STR("The body is too large.")));
    assert_true(str_has(response.body, STR("</html>")));
    visitor_leaves(&v);
}

static int start(void **state)
{
    of_catalogue = arena_open((size_t)1 << 20);
    return engines_start(state);
}

static int stop(void **state)
{
    arena_close(of_catalogue);
    return engines_stop(state);
}

// clang-format off
#define IN_EMPTY(test) { #test, test, empty_setup, empty_teardown, &on_sqlite }
// clang-format on

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_EMPTY(the_first_visitor_makes_the_organisation_and_administers_it),
        IN_EMPTY(the_set_up_happens_once),
        IN_EMPTY(what_is_missing_or_weak_is_said_and_nothing_is_made),
        IN_EMPTY(with_a_key_the_set_up_opens_only_to_its_whole_address),
        IN_EMPTY(the_steps_of_the_set_up_lead_to_a_draft_of_the_programme),
        IN_EMPTY(whoever_approves_the_programme_cannot_be_its_manager),
        IN_EMPTY(answers_given_twice_are_there_once),
        IN_EMPTY(what_was_pasted_is_shown_before_it_is_written),
        IN_EMPTY(a_row_that_cannot_be_taken_is_named_and_nothing_is_written),
        IN_EMPTY(a_control_that_does_not_apply_needs_its_reason),
        IN_EMPTY(old_cases_keep_their_day_and_number),
        IN_EMPTY(a_programme_waits_for_its_manager),
        IN_EMPTY(files_are_taken_only_from_somebody_signed_in_on_a_page_of_ours),
        IN_EMPTY(an_answer_of_the_server_itself_looks_like_ours),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
