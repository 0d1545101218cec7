/* SPDX-License-Identifier: Apache-2.0
 * Checks, fixtures and data for all tests. */
#include "support/check.h"

#include <ftw.h>
#include <unistd.h>

#include "base/file.h"

enum { TEST_ARENA_BYTES = 64 << 20, DATA_FILE_MAX = 8 << 20, FOLDERS_OPEN_MAX = 16 };

void check_str_at(Str got, const char *expected, const char *file, int line)
{
    if (str_eq_c(got, expected)) return;
    print_error("expected \"%s\"\n     got \"%.*s\"\n", expected, STR_ARG(got));
    _fail(file, line);
}

void check_done_at(bool done, const Err *err, const char *file, int line)
{
    if (done && err->code == ERR_NONE) return;
    print_error("expected success, got error %d: %s: %s\n", (int)err->code, err->what, err->detail);
    _fail(file, line);
}

void check_failed_at(bool done, const Err *err, ErrCode code, const char *file, int line)
{
    if (!done && err->code == code && err->what[0]) return;
    print_error("expected error %d, got %d: %s: %s\n", (int)code, (int)err->code, err->what, err->detail);
    _fail(file, line);
}

int arena_setup(void **state)
{
    *state = arena_open(TEST_ARENA_BYTES);
    return *state ? 0 : -1;
}

int arena_teardown(void **state)
{
    arena_close(*state);
    return 0;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static void remove_folder(void *path)
{
    nftw(path, remove_one, FOLDERS_OPEN_MAX, FTW_DEPTH | FTW_PHYS);
}

Str temporary_folder(Arena *arena)
{
    const char *parent = getenv("TMPDIR");
    char *path         = arena_array(arena, char, 256);
    snprintf(path, 256, "%s/plumbline-test-XXXXXX", parent ? parent : "/tmp");
    assert_non_null(mkdtemp(path));
    arena_defer(arena, remove_folder, path);
    return str_from_c(path);
}

Str data_file(Arena *arena, const char *name)
{
    Err err   = { 0 };
    Str bytes = { 0 };
    bool done = file_read(arena, str_fmt(arena, "tests/data/%s", name), DATA_FILE_MAX, &bytes, &err);
    check_done(done, &err);
    return bytes;
}

Date day(const char *iso)
{
    Date date = { 0 };
    if (!date_from_iso(str_from_c(iso), &date)) fail_msg("\"%s\" is not a day", iso);
    return date;
}

Time instant(const char *rfc3339)
{
    Time time = { 0 };
    if (!time_from_rfc3339(str_from_c(rfc3339), &time)) fail_msg("\"%s\" is not an instant", rfc3339);
    return time;
}
