/* SPDX-License-Identifier: Apache-2.0
 * record/head.h: what every record has, whatever its type. Kept by the engine; verbs read it. */
#pragma once

#include "record/field.h"

typedef struct {
    Id id;
    Str number;       /* what people see and addresses carry: "F-012". Never reused */
    int state;        /* of the type's list of states, from 1 */
    int64_t revision; /* 1 when made, one more with every change */
    Time created_at, updated_at;
    Id created_by, updated_by;
    int64_t last_event; /* number of the ledger event of this revision */
} RecordHead;
