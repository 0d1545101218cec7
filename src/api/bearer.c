/* SPDX-License-Identifier: Apache-2.0
 * Who asks: the token in the Authorization header (RFC 6750 2.1), and nothing else. */
#include "api/visit.h"
#include "org/token.h"

static bool bearer_read(const HttpRequest *request, Str *token)
{
    Str header = http_header(request, "Authorization");
    Str scheme = str_lower(request->arena, str_slice(header, 0, str_index(header, ' ')));

    *token = str_trim(str_slice(header, scheme.len, header.len));
    return str_eq_c(scheme, "bearer") && token->len > 0;
}

bool bearer_identify(Visit *visit, bool *known, Err *err)
{
    /* clang-format off */
    static const ProblemName problems[] = {
        [TOKEN_UNKNOWN] = PROBLEM_TOKEN_UNKNOWN, [TOKEN_EXPIRED] = PROBLEM_TOKEN_EXPIRED,
        [TOKEN_ENDED] = PROBLEM_TOKEN_REVOKED,   [TOKEN_LEFT] = PROBLEM_TOKEN_LEFT,
        [TOKEN_LOCKED] = PROBLEM_TOKEN_LOCKED,
    };
    /* clang-format on */
    Arena *arena   = visit->request->arena;
    StrList scopes = { 0 };
    TokenState state;
    Id person;
    Str token;

    *known = false;
    if (!bearer_read(visit->request, &token)) return problem_answer(visit, PROBLEM_TOKEN_MISSING, (Str){ 0 });
    if (!token_find(visit->api->app, arena, token, &state, &person, &scopes, err)) return false;
    if (state != TOKEN_GOOD) return problem_answer(visit, problems[state], (Str){ 0 });
    *known        = true;
    visit->caller = (Caller){ .app = visit->api->app, .arena = arena, .who = person, .scopes = scopes, .door = "api" };
    return true;
}

bool bearer_may_write(const Visit *visit)
{
    for (size_t i = 0; i < visit->caller.scopes.len; i++) {
        Str scope = visit->caller.scopes.at[i];
        if (str_eq_c(scope, "write") || str_ends(scope, STR(":write"))) return true;
    }
    return false;
}
