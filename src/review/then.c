/* SPDX-License-Identifier: Apache-2.0
 * The day that is asked about. */
#include "review/then.h"

#include <assert.h>

Then then_of(Call *call, Date day)
{
    if (date_is_none(day)) day = call->today;
    return (Then){
        .call = call, .day = day, .end = zone_day_end(call->app->zone, day), .is_now = !date_before(day, call->today)
    };
}

bool then_each(const Then *then, const Type *type, RecordVisit *visit, void *context, Err *err)
{
    assert(!then->is_now);
    /* the last instant of the day: its end is the first one after it */
    return record_each_as_of(then->call, type, (Time){ then->end.us - 1 }, visit, context, err);
}

bool then_within_months(const Then *then, Date date, int months)
{
    return !date_is_none(date) && !date_before(then->day, date) &&
           !date_before(date, date_add_months(then->day, -months));
}

bool then_is_past(const Then *then, Date due)
{
    return date_before(due, then->day);
}
