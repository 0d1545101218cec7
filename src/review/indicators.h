/* SPDX-License-Identifier: Apache-2.0
 * review/indicators.h: the indicators K-1 to K-15 at the end of a day, computed from the records (requirements 5 and
 * 13). A fixed number of statements today; one walk over the record's history for an earlier day. They speak of all
 * records, so they are for those who see all: top management, the managers of programme and ISMS, the coordinator. */
#pragma once

#include "review/action_figures.h"
#include "review/case_figures.h"
#include "review/coverage.h"
#include "review/effect_figures.h"

typedef struct {
    Date as_of;
    CaseFigures cases;
    ActionFigures actions;
    EffectFigures effects;
    Coverage coverage;
    /* Findings that are no nonconformities, from the day they were presented. */
    int64_t findings_by_kind[FINDING_CONFORMITY + 1];
    int64_t findings_by_state[FINDING_VOID + 1];
} Indicators;

/* Roles that may ask, for doors: one of them is enough. */
extern const char *const indicator_roles[];
extern const size_t indicator_roles_len;
bool indicators_may_see(const Call *call);

/* `as_of` none or later than today: today. */
MUST_USE bool indicators_read(Call *call, Date as_of, Indicators *out, Err *err);

int64_t indicators_nonconformities(const Indicators *indicators);
/* K-4 of open cases; unknown when none is open. */
Figure indicators_late_ratio(const Indicators *indicators);
Figure indicators_late_first_ratio(const Indicators *indicators);

/* The figures with their keys; docs/formats/indicators.md says what each is. Unknown figures are null. Lives in the
 * arena of the call. */
json_t *indicators_to_json(Call *call, const Indicators *indicators);
/* Both at once. */
MUST_USE bool indicators_json(Call *call, Date as_of, json_t **json, Err *err);
