/* SPDX-License-Identifier: Apache-2.0
 * What a version of the Statement of Applicability changed. */
#include "org/soa_change.h"

#define RECORD_TYPE   SoaChange
#define RECORD_FIELDS "org/soa_change.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step soa_change_steps[] = {
    PLAIN_STEPS("isms_manager"),
};
static const See soa_change_see[] = {
    { "everyone", NULL },
};

const Type soa_change_type = {
    .name = "soa_change", .plural = "soa-changes", .label = "Change of the SoA", .label_plural = "Changes of the SoA",
    .about = "What a version of the Statement of Applicability changed.",
    .number_format = "SC-%d", .parent = "soa_version", .states = &plain_states,
    TYPE_FIELDS(SoaChange), TYPE_STEPS(soa_change_steps), TYPE_SEE(soa_change_see),
};
/* clang-format on */
