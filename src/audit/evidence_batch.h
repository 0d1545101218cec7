/* SPDX-License-Identifier: Apache-2.0
 * audit/evidence_batch.h: many files at once: an item of evidence for each, and the answer to a request with them, in one
 * transaction of ordinary verbs. All of it is done or nothing. */
#pragma once

#include "record/verb.h"

enum { BATCH_FILES_MAX = 200 };

/* A file that is stored. Texts are as the client gave them. */
typedef struct {
    Str hash;  /* 64 hex digits */
    Str name;  /* label; may be empty */
    Str type;  /* as claimed; may be empty */
    Str title; /* of the item; empty: made from the name */
    int64_t size;
    Date fact_date; /* none: that of `common` */
} BatchFile;

typedef struct {
    const json_t *common; /* input of evidence.create that all share: audit, source, fact_date, … */
    const BatchFile *files;
    size_t files_len;
    Str request;          /* number of the evidence request that is answered with them; empty: none */
    const char *verb;     /* of the request: "submit", "answer" */
    const json_t *answer; /* its input; the items are added as "evidence" */
    Str key;              /* idempotency key of the whole; empty: none */
} EvidenceBatch;

/* Like verb_run: *outcome is that of the first verb that was not done, else of the last. `numbers` are those of the items
 * made. *call is open for putting the outcome into words; the caller ends it. */
MUST_USE bool evidence_batch(const Caller *caller, const EvidenceBatch *batch, Call **call, Outcome *outcome,
                             StrList *numbers, Err *err);
