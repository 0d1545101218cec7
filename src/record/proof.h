/* SPDX-License-Identifier: Apache-2.0
 * record/proof.h: what makes an open organisation provable: the key that signs its checkpoints, and verification of the
 * ledger together with the rows of all record types. */
#pragma once

#include "base/json.h"
#include "ledger/verify.h"
#include "record/app.h"

/* Makes the key in "keys" under the organisation's folder and notes it in the ledger, then opens it into app->signer.
 * ERR_UNIQUE when there is a key already. `arena` lives as long as the App. */
MUST_USE bool proof_key_make(App *app, Arena *arena, Err *err);
/* Opens the key into app->signer. A folder without any key leaves app->signer NULL: `init` was not run yet. Fails when
 * a key is there that cannot be used (others may read it, its memory is gone). */
MUST_USE bool proof_key_open(App *app, Arena *arena, Err *err);
/* The key that people compare: "name+hash+base64"; empty: none. */
Str proof_key_text(const App *app, Arena *arena);

/* Verifies ledger and rows in one snapshot. */
MUST_USE bool proof_verify(App *app, Arena *arena, VerifyDepth depth, VerifyReport *out, Err *err);
/* The report for programs: "result" is "whole", "tampered" or "incomplete". Lives in `arena`. */
json_t *proof_report_json(Arena *arena, const VerifyReport *report);
