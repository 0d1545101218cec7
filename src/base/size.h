/* SPDX-License-Identifier: Apache-2.0
 * base/size.h: sums and products of sizes that say when they do not fit. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"

MUST_USE static inline bool size_add(size_t a, size_t b, size_t *out)
{
    return !__builtin_add_overflow(a, b, out);
}

MUST_USE static inline bool size_mul(size_t a, size_t b, size_t *out)
{
    return !__builtin_mul_overflow(a, b, out);
}
