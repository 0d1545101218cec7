/* SPDX-License-Identifier: Apache-2.0
 * audit/sample_draw.h: the verbs "draw" of a sample and "replace" of an item. The population is read before the write
 * turn; inside it stands what follows from it. */
#pragma once

#include "audit/sample.h"
#include "record/registry.h"

extern const Shape sample_draw_input, sample_replace_input;

VerbPrepare sample_draw_prepare, sample_replace_prepare;
VerbBody sample_draw, sample_item_replace;

/* Draws again what is on record, and says whether the same comes out: the population by its hash, the items in their
 * order. "sample redraw NUMBER", GET …/redraw. */
extern const Inquiry sample_redraw;

/* The command that draws the same items again, from a copy of the population file; empty when nothing was drawn by the
 * program. */
Str sample_draw_command(Arena *arena, const Sample *sample);
/* Is there a population to draw from: a file, evidence with a file, or a range? */
bool sample_has_population(const Sample *sample);
