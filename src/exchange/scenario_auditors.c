/* SPDX-License-Identifier: Apache-2.0
 * Auditors: qualifications as they began and ended, what shows them, and evaluations. What lies before the first step
 * is entered at the beginning, with its own dates. */
#include "exchange/scenario_inside.h"
#include "org/qualification.h"
#include "record/row.h"

/* The latest qualification of the auditor in hand. */
static bool qualification_number(Scenario *scenario, Str person, Str *number, Err *err)
{
    QualificationList list = { 0 };
    Id id                  = { 0 };

    for (size_t i = 0; i < scenario->people.len; i++) {
        if (str_eq(scenario->people.at[i].id, person)) id = scenario->people.at[i].record;
    }
    if (!record_list(scenario->base, &qualification_type, &list, STR("person = $1 ORDER BY id DESC LIMIT 1"),
                     BINDS(BIND_ID(id)), err))
        return false;
    *number = list.len == 1 ? list.at[0].head.number : (Str){ 0 };
    return true;
}

/* Nobody grants himself a qualification: the programme manager's own is granted by top management. */
static Str granted_by(Scenario *scenario, Str person)
{
    Str manager = role_holder(scenario, "programme_manager");
    return str_eq(person, manager) ? role_holder(scenario, "top_management") : manager;
}

static bool end_qualification(Scenario *scenario, Str number, Err *err)
{
    json_t *input = input_new(scenario);

    if (number.len == 0) return true;
    input_text(input, "why", STR("Another qualification begins."));
    Deed deed = { .by     = role_holder(scenario, "programme_manager"),
                  .type   = "qualification",
                  .verb   = "end",
                  .number = number,
                  .input  = input };
    return scenario_do(scenario, &deed, err);
}

static bool grant_qualification(Scenario *scenario, Str person, json_t *input, Err *err)
{
    Str before;
    Deed made = {
        .by = role_holder(scenario, "programme_manager"), .type = "qualification", .verb = "create", .input = input
    };

    if (!qualification_number(scenario, person, &before, err) || !end_qualification(scenario, before, err))
        return false;
    input_text(input, "person", person);
    if (!scenario_do(scenario, &made, err)) return false;
    Deed granted = {
        .by = granted_by(scenario, person), .type = "qualification", .verb = "grant", .number = made.made
    };
    return scenario_do(scenario, &granted, err);
}

static bool step_qualification(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    StrList subjects    = { 0 };
    const json_t *names = json_object_get(step->owner, "subjects");
    json_t *input =
        input_of(scenario, step->entry,
                 "qualification>level since valid_to to>valid_to audits_before audits audits_needed disclosures:lines");

    for (size_t i = 0; i < json_array_size(names); i++)
        *list_push(scenario->arena, &subjects) = json_str(json_array_get(names, i));
    input_text(input, "subjects", str_join(scenario->arena, &subjects, STR(", ")));
    return grant_qualification(scenario, json_text(step->owner, "person"), input, err);
}

static bool step_competence(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "kind title date>dated filed_on");
    Str number;

    if (!qualification_number(scenario, json_text(step->owner, "person"), &number, err)) return false;
    input_text(input, "qualification", number);
    Deed deed = { .by    = role_holder(scenario, "programme_manager"),
                  .type  = "competence_evidence",
                  .verb  = "create",
                  .input = input };
    return scenario_do(scenario, &deed, err);
}

static bool step_evaluation(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "date>dated methods result audit");
    Str number;

    if (!qualification_number(scenario, json_text(step->owner, "person"), &number, err)) return false;
    input_text(input, "qualification", number);
    Deed deed = { .by = json_text(step->entry, "by"), .type = "evaluation", .verb = "create", .input = input };
    return scenario_do(scenario, &deed, err);
}

/* ------------------------------------------------------------------------------------------------------- when */

typedef struct {
    Scenario *scenario;
    const json_t *auditor;
    Str place;
    bool early; /* what lies before the first step; else the rest */
    Err *err;
} AuditorWalk;

static bool is_early(const Scenario *scenario, const json_t *date)
{
    Date day;
    return date_from_iso(json_str(date), &day) && date_before(day, scenario->begins);
}

/* Runs it at once, or enters it into the queue. */
static bool auditor_step(AuditorWalk *walk, const json_t *date, const json_t *entry, Str place, ScenarioRun *run)
{
    if (is_early(walk->scenario, date) != walk->early) return true;
    if (!walk->early) {
        scenario_enter(walk->scenario, &(ScenarioEntry){ .date  = date,
                                                         .rank  = RANK_MASTER,
                                                         .run   = run,
                                                         .owner = walk->auditor,
                                                         .entry = entry,
                                                         .place = place });
        return true;
    }
    const ScenarioStep *before = walk->scenario->step;
    ScenarioStep now           = *before;
    now.owner = walk->auditor, now.entry = entry, now.place = place;
    walk->scenario->step = &now;
    bool done            = run(walk->scenario, &now, walk->err);
    walk->scenario->step = before;
    return done;
}

static bool auditor_list(AuditorWalk *walk, const char *list_name, const char *date, const char *instead,
                         ScenarioRun *run)
{
    const json_t *list = json_object_get(walk->auditor, list_name);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        const json_t *day   = json_object_get(entry, is_given(entry, date) ? date : instead);
        if (!auditor_step(walk, day, entry, place_in(walk->scenario, walk->place, list_name, i), run)) return false;
    }
    return true;
}

static bool auditors_walk(Scenario *scenario, bool early, Err *err)
{
    const json_t *auditors = json_object_get(scenario->file, "auditors");

    for (size_t i = 0; i < json_array_size(auditors); i++) {
        AuditorWalk walk = { scenario, json_array_get(auditors, i), place_at(scenario, "auditors", i), early, err };
        if (!auditor_list(&walk, "history", "since", "since", step_qualification)) return false;
        if (!auditor_step(&walk, json_object_get(walk.auditor, "since"), walk.auditor, walk.place, step_qualification))
            return false;
        if (!auditor_list(&walk, "evidence", "filed_on", "date", step_competence)) return false;
        if (!auditor_list(&walk, "evaluations", "date", "date", step_evaluation)) return false;
    }
    return true;
}

bool scenario_found_auditors(Scenario *scenario, Err *err)
{
    return auditors_walk(scenario, true, err);
}

bool scenario_enter_auditors(Scenario *scenario, Err *err)
{
    return auditors_walk(scenario, false, err);
}
