/* SPDX-License-Identifier: Apache-2.0
 * The audit programme and its versions, and the audits that it plans: they are entered when the version that brought
 * their line comes into force. */
#include "exchange/scenario_inside.h"

static Str programme_number(const Scenario *scenario)
{
    return json_text(json_object_get(scenario->file, "programme"), "id");
}

static int64_t number_of(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

/* ------------------------------------------------------------------------------------------------------- the programme
 */

static bool make_parts(Scenario *scenario, const char *list_name, const char *type, const char *members, Err *err)
{
    const json_t *programme = json_object_get(scenario->file, "programme");
    const json_t *list      = json_object_get(programme, list_name);

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *input = input_of(scenario, json_array_get(list, i), members);
        input_text(input, "programme", programme_number(scenario));
        Deed deed = { .by = json_text(programme, "manager"), .type = type, .verb = "create", .input = input };
        if (!scenario_do(scenario, &deed, err)) return err_context(err, "programme.%s[%zu]", list_name, i);
    }
    return true;
}

static bool make_programme(Scenario *scenario, Err *err)
{
    const json_t *programme = json_object_get(scenario->file, "programme");
    json_t *input           = input_of(
                  scenario, programme,
                  "id>number title cycle manager deputy approver methods_allowed>methods notice_days report_days receivers");

    input_period(input, json_object_get(programme, "period"), "period_from", "period_to");
    Deed deed = { .by = json_text(programme, "manager"), .type = "programme", .verb = "create", .input = input };
    return scenario_do(scenario, &deed, err) && make_parts(scenario, "objectives", "objective", "text measure", err) &&
           make_parts(scenario, "risks", "programme_risk", "text kind rating treatment owner", err);
}

/* Lines that name no version stand in the first. */
static int64_t line_version(const json_t *line)
{
    int64_t version = number_of(line, "since_version");
    return version > 0 ? version : 1;
}

static bool make_lines(Scenario *scenario, int64_t version, Err *err)
{
    const json_t *programme = json_object_get(scenario->file, "programme");
    const json_t *lines     = json_object_get(programme, "lines");

    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        json_t *input =
            input_of(scenario, line, "id>number title processes refs interval_months criticality methods rationale");
        if (line_version(line) != version) continue;
        input_text(input, "programme", programme_number(scenario));
        Deed deed = {
            .by = json_text(programme, "manager"), .type = "programme_line", .verb = "create", .input = input
        };
        if (!scenario_do(scenario, &deed, err)) return err_context(err, "programme.lines[%zu]", i);
    }
    return true;
}

static bool revise_programme(Scenario *scenario, const json_t *version, Str by, Err *err)
{
    json_t *input = input_of(scenario, version, "note>reason");
    Deed deed     = {
            .by = by, .type = "programme", .verb = "revise", .number = programme_number(scenario), .input = input
    };

    return scenario_do(scenario, &deed, err);
}

static bool note_programme(Scenario *scenario, const json_t *version, Str by, Err *err)
{
    json_t *input = input_of(scenario, version, "note");
    Deed deed = { .by = by, .type = "programme", .verb = "edit", .number = programme_number(scenario), .input = input };

    return !is_given(version, "note") || scenario_do(scenario, &deed, err);
}

static bool step_submitted(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Str by          = json_text(json_object_get(step->entry, "submitted"), "by");
    int64_t version = number_of(step->entry, "version");
    Deed submit     = { .by = by, .type = "programme", .verb = "submit", .number = programme_number(scenario) };
    bool drafted    = version == 1 ? make_programme(scenario, err) : revise_programme(scenario, step->entry, by, err);

    return drafted && make_lines(scenario, version, err) && note_programme(scenario, step->entry, by, err) &&
           scenario_do(scenario, &submit, err);
}

static bool step_approved(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Deed deed = { .by     = json_text(json_object_get(step->entry, "approved"), "by"),
                  .type   = "programme",
                  .verb   = "approve",
                  .number = programme_number(scenario) };
    return scenario_do(scenario, &deed, err);
}

static bool step_activated(Scenario *scenario, const ScenarioStep *step, Err *err)
{
    Deed deed = { .by     = json_text(json_object_get(scenario->file, "programme"), "manager"),
                  .type   = "programme",
                  .verb   = "activate",
                  .number = programme_number(scenario) };
    (void)step;
    return scenario_do(scenario, &deed, err);
}

void scenario_enter_programme(Scenario *scenario)
{
    const json_t *versions = json_object_get(json_object_get(scenario->file, "programme"), "versions");

    for (size_t i = 0; i < json_array_size(versions); i++) {
        const json_t *version = json_array_get(versions, i);
        Str place             = place_at(scenario, "programme.versions", i);
        const struct {
            const json_t *date;
            ScenarioRun *run;
        } steps[] = { { json_object_get(json_object_get(version, "submitted"), "date"), step_submitted },
                      { json_object_get(json_object_get(version, "approved"), "date"), step_approved },
                      { json_object_get(version, "activated"), step_activated } };
        for (size_t k = 0; k < countof(steps); k++) {
            scenario_enter(scenario, &(ScenarioEntry){ .date  = steps[k].date,
                                                       .rank  = RANK_PROGRAMME,
                                                       .run   = steps[k].run,
                                                       .entry = version,
                                                       .place = place });
        }
    }
}

/* ------------------------------------------------------------------------------------------------------- when an audit
 * is planned */

static const json_t *activated_on(const Scenario *scenario, int64_t version)
{
    const json_t *versions = json_object_get(json_object_get(scenario->file, "programme"), "versions");

    for (size_t i = 0; i < json_array_size(versions); i++) {
        const json_t *one = json_array_get(versions, i);
        if (number_of(one, "version") == version) return json_object_get(one, "activated");
    }
    return NULL;
}

json_t *scenario_lines_of(Scenario *scenario, Str audit, Date day)
{
    const json_t *lines = json_object_get(json_object_get(scenario->file, "programme"), "lines");
    json_t *numbers     = json_own(scenario->arena, json_array());
    Date active;

    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        bool is_there =
            date_from_iso(json_str(activated_on(scenario, line_version(line))), &active) && !date_before(day, active);
        if (is_there && list_has(json_object_get(line, "audits"), audit))
            json_array_append(numbers, json_object_get(line, "id"));
    }
    return list_below(scenario, programme_number(scenario), numbers);
}

/* The day on which the last of its lines came into force, or of the first version where it stands on none; but not
 * later than its own first step. */
const json_t *scenario_planned_on(Scenario *scenario, const json_t *audit)
{
    const json_t *lines = json_object_get(json_object_get(scenario->file, "programme"), "lines");
    const json_t *first = json_object_get(json_array_get(json_object_get(audit, "history"), 0), "date");
    int64_t version     = 1;

    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *line = json_array_get(lines, i);
        if (list_has(json_object_get(line, "audits"), json_text(audit, "id")) && line_version(line) > version)
            version = line_version(line);
    }
    const json_t *day = activated_on(scenario, version);
    bool is_late      = first != NULL && (day == NULL || str_compare(json_str(first), json_str(day)) < 0);
    return is_late ? first : day;
}

/* The day of the programme's last version: proposals for audits ahead are as of then. */
const json_t *scenario_last_version_on(const Scenario *scenario)
{
    const json_t *versions = json_object_get(json_object_get(scenario->file, "programme"), "versions");
    return json_object_get(json_array_get(versions, json_array_size(versions) - 1), "activated");
}
