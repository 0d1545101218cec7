/* SPDX-License-Identifier: Apache-2.0
 * base/macros.h: the few macros the whole program uses. */
#pragma once

#include <stddef.h>

/* Elements of an array (never of a pointer). */
#define countof(array)         (sizeof(array) / sizeof((array)[0]))
/* The result says whether the work was done: nobody may drop it. */
#define MUST_USE               __attribute__((warn_unused_result))
/* Lets the compiler check a printf-style format at argument `format`, values from argument `first`. */
#define PRINTF(format, first)  __attribute__((__format__(__printf__, format, first)))
#define NORETURN               __attribute__((noreturn))
/* Marks an English text for translation where it stands in a table; `text_of` (base/text.h) translates it when shown. */
#define N_(english)            english
