/* SPDX-License-Identifier: Apache-2.0
 * Who was given evidence (4.9: "download is logged"). A line is written in a transaction of its own before the first
 * byte leaves, so a look without a line does not happen; a line without a look may, when the connection breaks. */
#include "audit/custody.h"

#include "audit/audit.h"
#include "audit/evidence.h"
#include "audit/part.h"
#include "base/json.h"
#include "base/log.h"
#include "record/input.h"
#include "record/verb.h"
#include "store/files.h"

static const Choice custody_use_rows[] = {
    [CUSTODY_VIEW - 1]     = { "view", N_("Shown on a page") },
    [CUSTODY_DOWNLOAD - 1] = { "download", N_("Downloaded") },
};
static const ChoiceList custody_uses = CHOICES_OF("custody_use", custody_use_rows);

#define RECORD_TYPE   CustodyEntry
#define RECORD_FIELDS "audit/custody.fields.h"
#include "record/define.h"

AUDIT_PART(CustodyEntry);

/* ------------------------------------------------------------------------------------------------------- writing */

static json_t *entry_input(const Caller *reader, const Evidence *evidence, FileUse use)
{
    json_t *input = json_own(reader->arena, json_object());
    Str now       = time_to_rfc3339(reader->arena, world_now(reader->app->world));

    if (!id_is_none(evidence->audit)) json_object_set_new(input, "audit", json_integer(evidence->audit.n));
    json_object_set_new(input, "evidence", json_integer(evidence->head.id.n));
    json_object_set_new(input, "at", json_from_str(now));
    json_object_set_new(input, "person", json_integer(reader->who.n));
    json_object_set_new(input, "use", json_string(choice_name(&custody_uses, (int)use)));
    json_object_set_new(input, "door", json_string(reader->door));
    json_object_set_new(input, "sha256", json_from_str(evidence->file));
    return input;
}

static bool entry_write(const Caller *reader, const Evidence *evidence, FileUse use, Str *why_not, Err *err)
{
    Caller program  = *reader;
    Request request = { .type  = &custody_entry_type,
                        .verb  = STR("create"),
                        .input = entry_input(reader, evidence, use) };
    Outcome outcome;
    Call *call;

    program.is_system = true, program.scopes = (StrList){ 0 };
    if (!verb_run(&program, &request, &call, &outcome, err)) return false;
    if (outcome.kind != OUTCOME_DONE)
        *why_not = call_text(call, "Who gets evidence is written down first, and nothing can be written now.");
    call_end(call);
    return true;
}

/* The bytes are those that were stored (trust.md, T9). */
static bool file_is_whole(const Caller *reader, const Evidence *evidence, bool *is, Err *err)
{
    Err found = { 0 };
    Hash hash;

    *is = hash_from_hex(evidence->file, &hash) && file_check(reader->app->store, reader->arena, &hash, &found);
    if (*is || found.code == ERR_CORRUPT) {
        if (!*is) log_err("custody", &found);
        return true;
    }
    *err = found;
    return false;
}

bool custody_file_given(const Caller *reader, const void *record, FileUse use, Str *why_not, Err *err)
{
    const Evidence *evidence = record;
    bool is_whole;

    *why_not = (Str){ 0 };
    if (evidence->head.state == EVIDENCE_WITHDRAWN) {
        *why_not = text_of(reader->app->language, "This evidence was withdrawn: its file is not given out any more.");
        return true;
    }
    if (!file_is_whole(reader, evidence, &is_whole, err)) return false;
    if (is_whole) return entry_write(reader, evidence, use, why_not, err);
    *why_not =
        text_of(reader->app->language, "The stored file is not what was stored. Tell the administrator: it has to "
                                       "come back from a backup.");
    return true;
}

/* ------------------------------------------------------------------------------------------------------- the type */

/* clang-format off */
static const Verb custody_verbs[] = {
    { .name = "create", .label = N_("Given out"), .help = N_("Written by the program before the content leaves."), .flags = VERB_INSIDE },
};
static const Step custody_steps[] = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { NULL } } };

/* Who answers for the item sees who looked: whoever obtained or gave it, the lead, those who answer for the programme;
 * everybody sees what is written of himself. */
static const See custody_see[] = {
    { "programme_manager", NULL },
    { "isms_manager|coordinator", "coalesce(audit, 0) = 0" },
    { "everyone", "person = :viewer OR audit IN (SELECT id FROM audit WHERE lead = :viewer)"
                  " OR evidence IN (SELECT id FROM evidence WHERE obtained_by = :viewer OR source = :viewer)" },
};

const Type custody_entry_type = {
    .name = "custody_entry", .plural = "custody-entries", .label = "Custody entry", .label_plural = "Custody log",
    .about = "Who was given the content of an item of evidence, how and when.",
    .number_format = "C-%d", .parent = "evidence", .number_within_parent = true, .dossier = "audit", .states = &plain_states,
    TYPE_FIELDS(CustodyEntry), TYPE_VERBS(custody_verbs), TYPE_STEPS(custody_steps), TYPE_SEE(custody_see), .sort = "-at",
};
/* clang-format on */
