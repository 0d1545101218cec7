/* SPDX-License-Identifier: Apache-2.0
 * The application of the tests, and their client. */
#include "client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"

/* ---- the application ---- */

static Str fields_shown(Arena *arena, const HttpFields *fields)
{
    Buf buf = buf_open(arena, 1 << 20);

    for (size_t i = 0; i < fields->len; i++)
        buf_fmt(&buf, "[%.*s=%.*s]", STR_ARG(fields->at[i].name), STR_ARG(fields->at[i].value));
    return buf_str(&buf);
}

static Str files_shown(Arena *arena, const HttpFiles *files)
{
    Buf buf = buf_open(arena, 1 << 20);

    for (size_t i = 0; i < files->len; i++)
        buf_fmt(&buf, "(%.*s %.*s %zu)", STR_ARG(files->at[i].name), STR_ARG(files->at[i].filename),
                files->at[i].bytes.len);
    return buf_str(&buf);
}

static Str long_text(Arena *arena)
{
    Buf buf = buf_open(arena, 1 << 20);

    for (int i = 0; i < 500; i++)
        buf_fmt(&buf, "The audit programme has %d audits.\n", i);
    return buf_str(&buf);
}

static void wait_at_gate(Fixture *fixture)
{
    char byte;

    atomic_fetch_add(&fixture->at_gate, 1);
    while (read(fixture->gate[0], &byte, 1) < 0)
        continue;
}

static bool handle_more(Fixture *fixture, HttpRequest *request, HttpResponse *response)
{
    Arena *arena = request->arena;

    if (str_eq_c(request->path, "/fail")) return false;
    if (str_eq_c(request->path, "/broken")) http_header_add(response, "X-Label", STR("a\r\nSet-Cookie: b=c"));
    if (str_eq_c(request->path, "/greedy")) (void)arena_alloc(arena, (size_t)1 << 30, 1);
    if (str_eq_c(request->path, "/gate")) wait_at_gate(fixture);
    if (str_eq_c(request->path, "/huge")) response->body = (Str){ arena_alloc(arena, HUGE_BYTES, 1), HUGE_BYTES };
    if (str_eq_c(request->path, "/attach")) http_attach(response, http_field(&request->query, "name"));
    if (str_eq_c(request->path, "/file")) {
        char path[] = "/tmp/plumbline-http-XXXXXX";
        int file    = mkstemp(path);
        assert_int_equal(write(file, "0123456789", 10), 10);
        unlink(path);
        http_respond_file(response, STR("application/octet-stream"), file, 2, 5);
    }
    if (str_eq_c(request->path, "/upload"))
        http_respond(response, request->upload_kept ? 200 : 507, STR("text/plain"),
                     str_fmt(arena, "%lld %.*s", (long long)atomic_load(&fixture->sunk),
                             STR_ARG(fields_shown(arena, &request->form))));
    return true;
}

static bool handle(void *app, HttpRequest *request, HttpResponse *response)
{
    Fixture *fixture = app;
    Arena *arena     = request->arena;
    Str path         = request->path;

    atomic_fetch_add(&fixture->handled, 1);
    http_respond(response, 200, STR("text/plain; charset=utf-8"), STR("hello"));
    if (str_eq_c(path, "/echo"))
        response->body = request->body;
    else if (str_starts(path, STR("/path")))
        response->body = path;
    else if (str_eq_c(path, "/query"))
        response->body = fields_shown(arena, &request->query);
    else if (str_eq_c(path, "/form"))
        response->body = str_fmt(arena, "%.*s%.*s", STR_ARG(fields_shown(arena, &request->form)),
                                 STR_ARG(files_shown(arena, &request->files)));
    else if (str_eq_c(path, "/peer"))
        response->body = str_fmt(arena, "%.*s %lld %s", STR_ARG(request->peer.address), (long long)request->peer.uid,
                                 request->is_secure ? "secure" : "plain");
    else if (str_eq_c(path, "/origin"))
        response->body = http_same_origin(request) ? STR("same") : STR("other");
    else if (str_eq_c(path, "/tagged"))
        response->etag = STR("rev-7");
    else if (str_eq_c(path, "/long") || str_eq_c(path, "/secret")) {
        response->body         = long_text(arena);
        response->etag         = STR("rev-8");
        response->may_compress = str_eq_c(path, "/long");
    } else if (str_eq_c(path, "/cookie")) {
        response->body = str_fmt(arena, "<%.*s>", STR_ARG(http_cookie(request, "session")));
        http_cookie_set(request, response, (HttpCookie){ .name = "session", .value = STR("s3cret"), .max_age_s = 60 });
    } else if (str_eq_c(path, "/slow"))
        response->body = str_fmt(arena, "worker %d", request->worker);
    else
        return handle_more(fixture, request, response);
    return true;
}

static bool sink_add(void *sink, Str bytes)
{
    Fixture *fixture = sink;

    atomic_fetch_add(&fixture->sunk, (long long)bytes.len);
    return bytes.len == 0 || bytes.ptr[0] != '!'; /* a sink that has had enough */
}

static void sink_drop(void *sink)
{
    Fixture *fixture = sink;

    atomic_fetch_add(&fixture->dropped, 1);
}

static HttpIntake intake(void *app, HttpRequest *request, HttpUpload *upload, HttpResponse *response)
{
    if (str_eq_c(request->path, "/forbidden")) {
        http_respond(response, 403, STR("text/plain"), STR("not for you"));
        return HTTP_INTAKE_REFUSE;
    }
    if (!str_starts(request->path, STR("/upload"))) return HTTP_INTAKE_HOLD;
    *upload = (HttpUpload){ .sink = app, .add = sink_add, .drop = sink_drop };
    if (str_eq_c(request->path, "/upload/small")) upload->max_bytes = 1000;
    return HTTP_INTAKE_STREAM;
}

static bool is_slow(void *app, const HttpRequest *request)
{
    (void)app;
    return str_eq_c(request->path, "/slow");
}

/* ---- the server ---- */

Fixture *fixture_open(HttpOptions options)
{
    Fixture *fixture = test_calloc(1, sizeof(*fixture));
    HttpApp app      = { .app = fixture, .handle = handle, .intake = intake, .is_slow = is_slow };
    Err err          = { 0 };

    fixture->world = world_real();
    fixture->arena = arena_open((size_t)64 << 20);
    assert_int_equal(pipe(fixture->gate), 0);
    options.world = &fixture->world;
    if (options.address.len == 0) options.address = STR("127.0.0.1:0");
    if (options.head_ms == 0) options.head_ms = 300;
    if (options.idle_ms == 0) options.idle_ms = 5000;
    if (options.body_grace_ms == 0) options.body_grace_ms = 300;
    if (!http_server_open(app, &options, &fixture->server, &err)) fail_msg("%s: %s", err.what, err.detail);
    return fixture;
}

void fixture_close(Fixture *fixture)
{
    http_server_close(fixture->server, 2000);
    close(fixture->gate[0]);
    close(fixture->gate[1]);
    arena_close(fixture->arena);
    test_free(fixture);
}

/* ---- the client ---- */

static int patient(int fd)
{
    struct timeval limit = { .tv_sec = 20 };

    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    (void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
    return fd;
}

int dial(const Fixture *fixture)
{
    struct sockaddr_in address = { .sin_family = AF_INET,
                                   .sin_port   = htons((uint16_t)http_server_port(fixture->server)) };
    int fd                     = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
    return patient(fd);
}

int dial_unix(const char *path)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int fd                     = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    memcpy(address.sun_path, path, strlen(path));
    assert_int_equal(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
    return patient(fd);
}

bool say_bytes(int connection, Str bytes)
{
    while (bytes.len > 0) {
        ssize_t sent = send(connection, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes = str_slice(bytes, (size_t)sent, bytes.len);
    }
    return true;
}

void say(int connection, const char *text)
{
    (void)say_bytes(connection, str_from_c(text));
}

Str heard_header(const Heard *heard, const char *name)
{
    Str rest = heard->head;
    Str line;
    size_t len = strlen(name);

    while (str_cut(&rest, '\n', &line)) {
        if (line.len > len && line.ptr[len] == ':' && strncasecmp(line.ptr, name, len) == 0)
            return str_trim(str_slice(line, len + 1, line.len));
    }
    return (Str){ 0 };
}

static bool hear_more(int connection, Buf *buf, size_t most)
{
    char bytes[4096];
    ssize_t got = recv(connection, bytes, most < sizeof(bytes) ? most : sizeof(bytes), 0);

    if (got <= 0) return false;
    buf_add(buf, (Str){ bytes, (size_t)got });
    return true;
}

static Heard hear_one(Fixture *fixture, int connection, bool has_body)
{
    enum { HEARD_MAX = 16 << 20 };
    Buf head       = buf_open(fixture->arena, 1 << 16);
    Buf body       = buf_open(fixture->arena, HEARD_MAX);
    Heard heard    = { 0 };
    int64_t length = 0, status;

    while (!str_ends(buf_str(&head), STR("\r\n\r\n"))) {
        if (!hear_more(connection, &head, 1)) return heard;
    }
    heard.head = buf_str(&head);
    assert_true(str_to_i64(str_slice(heard.head, 9, 3), 100, 599, &status));
    heard.status = (int)status;
    if (!str_to_i64(heard_header(&heard, "Content-Length"), 0, HEARD_MAX, &length)) length = 0;
    while (has_body && body.len < (size_t)length && hear_more(connection, &body, (size_t)length - body.len))
        continue;
    heard.body = buf_str(&body);
    return heard;
}

Heard hear(Fixture *fixture, int connection)
{
    return hear_one(fixture, connection, true);
}

Heard hear_head(Fixture *fixture, int connection)
{
    return hear_one(fixture, connection, false);
}

bool hears_end(int connection)
{
    char byte;

    return recv(connection, &byte, 1, 0) <= 0;
}

Heard ask(Fixture *fixture, const char *request)
{
    int connection = dial(fixture);

    say(connection, request);
    Heard heard = hear(fixture, connection);
    close(connection);
    return heard;
}
