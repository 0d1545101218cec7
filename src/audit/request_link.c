/* SPDX-License-Identifier: Apache-2.0
 * Links to requests. */
#include "audit/request_link.h"

#include "base/base64.h"
#include "base/hash.h"
#include "record/row.h"

enum { LINK_SECRET_BYTES = 32 };

static Str secret_hash(Arena *arena, Str secret)
{
    Hash hash = hash_of(secret);
    return hash_to_hex(arena, &hash);
}

void request_link_make(Call *call, EvidenceRequest *request, Date until, Str *address)
{
    char bytes[LINK_SECRET_BYTES];

    world_random(call->app->world, bytes, sizeof bytes);
    Str secret          = base64url_encode(call->arena, (Str){ bytes, sizeof bytes });
    *address            = str_fmt(call->arena, LINK_ADDRESS "%.*s", STR_ARG(secret));
    request->link_hash  = secret_hash(call->arena, secret);
    request->link_until = until;
}

bool request_takes_answer(const EvidenceRequest *request)
{
    return request->head.state == REQUEST_OPEN || request->head.state == REQUEST_RETURNED;
}

static bool link_works(const EvidenceRequest *request, Date today)
{
    bool is_alive = request_takes_answer(request) || request->head.state == REQUEST_SUBMITTED ||
                    request->head.state == REQUEST_ACCEPTED;
    return is_alive && !date_is_none(request->link_until) && !date_before(request->link_until, today);
}

bool request_find_by_link(App *app, Arena *arena, Str secret, EvidenceRequest *out, bool *found, Err *err)
{
    Caller caller            = { .app = app, .arena = arena, .is_system = true, .door = "link" };
    EvidenceRequestList list = { 0 };
    Call *call;

    *found = false;
    if (secret.len != LINK_SECRET_LETTERS) return true;
    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = record_list(call, &evidence_request_type, &list, STR("link_hash = $1 ORDER BY id LIMIT 1"),
                            BINDS(BIND_TEXT(secret_hash(arena, secret))), err);
    *found    = done && list.len == 1 && link_works(&list.at[0], call->today);
    if (*found) *out = list.at[0];
    call_end(call);
    return done;
}
