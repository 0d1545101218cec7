/* SPDX-License-Identifier: Apache-2.0
 * The plan of a programme for its readers, and its audits once it is taken over: planned in one transaction, with their
 * teams as proposals. It is planned again then, and what comes out must be what was shown. */
#include "audit/audit.h"
#include "audit/independence.h"
#include "audit/programme_plan.h"
#include "audit/team.h"
#include "org/person.h"
#include "record/change.h"
#include "record/input.h"
#include "record/names.h"
#include "record/people.h"
#include "record/verb.h"

#define TAKE_INPUT(F, T)                                                                                               \
    F(T, TEXT, plan, .label = "Plan shown", .needed = true,                                                            \
      .help = "The fingerprint that came with the plan; its page sends it by itself.")
INPUT(TakeInput, TAKE_INPUT, "programme.take-plan")
const Shape take_plan_input = SHAPE_OF(TakeInput, "programme.take-plan");

/* ---- taking it over ---- */

/* take-plan-1, take-plan-2, take-plan-3: something is planned, all of it, and it is what was shown. Without input the
 * question is not worth a plan. */
bool guard_plan_is_whole(Call *call, const void *record, Err *err)
{
    const TakeInput *in = call->input;
    ProgrammePlan plan;

    if (in == NULL) return true;
    if (!programme_plan_make(call, record, &plan, err)) return false;
    if (plan.plan.outcome == PLAN_UNDECIDED)
        refuse_with(call, "take-plan-1", STR("a plan: none was found, and no proof that there is none"),
                    "Give people more days, or lines more room, and look at the plan again.");
    for (size_t i = 0; i < plan.plan.conflicts.len; i++)
        refuse_with(call, "take-plan-1", plan.plan.conflicts.at[i].words,
                    "Change what stands against it, and look at the plan again.");
    if (plan.plan.outcome == PLAN_WHOLE && plan.plan.audits.len == 0)
        refuse_with(call, "take-plan-2", STR("an audit that is not planned yet: all that is due has its audit"),
                    "Nothing needs to be done.");
    if (plan.plan.outcome == PLAN_WHOLE && plan.plan.audits.len > 0 && !str_eq(plan.fingerprint, in->plan))
        refuse_with(call, "take-plan-3",
                    STR("the plan that you saw: something changed since, and it would be another now"),
                    "Look at the plan again and take that one over.");
    return true;
}

static Str reasons_text(Call *call, const PlannedAudit *audit)
{
    return str_join(call->arena, &audit->reasons, STR("\n"));
}

static IdList seat_refs(Call *call, const ProgrammePlan *plan, const PlannedAudit *audit, const PlanSeat *seat)
{
    IdList refs = { 0 };

    for (size_t i = 0; i < seat->refs_len; i++)
        id_list_add(call->arena, &refs, plan->refs[audit->line].at[seat->refs[i]]);
    return refs;
}

static bool make_member(Call *call, const ProgrammePlan *plan, const PlannedAudit *planned, const Audit *audit,
                        size_t seat, Changes *changes, Err *err)
{
    const PlanSeat *taken = &planned->team[seat];
    TeamMember *member    = change_make(changes, &team_member_type, "create", changes->why);
    FactList facts        = { 0 };

    member->audit  = audit->head.id;
    member->person = plan->auditors.at[taken->auditor];
    member->part   = seat == 0 ? TEAM_LEAD : TEAM_AUDITOR;
    member->days   = (Int){ taken->days, true };
    member->refs   = seat_refs(call, plan, planned, taken);
    return independence_facts(call, audit, member->person, &member->refs, &facts, err) &&
           facts_text(call, &facts, &member->facts, err);
}

static bool make_audit(Call *call, const ProgrammePlan *plan, const PlannedAudit *planned, Changes *changes, Err *err)
{
    const ProgrammeLine *line = &plan->lines.at[planned->line];
    Audit *audit              = change_make(changes, &audit_type, "create", changes->why);

    if (!id_next(call, &audit->head.id, err)) return false;
    audit->programme = plan->programme.head.id;
    id_list_add(call->arena, &audit->lines, line->head.id);
    audit->kind          = AUDIT_INTERNAL;
    audit->title         = line->title;
    audit->processes     = line->processes;
    audit->sites         = line->sites;
    audit->refs          = plan->refs[planned->line];
    audit->lead          = plan->auditors.at[planned->team[0].auditor];
    audit->rationale     = reasons_text(call, planned);
    audit->staffing      = STAFFING_PROPOSED;
    audit->scope_version = (Int){ 1, true };
    programme_plan_window(plan, planned, &audit->start, &audit->last_day);
    for (size_t i = 0; i < planned->team_len; i++) {
        if (!make_member(call, plan, planned, audit, i, changes, err)) return false;
    }
    return true;
}

/* take-plan: the audits of the plan; people are proposed, and asked when the audit is initiated. */
bool programme_take_plan(Call *call, void *record, Changes *changes, Err *err)
{
    ProgrammePlan plan;

    if (!programme_plan_make(call, record, &plan, err)) return false;
    for (size_t i = 0; i < plan.plan.audits.len; i++) {
        if (!make_audit(call, &plan, &plan.plan.audits.at[i], changes, err)) return false;
    }
    return true;
}

/* ---- telling it ---- */

static json_t *date_json(Arena *arena, Date date)
{
    return json_from_str(date_to_iso(arena, date));
}

static json_t *strs_json(const StrList *list)
{
    json_t *array = json_array();

    for (size_t i = 0; i < list->len; i++)
        json_array_append_new(array, json_from_str(list->at[i]));
    return array;
}

static json_t *reference_json(Str number, Str title)
{
    json_t *object = json_object();

    json_object_set_new(object, "number", json_from_str(number));
    json_object_set_new(object, "title", json_from_str(title));
    return object;
}

static json_t *line_json(const ProgrammePlan *plan, size_t line)
{
    return reference_json(plan->lines.at[line].head.number, plan->lines.at[line].title);
}

static json_t *seat_json(const ProgrammePlan *plan, Names *names, const PlannedAudit *audit, size_t index)
{
    const PlanSeat *seat = &audit->team[index];
    Id person            = plan->auditors.at[seat->auditor];
    json_t *object = json_object(), *refs = json_array();

    json_object_set_new(object, "person",
                        reference_json(names_number(names, &person_type, person), names_person(names, person)));
    json_object_set_new(object, "part", json_string(index == 0 ? "lead" : "auditor"));
    json_object_set_new(object, "days", json_integer(seat->days));
    for (size_t i = 0; i < seat->refs_len; i++)
        json_array_append_new(refs, json_from_str(plan->problem.lines[audit->line].refs[seat->refs[i]].ref));
    json_object_set_new(object, "refs", refs);
    return object;
}

static json_t *audit_json(Arena *arena, const ProgrammePlan *plan, Names *names, const PlannedAudit *audit)
{
    json_t *object = json_object(), *team = json_array();
    Date from, to;

    programme_plan_window(plan, audit, &from, &to);
    json_object_set_new(object, "line", line_json(plan, audit->line));
    json_object_set_new(object, "importance", json_integer(plan->importance[audit->line].score));
    json_object_set_new(object, "quarter", json_integer(audit->quarter + 1));
    json_object_set_new(object, "from", date_json(arena, from));
    json_object_set_new(object, "to", date_json(arena, to));
    for (size_t i = 0; i < audit->team_len; i++)
        json_array_append_new(team, seat_json(plan, names, audit, i));
    json_object_set_new(object, "team", team);
    json_object_set_new(object, "reasons", strs_json(&audit->reasons));
    return object;
}

static json_t *conflict_json(const ProgrammePlan *plan, const PlanConflict *conflict)
{
    json_t *object = json_object(), *needs = json_array(), *left_out = json_array();

    json_object_set_new(object, "words", json_from_str(conflict->words));
    json_object_set_new(object, "is_minimal", json_boolean(conflict->is_minimal));
    for (size_t i = 0; i < conflict->len; i++)
        json_array_append_new(needs, json_from_str(conflict->at[i].words));
    json_object_set_new(object, "needs", needs);
    for (size_t i = 0; i < conflict->left_out_len; i++)
        json_array_append_new(left_out, line_json(plan, plan->plan.due.at[conflict->left_out[i]].line));
    json_object_set_new(object, "left_out", left_out);
    return object;
}

static json_t *missed_json(Arena *arena, const ProgrammePlan *plan, const PlanVisit *visit)
{
    json_t *object = json_object();
    int last       = 31 - __builtin_clz(visit->quarters);

    json_object_set_new(object, "line", line_json(plan, visit->line));
    json_object_set_new(object, "from", date_json(arena, plan->problem.quarters[__builtin_ctz(visit->quarters)].from));
    json_object_set_new(object, "to", date_json(arena, plan->problem.quarters[last].to));
    return object;
}

static const char *outcome_name(PlanOutcome outcome)
{
    static const char *const names[] = {
        [PLAN_WHOLE] = "whole", [PLAN_CONFLICT] = "conflict", [PLAN_UNDECIDED] = "undecided"
    };
    return names[outcome];
}

static json_t *plan_json(const ProgrammePlan *plan, Names *names, Arena *arena)
{
    json_t *object = json_object(), *audits = json_array(), *conflicts = json_array(), *missed = json_array();

    json_object_set_new(object, "outcome", json_string(outcome_name(plan->plan.outcome)));
    for (size_t i = 0; i < plan->plan.conflicts.len; i++)
        json_array_append_new(conflicts, conflict_json(plan, &plan->plan.conflicts.at[i]));
    json_object_set_new(object, "conflicts", conflicts);
    json_object_set_new(object, "has_more_conflicts", json_boolean(plan->plan.has_more));
    for (size_t i = 0; i < plan->plan.audits.len; i++)
        json_array_append_new(audits, audit_json(arena, plan, names, &plan->plan.audits.at[i]));
    json_object_set_new(object, "audits", audits);
    for (size_t i = 0; i < plan->plan.missed.len; i++)
        json_array_append_new(missed, missed_json(arena, plan, &plan->plan.missed.at[i]));
    json_object_set_new(object, "missed", missed);
    json_object_set_new(object, "notes", strs_json(&plan->notes));
    json_object_set_new(object, "points", json_integer(plan->plan.points));
    json_object_set_new(object, "is_best", json_boolean(plan->plan.is_best));
    json_object_set_new(object, "fingerprint", json_from_str(plan->fingerprint));
    return object;
}

/* A plan tells what people did and how many days they have: not everybody who sees the programme reads it. */
static bool refuse_reader(Call *call, const Programme *programme, bool *may, Err *err)
{
    IdList people = { 0 };

    if (!call_is_among(call, &programme_type, PLAN_READERS, programme, may, err)) return false;
    if (*may) return true;
    if (!people_among(call, &programme_type, PLAN_READERS, programme, &people, err)) return false;
    refuse(call, (Refusal){ .rule    = STR("who"),
                            .missing = STR("a plan is for those who manage or approve the programme"),
                            .could   = people_names(call, &people),
                            .next    = call_text(call, "Ask one of them.") });
    return true;
}

static bool read_plan(Call *call, const void *record, json_t **out, Err *err)
{
    Names *names = names_open(call);
    ProgrammePlan plan;
    bool may;

    if (!refuse_reader(call, record, &may, err) || !may) return may || call->refusals.len > 0;
    if (!programme_plan_make(call, record, &plan, err)) return false;
    for (size_t i = 0; i < plan.auditors.len; i++)
        names_want(names, &person_type, plan.auditors.at[i]);
    if (!names_load(names, err)) return false;
    *out = plan_json(&plan, names, call->arena);
    return true;
}

/* clang-format off */
#define REFERENCE "{'$ref': '#/components/schemas/Reference'}"
#define STRINGS   "{'type': 'array', 'items': {'type': 'string'}}"
const Inquiry programme_plan_inquiry = {
    .type = "programme", .name = "plan", .label = N_("Proposed plan"), .read = read_plan,
    .about = N_("Lays the audits that are due into quarters with their teams, with its reasons, or says what stands against it. Saves nothing."),
    .schema = "{'type': 'object', 'required': ['outcome', 'conflicts', 'has_more_conflicts', 'audits', 'missed', 'notes', 'points', 'is_best', 'fingerprint'],"
                " 'additionalProperties': false, 'properties': {"
                " 'outcome': {'enum': ['whole', 'conflict', 'undecided'], 'description': 'undecided: neither plan nor proof within the bound.'},"
                " 'conflicts': {'type': 'array', 'items': {'type': 'object', 'required': ['words', 'is_minimal', 'needs', 'left_out'], 'additionalProperties': false, 'properties': {"
                "  'words': {'type': 'string'}, 'is_minimal': {'type': 'boolean', 'description': 'Without any one of the needs the others can hold.'},"
                "  'needs': " STRINGS ", 'left_out': {'type': 'array', 'description': 'Lines whose audit the plan goes on without.', 'items': " REFERENCE "}}}},"
                " 'has_more_conflicts': {'type': 'boolean', 'description': 'Then nothing is planned.'},"
                " 'audits': {'type': 'array', 'items': {'type': 'object', 'required': ['line', 'importance', 'quarter', 'from', 'to', 'team', 'reasons'], 'additionalProperties': false, 'properties': {"
                "  'line': " REFERENCE ", 'importance': {'type': 'integer', 'minimum': 0, 'maximum': 100},"
                "  'quarter': {'type': 'integer', 'description': 'Of the programme, from 1.'}, 'from': {'type': 'string', 'format': 'date'}, 'to': {'type': 'string', 'format': 'date'},"
                "  'team': {'type': 'array', 'items': {'type': 'object', 'required': ['person', 'part', 'days', 'refs'], 'additionalProperties': false, 'properties': {"
                "   'person': " REFERENCE ", 'part': {'enum': ['lead', 'auditor']}, 'days': {'type': 'integer'}, 'refs': " STRINGS "}}},"
                "  'reasons': " STRINGS "}}},"
                " 'missed': {'type': 'array', 'description': 'Audits that were due and whose time is over.', 'items': {'type': 'object', 'required': ['line', 'from', 'to'],"
                "  'additionalProperties': false, 'properties': {'line': " REFERENCE ", 'from': {'type': 'string', 'format': 'date'}, 'to': {'type': 'string', 'format': 'date'}}}},"
                " 'notes': " STRINGS ", 'points': {'type': 'integer', 'description': 'Least is best.'}, 'is_best': {'type': 'boolean'},"
                " 'fingerprint': {'type': 'string', 'description': 'Goes with take-plan.'}}}",
};
/* clang-format on */
