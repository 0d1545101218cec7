/* SPDX-License-Identifier: Apache-2.0
 * The guard of the head. It looks at every line once; the first fault is the answer. */
#include "http/head.h"

#include <strings.h>

#include "http/target.h"

static bool is_named(const HttpField *field, const char *name)
{
    return field->name.len == strlen(name) && strncasecmp(field->name.ptr, name, field->name.len) == 0;
}

/* Visible text, blanks and tabs, and bytes beyond ASCII. A folded header shows as a line end or a run of blanks. */
static bool is_clean(Str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char byte = (unsigned char)value.ptr[i];
        if ((byte < ' ' && byte != '\t') || byte == 0x7f) return false;
    }
    return true;
}

/* RFC 9110 7.2, names and addresses with or without port. */
static bool is_host(Str host)
{
    for (size_t i = 0; i < host.len; i++) {
        char byte     = host.ptr[i];
        bool is_alnum = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
        if (!is_alnum && (byte == '\0' || strchr(".-_:[]", byte) == NULL)) return false;
    }
    return host.len > 0 && host.len <= 260;
}

/* 1*DIGIT, no sign. */
static bool length_read(Str value, int64_t *out)
{
    return value.len > 0 && value.ptr[0] >= '0' && value.ptr[0] <= '9' && str_to_i64(value, 0, INT64_MAX, out);
}

static HttpHeadCheck refusal(int status, const char *why)
{
    return (HttpHeadCheck){ .status = status, .why = why };
}

HttpHeadCheck http_head_check(const HttpFields *headers)
{
    HttpHeadCheck check = { 0 };
    size_t hosts = 0, lengths = 0, codings = 0;

    for (size_t i = 0; i < headers->len; i++) {
        const HttpField *field = &headers->at[i];
        if (!http_is_token(field->name)) return refusal(400, "The name of a header is malformed.");
        if (!is_clean(field->value)) return refusal(400, "A header holds a line end or a control character.");
        if (is_named(field, "Host") && (++hosts > 1 || !is_host(field->value)))
            return refusal(400, "There must be exactly one well-formed Host.");
        if (is_named(field, "Content-Length") && (++lengths > 1 || !length_read(field->value, &check.body_bytes)))
            return refusal(400, "Content-Length is repeated or malformed.");
        if (is_named(field, "Transfer-Encoding") &&
            (++codings > 1 || field->value.len != 7 || strncasecmp(field->value.ptr, "chunked", 7) != 0))
            return refusal(501, "The transfer encoding is not known.");
        if (is_named(field, "Expect")) check.expects_continue = true;
    }
    if (hosts == 0) return refusal(400, "There is no Host.");
    if (lengths > 0 && codings > 0) return refusal(400, "Content-Length and Transfer-Encoding exclude each other.");
    if (codings > 0) check.body_bytes = -1;
    check.has_body = check.body_bytes != 0;
    return check;
}

bool http_method_from(Str name, HttpMethod *out)
{
    for (int i = 0; i < HTTP_METHODS; i++) {
        if (!str_eq(name, http_method_name((HttpMethod)i))) continue;
        *out = (HttpMethod)i;
        return true;
    }
    return false;
}
