/* SPDX-License-Identifier: Apache-2.0
 * One call of a verb: as whom, when, and what to say when it is refused. */
#include <stdalign.h>

#include "exchange/scenario_inside.h"
#include "record/registry.h"
#include "record/row.h"
#include "record/verb.h"

enum { MORNING_HOUR = 8 };

static const ScenarioPerson *person_of(const Scenario *scenario, Str id)
{
    for (size_t i = 0; i < scenario->people.len; i++) {
        if (str_eq(scenario->people.at[i].id, id)) return &scenario->people.at[i];
    }
    return NULL;
}

Id scenario_person(const Scenario *scenario, Str id)
{
    const ScenarioPerson *person = person_of(scenario, id);
    return person != NULL ? person->record : (Id){ 0 };
}

bool scenario_fail(Scenario *scenario, Str detail, Err *err)
{
    const ScenarioStep *step = scenario->step;
    Str verb                 = json_text(step->entry, "verb");
    Str place                = step->place;

    if (verb.len > 0) place = str_fmt(scenario->arena, "%.*s.verb: %.*s", STR_ARG(place), STR_ARG(verb));
    return err_set(err, ERR_FORMAT, 0, .what = place, .detail = detail,
                   .hint = STR("Mend the file there and load it again; nothing was recorded."));
}

/* ------------------------------------------------------------------------------------------------------- when */

/* The step's local day and time at the person's site, and later than everything before it. */
static Time deed_time(Scenario *scenario, const ScenarioPerson *person)
{
    const ScenarioStep *step = scenario->step;
    const Zone *zone         = person != NULL ? person->zone : scenario->base->app->zone;
    int hour                 = step->minute > 0 ? step->minute / 60 : MORNING_HOUR;
    Time wanted              = zone_instant(zone, step->date, hour, step->minute % 60, 0);
    Time next                = time_add_seconds(scenario->clock, 1);

    scenario->clock = wanted.us > next.us ? wanted : next;
    return scenario->clock;
}

/* A Call as the person; what counts as today is the day of the step, whatever the organisation's zone says. */
static bool deed_call(Scenario *scenario, const Deed *deed, Call **call, Err *err)
{
    const ScenarioPerson *person = person_of(scenario, deed->by);
    Id who                       = scenario_person(scenario, deed->by);

    if (deed->by.len > 0 && id_is_none(who))
        return scenario_fail(scenario, str_fmt(scenario->arena, "\"%.*s\" is not there yet.", STR_ARG(deed->by)), err);
    if (!call_as(scenario->base, who, deed_time(scenario, person), call, err)) return false;
    (*call)->today = scenario->step->date;
    return true;
}

/* ------------------------------------------------------------------------------------------------------- words */

static void say_refusal(Buf *text, const Refusal *refusal, Arena *arena)
{
    buf_fmt(text, "%.*s: %.*s.", STR_ARG(refusal->rule), STR_ARG(refusal->missing));
    if (refusal->could.len > 0) buf_fmt(text, " It could be: %.*s.", STR_ARG(str_sentence(arena, &refusal->could)));
    buf_add_byte(text, ' ');
}

static Str deed_words(Scenario *scenario, const Deed *deed, const Outcome *outcome)
{
    Buf text = buf_open(scenario->arena, 4096);
    Str date = date_to_iso(scenario->arena, scenario->step->date);

    buf_fmt(&text, "\"%s\" of %s %.*s by %.*s on %.*s is not possible. ", deed->verb, deed->type, STR_ARG(deed->number),
            STR_ARG(deed->by), STR_ARG(date));
    if (outcome->kind == OUTCOME_NOT_FOUND) buf_add_c(&text, "There is no such record that this person may see. ");
    for (size_t i = 0; i < outcome->refusals.len; i++)
        say_refusal(&text, &outcome->refusals.at[i], scenario->arena);
    for (size_t i = 0; i < outcome->invalids.len; i++)
        buf_fmt(&text, "%.*s: %.*s ", STR_ARG(outcome->invalids.at[i].field), STR_ARG(outcome->invalids.at[i].message));
    return str_trim(buf_str(&text));
}

/* ------------------------------------------------------------------------------------------------------- doing */

static bool deed_run(Scenario *scenario, Deed *deed, Outcome *outcome, Err *err)
{
    const Plan *plan = registry_find(scenario->base->app->registry, str_from_c(deed->type));
    Call *call       = NULL;

    if (plan == NULL)
        return scenario_fail(scenario, str_fmt(scenario->arena, "This program has no %s.", deed->type), err);
    if (!deed_call(scenario, deed, &call, err)) return false;
    Request request = {
        .type = plan->type, .verb = str_from_c(deed->verb), .number = deed->number, .input = deed->input
    };
    if (!verb_apply(call, &request, outcome, err)) {
        Str place = scenario->step->place;
        return err_context(err, "%.*s, \"%s\" of %s %.*s", STR_ARG(place), deed->verb, deed->type,
                           STR_ARG(deed->number));
    }
    return true;
}

bool scenario_do(Scenario *scenario, Deed *deed, Err *err)
{
    Outcome outcome = { 0 };

    if (!deed_run(scenario, deed, &outcome, err)) return false;
    if (outcome.kind != OUTCOME_DONE) return scenario_fail(scenario, deed_words(scenario, deed, &outcome), err);
    scenario->result->verbs++;
    deed->made  = outcome.number;
    deed->id    = outcome.id;
    deed->state = outcome.state;
    return true;
}

bool scenario_must_refuse(Scenario *scenario, Deed *deed, Str rule, Err *err)
{
    Outcome outcome = { 0 };

    if (!deed_run(scenario, deed, &outcome, err)) return false;
    for (size_t i = 0; i < outcome.refusals.len; i++) {
        if (str_eq(outcome.refusals.at[i].rule, rule)) return true;
    }
    Str got = outcome.kind == OUTCOME_DONE ? STR("It was done.") : deed_words(scenario, deed, &outcome);
    return scenario_fail(
        scenario, str_fmt(scenario->arena, "This should be refused by %.*s. %.*s", STR_ARG(rule), STR_ARG(got)), err);
}

bool scenario_exists(Scenario *scenario, const char *type, Str number, bool *exists, Err *err)
{
    const Plan *plan = registry_find(scenario->base->app->registry, str_from_c(type));

    *exists = false;
    if (plan == NULL) return true;
    RecordHead *record = arena_alloc(scenario->arena, plan->type->size, alignof(max_align_t));
    if (!record_find(scenario->base, plan->type, number, record, exists, err)) return false;
    /* a number that is all digits may also be read as an id */
    *exists = *exists && str_ends(number, record->number);
    return true;
}

bool scenario_take(Scenario *scenario, const ScenarioStep *step, const StepVerbs *verbs, bool *known, Err *err)
{
    Str verb = json_text(step->entry, "verb");

    *known = true;
    for (size_t i = 0; i < verbs->specials_len; i++) {
        if (str_eq_c(verb, verbs->specials[i].verb)) return verbs->specials[i].run(scenario, step, err);
    }
    for (size_t i = 0; i < verbs->plains_len; i++) {
        const PlainVerb *plain = &verbs->plains[i];
        if (!str_eq_c(verb, plain->verb)) continue;
        json_t *input = plain->members != NULL ? input_of(scenario, step->entry, plain->members) : NULL;
        return verbs->call(scenario, step, plain->ours, input, err);
    }
    *known = false;
    return true;
}
