/* SPDX-License-Identifier: Apache-2.0
 * The program: the only file that may know every door. One process serves an organisation: pages and API over HTTP,
 * commands over the local socket, jobs in a thread of their own, until SIGTERM or SIGINT. */
#include <signal.h>

#include "api/api.h"
#include "base/base64.h"
#include "base/log.h"
#include "catalogue.h"
#include "cli/cli.h"
#include "http/server.h"
#include "job/job.h"
#include "job/socket.h"
#include "org/directory.h"
#include "org/found.h"
#include "record/proof.h"
#include "web/site.h"

enum { DRAIN_MS = 5000, SETUP_KEY_BYTES = 24 };

/* ------------------------------------------------------------------------------------------------------- doors */

/* The two doors behind one listener; the path decides which of them answers. */
typedef struct {
    Api *api;
    Web web;
} Doors;

static bool doors_handle(void *app, HttpRequest *request, HttpResponse *response)
{
    Doors *doors = app;
    return api_takes(request->path) ? api_handle(doors->api, request, response)
                                    : web_handle(&doors->web, request, response);
}

static HttpIntake doors_intake(void *app, HttpRequest *request, HttpUpload *upload, HttpResponse *response)
{
    Doors *doors = app;
    return api_takes(request->path) ? api_intake(doors->api, request, upload, response)
                                    : web_intake(&doors->web, request, upload, response);
}

static bool doors_are_slow(void *app, const HttpRequest *request)
{
    Doors *doors = app;
    return api_takes(request->path) ? api_is_slow(doors->api, request) : web_is_slow(&doors->web, request);
}

static void doors_dress(void *app, const HttpRequest *request, HttpResponse *response)
{
    Doors *doors = app;
    if (api_takes(request->path))
        api_dress(doors->api, request, response);
    else
        web_dress(&doors->web, request, response);
}

/* While nobody administers the organisation, the first visitor may: but only one who reads what the server says. */
static bool setup_key(Arena *arena, App *app, Str *key, Err *err)
{
    Caller caller = { .app = app, .arena = arena, .is_system = true, .door = "web" };
    char bytes[SETUP_KEY_BYTES];
    bool is_founded;

    if (!organisation_is_founded(&caller, &is_founded, err)) return false;
    world_random(app->world, bytes, sizeof bytes);
    *key = base64url_encode(arena, (Str){ bytes, sizeof bytes });
    if (!is_founded)
        log_line(LOG_INFO, "serve", "nobody administers this organisation yet: open /setup?key=%.*s", STR_ARG(*key));
    return true;
}

static bool doors_open(Arena *arena, App *app, HttpApp *out, Err *err)
{
    Doors *doors = arena_new(arena, Doors);

    *doors = (Doors){ .api = api_open(arena, app), .web = { .app = app, .side = side_cache_open(arena) } };
    *out   = (HttpApp){
          .app = doors, .handle = doors_handle, .intake = doors_intake, .is_slow = doors_are_slow, .dress = doors_dress
    };
    return setup_key(arena, app, &doors->web.setup_key, err);
}

/* ------------------------------------------------------------------------------------------------------- the record */

/* Only a record that is what was recorded is written to. */
static bool record_check(Arena *arena, App *app, Err *err)
{
    VerifyReport report;

    if (app->signer == NULL) log_line(LOG_WARN, "serve", "there is no signing key: run \"init\"");
    if (!proof_verify(app, arena, VERIFY_QUICK, &report, err)) return err_context(err, "verifying the record");
    app->read_only = verify_exit(&report) == VERIFY_TAMPERED;
    for (size_t i = 0; i < report.len; i++)
        log_line(LOG_ERROR, "verify", "%s: event %lld, %.*s: %.*s", verify_found_name(report.at[i].found),
                 (long long)report.at[i].number, STR_ARG(report.at[i].entity), STR_ARG(report.at[i].detail));
    if (app->read_only)
        log_line(LOG_ERROR, "serve",
                 "the record is not what was recorded: nothing is written. Keep a copy of the store "
                 "before anything else is done, then run \"verify\"");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- settings */

static StrList list_of(Arena *arena, Str text)
{
    StrList list = { 0 };
    Str part;

    while (text.len > 0 && str_cut(&text, ',', &part)) {
        if (str_trim(part).len > 0) *list_push(arena, &list) = str_trim(part);
    }
    return list;
}

/* On a loopback address only its own names are ours: a page of another site that resolves its name to 127.0.0.1 (DNS
 * rebinding) is turned away. Behind a proxy or on a network --host says what is ours. */
static StrList hosts_of(Arena *arena, const ServeSettings *settings)
{
    StrList hosts = list_of(arena, settings->hosts);
    Str listen = settings->listen.len > 0 ? settings->listen : STR("127.0.0.1:8440"), address = listen, port;

    while (str_index(address, ':') < address.len)
        str_cut(&address, ':', &port);
    port = address;
    if (hosts.len > 0 || settings->proxies.len > 0 || str_eq_c(port, "0")) return hosts;
    if (!str_starts(listen, STR("127.")) && !str_starts(listen, STR("[::1]"))) return hosts;
    *list_push(arena, &hosts) = listen;
    *list_push(arena, &hosts) = str_fmt(arena, "localhost:%.*s", STR_ARG(port));
    return hosts;
}

static HttpOptions http_options(Arena *arena, App *app, const ServeSettings *settings)
{
    return (HttpOptions){ .world            = app->world,
                          .address          = settings->listen,
                          .certificate_file = settings->certificate,
                          .key_file         = settings->key,
                          .hosts            = hosts_of(arena, settings),
                          .trusted_proxies  = list_of(arena, settings->proxies) };
}

/* ------------------------------------------------------------------------------------------------------- serving */

typedef struct {
    HttpServer *http;
    Socket *socket;
    Jobs *jobs;
} Serving;

static void serving_stop(Serving *serving)
{
    http_server_close(serving->http, DRAIN_MS);
    socket_stop(serving->socket);
    jobs_stop(serving->jobs);
}

/* With PostgreSQL several processes may serve one organisation; commands are answered by the first one on a machine. */
static bool socket_open(App *app, const ServeSettings *settings, Serving *serving, Err *err)
{
    if (socket_start(app, settings->place.folder, &serving->socket, err)) return true;
    if (settings->place.is_folder || err->code != ERR_BUSY) return false;
    log_line(LOG_INFO, "serve", "another process answers commands on this machine");
    err_clear(err);
    return true;
}

static bool serving_start(Arena *arena, App *app, const ServeSettings *settings, Serving *serving, Err *err)
{
    HttpOptions options = http_options(arena, app, settings);
    HttpApp http;

    return doors_open(arena, app, &http, err) && http_server_open(http, &options, &serving->http, err) &&
           socket_open(app, settings, serving, err) && jobs_start(app, &serving->jobs, err);
}

/* Blocked in every thread and taken here, so no handler ever interrupts anything. */
static void signals_block(sigset_t *signals)
{
    sigemptyset(signals);
    sigaddset(signals, SIGTERM), sigaddset(signals, SIGINT), sigaddset(signals, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, signals, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static void signals_wait(const sigset_t *signals)
{
    int number = 0;

    while (sigwait(signals, &number) != 0 || number == SIGHUP) {
        if (number == SIGHUP) log_line(LOG_INFO, "serve", "SIGHUP: there is nothing to read again");
        number = 0;
    }
}

static bool serve(Arena *arena, App *app, const ServeSettings *settings, Err *err)
{
    Serving serving = { 0 };
    sigset_t signals;

    signals_block(&signals);
    if (!record_check(arena, app, err)) return false;
    bool done = serving_start(arena, app, settings, &serving, err);
    if (done) {
        log_line(LOG_INFO, "serve", "serving \"%.*s\" on port %d", STR_ARG(settings->place.folder),
                 http_server_port(serving.http));
        signals_wait(&signals);
        log_line(LOG_INFO, "serve", "stopping");
    }
    serving_stop(&serving);
    return done;
}

int main(int argc, char **argv)
{
    World world  = world_real();
    Arena *arena = arena_open(1 << 20);

    if (arena == NULL) return 7;
    Program program = { .catalogue = catalogue_open(arena), .directory = &directory, .world = &world, .serve = serve };
    int code        = cli_run(&program, argc, argv);
    arena_close(arena);
    return code;
}
