/* SPDX-License-Identifier: Apache-2.0
 * audit/audit_view.h: the whole of one audit for a reader: the audit, what of its parts he may see, what comes next.
 * The number of queries does not grow with the parts. */
#pragma once

#include "audit/agenda.h"
#include "audit/audit.h"
#include "audit/evidence.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/report.h"
#include "audit/request.h"
#include "audit/sample.h"
#include "audit/team.h"
#include "record/names.h"

typedef struct {
    Audit audit;
    TeamMemberList team;
    DeclarationList declarations;
    AgendaItemList agenda; /* by day and time */
    MeetingList meetings;  /* by day */
    PaperList papers;      /* by number */
    SampleList samples;
    EvidenceList evidence;
    EvidenceRequestList requests;
    FindingList findings;
    ReportList reports;
    FindingList earlier; /* of other audits, about a reference of this one; the newest first */
    Names *names;        /* of every reference above */
} AuditView;

/* The parts of `audit`, which the reader may see. */
MUST_USE bool audit_view_load(Call *call, const Audit *audit, AuditView *out, Err *err);

/* How far the working papers are. */
typedef struct {
    size_t all, done, reviewed, open, not_started; /* done: also those reviewed */
} PaperCount;
PaperCount paper_count(const PaperList *papers);
/* Still to be worked on. */
bool paper_is_unfinished(const Paper *paper);
/* The references without their title, neighbours joined: "A.8.1, A.8.6–8.12". `numbers` in the order of the standard.
 */
Str refs_words(Arena *arena, const StrList *numbers);
/* The declaration that a member of the team gave for the scope as it is now; NULL: none. */
const Declaration *declaration_of(const AuditView *view, Id person);
/* The sample drawn for a paper; NULL: none. */
const Sample *sample_of(const SampleList *samples, Id paper);
bool request_is_open(const EvidenceRequest *request);

/* One condition of a verb. */
typedef struct {
    const Refusal *open; /* NULL: it holds, or the form of the verb asks for it */
    const char *rule;
    const char *words; /* what is true, or what the form asks for: a sentence */
    bool holds;
} Condition;

typedef struct {
    Condition *at; /* open ones first, then what the form asks for, then what holds */
    size_t len, cap;
    size_t refused; /* that stand in the way now */
    size_t open;    /* with what the form asks for */
} Conditions;

/* The verb that leads on from the state of the audit, who may use it, and what must hold before. */
typedef struct {
    const Verb *verb; /* NULL: nothing leads on */
    StrList people;   /* names of the first few who may */
    bool is_viewer;   /* the reader is one of them */
    RefusalList refusals;
    Conditions conditions;
} AuditNext;
MUST_USE bool audit_next(Call *call, const Audit *audit, AuditNext *out, Err *err);
