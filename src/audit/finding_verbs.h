/* SPDX-License-Identifier: Apache-2.0
 * audit/finding_verbs.h: guards and bodies of a finding's steps, between the files finding*.c. */
#pragma once

#include "audit/finding.h"

/* What an owner may decide on an observation or an opportunity, as choices. */
enum { DECIDE_ACCEPTED = 1, DECIDE_WATCH, DECIDE_DECLINED, DECIDE_CORRECTED };
extern const ChoiceList owner_decisions;

/* finding_judge.c: from the draft to the issue */
Guard guard_belongs_to_an_audit;      /* draft-1 */
Guard guard_cause_is_left_to_auditee; /* G-15 */
Guard guard_statement_is_whole;       /* submit-1, submit-2 */
Guard guard_submitter_may_judge;      /* submit-3 */
Guard guard_reader_is_another;        /* accept-1, accept-2 */
Guard guard_grade_is_answered;        /* accept-3, accept-4 */
Guard guard_process_is_named;         /* present-1 */
Guard guard_time_to_comment;          /* G-18 */
Guard guard_auditee_was_heard;        /* G-18 */
VerbBody finding_draft, finding_edit, finding_submit, finding_accept, finding_return, finding_present, finding_agree;
VerbBody finding_dispute, finding_answer_dispute, finding_decide, finding_issue;

/* finding_follow.c: what comes of it */
Guard guard_source_is_not_an_audit;   /* register-1, register-2 */
Guard guard_is_observation;           /* dispose-1 */
Guard guard_is_good_practice;         /* share-1 */
Guard guard_decline_is_weighed;       /* dispose-2 */
Guard guard_decision_has_its_day;     /* dispose-3 */
Guard guard_risk_owner_has_authority; /* G-12 */
Guard guard_acceptance_ends;          /* G-12 */
Guard guard_acceptance_is_over;       /* consider-1 */
Guard guard_change_is_agreed;         /* G-10 */
Guard guard_void_is_agreed;           /* void-1 */
VerbBody finding_register, finding_hand_on, finding_dispose, finding_implement, finding_close, finding_share;
VerbBody finding_accept_risk, finding_change_type, finding_void;
