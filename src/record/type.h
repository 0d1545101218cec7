/* SPDX-License-Identifier: Apache-2.0
 * record/type.h: what a record type is: fields, states, verbs, steps, who may do and who may see. A type is constant
 * data in one source file that reads like its chapter of the catalogue. */
#pragma once

#include "base/err.h"
#include "base/json.h"
#include "record/head.h"
#include "store/schema.h"

typedef struct Call Call;
typedef struct Changes Changes;
typedef struct Type Type;
typedef struct Outcome Outcome;

/* A guard is named by the sentence that is true when it holds. It adds refusals to `call`, or nothing; false only when
 * it could not look. call->input is NULL when somebody only asks whether the verb could be used: then a guard judges
 * what it can see without the input. */
typedef bool Guard(Call *call, const void *record, Err *err);

/* The body of a verb sets fields of `record` and names further changes (record/change.h). It never sets a state. */
typedef bool VerbBody(Call *call, void *record, Changes *changes, Err *err);

typedef struct Caller Caller;
/* Slow work before the write turn is taken: may replace members of `input` (hash a password), and may leave in *found
 * what the body needs (the rows of a population), which becomes call->found; the body must still ask whether it fits
 * the record, as that may have changed since. Inside a transaction that is open already (verb_apply) nobody calls it.
 */
typedef bool VerbPrepare(const Caller *caller, Str number, json_t *input, void **found, Err *err);

/* How somebody gets a file of a record. */
typedef enum { FILE_VIEW = 1, FILE_DOWNLOAD } FileUse;
/* Asked by a door before bytes of a record's file leave through it, outside any transaction: a type that keeps a log of
 * who got what writes it here. *why_not: a sentence when the file is not given; empty: it may leave. */
typedef bool FileGiven(const Caller *reader, const void *record, FileUse use, Str *why_not, Err *err);

typedef enum {
    VERB_DANGER  = 1, /* cannot be undone: asked again, drawn outlined */
    VERB_PRIMARY = 2, /* the usual next thing in its state */
    VERB_INSIDE  = 4  /* only part of another verb (change_step) or done by the program itself; no door offers it */
} VerbFlags;

typedef struct {
    const char *name;   /* "approve-plan" */
    const char *label;  /* "Approve plan" */
    const char *help;   /* what it does and what follows, one sentence */
    const Shape *input; /* NULL: none */
    VerbBody *body;     /* NULL: only the state changes */
    int flags;
    VerbPrepare *prepare; /* NULL: nothing is slow */
} Verb;

enum { STEP_GUARDS_MAX = 12 };
enum { STATE_NEW = 0, STATE_SAME = -1, STATE_ANY = -2 };

/* From, verb, to, who may, what must hold. States change here and nowhere else. A verb with several steps from one
 * state names its target in the body (change_target). `who` lists roles and relations separated by '|': any of them
 * may; for a verb that makes a record, relations are asked of the record as it was given. */
typedef struct {
    int from; /* STATE_NEW: the verb makes the record; STATE_ANY: every state */
    const char *verb;
    int to; /* STATE_SAME: the state stays */
    const char *who;
    Guard *guards[STEP_GUARDS_MAX];
} Step;

/* A relation of people to a record ("owner", "lead"): one function gives them all, so it answers both "may I?" and "who
 * could?". */
typedef struct {
    const char *name;
    const char *label; /* "the owner of the nonconformity" */
    bool (*people)(Call *call, const void *record, IdList *people, Err *err);
} Relation;

/* Who may see records of a type. `who` is a list of roles ("everyone" is everybody with an account); `where` limits
 * them to some rows: constant SQL over the type's own columns in which :viewer stands for the person asking and :today
 * for the day; NULL is all rows. A person sees a row that any line shows him. */
typedef struct {
    const char *who;
    const char *where;
} See;

struct Type {
    const char *name;          /* "nonconformity": table, entity, command line */
    const char *plural;        /* "nonconformities": addresses of API and pages */
    const char *label;         /* "Nonconformity" */
    const char *label_plural;  /* "Nonconformities" */
    const char *about;         /* one sentence for help and OpenAPI */
    const char *number_format; /* "F-%03d"; %Y: two-digit year; %P: the digits of the parent's number; NULL: whoever
                                  makes the record gives the number */
    bool number_later;         /* a new record has the provisional number "D-ID" until a verb calls number_give */
    const char *number_series; /* types of one series share a name; NULL: the type's own */
    const char *parent; /* name of the REF field to the record this is a part of; NULL: none. Numbers of parts are
                           unique within the parent when number_within_parent is set */
    bool number_within_parent;
    const char *dossier; /* name of the REF field to the record in whose file events are counted; NULL: itself if
                            `is_dossier` */
    bool is_dossier;
    bool personal; /* its after-image is personal data and can be erased by itself */
    size_t size;
    const Field *fields;
    size_t fields_len;
    const ChoiceList *states;
    const Verb *verbs;
    size_t verbs_len;
    const Step *steps;
    size_t steps_len;
    const Relation *relations;
    size_t relations_len;
    const See *see;
    size_t see_len;
    const Index *indexes; /* beyond the engine's own */
    size_t indexes_len;
    FileGiven *file_given; /* NULL: nobody keeps a log of who got its files */
    const char *sort;      /* default order of lists: a field or "number", "-" in front: downwards. NULL: number */
};

/* Two states and three steps for types that have no life of their own: in use until voided. */
enum { PLAIN_IN_USE = 1, PLAIN_VOID = 2 };
extern const ChoiceList plain_states;
/* create, edit, void for `who`, as rows of a table of steps; PLAIN_VERBS as rows of a table of verbs. */
#define PLAIN_STEPS(who)                                                                                               \
    { STATE_NEW, "create", PLAIN_IN_USE, who, { NULL } }, { PLAIN_IN_USE, "edit", STATE_SAME, who, { NULL } },         \
    {                                                                                                                  \
        PLAIN_IN_USE, "void", PLAIN_VOID, who,                                                                         \
        {                                                                                                              \
            NULL                                                                                                       \
        }                                                                                                              \
    }
/* The verbs that every type has by default when a step names them and the type's own verbs do not. */
extern const Verb verb_create, verb_edit, verb_void;

#define TYPE_FIELDS(T)        .size = sizeof(T), .fields = T##_fields, .fields_len = countof(T##_fields)
#define TYPE_VERBS(array)     .verbs = (array), .verbs_len = countof(array)
#define TYPE_STEPS(array)     .steps = (array), .steps_len = countof(array)
#define TYPE_RELATIONS(array) .relations = (array), .relations_len = countof(array)
#define TYPE_SEE(array)       .see = (array), .see_len = countof(array)
#define TYPE_INDEXES(array)   .indexes = (array), .indexes_len = countof(array)

const Field *type_field(const Type *type, Str name);
const Field *type_title_field(const Type *type);   /* NULL: the number is all there is */
const Verb *type_verb(const Type *type, Str name); /* its own or a default one; NULL when no step of the type uses it */
/* Whether the step leads on: not editing, not voiding, nothing that is only part of another verb. */
bool step_leads_on(const Type *type, const Step *step);
const char *state_name(const Type *type, int state);
const char *state_label(const Type *type, int state);
