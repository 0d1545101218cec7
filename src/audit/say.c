/* SPDX-License-Identifier: Apache-2.0
 * Short lists as sentences say them. */
#include "audit/say.h"

#include "record/names.h"

bool say_numbers(Call *call, const Type *type, const IdList *ids, Str *out, Err *err)
{
    Names *names = names_open(call);
    StrList list = { 0 };

    for (size_t i = 0; i < ids->len && i < SAY_MAX; i++)
        names_want(names, type, ids->at[i]);
    if (!names_load(names, err)) return false;
    for (size_t i = 0; i < ids->len && i < SAY_MAX; i++)
        *list_push(call->arena, &list) = names_number(names, type, ids->at[i]);
    if (ids->len > SAY_MAX) *list_push(call->arena, &list) = str_fmt(call->arena, "%zu more", ids->len - SAY_MAX);
    *out = str_sentence(call->arena, &list);
    return true;
}

Str say_person(Call *call, Id person)
{
    IdList one    = { 0 };
    StrList names = { 0 };

    id_list_add(call->arena, &one, person);
    names = people_names(call, &one);
    return names.len > 0 ? names.at[0] : (Str){ 0 };
}

IdList ids_without(Arena *arena, const IdList *ids, const IdList *others)
{
    IdList rest = { 0 };

    for (size_t i = 0; i < ids->len; i++) {
        if (!id_list_has(others, ids->at[i])) id_list_add(arena, &rest, ids->at[i]);
    }
    return rest;
}

IdList ids_common(Arena *arena, const IdList *ids, const IdList *others)
{
    IdList both = { 0 };

    for (size_t i = 0; i < ids->len; i++) {
        if (id_list_has(others, ids->at[i])) id_list_add(arena, &both, ids->at[i]);
    }
    return both;
}
