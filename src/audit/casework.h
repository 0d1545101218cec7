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

/* A nonconformity of any source. */
typedef struct {
    Str number;
    IdList refs;
    Id process;
    Date found_on;
    bool is_major, is_open;
    bool is_repeat; /* of the same cause as an earlier one, by a person's decision, or marked so by the auditor */
} CaseSeen;

typedef struct {
    CaseSeen *at;
    size_t len, cap;
} CaseSeenList;

typedef struct {
    /* Actions of `person`, not cancelled, that are open or were done on or after `since`, by number. */
    bool (*work_of)(Call *call, Id person, Date since, WorkDoneList *out, Err *err);
    /* Whether the case of the finding has an owner and is beyond "acknowledged"; false when there is no case. */
    bool (*is_in_hand)(Call *call, Id finding, bool *is, Err *err);
    /* Nonconformities found on or after `since`, by number; neither rejected nor void ones. */
    bool (*cases_since)(Call *call, Date since, CaseSeenList *out, Err *err);
} Casework;

#define CASEWORK_SERVICE "casework"
