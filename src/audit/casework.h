/* SPDX-License-Identifier: Apache-2.0
 * audit/casework.h: what audits ask about corrective actions. The room below answers, under the service name "casework"
 * (record/registry.h); where nobody does, there is no such work and no such case. */
#pragma once

#include "record/call.h"

/* A corrective action that a person owns, helped with or claimed done. */
typedef struct {
    Str number;   /* "CA-011-2" */
    IdList refs;  /* of its nonconformity */
    Date done_on; /* none: not finished */
} WorkDone;

typedef struct {
    WorkDone *at;
    size_t len, cap;
} WorkDoneList;

typedef struct {
    /* Actions of `person`, not cancelled, that are open or were done on or after `since`, by number. */
    bool (*work_of)(Call *call, Id person, Date since, WorkDoneList *out, Err *err);
    /* Whether the case of the finding has an owner and is beyond "acknowledged"; false when there is no case. */
    bool (*is_in_hand)(Call *call, Id finding, bool *is, Err *err);
} Casework;

#define CASEWORK_SERVICE "casework"
