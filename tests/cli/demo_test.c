/* SPDX-License-Identifier: Apache-2.0
 * Scenarios and the outline at the command line, and the clock that only a demonstration has. */
#include <stdlib.h>

#include "base/file.h"
#include "shell.h"

#define DEMO "demo/demo-scenario.json"

/* A store beside the one that the shell made. */
static const char *beside(Shell *shell, const char *name)
{
    return str_to_c(shell->arena, str_fmt(shell->arena, "%.*s/%s", STR_ARG(shell->folder), name));
}

static void a_demonstration_has_a_clock_that_moves_on(void **state)
{
    Shell *shell     = *state;
    const char *demo = beside(shell, "demo");

    say(shell, "--data", demo, "scenario", DEMO, "--demo", "--until", "2025-06-01");
    assert_exit(shell, 0);
    say(shell, "--data", demo, "--as", "p-apm", "--now", "2025-06-02", "person", "list");
    assert_exit(shell, 0);
    say(shell, "--data", demo, "--as", "p-apm", "--now", "2025-05-30", "person", "list");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "does not go back");
}

static void a_report_is_exported_in_each_form(void **state)
{
    static const struct {
        const char *form, *begins;
    } forms[] = {
        { "pdf", "%PDF-" }, { "docx", "PK" }, { "xlsx", "PK" }, { "html", "<!DOCTYPE html>" }, { "json", "{" }
    };
    Shell *shell     = *state;
    const char *demo = beside(shell, "demo"), *file = beside(shell, "report");
    Str bytes = { 0 };
    Err err   = { 0 };

    say(shell, "--data", demo, "scenario", DEMO, "--demo", "--until", "2025-06-01");
    for (size_t i = 0; i < countof(forms); i++) {
        say(shell, "--data", demo, "--as", "p-apm", "report", "export", "IA-25-01", "--format", forms[i].form,
            "--output", file);
        assert_exit(shell, 0);
        assert_true(file_read(shell->arena, str_from_c(file), SAID_MAX, &bytes, &err));
        assert_true(str_starts(bytes, str_from_c(forms[i].begins)));
    }
    say(shell, "--data", demo, "--as", "p-apm", "report", "export", "IA-25-01", "--format", "json");
    assert_exit(shell, 0);
    assert_true(str_eq(shell->out, bytes));
    say(shell, "--data", demo, "--as", "p-apm", "report", "export", "IA-25-01", "--format", "odt");
    assert_exit(shell, 4);
    assert_says(shell, shell->err, "Choose among pdf, docx, xlsx, html and json.");
    say(shell, "--data", demo, "--as", "p-apm", "report", "export", "IA-99-01");
    assert_exit(shell, 6);
    say(shell, "--data", demo, "--as", "p-apm", "person", "export", "P-001");
    assert_exit(shell, 6);
}

static void no_other_store_has_a_clock(void **state)
{
    Shell *shell = *state;

    say(shell, "--now", "2027-01-01", "person", "list");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "--now is for demonstrations");
}

static void a_copied_clock_opens_no_store(void **state)
{
    Shell *shell     = *state;
    const char *demo = beside(shell, "demo"), *copy;

    say(shell, "--data", demo, "scenario", DEMO, "--demo", "--until", "2025-06-01");
    copy = str_to_c(shell->arena, str_fmt(shell->arena, "%.*s/DEMO", STR_ARG(shell->data)));
    assert_int_equal(rename(beside(shell, "demo/DEMO"), copy), 0);
    say(shell, "person", "list");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "belongs to another store");
}

static void a_broken_scenario_names_its_place(void **state)
{
    Shell *shell = *state;

    say_with(shell, NULL, "--data", beside(shell, "other"), "scenario", "package.json");
    assert_exit(shell, 7);
    assert_says(shell, shell->err, "plumbline: name\n  The form has no such key here.");
}

static void the_outline_is_loaded_once(void **state)
{
    Shell *shell = *state;

    say(shell, "role", "create", "--person", "P-001", "--role", "isms_manager", "--since", "2020-01-01");
    assert_exit(shell, 0);
    say(shell, "content", "load");
    assert_exit(shell, 0);
    say(shell, "content", "load");
    assert_says(shell, shell->out, "0 records made, 0 changed, 0 ended");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        shell_test(a_demonstration_has_a_clock_that_moves_on),
        shell_test(a_report_is_exported_in_each_form),
        shell_test(no_other_store_has_a_clock),
        shell_test(a_copied_clock_opens_no_store),
        shell_test(a_broken_scenario_names_its_place),
        shell_test(the_outline_is_loaded_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
