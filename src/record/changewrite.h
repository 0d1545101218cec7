/* SPDX-License-Identifier: Apache-2.0
 * record/changewrite.h: writing what a verb named, for record/verb.c alone. */
#pragma once

#include "record/change.h"

/* Gives ids and numbers to new records and writes events, rows, links and search words, in order. Afterwards the heads
 * of all records are as stored. */
MUST_USE bool changes_write(Changes *changes, Ledger *ledger, Str idempotency_key, Err *err);
