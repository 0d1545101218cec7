/* SPDX-License-Identifier: Apache-2.0
 * From the issue of a report to its file: set, keep, record. The file is on disk before the event that names it; when
 * anything fails on the way, the report is issued all the same and the job finds it without its file. */
#include "exchange/audit_report.h"

#include "audit/audit.h"
#include "base/log.h"
#include "record/row.h"
#include "record/verb.h"
#include "store/files.h"

/* A held-before report known by its number alone has nothing to print. */
static bool report_can_be_set(const Report *report)
{
    return report->head.state >= REPORT_ISSUED && report->file.len == 0 && report->conclusions.len > 0;
}

typedef struct {
    Hash hash;
    int64_t size;
    size_t pages;
} KeptFile;

/* Sets the PDF from a snapshot that ends before the file is written. */
static bool report_keep(const Caller *caller, Id id, Report *report, KeptFile *kept, bool *needed, Err *err)
{
    Call *call;
    Str bytes = { 0 };

    if (!call_open(caller, CALL_READ, &call, err)) return false;
    bool done = record_must(call, &report_type, id, report, err);
    *needed   = done && report_can_be_set(report);
    if (*needed) done = audit_report_pdf(call, report, &bytes, &kept->pages, err);
    call_end(call);
    if (!done || !*needed) return done;
    kept->size = (int64_t)bytes.len;
    return file_put(caller->app->store, caller->arena, bytes, &kept->hash, err);
}

static bool report_record(const Caller *caller, const Report *report, const KeptFile *kept, Err *err)
{
    Str hex         = hash_to_hex(caller->arena, &kept->hash);
    json_t *input   = json_own(caller->arena, json_object());
    Request request = { .type   = &report_type,
                        .verb   = STR("attach"),
                        .number = str_fmt(caller->arena, "%lld", (long long)report->head.id.n),
                        .input  = input };
    Outcome outcome;
    Call *call;

    json_object_set_new(input, "file", json_stringn(hex.ptr, hex.len));
    json_object_set_new(input, "file_size", json_integer(kept->size));
    json_object_set_new(input, "page_count", json_integer((json_int_t)kept->pages));
    if (!verb_run(caller, &request, &call, &outcome, err)) return false;
    call_end(call);
    if (outcome.kind != OUTCOME_DONE) /* somebody was faster: the report has its file */
        log_line(LOG_INFO, "report", "the file of %.*s was attached already", STR_ARG(report->head.number));
    return true;
}

bool audit_report_attach(const Caller *caller, Id report, Err *err)
{
    Caller program = { .app = caller->app, .arena = caller->arena, .is_system = true, .door = caller->door };
    Report record;
    KeptFile kept;
    bool needed;

    if (!report_keep(&program, report, &record, &kept, &needed, err)) return false;
    return !needed || report_record(&program, &record, &kept, err);
}

/* ------------------------------------------------------------------------------------------------------- missing files
 */

static bool list_missing(const Caller *caller, ReportList *list, Err *err)
{
    Call *call;

    if (!call_open(caller, CALL_READ, &call, err)) return false;
    bool done =
        record_list(call, &report_type, list, STR("state >= $1 AND file = '' AND conclusions <> '' ORDER BY id"),
                    BINDS(BIND_NUMBER(REPORT_ISSUED)), err);
    call_end(call);
    return done;
}

bool reports_attach_missing(const Caller *caller, size_t *attached, Err *err)
{
    Caller program  = { .app = caller->app, .arena = caller->arena, .is_system = true, .door = caller->door };
    ReportList list = { 0 };

    *attached = 0;
    if (registry_find(caller->app->registry, STR("report")) == NULL) return true; /* a catalogue without audits */
    if (!list_missing(&program, &list, err)) return false;
    for (size_t i = 0; i < list.len; i++) {
        ArenaMark mark = arena_mark(caller->arena); /* one report's pages at a time */
        bool done      = audit_report_attach(&program, list.at[i].head.id, err);
        arena_rewind(caller->arena, mark);
        if (!done) return false;
        ++*attached;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- hooks */

static bool after_issue_of_audit(const Caller *caller, const Outcome *outcome, Err *err)
{
    Caller program = { .app = caller->app, .arena = caller->arena, .is_system = true, .door = caller->door };
    Report report;
    Call *call;
    bool found;

    if (!call_open(&program, CALL_READ, &call, err)) return false;
    bool done = report_of(call, outcome->id, &report, &found, err);
    call_end(call);
    if (!done || !found) return done;
    return audit_report_attach(caller, report.head.id, err);
}

static bool after_issue_of_amendment(const Caller *caller, const Outcome *outcome, Err *err)
{
    return audit_report_attach(caller, outcome->id, err);
}

const After exchange_afters[] = {
    { "audit", "issue-report", after_issue_of_audit },
    { "report", "issue-amendment", after_issue_of_amendment },
};
const size_t exchange_afters_len = countof(exchange_afters);
