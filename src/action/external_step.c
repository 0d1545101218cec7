/* SPDX-License-Identifier: Apache-2.0
 * What went to the certification body and came from it (R-17021-3, R-17021-4). */
#include "action/external_step.h"

#include "action/case_part.h"

#define RECORD_TYPE   ExternalStep
#define RECORD_FIELDS "action/external_step.fields.h"
#include "record/define.h"
CASE_PART(ExternalStep);

/* clang-format off */
static const Verb verbs[] = { { .name = "create", .label = N_("Record"), .flags = VERB_INSIDE } };
static const Step steps[] = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { NULL } } };
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

const Type external_step_type = {
    .name = "external_step", .plural = "external-steps", .label = "Step with the body", .label_plural = "Steps with the body",
    .about = "What was sent to the certification body, or said by it.",
    .number_format = "XS-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(ExternalStep), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_SEE(see),
};
/* clang-format on */
