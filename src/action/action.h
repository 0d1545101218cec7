/* SPDX-License-Identifier: Apache-2.0
 * action/action.h: corrective actions. */
#pragma once

#define RECORD_TYPE   Action
#define RECORD_FIELDS "action/action.fields.h"
#include "record/declare.h"

#include "action/nonconformity.h"

enum {
    ACTION_PLANNED = 1,
    ACTION_IN_PROGRESS,
    ACTION_DONE_CLAIMED,
    ACTION_VERIFIED,
    ACTION_RETURNED,
    ACTION_CANCELLED
};

extern const Type action_type;

/* The actions of the case's current cycle in the order of their numbers, without cancelled ones. */
MUST_USE bool actions_of_cycle(Call *call, const Nonconformity *nc, ActionList *out, Err *err);
/* All actions of the case, cancelled ones too. */
MUST_USE bool actions_of_case(Call *call, const Nonconformity *nc, ActionList *out, Err *err);
/* Owner or helper of the action, or who claimed it done (ruling G-06, G-07). */
bool action_took_part(const Action *action, Id person);
/* Planned, in progress or returned: still to be done. */
bool action_is_open(const Action *action);
/* The number of the first action in which `person` took part; empty: in none. */
Str actions_part_of(const ActionList *actions, Id person);
