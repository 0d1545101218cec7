/* SPDX-License-Identifier: Apache-2.0
 * The process that owns a store: the same answers through it as without it, and nothing lost when it dies. */
#include <arpa/inet.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "shell.h"

static const char *path_of(Shell *shell, const char *name)
{
    return str_to_c(shell->arena, str_fmt(shell->arena, "%.*s/%s", STR_ARG(shell->data), name));
}

/* ---- the same answers ---- */

enum { SCRIPT_WORDS = 10, WRITES_MAX = 100 };

/* Every kind of question and every kind of answer. Nothing here depends on the clock but what is left out below. */
static const char *const script[][SCRIPT_WORDS] = {
    { "person", "create", "--number", "p-ben", "--name", "Ben Bold" },
    { "person", "create" },
    { "--as", "p-ben", "site", "create", "--name", "X", "--kind", "office",
      "--zone"
      "=UTC" },
    { "site", "create", "--name", "HQ", "--kind", "office", "--zone=UTC", "--key", "k1" },
    { "site", "create", "--name", "HQ", "--kind", "office", "--zone=UTC", "--key", "k1" },
    { "site", "create", "--name", "Other", "--kind", "office", "--zone=UTC", "--key", "k1" },
    { "site", "edit", "SITE-1", "--name", "Head office", "--revision", "1" },
    { "site", "edit", "SITE-1", "--name", "Home", "--revision", "1" },
    { "site", "void", "SITE-1" },
    { "site", "show", "SITE-9" },
    { "site", "list", "--q", "head" },
    { "site", "list", "--castle=1" },
    { "site", "list", "--kind", "castle" },
    { "site", "export" },
    { "site", "steps", "SITE-1" },
    { "search", "ben" },
    { "--as", "stranger", "site", "list" },
    { "prove", "900" },
    { "prove" },
};

/* Clocks differ from run to run: digits are covered. */
static Str without_digits(Arena *arena, Str said)
{
    char *copy = arena_alloc(arena, said.len + 1, 1);

    for (size_t i = 0; i < said.len; i++)
        copy[i] = said.ptr[i] >= '0' && said.ptr[i] <= '9' ? '#' : said.ptr[i];
    return (Str){ copy, said.len };
}

/* What each command of the script said, its exit code first. */
static StrList script_run(Shell *shell, bool json)
{
    StrList said = { 0 };

    for (size_t i = 0; i < countof(script); i++) {
        const char *words[SCRIPT_WORDS + 2] = { "--json" };
        size_t count                        = json ? 1 : 0;
        for (size_t k = 0; k < SCRIPT_WORDS && script[i][k] != NULL; k++)
            words[count++] = script[i][k];
        words[count] = NULL;
        shell_say(shell, NULL, words);
        *list_push(shell->arena, &said) =
            str_fmt(shell->arena, "%d\n%.*s\n%.*s", shell->exit, STR_ARG(shell->out), STR_ARG(shell->err));
    }
    return said;
}

static void assert_alike(Shell *shell, const StrList *a, const StrList *b, bool exactly)
{
    for (size_t i = 0; i < a->len; i++) {
        Str one = a->at[i], other = b->at[i];
        if (!exactly) one = without_digits(shell->arena, one), other = without_digits(shell->arena, other);
        if (str_eq(one, other)) continue;
        print_error("alone:\n%.*s\nserved:\n%.*s\n", STR_ARG(one), STR_ARG(other));
        fail_msg("command %zu is answered in two ways", i);
    }
}

static void second_store(Shell *shell)
{
    shell->data = str_fmt(shell->arena, "%.*s/second", STR_ARG(shell->folder));
    setenv("PLUMBLINE_DATA", str_to_c(shell->arena, shell->data), 1);
    say(shell, "init", "--name", "Veldane", "--zone", "Europe/Amsterdam", "--admin", "Ada Admin", "--login", "ada");
    assert_exit(shell, 0);
}

static void answers_are_alike_with_and_without_a_server(void **state)
{
    Shell *shell = *state;

    StrList alone = script_run(shell, false);
    second_store(shell);
    assert_true(shell_serve(shell));
    StrList served = script_run(shell, false);

    assert_alike(shell, &alone, &served, false);
    assert_int_equal(shell_serve_end(shell, SIGTERM), 0);
}

/* The second time everything is read, refused or repeated, so nothing of a clock differs: every byte is the same. */
static void json_is_the_same_to_the_byte(void **state)
{
    Shell *shell = *state;

    (void)script_run(shell, true);
    StrList alone = script_run(shell, true);
    say(shell, "person", "list", "--json");
    Str list = shell->out;
    assert_true(shell_serve(shell));
    say(shell, "person", "list", "--json");
    assert_true(str_eq(list, shell->out));
    StrList served = script_run(shell, true);

    assert_alike(shell, &alone, &served, true);
    assert_int_equal(shell_serve_end(shell, SIGTERM), 0);
}

/* ---- over HTTP ---- */

/* The whole answer of the server, whose port stands in what it said. */
static Str http_get(Shell *shell, const char *path)
{
    Str said = shell->err, port = { 0 };
    while (str_cut(&said, ' ', &port))
        continue;
    struct sockaddr_in server = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    int64_t number            = 0;
    assert_true(str_to_i64(str_trim(port), 1, 65535, &number));
    server.sin_port = htons((uint16_t)number);
    int connection  = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(connection, (struct sockaddr *)&server, sizeof server), 0);
    Str request = str_fmt(shell->arena, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    assert_int_equal(send(connection, request.ptr, request.len, 0), (ssize_t)request.len);
    Buf answer = buf_open(shell->arena, 1 << 20);
    char piece[4096];
    for (ssize_t got; (got = recv(connection, piece, sizeof piece, 0)) > 0;)
        buf_add(&answer, (Str){ piece, (size_t)got });
    close(connection);
    return buf_str(&answer);
}

static void pages_and_api_are_served(void **state)
{
    Shell *shell = *state;

    assert_true(shell_serve(shell));
    assert_says(shell, http_get(shell, "/readyz"), "HTTP/1.1 200");
    assert_says(shell, http_get(shell, "/api/v1/people"), "HTTP/1.1 401");
    assert_says(shell, http_get(shell, "/sign-in"), "<form");
    assert_int_equal(shell_serve_end(shell, SIGTERM), 0);
}

/* Who finds the server first is not its first administrator: the log's reader is. */
static void the_first_administrator_needs_what_the_log_says(void **state)
{
    Shell *shell = *state;

    shell->data = str_fmt(shell->arena, "%.*s/bare", STR_ARG(shell->folder));
    setenv("PLUMBLINE_DATA", str_to_c(shell->arena, shell->data), 1);
    say(shell, "init", "--name", "Veldane");
    assert_true(shell_serve(shell));
    Str address = shell->err, before;
    assert_says(shell, address, "/setup?key=");
    while (!str_starts(address, STR("/setup?key=")) && str_cut(&address, ' ', &before))
        continue;
    address = str_slice(address, 0, str_index(address, '\n'));

    assert_says(shell, http_get(shell, "/setup"), "HTTP/1.1 403");
    assert_says(shell, http_get(shell, "/setup?key=guess"), "HTTP/1.1 403");
    assert_says(shell, http_get(shell, str_to_c(shell->arena, address)), "HTTP/1.1 200");
    assert_int_equal(shell_serve_end(shell, SIGTERM), 0);
}

/* ---- owning a store ---- */

static void two_processes_never_own_one_store(void **state)
{
    Shell *shell = *state;

    assert_true(shell_serve(shell));
    say(shell, "serve", "--listen", "127.0.0.1:0");
    assert_exit(shell, 7);
    assert_says(shell, shell->err, "another process owns it");
    say(shell, "person", "list");
    assert_exit(shell, 0);
    assert_int_equal(shell_serve_end(shell, SIGTERM), 0);
}

static void the_socket_comes_and_goes_with_the_server(void **state)
{
    Shell *shell = *state;
    struct stat info;

    assert_true(shell_serve(shell));
    assert_int_equal(stat(path_of(shell, "plumbline.sock"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(shell_serve_end(shell, SIGINT), 0);
    assert_int_not_equal(stat(path_of(shell, "plumbline.sock"), &info), 0);
}

/* One that was killed leaves its socket: nobody answers there, so the next command answers itself. */
static void a_socket_left_behind_stops_nobody(void **state)
{
    Shell *shell = *state;

    assert_true(shell_serve(shell));
    assert_int_equal(shell_serve_end(shell, SIGKILL), 128 + SIGKILL);
    say(shell, "person", "list");
    assert_exit(shell, 0);
    assert_true(shell_serve(shell));
    say(shell, "person", "list");
    assert_exit(shell, 0);
    assert_int_equal(shell_serve_end(shell, SIGTERM), 0);
}

/* ---- dying ---- */

/* A child that makes sites through the server until it is gone, and tells each one that was answered as done. */
static pid_t writer_start(Shell *shell, int *told)
{
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    pid_t writer = fork();
    assert_true(writer >= 0);
    *told = ends[0];
    if (writer > 0) {
        close(ends[1]);
        return writer;
    }
    close(ends[0]);
    for (int i = 0; i < WRITES_MAX; i++) {
        say(shell, "site", "create", "--name", "Written", "--kind", "office", "--zone", "UTC");
        if (shell->exit != 0 || write(ends[1], "x", 1) != 1) break;
    }
    _exit(0);
}

static int bytes_left(int descriptor)
{
    char bytes[WRITES_MAX];
    int total = 0;

    for (ssize_t got; (got = read(descriptor, bytes, sizeof bytes)) > 0;)
        total += (int)got;
    close(descriptor);
    return total;
}

static void a_server_killed_while_writing_leaves_a_whole_record(void **state)
{
    Shell *shell = *state;
    char bytes[3];
    int told;

    assert_true(shell_serve(shell));
    pid_t writer = writer_start(shell, &told);
    for (size_t i = 0; i < sizeof bytes; i++)
        assert_int_equal(read(told, &bytes[i], 1), 1); /* it is in the middle of it */
    assert_int_equal(shell_serve_end(shell, SIGKILL), 128 + SIGKILL);
    (void)kill(writer, SIGTERM);
    assert_int_equal(waitpid(writer, NULL, 0), writer);
    int done = (int)sizeof bytes + bytes_left(told);

    say(shell, "verify");
    assert_exit(shell, 0);
    say(shell, "site", "list", "--json", "--limit", "200");
    int there = 0;
    for (Str rest = shell->out, part; str_cut(&rest, '{', &part);)
        there += str_starts(part, STR("\"type\":\"site\"")) ? 1 : 0;
    assert_true(there >= done && there <= done + 1); /* at most the one whose answer was lost */
}

/* ---- what cannot be served ---- */

static void a_port_in_use_is_told(void **state)
{
    Shell *shell             = *state;
    struct sockaddr_in local = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t size           = sizeof local;
    int taken                = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(bind(taken, (struct sockaddr *)&local, size), 0);
    assert_int_equal(listen(taken, 1), 0);
    assert_int_equal(getsockname(taken, (struct sockaddr *)&local, &size), 0);
    Str address = str_fmt(shell->arena, "127.0.0.1:%d", ntohs(local.sin_port));
    say(shell, "serve", "--listen", str_to_c(shell->arena, address));
    close(taken);

    assert_exit(shell, 7);
    assert_says(shell, shell->err, "the address is in use");
}

static void a_store_that_cannot_be_read_is_told(void **state)
{
    Shell *shell = *state;

    assert_int_equal(truncate(path_of(shell, "plumbline.db"), 5), 0);
    say(shell, "serve", "--listen", "127.0.0.1:0");
    assert_exit(shell, 7);
    assert_says(shell, shell->err, "plumbline.db");
    say(shell, "person", "list");
    assert_exit(shell, 7);
}

static void settings_that_cannot_be_followed_are_told(void **state)
{
    Shell *shell = *state;

    say(shell, "serve", "--listen", "somewhere");
    assert_exit(shell, 2);
    say(shell, "serve", "--port", "80");
    assert_exit(shell, 2);
    say(shell, "serve", "--listen", "127.0.0.1:0", "--tls-cert", "/nowhere", "--tls-key", "/nowhere");
    assert_true(shell->exit == 7 || shell->exit == 2);
}

/* ---- tampering ---- */

/* As somebody with the database file and a shell would, past all triggers. */
static void tamper(Shell *shell, const char *sql)
{
    sqlite3 *db;

    assert_int_equal(sqlite3_open(path_of(shell, "plumbline.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

/* With the guards of the table out of the way and back again, so that what remains is a changed row. */
static void drop_guards_and(Shell *shell, const char *sql)
{
    static const char guards[] = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'person'";
    StrList drops = { 0 }, makes = { 0 };
    sqlite3 *db;
    sqlite3_stmt *triggers;

    assert_int_equal(sqlite3_open(path_of(shell, "plumbline.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, guards, -1, &triggers, NULL), SQLITE_OK);
    while (sqlite3_step(triggers) == SQLITE_ROW) {
        *list_push(shell->arena, &drops) =
            str_fmt(shell->arena, "DROP TRIGGER \"%s\";", (const char *)sqlite3_column_text(triggers, 0));
        *list_push(shell->arena, &makes) = str_fmt(shell->arena, "%s;", (const char *)sqlite3_column_text(triggers, 1));
    }
    sqlite3_finalize(triggers);
    sqlite3_close(db);
    tamper(shell, str_to_c(shell->arena,
                           str_fmt(shell->arena, "%.*s %s; %.*s", STR_ARG(str_join(shell->arena, &drops, STR(" "))),
                                   sql, STR_ARG(str_join(shell->arena, &makes, STR(" "))))));
}

static void a_changed_row_is_found_and_nothing_more_is_written(void **state)
{
    Shell *shell = *state;

    drop_guards_and(shell, "UPDATE person SET name = 'Mallory' WHERE number = 'P-001'");
    say(shell, "verify");
    assert_exit(shell, 1);
    assert_says(shell, shell->out, "The record is not what was recorded.");
    assert_says(shell, shell->out, "  found    row changed\n");
    say(shell, "verify", "--json");
    assert_exit(shell, 1);
    assert_says(shell, shell->out, "\"result\":\"tampered\"");
}

static void a_server_of_a_changed_record_only_reads(void **state)
{
    Shell *shell = *state;

    tamper(shell, "UPDATE ledger_state SET root = x'0000000000000000000000000000000000000000000000000000000000000000'");
    assert_true(shell_serve(shell));
    say(shell, "person", "list");
    assert_exit(shell, 0);
    say(shell, "person", "create", "--name", "Nobody");
    assert_exit(shell, 3);
    assert_says(shell, shell->err, "read-only");
    assert_int_equal(shell_serve_end(shell, SIGTERM), 0);
}

static void an_old_checkpoint_shows_that_the_record_only_grew(void **state)
{
    Shell *shell = *state;

    say(shell, "verify", "--json");
    Str from = STR("\"note\":\""), rest = shell->out;
    while (!str_starts(rest, from))
        rest = str_slice(rest, 1, rest.len);
    Str note = str_slice(rest, from.len, str_index(str_slice(rest, from.len, rest.len), '"'));
    Buf text = buf_open(shell->arena, 4096);
    for (size_t i = 0; i < note.len; i++) {
        bool is_line = note.ptr[i] == '\\' && note.ptr[i + 1] == 'n';
        buf_add_byte(&text, is_line ? '\n' : note.ptr[i]);
        if (is_line) i++;
    }
    say(shell, "person", "create", "--name", "Later");
    say_with(shell, str_to_c(shell->arena, buf_str(&text)), "verify", "--against", "-");
    assert_exit(shell, 0);
    say_with(shell, "no note\n", "verify", "--against", "-");
    assert_exit(shell, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        shell_test(answers_are_alike_with_and_without_a_server),
        shell_test(json_is_the_same_to_the_byte),
        shell_test(pages_and_api_are_served),
        shell_test(the_first_administrator_needs_what_the_log_says),
        shell_test(two_processes_never_own_one_store),
        shell_test(the_socket_comes_and_goes_with_the_server),
        shell_test(a_socket_left_behind_stops_nobody),
        shell_test(a_server_killed_while_writing_leaves_a_whole_record),
        shell_test(a_port_in_use_is_told),
        shell_test(a_store_that_cannot_be_read_is_told),
        shell_test(settings_that_cannot_be_followed_are_told),
        shell_test(a_changed_row_is_found_and_nothing_more_is_written),
        shell_test(a_server_of_a_changed_record_only_reads),
        shell_test(an_old_checkpoint_shows_that_the_record_only_grew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
