/* SPDX-License-Identifier: Apache-2.0
 * Samples (4.8): planned, drawn, tested, decided. Population and seed are fixed by the draw, so that anybody can draw
 * again; a deviation is never averaged away (S-2). */
#include "audit/sample.h"

#include "audit/draw.h"
#include "audit/evaluation.h"
#include "audit/part.h"
#include "audit/sample_draw.h"
#include "audit/seen.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"

static const Choice sample_state_rows[] = {
    [SAMPLE_PLANNED - 1] = { "planned", N_("Planned") },
    [SAMPLE_DRAWN - 1]   = { "drawn", N_("Drawn") },
    [SAMPLE_TESTED - 1]  = { "tested", N_("Tested") },
    [SAMPLE_DECIDED - 1] = { "decided", N_("Decided") },
};
static const ChoiceList sample_states = CHOICES_OF("sample_state", sample_state_rows);

static const Choice sample_method_rows[] = {
    [SAMPLE_ALL - 1]           = { "all", N_("All items") },
    [SAMPLE_JUDGEMENT - 1]     = { "judgement", N_("Chosen by judgement") },
    [SAMPLE_SIMPLE_RANDOM - 1] = { "simple_random", N_("Simple random") },
    [SAMPLE_SYSTEMATIC - 1]    = { "systematic", N_("Systematic") },
    [SAMPLE_STRATIFIED - 1]    = { "stratified_random", N_("Random within strata") },
    [SAMPLE_DISCOVERY - 1]     = { "discovery", N_("Discovery") },
};
const ChoiceList sample_methods = CHOICES_OF("sample_method", sample_method_rows);

static_assert((int)SAMPLE_ALL == (int)DRAW_ALL && (int)SAMPLE_JUDGEMENT == (int)DRAW_JUDGEMENT &&
                  (int)SAMPLE_SIMPLE_RANDOM == (int)DRAW_SIMPLE_RANDOM &&
                  (int)SAMPLE_SYSTEMATIC == (int)DRAW_SYSTEMATIC && (int)SAMPLE_STRATIFIED == (int)DRAW_STRATIFIED &&
                  (int)SAMPLE_DISCOVERY == (int)DRAW_DISCOVERY,
              "a record's method is that of the draw");

static const Choice item_result_rows[] = {
    [ITEM_PASS - 1]           = { "pass", N_("Pass") },
    [ITEM_DEVIATION - 1]      = { "deviation", N_("Deviation") },
    [ITEM_NOT_APPLICABLE - 1] = { "not_applicable", N_("Not applicable") },
    [ITEM_MISSING - 1]        = { "missing", N_("Missing") },
};
static const ChoiceList item_results = CHOICES_OF("item_result", item_result_rows);

static const Choice item_state_rows[] = {
    [ITEM_DRAWN - 1]    = { "drawn", N_("Drawn") },
    [ITEM_REPLACED - 1] = { "replaced", N_("Replaced") },
};
static const ChoiceList item_states = CHOICES_OF("item_state", item_state_rows);

#define RECORD_TYPE   Sample
#define RECORD_FIELDS "audit/sample.fields.h"
#include "record/define.h"

#define RECORD_TYPE   SampleItem
#define RECORD_FIELDS "audit/sample_item.fields.h"
#include "record/define.h"

AUDIT_PART(Sample);

#define TEST_INPUT(F, T) F(T, INT, explained, .label = "Deviations with an explanation", .max = 100000)
INPUT(TestInput, TEST_INPUT, "sample.test")

#define RESULT_INPUT(F, T)                                                                                             \
    F(T, INT, deviations, .label = "Deviations", .max = 100000, .needed = true)                                        \
    F(T, DATE, tested_on, .label = "Tested on", .help = "Empty: the last day of the audit.")
INPUT(ResultInput, RESULT_INPUT, "sample.record-result")

#define DECIDE_INPUT(F, T) F(T, LONG, decision, .label = "Conclusion, or extension", .needed = true)
INPUT(DecideInput, DECIDE_INPUT, "sample.decide")

static bool sample_items(Call *call, Id sample, SampleItemList *items, Err *err)
{
    return record_list(call, &sample_item_type, items, STR("sample = $1 AND state = 1 ORDER BY id"),
                       BINDS(BIND_ID(sample)), err);
}

/* ------------------------------------------------------------------------------------------------------- guards */

/* sample-1 (4.8): what was chosen by judgement carries no confidence. */
static bool guard_judgement_claims_nothing(Call *call, const void *record, Err *err)
{
    const Sample *sample = record;

    (void)err;
    if (sample->method != SAMPLE_JUDGEMENT || (!sample->confidence.set && !sample->tolerable.set)) return true;
    refuse_with(call, "sample-1", STR("a sample chosen by judgement cannot state a confidence"),
                "Draw at random, or leave confidence and tolerable deviations empty and say why these items.");
    return true;
}

/* draw-1 (4.8): what anybody needs to draw again: the population and how its completeness was checked; of what was
 * chosen, why. The seed may be left to chance. */
static bool guard_draw_can_be_repeated(Call *call, const void *record, Err *err)
{
    const Sample *sample = record;
    bool is_judgement    = sample->method == SAMPLE_JUDGEMENT;
    bool is_random       = sample->method != SAMPLE_ALL && !is_judgement;
    bool has_population  = sample_has_population(sample);
    StrList missing      = { 0 };

    (void)err;
    if (is_random && !has_population)
        *list_push(call->arena, &missing) = STR("the population, as a file or a range of identifiers");
    if (!is_random && !has_population && !sample->size.set)
        *list_push(call->arena, &missing) = STR("the size of the population");
    if (str_trim(sample->completeness).len == 0)
        *list_push(call->arena, &missing) = STR("how completeness was checked");
    if (is_judgement && str_trim(sample->n_reason).len == 0) *list_push(call->arena, &missing) = STR("why these items");
    if (missing.len > 0)
        refuse_with(call, "draw-1",
                    str_fmt(call->arena, "not recorded: %.*s", STR_ARG(str_sentence(call->arena, &missing))),
                    "Record it first: another person must be able to draw the same items.");
    return true;
}

/* draw-3: one population, not two. */
static bool guard_population_is_one(Call *call, const void *record, Err *err)
{
    const Sample *sample = record;

    (void)err;
    if (str_trim(sample->range).len > 0 && (sample->file.len > 0 || !id_is_none(sample->evidence)))
        refuse_with(call, "draw-3", STR("the population is a file and a range at once"),
                    "Empty one of them: a sample is drawn from one population.");
    return true;
}

/* test-1: every item has its result. */
static bool guard_items_have_results(Call *call, const void *record, Err *err)
{
    const Sample *sample = record;
    SampleItemList items = { 0 };
    size_t open          = 0;

    if (!sample_items(call, sample->head.id, &items, err)) return false;
    for (size_t i = 0; i < items.len; i++)
        open += items.at[i].result == 0;
    if (open > 0)
        refuse_with(call, "test-1", str_fmt(call->arena, "%zu of %zu items have no result", open, items.len),
                    "Test them; what cannot be tested is missing, and counts as a deviation.");
    return true;
}

/* record-result-1: only an audit held before the product was used has samples without their items. */
static bool guard_audit_was_held_before(Call *call, const void *record, Err *err)
{
    const Sample *sample  = record;
    const ResultInput *in = call->input;
    Audit audit;

    if (!part_audit(call, sample, &audit, err)) return false;
    if (audit.held_before != YES)
        refuse_with(call, "record-result-1",
                    str_fmt(call->arena, "%.*s is held here: its samples have items", STR_ARG(audit.head.number)),
                    "Draw the sample and give each item its result.");
    if (in != NULL && in->deviations.value > sample->n.value)
        invalid(call, STR("deviations"), call_text(call, "Choose a number up to that of the items drawn."));
    return true;
}

static bool item_sample(Call *call, const void *record, Sample *sample, Err *err)
{
    *sample = (Sample){ 0 };
    if (id_is_none(((const SampleItem *)record)->sample)) return true;
    return record_must(call, &sample_type, ((const SampleItem *)record)->sample, sample, err);
}

/* item-1: results are given until the sample is tested. */
static bool guard_sample_is_in_test(Call *call, const void *record, Err *err)
{
    Sample sample;

    if (!item_sample(call, record, &sample, err)) return false;
    if (sample.head.state == SAMPLE_DRAWN) return true;
    refuse_with(call, "item-1",
                str_fmt(call->arena, "sample %.*s is in state \"%s\"", STR_ARG(sample.head.number),
                        state_label(&sample_type, sample.head.state)),
                "Results are given between draw and test.");
    return true;
}

static bool lines_name(Str lines, Str name)
{
    Str line;

    while (lines.len > 0 && str_cut(&lines, '\n', &line))
        if (str_eq(str_trim(str_slice(line, 0, str_index(line, ':'))), name)) return true;
    return false;
}

/* "fixed: deviation", of an attribute that the sample asks for. */
static void result_check(Call *call, const Sample *sample, const SampleItem *item, Str line)
{
    size_t colon = str_index(line, ':');
    Str name = str_trim(str_slice(line, 0, colon)), value = str_trim(str_slice(line, colon + 1, line.len));
    int result = choice_from_name(&item_results, value);

    if (str_trim(line).len == 0 || (colon < line.len && value.len == 0)) return;
    if (colon == line.len || result == 0) {
        invalid(call, STR("results"),
                str_fmt(call->arena,
                        "Write \"name: result\", the result one of pass, deviation, not_applicable, missing; "
                        "not \"%.*s\".",
                        STR_ARG(str_slice(line, 0, 60))));
    } else if (str_trim(sample->attributes).len > 0 && !lines_name(sample->attributes, name)) {
        invalid(call, STR("results"),
                str_fmt(call->arena, "This sample does not ask for \"%.*s\".", STR_ARG(str_slice(name, 0, 60))));
    } else if (item->result == ITEM_PASS && (result == ITEM_DEVIATION || result == ITEM_MISSING)) {
        invalid(call, STR("result"),
                str_fmt(call->arena, "\"%.*s\" deviates, so the item does: choose \"Deviation\".", STR_ARG(name)));
    }
}

/* item-2: the results of the attributes are such, and the item does not pass where one of them deviates. */
static bool guard_results_agree(Call *call, const void *record, Err *err)
{
    const SampleItem *item = record;
    Str rest               = item->results, line;
    Sample sample;

    if (call->input == NULL || rest.len == 0) return true;
    if (!item_sample(call, record, &sample, err)) return false;
    while (rest.len > 0 && str_cut(&rest, '\n', &line))
        result_check(call, &sample, item, line);
    return true;
}

/* ------------------------------------------------------------------------------------------------------- verbs */

/* What the result allows to say (S-4); a bound only where chance drew from the whole. */
static void sample_evaluate(Call *call, Sample *sample, const SampleItemList *items)
{
    SampleResult seen = { .size = sample->n.value, .deviations = sample->deviations.value };
    int bound;

    sample->evaluation = sample_evaluation(call->arena, sample, items);
    if (sample_is_random(sample) && deviation_bound_hundredths(seen, sample_confidence(sample), &bound))
        sample->upper_bound = (Int){ bound, true };
}

/* test: an item that could not be tested counts as a deviation (4.8). */
static bool sample_test(Call *call, void *record, Changes *changes, Err *err)
{
    Sample *sample       = record;
    const TestInput *in  = call->input;
    SampleItemList items = { 0 };
    int64_t deviations   = 0;

    (void)changes;
    if (!sample_items(call, sample->head.id, &items, err)) return false;
    for (size_t i = 0; i < items.len; i++)
        deviations += item_deviates(&items.at[i]);
    sample->deviations = (Int){ deviations, true };
    sample->explained  = (Int){ in->explained.set ? in->explained.value : 0, true };
    sample->tested_on  = call->today;
    if (sample->explained.value > deviations)
        invalid(call, STR("explained"), call_text(call, "Give at most the number of deviations."));
    sample_evaluate(call, sample, &items);
    return true;
}

static bool sample_decide(Call *call, void *record, Changes *changes, Err *err)
{
    (void)changes, (void)err;
    ((Sample *)record)->decision = ((const DecideInput *)call->input)->decision;
    return true;
}

static bool sample_record_result(Call *call, void *record, Changes *changes, Err *err)
{
    Sample *sample        = record;
    const ResultInput *in = call->input;
    Audit audit;

    (void)changes;
    if (!part_audit(call, sample, &audit, err)) return false;
    sample->deviations = in->deviations;
    sample->tested_on  = date_is_none(in->tested_on) ? audit.last_day : in->tested_on;
    sample->drawn_on   = sample->tested_on;
    sample_evaluate(call, sample, &(SampleItemList){ 0 });
    return true;
}

/* ------------------------------------------------------------------------------------------------------- people */

static bool item_team(Call *call, const void *record, IdList *people, Err *err)
{
    Sample sample;
    return item_sample(call, record, &sample, err) && part_team(call, &sample, people, err);
}

static bool item_lead(Call *call, const void *record, IdList *people, Err *err)
{
    Sample sample;
    return item_sample(call, record, &sample, err) && part_lead(call, &sample, people, err);
}

/* ------------------------------------------------------------------------------------------------------- the types */

/* clang-format off */
static const Verb sample_verbs[] = {
    { .name = "create", .label = N_("Plan sample"), .help = N_("Population, method and size, before anything is drawn."), .flags = VERB_PRIMARY },
    { .name = "draw", .label = N_("Draw"), .help = N_("Draws the items from the population and records them; population and seed are fixed from here on."), .input = &sample_draw_input, .body = sample_draw, .prepare = sample_draw_prepare, .flags = VERB_PRIMARY },
    { .name = "test", .label = N_("Record as tested"), .help = N_("Every item has its result; deviations are counted."), .input = &TestInput_shape, .body = sample_test, .flags = VERB_PRIMARY },
    { .name = "record-result", .label = N_("Record result of old sample"), .help = N_("Of an audit held before the product was in use: its items are on paper."), .input = &ResultInput_shape, .body = sample_record_result },
    { .name = "decide", .label = N_("Conclude"), .help = N_("What the sample says, or that it is extended."), .input = &DecideInput_shape, .body = sample_decide, .flags = VERB_PRIMARY },
};
static const Step sample_steps[] = {
    { STATE_NEW,      "create", SAMPLE_PLANNED, "team",      { guard_audit_is_open, guard_judgement_claims_nothing } },
    { SAMPLE_PLANNED, "edit",   STATE_SAME,     "team",      { guard_audit_is_open, guard_judgement_claims_nothing } },
    { SAMPLE_DRAWN,   "edit",   STATE_SAME,     "team",      { guard_audit_is_open } },
    { SAMPLE_PLANNED, "draw",   SAMPLE_DRAWN,   "team",      { guard_audit_is_open, guard_judgement_claims_nothing, guard_population_is_one, guard_draw_can_be_repeated } },
    { SAMPLE_DRAWN,   "test",   SAMPLE_TESTED,  "team",      { guard_audit_is_open, guard_items_have_results } },
    { SAMPLE_PLANNED, "record-result", SAMPLE_TESTED, "team", { guard_audit_is_open, guard_audit_was_held_before } },
    { SAMPLE_TESTED,  "decide", SAMPLE_DECIDED, "auditor",   { guard_audit_is_open } },
};
static const See sample_see[] = {
    { "programme_manager", NULL },
    { "everyone", SEE_AUDIT_TEAM },
};
const Type sample_type = {
    .name = "sample", .plural = "samples", .label = "Sample", .label_plural = "Samples",
    .about = "A sample, recorded so that another person can repeat it.",
    .number_format = "S-%02d", .parent = "audit", .number_within_parent = true, .dossier = "audit", .states = &sample_states,
    TYPE_FIELDS(Sample), TYPE_VERBS(sample_verbs), TYPE_STEPS(sample_steps),
    .relations = audit_part_relations, .relations_len = AUDIT_PART_RELATIONS, TYPE_SEE(sample_see),
};

static const Verb item_verbs[] = {
    { .name = "create", .label = N_("Add item"), .help = N_("Part of drawing the sample."), .flags = VERB_INSIDE },
    { .name = "edit", .label = N_("Record result"), .help = N_("One result for each attribute, and one for the item.") },
    { .name = "replace", .label = N_("Replace item"), .help = N_("The lead accepts another item instead of one that cannot be tested."), .input = &sample_replace_input, .body = sample_item_replace, .prepare = sample_replace_prepare },
};
static const Step item_steps[] = {
    { STATE_NEW,  "create",  ITEM_DRAWN,    "team", { NULL } },
    { ITEM_DRAWN, "edit",    STATE_SAME,    "team", { guard_sample_is_in_test, guard_results_agree } },
    { ITEM_DRAWN, "replace", ITEM_REPLACED, "lead", { guard_sample_is_in_test } },
};
static const Relation item_relations[] = {
    { "team", N_("the audit team"), item_team },
    { "lead", N_("the lead auditor"), item_lead },
};
static const See item_see[] = {
    { "programme_manager", NULL },
    { "everyone", "sample IN (SELECT id FROM sample WHERE " SEE_AUDIT_TEAM ")" },
};
const Type sample_item_type = {
    .name = "sample_item", .plural = "sample-items", .label = "Item", .label_plural = "Items",
    .about = "One item of a sample, with its results.",
    .number_format = NULL, .parent = "sample", .number_within_parent = true, .states = &item_states,
    TYPE_FIELDS(SampleItem), TYPE_VERBS(item_verbs), TYPE_STEPS(item_steps), TYPE_RELATIONS(item_relations), TYPE_SEE(item_see),
};
/* clang-format on */
