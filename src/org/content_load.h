/* SPDX-License-Identifier: Apache-2.0
 * org/content_load.h: puts the built-in outline of a standard into the organisation's records: both editions as
 * frameworks, clauses and controls, their mapping, test procedures, and a line of the Statement of Applicability for
 * each control (applicable, implemented, until somebody says otherwise). All by the verbs of those types. */
#pragma once

#include "org/content.h"
#include "record/outcome.h"

#define CONTENT_VERSION          "1"
#define CONTENT_FRAMEWORK        "iso27001-2022"
#define CONTENT_FRAMEWORK_BEFORE "iso27001-2013"

typedef struct {
    size_t made, changed, ended; /* records */
} ContentLoaded;

/* Loads `content` inside the writing Call of somebody who may change the outline (ISMS manager); does not commit. The
 * same version again changes nothing; another adds what is new, edits what changed, and voids built-in procedures that
 * are gone: own copies stay. When something stands against it, outcome->kind says so and nothing more is tried. */
MUST_USE bool content_load(Call *call, const Content *content, ContentLoaded *loaded, Outcome *outcome, Err *err);
