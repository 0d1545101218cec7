/* SPDX-License-Identifier: Apache-2.0
 * Processes and who answers for them. */
#include "org/process.h"

#include "record/row.h"

static const Choice criticalities_rows[] = {
    { "low", N_("Low") },
    { "medium", N_("Medium") },
    { "high", N_("High") },
    { "critical", N_("Critical") },
};
static const ChoiceList criticalities = CHOICES_OF("criticality", criticalities_rows);

#define RECORD_TYPE   Process
#define RECORD_FIELDS "org/process.fields.h"
#include "record/define.h"

/* process-1: each reference is carried by one process at most, so that its owner is one person. */
static bool guard_references_are_free(Call *call, const void *record, Err *err)
{
    const Process *process = record;

    if (call->input == NULL) return true;
    for (size_t i = 0; i < process->refs.len; i++) {
        IdList carriers = { 0 };
        if (!links_to(call, &process_type, "refs", process->refs.at[i], &carriers, err)) return false;
        for (size_t k = 0; k < carriers.len; k++) {
            Process other;
            if (id_eq(carriers.at[k], process->head.id)) continue;
            if (!record_must(call, &process_type, carriers.at[k], &other, err)) return false;
            if (other.head.state != PLAIN_IN_USE) continue;
            refuse_with(call, "process-1",
                        str_fmt(call->arena,
                                "a reference that no other process carries: one of them belongs to %.*s %.*s",
                                STR_ARG(other.head.number), STR_ARG(other.name)),
                        "Take it out there first, or leave it there.");
            return true;
        }
    }
    return true;
}

/* clang-format off */
static const Step process_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "isms_manager|administrator", { guard_references_are_free } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   "isms_manager",               { guard_references_are_free } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   "isms_manager",               { NULL } },
};
static const See process_see[] = {
    { "everyone", NULL },
};

const Type process_type = {
    .name = "process", .plural = "processes", .label = "Process", .label_plural = "Processes",
    .about = "What the organisation does, who answers for it, and which clauses and controls it carries.",
    .number_format = "PR-%02d", .states = &plain_states,
    TYPE_FIELDS(Process), TYPE_STEPS(process_steps), TYPE_SEE(process_see),
};
/* clang-format on */
