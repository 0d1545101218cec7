/* SPDX-License-Identifier: Apache-2.0
 * Records: a route becomes a question of record/ask.h, its answer a response. */
#include "api/visit.h"

#include <assert.h>

static const AskKind kinds[] = {
    [ROUTE_SEARCH] = ASK_SEARCH,   [ROUTE_LIST] = ASK_LIST,       [ROUTE_CSV] = ASK_EXPORT,  [ROUTE_MAKE] = ASK_VERB,
    [ROUTE_SHOW] = ASK_SHOW,       [ROUTE_HISTORY] = ASK_HISTORY, [ROUTE_STEPS] = ASK_STEPS, [ROUTE_VERB] = ASK_VERB,
    [ROUTE_INQUIRY] = ASK_INQUIRY, [ROUTE_RENDERING] = ASK_FILE,
};

/* Parameters of reads; lists name theirs by their fields, and list_read judges them. */
static bool parameters_fit(Visit *visit)
{
    static const char *const show[]    = { "as-of", NULL };
    static const char *const none[]    = { NULL };
    static const char *const history[] = { "before", "limit", NULL };
    static const char *const search[]  = { "q", NULL };

    switch (kinds[visit->route.kind]) {
    case ASK_SHOW: return condition_parameters(visit, show);
    case ASK_STEPS:
    case ASK_INQUIRY:
    case ASK_FILE: return condition_parameters(visit, none);
    case ASK_HISTORY: return condition_parameters(visit, history);
    case ASK_SEARCH: return condition_parameters(visit, search);
    case ASK_LIST:
    case ASK_EXPORT:
    case ASK_VERB:
    case ASK_KINDS: break;
    }
    return true;
}

static void parameters_take(const Visit *visit, Ask *ask)
{
    const HttpFields *query = &visit->request->query;

    if (ask->kind == ASK_SHOW) ask->as_of = http_field(query, "as-of");
    for (size_t i = 0; i < query->len; i++)
        *list_push(visit->request->arena, &ask->params) = (Param){ query->at[i].name, query->at[i].value };
}

/* ---- Link (RFC 8288): the next page ---- */

static void add_encoded(Buf *out, Str text)
{
    static const char hex[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        bool is_plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                        byte == '-' || byte == '.' || byte == '_' || byte == '~';
        if (is_plain) {
            buf_add_byte(out, (char)byte);
            continue;
        }
        buf_add_byte(out, '%');
        buf_add_byte(out, hex[byte >> 4]);
        buf_add_byte(out, hex[byte & 15]);
    }
}

/* The address asked for, with `name` set to `value`. */
static void link_next(Visit *visit, const char *name, Str value)
{
    const HttpRequest *request = visit->request;
    Buf link                   = buf_open(request->arena, 1 << 16);

    buf_add_byte(&link, '<');
    buf_add(&link, str_slice(request->target, 0, str_index(request->target, '?')));
    buf_add_byte(&link, '?');
    for (size_t i = 0; i < request->query.len; i++) {
        if (str_eq_c(request->query.at[i].name, name)) continue;
        add_encoded(&link, request->query.at[i].name);
        buf_add_byte(&link, '=');
        add_encoded(&link, request->query.at[i].value);
        buf_add_byte(&link, '&');
    }
    buf_fmt(&link, "%s=", name);
    add_encoded(&link, value);
    buf_add_c(&link, ">; rel=\"next\"");
    http_header_add(visit->response, "Link", buf_str(&link));
}

static void answer_link(Visit *visit, const json_t *body)
{
    const json_t *next = json_object_get(body, "next");

    if (json_is_string(next)) link_next(visit, "after", json_str(next));
    if (json_is_integer(next))
        link_next(visit, "before", str_fmt(visit->request->arena, "%lld", (long long)json_integer_value(next)));
}

/* ---- asking ---- */

static void answer_send(Visit *visit, const Answer *answer)
{
    Arena *arena = visit->request->arena;

    if (answer->body == NULL) {
        assert(visit->route.plan != NULL); /* text is what an export of a type answers with, or a file of a record */
        http_respond(visit->response, answer->status, str_from_c(answer->media), answer->text);
        http_attach(visit->response,
                    answer->name.len > 0 ? answer->name : str_fmt(arena, "%s.csv", visit->route.plan->type->plural));
        return;
    }
    visit_json(visit, answer->status, answer->media, answer->body);
    if (answer->status == 200) answer_link(visit, answer->body);
    if (answer->revision > 0) visit->response->etag = str_fmt(arena, "%lld", (long long)answer->revision);
}

static const char *media_of(const Route *route)
{
    if (route->kind == ROUTE_RENDERING) return route->rendering->media;
    return route->kind == ROUTE_CSV ? "text/csv" : "application/json";
}

bool records_answer(Visit *visit, Err *err)
{
    const Route *route = &visit->route;
    Ask ask            = { .kind = kinds[route->kind], .number = route->number };
    Answer answer;

    if (!condition_accepts(visit, media_of(route))) return true;
    if (route->rendering != NULL) ask.form = str_from_c(route->rendering->ending);
    if (route->plan != NULL) ask.type = str_from_c(route->plan->type->name);
    if (route->verb != NULL) {
        ask.verb = str_from_c(route->verb->name);
        if (!condition_write(visit, &ask)) return true;
    } else {
        if (!parameters_fit(visit)) return true;
        parameters_take(visit, &ask);
        if (route->inquiry != NULL) ask.verb = str_from_c(route->inquiry->name);
    }
    if (!ask_answer(&visit->caller, &ask, &answer, err)) return false;
    answer_send(visit, &answer);
    return true;
}
