/* SPDX-License-Identifier: Apache-2.0
 * Test procedures. */
#include "org/procedure.h"

static const Choice procedure_methods_rows[] = {
    { "review", N_("Review") },
    { "interview", N_("Interview") },
    { "observe", N_("Observation") },
    { "test", N_("Test") },
};
static const ChoiceList procedure_methods = CHOICES_OF("procedure_method", procedure_methods_rows);

static const Choice procedure_levels_rows[] = {
    { "basic", N_("Basic") },
    { "focused", N_("Focused") },
    { "full", N_("Full") },
};
static const ChoiceList procedure_levels = CHOICES_OF("procedure_level", procedure_levels_rows);

static const Choice procedure_origins_rows[] = {
    { "built_in", N_("Built in") },
    { "own", N_("Own") },
};
static const ChoiceList procedure_origins = CHOICES_OF("procedure_origin", procedure_origins_rows);

#define RECORD_TYPE   Procedure
#define RECORD_FIELDS "org/procedure.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step procedure_steps[] = {
    PLAIN_STEPS("programme_manager|isms_manager"),
};
static const See procedure_see[] = {
    { "everyone", NULL },
};

const Type procedure_type = {
    .name = "procedure", .plural = "procedures", .label = "Test procedure", .label_plural = "Test procedures",
    .about = "How a clause or control is tested: steps, methods, population, evidence to expect.",
    .states = &plain_states,
    TYPE_FIELDS(Procedure), TYPE_STEPS(procedure_steps), TYPE_SEE(procedure_see),
};
/* clang-format on */
