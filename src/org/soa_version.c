/* SPDX-License-Identifier: Apache-2.0
 * Versions of the Statement of Applicability. */
#include "org/soa_version.h"

#include "record/change.h"

static const Choice soa_version_states_rows[] = {
    { "draft", N_("Draft") },
    { "approved", N_("Approved") },
    { "superseded", N_("Superseded") },
};
static const ChoiceList soa_version_states = CHOICES_OF("soa_version_state", soa_version_states_rows);

#define RECORD_TYPE   SoaVersion
#define RECORD_FIELDS "org/soa_version.fields.h"
#include "record/define.h"

static bool soa_version_approve(Call *call, void *record, Changes *changes, Err *err)
{
    SoaVersion *version = record;

    (void)changes, (void)err;
    version->approved_by = call->who;
    version->approved_on = call->today;
    return true;
}

/* soa-1: whoever wrote the version does not approve it. */
static bool guard_approver_is_not_author(Call *call, const void *record, Err *err)
{
    const SoaVersion *version = record;

    (void)err;
    if (id_eq(version->head.created_by, call->who)) {
        refuse(call, (Refusal){ .rule    = STR("soa-1"),
                                .missing = STR("an approver who did not write this version"),
                                .could   = people_who_could(call, guard_approver_is_not_author, record),
                                .next    = call_text(call, "Ask one of them to approve it.") });
    }
    return true;
}

static const Verb soa_version_verbs[] = {
    { .name = "approve", .label = N_("Approve version"), .body = soa_version_approve, .flags = VERB_PRIMARY },
};

/* clang-format off */
static const Step soa_version_steps[] = {
    { STATE_NEW, "create",  SOA_DRAFT,    "isms_manager",   { NULL } },
    { SOA_DRAFT, "edit",    STATE_SAME,   "isms_manager",   { NULL } },
    { SOA_DRAFT, "approve", SOA_APPROVED, "top_management", { guard_approver_is_not_author } },
};
static const See soa_version_see[] = {
    { "everyone", NULL },
};

const Type soa_version_type = {
    .name = "soa_version", .plural = "soa-versions", .label = "Version of the SoA", .label_plural = "Versions of the SoA",
    .about = "A version of the Statement of Applicability, approved by top management.",
    .states = &soa_version_states, TYPE_VERBS(soa_version_verbs), .sort = "-dated",
    TYPE_FIELDS(SoaVersion), TYPE_STEPS(soa_version_steps), TYPE_SEE(soa_version_see),
};
/* clang-format on */
