/* SPDX-License-Identifier: Apache-2.0
 * From nothing to an organisation that people can sign in to. */
#include <stdlib.h>
#include <sys/stat.h>

#include "shell.h"

static const char *path_of(Shell *shell, const char *name)
{
    return str_to_c(shell->arena, str_fmt(shell->arena, "%.*s/%s", STR_ARG(shell->data), name));
}

static void other_store(Shell *shell)
{
    shell->data = str_fmt(shell->arena, "%.*s/other", STR_ARG(shell->folder));
    setenv("PLUMBLINE_DATA", str_to_c(shell->arena, shell->data), 1);
}

static void init_makes_the_administrator_and_prints_the_key(void **state)
{
    Shell *shell = *state;

    assert_says(shell, shell->out, "plumbline/ledger/");
    assert_says(shell, shell->out, "plumbline serve");
    say(shell, "role", "list");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "administrator");
    say(shell, "account", "show", "ada", "--json");
    assert_says(shell, shell->out, "\"must_change\":false");
}

static void the_key_and_the_store_are_for_their_owner_only(void **state)
{
    Shell *shell = *state;
    struct stat info;

    assert_int_equal(stat(path_of(shell, "keys/signer.key"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(stat(path_of(shell, "."), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_int_equal(stat(path_of(shell, "plumbline.db"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

static void a_key_that_others_may_read_is_not_used(void **state)
{
    Shell *shell = *state;

    assert_int_equal(chmod(path_of(shell, "keys/signer.key"), 0640), 0);
    say(shell, "person", "list");

    assert_exit(shell, 7);
    assert_says(shell, shell->err, "signing key");
    assert_says(shell, shell->err, "0600");
}

static void a_second_init_changes_nothing(void **state)
{
    Shell *shell = *state;

    say(shell, "init", "--name", "Other");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "has its record already");
    say(shell, "init", "--admin", "Eve", "--login", "eve");
    assert_exit(shell, 3);
    assert_says(shell, shell->err, "found-1");
    say(shell, "organisation", "list");
    assert_says(shell, shell->out, "Veldane");
}

static void without_an_administrator_the_first_one_can_come_later(void **state)
{
    Shell *shell = *state;

    other_store(shell);
    say(shell, "init", "--name", "Late");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "no administrator yet");
    say(shell, "init", "--admin", "Lea Late", "--login", "lea");
    assert_exit(shell, 0);
    say(shell, "--as", "lea", "person", "list");
    assert_exit(shell, 0);
    assert_says(shell, shell->out, "Lea Late");
    say(shell, "verify");
    assert_exit(shell, 0);
}

static void what_cannot_be_taken_leaves_no_half_organisation(void **state)
{
    Shell *shell = *state;

    other_store(shell);
    say(shell, "init", "--name", "Half", "--zone", "Mars/Olympus");
    assert_exit(shell, 4);
    assert_says(shell, shell->err, "zone");
    setenv("PLUMBLINE_PASSWORD", "short", 1);
    say(shell, "init", "--name", "Half", "--admin", "Ada", "--login", "ada");
    assert_exit(shell, 4);
    assert_says(shell, shell->err, "password");
    setenv("PLUMBLINE_PASSWORD", "a brass bob on a long line", 1);
    say(shell, "init", "--name", "Half", "--admin", "Ada", "--login", "NOT PLAIN");
    assert_exit(shell, 4);
    say(shell, "init", "--name", "Whole", "--admin", "Ada", "--login", "ada");
    assert_exit(shell, 0);
}

static void a_password_never_stands_on_the_command_line(void **state)
{
    Shell *shell = *state;

    other_store(shell);
    say(shell, "init", "--name", "X", "--admin", "Ada", "--login", "ada", "--password", "a brass bob on a line");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "--password-file");
    setenv("PLUMBLINE_DATA", str_to_c(shell->arena, str_fmt(shell->arena, "%.*s/store", STR_ARG(shell->folder))), 1);
    say(shell, "account", "set-password", "ada", "--password", "a brass bob on a line");
    assert_exit(shell, 2);
    say_with(shell, "a brass bob on a longer line\n", "account", "set-password", "ada", "--password-file", "-");
    assert_exit(shell, 0);
}

static void what_is_missing_is_told(void **state)
{
    Shell *shell = *state;

    other_store(shell);
    say(shell, "person", "list");
    assert_exit(shell, 7);
    assert_says(shell, shell->err, "init --name");
    say(shell, "init");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "--name");
    unsetenv("PLUMBLINE_DATA");
    say(shell, "person", "list");
    assert_exit(shell, 2);
    assert_says(shell, shell->err, "PLUMBLINE_DATA");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        shell_test(init_makes_the_administrator_and_prints_the_key),
        shell_test(the_key_and_the_store_are_for_their_owner_only),
        shell_test(a_key_that_others_may_read_is_not_used),
        shell_test(a_second_init_changes_nothing),
        shell_test(without_an_administrator_the_first_one_can_come_later),
        shell_test(what_cannot_be_taken_leaves_no_half_organisation),
        shell_test(a_password_never_stands_on_the_command_line),
        shell_test(what_is_missing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
