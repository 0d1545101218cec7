/* SPDX-License-Identifier: Apache-2.0
 * action/due.h: due dates of a case: set when a step begins, kept with their first value, counted in the working days
 * of the person who has the step (S-7; rulings "past due", K-4). */
#pragma once

#include "action/nonconformity.h"
#include "org/due_policy.h"

/* Sets current and first due of a step (POLICY_ACKNOWLEDGE …) from the rule, counted from `from` in the days of
 * `whose`. */
MUST_USE bool due_begin(Call *call, Nonconformity *nc, int step, Date from, Id whose, Err *err);
/* The current due of a step; NULL for POLICY_ACTION, whose dues stand on the actions. */
Date *due_of(Nonconformity *nc, int step);
/* The due that the policy gives an action of the case: from the day of assignment. */
MUST_USE bool due_policy_of_action(Call *call, const Nonconformity *nc, Id owner, Date *out, Err *err);
/* Keeps step_due right for the state that the case will have; `next_action` is the earliest due of its open actions. */
void due_settle(Nonconformity *nc, int state, Date next_action);
/* The first step of the case that is late at the end of `day`: its POLICY_… number, 0 when none is (K-4). POLICY_ACTION
 * when an open action is past its due. */
int due_late_step(const Nonconformity *nc, Date day);
/* The same as a condition on rows of nonconformity, for lists and counts; :today is the day (record/type.h, See). */
#define DUE_IS_LATE                                                                                                    \
    "(state IN (2, 3, 4, 6, 7) AND step_due > 0 AND step_due < :today)"                                                \
    " OR (state = 8 AND effectiveness_due > 0 AND effectiveness_due < :today)"
/* The day to show for the step that runs: while a case waits the end of the waiting time, from then on the day by which
 * effectiveness is to be reviewed. none: no day is set. */
Date due_shown(const Nonconformity *nc, Date day);
/* Whether due_late_step finds a step, from the few fields that lists read: the same as DUE_IS_LATE. */
bool due_is_late(const Nonconformity *nc, Date day);
/* What due_is_late and due_shown look at, beside the state. */
#define DUE_LOOKS_AT Nonconformity_step_due, Nonconformity_effectiveness_due, Nonconformity_wait_until
/* The earliest due of the actions of the case's cycle that are not claimed done; none when there is none. */
MUST_USE bool due_next_action(Call *call, const Nonconformity *nc, Date *out, Err *err);
