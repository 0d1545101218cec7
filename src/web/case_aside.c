/* SPDX-License-Identifier: Apache-2.0
 * Beside a nonconformity: what happened and what is planned, the people, the certification body, records that belong
 * to it. */
#include <string.h>

#include "org/person.h"
#include "org/process.h"
#include "web/case_fill.h"

static const Nonconformity *case_of(const CaseFill *fill)
{
    return &fill->view.nc;
}

static Str text(const CaseFill *fill, const char *english)
{
    return visit_text(fill->visit, english);
}

/* ---- what happened, and what will ---- */

static void timeline_ahead(CaseFill *fill, Date day, Str what)
{
    if (date_is_none(day) || date_before(day, fill->visit->call->today)) return;
    *list_push(fill->visit->arena, &fill->sheet.timeline) =
        (TimelineMark){ .kind = TIMELINE_NEXT, .day = day, .what = { .text = what } };
}

static void timeline_plans(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);
    Str reviewer            = names_person(fill->view.names, nc->reviewer);

    if (nc->head.state == NC_MONITORING)
        timeline_ahead(fill, nc->wait_until,
                       filled(&fill->words, N_("Effectiveness review opens, {1}"), reviewer, STR("")));
    for (size_t i = fill->view.actions.len; i > 0; i--) {
        const Action *action = &fill->view.actions.at[i - 1];
        if (!action_is_open(action) || nc->head.state != NC_IN_PROGRESS) continue;
        timeline_ahead(fill, action->due,
                       filled(&fill->words, N_("{1} is due, {2}"), action->head.number,
                              names_person(fill->view.names, action->owner)));
    }
}

static TimelineKind event_kind(const CaseEvent *event)
{
    static const char *const bad[]  = { "fail-verification", "return-plan", "return", "refuse", "reject", "void" };
    static const char *const note[] = { "correct", "edit", "extend" };

    for (size_t i = 0; event->verb != NULL && i < countof(bad); i++) {
        if (strcmp(bad[i], event->verb->name) == 0) return TIMELINE_BAD;
    }
    for (size_t i = 0; event->verb != NULL && i < countof(note); i++) {
        if (strcmp(note[i], event->verb->name) == 0) return TIMELINE_NOTE;
    }
    return TIMELINE_DONE;
}

/* "Approve plan, Elias Brandt"; of a part with its number in front. */
static Str event_words(const CaseFill *fill, const CaseEvent *event)
{
    Arena *arena = fill->visit->arena;
    bool is_part = event->type != &nonconformity_type;
    bool is_made = event->verb == NULL || strcmp(event->verb->name, "create") == 0;
    Str what     = is_made ? text(fill, event->type->label) : text(fill, event->verb->label);
    Str who      = id_is_none(event->who) ? STR("Plumbline") : names_person(fill->view.names, event->who);

    if (is_part)
        what = str_fmt(arena, "%.*s: %.*s", STR_ARG(names_number(fill->view.names, event->type, event->id)),
                       STR_ARG(what));
    return str_fmt(arena, "%.*s, %.*s", STR_ARG(what), STR_ARG(who));
}

static void timeline_fill(CaseFill *fill)
{
    Visit *visit = fill->visit;

    if (!date_is_none(fill->as_of)) return;
    timeline_plans(fill);
    for (size_t i = 0; i < fill->view.events.len; i++) {
        const CaseEvent *event = &fill->view.events.at[i];
        *list_push(visit->arena, &fill->sheet.timeline) =
            (TimelineMark){ .kind  = event_kind(event),
                            .day   = zone_date(visit->app->zone, event->time),
                            .what  = { event_words(fill, event), STR("") },
                            .event = event->number };
    }
    Str path = address_record(visit->arena, &nonconformity_type, visit->number);
    fill->sheet.timeline_all =
        (Link){ filled(&fill->words, N_("All {1} events"), grouped(&fill->words, fill->view.events_count), STR("")),
                str_fmt(visit->arena, "%.*s/history", STR_ARG(path)) };
}

/* ---- people and links ---- */

static void people_add(CaseFill *fill, const char *label, Id person)
{
    if (id_is_none(person)) return;
    *list_push(fill->visit->arena, &fill->sheet.people) =
        (Fact){ text(fill, label), { .text = names_person(fill->view.names, person) } };
}

static void people_fill(CaseFill *fill)
{
    const Nonconformity *nc = case_of(fill);

    people_add(fill, N_("Owner"), nc->owner);
    people_add(fill, N_("Plan approver"), nc->plan_approver);
    people_add(fill, N_("Verifier"), nc->verifier);
    people_add(fill, N_("Reviewer"), nc->reviewer);
    people_add(fill, N_("Lead auditor"), fill->view.audit.lead);
    people_add(fill, N_("Reported by"), nc->reported_by);
}

static void body_add(CaseFill *fill, int index)
{
    const Nonconformity *nc = case_of(fill);
    const Field *field      = &nonconformity_type.fields[index];
    Drawing drawing         = { .visit = fill->visit, .names = fill->view.names, .type = &nonconformity_type };

    if (!field_is_empty(field, nc))
        *list_push(fill->visit->arena, &fill->sheet.body) =
            (Fact){ text(fill, field->label), cell_of_field(&drawing, field, nc) };
}

static void body_fill(CaseFill *fill)
{
    static const int fields[] = { Nonconformity_external_body,         Nonconformity_external_number,
                                  Nonconformity_external_grade,        Nonconformity_external_plan_due,
                                  Nonconformity_external_evidence_due, Nonconformity_external_state };

    for (size_t i = 0; i < countof(fields); i++)
        body_add(fill, fields[i]);
}

static void links_add(CaseFill *fill, const char *before, const Type *type, Id id)
{
    Arena *arena = fill->visit->arena;
    Str number   = names_number(fill->view.names, type, id);
    Str title    = names_title(fill->view.names, type, id);
    Str label    = before != NULL ? text(fill, before) : (Str){ 0 };

    if (number.len == 0) return;
    *list_push(arena, &fill->sheet.links) =
        (Link){ str_trim(str_fmt(arena, "%.*s %.*s %.*s", STR_ARG(label), STR_ARG(number), STR_ARG(title))),
                address_record(arena, type, number) };
}

static void links_fill(CaseFill *fill)
{
    const CaseView *view = &fill->view;

    links_add(fill, N_("Finding"), &finding_type, view->nc.finding);
    links_add(fill, NULL, &audit_type, view->finding.audit);
    links_add(fill, N_("Same cause as"), &nonconformity_type, view->nc.recurrence_of);
    for (size_t i = 0; i < view->recurrences.len; i++) {
        const Recurrence *recurrence = &view->recurrences.at[i];
        if (recurrence->decision == RECURRENCE_SAME_THEME)
            links_add(fill, N_("Same theme as"), &nonconformity_type, recurrence->earlier);
    }
    links_add(fill, NULL, &process_type, view->nc.process);
}

void case_aside_fill(CaseFill *fill)
{
    timeline_fill(fill);
    people_fill(fill);
    body_fill(fill);
    links_fill(fill);
}
