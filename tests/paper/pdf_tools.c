/* SPDX-License-Identifier: Apache-2.0
 * Poppler and qpdf as witnesses: the PDF goes into a temporary file, what the tool prints comes back. */
#include "pdf_tools.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

Arena *test_arena(void)
{
    Arena *arena = arena_open((size_t)1 << 30);

    assert_non_null(arena);
    return arena;
}

Pdf pdf_of(Arena *arena, const Document *doc)
{
    Pdf pdf = { 0 };
    Err err = { 0 };

    if (!pdf_render(doc, arena, &pdf, &err)) fail_msg("%s: %s", err.what, err.detail);
    return pdf;
}

/* A new temporary file's descriptor; its name is written to `path`. */
static int temporary(char *path, size_t size)
{
    const char *folder = getenv("TMPDIR");
    int fd;

    snprintf(path, size, "%s/plumbline-paper-XXXXXX", folder == NULL ? "/tmp" : folder);
    fd = mkstemp(path);
    assert_true(fd >= 0);
    return fd;
}

static int tool_run(const char *const *argv, const char *pdf_path, int out)
{
    posix_spawn_file_actions_t actions;
    char *args[16] = { NULL };
    pid_t child;
    int status = -1;

    for (size_t i = 0; argv[i] != NULL; i++) {
        assert_true(i + 1 < countof(args));
        args[i] = strdup(strcmp(argv[i], "FILE") == 0 ? pdf_path : argv[i]);
    }
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, out, 1);
    posix_spawn_file_actions_adddup2(&actions, out, 2);
    assert_int_equal(posix_spawnp(&child, argv[0], &actions, NULL, args, environ), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    posix_spawn_file_actions_destroy(&actions);
    for (size_t i = 0; args[i] != NULL; i++)
        free(args[i]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Str test_file(Arena *arena, const char *path)
{
    Str content = { 0 };
    Err err     = { 0 };

    if (!file_read(arena, str_from_c(path), (size_t)1 << 28, &content, &err)) fail_msg("%s: %s", err.what, err.detail);
    return content;
}

Str pdf_ask(Arena *arena, Str pdf, const char *const *argv, int *status)
{
    char pdf_path[256], out_path[256];
    int pdf_fd = temporary(pdf_path, sizeof(pdf_path)), out_fd = temporary(out_path, sizeof(out_path));
    Str answer;

    assert_int_equal(write(pdf_fd, pdf.ptr, pdf.len), (ssize_t)pdf.len);
    close(pdf_fd);
    *status = tool_run(argv, pdf_path, out_fd);
    close(out_fd);
    answer = test_file(arena, out_path);
    unlink(pdf_path);
    unlink(out_path);
    return answer;
}

Str folded(Arena *arena, Str text)
{
    Buf out    = buf_open(arena, text.len);
    bool blank = true;

    for (size_t i = 0; i < text.len; i++) {
        char c        = text.ptr[i];
        bool is_blank = c == ' ' || c == '\n' || c == '\f';

        if (!is_blank) buf_add_byte(&out, c);
        if (is_blank && !blank) buf_add_byte(&out, ' ');
        blank = is_blank;
    }
    return buf_str(&out);
}

Str pdf_text_of(Arena *arena, Str pdf, size_t page)
{
    char number[24];
    const char *const all[] = { "pdftotext", "-enc", "UTF-8", "FILE", "-", NULL };
    const char *const one[] = {
        "pdftotext", "-enc", "UTF-8", "-layout", "-f", number, "-l", number, "FILE", "-", NULL
    };
    int status;
    Str text;

    snprintf(number, sizeof(number), "%zu", page);
    text = pdf_ask(arena, pdf, page == 0 ? all : one, &status);
    assert_int_equal(status, 0);
    return folded(arena, text);
}
