/* SPDX-License-Identifier: Apache-2.0
 * All parts that a report must have (ISO 19011 6.5.1), and those an ISMS adds, with the texts of the demonstration. */
#include "report_sample.h"

static void cover(Document *doc)
{
    doc_cover_fact(doc, STR("Audit"), STR("IA-26-04"));
    doc_cover_fact(doc, STR("Dates"), STR("14 to 17 Sep 2026"));
    doc_small(doc, STR("hybrid, Utrecht, Porto and remote"));
    doc_cover_fact(doc, STR("Issued"), STR("30 Sep 2026"));
    doc_small(doc, STR("version 1.0"));
    doc_cover_fact(doc, STR("Lead auditor"), STR("Gareth Lowe"));
    doc_small(doc, STR("Lowe Assurance"));
    doc_cover_fact(doc, STR("Team"), STR("Ruben Pires"));
    doc_cover_fact(doc, STR("Client"), STR("Elias Brandt"));
    doc_small(doc, STR("audit programme manager"));
    doc_cover_fact(doc, STR("Approved by"), STR("Elias Brandt"));
    doc_small(doc, STR("not an author (rule G-08)"));
    doc_cover_fact(doc, STR("Receivers"), STR("7"));
    doc_small(doc, STR("see Distribution"));
}

static void summary(Document *doc)
{
    doc_heading(doc, 1, STR("Summary for management"));
    doc_paragraph(
        doc,
        STR("The way Veldane builds and releases ShiftLoom is sound in design and mostly followed. One control did "
            "not hold: a third of the sampled production changes went live on the approval of their own author. "
            "The bypass was closed during the audit week."));
    doc_boxes(doc);
    doc_fact(doc, STR("Nonconformities"), STR(""));
    doc_mark(doc, MARK_MINOR, STR("1 minor"));
    doc_small(doc, STR("0 major"));
    doc_fact(doc, STR("Observations"), STR(""));
    doc_mark(doc, MARK_OBSERVATION, STR("1"));
    doc_fact(doc, STR("Good practice"), STR(""));
    doc_mark(doc, MARK_GOOD, STR("1"));
    doc_fact(doc, STR("Controls tested"), STR("12 of 12 in scope"));
    doc_heading(doc, 2, STR("How far the criteria are met"));
    doc_paragraph(doc, STR("Of 12 controls in scope, 11 conform, one of them with remark; A.8.32 does not."));
    doc_heading(doc, 2, STR("Objective reached"));
    doc_paragraph(
        doc,
        STR("Yes. Conformity was examined for all controls in scope, and the effect of the doubled release rate was "
            "followed through a random sample of production changes ("));
    doc_ref(doc, STR("S-01"));
    doc_text(doc, STR("). The rate itself causes no weakness; the way around the second person does, see "));
    doc_ref(doc, STR("F-019"));
    doc_text(doc, STR("."));
    doc_callout(doc, STR("An audit samples. Parts not looked at may hold weaknesses that this report does not name."));
}

static void objectives(Document *doc)
{
    doc_heading(doc, 1, STR("Objectives, scope, criteria"));
    doc_facts(doc);
    doc_fact(doc, STR("Objectives"),
             STR("Conformity of secure development and change with the standard and own rules; effect of the doubled "
                 "release rate"));
    doc_fact(doc, STR("Scope"), STR(""));
    doc_ref(doc, STR("PR-04"));
    doc_text(doc, STR(" Develop and release, "));
    doc_ref(doc, STR("PR-12"));
    doc_text(doc, STR(" Product management; Utrecht and Porto; period 1 March to 13 September 2026"));
    doc_fact(doc, STR("Criteria"),
             STR("ISO/IEC 27001:2022 with Amendment 1:2024, A.5.8, A.8.4, A.8.25 to A.8.34; Change standard STD-04, "
                 "version 6; Statement of Applicability 2.4"));
    doc_fact(doc, STR("Client"), STR("Elias Brandt, audit programme manager"));
    doc_fact(doc, STR("Dates, places"),
             STR("14 to 17 September 2026, hybrid: Utrecht and Porto on site, Engineering partly remote"));
    doc_fact(doc, STR("Not covered"),
             STR("A.8.30 for one supplier: contract ended on 31 August, access already removed"));
}

static void team(Document *doc)
{
    static const DocColumn columns[] = {
        { STR_INIT("Person"), 38, ALIGN_START, 0 },
        { STR_INIT("Part in the audit"), 0, ALIGN_START, 2 },
        { STR_INIT("Controls"), 0, ALIGN_START, 3 },
    };
    static const struct {
        Str name, part, note, controls;
    } people[] = {
        { STR_INIT("Gareth Lowe"), STR_INIT("Lead auditor, author of this report"), STR_INIT("Lowe Assurance"),
          STR_INIT("A.5.8, A.8.25, A.8.26, A.8.27, A.8.30") },
        { STR_INIT("Ruben Pires"), STR_INIT("Auditor"), STR_INIT("Financial Controller, internal lead auditor"),
          STR_INIT("A.8.4, A.8.28, A.8.29, A.8.31 to A.8.34") },
        { STR_INIT("Priya Raman"), STR_INIT("Auditee, owner of PR-04"), STR_INIT("Engineering"), STR_INIT("") },
        { STR_INIT("Sofia Marin"), STR_INIT("Auditee, owner of PR-12"), STR_INIT("Product"), STR_INIT("") },
    };

    doc_heading(doc, 1, STR("Team and people of the auditee"));
    doc_table(doc, STR(""), columns, countof(columns));
    for (size_t i = 0; i < countof(people); i++) {
        doc_row(doc);
        doc_cell(doc, people[i].name);
        doc_cell(doc, people[i].part);
        doc_small(doc, people[i].note);
        doc_cell(doc, people[i].controls);
    }
    doc_heading(doc, 2, STR("Way of working"));
    doc_list(doc, LIST_BULLET);
    doc_item(doc, STR("Documents and the deployment log were read before the opening meeting on 14 September."));
    doc_item(doc, STR("Six interviews, four of them remote; two walks through a release, from request to production."));
    doc_item(
        doc,
        STR("Facts were confirmed with the process owners each evening and at the closing meeting on 17 September."));
    doc_paragraph(doc, STR("There were no obstacles. All requested evidence was given within two working days."));
}

static void findings_table(Document *doc)
{
    static const DocColumn columns[] = {
        { STR_INIT("No."), 15, ALIGN_START, 0 },   { STR_INIT("Finding"), 0, ALIGN_START, 0 },
        { STR_INIT("Grade"), 31, ALIGN_START, 0 }, { STR_INIT("Criterion"), 28, ALIGN_START, 0 },
        { STR_INIT("Owner"), 28, ALIGN_START, 0 },
    };
    static const struct {
        Str number, title;
        Mark mark;
        Str grade, criterion, owner;
    } rows[] = {
        { STR_INIT("F-019"), STR_INIT("Own changes approved by their author"), MARK_MINOR, STR_INIT("Minor"),
          STR_INIT("A.8.32, A.5.3"), STR_INIT("Priya Raman") },
        { STR_INIT("F-020"), STR_INIT("Old libraries in the reporting service"), MARK_OBSERVATION,
          STR_INIT("Observation"), STR_INIT("A.8.28, A.8.8"), STR_INIT("Priya Raman") },
        { STR_INIT("F-025"), STR_INIT("Threat sketch is part of the design template"), MARK_GOOD,
          STR_INIT("Good practice"), STR_INIT("A.5.8, A.8.27"), STR_INIT("Sofia Marin") },
    };

    doc_table(doc, STR(""), columns, countof(columns));
    for (size_t i = 0; i < countof(rows); i++) {
        doc_row(doc);
        doc_cell(doc, STR(""));
        doc_ref(doc, rows[i].number);
        doc_cell(doc, rows[i].title);
        doc_cell(doc, STR(""));
        doc_mark(doc, rows[i].mark, rows[i].grade);
        doc_cell(doc, rows[i].criterion);
        doc_cell(doc, rows[i].owner);
    }
}

static void findings(Document *doc)
{
    doc_heading(doc, 1, STR("Findings"));
    findings_table(doc);
    doc_finding(doc, STR("F-019"), STR("Own changes approved by their author"), MARK_MINOR, STR("minor nonconformity"));
    doc_fact(doc, STR("Criterion"),
             STR("Change standard 4: a second person approves before production. A.8.32, A.5.3."));
    doc_fact(doc, STR("Condition"),
             STR("5 of 15 sampled production changes were merged by the author through the administrator bypass."));
    doc_fact(doc, STR("Evidence"), STR("Deployment log July to August (412 changes), random sample 15 ("));
    doc_ref(doc, STR("S-01"));
    doc_text(doc, STR("), repository audit log."));
    doc_fact(doc, STR("Effect"), STR("Faulty or harmful code can reach 300 tenants unseen."));
    doc_fact(doc, STR("Grading"),
             STR("The element exists and works for two thirds of the sample; no serious doubt, no earlier case of the "
                 "same cause."));
    doc_fact(doc, STR("Process"),
             STR("PR-04, Utrecht. Owner Priya Raman. Presented on 17 September, agreed on 21 September 2026."));
    doc_finding(doc, STR("F-020"), STR("Old libraries in the reporting service"), MARK_OBSERVATION, STR("observation"));
    doc_fact(doc, STR("Criterion"), STR("A.8.28, A.8.8."));
    doc_fact(doc, STR("Condition"), STR("Oldest library is 420 days behind; no known exploitable weakness today."));
    doc_fact(doc, STR("Process"),
             STR("PR-04, Utrecht. Owner Priya Raman. Presented on 17 September, agreed on 21 September 2026."));
    doc_finding(doc, STR("F-025"), STR("Threat sketch is part of the design template"), MARK_GOOD,
                STR("good practice"));
    doc_fact(doc, STR("Criterion"), STR("A.5.8, A.8.27."));
    doc_fact(doc, STR("Condition"), STR("Product managers draw data flows and misuse cases before estimating."));
    doc_fact(doc, STR("Process"), STR("PR-12, Utrecht. Owner Sofia Marin. Shared with Platform."));
    doc_heading(doc, 2, STR("Status of earlier findings"));
    doc_paragraph(doc, STR("No open finding of an earlier audit concerns the controls in scope."));
}

static const struct {
    Str ref, title, method;
    Mark mark;
    Str result;
} tested[] = {
    { STR_INIT("A.5.8"), STR_INIT("Information security in project management"), STR_INIT("remote"), MARK_PASS,
      STR_INIT("conform") },
    { STR_INIT("A.8.4"), STR_INIT("Access to source code"), STR_INIT("on site"), MARK_PASS, STR_INIT("conform") },
    { STR_INIT("A.8.25"), STR_INIT("Secure development life cycle"), STR_INIT("on site"), MARK_PASS,
      STR_INIT("conform") },
    { STR_INIT("A.8.26"), STR_INIT("Application security requirements"), STR_INIT("remote"), MARK_PASS,
      STR_INIT("conform") },
    { STR_INIT("A.8.27"), STR_INIT("Secure system architecture and engineering principles"), STR_INIT("remote"),
      MARK_PASS, STR_INIT("conform") },
    { STR_INIT("A.8.28"), STR_INIT("Secure coding"), STR_INIT("on site"), MARK_OBSERVATION, STR_INIT("with remark") },
    { STR_INIT("A.8.29"), STR_INIT("Security testing in development and acceptance"), STR_INIT("on site"), MARK_PASS,
      STR_INIT("conform") },
    { STR_INIT("A.8.30"), STR_INIT("Outsourced development"), STR_INIT("remote"), MARK_PASS, STR_INIT("conform") },
    { STR_INIT("A.8.31"), STR_INIT("Separation of development, test and production environments"), STR_INIT("on site"),
      MARK_PASS, STR_INIT("conform") },
    { STR_INIT("A.8.32"), STR_INIT("Change management"), STR_INIT("on site"), MARK_MINOR, STR_INIT("minor") },
    { STR_INIT("A.8.33"), STR_INIT("Test information"), STR_INIT("on site"), MARK_PASS, STR_INIT("conform") },
    { STR_INIT("A.8.34"), STR_INIT("Protection of information systems during audit testing"), STR_INIT("remote"),
      MARK_PASS, STR_INIT("conform") },
};

static void coverage_grid(Document *doc)
{
    doc_coverage(doc, STR("Technological controls after this audit"));
    for (int control = 1; control <= 34; control++) {
        bool now = control == 4 || control >= 25, minor = control == 32 || control == 2,
             planned      = control >= 18 && control <= 24;
        CoverageCell cell = {
            .ref  = str_fmt(doc->arena, "8.%d", control),
            .date = now       ? STR("Sep 26")
                    : planned ? STR("Nov 26")
                              : STR("Sep 25"),
            .mark = minor           ? MARK_MINOR
                    : control == 13 ? MARK_MAJOR
                    : planned       ? MARK_PLANNED
                                    : MARK_PASS,
        };

        cell.says = minor           ? STR("minor found")
                    : control == 13 ? STR("major found")
                    : planned       ? STR("planned")
                                    : STR("tested, conform");
        doc_coverage_cell(doc, cell);
    }
}

static void coverage(Document *doc)
{
    static const DocColumn columns[] = {
        { STR_INIT("Control"), 17, ALIGN_START, 0 },
        { STR_INIT("What it is about"), 0, ALIGN_START, 0 },
        { STR_INIT("Method"), 22, ALIGN_START, 0 },
        { STR_INIT("Result"), 32, ALIGN_START, 0 },
    };

    doc_heading(doc, 1, STR("Coverage"));
    doc_paragraph(doc, STR("All 12 controls in scope were tested."));
    doc_table(doc, STR(""), columns, countof(columns));
    for (size_t i = 0; i < countof(tested); i++) {
        doc_row(doc);
        doc_cell(doc, tested[i].ref);
        doc_cell(doc, tested[i].title);
        doc_cell(doc, tested[i].method);
        doc_cell(doc, STR(""));
        doc_mark(doc, tested[i].mark, tested[i].result);
    }
    coverage_grid(doc);
}

static void sampling(Document *doc)
{
    static const DocColumn columns[] = {
        { STR_INIT("Sample"), 16, ALIGN_START, 0 },   { STR_INIT("Population"), 0, ALIGN_START, 0 },
        { STR_INIT("Method"), 28, ALIGN_START, 0 },   { STR_INIT("n"), 12, ALIGN_END, 0 },
        { STR_INIT("Deviations"), 24, ALIGN_END, 0 }, { STR_INIT("Seed"), 20, ALIGN_START, 0 },
    };
    static const char *const rows[][6] = {
        { "S-01", "Production changes, July and August, 412", "simple random", "15", "5", "20260914" },
        { "S-02", "Repositories with production code, 38", "all", "38", "0", "–" },
        { "S-03", "Joiners in Engineering since March, 9", "all", "9", "0", "–" },
    };

    doc_heading(doc, 1, STR("Sampling"));
    doc_table(doc, STR(""), columns, countof(columns));
    for (size_t r = 0; r < countof(rows); r++) {
        doc_row(doc);
        for (size_t c = 0; c < countof(rows[r]); c++)
            doc_cell(doc, str_from_c(rows[r][c]));
    }
    doc_note(doc, STR("5 of 15: with 95 % confidence up to 57.7 % of changes may deviate (one-sided, exact). Anyone "
                      "can draw the same "
                      "items from the file and the seed."));
}

static void judgement(Document *doc)
{
    doc_heading(doc, 1, STR("Independence"));
    doc_paragraph(doc, STR("Noor Haddad was proposed and refused: she operates PR-04 (rule "));
    doc_ref(doc, STR("G-01"));
    doc_text(doc, STR("). No override was used. Both auditors declared on 7 September 2026 for this scope. Gareth Lowe "
                      "disclosed a former "
                      "client relation with a supplier of Veldane; it was accepted."));
    doc_heading(doc, 1, STR("Differing views"));
    doc_paragraph(doc, STR("None unresolved."));
    doc_heading(doc, 1, STR("Conclusion"));
    doc_paragraph(doc, STR("The management system gives secure development and change a sound frame, and it is "
                           "followed where tools support "
                           "it. Where a person can pass the tool, the rule depends on that person alone. "));
    doc_strong(doc, STR("The control for changes is not effective until the bypass has an end and a witness."));
    doc_heading(doc, 1, STR("Parts not covered"));
    doc_paragraph(
        doc, STR("A.8.30 for one supplier: the contract ended on 31 August 2026 and access had already been removed."));
}

static void next_steps(Document *doc)
{
    doc_heading(doc, 1, STR("Next steps"));
    doc_facts(doc);
    doc_fact(doc, STR("F-019"), STR("Priya Raman, cause and plan by 30 October 2026"));
    doc_fact(doc, STR("F-020"), STR("Priya Raman, decision by 16 November 2026"));
    doc_fact(doc, STR("Programme"), STR("A.8.32 is tested again in the first half of 2027"));
}

static void distribution(Document *doc)
{
    static const DocColumn columns[] = {
        { STR_INIT("Receiver"), 40, ALIGN_START, 0 },
        { STR_INIT("Role"), 0, ALIGN_START, 0 },
        { STR_INIT("Sent"), 28, ALIGN_START, 0 },
        { STR_INIT("Channel"), 28, ALIGN_START, 0 },
    };
    static const char *const receivers[][2] = {
        { "Ingrid Solbakken", "Chief Executive Officer, top management" },
        { "Hannah Okoro", "CISO and ISMS manager" },
        { "Elias Brandt", "Audit programme manager" },
        { "Priya Raman", "Head of Engineering, owner of PR-04" },
        { "Sofia Marin", "Head of Product, owner of PR-12" },
        { "Mateus Carvalho", "Chief Technology Officer" },
        { "Tomasz Wilk", "Head of Platform" },
    };

    doc_heading(doc, 1, STR("Distribution"));
    doc_table(doc, STR(""), columns, countof(columns));
    for (size_t i = 0; i < countof(receivers); i++) {
        doc_row(doc);
        doc_cell(doc, str_from_c(receivers[i][0]));
        doc_cell(doc, str_from_c(receivers[i][1]));
        doc_cell(doc, STR("30 Sep 2026"));
        doc_cell(doc, STR("in the system"));
    }
    doc_note(doc, STR("Confidential. Do not pass on without the audit programme manager; each receiver can find the "
                      "report by its number."));
}

static void proof(Document *doc)
{
    static const Signature signatures[] = {
        { STR_INIT("Author"), STR_INIT("Gareth Lowe"), STR_INIT("lead auditor"), STR_INIT("29 Sep 2026"),
          STR_INIT("signed in the record, event 46,008") },
        { STR_INIT("Approved"), STR_INIT("Elias Brandt"), STR_INIT("audit programme manager"), STR_INIT("30 Sep 2026"),
          STR_INIT("signed in the record, event 46,010") },
    };

    doc_heading(doc, 1, STR("Approval"));
    doc_signatures(doc, signatures, countof(signatures));
    doc_heading(doc, 1, STR("Verify this report"));
    doc_verify(doc,
               &(DocProof){
                   .statement =
                       STR("This report is in the record of Veldane as event 46,011. Whoever has the pack can check it "
                           "without our server; ask the programme manager for it."),
                   .sha256     = STR("c41d7f0a6b2e9384d5c1f7a02b9e6d48317fa5c0e2d94b68a1035c7e8f2690e7"),
                   .event      = STR("46,011"),
                   .checkpoint = STR("46,020"),
                   .root       = STR("7d9c02f4e1a85b36"),
                   .key        = STR("veldane.example/audit+5f1c"),
                   .command    = STR("plumbline verify IA-26-04.zip"),
               });
}

Document *report_sample(Arena *arena)
{
    DocHead head = {
        .form           = DOC_WITH_COVER,
        .kind           = STR("Internal audit report"),
        .title          = STR("Secure development and change"),
        .subtitle       = STR("ISMS of Veldane Systems B.V., ISO/IEC 27001:2022 with Amendment 1:2024"),
        .number         = STR("IA-26-04"),
        .version        = STR("1.0"),
        .classification = STR("confidential"),
        .organisation   = STR("Veldane Systems B.V."),
        .author         = STR("Gareth Lowe"),
        .language       = STR("en-GB"),
        .created        = { 1790758800000000 }, /* 2026-09-30T09:00:00Z */
        .cover_note = STR("An audit samples. Parts not looked at may hold weaknesses that this report does not name."),
        .foot_proof = STR("sha-256 c41d…90e7 · checkpoint 46,020"),
    };
    Document *doc = doc_open(arena, &head);

    cover(doc);
    summary(doc);
    objectives(doc);
    team(doc);
    findings(doc);
    coverage(doc);
    sampling(doc);
    judgement(doc);
    next_steps(doc);
    distribution(doc);
    proof(doc);
    return doc;
}
