/* SPDX-License-Identifier: Apache-2.0
 * Calendars of people, from the site they work at. */
#include "org/calendar.h"

#include "org/organisation.h"
#include "org/person.h"
#include "org/site.h"
#include "record/row.h"

static bool main_site(Call *call, Id *site, Err *err)
{
    Organisation organisation;
    bool found;

    if (!organisation_load(call, &organisation, &found, err)) return false;
    *site = organisation.site;
    return true;
}

bool calendar_of_site(Call *call, Id site, Workdays *out, Err *err)
{
    Holidays holidays = { 0 };
    Site record       = { 0 };
    bool found        = false;

    if (id_is_none(site) && !main_site(call, &site, err)) return false;
    if (!id_is_none(site) && !record_load(call, &site_type, site, &record, &found, err)) return false;
    if (!workday_read_holidays(call->arena, record.holidays, &holidays, err)) return false;
    return workday_open(call->arena, FREE_SATURDAY_SUNDAY, &holidays, out, err);
}

bool calendar_of_person(Call *call, Id person, Workdays *out, Err *err)
{
    Person record = { 0 };
    bool found    = false;

    if (!id_is_none(person) && !record_load(call, &person_type, person, &record, &found, err)) return false;
    return calendar_of_site(call, record.site, out, err);
}
