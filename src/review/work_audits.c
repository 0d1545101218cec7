/* SPDX-License-Identifier: Apache-2.0
 * My work in programme, audits, papers, requests and findings. */
#include <assert.h>

#include "audit/audit.h"
#include "audit/finding.h"
#include "audit/paper.h"
#include "audit/programme.h"
#include "audit/report.h"
#include "audit/request.h"
#include "audit/team.h"
#include "review/work_rule.h"

/* The queries count on these. */
static_assert(AUDIT_PLANNED == 1 && AUDIT_INITIATED == 2 && AUDIT_PREPARING == 3 && AUDIT_PLAN_AGREED == 4 &&
                  AUDIT_FIELDWORK == 5 && AUDIT_REPORTING == 6 && AUDIT_REPORT_ISSUED == 7 && AUDIT_FOLLOW_UP == 8 &&
                  AUDIT_POSTPONED == 10 && AUDIT_TERMINATED == 12 && AUDIT_SPECIAL == 3 && TEAM_EXPERT == 4,
              "numbers of an audit");
static_assert(PAPER_DONE == 3 && PAPER_RETURNED == 5 && REQUEST_OPEN == 1 && REQUEST_SUBMITTED == 2 &&
                  REQUEST_RETURNED == 4,
              "states of papers and requests");
static_assert(FINDING_DRAFT == 1 && FINDING_IN_REVIEW == 2 && FINDING_REVIEWED == 3 && FINDING_PRESENTED == 4 &&
                  FINDING_AGREED == 5 && FINDING_DISPUTED == 6 && FINDING_ISSUED == 7 &&
                  FINDING_UNDER_CONSIDERATION == 8 && FINDING_ACCEPTED == 9 && FINDING_WATCH == 10 &&
                  FINDING_DECLINED == 11 && FINDING_IMPLEMENTED == 12 && FINDING_RISK_ACCEPTED == 13 &&
                  FINDING_OBSERVATION == 3 && FINDING_OFI == 4 && FINDING_GOOD_PRACTICE == 5,
              "numbers of a finding");
static_assert(PROGRAMME_DRAFT == 1 && PROGRAMME_IN_APPROVAL == 2 && PROGRAMME_APPROVED == 3 && OVERRIDE_ASKED == 1 &&
                  OVERRIDE_G02 == 2 && REPORT_DRAFT == 1 && REPORT_APPROVED == 3,
              "numbers of programme, override and report");

enum { LEAD_SEES_AHEAD = 60 };
#define LEAD_SEES_AHEAD_TEXT "60"

#define AUDITS(day, where)                                                                                             \
    "SELECT number, title, state, " day ", updated_at, 0, ''"                                                          \
    "  FROM audit"                                                                                                     \
    " WHERE $2 > 0 AND " where WORK_ORDER
#define LEADS(state_number) "lead = $1 AND kind <= 3 AND state = " state_number

/* Parts are addressed through their audit. */
#define PAPERS(person, where)                                                                                          \
    "SELECT audit.number || '/' || paper.number, paper.title, paper.state, audit.last_day, paper.updated_at, " person  \
    ", paper.review_note"                                                                                              \
    "  FROM paper"                                                                                                     \
    "  JOIN audit ON audit.id = paper.audit AND audit.state IN (4, 5)"                                                 \
    " WHERE $2 > 0 AND " where WORK_ORDER
#define REQUESTS(person, reason, where)                                                                                \
    "SELECT number, text, state, due, updated_at, " person ", " reason "  FROM evidence_request"                       \
    " WHERE $2 > 0 AND " where WORK_ORDER
/* A finding, with its audit where it has one. */
#define FINDINGS(day, person, where)                                                                                   \
    "SELECT finding.number, finding.title, finding.state, " day ", finding.updated_at, " person ", ''"                 \
    "  FROM finding"                                                                                                   \
    "  LEFT JOIN audit ON audit.id = finding.audit"                                                                    \
    " WHERE $2 > 0 AND " where WORK_ORDER
#define ADDRESSED "(finding.owner = $1 OR finding.presented_to = $1)"
#define AWAITS    "finding.owner = $1 AND finding.kind IN (3, 4) AND finding.state "

/* clang-format off */
static const WorkRule rules[] = {
    /* ---- programme ---- */
    { WORK_DECIDE, DUE_WORKDAYS_5, &programme_type, "approve", NULL, N_("decide on the programme"), NULL,
      "SELECT number, title, state, submitted_on, updated_at, 0, note"
      "  FROM programme"
      " WHERE $2 > 0 AND state = 2 AND manager <> $1 AND submitted_by <> $1"
      "   AND (approver = $1 OR EXISTS (SELECT 1 FROM role WHERE role.person = $1 AND role.role = 1 AND role.state = 1))" WORK_ORDER },
    { WORK_DO, DUE_AS_IT_IS, &programme_type, "submit", NULL, N_("submit the programme for approval"), NULL,
      "SELECT number, title, state, 0, updated_at, 0, '' FROM programme WHERE $2 > 0 AND state = 1 AND manager = $1" WORK_ORDER },
    { WORK_DO, DUE_AS_IT_IS, &programme_type, "activate", NULL, N_("put the programme in force"), NULL,
      "SELECT number, title, state, period_from, updated_at, 0, '' FROM programme WHERE $2 > 0 AND state = 3 AND manager = $1" WORK_ORDER },
    { WORK_WAIT, DUE_WORKDAYS_5, &programme_type, NULL, NULL, N_("the approval of the programme"), N_("top management"),
      "SELECT number, title, state, submitted_on, updated_at, approver, '' FROM programme WHERE $2 > 0 AND state = 2 AND manager = $1" WORK_ORDER },

    /* ---- the lead ---- */
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "initiate", NULL, N_("make contact with the auditee"), NULL,
      AUDITS("start", LEADS("1") " AND start <= $2 + " LEAD_SEES_AHEAD_TEXT) },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "confirm-feasible", NULL, N_("confirm that it is feasible"), NULL, AUDITS("start", LEADS("2")) },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "agree-plan", NULL, N_("agree the plan"), NULL, AUDITS("start", LEADS("3")) },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "open", NULL, N_("open the fieldwork"), NULL, AUDITS("start", LEADS("4")) },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "finish", NULL, N_("finish the fieldwork"), NULL, AUDITS("last_day", LEADS("5")) },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "report", NULL, N_("report on what was seen"), NULL, AUDITS("0", LEADS("12")) },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, NULL, NULL, N_("write the report"), NULL,
      AUDITS("0", LEADS("6") " AND NOT EXISTS (SELECT 1 FROM report WHERE report.audit = audit.id AND report.state IN (2, 3))") },
    { WORK_DECIDE, DUE_AS_IT_IS, &audit_type, "issue-report", NULL, N_("approve and issue the report"), NULL,
      AUDITS("0", "report_approver = $1 AND state = 6 AND EXISTS (SELECT 1 FROM report WHERE report.audit = audit.id AND report.state IN (2, 3))") },
    { WORK_WAIT, DUE_AS_IT_IS, &audit_type, NULL, NULL, N_("the approval of the report"), N_("its approver"),
      "SELECT number, title, state, 0, updated_at, report_approver, ''"
      "  FROM audit"
      " WHERE $2 > 0 AND lead = $1 AND state = 6 AND report_approver <> $1"
      "   AND EXISTS (SELECT 1 FROM report WHERE report.audit = audit.id AND report.state IN (2, 3))" WORK_ORDER },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "close", "programme_manager", N_("follow up and close"), NULL,
      AUDITS("0", "$1 > 0 AND kind <= 3 AND state IN (7, 8)") },
    { WORK_DO, DUE_AS_IT_IS, &audit_type, "reschedule", "programme_manager", N_("set new days"), NULL,
      AUDITS("new_window_from", "$1 > 0 AND state = 10") },

    /* ---- the team ---- */
    { WORK_DO, DUE_AS_IT_IS, &audit_type, NULL, NULL, N_("sign the declaration of independence"), NULL,
      "SELECT audit.number, audit.title, audit.state, audit.start, audit.updated_at, 0, ''"
      "  FROM team_member"
      "  JOIN audit ON audit.id = team_member.audit AND audit.state IN (2, 3)"
      " WHERE $2 > 0 AND team_member.person = $1 AND team_member.state = 1 AND team_member.part <= 4"
      "   AND NOT EXISTS (SELECT 1 FROM declaration WHERE declaration.audit = audit.id AND declaration.person = $1 AND declaration.state = 1"
      "                   AND COALESCE(declaration.scope_version, 0) = COALESCE(audit.scope_version, 0))" WORK_ORDER },
    { WORK_WAIT, DUE_AS_IT_IS, &audit_type, NULL, NULL, N_("a declaration of independence"), NULL,
      "SELECT audit.number, audit.title, audit.state, audit.start, audit.updated_at, team_member.person, ''"
      "  FROM audit"
      "  JOIN team_member ON team_member.audit = audit.id AND team_member.state = 1 AND team_member.part <= 4"
      " WHERE $2 > 0 AND audit.lead = $1 AND audit.state = 3 AND team_member.person <> $1"
      "   AND NOT EXISTS (SELECT 1 FROM declaration WHERE declaration.audit = audit.id AND declaration.person = team_member.person"
      "                   AND declaration.state = 1 AND COALESCE(declaration.scope_version, 0) = COALESCE(audit.scope_version, 0))"
      " ORDER BY 4, 1, 6 LIMIT 50" },
    { WORK_DECIDE, DUE_AS_IT_IS, &override_type, "approve", "top_management|programme_manager", N_("decide on an override"), NULL,
      "SELECT audit.number || '/' || override.number, audit.title, override.state, audit.start, override.updated_at, 0, override.facts"
      "  FROM override"
      "  JOIN audit ON audit.id = override.audit"
      " WHERE $2 > 0 AND override.state = 1 AND override.person <> $1"
      "   AND EXISTS (SELECT 1 FROM role WHERE role.person = $1 AND role.state = 1"
      "               AND role.role = CASE WHEN override.rule = 2 THEN 2 ELSE 1 END)" WORK_ORDER },

    /* ---- papers and requests ---- */
    { WORK_DO, DUE_AS_IT_IS, &paper_type, "finish", NULL, N_("work on the paper"), NULL, PAPERS("0", "paper.auditor = $1 AND paper.state IN (1, 2, 5)") },
    { WORK_DECIDE, DUE_AS_IT_IS, &paper_type, "review", NULL, N_("review the paper"), NULL,
      PAPERS("0", "paper.state = 3 AND paper.auditor <> $1 AND (paper.reviewer_planned = $1 OR (paper.reviewer_planned = 0 AND audit.lead = $1))") },
    { WORK_WAIT, DUE_AS_IT_IS, &paper_type, NULL, NULL, N_("the review of your paper"), N_("a second auditor"),
      PAPERS("CASE WHEN paper.reviewer_planned > 0 THEN paper.reviewer_planned WHEN audit.lead <> $1 THEN audit.lead ELSE 0 END",
             "paper.auditor = $1 AND paper.state = 3") },
    { WORK_DO, DUE_AS_IT_IS, &evidence_request_type, "submit", NULL, N_("give what is asked for"), NULL,
      REQUESTS("0", "reason", "asked_of = $1 AND state IN (1, 4)") },
    { WORK_DECIDE, DUE_AS_IT_IS, &evidence_request_type, "accept", NULL, N_("look at what was given"), NULL,
      REQUESTS("0", "answer", "asked_by = $1 AND state = 2") },
    { WORK_WAIT, DUE_AS_IT_IS, &evidence_request_type, NULL, NULL, N_("evidence that you asked for"), NULL,
      REQUESTS("asked_of", "''", "asked_by = $1 AND state IN (1, 4)") },

    /* ---- findings until their issue ---- */
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "submit", NULL, N_("finish the draft"), NULL, FINDINGS("0", "0", "finding.written_by = $1 AND finding.state = 1") },
    { WORK_DECIDE, DUE_AS_IT_IS, &finding_type, "accept", NULL, N_("read and grade the finding"), NULL,
      FINDINGS("0", "0", "finding.state = 2 AND finding.written_by <> $1 AND finding.submitted_by <> $1 AND (audit.lead = $1"
                         " OR (audit.lead IN (finding.written_by, finding.submitted_by) AND EXISTS (SELECT 1 FROM team_member"
                         " WHERE team_member.audit = finding.audit AND team_member.person = $1 AND team_member.state = 1 AND team_member.part <= 2)))") },
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "present", NULL, N_("present it to the auditee"), NULL, FINDINGS("0", "0", "audit.lead = $1 AND finding.state = 3") },
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "agree", NULL, N_("say whether it is right: agree or dispute"), NULL,
      FINDINGS("finding.comment_until", "0", ADDRESSED " AND finding.state = 4") },
    { WORK_DECIDE, DUE_AS_IT_IS, &finding_type, "uphold", NULL, N_("decide on the dispute"), NULL,
      FINDINGS("finding.dispute_due", "0", "audit.lead = $1 AND finding.state = 6") },
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "issue", NULL, N_("issue it"), NULL,
      FINDINGS("0", "0", "audit.lead = $1 AND (finding.state = 5 OR (finding.state = 4 AND finding.comment_until < $2))") },
    { WORK_WAIT, DUE_AS_IT_IS, &finding_type, NULL, NULL, N_("the auditee's comment"), NULL,
      FINDINGS("finding.comment_until", "finding.presented_to", "audit.lead = $1 AND finding.state = 4 AND finding.comment_until >= $2") },
    { WORK_WAIT, DUE_AS_IT_IS, &finding_type, NULL, NULL, N_("the decision on your dispute"), NULL,
      FINDINGS("finding.dispute_due", "audit.lead", ADDRESSED " AND finding.state = 6") },

    /* ---- what is no nonconformity ---- */
    { WORK_DO, DUE_DAYS_45, &finding_type, "dispose", NULL, N_("decide what becomes of it"), NULL,
      FINDINGS("finding.issued_on", "0", AWAITS "IN (7, 8)") },
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "implement", NULL, N_("carry the improvement out"), NULL, FINDINGS("finding.due", "0", AWAITS "= 9") },
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "dispose", NULL, N_("look at it again"), NULL, FINDINGS("finding.review_on", "0", AWAITS "= 10") },
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "consider", NULL, N_("the accepted risk has run out: decide again"), NULL,
      FINDINGS("finding.risk_until", "0", AWAITS "= 13 AND finding.risk_until < $2") },
    { WORK_DO, DUE_AS_IT_IS, &finding_type, "share", NULL, N_("share the good practice"), NULL,
      FINDINGS("0", "0", "audit.lead = $1 AND finding.kind = 5 AND finding.state = 7") },
    { WORK_DECIDE, DUE_AS_IT_IS, &finding_type, "close", "programme_manager", N_("close it"), NULL,
      FINDINGS("0", "0", "$1 > 0 AND finding.state IN (11, 12)") },
};
/* clang-format on */
static_assert(LEAD_SEES_AHEAD == 60, "as in the text above");

const WorkRules audit_work = { rules, countof(rules) };
