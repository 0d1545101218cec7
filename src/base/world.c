/* SPDX-License-Identifier: Apache-2.0
 * Four worlds: the real one, one that is steered in everything, one with a set clock but real randomness, and one whose
 * clock runs at a distance from the real one. A real World is never written to, so threads may share it; a steered one
 * belongs to one thread. */
#include "base/world.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t clock_us(clockid_t clock)
{
    struct timespec now;
    if (clock_gettime(clock, &now) != 0) abort(); /* only for a clock that does not exist */
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static Time real_now(World *world)
{
    (void)world;
    return (Time){ clock_us(CLOCK_REALTIME) };
}

static int64_t real_monotonic_us(World *world)
{
    (void)world;
    return clock_us(CLOCK_MONOTONIC);
}

static void real_random(World *world, void *bytes, size_t size)
{
    (void)world;
    randombytes_buf(bytes, size);
}

static bool never_fails(World *world, FaultKind kind)
{
    (void)world;
    (void)kind;
    return false;
}

static Time fixed_now(World *world)
{
    return world->fixed_now;
}

static Time shifted_now(World *world)
{
    return (Time){ clock_us(CLOCK_REALTIME) + world->shift_us };
}

static int64_t fixed_monotonic_us(World *world)
{
    return world->fixed_now.us;
}

/* SplitMix64: each call moves the state by an odd constant and mixes it. Good enough to look random, and no more. */
static uint64_t seeded_next(World *world)
{
    uint64_t mixed = world->seed += 0x9E3779B97F4A7C15u;
    mixed          = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
    mixed          = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
    return mixed ^ mixed >> 31;
}

static void seeded_random(World *world, void *bytes, size_t size)
{
    unsigned char *at = bytes;
    while (size) {
        uint64_t next = seeded_next(world);
        size_t take   = size < sizeof next ? size : sizeof next;
        memcpy(at, &next, take);
        at += take;
        size -= take;
    }
}

static bool fails_on_count(World *world, FaultKind kind)
{
    if (!world->fault_countdown || !(world->fault_kinds & (int)kind)) return false;
    world->fault_countdown--;
    if (world->fault_countdown) return false;
    world->fault_hit = true;
    return true;
}

World world_real(void)
{
    if (sodium_init() < 0) abort(); /* no random source: nothing below would be safe */
    return (World){ .now = real_now, .monotonic_us = real_monotonic_us, .random = real_random, .fails = never_fails };
}

World world_steered(Time now, uint64_t seed)
{
    return (World){ .now          = fixed_now,
                    .monotonic_us = fixed_monotonic_us,
                    .random       = seeded_random,
                    .fails        = fails_on_count,
                    .fixed_now    = now,
                    .seed         = seed };
}

World world_at(Time now)
{
    World world     = world_real();
    world.now       = fixed_now;
    world.fixed_now = now;
    return world;
}

World world_shifted(int64_t shift_us)
{
    World world    = world_real();
    world.now      = shifted_now;
    world.shift_us = shift_us;
    return world;
}

Time world_now(World *world)
{
    return world->now(world);
}

int64_t world_monotonic_us(World *world)
{
    return world->monotonic_us(world);
}

void world_random(World *world, void *bytes, size_t size)
{
    world->random(world, bytes, size);
}

bool world_fails(World *world, FaultKind kind)
{
    return world->fails(world, kind);
}
