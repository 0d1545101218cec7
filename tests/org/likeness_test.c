/* SPDX-License-Identifier: Apache-2.0
 * Likeness of texts: every row of the oracle, and its limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../base/oracle.h"
#include "org/likeness.h"

static void likeness_meets_every_row(void **state)
{
    Oracle oracle = oracle_open("tests/data/statistics/trigram.csv", 6);
    (void)state;

    for (size_t i = 0; i < oracle.rows.len; i++) {
        const Str *row = oracle.rows.at[i].at;
        Trigrams a = trigrams_of(oracle.arena, row[0]), b = trigrams_of(oracle.arena, row[1]);
        int32_t got = likeness(&a, &b);
        Str text    = str_fmt(oracle.arena, "%d.%06d", got / LIKENESS_WHOLE, got % LIKENESS_WHOLE);
        assert_int_equal(a.len, oracle_int(row[2]));
        assert_int_equal(b.len, oracle_int(row[3]));
        assert_int_equal(trigrams_common(&a, &b), oracle_int(row[4]));
        if (!str_eq(text, row[5]))
            fail_msg("\"%.*s\", \"%.*s\": %.*s, expected %.*s", STR_ARG(row[0]), STR_ARG(row[1]), STR_ARG(text),
                     STR_ARG(row[5]));
        assert_int_equal(got, likeness(&b, &a));
    }
    oracle_close(&oracle);
}

static void a_part_stands_whole_in_its_whole(void **state)
{
    Arena *arena   = arena_open(1 << 20);
    Trigrams part  = trigrams_of(arena, STR("restore test")),
             whole = trigrams_of(arena, STR("No restore test for 14 months"));
    Trigrams empty = { 0 };
    (void)state;

    assert_int_equal(likeness_within(&part, &whole), LIKENESS_WHOLE);
    assert_true(likeness_within(&whole, &part) < LIKENESS_WHOLE);
    assert_int_equal(likeness_within(&empty, &whole), 0);
    arena_close(arena);
}

static void points_are_three_times_the_likeness(void **state)
{
    Arena *arena = arena_open(1 << 20);
    Trigrams a = trigrams_of(arena, STR("word")), b = trigrams_of(arena, STR("two words"));
    (void)state;

    assert_int_equal(likeness_points_thousandths(&a, &a), 3000);
    assert_int_equal(likeness_points_thousandths(&a, &b), 1091); /* 3 x 4/11 */
    arena_close(arena);
}

static void composed_and_decomposed_accents_are_the_same(void **state)
{
    Arena *arena      = arena_open(1 << 20);
    Trigrams composed = trigrams_of(arena, STR("R\xC3\xBC"
                                               "cksicherung")),
             parts    = trigrams_of(arena, STR("Ru\xCC\x88"
                                                  "cksicherung"));
    (void)state;

    assert_int_equal(likeness(&composed, &parts), LIKENESS_WHOLE);
    arena_close(arena);
}

static void a_long_text_is_compared_by_its_beginning(void **state)
{
    Arena *arena = arena_open(256 << 20);
    size_t len   = (1 << 20) + 3;
    char *bytes  = arena_alloc(arena, len, 1);
    (void)state;

    for (size_t i = 0; i + 1 < len; i += 2) { /* "é" without end: the limit falls into the middle of one */
        bytes[i]     = '\xC3';
        bytes[i + 1] = '\xA9';
    }
    bytes[len - 1]    = 'x';
    Trigrams trigrams = trigrams_of(arena, (Str){ bytes, len });

    assert_int_equal(trigrams.len, 4);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likeness_meets_every_row),
        cmocka_unit_test(a_part_stands_whole_in_its_whole),
        cmocka_unit_test(points_are_three_times_the_likeness),
        cmocka_unit_test(composed_and_decomposed_accents_are_the_same),
        cmocka_unit_test(a_long_text_is_compared_by_its_beginning),
    };

    return cmocka_run_group_tests_name("likeness", tests, NULL, NULL);
}
