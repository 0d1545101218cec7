/* SPDX-License-Identifier: Apache-2.0
 * Fieldwork of the audit in progress: timetable and empty papers with the plan, then requests, evidence, interviews,
 * papers and draft findings, each on its day. Samples stand in scenario_sample.c. */
#include "exchange/scenario_inside.h"

const json_t *scenario_fieldwork_of(const Scenario *scenario, Str audit)
{
    const json_t *fieldwork = json_object_get(scenario->file, "fieldwork");
    return str_eq(json_text(fieldwork, "audit"), audit) ? fieldwork : NULL;
}

Str scenario_in_fieldwork(Scenario *scenario, Str number)
{
    Str audit = json_text(json_object_get(scenario->file, "fieldwork"), "audit");
    return str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(audit), STR_ARG(number));
}

static Str audit_number(const Scenario *scenario)
{
    return json_text(json_object_get(scenario->file, "fieldwork"), "audit");
}

static Str lead_of(const Scenario *scenario)
{
    return json_text(find_in(json_object_get(scenario->file, "audits"), "id", audit_number(scenario)), "lead");
}

static bool make_part(Scenario *scenario, Str by, const char *type, json_t *input, Err *err)
{
    input_text(input, "audit", audit_number(scenario));
    return scenario_do(scenario, &(Deed){ .by = by, .type = type, .verb = "create", .input = input }, err);
}

/* ------------------------------------------------------------------------------------------------------- with the plan
 */

static bool make_agenda_item(Scenario *scenario, const json_t *item, Err *err)
{
    json_t *input = input_of(scenario, item, "date start>start_at end>end_at topic auditor refs method");

    if (is_given(item, "auditee")) {
        json_t *auditees = json_array();
        json_array_append(auditees, json_object_get(item, "auditee"));
        json_object_set_new(input, "auditees", auditees);
    }
    return make_part(scenario, lead_of(scenario), "agenda_item", input, err);
}

/* The opening meeting comes with "open", the closing one with "finish" where it was held. */
static bool make_meeting(Scenario *scenario, const json_t *meeting, Err *err)
{
    Str kind = json_text(meeting, "kind");

    if (str_eq_c(json_text(meeting, "state"), "held") && (str_eq_c(kind, "opening") || str_eq_c(kind, "closing")))
        return true;
    return make_part(scenario, lead_of(scenario), "meeting",
                     input_of(scenario, meeting, "kind date start>start_at place recording invited"), err);
}

static bool make_paper(Scenario *scenario, const json_t *paper, Err *err)
{
    json_t *input =
        input_of(scenario, paper,
                 "id>number refs own_criterion procedure title auditor methods planned_minutes reviewer_planned");
    return make_part(scenario, json_text(paper, "auditor"), "paper", input, err);
}

typedef bool MakePlanned(Scenario *scenario, const json_t *item, Err *err);

static bool make_all(Scenario *scenario, const char *list_name, MakePlanned *make, Err *err)
{
    const json_t *list = json_object_get(json_object_get(scenario->file, "fieldwork"), list_name);

    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!make(scenario, json_array_get(list, i), err)) return err_context(err, "%s[%zu]", list_name, i);
    }
    return true;
}

bool scenario_plan_fieldwork(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    (void)step;
    return make_all(scenario, "agenda", make_agenda_item, err) && make_all(scenario, "meetings", make_meeting, err) &&
           make_all(scenario, "papers", make_paper, err);
}

/* ------------------------------------------------------------------------------------------------------- requests and
 * meetings */

static bool step_asked(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "id>number text refs to>asked_of due");
    return make_part(scenario, json_text(step->entry, "by"), "evidence_request", input, err);
}

static bool step_answered(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Deed deed = { .by     = json_text(step->entry, "to"),
                  .type   = "evidence_request",
                  .verb   = "submit",
                  .number = json_text(step->entry, "id"),
                  .input  = input_new(scenario) };
    return scenario_do(scenario, &deed, err);
}

static bool step_accepted(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Deed deed = { .by     = json_text(step->entry, "by"),
                  .type   = "evidence_request",
                  .verb   = "accept",
                  .number = json_text(step->entry, "id") };
    return scenario_do(scenario, &deed, err);
}

/* ------------------------------------------------------------------------------------------------------- evidence and
 * interviews */

static bool step_evidence(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *evidence = step->entry;
    json_t *input          = input_of(scenario, evidence,
                                      "id>number title type>kind fact_date undated_reason obtained_on source obtained_by");
    Str name               = json_text(evidence, "file");
    Str bytes              = scenario_population_file(scenario, json_text(evidence, "id"));

    input_period(input, json_object_get(evidence, "period"), "period_from", "period_to");
    if (name.len == 0) name = str_fmt(scenario->arena, "%.*s.txt", STR_ARG(json_text(evidence, "id")));
    if (bytes.len == 0) bytes = evidence_text(scenario, evidence);
    if (!evidence_file(scenario, input, name, bytes, err)) return false;
    return make_part(scenario, json_text(evidence, "obtained_by"), "evidence", input, err);
}

static bool step_interview(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "id>number person date auditor topics");
    return make_part(scenario, json_text(step->entry, "auditor"), "interview", input, err);
}

static bool step_confirmed(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Deed deed = { .by     = json_text(step->entry, "person"),
                  .type   = "interview",
                  .verb   = "confirm",
                  .number = scenario_in_fieldwork(scenario, json_text(step->entry, "id")),
                  .input  = input_new(scenario) };
    return scenario_do(scenario, &deed, err);
}

/* ------------------------------------------------------------------------------------------------------- papers */

static bool paper_do(Scenario *scenario, const ScenarioStep *step, Str by, const char *verb, json_t *input, Err *err)
{
    Deed deed = { .by     = by,
                  .type   = "paper",
                  .verb   = verb,
                  .number = scenario_in_fieldwork(scenario, json_text(step->entry, "id")),
                  .input  = input };
    return scenario_do(scenario, &deed, err);
}

static bool is_interview(const Scenario *scenario, Str id)
{
    return find_in(json_object_get(json_object_get(scenario->file, "fieldwork"), "interviews"), "id", id) != NULL;
}

/* "evidence" of a paper or step names items of evidence and interviews alike. */
static void add_evidence(Scenario *scenario, json_t *input, const json_t *from, bool with_interviews)
{
    const json_t *list = json_object_get(from, "evidence");
    json_t *items = json_array(), *interviews = json_array();

    for (size_t i = 0; i < json_array_size(list); i++) {
        Str id = json_str(json_array_get(list, i));
        if (is_interview(scenario, id))
            json_array_append_new(interviews, json_from_str(scenario_in_fieldwork(scenario, id)));
        else
            json_array_append_new(items, json_from_str(id));
    }
    json_object_set_new(input, "evidence", items);
    if (with_interviews)
        json_object_set_new(input, "interviews", interviews);
    else
        json_decref(interviews);
}

static bool answer_steps(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *list = json_object_get(step->entry, "steps");
    Str paper          = scenario_in_fieldwork(scenario, json_text(step->entry, "id"));

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *answer = json_array_get(list, i);
        json_t *input        = input_of(scenario, answer, "result note");
        Str number           = str_fmt(scenario->arena, "%.*s/%lld", STR_ARG(paper),
                                       (long long)json_integer_value(json_object_get(answer, "n")));
        add_evidence(scenario, input, answer, false);
        Deed deed = { .by     = json_text(step->entry, "auditor"),
                      .type   = "paper_step",
                      .verb   = "edit",
                      .number = number,
                      .input  = input };
        if (!scenario_do(scenario, &deed, err)) return err_context(err, "steps[%zu]", i);
    }
    return true;
}

static bool step_started(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return paper_do(scenario, step, json_text(step->entry, "auditor"), "start", NULL, err);
}

/* What is written into the paper; its finding names the paper, not the other way round, as it may come later. */
static bool step_written(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input =
        input_of(scenario, step->entry, "design implementation operation conclusion reason note private_note minutes");

    add_evidence(scenario, input, step->entry, true);
    return answer_steps(scenario, step, err) &&
           paper_do(scenario, step, json_text(step->entry, "auditor"), "edit", input, err);
}

static bool step_finished(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return paper_do(scenario, step, json_text(step->entry, "auditor"), "finish", NULL, err);
}

static bool step_reviewed(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return paper_do(scenario, step, json_text(step->entry, "reviewer"), "review", input_new(scenario), err);
}

/* The last day on which something that the paper names came in, but not before it was started. */
static const json_t *written_on(const Scenario *scenario, const json_t *paper)
{
    const json_t *fieldwork = json_object_get(scenario->file, "fieldwork"), *list = json_object_get(paper, "evidence");
    const json_t *last = json_object_get(paper, "started_on");

    if (is_given(paper, "done_on")) return json_object_get(paper, "done_on");
    for (size_t i = 0; last != NULL && i < json_array_size(list); i++) {
        Str id                 = json_str(json_array_get(list, i));
        const json_t *evidence = find_in(json_object_get(fieldwork, "evidence"), "id", id);
        const json_t *day      = json_object_get(evidence, "obtained_on");
        if (day != NULL && str_compare(json_str(day), json_str(last)) > 0) last = day;
    }
    return last;
}

/* ------------------------------------------------------------------------------------------------------- findings */

static bool step_draft(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry,
                             "type>kind significance process refs title criteria condition evidence effect site");

    input_text(input, "audit", audit_number(scenario));
    input_text(input, "source", STR("internal_audit"));
    if (is_given(step->entry, "paper"))
        input_text(input, "paper", scenario_in_fieldwork(scenario, json_text(step->entry, "paper")));
    if (is_given(step->entry, "sample"))
        input_text(input, "sample", scenario_in_fieldwork(scenario, json_text(step->entry, "sample")));
    return scenario_do(
        scenario, &(Deed){ .by = json_text(step->entry, "by"), .type = "finding", .verb = "draft", .input = input },
        err);
}

/* ------------------------------------------------------------------------------------------------------- the queue */

static const struct {
    const char *list, *date;
    ScenarioRun *run;
} dated[] = {
    { "requests", "asked_on", step_asked },       { "requests", "submitted_on", step_answered },
    { "requests", "accepted_on", step_accepted }, { "evidence", "obtained_on", step_evidence },
    { "interviews", "date", step_interview },     { "interviews", "confirmed_on", step_confirmed },
    { "papers", "started_on", step_started },     { "samples", "drawn_on", scenario_draw },
    { "samples", "tested_on", scenario_test },    { "papers", NULL, step_written },
    { "papers", "done_on", step_finished },       { "papers", "reviewed_on", step_reviewed },
    { "draft_findings", "date", step_draft },
};

void scenario_enter_fieldwork(Scenario *scenario)
{
    const json_t *fieldwork = json_object_get(scenario->file, "fieldwork");

    for (size_t i = 0; i < countof(dated); i++) {
        const json_t *list = json_object_get(fieldwork, dated[i].list);
        for (size_t k = 0; k < json_array_size(list); k++) {
            const json_t *item = json_array_get(list, k);
            const json_t *date =
                dated[i].date != NULL ? json_object_get(item, dated[i].date) : written_on(scenario, item);
            scenario_enter(scenario,
                           &(ScenarioEntry){ .date  = date,
                                             .rank  = RANK_FIELDWORK,
                                             .run   = dated[i].run,
                                             .owner = fieldwork,
                                             .entry = item,
                                             .place = place_in(scenario, STR("fieldwork"), dated[i].list, k) });
        }
    }
}
