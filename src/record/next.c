/* SPDX-License-Identifier: Apache-2.0
 * The next step of a record. Guards are asked as the person who would take it, so their answers are those that he will
 * get. */
#include "record/next.h"

#include <string.h>

#include "record/people.h"
#include "record/verb.h"

enum { NEXT_NAMES = 4 };

static const Step *step_leading_on(const Type *type, int state, const char *wanted)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        const Verb *verb = type_verb(type, str_from_c(step->verb));
        if (step->from != state) continue;
        if (wanted != NULL ? strcmp(verb->name, wanted) == 0 : (verb->flags & VERB_PRIMARY) != 0) return step;
    }
    return NULL;
}

static bool people_related(Call *call, const Type *type, const char *who, const void *record, IdList *people, Err *err)
{
    Str rest = str_from_c(who), word;

    while (str_cut(&rest, '|', &word)) {
        for (size_t i = 0; i < type->relations_len; i++) {
            const Relation *relation = &type->relations[i];
            if (str_eq_c(word, relation->name) && !relation->people(call, record, people, err)) return false;
        }
    }
    return true;
}

/* Relations name the very person ("the verifier"); only where they name nobody are those with a role asked. */
static bool people_asked(Call *call, const Type *type, const char *who, const void *record, IdList *people, Err *err)
{
    if (!people_related(call, type, who, record, people, err)) return false;
    return people->len > 0 || people_among(call, type, who, record, people, err);
}

/* What verb_check_all says of the verb when `call`'s person asks. */
static bool next_refusals(Call *call, const Type *type, const void *record, NextStep *next, bool *may, Err *err)
{
    StepViewList steps = { 0 };

    *may = false;
    if (!verb_check_all(call, type, record, &steps, err)) return false;
    for (size_t i = 0; i < steps.len; i++) {
        if (steps.at[i].verb != next->verb) continue;
        *may           = true;
        next->refusals = steps.at[i].refusals;
    }
    return true;
}

bool next_step(Call *call, const Type *type, const void *record, const char *verb, NextStep *out, Err *err)
{
    const Step *step = step_leading_on(type, ((const RecordHead *)record)->state, verb);
    bool may;
    Call *other;

    *out = (NextStep){ 0 };
    if (step == NULL) return true;
    out->verb = type_verb(type, str_from_c(step->verb));
    if (!people_asked(call, type, step->who, record, &out->people, err)) return false;
    IdList first = out->people;
    if (first.len > NEXT_NAMES) first.len = NEXT_NAMES;
    out->names = people_names(call, &first);
    if (!next_refusals(call, type, record, out, &out->is_viewer, err)) return false;
    if (out->is_viewer || out->people.len == 0) return true;
    if (!call_as(call, out->people.at[0], call->now, &other, err)) return false;
    return next_refusals(other, type, record, out, &may, err);
}
