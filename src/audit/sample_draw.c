/* SPDX-License-Identifier: Apache-2.0
 * Drawing on record: from the stored population file or the typed range, by seed, method and size (audit/draw_wish.h),
 * to items with their lines. What cannot be drawn is refused with what to do; nothing of it is written. Reading half a
 * million rows takes a second, so it is done before the write turn and kept when the sample is still the same. */
#include "audit/sample_draw.h"

#include <assert.h>
#include <inttypes.h>
#include <unistd.h>

#include "audit/draw_wish.h"
#include "audit/evidence.h"
#include "record/change.h"
#include "record/input.h"
#include "record/row.h"
#include "record/verb.h"
#include "record/view.h"
#include "store/files.h"

#define DRAW_INPUT(F, T)                                                                                                \
    F(T, LONG, items, .label = "Items chosen",                                                                          \
      .help      = "Only of a sample chosen by judgement, or where there is no population to draw from: one per line, " \
                   "identifier, then its stratum. Else empty: the items follow from population, seed and size.",        \
      .max_bytes = 100000)
INPUT(DrawInput, DRAW_INPUT, "sample.draw")
const Shape sample_draw_input = SHAPE_OF(DrawInput, "sample.draw");

#define REPLACE_INPUT(F, T)                                                                                            \
    F(T, TEXT, replaced_by, .label = "Item instead",                                                                   \
      .help = "Empty, where the items were drawn from a population: the next of the draw.")                            \
    F(T, TEXT, stratum, .label = "Stratum", .help = "Only where there is no population.")                              \
    F(T, LONG, reason, .label = "Why it cannot be tested", .needed = true)
INPUT(ReplaceInput, REPLACE_INPUT, "sample_item.replace")
const Shape sample_replace_input = SHAPE_OF(ReplaceInput, "sample_item.replace");

/* ---- what a reading of the population gives ---- */

typedef struct {
    Str item, stratum;
    int64_t line; /* 0: not of a file */
} DrawnItem;

typedef struct {
    DrawnItem *at;
    size_t len, cap;
    Str refused, next; /* why it cannot be drawn, and what to do; empty: it can */
    int64_t size, computed;
    Str hash, seed, strata;
} Drawing;

/* What is read, for which record, and where the result goes. */
typedef struct {
    const App *app;
    Arena *arena; /* of the result */
    const Sample *sample;
    Str file;                    /* hash of the stored population; empty: a range */
    Str items;                   /* chosen by people */
    const SampleItem *replaced;  /* NULL: the sample is drawn */
    const SampleItemList *taken; /* all items of the sample, of a replacement */
    Drawing *out;
} Drafting;

/* Found ahead of the turn; good for these revisions. */
typedef struct {
    Id record;
    int64_t revision;
    size_t taken;
    Str items;
    Drawing drawing;
} Ahead;

bool sample_has_population(const Sample *sample)
{
    return sample->file.len > 0 || !id_is_none(sample->evidence) || str_trim(sample->range).len > 0;
}

static bool is_by_chance(const Sample *sample)
{
    return sample->method != SAMPLE_ALL && sample->method != SAMPLE_JUDGEMENT;
}

/* A sentence for people without its full stop, as refusals have them. */
static bool drawing_refuse(Drafting *d, Str detail, Str next)
{
    if (str_ends(detail, STR("."))) detail = str_slice(detail, 0, detail.len - 1);
    d->out->refused = str_dup(d->arena, detail);
    d->out->next    = str_dup(d->arena, next);
    return true;
}

/* A foreign file or a plan that does not fit is for people to mend; a disk that fails is not. */
static bool drawing_refuse_by(Drafting *d, Err *err)
{
    if (err->code != ERR_FORMAT && err->code != ERR_LIMIT && err->code != ERR_USAGE && err->code != ERR_MISSING)
        return false;
    Str detail = err->detail[0] != '\0' ? str_from_c(err->detail) : str_from_c(err->what);
    drawing_refuse(d, detail, str_from_c(err->hint));
    err_clear(err);
    return true;
}

static void drawing_add(Drafting *d, const Population *population, size_t index)
{
    assert(population->items.at != NULL && index < population->items.len);
    *list_push(d->arena, d->out) = (DrawnItem){ .item    = str_dup(d->arena, population_id(population, index)),
                                                .stratum = str_dup(d->arena, population_stratum(population, index)),
                                                .line    = population->items.at[index].line };
}

static bool drawing_has(const Drawing *drawing, Str item)
{
    for (size_t i = 0; i < drawing->len; i++)
        if (str_eq(drawing->at[i].item, item)) return true;
    return false;
}

/* ---- drawing ---- */

static Str fresh_seed(const Drafting *d)
{
    uint64_t number;

    world_random(d->app->world, &number, sizeof number);
    return str_fmt(d->arena, "%" PRIu64, number % UINT64_C(10000000000));
}

static bool draw_by_chance(Drafting *d, Arena *work, const Population *population, Err *err)
{
    const Sample *sample = d->sample;
    WishedDraw drawn;
    DrawWish wish = { .method     = (DrawMethod)sample->method,
                      .seed       = sample->seed.len > 0 ? sample->seed : fresh_seed(d),
                      .size       = sample->n.value,
                      .says_why   = str_trim(sample->n_reason).len > 0,
                      .confidence = (int)sample->confidence.value,
                      .tolerable  = (int)sample->tolerable.value,
                      .strata     = sample->strata };

    if (str_trim(d->items).len > 0)
        return drawing_refuse(d, STR("items were named, but those of this sample follow from its population"),
                              STR("Leave the items empty; only a sample chosen by judgement names them."));
    if (!draw_wished(work, population, &wish, &drawn, err)) return drawing_refuse_by(d, err);
    if (drawn.items.len > SAMPLE_ITEMS_MAX) {
        return drawing_refuse(d,
                              str_fmt(d->arena, "%zu items would be drawn; a sample on record has at most %d",
                                      drawn.items.len, SAMPLE_ITEMS_MAX),
                              STR("Draw fewer, or make several samples of parts of the population."));
    }
    for (size_t i = 0; i < drawn.items.len; i++)
        drawing_add(d, population, drawn.items.at[i]);
    d->out->computed = drawn.computed;
    if (wish.method != DRAW_ALL) d->out->seed = str_dup(d->arena, wish.seed);
    if (wish.method == DRAW_STRATIFIED) d->out->strata = draw_strata_lines(d->arena, population, &drawn.plan);
    return true;
}

/* "VF-2357 high": what stands before the first blank is the item, the rest its stratum. */
static void item_from_line(Str line, Str *item, Str *stratum)
{
    size_t blank = 0;

    while (blank < line.len && line.ptr[blank] != ' ' && line.ptr[blank] != '\t')
        blank++;
    *item    = str_slice(line, 0, blank);
    *stratum = str_trim(str_slice(line, blank, line.len));
}

/* One that people named: of the population, if there is one. */
static bool choose_item(Drafting *d, const Population *population, Str line)
{
    Str item, stratum;
    size_t index;

    item_from_line(line, &item, &stratum);
    if (population != NULL) {
        if (!population_find(population, line, &index) && !population_find(population, item, &index))
            return drawing_refuse(d, str_fmt(d->arena, "\"%.*s\" is not in the population", STR_ARG(line)),
                                  STR("Name items as the population does."));
        item = population_id(population, index);
    }
    if (drawing_has(d->out, item))
        return drawing_refuse(d, str_fmt(d->arena, "\"%.*s\" is named twice", STR_ARG(item)),
                              STR("Name each item once."));
    if (population != NULL)
        drawing_add(d, population, index);
    else
        *list_push(d->arena, d->out) =
            (DrawnItem){ .item = str_dup(d->arena, item), .stratum = str_dup(d->arena, stratum) };
    return true;
}

/* `population` NULL: there is only what people name. */
static bool choose(Drafting *d, const Population *population)
{
    Str rest = d->items, line;

    while (rest.len > 0 && str_cut(&rest, '\n', &line)) {
        line = str_trim(line);
        if (line.len == 0) continue;
        if (d->out->len == SAMPLE_ITEMS_MAX)
            return drawing_refuse(d, str_fmt(d->arena, "a sample on record has at most %d items", SAMPLE_ITEMS_MAX),
                                  STR("Choose fewer, or make several samples."));
        choose_item(d, population, line);
        if (d->out->refused.len > 0) return true;
    }
    if (d->out->len == 0) return drawing_refuse(d, STR("no items are named"), STR("Name them, one per line."));
    bool is_all = d->sample->method == SAMPLE_ALL;
    bool fits = is_all ? (int64_t)d->out->len == d->sample->size.value : (int64_t)d->out->len <= d->sample->size.value;
    if (population == NULL && d->sample->size.set && !fits) {
        return drawing_refuse(d,
                              str_fmt(d->arena, "%zu items are named, but the population has %" PRId64, d->out->len,
                                      d->sample->size.value),
                              STR("Correct the size of the population, or the items."));
    }
    return true;
}

static bool drawing_of(Drafting *d, Arena *work, const Population *population, Err *err)
{
    const Sample *sample = d->sample;
    int64_t count        = (int64_t)population->items.len;

    d->out->hash = hash_to_hex(d->arena, &population->file);
    d->out->size = count;
    if (sample->size.set && sample->size.value != count) {
        return drawing_refuse(
            d,
            str_fmt(d->arena, "the population has %" PRId64 " items, but %" PRId64 " are on record", count,
                    sample->size.value),
            STR("Find out which is right: the file may not be complete. Then correct the size, or extract it again."));
    }
    if (sample->method == SAMPLE_JUDGEMENT) return choose(d, population);
    return draw_by_chance(d, work, population, err);
}

/* ---- replacing ---- */

static bool is_taken(const Drafting *d, Str item)
{
    for (size_t i = 0; i < d->taken->len; i++)
        if (str_eq(d->taken->at[i].item, item)) return true;
    return false;
}

/* The next item of the file behind the one replaced, after the last the first. */
static bool next_of_file(Drafting *d, const Population *population, size_t *next)
{
    size_t from = 0, count = population->items.len;

    if (!population_find(population, d->replaced->item, &from)) return false;
    for (size_t i = 1; i < count; i++) {
        *next = (from + i) % count;
        if (!is_taken(d, population_id(population, *next))) return true;
    }
    return false;
}

/* The next of the shuffle: of all items, or of the stratum. */
static bool next_of_shuffle(Drafting *d, Arena *work, const Population *population, size_t *next)
{
    bool has_strata  = d->sample->method == SAMPLE_STRATIFIED;
    Stratum *strata  = arena_array(work, Stratum, population->strata.len + 1);
    DrawPlan plan    = { .method       = (DrawMethod)d->sample->method,
                         .seed         = d->sample->seed,
                         .strata       = strata,
                         .strata_count = population->strata.len };
    Err err          = { 0 };
    DrawnItems drawn = { 0 };

    for (size_t i = 0; i < d->taken->len; i++)
        plan.size += !has_strata || str_eq(d->taken->at[i].stratum, d->replaced->stratum);
    plan.size++;
    for (size_t i = 0; i < population->strata.len; i++) {
        Str name  = population->strata.at[i].name;
        strata[i] = (Stratum){ name, str_eq(name, d->replaced->stratum) ? plan.size : 0 };
    }
    if (!draw_sample(work, population, &plan, &drawn, &err) || drawn.len != plan.size) return false;
    *next = drawn.at[plan.size - 1];
    return true;
}

static bool replacement_of(Drafting *d, Arena *work, const Population *population)
{
    Str wanted = str_trim(d->items);
    size_t next;

    if (!is_by_chance(d->sample)) {
        if (wanted.len == 0)
            return drawing_refuse(d, STR("no item is named instead"), STR("Name one of the population."));
        choose_item(d, population, wanted);
        if (d->out->refused.len == 0 && is_taken(d, d->out->at[0].item))
            return drawing_refuse(d, str_fmt(d->arena, "\"%.*s\" is in the sample already", STR_ARG(wanted)),
                                  STR("Name another item."));
        return true;
    }
    bool found = d->sample->method == SAMPLE_SYSTEMATIC ? next_of_file(d, population, &next)
                                                        : next_of_shuffle(d, work, population, &next);
    if (!found)
        return drawing_refuse(d, STR("no item is left in the population to take its place"),
                              STR("Record it as missing: it counts as a deviation."));
    if (wanted.len > 0 && !str_eq(wanted, population_id(population, next))) {
        return drawing_refuse(d,
                              str_fmt(d->arena, "the next item of the draw is \"%.*s\", not \"%.*s\"",
                                      STR_ARG(population_id(population, next)), STR_ARG(wanted)),
                              STR("Leave the item empty: chance chooses it, nobody else."));
    }
    drawing_add(d, population, next);
    return true;
}

/* ---- reading the population ---- */

static void descriptor_close(void *descriptor)
{
    close((int)(intptr_t)descriptor);
}

static bool population_load(Drafting *d, Arena *work, Population *population, Err *err)
{
    PopulationColumns columns = { .id = d->sample->id_column, .stratum = d->sample->stratum_column };
    int descriptor;
    int64_t size;
    Hash hash;

    if (d->file.len == 0 && str_trim(d->sample->range).len == 0)
        return err_set(err, ERR_MISSING, 0, .what = STR("the evidence named as population holds no file"),
                       .hint = STR("Give the population as a file, or as a range of identifiers."));
    if (d->file.len == 0) return population_range(work, d->sample->range, population, err);
    if (!hash_from_hex(d->file, &hash) || !file_get(d->app->store, work, &hash, &descriptor, &size, err))
        return err_set(err, ERR_MISSING, 0, .what = STR("the population file is not stored here"),
                       .hint = STR("Upload it again."));
    arena_defer(work, descriptor_close, (void *)(intptr_t)descriptor);
    return population_read_file(work, descriptor, columns, population, err);
}

static bool draft_in(Drafting *d, Arena *work, Err *err)
{
    Population population = { 0 };

    if (!population_load(d, work, &population, err)) return drawing_refuse_by(d, err);
    return d->replaced != NULL ? replacement_of(d, work, &population) : drawing_of(d, work, &population, err);
}

/* In an arena of its own: a population may be larger than all else that a request does. */
static bool draft(Drafting *d, Err *err)
{
    Arena *work = arena_open(POPULATION_BYTES_MAX);
    bool done   = false;

    *d->out = (Drawing){ 0 };
    if (work == NULL) return err_set(err, ERR_LIMIT, 0, .what = STR("there is no memory for the population"));
    if (!ARENA_TRY(work)) {
        (void)err_set(err, ERR_LIMIT, 0, .what = STR("the population does not fit into memory"),
                      .hint = STR("Split it, and draw from each part."));
        arena_close(work);
        return drawing_refuse_by(d, err);
    }
    done = draft_in(d, work, err);
    arena_forget_recovery(work);
    arena_close(work);
    return done;
}

/* Whose file it is: the sample's own, or that of the evidence it names. */
static bool population_file(Call *call, const Sample *sample, Str *file, Err *err)
{
    Evidence evidence;
    bool found;

    *file = sample->file;
    if (file->len > 0 || str_trim(sample->range).len > 0 || id_is_none(sample->evidence)) return true;
    if (!record_load(call, &evidence_type, sample->evidence, &evidence, &found, err)) return false;
    if (found) *file = evidence.file;
    return true;
}

static bool all_items(Call *call, Id sample, SampleItemList *items, Err *err)
{
    return record_list(call, &sample_item_type, items, STR("sample = $1 ORDER BY id"), BINDS(BIND_ID(sample)), err);
}

/* What is read to draw the sample. *reads is false where there is nothing to read: people name the items. */
static bool sample_drafting(Call *call, const Sample *sample, Str items, Drafting *d, bool *reads, Err *err)
{
    *d = (Drafting){ .app = call->app, .arena = call->arena, .sample = sample, .items = items };
    if (!population_file(call, sample, &d->file, err)) return false;
    *reads = is_by_chance(sample) || d->file.len > 0 || str_trim(sample->range).len > 0;
    return true;
}

static bool item_drafting(Call *call, const Sample *sample, const SampleItem *item, const SampleItemList *taken,
                          Str wanted, Drafting *d, bool *reads, Err *err)
{
    if (!sample_drafting(call, sample, wanted, d, reads, err)) return false;
    *reads      = d->file.len > 0 || str_trim(sample->range).len > 0;
    d->replaced = item, d->taken = taken;
    return true;
}

/* ---- ahead of the turn ---- */

/* The record of a verb that this person may use now; *found is false when there is none: the verb itself says why. */
static bool ahead_record(Call *call, const Type *type, const char *verb, Str number, void *record, bool *found,
                         Err *err)
{
    Outcome outcome;

    if (!view_find(call, type, number, record, found, err)) return false;
    if (!*found) return true;
    if (!verb_check(call, type, type_verb(type, str_from_c(verb)), record, &outcome, err)) return false;
    *found = outcome.kind == OUTCOME_DONE;
    return true;
}

typedef bool LookAhead(Call *call, Str number, Ahead *ahead, Drafting *d, bool *found, Err *err);

static bool draw_ahead(Call *call, Str number, Ahead *ahead, Drafting *d, bool *found, Err *err)
{
    Sample *sample = arena_new(call->arena, Sample);

    if (!ahead_record(call, &sample_type, "draw", number, sample, found, err)) return false;
    if (!*found) return true;
    ahead->record = sample->head.id, ahead->revision = sample->head.revision;
    return sample_drafting(call, sample, ahead->items, d, found, err);
}

static bool replace_ahead(Call *call, Str number, Ahead *ahead, Drafting *d, bool *found, Err *err)
{
    SampleItemList *taken = arena_new(call->arena, SampleItemList);
    SampleItem *item      = arena_new(call->arena, SampleItem);
    Sample *sample        = arena_new(call->arena, Sample);

    if (!ahead_record(call, &sample_item_type, "replace", number, item, found, err)) return false;
    if (!*found) return true;
    if (!record_must(call, &sample_type, item->sample, sample, err)) return false;
    if (!all_items(call, sample->head.id, taken, err)) return false;
    ahead->record = item->head.id, ahead->revision = item->head.revision, ahead->taken = taken->len;
    return item_drafting(call, sample, item, taken, ahead->items, d, found, err);
}

/* The store is asked first and let go; then the file is read. */
static bool look_ahead(const Caller *caller, Str number, Str items, LookAhead *look, void **out, Err *err)
{
    Ahead *ahead = arena_new(caller->arena, Ahead);
    bool found   = false;
    Drafting d;
    Call *call;

    ahead->items = items;
    if (!call_open(caller, CALL_READ, &call, err)) return false;
    bool done = look(call, number, ahead, &d, &found, err);
    call_end(call);
    if (!done || !found) return done;
    d.out = &ahead->drawing;
    *out  = ahead;
    return draft(&d, err);
}

bool sample_draw_prepare(const Caller *caller, Str number, json_t *input, void **found, Err *err)
{
    return look_ahead(caller, number, json_text(input, "items"), draw_ahead, found, err);
}

bool sample_replace_prepare(const Caller *caller, Str number, json_t *input, void **found, Err *err)
{
    return look_ahead(caller, number, json_text(input, "replaced_by"), replace_ahead, found, err);
}

/* What was found ahead, if it was read for this very state; else NULL. */
static const Drawing *drawing_ahead(const Call *call, const RecordHead *head, Str items, size_t taken)
{
    const Ahead *ahead = call->found;

    if (ahead == NULL || !id_eq(ahead->record, head->id) || ahead->revision != head->revision) return NULL;
    return str_eq(ahead->items, items) && ahead->taken == taken ? &ahead->drawing : NULL;
}

/* ---- the verbs ---- */

static bool is_refused(Call *call, const char *rule, const Drawing *drawing)
{
    if (drawing->refused.len == 0) return false;
    refuse(call, (Refusal){ .rule = str_from_c(rule), .missing = drawing->refused, .next = drawing->next });
    return true;
}

/* An item's number is its identifier where an address can hold it; else its place, in words that no other item has. */
static Str item_number(Call *call, const Drawing *drawing, const DrawnItem *item, size_t place)
{
    bool is_plain = item->item.len <= 60 && !str_has(item->item, STR("/")) && !str_eq_c(item->item, ".") &&
                    !str_eq_c(item->item, "..");
    Str number = item->item;

    if (is_plain) return number;
    number = str_fmt(call->arena, "item-%zu", place);
    while (drawing_has(drawing, number))
        number = str_fmt(call->arena, "%.*s-", STR_ARG(number));
    return number;
}

/* "detected: " per attribute that is asked for: the form of the item's results begins with what is to be answered. */
static Str questions_open(Arena *arena, Str attributes)
{
    Buf lines = buf_open(arena, attributes.len * 2 + 2);
    Str line;

    while (attributes.len > 0 && str_cut(&attributes, '\n', &line)) {
        Str name = str_trim(str_slice(line, 0, str_index(line, ':')));
        if (name.len > 0) buf_fmt(&lines, "%s%.*s: ", lines.len > 0 ? "\n" : "", STR_ARG(name));
    }
    return buf_str(&lines);
}

static void add_item(Call *call, const Sample *sample, const Drawing *drawing, size_t index, size_t place, Str why,
                     Changes *changes)
{
    SampleItem *item = change_make(changes, &sample_item_type, "create", why);

    item->sample      = sample->head.id;
    item->results     = questions_open(call->arena, sample->attributes);
    item->item        = drawing->at[index].item;
    item->stratum     = drawing->at[index].stratum;
    item->line        = (Int){ drawing->at[index].line, drawing->at[index].line > 0 };
    item->head.number = item_number(call, drawing, &drawing->at[index], place);
}

static void sample_take(Sample *sample, const Drawing *drawing)
{
    if (drawing->size > 0) sample->size = (Int){ drawing->size, true };
    if (drawing->computed > 0) sample->computed_size = (Int){ drawing->computed, true };
    if (drawing->seed.len > 0) sample->seed = drawing->seed;
    if (drawing->strata.len > 0) sample->strata = drawing->strata;
    sample->population_hash = drawing->hash;
    sample->n               = (Int){ (int64_t)drawing->len, true };
}

/* draw: the items that follow from population, seed and plan, or that the auditor chose. */
bool sample_draw(Call *call, void *record, Changes *changes, Err *err)
{
    Sample *sample         = record;
    const DrawInput *in    = call->input;
    const Drawing *drawing = drawing_ahead(call, &sample->head, in->items, 0);
    Drawing here;

    if (drawing == NULL) {
        Drafting d;
        bool reads;
        if (!sample_drafting(call, sample, in->items, &d, &reads, err)) return false;
        d.out = &here, here = (Drawing){ 0 };
        if (!(reads ? draft(&d, err) : choose(&d, NULL))) return false;
        drawing = &here;
    }
    if (is_refused(call, "draw-2", drawing)) return true;
    sample_take(sample, drawing);
    sample->drawn_on = call->today;
    for (size_t i = 0; i < drawing->len; i++)
        add_item(call, sample, drawing, i, i + 1, (Str){ 0 }, changes);
    return true;
}

/* Without a population on record the lead names the item, as the auditor named those before. */
static bool named_instead(Call *call, const SampleItem *item, const SampleItemList *taken, Drawing *out)
{
    const ReplaceInput *in = call->input;
    Str name               = str_trim(in->replaced_by);

    *out = (Drawing){ 0 };
    if (name.len == 0) {
        invalid(call, STR("replaced_by"), call_text(call, "Name the item that is tested instead."));
        return true;
    }
    for (size_t i = 0; i < taken->len; i++) {
        if (str_eq(taken->at[i].item, name))
            invalid(call, STR("replaced_by"), call_text(call, "Name an item that is not in the sample."));
    }
    *list_push(call->arena, out) =
        (DrawnItem){ .item = name, .stratum = in->stratum.len > 0 ? in->stratum : item->stratum };
    return true;
}

/* replace: the lead accepts another item instead; the first stays readable. */
bool sample_item_replace(Call *call, void *record, Changes *changes, Err *err)
{
    SampleItem *item       = record;
    const ReplaceInput *in = call->input;
    SampleItemList taken   = { 0 };
    Drawing here           = { 0 };
    Sample sample;

    if (!record_must(call, &sample_type, item->sample, &sample, err)) return false;
    if (!all_items(call, sample.head.id, &taken, err)) return false;
    const Drawing *drawing = drawing_ahead(call, &item->head, in->replaced_by, taken.len);
    if (drawing == NULL) {
        Drafting d = { 0 };
        bool reads;
        if (!item_drafting(call, &sample, item, &taken, in->replaced_by, &d, &reads, err)) return false;
        d.out = &here;
        if (!(reads ? draft(&d, err) : named_instead(call, item, &taken, &here))) return false;
        drawing = &here;
    }
    if (is_refused(call, "replace-1", drawing) || call->invalids.len > 0) return true;
    assert(drawing->len > 0); /* else it was refused */
    item->replaced_by     = drawing->at[0].item;
    item->replaced_reason = in->reason;
    add_item(call, &sample, drawing, 0, taken.len + 1, in->reason, changes);
    change_why(changes, in->reason);
    return true;
}

/* ---- drawing again ---- */

/* As a shell takes it. */
static void add_quoted(Buf *out, const char *option, Str value)
{
    buf_fmt(out, " --%s '", option);
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] == '\'')
            buf_add_c(out, "'\\''");
        else
            buf_add_byte(out, value.ptr[i]);
    }
    buf_add_byte(out, '\'');
}

static void add_plain(Buf *out, const char *option, Str value)
{
    bool is_plain = value.len > 0;

    for (size_t i = 0; i < value.len && is_plain; i++) {
        char byte = value.ptr[i];
        is_plain  = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                   byte == '-' || byte == '_' || byte == '.';
    }
    if (!is_plain)
        add_quoted(out, option, value);
    else
        buf_fmt(out, " --%s %.*s", option, STR_ARG(value));
}

/* "high: 24/2, low: 72/2" on one line, unless a name holds a comma. */
static Str strata_line(Arena *arena, Str strata)
{
    StrList lines = { 0 };
    Str line;

    if (str_has(strata, STR(","))) return strata;
    while (strata.len > 0 && str_cut(&strata, '\n', &line))
        *list_push(arena, &lines) = str_trim(line);
    return str_join(arena, &lines, STR(", "));
}

Str sample_draw_command(Arena *arena, const Sample *sample)
{
    Buf out = buf_open(arena, 1 << 16);

    if (sample->population_hash.len == 0 || sample->method == SAMPLE_JUDGEMENT || !sample->n.set) return (Str){ 0 };
    buf_add_c(&out, "plumbline sample draw");
    if (sample->file.len == 0 && id_is_none(sample->evidence))
        add_plain(&out, "range", str_trim(sample->range));
    else
        add_plain(&out, "file", sample->file_name.len > 0 ? sample->file_name : STR("population"));
    buf_fmt(&out, " --method %.*s", STR_ARG(draw_method_name((DrawMethod)sample->method)));
    if (sample->method != SAMPLE_ALL) buf_fmt(&out, " --n %" PRId64, sample->n.value);
    if (sample->method != SAMPLE_ALL) add_plain(&out, "seed", sample->seed);
    if (str_trim(sample->id_column).len > 0) add_plain(&out, "id", str_trim(sample->id_column));
    if (sample->method != SAMPLE_STRATIFIED) return buf_str(&out);
    add_plain(&out, "strata", str_trim(sample->stratum_column));
    add_quoted(&out, "sizes", strata_line(arena, sample->strata));
    return buf_str(&out);
}

/* The first items that were made are those drawn; replacements came later. */
static bool items_are(const Drawing *drawing, const SampleItemList *items)
{
    if (items->len < drawing->len) return false;
    for (size_t i = 0; i < drawing->len; i++)
        if (!str_eq(drawing->at[i].item, items->at[i].item)) return false;
    return true;
}

static json_t *redraw_json(Call *call, const Sample *sample, const Drawing *drawing, const SampleItemList *items)
{
    json_t *object = json_object(), *array = json_array();

    json_object_set_new(object, "population_same", json_boolean(str_eq(drawing->hash, sample->population_hash)));
    json_object_set_new(object, "items_same",
                        json_boolean((int64_t)drawing->len == sample->n.value && items_are(drawing, items)));
    json_object_set_new(object, "sha256", json_from_str(drawing->hash));
    json_object_set_new(object, "command", json_from_str(sample_draw_command(call->arena, sample)));
    for (size_t i = 0; i < drawing->len; i++)
        json_array_append_new(array, json_from_str(drawing->at[i].item));
    json_object_set_new(object, "items", array);
    return object;
}

static bool redraw_read(Call *call, const void *record, json_t **out, Err *err)
{
    const Sample *sample = record;
    SampleItemList items = { 0 };
    Drawing drawing;
    Drafting d;
    bool reads;

    if (sample_draw_command(call->arena, sample).len == 0) {
        refuse_with(call, "redraw-1", STR("this sample was not drawn from a population on record"),
                    "Only a draw can be repeated: what was chosen by judgement says why in its record.");
        return true;
    }
    if (!sample_drafting(call, sample, (Str){ 0 }, &d, &reads, err) || !all_items(call, sample->head.id, &items, err))
        return false;
    d.out = &drawing;
    if (!draft(&d, err)) return false;
    if (is_refused(call, "redraw-2", &drawing)) return true;
    *out = redraw_json(call, sample, &drawing, &items);
    return true;
}

const Inquiry sample_redraw = {
    .type  = "sample",
    .name  = "redraw",
    .label = N_("Draw again"),
    .about = "Draws again from the population on record, and says whether the same items come out.",
    .schema =
        "{'type': 'object', 'required': ['population_same', 'items_same', 'sha256', 'command', 'items'],"
        " 'additionalProperties': false, 'properties': {"
        "'population_same': {'type': 'boolean', 'description': 'The population has the hash that was recorded.'},"
        "'items_same': {'type': 'boolean', 'description': 'The items are those that were drawn, in their order.'},"
        "'sha256': {'type': 'string'},"
        "'command': {'type': 'string', 'description': 'Draws the same on any machine.'},"
        "'items': {'type': 'array', 'items': {'type': 'string'}}}}",
    .read = redraw_read,
};
