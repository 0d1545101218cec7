/* SPDX-License-Identifier: Apache-2.0
 * Base64 has one text for each value, and no other byte is a digit. */
#include "base/base64.h"

#include "../support/check.h"

static size_t digits_accepted(Arena *arena, bool (*decode)(Arena *, Str, Str *))
{
    size_t accepted = 0;
    for (int byte = 0; byte < 256; byte++) {
        const char text[4] = { 'A', (char)byte, 'A', 'A' };
        Str bytes;
        if (decode(arena, (Str){ text, sizeof(text) }, &bytes)) accepted++;
    }
    return accepted;
}

static void only_the_64_digits_are_accepted(void **state)
{
    assert_int_equal(digits_accepted(*state, base64_decode), 64);
    assert_int_equal(digits_accepted(*state, base64url_decode), 64);
}

static void other_forms_of_a_value_are_refused(void **state)
{
    static const Str cases[] = { STR_INIT("QQ"),   STR_INIT("QQ="),  STR_INIT("QR=="), STR_INIT("QQ==\n"),
                                 STR_INIT("Q Q="), STR_INIT("QUF="), STR_INIT("=QQ=") };
    Str bytes;
    for (size_t i = 0; i < countof(cases); i++)
        assert_false(base64_decode(*state, cases[i], &bytes));
    assert_true(base64_decode(*state, STR("QQ=="), &bytes));
    check_str(bytes, "A");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(only_the_64_digits_are_accepted),
        arena_test(other_forms_of_a_value_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
