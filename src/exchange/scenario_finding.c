/* SPDX-License-Identifier: Apache-2.0
 * Findings from the auditor's draft to their end, and which record a step of a finding's history is about: the finding,
 * or the case that follows from it (scenario_case.c). */
#include "exchange/scenario_inside.h"

bool scenario_is_nonconformity(const json_t *finding)
{
    return str_ends(json_text(finding, "type"), STR("_nc"));
}

static bool finding_do(Scenario *scenario, const ScenarioStep *step, const char *verb, json_t *input, Err *err)
{
    Deed deed = { .by     = json_text(step->entry, "by"),
                  .type   = "finding",
                  .verb   = verb,
                  .number = json_text(step->owner, "id"),
                  .input  = input };
    return scenario_do(scenario, &deed, err);
}

json_t *scenario_finding_input(Scenario *scenario, const json_t *finding)
{
    return input_of(scenario, finding,
                    "id>number source type>kind significance title refs criteria condition evidence>evidence_text "
                    "effect process site");
}

/* ------------------------------------------------------------------------------------------------------- verbs of
 * their own */

static bool do_draft(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str audit     = json_text(step->owner, "audit");
    json_t *input = scenario_finding_input(scenario, step->owner);

    input_add(scenario, input, step->owner, "audit");
    input_add(scenario, input, step->entry, "type>kind significance");
    if (is_given(step->entry, "paper"))
        input_text(input, "paper",
                   str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(audit), STR_ARG(json_text(step->entry, "paper"))));
    return scenario_do(
        scenario, &(Deed){ .by = json_text(step->entry, "by"), .type = "finding", .verb = "draft", .input = input },
        err);
}

static bool do_accept(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input =
        input_of(scenario, json_object_get(step->entry, "grading"),
                 "element_missing serious_doubt several_minors earlier_not_effective reason>grading_reason");

    input_add(scenario, input, step->entry, "second_reader");
    return finding_do(scenario, step, "accept", input, err);
}

/* Observations and good practices from other sources than an audit of ours. */
static bool do_register(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = scenario_finding_input(scenario, step->owner);

    if (scenario_is_nonconformity(step->owner)) return scenario_register_case(scenario, step, err);
    input_add(scenario, input, step->owner, "audit");
    input_add(scenario, input, step->entry, "source_ref");
    return scenario_do(
        scenario, &(Deed){ .by = json_text(step->entry, "by"), .type = "finding", .verb = "register", .input = input },
        err);
}

static bool do_hand_on(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "to");

    if (scenario_is_nonconformity(step->owner)) {
        input_flag(input, "accepted", true);
        return scenario_do(scenario,
                           &(Deed){ .by     = json_text(step->entry, "by"),
                                    .type   = "nonconformity",
                                    .verb   = "hand-on",
                                    .number = json_text(step->owner, "id"),
                                    .input  = input },
                           err);
    }
    input_add(scenario, input, step->entry, "accepted");
    return finding_do(scenario, step, "hand-on", input, err);
}

/* The risk that is accepted may live in another register: then it has its line here by its number. */
static bool do_accept_risk(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "risk reason measure until endorsed_by");
    json_t *risk  = input_of(scenario, step->entry, "risk>number by>owner");
    bool is_there;

    if (!scenario_exists(scenario, "risk", json_text(step->entry, "risk"), &is_there, err)) return false;
    input_add(scenario, risk, step->owner, "title process");
    Deed made = { .by = role_holder(scenario, "isms_manager"), .type = "risk", .verb = "create", .input = risk };
    return (is_there || scenario_do(scenario, &made, err)) && finding_do(scenario, step, "accept-risk", input, err);
}

static bool do_close(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Deed deed = { .by     = json_text(step->entry, "by"),
                  .type   = "nonconformity",
                  .verb   = "close",
                  .number = json_text(step->owner, "id") };

    if (scenario_is_nonconformity(step->owner)) return scenario_do(scenario, &deed, err);
    return finding_do(scenario, step, "close", NULL, err);
}

static bool do_void(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "second reason>why");
    Deed deed     = { .by     = json_text(step->entry, "by"),
                      .type   = "nonconformity",
                      .verb   = "void",
                      .number = json_text(step->owner, "id"),
                      .input  = input };
    bool has_case;

    if (!scenario_exists(scenario, "nonconformity", deed.number, &has_case, err)) return false;
    if (has_case) return scenario_do(scenario, &deed, err);
    input_add(scenario, input, step->entry, "reason");
    return finding_do(scenario, step, "void", input, err);
}

/* ------------------------------------------------------------------------------------------------------- by the verb
 */

static const SpecialVerb special_verbs[] = {
    { "draft", do_draft },     { "accept", do_accept },           { "register", do_register },
    { "hand_on", do_hand_on }, { "accept_risk", do_accept_risk }, { "close", do_close },
    { "void", do_void },
};
static const PlainVerb plain_verbs[] = {
    { "submit", "submit", NULL },
    { "present", "present", "to comment_until" },
    { "agree", "agree", "text>comment" },
    { "dispute", "dispute", "reason" },
    { "answer_dispute", "answer-dispute", "text request" },
    { "uphold", "uphold", "reason" },
    { "change", "change", "reason" },
    { "withdraw", "withdraw", "reason" },
    { "issue", "issue", "issued" },
    { "consider", "consider", NULL },
    { "dispose", "dispose", "decision reason due review_on" },
    { "implement", "implement", "text" },
    { "share", "share", "to text" },
};

static const StepVerbs step_verbs = { .specials     = special_verbs,
                                      .specials_len = countof(special_verbs),
                                      .plains       = plain_verbs,
                                      .plains_len   = countof(plain_verbs),
                                      .call         = finding_do };

static bool step_history(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    bool known;

    if (!scenario_take(scenario, step, &step_verbs, &known, err)) return false;
    if (known) return true;
    return scenario_case_step(scenario, step, err);
}

/* ------------------------------------------------------------------------------------------------------- the queue */

static void enter_finding(Scenario *scenario, const json_t *finding, Str finding_place)
{
    const json_t *history = json_object_get(finding, "history");

    for (size_t i = 0; i < json_array_size(history); i++) {
        const json_t *entry = json_array_get(history, i);
        ScenarioEntry step  = { .date  = json_object_get(entry, "date"),
                                .at    = scenario_time_of(history, i),
                                .rank  = RANK_FINDING,
                                .run   = step_history,
                                .owner = finding,
                                .entry = entry,
                                .place = place_in(scenario, finding_place, "history", i) };
        if (str_eq_c(json_text(entry, "verb"), "extend")) {
            ScenarioEntry asked = step;
            asked.date = json_object_get(entry, "asked_on"), asked.run = scenario_ask_extension;
            scenario_enter(scenario, &asked);
        }
        scenario_enter(scenario, &step);
    }
}

void scenario_enter_findings(Scenario *scenario)
{
    const json_t *findings = json_object_get(scenario->file, "findings");

    for (size_t i = 0; i < json_array_size(findings); i++)
        enter_finding(scenario, json_array_get(findings, i), place_at(scenario, "findings", i));
}
