/* SPDX-License-Identifier: Apache-2.0
 * web/shape_form.h: a form from a shape and back: shape_form.c makes the controls of a record's fields or a verb's
 * input, shape_read.c turns what was sent into the JSON that a verb takes.
 *
 * The form carries a mark of each value as it was shown (shape_marks). What comes back unchanged is not part of the
 * input: so two people who change different fields of one record do not meet. */
#pragma once

#include "web/forms.h"
#include "web/values.h"

/* What a reference can be set to. */
typedef struct {
    const Type *type;
    FormChoice *at;
    size_t len, cap;
    int64_t total;  /* of records that could be chosen; more than `len`: the list is not whole */
    bool is_listed; /* the reader may see records of the type */
} ReferenceChoices;

typedef enum {
    SHAPE_CREATE, /* fields of a new record */
    SHAPE_EDIT,   /* fields of `record` */
    SHAPE_VERB    /* input of a verb */
} ShapeUse;

typedef struct {
    Visit *visit;
    const Type *type;
    const Verb *verb;
    const Shape *shape; /* NULL: the verb has no input of its own */
    ShapeUse use;
    const void *record; /* whose values are shown in SHAPE_EDIT; NULL: none */
    Names *names;       /* with the record's references */
    const HttpFields
        *typed; /* shown instead: what came from the form, or from the address for a new one; may be NULL */
    const InvalidList *invalids; /* NULL: nothing is wrong */
    struct {
        ReferenceChoices *at;
        size_t len, cap;
    } choices; /* looked up so far, once for each type */
} ShapeForm;

enum { SELECT_MAX = 50, OFFERED_MAX = 200, TICKED_MAX = 24 };

/* Whether people give the field here: not what only verbs set, nor what is fixed, nor what is told of a file. */
bool shape_takes(const ShapeForm *form, const Field *field);
/* Adds a control for every field that is taken, for the number where people give it, and for the reason. */
MUST_USE bool shape_form_fill(ShapeForm *form, Form *out, Err *err);

/* A value as its control holds it. */
Str shape_text(const ShapeForm *form, const Field *field, const void *record);
/* What the form holds for the field: all values of its name, ',' between, blanks and line ends as stored. */
Str shape_typed(const ShapeForm *form, const Field *field);
/* One short mark for each taken field of `record`, '.' between. */
Str shape_marks(const ShapeForm *form, const void *record);
/* The input that was sent: without what is marked as unchanged in `marks` (may be empty: everything that is not empty).
 * Uses form->typed and the files of the request. New reference, owned by the arena. */
MUST_USE bool shape_read(ShapeForm *form, Str marks, json_t **input, Err *err);
