/* SPDX-License-Identifier: Apache-2.0
 * Risks. */
#include "org/risk.h"

static const Choice risk_levels_rows[] = {
    { "low", N_("Low") },
    { "medium", N_("Medium") },
    { "high", N_("High") },
    { "critical", N_("Critical") },
};
static const ChoiceList risk_levels = CHOICES_OF("risk_level", risk_levels_rows);

#define RECORD_TYPE   Risk
#define RECORD_FIELDS "org/risk.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step risk_steps[] = {
    PLAIN_STEPS("isms_manager|risk_owner|coordinator"),
};
static const See risk_see[] = {
    { "everyone", NULL },
};

const Type risk_type = {
    .name = "risk", .plural = "risks", .label = "Risk", .label_plural = "Risks",
    .about = "A risk, with its level before and after treatment.",
    .number_format = "R-%03d", .states = &plain_states,
    TYPE_FIELDS(Risk), TYPE_STEPS(risk_steps), TYPE_SEE(risk_see),
};
/* clang-format on */
