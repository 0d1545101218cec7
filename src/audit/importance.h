/* SPDX-License-Identifier: Apache-2.0
 * audit/importance.h: how important a line of the programme is (S-1; R-922-2, R-922-7): a weighted sum of six parts,
 * each with the facts it rests on, and the interval that follows. Computed from what is recorded; nothing here decides.
 */
#pragma once

#include "audit/audit.h"
#include "audit/casework.h"
#include "audit/finding.h"
#include "audit/programme.h"
#include "org/occurrence.h"
#include "org/process.h"
#include "org/risk.h"

typedef enum {
    IMPORTANCE_CRITICALITY,
    IMPORTANCE_RISK,
    IMPORTANCE_FINDINGS,
    IMPORTANCE_INCIDENTS,
    IMPORTANCE_CHANGE,
    IMPORTANCE_AGE,
    IMPORTANCE_PARTS
} ImportancePartKind;

/* From here on a line is of high importance: its controls are audited twice in a cycle. */
enum { IMPORTANCE_HIGH = 50 };

typedef struct {
    int permille; /* of the most that this part can be */
    int weight;   /* as it is set */
    Str words;    /* the facts, a sentence */
} ImportancePart;

typedef struct {
    int score; /* 0 to 100, rounded half up */
    ImportancePart parts[IMPORTANCE_PARTS];
    int months_from, months_to; /* the suggested interval: anything in between needs no reason */
    Str words;                  /* all of it, one part a line */
} Importance;

/* What the scores of all lines rest on, read once. */
typedef struct {
    Date day;
    int cycle_months;
    int weights[IMPORTANCE_PARTS];
    ProcessList processes;
    RiskList risks;
    OccurrenceList occurrences; /* of two years */
    FindingList findings;       /* observations and opportunities of two years that await their end */
    CaseSeenList cases;         /* nonconformities of two years */
    AuditList audits;           /* ours, reported */
    IdList clauses;
} ImportanceData;

/* As it stands on `day`. */
MUST_USE bool importance_read(Call *call, const Programme *programme, Date day, ImportanceData *out, Err *err);
MUST_USE bool importance_of(Call *call, const ImportanceData *data, const ProgrammeLine *line, Importance *out,
                            Err *err);

const char *importance_part_label(ImportancePartKind kind);
/* The interval that S-1 suggests for a score; clauses are audited every year whatever it is. */
void importance_interval(int score, bool has_clauses, int cycle_months, int *from, int *to);
/* "Every 6 to 12 months", "Every 36 months" */
Str importance_interval_words(Arena *arena, int from, int to);
