/* SPDX-License-Identifier: Apache-2.0
 * web/step_page.h: the verbs of a record on a page made by hand: what comes next and who is asked, on top; every other
 * verb in the part of the page that it is about; rare ones behind "More". */
#pragma once

#include "record/next.h"
#include "web/values.h"

enum { PART_MORE = -1 };

/* Where on the page a verb is offered, or a rule is met: part 0 has the fragment "#part-1". */
typedef struct {
    const char *name;
    int part;
    const char *label; /* of a rule: what is to be done there */
} StepPlace;

typedef struct {
    Visit *visit;
    const Type *type;
    const void *record;
    const StepPlace *verbs; /* those not named stand behind "More" */
    size_t verbs_len;
    const StepPlace *rules; /* those not named are met in the form of the verb */
    size_t rules_len;
    NextStep next;
} StepPage;

/* The address of a verb's form, which leads back to its part of the page. */
Str step_form_href(const StepPage *page, const char *verb);
/* "/nonconformities/F-012#part-2" as a value of a query; PART_MORE: the page itself. */
Str step_back_value(const StepPage *page, int part);
/* What comes next: a gate where something is missing or several things are, else a callout. Needs next.verb. */
void step_next_fill(const StepPage *page, Gate *gate, Callout *callout);
/* Every verb but the next: `parts` by part, rare ones in `more`. */
MUST_USE bool step_acts_fill(const StepPage *page, Buttons *parts, Links *more, Err *err);
