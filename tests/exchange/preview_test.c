/* SPDX-License-Identifier: Apache-2.0
 * What is shown of a file, and what is not: told by its bytes, cut to limits, nothing that acts. */
#include "support/check.h"

#include <dirent.h>

#include "base/buf.h"
#include "base/file.h"
#include "exchange/image_head.h"

#define LLVMFuzzerTestOneInput preview_one
#include "../../fuzz/preview_fuzz.c"
#undef LLVMFuzzerTestOneInput

#define HOSTILE "tests/data/hostile/"

static FilePreview preview_of(Arena *arena, const char *name, Str bytes)
{
    FilePreview preview;
    preview_read(arena, str_from_c(name), bytes, (int64_t)bytes.len, &preview);
    check(&preview);
    return preview;
}

static Str bytes_of(Arena *arena, const char *path)
{
    Str bytes;
    Err err = { 0 };
    check_done(file_read(arena, str_from_c(path), 1 << 20, &bytes, &err), &err);
    return bytes;
}

static FilePreview hostile(Arena *arena, const char *name)
{
    return preview_of(arena, name, bytes_of(arena, str_to_c(arena, str_fmt(arena, HOSTILE "%s", name))));
}

static void a_mail_shows_heads_text_and_attachments(void **state)
{
    Arena *arena = *state;
    Str bytes    = bytes_of(arena, "fuzz/corpus/preview/mail");

    FilePreview preview = preview_of(arena, "answer.EML", str_slice(bytes, 1, bytes.len));

    assert_int_equal(preview.kind, PREVIEW_MAIL);
    check_str(preview.mail.from, "Jonas Reuter <jonas@example.invalid>");
    check_str(preview.mail.date, "Mon, 9 Nov 2026 10:00:00 +0100");
    check_str(preview.lines.at[0], "The list is attached, as asked \u2713");
    assert_int_equal(preview.mail.len, 2);
    check_str(preview.mail.at[0].type, "text/html");
    check_str(preview.mail.at[1].name, "list.csv");
    assert_false(preview.is_cut);
}

static void words_of_a_head_are_decoded(void **state)
{
    static const struct {
        const char *coded, *text;
    } cases[] = {
        { "=?utf-8?B?w7w=?=", "\u00fc" },
        { "=?ISO-8859-1?Q?Pr=FCf_1?=", "Pr\u00fcf 1" },
        { "=?utf-8?q?a?= =?utf-8?q?b?=", "ab" },
        { "=?utf-8?q?a?= c", "a c" },
        { "x =?utf-8?q?a?=", "x a" },
        { "=?utf-8?x?a?=", "=?utf-8?x?a?=" },
        { "=?utf-8?q?a b?=", "=?utf-8?q?a b?=" },
        { "=?utf-8?q?a", "=?utf-8?q?a" },
        { "=?", "=?" },
    };
    Arena *arena = *state;

    for (size_t i = 0; i < countof(cases); i++) {
        Mail mail;
        assert_true(mail_read(arena, str_fmt(arena, "Subject: %s\r\n\r\n", cases[i].coded), &mail));
        check_str(mail.subject, cases[i].text);
    }
}

static void what_has_no_heads_of_a_mail_is_text(void **state)
{
    assert_int_equal(preview_of(*state, "a.eml", STR("just words\n")).kind, PREVIEW_TEXT);
    assert_int_equal(preview_of(*state, "a.eml", STR("X-Only: words\n\n")).kind, PREVIEW_TEXT);
}

static void parts_within_parts_end(void **state)
{
    Arena *arena = *state;
    Buf text     = buf_open(arena, 1 << 20);
    Mail mail;

    buf_add_c(&text, "From: a\nContent-Type: multipart/mixed; boundary=x\n\n");
    for (int i = 0; i < 2000; i++)
        buf_add_c(&text, "--x\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n");
    assert_true(mail_read(arena, buf_str(&text), &mail));
    assert_true(mail.is_cut);
    assert_true(mail.len <= MAIL_PARTS_MAX);
}

static void a_table_is_cut_and_even(void **state)
{
    Arena *arena = *state;
    Buf text     = buf_open(arena, 1 << 20);

    buf_add_c(&text, "id,title,note\n");
    for (int i = 0; i < 1000; i++)
        buf_fmt(&text, "%d,\"a, b\"\n", i);
    FilePreview preview = preview_of(arena, "list.csv", buf_str(&text));

    assert_int_equal(preview.kind, PREVIEW_TABLE);
    assert_int_equal(preview.rows.len, PREVIEW_ROWS_MAX);
    assert_int_equal(preview.columns, 3);
    check_str(preview.rows.at[1].at[1], "a, b");
    assert_true(preview.is_cut);
}

static void control_and_direction_characters_are_visible(void **state)
{
    FilePreview text = preview_of(*state, "a.txt", STR("\x1b[31mred\xe2\x80\xae\n"));

    check_str(text.lines.at[0], "\\x1b[31mred\\u202e");
    check_str(hostile(*state, "csv/bidi-override.csv").rows.at[0].at[0], "Id");
}

static void pictures_are_told_by_their_marks(void **state)
{
    static const struct {
        const char *seed, *type;
    } cases[] = { { "png", "image/png" }, { "gif", "image/gif" }, { "jpeg", "image/jpeg" }, { "webp", "image/webp" } };
    Arena *arena = *state;

    for (size_t i = 0; i < countof(cases); i++) {
        Str bytes = bytes_of(arena, str_to_c(arena, str_fmt(arena, "fuzz/corpus/preview/%s", cases[i].seed)));
        Str head  = str_slice(bytes, 1, bytes.len);
        ImageHead image;
        assert_true(image_head_read(head, &image));
        assert_string_equal(image.type, cases[i].type);
        assert_int_equal(image.width, 10);
        assert_int_equal(image.height, 10);
        assert_string_equal(preview_of(arena, "a.txt", head).type, cases[i].type);
    }
}

static void hostile_files_do_not_act(void **state)
{
    static const struct {
        const char *file;
        PreviewKind kind;
    } cases[] = {
        { "files/empty.bin", PREVIEW_NONE },        { "files/gif-html-polyglot.gif", PREVIEW_IMAGE },
        { "files/html-as.txt", PREVIEW_TEXT },      { "files/pdf-javascript.pdf", PREVIEW_PDF },
        { "files/pixel-flood.png", PREVIEW_NONE },  { "files/script.svg", PREVIEW_TEXT },
        { "csv/nul-bytes.csv", PREVIEW_NONE },      { "csv/latin1.csv", PREVIEW_NONE },
        { "csv/bad-utf8.csv", PREVIEW_NONE },       { "csv/utf16le-bom.csv", PREVIEW_NONE },
        { "csv/formula-cells.csv", PREVIEW_TABLE }, { "csv/unterminated-quote.csv", PREVIEW_TEXT },
    };
    Arena *arena = *state;

    for (size_t i = 0; i < countof(cases); i++) {
        PreviewKind kind = hostile(arena, cases[i].file).kind;
        if (kind != cases[i].kind) fail_msg("%s was taken as %d", cases[i].file, (int)kind);
    }
}

static void every_hostile_file_keeps_to_the_limits(void **state)
{
    static const char *const folders[] = { "csv", "json", "text", "files" };
    static const char *const endings[] = { ".eml", ".csv", ".txt" };
    size_t files                       = 0;

    for (size_t i = 0; i < countof(folders); i++) {
        Arena *arena = arena_open((size_t)64 << 20);
        DIR *dir     = opendir(str_to_c(arena, str_fmt(arena, HOSTILE "%s", folders[i])));
        struct dirent *entry;
        assert_non_null(dir);
        while ((entry = readdir(dir)) != NULL) {
            if (entry->d_name[0] == '.') continue;
            Str bytes = bytes_of(arena, str_to_c(arena, str_fmt(arena, HOSTILE "%s/%s", folders[i], entry->d_name)));
            for (size_t k = 0; k < countof(endings); k++)
                (void)preview_of(arena, endings[k], bytes);
            files++;
        }
        closedir(dir);
        arena_close(arena);
    }
    assert_true(files > 60);
    (void)state;
}

static void the_corpus_of_previews_passes(void **state)
{
    Arena *arena = *state;
    DIR *dir     = opendir("fuzz/corpus/preview");
    struct dirent *entry;

    assert_non_null(dir);
    while ((entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.') continue;
        Str bytes = bytes_of(arena, str_to_c(arena, str_fmt(arena, "fuzz/corpus/preview/%s", entry->d_name)));
        assert_int_equal(preview_one((const uint8_t *)bytes.ptr, bytes.len), 0);
    }
    closedir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        arena_test(a_mail_shows_heads_text_and_attachments),
        arena_test(words_of_a_head_are_decoded),
        arena_test(what_has_no_heads_of_a_mail_is_text),
        arena_test(parts_within_parts_end),
        arena_test(a_table_is_cut_and_even),
        arena_test(control_and_direction_characters_are_visible),
        arena_test(pictures_are_told_by_their_marks),
        arena_test(hostile_files_do_not_act),
        arena_test(every_hostile_file_keeps_to_the_limits),
        arena_test(the_corpus_of_previews_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
