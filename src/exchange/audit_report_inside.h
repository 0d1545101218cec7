/* SPDX-License-Identifier: Apache-2.0
 * exchange/audit_report_inside.h: what the parts of the report share, for src/exchange/audit_report*.c alone: the
 * records, read once, and the words that are written from them. */
#pragma once

#include "audit/agenda.h"
#include "audit/audit.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/programme.h"
#include "audit/report.h"
#include "audit/request.h"
#include "audit/sample.h"
#include "audit/team.h"
#include "org/organisation.h"
#include "org/process.h"
#include "org/requirement.h"
#include "paper/document.h"
#include "record/names.h"

/* Where the issue stands in the record. */
typedef struct {
    bool is_issued;
    int64_t event;        /* of the issue */
    Time time;            /* of that event */
    int64_t submit_event; /* of the author's last word before it; -1: none */
    Date submitted_on;
    LedgerHead tree; /* with that event as its last */
    Str key;         /* name and id of the key that signs the record; empty: none */
} ReportIssue;

/* An earlier finding in the area, and how it stood when this report was issued. */
typedef struct {
    const Finding *finding;
    Str state;
} EarlierFinding;

/* Until when an answer is due: the same for all findings of a grade and an owner. */
typedef struct {
    int grade;
    Id owner;
    Date due;
} AnswerDue;

typedef struct {
    Call *call;
    Arena *arena;
    Document *doc;
    Names *names; /* of everything below */
    Report report;
    Audit audit;
    Organisation organisation;
    Programme programme; /* zeroed: none */
    ReportIssue issue;
    ProcessList processes;
    RequirementList refs; /* in scope, in the order of the standard */
    TeamMemberList members;
    DeclarationList declarations;
    OverrideList overrides;
    AgendaItemList agenda;
    MeetingList meetings;
    PaperList papers;
    SampleList samples;
    FindingList findings; /* gravest first */
    InterviewList interviews;
    EvidenceRequestList requests;
    int64_t evidence_count;
    FindingList earlier_findings;
    struct {
        EarlierFinding *at;
        size_t len, cap;
    } earlier;
    IdList receivers;
    Str logo; /* of the organisation: a PNG file; empty: none */
    struct {
        AnswerDue *at;
        size_t len, cap;
    } dues; /* found so far */
} ReportBook;

/* ---- audit_report.c ---- */

/* The document of the report, in the arena of `call`. */
MUST_USE bool report_compose(Call *call, const Report *report, Document **out, Err *err);

/* ---- audit_report_load.c ---- */

MUST_USE bool report_book_load(Call *call, const Report *report, ReportBook *book, Err *err);

/* ---- audit_report_text.c: words ---- */

/* A text of ours in the language of the report. */
Str report_word(const ReportBook *book, const char *english);
Str report_person(const ReportBook *book, Id person);
Str report_people(const ReportBook *book, const IdList *people); /* "Priya Raman and Sofia Marin" */
/* The value of a field for people: the label of a choice, the names of references. */
Str report_value(const ReportBook *book, const Type *type, const void *record, const char *field);
/* Numbers of references: "A.8.4 and A.8.25 to A.8.28". */
Str report_refs(const ReportBook *book, const IdList *refs);
/* "14 to 17 Sep 2026". */
Str report_days(const ReportBook *book, Date from, Date to);
/* "46,011" */
Str report_count(const ReportBook *book, int64_t number);
/* "confidential", or what the audit says where that is short enough for the foot of a page. */
Str report_class(const ReportBook *book);
/* The sign and the words of a kind of finding. */
Mark finding_mark(int kind);
Str finding_grade(const ReportBook *book, int kind);       /* "opportunity for improvement" */
Str finding_grade_short(const ReportBook *book, int kind); /* "opportunity": for a column */

/* Adds `text` to the pen: record numbers and references stay on one line and lead to their place in the report, and
 * days written as 2026-09-14 are shown as people read them. */
void report_say(ReportBook *book, Str text);
/* A text that people wrote, as paragraphs; lines that begin with "- " as a list. */
void report_say_paragraphs(ReportBook *book, Str text);
/* A fact; nothing when the text is empty. */
void report_say_fact(ReportBook *book, const char *label, Str text);
/* A table whose heads are texts of ours. */
void report_table(ReportBook *book, const DocColumn *columns, size_t count);
void report_heading(ReportBook *book, int level, const char *title);
void report_annex(ReportBook *book, const char *title);
/* The table begun last is a sheet of the workbook too. */
void report_sheet(ReportBook *book, const char *name);

/* ---- the parts, in their order; those of the annexes begin theirs ---- */

void report_part_findings(ReportBook *book);                      /* audit_report_findings.c: in a table */
MUST_USE bool report_part_next_steps(ReportBook *book, Err *err); /* audit_report_findings.c */
void report_part_not_covered(ReportBook *book);                   /* audit_report_work.c */
void report_part_work(ReportBook *book);                          /* audit_report_work.c: timetable, way of working */
MUST_USE bool report_annex_findings(ReportBook *book, Err *err);  /* audit_report_findings.c: in full */
void report_annex_coverage(ReportBook *book);                     /* audit_report_work.c */
void report_annex_sampling(ReportBook *book);                     /* audit_report_work.c */
void report_annex_team(ReportBook *book);                         /* audit_report_team.c: with independence */

/* Where an annex is, for those who are sent there: "Annex 2". */
enum { ANNEX_FINDINGS = 1, ANNEX_COVERAGE, ANNEX_SAMPLING, ANNEX_TEAM };
void report_say_annex(ReportBook *book, int annex);

/* How many references in scope were examined, of how many. */
typedef struct {
    size_t examined, all;
} Examined;
Examined report_examined(ReportBook *book);
