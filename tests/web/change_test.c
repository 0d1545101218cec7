/* SPDX-License-Identifier: Apache-2.0 */
#include "web/change.h"

#include "base/buf.h"
#include "support/check.h"

/* The runs of `kind` and the kept ones, one after another. */
static Str side(Arena *arena, const ChangeRuns *runs, ChangeKind kind)
{
    StrList parts = { 0 };
    for (size_t i = 0; i < runs->len; i++)
        if (runs->at[i].kind == CHANGE_KEPT || runs->at[i].kind == kind) *list_push(arena, &parts) = runs->at[i].text;
    return str_join(arena, &parts, STR(""));
}

/* "kept [-removed-] {+added+}" */
static Str shown(Arena *arena, const char *before, const char *after)
{
    ChangeRuns runs = text_changes(arena, str_from_c(before), str_from_c(after));
    Buf buf         = buf_open(arena, 1 << 16);
    for (size_t i = 0; i < runs.len; i++) {
        static const char *const marks[][2] = { { "", "" }, { "[-", "-]" }, { "{+", "+}" } };
        buf_add_c(&buf, marks[runs.at[i].kind][0]);
        buf_add(&buf, runs.at[i].text);
        buf_add_c(&buf, marks[runs.at[i].kind][1]);
    }
    return buf_str(&buf);
}

static void only_the_words_that_differ_are_marked(void **state)
{
    check_str(shown(*state, "found 5 tools paid", "found 6 tools paid"), "found [-5 -]{+6 +}tools paid");
    check_str(shown(*state, "a b c d e", "a x c d y e"), "a [-b -]{+x +}c d {+y +}e");
    check_str(shown(*state, "medium", "high"), "[-medium-]{+high+}");
    check_str(shown(*state, "same text", "same text"), "same text");
    check_str(shown(*state, "", "new"), "{+new+}");
    check_str(shown(*state, "old", ""), "[-old-]");
    check_str(shown(*state, "", ""), "");
}

static Str random_text(Arena *arena, uint64_t *seed)
{
    static const char *const words[] = { "a ", "b ", "c", "d  ", "\n", "é " };
    Buf buf                          = buf_open(arena, 1 << 16);
    *seed                            = *seed * 6364136223846793005u + 1442695040888963407u;
    for (uint64_t n = *seed >> 60; n > 0; n--) {
        *seed = *seed * 6364136223846793005u + 1442695040888963407u;
        buf_add_c(&buf, words[(*seed >> 33) % countof(words)]);
    }
    return buf_str(&buf);
}

static void both_sides_come_back_whole(void **state)
{
    uint64_t seed = 17;
    for (int i = 0; i < 5000; i++) {
        ArenaMark mark = arena_mark(*state);
        Str before = random_text(*state, &seed), after = random_text(*state, &seed);
        ChangeRuns runs = text_changes(*state, before, after);
        assert_true(str_eq(side(*state, &runs, CHANGE_REMOVED), before));
        assert_true(str_eq(side(*state, &runs, CHANGE_ADDED), after));
        arena_rewind(*state, mark);
    }
}

static void long_texts_that_share_nothing_stay_cheap(void **state)
{
    Buf before = buf_open(*state, 1 << 16), after = buf_open(*state, 1 << 16);
    for (int i = 0; i < 3000; i++) {
        buf_add_c(&before, "x ");
        buf_add_c(&after, "y ");
    }
    size_t used     = arena_used(*state);
    ChangeRuns runs = text_changes(*state, buf_str(&before), buf_str(&after));
    assert_int_equal(runs.len, 2);
    assert_true(arena_used(*state) - used < 1 << 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(only_the_words_that_differ_are_marked),
        arena_test(both_sides_come_back_whole),
        arena_test(long_texts_that_share_nothing_stay_cheap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
