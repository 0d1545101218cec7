/* SPDX-License-Identifier: Apache-2.0
 * The organisation: one record that says whose store this is. */
#include "org/organisation.h"

#include "base/zone.h"
#include "record/row.h"

#define RECORD_TYPE   Organisation
#define RECORD_FIELDS "org/organisation.fields.h"
#include "record/define.h"

/* organisation-1: a store is one organisation. */
static bool guard_there_is_no_other(Call *call, const void *record, Err *err)
{
    int64_t count;

    (void)record;
    if (!record_count(call, &organisation_type, STR("state = 1"), NO_BINDS, &count, err)) return false;
    if (count > 0)
        refuse_with(call, "organisation-1", STR("a store holds one organisation, and this one has its record already"),
                    "Edit that record, or make a new store.");
    return true;
}

/* organisation-2: days and due dates are counted in this zone, so it must exist. */
static bool guard_zone_exists(Call *call, const void *record, Err *err)
{
    const Organisation *organisation = record;
    Zone *zone;
    Err missing = { 0 };

    (void)err;
    if (call->input == NULL) return true;
    if (zone_open(organisation->zone, &zone, &missing))
        zone_close(zone);
    else
        invalid(call, STR("zone"),
                call_text(call, "Give the name of a time zone, for example Europe/Amsterdam or UTC."));
    return true;
}

/* organisation-3: weights of which none counts would make every line as important as any other. */
static bool guard_a_weight_counts(Call *call, const void *record, Err *err)
{
    const Organisation *o = record;
    const Int weights[]   = { o->weight_criticality, o->weight_risk,   o->weight_findings,
                              o->weight_incidents,   o->weight_change, o->weight_age };
    bool counts           = false;

    (void)err;
    if (call->input == NULL) return true;
    for (size_t i = 0; i < countof(weights); i++)
        counts = counts || !weights[i].set || weights[i].value > 0;
    if (!counts) invalid(call, STR("weight_criticality"), call_text(call, "Give one of the six weights more than 0."));
    return true;
}

static const Step organisation_steps[] = {
    /* from         verb      to              who                            guards */
    { STATE_NEW,
      "create",
      PLAIN_IN_USE,
      "administrator|isms_manager",
      { guard_there_is_no_other, guard_zone_exists, guard_a_weight_counts } },
    { PLAIN_IN_USE, "edit", STATE_SAME, "administrator|isms_manager", { guard_zone_exists, guard_a_weight_counts } },
};

static const See organisation_see[] = { { "everyone", NULL } };

const Type organisation_type = {
    .name          = "organisation",
    .plural        = "organisations",
    .label         = "Organisation",
    .label_plural  = "Organisation",
    .about         = "Whose management system this is: name, time zone, main site.",
    .number_format = "ORG-%d",
    TYPE_FIELDS(Organisation),
    .states = &plain_states,
    TYPE_STEPS(organisation_steps),
    TYPE_SEE(organisation_see),
};

bool organisation_load(Call *call, Organisation *out, bool *found, Err *err)
{
    OrganisationList list = { 0 };

    if (!record_list(call, &organisation_type, &list, STR("state = 1 ORDER BY id LIMIT 1"), NO_BINDS, err))
        return false;
    *found = list.len == 1;
    *out   = *found ? list.at[0] : (Organisation){ 0 };
    return true;
}

bool organisation_apply(App *app, Arena *arena, Err *err)
{
    Caller caller = { .app = app, .arena = arena, .is_system = true, .door = "job" };
    Organisation organisation;
    Zone *zone;
    Call *call;
    bool found;

    if (!call_open(&caller, CALL_READ, &call, err)) return false;
    bool done = organisation_load(call, &organisation, &found, err);
    call_end(call);
    if (!done || !found) return done;
    if (!zone_open(organisation.zone, &zone, err)) return false;
    zone_close(app->zone);
    app->zone = zone;
    return true;
}
