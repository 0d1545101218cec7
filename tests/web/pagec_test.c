/* SPDX-License-Identifier: Apache-2.0
 * Runs the compiler of pages on small pages, and the C compiler on what it wrote. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "support/check.h"

extern char **environ;

enum { SAID_MAX = 16 << 10, CODE_MAX = 1 << 20 };

/* What became of one run of a program. */
typedef struct {
    int status;
    Str said; /* on standard error */
} Run;

static Run run(Arena *arena, const char *const *argv)
{
    int pipe_ends[2];
    pid_t child;
    posix_spawn_file_actions_t actions;
    assert_int_equal(pipe(pipe_ends), 0);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], 2);
    posix_spawn_file_actions_addclose(&actions, pipe_ends[0]);
    assert_int_equal(posix_spawnp(&child, argv[0], &actions, NULL, (char *const *)(uintptr_t)argv, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    close(pipe_ends[1]);
    char *said = arena_array(arena, char, SAID_MAX);
    size_t len = 0;
    for (ssize_t got = 1; got > 0 && len<SAID_MAX; len += got> 0 ? (size_t)got : 0)
        got = read(pipe_ends[0], said + len, SAID_MAX - len);
    close(pipe_ends[0]);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return (Run){ WIFEXITED(status) ? WEXITSTATUS(status) : -1, { said, len } };
}

/* A page in a folder of its own. */
typedef struct {
    Arena *arena;
    Str folder;
    const char *path;
} Page;

static Page a_page(Arena *arena, const char *source)
{
    Page page  = { .arena = arena, .folder = temporary_folder(arena) };
    page.path  = str_fmt(arena, "%.*s/p.html", STR_ARG(page.folder)).ptr;
    FILE *file = fopen(page.path, "w");
    assert_non_null(file);
    fputs(source, file);
    fclose(file);
    return page;
}

static Run compile(const Page *page)
{
    const char *const argv[] = { "build/tools/pagec", "-o", str_to_c(page->arena, page->folder), page->path, NULL };
    return run(page->arena, argv);
}

static Str code_of(const Page *page)
{
    Err err = { 0 };
    Str code;
    check_done(
        file_read(page->arena, str_fmt(page->arena, "%.*s/p_html.c", STR_ARG(page->folder)), CODE_MAX, &code, &err),
        &err);
    return code;
}

/* The C of a page whose file is `source`. */
static Str compiled(Arena *arena, const char *source)
{
    Page page = a_page(arena, source);
    Run done  = compile(&page);
    if (done.status != 0) print_error("%.*s\n", STR_ARG(done.said));
    assert_int_equal(done.status, 0);
    return code_of(&page);
}

/* What the C compiler says of it. */
static Run checked_as_c(Arena *arena, const char *source)
{
    Page page = a_page(arena, source);
    assert_int_equal(compile(&page).status, 0);
    Str file                 = str_fmt(arena, "%.*s/p_html.c", STR_ARG(page.folder));
    const char *const argv[] = { "cc",       "-std=c17",          "-D_GNU_SOURCE", "-Wall",
                                 "-Wextra",  "-Wpedantic",        "-Werror",       "-Isrc",
                                 "-include", "src/base/banned.h", "-fsyntax-only", file.ptr,
                                 NULL };
    return run(arena, argv);
}

static void check_has(Str text, const char *part)
{
    if (str_has(text, str_from_c(part))) return;
    print_error("\"%s\" does not stand in:\n%.*s\n", part, STR_ARG(text));
    fail();
}

static void check_has_not(Str text, const char *part)
{
    if (!str_has(text, str_from_c(part))) return;
    print_error("\"%s\" stands in:\n%.*s\n", part, STR_ARG(text));
    fail();
}

/* ---- what comes out ---- */

static void a_value_is_printed_by_the_printer_of_its_place(void **state)
{
    Str code = compiled(*state,
                        "<% page p(Str s, Raw r) %>\n"
                        "<title>{{ s }}</title><p title=\"{{ s }}\" {{ r }}>{{ s }}</p>\n"
                        "<a href=\"{{ s }}\">x</a><a href=\"/nc/{{ s }}\">x</a><a href=\"{{ s }}?at={{ s }}\">x</a>\n");

    const char *const expected[] = { "html_plain", "html_value",    "html_attribute", "html_text",
                                     "html_url(",  "html_url_rest", "html_url(",      "html_url_rest" };
    Str left                     = code;
    for (size_t i = 0; i < countof(expected); i++) {
        size_t at = 0;
        while (at < left.len && !str_starts(str_slice(left, at, left.len - at), str_from_c(expected[i])))
            at++;
        if (at == left.len) print_error("no %s (%zu)\n", expected[i], i);
        assert_true(at < left.len);
        left = str_slice(left, at + strlen(expected[i]), left.len - at - strlen(expected[i]));
    }
    assert_int_equal(
        checked_as_c(*state, "<% page p(Str s, Raw r) %>\n<p {{ r }} title='{{ s }}'>{{ r }}</p>\n").status, 0);
}

static void a_form_that_posts_gets_its_token_and_no_other(void **state)
{
    check_has(compiled(*state, "<% page p() %>\n<form method=\"post\" action=\"/x\">x</form>"),
              "html_form_token(out);");
    check_has(compiled(*state, "<% page p() %>\n<form action=\"/x\" METHOD='POST' class=\"a\">x</form>"),
              "html_form_token");
    check_has(compiled(*state, "<% page p(Str s) %>\n<form method=\"post\" action=\"{{ s }}\" novalidate>x</form>"),
              "html_form_token");
    check_has_not(compiled(*state, "<% page p() %>\n<form action=\"/x\">x</form>"), "html_form_token");
    check_has_not(compiled(*state, "<% page p() %>\n<form method=\"get\"><p title=\"post\">x</p></form>"),
                  "html_form_token");
}

static void lines_of_code_and_comments_leave_nothing(void **state)
{
    Str code =
        compiled(*state, "<%-- about\n this --%>\n<% page p(int n) %>\n<ul>\n  <% for (int i = 0; i < n; i++) { %>\n"
                         "    <li>x</li>\n  <%-- no --%>\n  <% } %>\n</ul>\n");
    check_has(code, "STR(\"<ul>\\n\")");
    check_has(code, "STR(\"<li>x</li>\\n\")");
    check_has(code, "STR(\"</ul>\\n\")");
    check_has_not(code, "about");
}

static void a_file_holds_several_functions_with_prototypes(void **state)
{
    Page page =
        a_page(*state, "<% include \"base/time.h\" %>\n<% page one(Date day) %>\n{{ day }}\n<% part two() %>\nx\n");
    Err err = { 0 };
    Str header;

    assert_int_equal(compile(&page).status, 0);

    check_done(file_read(*state, str_fmt(*state, "%.*s/pages.h", STR_ARG(page.folder)), CODE_MAX, &header, &err), &err);
    check_has(header, "#include \"base/time.h\"");
    check_has(header, "void page_one(Html *out, Date day);");
    check_has(header, "void part_two(Html *out);");
    check_has(code_of(&page), "void part_two(Html *out)\n{");
}

static void an_expression_may_hold_braces_and_strings(void **state)
{
    Run run = checked_as_c(*state, "<% page p(bool late) %>\n<p title=\"{{ late ? \"}}\" : \"<%\" }}\">"
                                   "{{ ((Str){ \"x\", 1 }) }}{{ _(\"Due\") }}</p>\n");
    if (run.status != 0) print_error("%.*s\n", STR_ARG(run.said));
    assert_int_equal(run.status, 0);
}

static void bytes_of_the_page_come_out_as_they_are(void **state)
{
    Str code = compiled(*state, "<% page p() %>\n<p title=\"a\\b ?\?/ 'q'\">“ü”</p>\n");
    check_has(code, "a\\\\b \\?\\?/ 'q'");
    check_has(code, "“ü”");
}

/* ---- what is refused ---- */

static const struct {
    const char *source;
    int line, column;
    const char *what;
} refused[] = {
    { "<% page p(Str s) %>\n<a href={{ s }}>x</a>", 2, 9, "in quotes" },
    { "<% page p(Str s) %>\n<a class=x{{ s }}>x</a>", 2, 10, "in quotes" },
    { "<% page p(Str s) %>\n<p onclick=\"{{ s }}\">x</p>", 2, 11, "handlers" },
    { "<% page p(Str s) %>\n<p OnClick='x'>x</p>", 2, 11, "handlers" },
    { "<% page p(Str s) %>\n<p hx-on:click='x'>x</p>", 2, 15, "handlers" },
    { "<% page p(Str s) %>\n<p hx-vals='{{ s }}'>x</p>", 2, 13, "can hold code" },
    { "<% page p(Str s) %>\n<p hx-trigger=\"{{ s }}\">x</p>", 2, 16, "can hold code" },
    { "<% page p(Str s) %>\n<iframe srcdoc=\"{{ s }}\"></iframe>", 2, 15, "srcdoc" },
    { "<% page p(Str s) %>\n<p style=\"{{ s }}\">x</p>", 2, 9, "style stands" },
    { "<% page p(Str s) %>\n<style>{{ s }}</style>", 2, 7, "style stands" },
    { "<% page p(Str s) %>\n<script>{{ s }}</script>", 2, 9, "into a script" },
    { "<% page p(Str s) %>\n<script>x</script>", 2, 9, "script stands" },
    { "<% page p(Str s) %>\n<!-- {{ s }} -->", 2, 1, "comments" },
    { "<% page p(Str s) %>\n<!doctype {{ s }}>", 2, 11, "declaration" },
    { "<% page p(Str s) %>\n<{{ s }}>", 2, 1, "&lt;" },
    { "<% page p(Str s) %>\n<h{{ s }}>", 2, 3, "name of a tag" },
    { "<% page p(Str s) %>\n<p data-{{ s }}=\"x\">", 2, 9, "name of an attribute" },
    { "<% page p(Str s) %>\n<p title = \"{{ s }}\">", 2, 10, "without blanks" },
    { "<% page p(Str s) %>\n<a href=\"javascript:x\">", 2, 20, "an address begins" },
    { "<% page p(Str s) %>\n<a href=\"data:{{ s }}\">", 2, 14, "an address begins" },
    { "<% page p(Str s) %>\n<p>1 < 2</p>", 2, 6, "&lt;" },
    { "<% page p(bool b) %>\n<% if (b) { %><a href=\"<% } %>x", 2, 27, "another place" },
    { "<% page p(bool b) %>\n<a href=\"<% if (b) { %>/x<% } %>\">", 2, 29, "another place" },
    { "<% page p(bool b) %>\n<% while (b) { %><p title=\"<% break; } %>\">", 2, 31, "a jump" },
    { "<% page p(bool b) %>\n<% if (b) %>x", 2, 4, "code ends in" },
    { "<% page p(bool b) %>\n<% if (b) { %>x", 2, 16, "still open" },
    { "<% page p(bool b) %>\n<% } %>x", 2, 4, "} without {" },
    { "<% page p() %>\n<p title=\"", 2, 11, "ends inside" },
    { "<% page p() %>\n<p <% if (1) { %>a<% } %>b=\"\">", 2, 22, "code stands" },
    { "<p>x</p>", 1, 1, "before the first page" },
    { "<% page %>\nx", 1, 4, "code stands before" },
    { "<% page p %>\nx", 1, 4, "NAME(arguments)" },
    { "<% page p() %>\n{{ x", 2, 1, "{{ without }}" },
    { "<% page p() %>\n{{ }}", 2, 1, "empty" },
    { "<% page p() %>\n<% x", 2, 1, "<% without %>" },
    { "<%-- x", 1, 1, "<%-- without" },
    { "<% page p() %>\n<% include \"x.h\" %>", 2, 4, "before the first page" },
};

static void each_unsafe_place_is_an_error_with_its_line_and_column(void **state)
{
    for (size_t i = 0; i < countof(refused); i++) {
        Page page = a_page(*state, refused[i].source);
        Run run   = compile(&page);
        Str spot  = str_fmt(*state, "%s:%d:%d: ", page.path, refused[i].line, refused[i].column);
        if (run.status != 1 || !str_starts(run.said, spot))
            print_error("%s\n%.*s\n", refused[i].source, STR_ARG(run.said));
        assert_int_equal(run.status, 1);
        assert_true(str_starts(run.said, spot));
        check_has(run.said, refused[i].what);
    }
}

static void what_has_no_text_of_its_own_does_not_compile(void **state)
{
    Run a_bool = checked_as_c(*state, "<% page p(bool late) %>\n<p>{{ late }}</p>\n");
    Run a_raw  = checked_as_c(*state, "<% page p(Raw r) %>\n<p title=\"{{ r }}\"></p>\n");
    Run a_text = checked_as_c(*state, "<% page p(Str s) %>\n<p {{ s }}></p>\n");
    Run a_link = checked_as_c(*state, "<% page p(int n) %>\n<a href=\"{{ n }}\"></a>\n");

    assert_int_not_equal(a_bool.status, 0);
    assert_int_not_equal(a_raw.status, 0);
    assert_int_not_equal(a_text.status, 0);
    assert_int_not_equal(a_link.status, 0);
}

static void the_c_compiler_points_into_the_page(void **state)
{
    Run member = checked_as_c(*state, "<% page p(const Html *html) %>\n<p>\n  <b>{{ html->todya }}</b></p>\n");
    Run code   = checked_as_c(*state, "<% page p(int n) %>\n<p>\n  <% n = wrong; %>\n</p>\n");

    check_has(member.said, "p.html:3:15: error: ");
    check_has(code.said, "p.html:3:10: error: ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_value_is_printed_by_the_printer_of_its_place),
        arena_test(a_form_that_posts_gets_its_token_and_no_other),
        arena_test(lines_of_code_and_comments_leave_nothing),
        arena_test(a_file_holds_several_functions_with_prototypes),
        arena_test(an_expression_may_hold_braces_and_strings),
        arena_test(bytes_of_the_page_come_out_as_they_are),
        arena_test(each_unsafe_place_is_an_error_with_its_line_and_column),
        arena_test(what_has_no_text_of_its_own_does_not_compile),
        arena_test(the_c_compiler_points_into_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
