/* SPDX-License-Identifier: Apache-2.0
 * The page of an item of evidence: what every record's page has, and its content when that is asked for. Whatever
 * carries content is written into the custody log first (audit/custody.h), and is never kept by a browser. */
#include "audit/evidence_age.h"

#include <stdalign.h>
#include <unistd.h>

#include "pages/pages.h"
#include "store/files.h"
#include "web/file_page.h"
#include "web/pages.h"
#include "web/record_page.h"

/* Pictures and documents come from anybody: nothing in them may load or run anything, and a picture that somebody opens
 * by itself is saved. A document is for the browser's own viewer, which does not work in a sandbox; it may stand in a
 * frame of ours only. */
#define IMAGE_POLICY    "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"
#define DOCUMENT_POLICY "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'self'"
#define FRAME_POLICY    HTTP_POLICY "; frame-src 'self'"

typedef struct {
    Visit *visit;
    Evidence evidence;
    FilePreview preview;
    bool is_shown; /* content was asked for, and may be */
    Html words;
} EvidenceFill;

static Str text(const EvidenceFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

static bool has_file(const Evidence *evidence)
{
    return evidence->file.len > 0 && evidence->head.state != EVIDENCE_WITHDRAWN;
}

/* ---- the first bytes ---- */

static bool read_fully(int descriptor, char *into, size_t len, size_t *got)
{
    *got = 0;
    while (*got < len) {
        ssize_t piece = pread(descriptor, into + *got, len - *got, (off_t)*got);
        if (piece < 0) return false;
        if (piece == 0) break;
        *got += (size_t)piece;
    }
    return true;
}

/* What of the file can be shown; *descriptor stays open for whoever sends it. */
static bool file_look(Visit *visit, const Evidence *evidence, FilePreview *preview, int *descriptor, int64_t *size,
                      Err *err)
{
    Hash hash;
    size_t got;

    if (!hash_from_hex(evidence->file, &hash))
        return err_set(err, ERR_CORRUPT, 0, .what = STR("the record names no file by its hash"));
    char *bytes = arena_array(visit->arena, char, PREVIEW_BYTES_MAX);
    if (!file_get(visit->app->store, visit->arena, &hash, descriptor, size, err)) return false;
    if (!read_fully(*descriptor, bytes, PREVIEW_BYTES_MAX, &got)) {
        close(*descriptor);
        return err_set(err, ERR_DISK, 0, .what = STR("could not read a stored file"));
    }
    preview_read(visit->arena, evidence->file_name, (Str){ bytes, got }, *size, preview);
    return true;
}

static bool is_sent_apart(PreviewKind kind)
{
    return kind == PREVIEW_IMAGE || kind == PREVIEW_PDF;
}

/* ---- content by itself ---- */

static Str type_of(const FilePreview *preview)
{
    return str_from_c(preview->type);
}

static void content_send(Visit *visit, const Evidence *evidence, const FilePreview *preview, int descriptor,
                         int64_t size)
{
    http_respond_file(visit->response, type_of(preview), descriptor, 0, size);
    if (preview->kind == PREVIEW_IMAGE) {
        visit->response->policy = STR(IMAGE_POLICY);
        http_attach(visit->response, evidence->file_name);
        return;
    }
    visit->response->policy = STR(DOCUMENT_POLICY);
    http_header_add(visit->response, "Content-Disposition", STR("inline"));
}

/* A picture or document, for the page that shows it. */
static bool content_show(Visit *visit, Err *err)
{
    Evidence evidence;
    FilePreview preview = { 0 };
    int descriptor      = -1;
    int64_t size        = 0;
    bool found, may;

    if (!visit_read(visit, err)) return false;
    if (!view_find(visit->call, &evidence_type, visit->number, &evidence, &found, err)) return false;
    if (!found || !has_file(&evidence)) return visit_not_found(visit, err);
    if (!file_look(visit, &evidence, &preview, &descriptor, &size, err)) return false;
    bool asked = true;
    may        = is_sent_apart(preview.kind);
    if (may) asked = file_may_leave(visit, &evidence, FILE_VIEW, &may, err);
    if (asked && may) {
        content_send(visit, &evidence, &preview, descriptor, size);
        return true;
    }
    close(descriptor);
    return asked && (visit->response->status != 0 || visit_not_found(visit, err));
}

/* ---- content in the page ---- */

static void heads_fill(EvidenceFill *fill, ContentView *content)
{
    const Mail *mail = &fill->preview.mail;
    const struct {
        const char *label;
        Str value;
    } heads[] = { { N_("From"), mail->from },
                  { N_("To"), mail->to },
                  { N_("Copy"), mail->cc },
                  { N_("Date"), mail->date },
                  { N_("Subject"), mail->subject } };

    for (size_t i = 0; i < countof(heads); i++) {
        if (heads[i].value.len > 0)
            *list_push(fill->visit->arena, &content->heads) =
                (Fact){ text(fill, heads[i].label), { .text = heads[i].value } };
    }
}

static TableRow row_of(const EvidenceFill *fill, const Str *texts, size_t len)
{
    Cell *cells = arena_array(fill->visit->arena, Cell, len);

    for (size_t i = 0; i < len; i++)
        cells[i] = (Cell){ .text = texts[i] };
    return (TableRow){ .cells = cells };
}

static void attachments_fill(EvidenceFill *fill, ContentView *content)
{
    const Mail *mail     = &fill->preview.mail;
    Arena *arena         = fill->visit->arena;
    TableColumn *columns = arena_array(arena, TableColumn, 3);

    columns[0]     = (TableColumn){ .label = text(fill, N_("Attached")), .kind = COLUMN_TITLE };
    columns[1]     = (TableColumn){ .label = text(fill, N_("Said to be")) };
    columns[2]     = (TableColumn){ .label = text(fill, N_("Size as sent")), .kind = COLUMN_NUMBER };
    content->table = (TableView){ .label = columns[0].label, .columns = columns, .columns_len = 3 };
    for (size_t i = 0; i < mail->len; i++) {
        const MailAttachment *attached     = &mail->at[i];
        Str name                           = attached->name.len > 0 ? attached->name : text(fill, N_("without a name"));
        const Str of[]                     = { name, attached->type, byte_size(&fill->words, (int64_t)attached->size) };
        *list_push(arena, &content->table) = row_of(fill, of, countof(of));
    }
}

/* The first row names the columns. */
static void rows_fill(EvidenceFill *fill, ContentView *content)
{
    const FilePreview *preview = &fill->preview;
    Arena *arena               = fill->visit->arena;
    TableColumn *columns       = arena_array(arena, TableColumn, preview->columns);

    for (size_t i = 0; i < preview->columns; i++)
        columns[i] = (TableColumn){ .label = preview->rows.at[0].at[i] };
    content->table = (TableView){ .label = content->image_alt, .columns = columns, .columns_len = preview->columns };
    for (size_t i = 1; i < preview->rows.len; i++)
        *list_push(arena, &content->table) = row_of(fill, preview->rows.at[i].at, preview->columns);
}

static void shown_fill(EvidenceFill *fill, ContentView *content)
{
    const FilePreview *preview = &fill->preview;
    Str apart                  = str_fmt(fill->visit->arena, "%.*s/content",
                                         STR_ARG(address_record(fill->visit->arena, &evidence_type, fill->visit->number)));

    content->image_alt =
        filled(&fill->words, N_("Content of {1}: {2}"), fill->evidence.head.number, fill->evidence.title);
    if (preview->kind == PREVIEW_NONE) content->none = text(fill, preview->why);
    if (preview->kind == PREVIEW_IMAGE) content->image_href = apart;
    if (preview->kind == PREVIEW_PDF) content->frame_href = apart;
    if (preview->kind == PREVIEW_NONE || is_sent_apart(preview->kind)) return;
    content->shown = preview;
    content->text  = str_join(fill->visit->arena, &preview->lines, STR("\n"));
    if (preview->kind == PREVIEW_MAIL) heads_fill(fill, content);
    if (preview->kind == PREVIEW_MAIL && preview->mail.len > 0) attachments_fill(fill, content);
    if (preview->kind == PREVIEW_TABLE) rows_fill(fill, content);
    if (preview->is_cut)
        content->cut = text(fill, N_("There is more than is shown here: download the file for all of it."));
    if (content->text.len == 0 && content->table.len == 0 && preview->kind != PREVIEW_MAIL)
        content->none = text(fill, N_("There is nothing in it to show."));
}

static void content_fill(EvidenceFill *fill, ContentView *content)
{
    const Evidence *evidence = &fill->evidence;
    Arena *arena             = fill->visit->arena;
    Str path                 = address_record(arena, &evidence_type, fill->visit->number);
    Str size                 = byte_size(&fill->words, evidence->file_size.value);

    content->title    = text(fill, N_("Content"));
    content->aside    = evidence->file_size.value > 0 && evidence->file_name.len > 0
                            ? filled(&fill->words, N_("{1}, {2}"), str_visible(arena, evidence->file_name), size)
                            : str_visible(arena, evidence->file_name);
    content->download = (Link){ text(fill, N_("Download")), str_fmt(arena, "%.*s/files/file", STR_ARG(path)) };
    content->show_note =
        text(fill, N_("Whoever looks at the content or downloads it is written into the custody log of the item."));
    if (fill->is_shown)
        shown_fill(fill, content);
    else
        content->show_href = str_fmt(arena, "%.*s?show=content#content", STR_ARG(path));
}

/* Looks at the file when its content was asked for, and has that written down where the page itself will carry it. */
static bool content_ask(EvidenceFill *fill, bool *answered, Err *err)
{
    Visit *visit   = fill->visit;
    int descriptor = -1;
    int64_t size   = 0;
    bool may       = true;

    *answered = false;
    if (!has_file(&fill->evidence) || !str_eq_c(visit_param(visit, "show"), "content")) return true;
    if (!file_look(visit, &fill->evidence, &fill->preview, &descriptor, &size, err)) return false;
    close(descriptor);
    fill->is_shown = true;
    if (fill->preview.kind == PREVIEW_PDF) visit->response->policy = STR(FRAME_POLICY);
    if (fill->preview.kind == PREVIEW_NONE || is_sent_apart(fill->preview.kind)) return true;
    if (!file_may_leave(visit, &fill->evidence, FILE_VIEW, &may, err)) return false;
    *answered = !may;
    return true;
}

/* ---- how old it is ---- */

static void age_warn(EvidenceFill *fill, Callout *notice, Str title, const char *sentence)
{
    *notice                                       = (Callout){ .kind = CALLOUT_WARN, .title = title };
    *list_push(fill->visit->arena, &notice->text) = text(fill, sentence);
}

static void age_fill(EvidenceFill *fill, const Audit *audit, Sheet *sheet)
{
    EvidenceAge age = evidence_age(&fill->evidence, audit, fill->visit->call->today);
    Str days        = counted(&fill->words, age.days, N_("day"), N_("days"));

    if (date_is_none(age.last)) {
        age_warn(fill, &sheet->notice, text(fill, N_("Nobody said of which day it speaks")),
                 N_("What has no day may be doubted: it may show how things were long ago, or once."));
        return;
    }
    *list_push(fill->visit->arena, &sheet->block) =
        (Fact){ text(fill, N_("Age")), { .kind = age.is_old || age.is_outside ? CELL_SOON : CELL_TEXT, .text = days } };
    if (audit != NULL && age.is_outside) {
        age_warn(fill, &sheet->notice,
                 filled(&fill->words, N_("It speaks of no day of the period that {1} looks at"), audit->head.number,
                        STR("")),
                 N_("Say in the paper why it can be relied on, or ask for fresh evidence."));
    } else if (age.is_old) {
        age_warn(fill, &sheet->notice, filled(&fill->words, N_("It is {1} old"), days, STR("")),
                 N_("It shows how things were more than a year ago. For how they are now, ask for fresh evidence."));
    }
}

/* Against the period of its audit, so far as the reader may see that. */
static bool age_look(EvidenceFill *fill, Sheet *sheet, Err *err)
{
    Call *call  = fill->visit->call;
    Audit audit = { 0 };
    bool found = false, may = false;

    if (!id_is_none(fill->evidence.audit)) {
        if (!view_may_see(call, &audit_type, fill->evidence.audit, &may, err)) return false;
        if (may && !record_load(call, &audit_type, fill->evidence.audit, &audit, &found, err)) return false;
    }
    age_fill(fill, found ? &audit : NULL, sheet);
    return true;
}

/* ---- the page ---- */

static bool evidence_show(Visit *visit, Err *err)
{
    EvidenceFill fill = { .visit = visit };
    Shown shown       = { .record = &fill.evidence };
    Sheet sheet;
    bool answered;

    if (!record_shown(visit, &shown, err)) return false;
    if (!shown.is_there) return true;
    bool is_today = date_is_none(shown.as_of);
    if (is_today && !content_ask(&fill, &answered, err)) return false;
    if (is_today && answered) return true;
    /* again: the log that the page shows has the line that was just written */
    if (!record_shown(visit, &shown, err)) return false;
    if (!shown.is_there) return true;
    fill.words = visit_html(visit);
    if (!record_sheet(visit, &shown, &sheet, err)) return false;
    if (is_today && fill.evidence.head.state != EVIDENCE_WITHDRAWN && !age_look(&fill, &sheet, err)) return false;
    if (is_today && has_file(&fill.evidence)) content_fill(&fill, &sheet.content);
    return record_sheet_send(visit, &fill.evidence, &sheet, err);
}

/* clang-format off */
static const Route rows[] = {
    { HTTP_GET, "/evidence/{record}",         evidence_show, 0 },
    { HTTP_GET, "/evidence/{record}/content", content_show,  0 },
};
/* clang-format on */
const Routes evidence_routes = ROUTES_OF(rows);
