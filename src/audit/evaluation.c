/* SPDX-License-Identifier: Apache-2.0
 * Sentences over audit/confidence.h. The bound of a sample is that of a population without end: what is judged is a
 * process that goes on; for the items that were there, the finite bound stands beside it. */
#include "audit/evaluation.h"

#include <inttypes.h>

#include "audit/draw_wish.h"
#include "base/buf.h"

Str evaluation_count(Arena *arena, int64_t deviations, int64_t size)
{
    return str_fmt(arena, "%" PRId64 " of %" PRId64 " %s", deviations, size, deviations == 1 ? "deviates" : "deviate");
}

static Str percent(Arena *arena, double rate)
{
    return str_fmt(arena, "%.1f", rate * 100.0);
}

/* `of` is what the items were drawn from. */
static Str bound_words(Arena *arena, SampleResult seen, int confidence, const char *of)
{
    double rate;
    int64_t count = 0;

    if (!deviation_rate_bound(seen, confidence, &rate)) return (Str){ 0 };
    Str text = str_fmt(arena, "%.*s; with %.*s %% confidence at most %.*s %% of the %s do",
                       STR_ARG(evaluation_count(arena, seen.deviations, seen.size)),
                       STR_ARG(percent_of_permille(arena, confidence)), STR_ARG(percent(arena, rate)), of);
    if (seen.population == 0 || !deviation_count_bound(seen, confidence, &count)) return text;
    return str_fmt(arena, "%.*s: %" PRId64 " of %" PRId64 " items", STR_ARG(text), count, seen.population);
}

Str evaluation_bound(Arena *arena, SampleResult seen, int confidence)
{
    return bound_words(arena, seen, confidence, "population");
}

bool sample_is_random(const Sample *sample)
{
    return sample->method == SAMPLE_SIMPLE_RANDOM || sample->method == SAMPLE_SYSTEMATIC ||
           sample->method == SAMPLE_DISCOVERY;
}

int sample_confidence(const Sample *sample)
{
    return sample->confidence.set ? (int)sample->confidence.value : CONFIDENCE_USUAL_PERMILLE;
}

bool item_deviates(const SampleItem *item)
{
    return item->result == ITEM_DEVIATION || item->result == ITEM_MISSING;
}

/* Of the items drawn from one stratum; each stratum is a random sample of its own. */
static Str stratum_words(Arena *arena, const Sample *sample, const SampleItemList *items, Str stratum)
{
    SampleResult seen = { 0 };

    for (size_t i = 0; i < items->len; i++) {
        if (!str_eq(items->at[i].stratum, stratum)) continue;
        seen.size++;
        seen.deviations += item_deviates(&items->at[i]);
    }
    Str bound = bound_words(arena, seen, sample_confidence(sample), "stratum");
    return str_fmt(arena, "%.*s: %.*s.", STR_ARG(stratum), STR_ARG(bound));
}

static bool is_first_of_stratum(const SampleItemList *items, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (str_eq(items->at[i].stratum, items->at[index].stratum)) return false;
    return true;
}

static Str strata_words(Arena *arena, const Sample *sample, const SampleItemList *items)
{
    StrList lines = { 0 };

    *list_push(arena, &lines) =
        str_fmt(arena, "%.*s. Drawn within strata: the rates hold for each of them, not for the whole.",
                STR_ARG(evaluation_count(arena, sample->deviations.value, sample->n.value)));
    for (size_t i = 0; i < items->len; i++) {
        if (items->at[i].stratum.len > 0 && is_first_of_stratum(items, i))
            *list_push(arena, &lines) = stratum_words(arena, sample, items, items->at[i].stratum);
    }
    return str_join(arena, &lines, STR("\n"));
}

static Str random_words(Arena *arena, const Sample *sample)
{
    SampleResult seen = { .size = sample->n.value, .deviations = sample->deviations.value };
    SampleResult here = { sample->size.value, seen.size, seen.deviations };
    Str text          = evaluation_bound(arena, seen, sample_confidence(sample));
    int64_t count;

    if (text.len == 0) return text;
    if (!sample->size.set || !deviation_count_bound(here, sample_confidence(sample), &count))
        return str_fmt(arena, "%.*s.", STR_ARG(text));
    return str_fmt(arena, "%.*s. Of the %" PRId64 " items that were there at most %" PRId64 " do.", STR_ARG(text),
                   sample->size.value, count);
}

Str sample_evaluation(Arena *arena, const Sample *sample, const SampleItemList *items)
{
    if (!sample->n.set || !sample->deviations.set) return (Str){ 0 };
    Str count = evaluation_count(arena, sample->deviations.value, sample->n.value);
    if (sample->method == SAMPLE_ALL) return str_fmt(arena, "%.*s. Every item was looked at.", STR_ARG(count));
    if (sample->method == SAMPLE_JUDGEMENT)
        return str_fmt(arena, "%.*s. Chosen by judgement: it says nothing about items that were not looked at.",
                       STR_ARG(count));
    return sample_is_random(sample) ? random_words(arena, sample) : strata_words(arena, sample, items);
}
