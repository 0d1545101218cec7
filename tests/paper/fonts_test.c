/* SPDX-License-Identifier: Apache-2.0
 * A machine without fonts: a program of its own, because fontconfig reads its settings once per process. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>
#include <unistd.h>

#include "pdf_tools.h"

static void without_fonts_the_error_says_what_to_install(void **state)
{
    static const char no_fonts[] = "<?xml version=\"1.0\"?><fontconfig></fontconfig>";
    char path[]                  = "/tmp/plumbline-fonts-XXXXXX";
    int fd                       = mkstemp(path);
    Arena *arena                 = test_arena();
    Pdf pdf;
    Err err = { 0 };

    (void)state;
    assert_int_equal(write(fd, no_fonts, sizeof(no_fonts) - 1), sizeof(no_fonts) - 1);
    close(fd);
    setenv("FONTCONFIG_FILE", path, 1);

    assert_false(pdf_render(doc_open(arena, &(DocHead){ 0 }), arena, &pdf, &err));
    assert_int_equal(err.code, ERR_MISSING);
    assert_true(str_has(str_from_c(err.hint), STR("fonts-inter")));

    unlink(path);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_fonts_the_error_says_what_to_install),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
