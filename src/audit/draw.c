/* SPDX-License-Identifier: Apache-2.0
 * Drawing from a population. Numbers come from SHA-256 in counter mode over seed, file and stratum, so the draw depends
 * on nothing but what is on record; docs/formats/sample-draw.md is the rule, and this file follows it line by line. */
#include "audit/draw.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

/* The stream of numbers of one draw: block i is SHA-256 of five lines (format's name, seed, hash of the file in
 * hexadecimal, i, stratum); its first eight bytes, most significant first, are one number. */
typedef struct {
    Str seed, stratum;
    char file[HASH_HEX];
    uint64_t block;
} NumberStream;

static NumberStream stream_open(Arena *arena, const Population *population, Str seed, Str stratum)
{
    NumberStream stream = { .seed = seed, .stratum = stratum };
    ArenaMark mark      = arena_mark(arena);
    Str file            = hash_to_hex(arena, &population->file);

    memcpy(stream.file, file.ptr, HASH_HEX);
    arena_rewind(arena, mark);
    return stream;
}

static uint64_t stream_next(NumberStream *stream)
{
    char counter[32];
    int counter_len = snprintf(counter, sizeof counter, "\n%" PRIu64 "\n", stream->block++);
    Str parts[]     = {
            STR("plumbline-draw-1\n"),        stream->seed,    STR("\n"), { stream->file, HASH_HEX },
            { counter, (size_t)counter_len }, stream->stratum,
    };
    Hash hash       = hash_of_parts(parts, countof(parts));
    uint64_t number = 0;

    for (size_t i = 0; i < sizeof number; i++)
        number = number << 8 | hash.bytes[i];
    return number;
}

/* A number from 0 to count - 1, each with the same chance: numbers of the last, incomplete run of `count` are skipped.
 */
static uint64_t stream_below(NumberStream *stream, uint64_t count)
{
    uint64_t incomplete = (UINT64_MAX % count + 1) % count; /* 2^64 mod count */
    uint64_t number;

    do
        number = stream_next(stream);
    while (number > UINT64_MAX - incomplete);
    return number % count;
}

/* Fisher and Yates, forwards, only as far as wanted: the first `size` of `indices` are drawn, in this order. */
static void shuffle_front(NumberStream *stream, uint32_t *indices, size_t count, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        size_t other   = i + (size_t)stream_below(stream, count - i);
        uint32_t drawn = indices[other];
        indices[other] = indices[i];
        indices[i]     = drawn;
    }
}

static const uint32_t whole_population = UINT32_MAX; /* in place of a stratum */

/* Draws `size` of the items of one stratum (or of all) and adds them to `out`, which has room. */
static void draw_random(Arena *arena, const Population *population, NumberStream stream, uint32_t stratum, size_t size,
                        DrawnItems *out)
{
    ArenaMark mark    = arena_mark(arena);
    uint32_t *indices = arena_array(arena, uint32_t, population->items.len);
    size_t count      = 0;

    for (size_t i = 0; i < population->items.len; i++)
        if (stratum == whole_population || population->items.at[i].stratum == stratum) indices[count++] = (uint32_t)i;
    assert(size <= count && size <= out->cap - out->len);
    shuffle_front(&stream, indices, count, size);
    for (size_t i = 0; i < size; i++)
        out->at[out->len++] = indices[i];
    arena_rewind(arena, mark);
}

/* Every N/k-th item with one random start, exactly: with r from 0 to N-1, the i-th of k is item (r + i·N) / k, rounded
 * down. Each item has the chance k/N, also where N/k is no whole number. */
static void draw_systematic(const Population *population, NumberStream stream, size_t size, DrawnItems *out)
{
    uint64_t count = population->items.len;
    uint64_t start = stream_below(&stream, count);

    for (uint64_t i = 0; i < size; i++)
        out->at[out->len++] = (size_t)((start + i * count) / size);
}

static bool refuse_plan(Err *err, Str detail, Str hint)
{
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot draw this sample"), .detail = detail, .hint = hint);
}

static bool seed_check(Str seed, Err *err)
{
    bool printable = seed.len > 0 && seed.len <= DRAW_SEED_MAX;

    for (size_t i = 0; i < seed.len && printable; i++)
        printable = seed.ptr[i] > ' ' && seed.ptr[i] <= '~';
    return printable ||
           refuse_plan(err, STR("The seed is empty, too long or holds other than printable ASCII characters."),
                       STR("Use a number, for example one that was thrown with dice before anybody saw the list."));
}

static bool size_check(Arena *arena, size_t size, size_t of, Str name, Err *err)
{
    if (size <= of) return true;
    return refuse_plan(err, str_fmt(arena, "%zu items are wanted, but %.*s has only %zu.", size, STR_ARG(name), of),
                       STR("Take all of them, or extract the population again."));
}

static bool plan_stratum_find(Arena *arena, const Population *population, const DrawPlan *plan, size_t nth,
                              uint32_t *index, Err *err)
{
    Str name = plan->strata[nth].name;

    for (size_t i = 0; i < nth; i++)
        if (str_eq(plan->strata[i].name, name))
            return refuse_plan(err, str_fmt(arena, "The stratum \"%.*s\" stands in the plan twice.", STR_ARG(name)),
                               STR(""));
    for (size_t i = 0; i < population->strata.len; i++) {
        if (!str_eq(population->strata.at[i].name, name)) continue;
        *index = (uint32_t)i;
        return true;
    }
    return refuse_plan(err, str_fmt(arena, "The population has no stratum \"%.*s\".", STR_ARG(name)),
                       STR("Names of strata are those in the file, to the letter."));
}

/* A stratum that the plan forgets could hide: all must be named, with 0 where nothing is wanted. */
static bool plan_names_all(Arena *arena, const Population *population, const DrawPlan *plan, Err *err)
{
    for (size_t i = 0; i < population->strata.len; i++) {
        Str name   = population->strata.at[i].name;
        bool named = false;
        for (size_t j = 0; j < plan->strata_count && !named; j++)
            named = str_eq(plan->strata[j].name, name);
        if (!named)
            return refuse_plan(err, str_fmt(arena, "The plan has no size for the stratum \"%.*s\".", STR_ARG(name)),
                               STR("Give each stratum of the file a size; 0 leaves it out on purpose."));
    }
    return true;
}

bool draw_shares(Arena *arena, const Population *population, size_t size, Stratum **out, Err *err)
{
    size_t count = population->strata.len, items = population->items.len, left;
    Stratum *shares     = arena_array(arena, Stratum, count + 1);
    uint64_t *remainder = arena_array(arena, uint64_t, count + 1);

    *out = shares;
    if (!size_check(arena, size, items, STR("the population"), err)) return false;
    if (size < count)
        return refuse_plan(err,
                           str_fmt(arena, "%zu items are wanted of %zu strata; each needs one at least.", size, count),
                           STR("Take more items, or name the size for each stratum; 0 leaves one out on purpose."));
    left = size - count;
    for (size_t i = 0; i < count; i++) {
        uint64_t share = (uint64_t)(size - count) * (population->strata.at[i].size - 1);
        uint64_t of    = items > count ? items - count : 1;
        shares[i]      = (Stratum){ population->strata.at[i].name, 1 + (size_t)(share / of) };
        remainder[i]   = share % of;
        left -= (size_t)(share / of);
    }
    for (; left > 0; left--) {
        size_t largest = 0;
        for (size_t i = 1; i < count; i++)
            if (remainder[i] > remainder[largest]) largest = i;
        shares[largest].size++;
        remainder[largest] = 0;
    }
    return true;
}

static bool draw_stratified(Arena *arena, const Population *population, const DrawPlan *plan, DrawnItems *out, Err *err)
{
    size_t size = 0;

    if (!plan_names_all(arena, population, plan, err)) return false;
    for (size_t i = 0; i < plan->strata_count; i++) {
        uint32_t index = 0;
        if (!plan_stratum_find(arena, population, plan, i, &index, err)) return false;
        const Stratum *stratum = &population->strata.at[index];
        if (!size_check(arena, plan->strata[i].size, stratum->size, stratum->name, err)) return false;
        size += plan->strata[i].size; /* no overflow: at most as many as there are items */
    }
    *out = (DrawnItems){ arena_array(arena, size_t, size), 0, size };
    for (size_t i = 0; i < plan->strata_count; i++) {
        uint32_t index = 0;
        if (!plan_stratum_find(arena, population, plan, i, &index, err)) return false;
        draw_random(arena, population, stream_open(arena, population, plan->seed, plan->strata[i].name), index,
                    plan->strata[i].size, out);
    }
    return true;
}

static void draw_all(Arena *arena, const Population *population, DrawnItems *out)
{
    *out = (DrawnItems){ arena_array(arena, size_t, population->items.len), 0, population->items.len };
    while (out->len < out->cap) {
        out->at[out->len] = out->len;
        out->len++;
    }
}

static bool draw_from_whole(Arena *arena, const Population *population, const DrawPlan *plan, DrawnItems *out, Err *err)
{
    if (!size_check(arena, plan->size, population->items.len, STR("the population"), err)) return false;
    NumberStream stream = stream_open(arena, population, plan->seed, STR(""));
    *out                = (DrawnItems){ arena_array(arena, size_t, plan->size), 0, plan->size };
    if (plan->size == 0) return true;
    if (plan->method == DRAW_SYSTEMATIC)
        draw_systematic(population, stream, plan->size, out);
    else
        draw_random(arena, population, stream, whole_population, plan->size, out);
    return true;
}

bool draw_sample(Arena *arena, const Population *population, const DrawPlan *plan, DrawnItems *out, Err *err)
{
    if (plan->method != DRAW_ALL && plan->method != DRAW_JUDGEMENT && !seed_check(plan->seed, err)) return false;
    switch (plan->method) {
    case DRAW_ALL: draw_all(arena, population, out); return true;
    case DRAW_JUDGEMENT:
        return refuse_plan(err, STR("The items of a judgement sample are chosen by the auditor."),
                           STR("Name the items and say why these, or take a random method."));
    case DRAW_SIMPLE_RANDOM:
    case DRAW_SYSTEMATIC:
    case DRAW_DISCOVERY: return draw_from_whole(arena, population, plan, out, err);
    case DRAW_STRATIFIED: return draw_stratified(arena, population, plan, out, err);
    case DRAW_NONE:
    case DRAW_METHODS: break;
    }
    return refuse_plan(err, STR("No method is set."), STR("Choose how the sample is drawn."));
}

/* clang-format off */
static const struct {
    Str  name;
    bool has_confidence;
} methods[] = {
    [DRAW_NONE]          = { STR_INIT(""),                  false },
    [DRAW_ALL]           = { STR_INIT("all"),               false },
    [DRAW_JUDGEMENT]     = { STR_INIT("judgement"),         false },
    [DRAW_SIMPLE_RANDOM] = { STR_INIT("simple_random"),     true  },
    [DRAW_SYSTEMATIC]    = { STR_INIT("systematic"),        true  },
    [DRAW_STRATIFIED]    = { STR_INIT("stratified_random"), true  },
    [DRAW_DISCOVERY]     = { STR_INIT("discovery"),         true  },
};
/* clang-format on */
static_assert(countof(methods) == DRAW_METHODS, "a method has no row");

Str draw_method_name(DrawMethod method)
{
    return methods[method].name;
}

bool draw_method_from_name(Str name, DrawMethod *out)
{
    for (int method = DRAW_ALL; method < DRAW_METHODS; method++) {
        if (!str_eq(methods[method].name, name)) continue;
        *out = (DrawMethod)method;
        return true;
    }
    return false;
}

bool draw_method_has_confidence(DrawMethod method)
{
    return methods[method].has_confidence;
}
