/* SPDX-License-Identifier: Apache-2.0
 * record/replay.h: the rows of all record types as verification wants them: each row as the hash of the after-image
 * that its record should have in the ledger. */
#pragma once

#include "ledger/verify.h"
#include "record/registry.h"

/* Lives in `arena`. */
VerifyRows *replay_open(Arena *arena, const Registry *registry);
