/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as an urlencoded form and as a Cookie header: a form is refused or text throughout; a cookie is a token and
 * visible characters. */
#include <assert.h>

#include "http/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_text(const HttpFields *fields)
{
    for (size_t i = 0; i < fields->len; i++) {
        assert(str_is_utf8(fields->at[i].name) && str_is_utf8(fields->at[i].value));
        assert(str_index(fields->at[i].value, '\0') == fields->at[i].value.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    Arena *arena    = arena_open((size_t)64 << 20);
    Str text        = { (const char *)bytes, len };
    HttpFields form = { 0 }, cookies = { 0 };
    const char *why = NULL;

    assert(arena != NULL);
    if (http_form_parse(arena, text, &form, &why))
        check_text(&form);
    else
        assert(why != NULL);
    http_cookies_parse(arena, text, &cookies);
    check_text(&cookies);
    for (size_t i = 0; i < cookies.len; i++)
        assert(http_is_token(cookies.at[i].name));
    assert(form.len <= HTTP_FIELDS_MAX && cookies.len <= HTTP_FIELDS_MAX);
    arena_close(arena);
    return 0;
}
