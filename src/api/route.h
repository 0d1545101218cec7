/* SPDX-License-Identifier: Apache-2.0
 * api/route.h: what an address of the API means. Numbers that count within a parent take one segment per part
 * (/api/v1/papers/IA-26-05/A.8.8-1), so the count of segments, which the type knows, tells a record from what hangs
 * below it, whatever the number looks like. Pure. */
#pragma once

#include "http/http.h"
#include "record/registry.h"

typedef enum {
    ROUTE_NONE,
    ROUTE_LIVE,       /* GET  /livez */
    ROUTE_READY,      /* GET  /readyz */
    ROUTE_OPENAPI,    /* GET  /api/v1/openapi.json */
    ROUTE_INDEX,      /* GET  /api/v1 */
    ROUTE_TYPES,      /* GET  /api/v1/types */
    ROUTE_SEARCH,     /* GET  /api/v1/search?q= */
    ROUTE_CHECKPOINT, /* GET  /api/v1/checkpoint */
    ROUTE_EVENT,      /* GET  /api/v1/events/{number} */
    ROUTE_PROOF,      /* GET  /api/v1/events/{number}/proof */
    ROUTE_UPLOAD,     /* POST /api/v1/files */
    ROUTE_LIST,       /* GET  /api/v1/{plural} */
    ROUTE_CSV,        /* GET  /api/v1/{plural}.csv */
    ROUTE_MAKE,       /* POST /api/v1/{plural} creates; POST /api/v1/{plural}/{verb} makes by another verb */
    ROUTE_SHOW,       /* GET  /api/v1/{plural}/{number} */
    ROUTE_STEPS,      /* GET  /api/v1/{plural}/{number}/steps */
    ROUTE_INQUIRY,    /* GET  /api/v1/{plural}/{number}/{inquiry} */
    ROUTE_HISTORY,    /* GET  /api/v1/{plural}/{number}/history */
    ROUTE_FILE,       /* GET  /api/v1/{plural}/{number}/files/{field} */
    ROUTE_RENDERING,  /* GET  /api/v1/{plural}/{number}/report.docx: a file made of the record */
    ROUTE_VERB        /* POST /api/v1/{plural}/{number}/{verb} */
} RouteKind;

typedef struct {
    RouteKind kind;
    const Plan *plan;           /* of records, else NULL */
    Str number;                 /* of a record; of an event */
    const Verb *verb;           /* of ROUTE_MAKE and ROUTE_VERB */
    const Field *field;         /* of ROUTE_FILE */
    const Inquiry *inquiry;     /* of ROUTE_INQUIRY */
    const Rendering *rendering; /* of ROUTE_RENDERING */
    Str allow;                  /* with ROUTE_NONE: methods that the address does take; empty: there is nothing there */
} Route;

/* HEAD is found as GET is. */
Route route_find(const Registry *registry, HttpMethod method, Str path);
/* What the API answers for, so that a server with several doors can ask. */
bool route_is_ours(Str path);
