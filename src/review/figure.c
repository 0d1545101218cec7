/* SPDX-License-Identifier: Apache-2.0
 * Figures of indicators. Each is one division with a stated rounding, so that two programs (and a person with a pencil)
 * come to the same digit; a rounded figure is never the input of another. */
#include "review/figure.h"

#include <assert.h>
#include <stdlib.h>

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;

    for (int i = 0; i < exponent; i++)
        power *= 10;
    return power;
}

/* value / divisor, half away from zero; divisor is positive. */
static int64_t divide(int64_t value, int64_t divisor)
{
    int64_t whole = value / divisor, rest = llabs(value % divisor);

    if (rest < divisor - rest) return whole;
    return value < 0 ? whole - 1 : whole + 1;
}

static Figure quotient(int64_t part, int64_t whole, int64_t times, int decimals)
{
    if (whole == 0) return (Figure){ 0 };
    assert(whole > 0 && whole <= FIGURE_VALUE_MAX && part >= 0 && part <= FIGURE_VALUE_MAX);
    return (Figure){ .known = true, .decimals = decimals, .scaled = divide(part * times, whole) };
}

Figure figure_count(int64_t count)
{
    return (Figure){ .known = true, .scaled = count };
}

Figure figure_ratio(int64_t part, int64_t whole)
{
    return quotient(part, whole, 1000, 3);
}

Figure figure_percent(int64_t part, int64_t whole)
{
    return quotient(part, whole, 1000, 1);
}

Figure figure_rate(int64_t part, int64_t whole)
{
    return quotient(part, whole, 10, 1);
}

Figure figure_mean(const Numbers *numbers)
{
    int64_t sum = 0, count = (int64_t)numbers->len;

    if (count == 0) return (Figure){ 0 };
    assert(count <= FIGURE_COUNT_MAX);
    for (size_t i = 0; i < numbers->len; i++)
        sum += numbers->at[i]; /* at most FIGURE_COUNT_MAX times FIGURE_VALUE_MAX: 10^18 */
    int64_t tenths = sum / count * 10 + divide(sum % count * 10, count);
    return (Figure){ .known = true, .decimals = 1, .scaled = tenths };
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

void numbers_sort(Numbers *numbers)
{
    if (numbers->len > 0) qsort(numbers->at, numbers->len, sizeof(int64_t), compare_numbers);
}

Figure figure_median(const Numbers *sorted)
{
    return figure_percentile(sorted, 50);
}

Figure figure_percentile(const Numbers *sorted, int percent)
{
    return figure_round(figure_percentile_exact(sorted, percent), 1);
}

Figure figure_percentile_exact(const Numbers *sorted, int percent)
{
    assert(percent >= 0 && percent <= 100 && sorted->len <= FIGURE_COUNT_MAX);
    if (sorted->len == 0) return (Figure){ 0 };

    size_t place  = (sorted->len - 1) * (size_t)percent; /* in hundredths of a step between neighbours */
    int64_t below = sorted->at[place / 100], rest = (int64_t)(place % 100);
    int64_t above = rest == 0 ? below : sorted->at[place / 100 + 1];
    return (Figure){ .known = true, .decimals = 2, .scaled = below * 100 + rest * (above - below) };
}

Figure figure_percentile_nearest(const Numbers *sorted, int percent)
{
    assert(percent >= 0 && percent <= 100 && sorted->len <= FIGURE_COUNT_MAX);
    if (sorted->len == 0) return (Figure){ 0 };

    size_t place = (sorted->len * (size_t)percent + 99) / 100;
    return figure_count(sorted->at[place == 0 ? 0 : place - 1]);
}

Figure figure_round(Figure figure, int decimals)
{
    if (!figure.known || figure.decimals <= decimals) return figure;
    figure.scaled   = divide(figure.scaled, power_of_ten(figure.decimals - decimals));
    figure.decimals = decimals;
    return figure;
}

Str figure_to_str(Arena *arena, Figure figure)
{
    if (!figure.known) return STR("");
    if (figure.decimals == 0) return str_fmt(arena, "%lld", (long long)figure.scaled);

    long long unit = power_of_ten(figure.decimals), whole = llabs(figure.scaled / unit),
              rest = llabs(figure.scaled % unit);
    return str_fmt(arena, "%s%lld.%0*lld", figure.scaled < 0 ? "-" : "", whole, figure.decimals, rest);
}
