/* SPDX-License-Identifier: Apache-2.0
 * What the HTTP room costs by itself: wrk (Debian package) against a handler that does nothing, for a 304, a page of 25
 * KB, the page compressed, and slow work. wrk takes its share of the same cores, so compare figures of one machine
 * only. make build/bench/http_bench && build/bench/http_bench [SECONDS] */
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/server.h"

extern char **environ;

enum { PAGE_BYTES = 25 << 10 };

static Str page(Arena *arena)
{
    Buf buf = buf_open(arena, PAGE_BYTES);

    for (int row = 0; buf.len + 100 < PAGE_BYTES; row++)
        buf_fmt(&buf, "<tr><td>NC-%04d</td><td>Access rights were not reviewed in quarter %d</td></tr>\n", row,
                row % 4 + 1);
    return buf_str(&buf);
}

static bool answer_page(void *app, HttpRequest *request, HttpResponse *response)
{
    const Str *body = app;

    http_respond(response, 200, STR("text/html; charset=utf-8"), *body);
    response->may_compress = str_eq_c(request->path, "/zipped");
    if (str_eq_c(request->path, "/tagged")) response->etag = STR("1");
    return true;
}

static bool is_slow(void *app, const HttpRequest *request)
{
    (void)app;
    return str_eq_c(request->path, "/slow");
}

/* Runs wrk with `connections` against `path`; its report goes to standard output. */
static bool wrk(Arena *arena, int port, const char *seconds, const char *connections, const char *path,
                const char *header)
{
    Str url                   = str_fmt(arena, "http://127.0.0.1:%d%s", port, path);
    const char *const words[] = { "wrk", "-t2",  "--latency",          "-c", connections, "-d", seconds,
                                  "-H",  header, str_to_c(arena, url), NULL };
    char *arguments[countof(words)];
    pid_t child;
    int status = 1;

    for (size_t i = 0; i < countof(words); i++)
        arguments[i] = (char *)(uintptr_t)words[i];
    printf("\n%s, %s connections, %s\n", path, connections, header);
    (void)fflush(stdout);
    if (posix_spawnp(&child, "wrk", NULL, NULL, arguments, environ) != 0) return false;
    return waitpid(child, &status, 0) == child && status == 0;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *path, *connections, *header;
    } runs[] = {
        { "/tagged", "16", "If-None-Match: \"1\"" },  { "/tagged", "256", "If-None-Match: \"1\"" },
        { "/page", "16", "Accept: text/html" },       { "/page", "256", "Accept: text/html" },
        { "/zipped", "16", "Accept-Encoding: gzip" }, { "/slow", "16", "Accept: text/html" },
    };
    const char *seconds = argc > 1 ? argv[1] : "5";
    Arena *arena        = arena_open((size_t)8 << 20);
    World world         = world_real();
    HttpServer *server;
    Err err = { 0 };

    if (arena == NULL) return 1;
    Str body            = page(arena);
    HttpApp app         = { .app = &body, .handle = answer_page, .is_slow = is_slow };
    HttpOptions options = { .world = &world, .address = STR("127.0.0.1:0"), .connections_per_address = 1000 };
    if (!http_server_open(app, &options, &server, &err)) return (void)fprintf(stderr, "%s\n", err.what), 1;
    bool done = true;
    for (size_t i = 0; done && i < countof(runs); i++)
        done = wrk(arena, http_server_port(server), seconds, runs[i].connections, runs[i].path, runs[i].header);
    if (!done) (void)fprintf(stderr, "wrk could not be run; it is the Debian package of that name\n");
    http_server_close(server, 1000);
    arena_close(arena);
    return done ? 0 : 1;
}
