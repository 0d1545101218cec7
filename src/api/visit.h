/* SPDX-License-Identifier: Apache-2.0
 * api/visit.h: one request on its way through the API, and the functions that answer it. Only files of this room
 * include it. Answers return false when the world failed; api.c then makes the problem of it. */
#pragma once

#include <pthread.h>

#include "api/api.h"
#include "api/route.h"
#include "record/ask.h"

struct Api {
    App *app;
    pthread_mutex_t mutex; /* over the two below */
    Arena *arena;          /* of the document */
    Str openapi;           /* made when it is first asked for */
    Str openapi_tag;
};

typedef struct {
    Api *api;
    HttpRequest *request;
    HttpResponse *response;
    Route route;
    Caller caller; /* whom the token acts as */
} Visit;

/* ---- problem.c: RFC 9457, the same form as the engine's own refusals ---- */

typedef enum {
    PROBLEM_TOKEN_MISSING,
    PROBLEM_TOKEN_UNKNOWN,
    PROBLEM_TOKEN_EXPIRED,
    PROBLEM_TOKEN_REVOKED,
    PROBLEM_TOKEN_LEFT,
    PROBLEM_TOKEN_LOCKED,
    PROBLEM_SCOPE,
    PROBLEM_NOT_FOUND,
    PROBLEM_NOT_GIVEN,
    PROBLEM_METHOD,
    PROBLEM_NOT_ACCEPTABLE,
    PROBLEM_HEADER,
    PROBLEM_PARAMETER,
    PROBLEM_JSON,
    PROBLEM_MEDIA_TYPE,
    PROBLEM_EMPTY_FILE,
    PROBLEM_TOO_LARGE,
    PROBLEM_RANGE,
    PROBLEM_REVISION_NEEDED,
    PROBLEM_NOT_READY,
    PROBLEM_BUSY,
    PROBLEM_FULL,
    PROBLEM_FAILED,
    PROBLEMS
} ProblemName;

/* Answers with the problem; `detail` says more and may be empty. Always true. */
bool problem_answer(Visit *visit, ProblemName name, Str detail);
/* The world failed: its own words go to the log under a reference, the client gets the reference. Always true. */
bool problem_of_err(Visit *visit, const Err *err);
/* Puts the server's own refusal (status, a sentence as body) into the form of a problem. */
void problem_dress(Arena *arena, HttpResponse *response);
/* Answers with JSON. */
void visit_json(Visit *visit, int status, const char *media, const json_t *body);

/* ---- bearer.c: who asks ---- */

/* Fills in visit->caller from the Authorization header. *known is false when there was none that is good: then the
 * problem is answered. */
MUST_USE bool bearer_identify(Visit *visit, bool *known, Err *err);
/* Whether the token may change anything at all. */
bool bearer_may_write(const Visit *visit);

/* ---- condition.c: what the headers and parameters ask for. false: the problem is answered ---- */

bool condition_accepts(Visit *visit, const char *media);
/* Only these parameters (NULL ends the list) may stand in the address. */
bool condition_parameters(Visit *visit, const char *const *names);
/* If-Match, Idempotency-Key and the body, into the question. */
bool condition_write(Visit *visit, Ask *ask);

/* ---- the answers ---- */

MUST_USE bool records_answer(Visit *visit, Err *err); /* ROUTE_LIST … ROUTE_VERB but ROUTE_FILE, and ROUTE_SEARCH */
MUST_USE bool upload_answer(Visit *visit, Err *err);
HttpIntake upload_intake(Visit *visit, HttpUpload *upload);
MUST_USE bool download_answer(Visit *visit, Err *err);
MUST_USE bool event_answer(Visit *visit, Err *err);
MUST_USE bool checkpoint_answer(Visit *visit, Err *err);
MUST_USE bool index_answer(Visit *visit, Err *err);
MUST_USE bool types_answer(Visit *visit, Err *err);
MUST_USE bool openapi_answer(Visit *visit, Err *err);
MUST_USE bool ready_answer(Visit *visit, Err *err);
