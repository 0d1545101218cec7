/* SPDX-License-Identifier: Apache-2.0
 * Operators, and owners and deputies of the past. */
#include "org/process_person.h"

static const Choice process_parts_rows[] = {
    { "owner", N_("Owner") },
    { "deputy", N_("Deputy") },
    { "operator", N_("Operator") },
};
static const ChoiceList process_parts = CHOICES_OF("process_part", process_parts_rows);

#define RECORD_TYPE   ProcessPerson
#define RECORD_FIELDS "org/process_person.fields.h"
#include "record/define.h"

/* clang-format off */
static const Step process_person_steps[] = {
    PLAIN_STEPS("isms_manager|administrator"),
};
static const See process_person_see[] = {
    { "everyone", NULL },
};

const Type process_person_type = {
    .name = "process_person", .plural = "process-people", .label = "Part in a process", .label_plural = "Parts in processes",
    .about = "Who works or worked in a process; counts for independence (G-01).",
    .number_format = "PP-%d", .parent = "process", .states = &plain_states,
    TYPE_FIELDS(ProcessPerson), TYPE_STEPS(process_person_steps), TYPE_SEE(process_person_see),
};
/* clang-format on */
