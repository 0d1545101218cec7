/* SPDX-License-Identifier: Apache-2.0
 * audit/programme_plan.h: the plan of a programme (audit/planner.h) from its records, and its audits once it is taken
 * over. Lines, their importance, qualifications, computed independence, days, and the audits that there are: all is
 * read as it stands, nothing is kept. */
#pragma once

#include "audit/importance.h"
#include "audit/planner.h"
#include "audit/programme.h"
#include "record/registry.h"

typedef struct {
    Programme programme;
    ProgrammeLineList lines; /* as the planner's */
    IdList *refs;            /* by line: those that apply, as the planner's */
    Importance *importance;  /* by line */
    IdList auditors;         /* people, as the planner's */
    PlanProblem problem;
    AuditPlan plan;
    Date first_day;  /* the earliest day on which an audit may begin */
    Str fingerprint; /* of the audits: 64 hex digits. Other audits, other digits */
    StrList notes;   /* what the reader should know: assumptions, what is not looked at */
} ProgrammePlan;

/* Who may look at a plan, as of a step: it tells what people did and how many days they have. */
#define PLAN_READERS "programme_manager|top_management|isms_manager|manager|deputy|approver"

MUST_USE bool programme_plan_make(Call *call, const Programme *programme, ProgrammePlan *out, Err *err);
/* The window of a planned audit: its quarter, within the line's own window, and not too near for notice. */
void programme_plan_window(const ProgrammePlan *plan, const PlannedAudit *audit, Date *from, Date *to);

/* "plan": the plan with its reasons, as JSON. */
extern const Inquiry programme_plan_inquiry;

/* The verb "take-plan": makes the audits of the plan that was shown, with its teams as proposals. */
extern const Shape take_plan_input;
VerbBody programme_take_plan;
Guard guard_plan_is_whole;
