/* SPDX-License-Identifier: Apache-2.0
 * A case for its reader. Now: one query for each kind of part. Then: the events of the case's file up to the instant,
 * of which the last one of each record says what the record was. */
#include "action/case_view.h"

#include <stdalign.h>
#include <string.h>

#include "ledger/history.h"
#include "org/person.h"
#include "record/image.h"
#include "record/row.h"
#include "record/view.h"

/* Every list of the view begins like this. */
typedef struct {
    void *at;
    size_t len, cap;
} PartList;

typedef struct {
    const Type *type;
    size_t offset;
} PartKind;

/* clang-format off */
static const PartKind part_kinds[] = {
    { &correction_type,     offsetof(CaseView, corrections) },
    { &analysis_type,       offsetof(CaseView, analyses) },
    { &cause_type,          offsetof(CaseView, causes) },
    { &root_cause_type,     offsetof(CaseView, root_causes) },
    { &similar_search_type, offsetof(CaseView, searches) },
    { &action_type,         offsetof(CaseView, actions) },
    { &extension_type,      offsetof(CaseView, extensions) },
    { &verification_type,   offsetof(CaseView, verifications) },
    { &effectiveness_type,  offsetof(CaseView, reviews) },
    { &isms_change_type,    offsetof(CaseView, isms_changes) },
    { &recurrence_type,     offsetof(CaseView, recurrences) },
    { &external_step_type,  offsetof(CaseView, external_steps) },
    { &advice_type,         offsetof(CaseView, advice) },
};
/* clang-format on */

static PartList *part_list(CaseView *view, const PartKind *kind)
{
    return (void *)((char *)view + kind->offset);
}

static const void *part_at(const PartList *list, const Type *type, size_t index)
{
    return (const char *)list->at + index * type->size;
}

/* A part that was voided is no part of the case any more; its history keeps it. */
static bool part_is_in_use(const Type *type, int state)
{
    return type->states != &plain_states || state == PLAIN_IN_USE;
}

/* ---- as it is now ---- */

static bool parts_now(Call *call, CaseView *view, Err *err)
{
    const Id id = view->nc.head.id;

    for (size_t i = 0; i < countof(part_kinds); i++) {
        const Type *type = part_kinds[i].type;
        PartList *list   = part_list(view, &part_kinds[i]);
        Str tail         = type->states == &plain_states ? STR("nonconformity = $1 AND state = 1 ORDER BY id LIMIT 500")
                                                         : STR("nonconformity = $1 ORDER BY id LIMIT 500");
        if (!record_list_into(call, type, &list->at, &list->len, &list->cap, tail, BINDS(BIND_ID(id)), err))
            return false;
    }
    return true;
}

/* ---- as it stood ---- */

/* What was read of a file so far, newest first. */
typedef struct {
    Call *call;
    CaseView *view;
    Time as_of;
    StrList seen; /* entities whose last event was met */
} Past;

static const PartKind *part_kind_of(Str entity)
{
    Str name = str_slice(entity, 0, str_index(entity, '/'));

    for (size_t i = 0; i < countof(part_kinds); i++) {
        if (str_eq_c(name, part_kinds[i].type->name)) return &part_kinds[i];
    }
    return NULL;
}

static bool past_is_new(Past *past, Str entity)
{
    for (size_t i = 0; i < past->seen.len; i++) {
        if (str_eq(past->seen.at[i], entity)) return false;
    }
    *list_push(past->call->arena, &past->seen) = entity;
    return true;
}

static bool past_read(Past *past, const HistoryEvent *event, const PartKind *kind, Err *err)
{
    Arena *arena = past->call->arena;
    void *record = arena_alloc(arena, kind->type->size, alignof(max_align_t));
    json_t *image;

    if (event->after.len == 0 || str_eq_c(event->after, "null")) return true;
    if (!json_read(arena, event->after, &image, err)) return false;
    image_read(arena, registry_plan(past->call->app->registry, kind->type), image, record);
    if (!part_is_in_use(kind->type, ((RecordHead *)record)->state)) return true;
    PartList *list = part_list(past->view, kind);
    memcpy(list_grow(arena, &list->at, &list->len, &list->cap, kind->type->size), record, kind->type->size);
    return true;
}

static bool past_event(Past *past, const HistoryEvent *event, Err *err)
{
    const PartKind *kind = part_kind_of(event->envelope.entity);

    if (event->envelope.time.us > past->as_of.us || kind == NULL) return true;
    return !past_is_new(past, event->envelope.entity) || past_read(past, event, kind, err);
}

/* The lists were filled from the newest event on; parts are told in the order in which they were made. */
static void part_list_sort(Arena *arena, PartList *list, const Type *type)
{
    char *sorted = arena_alloc_many(arena, list->len, type->size, alignof(max_align_t));

    for (size_t i = 0; i < list->len; i++) {
        size_t place = 0;
        Id id        = ((const RecordHead *)part_at(list, type, i))->id;
        for (size_t k = 0; k < list->len; k++)
            place += ((const RecordHead *)part_at(list, type, k))->id.n < id.n;
        memcpy(sorted + place * type->size, part_at(list, type, i), type->size);
    }
    list->at = sorted;
}

static Str dossier_name(Call *call, const Nonconformity *nc)
{
    return str_fmt(call->arena, "%s/%lld", nonconformity_type.name, (long long)nc->head.id.n);
}

static bool parts_then(Call *call, CaseView *view, Time as_of, Err *err)
{
    Past past            = { .call = call, .view = view, .as_of = as_of };
    HistoryPage page     = { .name = dossier_name(call, &view->nc), .limit = HISTORY_MAX };
    HistoryEvents events = { 0 };

    do {
        if (!history_of_dossier(call->db, call->arena, page, &events, err)) return false;
        for (size_t i = 0; i < events.len; i++) {
            if (!past_event(&past, &events.at[i], err)) return false;
        }
        if (events.len > 0) page.before = events.at[events.len - 1].envelope.number;
    } while (events.len == HISTORY_MAX);
    for (size_t i = 0; i < countof(part_kinds); i++)
        part_list_sort(call->arena, part_list(view, &part_kinds[i]), part_kinds[i].type);
    return true;
}

/* ---- where it came from ---- */

static bool origin_load(Call *call, CaseView *view, Err *err)
{
    bool found;

    if (id_is_none(view->nc.finding)) return true;
    if (!record_load(call, &finding_type, view->nc.finding, &view->finding, &found, err)) return false;
    if (!found || id_is_none(view->finding.audit)) return true;
    return record_load(call, &audit_type, view->finding.audit, &view->audit, &found, err);
}

/* Evidence is written once, so what there was at an instant is what was made before it. */
static bool evidence_load(Call *call, CaseView *view, Time as_of, Err *err)
{
    const Nonconformity *nc = &view->nc;

    return view_list(
        call, &evidence_type, &view->evidence,
        STR("state <> 3 AND created_at <= $3 AND (nonconformity = $1"
            " OR action IN (SELECT action.id FROM action WHERE action.nonconformity = $1)"
            " OR id IN (SELECT record_link.target FROM record_link"
            " WHERE record_link.kind = 'finding.evidence' AND record_link.source = $2))"),
        BINDS(BIND_ID(nc->head.id), BIND_ID(nc->finding), BIND_NUMBER(time_is_none(as_of) ? INT64_MAX : as_of.us)),
        err);
}

/* ---- what happened ---- */

static Id event_who(Str actor)
{
    Id id = { 0 };

    if (str_starts(actor, STR("u_")) && str_to_i64(str_slice(actor, 2, actor.len), 1, INT64_MAX, &id.n)) return id;
    return (Id){ 0 };
}

static void event_tell(Call *call, const HistoryEvent *event, CaseEvents *out)
{
    Str entity = event->envelope.entity, kind = event->envelope.kind;
    size_t slash = str_index(entity, '/'), dot = str_index(kind, '.');
    const Plan *plan = registry_find(call->app->registry, str_slice(entity, 0, slash));
    CaseEvent told   = { .number = event->envelope.number, .time = event->envelope.time };

    if (plan == NULL) return;
    told.type = plan->type;
    told.verb = type_verb(plan->type, str_slice(kind, dot + 1, kind.len));
    told.who  = event_who(event->envelope.actor);
    if (!str_to_i64(str_slice(entity, slash + 1, entity.len), 1, INT64_MAX, &told.id.n)) return;
    *list_push(call->arena, out) = told;
}

/* What a verb changed beside its own record is part of it, and not told again: it stands behind it, in the same moment.
 */
static bool event_is_part(Call *call, const HistoryEvents *events, size_t index)
{
    const Envelope *own = &events->at[index].envelope;
    CaseEvents told     = { 0 };

    if (index + 1 == events->len || events->at[index + 1].envelope.time.us != own->time.us) return false;
    event_tell(call, &events->at[index], &told);
    return told.len == 1 && told.at[0].verb != NULL && (told.at[0].verb->flags & VERB_INSIDE);
}

enum { EVENTS_READ = 4 * CASE_EVENTS_MAX };

static bool events_load(Call *call, CaseView *view, Err *err)
{
    HistoryPage page     = { .name = dossier_name(call, &view->nc), .limit = EVENTS_READ };
    HistoryEvents events = { 0 };

    if (!history_of_dossier(call->db, call->arena, page, &events, err)) return false;
    if (events.len > 0) view->events_count = events.at[0].envelope.dossier_number;
    for (size_t i = 0; i < events.len && view->events.len < CASE_EVENTS_MAX; i++) {
        if (!event_is_part(call, &events, i)) event_tell(call, &events.at[i], &view->events);
    }
    return true;
}

/* ---- names ---- */

static bool names_fill(Call *call, CaseView *view, Err *err)
{
    const Registry *registry = call->app->registry;

    view->names = names_open(call);
    names_know(view->names, &nonconformity_type, &view->nc);
    names_want_record(view->names, registry_plan(registry, &nonconformity_type), &view->nc);
    names_want_record(view->names, registry_plan(registry, &finding_type), &view->finding);
    for (size_t i = 0; i < countof(part_kinds); i++) {
        const PartList *list = part_list(view, &part_kinds[i]);
        const Type *type     = part_kinds[i].type;
        for (size_t k = 0; k < list->len; k++) {
            names_know(view->names, type, part_at(list, type, k));
            names_want_record(view->names, registry_plan(registry, type), part_at(list, type, k));
        }
    }
    for (size_t i = 0; i < view->evidence.len; i++)
        names_want_record(view->names, registry_plan(registry, &evidence_type), &view->evidence.at[i]);
    for (size_t i = 0; i < view->events.len; i++) {
        names_want(view->names, &person_type, view->events.at[i].who);
        names_want(view->names, view->events.at[i].type, view->events.at[i].id);
    }
    return names_load(view->names, err);
}

/* ---- the drawing ---- */

const Analysis *case_analysis(const CaseView *view)
{
    return view->analyses.len > 0 ? &view->analyses.at[view->analyses.len - 1] : NULL;
}

static bool cause_is_before(const Cause *a, const Cause *b)
{
    if (a->position.value != b->position.value) return a->position.value < b->position.value;
    return a->head.id.n < b->head.id.n;
}

/* The box under `parent` that stands after `last` (NULL: the first). */
static const Cause *cause_after(const CaseView *view, Id parent, const Cause *last)
{
    const Analysis *analysis = case_analysis(view);
    const Cause *next        = NULL;

    for (size_t i = 0; i < view->causes.len; i++) {
        const Cause *cause = &view->causes.at[i];
        bool is_here       = id_eq(cause->analysis, analysis->head.id) && id_eq(cause->parent, parent);
        if (!is_here || (last != NULL && !cause_is_before(last, cause))) continue;
        if (next == NULL || cause_is_before(cause, next)) next = cause;
    }
    return next;
}

/* A box stands under an older one, so no box is met twice; DRAWING_DEPTH bounds what nobody reads. */
enum { DRAWING_DEPTH = 12 };

static void drawing_fill(Arena *arena, CaseView *view, Id parent, int depth)
{
    const Cause *cause = NULL;

    if (depth == DRAWING_DEPTH || case_analysis(view) == NULL) return;
    while ((cause = cause_after(view, parent, cause)) != NULL) {
        *list_push(arena, &view->drawing) = (DrawnCause){ cause, depth };
        drawing_fill(arena, view, cause->head.id, depth + 1);
    }
}

/* ---- the whole ---- */

bool case_view_load(Call *call, const Nonconformity *nc, Time as_of, CaseView *out, Err *err)
{
    *out = (CaseView){ .nc = *nc };
    if (time_is_none(as_of) ? !parts_now(call, out, err) : !parts_then(call, out, as_of, err)) return false;
    if (!origin_load(call, out, err) || !evidence_load(call, out, as_of, err)) return false;
    if (time_is_none(as_of) && !events_load(call, out, err)) return false;
    drawing_fill(call->arena, out, (Id){ 0 }, 0);
    return names_fill(call, out, err);
}

const IsmsChange *case_isms_answer(const CaseView *view, int part)
{
    for (size_t i = 0; i < view->isms_changes.len; i++) {
        if (view->isms_changes.at[i].what == part) return &view->isms_changes.at[i];
    }
    return NULL;
}

const RootCause *case_root_cause(const CaseView *view, Id id)
{
    for (size_t i = 0; i < view->root_causes.len; i++) {
        if (id_eq(view->root_causes.at[i].head.id, id)) return &view->root_causes.at[i];
    }
    return NULL;
}

ActionCount case_actions(const CaseView *view)
{
    ActionCount count = { 0 };

    for (size_t i = 0; i < view->actions.len; i++) {
        const Action *action = &view->actions.at[i];
        if (action->cycle.value != view->nc.cycle.value || action->head.state == ACTION_CANCELLED) continue;
        bool is_done = action->head.state == ACTION_DONE_CLAIMED || action->head.state == ACTION_VERIFIED;
        count.all++;
        count.done += is_done;
        count.in_time += is_done && !date_before(action->due, action->done_on);
    }
    return count;
}

Date case_state_since(const Nonconformity *nc)
{
    switch (nc->head.state) {
    case NC_REGISTERED: return nc->detected_on;
    case NC_ASSIGNED: return nc->assigned_on;
    case NC_ACKNOWLEDGED: return nc->acknowledged_on;
    case NC_PLAN_REVIEW: return nc->plan_submitted_on;
    case NC_IN_PROGRESS: return nc->plan_approved_on;
    case NC_IMPLEMENTED: return nc->implemented_on;
    case NC_MONITORING: return nc->verified_on;
    case NC_CLOSED: return nc->closed_on;
    default: return (Date){ 0 };
    }
}

bool case_of_finding(Call *call, Id finding, Nonconformity *out, bool *found, Err *err)
{
    NonconformityList cases = { 0 };

    if (!view_list(call, &nonconformity_type, &cases, STR("finding = $1"), BINDS(BIND_ID(finding)), err)) return false;
    *found = cases.len > 0;
    if (*found) *out = cases.at[0];
    return true;
}
