/* SPDX-License-Identifier: Apache-2.0
 * Names of downloads: whatever a client called its file, the header stays one well-formed header, and the name is one
 * that every system stores and nobody misreads. */
#include "support/check.h"

#include <string.h>

#include "base/json.h"
#include "http/http.h"

static Str disposition(Arena *arena, Str label)
{
    HttpResponse response = { .arena = arena };

    http_attach(&response, label);
    assert_false(response.is_broken);
    assert_int_equal(response.headers.len, 1);
    return response.headers.at[0].value;
}

/* The name in plain characters, between the quotes. */
static Str plain_name(Arena *arena, Str label)
{
    Str value = disposition(arena, label);
    Str rest  = str_slice(value, 22, value.len);

    assert_true(str_starts(value, STR("attachment; filename=\"")));
    return str_slice(rest, 0, str_index(rest, '"'));
}

static void a_name_keeps_what_is_harmless(void **state)
{
    check_str(disposition(*state, STR("report.pdf")),
              "attachment; filename=\"report.pdf\"; filename*=UTF-8''report.pdf");
    check_str(disposition(*state, STR("caf\u00e9 1.pdf")),
              "attachment; filename=\"caf__ 1.pdf\"; filename*=UTF-8''caf%C3%A9%201.pdf");
}

static void a_name_loses_what_is_not(void **state)
{
    static const struct {
        Str label;
        const char *name;
    } cases[] = {
        { STR_INIT(""), "file" },
        { STR_INIT("."), "file" },
        { STR_INIT("..."), "file" },
        { STR_INIT("\xff"), "file" },
        { STR_INIT("../../etc/passwd"), "_.._etc_passwd" },
        { STR_INIT(".htaccess"), "htaccess" },
        { STR_INIT("a\r\nSet-Cookie: b"), "a__Set-Cookie_ b" },
        { STR_INIT("report\u202efdp.exe"), "report_fdp.exe" },
        { STR_INIT("x. . "), "x" },
        { STR_INIT("con.pdf"), "_con.pdf" },
        { STR_INIT("COM9"), "_COM9" },
        { STR_INIT("command.txt"), "command.txt" },
    };

    for (size_t i = 0; i < countof(cases); i++)
        check_str(plain_name(*state, cases[i].label), cases[i].name);
}

static void a_long_name_is_cut_before_its_extension(void **state)
{
    Arena *arena = *state;
    char *label  = arena_alloc(arena, 404, 1);

    for (size_t i = 0; i < 400; i += 2)
        memcpy(label + i, "\u00fc", 2);
    memcpy(label + 400, ".pdf", 4);
    Str name = plain_name(arena, (Str){ label, 404 });

    assert_int_equal(name.len, 200);
    assert_true(str_ends(name, STR(".pdf")));
    assert_true(str_has(disposition(arena, (Str){ label, 404 }), STR("%C3%BC.pdf")));
}

static void no_hostile_name_breaks_the_header(void **state)
{
    Arena *arena = *state;
    Str lines    = data_file(arena, "hostile/filenames.jsonl");
    Str line;

    while (str_cut(&lines, '\n', &line)) {
        json_t *object;
        Err err = { 0 };
        if (line.len == 0) continue;
        check_done(json_read(arena, line, &object, &err), &err);
        Str name = plain_name(arena, json_text(object, "name"));
        assert_true(name.len > 0 && name.len <= 201);
        for (size_t i = 0; i < name.len; i++)
            assert_null(name.ptr[i] == '\0' ? "NUL" : strchr("\\/:*?\"<>|%", name.ptr[i]));
    }
}

static void a_redirect_stays_on_this_host(void **state)
{
    static const Str away[] = { STR_INIT("//evil.example"), STR_INIT("http://evil.example"),
                                STR_INIT("/\\evil.example"), STR_INIT(""), STR_INIT("/a\r\nb") };

    for (size_t i = 0; i < countof(away); i++) {
        HttpResponse response = { .arena = *state };
        http_respond_redirect(&response, away[i]);
        assert_true(response.is_broken);
    }
    HttpResponse home = { .arena = *state };
    http_respond_redirect(&home, STR("/audits/A-1"));
    assert_false(home.is_broken);
    assert_int_equal(home.status, 303);
}

static void a_cookie_cannot_carry_a_second_attribute(void **state)
{
    HttpRequest request   = { .arena = *state };
    HttpResponse response = { .arena = *state };

    http_cookie_set(&request, &response, (HttpCookie){ .name = "a", .value = STR("b; Domain=example") });

    assert_true(response.is_broken);
}

static void if_match_wants_a_strong_tag(void **state)
{
    static const struct {
        const char *header;
        bool matches, none_matches;
    } cases[] = {
        { "\"r7\"", true, true },         { "\"r7-gz\"", true, true },
        { "W/\"r7\"", false, true },      { "*", true, true },
        { "\"r6\", \"r7\"", true, true }, { "\"r6\"", false, false },
        { "r7", false, false },           { "", false, false },
    };

    for (size_t i = 0; i < countof(cases); i++) {
        HttpField fields[]  = { { STR_INIT("if-match"), str_from_c(cases[i].header) },
                                { STR_INIT("IF-NONE-MATCH"), str_from_c(cases[i].header) } };
        HttpRequest request = { .arena = *state, .headers = { fields, 2, 2 } };
        assert_int_equal(http_if_match(&request, STR("r7")), cases[i].matches);
        assert_int_equal(http_if_none_match(&request, STR("r7")), cases[i].none_matches);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_name_keeps_what_is_harmless),
        arena_test(a_name_loses_what_is_not),
        arena_test(a_long_name_is_cut_before_its_extension),
        arena_test(no_hostile_name_breaks_the_header),
        arena_test(a_redirect_stays_on_this_host),
        arena_test(a_cookie_cannot_carry_a_second_attribute),
        arena_test(if_match_wants_a_strong_tag),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
