/* SPDX-License-Identifier: Apache-2.0
 * record/work.h: what is asked of a person now: his decisions, his own steps, and what he waits for. Follows from the
 * steps of each type: a record waits for whoever may take the next step. A room that knows better says so by a
 * WorkSource in the catalogue, and the general rule leaves its types alone. */
#pragma once

#include "record/call.h"
#include "record/registry.h"

typedef enum {
    WORK_DECIDE, /* others wait for this person's decision */
    WORK_DO,     /* his own next step */
    WORK_WAIT    /* he waits for others */
} WorkKind;

typedef struct {
    WorkKind kind;
    const Type *type;
    Str number;       /* address of the record: "IA-26-05/A.8.8-1" */
    Str title;        /* of the record */
    const Verb *verb; /* that is asked for, or waited for; NULL: to look at it */
    int state;
    Str what;   /* the thing to do, in a few words; empty: the verb and the number say it */
    Str reason; /* one sentence; may be empty */
    Date due;   /* none: no day is set */
    Date since; /* when the record came into its state */
    Str who;    /* whom one waits for */
} Work;

struct Works { /* Works, of registry.h */
    Work *at;
    size_t len, cap;
};

enum { WORK_PER_RULE_MAX = 50 };

/* All that is asked of call->who, decisions first, then by day, longest overdue first. The number of queries depends on
 * the declarations, not on the number of records. */
MUST_USE bool work_gather(Call *call, Works *out, Err *err);
