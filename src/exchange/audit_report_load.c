/* SPDX-License-Identifier: Apache-2.0
 * The records of a report, read once: the audit with its parts, earlier findings in its area, and where the issue
 * stands in the ledger. The number of queries does not grow with the audit, but for earlier findings, of which there
 * are at most EARLIER_MAX. */
#include <stdlib.h>
#include <unistd.h>

#include "action/nonconformity.h"
#include "audit/evidence.h"
#include "base/png.h"
#include "exchange/audit_report_inside.h"
#include "ledger/ledger_checkpoint.h"
#include "ledger/tiles.h"
#include "org/person.h"
#include "record/history.h"
#include "record/row.h"
#include "store/files.h"

enum { EARLIER_MAX = 60, ISSUE_HISTORY_MAX = 100 };

/* ------------------------------------------------------------------------------------------------------- the issue */

static bool verb_issues(Str verb)
{
    return str_eq_c(verb, "issue") || str_eq_c(verb, "record") || str_eq_c(verb, "issue-amendment");
}

static bool issue_tree(ReportBook *book, Err *err)
{
    ReportIssue *issue = &book->issue;
    Frontier frontier;
    NoteKeys keys = { 0 };

    issue->tree.size  = issue->event + 1;
    TileSource *tiles = tile_source_open(book->call->db, book->arena, (uint64_t)issue->tree.size);
    if (!tree_frontier(&tiles->source, (uint64_t)issue->tree.size, &frontier, err)) return false;
    issue->tree.root = frontier_root(&frontier);
    if (!ledger_keys(book->call->db, book->arena, &keys, err)) return false;
    if (keys.len > 0) {
        const NoteVerifier *key = &keys.at[keys.len - 1];
        issue->key              = str_fmt(book->arena, "%.*s+%08x", STR_ARG(key->name), (unsigned)key->id);
    }
    return true;
}

static bool load_issue(ReportBook *book, Err *err)
{
    ReportIssue *issue = &book->issue;
    HistoryLines lines = { 0 };

    issue->submit_event = -1;
    if (book->report.head.state < REPORT_ISSUED) return true;
    if (!record_history(book->call, &report_type, book->report.head.id, -1, ISSUE_HISTORY_MAX, &lines, err))
        return false;
    for (size_t i = 0; i < lines.len; i++) {
        const HistoryLine *line = &lines.at[i];
        if (!issue->is_issued && verb_issues(line->verb_name)) {
            issue->is_issued = true, issue->event = line->event, issue->time = line->time;
        } else if (issue->is_issued && str_eq_c(line->verb_name, "submit")) {
            issue->submit_event = line->event;
            issue->submitted_on = zone_date(book->call->app->zone, line->time);
            break;
        }
    }
    return !issue->is_issued || issue_tree(book, err);
}

/* ------------------------------------------------------------------------------------------------------- the audit */

static int finding_order(const void *a, const void *b)
{
    const Finding *left = a, *right = b;
    if (left->kind != right->kind) return left->kind - right->kind;
    return str_compare(left->head.number, right->head.number);
}

static bool load_parts(ReportBook *book, Err *err)
{
    Call *call     = book->call;
    Id audit       = book->audit.head.id;
    Binds of_audit = BINDS(BIND_ID(audit));

    if (!team_members(call, audit, &book->members, err) || !paper_list_of(call, audit, &book->papers, err) ||
        !finding_list_of(call, audit, &book->findings, err))
        return false;
    if (book->findings.len > 1) qsort(book->findings.at, book->findings.len, sizeof(Finding), finding_order);
    return record_list(call, &declaration_type, &book->declarations, STR("audit = $1 AND state = 1 ORDER BY id"),
                       of_audit, err) &&
           record_list(call, &override_type, &book->overrides, STR("audit = $1 AND state = 2 ORDER BY id"), of_audit,
                       err) &&
           record_list(call, &agenda_item_type, &book->agenda,
                       STR("audit = $1 AND state = 1 ORDER BY date, start_at, id"), of_audit, err) &&
           record_list(call, &meeting_type, &book->meetings, STR("audit = $1 AND state = 2 ORDER BY date, id"),
                       of_audit, err) &&
           record_list(call, &sample_type, &book->samples, STR("audit = $1 ORDER BY number, id"), of_audit, err) &&
           record_list(call, &interview_type, &book->interviews, STR("audit = $1 AND state = 1 ORDER BY id"), of_audit,
                       err) &&
           record_list(call, &evidence_request_type, &book->requests, STR("audit = $1 ORDER BY id"), of_audit, err) &&
           record_count(call, &evidence_type, STR("audit = $1 AND state = 1"), of_audit, &book->evidence_count, err);
}

static bool load_scope(ReportBook *book, Err *err)
{
    Binds of_audit = BINDS(BIND_ID(book->audit.head.id));

    return record_list(book->call, &process_type, &book->processes,
                       STR("id IN (SELECT target FROM record_link WHERE kind = 'audit.processes' AND source = $1)"
                           " ORDER BY number, id"),
                       of_audit, err) &&
           record_list(book->call, &requirement_type, &book->refs,
                       STR("id IN (SELECT target FROM record_link WHERE kind IN ('audit.refs', 'audit.covered_refs')"
                           " AND source = $1) ORDER BY position, id"),
                       of_audit, err);
}

/* Those for whom it is meant, and whoever got it beside them. */
static bool load_receivers(ReportBook *book, Err *err)
{
    DistributionList sent = { 0 };

    id_list_add(book->arena, &book->receivers, book->audit.client);
    for (size_t i = 0; i < book->processes.len; i++)
        id_list_add(book->arena, &book->receivers, book->processes.at[i].owner);
    id_list_add(book->arena, &book->receivers, book->audit.auditee_contact);
    for (size_t i = 0; i < book->programme.receivers.len; i++)
        id_list_add(book->arena, &book->receivers, book->programme.receivers.at[i]);
    if (!record_list(book->call, &distribution_type, &sent, STR("report = $1 AND state <> $2 ORDER BY id"),
                     BINDS(BIND_ID(book->report.head.id), BIND_NUMBER(DISTRIBUTION_WITHDRAWN)), err))
        return false;
    for (size_t i = 0; i < sent.len; i++)
        id_list_add(book->arena, &book->receivers, sent.at[i].receiver);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- earlier */

/* Findings of other audits and sources on what this audit looked at, known before it ended, that ask for an answer. */
static bool list_earlier(ReportBook *book, Err *err)
{
    static const char tail[] =
        "(audit <> $1 AND kind <= 4 AND state >= 7 AND state <> 15 AND issued_on > 0 AND issued_on <= $2"
        " AND (process IN (SELECT target FROM record_link WHERE kind = 'audit.processes' AND source = $1)"
        " OR id IN (SELECT found.source FROM record_link AS found JOIN record_link AS asked"
        " ON asked.target = found.target WHERE found.kind = 'finding.refs' AND asked.kind = 'audit.refs'"
        " AND asked.source = $1))) ORDER BY issued_on DESC, id LIMIT $3";
    const Audit *audit = &book->audit;
    Date until         = date_is_none(audit->real_end) ? audit->last_day : audit->real_end;

    return record_list(book->call, &finding_type, &book->earlier_findings, str_from_c(tail),
                       BINDS(BIND_ID(audit->head.id), BIND_DATE(until), BIND_NUMBER(EARLIER_MAX)), err);
}

/* The state of a record at the time of the issue, so that a report made later says the same. */
static bool state_then(ReportBook *book, const Type *type, RecordHead *record, Err *err)
{
    bool found;

    if (!book->issue.is_issued) return true;
    return record_as_of(book->call, type, record->id, book->issue.time, record, &found, err);
}

static bool earlier_state(ReportBook *book, const Finding *finding, Str *state, Err *err)
{
    const Plan *plan        = registry_find(book->call->app->registry, STR("nonconformity"));
    NonconformityList cases = { 0 };

    if (finding_is_nonconformity(finding) && plan != NULL && plan->type == &nonconformity_type) {
        if (!record_list(book->call, &nonconformity_type, &cases, STR("finding = $1 ORDER BY id LIMIT 1"),
                         BINDS(BIND_ID(finding->head.id)), err))
            return false;
    }
    if (cases.len > 0) {
        if (!state_then(book, &nonconformity_type, &cases.at[0].head, err)) return false;
        *state = report_word(book, state_label(&nonconformity_type, cases.at[0].head.state));
        return true;
    }
    Finding then = *finding;
    if (!state_then(book, &finding_type, &then.head, err)) return false;
    *state = report_word(book, state_label(&finding_type, then.head.state));
    return true;
}

static bool load_earlier(ReportBook *book, Err *err)
{
    if (!list_earlier(book, err)) return false;
    for (size_t i = 0; i < book->earlier_findings.len; i++) {
        EarlierFinding *earlier = list_push(book->arena, &book->earlier);
        earlier->finding        = &book->earlier_findings.at[i];
        if (!earlier_state(book, earlier->finding, &earlier->state, err)) return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the logo */

/* A report is set without the logo when its file is gone: that it is gone is told where files are verified. */
static bool load_logo(ReportBook *book, Err *err)
{
    Hash hash;
    int descriptor;
    int64_t size;

    if (!hash_from_hex(book->organisation.logo, &hash)) return true;
    if (!file_get(book->call->app->store, book->arena, &hash, &descriptor, &size, err)) {
        if (err->code != ERR_MISSING) return false;
        err_clear(err);
        return true;
    }
    if (size > PNG_BYTES_MAX) size = 0; /* it was not so when it was chosen */
    char *bytes = arena_array(book->arena, char, (size_t)size);
    ssize_t got = pread(descriptor, bytes, (size_t)size, 0);
    close(descriptor);
    if (got == size) book->logo = (Str){ bytes, (size_t)size };
    return true;
}

/* ------------------------------------------------------------------------------------------------------- names */

static void want_list(ReportBook *book, const Type *type, const void *at, size_t len)
{
    const Plan *plan = registry_plan(book->call->app->registry, type);

    for (size_t i = 0; i < len; i++)
        names_want_record(book->names, plan, (const char *)at + i * type->size);
}
#define WANT(type, list) want_list(book, &(type), (list)->at, (list)->len)

static void want_names(ReportBook *book)
{
    want_list(book, &report_type, &book->report, 1);
    want_list(book, &audit_type, &book->audit, 1);
    WANT(process_type, &book->processes);
    WANT(team_member_type, &book->members);
    WANT(declaration_type, &book->declarations);
    WANT(override_type, &book->overrides);
    WANT(agenda_item_type, &book->agenda);
    WANT(meeting_type, &book->meetings);
    WANT(paper_type, &book->papers);
    WANT(sample_type, &book->samples);
    WANT(evidence_request_type, &book->requests);
    WANT(finding_type, &book->findings);
    WANT(finding_type, &book->earlier_findings);
    for (size_t i = 0; i < book->receivers.len; i++)
        names_want(book->names, &person_type, book->receivers.at[i]);
}

bool report_book_load(Call *call, const Report *report, ReportBook *book, Err *err)
{
    bool found;

    *book       = (ReportBook){ .call = call, .arena = call->arena, .report = *report };
    book->names = names_open(call);
    if (!record_must(call, &audit_type, report->audit, &book->audit, err)) return false;
    if (!organisation_load(call, &book->organisation, &found, err)) return false;
    if (!record_load(call, &programme_type, book->audit.programme, &book->programme, &found, err)) return false;
    if (!load_issue(book, err) || !load_scope(book, err) || !load_parts(book, err) || !load_earlier(book, err))
        return false;
    if (!load_receivers(book, err) || !load_logo(book, err)) return false;
    want_names(book);
    return names_load(book->names, err);
}
