/* SPDX-License-Identifier: Apache-2.0
 * Evidence of competence. */
#include "org/competence_evidence.h"

static const Choice competence_kinds_rows[] = {
    { "course", N_("Course") },
    { "record", N_("Record") },
    { "practice", N_("Practice") },
    { "test", N_("Test") },
};
static const ChoiceList competence_kinds = CHOICES_OF("competence_kind", competence_kinds_rows);

#define RECORD_TYPE   CompetenceEvidence
#define RECORD_FIELDS "org/competence_evidence.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step competence_evidence_steps[] = {
    PLAIN_STEPS("programme_manager"),
};
static const See competence_evidence_see[] = {
    { "everyone", NULL },
};

const Type competence_evidence_type = {
    .name = "competence_evidence", .plural = "competence-evidence", .label = "Evidence of competence", .label_plural = "Evidence of competence",
    .about = "What shows that a person is competent: course, record, practice, test.",
    .number_format = "CE-%d", .parent = "qualification", .states = &plain_states,
    TYPE_FIELDS(CompetenceEvidence), TYPE_STEPS(competence_evidence_steps), TYPE_SEE(competence_evidence_see),
};
/* clang-format on */
