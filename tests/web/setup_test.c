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
        IN_EMPTY(files_are_taken_only_from_somebody_signed_in_on_a_page_of_ours),
        IN_EMPTY(an_answer_of_the_server_itself_looks_like_ours),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
