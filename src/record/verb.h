/* SPDX-License-Identifier: Apache-2.0
 * record/verb.h: the one way in which anything changes. A door makes a Request; verb_run takes the organisation's write
 * turn, loads, checks who, input, revision and guards, runs the body, writes rows and events, commits, and answers with
 * an Outcome. verb_check and verb_check_all answer without doing anything: that is how a button knows why it cannot be
 * used. */
#pragma once

#include "record/outcome.h"

typedef struct {
    const Type *type;
    Str verb;
    Str number;          /* the record; empty for verbs that make one */
    int64_t revision;    /* the revision seen; 0: not said */
    bool is_exact;       /* any change since the revision seen is a conflict, also one of other fields */
    const json_t *input; /* object or NULL */
    Str idempotency_key; /* empty: none; at most 200 bytes */
} Request;

/* After the commit the hooks behind the verb run (record/registry.h, After); the outcome is theirs to read, and what
 * they could not do is logged. Fails only when the world does (disk, database). After ERR_UNKNOWN nobody knows whether
 * it was done: ask again with the same idempotency key. */
MUST_USE bool verb_run(const Caller *caller, const Request *request, Call **call, Outcome *outcome, Err *err);
/* Inside an open writing Call: for loading many steps in one transaction. Does not commit, and does no slow work on the
 * input (Verb.prepare): give it as that leaves it. */
MUST_USE bool verb_apply(Call *call, const Request *request, Outcome *outcome, Err *err);

/* Asks of `record` (NULL: of making one) whether the step is there and this person takes it, in the words of verb_run:
 * a refusal of state or who, or OUTCOME_DONE where only revision, input and guards are still to be asked. */
MUST_USE bool verb_check(Call *call, const Type *type, const Verb *verb, const void *record, Outcome *outcome,
                         Err *err);

/* What can be done with a record now, and why not. */
typedef struct {
    const Verb *verb;
    const Step *step;
    bool is_allowed;      /* the person is one of those who may; verbs that he never may are left out */
    RefusalList refusals; /* what does not hold yet; empty: it can be used */
} StepView;

typedef struct {
    StepView *at;
    size_t len, cap;
} StepViewList;

/* The verbs of `record`'s state that the person may use, in the order of the table, each with its refusals. */
MUST_USE bool verb_check_all(Call *call, const Type *type, const void *record, StepViewList *out, Err *err);
/* Whether the person may make a record of the type at all. */
MUST_USE bool verb_may_create(Call *call, const Type *type, bool *may, Err *err);
/* As above for a record that begins with the fields of `record` (its parent, say): who is related to it counts too. */
MUST_USE bool verb_may_make(Call *call, const Type *type, const void *record, bool *may, Err *err);
/* Whether the person is among `who` ("lead|programme-manager") of the record. */
MUST_USE bool call_is_among(Call *call, const Type *type, const char *who, const void *record, bool *is, Err *err);
