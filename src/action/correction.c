/* SPDX-License-Identifier: Apache-2.0
 * Corrections (10.2 a): bring under control and correct, and deal with the consequences, before the cause is looked
 * for. */
#include "action/correction.h"

#include "action/case_part.h"
#include "action/due.h"
#include "action/steps.h"
#include "audit/finding.h"
#include "record/change.h"
#include "record/input.h"

/* clang-format off */
static const Choice kind_rows[] = {
    { "contain", N_("Contain") }, { "repair", N_("Repair") }, { "withdraw", N_("Withdraw") },
    { "inform", N_("Inform") }, { "suspend", N_("Suspend") }, { "redo", N_("Do again") },
};
static const ChoiceList correction_kinds = CHOICES_OF("correction_kind", kind_rows);

#define RECORD_TYPE   Correction
#define RECORD_FIELDS "action/correction.fields.h"
#include "record/define.h"
CASE_PART(Correction);

#define CORRECT_INPUT(F, T) \
    F(T, CHOICE, kind,         .label = "Kind", .choices = &correction_kinds, .needed = true) \
    F(T, LONG,   text,         .label = "What was done", .needed = true) \
    F(T, DATE,   done_on,      .label = "Done on") \
    F(T, LONG,   planned,      .label = "What is still planned, with dates") \
    F(T, LONG,   consequences, .label = "Consequences dealt with", .help = "Customers told, data checked, authority notice decided: needed for a major one, an incident or a complaint.", .clause = "R-102-2")
INPUT(CorrectInput, CORRECT_INPUT, "nonconformity.correct")
#define START_INPUT(F, T) \
    F(T, LONG, extent,                .label = "Extent so far", .help = "How many of how many, where, since when.", .clause = "R-102-4") \
    F(T, LONG, correction_impossible, .label = "Why no correction is possible", .help = "Only where there is none.", .clause = "R-102-1")
INPUT(StartInput, START_INPUT, "nonconformity.start-analysis")

static const Step steps[] = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { NULL } } };
static const Verb verbs[] = { { .name = "create", .label = N_("Record"), .flags = VERB_INSIDE } };
static const See see[]    = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };

const Type correction_type = {
    .name = "correction", .plural = "corrections", .label = "Correction", .label_plural = "Corrections",
    .about = "What puts the situation right now; it does not touch the cause.",
    .number_format = "CO-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(Correction), TYPE_VERBS(verbs), TYPE_STEPS(steps), TYPE_SEE(see),
};
/* clang-format on */
const Shape nc_correct_input        = SHAPE_OF(CorrectInput, "nonconformity.correct");
const Shape nc_start_analysis_input = SHAPE_OF(StartInput, "nonconformity.start-analysis");

bool nc_correct(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc         = record;
    const CorrectInput *input = call->input;
    Correction *correction    = change_make(changes, &correction_type, "create", (Str){ 0 });

    (void)err;
    correction->nonconformity = nc->head.id;
    correction->kind          = input->kind;
    correction->text          = input->text;
    correction->done_on       = input->done_on;
    correction->planned       = input->planned;
    correction->by            = call->who;
    if (date_is_none(nc->corrected_on)) nc->corrected_on = date_is_none(input->done_on) ? call->today : input->done_on;
    if (input->consequences.len > 0) nc->consequences = input->consequences;
    due_settle(nc, nc->head.state, nc->action_due);
    return true;
}

/* R-102-1: a correction is recorded or planned, or there is a reason why none is possible. */
bool guard_situation_is_under_control(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc = record;
    bool starts             = call->input != NULL && call->verb->input == &nc_start_analysis_input;
    Str impossible = starts ? ((const StartInput *)call->input)->correction_impossible : nc->correction_impossible;

    (void)err;
    if (date_is_none(nc->corrected_on) && impossible.len == 0)
        refuse_with(call, "R-102-1", STR("a correction, or the reason why none is possible"),
                    "Record what brings the situation under control now; the cause comes after it.");
    return true;
}

/* R-102-2: for a major one, an incident and a complaint it is said what was done about the consequences. */
bool guard_consequences_are_handled(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc = record;
    bool matters            = nc->kind == NC_MAJOR || nc->source == SOURCE_INCIDENT || nc->source == SOURCE_COMPLAINT;

    (void)err;
    if (matters && nc->consequences.len == 0)
        refuse_with(call, "R-102-2", STR("what was done about the consequences: customers, data, authorities"),
                    "Say it with the correction; \"none, because …\" is an answer.");
    return true;
}

bool nc_start_analysis(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc       = record;
    const StartInput *input = call->input;

    (void)changes, (void)err;
    if (input->extent.len > 0) nc->extent = input->extent;
    if (input->correction_impossible.len > 0) nc->correction_impossible = input->correction_impossible;
    due_settle(nc, NC_ANALYSIS, (Date){ 0 });
    return true;
}
