/* SPDX-License-Identifier: Apache-2.0
 * tests/support/world_case.h: one case as it happens in a company: a database that nobody restored for fourteen months,
 * with its tree of causes, four actions, a verification that failed and one that passed. Made by verbs, on top of
 * world_action.h. */
#pragma once

#include "world_action.h"

/* F-001, major, of Ben's process: in analysis with a fault tree, three root causes, two searches, four actions of Ben
 * and Eve. Adds Eve Ende ("p-eve"). */
void the_restore_case_planned(House *h);
/* … the plan approved by Ada, three actions claimed with proof, an extension granted, the fourth under way. */
void the_restore_case_under_way(House *h);
/* … all claimed, one returned and claimed again, verified by Dan, waiting; four parts of the ISMS answered. */
void the_restore_case_waiting(House *h);
