/* SPDX-License-Identifier: Apache-2.0
 * Previews: picture or PDF by their marks, else text if it is text, and then perhaps a mail or a table. */
#include "exchange/preview.h"

#include "base/csv.h"
#include "base/text.h"
#include "exchange/image_head.h"

static void none(FilePreview *out, const char *why)
{
    *out = (FilePreview){ .kind = PREVIEW_NONE, .why = why };
}

/* At most `max` bytes, not in the middle of a character, with what steers a reader made visible. */
static Str shown(Arena *arena, Str text, size_t max, bool *is_cut)
{
    if (text.len > max) {
        text    = str_slice(text, 0, max);
        text    = str_slice(text, 0, str_utf8_len(text));
        *is_cut = true;
    }
    return str_visible(arena, text);
}

/* Tabs keep their room; a carriage return before the line end goes. */
static Str line_settled(Arena *arena, Str line)
{
    if (line.len > 0 && line.ptr[line.len - 1] == '\r') line.len--;
    if (!str_has(line, STR("\t"))) return line;
    StrList parts = { 0 };
    Str part;
    while (str_cut(&line, '\t', &part))
        *list_push(arena, &parts) = part;
    return str_join(arena, &parts, STR("    "));
}

static void lines_take(Arena *arena, Str text, FilePreview *out)
{
    Str line;

    while (text.len > 0 && str_cut(&text, '\n', &line)) {
        if (out->lines.len == PREVIEW_LINES_MAX) {
            out->is_cut = true;
            return;
        }
        bool is_long = line.len > PREVIEW_LINE_MAX;
        if (is_long) line = str_slice(line, 0, PREVIEW_LINE_MAX + 4);
        *list_push(arena, &out->lines) = shown(arena, line_settled(arena, line), PREVIEW_LINE_MAX, &out->is_cut);
    }
}

/* ---- tables ---- */

static StrList row_shown(Arena *arena, const StrList *row, FilePreview *out)
{
    StrList cells = { 0 };

    for (size_t i = 0; i < row->len && i < PREVIEW_COLUMNS_MAX; i++)
        *list_push(arena, &cells) = shown(arena, row->at[i], PREVIEW_CELL_MAX, &out->is_cut);
    if (row->len > PREVIEW_COLUMNS_MAX) out->is_cut = true;
    if (cells.len > out->columns) out->columns = cells.len;
    return cells;
}

static void rows_widen(Arena *arena, FilePreview *out)
{
    for (size_t i = 0; i < out->rows.len; i++) {
        while (out->rows.at[i].len < out->columns)
            *list_push(arena, &out->rows.at[i]) = (Str){ 0 };
    }
}

/* False when it is no table that we can read: then its lines are shown. What cannot be read behind some rows is cut. */
static bool table_read(Arena *arena, Str text, FilePreview *out)
{
    CsvReader reader;
    bool more   = true;
    Err ignored = { 0 };

    if (!csv_open(text, &reader, &ignored)) return false;
    while (more && out->rows.len < PREVIEW_ROWS_MAX) {
        StrList row = { 0 };
        if (!csv_next(&reader, arena, &row, &more, &ignored)) break;
        if (more) *list_push(arena, &out->rows) = row_shown(arena, &row, out);
    }
    if (more) out->is_cut = true;
    rows_widen(arena, out);
    return out->rows.len > (ignored.code == ERR_NONE ? 0 : 1);
}

/* ---- mail ---- */

static void mail_shown(Arena *arena, FilePreview *out)
{
    Mail *mail   = &out->mail;
    Str *heads[] = { &mail->from, &mail->to, &mail->cc, &mail->date, &mail->subject };
    bool *is_cut = &out->is_cut;

    *is_cut = *is_cut || mail->is_cut;
    for (size_t i = 0; i < countof(heads); i++)
        *heads[i] = shown(arena, *heads[i], PREVIEW_LINE_MAX, is_cut);
    for (size_t i = 0; i < mail->len; i++) {
        mail->at[i].name = shown(arena, mail->at[i].name, PREVIEW_CELL_MAX, is_cut);
        mail->at[i].type = shown(arena, mail->at[i].type, PREVIEW_CELL_MAX, is_cut);
    }
    lines_take(arena, mail->text, out);
    mail->text = (Str){ 0 };
}

/* ---- which it is ---- */

/* UTF-8 without NUL, but for a character that the cut went through. */
static bool is_text(Str *head, bool is_part)
{
    size_t good = str_utf8_len(*head);

    if (str_index(*head, '\0') < head->len) return false;
    if (good < head->len && !(is_part && head->len - good < 4)) return false;
    head->len = good;
    return true;
}

static bool picture_read(Str head, FilePreview *out)
{
    ImageHead image;

    if (!image_head_read(head, &image)) return false;
    *out = (FilePreview){ .kind = PREVIEW_IMAGE, .type = image.type };
    if (image.width == 0 || image.height == 0)
        none(out, N_("The picture does not say how large it is, so it is not shown."));
    else if (image.width > PREVIEW_PIXELS_MAX / image.height)
        none(out, N_("The picture has so many pixels that showing it could stop the browser."));
    return true;
}

static Str without_mark(Str head)
{
    Str mark = STR("\xef\xbb\xbf");
    return str_starts(head, mark) ? str_slice(head, mark.len, head.len) : head;
}

void preview_read(Arena *arena, Str name, Str head, int64_t size, FilePreview *out)
{
    Str ending   = str_lower(arena, str_slice(name, name.len > 4 ? name.len - 4 : 0, 4));
    bool is_part = (int64_t)head.len < size;

    *out = (FilePreview){ 0 };
    if (head.len == 0) {
        none(out, N_("The file is empty."));
        return;
    }
    if (picture_read(head, out)) return;
    if (str_starts(head, STR("%PDF-"))) {
        *out = (FilePreview){ .kind = PREVIEW_PDF, .type = "application/pdf" };
        return;
    }
    out->is_cut = is_part;
    if (str_eq_c(ending, ".eml") && mail_read(arena, head, &out->mail)) {
        out->kind = PREVIEW_MAIL;
        mail_shown(arena, out);
        return;
    }
    if (!is_text(&head, is_part)) {
        none(out, N_("Files of this kind are not shown here. Download it to look at it."));
        return;
    }
    head      = without_mark(head);
    out->kind = str_eq_c(ending, ".csv") && table_read(arena, head, out) ? PREVIEW_TABLE : PREVIEW_TEXT;
    if (out->kind == PREVIEW_TEXT) out->rows = (PreviewRows){ 0 }, lines_take(arena, head, out);
}
