/* SPDX-License-Identifier: Apache-2.0
 * review/then.h: the day for whose end indicators are computed. What is asked of today is read from the tables by
 * constant SQL; what is asked of an earlier day from the after-images of the ledger, so that a figure of a past day is
 * the one that would have been seen then, whatever was changed since. Both give the same facts to the same arithmetic,
 * and a test holds them against each other. */
#pragma once

#include "record/history.h"

typedef struct {
    Call *call;
    Date day;
    Time end;    /* of the day, in the organisation's zone */
    bool is_now; /* today or later: the tables tell */
} Then;

/* `day` none: today. */
Then then_of(Call *call, Date day);
/* Every record of a type as it was then, from the ledger; today from its table. Reads whole records: what is only
 * counted today has narrow statements of its own. */
MUST_USE bool then_each(const Then *then, const Type *type, RecordVisit *visit, void *context, Err *err);
/* Whether `date` lies before the end of a period of `months` that ends with the day: closed in the 24 months before. */
bool then_within_months(const Then *then, Date date, int months);
/* A due date that is over at the end of the day; none never is. */
bool then_is_past(const Then *then, Date due);
