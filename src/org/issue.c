/* SPDX-License-Identifier: Apache-2.0
 * The context of the organisation. */
#include "org/issue.h"

static const Choice issue_kinds_rows[] = {
    { "internal", N_("Internal") },
    { "external", N_("External") },
};
static const ChoiceList issue_kinds = CHOICES_OF("issue_kind", issue_kinds_rows);

#define RECORD_TYPE   Issue
#define RECORD_FIELDS "org/issue.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step issue_steps[] = {
    PLAIN_STEPS("isms_manager"),
};
static const See issue_see[] = {
    { "everyone", NULL },
};

const Type issue_type = {
    .name = "issue", .plural = "issues", .label = "Context issue", .label_plural = "Context",
    .about = "An internal or external issue that can help or harm the ISMS.",
    .number_format = "CI-%02d", .states = &plain_states,
    TYPE_FIELDS(Issue), TYPE_STEPS(issue_steps), TYPE_SEE(issue_see),
};
/* clang-format on */
