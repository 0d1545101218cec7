/* SPDX-License-Identifier: Apache-2.0
 * Sizes: what people asked for against what S-3 computes for this very population. */
#include "audit/draw_wish.h"

#include <inttypes.h>

#include "audit/confidence.h"
#include "base/buf.h"

typedef struct {
    Arena *arena;
    const Population *population;
    const DrawWish *wish;
    WishedDraw *out;
} Wishing;

static bool refuse(Err *err, Str detail, const char *hint)
{
    return err_set(err, ERR_USAGE, 0, .what = STR("cannot draw this sample"), .detail = detail,
                   .hint = str_from_c(hint));
}

/* ---- per cent ---- */

bool permille_of_percent(Str percent, int *permille)
{
    int64_t whole, tenths = 0;
    size_t point = str_index(percent, '.');
    Str behind   = str_slice(percent, point + 1, percent.len);

    if (!str_to_i64(str_slice(percent, 0, point), 0, 99, &whole)) return false;
    if (point < percent.len && (behind.len != 1 || !str_to_i64(behind, 0, 9, &tenths))) return false;
    *permille = (int)(whole * 10 + tenths);
    return *permille > 0;
}

Str percent_of_permille(Arena *arena, int permille)
{
    return permille % 10 == 0 ? str_fmt(arena, "%d", permille / 10)
                              : str_fmt(arena, "%d.%d", permille / 10, permille % 10);
}

/* ---- sizes ---- */

static bool compute_size(Wishing *w, Err *err)
{
    const DrawWish *wish = w->wish;
    int64_t count        = (int64_t)w->population->items.len;

    /* a confidence alone is for the evaluation, when the size is said */
    if (wish->tolerable == 0 && (wish->confidence == 0 || wish->size > 0)) return true;
    if (wish->confidence == 0 || wish->tolerable == 0)
        return refuse(err, STR("Of confidence and tolerable deviations only one is said."),
                      "Say both: the size is computed from them. Or say the number of items.");
    if (count == 0) return refuse(err, STR("The population has no items."), "Extract it again.");
    if (discovery_size(wish->confidence, wish->tolerable, count, &w->out->computed)) return true;
    return refuse(err,
                  STR("The confidence is not between 51 and 99.9 %, or the tolerable rate not between 0.1 and 99.9 %."),
                  "Usual are 95 % and 5 %.");
}

/* A smaller sample than the confidence needs is possible, but somebody must say why; a discovery sample would prove
 * nothing. */
static bool size_is_enough(Wishing *w, int64_t size, Err *err)
{
    const DrawWish *wish = w->wish;

    if (size >= w->out->computed) return true;
    Str detail = str_fmt(w->arena,
                         "%" PRId64 " items are wanted; %s %% confidence of less than %s %% deviations in %zu items "
                         "needs %" PRId64 ".",
                         size, str_to_c(w->arena, percent_of_permille(w->arena, wish->confidence)),
                         str_to_c(w->arena, percent_of_permille(w->arena, wish->tolerable)), w->population->items.len,
                         w->out->computed);
    if (wish->method == DRAW_DISCOVERY)
        return refuse(err, detail, "Leave the number of items empty: it is computed. Or choose simple random.");
    if (wish->says_why) return true;
    return refuse(err, detail, "Leave the number of items empty, or say why fewer will do.");
}

static bool size_find(Wishing *w, int64_t size, Err *err)
{
    if (w->wish->method == DRAW_DISCOVERY && w->out->computed == 0)
        return refuse(err, STR("A discovery sample needs a confidence and a tolerable rate of deviations."),
                      "Say both: its size follows from them.");
    if (size > 0 && w->out->computed > 0 && !size_is_enough(w, size, err)) return false;
    if (size == 0) size = w->out->computed;
    if (size == 0)
        return refuse(err, STR("It is not said how many items are drawn."),
                      "Say a number, or a confidence and a tolerable rate of deviations from which it is computed.");
    w->out->plan.size = (size_t)size;
    return true;
}

/* ---- strata ---- */

static bool refuse_stratum(Wishing *w, Str line, const char *why, Err *err)
{
    return refuse(err, str_fmt(w->arena, "\"%.*s\": %s.", STR_ARG(str_visible(w->arena, str_slice(line, 0, 80))), why),
                  "Write the strata as \"name: items\", one per line; empty, each gets its share.");
}

/* "high: 312/1": the size, where it is said, is checked against the file. */
static bool stratum_read(Wishing *w, Str line, Stratum *out, Err *err)
{
    size_t colon = line.len;
    int64_t size = -1, draw;

    while (colon > 0 && line.ptr[colon - 1] != ':')
        colon--;
    if (colon == 0) return refuse_stratum(w, line, "there is no colon in it", err);
    Str name = str_trim(str_slice(line, 0, colon - 1)), numbers = str_trim(str_slice(line, colon, line.len));
    size_t slash = str_index(numbers, '/');
    if (slash < numbers.len) {
        if (!str_to_i64(str_trim(str_slice(numbers, 0, slash)), 0, POPULATION_ROWS_MAX, &size))
            return refuse_stratum(w, line, "the size is no number", err);
        numbers = str_trim(str_slice(numbers, slash + 1, numbers.len));
    }
    if (!str_to_i64(numbers, 0, POPULATION_ROWS_MAX, &draw))
        return refuse_stratum(w, line, "the number of items is none", err);
    *out = (Stratum){ name, (size_t)draw };
    for (size_t i = 0; i < w->population->strata.len && size >= 0; i++) {
        const Stratum *found = &w->population->strata.at[i];
        if (str_eq(found->name, name) && found->size != (size_t)size)
            return refuse_stratum(w, line, str_to_c(w->arena, str_fmt(w->arena, "the population has %zu", found->size)),
                                  err);
    }
    return true;
}

static bool strata_read(Wishing *w, size_t *sum, Err *err)
{
    struct {
        Stratum *at;
        size_t len, cap;
    } list       = { 0 };
    char between = str_index(w->wish->strata, '\n') < w->wish->strata.len ? '\n' : ',';
    Str rest     = w->wish->strata, line;

    *sum = 0;
    while (rest.len > 0 && str_cut(&rest, between, &line)) {
        line = str_trim(line);
        if (line.len == 0) continue;
        Stratum *one = list_push(w->arena, &list);
        if (!stratum_read(w, line, one, err)) return false;
        *sum += one->size;
    }
    w->out->plan.strata = list.at, w->out->plan.strata_count = list.len;
    return true;
}

static bool strata_find(Wishing *w, Err *err)
{
    const DrawWish *wish = w->wish;
    Stratum *shares;
    size_t sum;

    if (w->population->strata.len == 0)
        return refuse(err, STR("It is not said which column of the population names the strata."),
                      "Name the column, or choose another method.");
    if (str_trim(wish->strata).len == 0) {
        if (!size_find(w, wish->size, err) || !draw_shares(w->arena, w->population, w->out->plan.size, &shares, err))
            return false;
        w->out->plan.strata = shares, w->out->plan.strata_count = w->population->strata.len;
        return true;
    }
    if (!strata_read(w, &sum, err)) return false;
    if (wish->size > 0 && (size_t)wish->size != sum)
        return refuse(err, str_fmt(w->arena, "%" PRId64 " items are wanted, but %zu of the strata.", wish->size, sum),
                      "Leave one of them empty.");
    return size_find(w, (int64_t)sum, err);
}

/* ---- the draw ---- */

static bool wish_plan(Wishing *w, Err *err)
{
    w->out->plan = (DrawPlan){ .method = w->wish->method, .seed = w->wish->seed };
    if (w->wish->method == DRAW_ALL || w->wish->method == DRAW_JUDGEMENT) return true;
    if (!compute_size(w, err)) return false;
    return w->wish->method == DRAW_STRATIFIED ? strata_find(w, err) : size_find(w, w->wish->size, err);
}

bool draw_wished(Arena *arena, const Population *population, const DrawWish *wish, WishedDraw *out, Err *err)
{
    Wishing wishing = { arena, population, wish, out };

    *out = (WishedDraw){ 0 };
    return wish_plan(&wishing, err) && draw_sample(arena, population, &out->plan, &out->items, err);
}

static size_t stratum_size(const Population *population, Str name)
{
    for (size_t i = 0; i < population->strata.len; i++)
        if (str_eq(population->strata.at[i].name, name)) return population->strata.at[i].size;
    return 0;
}

Str draw_strata_lines(Arena *arena, const Population *population, const DrawPlan *plan)
{
    Buf lines = buf_open(arena, (size_t)(POPULATION_ID_MAX + 40) * POPULATION_STRATA_MAX);

    for (size_t i = 0; i < plan->strata_count; i++)
        buf_fmt(&lines, "%s%.*s: %zu/%zu", i > 0 ? "\n" : "", STR_ARG(plan->strata[i].name),
                stratum_size(population, plan->strata[i].name), plan->strata[i].size);
    return buf_str(&lines);
}
