/* SPDX-License-Identifier: Apache-2.0
 * exchange/form.h: the shape of a foreign JSON document as data, and the check of a document against it. What the
 * tables do not name is an error that says where it stands ("findings[3].history[7].verb: …"), so nothing is
 * overlooked. */
#pragma once

#include "base/err.h"
#include "base/json.h"

typedef enum {
    FORM_TEXT,
    FORM_DAY,    /* "2026-11-16" */
    FORM_CLOCK,  /* "09:44" */
    FORM_COUNT,  /* a whole number, 0 or more */
    FORM_SHARE,  /* a number from 0 to 1 */
    FORM_YES_NO, /* true or false */
    FORM_WORD,   /* one of `words` */
    FORM_PART,   /* an object of its own form */
    FORM_PERSON, /* the id of somebody the document names */
    FORM_MAP,    /* an object with free names, each member a list of days */
    FORM_WORDS,  /* an object with free names, each member one of `words` or a text when there are none */
    FORM_ANY     /* for reading only */
} FormKind;

enum { FORM_LIST = 1, FORM_NEEDED = 2 };

typedef struct Form Form;

typedef struct {
    const char *name;
    FormKind kind;
    int flags;
    const char *words; /* separated by blanks */
    const Form *part;
} FormKey;

/* A step by its verb: which of the form's keys it takes beside those that all steps have; `needed` of them must be
 * there. Separated by blanks; "actions=verified" takes the key "actions" in the shape of the key "verified". */
typedef struct {
    const char *verb, *needed, *takes;
} FormVerb;

struct Form {
    const FormKey *keys;
    size_t keys_len;
    const FormVerb *verbs; /* NULL: no steps */
    size_t verbs_len;
    const char *common; /* keys of every step */
};

#define FORM_OF(array)                                                                                                 \
    {                                                                                                                  \
        .keys = (array), .keys_len = countof(array)                                                                    \
    }
#define FORM_STEPS(array, verb_rows, always)                                                                           \
    {                                                                                                                  \
        .keys = (array), .keys_len = countof(array), .verbs = (verb_rows), .verbs_len = countof(verb_rows),            \
        .common = (always)                                                                                             \
    }

/* Checks `value` against the form; `people` is an object whose members are the known ids. ERR_FORMAT with the place. */
MUST_USE bool form_check(Arena *arena, const Form *form, const json_t *value, const json_t *people, Err *err);
/* The document does not say what it should at `place`; always false. */
bool form_fail(Err *err, Str place, Str detail);
