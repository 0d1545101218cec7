/* SPDX-License-Identifier: Apache-2.0
 * The organisation: one record that says whose store this is. */
#include "org/organisation.h"

#include <unistd.h>

#include "base/png.h"
#include "base/zone.h"
#include "record/row.h"
#include "store/files.h"

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

/* ------------------------------------------------------------------------------------------------------- documents */

bool colour_read(Str text, unsigned *colour)
{
    *colour = 0;
    if (text.len != 7 || text.ptr[0] != '#') return false;
    for (size_t i = 1; i < text.len; i++) {
        char byte = text.ptr[i];
        int digit = byte >= '0' && byte <= '9'   ? byte - '0'
                    : byte >= 'a' && byte <= 'f' ? byte - 'a' + 10
                    : byte >= 'A' && byte <= 'F' ? byte - 'A' + 10
                                                 : -1;
        if (digit < 0) return false;
        *colour = *colour << 4 | (unsigned)digit;
    }
    return true;
}

/* BCP 47 by its shape: two or three letters, then parts of two to eight letters and digits. */
static bool is_language_tag(Str text)
{
    Str rest = text, part;

    for (bool first = true; str_cut(&rest, '-', &part); first = false) {
        if (part.len < 2 || part.len > (first ? 3 : 8)) return false;
        for (size_t i = 0; i < part.len; i++) {
            char byte      = part.ptr[i];
            bool is_letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
            if (!is_letter && (first || byte < '0' || byte > '9')) return false;
        }
    }
    return text.len > 0 && text.ptr[text.len - 1] != '-';
}

/* Whether the file is a picture that documents take; only its head is read. */
static bool file_is_logo(Call *call, Str hex, bool *is_logo, Err *err)
{
    char head[PNG_HEAD_BYTES];
    unsigned width, height;
    Hash hash;
    int descriptor;
    int64_t size;

    *is_logo = false;
    if (!hash_from_hex(hex, &hash)) return true;
    if (!file_get(call->app->store, call->arena, &hash, &descriptor, &size, err)) {
        if (err->code != ERR_MISSING) return false;
        err_clear(err); /* the field itself tells that there is no such file */
        return true;
    }
    ssize_t got = pread(descriptor, head, sizeof head, 0);
    close(descriptor);
    *is_logo =
        size <= PNG_BYTES_MAX && got == (ssize_t)sizeof head && png_size((Str){ head, sizeof head }, &width, &height);
    return true;
}

/* organisation-3: what stands on documents can be set. */
static bool guard_documents_can_be_set(Call *call, const void *record, Err *err)
{
    const Organisation *organisation = record;
    bool is_logo                     = true;
    unsigned colour;

    if (call->input == NULL) return true;
    if (organisation->logo.len > 0 && !file_is_logo(call, organisation->logo, &is_logo, err)) return false;
    if (!is_logo)
        invalid(call, STR("logo"), call_text(call, "Give a PNG file of at most 512 KB, 3000 pixels wide and high."));
    if (organisation->colour.len > 0 && !colour_read(organisation->colour, &colour))
        invalid(call, STR("colour"), call_text(call, "Give a colour as # and six digits, for example #17508f."));
    if (organisation->language.len > 0 && !is_language_tag(organisation->language))
        invalid(call, STR("language"), call_text(call, "Give a language as a tag, for example en-GB, de or ja."));
    return true;
}

/* organisation-4: weights of which none counts would make every line as important as any other. */
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
      { guard_there_is_no_other, guard_zone_exists, guard_documents_can_be_set, guard_a_weight_counts } },
    { PLAIN_IN_USE,
      "edit",
      STATE_SAME,
      "administrator|isms_manager",
      { guard_zone_exists, guard_documents_can_be_set, guard_a_weight_counts } },
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
