/* SPDX-License-Identifier: Apache-2.0
 * Changes: what a verb named, and writing it: event first, then the row that names the event, then the indexes. */
#include "record/change.h"

#include <assert.h>
#include <string.h>

#include "record/changewrite.h"
#include "record/image.h"
#include "record/number.h"
#include "record/rowwrite.h"
#include "store/search.h"

enum { IMAGE_MAX = 900 * 1024 };

/* ------------------------------------------------------------------------------------------------------- naming */

void change_why(Changes *changes, Str why)
{
    changes->why = why;
}

void change_target(Changes *changes, int state)
{
    changes->target = state;
}

static const Step *step_find(const Type *type, int from, const char *verb, int to)
{
    for (size_t i = 0; i < type->steps_len; i++) {
        const Step *step = &type->steps[i];
        bool from_fits   = step->from == from || (step->from == STATE_ANY && from != STATE_NEW);
        bool to_fits     = to == 0 || step->to == to || (step->to == STATE_SAME && to == from);
        if (from_fits && to_fits && strcmp(step->verb, verb) == 0) return step;
    }
    return NULL;
}

static Change *change_push(Changes *changes, ChangeKind kind, const Type *type, void *record)
{
    Change *change = list_push(changes->call->arena, changes);
    change->kind   = kind;
    change->type   = type;
    change->record = record;
    return change;
}

void *change_make(Changes *changes, const Type *type, const char *verb, Str why)
{
    const Step *step = step_find(type, STATE_NEW, verb, 0);
    void *record     = arena_alloc(changes->call->arena, type->size, alignof(max_align_t));

    assert(step != NULL); /* the body names a step that its own room declares */
    Change *change = change_push(changes, CHANGE_MAKE, type, record);
    change->verb   = verb;
    change->to     = step->to;
    change->why    = why;
    return record;
}

void change_step_to(Changes *changes, const Type *type, void *record, const char *verb, int to, Str why)
{
    RecordHead *head = record;
    const Step *step = step_find(type, head->state, verb, to);

    assert(step != NULL); /* as above: a body may only take steps that stand in the table */
    Change *change = change_push(changes, CHANGE_EDIT, type, record);
    change->verb   = verb;
    change->to     = step->to == STATE_SAME ? head->state : step->to;
    change->why    = why;
}

void change_step(Changes *changes, const Type *type, void *record, const char *verb, Str why)
{
    change_step_to(changes, type, record, verb, 0, why);
}

bool id_next(Call *call, Id *id, Err *err)
{
    Query *query =
        query_open(call->db, STR("INSERT INTO record_id (one, last) VALUES (1, 1)"
                                 " ON CONFLICT (one) DO UPDATE SET last = record_id.last + 1 RETURNING last"));
    if (query_next(query)) id->n = query_int(query, 0);
    while (query_next(query)) {
    }
    return query_close(query, err);
}

/* ------------------------------------------------------------------------------------------------------- writing */

static void head_touch(Call *call, const Change *change)
{
    RecordHead *head = change->record;

    head->state = change->to;
    head->revision++;
    head->updated_at = call->now;
    head->updated_by = call->who;
    if (change->kind == CHANGE_MAKE) {
        head->created_at = call->now;
        head->created_by = call->who;
    }
}

static Str change_payload(Call *call, const Plan *plan, const Change *change)
{
    Buf payload = buf_open(call->arena, IMAGE_MAX + 4096);

    buf_add_c(&payload, "{\"after\":");
    image_write(&payload, plan, change->record);
    if (change->why.len > 0) {
        buf_add_c(&payload, ",\"why\":");
        json_add_string(&payload, change->why);
    }
    buf_add_byte(&payload, '}');
    return buf_str(&payload);
}

static void change_files(Call *call, const Plan *plan, const Change *change, LedgerEvent *event)
{
    Hash *hashes = arena_array(call->arena, Hash, plan->type->fields_len + 1);

    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (field->kind != KIND_FILE || field_is_empty(field, change->record)) continue;
        const Str *hex = (const void *)((const char *)change->record + field->offset);
        if (hash_from_hex(*hex, &hashes[event->files_len])) event->files_len++;
    }
    event->files = hashes;
}

static Str change_dossier(Call *call, const Plan *plan, const Change *change)
{
    const RecordHead *head = change->record;

    if (plan->type->is_dossier) return str_fmt(call->arena, "%s/%lld", plan->type->name, (long long)head->id.n);
    if (plan->dossier == NULL) return (Str){ 0 };
    const Id *id = (const void *)((const char *)change->record + plan->dossier->offset);
    return id_is_none(*id) ? (Str){ 0 } : str_fmt(call->arena, "%s/%lld", plan->dossier->to, (long long)id->n);
}

static bool change_append_event(Call *call, Ledger *ledger, const Plan *plan, const Change *change, Str key, Err *err)
{
    RecordHead *head  = change->record;
    Str payload       = change_payload(call, plan, change);
    LedgerEvent event = { .actor =
                              call->is_system ? STR("system") : str_fmt(call->arena, "u_%lld", (long long)call->who.n),
                          .kind            = str_fmt(call->arena, "%s.%s", plan->type->name, change->verb),
                          .entity          = str_fmt(call->arena, "%s/%lld", plan->type->name, (long long)head->id.n),
                          .revision        = head->revision,
                          .dossier         = change_dossier(call, plan, change),
                          .idempotency_key = key };

    if (plan->type->personal)
        event.personal = payload;
    else
        event.payload = payload;
    change_files(call, plan, change, &event);
    return ledger_append(ledger, &event, &head->last_event, err);
}

static bool change_index(Call *call, const Plan *plan, const Change *change, Err *err)
{
    const RecordHead *head = change->record;
    Buf title = buf_open(call->arena, 4096), body = buf_open(call->arena, 1 << 20);

    if (!plan->is_searched) return true;
    buf_add(&title, head->number);
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (!(field->flags & SEARCHED) || field_is_empty(field, change->record)) continue;
        Buf *to = field == plan->title ? &title : &body;
        buf_add_byte(to, ' ');
        buf_add(to, value_to_text(call->arena, field, change->record));
    }
    return search_put(call->db, call->arena, str_from_c(plan->type->name), head->id.n, buf_str(&title), buf_str(&body),
                      err);
}

/* The row as it is in the store before this change, for the index of links; NULL for a new record. */
static bool change_before(Call *call, const Change *change, void **before, Err *err)
{
    *before = NULL;
    if (change->kind == CHANGE_MAKE) return true;
    *before = arena_alloc(call->arena, change->type->size, alignof(max_align_t));
    return record_must(call, change->type, ((RecordHead *)change->record)->id, *before, err);
}

static bool change_write(Call *call, Ledger *ledger, const Change *change, Str key, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, change->type);
    RecordHead *head = change->record;
    void *before;

    if (!change_before(call, change, &before, err)) return false;
    if (id_is_none(head->id) && !id_next(call, &head->id, err)) return false;
    if (change->kind == CHANGE_MAKE && !number_settle(call, plan, change->record, err)) return false;
    head_touch(call, change);
    return change_append_event(call, ledger, plan, change, key, err) && row_write(call, plan, change->record, err) &&
           links_write(call, plan, before, change->record, err) && change_index(call, plan, change, err);
}

bool changes_write(Changes *changes, Ledger *ledger, Str idempotency_key, Err *err)
{
    for (size_t i = 0; i < changes->len; i++) {
        Str key = i == 0 ? idempotency_key : (Str){ 0 };
        if (!change_write(changes->call, ledger, &changes->at[i], key, err)) return false;
    }
    return true;
}
