/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "support/check.h"

static World steady(void)
{
    return world_steered(instant("2026-11-16T09:00:00Z"), 1);
}

static size_t entries(Str folder)
{
    size_t count = 0;
    DIR *open    = opendir(folder.ptr);
    assert_non_null(open);
    while (readdir(open))
        count++;
    closedir(open);
    return count - 2; /* . and .. */
}

static void a_replaced_file_has_the_new_bytes_and_its_mode(void **state)
{
    Err err     = { 0 };
    World world = steady();
    Str folder  = temporary_folder(*state);
    Str path    = str_fmt(*state, "%.*s/key", STR_ARG(folder));
    Str back    = { 0 };
    struct stat info;

    check_done(file_replace(&world, *state, path, STR("old"), 0600, &err), &err);
    check_done(file_replace(&world, *state, path, STR("new\0bytes"), 0600, &err), &err);

    check_done(file_read(*state, path, 100, &back, &err), &err);
    assert_true(str_eq(back, STR("new\0bytes")));
    assert_int_equal(stat(path.ptr, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    assert_int_equal(entries(folder), 1);
    assert_true(file_exists(*state, path));
    assert_false(file_exists(*state, str_fmt(*state, "%.*s2", STR_ARG(path))));
}

static void whatever_fails_the_file_is_the_old_or_the_new_one(void **state)
{
    Str folder = temporary_folder(*state);
    Str path   = str_fmt(*state, "%.*s/settings", STR_ARG(folder));
    for (int64_t nth = 1;; nth++) {
        Err err     = { 0 };
        World world = steady();
        Str back    = { 0 };
        check_done(file_replace(&world, *state, path, STR("old"), 0600, &err), &err);
        world.fault_kinds     = FAULT_WRITE | FAULT_SYNC;
        world.fault_countdown = nth;

        bool done = file_replace(&world, *state, path, STR("new"), 0600, &err);

        Err read_err = { 0 };
        check_done(file_read(*state, path, 100, &back, &read_err), &read_err);
        assert_true(str_eq(back, STR("old")) || str_eq(back, STR("new")));
        assert_int_equal(entries(folder), 1);
        if (!world.fault_hit) {
            check_done(done, &err);
            assert_int_equal(nth, 4); /* write, sync, sync of the folder: each was made to fail once */
            break;
        }
        check_failed(done, &err, nth == 1 ? ERR_FULL : ERR_DISK);
    }
}

static void reading_stops_at_the_limit(void **state)
{
    Err err     = { 0 };
    World world = steady();
    Str path    = str_fmt(*state, "%.*s/file", STR_ARG(temporary_folder(*state)));
    Str back    = { 0 };
    check_done(file_replace(&world, *state, path, STR("12345"), 0600, &err), &err);
    check_done(file_read(*state, path, 5, &back, &err), &err);
    check_failed(file_read(*state, path, 4, &back, &err), &err, ERR_LIMIT);
    err_clear(&err);
    check_done(file_replace(&world, *state, path, (Str){ 0 }, 0600, &err), &err);
    check_done(file_read(*state, path, 0, &back, &err), &err);
    assert_int_equal(back.len, 0);
}

static void what_is_no_file_is_refused_by_name(void **state)
{
    Str folder = temporary_folder(*state);
    Str fifo   = str_fmt(*state, "%.*s/fifo", STR_ARG(folder));
    Str back;
    Err missing = { 0 }, is_folder = { 0 }, is_fifo = { 0 }, nul = { 0 };
    assert_int_equal(mkfifo(fifo.ptr, 0600), 0);
    check_failed(file_read(*state, str_fmt(*state, "%.*s/none", STR_ARG(folder)), 10, &back, &missing), &missing,
                 ERR_MISSING);
    assert_true(str_has(str_from_c(missing.detail), STR("/none")));
    check_failed(file_read(*state, folder, 10, &back, &is_folder), &is_folder, ERR_DISK);
    check_failed(file_read(*state, fifo, 10, &back, &is_fifo), &is_fifo, ERR_DISK);
    check_failed(file_read(*state, STR("a\0b"), 10, &back, &nul), &nul, ERR_USAGE);
}

static void folders_are_made_with_their_parents_for_the_owner_only(void **state)
{
    Err err  = { 0 };
    Str root = temporary_folder(*state);
    Str deep = str_fmt(*state, "%.*s/a/b//c/", STR_ARG(root));
    struct stat info;
    check_done(folder_make(*state, deep, &err), &err);
    check_done(folder_make(*state, deep, &err), &err);
    assert_int_equal(stat(deep.ptr, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);

    World world = steady();
    Str file    = str_fmt(*state, "%.*s/file", STR_ARG(root));
    check_done(file_replace(&world, *state, file, STR("x"), 0600, &err), &err);
    check_failed(folder_make(*state, str_fmt(*state, "%.*s/file/sub", STR_ARG(root)), &err), &err, ERR_DISK);
}

/* Runs log_line with standard error turned into a file; what it wrote. */
static Str logged(Arena *arena, const char *message)
{
    Err err  = { 0 };
    Str text = { 0 };
    Str path = str_fmt(arena, "%.*s/log", STR_ARG(temporary_folder(arena)));
    FILE *to = fopen(path.ptr, "w");
    int kept = dup(STDERR_FILENO);
    assert_non_null(to);
    dup2(fileno(to), STDERR_FILENO);
    log_line(LOG_WARN, "mail", "%s", message);
    log_line(LOG_DEBUG, "mail", "not shown");
    dup2(kept, STDERR_FILENO);
    close(kept);
    fclose(to);
    check_done(file_read(arena, path, 10000, &text, &err), &err);
    return text;
}

static void a_log_line_cannot_be_forged(void **state)
{
    Str line = logged(*state, "to a@b\n2026-01-01T00:00:00Z error audit: gone\x1b[2J");
    assert_int_equal(str_index(line, '\n'), line.len - 1);
    assert_true(str_has(line, STR("Z warn mail: to a@b\\n2026-01-01T00:00:00Z error audit: gone\\x1b[2J\n")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_replaced_file_has_the_new_bytes_and_its_mode),
        arena_test(whatever_fails_the_file_is_the_old_or_the_new_one),
        arena_test(reading_stops_at_the_limit),
        arena_test(what_is_no_file_is_refused_by_name),
        arena_test(folders_are_made_with_their_parents_for_the_owner_only),
        arena_test(a_log_line_cannot_be_forged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
