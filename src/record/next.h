/* SPDX-License-Identifier: Apache-2.0
 * record/next.h: what a record waits for: the verb that leads on from its state, who is asked to use it, and what
 * stands against it for that person. */
#pragma once

#include "record/call.h"

typedef struct {
    const Verb *verb;     /* NULL: nothing leads on */
    IdList people;        /* who may use it; whom a relation names before those with a role; may be empty */
    StrList names;        /* of the first few of them */
    bool is_viewer;       /* the person asking is one of them */
    RefusalList refusals; /* what stands against it, asked as that person, else as the first of them */
} NextStep;

/* `verb`: the one asked about; NULL: the first of the table's rows from this state whose verb is VERB_PRIMARY. */
MUST_USE bool next_step(Call *call, const Type *type, const void *record, const char *verb, NextStep *out, Err *err);
