/* SPDX-License-Identifier: Apache-2.0
 * What doors ask of a request: fields by name, cookies, preconditions, and whether it came from a page of ours. */
#include "http/http.h"

#include <assert.h>

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool eq_ignoring_case(Str a, Str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    }
    return true;
}

Str http_field(const HttpFields *fields, const char *name)
{
    for (size_t i = 0; i < fields->len; i++) {
        const HttpField *field = &fields->at[i];
        if (str_eq_c(field->name, name)) return field->value.ptr != NULL ? field->value : STR("");
    }
    return (Str){ 0 };
}

Str http_header(const HttpRequest *request, const char *name)
{
    for (size_t i = 0; i < request->headers.len; i++) {
        const HttpField *field = &request->headers.at[i];
        if (!eq_ignoring_case(field->name, str_from_c(name))) continue;
        return field->value.ptr != NULL ? field->value : STR("");
    }
    return (Str){ 0 };
}

Str http_cookie(const HttpRequest *request, const char *name)
{
    Str sought = request->is_secure ? str_fmt(request->arena, "__Host-%s", name) : str_from_c(name);
    Str found  = { 0 };

    for (size_t i = 0; i < request->cookies.len; i++) {
        const HttpField *cookie = &request->cookies.at[i];
        if (!str_eq(cookie->name, sought)) continue;
        if (found.ptr != NULL) return (Str){ 0 };
        found = cookie->value;
    }
    return found;
}

Str http_method_name(HttpMethod method)
{
    static const Str names[] = {
        [HTTP_GET] = STR_INIT("GET"),         [HTTP_HEAD] = STR_INIT("HEAD"),   [HTTP_POST] = STR_INIT("POST"),
        [HTTP_PUT] = STR_INIT("PUT"),         [HTTP_PATCH] = STR_INIT("PATCH"), [HTTP_DELETE] = STR_INIT("DELETE"),
        [HTTP_OPTIONS] = STR_INIT("OPTIONS"),
    };
    static_assert(countof(names) == HTTP_METHODS, "a method without a name");

    return names[method];
}

static bool origin_is_ours(const HttpRequest *request, Str origin)
{
    Str scheme = request->is_secure ? STR("https://") : STR("http://");

    if (!str_starts(origin, scheme)) return false;
    return eq_ignoring_case(str_slice(origin, scheme.len, origin.len), request->host);
}

bool http_same_origin(const HttpRequest *request)
{
    Str site   = http_header(request, "Sec-Fetch-Site");
    Str origin = http_header(request, "Origin");

    if (site.ptr == NULL && origin.ptr == NULL) return false;
    if (site.ptr != NULL && !str_eq_c(site, "same-origin") && !str_eq_c(site, "none")) return false;
    return origin.ptr == NULL || origin_is_ours(request, origin);
}

/* One entry of a list of entity tags, quotes included, against `etag`. The mark that the server adds to the tag of a
 * compressed body ("…-gz", see http/answer.c) is of the encoding, not of the record. */
static bool tag_is(Str entry, Str etag)
{
    Str tag = entry;

    if (tag.len < 2 || !str_starts(tag, STR("\"")) || !str_ends(tag, STR("\""))) return false;
    tag = str_slice(tag, 1, tag.len - 2);
    if (str_ends(tag, STR("-gz")) && !str_eq(tag, etag)) tag.len -= 3;
    return str_eq(tag, etag);
}

static bool tags_name(Str list, Str etag, bool weak_too)
{
    Str rest = list;
    Str entry;

    if (list.ptr == NULL || etag.len == 0) return false;
    if (str_eq_c(str_trim(list), "*")) return true;
    while (str_cut(&rest, ',', &entry)) {
        Str tag = str_trim(entry);
        if (weak_too && str_starts(tag, STR("W/"))) tag = str_slice(tag, 2, tag.len);
        if (tag_is(tag, etag)) return true;
    }
    return false;
}

bool http_if_match(const HttpRequest *request, Str etag)
{
    return tags_name(http_header(request, "If-Match"), etag, false);
}

bool http_if_none_match(const HttpRequest *request, Str etag)
{
    return tags_name(http_header(request, "If-None-Match"), etag, true);
}
