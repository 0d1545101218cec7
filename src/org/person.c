/* SPDX-License-Identifier: Apache-2.0
 * People. Their records are personal data: the ledger binds them by a commitment of their own, which can be erased. */
#include "org/person.h"

#define RECORD_TYPE   Person
#define RECORD_FIELDS "org/person.fields.h"
#include "record/define.h"

bool person_is_here(const Person *person, Date day)
{
    if (person->head.state != PLAIN_IN_USE) return false;
    if (!date_is_none(person->joined) && date_before(day, person->joined)) return false;
    return date_is_none(person->last_day) || !date_before(person->last_day, day);
}

/* person-1: nobody is his own manager. */
static bool guard_manager_is_another(Call *call, const void *record, Err *err)
{
    const Person *person = record;

    (void)err;
    if (call->input != NULL && !id_is_none(person->manager) && id_eq(person->manager, person->head.id))
        invalid(call, STR("manager"), call_text(call, "Choose another person: nobody is his own manager."));
    return true;
}

static const Step person_steps[] = {
    { STATE_NEW, "create", PLAIN_IN_USE, "administrator|isms_manager", { guard_manager_is_another } },
    { PLAIN_IN_USE, "edit", STATE_SAME, "administrator|isms_manager", { guard_manager_is_another } },
    { PLAIN_IN_USE, "void", PLAIN_VOID, "administrator|isms_manager", { NULL } },
};
static const See person_see[] = { { "everyone", NULL } };

const Type person_type = {
    .name          = "person",
    .plural        = "people",
    .label         = "Person",
    .label_plural  = "People",
    .about         = "Somebody who audits, answers, acts or decides.",
    .number_format = "P-%03d",
    .personal      = true,
    TYPE_FIELDS(Person),
    .states = &plain_states,
    TYPE_STEPS(person_steps),
    TYPE_SEE(person_see),
    .sort = "name",
};
