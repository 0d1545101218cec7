/* SPDX-License-Identifier: Apache-2.0
 * exchange/audit_report.h: the report of an audit as a document that leaves the system (ISO 19011 6.5; requirements
 * 4.16): the texts that its author wrote, and around them what the records know: team, timetable, coverage, samples
 * with their seeds, findings in full, exceptions, dates, and how a reader checks it.
 *
 * After the issue it is set as PDF once, kept by the hash of its content, and recorded by the verb "attach"; the same
 * records give the same bytes. Until then its texts are a draft, and it says so on each page. */
#pragma once

#include "audit/report.h"
#include "record/registry.h"

enum { REPORT_HTML_MAX = 16 << 20 };

/* The report as sheets of a page (paper/page_html.h), added to `out`. Whether the person may see the report was asked
 * before: nothing here leaves anything out. */
MUST_USE bool audit_report_html(Call *call, const Report *report, Buf *out, Err *err);

/* The report as PDF, in the arena of `call`; takes some tens of milliseconds (paper/pdf.h has the errors). */
MUST_USE bool audit_report_pdf(Call *call, const Report *report, Str *bytes, size_t *pages, Err *err);

/* The report as a file in each of its forms (record/registry.h). The PDF of an issued report is the one that was kept
 * at its issue; what is not issued yet, or has lost the race with the job, is set as it stands. */
extern const Rendering exchange_renderings[];
extern const size_t exchange_renderings_len;

/* Sets an issued report as PDF, keeps the file and records it. Does nothing when the report has its file, is not
 * issued, or has no text (an audit held before whose report is known by its number only). Takes its own transactions.
 */
MUST_USE bool audit_report_attach(const Caller *caller, Id report, Err *err);
/* The same for every report that a crash, a full disk or a load of history left without its file; *attached counts
 * them. For a job, and for the end of a load. */
MUST_USE bool reports_attach_missing(const Caller *caller, size_t *attached, Err *err);

/* Hooks behind the verbs that issue a report. */
extern const After exchange_afters[];
extern const size_t exchange_afters_len;
