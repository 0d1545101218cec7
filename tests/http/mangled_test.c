/* SPDX-License-Identifier: Apache-2.0
 * Good requests, mangled at random: whatever comes, the server answers it or ends the connection, and goes on serving.
 * Each case follows from its seed, which a failure prints. PLUMBLINE_CASES says how many to try. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "client.h"

enum { CASES = 500, LINE_MAX_BYTES = 2048 };

static const Str good[] = {
    STR_INIT("GET /hello HTTP/1.1\r\nHost: a\r\nCookie: session=abc\r\n\r\n"),
    STR_INIT("GET /query?a=1&b=%20x HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\nIf-None-Match: \"x\"\r\n\r\n"),
    STR_INIT("POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
             "7\r\n\r\na=b&c=d"),
    STR_INIT("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
    STR_INIT(
        "POST /form HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=B\r\nContent-Length: 64\r\n\r\n"
        "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nbcd\r\n--B--\r\n"),
    STR_INIT("HEAD /slow HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n"),
};

static size_t below(World *world, size_t limit)
{
    uint64_t random;

    world_random(world, &random, sizeof(random));
    return (size_t)(random % limit);
}

/* Bytes changed, removed, doubled or put in from a list of those that matter to a parser. */
static Str mangle(World *world, Arena *arena, Str request)
{
    static const char sharp[] = "\r\n\t :;,=%/\\?&\"\0\x7f\xff-+0x";
    char *bytes               = arena_alloc(arena, LINE_MAX_BYTES, 1);
    size_t len                = request.len;

    memcpy(bytes, request.ptr, len);
    for (size_t turns = below(world, 6); turns > 0 && len > 8; turns--) {
        size_t at = below(world, len - 1), run = below(world, len - at) % 40 + 1;
        switch (below(world, 4)) {
        case 0: bytes[at] = sharp[below(world, sizeof(sharp))]; break;
        case 1: bytes[at] = (char)below(world, 256); break;
        case 2:
            memmove(bytes + at, bytes + at + 1, len - at - 1);
            len--;
            break;
        default:
            if (len + run > LINE_MAX_BYTES || at + run > len) break;
            memmove(bytes + at + run, bytes + at, len - at);
            len += run;
        }
    }
    return (Str){ bytes, len };
}

static void any_bytes_are_answered_or_ended(void **state)
{
    Fixture *fixture   = fixture_open((HttpOptions){ 0 });
    const char *wanted = getenv("PLUMBLINE_CASES");
    int64_t cases      = CASES;

    (void)state;
    if (wanted != NULL) assert_true(str_to_i64(str_from_c(wanted), 1, 100000000, &cases));
    for (int64_t seed = 1; seed <= cases; seed++) {
        World world    = world_steered((Time){ 1 }, (uint64_t)seed);
        ArenaMark mark = arena_mark(fixture->arena);
        int connection = dial(fixture);
        (void)say_bytes(connection, mangle(&world, fixture->arena, good[below(&world, countof(good))]));
        shutdown(connection, SHUT_WR);
        Heard heard = hear_head(fixture, connection);
        if (heard.status != 0 && (heard.status < 100 || heard.status > 505))
            fail_msg("seed %lld: %d", (long long)seed, heard.status);
        close(connection);
        arena_rewind(fixture->arena, mark);
    }
    assert_int_equal(ask(fixture, "GET /hello HTTP/1.1\r\nHost: a\r\n\r\n").status, 200);
    fixture_close(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(any_bytes_are_answered_or_ended) };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
