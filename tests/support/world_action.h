/* SPDX-License-Identifier: Apache-2.0
 * tests/support/world_action.h: the house of tests with all rooms up to corrective actions, one process and one clause, and
 * short ways to bring a case to where a test begins. */
#pragma once

#include "../support/house.h"

/* Makes Cleo also top management (she is), Ada coordinator and ISMS manager, Dan programme manager; a framework, clause
 * A.8.13, process PR-01 owned by Ben. Called at the start of each test. */
void action_begin(House *h);
/* A minor (or major) nonconformity of Ben's process, registered by Dan, confirmed by Ada: F-001, assigned to Ben. */
void a_case_assigned(House *h, const char *kind);
/* … acknowledged, corrected, in analysis. */
void a_case_in_analysis(House *h, const char *kind);
/* … with analysis, one root cause R1, a search and the action CA-001-1 of Ben, due 2026-12-31. */
void a_case_planned(House *h, const char *kind);
/* … plan submitted (criterion, 90 days, reviewer Cleo) and approved by Ada. */
void a_case_in_progress(House *h, const char *kind);
/* … the action proven and claimed done. */
void a_case_implemented(House *h, const char *kind);
/* … verified by Dan: waiting until 90 days later. */
void a_case_monitoring(House *h, const char *kind);
/* Moves the clock on. */
void days_pass(House *h, int64_t days);
