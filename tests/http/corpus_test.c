/* SPDX-License-Identifier: Apache-2.0
 * What the fuzzers begin from, and what they once found, is read at every run of the tests. */
#include "support/check.h"

#include <dirent.h>

#define LLVMFuzzerTestOneInput path_one
#include "../../fuzz/path_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput form_one
#include "../../fuzz/form_fuzz.c"
#undef LLVMFuzzerTestOneInput
#define LLVMFuzzerTestOneInput multipart_one
#include "../../fuzz/multipart_fuzz.c"
#undef LLVMFuzzerTestOneInput

#include "base/file.h"

static void each_file(Arena *arena, const char *folder, int (*one)(const uint8_t *, size_t))
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    size_t files = 0;

    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        Str bytes;
        Err err = { 0 };
        if (entry->d_name[0] == '.') continue;
        Str path = str_fmt(arena, "%s/%s", folder, entry->d_name);
        check_done(file_read(arena, path, 1 << 20, &bytes, &err), &err);
        assert_int_equal(one((const uint8_t *)bytes.ptr, bytes.len), 0);
        files++;
    }
    closedir(dir);
    assert_true(files > 0);
}

static void the_corpus_of_paths_passes(void **state)
{
    each_file(*state, "fuzz/corpus/path", path_one);
}

static void the_corpus_of_forms_passes(void **state)
{
    each_file(*state, "fuzz/corpus/form", form_one);
}

static void the_corpus_of_multipart_forms_passes(void **state)
{
    each_file(*state, "fuzz/corpus/multipart", multipart_one);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(the_corpus_of_paths_passes),
        arena_test(the_corpus_of_forms_passes),
        arena_test(the_corpus_of_multipart_forms_passes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
