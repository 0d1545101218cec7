/* SPDX-License-Identifier: Apache-2.0
 * Extensions (requirements 4.13; G-11): asked before the date, with what protects meanwhile; decided by somebody who
 * owns no action in the case and did not ask; the second of a step by top management; never past the body's date. */
#include "action/extension.h"

#include "action/action.h"
#include "action/case_part.h"
#include "action/due.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

/* clang-format off */
static const Choice state_rows[] = {
    [EXTENSION_ASKED - 1]   = { "asked",   N_("Asked") },
    [EXTENSION_GRANTED - 1] = { "granted", N_("Granted") },
    [EXTENSION_REFUSED - 1] = { "refused", N_("Refused") },
};
static const ChoiceList states = CHOICES_OF("extension_state", state_rows);

#define RECORD_TYPE   Extension
#define RECORD_FIELDS "action/extension.fields.h"
#include "record/define.h"
CASE_PART(Extension);

#define GRANT_INPUT(F, T) \
    F(T, REF, concurred_by, .label = "Agreed with", .to = "person")
INPUT(GrantInput, GRANT_INPUT, "extension.grant")
/* clang-format on */

/* The date the extension moves: of the action, or of the step of the case. */
static bool current_due(Call *call, const Extension *extension, Date *due, Err *err)
{
    Nonconformity nc;
    Action action;

    if (extension->step == POLICY_ACTION) {
        *due = (Date){ 0 };
        if (id_is_none(extension->action)) return true;
        if (!record_must(call, &action_type, extension->action, &action, err)) return false;
        *due = action.due;
        return true;
    }
    if (!nonconformity_of(call, extension->nonconformity, &nc, err)) return false;
    *due = *due_of(&nc, extension->step);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- asking */

/* extend-1, extend-2: something with a date, asked before it is past, for a later one. */
static bool guard_asked_in_time(Call *call, const void *record, Err *err)
{
    const Extension *extension = record;
    Date due;

    if (call->input == NULL || id_is_none(extension->nonconformity)) return true;
    if (extension->step == POLICY_ACTION && id_is_none(extension->action))
        invalid(call, STR("action"), call_text(call, "Say which action."));
    if (!current_due(call, extension, &due, err)) return false;
    if (date_is_none(due)) {
        refuse_with(call, "extend-1", STR("a date to extend: this step has none now"), "Choose the step that runs.");
    } else if (date_before(due, call->today)) {
        refuse_with(call, "extend-2",
                    str_fmt(call->arena, "a request before the date: it was due on %.*s",
                            STR_ARG(date_to_human(call->arena, due))),
                    "It is late now. Finish it, and tell the coordinator what keeps you.");
    } else if (!date_before(due, extension->new_due)) {
        invalid(call, STR("new_due"),
                str_fmt(call->arena, "Choose a day after %.*s.", STR_ARG(date_to_human(call->arena, due))));
    }
    return true;
}

static Date body_wall(const Nonconformity *nc, int step)
{
    bool of_plan = step == POLICY_ACKNOWLEDGE || step == POLICY_CORRECTION || step == POLICY_ANALYSIS;
    if (of_plan) return nc->external_plan_sent == YES ? (Date){ 0 } : nc->external_plan_due;
    return nc->external_evidence_sent == YES ? (Date){ 0 } : nc->external_evidence_due;
}

/* G-11: the body's date is a wall for its own step. */
static bool guard_body_date_is_kept(Call *call, const void *record, Err *err)
{
    const Extension *extension = record;
    Nonconformity nc;

    if (call->input == NULL && extension->head.revision == 0) return true;
    if (!nonconformity_of(call, extension->nonconformity, &nc, err)) return false;
    Date wall = body_wall(&nc, extension->step);
    if (!date_is_none(wall) && date_before(wall, extension->new_due)) {
        refuse_with(call, "G-11",
                    str_fmt(call->arena, "a date up to %.*s: that is what %.*s gives",
                            STR_ARG(date_to_human(call->arena, wall)), STR_ARG(nc.external_body)),
                    "Choose an earlier day, or ask the body for another date first.");
    }
    return true;
}

static bool extension_ask(Call *call, void *record, Changes *changes, Err *err)
{
    Extension *extension = record;
    int64_t before;

    (void)changes;
    if (!record_count(
            call, &extension_type, STR("nonconformity = $1 AND step = $2 AND action = $3 AND state = 2"),
            BINDS(BIND_ID(extension->nonconformity), BIND_NUMBER(extension->step), BIND_ID(extension->action)), &before,
            err))
        return false;
    extension->count    = (Int){ before + 1, true };
    extension->asked_by = call->who;
    extension->asked_on = call->today;
    return current_due(call, extension, &extension->old_due, err);
}

/* ------------------------------------------------------------------------------------------------------- deciding */

/* G-11: whoever decides owns no action in the case and did not ask; the second one is for top management. */
static bool guard_decider_is_apart(Call *call, const void *record, Err *err)
{
    const Extension *extension = record;
    ActionList actions         = { 0 };
    Nonconformity nc;

    if (!nonconformity_of(call, extension->nonconformity, &nc, err) || !actions_of_case(call, &nc, &actions, err))
        return false;
    Str part = actions_part_of(&actions, call->who);
    if (part.len > 0 || id_eq(extension->asked_by, call->who)) {
        refuse(call,
               (Refusal){ .rule    = STR("G-11"),
                          .missing = part.len > 0
                                         ? str_fmt(call->arena,
                                                   "a decision by somebody who owns no action: you have a part in %.*s",
                                                   STR_ARG(part))
                                         : STR("a decision by somebody else: you asked for it"),
                          .could   = people_who_could(call, guard_decider_is_apart, record),
                          .next    = call_text(call, "Leave the decision to one of them.") });
    }
    return true;
}

static bool guard_second_is_for_top_management(Call *call, const void *record, Err *err)
{
    IdList top = { 0 };

    if (((const Extension *)record)->count.value < 2 || call_has_role(call, STR("top_management"))) return true;
    if (!call->app->directory->people_with(call, STR("top_management"), &top, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("G-11"),
                            .missing = STR("a decision of top management: it is the second extension of this step"),
                            .could   = people_names(call, &top),
                            .next    = call_text(call, "It waits there for the decision.") });
    return true;
}

static bool extend_action(Call *call, const Extension *extension, Changes *changes, Err *err)
{
    Action *action    = arena_new(call->arena, Action);
    Nonconformity *nc = arena_new(call->arena, Nonconformity);
    ActionList all    = { 0 };
    Date next         = { 0 };

    if (!record_must(call, &action_type, extension->action, action, err)) return false;
    if (!nonconformity_of(call, extension->nonconformity, nc, err) || !actions_of_cycle(call, nc, &all, err))
        return false;
    action->due = extension->new_due;
    for (size_t i = 0; i < all.len; i++) {
        bool is_this = id_eq(all.at[i].head.id, action->head.id);
        if (action_is_open(&all.at[i])) next = date_min(next, is_this ? extension->new_due : all.at[i].due);
    }
    change_step(changes, &action_type, action, "extend", extension->reason);
    due_settle(nc, nc->head.state, next);
    change_step(changes, &nonconformity_type, nc, "extend", extension->reason);
    return true;
}

static bool extend_step(Call *call, const Extension *extension, Changes *changes, Err *err)
{
    Nonconformity *nc = arena_new(call->arena, Nonconformity);

    if (!nonconformity_of(call, extension->nonconformity, nc, err)) return false;
    *due_of(nc, extension->step) = extension->new_due;
    due_settle(nc, nc->head.state, nc->action_due);
    change_step(changes, &nonconformity_type, nc, "extend", extension->reason);
    return true;
}

static bool extension_grant(Call *call, void *record, Changes *changes, Err *err)
{
    Extension *extension    = record;
    const GrantInput *input = call->input;

    extension->decided_by   = call->who;
    extension->concurred_by = input->concurred_by;
    return extension->step == POLICY_ACTION ? extend_action(call, extension, changes, err)
                                            : extend_step(call, extension, changes, err);
}

static bool extension_refuse(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Extension *)record)->decided_by = call->who;
    return true;
}

static bool people_action_owner(Call *call, const void *record, IdList *people, Err *err)
{
    const Extension *extension = record;
    Action action;

    if (id_is_none(extension->action)) return true;
    if (!record_must(call, &action_type, extension->action, &action, err)) return false;
    id_list_add(call->arena, people, action.owner);
    return true;
}

static bool people_case_owner(Call *call, const void *record, IdList *people, Err *err)
{
    if (id_is_none(((const Extension *)record)->nonconformity)) return true;
    return case_part_relations[0].people(call, record, people, err);
}

/* clang-format off */
#define DECIDERS "coordinator|isms_manager|programme_manager|top_management"
static const Verb verbs[] = {
    { .name = "create", .label = N_("Ask for a new date"), .body = extension_ask, .flags = VERB_PRIMARY },
    { .name = "grant",  .label = N_("Grant"),  .input = &GrantInput_shape, .body = extension_grant, .flags = VERB_PRIMARY },
    { .name = "refuse", .label = N_("Refuse"), .help = N_("The date stays."), .body = extension_refuse, .flags = VERB_DANGER },
};
static const Step steps[] = {
    { STATE_NEW,       "create", EXTENSION_ASKED,   "case_owner|action_owner|" DECIDERS, { guard_asked_in_time, guard_body_date_is_kept } },
    { EXTENSION_ASKED, "grant",  EXTENSION_GRANTED, DECIDERS, { guard_decider_is_apart, guard_second_is_for_top_management, guard_body_date_is_kept } },
    { EXTENSION_ASKED, "refuse", EXTENSION_REFUSED, DECIDERS, { guard_decider_is_apart } },
};
static const Relation relations[] = {
    { "case_owner", N_("the owner of the nonconformity"), people_case_owner },
    { "action_owner", N_("the owner of the action"), people_action_owner },
};
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

const Type extension_type = {
    .name = "extension", .plural = "extensions", .label = "Extension", .label_plural = "Extensions",
    .about = "A later date, asked for with a reason and decided by another person.",
    .number_format = "EX-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &states,
    TYPE_FIELDS(Extension), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_RELATIONS(relations), TYPE_SEE(see),
};
/* clang-format on */
