/* SPDX-License-Identifier: Apache-2.0
 * One request from its line to its answer. The library calls serve_request once with the head, then with each piece of
 * the body, then once more at the end; what is known in between is a Serving, which lives in the request's own arena.
 * The arena goes back to the pool when the answer is handed over, since requests of many connections take turns on a
 * thread.
 *
 * Memory that runs out jumps to attempt(), the only recovery point, which never has a frame of the library below it. */
#include "http/serve.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "http/answer.h"
#include "http/body.h"
#include "http/head.h"
#include "http/target.h"

enum { DISCARD_MAX = 8 << 20 /* of a refused body is read so that the client gets to read why */ };

typedef enum { STAGE_HEAD, STAGE_BODY, STAGE_WORKED } Stage;

typedef struct {
    SlowJob job; /* first: a job is its Serving */
    HttpServer *server;
    Arena *arena;
    struct MHD_Connection *connection;
    Watch *watch;
    Stage stage;
    HttpField raw[HTTP_HEADERS_MAX]; /* as the library has them */
    size_t raw_len;
    bool has_too_many_headers, has_folded_header;
    Str method;
    HttpRequest request;
    HttpResponse response;
    HttpBody *body;
    HttpAnswer answer; /* message NULL: not yet */
    bool answers_now;  /* do not wait for the rest of the body */
    Str piece;         /* of the body, during serve_request */
    int64_t discarded; /* bytes of the body that came after a refusal */
    bool lingers;
    bool is_slow;
} Serving;

/* ---- arenas and threads ---- */

static Arena *arena_take(HttpServer *server)
{
    Arena *arena = NULL;

    pthread_mutex_lock(&server->mutex);
    if (server->spare_len > 0) arena = server->spare[--server->spare_len];
    pthread_mutex_unlock(&server->mutex);
    return arena != NULL ? arena : arena_open(server->options.arena_bytes);
}

static void arena_give(HttpServer *server, Arena *arena)
{
    arena_reset(arena);
    pthread_mutex_lock(&server->mutex);
    bool fits = server->spare_len < SPARE_ARENAS;
    if (fits) server->spare[server->spare_len++] = arena;
    pthread_mutex_unlock(&server->mutex);
    if (!fits) arena_close(arena);
}

static int thread_index(HttpServer *server)
{
    pthread_t self = pthread_self();
    int index      = 0;

    pthread_mutex_lock(&server->mutex);
    while (index < server->threads_len && !pthread_equal(server->threads[index], self))
        index++;
    if (index == server->threads_len) server->threads[server->threads_len++] = self;
    pthread_mutex_unlock(&server->mutex);
    assert(index < server->options.threads);
    return index;
}

/* ---- answers of the server itself ---- */

static void answer(Serving *s)
{
    bool is_closing = atomic_load(&s->server->is_draining);

    answer_make(&s->request, &s->response, is_closing, &s->answer);
}

/* Always false, so that a check can `return refuse(…)`. */
static bool refuse(Serving *s, int status, const char *why)
{
    const HttpApp *app = &s->server->app;

    http_respond(&s->response, status, STR("text/plain; charset=utf-8"), str_fmt(s->arena, "%s\n", why));
    s->response.close = true;
    if (app->dress != NULL) app->dress(app->app, &s->request, &s->response);
    answer(s);
    return false;
}

/* Does a step of the work; when memory runs out in it, the answer is the 503 that was made at the start. */
static void attempt(Serving *s, void (*step)(Serving *))
{
    if (ARENA_TRY(s->arena)) {
        step(s);
    } else {
        log_line(LOG_ERROR, "http", "a request needed more memory than it may have");
        if (s->response.has_file) close(s->response.file);
        s->response.has_file = false;
        if (s->answer.message != NULL) MHD_destroy_response(s->answer.message);
        s->answer = (HttpAnswer){ .status = 503, .message = s->server->no_memory };
    }
    arena_forget_recovery(s->arena);
}

/* ---- the head ---- */

/* In a head as it came there are only a colon (made NUL) and blanks between a name and its value. The library "unfolds"
 * a continued line by appending it to the name, which it moves or grows for that: so "A: b" and " c" come out as "Ac:
 * b", another header than any program on the way has seen. It shows in where the two lie. */
static bool is_folded(const char *name, size_t name_len, const char *value)
{
    const char *at = name + name_len;

    if (value == NULL) return false;
    if (value <= at || *at != '\0') return true;
    for (at++; at < value; at++) {
        if (*at != ' ' && *at != '\t') return true;
    }
    return false;
}

static enum MHD_Result header_note(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len,
                                   const char *value, size_t value_len)
{
    Serving *s = cls;

    (void)kind;
    s->has_too_many_headers = s->raw_len == HTTP_HEADERS_MAX;
    if (s->has_too_many_headers) return MHD_NO;
    if (is_folded(name, name_len, value)) s->has_folded_header = true;
    s->raw[s->raw_len++] =
        (HttpField){ { name, name_len }, { value == NULL ? "" : value, value == NULL ? 0 : value_len } };
    return MHD_YES;
}

static void headers_copy(Serving *s)
{
    HttpRequest *request = &s->request;

    for (size_t i = 0; i < s->raw_len; i++) {
        HttpField *field = list_push(s->arena, &request->headers);
        field->name      = str_dup(s->arena, s->raw[i].name);
        field->value     = str_trim(str_dup(s->arena, s->raw[i].value));
    }
}

static void peer_read(Serving *s)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(s->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr *address       = info != NULL ? info->client_addr : NULL;
    HttpPeer *peer                       = &s->request.peer;
    char text[INET6_ADDRSTRLEN]          = "";
    struct ucred credentials;
    socklen_t len = sizeof(credentials);

    *peer = (HttpPeer){ .uid = -1 };
    if (s->server->port == 0) {
        info          = MHD_get_connection_info(s->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        peer->is_unix = true;
        peer->address = STR("unix");
        if (info != NULL && getsockopt(info->connect_fd, SOL_SOCKET, SO_PEERCRED, &credentials, &len) == 0)
            peer->uid = credentials.uid;
    } else if (address != NULL && address->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address;
        peer->address = str_dup(s->arena, str_from_c(inet_ntop(AF_INET, &v4->sin_addr, text, sizeof(text))));
    } else if (address != NULL && address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)address;
        peer->address = str_dup(s->arena, str_from_c(inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof(text))));
    }
}

static bool list_has(const StrList *list, Str sought)
{
    for (size_t i = 0; i < list->len; i++) {
        if (str_eq(list->at[i], sought)) return true;
    }
    return false;
}

static bool is_address(Arena *arena, Str text)
{
    struct in6_addr any;
    const char *address = str_to_c(arena, text);

    return address != NULL && (inet_pton(AF_INET, address, &any) == 1 || inet_pton(AF_INET6, address, &any) == 1);
}

/* Behind a trusted proxy. A client may have sent such headers too, before the proxy added its own, so the last word
 * counts: the last entry that is an address and no trusted proxy is the client, the last scheme is the one it came by.
 */
static void proxy_read(Serving *s)
{
    const StrList *trusted = &s->server->options.trusted_proxies;
    HttpRequest *request   = &s->request;
    Str entry;

    if (!list_has(trusted, request->peer.address)) return;
    for (size_t i = 0; i < request->headers.len; i++) {
        Str name = str_lower(s->arena, request->headers.at[i].name);
        Str rest = request->headers.at[i].value;
        if (str_eq_c(name, "x-forwarded-proto")) request->is_secure = str_eq_c(rest, "https");
        if (!str_eq_c(name, "x-forwarded-for")) continue;
        while (str_cut(&rest, ',', &entry)) {
            Str address = str_trim(entry);
            if (list_has(trusted, address) || !is_address(s->arena, address)) continue;
            request->peer = (HttpPeer){ .address = address, .uid = -1 };
        }
    }
}

static bool request_read(Serving *s)
{
    HttpRequest *request = &s->request;
    HttpTarget target;
    const char *why;

    if (!http_method_from(s->method, &request->method)) return refuse(s, 501, "The method is not known.");
    if (!http_target_parse(s->arena, request->target, &target, &why)) return refuse(s, 400, why);
    request->path  = target.path;
    request->query = target.query;
    request->host  = str_lower(s->arena, http_header(request, "Host"));
    for (size_t i = 0; i < request->headers.len; i++) {
        const HttpField *field = &request->headers.at[i];
        if (str_eq_c(str_lower(s->arena, field->name), "cookie"))
            http_cookies_parse(s->arena, field->value, &request->cookies);
    }
    peer_read(s);
    proxy_read(s);
    if (s->server->options.hosts.len > 0 && !list_has(&s->server->options.hosts, request->host))
        return refuse(s, 421, "This server does not answer for that host.");
    return true;
}

/* Asks the door what to do with the body and prepares for it. */
static void body_prepare(Serving *s, const HttpHeadCheck *head)
{
    const HttpApp *app         = &s->server->app;
    const HttpOptions *options = &s->server->options;
    HttpUpload upload          = { 0 };
    HttpIntake intake          = HTTP_INTAKE_HOLD;
    int64_t max                = options->request_bytes;
    const char *why;

    if (app->intake != NULL) intake = app->intake(app->app, &s->request, &upload, &s->response);
    if (intake == HTTP_INTAKE_REFUSE) {
        s->response.close = true;
        answer(s);
        return;
    }
    if (intake == HTTP_INTAKE_STREAM) max = upload.max_bytes > 0 ? upload.max_bytes : options->upload_bytes;
    s->body =
        body_open(&s->request, intake == HTTP_INTAKE_STREAM ? &upload : NULL,
                  (HttpBodyLimits){ .held_max = options->request_bytes, .stream_max = options->upload_bytes }, &why);
    if (s->body == NULL) {
        if (intake == HTTP_INTAKE_STREAM && upload.drop != NULL) upload.drop(upload.sink);
        refuse(s, 400, why);
    } else if (head->body_bytes > max) {
        refuse(s, 413, "The request is larger than is accepted here.");
    }
}

/* A refusal with a body on its way: the body is read and thrown away for a while, so that a client that writes before
 * it reads gets the answer. A client that asks first, or whose framing cannot be trusted, is answered at once; so is a
 * large body over TLS, where the guard cannot speak. */
static bool is_answered_now(const Serving *s, const HttpHeadCheck *head)
{
    if (head->status != 0 || !head->has_body || head->expects_continue) return true;
    return s->server->is_tls && head->body_bytes > DISCARD_MAX;
}

static void step_head(Serving *s)
{
    HttpHeadCheck head;

    headers_copy(s);
    head = http_head_check(&s->request.headers);
    if (s->has_folded_header) head = (HttpHeadCheck){ .status = 400, .why = "A header is continued on the next line." };
    if (s->has_too_many_headers) head = (HttpHeadCheck){ .status = 431, .why = "There are too many headers." };
    if (head.status != 0)
        refuse(s, head.status, head.why);
    else if (request_read(s) && head.has_body)
        body_prepare(s, &head);
    s->answers_now = is_answered_now(s, &head);
}

/* ---- the body ---- */

static void step_piece(Serving *s)
{
    const char *why;
    int status = body_add(s->body, s->piece, &why);

    if (status != 0) refuse(s, status, why);
}

static void step_end(Serving *s)
{
    const char *why;
    int status = body_end(s->body, &why);

    if (status != 0) refuse(s, status, why);
}

static void body_forget(Serving *s)
{
    if (s->body != NULL) body_drop(s->body);
    s->body = NULL;
}

/* Beyond what is read for courtesy, the answer is said in short while the client still talks; over TLS there is only
 * the end of the connection. */
static enum MHD_Result discard(Serving *s)
{
    char words[256];
    int len;

    s->discarded += (int64_t)s->piece.len;
    if (s->discarded <= DISCARD_MAX || s->lingers) return MHD_YES;
    len        = snprintf(words, sizeof(words), "HTTP/1.1 %d %s\r\nConnection: close\r\nContent-Length: 0\r\n\r\n",
                          s->answer.status, MHD_get_reason_phrase_for((unsigned)s->answer.status));
    s->lingers = guard_last_words(s->server->guard, s->watch, (Str){ words, (size_t)len });
    return s->lingers ? MHD_YES : MHD_NO;
}

/* A body where the head announced none. */
static void step_stray(Serving *s)
{
    refuse(s, 400, "There is a body where none was announced.");
}

static enum MHD_Result take_piece(Serving *s, Str piece)
{
    s->piece = piece;
    if (!s->lingers) guard_received(s->server->guard, s->watch, piece.len);
    if (s->answer.message != NULL) return discard(s);
    attempt(s, s->body != NULL ? step_piece : step_stray);
    if (s->answer.message != NULL) body_forget(s);
    return MHD_YES;
}

/* ---- the handler ---- */

static void step_handle(Serving *s)
{
    const HttpApp *app = &s->server->app;

    if (s->body != NULL) body_hand_over(s->body);
    if (app->handle(app->app, &s->request, &s->response)) {
        answer(s);
        return;
    }
    if (s->response.has_file) close(s->response.file);
    s->response = (HttpResponse){ .arena = s->arena };
    refuse(s, 500, "The server could not answer. The cause is in its log.");
}

static void run_slowly(SlowJob *job, int thread)
{
    Serving *s = (Serving *)job;

    s->request.worker = s->server->options.threads + thread;
    attempt(s, step_handle);
    MHD_resume_connection(s->connection); /* from here on the library's thread may have ended `s` */
}

static void step_busy(Serving *s)
{
    http_header_add(&s->response, "Retry-After", STR("5"));
    refuse(s, 503, "There is more work waiting than can be done soon.");
}

static void step_ask_slow(Serving *s)
{
    const HttpApp *app = &s->server->app;

    s->is_slow = app->is_slow != NULL && app->is_slow(app->app, &s->request);
}

/* Gives back everything, telling a sink that is still open; `s` is gone. */
static void serving_end(Serving *s)
{
    HttpServer *server           = s->server;
    struct MHD_Response *message = s->answer.message;

    body_forget(s);
    if (message != NULL && message != server->no_memory) MHD_destroy_response(message);
    arena_give(server, s->arena);
}

/* Hands the answer to the library; the Serving ends. */
static enum MHD_Result send_answer(Serving *s, void **context)
{
    HttpServer *server     = s->server;
    HttpAnswer a           = s->answer;
    enum MHD_Result queued = MHD_NO;

    *context = NULL;
    if (!s->lingers && a.message != NULL) {
        guard_mark(server->guard, s->watch, WATCH_SEND, a.bytes);
        queued = MHD_queue_response(s->connection, (unsigned)a.status, a.message);
    }
    serving_end(s);
    return queued;
}

static enum MHD_Result finish(Serving *s, void **context)
{
    if (s->answer.message == NULL && s->body != NULL) attempt(s, step_end);
    if (s->answer.message == NULL) attempt(s, step_ask_slow);
    if (s->answer.message != NULL) return send_answer(s, context);
    guard_mark(s->server->guard, s->watch, WATCH_WORK, 0);
    if (!s->is_slow) {
        attempt(s, step_handle);
        return send_answer(s, context);
    }
    s->stage   = STAGE_WORKED;
    s->job.run = run_slowly;
    MHD_suspend_connection(s->connection);
    if (slow_push(s->server->slow, &s->job)) return MHD_YES;
    attempt(s, step_busy);
    MHD_resume_connection(s->connection);
    return MHD_YES;
}

/* ---- what the library calls ---- */

void *serve_line(void *cls, const char *target, struct MHD_Connection *connection)
{
    HttpServer *server                   = cls;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    Watch *watch                         = info != NULL ? info->socket_context : NULL;
    Arena *arena                         = watch != NULL ? arena_take(server) : NULL;
    Serving *s;

    if (arena == NULL) return NULL;
    guard_mark(server->guard, watch, WATCH_HEAD, 0);
    /* fits into the arena's first block: no jump */
    s  = arena_new(arena, Serving);
    *s = (Serving){ .server = server, .arena = arena, .connection = connection, .watch = watch };
    s->request =
        (HttpRequest){ .arena = arena, .is_secure = server->is_tls, .target = str_dup(arena, str_from_c(target)) };
    s->response.arena = arena;
    return s;
}

static enum MHD_Result take_head(Serving *s, const char *method, void **context)
{
    s->stage          = STAGE_BODY;
    s->method         = str_from_c(method); /* the library keeps it as long as the request */
    s->request.worker = thread_index(s->server);
    (void)MHD_get_connection_values_n(s->connection, MHD_HEADER_KIND, header_note, s);
    attempt(s, step_head);
    if (s->answer.message == NULL) {
        guard_mark(s->server->guard, s->watch, WATCH_BODY, 0);
        return MHD_YES;
    }
    body_forget(s);
    if (s->answers_now) return send_answer(s, context);
    guard_mark(s->server->guard, s->watch, WATCH_BODY, 0);
    return MHD_YES;
}

enum MHD_Result serve_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                              const char *version, const char *piece, size_t *piece_len, void **context)
{
    Serving *s = *context;
    size_t len = *piece_len;

    (void)cls, (void)connection, (void)url, (void)version;
    if (s == NULL) return MHD_NO;
    switch (s->stage) {
    case STAGE_HEAD: return take_head(s, method, context);
    case STAGE_BODY: break;
    case STAGE_WORKED: return send_answer(s, context);
    }
    *piece_len = 0; /* all of it is used; else the library brings it again */
    return len > 0 ? take_piece(s, (Str){ piece, len }) : finish(s, context);
}

void serve_over(void *cls, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
    HttpServer *server                   = cls;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    Serving *s                           = *context;

    (void)code;
    *context = NULL;
    if (s != NULL) serving_end(s);
    if (info != NULL && info->socket_context != NULL) guard_mark(server->guard, info->socket_context, WATCH_IDLE, 0);
}

void serve_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                      enum MHD_ConnectionNotificationCode code)
{
    HttpServer *server = cls;
    const union MHD_ConnectionInfo *info;

    switch (code) {
    case MHD_CONNECTION_NOTIFY_STARTED:
        info            = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = info != NULL ? guard_watch(server->guard, info->connect_fd, server->is_tls) : NULL;
        break;
    case MHD_CONNECTION_NOTIFY_CLOSED:
        if (*socket_context != NULL) guard_forget(server->guard, *socket_context);
        *socket_context = NULL;
        break;
    }
}
