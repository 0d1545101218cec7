/* SPDX-License-Identifier: Apache-2.0
 * record/field.h: what a field is. A record type and the input of a verb are both shapes: a list of fields with their
 * place in a C structure. Everything else (columns, JSON, forms, help, CSV, OpenAPI, history) follows from this.
 *
 * Zero is "none" in every kind, so a zeroed structure is an empty record. */
#pragma once

#include "base/time.h"

/* A record's identity inside its organisation; 0 is none. Never reused, never shown as a name. */
typedef struct {
    int64_t n;
} Id;

typedef struct {
    Id *at;
    size_t len, cap;
} IdList;

typedef struct {
    int64_t value;
    bool set;
} Int;

typedef enum { UNANSWERED, NO, YES } YesNo;

typedef enum {
    KIND_TEXT,    /* one line */
    KIND_LONG,    /* paragraphs */
    KIND_CHOICE,  /* one of a list */
    KIND_CHOICES, /* several of a list, at most 62 */
    KIND_REF,     /* one record of type `to` */
    KIND_REFS,    /* several records of type `to` */
    KIND_DATE,
    KIND_TIME,
    KIND_INT,
    KIND_BOOL,
    KIND_FILE, /* content hash of a stored file, 64 hex digits */
    KINDS
} FieldKind;

/* How each kind lies in memory. */
typedef Str FIELD_C_TEXT;
typedef Str FIELD_C_LONG;
typedef int FIELD_C_CHOICE;
typedef int64_t FIELD_C_CHOICES; /* bit n-1 for choice n */
typedef Id FIELD_C_REF;
typedef IdList FIELD_C_REFS;
typedef Date FIELD_C_DATE;
typedef Time FIELD_C_TIME;
typedef Int FIELD_C_INT;
typedef YesNo FIELD_C_BOOL;
typedef Str FIELD_C_FILE;

/* A value of a list: the machine name is for ever, the label is for people. Choice n of a list is its n-th row, from 1.
 */
typedef struct {
    const char *name;
    const char *label;
} Choice;

typedef struct {
    const char *name; /* of the list, for OpenAPI: "grade" */
    const Choice *at;
    size_t len;
} ChoiceList;

#define CHOICES_OF(list_name, rows)                                                                                    \
    {                                                                                                                  \
        .name = (list_name), .at = (rows), .len = countof(rows)                                                        \
    }

typedef enum {
    SET_BY_PEOPLE = 0, /* given when the record is made, and by edit */
    SET_BY_VERB,       /* only verbs set it */
    SET_ONCE           /* given when the record is made, fixed from then on */
} SetBy;

typedef enum {
    SHOW_IN_LIST  = 1,  /* a column of the register */
    SHOW_AS_TITLE = 2,  /* names the record beside its number; one per type */
    SEARCHED      = 4,  /* its words are found by search */
    INDEXED       = 8,  /* lists filter or sort by it */
    SECRET        = 16, /* never leaves the engine: no JSON, form, history, CSV, and not in the after-image */
    PRIVATE_TEXT  = 32, /* left out of exports */
    PASSWORD      = 64  /* of an input: typed hidden, never shown again, kept out of answers and idempotency records */
} FieldFlags;

typedef struct {
    const char *name;
    FieldKind kind;
    size_t offset;
    const char *label;
    const char *help;   /* a sentence under the field */
    const char *clause; /* where the field comes from: "9.2.2 a", "10.2 d" */
    const ChoiceList *choices;
    const char *to;    /* type of REF and REFS */
    int64_t max_bytes; /* TEXT 200, LONG 8000 when 0 */
    int64_t min, max;  /* INT; both 0: 0 to 2^53-1 */
    bool needed;       /* must be there when the record is made, or the verb called */
    int needed_from;   /* first state that cannot be entered without a value; 0: none */
    int fixed_from;    /* first state in which edit no longer reaches it; 0: none */
    SetBy set_by;
    int flags;
} Field;

typedef struct {
    const char *name; /* "nonconformity", "nonconformity.verify" */
    size_t size;
    const Field *fields;
    size_t len;
} Shape;

const Field *shape_field(const Shape *shape, Str name); /* NULL when there is none */
bool field_is_empty(const Field *field, const void *record);
int64_t field_max_bytes(const Field *field);
/* Number of the choice with that machine name, 0 when there is none. */
int choice_from_name(const ChoiceList *list, Str name);
const char *choice_name(const ChoiceList *list, int choice);  /* "" for 0 */
const char *choice_label(const ChoiceList *list, int choice); /* "" for 0 */
bool id_is_none(Id id);
bool id_eq(Id a, Id b);
bool id_list_has(const IdList *list, Id id);
void id_list_add(Arena *arena, IdList *list, Id id); /* once */
