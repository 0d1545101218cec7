/* SPDX-License-Identifier: Apache-2.0
 * tests/cli/shell.h: runs the built program as a person at a terminal would, in a temporary store, and keeps what it
 * said. */
#pragma once

#include <sys/types.h>

#include "../support/check.h"

enum { SAID_MAX = 8 << 20 };

typedef struct {
    Arena *arena;
    Str folder; /* temporary */
    Str data;   /* the store in it */
    uid_t uid;  /* whom commands run as; 0: as the test itself */
    int exit;   /* of the last command; 128 and the signal's number when one ended it */
    Str out, err;
    pid_t server;    /* 0: none */
    int server_says; /* its standard error */
} Shell;

/* Setup and teardown of a test whose *state is a Shell, with an organisation "Veldane" that Ada ("ada") administers. */
int shell_setup(void **state);
int shell_teardown(void **state);
#define shell_test(test) cmocka_unit_test_setup_teardown(test, shell_setup, shell_teardown)

/* Runs the program with these words: say(shell, "person", "list"). */
#define say(shell, ...) shell_say((shell), NULL, (const char *const[]){ __VA_ARGS__, NULL })
/* The same with `input` on its standard input. */
#define say_with(shell, input, ...) shell_say((shell), (input), (const char *const[]){ __VA_ARGS__, NULL })
int shell_say(Shell *shell, const char *input, const char *const *words);

/* Starts `serve` on a free port and waits until it says that it serves; false when it ended instead. */
bool shell_serve(Shell *shell);
/* Ends it by a signal; its exit code. */
int shell_serve_end(Shell *shell, int signal_number);

/* The last command ended with `code`, else the test fails and shows what was said. */
#define assert_exit(shell, code) assert_exit_at((shell), (code), __FILE__, __LINE__)
void assert_exit_at(Shell *shell, int code, const char *file, int line);
#define assert_says(shell, text, part) assert_says_at((shell), (text), (part), __FILE__, __LINE__)
void assert_says_at(Shell *shell, Str text, const char *part, const char *file, int line);
