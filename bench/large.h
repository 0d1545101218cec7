/* SPDX-License-Identifier: Apache-2.0
 * bench/large.h: a large organisation, made by the ordinary verbs: some people and processes, and as many
 * nonconformities as asked for, each registered, confirmed and assigned; a tenth acknowledged. Made once, kept in its
 * folder, and opened again when it is there with enough of them. */
#pragma once

#include "record/app.h"
#include "record/verb.h"

typedef struct {
    Arena *arena;
    World world;
    App *app;
    Id manager; /* programme manager, coordinator, administrator: sees everything */
} Large;

/* `address` as for store_open. Prints how long making took; ends the program with a message when it cannot. */
void large_open(Large *large, Str address, int64_t nonconformities);
void large_close(Large *large);
/* Seconds of the monotonic clock. */
double seconds_now(void);
