/* SPDX-License-Identifier: Apache-2.0
 * Calls: opening them, asking about roles, and collecting what stands against a verb. */
#include "record/call.h"

#include <string.h>

#include "record/row.h"

static bool call_begin(Call *call, CallMode mode, Err *err)
{
    if (mode == CALL_WRITE) return store_write(call->app->store, call->arena, &call->db, err);
    return store_read(call->app->store, call->arena, &call->db, err);
}

static bool call_load_roles(Call *call, Err *err)
{
    if (call->is_system || id_is_none(call->who) || call->app->directory == NULL) return true;
    return call->app->directory->roles_of(call, call->who, &call->roles, err);
}

bool call_open(const Caller *caller, CallMode mode, Call **out, Err *err)
{
    Call *call = arena_new(caller->arena, Call);
    Time now   = world_now(caller->app->world);

    *call = (Call){ .app       = caller->app,
                    .arena     = caller->arena,
                    .who       = caller->who,
                    .is_system = caller->is_system,
                    .scopes    = caller->scopes,
                    .now       = now,
                    .today     = zone_date(caller->app->zone, now),
                    .language  = caller->app->language,
                    .door      = caller->door };
    *out  = call;
    if (mode == CALL_READ) read_records_open(call);
    return call_begin(call, mode, err) && call_load_roles(call, err);
}

bool call_as(Call *base, Id who, Time now, Call **out, Err *err)
{
    Call *call = arena_new(base->arena, Call);

    *call = (Call){ .app       = base->app,
                    .arena     = base->arena,
                    .db        = base->db,
                    .who       = who,
                    .is_system = id_is_none(who),
                    .now       = now,
                    .today     = zone_date(base->app->zone, now),
                    .language  = base->language,
                    .door      = base->door };
    *out  = call;
    return call_load_roles(call, err);
}

void call_end(Call *call)
{
    if (call != NULL && call->db != NULL) db_end(call->db);
}

bool call_has_role(const Call *call, Str role)
{
    if (call->is_system) return true;
    for (size_t i = 0; i < call->roles.len; i++) {
        if (str_eq(call->roles.at[i], role)) return true;
    }
    return false;
}

Str call_text(const Call *call, const char *english)
{
    return text_of(call->language, english);
}

/* ------------------------------------------------------------------------------------------------------- what stands
 * against it */

void refuse(Call *call, Refusal refusal)
{
    *list_push(call->arena, &call->refusals) = refusal;
}

void refuse_with(Call *call, const char *rule, Str missing, const char *next)
{
    refuse(call, (Refusal){ .rule = str_from_c(rule), .missing = missing, .next = call_text(call, next) });
}

void invalid(Call *call, Str field, Str message)
{
    *list_push(call->arena, &call->invalids) = (Invalid){ .field = field, .message = message };
}

StrList people_names(Call *call, const IdList *people)
{
    StrList names = { 0 };
    Err ignored   = { 0 };

    if (people->len == 0 || call->is_probe || call->app->directory == NULL) return names;
    /* a name that cannot be read must not turn a refusal into an error */
    if (!call->app->directory->names_of(call, people, &names, &ignored)) return (StrList){ 0 };
    return names;
}
