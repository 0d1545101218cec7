/* SPDX-License-Identifier: Apache-2.0
 * Opening and closing the server: defaults, listener, guard, pool, library. What happens to a request is in
 * http/serve.c.
 *
 * The library's flags: poll, as its epoll mode was seen to hang; an inter-thread channel, without which it cannot be
 * told to stop listening. Its strictness is off, as all it would add is a malformed answer to a request without Host,
 * and http/head.h looks at more. It has no time limits either: the guard has them. */
#include "http/server.h"

#include <assert.h>
#include <poll.h>
#include <unistd.h>

#include "base/log.h"
#include "http/listen.h"
#include "http/serve.h"
#include "http/tls.h"

enum {
    CONNECTION_MEMORY_BYTES = 32 << 10, /* of the library, per connection: bounds a head, and the pieces of a body */
    SLOW_QUEUE_MAX          = 64,
    DRAIN_STEP_MS           = 10,
};

static int64_t or_default(int64_t value, int64_t otherwise)
{
    return value > 0 ? value : otherwise;
}

static StrList list_copy(Arena *arena, const StrList *list, bool in_lower_case)
{
    StrList copy = { 0 };

    for (size_t i = 0; i < list->len; i++) {
        Str *item = list_push(arena, &copy);
        *item     = in_lower_case ? str_lower(arena, list->at[i]) : str_dup(arena, list->at[i]);
    }
    return copy;
}

static HttpOptions options_complete(Arena *arena, const HttpOptions *given)
{
    HttpOptions options = *given;

    options.address                 = given->address.len > 0 ? str_dup(arena, given->address) : STR("127.0.0.1:8440");
    options.hosts                   = list_copy(arena, &given->hosts, true);
    options.trusted_proxies         = list_copy(arena, &given->trusted_proxies, false);
    options.threads                 = (int)or_default(given->threads, 4);
    options.slow_threads            = (int)or_default(given->slow_threads, 2);
    options.connections             = (int)or_default(given->connections, 512);
    options.connections_per_address = (int)or_default(given->connections_per_address, 64);
    options.head_ms                 = or_default(given->head_ms, 10000);
    options.idle_ms                 = or_default(given->idle_ms, 30000);
    options.body_grace_ms           = or_default(given->body_grace_ms, 5000);
    options.body_bytes_per_s        = or_default(given->body_bytes_per_s, 8192);
    options.request_bytes           = or_default(given->request_bytes, (int64_t)1 << 20);
    options.upload_bytes            = or_default(given->upload_bytes, (int64_t)2 << 30);
    options.arena_bytes             = (size_t)or_default((int64_t)given->arena_bytes, (int64_t)64 << 20);
    if (options.threads > HTTP_THREADS_MAX) options.threads = HTTP_THREADS_MAX;
    return options;
}

static void library_log(void *cls, const char *format, va_list args) PRINTF(2, 0);
static void library_log(void *cls, const char *format, va_list args)
{
    char line[512];
    int len = vsnprintf(line, sizeof(line), format, args);

    (void)cls;
    while (len > 0 && len < (int)sizeof(line) && line[len - 1] == '\n')
        line[--len] = '\0';
    log_line(LOG_DEBUG, "http", "%s", line);
}

/* The target is read by http/target.c, once; the library leaves it as it came. */
static size_t leave_escapes(void *cls, struct MHD_Connection *connection, char *text)
{
    (void)cls, (void)connection;
    return strlen(text);
}

static unsigned address_limit(const HttpServer *server)
{
    bool is_shared = server->port == 0 || server->options.trusted_proxies.len > 0;

    return is_shared ? 0 : (unsigned)server->options.connections_per_address;
}

static bool daemon_start(HttpServer *server, const TlsFiles *tls, Err *err)
{
    const HttpOptions *options = &server->options;
    unsigned flags    = MHD_USE_POLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
    char priorities[] = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:-CIPHER-ALL:+AES-256-GCM:"
                        "+AES-128-GCM:+CHACHA20-POLY1305:%SERVER_PRECEDENCE";
    struct MHD_OptionItem tls_options[] = {
        { MHD_OPTION_HTTPS_MEM_CERT, 0, tls->certificate },
        { MHD_OPTION_HTTPS_MEM_KEY, 0, tls->key },
        { MHD_OPTION_HTTPS_PRIORITIES, 0, priorities },
        { MHD_OPTION_END, 0, NULL },
    };
    struct MHD_OptionItem no_options[] = { { MHD_OPTION_END, 0, NULL } };

    server->daemon = MHD_start_daemon(
        server->is_tls ? flags | MHD_USE_TLS : flags, 0, NULL, NULL, serve_request, server, MHD_OPTION_EXTERNAL_LOGGER,
        library_log, NULL, MHD_OPTION_LISTEN_SOCKET, server->listener, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)options->threads, MHD_OPTION_CONNECTION_LIMIT, (unsigned)options->connections,
        MHD_OPTION_PER_IP_CONNECTION_LIMIT, address_limit(server), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)CONNECTION_MEMORY_BYTES, MHD_OPTION_CONNECTION_TIMEOUT, 0U, MHD_OPTION_STRICT_FOR_CLIENT, 0,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes, NULL, MHD_OPTION_URI_LOG_CALLBACK, serve_line, server,
        MHD_OPTION_NOTIFY_COMPLETED, serve_over, server, MHD_OPTION_NOTIFY_CONNECTION, serve_connection, server,
        MHD_OPTION_ARRAY, server->is_tls ? tls_options : no_options, MHD_OPTION_END);
    if (server->daemon != NULL) return true;
    return err_set(
        err, ERR_NETWORK, 0, .what = STR("could not start the HTTP server"),
        .detail = STR("The listener is open, but its threads or TLS could not be set up."),
        .hint   = STR("Raise the limits of the service for tasks and memory; with TLS, check the certificate chain."));
}

static bool no_memory_prepare(HttpServer *server, Err *err)
{
    static char text[] = "The server has no memory for this request.\n";

    server->no_memory = MHD_create_response_from_buffer(sizeof(text) - 1, text, MHD_RESPMEM_PERSISTENT);
    if (server->no_memory != NULL) {
        (void)MHD_add_response_header(server->no_memory, "Content-Type", "text/plain");
        (void)MHD_add_response_header(server->no_memory, "Retry-After", "5");
        (void)MHD_add_response_header(server->no_memory, "Cache-Control", "no-store");
        (void)MHD_add_response_header(server->no_memory, "Connection", "close");
        return true;
    }
    return err_set(err, ERR_LIMIT, 0, .what = STR("could not start the HTTP server"),
                   .detail = STR("There is no memory."), .hint = STR("Give the machine or the service more memory."));
}

static GuardLimits guard_limits(const HttpOptions *options)
{
    return (GuardLimits){ .world            = options->world,
                          .connections      = (size_t)options->connections,
                          .head_ms          = options->head_ms,
                          .idle_ms          = options->idle_ms,
                          .body_grace_ms    = options->body_grace_ms,
                          .body_bytes_per_s = options->body_bytes_per_s };
}

/* Gives back what was opened, in the order against the opening. The library closes the listener unless it never had it.
 */
static void server_release(HttpServer *server)
{
    if (server->daemon != NULL) MHD_stop_daemon(server->daemon);
    if (server->listener >= 0) close(server->listener);
    if (server->guard != NULL) guard_close(server->guard);
    if (server->no_memory != NULL) MHD_destroy_response(server->no_memory);
    for (size_t i = 0; i < server->spare_len; i++)
        arena_close(server->spare[i]);
    pthread_mutex_destroy(&server->mutex);
    arena_close(server->arena);
}

static bool server_start(HttpServer *server, Err *err)
{
    const HttpOptions *options = &server->options;
    TlsFiles tls               = { 0 };

    if (server->is_tls && !tls_load(server->arena, options->certificate_file, options->key_file, &tls, err))
        return false;
    if (!no_memory_prepare(server, err)) return false;
    if (!listen_open(server->arena, options->address, &server->listener, &server->port, err)) return false;
    if (!guard_open(server->arena, guard_limits(options), &server->guard, err)) return false;
    if (!slow_open(server->arena, options->slow_threads, SLOW_QUEUE_MAX, &server->slow, err)) return false;
    if (daemon_start(server, &tls, err)) return true;
    slow_close(server->slow);
    return false;
}

bool http_server_open(HttpApp app, const HttpOptions *options, HttpServer **out, Err *err)
{
    Arena *arena = arena_open((size_t)8 << 20);
    HttpServer *server;

    assert(app.handle != NULL && options->world != NULL);
    if (arena == NULL)
        return err_set(err, ERR_LIMIT, 0, .what = STR("could not start the HTTP server"),
                       .detail = STR("There is no memory."),
                       .hint   = STR("Give the machine or the service more memory."));
    server           = arena_new(arena, HttpServer);
    server->arena    = arena;
    server->app      = app;
    server->listener = -1;
    server->options  = options_complete(arena, options);
    server->is_tls   = options->certificate_file.len > 0 || options->key_file.len > 0;
    pthread_mutex_init(&server->mutex, NULL);
    if (!server_start(server, err)) {
        server_release(server);
        return false;
    }
    *out = server;
    return true;
}

void http_server_close(HttpServer *server, int64_t drain_ms)
{
    if (server == NULL) return;
    atomic_store(&server->is_draining, true);
    (void)MHD_quiesce_daemon(server->daemon); /* the listener is ours again */
    close(server->listener);
    server->listener = -1;
    guard_drain(server->guard);
    for (int64_t waited = 0; waited < drain_ms && guard_count(server->guard) > 0; waited += DRAIN_STEP_MS)
        (void)poll(NULL, 0, DRAIN_STEP_MS);
    guard_cut_all(server->guard);
    slow_close(server->slow); /* whoever is suspended is resumed: the library must not be stopped before */
    server_release(server);
}

int http_server_port(const HttpServer *server)
{
    return server->port;
}

int http_server_workers(const HttpServer *server)
{
    return server->options.threads + server->options.slow_threads;
}
