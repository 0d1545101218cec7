/* SPDX-License-Identifier: Apache-2.0
 * action/types.h: all record types of this room, what it does when findings are issued, and what it answers to audits.
 */
#pragma once

#include "audit/casework.h"
#include "record/registry.h"

extern const Type *const action_types[];
extern const size_t action_types_len;
extern const Follow action_follows[];
extern const size_t action_follows_len;
extern const Casework action_casework;
