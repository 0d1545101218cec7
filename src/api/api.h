/* SPDX-License-Identifier: Apache-2.0
 * api/api.h: the JSON API, mounted at /api/, with /livez and /readyz. Every read and every verb of every record type
 * (record/ask.h), the files and the ledger behind them, and the OpenAPI document of it all.
 *
 * Who asks shows a token (Authorization: Bearer, RFC 6750) with every request; sessions of the browser count for
 * nothing here, so no page can make a browser ask. Open to everybody are /livez, /readyz and /api/v1/openapi.json.
 * docs/decisions/010-api.md says how addresses, revisions and refusals look and why. */
#pragma once

#include "http/server.h"
#include "record/call.h"

typedef struct Api Api;

/* Lives in `arena`, serves as long as `app` does, and may be used by several threads. */
MUST_USE Api *api_open(Arena *arena, App *app);
/* Whether the API answers for the path. */
bool api_takes(Str path);

/* The members of an HttpApp, for paths that api_takes; `api` is an Api. */
bool api_handle(void *api, HttpRequest *request, HttpResponse *response);
HttpIntake api_intake(void *api, HttpRequest *request, HttpUpload *upload, HttpResponse *response);
bool api_is_slow(void *api, const HttpRequest *request);
void api_dress(void *api, const HttpRequest *request, HttpResponse *response);
