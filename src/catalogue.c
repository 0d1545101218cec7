/* SPDX-License-Identifier: Apache-2.0
 * The rooms, in the order of docs/architecture.md: a type may refer to types of every room. */
#include "catalogue.h"

#include <string.h>

#include "org/session.h"
#include "org/types.h"

typedef struct {
    const Type *const *types;
    const size_t *types_len;
    const Follow *follows;
    const size_t *follows_len;
} Room;

static const Room rooms[] = {
    { .types = org_types, .types_len = &org_types_len },
};

/* A type that refers to one which is not here waits for the room that brings it. */
static bool type_is_here(const char *name)
{
    for (size_t i = 0; i < countof(rooms); i++) {
        for (size_t k = 0; k < *rooms[i].types_len; k++) {
            if (strcmp(rooms[i].types[k]->name, name) == 0) return true;
        }
    }
    return false;
}

static bool references_are_here(const Type *type)
{
    for (size_t i = 0; i < type->fields_len; i++) {
        if (type->fields[i].to != NULL && !type_is_here(type->fields[i].to)) return false;
    }
    return true;
}

static void room_add(Catalogue *catalogue, const Room *room, const Type **types, Follow *follows)
{
    for (size_t i = 0; i < *room->types_len; i++) {
        if (references_are_here(room->types[i])) types[catalogue->types_len++] = room->types[i];
    }
    for (size_t i = 0; room->follows != NULL && i < *room->follows_len; i++)
        follows[catalogue->follows_len++] = room->follows[i];
}

const Catalogue *catalogue_open(Arena *arena)
{
    Catalogue *catalogue = arena_new(arena, Catalogue);
    size_t types_len = 0, follows_len = 0;

    for (size_t i = 0; i < countof(rooms); i++) {
        types_len += *rooms[i].types_len;
        if (rooms[i].follows != NULL) follows_len += *rooms[i].follows_len;
    }
    const Type **types = arena_array(arena, const Type *, types_len);
    Follow *follows    = arena_array(arena, Follow, follows_len);
    *catalogue =
        (Catalogue){ .types = types, .follows = follows, .tables = session_tables, .tables_len = session_tables_len };
    for (size_t i = 0; i < countof(rooms); i++)
        room_add(catalogue, &rooms[i], types, follows);
    return catalogue;
}
