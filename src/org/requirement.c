/* SPDX-License-Identifier: Apache-2.0
 * Clauses and controls. */
#include "org/requirement.h"

static const Choice requirement_kinds_rows[] = {
    { "group", N_("Group") },
    { "requirement", N_("Requirement") },
    { "control", N_("Control") },
};
static const ChoiceList requirement_kinds = CHOICES_OF("requirement_kind", requirement_kinds_rows);

static const Choice requirement_themes_rows[] = {
    { "organizational", N_("Organizational") },
    { "people", N_("People") },
    { "physical", N_("Physical") },
    { "technological", N_("Technological") },
};
static const ChoiceList requirement_themes = CHOICES_OF("requirement_theme", requirement_themes_rows);

#define RECORD_TYPE   Requirement
#define RECORD_FIELDS "org/requirement.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step requirement_steps[] = {
    PLAIN_STEPS("isms_manager"),
};
static const See requirement_see[] = {
    { "everyone", NULL },
};

const Type requirement_type = {
    .name = "requirement", .plural = "requirements", .label = "Requirement", .label_plural = "Clauses and controls",
    .about = "A clause or control that an audit can test: reference and short title.",
    .parent = "framework", .states = &plain_states, .sort = "position",
    TYPE_FIELDS(Requirement), TYPE_STEPS(requirement_steps), TYPE_SEE(requirement_see),
};
/* clang-format on */
