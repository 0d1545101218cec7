/* SPDX-License-Identifier: Apache-2.0
 * The case of a nonconformity, step by step: registered, corrected, planned, done, verified, reviewed. The analysis of
 * causes stands in scenario_cause.c. */
#include "action/extension.h"
#include "action/nonconformity.h"
#include "exchange/scenario_inside.h"
#include "record/row.h"

static Str case_number(const ScenarioStep *step)
{
    return json_text(step->owner, "id");
}

static Str by_of(const ScenarioStep *step)
{
    return json_text(step->entry, "by");
}

bool scenario_case_do(Scenario *scenario, const ScenarioStep *step, const char *verb, json_t *input, Err *err)
{
    Deed deed = {
        .by = by_of(step), .type = "nonconformity", .verb = verb, .number = case_number(step), .input = input
    };
    return scenario_do(scenario, &deed, err);
}

bool scenario_case_part(Scenario *scenario, const ScenarioStep *step, const char *type, json_t *input, Str *made,
                        Err *err)
{
    Deed deed = { .by = by_of(step), .type = type, .verb = "create", .input = input };

    input_text(input, "nonconformity", case_number(step));
    if (!scenario_do(scenario, &deed, err)) return false;
    if (made != NULL) *made = deed.made;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- registering
 */

/* A reporter of the organisation stands there by name; a body or a customer as the file names it. */
static Str reporter_name(const Scenario *scenario, Str reporter)
{
    const json_t *person = find_in(json_object_get(scenario->file, "people"), "id", reporter);
    return person != NULL ? json_text(person, "name") : reporter;
}

bool scenario_register_case(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input          = scenario_finding_input(scenario, step->owner);
    const json_t *external = json_object_get(step->entry, "external");

    input_add(scenario, input, step->entry, "source_ref");
    input_add(scenario, input, external,
              "body>external_body number>external_number grade>external_grade plan_due>external_plan_due "
              "evidence_due>external_evidence_due");
    input_text(input, "reporter", reporter_name(scenario, json_text(step->entry, "reporter")));
    return scenario_do(scenario,
                       &(Deed){ .by = by_of(step), .type = "nonconformity", .verb = "register", .input = input }, err);
}

/* ------------------------------------------------------------------------------------------------------- proof */

static bool make_proof(Scenario *scenario, const ScenarioStep *step, const json_t *proof, Str action, Err *err)
{
    json_t *input = input_of(scenario, proof, "title type>kind fact_date undated_reason");

    input_text(input, "obtained_by", by_of(step));
    input_text(input, "obtained_on", date_to_iso(scenario->arena, step->date));
    input_text(input, "action", action);
    if (!is_given(proof, "type")) input_text(input, "kind", STR("record"));
    if (!evidence_file(scenario, input, STR("proof.txt"), evidence_text(scenario, proof), err)) return false;
    return scenario_case_part(scenario, step, "evidence", input, NULL, err);
}

static bool make_proofs(Scenario *scenario, const ScenarioStep *step, Str action, Err *err)
{
    const json_t *list = json_object_get(step->entry, "proof");

    for (size_t i = 0; i < json_array_size(list); i++) {
        if (!make_proof(scenario, step, json_array_get(list, i), action, err)) return err_context(err, "proof[%zu]", i);
    }
    return true;
}

/* ------------------------------------------------------------------------------------------------------- correction */

static Str planned_lines(Scenario *scenario, const json_t *list)
{
    Buf lines = buf_open(scenario->arena, 8000);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *planned = json_array_get(list, i);
        buf_fmt(&lines, "%.*s: %.*s\n", STR_ARG(json_text(planned, "on")), STR_ARG(json_text(planned, "text")));
    }
    return str_trim(buf_str(&lines));
}

static bool do_correct(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "kind text done_on consequences");

    input_text(input, "planned", planned_lines(scenario, json_object_get(step->entry, "planned")));
    return make_proofs(scenario, step, (Str){ 0 }, err) && scenario_case_do(scenario, step, "correct", input, err);
}

/* ------------------------------------------------------------------------------------------------------- the plan */

static Str below_case(Scenario *scenario, const ScenarioStep *step, Str number)
{
    return str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(case_number(step)), STR_ARG(number));
}

/* An action of a plan that came back is edited, not made anew. */
static bool make_action(Scenario *scenario, const ScenarioStep *step, const json_t *action, Err *err)
{
    Str number    = json_text(action, "id");
    json_t *input = input_of(scenario, action, "text text_then>text kind owner helpers due resources expected_proof");
    Deed edit     = { .by = by_of(step), .type = "action", .verb = "edit", .number = number, .input = input };
    bool is_there;

    input_text(input, "root_cause", below_case(scenario, step, json_text(action, "root_cause")));
    if (is_given(action, "also"))
        json_object_set(input, "also", list_below(scenario, case_number(step), json_object_get(action, "also")));
    if (!scenario_exists(scenario, "action", number, &is_there, err)) return false;
    if (is_there) return scenario_do(scenario, &edit, err);
    input_text(input, "number", number);
    return scenario_case_part(scenario, step, "action", input, NULL, err);
}

static bool do_submit_plan(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *actions = json_object_get(step->entry, "actions");
    json_t *input         = input_of(scenario, step->entry, "extent");

    for (size_t i = 0; i < json_array_size(actions); i++) {
        if (!make_action(scenario, step, json_array_get(actions, i), err)) return err_context(err, "actions[%zu]", i);
    }
    input_add(scenario, input, json_object_get(step->entry, "effectiveness"),
              "criterion data>criterion_data wait_days min_occurrences reviewer");
    return scenario_case_do(scenario, step, "submit-plan", input, err);
}

static Str exception_lines(Scenario *scenario, const json_t *list)
{
    Buf lines = buf_open(scenario->arena, 8000);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        buf_fmt(&lines, "%.*s: %.*s", STR_ARG(json_text(one, "action")), STR_ARG(json_text(one, "due")));
        if (is_given(one, "policy_due")) buf_fmt(&lines, " instead of %.*s", STR_ARG(json_text(one, "policy_due")));
        if (is_given(one, "rule")) buf_fmt(&lines, " (%.*s)", STR_ARG(json_text(one, "rule")));
        buf_fmt(&lines, ": %.*s\n", STR_ARG(json_text(one, "reason")));
    }
    return str_trim(buf_str(&lines));
}

/* The verifier is named when the plan is approved, where the file names one. */
static bool do_approve_plan(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input    = input_of(scenario, step->entry, "waiting_reason");
    json_t *verifier = input_of(scenario, step->owner, "verifier>person");
    Deed named       = { .by     = role_holder(scenario, "coordinator"),
                         .type   = "nonconformity",
                         .verb   = "name-verifier",
                         .number = case_number(step),
                         .input  = verifier };

    input_text(input, "exceptions", exception_lines(scenario, json_object_get(step->entry, "exceptions")));
    if (!scenario_case_do(scenario, step, "approve-plan", input, err)) return false;
    return !is_given(step->owner, "verifier") || scenario_do(scenario, &named, err);
}

/* ------------------------------------------------------------------------------------------------------- extensions */

bool scenario_ask_extension(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "step action reason interim new_due");

    input_text(input, "nonconformity", case_number(step));
    return scenario_do(
        scenario,
        &(Deed){ .by = json_text(step->entry, "asked_by"), .type = "extension", .verb = "create", .input = input },
        err);
}

static bool do_extend(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    ExtensionList asked = { 0 };
    Nonconformity nc;
    bool found;

    if (!record_find(scenario->base, &nonconformity_type, case_number(step), &nc, &found, err)) return false;
    if (!record_list(scenario->base, &extension_type, &asked,
                     STR("nonconformity = $1 AND state = 1 ORDER BY id DESC LIMIT 1"), BINDS(BIND_ID(nc.head.id)), err))
        return false;
    if (asked.len == 0) return scenario_fail(scenario, STR("Nobody asked for it."), err);
    Deed deed = { .by     = json_text(step->entry, "decided_by"),
                  .type   = "extension",
                  .verb   = "grant",
                  .number = asked.at[0].head.number,
                  .input  = input_of(scenario, step->entry, "concurred_by") };
    return scenario_do(scenario, &deed, err);
}

/* ------------------------------------------------------------------------------------------------------- done,
 * verified, reviewed */

static bool do_claim_done(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str action = json_text(step->entry, "action");
    Deed deed  = { .by     = by_of(step),
                   .type   = "action",
                   .verb   = "claim-done",
                   .number = action,
                   .input  = input_of(scenario, step->entry, "done_on") };

    return make_proofs(scenario, step, action, err) && scenario_do(scenario, &deed, err);
}

static bool do_verify(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *failed = input_of(scenario, step->entry, "actions>returned method evidence>reason");

    if (str_eq_c(json_text(step->entry, "result"), "failed"))
        return scenario_case_do(scenario, step, "fail-verification", failed, err);
    return scenario_case_do(scenario, step, "verify",
                            input_of(scenario, step->entry, "actions method evidence>evidence_text with_expert"), err);
}

/* "before" is left out where nothing changed. */
static bool do_isms_changes(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *answers = json_object_get(step->entry, "answers");

    for (size_t i = 0; i < json_array_size(answers); i++) {
        const json_t *answer = json_array_get(answers, i);
        json_t *input        = input_of(scenario, answer, "what before after");
        if (!is_given(answer, "before")) input_text(input, "before", STR("as it was"));
        if (!scenario_case_part(scenario, step, "isms_change", input, NULL, err))
            return err_context(err, "answers[%zu]", i);
    }
    return true;
}

/* The runs of the process that the plan asked for; what was decided on the data had at least these. */
static int64_t planned_occurrences(const ScenarioStep *step)
{
    const json_t *history = json_object_get(step->owner, "history");
    int64_t planned       = 1;

    for (size_t i = 0; i < json_array_size(history); i++) {
        const json_t *entry = json_array_get(history, i);
        if (entry == step->entry) return planned;
        if (!str_eq_c(json_text(entry, "verb"), "submit_plan")) continue;
        int64_t asked = json_integer_value(json_object_get(json_object_get(entry, "effectiveness"), "min_occurrences"));
        planned       = asked > 0 ? asked : 1;
    }
    return planned;
}

static bool do_effectiveness_review(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input =
        input_of(scenario, step->entry, "result data value evidence>evidence_text lessons new_date occurrences");
    bool decided = !str_eq_c(json_text(step->entry, "result"), "not_enough_data");

    if (decided && !is_given(step->entry, "occurrences"))
        json_object_set_new(input, "occurrences", json_integer(planned_occurrences(step)));
    return scenario_case_do(scenario, step, "effectiveness-review", input, err);
}

/* ------------------------------------------------------------------------------------------------------- the rest */

static bool do_link_recurrence(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return scenario_case_part(scenario, step, "recurrence", input_of(scenario, step->entry, "earlier decision reason"),
                              NULL, err);
}

static bool do_advise(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return scenario_case_part(scenario, step, "advice", input_of(scenario, step->entry, "text"), NULL, err);
}

/* Decided by whoever approves it: never by the owner alone (R-102-3). */
static bool do_decide_no_action(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str by    = is_given(step->entry, "approved_by") ? json_text(step->entry, "approved_by") : by_of(step);
    Deed deed = { .by     = by,
                  .type   = "nonconformity",
                  .verb   = "decide-no-action",
                  .number = case_number(step),
                  .input  = input_of(scenario, step->entry, "reason") };

    return scenario_do(scenario, &deed, err);
}

static const SpecialVerb special_verbs[] = {
    { "correct", do_correct },
    { "analyse", scenario_analyse },
    { "similar_check", scenario_similar_check },
    { "submit_plan", do_submit_plan },
    { "approve_plan", do_approve_plan },
    { "extend", do_extend },
    { "claim_done", do_claim_done },
    { "verify", do_verify },
    { "isms_changes", do_isms_changes },
    { "effectiveness_review", do_effectiveness_review },
    { "link_recurrence", do_link_recurrence },
    { "advise", do_advise },
    { "decide_no_action", do_decide_no_action },
};
static const PlainVerb plain_verbs[] = {
    { "confirm", "confirm", "owner" },
    { "acknowledge", "acknowledge", NULL },
    { "start_analysis", "start-analysis", "extent" },
    { "return_plan", "return-plan", "reason comment" },
    { "set_due", "set-due", "step due reason" },
    { "fail_verification", "fail-verification", "returned method reason" },
    { "external", "external", "state>step ref>letter" },
    { "reopen", "reopen", "second reason>why" },
};

static const StepVerbs step_verbs = { .specials     = special_verbs,
                                      .specials_len = countof(special_verbs),
                                      .plains       = plain_verbs,
                                      .plains_len   = countof(plain_verbs),
                                      .call         = scenario_case_do };

bool scenario_case_step(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    bool known;

    if (!scenario_take(scenario, step, &step_verbs, &known, err)) return false;
    if (known) return true;
    return scenario_fail(scenario, STR("This program has no such verb."), err);
}
