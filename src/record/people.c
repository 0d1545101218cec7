/* SPDX-License-Identifier: Apache-2.0
 * People: from the words of a step ("owner|coordinator") to persons. A word is a relation of the type when it has one
 * of that name, else a role. */
#include "record/people.h"

#include "record/verb.h"

static const Relation *type_relation(const Type *type, Str name)
{
    for (size_t i = 0; i < type->relations_len; i++) {
        if (str_eq_c(name, type->relations[i].name)) return &type->relations[i];
    }
    return NULL;
}

bool people_among(Call *call, const Type *type, const char *who, const void *record, IdList *people, Err *err)
{
    Str rest = str_from_c(who), word;

    while (str_cut(&rest, '|', &word)) {
        const Relation *relation = type_relation(type, word);
        if (str_eq_c(word, "everyone")) continue;
        if (relation == NULL) {
            if (!call->app->directory->people_with(call, word, people, err)) return false;
        } else if (record != NULL && !relation->people(call, record, people, err)) {
            return false;
        }
    }
    if (people->len > PEOPLE_MAX) people->len = PEOPLE_MAX;
    return true;
}

bool call_is_among(Call *call, const Type *type, const char *who, const void *record, bool *is, Err *err)
{
    Str rest = str_from_c(who), word;

    *is = call->is_system;
    while (!*is && str_cut(&rest, '|', &word)) {
        const Relation *relation = type_relation(type, word);
        if (relation == NULL) {
            *is = call_has_role(call, word);
            continue;
        }
        IdList people = { 0 };
        if (record == NULL) continue;
        if (!relation->people(call, record, &people, err)) return false;
        *is = id_list_has(&people, call->who);
    }
    return true;
}

/* Whether `guard` would let `person` through: the question is asked as that person, and the call is as before
 * afterwards. */
static bool guard_lets(Call *call, Guard *guard, const void *record, Id person)
{
    Call asked = *call;
    Err err    = { 0 };

    asked.who      = person;
    asked.is_probe = true;
    asked.refusals = (RefusalList){ 0 };
    asked.invalids = (InvalidList){ 0 };
    return guard(&asked, record, &err) && asked.refusals.len == 0;
}

StrList people_who_could(Call *call, Guard *guard, const void *record)
{
    IdList among = { 0 }, could = { 0 };
    Err err = { 0 };

    if (call->is_probe || call->step == NULL || !people_among(call, call->type, call->step->who, record, &among, &err))
        return (StrList){ 0 };
    for (size_t i = 0; i < among.len && could.len < 8; i++) {
        if (!id_eq(among.at[i], call->who) && guard_lets(call, guard, record, among.at[i]))
            id_list_add(call->arena, &could, among.at[i]);
    }
    return people_names(call, &could);
}
