/* SPDX-License-Identifier: Apache-2.0
 * What a hostile or broken client may send, and how the server says no: with 400, 408, 413, 421, 431 or 501, and by
 * ending the connection. */
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "client.h"

/* Reads on to the end: an error page of the library may be longer than it says. */
static void hears_nothing_good(int connection)
{
    char rest[4096];
    ssize_t got, len = 0;

    while ((got = recv(connection, rest + len, sizeof(rest) - (size_t)len, 0)) > 0)
        len += got;
    assert_false(str_has((Str){ rest, (size_t)len }, STR(" 200 ")));
}

/* The answer is `status`, the connection ends, and no handler has run. */
static void refuses(Fixture *fixture, const char *request, int status)
{
    int before     = atomic_load(&fixture->handled);
    int connection = dial(fixture);

    say(connection, request);
    Heard heard = hear(fixture, connection);

    if (heard.status != status) fail_msg("got %d, not %d, for: %s", heard.status, status, request);
    hears_nothing_good(connection);
    assert_int_equal(atomic_load(&fixture->handled), before);
    close(connection);
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

static void a_well_formed_request_is_answered(void **state)
{
    Heard heard = ask(*state, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");

    assert_int_equal(heard.status, 200);
    assert_true(str_eq_c(heard.body, "hello"));
}

static void no_host_is_refused(void **state)
{
    refuses(*state, "GET / HTTP/1.1\r\n\r\n", 400);
}

static void two_hosts_are_refused(void **state)
{
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400);
}

static void a_host_that_is_no_host_is_refused(void **state)
{
    refuses(*state, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHost: \r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400);
}

static void length_and_coding_together_are_refused(void **state)
{
    refuses(*state,
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: "
            "chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            400);
    refuses(*state,
            "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: "
            "3\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
            400);
}

static void two_lengths_are_refused(void **state)
{
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400);
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400);
}

static void a_length_that_is_no_number_is_refused(void **state)
{
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc", 400);
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc", 400);
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc", 400);
}

static void an_unknown_coding_is_refused(void **state)
{
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 501);
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
    refuses(
        *state,
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        501);
}

static void a_blank_before_the_colon_is_refused(void **state)
{
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n", 400);
}

static void a_folded_header_is_refused(void **state)
{
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\tc\r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\nD: e\r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nA:\r\n c\r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHos: a\r\n t\r\n\r\n", 400);
    refuses(*state, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Leng: 3\r\n th\r\n\r\nabc", 400);
    refuses(*state, "GET / HTTP/1.1\r\n Folded: x\r\nHost: a\r\n\r\n", 400);
}

static void a_header_without_colon_is_refused(void **state)
{
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nnonsense\r\n\r\n", 400);
}

static void a_control_character_in_a_header_is_refused(void **state)
{
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nA: b\x01\r\n\r\n", 400);
    refuses(*state, "GET / HTTP/1.1\r\nHost: a\r\nA: b\x7f\r\n\r\n", 400);
}

static void an_unknown_method_is_refused(void **state)
{
    refuses(*state, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
    refuses(*state, "get / HTTP/1.1\r\nHost: a\r\n\r\n", 501);
}

static void a_hostile_target_is_refused(void **state)
{
    refuses(*state, "GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    refuses(*state, "GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    refuses(*state, "GET /a%2f..%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    refuses(*state, "GET /x%00.pdf HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    refuses(*state, "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400);
    refuses(*state, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", 400);
}

static void too_many_headers_are_refused(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "GET / HTTP/1.1\r\nHost: a\r\n");
    for (int i = 0; i < HTTP_HEADERS_MAX; i++)
        say(connection, "A: b\r\n");
    say(connection, "\r\n");
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 431);
    assert_true(hears_end(connection));
    close(connection);
}

static void a_cookie_of_a_megabyte_is_refused(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);
    char *cookie     = arena_alloc(fixture->arena, 1 << 20, 1);

    memset(cookie, 'c', 1 << 20);
    say(connection, "GET / HTTP/1.1\r\nHost: a\r\nCookie: a=");
    (void)say_bytes(connection, (Str){ cookie, 1 << 20 });
    say(connection, "\r\n\r\n");
    Heard heard = hear(fixture, connection);

    assert_true(heard.status == 431 || heard.status == 0);
    assert_int_equal(atomic_load(&fixture->handled), 0);
    close(connection);
}

/* head_ms is 300 here: a line each 50 ms is never idle for long. */
static void a_dripping_head_is_cut(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);
    int64_t begun    = world_monotonic_us(&fixture->world);
    Heard heard;

    say(connection, "GET / HTTP/1.1\r\nHost: a\r\n");
    while (say_bytes(connection, STR("A: b\r\n")) && world_monotonic_us(&fixture->world) - begun < 5000000)
        (void)usleep(50000);
    heard = hear(fixture, connection);

    assert_true(world_monotonic_us(&fixture->world) - begun < 2000000);
    assert_true(heard.status == 408 || heard.status == 0);
    close(connection);
}

static void a_head_that_stops_is_told_so(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "GET / HTTP/1.1\r\nHost: a\r\n");
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 408);
    assert_true(hears_end(connection));
    close(connection);
}

static void a_silent_connection_is_closed(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    assert_true(hears_end(connection));
    close(connection);
}

static void a_body_that_stops_is_told_so_and_its_sink_too(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 408);
    assert_true(hears_end(connection));
    assert_int_equal(atomic_load(&fixture->handled), 0);
    close(connection);
    http_server_close(fixture->server, 1000);
    fixture->server = NULL;
    assert_int_equal(atomic_load(&fixture->dropped), 1);
}

static void a_body_beyond_the_limit_is_refused_by_its_length(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 413);
    assert_true(hears_end(connection));
    close(connection);
}

/* The client writes all before it reads, and still gets to read why. */
static void a_large_body_is_refused_readably(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);
    char *body       = arena_alloc(fixture->arena, 2 << 20, 1);

    say(connection, "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2097152\r\n\r\n");
    assert_true(say_bytes(connection, (Str){ body, 2 << 20 }));
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 413);
    assert_true(str_eq_c(heard_header(&heard, "Connection"), "close"));
    close(connection);
}

/* A body in chunks has no length to refuse it by; 100 MB are offered. */
static void an_endless_chunked_body_is_refused(void **state)
{
    enum { CHUNK = 1 << 20 };
    Fixture *fixture = *state;
    int connection   = dial(fixture);
    char *chunk      = arena_alloc(fixture->arena, CHUNK, 1);

    say(connection, "POST /upload/small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 100; i++) {
        if (!say_bytes(connection, STR("100000\r\n")) || !say_bytes(connection, (Str){ chunk, CHUNK })) break;
        say(connection, "\r\n");
    }
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 413);
    assert_int_equal(atomic_load(&fixture->dropped), 1);
    assert_true(atomic_load(&fixture->sunk) <= 1000);
    close(connection);
}

/* The time is told by silent connections, which end after 300 ms each. */
static void a_client_that_does_not_take_its_answer_is_cut(void **state)
{
    Fixture *fixture = fixture_open((HttpOptions){ .idle_ms = 100, .body_bytes_per_s = (int64_t)1 << 30 });
    int connection   = dial(fixture);
    size_t taken     = 0;
    char bytes[65536];
    ssize_t got;

    (void)state;
    say(connection, "GET /huge HTTP/1.1\r\nHost: a\r\n\r\n");
    for (int i = 0; i < 4; i++) {
        int silent = dial(fixture);
        assert_true(hears_end(silent));
        close(silent);
    }
    while ((got = recv(connection, bytes, sizeof(bytes), 0)) > 0)
        taken += (size_t)got;

    assert_int_equal(atomic_load(&fixture->handled), 1);
    assert_true(taken < HUGE_BYTES);
    close(connection);
    fixture_close(fixture);
}

static void a_foreign_host_is_refused(void **state)
{
    Str ours[]       = { STR_INIT("plumbline.example:8440") };
    Fixture *fixture = fixture_open((HttpOptions){ .hosts = { ours, 1, 1 } });

    (void)state;
    Heard ok      = ask(fixture, "GET / HTTP/1.1\r\nHost: Plumbline.example:8440\r\n\r\n");
    Heard rebound = ask(fixture, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n");

    assert_int_equal(ok.status, 200);
    assert_int_equal(rebound.status, 421);
    fixture_close(fixture);
}

static void connections_of_one_address_are_bounded(void **state)
{
    enum { LIMIT = 5, TRIES = 12 };
    Fixture *fixture = fixture_open((HttpOptions){ .connections_per_address = LIMIT, .head_ms = 5000 });
    int connections[TRIES];
    int served = 0;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        connections[i] = dial(fixture);
        say(connections[i], "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n");
        served += hear(fixture, connections[i]).status == 200;
    }

    assert_int_equal(served, LIMIT);
    for (int i = 0; i < TRIES; i++)
        close(connections[i]);
    fixture_close(fixture);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        EACH(a_well_formed_request_is_answered),
        EACH(no_host_is_refused),
        EACH(two_hosts_are_refused),
        EACH(a_host_that_is_no_host_is_refused),
        EACH(length_and_coding_together_are_refused),
        EACH(two_lengths_are_refused),
        EACH(a_length_that_is_no_number_is_refused),
        EACH(an_unknown_coding_is_refused),
        EACH(a_blank_before_the_colon_is_refused),
        EACH(a_folded_header_is_refused),
        EACH(a_header_without_colon_is_refused),
        EACH(a_control_character_in_a_header_is_refused),
        EACH(an_unknown_method_is_refused),
        EACH(a_hostile_target_is_refused),
        EACH(too_many_headers_are_refused),
        EACH(a_cookie_of_a_megabyte_is_refused),
        EACH(a_dripping_head_is_cut),
        EACH(a_head_that_stops_is_told_so),
        EACH(a_silent_connection_is_closed),
        EACH(a_body_that_stops_is_told_so_and_its_sink_too),
        EACH(a_body_beyond_the_limit_is_refused_by_its_length),
        EACH(a_large_body_is_refused_readably),
        EACH(an_endless_chunked_body_is_refused),
        cmocka_unit_test(a_client_that_does_not_take_its_answer_is_cut),
        cmocka_unit_test(a_foreign_host_is_refused),
        cmocka_unit_test(connections_of_one_address_are_bounded),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
