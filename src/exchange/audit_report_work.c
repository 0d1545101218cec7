/* SPDX-License-Identifier: Apache-2.0
 * What was done and how far it reaches: the timetable, the way of working, each clause and control with its result, and
 * the samples with what they allow to say. */
#include "audit/choices.h"
#include "audit/evaluation.h"
#include "exchange/audit_report_inside.h"

/* ------------------------------------------------------------------------------------------------------- timetable */

static void agenda_row(ReportBook *book, const AgendaItem *item)
{
    doc_row(book->doc);
    doc_cell(book->doc, date_to_human(book->arena, item->date));
    doc_small(book->doc, str_fmt(book->arena, "%.*s to %.*s", STR_ARG(item->start_at), STR_ARG(item->end_at)));
    doc_cell(book->doc, item->topic);
    if (item->refs.len > 0) doc_small(book->doc, report_refs(book, &item->refs));
    doc_cell(book->doc, report_person(book, item->auditor));
    doc_cell(book->doc, report_people(book, &item->auditees));
    doc_cell(book->doc, item->method);
    if (item->place.len > 0) doc_small(book->doc, item->place);
}

static void agenda_table(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("Day"), 28, ALIGN_START, 0 },          { STR_INIT("Topic"), 0, ALIGN_START, 3 },
        { STR_INIT("Auditor"), 0, ALIGN_START, 2 },       { STR_INIT("With"), 0, ALIGN_START, 2 },
        { STR_INIT("How and where"), 0, ALIGN_START, 2 },
    };

    report_heading(book, 2, "Timetable");
    report_table(book, columns, countof(columns));
    for (size_t i = 0; i < book->agenda.len; i++)
        agenda_row(book, &book->agenda.at[i]);
}

static void meetings_table(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("Meeting"), 34, ALIGN_START, 0 },
        { STR_INIT("On"), 28, ALIGN_START, 0 },
        { STR_INIT("Present"), 0, ALIGN_START, 0 },
    };

    report_heading(book, 2, "Meetings");
    report_table(book, columns, countof(columns));
    for (size_t i = 0; i < book->meetings.len; i++) {
        const Meeting *meeting = &book->meetings.at[i];
        doc_row(book->doc);
        doc_cell(book->doc, report_value(book, &meeting_type, meeting, "kind"));
        doc_cell(book->doc, STR(""));
        doc_day(book->doc, meeting->date);
        doc_cell(book->doc, report_people(book, &meeting->present));
    }
}

/* ------------------------------------------------------------------------------------------------------- way of
 * working */

static const char *plural(size_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static void say_requests(ReportBook *book)
{
    size_t received = 0, missing = 0;

    for (size_t i = 0; i < book->requests.len; i++) {
        int state = book->requests.at[i].head.state;
        received += state == REQUEST_ACCEPTED;
        missing += state == REQUEST_NOT_RECEIVED;
    }
    if (book->requests.len == 0) return;
    doc_item(book->doc,
             str_fmt(book->arena, "%zu %s: %zu answered, %zu not received.", book->requests.len,
                     plural(book->requests.len, "request for evidence", "requests for evidence"), received, missing));
}

static void say_notice(ReportBook *book)
{
    const Audit *audit = &book->audit;

    if (!audit->notice_days.set) return;
    Str waived = report_people(book, &audit->notice_waived_by);
    doc_item(book->doc, str_fmt(book->arena, "Days between the agreed plan and the first day: %lld%s%.*s%s",
                                (long long)audit->notice_days.value,
                                waived.len > 0 ? ". A longer notice was waived by " : "", STR_ARG(waived), "."));
}

static void say_plan(ReportBook *book)
{
    const Audit *audit = &book->audit;
    Str accepted       = report_people(book, &audit->plan_accepted_by);

    if (accepted.len > 0)
        doc_item(book->doc,
                 str_fmt(book->arena, "The plan (version %lld) was accepted by %.*s.",
                         audit->plan_version.set ? (long long)audit->plan_version.value : 1LL, STR_ARG(accepted)));
    say_notice(book);
    if (id_is_none(audit->live_tests_by)) return;
    doc_item(book->doc, str_fmt(book->arena, "Tests on live systems were agreed with %.*s on %.*s (A.8.34).",
                                STR_ARG(report_person(book, audit->live_tests_by)),
                                STR_ARG(date_to_human(book->arena, audit->live_tests_on))));
}

static void say_papers(ReportBook *book)
{
    size_t reviewed = 0;

    for (size_t i = 0; i < book->papers.len; i++)
        reviewed += book->papers.at[i].head.state == PAPER_REVIEWED;
    if (book->papers.len == 0) {
        if (book->audit.held_before == YES)
            doc_item(book->doc, report_word(book, "This audit was held before the record began: its working papers are "
                                                  "kept by the audit programme manager."));
        return;
    }
    doc_item(book->doc,
             str_fmt(book->arena, "%zu %s, %zu of them reviewed by an auditor who did not write them.",
                     book->papers.len, plural(book->papers.len, "working paper", "working papers"), reviewed));
    if (book->evidence_count > 0 || book->interviews.len > 0)
        doc_item(book->doc, str_fmt(book->arena, "%lld %s and %zu %s support them.", (long long)book->evidence_count,
                                    plural((size_t)book->evidence_count, "item of evidence", "items of evidence"),
                                    book->interviews.len, plural(book->interviews.len, "interview", "interviews")));
}

void report_part_work(ReportBook *book)
{
    report_heading(book, 1, "Plan and way of working");
    doc_list(book->doc, LIST_BULLET);
    say_plan(book);
    say_papers(book);
    say_requests(book);
    if (book->agenda.len > 0) agenda_table(book);
    if (book->meetings.len > 0) meetings_table(book);
}

/* ------------------------------------------------------------------------------------------------------- coverage */

/* What the audit says of one reference. */
typedef struct {
    bool is_examined;
    Mark mark;
    Str word;
    int64_t methods; /* of its papers */
} RefResult;

static int severity(int conclusion)
{
    static const int order[] = {
        [CONCLUDED_CONFORM] = 1, [CONCLUDED_WITH_REMARK] = 2, [CONCLUDED_NOT_COVERED] = 3, [CONCLUDED_NONCONFORM] = 4
    };
    return order[conclusion];
}

/* The gravest finding that names the reference, 0 when there is none. */
static int ref_finding_kind(const ReportBook *book, Id ref)
{
    for (size_t i = 0; i < book->findings.len; i++) {
        if (id_list_has(&book->findings.at[i].refs, ref)) return book->findings.at[i].kind;
    }
    return 0;
}

/* Papers decide; where none is kept here (an audit held before), findings do. */
static int ref_conclusion(const ReportBook *book, Id ref, int kind, RefResult *result)
{
    int worst = 0;

    for (size_t i = 0; i < book->papers.len; i++) {
        const Paper *paper = &book->papers.at[i];
        if (!id_list_has(&paper->refs, ref) || paper->conclusion == 0) continue;
        if (worst == 0 || severity(paper->conclusion) > severity(worst)) worst = paper->conclusion;
        result->methods |= paper->methods;
    }
    if (worst != 0) return worst;
    if (book->audit.held_before != YES || !id_list_has(&book->audit.covered_refs, ref)) return CONCLUDED_NOT_COVERED;
    if (kind == FINDING_MAJOR_NC || kind == FINDING_MINOR_NC) return CONCLUDED_NONCONFORM;
    return kind == FINDING_OBSERVATION || kind == FINDING_OFI ? CONCLUDED_WITH_REMARK : CONCLUDED_CONFORM;
}

static RefResult ref_result(const ReportBook *book, Id ref)
{
    RefResult result = { 0 };
    int kind         = ref_finding_kind(book, ref);
    int conclusion   = ref_conclusion(book, ref, kind, &result);
    bool is_nc       = kind == FINDING_MAJOR_NC || kind == FINDING_MINOR_NC;

    result.is_examined = conclusion != CONCLUDED_NOT_COVERED;
    switch (conclusion) {
    case CONCLUDED_NONCONFORM:
        result.mark = is_nc ? finding_mark(kind) : MARK_FAIL;
        result.word = report_word(book, kind == FINDING_MAJOR_NC ? "not met, major"
                                        : is_nc                  ? "not met, minor"
                                                                 : "not met");
        break;
    case CONCLUDED_WITH_REMARK:
        result.mark = MARK_OBSERVATION, result.word = report_word(book, "met, with remark");
        break;
    case CONCLUDED_NOT_COVERED: result.mark = MARK_PLANNED, result.word = report_word(book, "not covered"); break;
    default: result.mark = MARK_PASS, result.word = report_word(book, "met"); break;
    }
    return result;
}

Examined report_examined(ReportBook *book)
{
    Examined sum = { .all = book->refs.len };

    for (size_t i = 0; i < book->refs.len; i++)
        sum.examined += ref_result(book, book->refs.at[i].head.id).is_examined;
    return sum;
}

/* "interview, test": short words, as a column has little room. */
static Str methods_in_words(const ReportBook *book, int64_t methods)
{
    static const char *const words[] = { [TEST_REVIEW]    = N_("review"),
                                         [TEST_INTERVIEW] = N_("interview"),
                                         [TEST_OBSERVE]   = N_("observation"),
                                         [TEST_TEST]      = N_("test") };
    StrList said                     = { 0 };

    for (int method = TEST_REVIEW; method <= TEST_TEST; method++) {
        if (methods & METHOD_BIT(method)) *list_push(book->arena, &said) = report_word(book, words[method]);
    }
    return str_join(book->arena, &said, STR(", "));
}

/* How the parts of the timetable that concern the reference were held: "on site", "remote". */
static Str ref_held(const ReportBook *book, Id ref)
{
    static const char *const held[] = { "", N_("on site"), N_("remote"), N_("partly remote") };
    StrList said                    = { 0 };

    for (size_t i = 0; i < book->agenda.len; i++) {
        const AgendaItem *item = &book->agenda.at[i];
        bool known             = item->method.len == 0 || !id_list_has(&item->refs, ref);
        for (size_t k = 0; k < said.len; k++)
            known = known || str_eq(said.at[k], item->method);
        if (!known) *list_push(book->arena, &said) = item->method;
    }
    if (said.len == 0) return report_word(book, held[book->audit.method]);
    return str_join(book->arena, &said, STR(", "));
}

static void coverage_row(ReportBook *book, const Requirement *requirement)
{
    RefResult result = ref_result(book, requirement->head.id);
    Str methods      = methods_in_words(book, result.methods);
    Str held         = ref_held(book, requirement->head.id);

    doc_row(book->doc);
    doc_cell(book->doc, STR(""));
    doc_ref(book->doc, requirement->ref);
    doc_cell(book->doc, requirement->title);
    doc_cell(book->doc, methods.len > 0 ? methods : held);
    if (methods.len > 0 && held.len > 0) doc_small(book->doc, held);
    doc_cell(book->doc, STR(""));
    doc_mark(book->doc, result.mark, result.word);
}

static void say_on_the_way(ReportBook *book)
{
    IdList others = { 0 };

    for (size_t i = 0; i < book->findings.len; i++) {
        const IdList *refs = &book->findings.at[i].refs;
        for (size_t k = 0; k < refs->len; k++) {
            bool in_scope =
                id_list_has(&book->audit.refs, refs->at[k]) || id_list_has(&book->audit.covered_refs, refs->at[k]);
            if (!in_scope) id_list_add(book->arena, &others, refs->at[k]);
        }
    }
    if (others.len == 0) return;
    doc_note(book->doc, STR(""));
    report_say(book,
               str_fmt(book->arena, "Found on the way, outside the scope, and so not covered by this audit: %.*s.",
                       STR_ARG(report_refs(book, &others))));
}

/* Evidence that was asked for and never came stands here whatever the writer of the report says (4.9). */
static void say_not_received(ReportBook *book)
{
    for (size_t i = 0; i < book->requests.len; i++) {
        const EvidenceRequest *request = &book->requests.at[i];
        Str refs                       = report_refs(book, &request->refs);
        if (request->head.state != REQUEST_NOT_RECEIVED) continue;
        doc_item(book->doc, str_fmt(book->arena, "%.*s, asked for and not received: %.*s. %.*s%s%.*s",
                                    STR_ARG(request->head.number), STR_ARG(request->text), STR_ARG(request->reason),
                                    refs.len > 0 ? " Concerns " : "", STR_ARG(refs)));
    }
}

static void say_examined(ReportBook *book)
{
    Examined sum = report_examined(book);

    doc_paragraph(book->doc, str_fmt(book->arena, "%zu of %zu clauses and controls in scope were examined.",
                                     sum.examined, sum.all));
}

void report_part_not_covered(ReportBook *book)
{
    report_heading(book, 2, "Parts not covered");
    say_examined(book);
    doc_text(book->doc, report_word(book, " Their results stand in "));
    report_say_annex(book, ANNEX_COVERAGE);
    doc_text(book->doc, STR("."));
    report_say_paragraphs(book, book->report.not_covered.len > 0 ? book->report.not_covered
                                                                 : report_word(book, "None are named."));
    say_not_received(book);
}

/* How many clauses and controls had each result, in the order in which results are first met. */
static void coverage_chart(ReportBook *book)
{
    struct {
        Str word;
        Mark mark;
        int64_t count;
    } results[MARKS];
    size_t len = 0;

    for (size_t i = 0; i < book->refs.len; i++) {
        RefResult result = ref_result(book, book->refs.at[i].head.id);
        size_t at        = 0;
        while (at < len && !str_eq(results[at].word, result.word))
            at++;
        if (at == countof(results)) continue; /* there are fewer words than marks */
        if (at == len) results[len++].count = 0;
        results[at].word = result.word, results[at].mark = result.mark;
        results[at].count++;
    }
    if (len < 2) return;
    doc_bars(book->doc, report_word(book, "Clauses and controls by result"));
    for (size_t i = 0; i < len; i++)
        doc_bar(book->doc, results[i].word, results[i].mark, results[i].count);
}

void report_annex_coverage(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("Reference"), 20, ALIGN_START, 0 },
        { STR_INIT("What it is about"), 0, ALIGN_START, 0 },
        { STR_INIT("How examined"), 36, ALIGN_START, 0 },
        { STR_INIT("Result"), 36, ALIGN_START, 0 },
    };

    report_annex(book, "Coverage");
    say_examined(book);
    coverage_chart(book);
    if (book->refs.len > 0) {
        report_table(book, columns, countof(columns));
        report_sheet(book, "Coverage");
    }
    for (size_t i = 0; i < book->refs.len; i++)
        coverage_row(book, &book->refs.at[i]);
    say_on_the_way(book);
}

/* ------------------------------------------------------------------------------------------------------- samples */

static void count_cell(ReportBook *book, const Int *count)
{
    doc_cell(book->doc, count->set ? STR("") : STR("–"));
    if (count->set) doc_number(book->doc, count->value, report_count(book, count->value));
}

static void sample_row(ReportBook *book, const Sample *sample)
{
    doc_row(book->doc);
    doc_cell(book->doc, STR(""));
    doc_ref(book->doc, sample->head.number);
    doc_cell(book->doc, sample->population);
    if (sample->source.len > 0) doc_small(book->doc, sample->source);
    count_cell(book, &sample->size);
    doc_cell(book->doc, report_value(book, &sample_type, sample, "method"));
    count_cell(book, &sample->n);
    count_cell(book, &sample->deviations);
    doc_cell(book->doc, STR(""));
    doc_code(book->doc, sample->seed.len > 0 ? sample->seed : STR("–"));
}

/* What the result allows to say (4.8, S-4): a bound for samples that chance drew, no confidence for any other. */
static Str sample_conclusion(const ReportBook *book, const Sample *sample)
{
    SampleResult seen = { .size = sample->n.value, .deviations = sample->deviations.value };

    if (sample->method == SAMPLE_ALL) return report_word(book, "Every item was looked at.");
    if (sample->method == SAMPLE_JUDGEMENT)
        return report_word(book, "Chosen by judgement; it says nothing about items that were not looked at.");
    if (!sample_is_random(sample))
        return report_word(book,
                           "Drawn at random within each stratum; its rates hold for the strata, not for the whole.");
    Str bound = evaluation_bound(book->arena, seen, sample_confidence(sample));
    if (!sample->n.set || !sample->deviations.set || bound.len == 0) return report_word(book, "No result yet.");
    return str_fmt(book->arena, "%.*s (one-sided, exact).", STR_ARG(bound));
}

static void sample_facts(ReportBook *book, const Sample *sample)
{
    doc_fact(book->doc, sample->head.number, sample_conclusion(book, sample));
    if (sample->deviations.set && !sample_is_random(sample))
        doc_small(book->doc,
                  str_fmt(book->arena, "%.*s.",
                          STR_ARG(evaluation_count(book->arena, sample->deviations.value, sample->n.value))));
    if (sample->completeness.len > 0)
        doc_small(book->doc, str_fmt(book->arena, "Completeness: %.*s", STR_ARG(sample->completeness)));
    if (sample->decision.len > 0) doc_small(book->doc, sample->decision);
}

void report_annex_sampling(ReportBook *book)
{
    static const DocColumn columns[] = {
        { STR_INIT("Sample"), 18, ALIGN_START, 0 }, { STR_INIT("Population"), 0, ALIGN_START, 0 },
        { STR_INIT("Size"), 16, ALIGN_END, 0 },     { STR_INIT("Method"), 30, ALIGN_START, 0 },
        { STR_INIT("Items"), 14, ALIGN_END, 0 },    { STR_INIT("Deviate"), 19, ALIGN_END, 0 },
        { STR_INIT("Seed"), 24, ALIGN_START, 0 },
    };

    report_annex(book, "Sampling");
    report_say_paragraphs(book, book->report.sampling_statement);
    if (book->samples.len == 0) return;
    report_table(book, columns, countof(columns));
    report_sheet(book, "Samples");
    for (size_t i = 0; i < book->samples.len; i++)
        sample_row(book, &book->samples.at[i]);
    doc_note(book->doc, report_word(book, "Anybody can draw the same items from the population file and the seed."));
    report_heading(book, 2, "What the samples show");
    doc_facts(book->doc);
    for (size_t i = 0; i < book->samples.len; i++)
        sample_facts(book, &book->samples.at[i]);
}
