/* SPDX-License-Identifier: Apache-2.0
 * Parts of the programme: objectives, risks, lines, and the versions that were approved. Parts change while the
 * programme is a draft; a version never does. */
#include <assert.h>
#include <stddef.h>

#include "audit/choices.h"
#include "audit/importance.h"
#include "audit/programme.h"
#include "audit/seen.h"
#include "record/change.h"
#include "record/row.h"

static const Choice programme_risk_rows[] = {
    [PROGRAMME_RISK - 1]        = { "risk", N_("Risk") },
    [PROGRAMME_OPPORTUNITY - 1] = { "opportunity", N_("Opportunity") },
};
static const ChoiceList programme_risk_kinds = CHOICES_OF("programme_risk_kind", programme_risk_rows);

#define RECORD_TYPE   ProgrammeVersion
#define RECORD_FIELDS "audit/programme_version.fields.h"
#include "record/define.h"

#define RECORD_TYPE   Objective
#define RECORD_FIELDS "audit/objective.fields.h"
#include "record/define.h"

#define RECORD_TYPE   ProgrammeRisk
#define RECORD_FIELDS "audit/programme_risk.fields.h"
#include "record/define.h"

#define RECORD_TYPE   ProgrammeLine
#define RECORD_FIELDS "audit/programme_line.fields.h"
#include "record/define.h"

/* All parts have the field `programme` first. */
typedef struct {
    RecordHead head;
    Id programme;
} ProgrammePart;
static_assert(offsetof(Objective, programme) == offsetof(ProgrammePart, programme), "the field programme comes first");
static_assert(offsetof(ProgrammeRisk, programme) == offsetof(ProgrammePart, programme), "as above");
static_assert(offsetof(ProgrammeLine, programme) == offsetof(ProgrammePart, programme), "as above");

static bool part_programme(Call *call, const void *record, Programme *programme, Err *err)
{
    *programme = (Programme){ 0 };
    if (id_is_none(((const ProgrammePart *)record)->programme)) return true;
    return record_must(call, &programme_type, ((const ProgrammePart *)record)->programme, programme, err);
}

static bool part_managers(Call *call, const void *record, IdList *people, Err *err)
{
    Programme programme;

    if (!part_programme(call, record, &programme, err)) return false;
    id_list_add(call->arena, people, programme.manager);
    id_list_add(call->arena, people, programme.deputy);
    return true;
}

/* programme-2 (R-922-1): what was submitted or approved does not change; a new version is drafted first. */
static bool guard_programme_is_draft(Call *call, const void *record, Err *err)
{
    Programme programme;

    if (!part_programme(call, record, &programme, err)) return false;
    if (programme.head.state == PROGRAMME_DRAFT || id_is_none(programme.head.id)) return true;
    refuse_with(call, "programme-2",
                str_fmt(call->arena, "%.*s is in state \"%s\"; its parts change in a draft only",
                        STR_ARG(programme.head.number), state_label(&programme_type, programme.head.state)),
                "Revise the programme first.");
    return true;
}

/* line-1: a window has a beginning and a later end. */
static bool guard_window_is_one(Call *call, const void *record, Err *err)
{
    const ProgrammeLine *line = record;

    (void)err;
    if (call->input != NULL && date_before(line->window_to, line->window_from))
        invalid(call, STR("window_to"), call_text(call, "Choose a day on or after the first one."));
    return true;
}

/* R-922-2: whether the interval is another than S-1 suggested when the line was scored, and nobody says why. */
bool line_interval_needs_reason(const ProgrammeLine *line)
{
    int from, to;

    if (!line->suggested_months.set || str_trim(line->interval_reason).len > 0) return false;
    importance_interval((int)line->score.value, false, (int)line->suggested_months.value, &from, &to);
    if (to > line->suggested_months.value) from = to = (int)line->suggested_months.value;
    return !line->interval_months.set || line->interval_months.value < from || line->interval_months.value > to;
}

/* R-922-2: who changes a suggested interval says why. */
static bool guard_interval_is_reasoned(Call *call, const void *record, Err *err)
{
    const ProgrammeLine *line = record, *before = call->before;

    (void)err;
    if (call->input == NULL || !line_interval_needs_reason(line)) return true;
    bool is_same = before != NULL && before->interval_months.set == line->interval_months.set &&
                   before->interval_months.value == line->interval_months.value &&
                   str_eq(before->interval_reason, line->interval_reason);
    if (is_same) return true;
    refuse_with(
        call, "R-922-2",
        str_fmt(call->arena, "a reason: for its importance of %lld, at most %lld months were suggested for %.*s",
                (long long)line->score.value, (long long)line->suggested_months.value, STR_ARG(line->head.number)),
        "Say why another interval than suggested is right.");
    return true;
}

/* suggest: the score of today with the facts it rests on, kept as they are now (R-922-7). */
static bool line_suggest(Call *call, void *record, Changes *changes, Err *err)
{
    ProgrammeLine *line = record;
    Programme programme;
    ImportanceData data;
    Importance importance;

    (void)changes;
    if (!part_programme(call, record, &programme, err)) return false;
    if (!importance_read(call, &programme, call->today, &data, err) ||
        !importance_of(call, &data, line, &importance, err))
        return false;
    if (!line->scored_on.number && !line->interval_months.set)
        line->interval_months = (Int){ importance.months_to, true };
    line->score            = (Int){ importance.score, true };
    line->suggested_months = (Int){ importance.months_to, true };
    line->facts            = importance.words;
    line->scored_on        = call->today;
    if (str_trim(line->rationale).len == 0) line->rationale = importance.words;
    return true;
}

static bool line_create(Call *call, void *record, Changes *changes, Err *err)
{
    Programme programme;

    (void)changes;
    if (!part_programme(call, record, &programme, err)) return false;
    ((ProgrammeLine *)record)->since_version = programme.version;
    return true;
}

bool programme_lines(Call *call, Id programme, ProgrammeLineList *lines, Err *err)
{
    return record_list(call, &programme_line_type, lines, STR("programme = $1 AND state = 1 ORDER BY number, id"),
                       BINDS(BIND_ID(programme)), err);
}

/* clang-format off */
static const Relation part_relations[] = { { "manager", N_("the manager of the programme or the deputy"), part_managers } };

#define MANAGERS "programme_manager|manager"
static const Step part_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, MANAGERS, { guard_programme_is_draft } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   MANAGERS, { guard_programme_is_draft } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   MANAGERS, { guard_programme_is_draft } },
};
static const See part_see[] = {
    { SEE_MANAGERS, NULL },
    { "everyone", "programme IN (SELECT id FROM programme WHERE manager = :viewer OR deputy = :viewer OR approver = :viewer)" },
    { "colleague|external_auditor", "programme IN (SELECT id FROM programme WHERE in_force > 0)" },
};

const Type objective_type = {
    .name = "objective", .plural = "objectives", .label = "Objective of the programme", .label_plural = "Objectives of the programme",
    .about = "What the programme shall reach, and how that is measured (ISO 19011 5.2).",
    .number_format = "O-%d", .parent = "programme", .number_within_parent = true, .dossier = "programme", .states = &plain_states,
    TYPE_FIELDS(Objective), TYPE_STEPS(part_steps), TYPE_RELATIONS(part_relations), TYPE_SEE(part_see),
};
const Type programme_risk_type = {
    .name = "programme_risk", .plural = "programme-risks", .label = "Risk of the programme", .label_plural = "Risks of the programme",
    .about = "What may go wrong, or well, with the programme itself (ISO 19011 5.3).",
    .number_format = "PGR-%d", .parent = "programme", .number_within_parent = true, .dossier = "programme", .states = &plain_states,
    TYPE_FIELDS(ProgrammeRisk), TYPE_STEPS(part_steps), TYPE_RELATIONS(part_relations), TYPE_SEE(part_see),
};

static const Step line_steps[] = {
    { STATE_NEW,    "create",  PLAIN_IN_USE, MANAGERS, { guard_programme_is_draft, guard_window_is_one } },
    { PLAIN_IN_USE, "edit",    STATE_SAME,   MANAGERS, { guard_programme_is_draft, guard_window_is_one, guard_interval_is_reasoned } },
    { PLAIN_IN_USE, "suggest", STATE_SAME,   MANAGERS, { guard_programme_is_draft } },
    { PLAIN_IN_USE, "void",    PLAIN_VOID,   MANAGERS, { guard_programme_is_draft } },
};
static const Verb line_verbs[] = {
    { .name = "create", .label = N_("Add line"), .help = N_("A line belongs to the version of the programme in draft."), .body = line_create, .flags = VERB_PRIMARY },
    { .name = "suggest", .label = N_("Score importance"), .help = N_("Keeps today's score with its facts, and the interval it suggests (S-1)."), .body = line_suggest },
};
const Type programme_line_type = {
    .name = "programme_line", .plural = "programme-lines", .label = "Line of the programme", .label_plural = "Lines of the programme",
    .about = "What is audited, how often, how, and why so (9.2.2).",
    .number_format = "L-%02d", .parent = "programme", .number_within_parent = true, .dossier = "programme", .states = &plain_states,
    TYPE_FIELDS(ProgrammeLine), TYPE_VERBS(line_verbs), TYPE_STEPS(line_steps), TYPE_RELATIONS(part_relations), TYPE_SEE(part_see),
};

/* Versions are made and put in force by verbs of the programme; nobody makes one by hand. */
static const Verb version_verbs[] = {
    { .name = "create", .label = N_("Keep version"), .help = N_("Part of approving the programme."), .flags = VERB_INSIDE },
    { .name = "activate", .label = N_("Put in force"), .help = N_("Part of putting the programme in force."), .flags = VERB_INSIDE },
};
static const Step version_steps[] = {
    { STATE_NEW,    "create",   PLAIN_IN_USE, MANAGERS, { NULL } },
    { PLAIN_IN_USE, "activate", STATE_SAME,   MANAGERS, { NULL } },
};
const Type programme_version_type = {
    .name = "programme_version", .plural = "programme-versions", .label = "Version of the programme", .label_plural = "Versions of the programme",
    .about = "An approved version of the programme, as it was approved.",
    .number_format = NULL, .parent = "programme", .number_within_parent = true, .dossier = "programme", .states = &plain_states,
    TYPE_FIELDS(ProgrammeVersion), TYPE_VERBS(version_verbs), TYPE_STEPS(version_steps), TYPE_RELATIONS(part_relations), TYPE_SEE(part_see),
};
/* clang-format on */
