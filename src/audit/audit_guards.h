/* SPDX-License-Identifier: Apache-2.0
 * audit/audit_guards.h: what must hold before an audit takes a step (requirements 4.4). Each guard is named by the
 * sentence that is true when it holds. */
#pragma once

#include "record/type.h"

/* initiate, feasibility (audit.c's own are static); agree-plan: audit_plan.c */
Guard guard_scope_is_defined;      /* R-922-8 */
Guard guard_agenda_covers_scope;   /* agree-plan-1 */
Guard guard_auditees_accept;       /* agree-plan-2 */
Guard guard_notice_is_kept;        /* R-922-5 */
Guard guard_live_tests_are_agreed; /* A.8.34: agree-plan-3 */
Guard guard_team_is_qualified;     /* G-16, G-17 */
Guard guard_team_is_independent;   /* G-01, G-02, G-04 */
Guard guard_team_has_declared;     /* R-922-9 */

/* fieldwork and finish: audit_finish.c */
Guard guard_opening_is_recorded; /* open-1 */
Guard guard_papers_are_done;     /* finish-1 */
Guard guard_papers_are_reviewed; /* finish-2 */
Guard guard_requests_are_closed; /* finish-3 */
Guard guard_closing_is_recorded; /* finish-4 */

/* issue-report, start-follow-up, close: audit_close.c */
Guard guard_report_is_complete;       /* issue-report-1 */
Guard guard_findings_are_read;        /* issue-report-2 */
Guard guard_report_approver_is_apart; /* G-08 */
Guard guard_report_is_in_time;        /* R-922-6 */
Guard guard_findings_are_issued;      /* start-follow-up-1 */
Guard guard_report_is_distributed;    /* R-922-10 */
Guard guard_auditors_are_evaluated;   /* close-1 */
Guard guard_lessons_are_written;      /* close-2 */
Guard guard_findings_are_in_hand;     /* close-3 */
Guard guard_coverage_is_kept;         /* cancel-1 */
