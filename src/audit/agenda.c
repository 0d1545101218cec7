/* SPDX-License-Identifier: Apache-2.0
 * The timetable of an audit and its meetings (4.5). An item on references needs an auditor who may take them (G-01). */
#include "audit/agenda.h"

#include "audit/part.h"
#include "audit/say.h"
#include "audit/seen.h"
#include "audit/team.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

static const Choice meeting_kind_rows[] = {
    [MEETING_OPENING - 1] = { "opening", N_("Opening meeting") },
    [MEETING_DAILY - 1]   = { "daily", N_("Daily meeting") },
    [MEETING_TEAM - 1]    = { "team", N_("Team meeting") },
    [MEETING_CLOSING - 1] = { "closing", N_("Closing meeting") },
};
static const ChoiceList meeting_kinds = CHOICES_OF("meeting_kind", meeting_kind_rows);

static const Choice meeting_state_rows[] = {
    [MEETING_PLANNED - 1] = { "planned", N_("Planned") },
    [MEETING_HELD - 1]    = { "held", N_("Held") },
};
static const ChoiceList meeting_states = CHOICES_OF("meeting_state", meeting_state_rows);

#define RECORD_TYPE   AgendaItem
#define RECORD_FIELDS "audit/agenda_item.fields.h"
#include "record/define.h"

#define RECORD_TYPE   Meeting
#define RECORD_FIELDS "audit/meeting.fields.h"
#include "record/define.h"

AUDIT_PART(AgendaItem);
AUDIT_PART(Meeting);

#define HOLD_INPUT(F, T)                                                                                               \
    F(T, REFS, present, .label = "Present", .to = "person", .needed = true)                                            \
    F(T, LONG, notes, .label = "Notes")                                                                                \
    F(T, LONG, decisions, .label = "Decisions")                                                                        \
    F(T, BOOL, recording, .label = "Recorded, with everybody's consent")
INPUT(HoldInput, HOLD_INPUT, "meeting.hold")

/* ------------------------------------------------------------------------------------------------------- agenda */

/* "HH:MM" of a day. */
static bool clock_is_valid(Str text)
{
    int64_t hour, minute;

    return text.len == 5 && text.ptr[2] == ':' && str_to_i64(str_slice(text, 0, 2), 0, 23, &hour) &&
           str_to_i64(str_slice(text, 3, 2), 0, 59, &minute);
}

/* agenda-1: times are times, in order. Text order of HH:MM is the order of time. */
static bool guard_times_are_in_order(Call *call, const void *record, Err *err)
{
    const AgendaItem *item = record;

    (void)err;
    if (call->input == NULL) return true;
    if (!clock_is_valid(item->start_at)) invalid(call, STR("start_at"), call_text(call, "Give a time as HH:MM."));
    if (!clock_is_valid(item->end_at)) invalid(call, STR("end_at"), call_text(call, "Give a time as HH:MM."));
    if (str_compare(item->end_at, item->start_at) <= 0)
        invalid(call, STR("end_at"), call_text(call, "Choose a time after the beginning."));
    return true;
}

/* agenda-2: nobody is in two places at once. */
static bool guard_nobody_is_in_two_items(Call *call, const void *record, Err *err)
{
    const AgendaItem *item = record;
    AgendaItemList others  = { 0 };
    IdList people          = item->auditees;

    id_list_add(call->arena, &people, item->auditor);
    if (!record_list(
            call, &agenda_item_type, &others,
            STR("date = $1 AND state = 1 AND id <> $2 AND start_at < $3 AND end_at > $4 ORDER BY id"),
            BINDS(BIND_DATE(item->date), BIND_ID(item->head.id), BIND_TEXT(item->end_at), BIND_TEXT(item->start_at)),
            err))
        return false;
    for (size_t i = 0; i < others.len; i++) {
        IdList busy = others.at[i].auditees;
        id_list_add(call->arena, &busy, others.at[i].auditor);
        IdList both = ids_common(call->arena, &people, &busy);
        if (both.len == 0) continue;
        StrList names = people_names(call, &both);
        refuse_with(call, "agenda-2",
                    str_fmt(call->arena, "%.*s is in \"%.*s\" at that time", STR_ARG(str_sentence(call->arena, &names)),
                            STR_ARG(others.at[i].topic)),
                    "Choose another time or another person.");
    }
    return true;
}

/* G-01: assigning a touched reference to him is refused with the facts. */
static bool guard_agenda_auditor_is_apart(Call *call, const void *record, Err *err)
{
    const AgendaItem *item = record;
    Audit audit;

    if (!part_audit(call, item, &audit, err)) return false;
    return refuse_conflicts(call, &audit, item->auditor, &item->refs, err);
}

/* ------------------------------------------------------------------------------------------------------- meetings */

bool meeting_was_held(Call *call, Id audit, int kind, bool *held, Err *err)
{
    int64_t count;

    if (!record_count(call, &meeting_type, STR("audit = $1 AND kind = $2 AND state = $3"),
                      BINDS(BIND_ID(audit), BIND_NUMBER(kind), BIND_NUMBER(MEETING_HELD)), &count, err))
        return false;
    *held = count > 0;
    return true;
}

/* hold-1: a meeting is recorded when it took place. */
static bool guard_day_has_come(Call *call, const void *record, Err *err)
{
    const Meeting *meeting = record;

    (void)err;
    if (date_before(call->today, meeting->date)) {
        refuse_with(
            call, "hold-1",
            str_fmt(call->arena, "the meeting is planned for %.*s", STR_ARG(date_to_human(call->arena, meeting->date))),
            "Record it when it took place, or change its day.");
    }
    return true;
}

static bool meeting_hold(Call *call, void *record, Changes *changes, Err *err)
{
    Meeting *meeting    = record;
    const HoldInput *in = call->input;

    (void)changes, (void)err;
    meeting->present = in->present;
    if (in->notes.len > 0) meeting->notes = in->notes;
    if (in->decisions.len > 0) meeting->decisions = in->decisions;
    if (in->recording != UNANSWERED) meeting->recording = in->recording;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the types */

/* clang-format off */
#define WHO "lead|auditor|programme_manager"
static const Step agenda_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, WHO, { guard_audit_is_open, guard_times_are_in_order, guard_nobody_is_in_two_items, guard_agenda_auditor_is_apart } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   WHO, { guard_audit_is_open, guard_times_are_in_order, guard_nobody_is_in_two_items, guard_agenda_auditor_is_apart } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   WHO, { guard_audit_is_open } },
};
static const See plan_see[] = {
    { SEE_MANAGERS, NULL },
    { "everyone", SEE_AUDIT_PLAN },
};
const Type agenda_item_type = {
    .name = "agenda_item", .plural = "agenda-items", .label = "Agenda item", .label_plural = "Agenda",
    .about = "One item of the timetable of an audit.",
    .number_format = "AG-%02d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &plain_states,
    TYPE_FIELDS(AgendaItem), TYPE_STEPS(agenda_steps),
    .relations = audit_part_relations, .relations_len = AUDIT_PART_RELATIONS, TYPE_SEE(plan_see), .sort = "date",
};

static const Verb meeting_verbs[] = {
    { .name = "create", .label = N_("Plan meeting"), .help = N_("Invites people to a meeting of the audit."), .flags = VERB_PRIMARY },
    { .name = "record", .label = N_("Record meeting"), .help = N_("Part of opening or finishing fieldwork."), .flags = VERB_INSIDE },
    { .name = "hold", .label = N_("Record as held"), .help = N_("Who was there and what was said."), .input = &HoldInput_shape, .body = meeting_hold, .flags = VERB_PRIMARY },
};
static const Step meeting_steps[] = {
    { STATE_NEW,       "create", MEETING_PLANNED, WHO,    { guard_audit_is_open } },
    { STATE_NEW,       "record", MEETING_HELD,    "lead", { NULL } },
    { MEETING_PLANNED, "edit",   STATE_SAME,      WHO,    { guard_audit_is_open } },
    { MEETING_PLANNED, "hold",   MEETING_HELD,    WHO,    { guard_audit_is_open, guard_day_has_come } },
};
const Type meeting_type = {
    .name = "meeting", .plural = "meetings", .label = "Meeting", .label_plural = "Meetings",
    .about = "A meeting of an audit: opening, daily, team, closing.",
    .number_format = "M-%02d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &meeting_states,
    TYPE_FIELDS(Meeting), TYPE_VERBS(meeting_verbs), TYPE_STEPS(meeting_steps),
    .relations = audit_part_relations, .relations_len = AUDIT_PART_RELATIONS, TYPE_SEE(plan_see), .sort = "date",
};
/* clang-format on */
