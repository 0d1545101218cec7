/* SPDX-License-Identifier: Apache-2.0
 * base/world.h: what the program asks of the world outside it: the time, randomness, and whether this is the moment at
 * which a test wants something to fail. One World is passed down from main or from a test; nothing else asks the clock
 * or the random source. The real world is world_real(); a test sets the clock by hand and replays a seed. */
#pragma once

#include "base/str.h"
#include "base/time.h"

typedef enum { FAULT_NONE = 0, FAULT_WRITE = 1, FAULT_SYNC = 2, FAULT_QUERY = 4, FAULT_ALLOC = 8 } FaultKind;

typedef struct World World;
struct World {
    Time (*now)(World *world);                              /* wall clock, UTC */
    int64_t (*monotonic_us)(World *world);                  /* for durations; never goes back */
    void (*random)(World *world, void *bytes, size_t size); /* for keys, salts and tokens */
    bool (*fails)(World *world, FaultKind kind);            /* true: the caller must behave as if this operation failed */
    Time fixed_now;                                         /* the clock of a steered world; 0 = the real one */
    int64_t shift_us;                                       /* what a shifted world adds to the real clock */
    uint64_t seed;                                          /* state of a seeded random source */
    int fault_kinds;                                        /* FaultKind bits that count */
    int64_t fault_countdown;                                /* the n-th counted operation fails; 0 = never */
    bool fault_hit;
};

/* The clock and random source of the operating system; nothing fails on purpose. */
World world_real(void);
/* A world at `now` whose random bytes follow from `seed`: for tests and for loading a history. Never for real keys. */
World world_steered(Time now, uint64_t seed);
/* A world at `now` with real randomness: for loading a history into a store that will be used. */
World world_at(Time now);
/* The real world with a clock that runs `shift_us` ahead of it (behind it when negative): for demonstrations. */
World world_shifted(int64_t shift_us);

Time world_now(World *world);
int64_t world_monotonic_us(World *world);
void world_random(World *world, void *bytes, size_t size);
bool world_fails(World *world, FaultKind kind);
