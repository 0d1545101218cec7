/* SPDX-License-Identifier: Apache-2.0
 * Recurrence (S-5, K-6): a person says whether an earlier case had the same cause; only that counts. The earlier case
 * stays closed. */
#include "action/recurrence.h"

#include "action/case_part.h"
#include "record/change.h"
#include "record/row.h"

/* clang-format off */
static const Choice decision_rows[] = {
    [RECURRENCE_SAME_CAUSE - 1] = { "same_cause", N_("Same cause: it came back") },
    [RECURRENCE_SAME_THEME - 1] = { "same_theme", N_("Same theme") },
    [RECURRENCE_UNRELATED - 1]  = { "unrelated",  N_("Unrelated") },
};
static const ChoiceList recurrence_decisions = CHOICES_OF("recurrence_decision", decision_rows);

#define RECORD_TYPE   Recurrence
#define RECORD_FIELDS "action/recurrence.fields.h"
#include "record/define.h"
CASE_PART(Recurrence);
/* clang-format on */

/* recurrence-1: a case does not repeat itself, nor one that was found later. */
static bool guard_earlier_is_earlier(Call *call, const void *record, Err *err)
{
    const Recurrence *recurrence = record;
    Nonconformity nc, earlier;

    if (call->input == NULL) return true;
    if (!nonconformity_of(call, recurrence->nonconformity, &nc, err) ||
        !nonconformity_of(call, recurrence->earlier, &earlier, err))
        return false;
    if (nc.head.id.n <= earlier.head.id.n)
        invalid(call, STR("earlier"), call_text(call, "Choose a case that was there before this one."));
    return true;
}

static bool recurrence_create(Call *call, void *record, Changes *changes, Err *err)
{
    Recurrence *recurrence = record;

    recurrence->decided_by = call->who;
    recurrence->decided_on = call->today;
    if (recurrence->decision != RECURRENCE_SAME_CAUSE) return true;
    Nonconformity *nc = arena_new(call->arena, Nonconformity);
    if (!nonconformity_of(call, recurrence->nonconformity, nc, err)) return false;
    nc->recurrence_of = recurrence->earlier;
    change_step(changes, &nonconformity_type, nc, "recur", recurrence->reason);
    return true;
}

static bool recurrence_void(Call *call, void *record, Changes *changes, Err *err)
{
    const Recurrence *recurrence = record;
    Nonconformity *nc            = arena_new(call->arena, Nonconformity);

    if (!nonconformity_of(call, recurrence->nonconformity, nc, err)) return false;
    if (!id_eq(nc->recurrence_of, recurrence->earlier)) return true;
    nc->recurrence_of = (Id){ 0 };
    change_step(changes, &nonconformity_type, nc, "recur", STR("link withdrawn"));
    return true;
}

/* clang-format off */
#define KEEPERS "coordinator|isms_manager|programme_manager"
static const Verb verbs[] = {
    { .name = "create", .label = N_("Link an earlier case"), .body = recurrence_create, .flags = VERB_PRIMARY },
    { .name = "void",   .label = N_("Withdraw link"), .body = recurrence_void, .flags = VERB_DANGER },
};
static const Step steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "case_owner|" KEEPERS, { guard_earlier_is_earlier } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   KEEPERS,               { NULL } },
};
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

const Type recurrence_type = {
    .name = "recurrence", .plural = "recurrences", .label = "Link to an earlier case", .label_plural = "Links to earlier cases",
    .about = "Whether an earlier case had the same cause, as a person decided.",
    .number_format = "RE-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(Recurrence), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_SEE(see),
    .relations = case_part_relations, .relations_len = CASE_PART_RELATIONS,
};
/* clang-format on */
