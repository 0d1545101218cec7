/* SPDX-License-Identifier: Apache-2.0
 * action/case_view.h: the whole of one nonconformity for a reader: the case, its parts, what happened, what comes next.
 * As it is now, or as it stood at an instant. The number of queries does not grow with the parts. */
#pragma once

#include "action/action.h"
#include "action/advice.h"
#include "action/analysis.h"
#include "action/correction.h"
#include "action/effectiveness.h"
#include "action/extension.h"
#include "action/external_step.h"
#include "action/recurrence.h"
#include "action/verification.h"
#include "audit/audit.h"
#include "audit/evidence.h"
#include "audit/finding.h"
#include "record/names.h"

/* Of each kind of part at most so many; events shown. */
enum { CASE_PARTS_MAX = 500, CASE_EVENTS_MAX = 12 };

/* One box of the drawing, in the order in which it is read: each box before those under it. */
typedef struct {
    const Cause *cause;
    int depth; /* 0: at the top */
} DrawnCause;

typedef struct {
    DrawnCause *at;
    size_t len, cap;
} CauseDrawing;

/* One change of the case or of a part of it. */
typedef struct {
    int64_t number; /* in the ledger */
    Time time;
    const Type *type;
    const Verb *verb; /* NULL: the program has no such verb any more */
    Id id;            /* of the record */
    Id who;           /* none: the program itself */
} CaseEvent;

typedef struct {
    CaseEvent *at;
    size_t len, cap;
} CaseEvents;

typedef struct {
    Nonconformity nc;
    Finding finding; /* it came from; id none: from no finding */
    Audit audit;     /* of the finding; id none: no audit */
    CorrectionList corrections;
    AnalysisList analyses;
    CauseList causes;
    RootCauseList root_causes;
    SimilarSearchList searches;
    ActionList actions;
    ExtensionList extensions;
    VerificationList verifications;
    EffectivenessList reviews;
    IsmsChangeList isms_changes;
    RecurrenceList recurrences;
    ExternalStepList external_steps;
    AdviceList advice;
    EvidenceList evidence; /* of finding, case and actions: what this reader may see of it */
    CauseDrawing drawing;  /* of the last analysis */
    CaseEvents events;     /* the newest, newest first; without what a verb changed beside its own record */
    int64_t events_count;  /* of all, also of those of its parts */
    Names *names;          /* of every reference above */
} CaseView;

/* The parts of `nc`, which the reader may see. `as_of` none: as they are; else only what was there at that instant, as
 * it was then, and `nc` must be the case of then. */
MUST_USE bool case_view_load(Call *call, const Nonconformity *nc, Time as_of, CaseView *out, Err *err);

/* The last analysis; NULL when there is none. */
const Analysis *case_analysis(const CaseView *view);
/* The answer for a part of the ISMS (1 to ISMS_PARTS); NULL: not asked yet. */
const IsmsChange *case_isms_answer(const CaseView *view, int part);
const RootCause *case_root_cause(const CaseView *view, Id id); /* NULL: none of this case */
/* Actions of the current cycle that are not cancelled: how many there are, are claimed or verified, were done in time.
 */
typedef struct {
    size_t all, done, in_time;
} ActionCount;
ActionCount case_actions(const CaseView *view);

/* The case that came of a finding; *found is false when there is none that the reader may see. */
MUST_USE bool case_of_finding(Call *call, Id finding, Nonconformity *out, bool *found, Err *err);

/* The day on which the case came into its state; none when only its history knows. */
Date case_state_since(const Nonconformity *nc);
