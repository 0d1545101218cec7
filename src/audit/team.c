/* SPDX-License-Identifier: Apache-2.0
 * The team of an audit: who takes which reference (9.2.2 c). Assigning runs the search for conflicts: what touches a
 * reference that the person would take is refused with the facts, unless an override answers it (G-20). */
#include "audit/team.h"

#include "audit/audit_guards.h"
#include "audit/part.h"
#include "audit/say.h"
#include "audit/seen.h"
#include "org/person.h"
#include "org/qualification.h"
#include "org/requirement.h"
#include "record/change.h"
#include "record/row.h"

static const Choice part_rows[] = {
    [TEAM_LEAD - 1]        = { "lead", N_("Lead auditor") },
    [TEAM_AUDITOR - 1]     = { "auditor", N_("Auditor") },
    [TEAM_IN_TRAINING - 1] = { "in_training", N_("Auditor in training") },
    [TEAM_EXPERT - 1]      = { "expert", N_("Technical expert") },
    [TEAM_OBSERVER - 1]    = { "observer", N_("Observer") },
    [TEAM_GUIDE - 1]       = { "guide", N_("Guide") },
};
static const ChoiceList team_parts = CHOICES_OF("team_part", part_rows);

#define RECORD_TYPE   TeamMember
#define RECORD_FIELDS "audit/team_member.fields.h"
#include "record/define.h"

AUDIT_PART(TeamMember);

bool team_members(Call *call, Id audit, TeamMemberList *members, Err *err)
{
    return record_list(call, &team_member_type, members, STR("audit = $1 AND state = 1 ORDER BY id"),
                       BINDS(BIND_ID(audit)), err);
}

/* ------------------------------------------------------------------------------------------------------- conflicts */

static const char *const override_rule_names[] = {
    [OVERRIDE_G01] = "G-01", [OVERRIDE_G02] = "G-02", [OVERRIDE_G04] = "G-04",
    [OVERRIDE_G06] = "G-06", [OVERRIDE_G07] = "G-07", [OVERRIDE_G08] = "G-08"
};

/* What an override leaves of a fact: nothing when it is for the whole audit, else the references it does not name. */
static bool override_answers(Call *call, const Override *override, IndependenceFact *fact)
{
    if (!fact_is(fact, override_rule_names[override->rule])) return false;
    if (override->refs.len == 0 || fact->refs.len == 0) return true;
    fact->refs = ids_without(call->arena, &fact->refs, &override->refs);
    return fact->refs.len == 0;
}

bool facts_without_overrides(Call *call, Id audit, Id person, FactList *facts, Err *err)
{
    OverrideList overrides = { 0 };
    size_t kept            = 0;

    if (!record_list(call, &override_type, &overrides, STR("audit = $1 AND person = $2 AND state = 2 ORDER BY id"),
                     BINDS(BIND_ID(audit), BIND_ID(person)), err))
        return false;
    for (size_t i = 0; i < facts->len; i++) {
        IndependenceFact fact = facts->at[i];
        bool answered         = false;
        for (size_t k = 0; k < overrides.len && !answered; k++)
            answered = override_answers(call, &overrides.at[k], &fact);
        if (!answered) facts->at[kept++] = fact;
    }
    facts->len = kept;
    return true;
}

bool override_lifts(Call *call, Id audit, const char *rule, Id person, const IdList *refs, bool *lifts, Err *err)
{
    FactList facts = { 0 };

    *lifts = false;
    if (id_is_none(audit)) return true;
    *list_push(call->arena, &facts) = (IndependenceFact){ .rule = rule, .refs = *refs };
    if (!facts_without_overrides(call, audit, person, &facts, err)) return false;
    *lifts = facts.len == 0;
    return true;
}

/* The facts of one rule, and the references they touch. */
static FactList facts_of_rule(Call *call, const FactList *facts, const char *rule, IdList *touched)
{
    FactList of = { 0 };

    for (size_t i = 0; i < facts->len; i++) {
        const IndependenceFact *fact = &facts->at[i];
        if (!fact_is(fact, rule)) continue;
        *list_push(call->arena, &of) = *fact;
        for (size_t k = 0; k < fact->refs.len; k++)
            id_list_add(call->arena, touched, fact->refs.at[k]);
    }
    return of;
}

static bool refuse_rule(Call *call, const Audit *audit, Id person, const FactList *all, const char *rule, Err *err)
{
    IdList touched = { 0 }, people = { 0 };
    FactList facts = facts_of_rule(call, all, rule, &touched);
    Str text, name = say_person(call, person);

    if (facts.len == 0) return true;
    if (!facts_text(call, &facts, &text, err)) return false;
    if (!call->is_probe && !independence_who_could(call, audit, &touched, &people, err)) return false;
    refuse(call,
           (Refusal){ .rule    = str_from_c(rule),
                      .missing = str_fmt(call->arena, "an auditor apart from what is audited: %.*s %.*s", STR_ARG(name),
                                         STR_ARG(text)),
                      .could   = people_names(call, &people),
                      .next    = people.len > 0 ? call_text(call, "Give these references to one of them, or ask for an "
                                                                     "override with a measure (G-20).")
                                                : call_text(call, "Nobody qualified is free: ask for an override with a "
                                                                     "measure (G-20), or take an auditor from outside.") });
    return true;
}

bool refuse_conflicts(Call *call, const Audit *audit, Id person, const IdList *refs, Err *err)
{
    FactList facts = { 0 };

    if (id_is_none(person) || refs->len == 0) return true;
    if (!independence_facts(call, audit, person, refs, &facts, err)) return false;
    if (!facts_without_overrides(call, audit->head.id, person, &facts, err)) return false;
    return refuse_rule(call, audit, person, &facts, "G-01", err) &&
           refuse_rule(call, audit, person, &facts, "G-04", err);
}

/* ------------------------------------------------------------------------------------------------------- guards of the
 * team */

/* assign-1: the references taken belong to the scope. */
static bool guard_refs_are_in_scope(Call *call, const void *record, Err *err)
{
    const TeamMember *member = record;
    Audit audit;
    Str numbers;

    if (!part_audit(call, member, &audit, err)) return false;
    IdList outside = ids_without(call->arena, &member->refs, &audit.refs);
    if (outside.len == 0) return true;
    if (!say_numbers(call, &requirement_type, &outside, &numbers, err)) return false;
    refuse_with(call, "assign-1",
                str_fmt(call->arena, "not in the scope of %.*s: %.*s", STR_ARG(audit.head.number), STR_ARG(numbers)),
                "Take them out here, or into the scope of the audit.");
    return true;
}

/* assign-2: once in a team. */
static bool guard_person_is_in_team_once(Call *call, const void *record, Err *err)
{
    const TeamMember *member = record;
    int64_t count;

    if (!record_count(call, &team_member_type, STR("audit = $1 AND person = $2 AND state = 1 AND id <> $3"),
                      BINDS(BIND_ID(member->audit), BIND_ID(member->person), BIND_ID(member->head.id)), &count, err))
        return false;
    if (count > 0) refuse_with(call, "assign-2", STR("this person is in the team already"), "Edit that entry.");
    return true;
}

/* G-01, G-04: nobody takes what he worked on. A proposal is shown facts and refused nothing. */
static bool guard_person_is_apart(Call *call, const void *record, Err *err)
{
    const TeamMember *member = record;
    Audit audit;

    if (!part_audit(call, member, &audit, err)) return false;
    if (audit.staffing == STAFFING_PROPOSED) return true;
    return refuse_conflicts(call, &audit, member->person, &member->refs, err);
}

static const char *part_name_needed(int part)
{
    return part == TEAM_LEAD ? N_("lead auditor") : N_("auditor");
}

/* Whether the qualification carries the part; experts and trainees need one of their own or a higher one. */
static bool qualification_carries(const Qualification *qualification, int part)
{
    switch (part) {
    case TEAM_LEAD: return qualification->level >= LEVEL_LEAD;
    case TEAM_AUDITOR: return qualification->level >= LEVEL_AUDITOR;
    case TEAM_IN_TRAINING: return qualification->level >= LEVEL_IN_TRAINING;
    default: return true;
    }
}

static bool people_qualified_for(Call *call, int part, Date day, IdList *people, Err *err)
{
    QualificationList list = { 0 };

    if (!record_list(call, &qualification_type, &list, STR("level >= $1 ORDER BY level DESC, id"),
                     BINDS(BIND_NUMBER(part == TEAM_LEAD ? LEVEL_LEAD : LEVEL_AUDITOR)), err))
        return false;
    for (size_t i = 0; i < list.len; i++) {
        if (qualification_is_valid(&list.at[i], day)) id_list_add(call->arena, people, list.at[i].person);
    }
    return true;
}

/* G-16, R-72-2: the qualification holds on the first day of the audit. */
static bool refuse_unqualified(Call *call, const Audit *audit, Id person, int part, Err *err)
{
    Qualification qualification;
    IdList people = { 0 };
    bool found;

    if (part > TEAM_EXPERT) return true;
    if (!qualification_of(call, person, audit->start, &qualification, &found, err)) return false;
    if (found && qualification_carries(&qualification, part)) return true;
    if (!people_qualified_for(call, part, audit->start, &people, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("G-16"),
                            .missing = str_fmt(call->arena, "%.*s is not qualified as %s on %.*s, the first day",
                                               STR_ARG(say_person(call, person)), part_name_needed(part),
                                               STR_ARG(date_to_human(call->arena, audit->start))),
                            .could   = people_names(call, &people),
                            .next    = call_text(call, "Assign one of them, or renew the qualification first.") });
    return true;
}

/* G-16: competence is asked when somebody is assigned, not when he is proposed. */
static bool guard_person_is_qualified(Call *call, const void *record, Err *err)
{
    const TeamMember *member = record;
    Audit audit;

    if (!part_audit(call, member, &audit, err)) return false;
    if (audit.staffing == STAFFING_PROPOSED) return true;
    return refuse_unqualified(call, &audit, member->person, member->part, err);
}

/* G-16: somebody in training works under a named auditor. */
static bool guard_trainee_is_guided(Call *call, const void *record, Err *err)
{
    const TeamMember *member = record;

    (void)err;
    if (member->part != TEAM_IN_TRAINING || !id_is_none(member->supervisor)) return true;
    refuse_with(call, "G-16", STR("an auditor under whom somebody in training works"), "Name the auditor.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs of the
 * team */

/* The facts are kept with the assignment, G-02 among them: a warning that the programme manager answers. */
static bool team_member_keep_facts(Call *call, void *record, Changes *changes, Err *err)
{
    TeamMember *member = record;
    FactList facts     = { 0 };
    Audit audit;

    (void)changes;
    if (member->part > TEAM_EXPERT) return true;
    if (!part_audit(call, member, &audit, err)) return false;
    if (!independence_facts(call, &audit, member->person, &member->refs, &facts, err)) return false;
    return facts_text(call, &facts, &member->facts, err);
}

/* ------------------------------------------------------------------------------------------------------- guards of
 * agree-plan */

/* One who works in the audit and what he takes there: the lead, with or without an entry of his own, and the members.
 */
typedef struct {
    Id person;
    int part;
    IdList refs;
} Seat;
typedef struct {
    Seat *at;
    size_t len, cap;
} SeatList;

static bool audit_seats(Call *call, const Audit *audit, SeatList *seats, Err *err)
{
    TeamMemberList members = { 0 };

    if (!team_members(call, audit->head.id, &members, err)) return false;
    *list_push(call->arena, seats) = (Seat){ .person = audit->lead, .part = TEAM_LEAD };
    for (size_t i = 0; i < members.len; i++) {
        const TeamMember *member = &members.at[i];
        if (member->part > TEAM_EXPERT) continue;
        if (id_eq(member->person, audit->lead))
            seats->at[0].refs = member->refs;
        else
            *list_push(call->arena, seats) = (Seat){ member->person, member->part, member->refs };
    }
    return true;
}

/* G-17: who comes from outside has accepted confidentiality. */
static bool refuse_without_confidentiality(Call *call, Id id, Err *err)
{
    Person person;

    if (!record_must(call, &person_type, id, &person, err)) return false;
    if (person.is_external == YES && date_is_none(person.confidentiality_accepted)) {
        refuse_with(
            call, "G-17",
            str_fmt(call->arena, "%.*s comes from outside and has not accepted confidentiality", STR_ARG(person.name)),
            "Let it be signed, and enter the day in the person's record.");
    }
    return true;
}

bool guard_team_is_qualified(Call *call, const void *record, Err *err)
{
    SeatList seats = { 0 };

    if (!audit_seats(call, record, &seats, err)) return false;
    for (size_t i = 0; i < seats.len; i++) {
        const Seat *seat = &seats.at[i];
        if (id_is_none(seat->person)) continue;
        if (!refuse_unqualified(call, record, seat->person, seat->part, err)) return false;
        if (!refuse_without_confidentiality(call, seat->person, err)) return false;
    }
    return true;
}

/* G-02: a person near the auditee needs the programme manager's answer. */
static bool refuse_unanswered_nearness(Call *call, const Audit *audit, const Seat *seat, Err *err)
{
    FactList facts = { 0 }, near;
    IdList touched = { 0 }, managers = { 0 };
    Str text;

    if (!independence_facts(call, audit, seat->person, &seat->refs, &facts, err)) return false;
    if (!facts_without_overrides(call, audit->head.id, seat->person, &facts, err)) return false;
    near = facts_of_rule(call, &facts, "G-02", &touched);
    if (near.len == 0) return true;
    if (!facts_text(call, &near, &text, err)) return false;
    if (!call->app->directory->people_with(call, STR("programme_manager"), &managers, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("G-02"),
                            .missing = str_fmt(call->arena, "an answer to this: %.*s %.*s",
                                               STR_ARG(say_person(call, seat->person)), STR_ARG(text)),
                            .could   = people_names(call, &managers),
                            .next    = call_text(call, "Ask the programme manager for a reason and a measure; both are "
                                                          "printed in the report.") });
    return true;
}

bool guard_team_is_independent(Call *call, const void *record, Err *err)
{
    SeatList seats = { 0 };

    if (!audit_seats(call, record, &seats, err)) return false;
    for (size_t i = 0; i < seats.len; i++) {
        const Seat *seat = &seats.at[i];
        if (id_is_none(seat->person)) continue;
        if (!refuse_conflicts(call, record, seat->person, &seat->refs, err)) return false;
        if (!refuse_unanswered_nearness(call, record, seat, err)) return false;
    }
    return true;
}

bool guard_team_has_declared(Call *call, const void *record, Err *err)
{
    const Audit *audit = record;
    SeatList seats     = { 0 };
    IdList missing     = { 0 };

    if (!audit_seats(call, audit, &seats, err)) return false;
    for (size_t i = 0; i < seats.len; i++) {
        int64_t count;
        if (!record_count(
                call, &declaration_type,
                STR("audit = $1 AND person = $2 AND scope_version = $3 AND state = 1 AND result <> 3"),
                BINDS(BIND_ID(audit->head.id), BIND_ID(seats.at[i].person), BIND_NUMBER(audit->scope_version.value)),
                &count, err))
            return false;
        if (count == 0) id_list_add(call->arena, &missing, seats.at[i].person);
    }
    if (missing.len == 0) return true;
    StrList names = people_names(call, &missing);
    refuse(call, (Refusal){ .rule    = STR("R-922-9"),
                            .missing = str_fmt(call->arena, "no declaration for this scope by %.*s",
                                               STR_ARG(str_sentence(call->arena, &names))),
                            .could   = names,
                            .next    = call_text(call, "Each of them signs a declaration of independence.") });
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the type */

/* clang-format off */
static const Verb team_verbs[] = {
    { .name = "create", .label = N_("Assign"), .help = N_("Runs the search for conflicts first (G-01)."), .body = team_member_keep_facts, .flags = VERB_PRIMARY },
    { .name = "edit", .label = N_("Change assignment"), .help = N_("Runs the search for conflicts again."), .body = team_member_keep_facts },
    { .name = "release", .label = N_("Release"), .help = N_("Takes the person out of the team."), .flags = VERB_DANGER },
};

#define WHO "programme_manager|lead"
static const Step team_steps[] = {
    { STATE_NEW,    "create",  PLAIN_IN_USE, WHO, { guard_audit_is_open, guard_person_is_in_team_once, guard_refs_are_in_scope, guard_trainee_is_guided, guard_person_is_qualified, guard_person_is_apart } },
    { PLAIN_IN_USE, "edit",    STATE_SAME,   WHO, { guard_audit_is_open, guard_refs_are_in_scope, guard_trainee_is_guided, guard_person_is_qualified, guard_person_is_apart } },
    { PLAIN_IN_USE, "release", PLAIN_VOID,   WHO, { guard_audit_is_open } },
};
static const See team_see[] = {
    { SEE_MANAGERS, NULL },
    { "everyone", SEE_AUDIT_PLAN },
};

const Type team_member_type = {
    .name = "team_member", .plural = "team-members", .label = "Team member", .label_plural = "Team",
    .about = "Who works in an audit, in which part, and which references he takes.",
    .number_format = "T-%d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &plain_states,
    TYPE_FIELDS(TeamMember), TYPE_VERBS(team_verbs), TYPE_STEPS(team_steps),
    .relations = audit_part_relations, .relations_len = AUDIT_PART_RELATIONS, TYPE_SEE(team_see),
};
/* clang-format on */
