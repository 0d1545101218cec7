/* SPDX-License-Identifier: Apache-2.0
 * Records through the API: reading, lists, verbs, revisions, keys, and every way of saying no. */
#include "../support/errand.h"
#include "api_house.h"
#include "audit/audit.h"
#include "org/role.h"

static Heard an_errand(ApiHouse *a, const char *json)
{
    Heard heard = api_post(a, a->h->ben, "/api/v1/errands", json);

    assert_status(&heard, 200);
    return heard;
}

#define FETCH "{\"title\":\"Fetch the plumb line\",\"owner\":\"p-ben\",\"story\":\"It hangs in the hall.\"}"

static json_t *errors_of(ApiHouse *a, const Heard *heard)
{
    return json_object_get(heard_json(a, heard), "errors");
}

static void assert_error_at(ApiHouse *a, const Heard *heard, const char *pointer)
{
    size_t index;
    json_t *error;

    json_array_foreach(errors_of(a, heard), index, error)
    {
        if (str_eq_c(json_text(error, "pointer"), pointer)) return;
    }
    fail_msg("nothing is said of %s in %.*s", pointer, STR_ARG(heard->body));
}

/* ---- reading ---- */

static void what_is_made_is_read_back(void **state)
{
    ApiHouse *a = *state;
    Heard made  = an_errand(a, FETCH);
    check_str(json_text(json_object_get(heard_json(a, &made), "record"), "number"), "E-001");

    Heard read = api_get(a, a->h->ben, "/api/v1/errands/E-001");

    assert_status(&read, 200);
    check_str(heard_header(&read, "ETag"), "\"1\"");
    check_str(heard_header(&read, "Cache-Control"), "no-store");
    check_str(json_text(heard_json(a, &read), "title"), "Fetch the plumb line");
    check_str(json_text(json_object_get(heard_json(a, &read), "owner"), "number"), "p-ben");
}

static void what_the_reader_has_already_is_not_sent_again(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);
    Str token = a_token(a, a->h->ben, "read");

    Heard same  = api_send(a, "/api/v1/errands/E-001", (Sent){ .token = token, .headers = "If-None-Match: \"1\"\r\n" });
    Heard other = api_send(a, "/api/v1/errands/E-001", (Sent){ .token = token, .headers = "If-None-Match: \"7\"\r\n" });
    Heard head  = api_send(a, "/api/v1/errands/E-001", (Sent){ .token = token, .method = "HEAD" });

    assert_status(&same, 304);
    assert_status(&other, 200);
    assert_status(&head, 200);
    check_str(heard_header(&head, "ETag"), "\"1\"");
}

static void an_encoded_number_is_the_same_address(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard heard = api_get(a, a->h->ben, "/api/v1/errands/%45-0%301");

    assert_status(&heard, 200);
}

static void what_one_may_not_see_is_not_there(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard shown   = api_get(a, a->h->dan, "/api/v1/errands/E-001");
    Heard nothing = api_get(a, a->h->dan, "/api/v1/errands/E-999");
    Heard listed  = api_get(a, a->h->dan, "/api/v1/errands");
    Heard asked   = api_post(a, a->h->dan, "/api/v1/errands/E-001/ask", "{}");

    assert_problem(a, &shown, 404, "not-found");
    assert_true(str_eq_c(json_text(heard_json(a, &shown), "title"),
                         str_to_c(a->http.arena, json_text(heard_json(a, &nothing), "title"))));
    assert_int_equal(json_integer_value(json_object_get(heard_json(a, &listed), "total")), 0);
    assert_problem(a, &asked, 404, "not-found");
}

static void pages_lead_to_each_other_by_link(void **state)
{
    ApiHouse *a = *state;
    for (int i = 0; i < 5; i++)
        an_errand(a, FETCH);

    Heard first   = api_get(a, a->h->ben, "/api/v1/errands?limit=2&sort=-number&state=open,asked");
    Str link      = heard_header(&first, "Link");
    Str target    = str_slice(link, 1, str_index(link, '>') - 1);
    Heard second  = api_get(a, a->h->ben, str_to_c(a->http.arena, target));
    Str link2     = heard_header(&second, "Link");
    Heard third   = api_get(a, a->h->ben, str_to_c(a->http.arena, str_slice(link2, 1, str_index(link2, '>') - 1)));
    json_t *items = json_object_get(heard_json(a, &second), "items");

    assert_true(str_ends(link, STR("; rel=\"next\"")));
    assert_int_equal(json_array_size(items), 2);
    check_str(json_text(json_array_get(items, 0), "number"), "E-003");
    assert_int_equal(json_integer_value(json_object_get(heard_json(a, &second), "total")), 5);
    assert_int_equal(json_array_size(json_object_get(heard_json(a, &third), "items")), 1);
    assert_int_equal(heard_header(&third, "Link").len, 0);
}

static void filters_are_those_of_the_declaration(void **state)
{
    static const struct {
        const char *query;
        int total;
    } cases[]   = { { "grade=large", 1 },
                    { "grade.not=large", 1 },
                    { "means=foot", 1 },
                    { "means.not=foot", 1 },
                    { "helpers=p-dan", 1 },
                    { "helpers.not=p-dan", 1 },
                    { "owner=me", 2 },
                    { "due.before=2026-12-25", 1 },
                    { "due=none", 1 },
                    { "weight.from=3", 1 },
                    { "urgent=true", 1 },
                    { "q=carry", 1 },
                    { "state=asked", 0 },
                    { "title=Walk", 1 },
                    { "due.from=2026-12-25&grade=large", 0 } };
    ApiHouse *a = *state;
    an_errand(a, "{\"title\":\"Carry\",\"owner\":\"p-ben\",\"grade\":\"large\",\"means\":[\"foot\",\"train\"],"
                 "\"helpers\":[\"p-dan\"],\"due\":\"2026-12-24\",\"weight\":3,\"urgent\":true}");
    an_errand(a, "{\"title\":\"Walk\",\"owner\":\"p-ben\",\"grade\":\"small\"}");

    for (size_t i = 0; i < countof(cases); i++) {
        Heard heard = api_get(a, a->h->ben,
                              str_to_c(a->http.arena, str_fmt(a->http.arena, "/api/v1/errands?%s", cases[i].query)));
        assert_status(&heard, 200);
        int64_t total = json_integer_value(json_object_get(heard_json(a, &heard), "total"));
        if (total != cases[i].total) fail_msg("%s: %lld", cases[i].query, (long long)total);
    }
}

static void a_filter_that_cannot_be_followed_is_named(void **state)
{
    static const struct {
        const char *query, *pointer;
    } cases[]   = { { "colour=red", "/colour" },    { "state=lost", "/state" },  { "grade=huge", "/grade" },
                    { "owner=p-nobody", "/owner" }, { "due.from=soon", "/due" }, { "limit=0", "/limit" },
                    { "limit=201", "/limit" },      { "sort=colour", "/sort" },  { "secret=x", "/secret" },
                    { "after=zzz", "/after" } };
    ApiHouse *a = *state;

    for (size_t i = 0; i < countof(cases); i++) {
        Heard heard = api_get(a, a->h->ben,
                              str_to_c(a->http.arena, str_fmt(a->http.arena, "/api/v1/errands?%s", cases[i].query)));
        assert_problem(a, &heard, 422, "invalid");
        assert_error_at(a, &heard, cases[i].pointer);
    }
}

static void a_list_leaves_as_csv(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard heard = api_get(a, a->h->ben, "/api/v1/errands.csv?state=open");

    assert_status(&heard, 200);
    check_str(heard_header(&heard, "Content-Type"), "text/csv; charset=utf-8");
    assert_true(str_has(heard_header(&heard, "Content-Disposition"), STR("errands.csv")));
    assert_true(str_starts(heard.body, STR("number,state,title")));
    assert_true(str_has(heard.body, STR("Fetch the plumb line")));
    assert_false(str_has(heard.body, STR("secret")));
}

static void a_record_is_read_as_it_stood(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);
    a->h->t->world.fixed_now = time_add_seconds(a->h->t->world.fixed_now, (int64_t)86400 * 3);
    Heard edited             = api_edit(a, a->h->ben, "/api/v1/errands/E-001/edit", "1", "{\"title\":\"Fetch two\"}");
    assert_status(&edited, 200);

    Heard then   = api_get(a, a->h->ben, "/api/v1/errands/E-001?as-of=2026-11-17");
    Heard before = api_get(a, a->h->ben, "/api/v1/errands/E-001?as-of=2026-11-01");
    Heard never  = api_get(a, a->h->ben, "/api/v1/errands/E-001?as-of=2026-13-01");

    check_str(json_text(heard_json(a, &then), "title"), "Fetch the plumb line");
    check_str(heard_header(&then, "ETag"), "\"1\"");
    assert_problem(a, &before, 404, "not-found");
    assert_problem(a, &never, 422, "invalid");
}

static void a_history_is_read_in_pages(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);
    for (int i = 1; i <= 4; i++)
        (void)api_edit(a, a->h->ben, "/api/v1/errands/E-001/edit",
                       str_to_c(a->http.arena, str_fmt(a->http.arena, "%d", i)),
                       str_to_c(a->http.arena, str_fmt(a->http.arena, "{\"weight\":%d}", i)));

    Heard first  = api_get(a, a->h->ben, "/api/v1/errands/E-001/history?limit=3");
    Str link     = heard_header(&first, "Link");
    Heard second = api_get(a, a->h->ben, str_to_c(a->http.arena, str_slice(link, 1, str_index(link, '>') - 1)));
    Heard wrong  = api_get(a, a->h->ben, "/api/v1/errands/E-001/history?limit=many");

    assert_int_equal(json_array_size(json_object_get(heard_json(a, &first), "events")), 3);
    assert_int_equal(json_array_size(json_object_get(heard_json(a, &second), "events")), 2);
    assert_true(json_is_null(json_object_get(heard_json(a, &second), "next")));
    assert_problem(a, &wrong, 422, "invalid");
}

static void search_finds_what_may_be_seen(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard ben = api_get(a, a->h->ben, "/api/v1/search?q=plumb"), dan = api_get(a, a->h->dan, "/api/v1/search?q=plumb");

    check_str(json_text(json_array_get(json_object_get(heard_json(a, &ben), "items"), 0), "number"), "E-001");
    assert_int_equal(json_array_size(json_object_get(heard_json(a, &dan), "items")), 0);
}

static void types_say_what_may_be_made(void **state)
{
    ApiHouse *a = *state;
    Heard heard = api_get(a, a->h->ben, "/api/v1/types");
    bool found  = false;
    size_t index;
    json_t *type;

    json_array_foreach(json_object_get(heard_json(a, &heard), "types"), index, type)
    {
        if (!str_eq_c(json_text(type, "type"), "errand")) continue;
        found = json_is_true(json_object_get(type, "may_create"));
    }
    assert_true(found);
}

/* ---- verbs ---- */

static void a_refusal_says_rule_lack_people_and_way(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);
    Heard asked = api_post(a, a->h->ben, "/api/v1/errands/E-001/ask", "");
    assert_status(&asked, 200);
    check_str(heard_header(&asked, "ETag"), "\"2\"");

    Heard own       = api_post(a, a->h->ben, "/api/v1/errands/E-001/approve", "{\"verdict\":\"fine\"}");
    Heard steps     = api_get(a, a->h->ben, "/api/v1/errands/E-001/steps");
    Heard again     = api_post(a, a->h->ben, "/api/v1/errands/E-001/ask", "{}");
    json_t *refusal = json_array_get(json_object_get(heard_json(a, &own), "refusals"), 0);

    assert_problem(a, &own, 409, "refused");
    check_str(json_text(refusal, "rule"), "E-01");
    assert_true(json_text(refusal, "missing").len > 0 && json_text(refusal, "next").len > 0);
    check_str(json_str(json_array_get(json_object_get(refusal, "who"), 0)), "Cleo Chief");
    assert_true(str_has(steps.body, STR("\"E-01\"")));
    assert_problem(a, &again, 409, "refused");
}

static void what_is_worked_out_about_a_record_has_an_address(void **state)
{
    ApiHouse *a = *state;
    house_must(a->h, a->h->ada, &role_type, "create", "",
               "{\"person\":\"p-ben\",\"role\":\"programme_manager\",\"since\":\"2020-01-01\"}");
    house_must(a->h, a->h->ben, &audit_type, "create", "",
               "{\"number\":\"IA-26-01\",\"kind\":\"internal\",\"title\":\"Access\",\"start\":\"2026-11-09\","
               "\"last_day\":\"2026-11-10\"}");

    Heard heard  = api_get(a, a->h->ben, "/api/v1/audits/IA-26-01/candidates");
    Heard other  = api_get(a, a->h->ben, "/api/v1/audits/IA-26-01/candidate");
    Heard posted = api_post(a, a->h->ben, "/api/v1/audits/IA-26-01/candidates", "{}");

    assert_status(&heard, 200);
    check_str(heard.body, "{\"candidates\":[]}");
    assert_problem(a, &other, 404, "not-found");
    assert_problem(a, &posted, 405, "method-not-allowed");
}

static void what_is_for_others_is_forbidden_with_their_names(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard heard = api_post(a, a->h->cleo, "/api/v1/errands/E-001/ask", "{}");

    assert_problem(a, &heard, 403, "forbidden");
    assert_true(str_has(heard.body, STR("Ben Bold")));
}

static void an_edit_says_which_revision_it_was_made_from(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard blind = api_post(a, a->h->ben, "/api/v1/errands/E-001/edit", "{\"title\":\"x\"}");
    Heard seen  = api_edit(a, a->h->ben, "/api/v1/errands/E-001/edit", "1", "{\"title\":\"Fetch it\"}");

    assert_problem(a, &blind, 428, "revision-needed");
    assert_status(&seen, 200);
    check_str(heard_header(&seen, "ETag"), "\"2\"");
}

static void the_second_of_two_writers_is_told_what_changed(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard first  = api_edit(a, a->h->ben, "/api/v1/errands/E-001/edit", "1", "{\"title\":\"Fetch the long one\"}");
    Heard second = api_edit(a, a->h->ada, "/api/v1/errands/E-001/edit", "1", "{\"title\":\"Fetch the short one\"}");
    Heard beside = api_edit(a, a->h->ada, "/api/v1/errands/E-001/edit", "1", "{\"weight\":7}");
    json_t *difference = json_array_get(json_object_get(heard_json(a, &second), "differences"), 0);
    Heard read         = api_get(a, a->h->ben, "/api/v1/errands/E-001");

    assert_status(&first, 200);
    assert_problem(a, &second, 412, "changed-meanwhile");
    check_str(json_text(difference, "now"), "Fetch the long one");
    check_str(json_text(difference, "before"), "Fetch the plumb line");
    check_str(json_text(difference, "wanted"), "Fetch the short one");
    /* a strong tag names the whole record: a change of another field is a change (RFC 9110 13.1.1) */
    assert_problem(a, &beside, 412, "changed-meanwhile");
    check_str(heard_header(&read, "ETag"), "\"2\"");
}

static void a_tag_that_is_none_of_ours_is_not_guessed_at(void **state)
{
    static const char *const tags[] = { "3", "\"abc\"", "W/\"1\"", "\"1\", \"2\"", "\"-1\"", "\"\"" };
    ApiHouse *a                     = *state;
    an_errand(a, FETCH);
    Str token = a_token(a, a->h->ben, "write");

    for (size_t i = 0; i < countof(tags); i++) {
        Str headers = str_fmt(a->http.arena, "Content-Type: application/json\r\nIf-Match: %s\r\n", tags[i]);
        Heard heard = api_send(
            a, "/api/v1/errands/E-001/edit",
            (Sent){ .token = token, .headers = str_to_c(a->http.arena, headers), .body = STR("{\"title\":\"x\"}") });
        assert_problem(a, &heard, 400, "invalid-header");
    }
}

static void a_request_sent_twice_is_done_once(void **state)
{
    ApiHouse *a  = *state;
    Sent sent    = { .token   = a_token(a, a->h->ben, "write"),
                     .headers = "Content-Type: application/json\r\nIdempotency-Key: \"8e03978e\"\r\n",
                     .body    = STR(FETCH) };
    Sent bare    = sent;
    Sent other   = sent;
    bare.headers = "Content-Type: application/json\r\nIdempotency-Key: 8e03978e\r\n";
    other.body   = STR("{\"title\":\"another\",\"owner\":\"p-ben\"}");

    Heard first  = api_send(a, "/api/v1/errands", sent);
    Heard second = api_send(a, "/api/v1/errands", bare);
    Heard third  = api_send(a, "/api/v1/errands", other);
    Heard listed = api_get(a, a->h->ben, "/api/v1/errands");

    assert_status(&first, 200);
    assert_status(&second, 200);
    assert_true(json_is_true(json_object_get(heard_json(a, &second), "repeated")));
    assert_problem(a, &third, 422, "idempotency-key-reused");
    assert_int_equal(json_integer_value(json_object_get(heard_json(a, &listed), "total")), 1);
}

/* ---- bad input ---- */

static void wrong_fields_are_all_named_with_their_pointers(void **state)
{
    static const char *const pointers[] = { "/title",  "/owner", "/grade",  "/due",    "/weight",
                                            "/urgent", "/titel", "/secret", "/verdict" };
    ApiHouse *a                         = *state;
    Heard heard =
        api_post(a, a->h->ben, "/api/v1/errands",
                 "{\"title\":7,\"owner\":\"p-nobody\",\"grade\":\"huge\",\"due\":\"2026-02-30\",\"weight\":5000,"
                 "\"urgent\":\"maybe\",\"titel\":\"x\",\"secret\":\"x\",\"verdict\":\"x\"}");

    assert_problem(a, &heard, 422, "invalid");
    for (size_t i = 0; i < countof(pointers); i++)
        assert_error_at(a, &heard, pointers[i]);
}

static void a_text_that_is_too_long_is_named(void **state)
{
    ApiHouse *a = *state;
    Buf body    = buf_open(a->http.arena, 1 << 16);
    buf_add_c(&body, "{\"owner\":\"p-ben\",\"title\":\"");
    for (int i = 0; i < 201; i++)
        buf_add_byte(&body, 'x');
    buf_add_c(&body, "\"}");

    Heard heard = api_post(a, a->h->ben, "/api/v1/errands", str_to_c(a->http.arena, buf_str(&body)));

    assert_problem(a, &heard, 422, "invalid");
    assert_error_at(a, &heard, "/title");
}

static void a_body_of_another_type_is_not_guessed_at(void **state)
{
    static const char *const types[] = { "", "Content-Type: text/plain\r\n",
                                         "Content-Type: application/x-www-form-urlencoded\r\n",
                                         "Content-Type: application/jsonx\r\n",
                                         "Content-Type: multipart/form-data; boundary=B\r\n" };
    ApiHouse *a                      = *state;
    Str token                        = a_token(a, a->h->ben, "write");

    for (size_t i = 0; i < countof(types); i++) {
        Str body    = i + 1 < countof(types)
                          ? STR(FETCH)
                          : STR("--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--\r\n");
        Heard heard = api_send(a, "/api/v1/errands", (Sent){ .token = token, .headers = types[i], .body = body });
        assert_problem(a, &heard, 415, "unsupported-media-type");
    }
    Heard good = api_send(
        a, "/api/v1/errands",
        (Sent){ .token = token, .headers = "Content-Type: Application/JSON; charset=utf-8\r\n", .body = STR(FETCH) });
    assert_status(&good, 200);
}

static void a_form_of_answer_that_there_is_not_is_refused(void **state)
{
    ApiHouse *a = *state;
    Str token   = a_token(a, a->h->ben, "read");

    Heard xml = api_send(a, "/api/v1/errands", (Sent){ .token = token, .headers = "Accept: application/xml\r\n" });
    Heard csv = api_send(a, "/api/v1/errands.csv", (Sent){ .token = token, .headers = "Accept: application/json\r\n" });
    Heard none =
        api_send(a, "/api/v1/errands", (Sent){ .token = token, .headers = "Accept: application/json;q=0\r\n" });
    Heard some = api_send(a, "/api/v1/errands",
                          (Sent){ .token = token, .headers = "Accept: text/html, application/*;q=0.5\r\n" });

    assert_problem(a, &xml, 406, "not-acceptable");
    assert_problem(a, &csv, 406, "not-acceptable");
    assert_problem(a, &none, 406, "not-acceptable");
    assert_status(&some, 200);
}

static void a_method_that_is_not_taken_names_those_that_are(void **state)
{
    static const struct {
        const char *method, *path, *allow;
    } cases[]   = { { "DELETE", "/api/v1/errands/E-001", "GET, HEAD" },
                    { "PATCH", "/api/v1/errands/E-001", "GET, HEAD" },
                    { "PUT", "/api/v1/errands", "GET, HEAD, POST" },
                    { "GET", "/api/v1/errands/E-001/ask", "POST" },
                    { "POST", "/api/v1/search", "GET, HEAD" },
                    { "GET", "/api/v1/files", "POST" },
                    { "OPTIONS", "/api/v1", "GET, HEAD" } };
    ApiHouse *a = *state;
    Str token   = a_token(a, a->h->ben, "read,write");

    for (size_t i = 0; i < countof(cases); i++) {
        Heard heard = api_send(a, cases[i].path, (Sent){ .token = token, .method = cases[i].method });
        assert_problem(a, &heard, 405, "method-not-allowed");
        check_str(heard_header(&heard, "Allow"), cases[i].allow);
    }
}

static void an_address_that_is_not_there_is_not_there(void **state)
{
    static const char *const paths[] = { "/api/v1/nothings",
                                         "/api/v1/errands/E-001/colour",
                                         "/api/v1/errands/E-001/files/title",
                                         "/api/v1/errands/E-001/steps/x",
                                         "/api/v2",
                                         "/api",
                                         "/api/v1/errands/",
                                         "/api/v1/errand",
                                         "/api/v1/events/x",
                                         "/api/v1/events/999999",
                                         "/api/v1/a/b/c/d/e/f/g/h/i/j" };
    ApiHouse *a                      = *state;
    an_errand(a, FETCH);
    Str token = a_token(a, a->h->ben, "read,write");

    for (size_t i = 0; i < countof(paths); i++) {
        Heard heard = api_send(a, paths[i], (Sent){ .token = token });
        assert_problem(a, &heard, 404, "not-found");
    }
    Heard verb = api_send(a, "/api/v1/errands/E-001/fly", (Sent){ .token = token, .method = "POST" });
    assert_problem(a, &verb, 404, "not-found");
}

static void a_parameter_that_is_not_known_is_refused(void **state)
{
    ApiHouse *a = *state;
    an_errand(a, FETCH);

    Heard shown = api_get(a, a->h->ben, "/api/v1/errands/E-001?as_of=2026-11-17");
    Heard done  = api_post(a, a->h->ben, "/api/v1/errands/E-001/ask?force=true", "{}");

    assert_problem(a, &shown, 400, "invalid-parameter");
    assert_problem(a, &done, 400, "invalid-parameter");
}

static void what_fails_is_told_by_a_reference_only(void **state)
{
    ApiHouse *a = *state;
    World *w    = &a->h->t->world;
    Str token   = a_token(a, a->h->ben, "read");

    w->fault_kinds = FAULT_QUERY, w->fault_countdown = 4, w->fault_hit = false;
    Heard heard    = api_send(a, "/api/v1/errands", (Sent){ .token = token });
    w->fault_kinds = 0, w->fault_countdown = 0;

    assert_problem(a, &heard, 500, "failed");
    assert_int_equal(json_text(heard_json(a, &heard), "reference").len, 8);
    assert_false(str_has(heard.body, STR("SELECT")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_API(what_is_made_is_read_back),
        IN_API_ON(sqlite, what_the_reader_has_already_is_not_sent_again),
        IN_API_ON(sqlite, an_encoded_number_is_the_same_address),
        IN_API(what_one_may_not_see_is_not_there),
        IN_API(pages_lead_to_each_other_by_link),
        IN_API(filters_are_those_of_the_declaration),
        IN_API(a_filter_that_cannot_be_followed_is_named),
        IN_API(a_list_leaves_as_csv),
        IN_API(a_record_is_read_as_it_stood),
        IN_API(a_history_is_read_in_pages),
        IN_API(search_finds_what_may_be_seen),
        IN_API(types_say_what_may_be_made),
        IN_API(a_refusal_says_rule_lack_people_and_way),
        IN_API(what_is_for_others_is_forbidden_with_their_names),
        IN_API(an_edit_says_which_revision_it_was_made_from),
        IN_API(the_second_of_two_writers_is_told_what_changed),
        IN_API_ON(sqlite, a_tag_that_is_none_of_ours_is_not_guessed_at),
        IN_API(what_is_worked_out_about_a_record_has_an_address),
        IN_API(a_request_sent_twice_is_done_once),
        IN_API(wrong_fields_are_all_named_with_their_pointers),
        IN_API_ON(sqlite, a_text_that_is_too_long_is_named),
        IN_API_ON(sqlite, a_body_of_another_type_is_not_guessed_at),
        IN_API_ON(sqlite, a_form_of_answer_that_there_is_not_is_refused),
        IN_API_ON(sqlite, a_method_that_is_not_taken_names_those_that_are),
        IN_API_ON(sqlite, an_address_that_is_not_there_is_not_there),
        IN_API_ON(sqlite, a_parameter_that_is_not_known_is_refused),
        IN_API(what_fails_is_told_by_a_reference_only),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
