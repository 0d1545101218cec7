/* SPDX-License-Identifier: Apache-2.0
 * Sites. */
#include "org/site.h"

#include "base/zone.h"

static const Choice site_kind_rows[] = {
    [SITE_OFFICE - 1]           = { "office", N_("Office") },
    [SITE_HOME - 1]             = { "home", N_("Home") },
    [SITE_DATA_CENTRE - 1]      = { "data_centre", N_("Data centre") },
    [SITE_HOSPITAL - 1]         = { "hospital", N_("Hospital") },
    [SITE_CLOUD_OR_VIRTUAL - 1] = { "cloud_or_virtual", N_("Cloud or virtual") },
};
static const ChoiceList site_kinds = CHOICES_OF("site_kind", site_kind_rows);

#define RECORD_TYPE   Site
#define RECORD_FIELDS "org/site.fields.h"
#include "record/define.h"

/* site-1, site-2: the zone exists, and every day off is a day. */
static bool guard_days_can_be_counted(Call *call, const void *record, Err *err)
{
    const Site *site = record;
    Zone *zone;
    Err missing = { 0 };
    Str rest    = site->holidays, line;
    Date day;

    (void)err;
    if (call->input == NULL) return true;
    if (zone_open(site->zone, &zone, &missing))
        zone_close(zone);
    else
        invalid(call, STR("zone"), call_text(call, "Give the name of a time zone, for example Europe/Lisbon."));
    while (rest.len > 0 && str_cut(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.len > 0 && !date_from_iso(line, &day))
            invalid(call, STR("holidays"),
                    str_fmt(call->arena, "\"%.*s\" is no day; write YYYY-MM-DD, one per line.", STR_ARG(line)));
    }
    return true;
}

static const Step site_steps[] = {
    { STATE_NEW, "create", PLAIN_IN_USE, "administrator|isms_manager", { guard_days_can_be_counted } },
    { PLAIN_IN_USE, "edit", STATE_SAME, "administrator|isms_manager", { guard_days_can_be_counted } },
    { PLAIN_IN_USE, "void", PLAIN_VOID, "administrator|isms_manager", { NULL } },
};
static const See site_see[] = { { "everyone", NULL } };

const Type site_type = {
    .name          = "site",
    .plural        = "sites",
    .label         = "Site",
    .label_plural  = "Sites",
    .about         = "A place where people work or things stand, with its time zone and working days.",
    .number_format = "SITE-%d",
    TYPE_FIELDS(Site),
    .states = &plain_states,
    TYPE_STEPS(site_steps),
    TYPE_SEE(site_see),
};
