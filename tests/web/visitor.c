/* SPDX-License-Identifier: Apache-2.0
 * The visitor. */
#include "visitor.h"

#include <string.h>

#include "../support/errand.h"
#include "catalogue.h"
#include "http/target.h"
#include "org/account.h"
#include "org/session.h"

const Catalogue *visitor_catalogue(Arena *arena)
{
    Catalogue *catalogue = arena_new(arena, Catalogue);

    *catalogue         = *catalogue_open(arena);
    const Type **types = arena_array(arena, const Type *, catalogue->types_len + 1);
    memcpy(types, catalogue->types, catalogue->types_len * sizeof types[0]);
    types[catalogue->types_len++] = &errand_type;
    catalogue->types              = types;
    return catalogue;
}

Visitor visitor_at(House *house)
{
    Visitor v = { .house = house, .arena = arena_open((size_t)256 << 20), .web = { .app = house->app } };
    assert_non_null(v.arena);
    return v;
}

void visitor_leaves(Visitor *v)
{
    arena_close(v->arena);
}

static void request_target(Visitor *v, HttpRequest *request, Str address)
{
    HttpTarget target;
    const char *why;

    size_t hash = str_index(address, '#');
    address     = str_slice(address, 0, hash);
    if (!http_target_parse(v->arena, address, &target, &why)) fail_msg("%.*s: %s", STR_ARG(address), why);
    request->target = address;
    request->path   = target.path;
    request->query  = target.query;
}

static void header(Visitor *v, HttpRequest *request, const char *name, const char *value)
{
    *list_push(v->arena, &request->headers) = (HttpField){ str_from_c(name), str_from_c(value) };
}

static Str location_of(const HttpResponse *response)
{
    for (size_t i = 0; i < response->headers.len; i++) {
        if (str_eq_c(response->headers.at[i].name, "Location")) return response->headers.at[i].value;
    }
    return (Str){ 0 };
}

static void cookie_take(Visitor *v)
{
    for (size_t i = 0; i < v->response.headers.len; i++) {
        const HttpField *field = &v->response.headers.at[i];
        if (!str_eq_c(field->name, "Set-Cookie") || !str_starts(field->value, STR("plumbline="))) continue;
        Str value = str_slice(field->value, 10, field->value.len);
        v->cookie = str_slice(value, 0, str_index(value, ';'));
    }
}

static void visitor_asks(Visitor *v, HttpRequest *request)
{
    request->arena = v->arena;
    request->peer  = (HttpPeer){ .address = STR("127.0.0.1"), .uid = -1 };
    request->host  = STR("127.0.0.1:8440");
    if (v->cookie.len > 0) *list_push(v->arena, &request->cookies) = (HttpField){ STR("plumbline"), v->cookie };
    v->response = (HttpResponse){ .arena = v->arena };
    assert_true(web_handle(&v->web, request, &v->response));
    v->status   = v->response.status != 0 ? v->response.status : 200;
    v->page     = v->response.body;
    v->location = location_of(&v->response);
    cookie_take(v);
}

void visitor_opens(Visitor *v, const char *address)
{
    HttpRequest request = { .method = HTTP_GET };

    request_target(v, &request, str_from_c(address));
    v->address = str_from_c(address);
    visitor_asks(v, &request);
}

static Str token_of(Visitor *v)
{
    Session session;
    bool found;

    if (v->cookie.len == 0) return (Str){ 0 };
    must(v->house->t, session_find(v->house->app, v->arena, v->cookie, &session, &found, &v->house->t->err));
    return found ? session.csrf : (Str){ 0 };
}

size_t visitor_costs(Visitor *v, const char *address)
{
    size_t statements = 0;

    v->web.statements = &statements;
    visitor_opens(v, address);
    assert_answered(v, 200);
    v->web.statements = NULL;
    return statements;
}

void visitor_sends(Visitor *v, const char *address, const char *form)
{
    HttpRequest request = { .method = HTTP_POST };
    const char *why;

    request_target(v, &request, str_from_c(address));
    header(v, &request, "Content-Type", "application/x-www-form-urlencoded");
    header(v, &request, "Sec-Fetch-Site", v->is_foreign ? "cross-site" : "same-origin");
    if (!v->without_token) *list_push(v->arena, &request.form) = (HttpField){ STR("form_token"), token_of(v) };
    assert_true(http_form_parse(v->arena, str_from_c(form), &request.form, &why));
    visitor_asks(v, &request);
    v->is_foreign = v->without_token = false;
}

/* The intake is asked as the server asks it; false when it refused, and has answered. */
static bool files_go_in(Visitor *v, HttpRequest *request, const HttpFile *files, size_t len)
{
    HttpUpload upload = { 0 };

    request->arena = v->arena;
    request->peer  = (HttpPeer){ .address = STR("127.0.0.1"), .uid = -1 };
    request->host  = STR("127.0.0.1:8440");
    v->response    = (HttpResponse){ .arena = v->arena };
    if (v->cookie.len > 0) *list_push(v->arena, &request->cookies) = (HttpField){ STR("plumbline"), v->cookie };
    HttpIntake intake    = web_intake(&v->web, request, &upload, &v->response);
    request->cookies.len = 0;
    if (intake != HTTP_INTAKE_STREAM) {
        v->status = v->response.status, v->page = v->response.body;
        return false;
    }
    request->upload      = upload.sink;
    request->upload_kept = true;
    for (size_t i = 0; i < len && request->upload_kept; i++) {
        HttpPart part = {
            .name = files[i].name, .filename = files[i].filename, .type = files[i].type, .is_file = true
        };
        request->upload_kept =
            upload.begin(upload.sink, &part) && upload.add(upload.sink, files[i].bytes) && upload.end(upload.sink);
    }
    return true;
}

void visitor_is_cut(Visitor *v, const char *address, const HttpFile *file)
{
    HttpRequest request = { .method = HTTP_POST, .arena = v->arena };
    HttpUpload upload   = { 0 };
    HttpPart part       = { .name = file->name, .filename = file->filename, .is_file = true };

    request_target(v, &request, str_from_c(address));
    header(v, &request, "Content-Type", "multipart/form-data; boundary=x");
    header(v, &request, "Sec-Fetch-Site", "same-origin");
    *list_push(v->arena, &request.cookies) = (HttpField){ STR("plumbline"), v->cookie };
    request.host                           = STR("127.0.0.1:8440");
    v->response                            = (HttpResponse){ .arena = v->arena };
    assert_int_equal(web_intake(&v->web, &request, &upload, &v->response), HTTP_INTAKE_STREAM);
    assert_true(upload.begin(upload.sink, &part) && upload.add(upload.sink, file->bytes));
    upload.drop(upload.sink);
}

void visitor_uploads(Visitor *v, const char *address, const char *form, const HttpFile *files, size_t len)
{
    HttpRequest request = { .method = HTTP_POST };
    const char *why;

    request_target(v, &request, str_from_c(address));
    header(v, &request, "Content-Type", "multipart/form-data; boundary=x");
    header(v, &request, "Sec-Fetch-Site", v->is_foreign ? "cross-site" : "same-origin");
    if (files_go_in(v, &request, files, len)) {
        if (!v->without_token) *list_push(v->arena, &request.form) = (HttpField){ STR("form_token"), token_of(v) };
        assert_true(http_form_parse(v->arena, str_from_c(form), &request.form, &why));
        visitor_asks(v, &request);
    }
    v->is_foreign = v->without_token = false;
}

void visitor_follows(Visitor *v)
{
    assert_answered(v, 303);
    visitor_opens(v, str_to_c(v->arena, v->location));
}

void visitor_gets_account(Visitor *v, const char *name)
{
    Str json = str_fmt(v->arena, "{\"number\":\"%s\",\"person\":\"p-%s\"}", name, name);

    house_must(v->house, v->house->ada, &account_type, "create", "", str_to_c(v->arena, json));
    house_must(v->house, v->house->ada, &account_type, "set-password", name,
               "{\"password\":\"a-first-long-password\"}");
}

void visitor_signs_in(Visitor *v, const char *name)
{
    visitor_gets_account(v, name);
    visitor_sends(v, "/sign-in",
                  str_to_c(v->arena, str_fmt(v->arena, "login=%s&password=a-first-long-password", name)));
    assert_answered(v, 303);
    visitor_opens(v, "/");
    if (v->status != 303) return;
    visitor_sends(v, "/password", "current=a-first-long-password&password=a-good-long-password");
    assert_answered(v, 303);
}

Str page_value(const Visitor *v, const char *name)
{
    Str mark = str_fmt(v->arena, "name=\"%s\" value=\"", name);

    for (size_t i = 0; i + mark.len < v->page.len; i++) {
        if (!str_starts(str_slice(v->page, i, mark.len), mark)) continue;
        Str value = str_slice(v->page, i + mark.len, v->page.len);
        return str_slice(value, 0, str_index(value, '"'));
    }
    return (Str){ 0 };
}

/* Line by line: cmocka cuts long messages. */
static void page_show(const Visitor *v)
{
    Str rest = v->page, line;

    while (str_cut(&rest, '\n', &line)) {
        if (line.len > 0) print_error("%.*s\n", STR_ARG(line));
    }
}

void assert_page_has_at(const Visitor *v, const char *text, const char *file, int line)
{
    if (str_has(v->page, str_from_c(text))) return;
    page_show(v);
    print_error("the page (%d) lacks \"%s\"\n", v->status, text);
    _fail(file, line);
}

void assert_page_lacks_at(const Visitor *v, const char *text, const char *file, int line)
{
    if (!str_has(v->page, str_from_c(text))) return;
    page_show(v);
    print_error("the page (%d) has \"%s\"\n", v->status, text);
    _fail(file, line);
}

void assert_answered_at(const Visitor *v, int expected, const char *file, int line)
{
    if (v->status == expected) return;
    page_show(v);
    print_error("status %d instead of %d\n", v->status, expected);
    _fail(file, line);
}
