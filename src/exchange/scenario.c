/* SPDX-License-Identifier: Apache-2.0
 * Loading a scenario: read, check, queue, then step by step in one transaction; at the end the stored states of the
 * file are compared with the records, and only then it is committed. */
#include "exchange/scenario.h"

#include "exchange/scenario_form.h"
#include "exchange/scenario_inside.h"
#include "org/organisation.h"
#include "org/person.h"
#include "record/row.h"

/* ------------------------------------------------------------------------------------------------------- the file */

static json_t *people_ids(Scenario *scenario, const json_t *file)
{
    const json_t *people = json_object_get(file, "people");
    json_t *ids          = json_own(scenario->arena, json_object());

    for (size_t i = 0; i < json_array_size(people); i++) {
        const char *id = json_string_value(json_object_get(json_array_get(people, i), "id"));
        if (id != NULL) json_object_set_new(ids, id, json_true());
    }
    return ids;
}

static bool file_read_checked(Scenario *scenario, Err *err)
{
    json_t *file;

    if (!json_read(scenario->arena, scenario->settings->text, &file, err)) return false;
    if (!form_check(scenario->arena, &scenario_form, file, people_ids(scenario, file), err)) return false;
    if (json_integer_value(json_object_get(file, "form")) != 2)
        return form_fail(err, STR("form"), STR("This program reads form 2."));
    scenario->file = file;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- people and
 * their zones */

static void zone_release(void *zone)
{
    zone_close(zone);
}

static bool zone_of_site(Scenario *scenario, Str id, Str place, Zone **zone, Err *err)
{
    const json_t *site = find_in(json_object_get(scenario->file, "sites"), "id", id);

    if (site == NULL)
        return form_fail(err, place, str_fmt(scenario->arena, "There is no site \"%.*s\" in \"sites\".", STR_ARG(id)));
    if (!zone_open(json_text(site, "zone"), zone, err)) return err_context(err, "%.*s", STR_ARG(place));
    arena_defer(scenario->arena, zone_release, *zone);
    return true;
}

static bool people_read(Scenario *scenario, Err *err)
{
    const json_t *people = json_object_get(scenario->file, "people");

    for (size_t i = 0; i < json_array_size(people); i++) {
        const json_t *person = json_array_get(people, i);
        Str place            = str_fmt(scenario->arena, "people[%zu].site", i);
        ScenarioPerson *one  = list_push(scenario->arena, &scenario->people);
        one->id              = json_text(person, "id");
        if (!zone_of_site(scenario, json_text(person, "site"), place, &one->zone, err)) return false;
    }
    scenario->result->people = scenario->people.len;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the walk */

static bool queue_fill(Scenario *scenario, Err *err)
{
    scenario_enter_organisation(scenario);
    scenario_enter_programme(scenario);
    scenario_enter_audits(scenario);
    scenario_enter_fieldwork(scenario);
    scenario_enter_findings(scenario);
    scenario_enter_reviews(scenario);
    scenario_sort(scenario);
    if (scenario->steps.len == 0) return form_fail(err, (Str){ 0 }, STR("It has no dated step."));
    scenario->begins = scenario->steps.at[0].date;
    if (!scenario_enter_auditors(scenario, err)) return false;
    scenario_sort(scenario);
    return true;
}

static bool is_after(Date date, Date until)
{
    return !date_is_none(until) && date_before(until, date);
}

static bool steps_run(Scenario *scenario, Err *err)
{
    for (size_t i = 0; i < scenario->steps.len; i++) {
        const ScenarioStep *step = &scenario->steps.at[i];
        if (is_after(step->date, scenario->settings->until)) break;
        scenario->step = step;
        scenario->result->steps++;
        if (!step->run(scenario, step, err)) return false;
    }
    return true;
}

static bool store_is_empty(Scenario *scenario, Err *err)
{
    int64_t count;

    if (!record_count(scenario->base, &person_type, STR("id > 0"), NO_BINDS, &count, err)) return false;
    if (count == 0) return true;
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot load a scenario into an organisation in use"),
                   .detail = STR("It has people already, and a history is loaded as a whole from its first day."),
                   .hint   = STR("Choose a new folder or schema by --data."));
}

/* Noon of the day that the file is about, behind the last step. */
static Time scenario_ends(const Scenario *scenario)
{
    Date day   = scenario->settings->until;
    Time after = time_add_seconds(scenario->clock, 60);

    if (date_is_none(day) && !date_from_iso(json_text(scenario->file, "as_of"), &day)) return after;
    Time noon = zone_instant(scenario->base->app->zone, day, 12, 0, 0);
    return noon.us > after.us ? noon : after;
}

static bool load_all(Scenario *scenario, Err *err)
{
    ScenarioStep *beginning = arena_new(scenario->arena, ScenarioStep);

    *beginning = (ScenarioStep){ .date = date_add_days(scenario->begins, -1), .place = STR("before the first day") };
    scenario->step = beginning;
    if (!store_is_empty(scenario, err) || !scenario_found(scenario, err) || !steps_run(scenario, err)) return false;
    scenario->result->ends = scenario_ends(scenario);
    if (date_is_none(scenario->settings->until) && !scenario_compare(scenario, err)) return false;
    return db_commit(scenario->base->db, err);
}

/* The organisation's own zone holds from the first step; the record of it is made on the way. */
static bool load_in_zone(Scenario *scenario, App *app, Err *err)
{
    Str site   = json_text(json_object_get(scenario->file, "company"), "site");
    Zone *old  = app->zone;
    bool zoned = zone_of_site(scenario, site, STR("company.site"), &app->zone, err);

    bool done = zoned && load_all(scenario, err);
    app->zone = old;
    return done;
}

bool scenario_load(App *app, Arena *arena, const ScenarioSettings *settings, ScenarioResult *result, Err *err)
{
    Scenario scenario = { .settings = settings, .arena = arena, .result = result };
    Caller program    = { .app = app, .arena = arena, .is_system = true, .door = "scenario" };

    *result = (ScenarioResult){ 0 };
    if (!file_read_checked(&scenario, err) || !people_read(&scenario, err)) return false;
    if (!queue_fill(&scenario, err) || !scenario_accounts_prepare(&scenario, err)) return false;
    if (!call_open(&program, CALL_WRITE, &scenario.base, err)) return false;
    bool done = load_in_zone(&scenario, app, err);
    call_end(scenario.base);
    return done && organisation_apply(app, arena, err);
}
