/* SPDX-License-Identifier: Apache-2.0
 * What was found: all findings in one table, each in full with its evidence, how earlier findings of the area stood,
 * and who has to do what until when. */
#include "exchange/audit_report_inside.h"

#include "action/nonconformity.h"
#include "audit/evidence.h"
#include "org/calendar.h"
#include "org/due_policy.h"
#include "org/site.h"
#include "record/row.h"

enum { CRITERIA_IN_FULL_MAX = 6 }; /* more references are named by their numbers alone */

/* ------------------------------------------------------------------------------------------------------- the table */

/* Who answers for it: its owner, and before the issue the person to whom it was presented, else the process' owner. */
static Id finding_answers(const ReportBook *book, const Finding *finding)
{
    if (!id_is_none(finding->owner)) return finding->owner;
    if (!id_is_none(finding->presented_to)) return finding->presented_to;
    for (size_t i = 0; i < book->processes.len; i++) {
        if (id_eq(book->processes.at[i].head.id, finding->process)) return book->processes.at[i].owner;
    }
    return (Id){ 0 };
}

static void finding_row(ReportBook *book, const Finding *finding)
{
    doc_row(book->doc);
    doc_cell(book->doc, STR(""));
    doc_ref(book->doc, finding->head.number);
    doc_cell(book->doc, finding->title);
    doc_cell(book->doc, STR(""));
    doc_mark(book->doc, finding_mark(finding->kind), finding_grade_short(book, finding->kind));
    doc_cell(book->doc, STR(""));
    report_say(book, report_refs(book, &finding->refs));
    doc_cell(book->doc, report_person(book, finding_answers(book, finding)));
}

static void findings_table(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("No."), 17, ALIGN_START, 0 },   { STR_INIT("Finding"), 0, ALIGN_START, 0 },
        { STR_INIT("Grade"), 42, ALIGN_START, 0 }, { STR_INIT("Criterion"), 28, ALIGN_START, 0 },
        { STR_INIT("Owner"), 28, ALIGN_START, 0 },
    };

    report_table(book, columns, countof(columns));
    for (size_t i = 0; i < book->findings.len; i++)
        finding_row(book, &book->findings.at[i]);
}

/* ------------------------------------------------------------------------------------------------------- dues */

/* Until when the answer is due: counted from the issue as the case itself will count, in the owner's working days. */
static bool due_count(ReportBook *book, int grade, Id owner, Date *due, Err *err)
{
    Date from = book->report.issued_on;
    Workdays workdays;
    DueRule rule;

    if (!due_rule(book->call, grade, POLICY_ANALYSIS, &rule, err)) return false;
    if (!calendar_of_person(book->call, owner, &workdays, err)) return false;
    *due = rule.unit == DAYS_WORKING ? workday_add(&workdays, from, (int32_t)rule.days)
                                     : workday_due_in_days(&workdays, from, (int32_t)rule.days);
    return true;
}

static int grade_of(const Finding *finding)
{
    if (finding->kind == FINDING_MAJOR_NC) return GRADE_MAJOR;
    return finding->kind == FINDING_MINOR_NC ? GRADE_MINOR : GRADE_OBSERVATION;
}

static bool finding_is_open(const Finding *finding)
{
    return finding_is_nonconformity(finding) || finding_awaits_disposition(finding);
}

/* None where no answer is asked for or the report is not issued; counted once for each grade and owner. */
static bool answer_due(ReportBook *book, const Finding *finding, Date *due, Err *err)
{
    AnswerDue wanted = { .grade = grade_of(finding), .owner = finding_answers(book, finding) };

    *due = (Date){ 0 };
    if (date_is_none(book->report.issued_on) || !finding_is_open(finding)) return true;
    for (size_t i = 0; i < book->dues.len; i++) {
        const AnswerDue *known = &book->dues.at[i];
        if (known->grade != wanted.grade || !id_eq(known->owner, wanted.owner)) continue;
        *due = known->due;
        return true;
    }
    if (!due_count(book, wanted.grade, wanted.owner, &wanted.due, err)) return false;
    *list_push(book->arena, &book->dues) = wanted;
    *due                                 = wanted.due;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- in full */

/* "A.8.32 Change management" */
static Str ref_in_full(const ReportBook *book, Id ref)
{
    return str_fmt(book->arena, "%.*s %.*s", STR_ARG(names_number(book->names, &requirement_type, ref)),
                   STR_ARG(names_title(book->names, &requirement_type, ref)));
}

/* The rule in the auditor's words, and each reference with its title below; without words the references are the rule.
 */
static void say_criterion(ReportBook *book, const Finding *finding)
{
    const IdList *refs = &finding->refs;
    Str rule           = str_trim(finding->criteria);
    Str documents      = report_value(book, &finding_type, finding, "documents");
    StrList titles     = { 0 };

    for (size_t i = 0; i < refs->len && refs->len <= CRITERIA_IN_FULL_MAX; i++)
        *list_push(book->arena, &titles) = ref_in_full(book, refs->at[i]);
    if (titles.len == 0 && refs->len > 0) *list_push(book->arena, &titles) = report_refs(book, refs);
    if (rule.len == 0 && titles.len == 0) return;
    doc_fact(book->doc, report_word(book, "Criterion"), STR(""));
    report_say(book, rule.len > 0 ? rule : str_join(book->arena, &titles, STR("; ")));
    if (documents.len > 0) doc_small(book->doc, documents);
    for (size_t i = 0; i < titles.len && rule.len > 0; i++)
        doc_small(book->doc, titles.at[i]);
}

static void say_evidence(ReportBook *book, const Finding *finding)
{
    if (finding->evidence_text.len == 0 && finding->evidence.len == 0 && id_is_none(finding->sample)) return;
    doc_fact(book->doc, report_word(book, "Evidence"), STR(""));
    report_say(book, str_trim(finding->evidence_text));
    if (!id_is_none(finding->sample)) {
        Str number = names_number(book->names, &sample_type, finding->sample);
        Str last   = number;
        while (str_cut(&number, '/', &last)) {
        } /* within the audit */
        if (finding->evidence_text.len > 0) doc_text(book->doc, STR(" "));
        doc_text(book->doc, report_word(book, "Sample "));
        doc_ref(book->doc, last);
    }
    for (size_t i = 0; i < finding->evidence.len; i++)
        doc_small(book->doc, str_fmt(book->arena, "%.*s %.*s",
                                     STR_ARG(names_number(book->names, &evidence_type, finding->evidence.at[i])),
                                     STR_ARG(names_title(book->names, &evidence_type, finding->evidence.at[i]))));
}

/* The answers of 4.10 that speak for a major one, and the reason where the grade differs. */
static Str grading(ReportBook *book, const Finding *finding)
{
    const struct {
        YesNo answer;
        const char *words;
    } answers[] = {
        { finding->element_missing, N_("a required element is missing or does not work at all") },
        { finding->serious_doubt, N_("there is serious doubt that results or legal duties are met") },
        { finding->several_minors, N_("there are several minors on the same requirement or cause") },
        { finding->earlier_not_effective, N_("an earlier action on the same cause was not effective") },
    };
    StrList said  = { 0 };
    bool answered = false;

    for (size_t i = 0; i < countof(answers); i++) {
        answered = answered || answers[i].answer != UNANSWERED;
        if (answers[i].answer == YES) *list_push(book->arena, &said) = report_word(book, answers[i].words);
    }
    if (!finding_is_nonconformity(finding) || !answered) return str_trim(finding->grading_reason);
    Str reason = str_trim(finding->grading_reason);
    if (said.len == 0)
        return str_fmt(book->arena, "%.*s %.*s",
                       STR_ARG(report_word(book, "None of the four signs of a major nonconformity applies.")),
                       STR_ARG(reason));
    return str_fmt(book->arena, "%.*s: %.*s. %.*s", STR_ARG(report_word(book, "Signs of a major nonconformity")),
                   STR_ARG(str_sentence(book->arena, &said)), STR_ARG(reason));
}

static Str history_in_words(ReportBook *book, const Finding *finding)
{
    Buf text = buf_open(book->arena, 1000);

    if (!date_is_none(finding->presented_on))
        buf_fmt(&text, "Presented to %.*s", STR_ARG(report_person(book, finding->presented_to)));
    if (finding->head.state >= FINDING_AGREED && finding->head.state != FINDING_DISPUTED && text.len > 0)
        buf_add_c(&text, finding->dispute_reason.len > 0 ? ", disputed and decided" : ", agreed");
    if (finding->immediate_risk == YES) buf_add_c(&text, "; told at once because of the risk");
    if (text.len > 0) buf_add_byte(&text, '.');
    return buf_str(&text);
}

static Str place_in_words(ReportBook *book, const Finding *finding)
{
    Str process = report_value(book, &finding_type, finding, "process");
    Str site    = id_is_none(finding->site) ? (Str){ 0 } : names_title(book->names, &site_type, finding->site);

    if (site.len == 0) return process;
    return str_fmt(book->arena, "%.*s%s%.*s", STR_ARG(process), process.len > 0 ? ", " : "", STR_ARG(site));
}

static Str own_dispute(ReportBook *book, const Finding *finding)
{
    if (finding->dispute_reason.len == 0) return (Str){ 0 };
    return str_fmt(book->arena, "%.*s\nDecision: %.*s", STR_ARG(str_trim(finding->dispute_reason)),
                   STR_ARG(str_trim(finding->decision)));
}

static void say_day(ReportBook *book, const char *label, Date day)
{
    if (date_is_none(day)) return;
    doc_fact(book->doc, report_word(book, label), STR(""));
    doc_day(book->doc, day);
}

static bool finding_in_full(ReportBook *book, const Finding *finding, Err *err)
{
    Date due;

    if (!answer_due(book, finding, &due, err)) return false;
    doc_finding(book->doc, finding->head.number, finding->title, finding_mark(finding->kind),
                finding_grade(book, finding->kind));
    say_criterion(book, finding);
    report_say_fact(book, "Condition", finding->condition);
    report_say_fact(book, "Extent", finding->extent);
    say_evidence(book, finding);
    report_say_fact(book, "Effect", finding->effect);
    report_say_fact(book, "Possible reason", finding->cause_hint);
    report_say_fact(book, "Grading", grading(book, finding));
    report_say_fact(book, "Repeats", report_value(book, &finding_type, finding, "repeat_of"));
    report_say_fact(book, "Recommendation, not binding", finding->recommendation);
    report_say_fact(book, "Comment of the auditee", finding->auditee_comment);
    report_say_fact(book, "Differing view", own_dispute(book, finding));
    report_say_fact(book, "Where", place_in_words(book, finding));
    report_say_fact(book, "Owner", report_person(book, finding_answers(book, finding)));
    report_say_fact(book, "Discussed", history_in_words(book, finding));
    say_day(book, "Presented on", finding->presented_on);
    say_day(book, "Answer due", due);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- earlier */

static void earlier_row(ReportBook *book, const EarlierFinding *earlier)
{
    const Finding *finding = earlier->finding;

    doc_row(book->doc);
    doc_cell(book->doc, STR(""));
    doc_ref(book->doc, finding->head.number);
    doc_cell(book->doc, finding->title);
    doc_cell(book->doc, STR(""));
    doc_mark(book->doc, finding_mark(finding->kind), finding_grade_short(book, finding->kind));
    doc_cell(book->doc, STR(""));
    doc_day(book->doc, finding->issued_on);
    doc_cell(book->doc, earlier->state);
}

static void earlier_findings(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("No."), 17, ALIGN_START, 0 },   { STR_INIT("Finding"), 0, ALIGN_START, 0 },
        { STR_INIT("Grade"), 42, ALIGN_START, 0 }, { STR_INIT("Issued"), 25, ALIGN_START, 0 },
        { STR_INIT("State"), 30, ALIGN_START, 0 },
    };

    report_heading(book, 2, "Earlier findings in this area");
    if (book->earlier.len == 0) {
        doc_paragraph(book->doc,
                      report_word(book, "No earlier finding concerns the processes, clauses and controls in scope."));
        return;
    }
    report_table(book, columns, countof(columns));
    report_sheet(book, "Earlier findings");
    for (size_t i = 0; i < book->earlier.len; i++)
        earlier_row(book, &book->earlier.at[i]);
    doc_note(book->doc, report_word(book, book->issue.is_issued ? "States as on the day of the issue of this report."
                                                                : "States as they are now."));
}

void report_part_findings(ReportBook *book)
{
    report_heading(book, 1, "Findings");
    report_say_paragraphs(book, book->report.findings_text);
    if (book->findings.len > 0) {
        findings_table(book);
        doc_note(book->doc, report_word(book, "Each is told in full, with its evidence, in "));
        report_say_annex(book, ANNEX_FINDINGS);
        doc_text(book->doc, STR("."));
    }
    report_heading(book, 2, "Differing views not resolved");
    report_say_paragraphs(book, book->report.differing_views);
    earlier_findings(book);
}

bool report_annex_findings(ReportBook *book, Err *err)
{
    report_annex(book, "Findings in full");
    if (book->findings.len == 0) doc_paragraph(book->doc, report_word(book, "There are no findings."));
    for (size_t i = 0; i < book->findings.len; i++) {
        if (!finding_in_full(book, &book->findings.at[i], err)) return false;
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- next steps */

static bool next_step_row(ReportBook *book, const Finding *finding, Err *err)
{
    Date due;

    if (!answer_due(book, finding, &due, err)) return false;
    doc_row(book->doc);
    doc_cell(book->doc, STR(""));
    doc_ref(book->doc, finding->head.number);
    doc_cell(book->doc, report_person(book, finding_answers(book, finding)));
    doc_cell(book->doc, report_word(book, grade_of(finding) == GRADE_OBSERVATION ? "Decides what is to be done"
                                                                                 : "Gives cause and plan of actions"));
    doc_cell(book->doc, date_is_none(due) ? report_word(book, "counted from the issue") : STR(""));
    doc_day(book->doc, due);
    return true;
}

bool report_part_next_steps(ReportBook *book, Err *err)
{
    static const DocColumn columns[] = {
        { STR_INIT("Finding"), 20, ALIGN_START, 0 },
        { STR_INIT("Who"), 40, ALIGN_START, 0 },
        { STR_INIT("What"), 0, ALIGN_START, 0 },
        { STR_INIT("Until"), 38, ALIGN_START, 0 },
    };
    bool any = false;

    report_heading(book, 1, "Next steps");
    report_say_paragraphs(book, book->report.next_steps);
    for (size_t i = 0; i < book->findings.len; i++) {
        if (!finding_is_open(&book->findings.at[i])) continue;
        if (!any) {
            report_table(book, columns, countof(columns));
            report_sheet(book, "Next steps");
        }
        any = true;
        if (!next_step_row(book, &book->findings.at[i], err)) return false;
    }
    return true;
}
