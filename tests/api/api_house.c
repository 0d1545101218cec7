/* SPDX-License-Identifier: Apache-2.0
 * A server, a client that keeps a record, and the check of that record. */
#include "api_house.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/errand.h"
#include "catalogue.h"
#include "org/token.h"
#include "record/openapi.h"

/* What was heard, for every_answer_fits_the_document; of the whole program. */
static struct {
    Arena *arena;
    Str folder;
    FILE *answers;
    bool has_document;
} book;

/* ---- setting up ---- */

static bool errand_note(Call *call, const void *record, Str *bytes, Err *err)
{
    (void)err;
    *bytes = str_fmt(call->arena, "Please: %.*s\n", STR_ARG(((const Errand *)record)->title));
    return true;
}

/* The program's own catalogue, and errands. */
static const Catalogue *api_catalogue(Arena *arena)
{
    Catalogue *catalogue   = arena_new(arena, Catalogue);
    const Catalogue *whole = catalogue_open(arena);
    const Type **types     = arena_array(arena, const Type *, whole->types_len + 1);

    types[0] = &errand_type;
    for (size_t i = 0; i < whole->types_len; i++)
        types[1 + i] = whole->types[i];
    *catalogue           = *whole;
    catalogue->types     = types;
    catalogue->types_len = whole->types_len + 1;

    Rendering *renderings = arena_array(arena, Rendering, whole->renderings_len + 1);
    memcpy(renderings, whole->renderings, whole->renderings_len * sizeof *renderings);
    renderings[whole->renderings_len] =
        (Rendering){ "errand", "note", "txt", "TXT", "text/plain", "The errand on a piece of paper", errand_note };
    catalogue->renderings     = renderings;
    catalogue->renderings_len = whole->renderings_len + 1;
    return catalogue;
}

int api_start(void **state)
{
    book.arena      = arena_open((size_t)64 << 20);
    house_catalogue = api_catalogue(book.arena);
    book.folder     = temporary_folder(book.arena);
    book.answers    = fopen(str_to_c(book.arena, str_fmt(book.arena, "%.*s/answers.jsonl", STR_ARG(book.folder))), "w");
    return book.answers != NULL ? engines_start(state) : -1;
}

int api_stop(void **state)
{
    fclose(book.answers);
    arena_close(book.arena);
    return engines_stop(state);
}

static bool handle(void *app, HttpRequest *request, HttpResponse *response)
{
    assert_true(api_takes(request->path) || request->path.len > 0);
    return api_handle(app, request, response);
}

int api_house_setup(void **state)
{
    static World real;
    Err err = { 0 };

    if (house_setup(state) != 0) return -1;
    House *h            = *state;
    ApiHouse *a         = calloc(1, sizeof *a);
    HttpOptions options = { .world = &real, .address = STR("127.0.0.1:0"), .threads = 2, .slow_threads = 1 };
    if (a == NULL) return -1;
    real          = world_real();
    a->h          = h;
    a->api        = api_open(h->arena, h->app);
    a->http.arena = arena_open((size_t)256 << 20);
    HttpApp app = { .app = a->api, .handle = handle, .intake = api_intake, .is_slow = api_is_slow, .dress = api_dress };
    check_done(http_server_open(app, &options, &a->http.server, &err), &err);
    *state = a;
    return 0;
}

int api_house_teardown(void **state)
{
    ApiHouse *a = *state;
    House *h    = a->h;

    http_server_close(a->http.server, 2000);
    arena_close(a->http.arena);
    free(a);
    *state = h;
    return house_teardown(state);
}

Str a_token(ApiHouse *a, Id who, const char *scopes)
{
    House *h  = a->h;
    Str input = str_fmt(h->t->arena, "{\"person\":%lld,\"name\":\"test\",\"scopes\":\"%s\",\"expires\":\"2027-06-30\"}",
                        (long long)who.n, scopes);
    house_must(h, who, &token_type, "create", "", str_to_c(h->t->arena, input));
    return str_dup(a->http.arena, h->got.shown_once);
}

/* ---- the client ---- */

static void book_keep(ApiHouse *a, const char *method, const char *path, const Sent *sent, const Heard *heard)
{
    json_t *line = json_own(a->http.arena, json_object());
    bool is_json = str_starts(heard_header(heard, "Content-Type"), STR("application/"));
    Buf text     = buf_open(a->http.arena, (size_t)64 << 20);

    json_object_set_new(line, "method", json_string(method));
    json_object_set_new(line, "path", json_string(path));
    json_object_set_new(line, "sent", str_is_utf8(sent->body) ? json_from_str(sent->body) : json_null());
    json_object_set_new(line, "status", json_integer(heard->status));
    json_object_set_new(line, "type", json_from_str(heard_header(heard, "Content-Type")));
    json_object_set_new(line, "body", is_json && str_is_utf8(heard->body) ? json_from_str(heard->body) : json_null());
    json_write(&text, line);
    assert_false(buf_overflowed(&text));
    fprintf(book.answers, "%.*s\n", STR_ARG(buf_str(&text)));
}

static void request_write(Buf *out, const char *method, const char *path, const Sent *sent)
{
    buf_fmt(out, "%s %s HTTP/1.1\r\nHost: localhost\r\n", method, path);
    if (sent->token.len > 0) buf_fmt(out, "Authorization: Bearer %.*s\r\n", STR_ARG(sent->token));
    if (sent->headers != NULL) buf_add_c(out, sent->headers);
    if (sent->body.len > 0) buf_fmt(out, "Content-Length: %zu\r\n", sent->body.len);
    buf_add_c(out, "\r\n");
    buf_add(out, sent->body);
}

Heard api_send(ApiHouse *a, const char *path, Sent sent)
{
    const char *method = sent.method != NULL ? sent.method : sent.body.len > 0 ? "POST" : "GET";
    Buf request        = buf_open(a->http.arena, (size_t)64 << 20);
    int connection     = dial(&a->http);

    request_write(&request, method, path, &sent);
    (void)say_bytes(connection, buf_str(&request));
    bool is_head = strcmp(method, "HEAD") == 0;
    Heard heard  = is_head ? hear_head(&a->http, connection) : hear(&a->http, connection);
    close(connection);
    if (!is_head) book_keep(a, method, path, &sent, &heard);
    return heard;
}

static Str token_for_all(ApiHouse *a, Id who)
{
    return a_token(a, who, "read,write");
}

Heard api_get(ApiHouse *a, Id who, const char *path)
{
    return api_send(a, path, (Sent){ .token = token_for_all(a, who) });
}

Heard api_post(ApiHouse *a, Id who, const char *path, const char *json)
{
    return api_send(a, path,
                    (Sent){ .method  = "POST",
                            .token   = token_for_all(a, who),
                            .headers = "Content-Type: application/json\r\n",
                            .body    = str_from_c(json) });
}

Heard api_edit(ApiHouse *a, Id who, const char *path, const char *revision, const char *json)
{
    Str headers = str_fmt(a->http.arena, "Content-Type: application/json\r\nIf-Match: \"%s\"\r\n", revision);

    return api_send(a, path,
                    (Sent){ .method  = "POST",
                            .token   = token_for_all(a, who),
                            .headers = str_to_c(a->http.arena, headers),
                            .body    = str_from_c(json) });
}

/* ---- looking at answers ---- */

json_t *heard_json(ApiHouse *a, const Heard *heard)
{
    json_t *value = NULL;
    Err err       = { 0 };

    check_done(json_read(a->http.arena, heard->body, &value, &err), &err);
    return value;
}

void assert_status_at(const Heard *heard, int status, const char *file, int line)
{
    if (heard->status == status) return;
    print_error("expected %d, heard:\n%.*s%.*s\n", status, STR_ARG(heard->head),
                STR_ARG(str_slice(heard->body, 0, 2000)));
    _fail(file, line);
}

void assert_problem(ApiHouse *a, const Heard *heard, int status, const char *type)
{
    assert_status(heard, status);
    check_str(heard_header(heard, "Content-Type"), "application/problem+json");
    const json_t *body = heard_json(a, heard);
    check_str(json_text(body, "type"),
              str_to_c(a->http.arena, str_fmt(a->http.arena, "urn:plumbline:problem:%s", type)));
    assert_int_equal(json_integer_value(json_object_get(body, "status")), status);
}

/* ---- holding them against the document ---- */

void run_node(const char *const *arguments)
{
    char *argv[8] = { strdup("node") };
    pid_t child;
    int status = -1;

    for (size_t i = 0; arguments[i] != NULL; i++) {
        assert_true(i + 2 < countof(argv));
        argv[i + 1] = strdup(arguments[i]);
    }
    assert_int_equal(posix_spawnp(&child, "node", NULL, NULL, argv, environ), 0);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    for (size_t i = 0; i < countof(argv); i++)
        free(argv[i]);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

void every_answer_fits_the_document(void **state)
{
    Arena *arena                  = arena_open((size_t)256 << 20);
    Buf document                  = buf_open(arena, (size_t)16 << 20);
    Str openapi                   = str_fmt(arena, "%.*s/openapi.json", STR_ARG(book.folder));
    Str answers                   = str_fmt(arena, "%.*s/answers.jsonl", STR_ARG(book.folder));
    const char *const arguments[] = { "tests/api/validate.mjs", str_to_c(arena, openapi), str_to_c(arena, answers),
                                      NULL };

    (void)state;
    json_write(&document, openapi_document(arena, registry_open(arena, house_catalogue)));
    FILE *file = fopen(str_to_c(arena, openapi), "w");
    assert_non_null(file);
    assert_int_equal(fwrite(document.ptr, 1, document.len, file), document.len);
    fclose(file);
    fflush(book.answers);
    run_node(arguments);
    arena_close(arena);
}
