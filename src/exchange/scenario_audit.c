/* SPDX-License-Identifier: Apache-2.0
 * Audits: planned, staffed, declared, held, reported, followed up, closed. */
#include "audit/audit.h"
#include "audit/report.h"
#include "exchange/scenario_inside.h"
#include "record/row.h"

static bool audit_do(Scenario *scenario, const ScenarioStep *step, const char *verb, json_t *input, Err *err)
{
    Deed deed = { .by     = json_text(step->entry, "by"),
                  .type   = "audit",
                  .verb   = verb,
                  .number = json_text(step->owner, "id"),
                  .input  = input };
    return scenario_do(scenario, &deed, err);
}

static Str manager_of(const Scenario *scenario)
{
    Str manager = json_text(json_object_get(scenario->file, "programme"), "manager");
    return manager.len > 0 ? manager : role_holder(scenario, "programme_manager");
}

static bool is_proposed(const json_t *audit)
{
    return str_eq_c(json_text(audit, "staffing"), "proposed");
}

/* ------------------------------------------------------------------------------------------------------- planning */

static bool step_planned(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *audit = step->entry;
    json_t *input =
        input_of(scenario, audit,
                 "id>number kind title start end>last_day method external_lead scope_refs>refs rationale processes "
                 "sites client report_approver"
                 " auditee_contact criteria:lines objectives:lines covered_refs held_before single_auditor staffing");

    input_text(input, "programme", json_text(json_object_get(scenario->file, "programme"), "id"));
    json_object_set(input, "lines", scenario_lines_of(scenario, json_text(audit, "id"), step->date));
    return scenario_do(scenario,
                       &(Deed){ .by = manager_of(scenario), .type = "audit", .verb = "create", .input = input }, err);
}

/* The criteria that are own documents, as far as they are there on this day. */
static bool name_documents(Scenario *scenario, const json_t *audit, json_t *input, Err *err)
{
    const json_t *criteria = json_object_get(audit, "criteria");
    json_t *documents      = json_array();

    json_object_set_new(input, "documents", documents);
    for (size_t i = 0; i < json_array_size(criteria); i++) {
        bool is_document;
        if (!scenario_exists(scenario, "document", json_str(json_array_get(criteria, i)), &is_document, err))
            return false;
        if (is_document) json_array_append(documents, json_array_get(criteria, i));
    }
    return true;
}

static json_t *refs_of(const json_t *audit, Str person)
{
    return json_object_get(find_in(json_object_get(audit, "assignments"), "person", person), "refs");
}

static bool assign(Scenario *scenario, const json_t *audit, const json_t *member, const char *part, Err *err)
{
    json_t *input = input_of(scenario, member, "person role>part supervisor");

    if (part != NULL) input_text(input, "part", str_from_c(part));
    input_text(input, "audit", json_text(audit, "id"));
    json_t *refs = refs_of(audit, json_text(member, "person"));
    if (refs != NULL) json_object_set(input, "refs", refs);
    return scenario_do(
        scenario, &(Deed){ .by = manager_of(scenario), .type = "team_member", .verb = "create", .input = input }, err);
}

static bool assign_team(Scenario *scenario, const json_t *audit, Err *err)
{
    const json_t *team = json_object_get(audit, "team");
    json_t *lead       = input_of(scenario, audit, "lead>person");

    if (is_given(audit, "lead") && !assign(scenario, audit, lead, "lead", err)) return false;
    for (size_t i = 0; i < json_array_size(team); i++) {
        if (!assign(scenario, audit, json_array_get(team, i), NULL, err)) return err_context(err, "team[%zu]", i);
    }
    return true;
}

/* Before the first step: lead and documents; for a proposal the team as well. */
static bool step_prepared(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "lead");
    Deed deed     = { .by     = manager_of(scenario),
                      .type   = "audit",
                      .verb   = "edit",
                      .number = json_text(step->entry, "id"),
                      .input  = input };

    if (!name_documents(scenario, step->entry, input, err) || !scenario_do(scenario, &deed, err)) return false;
    return !is_proposed(step->entry) || assign_team(scenario, step->entry, err);
}

static bool step_staffed(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return assign_team(scenario, step->entry, err);
}

/* What was tried and refused stays refused, with the same rule. */
static bool step_refused(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "person refs");
    json_t *refs  = refs_of(step->owner, json_text(step->entry, "replaced_by"));

    input_text(input, "audit", json_text(step->owner, "id"));
    input_text(input, "part", STR("auditor"));
    if (!is_given(step->entry, "refs") && refs != NULL) json_object_set(input, "refs", refs);
    Deed deed = { .by = json_text(step->entry, "by"), .type = "team_member", .verb = "create", .input = input };
    return scenario_must_refuse(scenario, &deed, json_text(step->entry, "rule"), err);
}

/* ------------------------------------------------------------------------------------------------------- independence
 */

/* An override (G-20) or an answer (G-02): asked, then decided by whoever stands above it. */
static bool step_override(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    bool is_answer = is_given(step->entry, "answered_by");
    Str decided_by = json_text(step->entry, is_answer ? "answered_by" : "approved_by");
    Str asked_by   = is_given(step->entry, "asked_by") ? json_text(step->entry, "asked_by") : manager_of(scenario);
    json_t *input  = input_of(scenario, step->entry, "rule person refs facts:lines reason measure");

    input_text(input, "audit", json_text(step->owner, "id"));
    Deed asked = { .by = asked_by, .type = "override", .verb = "create", .input = input };
    if (!scenario_do(scenario, &asked, err)) return false;
    Str number   = str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(json_text(step->owner, "id")), STR_ARG(asked.made));
    Deed decided = { .by = decided_by, .type = "override", .verb = "approve", .number = number };
    return scenario_do(scenario, &decided, err);
}

static bool do_declare(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str by                    = json_text(step->entry, "by");
    const json_t *declaration = find_in(json_object_get(step->owner, "declarations"), "person", by);
    json_t *input             = input_of(scenario, declaration, "person result disclosed measure answered_by");

    if (declaration == NULL)
        return scenario_fail(scenario, STR("There is no entry of this person in \"declarations\"."), err);
    input_text(input, "audit", json_text(step->owner, "id"));
    return scenario_do(scenario, &(Deed){ .by = by, .type = "declaration", .verb = "create", .input = input }, err);
}

/* ------------------------------------------------------------------------------------------------------- steps by
 * their verbs */

static bool do_agree_plan(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input       = input_of(scenario, step->entry, "version accepted_by notice_days notice_waived_by");
    const json_t *field = scenario_fieldwork_of(scenario, json_text(step->owner, "id"));
    const json_t *live  = json_object_get(json_object_get(field, "plan"), "live_tests_agreed");

    input_add(scenario, input, live, "by>live_tests_by on>live_tests_on");
    return audit_do(scenario, step, "agree-plan", input, err);
}

static bool do_change_plan(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "version reason");

    input_flag(input, "auditee_told", true);
    return audit_do(scenario, step, "change-plan", input, err);
}

/* The meeting that fieldwork tells more about comes with the step. */
static bool do_meeting(Scenario *scenario, const ScenarioStep *step, const char *verb, const char *kind, Err *err)
{
    const json_t *field = scenario_fieldwork_of(scenario, json_text(step->owner, "id"));
    json_t *input       = input_of(scenario, step->entry, "present");

    input_add(scenario, input, find_in(json_object_get(field, "meetings"), "kind", str_from_c(kind)),
              "start>start_at place recording");
    return audit_do(scenario, step, verb, input, err);
}

static bool do_open(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return do_meeting(scenario, step, "open", "opening", err);
}

static bool do_finish(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return do_meeting(scenario, step, "finish", "closing", err);
}

/* A sample of an audit held before: what is known of it, without its items. */
static bool record_sample(Scenario *scenario, const json_t *audit, const json_t *sample, Str by, Err *err)
{
    json_t *input = input_of(scenario, sample, "id>number population population>objective size method n");
    json_t *seed  = json_object_get(sample, "seed");
    Deed made     = { .by = by, .type = "sample", .verb = "create", .input = input };

    input_text(input, "audit", json_text(audit, "id"));
    if (json_is_integer(seed))
        input_text(input, "seed", str_fmt(scenario->arena, "%lld", (long long)json_integer_value(seed)));
    if (!scenario_do(scenario, &made, err)) return false;
    Deed result = { .by     = by,
                    .type   = "sample",
                    .verb   = "record-result",
                    .number = str_fmt(scenario->arena, "%lld", (long long)made.id.n),
                    .input  = input_of(scenario, sample, "deviations") };
    return scenario_do(scenario, &result, err);
}

/* The report whose text is known is written by its author before it is issued. */
static bool write_report(Scenario *scenario, const json_t *audit, const json_t *report, Err *err)
{
    json_t *input = input_of(scenario, json_object_get(report, "parts"),
                             "objectives scope client>client_text team dates_places criteria conclusions criteria_met "
                             "differing_views sampling_statement not_covered"
                             " independence next_steps");

    input_add(scenario, input, report, "number version author");
    input_text(input, "audit", json_text(audit, "id"));
    Deed made = { .by = json_text(report, "author"), .type = "report", .verb = "create", .input = input };
    if (!scenario_do(scenario, &made, err)) return false;
    for (size_t i = 0; i < json_array_size(json_object_get(report, "sampling")); i++) {
        if (!record_sample(scenario, audit, json_array_get(json_object_get(report, "sampling"), i), made.by, err))
            return false;
    }
    /* the eleventh part: the findings of the record */
    Deed filled = { .by = made.by, .type = "report", .verb = "fill", .number = json_text(report, "number") };
    return scenario_do(scenario, &filled, err);
}

static bool do_issue_report(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *report = json_object_get(step->owner, "report");
    json_t *input        = input_of(scenario, step->entry, "author number>report_number version");

    if (json_is_object(report) && !write_report(scenario, step->owner, report, err)) return false;
    return audit_do(scenario, step, "issue-report", input, err);
}

static Str report_number(const json_t *audit)
{
    Str number = json_text(find_in(json_object_get(audit, "history"), "verb", STR("issue_report")), "number");
    return number.len > 0 ? number : json_text(audit, "id");
}

static bool do_distribute(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    const json_t *receivers = json_object_get(step->entry, "to");

    for (size_t i = 0; i < json_array_size(receivers); i++) {
        json_t *input = input_new(scenario);
        input_text(input, "audit", json_text(step->owner, "id"));
        input_text(input, "report", report_number(step->owner));
        input_text(input, "receiver", json_str(json_array_get(receivers, i)));
        input_text(input, "channel", STR("mail"));
        Deed deed = { .by = json_text(step->entry, "by"), .type = "distribution", .verb = "create", .input = input };
        if (!scenario_do(scenario, &deed, err)) return false;
    }
    return true;
}

static bool do_close(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "lessons");

    if (json_is_false(json_object_get(step->entry, "evaluations")))
        input_add(scenario, input, step->entry, "note>no_evaluations");
    return audit_do(scenario, step, "close", input, err);
}

static bool do_window(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "reason");

    input_period(input, json_object_get(step->entry, "new_window"), "new_window_from", "new_window_to");
    return audit_do(scenario, step, str_eq_c(json_text(step->entry, "verb"), "cancel") ? "cancel" : "postpone", input,
                    err);
}

/* Verbs that need more than their members copied; then the others: our name and the members. */
static const SpecialVerb special_verbs[] = {
    { "declare", do_declare },         { "agree_plan", do_agree_plan },
    { "change_plan", do_change_plan }, { "open", do_open },
    { "finish", do_finish },           { "issue_report", do_issue_report },
    { "distribute", do_distribute },   { "close", do_close },
    { "postpone", do_window },         { "cancel", do_window },
};
static const PlainVerb plain_verbs[] = {
    { "initiate", "initiate", "lead contact channel" },
    { "confirm_feasible", "confirm-feasible", "information cooperation time" },
    { "stop_early", "stop-early", "reason" },
    { "report", "report", NULL },
    { "start_follow_up", "start-follow-up", NULL },
    { "record_external", "record-external", "note" },
    { "record_external_result", "record-external-result", "report report_date" },
};

static const StepVerbs step_verbs = { .specials     = special_verbs,
                                      .specials_len = countof(special_verbs),
                                      .plains       = plain_verbs,
                                      .plains_len   = countof(plain_verbs),
                                      .call         = audit_do };

static bool step_history(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    bool known;

    if (!scenario_take(scenario, step, &step_verbs, &known, err)) return false;
    if (known) return true;
    return scenario_fail(scenario, STR("This program has no such verb."), err);
}

/* ------------------------------------------------------------------------------------------------------- receipts and
 * visits */

static bool receipt_number(Scenario *scenario, const ScenarioStep *step, Str *number, Err *err)
{
    Str audit             = json_text(step->owner, "id");
    DistributionList list = { 0 };
    Audit record;
    bool found;
    Id receiver = scenario_person(scenario, json_text(step->entry, "to"));

    if (!record_find(scenario->base, &audit_type, audit, &record, &found, err)) return false;
    if (!record_list(scenario->base, &distribution_type, &list,
                     STR("audit = $1 AND receiver = $2 ORDER BY id DESC LIMIT 1"),
                     BINDS(BIND_ID(record.head.id), BIND_ID(receiver)), err))
        return false;
    if (list.len == 0) return scenario_fail(scenario, STR("The report was not sent to this person."), err);
    *number = str_fmt(scenario->arena, "%.*s/%.*s", STR_ARG(audit), STR_ARG(list.at[0].head.number));
    return true;
}

static bool receipt_do(Scenario *scenario, const ScenarioStep *step, const char *verb, Err *err)
{
    Deed deed = { .by = json_text(step->entry, "to"), .type = "distribution", .verb = verb };
    return receipt_number(scenario, step, &deed.number, err) && scenario_do(scenario, &deed, err);
}

static bool step_opened(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return receipt_do(scenario, step, "open", err);
}

static bool step_acknowledged(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    return receipt_do(scenario, step, "acknowledge", err);
}

static bool step_visit(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    json_t *input = input_of(scenario, step->entry, "audit stage");

    input_text(input, "certificate", STR("CERT-1"));
    return scenario_do(
        scenario,
        &(Deed){ .by = role_holder(scenario, "isms_manager"), .type = "visit", .verb = "create", .input = input }, err);
}

/* ------------------------------------------------------------------------------------------------------- the queue */

typedef struct {
    Scenario *scenario;
    const json_t *audit;
    Str place;
} AuditWalk;

static void enter(const AuditWalk *walk, const json_t *date, ScenarioRun *run, const json_t *entry, Str place)
{
    const json_t *history = json_object_get(walk->audit, "history"), *at = NULL;

    for (size_t i = 0; i < json_array_size(history); i++) {
        if (json_array_get(history, i) == entry) at = scenario_time_of(history, i);
    }
    scenario_enter(walk->scenario, &(ScenarioEntry){ .date  = date,
                                                     .at    = at,
                                                     .rank  = RANK_AUDIT,
                                                     .run   = run,
                                                     .owner = walk->audit,
                                                     .entry = entry,
                                                     .place = place });
}

static void enter_dated(const AuditWalk *walk, const char *list_name, ScenarioRun *run)
{
    const json_t *list = json_object_get(walk->audit, list_name);

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        enter(walk, json_object_get(entry, "date"), run, entry, place_in(walk->scenario, walk->place, list_name, i));
    }
}

static const json_t *first_date(const json_t *audit, const char *verb)
{
    return json_object_get(find_in(json_object_get(audit, "history"), "verb", str_from_c(verb)), "date");
}

/* The team is assigned when its first member declares, or with the plan. */
static const json_t *staffed_on(const json_t *audit)
{
    const json_t *declared = first_date(audit, "declare");
    return declared != NULL ? declared : first_date(audit, "agree_plan");
}

static void enter_receipts(const AuditWalk *walk)
{
    const json_t *list = json_object_get(json_object_get(walk->audit, "report"), "distribution");

    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *entry = json_array_get(list, i);
        Str place           = place_in(walk->scenario, walk->place, "report.distribution", i);
        enter(walk, json_object_get(entry, "opened"), step_opened, entry, place);
        enter(walk, json_object_get(entry, "acknowledged"), step_acknowledged, entry, place);
    }
}

static void enter_visits(Scenario *scenario, const AuditWalk *walk)
{
    const json_t *visits = json_object_get(json_object_get(scenario->file, "certificate"), "visits");

    for (size_t i = 0; i < json_array_size(visits); i++) {
        const json_t *visit = json_array_get(visits, i);
        if (str_eq(json_text(visit, "audit"), json_text(walk->audit, "id")))
            enter(walk, scenario_planned_on(scenario, walk->audit), step_visit, visit,
                  place_at(scenario, "certificate.visits", i));
    }
}

static void enter_audit(Scenario *scenario, const json_t *audit, Str place)
{
    AuditWalk walk       = { scenario, audit, place };
    const json_t *begins = json_object_get(json_array_get(json_object_get(audit, "history"), 0), "date");
    const json_t *plan   = first_date(audit, "agree_plan");

    enter(&walk, scenario_planned_on(scenario, audit), step_planned, audit, place);
    enter_visits(scenario, &walk);
    if (begins == NULL) begins = scenario_last_version_on(scenario);
    enter(&walk, begins, step_prepared, audit, place);
    enter_dated(&walk, "overrides", step_override);
    enter_dated(&walk, "answers", step_override);
    enter_dated(&walk, "refused_proposals", step_refused);
    if (!is_proposed(audit)) enter(&walk, staffed_on(audit), step_staffed, audit, place);
    if (scenario_fieldwork_of(scenario, json_text(audit, "id")) != NULL)
        enter(&walk, plan, scenario_plan_fieldwork, audit, STR("fieldwork"));
    enter_dated(&walk, "history", step_history);
    enter_receipts(&walk);
}

void scenario_enter_audits(Scenario *scenario)
{
    const json_t *audits = json_object_get(scenario->file, "audits");

    for (size_t i = 0; i < json_array_size(audits); i++)
        enter_audit(scenario, json_array_get(audits, i), place_at(scenario, "audits", i));
}
