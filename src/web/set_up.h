/* SPDX-License-Identifier: Apache-2.0
 * web/set_up.h: the steps of the set-up after its first one (/setup): four questions, people and processes, the
 * Statement of Applicability, a draft of the programme, old cases. What is done follows from the record alone, so every
 * step can be left, come back to, or never taken. For administrators and ISMS managers; the draft of the programme for
 * its manager, too. */
#pragma once

#include "record/verb.h"
#include "record/view.h"
#include "web/doors.h"
#include "web/visit.h"

typedef enum {
    SETUP_YOU,
    SETUP_QUESTIONS,
    SETUP_PEOPLE,
    SETUP_SOA,
    SETUP_PROGRAMME,
    SETUP_CASES,
    SETUP_STEPS
} SetUpStep;

typedef struct {
    Visit *visit;
    SetUpStep step;
    bool done[SETUP_STEPS];
    FirstRun run;
} SetUp;

/* The steps of the set-up, `here` being the one on the page; without one that is done but the first (`done` NULL). */
void set_up_spine(const Visit *visit, SetUpStep here, const bool *done, Spine *out);
/* Reads what is done. *is_open is false when the reader may not set anything up; then the visit was answered. */
MUST_USE bool set_up_open(Visit *visit, SetUpStep step, SetUp *out, bool *is_open, Err *err);
/* "Later", behind the verbs of the form. */
void set_up_later(SetUp *set_up);
MUST_USE bool set_up_send(SetUp *set_up, int status, Err *err);
/* On to the step behind this one; after the last to My work. */
void set_up_go_on(const SetUp *set_up);
/* Which steps are done; and who may do them. */
MUST_USE bool set_up_done(Call *call, bool done[SETUP_STEPS], Err *err);
bool set_up_is_for(const Call *call, SetUpStep step);
Str set_up_address(SetUpStep step);
const char *set_up_label(SetUpStep step);

/* ---- writing: several verbs in one transaction, or none of them ---- */

typedef struct {
    Visit *visit;
    Call *base;      /* the transaction */
    Call *call;      /* who does it: the roles that the person had when this was made */
    Outcome outcome; /* of the last verb; nothing more is tried once it is not OUTCOME_DONE */
} SetUpWrite;

MUST_USE bool set_up_write(Visit *visit, SetUpWrite *out, Err *err);
/* From here on with the roles that the steps before gave. */
MUST_USE bool set_up_again(SetUpWrite *write, Err *err);
/* Gives the world's failure back: ends the transaction. */
bool set_up_failed(SetUpWrite *write);
bool set_up_goes_on(const SetUpWrite *write);
MUST_USE bool set_up_make(SetUpWrite *write, const Type *type, const char *verb, json_t *input, Err *err);
MUST_USE bool set_up_request(SetUpWrite *write, const Request *request, Err *err);
/* Commits when all was done, and ends the transaction. Words for what was not are in *problem, else it is empty. */
MUST_USE bool set_up_written(SetUpWrite *write, Str *problem, Err *err);
/* The person of this name, if there is one; none else. */
MUST_USE bool set_up_person(Call *call, Str name, Str *number, Err *err);
