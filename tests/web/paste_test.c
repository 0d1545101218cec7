/* SPDX-License-Identifier: Apache-2.0
 * What somebody pastes is understood as he meant it, or not at all. */
#include "web/paste.h"

#include "base/buf.h"
#include "support/check.h"

static const PasteColumn columns[] = { { .words = "name|person" },
                                       { .words = "mail|e-mail", .is_mail = true },
                                       { .words = "job|title" } };

static Pasted pasted(Arena *arena, const char *text)
{
    Pasted out;
    Err err = { 0 };

    if (!paste_read(arena, str_from_c(text), columns, countof(columns), &out, &err)) fail_msg("%s", err.detail);
    return out;
}

static void check_row(const Pasted *list, size_t at, const char *name, const char *mail, const char *job)
{
    assert_true(at < list->len);
    check_str(list->at[at].cells[0], name);
    check_str(list->at[at].cells[1], mail);
    check_str(list->at[at].cells[2], job);
}

static void heads_say_which_column_is_which(void **state)
{
    Pasted list = pasted(*state, "Title\tRoom\tE-Mail\tName\nLead\t3.14\tt@v.example\tTomasz Wilk\n");

    assert_int_equal(list.len, 1);
    check_row(&list, 0, "Tomasz Wilk", "t@v.example", "Lead");
    assert_int_equal(list.left_out.len, 1);
    check_str(list.left_out.at[0], "Room");
}

static void without_heads_a_mail_is_known_by_its_look(void **state)
{
    Pasted list = pasted(*state, "t@v.example;Tomasz Wilk;Lead\r\n\r\nn@v.example;Noor Haddad\r\n");

    assert_int_equal(list.len, 2);
    check_row(&list, 0, "Tomasz Wilk", "t@v.example", "Lead");
    check_row(&list, 1, "Noor Haddad", "n@v.example", "");
    assert_int_equal(list.at[1].line, 3);
}

static void commas_are_read_as_csv_with_its_quotes(void **state)
{
    Pasted list = pasted(*state, "Tomasz Wilk, t@v.example,\"Lead, platform\"\n'=1+1,,\n");

    assert_int_equal(list.len, 2);
    check_row(&list, 0, "Tomasz Wilk", "t@v.example", "Lead, platform");
    check_row(&list, 1, "=1+1", "", "");
}

static void more_cells_than_columns_are_left_out(void **state)
{
    Pasted list = pasted(*state, "Tomasz Wilk;Lead;more;and more\n");

    check_row(&list, 0, "Tomasz Wilk", "", "Lead");
}

static void nothing_is_nothing(void **state)
{
    assert_int_equal(pasted(*state, "").len, 0);
    assert_int_equal(pasted(*state, "\n \n").len, 0);
    assert_int_equal(pasted(*state, "Name;Mail\n").len, 0);
}

static void a_list_without_end_is_refused_as_a_whole(void **state)
{
    Arena *arena = *state;
    Buf text     = buf_open(arena, 1 << 20);

    for (int i = 0; i <= PASTE_ROWS_MAX; i++)
        buf_add_c(&text, "Somebody\tLead\n");
    Pasted list = pasted(arena, str_to_c(arena, buf_str(&text)));

    assert_true(list.is_too_long);
    assert_int_equal(list.len, 0);
}

static void csv_that_is_none_names_its_line(void **state)
{
    Pasted out;
    Err err = { 0 };

    assert_false(paste_read(*state, STR("Tomasz,a\nNoor,\"b"), columns, countof(columns), &out, &err));
    assert_int_equal(err.code, ERR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(heads_say_which_column_is_which),
        arena_test(without_heads_a_mail_is_known_by_its_look),
        arena_test(commas_are_read_as_csv_with_its_quotes),
        arena_test(more_cells_than_columns_are_left_out),
        arena_test(nothing_is_nothing),
        arena_test(a_list_without_end_is_refused_as_a_whole),
        arena_test(csv_that_is_none_names_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
