/* SPDX-License-Identifier: Apache-2.0
 * Files: kept whole under their hash or not at all, with flat memory, and found out when they change. */
#include "support/engines.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/files.h"

/* Files anywhere below FOLDER/files. */
static int files_in(const char *folder)
{
    int count = 0;
    char path[600];
    DIR *entries = opendir(folder);
    if (!entries) return 0;
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        count += entry->d_type == DT_DIR ? files_in(path) : 1;
    }
    closedir(entries);
    return count;
}

static int files_kept(TestStore *t)
{
    return files_in(str_to_c(t->arena, str_fmt(t->arena, "%.*s/files", STR_ARG(t->folder))));
}

static const char *path_of(TestStore *t, const Hash *hash)
{
    Str hex = hash_to_hex(t->arena, hash);
    return str_to_c(t->arena, str_fmt(t->arena, "%.*s/files/%.2s/%.*s", STR_ARG(t->folder), hex.ptr, STR_ARG(hex)));
}

static void a_file_comes_back_as_it_was_put(void **state)
{
    TestStore *t = *state;
    Hash hash;
    int fd;
    int64_t size;
    char bytes[10] = { 0 };
    struct stat info;
    must(t, file_put(t->store, t->arena, STR("abc"), &hash, &t->err));

    check_str(hash_to_hex(t->arena, &hash), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    must(t, file_get(t->store, t->arena, &hash, &fd, &size, &t->err));
    assert_int_equal(size, 3);
    assert_int_equal(read(fd, bytes, sizeof bytes), 3);
    assert_string_equal(bytes, "abc");
    close(fd);
    must(t, file_check(t->store, t->arena, &hash, &t->err));
    assert_int_equal(stat(path_of(t, &hash), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0400);
}

static void an_empty_file_is_a_file(void **state)
{
    TestStore *t = *state;
    Hash hash;
    must(t, file_put(t->store, t->arena, STR(""), &hash, &t->err));
    must(t, file_check(t->store, t->arena, &hash, &t->err));
    assert_int_equal(files_kept(t), 1);
}

static void a_large_file_needs_no_more_memory_than_a_small_one(void **state)
{
    TestStore *t = *state;
    enum { CHUNK = 1 << 20, CHUNKS = 64 };
    FileIntake *intake;
    Hash hash;
    int64_t size;
    char *chunk = calloc(1, CHUNK);
    must(t, file_intake_open(t->store, t->arena, &intake, &t->err));
    size_t before = arena_used(t->arena);
    for (int i = 0; i < CHUNKS; i++) {
        memset(chunk, i, CHUNK);
        must(t, file_intake_add(intake, (Str){ chunk, CHUNK }, &t->err));
    }
    assert_int_equal(arena_used(t->arena), before);
    must(t, file_intake_keep(intake, &hash, &size, &t->err));
    free(chunk);

    assert_int_equal(size, (int64_t)CHUNK * CHUNKS);
    must(t, file_check(t->store, t->arena, &hash, &t->err));
    assert_true(arena_used(t->arena) - before < 256 << 10);
}

static void the_same_content_is_kept_once(void **state)
{
    TestStore *t = *state;
    Hash first, second;
    must(t, file_put(t->store, t->arena, STR("the same"), &first, &t->err));
    must(t, file_put(t->store, t->arena, STR("the same"), &second, &t->err));

    assert_true(hash_eq(&first, &second));
    assert_int_equal(files_kept(t), 1);
}

static void an_upload_that_is_cut_leaves_nothing(void **state)
{
    TestStore *t = *state;
    FileIntake *intake;
    must(t, file_intake_open(t->store, t->arena, &intake, &t->err));
    must(t, file_intake_add(intake, STR("half of it"), &t->err));
    assert_int_equal(files_kept(t), 1);

    arena_reset(t->arena);

    assert_int_equal(files_kept(t), 0);
}

static void sweeping_removes_what_a_crash_left_but_not_what_is_being_received(void **state)
{
    TestStore *t = *state;
    FileIntake *intake;
    Hash hash, kept;
    int64_t size;
    must(t, files_sweep(t->store, t->arena, &t->err)); /* before there is any folder */
    must(t, file_put(t->store, t->arena, STR("kept"), &kept, &t->err));
    must(t, file_intake_open(t->store, t->arena, &intake, &t->err));
    must(t, file_intake_add(intake, STR("being received"), &t->err));
    const char *left = str_to_c(t->arena, str_fmt(t->arena, "%.*s/files/intake/crashed", STR_ARG(t->folder)));
    close(open(left, O_CREAT | O_WRONLY, 0600));

    must(t, files_sweep(t->store, t->arena, &t->err));

    assert_int_equal(access(left, F_OK), -1);
    must(t, file_intake_keep(intake, &hash, &size, &t->err));
    must(t, file_check(t->store, t->arena, &hash, &t->err));
    must(t, file_check(t->store, t->arena, &kept, &t->err));
}

static void a_changed_file_is_found_out_and_mended_by_putting_it_again(void **state)
{
    TestStore *t = *state;
    Hash hash;
    must(t, file_put(t->store, t->arena, STR("evidence"), &hash, &t->err));
    assert_int_equal(chmod(path_of(t, &hash), 0600), 0);
    int fd = open(path_of(t, &hash), O_WRONLY);
    assert_int_equal(pwrite(fd, "E", 1, 0), 1);
    close(fd);

    must_fail(t, file_check(t->store, t->arena, &hash, &t->err), ERR_CORRUPT);

    must(t, file_put(t->store, t->arena, STR("evidence"), &hash, &t->err));
    must(t, file_check(t->store, t->arena, &hash, &t->err));
}

static void a_file_that_is_not_there_is_missing(void **state)
{
    TestStore *t = *state;
    Hash hash    = hash_of(STR("never put"));
    int fd;
    int64_t size;
    must_fail(t, file_get(t->store, t->arena, &hash, &fd, &size, &t->err), ERR_MISSING);
    must_fail(t, file_check(t->store, t->arena, &hash, &t->err), ERR_MISSING);
}

static void whatever_fails_there_is_the_whole_file_or_none(void **state)
{
    TestStore *t = *state;
    Hash hash, expected = hash_of(STR("all or nothing"));
    for (int64_t nth = 1;; nth++) {
        t->world.fault_kinds     = FAULT_WRITE | FAULT_SYNC;
        t->world.fault_countdown = nth;
        t->world.fault_hit       = false;
        bool done                = file_put(t->store, t->arena, STR("all or nothing"), &hash, &t->err);
        t->world.fault_countdown = 0;
        if (!t->world.fault_hit) {
            must(t, done);
            assert_true(nth > 3);
            break;
        }
        assert_false(done);
        err_clear(&t->err);
        if (files_kept(t) == 0) continue;
        assert_int_equal(files_kept(t), 1);
        must(t, file_check(t->store, t->arena, &expected, &t->err));
        assert_int_equal(unlink(path_of(t, &expected)), 0);
    }
    must(t, file_check(t->store, t->arena, &expected, &t->err));
}

static void without_a_folder_files_are_refused(void **state)
{
    TestStore *t = *state;
    Hash hash;
    store_set_folder(t->store, STR(""));
    must_fail(t, file_put(t->store, t->arena, STR("x"), &hash, &t->err), ERR_USAGE);
}

int main(void)
{
    const struct CMUnitTest all[] = {
        ON_BOTH(a_file_comes_back_as_it_was_put),
        ON_SQLITE(an_empty_file_is_a_file),
        ON_SQLITE(a_large_file_needs_no_more_memory_than_a_small_one),
        ON_SQLITE(the_same_content_is_kept_once),
        ON_SQLITE(an_upload_that_is_cut_leaves_nothing),
        ON_SQLITE(sweeping_removes_what_a_crash_left_but_not_what_is_being_received),
        ON_SQLITE(a_changed_file_is_found_out_and_mended_by_putting_it_again),
        ON_SQLITE(a_file_that_is_not_there_is_missing),
        ON_SQLITE(whatever_fails_there_is_the_whole_file_or_none),
        ON_POSTGRES(without_a_folder_files_are_refused),
    };
    return cmocka_run_group_tests(all, engines_start, engines_stop);
}
