/* SPDX-License-Identifier: Apache-2.0
 * The way of a request: where to, who, answer; and the two failures that every answer shares. */
#include "api/visit.h"

enum { DOCUMENT_BYTES_MAX = 64 << 20 };

static void api_release(void *thing)
{
    Api *api = thing;

    pthread_mutex_destroy(&api->mutex);
    arena_close(api->arena);
}

Api *api_open(Arena *arena, App *app)
{
    Api *api = arena_new(arena, Api);

    api->app   = app;
    api->arena = arena_open(DOCUMENT_BYTES_MAX);
    pthread_mutex_init(&api->mutex, NULL);
    arena_defer(arena, api_release, api);
    return api;
}

bool api_takes(Str path)
{
    return route_is_ours(path);
}

static Visit visit_of(Api *api, HttpRequest *request, HttpResponse *response)
{
    return (Visit){ .api      = api,
                    .request  = request,
                    .response = response,
                    .route    = route_find(api->app->registry, request->method, request->path) };
}

static bool live_answer(Visit *visit)
{
    visit_json(visit, 200, "application/json", json_own(visit->request->arena, json_pack("{s:s}", "status", "live")));
    return true;
}

/* For everybody, and uploads, which asked who it is before the bytes came. *is_answered is false for the rest. */
static bool answer_anybody(Visit *visit, bool *is_answered, Err *err)
{
    *is_answered = true;
    if (visit->route.kind == ROUTE_LIVE) return live_answer(visit);
    if (visit->route.kind == ROUTE_READY) return ready_answer(visit, err);
    if (visit->route.kind == ROUTE_OPENAPI) return openapi_answer(visit, err);
    if (visit->route.kind == ROUTE_UPLOAD) return upload_answer(visit, err);
    *is_answered = false;
    return true;
}

static bool answer_known(Visit *visit, Err *err)
{
    switch (visit->route.kind) {
    case ROUTE_NONE:
        return problem_answer(visit, visit->route.allow.len > 0 ? PROBLEM_METHOD : PROBLEM_NOT_FOUND, (Str){ 0 });
    case ROUTE_INDEX: return index_answer(visit, err);
    case ROUTE_TYPES: return types_answer(visit, err);
    case ROUTE_CHECKPOINT: return checkpoint_answer(visit, err);
    case ROUTE_EVENT:
    case ROUTE_PROOF: return event_answer(visit, err);
    case ROUTE_FILE: return download_answer(visit, err);
    case ROUTE_SEARCH:
    case ROUTE_LIST:
    case ROUTE_CSV:
    case ROUTE_MAKE:
    case ROUTE_SHOW:
    case ROUTE_STEPS:
    case ROUTE_INQUIRY:
    case ROUTE_HISTORY:
    case ROUTE_VERB: return records_answer(visit, err);
    case ROUTE_LIVE:
    case ROUTE_READY:
    case ROUTE_OPENAPI:
    case ROUTE_UPLOAD: break; /* answered before */
    }
    return true;
}

static bool answer(Visit *visit, Err *err)
{
    bool is_answered, known;

    if (!answer_anybody(visit, &is_answered, err)) return false;
    if (is_answered) return true;
    if (!bearer_identify(visit, &known, err)) return false;
    return !known || answer_known(visit, err);
}

bool api_handle(void *api, HttpRequest *request, HttpResponse *response)
{
    Visit visit = visit_of(api, request, response);
    Err err     = { 0 };

    return answer(&visit, &err) || problem_of_err(&visit, &err);
}

HttpIntake api_intake(void *api, HttpRequest *request, HttpUpload *upload, HttpResponse *response)
{
    Visit visit = visit_of(api, request, response);

    return visit.route.kind == ROUTE_UPLOAD ? upload_intake(&visit, upload) : HTTP_INTAKE_HOLD;
}

/* Syncing a file, hashing a password, lists without end, and what is worked out. */
bool api_is_slow(void *api, const HttpRequest *request)
{
    Route route = route_find(((Api *)api)->app->registry, request->method, request->path);

    if (route.kind == ROUTE_UPLOAD || route.kind == ROUTE_CSV || route.kind == ROUTE_INQUIRY) return true;
    return route.verb != NULL && route.verb->prepare != NULL;
}

void api_dress(void *api, const HttpRequest *request, HttpResponse *response)
{
    (void)api;
    problem_dress(request->arena, response);
}
