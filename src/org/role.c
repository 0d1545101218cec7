/* SPDX-License-Identifier: Apache-2.0
 * Roles and who holds them. The first administrator is made by `init`; from then on an administrator assigns. */
#include "org/role.h"

static const Choice role_rows[] = {
    [ROLE_TOP_MANAGEMENT - 1]    = { "top_management", N_("top management") },
    [ROLE_PROGRAMME_MANAGER - 1] = { "programme_manager", N_("audit programme manager") },
    [ROLE_ISMS_MANAGER - 1]      = { "isms_manager", N_("ISMS manager") },
    [ROLE_COORDINATOR - 1]       = { "coordinator", N_("coordinator of nonconformities") },
    [ROLE_ADMINISTRATOR - 1]     = { "administrator", N_("administrator") },
    [ROLE_RISK_OWNER - 1]        = { "risk_owner", N_("risk owner") },
    [ROLE_EXTERNAL_AUDITOR - 1]  = { "external_auditor", N_("external auditor") },
};
const ChoiceList roles = CHOICES_OF("role", role_rows);

#define RECORD_TYPE   Role
#define RECORD_FIELDS "org/role.fields.h"
#include "record/define.h"

/* role-1: an assignment ends after it began. */
static bool guard_ends_after_it_began(Call *call, const void *record, Err *err)
{
    const Role *role = record;

    (void)err;
    if (call->input != NULL && !date_is_none(role->until) && date_before(role->until, role->since))
        invalid(call, STR("until"), call_text(call, "Choose a day on or after the first one."));
    return true;
}

static const Step role_steps[] = {
    { STATE_NEW, "create", PLAIN_IN_USE, "administrator", { guard_ends_after_it_began } },
    { PLAIN_IN_USE, "edit", STATE_SAME, "administrator", { guard_ends_after_it_began } },
    { PLAIN_IN_USE, "void", PLAIN_VOID, "administrator", { NULL } },
};
static const See role_see[] = { { "everyone", NULL } };

const Type role_type = {
    .name          = "role",
    .plural        = "roles",
    .label         = "Role",
    .label_plural  = "Roles",
    .about         = "Who holds which role, over what and from when to when.",
    .number_format = "ROLE-%d",
    TYPE_FIELDS(Role),
    .states = &plain_states,
    TYPE_STEPS(role_steps),
    TYPE_SEE(role_see),
};
