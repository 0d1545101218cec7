/* SPDX-License-Identifier: Apache-2.0
 * Tokens. */
#include "org/token.h"

#include "base/base64.h"
#include "base/hash.h"
#include "org/account.h"
#include "org/person.h"
#include "record/change.h"
#include "record/row.h"

#define RECORD_TYPE   Token
#define RECORD_FIELDS "org/token.fields.h"
#include "record/define.h"

enum { TOKEN_DAYS_MAX = 366, TOKEN_SECRET_BYTES = 32 };

static const Choice token_state_rows[] = { { "active", N_("Active") }, { "revoked", N_("Revoked") } };
static const ChoiceList token_states   = CHOICES_OF("token_state", token_state_rows);

/* token-1: a token acts as the person who makes it; an administrator may make one for somebody from outside. */
static bool guard_token_is_own(Call *call, const void *record, Err *err)
{
    const Token *token = record;

    (void)err;
    if (call->input != NULL && !id_eq(token->person, call->who) && !call_has_role(call, STR("administrator")))
        refuse_with(call, "token-1", STR("a token acts as the person who makes it"),
                    "Make one for yourself, or ask an administrator.");
    return true;
}

static bool scope_is_known(const Call *call, Str scope)
{
    size_t colon = str_index(scope, ':');
    Str what     = str_slice(scope, colon + 1, scope.len);

    if (str_eq_c(scope, "read") || str_eq_c(scope, "write")) return true;
    if (!str_eq_c(what, "read") && !str_eq_c(what, "write")) return false;
    return registry_find(call->app->registry, str_slice(scope, 0, colon)) != NULL;
}

/* token-2: it ends, and its scopes are ones that exist. */
static bool guard_token_is_limited(Call *call, const void *record, Err *err)
{
    const Token *token = record;
    Str rest           = token->scopes, scope;

    (void)err;
    if (call->input == NULL) return true;
    if (date_before(token->expires, call->today) || date_days_between(call->today, token->expires) > TOKEN_DAYS_MAX)
        invalid(call, STR("expires"), call_text(call, "Choose a day from today to a year from today."));
    while (str_cut(&rest, ',', &scope)) {
        if (!scope_is_known(call, str_trim(scope)))
            invalid(call, STR("scopes"), str_fmt(call->arena, "There is no scope \"%.*s\".", STR_ARG(str_trim(scope))));
    }
    return true;
}

static bool token_create(Call *call, void *record, Changes *changes, Err *err)
{
    Token *token = record;
    char bytes[TOKEN_SECRET_BYTES];

    (void)changes, (void)err;
    world_random(call->app->world, bytes, sizeof bytes);
    call->shown_once =
        str_fmt(call->arena, "plb_%.*s", STR_ARG(base64url_encode(call->arena, (Str){ bytes, sizeof bytes })));
    Hash hash   = hash_of(call->shown_once);
    token->hash = hash_to_hex(call->arena, &hash);
    return true;
}

static bool token_person(Call *call, const void *record, IdList *people, Err *err)
{
    (void)err;
    id_list_add(call->arena, people, ((const Token *)record)->person);
    return true;
}

/* clang-format off */
static const Verb token_verbs[] = {
    { .name = "create", .label = N_("Create token"), .help = N_("The token is shown once."), .body = token_create, .flags = VERB_PRIMARY },
    { .name = "revoke", .label = N_("Revoke"), .help = N_("It stops working at once."), .flags = VERB_DANGER },
};
static const Step token_steps[] = {
    { STATE_NEW,    "create", TOKEN_ACTIVE,  "everyone",             { guard_token_is_own, guard_token_is_limited } },
    { TOKEN_ACTIVE, "revoke", TOKEN_REVOKED, "person|administrator", { NULL } },
};
static const Relation token_relations[] = { { "person", "the person it acts as", token_person } };
static const See token_see[] = { { "administrator", NULL }, { "everyone", "person = :viewer" } };

const Type token_type = {
    .name = "token", .plural = "tokens", .label = "Token", .label_plural = "Tokens",
    .about = "A key for programs that use the API.",
    .number_format = "TOKEN-%d", .states = &token_states,
    TYPE_FIELDS(Token), TYPE_VERBS(token_verbs), TYPE_STEPS(token_steps), TYPE_RELATIONS(token_relations), TYPE_SEE(token_see),
};
/* clang-format on */

static void scopes_split(Arena *arena, Str text, StrList *out)
{
    Str scope;
    while (str_cut(&text, ',', &scope))
        *list_push(arena, out) = str_trim(scope);
}

static bool token_judge(Call *call, const Token *token, TokenState *state, Err *err)
{
    Person person;
    int64_t locked;
    bool found;

    if (!record_load(call, &person_type, token->person, &person, &found, err) ||
        !record_count(call, &account_type, STR("person = $1 AND state = 2"), BINDS(BIND_ID(token->person)), &locked,
                      err))
        return false;
    if (token->head.state != TOKEN_ACTIVE)
        *state = TOKEN_ENDED;
    else if (date_before(token->expires, call->today))
        *state = TOKEN_EXPIRED;
    else if (!found || !person_is_here(&person, call->today))
        *state = TOKEN_LEFT;
    else
        *state = locked > 0 ? TOKEN_LOCKED : TOKEN_GOOD;
    return true;
}

bool token_find(App *app, Arena *arena, Str secret, TokenState *state, Id *person, StrList *scopes, Err *err)
{
    Caller caller  = { .app = app, .arena = arena, .is_system = true, .door = "api" };
    Hash hash      = hash_of(secret);
    TokenList list = { 0 };
    Call *call;

    *state = TOKEN_UNKNOWN;
    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = record_list(call, &token_type, &list, STR("hash = $1 ORDER BY id LIMIT 1"),
                            BINDS(BIND_TEXT(hash_to_hex(arena, &hash))), err) &&
                (list.len == 0 || token_judge(call, &list.at[0], state, err));
    call_end(call);
    if (!done || list.len == 0) return done;
    *person = list.at[0].person;
    scopes_split(arena, list.at[0].scopes, scopes);
    return true;
}
