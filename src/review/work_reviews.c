/* SPDX-License-Identifier: Apache-2.0
 * My work in management reviews. */
#include <assert.h>

#include "review/review.h"
#include "review/work_rule.h"

/* The queries count on these. */
static_assert(REVIEW_PLANNED == 1 && REVIEW_HELD == 2 && INPUT_WAITING == 1 && DECISION_PROPOSED == 1 &&
                  DECISION_DECIDED == 2,
              "states");

#define INPUTS_OF(person, where)                                                                                       \
    "SELECT review.number || '/' || review_input.number, '', review_input.state, review_input.due,"                    \
    "       review_input.updated_at, " person ", ''"                                                                   \
    "  FROM review_input"                                                                                              \
    "  JOIN review ON review.id = review_input.review AND review.state = 1"                                            \
    " WHERE $2 > 0 AND review_input.state = 1 AND " where WORK_ORDER
#define DECISIONS(where)                                                                                               \
    "SELECT decision.number, decision.text, decision.state, decision.due, decision.updated_at, 0, ''"                  \
    "  FROM decision"                                                                                                  \
    "  JOIN review ON review.id = decision.review"                                                                     \
    " WHERE $2 > 0 AND " where WORK_ORDER
#define IS_TOP "EXISTS (SELECT 1 FROM role WHERE role.person = $1 AND role.role = 1 AND role.state = 1)"

/* clang-format off */
static const WorkRule rules[] = {
    { WORK_DO, DUE_AS_IT_IS, &review_input_type, "give", NULL, N_("give the input of the review"), NULL, INPUTS_OF("0", "review_input.asked = $1") },
    { WORK_WAIT, DUE_AS_IT_IS, &review_input_type, NULL, "isms_manager", N_("an input of the review"), NULL,
      INPUTS_OF("review_input.asked", "review_input.asked > 0 AND review_input.asked <> $1") },
    { WORK_DO, DUE_AS_IT_IS, &review_type, "hold", NULL, N_("record the review as held"), NULL,
      "SELECT number, '', state, date, updated_at, 0, ''"
      "  FROM review"
      " WHERE state = 1 AND date <= $2"
      "   AND (chair = $1 OR EXISTS (SELECT 1 FROM role WHERE role.person = $1 AND role.role = 3 AND role.state = 1))" WORK_ORDER },
    { WORK_DECIDE, DUE_WORKDAYS_5, &review_type, "approve", "top_management", N_("approve the minutes"), NULL,
      "SELECT number, '', state, held_on, updated_at, 0, '' FROM review WHERE $1 > 0 AND $2 > 0 AND state = 2" WORK_ORDER },
    { WORK_DECIDE, DUE_AS_IT_IS, &decision_type, "decide", NULL, N_("decide on what was proposed"), NULL,
      DECISIONS("decision.state = 1 AND review.state = 2 AND (review.chair = $1 OR " IS_TOP ")") },
    { WORK_DO, DUE_AS_IT_IS, &decision_type, "done", NULL, N_("carry the decision out"), NULL, DECISIONS("decision.state = 2 AND decision.owner = $1") },
};
/* clang-format on */

const WorkRules review_work = { rules, countof(rules) };
