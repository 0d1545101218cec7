/* SPDX-License-Identifier: Apache-2.0
 * tests/ledger/items.h: a small organisation for the tests of the ledger: one guarded table "item" whose rows change
 * only with their events, on both engines, with a key and a signer. */
#pragma once

#include "../support/engines.h"
#include "ledger/verify.h"

/* A setup that makes the tables, the head, a signer in t->folder and its key in the store. */
int items_setup(void **state);
#define ITEMS_TEST(test) ON_BOTH_WITH(items_setup, test)

/* Opened anew at each call. */
Signer *items_signer(TestStore *t);
/* Sets items [first, first + count) to `title` in one transaction, one event each; all in dossier "case/7". */
void items_set(TestStore *t, int64_t first, int64_t count, const char *title);
void items_checkpoint(TestStore *t);
/* Verifies in a snapshot of its own, with signer and rows. */
VerifyReport items_verify(TestStore *t, VerifyDepth depth);
/* Runs `sql` as somebody who may drop triggers: without those of `table`. */
void items_by_hand(TestStore *t, const char *table, const char *sql);
/* Flips the lowest bit of byte `at` of the bytes that `select` gives (one row, one column) by `update` (its $1). */
void items_flip(TestStore *t, const char *table, const char *select, const char *update, size_t at);
/* The report must have exactly one failure, of this kind and at this number. */
void check_one_failure(const VerifyReport *report, VerifyFound found, int64_t number);

extern VerifyRows items_rows;
