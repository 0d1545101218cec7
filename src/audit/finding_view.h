/* SPDX-License-Identifier: Apache-2.0
 * audit/finding_view.h: one finding for a reader: what belongs to it and what happened to it. A fixed number of
 * queries.
 */
#pragma once

#include "audit/audit.h"
#include "audit/evidence.h"
#include "audit/finding.h"
#include "audit/request.h"
#include "record/history.h"

enum { FINDING_HISTORY = 30 };

typedef struct {
    Finding finding;
    Audit audit;           /* id none: from another source */
    EvidenceList evidence; /* what this reader may see of it */
    EvidenceRequest asked; /* for the dispute; id none: nothing was asked for */
    HistoryLines history;  /* newest first; empty when it is shown as it stood */
    Names *names;          /* of every reference above */
} FindingView;

/* What belongs to `finding`, which the reader may see. `as_of` none: now. */
MUST_USE bool finding_view_load(Call *call, const Finding *finding, Time as_of, FindingView *out, Err *err);
/* The last time the verb was used; NULL: not among the last FINDING_HISTORY changes. */
const HistoryLine *finding_last(const FindingView *view, const char *verb);
