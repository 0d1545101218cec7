/* SPDX-License-Identifier: Apache-2.0
 * Any bytes as a file that somebody wants to look at: the first byte says what it is called. Whatever comes out keeps
 * to the limits, and every text is UTF-8 without control characters. */
#include <assert.h>

#include "exchange/preview.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

static void check_text(Str text, size_t max)
{
    assert(str_is_utf8(text));
    assert(text.len <= max * 4); /* an escape takes up to four bytes for one */
    for (size_t i = 0; i < text.len; i++)
        assert((unsigned char)text.ptr[i] >= 0x20 && text.ptr[i] != 0x7f);
}

static void check_mail(const Mail *mail)
{
    const Str heads[] = { mail->from, mail->to, mail->cc, mail->date, mail->subject };

    for (size_t i = 0; i < countof(heads); i++)
        check_text(heads[i], PREVIEW_LINE_MAX);
    assert(mail->len <= MAIL_PARTS_MAX);
    for (size_t i = 0; i < mail->len; i++) {
        check_text(mail->at[i].name, PREVIEW_CELL_MAX);
        check_text(mail->at[i].type, PREVIEW_CELL_MAX);
    }
}

static void check(const FilePreview *preview)
{
    assert(preview->lines.len <= PREVIEW_LINES_MAX && preview->rows.len <= PREVIEW_ROWS_MAX);
    assert(preview->columns <= PREVIEW_COLUMNS_MAX);
    assert((preview->kind == PREVIEW_NONE) == (preview->why != NULL));
    assert((preview->kind == PREVIEW_IMAGE || preview->kind == PREVIEW_PDF) == (preview->type != NULL));
    for (size_t i = 0; i < preview->lines.len; i++)
        check_text(preview->lines.at[i], PREVIEW_LINE_MAX);
    for (size_t i = 0; i < preview->rows.len; i++) {
        assert(preview->kind != PREVIEW_TABLE || preview->rows.at[i].len == preview->columns);
        for (size_t k = 0; k < preview->rows.at[i].len; k++)
            check_text(preview->rows.at[i].at[k], PREVIEW_CELL_MAX);
    }
    check_mail(&preview->mail);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
    static const char *const names[] = { "a.eml", "a.csv", "a.txt", "" };
    Arena *arena                     = arena_open((size_t)64 << 20);
    FilePreview preview;

    assert(arena != NULL);
    if (len > 0) {
        Str head     = { (const char *)bytes + 1, len - 1 };
        int64_t more = bytes[0] & 4 ? 1 : 0;
        preview_read(arena, str_from_c(names[bytes[0] & 3]), head, (int64_t)head.len + more, &preview);
        check(&preview);
    }
    arena_close(arena);
    return 0;
}
