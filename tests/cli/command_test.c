/* SPDX-License-Identifier: Apache-2.0
 * Reading and doing at the command line: what is shown, what is refused and how, and what programs get. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catalogue.h"
#include "cli/cli.h"
#include "exchange/local.h"
#include "org/directory.h"
#include "shell.h"

static void a_site(Shell *shell, const char *name)
{
    say(shell, "site", "create", "--name", name, "--kind", "office", "--zone", "Europe/Amsterdam");
    assert_exit(shell, 0);
}

static void ben(Shell *shell)
{
    say(shell, "person", "create", "--number", "p-ben", "--name", "Ben Bold");
    assert_exit(shell, 0);
}

/* ---- reading ---- */

static void records_are_made_listed_and_shown(void **state)
{
    Shell *shell = *state;

    a_site(shell, "Delft");
    assert_says(shell, shell->out, "SITE-1 Site: Create.");
    say(shell, "sites", "list");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "Number  Name   Kind    Country  Time zone         State");
    assert_says(shell, shell->out, "SITE-1  Delft  Office");
    say(shell, "site", "show", "SITE-1");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "SITE-1 Delft\nSite, In use; revision 1");
    assert_says(shell, shell->out, "by Ada Admin");
    say(shell, "search", "delft");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "SITE-1");
}

static void lists_are_limited_sorted_and_paged(void **state)
{
    Shell *shell = *state;

    a_site(shell, "Delft"), a_site(shell, "Breda"), a_site(shell, "Assen");
    say(shell, "site", "list", "--sort", "name", "--limit", "2");
    assert_exit(shell, 0);
    assert_false(str_has(shell->out, STR("Delft")));
    assert_says(shell, shell->err, "2 of 3 sites.");
    assert_says(shell, shell->err, "--after ");
    say(shell, "site", "--q", "delft");
    assert_says(shell, shell->err, "1 of 1 sites.");
    say(shell, "site", "list", "--kind", "castle");
    assert_exit(shell, 4);
    assert_says(shell, shell->err, "office");
}

static void history_and_the_past_are_read(void **state)
{
    Shell *shell = *state;

    a_site(shell, "Delft");
    say(shell, "site", "edit", "SITE-1", "--name", "Delft Zuid", "--why", "The office moved.");
    assert_exit(shell, 0);
    say(shell, "site", "history", "SITE-1");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "\"Delft\" → \"Delft Zuid\"");
    assert_says(shell, shell->out, "The office moved.");
    say(shell, "site", "show", "SITE-1", "--as-of", "2020-01-01");
    assert_exit(shell, 6);
    say(shell, "site", "show", "SITE-1", "--as-of", "soon");
    assert_exit(shell, 4);
}

static void an_export_is_csv_that_runs_nothing(void **state)
{
    Shell *shell = *state;

    a_site(shell, "=1+1");
    say(shell, "site", "export");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "number,state,name,kind");
    assert_says(shell, shell->out, "SITE-1,in_use,'=1+1");
}

static void what_somebody_typed_does_not_steer_the_terminal(void **state)
{
    Shell *shell = *state;

    a_site(shell, "Del\xe2\x80\xae"
                  "ft");
    say_with(shell, "{\"name\":\"X\",\"kind\":\"office\",\"zone\":\"UTC\",\"holidays\":\"a\\tb\"}", "site", "create",
             "--input", "-");
    say(shell, "site", "list");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "\\u202e");
    assert_false(str_has(shell->out, STR("\xe2\x80\xae")));
}

/* ---- doing ---- */

static void fields_come_from_words_files_and_json(void **state)
{
    Shell *shell = *state;

    say_with(shell, "2026-12-25\n2026-12-26\n", "site", "create", "--name", "A", "--kind", "office", "--zone", "UTC",
             "--holidays-file", "-");
    assert_exit(shell, 0);
    say(shell, "site", "show", "SITE-1");
    assert_says(shell, shell->out, "2026-12-25\n");
    assert_says(shell, shell->out, "2026-12-26\n");
    say_with(shell, "{\"name\":\"B\",\"kind\":\"office\",\"zone\":\"UTC\"}", "site", "create", "--input", "-", "--name",
             "C");
    assert_exit(shell, 0);
    say(shell, "site", "show", "SITE-2");
    assert_says(shell, shell->out, "SITE-2 C");
    say_with(shell, "[1]", "site", "create", "--input", "-");
    assert_exit(shell, 2);
}

static void a_refusal_has_its_four_parts(void **state)
{
    Shell *shell = *state;

    ben(shell);
    say(shell, "--as", "p-ben", "site", "create", "--name", "X", "--kind", "office", "--zone", "UTC");

    assert_exit(shell, 3);
    assert_int_equal(shell->out.len, 0);
    assert_says(shell, shell->err, "  rule     who\n");
    assert_says(shell, shell->err, "  missing  this is for: ");
    assert_says(shell, shell->err, "  who      Ada Admin\n");
    assert_says(shell, shell->err, "  next     Ask one of them.\n");
}

static void exit_codes_say_what_stands_against_it(void **state)
{
    Shell *shell = *state;

    ben(shell);
    say(shell, "person", "create");
    assert_exit(shell, 4);
    assert_says(shell, shell->err, "--name: ");
    say(shell, "person", "show", "nobody");
    assert_exit(shell, 6);
    say(shell, "person", "edit", "p-ben", "--job", "Engineer", "--revision", "1");
    assert_exit(shell, 0);
    say(shell, "person", "edit", "p-ben", "--job", "Auditor", "--revision", "1");
    assert_exit(shell, 5);
    assert_says(shell, shell->err, "  now      Engineer\n");
    assert_says(shell, shell->err, "  wanted   Auditor\n");
    say(shell, "--as", "stranger", "person", "list");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "--as");
}

static void a_key_makes_a_request_count_once(void **state)
{
    Shell *shell = *state;

    for (int i = 0; i < 2; i++) {
        say(shell, "site", "create", "--key", "k-1", "--name", "Once", "--kind", "office", "--zone", "UTC");
        assert_exit(shell, 0);
    }
    assert_says(shell, shell->out, "not done again");
    say(shell, "site", "list");
    assert_says(shell, shell->err, "1 of 1 sites.");
}

static void what_cannot_be_followed_is_told_with_what_was_meant(void **state)
{
    static const char *const cases[][3] = {
        { "persn", "list", "\"person\"" },      { "person", "lst", "\"list\"" },
        { "person", "voide", "\"void\"" },      { "verfy", "--quick", "\"verify\"" },
        { "prove", "x", "number of an event" }, { "person", "show", "number of a record" },
    };
    Shell *shell = *state;

    for (size_t i = 0; i < countof(cases); i++) {
        say(shell, cases[i][0], cases[i][1]);
        assert_exit(shell, 2);
        assert_says(shell, shell->err, cases[i][2]);
    }
    say(shell, "person", "list", "--nme", "x");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "\"name\"");
    say(shell, "person", "list", "--name");
    assert_exit(shell, 2);
    say(shell, "person", "void", "P-001", "P-002", "--why", "x");
    assert_exit(shell, 2);
}

static void hostile_words_are_refused(void **state)
{
    Shell *shell  = *state;
    char *longest = malloc(131000);

    assert_non_null(longest);
    memset(longest, 'x', 130999);
    longest[130999] = '\0';
    say(shell, "person", "create", "--name", "\xff\xfe");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "UTF-8");
    say(shell, "person", "create", "--name", longest);
    assert_exit(shell, 4);
    say(shell, longest, longest);
    assert_exit(shell, 2);
    say(shell, "person", "show", longest);
    assert_exit(shell, 6);
    say(shell, "person", "show", "'; DROP TABLE person; --");
    assert_exit(shell, 6);
    say(shell, "\x1b[31mred");
    assert_exit(shell, 2);
    assert_false(str_has(shell->err, STR("\x1b")));
    free(longest);
}

/* ---- programs ---- */

/* What record/ask.h answers Ada in this process. */
static Str asked(Shell *shell, Ask ask)
{
    World world          = world_real();
    AppSettings settings = {
        .address = shell->data, .catalogue = catalogue_open(shell->arena), .directory = &directory, .world = &world
    };
    LocalQuestion question = { .kind = LOCAL_ASK, .as = STR("ada"), .ask = ask };
    Caller caller          = { .arena = shell->arena, .who = { 2 }, .door = "api" };
    Buf bytes              = buf_open(shell->arena, SAID_MAX);
    LocalAnswer local;
    Answer answer;
    Err err = { 0 };

    check_done(app_open(shell->arena, &settings, &caller.app, &err), &err);
    check_done(local_answer(caller.app, shell->arena, &question, &local, &err), &err);
    check_done(ask_answer(&caller, &ask, &answer, &err), &err);
    if (answer.body != NULL) json_write(&bytes, answer.body);
    assert_true(str_eq(local.body, buf_str(&bytes)));
    app_close(caller.app);
    return str_fmt(shell->arena, "%.*s\n", STR_ARG(buf_str(&bytes)));
}

static void json_is_what_the_api_answers(void **state)
{
    static const struct {
        const char *words[4];
        Ask ask;
    } cases[] = {
        { { "site", "list" }, { .kind = ASK_LIST, .type = STR_INIT("site") } },
        { { "site", "show", "SITE-1" }, { .kind = ASK_SHOW, .type = STR_INIT("site"), .number = STR_INIT("SITE-1") } },
        { { "site", "steps", "SITE-1" },
          { .kind = ASK_STEPS, .type = STR_INIT("site"), .number = STR_INIT("SITE-1") } },
        { { "site", "history", "SITE-1" },
          { .kind = ASK_HISTORY, .type = STR_INIT("site"), .number = STR_INIT("SITE-1") } },
        { { "programme", "plan", "PG-1" },
          { .kind   = ASK_INQUIRY,
            .type   = STR_INIT("programme"),
            .number = STR_INIT("PG-1"),
            .verb   = STR_INIT("plan") } },
        { { "site", "show", "nope" }, { .kind = ASK_SHOW, .type = STR_INIT("site"), .number = STR_INIT("nope") } },
        { { "site", "edit", "nope" },
          { .kind = ASK_VERB, .type = STR_INIT("site"), .number = STR_INIT("nope"), .verb = STR_INIT("edit") } },
    };
    Shell *shell = *state;

    a_site(shell, "Delft");
    for (size_t i = 0; i < countof(cases); i++) {
        const char *const *words = cases[i].words;
        say(shell, "--json", words[0], words[1], words[2]);
        assert_true(str_eq(shell->out, asked(shell, cases[i].ask)));
    }
}

static void every_type_and_verb_has_help(void **state)
{
    Shell *shell                        = *state;
    const Catalogue *all                = catalogue_open(shell->arena);
    static const char *const readings[] = { "list", "show", "steps", "history", "export" };

    unsetenv("PLUMBLINE_DATA"); /* help needs no store */
    for (size_t i = 0; i < all->types_len; i++) {
        const Type *type = all->types[i];
        say(shell, type->name, "--help");
        assert_exit(shell, 0);
        assert_says(shell, shell->out, "Fields");
        const char *verb = type->steps[0].verb;
        if (type_verb(type, str_from_c(verb))->flags & VERB_INSIDE) continue;
        say(shell, "help", type->name, verb);
        assert_exit(shell, 0);
        assert_says(shell, shell->out, "From, to, and who may");
    }
    for (size_t i = 0; i < countof(readings); i++) {
        say(shell, "person", readings[i], "--help");
        assert_exit(shell, 0);
        assert_says(shell, shell->out, "usage: plumbline person");
    }
}

static void help_and_types_need_no_store(void **state)
{
    static const char *const names[] = { "init", "serve", "search", "verify", "prove", "indicators", "types" };
    Shell *shell                     = *state;

    unsetenv("PLUMBLINE_DATA");
    say(shell, "--help");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "Exit codes");
    for (size_t i = 0; i < countof(names); i++) {
        say(shell, names[i], "-h");
        assert_exit(shell, 0);
        assert_says(shell, shell->out, "usage: plumbline");
    }
    say(shell, "types", "--json");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "\"name\":\"person\"");
    say(shell, "help", "nothing");
    assert_exit(shell, 2);
}

static void indicators_are_told_to_those_who_see_all(void **state)
{
    Shell *shell = *state;

    say(shell, "indicators", "--json", "--as", "ada");
    assert_exit(shell, 3); /* the administrator sees no content (G-09) */
    assert_says(shell, shell->out, "for top management");
    unsetenv("PLUMBLINE_AS"); /* the owner of the store asks as such */
    say(shell, "indicators", "--as-of", "2026-02-30");
    assert_exit(shell, 2);
    say(shell, "indicators", "--as-of", "9999-01-01");
    assert_exit(shell, 2);
    say(shell, "indicators", "--json", "--as-of", "2026-01-01");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "{\"as_of\":\"2026-01-01\",");
    assert_says(shell, shell->out, "\"overdue_ratio_open\":null");
    say(shell, "indicators");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "no data");
}

static void a_proof_can_be_given_away(void **state)
{
    Shell *shell = *state;

    a_site(shell, "Delft");
    say(shell, "prove", "6");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "c2sp.org/tlog-proof@v1\nindex 6\n");
    say(shell, "prove", "6", "--json");
    assert_says(shell, shell->out, "\"leaf\":");
    say(shell, "prove", "99");
    assert_exit(shell, 7);
}

/* ---- other users ---- */

static void another_user_of_the_system_works_in_no_store_of_ours(void **state)
{
    Shell *shell = *state;

    if (geteuid() != 0) skip();
    assert_int_equal(chmod(str_to_c(shell->arena, shell->folder), 0755), 0);
    shell->uid = 65534;
    say(shell, "person", "list");
    assert_true(shell->exit == 7 || shell->exit == 3);
    assert_int_equal(shell->out.len, 0);
    shell->uid = 0;
    assert_int_equal(chmod(str_to_c(shell->arena, shell->data), 0777), 0);
    shell->uid = 65534;
    say(shell, "person", "list");
    shell->uid = 0;
    assert_exit(shell, 3);
    assert_says(shell, shell->err, "  rule     owner\n");
    assert_says(shell, shell->err, "  who      root\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        shell_test(records_are_made_listed_and_shown),
        shell_test(lists_are_limited_sorted_and_paged),
        shell_test(history_and_the_past_are_read),
        shell_test(an_export_is_csv_that_runs_nothing),
        shell_test(what_somebody_typed_does_not_steer_the_terminal),
        shell_test(fields_come_from_words_files_and_json),
        shell_test(a_refusal_has_its_four_parts),
        shell_test(exit_codes_say_what_stands_against_it),
        shell_test(a_key_makes_a_request_count_once),
        shell_test(what_cannot_be_followed_is_told_with_what_was_meant),
        shell_test(hostile_words_are_refused),
        shell_test(json_is_what_the_api_answers),
        shell_test(every_type_and_verb_has_help),
        shell_test(help_and_types_need_no_store),
        shell_test(indicators_are_told_to_those_who_see_all),
        shell_test(a_proof_can_be_given_away),
        shell_test(another_user_of_the_system_works_in_no_store_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
