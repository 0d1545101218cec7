/* SPDX-License-Identifier: Apache-2.0
 * audit/paper_view.h: one working paper for a reader, with everything that is read beside it. The number of queries
 * does not grow with steps, items or evidence. */
#pragma once

#include "audit/evidence.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/request.h"
#include "audit/sample.h"
#include "org/procedure.h"
#include "org/requirement.h"
#include "record/names.h"

typedef struct {
    Paper paper;
    PaperList papers;    /* of the audit, in the order of their making */
    PaperStepList steps; /* by position */
    SampleList samples;
    SampleItemList items; /* of the samples; without replaced ones */
    EvidenceList evidence;
    InterviewList interviews;
    Procedure procedure;  /* it follows; id none: none */
    RequirementList refs; /* what it tests */
    FindingList known;    /* issued before, about the same references; the newest first */
    Names *names;         /* of every reference above */
} PaperView;

MUST_USE bool paper_view_load(Call *call, const Paper *paper, PaperView *out, Err *err);
/* The paper before or after this one; NULL at the ends. */
const Paper *paper_before(const PaperView *view);
const Paper *paper_after(const PaperView *view);
/* The value of "name: value" in a text of such lines; empty when there is none. */
Str line_value(Str lines, Str name);
