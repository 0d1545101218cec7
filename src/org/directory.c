/* SPDX-License-Identifier: Apache-2.0
 * The directory: who holds which role today. "everyone" is whoever is here; "colleague" is everyone who is not from
 * outside. */
#include "org/directory.h"

#include "org/person.h"
#include "org/role.h"
#include "record/names.h"
#include "record/row.h"

static bool add_assigned_roles(Call *call, Id person, StrList *names, Err *err)
{
    RoleList list = { 0 };

    if (!record_list(call, &role_type, &list,
                     STR("person = $1 AND state = 1 AND since <= $2 AND (until = 0 OR until >= $2) ORDER BY id"),
                     BINDS(BIND_ID(person), BIND_DATE(call->today)), err))
        return false;
    for (size_t i = 0; i < list.len; i++)
        *list_push(call->arena, names) = str_from_c(choice_name(&roles, list.at[i].role));
    return true;
}

static bool directory_roles_of(Call *call, Id person, StrList *names, Err *err)
{
    Person record;
    bool found;

    if (!record_load(call, &person_type, person, &record, &found, err)) return false;
    if (!found || !person_is_here(&record, call->today)) return true;
    *list_push(call->arena, names) = STR("everyone");
    if (record.is_external != YES) *list_push(call->arena, names) = STR("colleague");
    return add_assigned_roles(call, person, names, err);
}

static bool directory_people_with(Call *call, Str role, IdList *people, Err *err)
{
    int number    = choice_from_name(&roles, role);
    RoleList list = { 0 };

    if (number == 0) return true;
    if (!record_list(call, &role_type, &list,
                     STR("role = $1 AND state = 1 AND since <= $2 AND (until = 0 OR until >= $2) ORDER BY id"),
                     BINDS(BIND_NUMBER(number), BIND_DATE(call->today)), err))
        return false;
    for (size_t i = 0; i < list.len; i++)
        id_list_add(call->arena, people, list.at[i].person);
    return true;
}

static bool directory_names_of(Call *call, const IdList *people, StrList *names, Err *err)
{
    Names *known = names_open(call);

    for (size_t i = 0; i < people->len; i++)
        names_want(known, &person_type, people->at[i]);
    if (!names_load(known, err)) return false;
    for (size_t i = 0; i < people->len; i++)
        *list_push(call->arena, names) = names_person(known, people->at[i]);
    return true;
}

static const char *directory_role_label(Str role)
{
    int number = choice_from_name(&roles, role);
    if (str_eq_c(role, "everyone")) return N_("everyone");
    if (str_eq_c(role, "colleague")) return N_("everyone who works here");
    return number > 0 ? choice_label(&roles, number) : NULL;
}

const Directory directory = {
    .roles_of    = directory_roles_of,
    .people_with = directory_people_with,
    .names_of    = directory_names_of,
    .role_label  = directory_role_label,
};
