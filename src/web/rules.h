/* SPDX-License-Identifier: Apache-2.0
 * web/rules.h: what the numbered rules say, in one sentence each, and refusals as cards. */
#pragma once

#include "record/outcome.h"
#include "web/visit.h"

/* The sentence of "G-06" in the reader's language; empty for rules that only a verb has. */
Str rule_text(const Visit *visit, Str rule);
/* One card for each refusal, in the order in which the guards stand; `title` says what cannot be done. */
RefusalCards refusal_cards(const Visit *visit, const RefusalList *refusals, Str title);
/* With a capital at the start and a full stop at the end. */
Str sentence_of(Arena *arena, Str text);
