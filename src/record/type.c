/* SPDX-License-Identifier: Apache-2.0
 * Types: looking things up in a declaration, and what plain types share. */
#include "record/type.h"

#include <assert.h>
#include <string.h>

static const Choice plain_state_rows[] = {
    [PLAIN_IN_USE - 1] = { "in_use", N_("In use") },
    [PLAIN_VOID - 1]   = { "void", N_("Void") },
};
const ChoiceList plain_states = CHOICES_OF("plain_state", plain_state_rows);

const Verb verb_create = {
    .name = "create", .label = N_("Create"), .help = N_("Makes a new record."), .flags = VERB_PRIMARY
};
const Verb verb_edit = { .name  = "edit",
                         .label = N_("Edit"),
                         .help  = N_("Changes fields; the history keeps what they were.") };
const Verb verb_void = { .name  = "void",
                         .label = N_("Void"),
                         .help  = N_("Withdraws the record. It keeps its number and stays readable (G-13)."),
                         .flags = VERB_DANGER };

const Field *type_field(const Type *type, Str name)
{
    for (size_t i = 0; i < type->fields_len; i++) {
        if (str_eq_c(name, type->fields[i].name)) return &type->fields[i];
    }
    return NULL;
}

const Field *type_title_field(const Type *type)
{
    for (size_t i = 0; i < type->fields_len; i++) {
        if (type->fields[i].flags & SHOW_AS_TITLE) return &type->fields[i];
    }
    return NULL;
}

static bool type_uses_verb(const Type *type, Str name)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        if (str_eq_c(name, type->steps[i].verb)) return true;
    }
    return false;
}

const Verb *type_verb(const Type *type, Str name)
{
    static const Verb *const shared[] = { &verb_create, &verb_edit, &verb_void };

    if (!type_uses_verb(type, name)) return NULL;
    for (size_t i = 0; i < type->verbs_len; i++) {
        if (str_eq_c(name, type->verbs[i].name)) return &type->verbs[i];
    }
    for (size_t i = 0; i < countof(shared); i++) {
        if (str_eq_c(name, shared[i]->name)) return shared[i];
    }
    return NULL;
}

bool step_leads_on(const Type *type, const Step *step)
{
    const Verb *verb = type_verb(type, str_from_c(step->verb));

    assert(verb != NULL); /* a step names a verb of its type: registry.c */
    return step->from >= 1 && step->to != STATE_SAME && !(verb->flags & (VERB_DANGER | VERB_INSIDE));
}

const char *state_name(const Type *type, int state)
{
    return choice_name(type->states, state);
}

const char *state_label(const Type *type, int state)
{
    return choice_label(type->states, state);
}
