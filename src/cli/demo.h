/* SPDX-License-Identifier: Apache-2.0
 * cli/demo.h: a demonstration has a clock of its own, so that months of an audit pass in a minute. It is a file "DEMO"
 * in the store's folder, made by `scenario --demo` together with the store: the distance from the real clock, and the
 * signing key of the store that it belongs to. No other store has one, and a copied one opens none. */
#pragma once

#include "record/app.h"

typedef struct {
    bool is_there;
    Str path;
    int64_t shift_us;
    Str key; /* as proof_key_text */
} Demo;

/* ERR_FORMAT: there is a file, but it is none of ours. */
MUST_USE bool demo_find(Arena *arena, Str folder, Demo *demo, Err *err);
/* Sets `world` to the demonstration's clock; `now` (RFC 3339, or a day: its morning) moves it on first. ERR_USAGE when
 * there is no demonstration to steer, or time would go back. */
MUST_USE bool demo_clock(Arena *arena, Demo *demo, Str now, World *world, Err *err);
/* ERR_USAGE when the file stands beside a store that it was not made with. */
MUST_USE bool demo_belongs(Arena *arena, const Demo *demo, const App *app, Err *err);
/* Makes the file for the store that was just loaded; its clock stands at `now`. */
MUST_USE bool demo_make(Arena *arena, Str folder, const App *app, Time now, Err *err);
