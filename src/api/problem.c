/* SPDX-License-Identifier: Apache-2.0
 * Problems of the API itself, before and after the engine: a table of stable types, statuses and titles. */
#include "api/visit.h"

#include "base/base64.h"
#include "base/log.h"

/* clang-format off */
static const struct {
    const char *type;  /* last part of the URN; never changes its meaning */
    int status;
    const char *title;
    const char *challenge; /* of WWW-Authenticate (RFC 6750 3); NULL: none */
} problems[PROBLEMS] = {
    [PROBLEM_TOKEN_MISSING]   = { "token-missing",    401, "This needs a token: send \"Authorization: Bearer …\"", "" },
    [PROBLEM_TOKEN_UNKNOWN]   = { "token-unknown",    401, "There is no such token", "The token is unknown" },
    [PROBLEM_TOKEN_EXPIRED]   = { "token-expired",    401, "The token's last day is over", "The token expired" },
    [PROBLEM_TOKEN_REVOKED]   = { "token-revoked",    401, "The token was revoked", "The token was revoked" },
    [PROBLEM_TOKEN_LEFT]      = { "token-person-left", 401, "The person whom the token acts as is not here any more", "Its person has left" },
    [PROBLEM_TOKEN_LOCKED]    = { "token-account-locked", 401, "The account of the person whom the token acts as is locked", "Its account is locked" },
    [PROBLEM_SCOPE]           = { "forbidden",        403, "The token used here may not change anything", NULL },
    [PROBLEM_NOT_FOUND]       = { "not-found",        404, "There is nothing at this address, or it is not shared with you", NULL },
    [PROBLEM_NOT_GIVEN]       = { "file-not-given",   403, "This file is not given out", NULL },
    [PROBLEM_METHOD]          = { "method-not-allowed", 405, "This address does not take that method", NULL },
    [PROBLEM_NOT_ACCEPTABLE]  = { "not-acceptable",   406, "The answer has no form that \"Accept\" names", NULL },
    [PROBLEM_HEADER]          = { "invalid-header",   400, "A header cannot be read", NULL },
    [PROBLEM_PARAMETER]       = { "invalid-parameter", 400, "A parameter of the address cannot be followed", NULL },
    [PROBLEM_JSON]            = { "invalid-json",     400, "The body cannot be read as JSON", NULL },
    [PROBLEM_MEDIA_TYPE]      = { "unsupported-media-type", 415, "The body has a type that is not taken here", NULL },
    [PROBLEM_EMPTY_FILE]      = { "empty-file",       400, "The file is empty", NULL },
    [PROBLEM_TOO_LARGE]       = { "too-large",        413, "The request is larger than is accepted here", NULL },
    [PROBLEM_RANGE]           = { "range-not-satisfiable", 416, "The file has no such part", NULL },
    [PROBLEM_REVISION_NEEDED] = { "revision-needed",  428, "Say which revision you have read: send its entity tag in \"If-Match\"", NULL },
    [PROBLEM_NOT_READY]       = { "not-ready",        503, "Not ready to serve", NULL },
    [PROBLEM_BUSY]            = { "busy",             503, "Too much is going on just now; ask again in a moment", NULL },
    [PROBLEM_FULL]            = { "storage-full",     507, "There is no space left to keep this", NULL },
    [PROBLEM_FAILED]          = { "failed",           500, "The server could not do this; nothing was recorded", NULL },
};
/* clang-format on */

enum { RETRY_SECONDS = 5, REFERENCE_BYTES = 6 };

void visit_json(Visit *visit, int status, const char *media, const json_t *body)
{
    Buf text = buf_open(visit->request->arena, (size_t)48 << 20);

    json_write(&text, body);
    http_respond(visit->response, status, str_from_c(media), buf_str(&text));
}

static json_t *problem_json(Arena *arena, ProblemName name, Str detail)
{
    json_t *object = json_own(arena, json_object());

    json_object_set_new(object, "type", json_from_str(str_fmt(arena, "urn:plumbline:problem:%s", problems[name].type)));
    json_object_set_new(object, "title", json_string(problems[name].title));
    json_object_set_new(object, "status", json_integer(problems[name].status));
    if (detail.len > 0) json_object_set_new(object, "detail", json_from_str(detail));
    return object;
}

static void challenge_add(HttpResponse *response, const char *words)
{
    Str challenge = STR("Bearer realm=\"plumbline\"");

    if (words[0] != '\0')
        challenge = str_fmt(response->arena, "%.*s, error=\"invalid_token\", error_description=\"%s\"",
                            STR_ARG(challenge), words);
    http_header_add(response, "WWW-Authenticate", challenge);
}

/* In the words of the engine, which refuses the same of verbs. */
static json_t *scope_refusals(void)
{
    return json_pack("[{s:s, s:s, s:[], s:s}]", "rule", "scope", "missing", "the token used here may not change this",
                     "who", "next", "Use a token with the scope \"write\".");
}

bool problem_answer(Visit *visit, ProblemName name, Str detail)
{
    json_t *body = problem_json(visit->request->arena, name, detail);

    if (name == PROBLEM_SCOPE) json_object_set_new(body, "refusals", scope_refusals());
    visit_json(visit, problems[name].status, "application/problem+json", body);
    if (problems[name].challenge != NULL) challenge_add(visit->response, problems[name].challenge);
    if (name == PROBLEM_METHOD) http_header_add(visit->response, "Allow", visit->route.allow);
    if (name == PROBLEM_BUSY || name == PROBLEM_NOT_READY)
        http_header_add(visit->response, "Retry-After", str_fmt(visit->request->arena, "%d", RETRY_SECONDS));
    return true;
}

/* What of the failure the client may act on. */
static ProblemName problem_name(ErrCode code)
{
    switch (code) {
    case ERR_BUSY:
    case ERR_CONFLICT:
    case ERR_UNKNOWN:
    case ERR_NETWORK: return PROBLEM_BUSY;
    case ERR_FULL: return PROBLEM_FULL;
    case ERR_LIMIT: return PROBLEM_TOO_LARGE;
    case ERR_NONE:
    case ERR_DISK:
    case ERR_DATABASE:
    case ERR_UNIQUE:
    case ERR_CORRUPT:
    case ERR_TAMPERED:
    case ERR_FORMAT:
    case ERR_PERMISSION:
    case ERR_MISSING:
    case ERR_USAGE:
    case ERR_CODES: break;
    }
    return PROBLEM_FAILED;
}

bool problem_of_err(Visit *visit, const Err *err)
{
    Arena *arena     = visit->request->arena;
    ProblemName name = problem_name(err->code);
    char bytes[REFERENCE_BYTES];
    Err logged = *err;

    world_random(visit->api->app->world, bytes, sizeof bytes);
    Str reference = base64url_encode(arena, (Str){ bytes, sizeof bytes });
    (void)err_context(&logged, "answering %.*s %.*s (reference %.*s)",
                      STR_ARG(http_method_name(visit->request->method)), STR_ARG(visit->request->path),
                      STR_ARG(reference));
    log_err("api", &logged);
    bool is_unknown = err->code == ERR_UNKNOWN;
    json_t *body =
        problem_json(arena, name,
                     is_unknown ? STR("Nobody knows yet whether it was done: ask again with the same Idempotency-Key.")
                                : STR("The log of the server has the cause under this reference."));
    json_object_set_new(body, "reference", json_from_str(reference));
    *visit->response = (HttpResponse){ .arena = arena };
    visit_json(visit, problems[name].status, "application/problem+json", body);
    if (name == PROBLEM_BUSY) http_header_add(visit->response, "Retry-After", str_fmt(arena, "%d", RETRY_SECONDS));
    return true;
}

/* The server knows HTTP only: its sentence becomes the detail of the problem with the same status. */
void problem_dress(Arena *arena, HttpResponse *response)
{
    Buf text     = buf_open(arena, 1 << 16);
    json_t *body = json_own(arena, json_object());
    Str sentence = str_trim(response->body);
    Str type     = STR("about:blank");

    if (response->status == 413) type = STR("urn:plumbline:problem:too-large");
    if (response->status == 500) type = STR("urn:plumbline:problem:failed");
    if (response->status == 503) type = STR("urn:plumbline:problem:busy");
    json_object_set_new(body, "type", json_from_str(type));
    json_object_set_new(body, "title", json_from_str(sentence));
    json_object_set_new(body, "status", json_integer(response->status));
    json_write(&text, body);
    http_respond(response, response->status, STR("application/problem+json"), buf_str(&text));
}
