/* SPDX-License-Identifier: Apache-2.0
 * Sample sizes and upper bounds. The probability of few deviations is summed from the most likely term downwards, each
 * term got from the one before by a ratio; only the first needs a logarithm of a binomial coefficient. The bounds are
 * then found by halving. Why exact and not normal: audit samples are small and deviations rare. */
#include "audit/confidence.h"

#include <assert.h>
#include <math.h>

/* Probabilities this near (relative) are the same: the exact rule has ties, such as 1/20 = 1 - 95 %. */
static const long double tie = 1e-12L;

static bool is_confidence(int permille)
{
    return permille >= CONFIDENCE_PERMILLE_MIN && permille <= CONFIDENCE_PERMILLE_MAX;
}

static long double risk_of(int confidence_permille)
{
    return (long double)(1000 - confidence_permille) / 1000.0L;
}

static int64_t discovery_size_endless(long double risk, long double tolerable)
{
    long double size    = logl(risk) / log1pl(-tolerable);
    long double nearest = roundl(size);

    /* Ties such as 0.5^2 = 1 - 75 %. No other pair of thousandths in range comes nearer to a whole number
     * than 10^-7. */
    if (fabsl(size - nearest) < 1e-10L) return (int64_t)nearest;
    return (int64_t)ceill(size);
}

/* C(N-D, n)/C(N, n) is the product over i < n of (N-D-i)/(N-i): items drawn one by one, none of them deviating. */
static int64_t discovery_size_of(int64_t population, int64_t deviations, long double risk)
{
    long double none = 1.0L;
    int64_t size     = 0;

    while (none > risk * (1.0L + tie)) {
        none *= (long double)(population - deviations - size) / (long double)(population - size);
        size++;
    }
    return size;
}

bool discovery_size(int confidence_permille, int tolerable_permille, int64_t population, int64_t *size)
{
    if (!is_confidence(confidence_permille) || tolerable_permille < 1 || tolerable_permille > 999) return false;
    if (population < 0 || population > CONFIDENCE_POPULATION_MAX) return false;

    long double risk = risk_of(confidence_permille);
    if (population == 0) {
        *size = discovery_size_endless(risk, (long double)tolerable_permille / 1000.0L);
        return true;
    }
    int64_t deviations = population * tolerable_permille / 1000;
    *size              = discovery_size_of(population, deviations < 1 ? 1 : deviations, risk);
    return true;
}

/* Natural logarithm of n! / (k! (n-k)!). A sum over k of n-k terms, whichever is shorter: exact enough for any size
 * here and free of the global sign that lgamma sets. */
static long double log_choose(int64_t n, int64_t k)
{
    long double sum = 0.0L;
    int64_t terms   = k < n - k ? k : n - k;

    for (int64_t i = 1; i <= terms; i++)
        sum += logl((long double)(n - terms + i) / (long double)i);
    return sum;
}

/* P(X <= k) of a binomial law, for k/n <= rate < 1: there the terms fall from i = k downwards. `choose` is ln C(n, k).
 */
static long double binomial_at_most(const SampleResult *seen, long double rate, long double choose)
{
    int64_t n = seen->size, k = seen->deviations;
    long double term = expl(choose + (long double)k * logl(rate) + (long double)(n - k) * log1pl(-rate));
    long double sum  = term;

    for (int64_t i = k; i > 0 && term > sum * 1e-21L; i--) {
        term *= (long double)i / (long double)(n - i + 1) * ((1.0L - rate) / rate);
        sum += term;
    }
    return sum;
}

static long double rate_bound_endless(const SampleResult *seen, long double risk)
{
    /* invariant: few deviations are likelier than `risk` at `low` (k is the median there) and not at `high` */
    long double low = (long double)seen->deviations / (long double)seen->size, high = 1.0L;
    long double choose = log_choose(seen->size, seen->deviations);

    while (high - low > 1e-14L) {
        long double middle = low + (high - low) / 2.0L;
        if (binomial_at_most(seen, middle, choose) > risk)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* P(X <= k) of a hypergeometric law with D deviating items, for D >= kN/n and n-k <= N-D: terms fall as above. */
static long double hypergeometric_at_most(const SampleResult *seen, int64_t deviating)
{
    int64_t n = seen->size, k = seen->deviations, others = seen->population - deviating;
    long double term = expl(log_choose(deviating, k) + log_choose(others, n - k) - log_choose(seen->population, n));
    long double sum  = term;

    for (int64_t i = k; i > 0 && term > sum * 1e-21L; i--) {
        term *= (long double)i * (long double)(others - n + i) /
                ((long double)(deviating - i + 1) * (long double)(n - i + 1));
        sum += term;
    }
    return sum;
}

static int64_t count_bound(const SampleResult *seen, long double risk)
{
    /* invariant: few deviations are likelier than `risk` with `low` deviating items (k is the median there or above)
     * and not with `high`, where the n-k good ones seen would not exist */
    int64_t low  = seen->population * seen->deviations / seen->size;
    int64_t high = seen->population - (seen->size - seen->deviations) + 1;

    while (high - low > 1) {
        int64_t middle = low + (high - low) / 2;
        if (hypergeometric_at_most(seen, middle) > risk * (1.0L + tie))
            low = middle;
        else
            high = middle;
    }
    return low;
}

static bool is_sample_result(const SampleResult *seen)
{
    if (seen->size < 1 || seen->size > CONFIDENCE_SAMPLE_MAX) return false;
    if (seen->deviations < 0 || seen->deviations > seen->size) return false;
    if (seen->population == 0) return true;
    return seen->population >= seen->size && seen->population <= CONFIDENCE_POPULATION_MAX;
}

bool deviation_count_bound(SampleResult seen, int confidence_permille, int64_t *deviations)
{
    if (!is_confidence(confidence_permille) || !is_sample_result(&seen) || seen.population == 0) return false;
    *deviations = count_bound(&seen, risk_of(confidence_permille));
    return true;
}

bool deviation_rate_bound(SampleResult seen, int confidence_permille, double *rate)
{
    if (!is_confidence(confidence_permille) || !is_sample_result(&seen)) return false;

    long double risk = risk_of(confidence_permille);
    if (seen.population > 0)
        *rate = (double)count_bound(&seen, risk) / (double)seen.population;
    else if (seen.deviations == seen.size)
        *rate = 1.0;
    else
        *rate = (double)rate_bound_endless(&seen, risk);
    return true;
}

bool deviation_bound_hundredths(SampleResult seen, int confidence_permille, int *hundredths)
{
    double rate;

    if (!deviation_rate_bound(seen, confidence_permille, &rate)) return false;
    *hundredths = (int)lround(rate * 10000.0);
    return true;
}

/* clang-format off */
static const struct {
    const char *label;
    SizeRange   size;
} frequencies[] = {
    [RUNS_YEARLY]           = { N_("once a year"),       {  1,  1 } },
    [RUNS_HALF_YEARLY]      = { N_("every half-year"),   {  1,  2 } },
    [RUNS_QUARTERLY]        = { N_("every quarter"),     {  2,  2 } },
    [RUNS_MONTHLY]          = { N_("every month"),       {  2,  4 } },
    [RUNS_WEEKLY]           = { N_("every week"),        {  5,  5 } },
    [RUNS_DAILY]            = { N_("every day"),         { 15, 25 } },
    [RUNS_MANY_TIMES_A_DAY] = { N_("many times a day"),  { 25, 40 } },
    [RUNS_ON_DEMAND]        = { N_("on demand"),         {  5, 25 } },
    [RUNS_BY_ITSELF]        = { N_("automatic"),         {  1,  1 } },
};
/* clang-format on */
static_assert(countof(frequencies) == CONTROL_FREQUENCIES, "a frequency has no row");

const char *control_frequency_label(ControlFrequency frequency)
{
    return frequencies[frequency].label;
}

static SizeRange capped(SizeRange range, int64_t population)
{
    if (population > 0 && range.low > population) range.low = (int)population;
    if (population > 0 && range.high > population) range.high = (int)population;
    return range;
}

static SizeRange both(int64_t size)
{
    return (SizeRange){ (int)size, (int)size };
}

static SizeRange judgement_size_on_demand(int64_t population)
{
    int64_t tenth = (population + 9) / 10;

    if (population <= 0) return both(25);
    if (population <= 5) return both(population);
    if (population <= 50) return both(5);
    return both(tenth < 25 ? tenth : 25);
}

SizeRange judgement_size(ControlFrequency frequency, int64_t population)
{
    assert(frequency < CONTROL_FREQUENCIES && population >= 0);
    if (frequency == RUNS_ON_DEMAND) return judgement_size_on_demand(population);
    if (frequency == RUNS_BY_ITSELF) return both(population > 1 ? population : 1);
    return capped(frequencies[frequency].size, population);
}
