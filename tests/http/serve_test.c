/* SPDX-License-Identifier: Apache-2.0
 * What a well-behaved client gets: connections that stay, headers that protect, entity tags, compression, cookies, and
 * an answer also when the application fails. */
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>
#include <zlib.h>

#include "client.h"

#define GET(path, headers) "GET " path " HTTP/1.1\r\nHost: a\r\n" headers "\r\n"

static void header_is(const Heard *heard, const char *name, const char *value)
{
    Str got = heard_header(heard, name);

    if (!str_eq_c(got, value)) fail_msg("%s is \"%.*s\", not \"%s\"", name, STR_ARG(got), value);
}

static void body_is(const Heard *heard, const char *text)
{
    if (!str_eq_c(heard->body, text)) fail_msg("the body is \"%.*s\", not \"%s\"", STR_ARG(heard->body), text);
}

static int open_fixture(void **state)
{
    *state = fixture_open((HttpOptions){ 0 });
    return 0;
}

static int close_fixture(void **state)
{
    fixture_close(*state);
    return 0;
}

static void a_connection_serves_many_requests(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    for (int i = 0; i < 20; i++) {
        say(connection, GET("/hello", ""));
        assert_int_equal(hear(fixture, connection).status, 200);
    }

    assert_int_equal(atomic_load(&fixture->handled), 20);
    close(connection);
}

static void pipelined_requests_are_answered_in_order(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, GET("/path/1", "") "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc" GET("/slow", "")
                        GET("/path/2", ""));
    Heard first  = hear(fixture, connection);
    Heard second = hear(fixture, connection);
    Heard third  = hear(fixture, connection);
    Heard fourth = hear(fixture, connection);

    body_is(&first, "/path/1");
    body_is(&second, "abc");
    assert_true(str_starts(third.body, STR("worker ")));
    body_is(&fourth, "/path/2");
    close(connection);
}

static void a_chunked_body_is_read(void **state)
{
    Heard heard = ask(
        *state, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

    body_is(&heard, "abcde");
}

static void headers_without_value_are_fine(void **state)
{
    Heard heard = ask(*state, "GET /hello HTTP/1.1\r\nHost:a\r\nA:\r\nB: \r\nC:  x \r\n\r\n");

    assert_int_equal(heard.status, 200);
}

static void head_has_the_headers_of_get_and_no_body(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "HEAD /hello HTTP/1.1\r\nHost: a\r\n\r\n" GET("/path/next", ""));
    Heard head = hear_head(fixture, connection);
    Heard next = hear(fixture, connection);

    assert_int_equal(head.status, 200);
    header_is(&head, "Content-Length", "5");
    body_is(&next, "/path/next");
    close(connection);
}

static void every_response_protects_itself(void **state)
{
    Heard heard = ask(*state, GET("/hello", ""));

    header_is(&heard, "Content-Security-Policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
              "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    header_is(&heard, "X-Content-Type-Options", "nosniff");
    header_is(&heard, "Referrer-Policy", "same-origin");
    header_is(&heard, "Cross-Origin-Opener-Policy", "same-origin");
    header_is(&heard, "Cache-Control", "no-store");
    header_is(&heard, "Content-Type", "text/plain; charset=utf-8");
    assert_true(heard_header(&heard, "Date").len > 0);
    assert_null(heard_header(&heard, "Strict-Transport-Security").ptr);
}

static void what_the_client_has_is_not_sent_again(void **state)
{
    Heard fresh   = ask(*state, GET("/tagged", ""));
    Heard same    = ask(*state, GET("/tagged", "If-None-Match: \"other\", W/\"rev-7\"\r\n"));
    Heard changed = ask(*state, GET("/tagged", "If-None-Match: \"rev-6\"\r\n"));

    header_is(&fresh, "ETag", "\"rev-7\"");
    assert_int_equal(same.status, 304);
    header_is(&same, "ETag", "\"rev-7\"");
    assert_int_equal(same.body.len, 0);
    assert_int_equal(changed.status, 200);
}

static size_t inflated_len(Str zipped)
{
    static unsigned char out[1 << 20];
    z_stream stream = { .next_in   = (z_const Bytef *)(uintptr_t)zipped.ptr,
                        .avail_in  = (uInt)zipped.len,
                        .next_out  = out,
                        .avail_out = sizeof(out) };

    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    inflateEnd(&stream);
    return stream.total_out;
}

static void long_text_is_compressed_when_both_sides_agree(void **state)
{
    Heard plain    = ask(*state, GET("/long", ""));
    Heard zipped   = ask(*state, GET("/long", "Accept-Encoding: br, gzip;q=0.8\r\n"));
    Heard again    = ask(*state, GET("/long", "Accept-Encoding: gzip\r\nIf-None-Match: \"rev-8-gz\"\r\n"));
    Heard unwanted = ask(*state, GET("/long", "Accept-Encoding: gzip;q=0\r\n"));

    header_is(&plain, "ETag", "\"rev-8\"");
    header_is(&plain, "Vary", "Accept-Encoding");
    header_is(&zipped, "Content-Encoding", "gzip");
    header_is(&zipped, "ETag", "\"rev-8-gz\"");
    assert_true(zipped.body.len < plain.body.len / 4);
    assert_int_equal(inflated_len(zipped.body), plain.body.len);
    assert_int_equal(again.status, 304);
    assert_null(heard_header(&unwanted, "Content-Encoding").ptr);
}

static void a_page_with_a_secret_is_not_compressed(void **state)
{
    Heard heard = ask(*state, GET("/secret", "Accept-Encoding: gzip\r\n"));

    assert_null(heard_header(&heard, "Content-Encoding").ptr);
}

static void part_of_a_file_is_sent(void **state)
{
    Heard heard = ask(*state, GET("/file", ""));

    body_is(&heard, "23456");
}

static void a_query_is_decoded_once(void **state)
{
    Heard heard = ask(*state, GET("/query?a=1&b=x%20y+z&c&a=%2541", ""));

    body_is(&heard, "[a=1][b=x y z][c=][a=%41]");
}

static void a_form_is_decoded(void **state)
{
    Heard heard = ask(
        *state, "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\r\n"
                "Content-Length: 19\r\n\r\ntitle=a+%26+b&note=");

    body_is(&heard, "[title=a & b][note=]");
}

static void a_broken_form_is_refused(void **state)
{
    Heard heard = ask(*state, "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                              "Content-Length: 4\r\n\r\na=%z");

    assert_int_equal(heard.status, 400);
}

static void a_small_multipart_form_is_held(void **state)
{
    static const char body[] = "--B\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nx\r\n"
                               "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../a.pdf\"\r\n"
                               "Content-Type: application/pdf\r\n\r\n12345\r\n--B--\r\n";
    Fixture *fixture         = *state;
    int connection           = dial(fixture);

    say(connection,
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: ");
    (void)say_bytes(connection, str_fmt(fixture->arena, "%zu\r\n\r\n%s", sizeof(body) - 1, body));
    Heard heard = hear(fixture, connection);

    body_is(&heard, "[title=x](file ../a.pdf 5)");
    close(connection);
}

static void slow_work_runs_apart(void **state)
{
    Fixture *fixture = *state;
    Heard heard      = ask(fixture, GET("/slow", ""));

    assert_true(str_eq_c(heard.body, "worker 4") || str_eq_c(heard.body, "worker 5"));
    assert_int_equal(http_server_workers(fixture->server), 6);
}

static void a_failing_handler_is_a_500(void **state)
{
    Heard heard = ask(*state, GET("/fail", ""));

    assert_int_equal(heard.status, 500);
    assert_true(heard.body.len > 0);
}

static void a_header_from_foreign_text_is_a_500(void **state)
{
    Heard heard = ask(*state, GET("/broken", ""));

    assert_int_equal(heard.status, 500);
    assert_null(heard_header(&heard, "Set-Cookie").ptr);
}

static void a_request_beyond_its_memory_is_a_503(void **state)
{
    Heard greedy = ask(*state, GET("/greedy", ""));
    Heard after  = ask(*state, GET("/hello", ""));

    assert_int_equal(greedy.status, 503);
    assert_int_equal(after.status, 200);
}

static void a_download_has_a_clean_name(void **state)
{
    Heard heard  = ask(*state, GET("/attach?name=caf%C3%A9%0D%0A%22%2Fx%E2%80%AE.pdf", ""));
    Heard device = ask(*state, GET("/attach?name=nul.tar.gz", ""));

    header_is(&heard, "Content-Disposition",
              "attachment; filename=\"caf______x_.pdf\"; filename*=UTF-8''caf%C3%A9____x_.pdf");
    header_is(&device, "Content-Disposition", "attachment; filename=\"_nul.tar.gz\"; filename*=UTF-8''_nul.tar.gz");
}

static void a_cookie_over_plain_http_has_no_prefix(void **state)
{
    Heard heard   = ask(*state, GET("/cookie", "Cookie: session=abc; theme=dark\r\n"));
    Heard planted = ask(*state, GET("/cookie", "Cookie: session=abc; session=def\r\n"));

    header_is(&heard, "Set-Cookie", "session=s3cret; Path=/; HttpOnly; SameSite=Lax; Max-Age=60");
    body_is(&heard, "<abc>");
    body_is(&planted, "<>");
}

static void only_our_own_pages_are_of_our_origin(void **state)
{
    static const struct {
        const char *request, *is;
    } cases[] = {
        { GET("/origin", ""), "other" },
        { GET("/origin", "Origin: http://a\r\n"), "same" },
        { GET("/origin", "Origin: https://a\r\n"), "other" },
        { GET("/origin", "Origin: http://b\r\n"), "other" },
        { GET("/origin", "Origin: http://a.b\r\n"), "other" },
        { GET("/origin", "Origin: null\r\n"), "other" },
        { GET("/origin", "Sec-Fetch-Site: same-origin\r\n"), "same" },
        { GET("/origin", "Sec-Fetch-Site: none\r\n"), "same" },
        { GET("/origin", "Sec-Fetch-Site: same-site\r\n"), "other" },
        { GET("/origin", "Sec-Fetch-Site: cross-site\r\nOrigin: http://a\r\n"), "other" },
        { GET("/origin", "Sec-Fetch-Site: same-origin\r\nOrigin: http://b\r\n"), "other" },
    };

    for (size_t i = 0; i < countof(cases); i++) {
        Heard heard = ask(*state, cases[i].request);
        if (!str_eq_c(heard.body, cases[i].is)) fail_msg("not %s: %s", cases[i].is, cases[i].request);
    }
}

static void forwarded_headers_count_from_a_trusted_proxy_only(void **state)
{
#define FORWARDED "X-Forwarded-For: 10.9.9.9\r\nX-Forwarded-For: 192.0.2.7, 127.0.0.1\r\nX-Forwarded-Proto: https\r\n"
    Str proxies[]   = { STR_INIT("127.0.0.1") };
    Fixture *behind = fixture_open((HttpOptions){ .trusted_proxies = { proxies, 1, 1 } });

    Heard direct  = ask(*state, GET("/peer", FORWARDED));
    Heard proxied = ask(behind, GET("/peer", FORWARDED));
    Heard cookie  = ask(behind, GET("/cookie", FORWARDED "Cookie: session=planted; __Host-session=abc\r\n"));

    body_is(&direct, "127.0.0.1 -1 plain");
    body_is(&proxied, "192.0.2.7 -1 secure");
    body_is(&cookie, "<abc>");
    header_is(&cookie, "Set-Cookie", "__Host-session=s3cret; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=60");
    fixture_close(behind);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        EACH(a_connection_serves_many_requests),
        EACH(pipelined_requests_are_answered_in_order),
        EACH(a_chunked_body_is_read),
        EACH(headers_without_value_are_fine),
        EACH(head_has_the_headers_of_get_and_no_body),
        EACH(every_response_protects_itself),
        EACH(what_the_client_has_is_not_sent_again),
        EACH(long_text_is_compressed_when_both_sides_agree),
        EACH(a_page_with_a_secret_is_not_compressed),
        EACH(part_of_a_file_is_sent),
        EACH(a_query_is_decoded_once),
        EACH(a_form_is_decoded),
        EACH(a_broken_form_is_refused),
        EACH(a_small_multipart_form_is_held),
        EACH(slow_work_runs_apart),
        EACH(a_failing_handler_is_a_500),
        EACH(a_header_from_foreign_text_is_a_500),
        EACH(a_request_beyond_its_memory_is_a_503),
        EACH(a_download_has_a_clean_name),
        EACH(a_cookie_over_plain_http_has_no_prefix),
        EACH(only_our_own_pages_are_of_our_origin),
        EACH(forwarded_headers_count_from_a_trusted_proxy_only),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
