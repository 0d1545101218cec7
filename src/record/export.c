/* SPDX-License-Identifier: Apache-2.0
 * A column per field, references in words; what is secret or private text stays inside. */
#include "record/export.h"

#include "base/csv.h"
#include "record/value.h"

enum { CSV_BYTES_MAX = 32 << 20 };

static void csv_head(Buf *csv, const Plan *plan)
{
    csv_add_cell(csv, STR("number"), true);
    csv_add_cell(csv, STR("state"), false);
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        if (!(plan->type->fields[i].flags & (SECRET | PRIVATE_TEXT)))
            csv_add_cell(csv, str_from_c(plan->type->fields[i].name), false);
    }
    csv_end_row(csv);
}

static void csv_row(Buf *csv, const Plan *plan, Names *names, const void *record)
{
    const RecordHead *head = record;

    csv_add_cell(csv, head->number, true);
    csv_add_cell(csv, str_from_c(state_name(plan->type, head->state)), false);
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        bool is_reference  = field->kind == KIND_REF || field->kind == KIND_REFS;
        if (field->flags & (SECRET | PRIVATE_TEXT)) continue;
        csv_add_cell(
            csv, is_reference ? value_to_human(names, field, record) : value_to_text(names_arena(names), field, record),
            false);
    }
    csv_end_row(csv);
}

/* All pages of the list, one after another, in the snapshot of this call. */
bool list_to_csv(Call *call, const ListQuery *list, Str *csv, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, list->type);
    ListQuery query  = *list;
    Buf out          = buf_open(call->arena, CSV_BYTES_MAX);

    query.limit = LIST_LIMIT_MAX;
    csv_head(&out, plan);
    do {
        ListPage page = { 0 };
        if (!list_run(call, &query, &page, err)) return false;
        if (call->invalids.len > 0) return true;
        for (size_t i = 0; i < page.len; i++)
            csv_row(&out, plan, page.names, page.records[i]);
        query.after = page.next;
    } while (query.after.len > 0 && !buf_overflowed(&out));
    if (buf_overflowed(&out))
        invalid(call, (Str){ 0 }, call_text(call, N_("This list is too long for one file: limit it by a condition.")));
    *csv = buf_str(&out);
    return true;
}
