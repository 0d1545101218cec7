/* SPDX-License-Identifier: Apache-2.0
 * Questions and answers of the local socket, as bytes and over a socket. */
#include "exchange/local_socket.h"

#include <sys/socket.h>

#include "../support/house.h"
#include "catalogue.h"
#include "job/socket.h"

static void a_question_comes_back_as_it_was(void **state)
{
    Arena *arena           = *state;
    Err err                = { 0 };
    Param params[]         = { { STR_INIT("state"), STR_INIT("a,b") }, { STR_INIT("q"), STR_INIT("two\nlines") } };
    LocalQuestion question = { .kind = LOCAL_ASK,
                               .as   = STR("ada"),
                               .ask  = { .kind     = ASK_LIST,
                                         .type     = STR("person"),
                                         .params   = { params, 2, 2 },
                                         .revision = 7,
                                         .as_of    = STR("2026-11-16") } };
    LocalQuestion back;

    Str line = local_question_write(arena, &question);
    assert_int_equal(str_index(line, '\n'), line.len);
    check_done(local_question_read(arena, line, &back, &err), &err);
    check_str(back.as, "ada");
    check_str(back.ask.params.at[1].value, "two\nlines");
    assert_int_equal(back.ask.revision, 7);
    assert_true(str_eq(local_question_write(arena, &back), line));
}

static void what_is_no_question_is_told(void **state)
{
    static const char *const lines[] = { "",
                                         "{}",
                                         "[]",
                                         "nonsense",
                                         "{\"do\":\"erase\"}",
                                         "{\"do\":\"ask\"}",
                                         "{\"do\":\"ask\",\"ask\":[]}",
                                         "{\"do\":\"ask\",\"ask\":{\"kind\":\"x\"}}",
                                         "{\"do\":\"ask\",\"do\":\"ask\"}" };
    Arena *arena                     = *state;

    for (size_t i = 0; i < countof(lines); i++) {
        LocalQuestion question;
        Err err = { 0 };
        check_failed(local_question_read(arena, str_from_c(lines[i]), &question, &err), &err, ERR_FORMAT);
    }
}

static void a_failure_comes_back_with_its_words(void **state)
{
    Arena *arena = *state;
    Err failed = { .code = ERR_USAGE, .what = "cannot tell who asks", .hint = "Say so." }, err = { 0 };
    LocalAnswer answer = { 0 };
    int64_t size;

    Str head = local_head_write(arena, &answer, &failed);
    check_failed(local_head_read(arena, head, &answer, &size, &err), &err, ERR_USAGE);
    assert_string_equal(err.what, "cannot tell who asks");
    assert_int_equal(local_exit(&err), EXIT_USAGE);
}

static void lengths_of_others_are_not_believed(void **state)
{
    static const char *const heads[] = { "{\"exit\":0,\"bytes\":-1}", "{\"exit\":0,\"bytes\":99999999999}" };
    Arena *arena                     = *state;

    for (size_t i = 0; i < countof(heads); i++) {
        LocalAnswer answer;
        int64_t size;
        Err err = { 0 };
        check_failed(local_head_read(arena, str_from_c(heads[i]), &answer, &size, &err), &err, ERR_LIMIT);
    }
}

/* ---- over a socket ---- */

static int connected(House *h)
{
    int descriptor;

    must(h->t, local_connect(h->t->arena, h->t->folder, &descriptor, &h->t->err));
    return descriptor;
}

static void questions_are_answered_over_the_socket(void **state)
{
    House *h               = *state;
    LocalQuestion question = { .kind = LOCAL_ASK,
                               .as   = STR("p-ada"),
                               .ask  = { .kind = ASK_LIST, .type = STR("person") } };
    LocalAnswer here, there;
    Socket *served;

    assert_int_equal(connected(h), -1);
    must(h->t, socket_start(h->app, h->t->folder, &served, &h->t->err));
    must(h->t, local_request(h->t->arena, connected(h), &question, &there, &h->t->err));
    must(h->t, local_answer(h->app, h->t->arena, &question, &here, &h->t->err));
    assert_true(str_eq(here.body, there.body));
    assert_int_equal(there.status, 200);
    check_str(there.zone, "UTC");
    question.as = STR("nobody");
    must_fail(h->t, local_request(h->t->arena, connected(h), &question, &there, &h->t->err), ERR_USAGE);
    socket_stop(served);
    assert_int_equal(connected(h), -1);
}

static void who_says_nothing_holds_nobody_up(void **state)
{
    House *h               = *state;
    LocalQuestion question = { .kind = LOCAL_VERIFY };
    LocalAnswer answer;
    Socket *served;

    must(h->t, socket_start(h->app, h->t->folder, &served, &h->t->err));
    for (int i = 0; i < SOCKET_THREADS - 1; i++)
        assert_true(connected(h) >= 0);
    must(h->t, local_request(h->t->arena, connected(h), &question, &answer, &h->t->err));
    assert_int_equal(answer.exit, 0);
    int garbage = connected(h);
    assert_int_equal(send(garbage, "garbage\n", 8, 0), 8);
    char byte;
    assert_true(recv(garbage, &byte, 1, 0) == 1);
    socket_stop(served); /* at once: the silent ones are not waited for */
}

static void a_second_server_is_told_that_there_is_one(void **state)
{
    House *h = *state;
    Socket *served, *second;

    must(h->t, socket_start(h->app, h->t->folder, &served, &h->t->err));
    must_fail(h->t, socket_start(h->app, h->t->folder, &second, &h->t->err), ERR_BUSY);
    assert_true(connected(h) >= 0);
    socket_stop(served);
}

int main(void)
{
    Arena *arena = arena_open(1 << 20);
    if (arena == NULL) return 1;
    house_catalogue                 = catalogue_open(arena);
    const struct CMUnitTest tests[] = {
        arena_test(a_question_comes_back_as_it_was),         arena_test(what_is_no_question_is_told),
        arena_test(a_failure_comes_back_with_its_words),     arena_test(lengths_of_others_are_not_believed),
        IN_HOUSE(questions_are_answered_over_the_socket),    IN_HOUSE(who_says_nothing_holds_nobody_up),
        IN_HOUSE(a_second_server_is_told_that_there_is_one),
    };
    int failed = cmocka_run_group_tests(tests, engines_start, engines_stop);
    arena_close(arena);
    return failed;
}
