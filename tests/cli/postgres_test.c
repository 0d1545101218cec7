/* SPDX-License-Identifier: Apache-2.0
 * The same commands where the organisation is a schema of PostgreSQL: files, key and socket lie in a folder of this
 * machine. */
#include <signal.h>
#include <stdlib.h>

#include "../support/engines.h"
#include "shell.h"

static Shell shell_on(TestStore *t)
{
    Shell shell = { .arena = t->arena, .folder = t->folder };

    setenv("PLUMBLINE_DATA", str_to_c(t->arena, t->address), 1);
    setenv("XDG_STATE_HOME", str_to_c(t->arena, str_fmt(t->arena, "%.*s/state", STR_ARG(t->folder))), 1);
    setenv("PLUMBLINE_PASSWORD", "a brass bob on a long line", 1);
    setenv("PLUMBLINE_AS", "ada", 1);
    return shell;
}

static void commands_work_on_a_schema(void **state)
{
    Shell shell = shell_on(*state);

    say(&shell, "person", "list");
    assert_exit(&shell, 7);
    assert_says(&shell, shell.err, "there is no organisation here");
    say(&shell, "init", "--name", "Veldane", "--admin", "Ada Admin", "--login", "ada");
    assert_exit(&shell, 0);
    say(&shell, "person", "create", "--name", "Ben");
    assert_exit(&shell, 0);
    say(&shell, "person", "list", "--json");
    Str list = shell.out;
    assert_true(shell_serve(&shell));
    say(&shell, "person", "list", "--json");
    assert_true(str_eq(list, shell.out));
    say(&shell, "person", "create", "--name", "Cleo");
    assert_exit(&shell, 0);
    assert_int_equal(shell_serve_end(&shell, SIGTERM), 0);
    say(&shell, "verify");
    assert_exit(&shell, 0);
}

static void the_folder_can_be_named(void **state)
{
    TestStore *t = *state;
    Shell shell  = shell_on(t);
    Str folder   = str_fmt(t->arena, "%.*s/here", STR_ARG(t->folder));

    say(&shell, "--folder", str_to_c(t->arena, folder), "init", "--name", "Veldane");
    assert_exit(&shell, 0);
    say(&shell, "verify");
    assert_exit(&shell, 7); /* no key under XDG_STATE_HOME */
    say(&shell, "--folder", str_to_c(t->arena, folder), "verify");
    assert_exit(&shell, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = { ON_POSTGRES(commands_work_on_a_schema), ON_POSTGRES(the_folder_can_be_named) };
    return cmocka_run_group_tests(tests, engines_start, engines_stop);
}
