/* SPDX-License-Identifier: Apache-2.0
 * audit/sample_draw.h: the verbs "draw" of a sample and "replace" of an item. The population is read before the write
 * turn; inside it stands what follows from it. */
#pragma once

#include "audit/sample.h"

extern const Shape sample_draw_input, sample_replace_input;

VerbPrepare sample_draw_prepare, sample_replace_prepare;
VerbBody sample_draw, sample_item_replace;

/* The command that draws the same items again, from a copy of the population file; empty when nothing was drawn by the
 * program. */
Str sample_draw_command(Arena *arena, const Sample *sample);
/* Is there a population to draw from: a file, evidence with a file, or a range? */
bool sample_has_population(const Sample *sample);
