/* SPDX-License-Identifier: Apache-2.0
 * Incidents, complaints, indicators and changes. */
#include "org/occurrence.h"

static const Choice occurrence_kinds_rows[] = {
    { "incident", N_("Incident") }, { "complaint", N_("Complaint") },   { "indicator", N_("Indicator") },
    { "change", N_("Change") },     { "monitoring", N_("Monitoring") },
};
static const ChoiceList occurrence_kinds = CHOICES_OF("occurrence_kind", occurrence_kinds_rows);

#define RECORD_TYPE   Occurrence
#define RECORD_FIELDS "org/occurrence.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step occurrence_steps[] = {
    PLAIN_STEPS("isms_manager|coordinator"),
};
static const See occurrence_see[] = {
    { "everyone", NULL },
};

const Type occurrence_type = {
    .name = "occurrence", .plural = "occurrences", .label = "Occurrence", .label_plural = "Incidents, complaints, changes",
    .about = "An incident, complaint, indicator or change that audits and nonconformities refer to.",
    .number_format = "OC-%03d", .states = &plain_states,
    TYPE_FIELDS(Occurrence), TYPE_STEPS(occurrence_steps), TYPE_SEE(occurrence_see),
};
/* clang-format on */
