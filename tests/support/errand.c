/* SPDX-License-Identifier: Apache-2.0
 * The errand: an owner writes it and asks, another approves (E-01), everybody sees those that are his. */
#include "errand.h"

#include "record/change.h"
#include "record/input.h"

static const Choice grade_rows[] = { { "small", "Small" }, { "large", "Large" } };
static const ChoiceList errand_grades = CHOICES_OF("errand_grade", grade_rows);
static const Choice mean_rows[] = { { "foot", "On foot" }, { "bike", "By bike" }, { "train", "By train" } };
static const ChoiceList errand_means = CHOICES_OF("errand_means", mean_rows);
static const Choice state_rows[] = { { "open", "Open" }, { "asked", "Asked" }, { "done", "Done" }, { "void", "Void" } };
static const ChoiceList errand_states = CHOICES_OF("errand_state", state_rows);

#define RECORD_TYPE   Errand
#define RECORD_FIELDS "../../tests/support/errand.fields.h"
#include "record/define.h"

#define APPROVE_INPUT(F, T) F(T, TEXT, verdict, .label = "Verdict", .needed = true)
INPUT(ApproveInput, APPROVE_INPUT, "errand.approve")

static bool errand_owner(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Errand *)record)->owner);
    return true;
}

/* E-01: whoever approves is not the owner. */
static bool guard_approver_is_another(Call *call, const void *record, Err *err)
{
    const Errand *errand = record;

    (void)err;
    if (id_eq(errand->owner, call->who))
        refuse(call, (Refusal){ .rule    = STR("E-01"),
                                .missing = STR("an approver who does not own it"),
                                .could   = people_who_could(call, guard_approver_is_another, record),
                                .next    = STR("Ask one of them.") });
    return true;
}

static bool errand_approve(Call *call, void *record, Changes *changes, Err *err)
{
    Errand *errand            = record;
    const ApproveInput *input = call->input;

    (void)changes, (void)err;
    errand->approver = call->who;
    errand->verdict  = input->verdict;
    return true;
}

/* A second errand comes with this one. */
static bool errand_double(Call *call, void *record, Changes *changes, Err *err)
{
    const Errand *errand = record;
    Errand *second       = change_make(changes, &errand_type, "create", STR("made by double"));

    (void)call, (void)err;
    second->title = STR("the second");
    second->owner = errand->owner;
    return true;
}

static const Verb errand_verbs[] = {
    { .name = "ask", .label = "Ask for approval" },
    { .name = "approve", .label = "Approve", .input = &ApproveInput_shape, .body = errand_approve },
    { .name = "double", .label = "Double", .body = errand_double },
};
static const Step errand_steps[] = {
    { STATE_NEW, "create", ERRAND_OPEN, "everyone", { NULL } },
    { ERRAND_OPEN, "edit", STATE_SAME, "owner|administrator", { NULL } },
    { ERRAND_ASKED, "edit", STATE_SAME, "owner|administrator", { NULL } },
    { ERRAND_OPEN, "ask", ERRAND_ASKED, "owner", { NULL } },
    { ERRAND_ASKED, "approve", ERRAND_DONE, "top_management|owner", { guard_approver_is_another } },
    { ERRAND_OPEN, "double", STATE_SAME, "owner", { NULL } },
    { STATE_ANY, "void", ERRAND_VOID, "administrator", { NULL } },
};
static const Relation errand_relations[] = { { "owner", "the owner of the errand", errand_owner } };
static const See errand_see[]            = {
               { "top_management|administrator", NULL },
               { "everyone", "owner = :viewer OR id IN (SELECT source FROM record_link WHERE kind = 'errand.helpers' AND target = :viewer)" },
};

const Type errand_type = {
    .name = "errand", .plural = "errands", .label = "Errand", .label_plural = "Errands", .about = "Something to be done.",
    .number_format = "E-%03d", .is_dossier = true,
    TYPE_FIELDS(Errand), .states = &errand_states, TYPE_VERBS(errand_verbs), TYPE_STEPS(errand_steps),
    TYPE_RELATIONS(errand_relations), TYPE_SEE(errand_see), .sort = "due",
};
