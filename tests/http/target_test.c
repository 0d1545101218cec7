/* SPDX-License-Identifier: Apache-2.0
 * Paths, forms and cookies are read in one way or not at all. */
#include "support/check.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/json.h"
#include "http/target.h"

static bool parse(Arena *arena, const char *text, HttpTarget *target)
{
    const char *why = NULL;
    bool done       = http_target_parse(arena, str_from_c(text), target, &why);

    assert_true(done || why != NULL);
    return done;
}

static void a_path_is_decoded(void **state)
{
    Arena *arena = *state;
    HttpTarget target;

    assert_true(parse(arena, "/", &target));
    check_str(target.path, "/");
    assert_true(parse(arena, "/nonconformities/NC-0001/", &target));
    check_str(target.path, "/nonconformities/NC-0001/");
    assert_true(parse(arena, "/caf%C3%A9/a+b%20c?x=%2F..%2F", &target));
    check_str(target.path, "/caf\u00e9/a+b c");
    check_str(http_field(&target.query, "x"), "/../");
}

static void an_ambiguous_path_is_refused(void **state)
{
    static const char *const targets[] = {
        "",        "a",          "*",       "http://a/", "//a",         "/a//b",      "/.",        "/..",
        "/a/../b", "/a/./b",     "/%2e%2E", "/a%2fb",    "/a%5Cb",      "/a\\b",      "/a%00",     "/a%0a",
        "/a%7f",   "/a%",        "/a%4",    "/a%zz",     "/%c0%af",     "/%ed%a0%80", "/%ff",      "/a b",
        "/a#b",    "/caf\u00e9", "/a?b=%",  "/a?%00",    "/a?b=%c0%af", "/%C2%85",    "/a/%2E%2E", "/..?x",
    };
    HttpTarget target;

    for (size_t i = 0; i < countof(targets); i++) {
        if (parse(*state, targets[i], &target)) fail_msg("accepted: %s", targets[i]);
    }
}

/* A name as it would stand in a path: a client encodes what it must … */
static Str encoded(Arena *arena, Str name)
{
    Buf buf = buf_open(arena, 1 << 16);

    buf_add_byte(&buf, '/');
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.ptr[i];
        if (byte > ' ' && byte < 0x7f && byte != '%' && byte != '?' && byte != '#')
            buf_add_byte(&buf, (char)byte);
        else
            buf_fmt(&buf, "%%%02x", byte);
    }
    return buf_str(&buf);
}

/* … or does not. Whichever: refused, or a path with no way out of it. */
static void stays_inside(Arena *arena, Str target)
{
    HttpTarget parsed;
    const char *why;
    Str rest, segment;

    if (!http_target_parse(arena, target, &parsed, &why)) return;
    rest = str_slice(parsed.path, 1, parsed.path.len);
    assert_true(str_starts(parsed.path, STR("/")) && str_is_utf8(parsed.path));
    assert_int_equal(str_index(parsed.path, '\0'), parsed.path.len);
    assert_int_equal(str_index(parsed.path, '\\'), parsed.path.len);
    while (str_cut(&rest, '/', &segment)) {
        assert_false(str_eq_c(segment, ".") || str_eq_c(segment, ".."));
        assert_true(segment.len > 0 || rest.len == 0);
    }
}

static void no_hostile_path_leads_outside(void **state)
{
    Arena *arena = *state;
    Str lines    = data_file(arena, "hostile/paths.jsonl");
    Str line;
    size_t cases = 0;

    while (str_cut(&lines, '\n', &line)) {
        json_t *object;
        Err err = { 0 };
        if (line.len == 0) continue;
        cases++;
        if (!json_read(arena, line, &object, &err)) continue; /* a NUL in a name: tried below */
        Str name = json_text(object, "name");
        stays_inside(arena, name);
        stays_inside(arena, str_fmt(arena, "/%.*s", STR_ARG(name)));
        stays_inside(arena, str_fmt(arena, "/evidence/%.*s", STR_ARG(name)));
        stays_inside(arena, encoded(arena, name));
    }
    stays_inside(arena, STR("/x\0.pdf"));
    assert_true(cases > 50);
}

static bool form(Arena *arena, const char *text, HttpFields *fields)
{
    const char *why = NULL;

    *fields = (HttpFields){ 0 };
    return http_form_parse(arena, str_from_c(text), fields, &why);
}

static void a_form_keeps_order_and_repeats(void **state)
{
    HttpFields fields;

    assert_true(form(*state, "a=1&b=&c&a=2&&d=x%3Dy=z", &fields));
    assert_int_equal(fields.len, 5);
    check_str(fields.at[0].value, "1");
    check_str(http_field(&fields, "b"), "");
    assert_non_null(http_field(&fields, "c").ptr);
    assert_null(http_field(&fields, "e").ptr);
    check_str(fields.at[3].value, "2");
    check_str(fields.at[4].value, "x=y=z");
}

static void a_form_that_is_not_text_is_refused(void **state)
{
    HttpFields fields;

    assert_false(form(*state, "a=%", &fields));
    assert_false(form(*state, "a=%f", &fields));
    assert_false(form(*state, "%00=a", &fields));
    assert_false(form(*state, "a=%ff", &fields));
}

static void a_form_of_too_many_fields_is_refused(void **state)
{
    Arena *arena = *state;
    Buf buf      = buf_open(arena, 1 << 20);
    HttpFields fields;

    for (int i = 0; i < HTTP_FIELDS_MAX; i++)
        buf_add_c(&buf, "a&");
    assert_true(form(arena, str_to_c(arena, buf_str(&buf)), &fields));
    buf_add_c(&buf, "a");
    assert_false(form(arena, str_to_c(arena, buf_str(&buf)), &fields));
}

static void cookies_that_are_not_well_formed_are_left_out(void **state)
{
    HttpFields cookies = { 0 };

    http_cookies_parse(*state, STR("a=1; b; =c; d=\"x\"; e=2;f=3 ; g=x,y; h="), &cookies);

    assert_int_equal(cookies.len, 4);
    check_str(http_field(&cookies, "a"), "1");
    check_str(http_field(&cookies, "e"), "2");
    check_str(http_field(&cookies, "f"), "3");
    check_str(http_field(&cookies, "h"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_path_is_decoded),
        arena_test(an_ambiguous_path_is_refused),
        arena_test(no_hostile_path_leads_outside),
        arena_test(a_form_keeps_order_and_repeats),
        arena_test(a_form_that_is_not_text_is_refused),
        arena_test(a_form_of_too_many_fields_is_refused),
        arena_test(cookies_that_are_not_well_formed_are_left_out),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
