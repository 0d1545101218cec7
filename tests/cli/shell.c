/* SPDX-License-Identifier: Apache-2.0
 * The shell of tests. */
#include "shell.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"

enum { WORDS = 64 };
static const char program[] = "build/san/plumbline";

/* ---- a child ---- */

static NORETURN void child_become(Shell *shell, const char *const *words, const int ends[3])
{
    char *argv[WORDS + 2];
    int count = 0;

    for (int i = 0; i < 3; i++) {
        if (ends[i] >= 0) dup2(ends[i], i);
    }
    argv[count++] = (char *)(uintptr_t)program;
    for (; *words != NULL && count <= WORDS; words++)
        argv[count++] = (char *)(uintptr_t)*words;
    argv[count] = NULL;
    if (shell->uid != 0 && (setgid(shell->uid) != 0 || setuid(shell->uid) != 0)) _exit(126);
    execv(program, argv);
    _exit(127);
}

static int file_for(Shell *shell, const char *name, const char *text)
{
    Str path = str_fmt(shell->arena, "%.*s/%s", STR_ARG(shell->folder), name);
    int file = open(str_to_c(shell->arena, path), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    assert_true(file >= 0);
    if (text != NULL && write(file, text, strlen(text)) != (ssize_t)strlen(text)) fail();
    (void)lseek(file, 0, SEEK_SET);
    return file;
}

static Str file_text(Shell *shell, int file)
{
    Buf text = buf_open(shell->arena, SAID_MAX);
    char piece[4096];
    ssize_t got;

    (void)lseek(file, 0, SEEK_SET);
    while ((got = read(file, piece, sizeof piece)) > 0)
        buf_add(&text, (Str){ piece, (size_t)got });
    close(file);
    return buf_str(&text);
}

static int exit_of(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int shell_say(Shell *shell, const char *input, const char *const *words)
{
    int ends[3] = { file_for(shell, "in", input != NULL ? input : ""), file_for(shell, "out", NULL),
                    file_for(shell, "err", NULL) };
    int status  = 0;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) child_become(shell, words, ends);
    assert_int_equal(waitpid(child, &status, 0), child);
    close(ends[0]);
    shell->out  = file_text(shell, ends[1]);
    shell->err  = file_text(shell, ends[2]);
    shell->exit = exit_of(status);
    return shell->exit;
}

/* ---- a server ---- */

/* Reads what the server says until `until` is among it; false at its end. */
static bool server_says(Shell *shell, const char *until)
{
    Buf said = buf_open(shell->arena, 1 << 20);
    char piece[1024];
    ssize_t got;

    while ((got = read(shell->server_says, piece, sizeof piece)) > 0) {
        buf_add(&said, (Str){ piece, (size_t)got });
        if (str_has(buf_str(&said), str_from_c(until))) break;
    }
    shell->err = buf_str(&said);
    return got > 0;
}

bool shell_serve(Shell *shell)
{
    static const char *const words[] = { "serve", "--listen", "127.0.0.1:0", NULL };
    int pipes[2];

    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    int ends[3]   = { -1, -1, pipes[1] };
    shell->server = fork();
    assert_true(shell->server >= 0);
    if (shell->server == 0) child_become(shell, words, ends);
    close(pipes[1]);
    shell->server_says = pipes[0];
    if (server_says(shell, "serving")) return true;
    (void)shell_serve_end(shell, 0);
    return false;
}

int shell_serve_end(Shell *shell, int signal_number)
{
    int status = 0;

    if (shell->server == 0) return -1;
    (void)kill(shell->server, signal_number);
    assert_int_equal(waitpid(shell->server, &status, 0), shell->server);
    close(shell->server_says);
    shell->server      = 0;
    return shell->exit = exit_of(status);
}

/* ---- the store ---- */

int shell_setup(void **state)
{
    if (arena_setup(state) != 0) return -1;
    Arena *arena = *state;
    Shell *shell = calloc(1, sizeof *shell);

    if (shell == NULL) return -1;
    shell->arena  = arena;
    shell->folder = temporary_folder(arena);
    shell->data   = str_fmt(arena, "%.*s/store", STR_ARG(shell->folder));
    *state        = shell;
    setenv("PLUMBLINE_DATA", str_to_c(arena, shell->data), 1);
    setenv("PLUMBLINE_AS", "ada", 1);
    setenv("PLUMBLINE_PASSWORD", "a brass bob on a long line", 1);
    say(shell, "init", "--name", "Veldane", "--zone", "Europe/Amsterdam", "--admin", "Ada Admin", "--login", "ada");
    assert_exit(shell, 0);
    return 0;
}

int shell_teardown(void **state)
{
    Shell *shell = *state;

    (void)shell_serve_end(shell, SIGKILL);
    *state = shell->arena;
    free(shell);
    return arena_teardown(state);
}

/* ---- looking ---- */

static void show(const Shell *shell)
{
    print_error("exit code %d\n---- standard output\n%.*s\n---- standard error\n%.*s\n", shell->exit,
                STR_ARG(shell->out), STR_ARG(shell->err));
}

void assert_exit_at(Shell *shell, int code, const char *file, int line)
{
    if (shell->exit != code) show(shell);
    _assert_int_equal((uintmax_t)shell->exit, (uintmax_t)code, file, line);
}

void assert_says_at(Shell *shell, Str text, const char *part, const char *file, int line)
{
    if (str_has(text, str_from_c(part))) return;
    show(shell);
    print_error("it does not say \"%s\"\n", part);
    _fail(file, line);
}
