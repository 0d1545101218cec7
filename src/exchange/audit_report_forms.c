/* SPDX-License-Identifier: Apache-2.0
 * The forms in which a report leaves. All are made of one document; only the PDF is kept, and once kept is the one that
 * everybody gets. */
#include <unistd.h>

#include "exchange/audit_report.h"
#include "exchange/audit_report_inside.h"
#include "paper/document_json.h"
#include "paper/page_html.h"
#include "paper/pdf.h"
#include "paper/sheets.h"
#include "paper/word.h"
#include "store/files.h"

enum { FORM_BYTES_MAX = 48 << 20 };

static bool too_long(Err *err)
{
    return err_set(err, ERR_LIMIT, 0, .what = STR("report is too long for this form"), .hint = STR("Read the PDF."));
}

/* The file that was kept at the issue. */
static bool kept_pdf(Call *call, const Report *report, Str *bytes, Err *err)
{
    Hash hash;
    int descriptor;
    int64_t size;
    size_t got = 0;

    if (!hash_from_hex(report->file, &hash) || !file_get(call->app->store, call->arena, &hash, &descriptor, &size, err))
        return false;
    if (size > FORM_BYTES_MAX) {
        close(descriptor);
        return too_long(err);
    }
    char *at = arena_array(call->arena, char, (size_t)size);
    while (got < (size_t)size) {
        ssize_t more = pread(descriptor, at + got, (size_t)size - got, (off_t)got);
        if (more <= 0) break;
        got += (size_t)more;
    }
    close(descriptor);
    *bytes = (Str){ at, got };
    return got == (size_t)size || err_set(err, ERR_DISK, 0, .what = STR("could not read the file of a report"));
}

static bool make_pdf(Call *call, const void *record, Str *bytes, Err *err)
{
    const Report *report = record;
    size_t pages;

    if (report->file.len > 0) return kept_pdf(call, report, bytes, err);
    return audit_report_pdf(call, report, bytes, &pages, err);
}

static bool make_docx(Call *call, const void *record, Str *bytes, Err *err)
{
    Document *doc;
    return report_compose(call, record, &doc, err) && word_render(doc, call->arena, bytes, err);
}

static bool make_xlsx(Call *call, const void *record, Str *bytes, Err *err)
{
    Document *doc;
    return report_compose(call, record, &doc, err) && sheets_render(doc, call->arena, bytes, err);
}

static bool make_html(Call *call, const void *record, Str *bytes, Err *err)
{
    Buf out = buf_open(call->arena, REPORT_HTML_MAX);
    Document *doc;

    if (!report_compose(call, record, &doc, err)) return false;
    page_alone(&out, doc);
    *bytes = buf_str(&out);
    return !buf_overflowed(&out) || too_long(err);
}

static bool make_json(Call *call, const void *record, Str *bytes, Err *err)
{
    Buf out = buf_open(call->arena, REPORT_HTML_MAX);
    Document *doc;

    if (!report_compose(call, record, &doc, err)) return false;
    json_write(&out, document_json(call->arena, doc));
    buf_add_byte(&out, '\n');
    *bytes = buf_str(&out);
    return !buf_overflowed(&out) || too_long(err);
}

/* clang-format off */
const Rendering exchange_renderings[] = {
    { "report", "report", "pdf", "PDF",  "application/pdf", N_("To read, print and keep; the file of an issued report never changes"), make_pdf },
    { "report", "report", "docx", "DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", N_("To edit in Word or LibreOffice"), make_docx },
    { "report", "report", "xlsx", "XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", N_("Findings and coverage to sort and count"), make_xlsx },
    { "report", "report", "html", "HTML", "text/html", N_("One file for a browser, with nothing beside it"), make_html },
    { "report", "report", "json", "JSON", "application/json", N_("For programs"), make_json },
};
/* clang-format on */
const size_t exchange_renderings_len = countof(exchange_renderings);
