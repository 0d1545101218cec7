/* SPDX-License-Identifier: Apache-2.0
 * Lists of values that several record types of the room share. */
#include "audit/choices.h"

#include "base/macros.h"

static const Choice held_rows[] = {
    [HELD_ON_SITE - 1] = { "on_site", N_("On site") },
    [HELD_REMOTE - 1]  = { "remote", N_("Remote") },
    [HELD_HYBRID - 1]  = { "hybrid", N_("Partly remote") },
};
const ChoiceList held_methods = CHOICES_OF("held_method", held_rows);

static const Choice test_rows[] = {
    [TEST_REVIEW - 1]    = { "review", N_("Review of documents and records") },
    [TEST_INTERVIEW - 1] = { "interview", N_("Interview") },
    [TEST_OBSERVE - 1]   = { "observe", N_("Observation") },
    [TEST_TEST - 1]      = { "test", N_("Test") },
};
const ChoiceList test_methods = CHOICES_OF("test_method", test_rows);

static const Choice level_rows[] = {
    [LEVEL_IS_LOW - 1]      = { "low", N_("Low") },
    [LEVEL_IS_MEDIUM - 1]   = { "medium", N_("Medium") },
    [LEVEL_IS_HIGH - 1]     = { "high", N_("High") },
    [LEVEL_IS_CRITICAL - 1] = { "critical", N_("Critical") },
};
const ChoiceList four_levels = CHOICES_OF("level", level_rows);
