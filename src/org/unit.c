/* SPDX-License-Identifier: Apache-2.0
 * Units. */
#include "org/unit.h"

#define RECORD_TYPE   Unit
#define RECORD_FIELDS "org/unit.fields.h"
#include "record/define.h"

static const Step unit_steps[] = { PLAIN_STEPS("administrator|isms_manager") };
static const See unit_see[]    = { { "everyone", NULL } };

const Type unit_type = {
    .name          = "unit",
    .plural        = "units",
    .label         = "Unit",
    .label_plural  = "Units",
    .about         = "A part of the organisation: department, team.",
    .number_format = "UNIT-%d",
    TYPE_FIELDS(Unit),
    .states = &plain_states,
    TYPE_STEPS(unit_steps),
    TYPE_SEE(unit_see),
};
