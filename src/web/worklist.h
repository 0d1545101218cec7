/* SPDX-License-Identifier: Apache-2.0
 * web/worklist.h: what the pages show that belong to no one record: My work, what was found, settings, the whole record
 * (src/web/pages/home.html and overview.html draw them). */
#pragma once

#include "web/forms.h"
#include "web/shell.h"

typedef struct {
    WorkList setup; /* what is still to be set up, for those who do that */
    WorkList decisions, todo;
    TableView waits;
    EmptyState empty; /* shown when its title is set */
    Str zone;
} HomeView;

typedef struct {
    Str href, number, title;
    Cell state;
} FoundLine;

typedef struct {
    Str title; /* of the kind: "Nonconformities" */
    FoundLine *at;
    size_t len, cap;
} FoundGroup;

typedef struct {
    Str asked;
    Str count; /* "4 records" */
    EmptyState empty;
    FoundGroup *at;
    size_t len, cap;
} FindView;

typedef struct {
    Link link;
    Str about;
    Str count;
} Place;

/* Places under one heading. */
typedef struct {
    Str title;
    Place *at;
    size_t len, cap;
} PlaceGroup;

typedef struct {
    PlaceGroup *at;
    size_t len, cap;
} Places;

typedef struct {
    Facts facts;
    Str checkpoint; /* the signed note, as text; empty: none yet */
    Str note;       /* what is to be done with it */
    Str href;       /* of the note as a file */
} LedgerView;
