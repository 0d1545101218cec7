/* SPDX-License-Identifier: Apache-2.0
 * What an auditor computes without a store: how large a sample must be, what a result allows to say, and which items
 * are drawn. Anybody repeats a draw with the last, on any machine (docs/formats/sample-draw.md). What each takes is
 * declared as a verb's input is; reading, checking and help follow from that. */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "audit/draw_wish.h"
#include "audit/evaluation.h"
#include "cli/command.h"
#include "record/input.h"
#include "record/outcome.h"
#include "record/value.h"

enum { ANSWER_MAX = 256 << 20 };

#define SEEDS UINT64_C(10000000000)

#define CONFIDENCE_HELP "Per cent, 51 to 99.9: how sure one may be."
#define SIZE_INPUT(F, T)                                                                                               \
    F(T, TEXT, confidence, .label = "Confidence", .help = CONFIDENCE_HELP, .needed = true, .clause = "S-3")            \
    F(T, TEXT, tolerable, .label = "Tolerable deviations", .help = "Per cent of the population, 0.1 to 99.9.",         \
      .needed = true, .clause = "S-3")                                                                                 \
    F(T, INT, population, .label = "Items in the population", .help = "Left away: without end.", .min = 1,             \
      .max = CONFIDENCE_POPULATION_MAX)
INPUT(SizeInput, SIZE_INPUT, "sample.size")

#define BOUND_INPUT(F, T)                                                                                              \
    F(T, INT, n, .label = "Items tested", .needed = true, .min = 1, .max = CONFIDENCE_SAMPLE_MAX)                      \
    F(T, INT, deviations, .label = "Items that deviate", .needed = true, .min = 0, .max = CONFIDENCE_SAMPLE_MAX)       \
    F(T, TEXT, confidence, .label = "Confidence", .help = CONFIDENCE_HELP, .needed = true, .clause = "S-4")            \
    F(T, INT, population, .label = "Items in the population", .help = "Left away: without end.", .min = 1,             \
      .max = CONFIDENCE_POPULATION_MAX)
INPUT(BoundInput, BOUND_INPUT, "sample.bound")

#define DRAW_INPUT(F, T)                                                                                               \
    F(T, TEXT, file, .label = "Population file", .max_bytes = 4096,                                                    \
      .help = "CSV (UTF-8) or XLSX, with a header line; or else a range.")                                             \
    F(T, TEXT, range, .label = "Range of identifiers", .max_bytes = 500,                                               \
      .help = "1..2400 or INV-0001..INV-2400, instead of a file.")                                                     \
    F(T, CHOICE, method, .label = "Method", .choices = &sample_methods,                                                \
      .help = "Left away: simple_random, with strata stratified_random.")                                              \
    F(T, INT, n, .label = "Items to draw", .min = 1, .max = CONFIDENCE_SAMPLE_MAX,                                     \
      .help = "Left away: computed from confidence and tolerable deviations.")                                         \
    F(T, TEXT, confidence, .label = "Confidence", .help = CONFIDENCE_HELP, .clause = "S-3")                            \
    F(T, TEXT, tolerable, .label = "Tolerable deviations", .help = "Per cent of the population.", .clause = "S-3")     \
    F(T, TEXT, seed, .label = "Seed", .max_bytes = DRAW_SEED_MAX,                                                      \
      .help = "Printable, without blanks. Left away: a new one, which is printed.")                                    \
    F(T, TEXT, id, .label = "Column of identifiers", .help = "Left away: id.")                                         \
    F(T, TEXT, strata, .label = "Column of strata")                                                                    \
    F(T, LONG, sizes, .label = "Items of each stratum",                                                                \
      .help = "\"high: 5, low: 2\", or one per line. Left away: one each, the rest in proportion.")
INPUT(DrawInput, DRAW_INPUT, "sample.draw")

typedef struct {
    Command *command;
    Call call; /* for reading the input: its arena, and what is wrong with it */
    const void *input;
    json_t *json;
    Buf out, notes; /* for people */
} Computing;

typedef struct {
    const char *name, *about, *example;
    const Shape *input;
    bool (*run)(Computing *answer, Err *err);
} Calculation;

/* ---- what cannot be computed ---- */

static bool wrong(Computing *answer, const char *field, Str message)
{
    invalid(&answer->call, str_from_c(field), message);
    return true;
}

/* A foreign file or a wish that cannot be fulfilled is an input that cannot be taken; the rest is the world's failure.
 */
static bool wrong_by(Computing *answer, const char *field, Err *err)
{
    if (err->code != ERR_FORMAT && err->code != ERR_LIMIT && err->code != ERR_USAGE) return false;
    Str message = str_fmt(answer->command->arena, "%s %s", err->detail, err->hint);
    err_clear(err);
    return wrong(answer, field, message);
}

static int percent_read(Computing *answer, const char *field, Str text)
{
    int permille = 0;

    if (text.len > 0 && !permille_of_percent(str_trim(text), &permille))
        wrong(answer, field, STR("Give a percentage with at most one decimal: 95 or 97.5."));
    return permille;
}

/* ---- size ---- */

static bool run_size(Computing *answer, Err *err)
{
    const SizeInput *in = answer->input;
    int confidence      = percent_read(answer, "confidence", in->confidence),
        tolerable       = percent_read(answer, "tolerable", in->tolerable);
    Arena *arena        = answer->command->arena;
    int64_t size;

    (void)err;
    if (answer->call.invalids.len > 0) return true;
    if (!discovery_size(confidence, tolerable, in->population.value, &size))
        return wrong(answer, "confidence", STR("Give a confidence between 51 and 99.9 per cent."));
    json_object_set_new(answer->json, "n", json_integer(size));
    buf_fmt(&answer->out, "%" PRId64 "\n", size);
    buf_fmt(&answer->notes,
            "If none of %" PRId64
            " items drawn at random deviates, fewer than %.*s %% of the population do, with %.*s %% "
            "confidence.\n",
            size, STR_ARG(percent_of_permille(arena, tolerable)), STR_ARG(percent_of_permille(arena, confidence)));
    return true;
}

/* ---- bound ---- */

static bool run_bound(Computing *answer, Err *err)
{
    const BoundInput *in = answer->input;
    int confidence       = percent_read(answer, "confidence", in->confidence);
    SampleResult seen    = { in->population.value, in->n.value, in->deviations.value };
    double rate;
    int64_t count;

    (void)err;
    if (seen.deviations > seen.size) wrong(answer, "deviations", STR("Give at most as many as were tested."));
    if (in->population.set && seen.size > seen.population)
        wrong(answer, "n", STR("Give at most as many as there are in the population."));
    if (answer->call.invalids.len > 0) return true;
    if (!deviation_rate_bound(seen, confidence, &rate))
        return wrong(answer, "confidence", STR("Give a confidence between 51 and 99.9 per cent."));
    json_object_set_new(answer->json, "upper", json_real(rate));
    if (deviation_count_bound(seen, confidence, &count))
        json_object_set_new(answer->json, "count", json_integer(count));
    buf_fmt(&answer->out, "%.*s.\n", STR_ARG(evaluation_bound(answer->command->arena, seen, confidence)));
    return true;
}

/* ---- draw ---- */

static void file_release(void *descriptor)
{
    close((int)(intptr_t)descriptor);
}

static bool population_open(Computing *answer, const DrawInput *in, Population *population, Err *err)
{
    Arena *arena     = answer->command->arena;
    const char *path = str_to_c(arena, in->file);

    if (in->range.len > 0) return population_range(arena, in->range, population, err) || wrong_by(answer, "range", err);
    int file = path != NULL ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return err_set(
            err, ERR_MISSING, errno, .what = STR("could not open the population"),
            .detail = str_fmt(arena, "\"%.*s\": %s.", STR_ARG(str_visible(arena, in->file)), err_errno_text(errno)));
    arena_defer(arena, file_release, (void *)(intptr_t)file);
    PopulationColumns columns = { .id = in->id, .stratum = in->strata };
    return population_read_file(arena, file, columns, population, err) || wrong_by(answer, "file", err);
}

/* As many digits as people copy without a mistake. */
static Str fresh_seed(const Command *command)
{
    uint64_t number;

    world_random(command->program->world, &number, sizeof number);
    return str_fmt(command->arena, "%" PRIu64, number % SEEDS);
}

static void wish_check(Computing *answer, const DrawInput *in)
{
    if ((in->file.len > 0) == (in->range.len > 0)) wrong(answer, "file", STR("Give a file or a range."));
    if (in->method == SAMPLE_JUDGEMENT)
        wrong(answer, "method", STR("The items of a judgement sample are chosen by the auditor: nothing is drawn."));
    if (in->sizes.len > 0 && in->strata.len == 0)
        wrong(answer, "strata", STR("Name the column that the sizes are of."));
    if (in->strata.len > 0 && in->method != 0 && in->method != SAMPLE_STRATIFIED)
        wrong(answer, "strata", STR("Strata are for the method stratified_random."));
}

static DrawWish wish_of(Computing *answer, const DrawInput *in)
{
    DrawWish wish = { .method     = (DrawMethod)in->method,
                      .seed       = in->seed.len > 0 ? in->seed : fresh_seed(answer->command),
                      .size       = in->n.value,
                      .says_why   = true,
                      .confidence = percent_read(answer, "confidence", in->confidence),
                      .tolerable  = percent_read(answer, "tolerable", in->tolerable),
                      .strata     = in->sizes };

    if (wish.method == DRAW_NONE) wish.method = in->strata.len > 0 ? DRAW_STRATIFIED : DRAW_SIMPLE_RANDOM;
    if (wish.method == DRAW_ALL) wish.seed = (Str){ 0 };
    return wish;
}

static void tell_facts(Computing *answer, const Population *population, const WishedDraw *drawn)
{
    Command *command = answer->command;
    Str hash         = hash_to_hex(command->arena, &population->file);
    json_t *of       = json_pack("{s:I,s:s%}", "size", (json_int_t)population->items.len, "sha256", hash.ptr, hash.len);

    json_object_set_new(answer->json, "population", of);
    json_object_set_new(answer->json, "method", json_from_str(draw_method_name(drawn->plan.method)));
    if (drawn->plan.seed.len > 0) json_object_set_new(answer->json, "seed", json_from_str(drawn->plan.seed));
    if (drawn->computed > 0) json_object_set_new(answer->json, "computed", json_integer(drawn->computed));
    json_object_set_new(answer->json, "n", json_integer((json_int_t)drawn->items.len));
    buf_fmt(&answer->notes, "%zu of %zu items, %.*s", drawn->items.len, population->items.len,
            STR_ARG(draw_method_name(drawn->plan.method)));
    if (drawn->plan.seed.len > 0) buf_fmt(&answer->notes, ", seed %.*s", STR_ARG(drawn->plan.seed));
    if (drawn->computed > 0) buf_fmt(&answer->notes, "; %" PRId64 " are needed for the confidence", drawn->computed);
    buf_fmt(&answer->notes, ".\nSHA-256 of the population: %.*s\n", STR_ARG(hash));
}

static void tell_items(Computing *answer, const Population *population, const DrawnItems *items)
{
    Command *command = answer->command;
    bool has_strata  = population->strata.len > 0;
    TextTable table  = { .columns = has_strata ? 3 : 2 };
    json_t *array    = json_array();

    *list_push(command->arena, &table.cells) = STR("Item"), *list_push(command->arena, &table.cells) = STR("Line");
    if (has_strata) *list_push(command->arena, &table.cells) = STR("Stratum");
    assert(items->len == 0 || population->items.at != NULL);
    for (size_t i = 0; i < items->len; i++) {
        Str id = population_id(population, items->at[i]), stratum = population_stratum(population, items->at[i]);
        int64_t line = population->items.at[items->at[i]].line;
        json_t *item = json_pack("{s:s%,s:I}", "id", id.ptr, id.len, "line", (json_int_t)line);
        if (has_strata) json_object_set_new(item, "stratum", json_from_str(stratum));
        json_array_append_new(array, item);
        *list_push(command->arena, &table.cells) = str_visible(command->arena, id);
        *list_push(command->arena, &table.cells) = str_fmt(command->arena, "%" PRId64, line);
        if (has_strata) *list_push(command->arena, &table.cells) = str_visible(command->arena, stratum);
    }
    json_object_set_new(answer->json, "items", array);
    if (!command->json) text_table(&answer->out, command->arena, text_style(), &table);
}

static bool run_draw(Computing *answer, Err *err)
{
    const DrawInput *in   = answer->input;
    Population population = { 0 };
    WishedDraw drawn;

    wish_check(answer, in);
    DrawWish wish = wish_of(answer, in);
    if (answer->call.invalids.len > 0) return true;
    if (!population_open(answer, in, &population, err)) return false;
    if (answer->call.invalids.len > 0) return true;
    if (!draw_wished(answer->command->arena, &population, &wish, &drawn, err)) return wrong_by(answer, "", err);
    tell_facts(answer, &population, &drawn);
    tell_items(answer, &population, &drawn.items);
    return true;
}

/* ---- all ---- */

static const Calculation calculations[] = {
    { "size",
      "How many items to draw at random, so that none of them deviating proves the tolerable rate. Needs no store.",
      "--confidence 95 --tolerable 5 [--population N]", &SizeInput_shape, run_size },
    { "bound",
      "How many of the population deviate at most, after so many of a random sample do: the exact one-sided bound. "
      "Needs no store.",
      "--n 25 --deviations 1 --confidence 95 [--population N]", &BoundInput_shape, run_bound },
    { "draw",
      "Draws the items that follow from population, seed and size: the same on any machine "
      "(docs/formats/sample-draw.md). Needs no store, and records nothing.",
      "--file POP.csv --n 25 --seed 4711 [--strata COLUMN]", &DrawInput_shape, run_draw },
};

/* "sample draw NUMBER" is the verb of a sample on record. */
static const Calculation *calculation_asked(const Command *command, size_t first)
{
    const Words *words = &command->words;

    if (!str_eq_c(words_at(words, first), "sample")) return NULL;
    if (str_eq_c(words_at(words, first + 1), "draw") && words->len > first + 2) return NULL;
    for (size_t i = 0; i < countof(calculations); i++) {
        if (str_eq_c(words_at(words, first + 1), calculations[i].name)) return &calculations[i];
    }
    return NULL;
}

bool sample_is_asked(const Command *command)
{
    return calculation_asked(command, 0) != NULL;
}

bool sample_help(const Command *command, size_t first, Help *help)
{
    const Calculation *calculation = calculation_asked(command, first);

    if (calculation == NULL) return false;
    help_calculation(help, str_fmt(command->arena, "sample %s", calculation->name), calculation->example,
                     calculation->about, calculation->input);
    return true;
}

static bool input_take(Computing *answer, const Shape *shape, void *into, Err *err)
{
    Command *command = answer->command;
    json_t *given    = json_own(command->arena, json_object());
    StrList names    = { 0 };
    Str text;

    for (size_t i = 0; i < shape->len; i++) {
        *list_push(command->arena, &names) = str_from_c(shape->fields[i].name);
        if (words_take(&command->words, shape->fields[i].name, &text))
            json_object_set(given, shape->fields[i].name, value_text_to_json(&answer->call, &shape->fields[i], text));
    }
    if (!command_check_words(command, 2, err) || !command_check_options(command, &names, err)) return false;
    if (!shape_from_json(&answer->call, shape, given, into, err)) return false;
    shape_check_needed(&answer->call, shape, into, 0);
    return true;
}

static void tell_wrong(Computing *answer)
{
    json_t *problem = json_own(answer->command->arena, json_object());

    json_object_set_new(problem, "type", json_string("urn:plumbline:problem:invalid"));
    json_object_set_new(problem, "title", json_string("This cannot be computed"));
    json_object_set_new(problem, "status", json_integer(outcome_status(OUTCOME_INVALID)));
    json_object_set_new(problem, "errors", outcome_errors(&answer->call, &answer->call.invalids));
    command_tell_problem(answer->command, problem);
    answer->command->exit = outcome_exit(OUTCOME_INVALID);
}

bool sample_run(Command *command, Err *err)
{
    const Calculation *calculation = calculation_asked(command, 0);
    void *into                     = arena_alloc(command->arena, calculation->input->size, alignof(max_align_t));
    Computing answer               = { .command = command,
                                       .call    = { .arena = command->arena, .door = "cli" },
                                       .input   = into,
                                       .json    = json_own(command->arena, json_object()),
                                       .out     = buf_open(command->arena, ANSWER_MAX),
                                       .notes   = buf_open(command->arena, ANSWER_MAX) };

    if (!input_take(&answer, calculation->input, into, err)) return false;
    if (answer.call.invalids.len == 0 && !calculation->run(&answer, err)) return false;
    if (answer.call.invalids.len > 0) {
        tell_wrong(&answer);
        return true;
    }
    if (command->json) {
        answer.out.len = 0;
        json_write(&answer.out, answer.json);
        buf_add_byte(&answer.out, '\n');
    } else {
        command_print(stderr, buf_str(&answer.notes));
    }
    command_print(stdout, buf_str(&answer.out));
    return true;
}
