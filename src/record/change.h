/* SPDX-License-Identifier: Apache-2.0
 * record/change.h: what the body of a verb names: records made or changed. The engine writes all of them, with one
 * ledger event each, in the transaction of the verb. There is no other way to change a row. */
#pragma once

#include "record/call.h"

typedef enum { CHANGE_MAKE, CHANGE_EDIT } ChangeKind;

typedef struct {
    ChangeKind kind;
    const Type *type;
    void *record;
    const char *verb; /* of the event: "nonconformity.verify" */
    int to;           /* state after the change */
    Str why;
} Change;

struct Changes {
    Change *at;
    size_t len, cap;
    Call *call;
    int target; /* change_target */
    Str why;    /* of the verb's own change */
    Str number; /* change_number */
};

/* Says why the verb's own record changes (its reason, in the person's words). */
void change_why(Changes *changes, Str why);
/* Chooses among the steps of the verb in hand; the step must exist. */
void change_target(Changes *changes, int state);
/* A new record of `type`: zeroed, with its id and the state of its "create" step (or of `verb` from STATE_NEW). Fill
 * its fields; its number is given when it is written, unless `record->head.number` is set. */
void *change_make(Changes *changes, const Type *type, const char *verb, Str why);
/* Another record takes a step of its own type's table because of this verb. The row (from, verb) must exist; its guards
 * are this verb's business. Fields may be set before or after the call. */
void change_step(Changes *changes, const Type *type, void *record, const char *verb, Str why);
/* As change_step where the verb has several targets. */
void change_step_to(Changes *changes, const Type *type, void *record, const char *verb, int to, Str why);
/* The next free id; ids are never reused. For records that name each other before they are written. */
MUST_USE bool id_next(Call *call, Id *id, Err *err);
