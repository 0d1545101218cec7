/* SPDX-License-Identifier: Apache-2.0
 * Large bodies pass through with flat memory, and whoever receives them is told when they break off. */
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "client.h"

enum { PIECE = 1 << 20 };

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

/* Anonymous memory of this process in KiB, as the kernel counts it. */
static int64_t anonymous_kib(void)
{
    static const char label[] = "RssAnon:";
    char bytes[4096];
    int status  = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    ssize_t len = read(status, bytes, sizeof(bytes));
    Str rest    = { bytes, len > 0 ? (size_t)len : 0 };
    Str line;
    int64_t kib = 0;

    close(status);
    while (str_cut(&rest, '\n', &line)) {
        if (!str_starts(line, str_from_c(label))) continue;
        Str number = str_trim(str_slice(line, sizeof(label) - 1, line.len));
        assert_true(str_to_i64(str_slice(number, 0, str_index(number, ' ')), 0, INT64_MAX, &kib));
    }
    return kib;
}

static void two_hundred_megabytes_pass_with_flat_memory(void **state)
{
    enum { PIECES = 200 };
    Fixture *fixture = *state;
    int connection   = dial(fixture);
    char *piece      = arena_alloc(fixture->arena, PIECE, 1);
    int64_t before   = anonymous_kib();

    say(connection, "PUT /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 209715200\r\n\r\n");
    for (int i = 0; i < PIECES; i++)
        assert_true(say_bytes(connection, (Str){ piece, PIECE }));
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 200);
    assert_int_equal(atomic_load(&fixture->sunk), (long long)PIECES * PIECE);
    assert_true(anonymous_kib() - before < 16 * 1024);
    close(connection);
}

static void a_file_in_a_form_is_streamed_and_its_fields_are_held(void **state)
{
    static const char head[] = "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nscan\r\n"
                               "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";
    static const char tail[] = "\r\n--B\r\nContent-Disposition: form-data; name=\"why\"\r\n\r\nproof\r\n--B--\r\n";
    Fixture *fixture         = *state;
    int connection           = dial(fixture);
    char *piece              = arena_alloc(fixture->arena, PIECE, 1);
    size_t length            = sizeof(head) - 1 + sizeof(tail) - 1 + 5 * (size_t)PIECE;

    (void)say_bytes(connection,
                    str_fmt(fixture->arena,
                            "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=B\r\n"
                            "Content-Length: %zu\r\n\r\n%s",
                            length, head));
    for (int i = 0; i < 5; i++)
        assert_true(say_bytes(connection, (Str){ piece, PIECE }));
    say(connection, tail);
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 200);
    assert_true(str_eq_c(heard.body, "5242880 [note=scan][why=proof]"));
    assert_int_equal(atomic_load(&fixture->dropped), 0);
    close(connection);
}

static void a_malformed_form_ends_the_upload(void **state)
{
    Fixture *fixture = *state;
    Heard heard = ask(fixture, "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=B\r\n"
                               "Content-Length: 9\r\n\r\n--C\r\nxxxx");

    assert_int_equal(heard.status, 400);
    assert_int_equal(atomic_load(&fixture->dropped), 1);
    assert_int_equal(atomic_load(&fixture->handled), 0);
}

static void a_form_without_boundary_is_refused_and_the_sink_told(void **state)
{
    Fixture *fixture = *state;
    Heard heard      = ask(fixture, "POST /upload HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data\r\n"
                                         "Content-Length: 1\r\n\r\nx");

    assert_int_equal(heard.status, 400);
    assert_int_equal(atomic_load(&fixture->dropped), 1);
}

static void an_upload_that_is_cut_tells_its_sink(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "PUT /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
    while (atomic_load(&fixture->sunk) < 3)
        sched_yield();
    close(connection);
    http_server_close(fixture->server, 2000);
    fixture->server = NULL;

    assert_int_equal(atomic_load(&fixture->handled), 0);
    assert_int_equal(atomic_load(&fixture->dropped), 1);
}

static void a_sink_that_refuses_is_asked_for_the_answer(void **state)
{
    Fixture *fixture = *state;
    Heard heard      = ask(fixture, "PUT /upload HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n!ab");

    assert_int_equal(heard.status, 507);
    assert_int_equal(atomic_load(&fixture->dropped), 0);
}

static void a_door_refuses_before_the_body_comes(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "PUT /forbidden HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2000000000\r\n\r\n");
    Heard heard = hear(fixture, connection);

    assert_int_equal(heard.status, 403);
    assert_true(str_eq_c(heard.body, "not for you"));
    assert_true(hears_end(connection));
    close(connection);
}

static void a_client_that_asks_first_is_told_to_go_on(void **state)
{
    Fixture *fixture = *state;
    int connection   = dial(fixture);

    say(connection, "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    Heard go_on = hear(fixture, connection);
    say(connection, "abc");
    Heard heard = hear(fixture, connection);

    assert_int_equal(go_on.status, 100);
    assert_true(str_eq_c(heard.body, "abc"));
    close(connection);
}

int main(void)
{
#define EACH(test) cmocka_unit_test_setup_teardown(test, open_fixture, close_fixture)
    const struct CMUnitTest tests[] = {
        EACH(two_hundred_megabytes_pass_with_flat_memory),
        EACH(a_file_in_a_form_is_streamed_and_its_fields_are_held),
        EACH(a_malformed_form_ends_the_upload),
        EACH(a_form_without_boundary_is_refused_and_the_sink_told),
        EACH(an_upload_that_is_cut_tells_its_sink),
        EACH(a_sink_that_refuses_is_asked_for_the_answer),
        EACH(a_door_refuses_before_the_body_comes),
        EACH(a_client_that_asks_first_is_told_to_go_on),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
