/* SPDX-License-Identifier: Apache-2.0
 * The report of an audit, put together: cover, summary for management, the parts that 4.16 asks for, and how to check
 * it. */
#include "exchange/audit_report.h"

#include "exchange/audit_report_inside.h"
#include "org/person.h"
#include "paper/page_html.h"
#include "paper/pdf.h"
#include "record/row.h"

enum { ROOT_PREFIX_DIGITS = 12 };

/* ------------------------------------------------------------------------------------------------------- cover */

static const char *report_kind(const Audit *audit)
{
    switch (audit->kind) {
    case AUDIT_IS_FOLLOW_UP: return N_("Follow-up audit report");
    case AUDIT_SPECIAL: return N_("Special audit report");
    case AUDIT_SUPPLIER: return N_("Supplier audit report");
    default: return N_("Internal audit report");
    }
}

static Str standard_of(const ReportBook *book)
{
    Str rest = str_trim(book->audit.criteria), line = { 0 };

    if (book->organisation.edition.len > 0) return book->organisation.edition;
    (void)str_cut(&rest, '\n', &line);
    return str_trim(line);
}

static Str subtitle_of(const ReportBook *book)
{
    Str standard = standard_of(book);

    return str_fmt(book->arena, "%.*s %.*s%s%.*s", STR_ARG(report_word(book, "ISMS of")),
                   STR_ARG(book->organisation.name), standard.len > 0 ? ", " : "", STR_ARG(standard));
}

/* "7d9c02f4e1a8" */
static Str root_prefix(const ReportBook *book)
{
    return str_slice(hash_to_hex(book->arena, &book->issue.tree.root), 0, ROOT_PREFIX_DIGITS);
}

static Str foot_proof(const ReportBook *book)
{
    if (!book->issue.is_issued) return report_word(book, "draft, not issued");
    return str_fmt(book->arena, "record of %.*s events · root %.*s", STR_ARG(report_count(book, book->issue.tree.size)),
                   STR_ARG(root_prefix(book)));
}

static Document *document_open(ReportBook *book)
{
    const Report *report             = &book->report;
    const Organisation *organisation = &book->organisation;
    DocHead head                     = { .form           = DOC_WITH_COVER,
                                         .kind           = report_word(book, report_kind(&book->audit)),
                                         .title          = book->audit.title,
                                         .subtitle       = subtitle_of(book),
                                         .number         = report->head.number,
                                         .version        = report->version,
                                         .classification = report_class(book),
                                         .organisation   = book->organisation.name,
                                         .author         = report_person(book, report->author),
                                         .language       = organisation->language.len > 0 ? organisation->language : STR("en-GB"),
                                         .catalogue      = book->call->language,
                                         .created        = book->issue.is_issued ? book->issue.time : report->head.updated_at,
                                         .cover_note     = report->sampling_statement,
                                         .foot_proof     = foot_proof(book),
                                         .logo           = book->logo,
                                         .logo_says      = organisation->name };

    if (organisation->colour.len > 0) (void)colour_read(organisation->colour, &head.accent);
    return doc_open(book->arena, &head);
}

static bool person_load(ReportBook *book, Id id, Person *person, Err *err)
{
    bool found;
    return record_load(book->call, &person_type, id, person, &found, err);
}

/* A person with what he is; nothing when there is none. */
static bool cover_person(ReportBook *book, const char *label, Id id, Err *err)
{
    Person person;

    if (!person_load(book, id, &person, err)) return false;
    if (person.name.len == 0) return true;
    doc_cover_fact(book->doc, report_word(book, label), person.name);
    if (person.firm.len > 0 || person.job.len > 0) doc_small(book->doc, person.firm.len > 0 ? person.firm : person.job);
    return true;
}

/* The author's own words on the client where they are short: "Elias Brandt, audit programme manager". */
static bool cover_client(ReportBook *book, Err *err)
{
    enum { CLIENT_BYTES_MAX = 80 };
    Str said = str_trim(book->report.client_text), name = { 0 };

    if (said.len == 0 || said.len > CLIENT_BYTES_MAX || str_has(said, STR("\n")))
        return cover_person(book, "Client", book->audit.client, err);
    (void)str_cut(&said, ',', &name);
    doc_cover_fact(book->doc, report_word(book, "Client"), name);
    if (str_trim(said).len > 0) doc_small(book->doc, str_trim(said));
    return true;
}

/* Whether the person is the client by the record, and the report says nothing else. */
static bool is_client(const ReportBook *book, Id person)
{
    Str said = book->report.client_text;
    return id_eq(person, book->audit.client) && (said.len == 0 || str_has(said, report_person(book, person)));
}

static void cover_dates(ReportBook *book)
{
    const Audit *audit = &book->audit;
    Date from          = date_is_none(audit->real_start) ? audit->start : audit->real_start;
    Date to            = date_is_none(audit->real_end) ? audit->last_day : audit->real_end;

    doc_cover_fact(book->doc, report_word(book, "Audit"), audit->head.number);
    doc_cover_fact(book->doc, report_word(book, "Dates"), report_days(book, from, to));
    if (audit->method != 0) doc_small(book->doc, report_value(book, &audit_type, audit, "method"));
    doc_cover_fact(book->doc, report_word(book, "Issued"),
                   book->issue.is_issued ? date_to_human(book->arena, book->report.issued_on)
                                         : report_word(book, "not yet"));
    doc_small(book->doc,
              str_fmt(book->arena, "%.*s %.*s", STR_ARG(report_word(book, "version")), STR_ARG(book->report.version)));
}

static void cover_team(ReportBook *book)
{
    StrList names = { 0 };

    for (size_t i = 0; i < book->members.len; i++) {
        const TeamMember *member = &book->members.at[i];
        if (!id_eq(member->person, book->audit.lead) && member->part <= TEAM_EXPERT)
            *list_push(book->arena, &names) = report_person(book, member->person);
    }
    if (names.len > 0) doc_cover_fact(book->doc, report_word(book, "Team"), str_sentence(book->arena, &names));
}

static void cover_approver(ReportBook *book)
{
    const Report *report = &book->report;
    Id approver          = id_is_none(report->approver) ? book->audit.report_approver : report->approver;

    if (id_is_none(approver)) return;
    doc_cover_fact(book->doc, report_word(book, book->issue.is_issued ? "Approved by" : "To be approved by"),
                   report_person(book, approver));
    if (!id_eq(approver, report->author))
        doc_small(book->doc, report_word(book, "not the author (rule G-08)"));
    else if (book->audit.single_auditor == YES)
        doc_small(book->doc, report_word(book, "a single auditor worked alone"));
}

static bool cover(ReportBook *book, Err *err)
{
    cover_dates(book);
    if (!cover_person(book, "Lead auditor", book->audit.lead, err)) return false;
    cover_team(book);
    if (!cover_client(book, err)) return false;
    cover_approver(book);
    doc_cover_fact(book->doc, report_word(book, "Receivers"), report_count(book, (int64_t)book->receivers.len));
    doc_small(book->doc, report_word(book, "see Distribution"));
    return true;
}

/* ------------------------------------------------------------------------------------------------------- summary */

static size_t findings_of_kind(const ReportBook *book, int kind)
{
    size_t count = 0;

    for (size_t i = 0; i < book->findings.len; i++)
        count += book->findings.at[i].kind == kind;
    return count;
}

static void mark_of_kind(ReportBook *book, int kind, const char *word)
{
    size_t count = findings_of_kind(book, kind);

    if (count == 0)
        doc_muted(book->doc, report_word(book, "none"));
    else
        doc_mark(book->doc, finding_mark(kind), str_fmt(book->arena, "%zu%s", count, word));
}

static void box_of_kind(ReportBook *book, const char *label, int kind)
{
    doc_fact(book->doc, report_word(book, label), STR(""));
    mark_of_kind(book, kind, "");
}

/* The gravest grade that there is stands first, the other below it. */
static void box_of_nonconformities(ReportBook *book)
{
    size_t majors = findings_of_kind(book, FINDING_MAJOR_NC), minors = findings_of_kind(book, FINDING_MINOR_NC);

    doc_fact(book->doc, report_word(book, "Nonconformities"), STR(""));
    if (majors > 0)
        mark_of_kind(book, FINDING_MAJOR_NC, " major");
    else
        mark_of_kind(book, FINDING_MINOR_NC, " minor");
    doc_small(book->doc, majors > 0 ? str_fmt(book->arena, "%zu minor", minors) : STR("0 major"));
}

static void summary_boxes(ReportBook *book)
{
    Examined sum = report_examined(book);

    doc_boxes(book->doc);
    box_of_nonconformities(book);
    box_of_kind(book, "Observations", FINDING_OBSERVATION);
    if (findings_of_kind(book, FINDING_OFI) > 0) box_of_kind(book, "Opportunities", FINDING_OFI);
    box_of_kind(book, "Good practices", FINDING_GOOD_PRACTICE);
    doc_fact(book->doc, report_word(book, "Examined"), str_fmt(book->arena, "%zu of %zu", sum.examined, sum.all));
    doc_small(book->doc, report_word(book, "clauses and controls in scope"));
}

static void findings_chart(ReportBook *book)
{
    static const struct {
        int kind;
        const char *label;
    } bars[] = {
        { FINDING_MAJOR_NC, N_("Major nonconformities") }, { FINDING_MINOR_NC, N_("Minor nonconformities") },
        { FINDING_OBSERVATION, N_("Observations") },       { FINDING_OFI, N_("Opportunities for improvement") },
        { FINDING_GOOD_PRACTICE, N_("Good practices") },
    };

    if (book->findings.len == 0) return;
    doc_bars(book->doc, report_word(book, "Findings by grade"));
    for (size_t i = 0; i < countof(bars); i++)
        doc_bar(book->doc, report_word(book, bars[i].label), finding_mark(bars[i].kind),
                (int64_t)findings_of_kind(book, bars[i].kind));
}

static bool say_amendment(ReportBook *book, Err *err)
{
    Report earlier;
    bool found;

    if (!record_load(book->call, &report_type, book->report.amends, &earlier, &found, err)) return false;
    if (!found) return true;
    doc_callout(book->doc, STR(""));
    report_say(book, str_fmt(book->arena, "This report takes the place of %.*s, issued on %.*s. Why: %.*s",
                             STR_ARG(earlier.head.number), STR_ARG(date_to_human(book->arena, earlier.issued_on)),
                             STR_ARG(book->report.amend_reason)));
    return true;
}

static bool summary(ReportBook *book, Err *err)
{
    report_heading(book, 1, "Summary for management");
    if (!say_amendment(book, err)) return false;
    report_say_paragraphs(book, book->report.summary);
    if (book->report.summary.len > 0) report_heading(book, 2, "Conclusions");
    report_say_paragraphs(book, book->report.conclusions);
    summary_boxes(book);
    findings_chart(book);
    report_heading(book, 2, "How far the criteria are met");
    report_say_paragraphs(book, book->report.criteria_met);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- scope */

/* The own documents among the criteria with the versions that were in force: "STD-04 Change standard, version 6". The
 * type of these records shares its name with that of paper/document.h, so their row is read here. */
static bool documents_in_words(ReportBook *book, Str *out, Err *err)
{
    StrList said = { 0 };
    Query *query =
        query_open(book->call->db, STR("SELECT document.number, document.title, document.version FROM document"
                                       " JOIN record_link ON record_link.target = document.id"
                                       " WHERE record_link.kind = 'audit.documents' AND record_link.source = $1"
                                       " ORDER BY document.number, document.id"));

    query_bind_int(query, 1, book->audit.head.id.n);
    while (query_next(query))
        *list_push(book->arena, &said) =
            str_fmt(book->arena, "%.*s %.*s, version %.*s", STR_ARG(query_str(query, 0, book->arena)),
                    STR_ARG(query_str(query, 1, book->arena)), STR_ARG(query_str(query, 2, book->arena)));
    *out = str_join(book->arena, &said, STR("\n"));
    return query_close(query, err);
}

static bool objectives(ReportBook *book, Err *err)
{
    const Report *report = &book->report;
    Str documents;

    if (!documents_in_words(book, &documents, err)) return false;
    report_heading(book, 1, "Objectives, scope, criteria");
    doc_facts(book->doc);
    report_say_fact(book, "Objectives", report->objectives);
    report_say_fact(book, "Scope", report->scope);
    report_say_fact(book, "Criteria", report->criteria);
    report_say_fact(book, "Own documents", documents);
    report_say_fact(book, "Client", report->client_text);
    report_say_fact(book, "Dates and places", report->dates_places);
    report_say_fact(book, "Why this audit", book->audit.rationale);
    report_say_fact(book, "Languages", book->audit.languages);
    report_part_not_covered(book);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- distribution
 */

static Str receiver_why(const ReportBook *book, Id person)
{
    StrList why = { 0 };

    if (is_client(book, person)) *list_push(book->arena, &why) = report_word(book, "client");
    for (size_t i = 0; i < book->processes.len; i++) {
        if (id_eq(person, book->processes.at[i].owner))
            *list_push(book->arena, &why) = str_fmt(book->arena, "%.*s %.*s", STR_ARG(report_word(book, "owner of")),
                                                    STR_ARG(book->processes.at[i].head.number));
    }
    if (id_eq(person, book->audit.auditee_contact))
        *list_push(book->arena, &why) = report_word(book, "contact of the auditee");
    if (id_list_has(&book->programme.receivers, person))
        *list_push(book->arena, &why) = report_word(book, "receives all reports of the programme");
    return str_sentence(book->arena, &why);
}

static bool distribution(ReportBook *book, Err *err)
{
    static const DocColumn columns[] = {
        { STR_INIT("Receiver"), 42, ALIGN_START, 0 },
        { STR_INIT("What the person does"), 0, ALIGN_START, 1 },
        { STR_INIT("Why"), 0, ALIGN_START, 1 },
    };

    report_heading(book, 1, "Distribution");
    report_table(book, columns, countof(columns));
    for (size_t i = 0; i < book->receivers.len; i++) {
        Person person;
        if (!person_load(book, book->receivers.at[i], &person, err)) return false;
        doc_row(book->doc);
        doc_cell(book->doc, person.name);
        doc_cell(book->doc, person.job);
        Str why = receiver_why(book, person.head.id);
        doc_cell(book->doc, why.len > 0 ? why : report_word(book, "added when it was sent"));
    }
    doc_note(book->doc,
             str_fmt(book->arena, "%.*s: %.*s", STR_ARG(report_word(book, "Class")), STR_ARG(report_class(book))));
    doc_text(book->doc, report_word(book, ". Do not pass this report on without the audit programme manager."));
    if (book->audit.confidentiality.len > 0 && !str_eq(report_class(book), book->audit.confidentiality))
        doc_text(book->doc, str_fmt(book->arena, " %.*s", STR_ARG(book->audit.confidentiality)));
    return true;
}

/* ------------------------------------------------------------------------------------------------------- approval */

static void approval(ReportBook *book)
{
    const ReportIssue *issue = &book->issue;
    Signature signatures[]   = {
          { .meaning = report_word(book, "Author"),
            .name    = report_person(book, book->report.author),
            .role    = report_word(book, id_eq(book->report.author, book->audit.lead) ? "lead auditor" : "auditor") },
          { .meaning = report_word(book, "Approved"),
            .name    = report_person(book, id_is_none(book->report.approver) ? book->audit.report_approver
                                                                             : book->report.approver),
            .role    = report_word(book, "approver of the report"),
            .date    = date_to_human(book->arena, book->report.issued_on) },
    };

    if (issue->is_issued)
        signatures[1].proof =
            str_fmt(book->arena, "in the record, event %.*s", STR_ARG(report_count(book, issue->event)));
    if (issue->submit_event >= 0) {
        signatures[0].date = date_to_human(book->arena, issue->submitted_on);
        signatures[0].proof =
            str_fmt(book->arena, "in the record, event %.*s", STR_ARG(report_count(book, issue->submit_event)));
    } else if (issue->is_issued) {
        signatures[0].date  = signatures[1].date;
        signatures[0].proof = report_word(book, "in the record, with the issue");
    }
    report_heading(book, 1, "Approval");
    doc_signatures(book->doc, signatures, countof(signatures));
    if (book->report.late_reason.len > 0) {
        doc_paragraph(book->doc, report_word(book, "This report is later than the programme allows: "));
        report_say(book, str_trim(book->report.late_reason));
    }
}

static void verification(ReportBook *book)
{
    const ReportIssue *issue = &book->issue;

    if (!issue->is_issued) return;
    report_heading(book, 1, "Verify this report");
    doc_verify(book->doc, &(DocProof){
                              .statement = str_fmt(
                                  book->arena,
                                  "The issue of this report is event %.*s of the record of %.*s. With it the record "
                                  "has %.*s events and the root below, and whatever is written later only adds to "
                                  "it. The SHA-256 of this file is recorded in an event right after; whoever has "
                                  "the file can compare the two.",
                                  STR_ARG(report_count(book, issue->event)), STR_ARG(book->organisation.name),
                                  STR_ARG(report_count(book, issue->tree.size))),
                              .event   = report_count(book, issue->event),
                              .root    = hash_to_hex(book->arena, &issue->tree.root),
                              .key     = issue->key,
                              .command = str_fmt(book->arena, "plumbline prove %lld", (long long)issue->event),
                          });
}

/* ------------------------------------------------------------------------------------------------------- the report */

bool report_compose(Call *call, const Report *report, Document **out, Err *err)
{
    ReportBook *book = arena_new(call->arena, ReportBook);

    if (!report_book_load(call, report, book, err)) return false;
    book->doc = document_open(book);
    if (!cover(book, err) || !summary(book, err) || !objectives(book, err)) return false;
    report_part_findings(book);
    if (!report_part_next_steps(book, err)) return false;
    report_part_work(book);
    if (!distribution(book, err)) return false;
    approval(book);
    verification(book);
    if (!report_annex_findings(book, err)) return false;
    report_annex_coverage(book);
    report_annex_sampling(book);
    report_annex_team(book);
    *out = book->doc;
    return true;
}

bool audit_report_html(Call *call, const Report *report, Buf *out, Err *err)
{
    Document *doc;

    if (!report_compose(call, report, &doc, err)) return false;
    page_document(out, doc);
    if (!buf_overflowed(out)) return true;
    return err_set(err, ERR_LIMIT, 0, .what = STR("report is too long for a page"),
                   .detail = STR("Its sheets were cut."), .hint = STR("Read the PDF."));
}

bool audit_report_pdf(Call *call, const Report *report, Str *bytes, size_t *pages, Err *err)
{
    Document *doc;
    Pdf pdf;

    if (!report_compose(call, report, &doc, err) || !pdf_render(doc, call->arena, &pdf, err))
        return err_context(err, "setting report %.*s", STR_ARG(report->head.number));
    *bytes = pdf.bytes;
    *pages = pdf.pages;
    return true;
}
