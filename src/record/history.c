/* SPDX-License-Identifier: Apache-2.0
 * History: after-images read back into structures and compared field by field. */
#include "record/history.h"

#include <stdalign.h>
#include <string.h>

#include "ledger/history.h"
#include "record/image.h"
#include "record/value.h"

enum { REVISIONS_LOOKED_THROUGH = 200 };

static Str entity_name(Call *call, const Type *type, Id id)
{
    return str_fmt(call->arena, "%s/%lld", type->name, (long long)id.n);
}

/* The record of an event; *erased when its after-image was erased. */
static bool event_record(Call *call, const Plan *plan, const HistoryEvent *event, void **record, bool *erased, Err *err)
{
    json_t *image;

    *record = arena_alloc(call->arena, plan->type->size, alignof(max_align_t));
    *erased = event->after.len == 0;
    if (*erased || str_eq_c(event->after, "null")) return true;
    if (!json_read(call->arena, event->after, &image, err)) return false;
    image_read(call->arena, plan, image, *record);
    return true;
}

static void add_difference(Names *names, Call *call, const Field *field, const void *before, const void *now,
                           DifferenceList *out)
{
    *list_push(call->arena, out) =
        (Difference){ .field  = str_from_c(field->name),
                      .label  = call_text(call, field->label),
                      .before = before != NULL ? value_to_human(names, field, before) : (Str){ 0 },
                      .now    = value_to_human(names, field, now) };
}

static void add_differences(Names *names, Call *call, const Plan *plan, const void *before, const void *now,
                            DifferenceList *out)
{
    for (size_t i = 0; i < plan->type->fields_len; i++) {
        const Field *field = &plan->type->fields[i];
        if (field->flags & SECRET) continue;
        bool same = before != NULL ? value_equal(field, before, now) : field_is_empty(field, now);
        if (!same) add_difference(names, call, field, before, now, out);
    }
}

static Str event_why(Call *call, const HistoryEvent *event)
{
    Str payload = event->payload.len > 0 ? event->payload : event->personal;
    json_t *json;
    Err ignored = { 0 };

    if (payload.len == 0 || !json_read(call->arena, payload, &json, &ignored)) return (Str){ 0 };
    return json_text(json, "why");
}

/* "nonconformity.verify" → the verb's label. */
static Str event_verb(Call *call, const Type *type, Str kind, Str *name)
{
    size_t dot       = str_index(kind, '.');
    *name            = str_slice(kind, dot + 1, kind.len);
    const Verb *verb = type_verb(type, *name);
    return verb != NULL ? call_text(call, verb->label) : *name;
}

static Id event_actor(const HistoryEvent *event)
{
    Id id = { 0 };
    if (str_starts(event->envelope.actor, STR("u_")) &&
        str_to_i64(str_slice(event->envelope.actor, 2, 32), 1, INT64_MAX, &id.n))
        return id;
    return (Id){ 0 };
}

typedef struct {
    HistoryEvents events;
    void **records; /* of each event; NULL where erased */
    Names *names;
    const Type *person;
} Reading;

static bool reading_load(Call *call, const Plan *plan, HistoryPage page, Reading *reading, Err *err)
{
    if (!history_of_entity(call->db, call->arena, page, &reading->events, err)) return false;
    reading->records = arena_array(call->arena, void *, reading->events.len + 1);
    reading->names   = names_open(call);
    reading->person  = registry_find(call->app->registry, STR("person"))->type;
    for (size_t i = 0; i < reading->events.len; i++) {
        bool erased;
        if (!event_record(call, plan, &reading->events.at[i], &reading->records[i], &erased, err)) return false;
        names_want(reading->names, reading->person, event_actor(&reading->events.at[i]));
        if (erased)
            reading->records[i] = NULL;
        else
            names_want_record(reading->names, plan, reading->records[i]);
    }
    return names_load(reading->names, err);
}

static void reading_line(Call *call, const Plan *plan, const Reading *reading, size_t index, HistoryLine *line)
{
    const HistoryEvent *event = &reading->events.at[index];
    const void *now           = reading->records[index];
    const void *before        = index + 1 < reading->events.len ? reading->records[index + 1] : NULL;

    line->event     = event->envelope.number;
    line->time      = event->envelope.time;
    line->revision  = event->envelope.revision;
    line->verb      = event_verb(call, plan->type, event->envelope.kind, &line->verb_name);
    line->why       = event_why(call, event);
    line->who       = str_eq_c(event->envelope.actor, "system") ? call_text(call, "Plumbline")
                                                                : names_person(reading->names, event_actor(event));
    line->is_erased = now == NULL;
    if (now == NULL) return;
    line->state = call_text(call, state_label(plan->type, ((const RecordHead *)now)->state));
    add_differences(reading->names, call, plan, before, now, &line->differences);
}

bool record_history(Call *call, const Type *type, Id id, int64_t before, size_t limit, HistoryLines *out, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, type);
    Reading reading  = { 0 };
    HistoryPage page = { .name = entity_name(call, type, id), .before = before < 0 ? 0 : before, .limit = limit + 1 };

    if (page.limit > HISTORY_MAX) page.limit = HISTORY_MAX;
    if (!reading_load(call, plan, page, &reading, err)) return false;
    /* one more is read than shown: the oldest line shown needs what was before it */
    for (size_t i = 0; i < reading.events.len && i < limit; i++)
        reading_line(call, plan, &reading, i, list_push(call->arena, out));
    return true;
}

bool record_as_of(Call *call, const Type *type, Id id, Time as_of, void *record, bool *found, Err *err)
{
    const Plan *plan     = registry_plan(call->app->registry, type);
    HistoryEvents events = { 0 };
    void *then;
    bool erased;

    *found = false;
    if (!history_as_of(call->db, call->arena, (HistoryInstant){ .entity = entity_name(call, type, id), .at = as_of },
                       &events, err))
        return false;
    if (events.len == 0) return true;
    if (!event_record(call, plan, &events.at[0], &then, &erased, err)) return false;
    *found = !erased;
    memcpy(record, then, type->size);
    return true;
}

enum { WALK_PAGE = 100 };
#define WALK_BYTES_MAX ((size_t)512 << 20) /* of one page: images of 900 KiB are allowed, and none is that large */

typedef struct {
    Call *call;
    const Plan *plan;
    RecordVisit *visit;
    void *context;
    Arena *page; /* of the records; reset after each page */
    Str after;   /* in the call's arena */
} Walk;

static bool walk_visit(Walk *walk, const HistoryEvent *event, Err *err)
{
    json_t *image;
    void *record = arena_alloc(walk->page, walk->plan->type->size, alignof(max_align_t));

    if (str_compare(walk->after, event->envelope.entity) < 0) walk->after = event->envelope.entity;
    if (event->after.len == 0 || str_eq_c(event->after, "null")) return true;
    if (!json_read(walk->page, event->after, &image, err)) return false;
    image_read(walk->page, walk->plan, image, record);
    walk->visit(walk->context, record);
    return true;
}

/* One page; *more is false behind the last. */
static bool walk_page(Walk *walk, Time as_of, bool *more, Err *err)
{
    HistoryEvents events = { 0 };
    HistoryKindPage page = {
        .kind = str_from_c(walk->plan->type->name), .at = as_of, .after = walk->after, .limit = WALK_PAGE
    };

    if (!history_of_kind_as_of(walk->call->db, walk->page, page, &events, err)) return false;
    for (size_t i = 0; i < events.len; i++) {
        if (!walk_visit(walk, &events.at[i], err)) return false;
    }
    *more       = events.len == WALK_PAGE;
    walk->after = str_dup(walk->call->arena, walk->after);
    arena_reset(walk->page);
    return true;
}

static void walk_close(void *page)
{
    arena_close(page);
}

bool record_each_as_of(Call *call, const Type *type, Time as_of, RecordVisit *visit, void *context, Err *err)
{
    Walk *walk = arena_new(call->arena, Walk);
    bool more  = true;

    *walk = (Walk){ .call    = call,
                    .plan    = registry_plan(call->app->registry, type),
                    .visit   = visit,
                    .context = context,
                    .page    = arena_open(WALK_BYTES_MAX) };
    if (walk->page == NULL) return err_set(err, ERR_LIMIT, 0, .what = STR("could not look back: no memory"));
    arena_defer(call->arena, walk_close, walk->page);
    while (more) {
        if (!walk_page(walk, as_of, &more, err)) return false;
    }
    return true;
}

/* The record at revision `seen`, if it is among the last REVISIONS_LOOKED_THROUGH. */
static void *reading_revision(const Reading *reading, int64_t seen)
{
    for (size_t i = 0; i < reading->events.len; i++) {
        if (reading->events.at[i].envelope.revision == seen) return reading->records[i];
    }
    return NULL;
}

static bool field_is_wanted(const json_t *wanted, const Field *field)
{
    return wanted == NULL || json_object_get(wanted, field->name) != NULL;
}

bool record_differences(Call *call, const Type *type, Id id, int64_t seen, const void *now, const json_t *wanted,
                        DifferenceList *out, Err *err)
{
    const Plan *plan = registry_plan(call->app->registry, type);
    Reading reading  = { 0 };
    HistoryPage page = { .name = entity_name(call, type, id), .limit = REVISIONS_LOOKED_THROUGH };

    if (!reading_load(call, plan, page, &reading, err)) return false;
    const void *then = reading_revision(&reading, seen);
    for (size_t i = 0; i < type->fields_len; i++) {
        const Field *field = &type->fields[i];
        if ((field->flags & SECRET) || !field_is_wanted(wanted, field)) continue;
        if (then != NULL && value_equal(field, then, now)) continue;
        add_difference(reading.names, call, field, then, now, out);
        const json_t *given = wanted != NULL ? json_object_get(wanted, field->name) : NULL;
        Buf text            = buf_open(call->arena, 1 << 16);
        if (json_is_string(given))
            buf_add(&text, json_str(given));
        else if (given != NULL)
            json_write(&text, given);
        out->at[out->len - 1].wanted = buf_str(&text);
    }
    return true;
}
