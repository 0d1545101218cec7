/* SPDX-License-Identifier: Apache-2.0
 * What headers and parameters ask for, read strictly: a header that cannot be read is told, not passed over. */
#include "api/visit.h"

/* ---- Accept (RFC 9110 12.5.1) ---- */

static bool range_covers(Str range, Str media)
{
    if (str_eq_c(range, "*/*") || str_eq(range, media)) return true;
    if (!str_ends(range, STR("/*"))) return false;
    return str_starts(media, str_slice(range, 0, range.len - 1));
}

/* "q=0", "q=0.0" …: not wanted. */
static bool weight_is_zero(Str parameters)
{
    Str rest = parameters, parameter;

    while (str_cut(&rest, ';', &parameter)) {
        parameter = str_trim(parameter);
        if (!str_starts(parameter, STR("q=0")) && !str_starts(parameter, STR("Q=0"))) continue;
        for (size_t i = 2; i < parameter.len; i++) {
            if (parameter.ptr[i] != '0' && parameter.ptr[i] != '.') return false;
        }
        return true;
    }
    return false;
}

bool condition_accepts(Visit *visit, const char *media)
{
    Str header = http_header(visit->request, "Accept");
    Str rest   = str_lower(visit->request->arena, header), entry;

    if (header.len == 0) return true;
    while (str_cut(&rest, ',', &entry)) {
        size_t end = str_index(entry, ';');
        Str range  = str_trim(str_slice(entry, 0, end));
        if (range_covers(range, str_from_c(media)) && !weight_is_zero(str_slice(entry, end + 1, entry.len)))
            return true;
    }
    (void)problem_answer(visit, PROBLEM_NOT_ACCEPTABLE,
                         str_fmt(visit->request->arena, "This address answers with %s.", media));
    return false;
}

/* ---- parameters ---- */

bool condition_parameters(Visit *visit, const char *const *names)
{
    const HttpFields *query = &visit->request->query;

    for (size_t i = 0; i < query->len; i++) {
        bool is_known = false;
        for (size_t k = 0; names[k] != NULL; k++)
            is_known = is_known || str_eq_c(query->at[i].name, names[k]);
        if (is_known) continue;
        (void)problem_answer(visit, PROBLEM_PARAMETER,
                             str_fmt(visit->request->arena, "There is no parameter \"%.*s\" here.",
                                     STR_ARG(str_visible(visit->request->arena, query->at[i].name))));
        return false;
    }
    return true;
}

/* ---- If-Match (RFC 9110 13.1.1) and Idempotency-Key (draft-ietf-httpapi-idempotency-key-header-07) ---- */

/* One strong entity tag that we gave, or "*", which any revision meets. */
static bool read_revision(Visit *visit, int64_t *revision)
{
    Str tag = http_header(visit->request, "If-Match");

    if (tag.len == 0 || str_eq_c(tag, "*")) return true;
    bool is_quoted = tag.len > 2 && tag.ptr[0] == '"' && tag.ptr[tag.len - 1] == '"';
    if (is_quoted && str_to_i64(str_slice(tag, 1, tag.len - 2), 1, INT64_MAX, revision)) return true;
    (void)problem_answer(
        visit, PROBLEM_HEADER,
        STR("Send in If-Match the entity tag as the record had it, for example \"3\", quotes and all."));
    return false;
}

/* The key stands in quotes (a string of RFC 9651); without them it is taken too. */
static Str read_key(const HttpRequest *request)
{
    Str key = http_header(request, "Idempotency-Key");

    if (key.len > 2 && key.ptr[0] == '"' && key.ptr[key.len - 1] == '"') return str_slice(key, 1, key.len - 2);
    return key;
}

/* ---- the body ---- */

static bool type_is_json(const HttpRequest *request)
{
    Str type = http_header(request, "Content-Type");
    return str_eq_c(str_lower(request->arena, str_trim(str_slice(type, 0, str_index(type, ';')))), "application/json");
}

/* No body is no input. A form is none of ours, and has no body any more when the server has read it. */
static bool read_body(Visit *visit, Ask *ask)
{
    HttpRequest *request = visit->request;
    bool has_form        = request->form.len > 0 || request->files.len > 0;
    json_t *input        = NULL;
    Err err              = { 0 };

    if (request->body.len == 0 && !has_form) return true;
    if (has_form || !type_is_json(request)) {
        (void)problem_answer(visit, PROBLEM_MEDIA_TYPE, STR("Send JSON, with \"Content-Type: application/json\"."));
        return false;
    }
    if (json_read(request->arena, request->body, &input, &err)) {
        ask->input = input;
        return true;
    }
    (void)problem_answer(visit, PROBLEM_JSON, str_visible(request->arena, str_from_c(err.detail)));
    return false;
}

bool condition_write(Visit *visit, Ask *ask)
{
    static const char *const none[] = { NULL };

    if (!condition_parameters(visit, none) || !read_revision(visit, &ask->revision)) return false;
    ask->idempotency_key = read_key(visit->request);
    bool has_condition   = http_header(visit->request, "If-Match").len > 0;
    if (visit->route.kind == ROUTE_VERB && str_eq_c(ask->verb, "edit") && !has_condition) {
        (void)problem_answer(visit, PROBLEM_REVISION_NEEDED,
                             STR("An edit must not undo what somebody else has written in the meantime."));
        return false;
    }
    return read_body(visit, ask);
}
