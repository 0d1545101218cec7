/* SPDX-License-Identifier: Apache-2.0
 * Advice (G-15): an auditor may say something, but it is marked as advice and counts when it is asked who may judge
 * later. */
#include "action/advice.h"

#include "action/case_part.h"
#include "record/change.h"

#define RECORD_TYPE   Advice
#define RECORD_FIELDS "action/advice.fields.h"
#include "record/define.h"
CASE_PART(Advice);

static bool advice_create(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Advice *)record)->by = call->who;
    return true;
}

/* clang-format off */
static const Verb verbs[] = { { .name = "create", .label = N_("Advise"), .help = N_("Marked as advice; whoever gives it does not verify the case."), .body = advice_create } };
static const Step steps[] = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { NULL } } };
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

const Type advice_type = {
    .name = "advice", .plural = "advice", .label = "Advice", .label_plural = "Advice",
    .about = "Advice of an auditor on a case, marked as such.",
    .number_format = "AD-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(Advice), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_SEE(see),
};
/* clang-format on */
