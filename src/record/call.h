/* SPDX-License-Identifier: Apache-2.0
 * record/call.h: who asks, when, through what, and what the answer holds so far. One Call per request, command or step
 * of a job; made by call_open, everything in it lives in its arena. */
#pragma once

#include "base/json.h"
#include "base/text.h"
#include "base/world.h"
#include "base/zone.h"
#include "ledger/ledger.h"
#include "record/type.h"

typedef struct Registry Registry;
typedef struct App App;
typedef struct Signer Signer;

/* What the engine asks about people; the organisation's room answers (org/directory.c). */
typedef struct {
    /* The names of the roles `person` holds on call->today ("everyone" among them when he may sign in). */
    bool (*roles_of)(Call *call, Id person, StrList *roles, Err *err);
    /* The people who hold the role today, by name. */
    bool (*people_with)(Call *call, Str role, IdList *people, Err *err);
    /* Names of people, in the order asked. */
    bool (*names_of)(Call *call, const IdList *people, StrList *names, Err *err);
    const char *(*role_label)(Str role);
} Directory;

/* The process, or one organisation of it: shared by all threads, constant once opened. */
struct App {
    Store *store;
    const Registry *registry;
    const Directory *directory;
    World *world;
    Zone *zone; /* of the organisation */
    const Language *language;
    Signer *signer; /* NULL: checkpoints are not signed here */
    bool read_only; /* verify failed at the start: nothing is written until somebody has looked */
};

typedef struct {
    Str rule;      /* "G-06", "finish-1" */
    Str missing;   /* what is missing, a sentence without a full stop at the start of the refusal */
    StrList could; /* names of people who could do it */
    Str next;      /* what to do next, a sentence */
} Refusal;

typedef struct {
    Refusal *at;
    size_t len, cap;
} RefusalList;

typedef struct {
    Str field;   /* name in the input; empty: the input as a whole */
    Str message; /* how to mend it, a sentence */
} Invalid;

typedef struct {
    Invalid *at;
    size_t len, cap;
} InvalidList;

struct Call {
    App *app;
    Arena *arena;
    Db *db;
    Id who; /* none: nobody signed in, or the program itself when `is_system` */
    bool is_system;
    StrList roles;
    StrList scopes; /* of the token used; empty: all the person may */
    Time now;
    Date today; /* in the organisation's zone */
    const Language *language;
    const char *door; /* "web", "api", "cli", "job", "scenario" */

    /* while a verb is checked or run */
    const Type *type;
    const Verb *verb;
    const Step *step;
    const void *input;   /* structure of verb->input, or of the type for create and edit; NULL: only asked */
    bool is_probe;       /* a guard is being asked on behalf of somebody else: names nobody */
    const void *before;  /* the record as it is stored, while a verb runs; NULL for a new one */
    const json_t *given; /* the members of the input as they came, to tell "not given" from "emptied"; NULL: none */
    void *found;         /* by Verb.prepare; NULL: it was not asked, or found nothing */
    RefusalList refusals;
    InvalidList invalids;
    Str shown_once; /* a secret that a body made: in the outcome this once, stored nowhere */

    struct ReadRecords *read; /* what record_load read of the snapshot; NULL in a Call that writes (record/row.c) */
};

/* A Call of `who` in `arena`, reading a snapshot; CALL_WRITE takes the write turn instead. `now` none: the world's
 * clock. */
typedef enum { CALL_READ, CALL_WRITE } CallMode;
struct Caller {
    App *app;
    Arena *arena;
    Id who;
    bool is_system;
    StrList scopes;
    const char *door;
};
MUST_USE bool call_open(const Caller *caller, CallMode mode, Call **out, Err *err);
/* Another person's Call in the same transaction, at `now`: for replaying a history as those who made it. Ends with
 * `base`. */
MUST_USE bool call_as(Call *base, Id who, Time now, Call **out, Err *err);
/* Ends the transaction; without commit nothing it did remains. */
void call_end(Call *call);

bool call_has_role(const Call *call, Str role);
/* The text of `english` in the language of the person asking. */
Str call_text(const Call *call, const char *english);

/* Adds a refusal; texts as in style: factual, no blame, always a way on. */
void refuse(Call *call, Refusal refusal);
/* The usual form: rule, a formatted sentence on what is missing, and the next step. */
void refuse_with(Call *call, const char *rule, Str missing, const char *next);
/* People whom `who` of the step in hand names and whom `guard` does not refuse, by name; empty while probing. */
StrList people_who_could(Call *call, Guard *guard, const void *record);
/* Names for a refusal's `could`. */
StrList people_names(Call *call, const IdList *people);
void invalid(Call *call, Str field, Str message);
