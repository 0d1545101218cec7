/* SPDX-License-Identifier: Apache-2.0
 * web/site.h: the browser's door. It turns a request into a reading of the record or a verb, and the answer into a page
 * that works without scripts. Between requests it keeps only what can be counted again; who is signed in is
 * known by a cookie (org/session.h).
 *
 * A request that changes anything is a POST, comes from a page of ours (http_same_origin) and carries the token of its
 * session. GET never changes anything. */
#pragma once

#include "http/server.h"
#include "record/app.h"

/* Keeps the numbers of the side column for as long as nothing was recorded since. Lives in `arena`; all threads share
 * it. */
typedef struct SideCache SideCache;
SideCache *side_cache_open(Arena *arena);

typedef struct {
    App *app;
    SideCache *side; /* NULL: the numbers of the side column are counted for every page */
    Str setup_key;   /* must be in the address of the first set-up (/setup?key=…); empty: whoever comes first may */
    size_t *statements; /* of the snapshot that the last page read: for tests that hold pages to a number; else NULL */
} Web;

/* The three questions of an HttpApp, and its answer. `web` is constant and shared by all threads. */
bool web_handle(Web *web, HttpRequest *request, HttpResponse *response);
HttpIntake web_intake(Web *web, HttpRequest *request, HttpUpload *upload, HttpResponse *response);
bool web_is_slow(Web *web, const HttpRequest *request);
void web_dress(Web *web, const HttpRequest *request, HttpResponse *response);
