/* SPDX-License-Identifier: Apache-2.0
 * audit/choices.h: lists of values that several record types of the room share. */
#pragma once

#include "record/field.h"

/* How an audit is held (ISO 19011 5.5.3). */
enum { HELD_ON_SITE = 1, HELD_REMOTE, HELD_HYBRID };
extern const ChoiceList held_methods;

/* How a fact is found; several may be chosen, so each is a bit of a CHOICES field: METHOD_BIT(TEST_INTERVIEW). */
enum { TEST_REVIEW = 1, TEST_INTERVIEW, TEST_OBSERVE, TEST_TEST };
#define METHOD_BIT(choice) ((int64_t)1 << ((choice)-1))
extern const ChoiceList test_methods;

/* Criticality of a line, rating of a programme risk, significance of a finding. */
enum { LEVEL_IS_LOW = 1, LEVEL_IS_MEDIUM, LEVEL_IS_HIGH, LEVEL_IS_CRITICAL };
extern const ChoiceList four_levels;
