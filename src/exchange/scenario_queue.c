/* SPDX-License-Identifier: Apache-2.0
 * The queue of dated steps: which of two steps comes first is decided here and nowhere else. */
#include <stdlib.h>

#include "exchange/scenario_inside.h"

static int minute_of(const json_t *at)
{
    int64_t hour = 0, minute = 0;
    Str text = json_str(at);

    if (!str_to_i64(str_slice(text, 0, 2), 0, 23, &hour) || !str_to_i64(str_slice(text, 3, 2), 0, 59, &minute))
        return 0;
    return (int)(hour * 60 + minute);
}

void scenario_enter(Scenario *scenario, const ScenarioEntry *entry)
{
    Date date;

    if (!json_is_string(entry->date) || !date_from_iso(json_str(entry->date), &date)) return;
    *list_push(scenario->arena, &scenario->steps) = (ScenarioStep){
        .date   = date,
        .minute = json_is_string(entry->at) ? minute_of(entry->at) : 0,
        .rank   = entry->rank,
        .order  = scenario->steps.len,
        .run    = entry->run,
        .owner  = entry->owner,
        .entry  = entry->entry,
        .place  = entry->place,
    };
}

const json_t *scenario_time_of(const json_t *history, size_t index)
{
    Str date = json_text(json_array_get(history, index), "date");

    for (size_t i = index + 1; i-- > 0;) {
        const json_t *step = json_array_get(history, i);
        if (!str_eq(json_text(step, "date"), date)) return NULL;
        if (json_is_string(json_object_get(step, "at"))) return json_object_get(step, "at");
    }
    return NULL;
}

static int compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

static int step_compare(const void *left, const void *right)
{
    const ScenarioStep *a = left, *b = right;
    int first = compare(a->date.number, b->date.number);

    if (first == 0) first = compare(a->minute, b->minute);
    if (first == 0) first = compare((int64_t)a->rank, (int64_t)b->rank);
    return first != 0 ? first : compare((int64_t)a->order, (int64_t)b->order);
}

void scenario_sort(Scenario *scenario)
{
    if (scenario->steps.len == 0) return;
    qsort(scenario->steps.at, scenario->steps.len, sizeof(ScenarioStep), step_compare);
}
