/* SPDX-License-Identifier: Apache-2.0
 * Files through the API: streamed in, named by their content, given out through records only. */
#include <dirent.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../support/errand.h"
#include "api_house.h"

enum { PIECE = 1 << 20 };

static Heard upload(ApiHouse *a, Id who, Str bytes)
{
    return api_send(a, "/api/v1/files",
                    (Sent){ .method  = "POST",
                            .token   = a_token(a, who, "read,write"),
                            .headers = "Content-Type: application/octet-stream\r\n",
                            .body    = bytes });
}

/* An errand of Ben's with the bytes as its photo. */
static Str an_errand_with(ApiHouse *a, Str bytes, const char *name)
{
    Heard stored = upload(a, a->h->ben, bytes);
    Str hash     = json_text(heard_json(a, &stored), "sha256");
    Str input = str_fmt(a->http.arena, "{\"title\":\"x\",\"owner\":\"p-ben\",\"photo\":\"%.*s\",\"photo_name\":\"%s\"}",
                        STR_ARG(hash), name);

    assert_status(&stored, 201);
    Heard made = api_post(a, a->h->ben, "/api/v1/errands", str_to_c(a->http.arena, input));
    assert_status(&made, 200);
    return hash;
}

/* Files that were begun and not ended. */
static int begun_files(ApiHouse *a)
{
    Str folder = str_fmt(a->http.arena, "%.*s/files/intake", STR_ARG(store_folder(a->h->app->store)));
    DIR *list  = opendir(str_to_c(a->http.arena, folder));
    int count  = 0;

    for (struct dirent *entry; list != NULL && (entry = readdir(list)) != NULL;)
        count += entry->d_name[0] != '.';
    if (list != NULL) closedir(list);
    return count;
}

static void what_goes_in_comes_out_through_its_record(void **state)
{
    ApiHouse *a = *state;
    Str bytes   = STR("\x89PNG\r\n\x1a\n and the rest");
    Str hash    = an_errand_with(a, bytes, "the hall.png");

    Heard heard = api_get(a, a->h->ben, "/api/v1/errands/E-001/files/photo");

    assert_status(&heard, 200);
    assert_true(str_eq(heard.body, bytes));
    check_str(heard_header(&heard, "Content-Type"), "application/octet-stream");
    check_str(heard_header(&heard, "X-Content-Type-Options"), "nosniff");
    assert_true(str_starts(heard_header(&heard, "Content-Disposition"), STR("attachment")));
    assert_true(str_has(heard_header(&heard, "Content-Disposition"), STR("the hall.png")));
    assert_true(str_has(heard_header(&heard, "ETag"), hash));
}

static void whoever_may_not_see_the_record_gets_no_file(void **state)
{
    ApiHouse *a = *state;
    an_errand_with(a, STR("secret bytes"), "a.txt");

    Heard stranger = api_get(a, a->h->dan, "/api/v1/errands/E-001/files/photo");
    Heard nobody   = api_send(a, "/api/v1/errands/E-001/files/photo", (Sent){ 0 });
    Heard by_hash =
        api_get(a, a->h->ben, "/api/v1/files/2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");

    assert_problem(a, &stranger, 404, "not-found");
    assert_problem(a, &nobody, 401, "token-missing");
    assert_problem(a, &by_hash, 404, "not-found");
}

static void a_record_without_a_file_has_none_to_give(void **state)
{
    ApiHouse *a = *state;
    (void)api_post(a, a->h->ben, "/api/v1/errands", "{\"title\":\"x\",\"owner\":\"p-ben\"}");

    Heard heard = api_get(a, a->h->ben, "/api/v1/errands/E-001/files/photo");

    assert_problem(a, &heard, 404, "not-found");
}

static void a_file_is_made_of_a_record_for_whoever_sees_it(void **state)
{
    ApiHouse *a = *state;
    (void)api_post(a, a->h->ben, "/api/v1/errands", "{\"title\":\"Carry\",\"owner\":\"p-ben\"}");

    Heard heard = api_get(a, a->h->ben, "/api/v1/errands/E-001/note.txt");

    assert_status(&heard, 200);
    assert_true(str_eq(heard.body, STR("Please: Carry\n")));
    assert_true(str_starts(heard_header(&heard, "Content-Type"), STR("text/plain")));
    assert_true(str_has(heard_header(&heard, "Content-Disposition"), STR("filename=\"E-001.txt\"")));
    Heard stranger = api_get(a, a->h->dan, "/api/v1/errands/E-001/note.txt");
    assert_problem(a, &stranger, 404, "not-found");
}

static void a_file_has_the_forms_that_were_declared(void **state)
{
    static const char *const others[] = { "note.docx", "note", "report.txt", "note.txt/x", ".txt", "txt" };
    ApiHouse *a                       = *state;
    (void)api_post(a, a->h->ben, "/api/v1/errands", "{\"title\":\"Carry\",\"owner\":\"p-ben\"}");

    for (size_t i = 0; i < countof(others); i++) {
        Str path    = str_fmt(a->http.arena, "/api/v1/errands/E-001/%s", others[i]);
        Heard heard = api_get(a, a->h->ben, str_to_c(a->http.arena, path));
        assert_problem(a, &heard, 404, "not-found");
    }
    Heard other = api_send(
        a, "/api/v1/errands/E-001/note.txt",
        (Sent){ .method = "GET", .token = a_token(a, a->h->ben, "read"), .headers = "Accept: application/pdf\r\n" });
    assert_status(&other, 406);
    Heard unknown = api_get(a, a->h->ben, "/api/v1/errands/E-001/note.txt?format=pdf");
    assert_status(&unknown, 400);
}

static void a_record_names_no_file_that_is_not_here(void **state)
{
    ApiHouse *a = *state;

    Heard heard = api_post(a, a->h->ben, "/api/v1/errands",
                           "{\"title\":\"x\",\"owner\":\"p-ben\",\"photo\":"
                           "\"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824\"}");

    assert_status(&heard, 422);
    assert_true(str_has(heard.body, STR("upload it first")));
}

static void a_part_of_a_file_is_given(void **state)
{
    static const struct {
        const char *range, *part, *where;
        int status;
    } cases[]   = { { "bytes=2-4", "234", "bytes 2-4/10", 206 },
                    { "bytes=7-", "789", "bytes 7-9/10", 206 },
                    { "bytes=-3", "789", "bytes 7-9/10", 206 },
                    { "bytes=5-99", "56789", "bytes 5-9/10", 206 },
                    { "bytes=-99", "0123456789", "bytes 0-9/10", 206 },
                    { "bytes=0-1,3-4", "0123456789", "", 200 },
                    { "bytes=4-2", "0123456789", "", 200 },
                    { "lines=1-2", "0123456789", "", 200 } };
    ApiHouse *a = *state;
    Str token   = a_token(a, a->h->ben, "read");
    an_errand_with(a, STR("0123456789"), "digits");

    for (size_t i = 0; i < countof(cases); i++) {
        Str range   = str_fmt(a->http.arena, "Range: %s\r\n", cases[i].range);
        Heard heard = api_send(a, "/api/v1/errands/E-001/files/photo",
                               (Sent){ .token = token, .headers = str_to_c(a->http.arena, range) });
        assert_status(&heard, cases[i].status);
        check_str(heard.body, cases[i].part);
        check_str(heard_header(&heard, "Content-Range"), cases[i].where);
    }
    Heard beyond =
        api_send(a, "/api/v1/errands/E-001/files/photo", (Sent){ .token = token, .headers = "Range: bytes=10-12\r\n" });
    Heard none =
        api_send(a, "/api/v1/errands/E-001/files/photo", (Sent){ .token = token, .headers = "Range: bytes=-0\r\n" });
    Heard other = api_send(a, "/api/v1/errands/E-001/files/photo",
                           (Sent){ .token = token, .headers = "Range: bytes=1-2\r\nIf-Range: \"other\"\r\n" });
    assert_problem(a, &beyond, 416, "range-not-satisfiable");
    check_str(heard_header(&beyond, "Content-Range"), "bytes */10");
    assert_problem(a, &none, 416, "range-not-satisfiable");
    assert_status(&other, 200);
}

static void who_may_not_write_is_told_before_the_bytes_come(void **state)
{
    ApiHouse *a = *state;
    Sent reader = { .method  = "POST",
                    .token   = a_token(a, a->h->ben, "read"),
                    .headers = "Expect: 100-continue\r\nContent-Length: 2000000000\r\n" };
    Sent nobody = { .method = "POST", .headers = "Expect: 100-continue\r\nContent-Length: 2000000000\r\n" };

    Heard told = api_send(a, "/api/v1/files", reader), asked = api_send(a, "/api/v1/files", nobody);

    assert_problem(a, &told, 403, "forbidden");
    assert_problem(a, &asked, 401, "token-missing");
    assert_int_equal(begun_files(a), 0);
}

static void an_empty_file_and_a_form_are_refused(void **state)
{
    ApiHouse *a = *state;
    Str token   = a_token(a, a->h->ben, "write");
    Sent form   = { .token   = token,
                    .headers = "Content-Type: multipart/form-data; boundary=B\r\n",
                    .body =
                        STR("--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"\r\n\r\nx\r\n--B--\r\n") };
    Sent large  = { .method  = "POST",
                    .token   = token,
                    .headers = "Expect: 100-continue\r\nContent-Length: 2147483649\r\n" };

    Heard empty = upload(a, a->h->ben, STR("")), formed = api_send(a, "/api/v1/files", form);
    Heard beyond = api_send(a, "/api/v1/files", large);

    assert_problem(a, &empty, 400, "empty-file");
    assert_problem(a, &formed, 415, "unsupported-media-type");
    assert_problem(a, &beyond, 413, "too-large");
    assert_int_equal(begun_files(a), 0);
}

static void an_upload_that_is_cut_leaves_nothing(void **state)
{
    ApiHouse *a    = *state;
    int connection = dial(&a->http);
    Str head       = str_fmt(a->http.arena,
                             "POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                   "%.*s\r\nContent-Length: 1000\r\n\r\nabc",
                             STR_ARG(a_token(a, a->h->ben, "write")));

    (void)say_bytes(connection, head);
    while (begun_files(a) == 0)
        sched_yield();
    close(connection);
    http_server_close(a->http.server, 2000);
    a->http.server = NULL;

    assert_int_equal(begun_files(a), 0);
}

static int64_t peak_kib(void)
{
    struct rusage usage;

    assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
    return usage.ru_maxrss;
}

static void a_large_file_passes_with_flat_memory(void **state)
{
    enum { PIECES = 96 };
    ApiHouse *a    = *state;
    char *piece    = arena_alloc(a->http.arena, PIECE, 1);
    int connection = dial(&a->http);
    Str head       = str_fmt(
              a->http.arena,
              "POST /api/v1/files HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %.*s\r\nContent-Length: %d\r\n\r\n",
              STR_ARG(a_token(a, a->h->ben, "write")), PIECES * PIECE);
    int64_t before = peak_kib();

    (void)say_bytes(connection, head);
    for (int i = 0; i < PIECES; i++)
        assert_true(say_bytes(connection, (Str){ piece, PIECE }));
    Heard heard = hear(&a->http, connection);
    close(connection);

    assert_status(&heard, 201);
    assert_int_equal(json_integer_value(json_object_get(heard_json(a, &heard), "size")), PIECES * PIECE);
    assert_true(peak_kib() - before < 32 * 1024);
}

static void a_full_disk_is_said_and_nothing_stays(void **state)
{
    ApiHouse *a = *state;
    World *w    = &a->h->t->world;
    Str token   = a_token(a, a->h->ben, "write");

    w->fault_kinds = FAULT_WRITE, w->fault_countdown = 1, w->fault_hit = false;
    Heard heard    = api_send(a, "/api/v1/files", (Sent){ .method = "POST", .token = token, .body = STR("abc") });
    w->fault_kinds = 0, w->fault_countdown = 0;

    assert_problem(a, &heard, 507, "storage-full");
    assert_int_equal(begun_files(a), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_API(what_goes_in_comes_out_through_its_record),
        IN_API(whoever_may_not_see_the_record_gets_no_file),
        IN_API_ON(sqlite, a_record_without_a_file_has_none_to_give),
        IN_API(a_file_is_made_of_a_record_for_whoever_sees_it),
        IN_API_ON(sqlite, a_file_has_the_forms_that_were_declared),
        IN_API(a_record_names_no_file_that_is_not_here),
        IN_API_ON(sqlite, a_part_of_a_file_is_given),
        IN_API_ON(sqlite, who_may_not_write_is_told_before_the_bytes_come),
        IN_API_ON(sqlite, an_empty_file_and_a_form_are_refused),
        IN_API_ON(sqlite, an_upload_that_is_cut_leaves_nothing),
        IN_API_ON(sqlite, a_large_file_passes_with_flat_memory),
        IN_API_ON(sqlite, a_full_disk_is_said_and_nothing_stays),
        cmocka_unit_test(every_answer_fits_the_document),
    };
    return cmocka_run_group_tests(tests, api_start, api_stop);
}
