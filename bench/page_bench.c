/* SPDX-License-Identifier: Apache-2.0
 * What the main pages cost on a large organisation, beside three floors on the same machine in the same run: the HTTP
 * library's bare answer, a page written by hand (twelve prepared statements over the same database and 25 KB of HTML),
 * and our smallest page. wrk (Debian package) takes its share of the same cores: trust ratios, not figures.
 *
 *     make build/bench/page_bench && build/bench/page_bench [STORE] [NONCONFORMITIES] [SECONDS] [PATH] */
#include <spawn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "large.h"

#include "action/nonconformity.h"
#include "http/server.h"
#include "org/account.h"
#include "org/session.h"
#include "web/site.h"

extern char **environ;

enum { STATEMENTS = 12, PAGE_BYTES = 25 << 10, WORKERS_MAX = 16 };

static const char *const hand_sql[STATEMENTS] = {
    "SELECT person, csrf FROM session LIMIT 1",
    "SELECT name FROM person WHERE id = ?1",
    "SELECT role FROM role WHERE person = ?1",
    "SELECT id, number, title, owner, step_due FROM nonconformity WHERE state = 2 ORDER BY id LIMIT 50",
    "SELECT number, title, condition FROM nonconformity WHERE id = ?1",
    "SELECT name FROM process WHERE id = ?1",
    "SELECT id, number, text FROM action WHERE nonconformity = ?1",
    "SELECT number, kind, time FROM ledger_event WHERE number > ?1 ORDER BY number DESC LIMIT 10",
    "SELECT size FROM ledger_state",
    "SELECT size FROM ledger_checkpoint ORDER BY size DESC LIMIT 1",
    "SELECT count(*) FROM (SELECT id FROM nonconformity WHERE state = 2 LIMIT 1001)",
    "SELECT number, name FROM person ORDER BY id LIMIT 20",
};

/* The page by hand: one connection and its statements per worker of the server. */
typedef struct {
    sqlite3 *db[WORKERS_MAX];
    sqlite3_stmt *statements[WORKERS_MAX][STATEMENTS];
    Web web;
    _Atomic(int64_t) answered;
} Floors;

static void hand_open(Floors *floors, const char *path, size_t worker)
{
    if (sqlite3_open_v2(path, &floors->db[worker], SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        exit(1);
    sqlite3_exec(floors->db[worker], "PRAGMA mmap_size=268435456", NULL, NULL, NULL);
    for (size_t i = 0; i < STATEMENTS; i++)
        if (sqlite3_prepare_v2(floors->db[worker], hand_sql[i], -1, &floors->statements[worker][i], NULL) != SQLITE_OK)
            exit(1);
}

static void hand_rows(Buf *page, sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_bind_int64(statement, 1, 150);
    while (sqlite3_step(statement) == SQLITE_ROW) {
        buf_add_c(page, "<tr>");
        for (int column = 0; column < sqlite3_column_count(statement); column++) {
            buf_add_c(page, "<td>");
            buf_add_c(page, (const char *)sqlite3_column_text(statement, column));
            buf_add_c(page, "</td>");
        }
        buf_add_c(page, "</tr>\n");
    }
    sqlite3_reset(statement);
}

static void answer_by_hand(Floors *floors, HttpRequest *request, HttpResponse *response)
{
    size_t worker = (size_t)request->worker;
    Buf page      = buf_open(request->arena, PAGE_BYTES * 2);

    sqlite3_exec(floors->db[worker], "BEGIN", NULL, NULL, NULL);
    for (size_t i = 0; i < STATEMENTS; i++)
        hand_rows(&page, floors->statements[worker][i]);
    sqlite3_exec(floors->db[worker], "COMMIT", NULL, NULL, NULL);
    while (page.len < PAGE_BYTES)
        buf_add_c(&page, "<p class=\"muted\">What a page has beside its rows: head, navigation, foot.</p>\n");
    http_respond(response, 200, STR("text/html; charset=utf-8"), buf_str(&page));
}

static bool handle(void *app, HttpRequest *request, HttpResponse *response)
{
    Floors *floors = app;

    floors->answered++;
    if (str_eq_c(request->path, "/bare"))
        http_respond(response, 200, STR("text/plain; charset=utf-8"), STR("ok\n"));
    else if (str_eq_c(request->path, "/hand"))
        answer_by_hand(floors, request, response);
    else
        return web_handle(&floors->web, request, response);
    return true;
}

/* An account for the manager, and a session of it: the value of the cookie. */
static Str sign_in(Large *large, Arena *arena)
{
    Caller caller         = { .app = large->app, .arena = arena, .is_system = true, .door = "job" };
    Request make          = { .type  = &account_type,
                              .verb  = STR("create"),
                              .input = json_own(arena, json_pack("{s:s,s:s}", "number", "bench", "person", "p-000")) };
    Request set           = { .type   = &account_type,
                              .verb   = STR("set-password"),
                              .number = STR("bench"),
                              .input  = json_own(arena, json_pack("{s:s}", "password", "a sentence for benches")) };
    Request own           = set;
    SignInAttempt attempt = { STR("bench"), STR("a sentence for benches"), STR("127.0.0.1") };
    SignIn result;
    Outcome outcome;
    Err err    = { 0 };
    Str secret = { 0 };
    Call *call = NULL;

    if (verb_run(&caller, &make, &call, &outcome, &err)) call_end(call);
    if (verb_run(&caller, &set, &call, &outcome, &err)) call_end(call);
    caller.is_system = false, caller.who = large->manager;
    if (verb_run(&caller, &own, &call, &outcome, &err))
        call_end(call); /* set by oneself: nothing must be changed at sign-in */
    if (!session_sign_in(large->app, arena, &attempt, &result, &secret, &err) || result != SIGN_IN_DONE) {
        fprintf(stderr, "bench: could not sign in: %s\n", err.what);
        exit(1);
    }
    return secret;
}

/* Prints what wrk saw, and what one answer cost this process: the figure to trust on a busy machine. */
static bool wrk(Floors *floors, Arena *arena, int port, const char *seconds, const char *path, Str cookie)
{
    Str url                   = str_fmt(arena, "http://127.0.0.1:%d%s", port, path);
    Str header                = str_fmt(arena, "Cookie: plumbline=%.*s", STR_ARG(cookie));
    const char *const words[] = {
        "wrk", "-t2", "--latency", "-c", "16", "-d", seconds, "-H", str_to_c(arena, header), str_to_c(arena, url), NULL
    };
    char *arguments[countof(words)];
    pid_t child;
    int status     = 1;
    int64_t before = floors->answered;
    clock_t cpu    = clock();

    for (size_t i = 0; i < countof(words); i++)
        arguments[i] = (char *)(uintptr_t)words[i];
    printf("\n%s, 16 clients\n", path);
    (void)fflush(stdout);
    if (posix_spawnp(&child, "wrk", NULL, NULL, arguments, environ) != 0) return false;
    bool done  = waitpid(child, &status, 0) == child && status == 0;
    double per = (double)(floors->answered - before) * CLOCKS_PER_SEC / 1e6;
    printf("processor time of one answer: %.1f us\n", (double)(clock() - cpu) / (per > 0 ? per : 1));
    return done;
}

/* Private memory of this process in MiB, from the kernel's own account. */
static void show_memory(void)
{
    char line[256];
    FILE *file = fopen("/proc/self/status", "r");

    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (strncmp(line, "RssAnon", 7) == 0) printf("private memory: %s", line + 8);
    if (file != NULL) (void)fclose(file);
}

int main(int argc, char **argv)
{
    static const char *const paths[] = { "/bare",
                                         "/hand",
                                         "/",
                                         "/nonconformities",
                                         "/nonconformities/F-777",
                                         "/nonconformities/F-777/history",
                                         "/audits",
                                         "/people",
                                         "/find?q=F-777" };
    Str store                        = argc > 1 ? str_from_c(argv[1]) : STR("build/bench/large");
    int64_t cases                    = argc > 2 ? strtoll(argv[2], NULL, 10) : 100000;
    const char *seconds              = argc > 3 ? argv[3] : "4";
    Arena *arena                     = arena_open((size_t)64 << 20);
    static Floors floors;
    HttpServer *server;
    Large large;
    Err err = { 0 };

    large_open(&large, store, cases);
    Str cookie          = sign_in(&large, arena);
    floors.web          = (Web){ .app = large.app, .side = side_cache_open(arena) };
    HttpApp app         = { .app = &floors, .handle = handle };
    HttpOptions options = { .world = &large.world, .address = STR("127.0.0.1:0"), .connections_per_address = 1000 };
    if (!http_server_open(app, &options, &server, &err)) return (void)fprintf(stderr, "%s\n", err.what), 1;
    const char *path = str_to_c(arena, str_fmt(arena, "%.*s/plumbline.db", STR_ARG(store)));
    for (int i = 0; i < http_server_workers(server) && i < WORKERS_MAX; i++)
        hand_open(&floors, path, (size_t)i);
    bool done = true;
    for (size_t i = 0; done && i < (argc > 4 ? 1 : countof(paths)); i++)
        done = wrk(&floors, arena, http_server_port(server), seconds, argc > 4 ? argv[4] : paths[i], cookie);
    show_memory();
    http_server_close(server, 1000);
    large_close(&large);
    arena_close(arena);
    return done ? 0 : 1;
}
