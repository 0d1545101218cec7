/* SPDX-License-Identifier: Apache-2.0 */
#include "base/str.h"

#include "base/buf.h"
#include "base/err.h"
#include "base/log.h"
#include "base/text.h"
#include "support/check.h"

static Str joined_parts(Arena *arena, Str whole, char separator)
{
    StrList parts = { 0 };
    Str part;
    while (str_cut(&whole, separator, &part))
        *list_push(arena, &parts) = part;
    return str_join(arena, &parts, STR("|"));
}

static void cutting_gives_every_part_also_the_empty_ones(void **state)
{
    check_str(joined_parts(*state, STR("a,b,"), ','), "a|b|");
    check_str(joined_parts(*state, STR("a"), ','), "a");
    check_str(joined_parts(*state, STR(",,"), ','), "||");
    check_str(joined_parts(*state, STR(""), ','), "");

    Str empty = { 0 };
    Str part;
    assert_true(str_cut(&empty, ',', &part));
    assert_false(str_cut(&empty, ',', &part));
    assert_false(str_cut(&empty, ',', &part));
}

static void slices_are_cut_to_what_is_there(void **state)
{
    (void)state;
    check_str(str_slice(STR("audit"), 1, 2), "ud");
    check_str(str_slice(STR("audit"), 3, SIZE_MAX), "it");
    check_str(str_slice(STR("audit"), 5, 1), "");
    check_str(str_slice(STR("audit"), SIZE_MAX, SIZE_MAX), "");
}

static void comparing_is_by_bytes_and_a_prefix_comes_first(void **state)
{
    (void)state;
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("\xC3\xA9"), STR("z")) > 0);
    assert_int_equal(str_compare((Str){ 0 }, STR("")), 0);
    assert_true(str_eq((Str){ 0 }, STR("")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_true(str_starts(STR("audit"), STR("au")));
    assert_false(str_starts(STR("au"), STR("audit")));
    assert_true(str_ends(STR("audit"), STR("it")));
    assert_true(str_ends(STR("audit"), STR("")));
    assert_false(str_ends(STR("it"), STR("audit")));
    assert_true(str_has(STR("nonconformity"), STR("form")));
    assert_true(str_has((Str){ 0 }, STR("")));
    assert_false(str_has(STR("form"), STR("forms")));
    assert_int_equal(str_index(STR("a.b"), '.'), 1);
    assert_int_equal(str_index((Str){ 0 }, '.'), 0);
}

static void a_c_string_never_hides_what_follows_a_nul(void **state)
{
    assert_null(str_to_c(*state, STR("a\0b")));
    assert_string_equal(str_to_c(*state, STR("ab")), "ab");
    assert_string_equal(str_to_c(*state, (Str){ 0 }), "");
    check_str(str_from_c(NULL), "");
}

static void a_number_is_read_whole_or_not_at_all(void **state)
{
    (void)state;
    static const char *const wrong[] = { "",
                                         "-",
                                         "+1",
                                         " 1",
                                         "1 ",
                                         "1.0",
                                         "0x1",
                                         "--1",
                                         "1e3",
                                         "9223372036854775808",
                                         "-9223372036854775809",
                                         "99999999999999999999" };
    int64_t number                   = 77;
    for (size_t i = 0; i < countof(wrong); i++)
        assert_false(str_to_i64(str_from_c(wrong[i]), INT64_MIN, INT64_MAX, &number));
    assert_false(str_to_i64(STR("11"), 1, 10, &number));
    assert_false(str_to_i64(STR("0"), 1, 10, &number));
    assert_int_equal(number, 77);

    assert_true(str_to_i64(STR("-9223372036854775808"), INT64_MIN, INT64_MAX, &number));
    assert_true(number == INT64_MIN);
    assert_true(str_to_i64(STR("9223372036854775807"), INT64_MIN, INT64_MAX, &number));
    assert_true(number == INT64_MAX);
    assert_true(str_to_i64(STR("007"), 0, 10, &number));
    assert_int_equal(number, 7);
}

static void utf8_is_told_from_what_looks_like_it(void **state)
{
    (void)state;
    static const char *const right[] = { "", "abc", "é", "漢字", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF", "\xEE\x80\x80" };
    static const char *const wrong[] = {
        "\x80",         "\xC3",         "\xC0\xAF",         "\xC1\xBF",         "\xE0\x80\xAF",         "\xE0\x9F\xBF",
        "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE",
        "a\xFF",        "\xE6\xBC"
    };
    for (size_t i = 0; i < countof(right); i++)
        assert_true(str_is_utf8(str_from_c(right[i])));
    for (size_t i = 0; i < countof(wrong); i++)
        assert_false(str_is_utf8(str_from_c(wrong[i])));
    assert_int_equal(str_utf8_len(STR("aé\xFFz")), 3);
}

static void runes_are_read_one_by_one(void **state)
{
    (void)state;
    Str text  = STR("aé漢\xF0\x9F\x94\x8D");
    size_t at = 0;
    assert_int_equal(str_next_rune(text, &at), 'a');
    assert_int_equal(str_next_rune(text, &at), 0xE9);
    assert_int_equal(str_next_rune(text, &at), 0x6F22);
    assert_int_equal(str_next_rune(text, &at), 0x1F50D);
    assert_int_equal(at, text.len);
    assert_int_equal(str_count_runes(text), 4);
}

static void folding_leaves_lower_case_words_without_accents(void **state)
{
    check_str(str_fold(*state, STR("  Access--Review (Q3)!  ")), "access review q3");
    check_str(str_fold(*state, STR("Zürich, ÉCOLE; Łódź")), "zurich ecole lodz");
    check_str(str_fold(*state, STR("Straße Ærø")), "strasse aero");
    check_str(str_fold(*state, STR("STRASSE ẞ")), "strasse ss");
    check_str(str_fold(*state, STR("ΟΔΟΣ οδος")), "οδοσ οδοσ");
    check_str(str_fold(*state, STR("ﬁle ① ｆｕｌｌ")), "file 1 full");
    check_str(str_fold(*state, STR("co\u00ADopera\u200Bte")), "cooperate");
    check_str(str_fold(*state, STR("e\u0301t\u00E9")), "ete");
    check_str(str_fold(*state, STR("漢字 Ж")), "漢字 ж");
    check_str(str_fold(*state, STR("a\xFF b")), "a b");
    check_str(str_fold(*state, STR("\u00A0 \u2003...")), "");
}

static void folded_text_folds_to_itself(void **state)
{
    Str once  = str_fold(*state, STR("Überprüfung der Zugriffe: Größe ½ ™ Ǆ"));
    Str again = str_fold(*state, once);
    assert_true(str_eq(once, again));
}

static void steering_characters_are_shown_as_escapes(void **state)
{
    check_str(str_visible(*state, STR("a\nb\x1b[31m\xFF\u202Ee\xC2\x85é漢")), "a\\nb\\x1b[31m\\xff\\u202ee\\x85é漢");
    char out[8];
    assert_int_equal(str_visible_into(out, sizeof out, STR("abcdef\n\n")), 8);
    assert_int_equal(str_visible_into(out, 7, STR("abcdef\n")), 6);
}

static void lists_are_joined_for_machines_and_for_people(void **state)
{
    StrList parts = { 0 };
    check_str(str_sentence(*state, &parts), "");
    *list_push(*state, &parts) = STR("Noor");
    check_str(str_sentence(*state, &parts), "Noor");
    *list_push(*state, &parts) = STR("Elias");
    check_str(str_sentence(*state, &parts), "Noor and Elias");
    *list_push(*state, &parts) = STR("Mei");
    check_str(str_sentence(*state, &parts), "Noor, Elias and Mei");
    check_str(str_join(*state, &parts, STR(";")), "Noor;Elias;Mei");
}

static void trimming_and_lower_case_are_ascii(void **state)
{
    check_str(str_trim(STR(" \t\r\n a b \n")), "a b");
    check_str(str_trim(STR(" \n ")), "");
    check_str(str_lower(*state, STR("ABZÉ[")), "abzÉ[");
    check_str(str_fmt(*state, "%.*s-%03d", STR_ARG(STR("NC")), 7), "NC-007");
    check_str(str_dup(*state, STR("x")), "x");
}

static void a_buffer_past_its_maximum_holds_a_true_beginning(void **state)
{
    Buf buf = buf_open(*state, 10);
    buf_add(&buf, STR("12345"));
    buf_add(&buf, STR("678901"));
    buf_add_byte(&buf, 'x');
    assert_true(buf_overflowed(&buf));
    check_str(buf_str(&buf), "12345");

    buf = buf_open(*state, 5);
    buf_add(&buf, STR("12345"));
    assert_false(buf_overflowed(&buf));
    buf_fmt(&buf, "%d", 6);
    assert_true(buf_overflowed(&buf));
}

static void a_buffer_grows_over_many_additions(void **state)
{
    Buf buf = buf_open(*state, 1 << 20);
    for (int i = 0; i < 10000; i++)
        buf_fmt(&buf, "%04d;", i);
    assert_int_equal(buf.len, 50000);
    assert_memory_equal(buf.ptr + 5 * 9999, "9999;", 5);
    buf_fmt(&buf, "%1000d", 1);
    assert_int_equal(buf.len, 51000);
}

static void integers_are_written_to_their_ends(void **state)
{
    Buf buf = buf_open(*state, 1000);
    buf_add_int(&buf, INT64_MIN);
    buf_add_byte(&buf, ' ');
    buf_add_int(&buf, INT64_MAX);
    buf_add_byte(&buf, ' ');
    buf_add_int(&buf, 0);
    check_str(buf_str(&buf), "-9223372036854775808 9223372036854775807 0");
}

static void the_first_cause_of_an_error_wins_and_context_is_added(void **state)
{
    Err err = { 0 };
    assert_false(err_set(&err, ERR_DISK, 5, .what = STR("could not store a file"), .detail = STR("The disk said no."),
                         .hint = STR("Ask it again.")));
    assert_false(err_set(&err, ERR_FULL, 28, .what = STR("something later")));
    assert_false(err_context(&err, "adding evidence to audit %d", 7));
    assert_int_equal(err.code, ERR_DISK);
    assert_int_equal(err.native, 5);
    check_str(err_line(*state, &err),
              "adding evidence to audit 7: could not store a file: The disk said no. Ask it again.");
    err_clear(&err);
    assert_int_equal(err.code, ERR_NONE);
}

static void a_long_error_is_cut_between_characters(void **state)
{
    Err err       = { 0 };
    Buf long_text = buf_open(*state, 10000);
    for (int i = 0; i < 1000; i++)
        buf_add_c(&long_text, "漢");
    err_set(&err, ERR_FORMAT, 0, .what = buf_str(&long_text), .detail = buf_str(&long_text));
    err_context(&err, "reading %s", "漢漢");
    assert_true(str_is_utf8(str_from_c(err.what)));
    assert_true(str_is_utf8(str_from_c(err.detail)));
    assert_true(str_starts(str_from_c(err.what), STR("reading 漢漢: 漢")));
}

static void a_language_translates_what_it_knows(void **state)
{
    static const Translation german[] = { { STR_INIT("Verifier"), STR_INIT("Prüfer") },
                                          { STR_INIT("Grade"), STR_INIT("Einstufung") } };
    const Language *language          = language_open(*state, german, countof(german));
    check_str(text_of(language, "Grade"), "Einstufung");
    check_str(text_of(language, "Verifier"), "Prüfer");
    check_str(text_of(language, "Process"), "Process");
    check_str(text_of(NULL, "Grade"), "Grade");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(cutting_gives_every_part_also_the_empty_ones),
        arena_test(slices_are_cut_to_what_is_there),
        arena_test(comparing_is_by_bytes_and_a_prefix_comes_first),
        arena_test(a_c_string_never_hides_what_follows_a_nul),
        arena_test(a_number_is_read_whole_or_not_at_all),
        arena_test(utf8_is_told_from_what_looks_like_it),
        arena_test(runes_are_read_one_by_one),
        arena_test(folding_leaves_lower_case_words_without_accents),
        arena_test(folded_text_folds_to_itself),
        arena_test(steering_characters_are_shown_as_escapes),
        arena_test(lists_are_joined_for_machines_and_for_people),
        arena_test(trimming_and_lower_case_are_ascii),
        arena_test(a_buffer_past_its_maximum_holds_a_true_beginning),
        arena_test(a_buffer_grows_over_many_additions),
        arena_test(integers_are_written_to_their_ends),
        arena_test(the_first_cause_of_an_error_wins_and_context_is_added),
        arena_test(a_long_error_is_cut_between_characters),
        arena_test(a_language_translates_what_it_knows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
