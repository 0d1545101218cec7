/* SPDX-License-Identifier: Apache-2.0
 * record/answer.h: answers kept under idempotency keys, so that a request sent twice is done once. In the transaction
 * of the verb: the answer is there exactly when the change is. Kept for ANSWER_KEEP_DAYS. */
#pragma once

#include "record/verb.h"

enum { ANSWER_KEEP_DAYS = 7, ANSWER_KEY_MAX = 128 };

/* Fills `outcome` and sets is_repeat when this person's key is known with the same request; OUTCOME_REUSED when it
 * belonged to another request; else leaves it alone. */
MUST_USE bool answer_find(Call *call, const Request *request, Outcome *outcome, Err *err);
MUST_USE bool answer_keep(Call *call, const Request *request, const Outcome *outcome, Err *err);
MUST_USE bool answers_sweep(Call *call, Err *err);
/* The words of "lead|programme-manager" for people: "lead auditor or programme manager". */
Str who_words(Call *call, const Type *type, const char *who);
