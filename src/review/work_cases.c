/* SPDX-License-Identifier: Apache-2.0
 * My work in nonconformities and corrective actions. */
#include <assert.h>

#include "action/action.h"
#include "action/extension.h"
#include "action/nonconformity.h"
#include "review/work_rule.h"

/* The queries count on these. */
static_assert(NC_REGISTERED == 1 && NC_ASSIGNED == 2 && NC_ACKNOWLEDGED == 3 && NC_ANALYSIS == 4 &&
                  NC_PLAN_REVIEW == 5 && NC_IMPLEMENTED == 7 && NC_MONITORING == 8 && NC_CORRECTED_ONLY == 9,
              "states of a nonconformity");
static_assert(ACTION_IN_PROGRESS == 2 && ACTION_RETURNED == 5 && ACTION_CANCELLED == 6 && EXTENSION_ASKED == 1,
              "states");

#define KEEPERS   "coordinator|isms_manager|programme_manager"
#define APPROVERS "coordinator|isms_manager|programme_manager|top_management"

/* A case with the day that counts, whom one waits for, and a sentence; `where` limits. $2 is always looked at. */
#define CASES(day, person, reason, where)                                                                              \
    "SELECT number, title, state, " day ", updated_at, " person ", " reason "  FROM nonconformity"                     \
    " WHERE $2 > 0 AND " where WORK_ORDER
#define OWN "owner = $1 AND state = "
/* Nobody decides on what he does himself (G-05, G-06, G-11). */
#define TAKES_NO_PART(id)                                                                                              \
    "NOT EXISTS (SELECT 1 FROM action WHERE action.nonconformity = " id " AND action.state <> 6"                       \
    " AND (action.owner = $1 OR action.claimed_by = $1))"

/* clang-format off */
static const WorkRule rules[] = {
    /* ---- the owner of a case ---- */
    { WORK_DO, DUE_AS_IT_IS, &nonconformity_type, "acknowledge", NULL, N_("acknowledge it"), NULL,
      CASES("acknowledge_due", "0", "''", OWN "2") },
    { WORK_DO, DUE_AS_IT_IS, &nonconformity_type, "correct", NULL, N_("put the situation right"), NULL,
      CASES("correction_due", "0", "''", OWN "3 AND corrected_on = 0 AND correction_impossible = ''") },
    { WORK_DO, DUE_AS_IT_IS, &nonconformity_type, "start-analysis", NULL, N_("start the analysis"), NULL,
      CASES("step_due", "0", "''", OWN "3 AND (corrected_on > 0 OR correction_impossible <> '')") },
    { WORK_DO, DUE_AS_IT_IS, &nonconformity_type, "submit-plan", NULL, N_("find the cause and submit a plan"), NULL,
      CASES("step_due", "0", "return_comment", OWN "4") },
    { WORK_DO, DUE_AS_IT_IS, &nonconformity_type, NULL, NULL, N_("say what the ISMS changed"), NULL,
      CASES("effectiveness_due", "0", "''", OWN "8 AND (SELECT count(*) FROM isms_change WHERE isms_change.nonconformity = nonconformity.id"
                                                " AND isms_change.state = 1) < 6") },

    /* ---- who acts, checks, judges ---- */
    { WORK_DO, DUE_AS_IT_IS, &action_type, "claim-done", NULL, N_("do it and show the proof"), NULL,
      "SELECT number, text, state, due, updated_at, 0, CASE WHEN state = 5 THEN returned_why ELSE '' END"
      "  FROM action"
      " WHERE $2 > 0 AND owner = $1 AND state IN (2, 5)" WORK_ORDER },
    { WORK_DO, DUE_AS_IT_IS, &nonconformity_type, "verify", NULL, N_("verify that it was done as planned"), NULL,
      CASES("verification_due", "0", "''", "verifier = $1 AND state = 7") },
    { WORK_DO, DUE_AS_IT_IS, &nonconformity_type, "effectiveness-review", NULL, N_("review whether it helped"), NULL,
      CASES("effectiveness_due", "0", "criterion", "reviewer = $1 AND state = 8 AND wait_until <= $2") },

    /* ---- decisions ---- */
    { WORK_DECIDE, DUE_AS_IT_IS, &nonconformity_type, "confirm", KEEPERS, N_("is it a nonconformity? Confirm or reject"), NULL,
      CASES("0", "0", "''", "$1 > 0 AND state = 1") },
    { WORK_DECIDE, DUE_WORKDAYS_5, &nonconformity_type, "approve-plan", APPROVERS, N_("decide on the plan"), NULL,
      CASES("plan_submitted_on", "0", "''", "state = 5 AND owner <> $1 AND " TAKES_NO_PART("nonconformity.id")) },
    { WORK_DECIDE, DUE_AS_IT_IS, &nonconformity_type, "name-verifier", KEEPERS, N_("name a verifier"), NULL,
      CASES("verification_due", "0", "''", "$1 > 0 AND state = 7 AND verifier = 0") },
    { WORK_DECIDE, DUE_AS_IT_IS, &nonconformity_type, "close", KEEPERS, N_("close it: the correction was enough"), NULL,
      CASES("0", "0", "''", "state = 9 AND owner <> $1") },
    { WORK_DECIDE, DUE_AS_IT_IS, &extension_type, "grant", APPROVERS, N_("decide on a later date"), NULL,
      "SELECT extension.number, nonconformity.title, extension.state, extension.old_due, extension.updated_at, 0, extension.reason"
      "  FROM extension"
      "  JOIN nonconformity ON nonconformity.id = extension.nonconformity"
      " WHERE $2 > 0 AND extension.state = 1 AND extension.asked_by <> $1 AND " TAKES_NO_PART("nonconformity.id")
      "   AND (extension.count < 2 OR EXISTS (SELECT 1 FROM role WHERE role.person = $1 AND role.role = 1 AND role.state = 1))" WORK_ORDER },
    { WORK_DECIDE, DUE_WORKDAYS_5, &action_type, NULL, NULL, N_("without an owner: somebody else must take it on"), NULL,
      "SELECT action.number, action.text, action.state, person.last_day, action.updated_at, 0, person.name"
      "  FROM action"
      "  JOIN person ON person.id = action.owner AND person.last_day > 0 AND person.last_day < $2"
      " WHERE action.state IN (2, 5)"
      "   AND (person.manager = $1 OR EXISTS (SELECT 1 FROM role WHERE role.person = $1 AND role.role = 4 AND role.state = 1))" WORK_ORDER },

    /* ---- whom one waits for ---- */
    { WORK_WAIT, DUE_WORKDAYS_5, &nonconformity_type, NULL, NULL, N_("the decision on your plan"), N_("whoever approves plans"),
      CASES("plan_submitted_on", "0", "''", OWN "5") },
    { WORK_WAIT, DUE_AS_IT_IS, &nonconformity_type, NULL, NULL, N_("the verification"), N_("a verifier, still to be named"),
      CASES("verification_due", "verifier", "''", OWN "7") },
    { WORK_WAIT, DUE_AS_IT_IS, &nonconformity_type, NULL, NULL, N_("the waiting period and the effectiveness review"), NULL,
      CASES("effectiveness_due", "reviewer", "''", OWN "8") },
    { WORK_WAIT, DUE_AS_IT_IS, &nonconformity_type, NULL, NULL, N_("what you reported is being looked at"), N_("the coordinator"),
      CASES("0", "0", "''", "reported_by = $1 AND state = 1") },
    { WORK_WAIT, DUE_AS_IT_IS, &extension_type, NULL, NULL, N_("the decision on a later date"), N_("whoever decides on dates"),
      "SELECT extension.number, nonconformity.title, extension.state, extension.old_due, extension.updated_at, 0, extension.reason"
      "  FROM extension"
      "  JOIN nonconformity ON nonconformity.id = extension.nonconformity"
      " WHERE $2 > 0 AND extension.state = 1 AND extension.asked_by = $1" WORK_ORDER },
};
/* clang-format on */

const WorkRules case_work = { rules, countof(rules) };
