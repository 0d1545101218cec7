/* SPDX-License-Identifier: Apache-2.0
 * cli/show.h: answers for people, from the same JSON that programs get and the declarations of its type. Foreign text
 * is made visible first: nothing that somebody typed into a record steers a terminal. */
#pragma once

#include "cli/text.h"
#include "exchange/local.h"

typedef struct {
    Arena *arena;
    TextStyle style;
    const Registry *registry;
    const Zone *zone; /* times are shown in it */
    Buf out;          /* for standard output */
    Buf notes;        /* for standard error: refusals, and what is said beside an answer */
} Show;

/* Fills `out` and `notes` with the answer to `question`. ERR_FORMAT: the answer is not what an answer looks like. */
MUST_USE bool show_answer(Show *show, const LocalQuestion *question, const LocalAnswer *answer, Err *err);
/* What stands against something (RFC 9457 problem), into `notes`: rule, what is missing, who could, what next. */
void show_problem(Show *show, const json_t *problem);
