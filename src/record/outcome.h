/* SPDX-License-Identifier: Apache-2.0
 * record/outcome.h: the answer to a verb, the same for every door: a value, as many refusals as apply, never an error.
 */
#pragma once

#include "base/json.h"
#include "record/call.h"

typedef enum {
    OUTCOME_DONE,
    OUTCOME_REFUSED,   /* a guard does not hold */
    OUTCOME_FORBIDDEN, /* the person has none of the roles and relations that may; told in the form of a refusal */
    OUTCOME_INVALID,   /* the input cannot be taken */
    OUTCOME_CONFLICT,  /* somebody changed the record since it was read */
    OUTCOME_NOT_FOUND, /* no such record, or none that this person may see */
    OUTCOME_REUSED,    /* the idempotency key was used for another request */
    OUTCOMES
} OutcomeKind;

/* One field that both changed: what the record has now and what the person wanted. */
typedef struct {
    Str field, label, before, now, wanted;
} Difference;

typedef struct {
    Difference *at;
    size_t len, cap;
} DifferenceList;

struct Outcome {
    OutcomeKind kind;
    const Type *type;
    const char *verb;
    Id id;
    Str number;
    int64_t revision;
    int state;
    int64_t first_event, last_event; /* ledger numbers of what was done */
    RefusalList refusals;
    InvalidList invalids;
    DifferenceList differences;
    Str shown_once; /* a secret, for the person's eyes now and never again */
    bool is_repeat; /* answered from the idempotency record: nothing was done again */
};

/* RFC 9457 problem, or the short form of what was done. New reference, owned by the arena of `call`. */
json_t *outcome_json(Call *call, const Outcome *outcome);
/* Its member "errors": what is wrong with an input, field by field. New reference. */
json_t *outcome_errors(Call *call, const InvalidList *invalids);
/* HTTP status of the outcome: 200, 409, 403, 422, 412, 404. */
int outcome_status(OutcomeKind kind);
/* Exit code of the command line: 0 done, 3 refused or forbidden, 4 invalid, 5 conflict, 6 not found. */
int outcome_exit(OutcomeKind kind);
/* The sentence that says what cannot be done: "F-012 cannot be closed now". */
Str outcome_title(Call *call, const Outcome *outcome);
