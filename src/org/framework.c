/* SPDX-License-Identifier: Apache-2.0
 * Frameworks: where criteria come from. */
#include "org/framework.h"

#include "record/call.h"
#include "record/input.h"

static const Choice framework_states_rows[] = {
    { "draft", N_("Draft") },
    { "active", N_("Active") },
    { "retired", N_("Retired") },
};
static const ChoiceList framework_states = CHOICES_OF("framework_state", framework_states_rows);

#define RECORD_TYPE   Framework
#define RECORD_FIELDS "org/framework.fields.h"
#include "record/define.h"

/* clang-format off */
#define RENEW_INPUT(F, T) F(T, TEXT, version, .label = "Version of the built-in outline", .needed = true, .max_bytes = 40)
INPUT(RenewInput, RENEW_INPUT, "framework.renew")
/* clang-format on */

/* renew: the program brought another version of its outline; requirements and procedures follow by their own verbs. */
static bool framework_renew(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Framework *)record)->version = ((const RenewInput *)call->input)->version;
    return true;
}

static const Verb framework_verbs[] = {
    { .name  = "renew",
      .label = N_("New version of the outline"),
      .help  = N_("Done by \"content load\" when the program brings another version of its outline."),
      .input = &RenewInput_shape,
      .body  = framework_renew },
    { .name = "activate", .label = N_("Activate"), .help = N_("From now on audits may use it as criteria.") },
    { .name  = "retire",
      .label = N_("Retire"),
      .help  = N_("It stays readable; new audits do not use it."),
      .flags = VERB_DANGER },
};

/* clang-format off */
static const Step framework_steps[] = {
    { STATE_NEW,        "create",   FRAMEWORK_DRAFT,   "isms_manager", { NULL } },
    { FRAMEWORK_DRAFT,  "edit",     STATE_SAME,        "isms_manager", { NULL } },
    { FRAMEWORK_DRAFT,  "activate", FRAMEWORK_ACTIVE,  "isms_manager", { NULL } },
    { FRAMEWORK_ACTIVE, "renew",    STATE_SAME,        "isms_manager", { NULL } },
    { FRAMEWORK_ACTIVE, "retire",   FRAMEWORK_RETIRED, "isms_manager", { NULL } },
};
static const See framework_see[] = {
    { "everyone", NULL },
};

const Type framework_type = {
    .name = "framework", .plural = "frameworks", .label = "Framework", .label_plural = "Frameworks",
    .about = "A set of criteria: a standard, law, contract or own rules.",
    .states = &framework_states, TYPE_VERBS(framework_verbs),
    TYPE_FIELDS(Framework), TYPE_STEPS(framework_steps), TYPE_SEE(framework_see),
};
/* clang-format on */
