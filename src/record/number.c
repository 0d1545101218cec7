/* SPDX-License-Identifier: Apache-2.0
 * Numbers: reading a format, and the counters behind it. */
#include "record/number.h"

#include <stdlib.h>
#include <string.h>

#include "record/row.h"

bool number_is_provisional(Str number)
{
    return str_starts(number, STR("D-"));
}

/* The format with year and parent put in: what stands before and behind the counter, and how many digits it has. */
typedef struct {
    Str before, after;
    int digits;
    Str series;
} NumberForm;

static Str digits_of(Arena *arena, Str number)
{
    size_t from = 0;
    while (from < number.len && (number.ptr[from] < '0' || number.ptr[from] > '9'))
        from++;
    return str_dup(arena, str_slice(number, from, number.len));
}

static bool parent_number(Call *call, const Plan *plan, const void *record, Str *number, Err *err)
{
    const Id *parent = (const void *)((const char *)record + plan->parent->offset);
    RecordHead *head = arena_alloc(call->arena, plan->parent_type->size, alignof(max_align_t));

    if (!record_must(call, plan->parent_type, *parent, head, err)) return false;
    *number = head->number;
    return true;
}

/* Reads "%0Nd" or "%d" at `at`; returns the number of bytes it takes. */
static size_t counter_width(const char *at, int *digits)
{
    size_t len = 1;
    *digits    = 1;
    if (at[len] == '0') {
        *digits = at[len + 1] - '0';
        len += 2;
    }
    return len + 1;
}

static bool form_read(Call *call, const Plan *plan, const void *record, NumberForm *form, Err *err)
{
    Buf text     = buf_open(call->arena, 256);
    Ymd today    = date_to_ymd(call->today);
    form->series = plan->series;

    for (const char *at = plan->type->number_format; *at != '\0';) {
        if (at[0] == '%' && at[1] == 'Y') {
            buf_fmt(&text, "%02d", today.year % 100);
            form->series = str_fmt(call->arena, "%.*s/%02d", STR_ARG(plan->series), today.year % 100);
            at += 2;
        } else if (at[0] == '%' && at[1] == 'P') {
            Str number;
            if (!parent_number(call, plan, record, &number, err)) return false;
            buf_add(&text, digits_of(call->arena, number));
            form->series = str_fmt(call->arena, "%.*s/%.*s", STR_ARG(plan->series), STR_ARG(number));
            at += 2;
        } else if (at[0] == '%') {
            at += counter_width(at, &form->digits);
            form->before = buf_str(&text);
            text         = buf_open(call->arena, 256);
        } else {
            buf_add_byte(&text, *at++);
        }
    }
    form->after = buf_str(&text);
    if (plan->type->number_within_parent) {
        const Id *parent = (const void *)((const char *)record + plan->parent->offset);
        form->series     = str_fmt(call->arena, "%.*s/%lld", STR_ARG(form->series), (long long)parent->n);
    }
    return true;
}

static bool series_last(Call *call, Str series, int64_t *last, Err *err)
{
    Query *query = query_open(call->db, STR("SELECT last FROM record_series WHERE series = $1"));

    query_bind_str(query, 1, series);
    *last = query_next(query) ? query_int(query, 0) : 0;
    return query_close(query, err);
}

static bool series_set(Call *call, Str series, int64_t last, Err *err)
{
    Query *query = query_open(call->db, STR("INSERT INTO record_series (series, last) VALUES ($1, $2)"
                                            " ON CONFLICT (series) DO UPDATE SET last = $2"));
    query_bind_str(query, 1, series);
    query_bind_int(query, 2, last);
    return query_run(query, NULL, err);
}

bool number_is_free(Call *call, const Plan *plan, const void *record, bool *is, Err *err)
{
    Query *query = query_open(call->db, plan->select_by_number);

    query_bind_str(query, 1, ((const RecordHead *)record)->number);
    if (plan->type->number_within_parent)
        query_bind_int(query, 2, ((const Id *)(const void *)((const char *)record + plan->parent->offset))->n);
    *is = !query_next(query);
    return query_close(query, err);
}

/* Numbers that were given before their year began are passed over: their series was not counted then. */
static bool number_next(Call *call, const Plan *plan, void *record, Err *err)
{
    NumberForm form = { 0 };
    bool is_free    = false;
    int64_t last;

    if (!form_read(call, plan, record, &form, err) || !series_last(call, form.series, &last, err)) return false;
    while (!is_free) {
        ((RecordHead *)record)->number = str_fmt(call->arena, "%.*s%0*lld%.*s", STR_ARG(form.before), form.digits,
                                                 (long long)++last, STR_ARG(form.after));
        if (!number_is_free(call, plan, record, &is_free, err)) return false;
    }
    return series_set(call, form.series, last, err);
}

/* A number that came with the record: where it fits the format, the series goes on behind it. */
static bool number_take(Call *call, const Plan *plan, void *record, Err *err)
{
    NumberForm form = { 0 };
    Str number      = ((RecordHead *)record)->number;
    int64_t given, last;

    if (plan->type->number_format == NULL) return true;
    if (!form_read(call, plan, record, &form, err)) return false;
    if (!str_starts(number, form.before) || !str_ends(number, form.after)) return true;
    if (number.len <= form.before.len + form.after.len) return true;
    Str counter = str_slice(number, form.before.len, number.len - form.before.len - form.after.len);
    if (!str_to_i64(counter, 1, 999999999, &given)) return true;
    if (!series_last(call, form.series, &last, err)) return false;
    return given <= last || series_set(call, form.series, given, err);
}

bool number_give(Call *call, const Type *type, void *record, Err *err)
{
    if (!number_is_provisional(((RecordHead *)record)->number)) return true;
    return number_next(call, registry_plan(call->app->registry, type), record, err);
}

bool number_settle(Call *call, const Plan *plan, void *record, Err *err)
{
    RecordHead *head = record;

    if (head->number.len > 0) return number_take(call, plan, record, err);
    if (plan->type->number_later || plan->type->number_format == NULL) {
        head->number = str_fmt(call->arena, "D-%lld", (long long)head->id.n);
        return true;
    }
    return number_next(call, plan, record, err);
}
