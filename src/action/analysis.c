/* SPDX-License-Identifier: Apache-2.0
 * Analysis of causes (10.2 b; requirements 4.12). The drawing is a tree of boxes, whatever the method; root causes are
 * what the actions are against; a blame is not a cause (R-102-5). */
#include "action/analysis.h"

#include "action/case_part.h"
#include "action/steps.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

/* clang-format off */
static const Choice kind_rows[] = {
    [CAUSE_WHY - 1]       = { "why", N_("Answer to \"why?\"") },
    [CAUSE_ON_BRANCH - 1] = { "branch_cause", N_("Cause on a branch") },
    [CAUSE_EVENT - 1]     = { "event", N_("Event") },
    [CAUSE_BARRIER - 1]   = { "barrier", N_("Barrier") },
};
static const ChoiceList cause_kinds = CHOICES_OF("cause_kind", kind_rows);
static const Choice branch_rows[] = {
    { "people", N_("People") }, { "method", N_("Method") }, { "technology", N_("Machine, technology") }, { "material", N_("Material, information") },
    { "measurement", N_("Measurement") }, { "environment", N_("Environment") }, { "management", N_("Management") }, { "supplier", N_("Supplier") },
};
static const ChoiceList cause_branches = CHOICES_OF("cause_branch", branch_rows);
static const Choice gate_rows[] = { { "AND", N_("all together (AND)") }, { "OR", N_("any alone (OR)") } };
static const ChoiceList cause_gates = CHOICES_OF("cause_gate", gate_rows);
static const Choice category_rows[] = {
    { "rule_unclear", N_("Unclear rule") }, { "rule_unknown", N_("Rule not known") }, { "rule_unworkable", N_("Rule not workable") },
    { "control_missing_in_tool", N_("Missing control in a tool") }, { "tool_failure", N_("Tool failure") }, { "handover_gap", N_("Handover or ownership gap") },
    { "resource", N_("Resource") }, { "competence", N_("Competence") }, { "supplier", N_("Supplier") },
    { "change_not_assessed", N_("Change not assessed") }, { "monitoring_missing", N_("Monitoring missing") }, { "design", N_("Design") },
};
static const ChoiceList cause_categories = CHOICES_OF("cause_category", category_rows);
static const Choice level_rows[] = {
    [CAUSE_LEVEL_DIRECT - 1] = { "direct", N_("Direct") }, [CAUSE_LEVEL_CONTRIBUTING - 1] = { "contributing", N_("Contributing") }, [CAUSE_LEVEL_ROOT - 1] = { "root", N_("Root") },
};
static const ChoiceList cause_levels = CHOICES_OF("cause_level", level_rows);
static const Choice dimension_rows[] = {
    { "other_systems", N_("Other systems") }, { "other_units", N_("Other units") }, { "sites", N_("Sites") }, { "suppliers", N_("Suppliers") },
    { "products", N_("Products") }, { "earlier_nonconformities", N_("Earlier nonconformities") },
};
static const ChoiceList similar_dimensions = CHOICES_OF("similar_dimension", dimension_rows);

#define RECORD_TYPE   Analysis
#define RECORD_FIELDS "action/analysis.fields.h"
#include "record/define.h"
#define RECORD_TYPE   Cause
#define RECORD_FIELDS "action/cause.fields.h"
#include "record/define.h"
#define RECORD_TYPE   RootCause
#define RECORD_FIELDS "action/root_cause.fields.h"
#include "record/define.h"
#define RECORD_TYPE   SimilarSearch
#define RECORD_FIELDS "action/similar_search.fields.h"
#include "record/define.h"
CASE_PART(Analysis);
CASE_PART(Cause);
CASE_PART(RootCause);
CASE_PART(SimilarSearch);
/* clang-format on */

bool root_causes_of_cycle(Call *call, const Nonconformity *nc, RootCauseList *out, Err *err)
{
    return record_list(call, &root_cause_type, out, STR("nonconformity = $1 AND cycle = $2 AND state = 1 ORDER BY id"),
                       BINDS(BIND_ID(nc->head.id), BIND_NUMBER(nc->cycle.value)), err);
}

/* ------------------------------------------------------------------------------------------------------- parts */

static bool take_cycle(Call *call, Id nonconformity, Int *cycle, Err *err)
{
    Nonconformity nc;

    if (!nonconformity_of(call, nonconformity, &nc, err)) return false;
    *cycle = nc.cycle;
    return true;
}

static bool root_cause_create(Call *call, void *record, Changes *changes, Err *err)
{
    RootCause *cause = record;

    (void)changes;
    return take_cycle(call, cause->nonconformity, &cause->cycle, err);
}

static bool similar_search_create(Call *call, void *record, Changes *changes, Err *err)
{
    SimilarSearch *search = record;

    (void)changes;
    if (id_is_none(search->by)) search->by = call->who;
    return take_cycle(call, search->nonconformity, &search->cycle, err);
}

/* cause-1: a box stands under a box of the same drawing. */
static bool guard_parent_is_in_drawing(Call *call, const void *record, Err *err)
{
    const Cause *cause = record;
    Cause parent;

    if (call->input == NULL || id_is_none(cause->parent)) return true;
    if (!record_must(call, &cause_type, cause->parent, &parent, err)) return false;
    if (!id_eq(parent.analysis, cause->analysis))
        invalid(call, STR("parent"), call_text(call, "Choose a box of the same analysis."));
    return true;
}

/* clang-format off */
#define IN_ANALYSIS guard_case_is_in_analysis, guard_writer_did_not_audit

static const Verb inside_verbs[]  = { { .name = "create", .label = N_("Record"), .flags = VERB_INSIDE } };
static const Step inside_steps[]  = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { NULL } } };
static const Step cause_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "everyone",   { IN_ANALYSIS, guard_parent_is_in_drawing } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   "case_owner", { IN_ANALYSIS } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   "case_owner", { IN_ANALYSIS } },
};
static const Verb root_cause_verbs[] = { { .name = "create", .label = N_("Add root cause"), .body = root_cause_create, .flags = VERB_PRIMARY } };
static const Step root_cause_steps[] = {
    { STATE_NEW,    "create", PLAIN_IN_USE, "everyone",   { IN_ANALYSIS } },
    { PLAIN_IN_USE, "edit",   STATE_SAME,   "case_owner", { IN_ANALYSIS } },
    { PLAIN_IN_USE, "void",   PLAIN_VOID,   "case_owner", { IN_ANALYSIS } },
};
static const Verb search_verbs[] = { { .name = "create", .label = N_("Add search"), .body = similar_search_create, .flags = VERB_PRIMARY } };
static const Step search_steps[] = { { STATE_NEW, "create", PLAIN_IN_USE, "everyone", { IN_ANALYSIS } } };
static const See see[] = { { SEE_CASE_MANAGERS, NULL }, { "everyone", SEE_CASES_OF("nonconformity") } };
#define CASE_RELATIONS .relations = case_part_relations, .relations_len = CASE_PART_RELATIONS

const Type analysis_type = {
    .name = "analysis", .plural = "analyses", .label = "Analysis", .label_plural = "Analyses",
    .about = "An analysis of causes: method, people, problem.",
    .number_format = "AN-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(Analysis), TYPE_VERBS(inside_verbs), TYPE_STEPS(inside_steps), TYPE_SEE(see), CASE_RELATIONS,
};
const Type cause_type = {
    .name = "cause", .plural = "causes", .label = "Box of the drawing", .label_plural = "Boxes of the drawing",
    .about = "One box of the drawing of causes.",
    .number_format = "BOX-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(Cause), TYPE_STEPS(cause_steps), TYPE_SEE(see), CASE_RELATIONS,
};
const Type root_cause_type = {
    .name = "root_cause", .plural = "root-causes", .label = "Root cause", .label_plural = "Root causes",
    .about = "A cause that the actions are against.",
    .number_format = "R%d", .number_within_parent = true, .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(RootCause), TYPE_VERBS(root_cause_verbs), TYPE_STEPS(root_cause_steps), TYPE_SEE(see), CASE_RELATIONS,
};
const Type similar_search_type = {
    .name = "similar_search", .plural = "similar-searches", .label = "Search for similar cases", .label_plural = "Searches for similar cases",
    .about = "Where similar cases were looked for, and how many were found.",
    .number_format = "SS-%P-%d", .parent = "nonconformity", .dossier = "nonconformity", .states = &plain_states,
    TYPE_FIELDS(SimilarSearch), TYPE_VERBS(search_verbs), TYPE_STEPS(search_steps), TYPE_SEE(see), CASE_RELATIONS,
};

/* ------------------------------------------------------------------------------------------------------- of the case */

#define ANALYSE_INPUT(F, T) \
    F(T, CHOICE, method,          .label = "Method", .choices = &cause_methods, .needed = true) \
    F(T, REFS,   team,            .label = "Who took part", .to = "person") \
    F(T, LONG,   problem,         .label = "The problem in one sentence", .needed = true) \
    F(T, LONG,   detection_gap,   .label = "Why it was not found earlier") \
    F(T, LONG,   what_allowed_it, .label = "What allowed it", .help = "Where somebody forgot or erred: what let that happen?", .clause = "R-102-5") \
    F(T, LONG,   depth_reason,    .label = "Why fewer than three levels")
INPUT(AnalyseInput, ANALYSE_INPUT, "nonconformity.analyse")
#define SIMILAR_INPUT(F, T) \
    F(T, BOOL, found, .label = "Similar cases were found", .needed = true)
INPUT(SimilarInput, SIMILAR_INPUT, "nonconformity.similar-check")
/* clang-format on */
const Shape nc_analyse_input       = SHAPE_OF(AnalyseInput, "nonconformity.analyse");
const Shape nc_similar_check_input = SHAPE_OF(SimilarInput, "nonconformity.similar-check");

bool nc_analyse(Call *call, void *record, Changes *changes, Err *err)
{
    Nonconformity *nc         = record;
    const AnalyseInput *input = call->input;
    Analysis *analysis        = change_make(changes, &analysis_type, "create", (Str){ 0 });

    (void)err;
    analysis->nonconformity = nc->head.id;
    analysis->cycle         = nc->cycle;
    analysis->method        = input->method;
    analysis->team          = input->team;
    analysis->problem       = input->problem;
    analysis->detection_gap = input->detection_gap;
    analysis->depth_reason  = input->depth_reason;
    nc->cause_method        = input->method;
    nc->problem             = input->problem;
    nc->detection_gap       = input->detection_gap;
    nc->what_allowed_it     = input->what_allowed_it;
    return true;
}

/* similar-1: the check is a search that somebody can repeat. */
bool guard_something_was_searched(Call *call, const void *record, Err *err)
{
    const Nonconformity *nc = record;
    int64_t count;

    if (!record_count(call, &similar_search_type, STR("nonconformity = $1 AND cycle = $2"),
                      BINDS(BIND_ID(nc->head.id), BIND_NUMBER(nc->cycle.value)), &count, err))
        return false;
    if (count == 0)
        refuse_with(call, "similar-1", STR("a search: where was looked, and how many were found"),
                    "Add at least one search (other systems, units, sites, suppliers, earlier nonconformities).");
    return true;
}

bool nc_similar_check(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Nonconformity *)record)->similar_found = ((const SimilarInput *)call->input)->found;
    return true;
}
