/* SPDX-License-Identifier: Apache-2.0
 * Founding goes through the same verbs as everything later, as the program itself. Only the password is set as the new
 * person, so that it counts as chosen by its owner. */
#include "org/found.h"

#include "org/account.h"
#include "org/organisation.h"
#include "org/password.h"
#include "org/person.h"
#include "org/role.h"
#include "record/verb.h"

typedef struct {
    Call *call;
    const Founding *founding;
    Str hash; /* of the password; empty: nobody is made */
    Outcome *outcome;
} Found;

static bool found_goes_on(const Found *found)
{
    return found->outcome->kind == OUTCOME_DONE;
}

static void add_text(json_t *input, const char *name, Str value)
{
    if (value.len > 0) json_object_set_new(input, name, json_from_str(value));
}

static json_t *input_new(Call *call)
{
    return json_own(call->arena, json_object());
}

static bool found_do(Found *found, Call *call, Request request, Err *err)
{
    Outcome outcome;

    if (!verb_apply(call, &request, &outcome, err)) return false;
    *found->outcome = outcome;
    return true;
}

static bool found_create(Found *found, const Type *type, json_t *input, Err *err)
{
    return found_do(found, found->call, (Request){ .type = type, .verb = STR("create"), .input = input }, err);
}

static bool someone_administers(Call *call, bool *is, Err *err)
{
    IdList people = { 0 };

    if (!call->app->directory->people_with(call, STR("administrator"), &people, err)) return false;
    *is = people.len > 0;
    return true;
}

static bool found_record(Found *found, Err *err)
{
    json_t *input = input_new(found->call);

    if (found->founding->name.len == 0) return true;
    add_text(input, "name", found->founding->name);
    add_text(input, "zone", found->founding->zone);
    return found_create(found, &organisation_type, input, err);
}

static bool found_person(Found *found, Str *number, Id *id, Err *err)
{
    json_t *person = input_new(found->call), *role = input_new(found->call);

    add_text(person, "name", found->founding->person);
    add_text(person, "mail", found->founding->mail);
    if (!found_create(found, &person_type, person, err)) return false;
    if (!found_goes_on(found)) return true;
    *id = found->outcome->id, *number = found->outcome->number;
    add_text(role, "person", *number);
    add_text(role, "role", str_from_c(choice_name(&roles, ROLE_ADMINISTRATOR)));
    add_text(role, "since", date_to_iso(found->call->arena, found->call->today));
    return found_create(found, &role_type, role, err);
}

static bool found_account(Found *found, Str person, Id id, Err *err)
{
    json_t *account = input_new(found->call), *password = input_new(found->call);
    Call *own;

    add_text(account, "person", person);
    add_text(account, "number", found->founding->login);
    if (!found_create(found, &account_type, account, err)) return false;
    if (!found_goes_on(found)) return true;
    Str number = found->outcome->number;
    add_text(password, "password", found->hash);
    if (!call_as(found->call, id, found->call->now, &own, err)) return false;
    Request request = { .type = &account_type, .verb = STR("set-password"), .number = number, .input = password };
    return found_do(found, own, request, err);
}

static bool found_administrator(Found *found, Err *err)
{
    Str person = { 0 };
    Id id      = { 0 };
    bool is;

    if (found->hash.len == 0) return true;
    if (!someone_administers(found->call, &is, err)) return false;
    if (is) {
        refuse_with(found->call, "found-1", STR("somebody administers this organisation already"),
                    "Ask an administrator for an account.");
        *found->outcome = (Outcome){
            .kind = OUTCOME_REFUSED, .type = &person_type, .verb = "create", .refusals = found->call->refusals
        };
        return true;
    }
    if (!found_person(found, &person, &id, err)) return false;
    return !found_goes_on(found) || found_account(found, person, id, err);
}

/* Slow, so before the write turn. */
static bool found_hash(Found *found, const char **weakness, Err *err)
{
    const Founding *founding = found->founding;

    *weakness = NULL;
    if (founding->person.len == 0) return true;
    *weakness = password_weakness(founding->password);
    return *weakness != NULL || password_hash(found->call->arena, founding->password, &found->hash, err);
}

static bool found_all(Found *found, Err *err)
{
    if (!found_record(found, err)) return false;
    if (found_goes_on(found) && !found_administrator(found, err)) return false;
    return !found_goes_on(found) || db_commit(found->call->db, err);
}

bool organisation_found(const Caller *caller, const Founding *founding, Call **call, Outcome *outcome, Err *err)
{
    Caller program   = { .app = caller->app, .arena = caller->arena, .is_system = true, .door = caller->door };
    Call no_call     = { .arena = caller->arena };
    Found found      = { .call = &no_call, .founding = founding, .outcome = outcome };
    const char *weak = NULL;

    *outcome = (Outcome){ .kind = OUTCOME_DONE };
    if (!found_hash(&found, &weak, err) || !call_open(&program, CALL_WRITE, call, err)) return false;
    found.call = *call;
    if (weak != NULL) {
        invalid(*call, STR("password"), call_text(*call, weak));
        *outcome = (Outcome){ .kind = OUTCOME_INVALID, .type = &account_type, .invalids = (*call)->invalids };
        return true;
    }
    if (found_all(&found, err)) return true;
    call_end(*call);
    return false;
}

bool organisation_is_founded(const Caller *caller, bool *is, Err *err)
{
    Caller program = { .app = caller->app, .arena = caller->arena, .is_system = true, .door = caller->door };
    Call *call;

    if (!call_open(&program, CALL_READ, &call, err)) return false;
    bool done = someone_administers(call, is, err);
    call_end(call);
    return done;
}
