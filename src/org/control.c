/* SPDX-License-Identifier: Apache-2.0
 * The Statement of Applicability, line by line. */
#include "org/control.h"

static const Choice implementations_rows[] = {
    { "not_implemented", N_("Not implemented") },
    { "partly_implemented", N_("Partly implemented") },
    { "implemented", N_("Implemented") },
};
static const ChoiceList implementations = CHOICES_OF("implementation", implementations_rows);

#define RECORD_TYPE   Control
#define RECORD_FIELDS "org/control.fields.h"
#include "record/define.h"

/* control-1: an exclusion is justified (6.1.3 d). */
static bool guard_exclusion_is_justified(Call *call, const void *record, Err *err)
{
    const Control *control = record;

    (void)err;
    if (call->input != NULL && control->applicable == NO && control->justification.len == 0)
        invalid(call, STR("justification"), call_text(call, "Say why the control does not apply."));
    return true;
}

/* clang-format off */
static const Step control_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "isms_manager", { guard_exclusion_is_justified } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   "isms_manager", { guard_exclusion_is_justified } },
};
static const See control_see[] = {
    { "everyone", NULL },
};

const Type control_type = {
    .name = "control", .plural = "controls", .label = "Control in the SoA", .label_plural = "Statement of Applicability",
    .about = "One line of the Statement of Applicability: applicable, why, how far implemented, whose.",
    .states = &plain_states,
    TYPE_FIELDS(Control), TYPE_STEPS(control_steps), TYPE_SEE(control_see),
};
/* clang-format on */
