/* SPDX-License-Identifier: Apache-2.0
 * Visits of the certification body. */
#include "org/visit.h"

static const Choice visit_stages_rows[] = {
    { "stage_1", N_("Stage 1") },
    { "stage_2", N_("Stage 2") },
    { "surveillance_1", N_("Surveillance 1") },
    { "surveillance_2", N_("Surveillance 2") },
    { "recertification", N_("Recertification") },
    { "special", N_("Special") },
};
static const ChoiceList visit_stages = CHOICES_OF("visit_stage", visit_stages_rows);

#define RECORD_TYPE   Visit
#define RECORD_FIELDS "org/visit.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step visit_steps[] = {
    PLAIN_STEPS("isms_manager|programme_manager"),
};
static const See visit_see[] = {
    { "everyone", NULL },
};

const Type visit_type = {
    .name = "visit", .plural = "visits", .label = "Visit", .label_plural = "Visits",
    .about = "A visit of the certification body.",
    .number_format = "V-%d", .parent = "certificate", .states = &plain_states,
    TYPE_FIELDS(Visit), TYPE_STEPS(visit_steps), TYPE_SEE(visit_see),
};
/* clang-format on */
