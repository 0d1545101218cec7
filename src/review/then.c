/* SPDX-License-Identifier: Apache-2.0
 * The day that is asked about. */
#include "review/then.h"

#include "record/row.h"

Then then_of(Call *call, Date day)
{
    if (date_is_none(day)) day = call->today;
    return (Then){
        .call = call, .day = day, .end = zone_day_end(call->app->zone, day), .is_now = !date_before(day, call->today)
    };
}

enum { PAGE_RECORDS = 200 };
#define PAGE_BYTES_MAX ((size_t)512 << 20)

static void page_close(void *page)
{
    arena_close(page);
}

/* One page of the table behind `after`, in memory of its own; how many there were. */
static bool page_visit(Call *page, const Type *type, Id *after, RecordVisit *visit, void *context, size_t *len,
                       Err *err)
{
    struct {
        char *at;
        size_t len, cap;
    } list = { 0 };

    if (!record_list_into(page, type, (void **)&list.at, &list.len, &list.cap, STR("id > $1 ORDER BY id LIMIT 200"),
                          BINDS(BIND_ID(*after)), err))
        return false;
    for (size_t i = 0; i < list.len; i++) {
        const RecordHead *head = (const void *)(list.at + i * type->size);
        visit(context, head);
        *after = head->id;
    }
    *len = list.len;
    return true;
}

static bool table_each(Call *call, const Type *type, RecordVisit *visit, void *context, Err *err)
{
    Call page  = *call;
    Id after   = { 0 };
    size_t len = PAGE_RECORDS;

    page.arena = arena_open(PAGE_BYTES_MAX);
    if (page.arena == NULL) return err_set(err, ERR_LIMIT, 0, .what = STR("could not read the records: no memory"));
    arena_defer(call->arena, page_close, page.arena);
    while (len == PAGE_RECORDS) {
        if (!page_visit(&page, type, &after, visit, context, &len, err)) return false;
        arena_reset(page.arena);
    }
    return true;
}

bool then_each(const Then *then, const Type *type, RecordVisit *visit, void *context, Err *err)
{
    if (then->is_now) return table_each(then->call, type, visit, context, err);
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
