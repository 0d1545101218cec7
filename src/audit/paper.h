/* SPDX-License-Identifier: Apache-2.0
 * audit/paper.h: working papers and their steps. */
#pragma once

#define RECORD_TYPE   Paper
#define RECORD_FIELDS "audit/paper.fields.h"
#include "record/declare.h"

#define RECORD_TYPE   PaperStep
#define RECORD_FIELDS "audit/paper_step.fields.h"
#include "record/declare.h"

#include "record/call.h"

enum { PAPER_NOT_STARTED = 1, PAPER_IN_PROGRESS, PAPER_DONE, PAPER_REVIEWED, PAPER_RETURNED };
enum { JUDGED_YES = 1, JUDGED_NO, JUDGED_PARTLY, JUDGED_NOT_TESTED };
enum { CONCLUDED_CONFORM = 1, CONCLUDED_NONCONFORM, CONCLUDED_WITH_REMARK, CONCLUDED_NOT_COVERED };
enum { STEP_PASS = 1, STEP_FAIL, STEP_NOT_TESTED };

extern const Type paper_type, paper_step_type;

/* The papers of an audit by number. */
MUST_USE bool paper_list_of(Call *call, Id audit, PaperList *papers, Err *err);
