/* SPDX-License-Identifier: Apache-2.0
 * base/arena.h: memory that lives as long as one piece of work (a request, a job, a command).
 *
 * Nothing is freed one by one: the owner resets the arena and everything in it ends, together with whatever was
 * registered by arena_defer (statements, descriptors, transactions), last registered first. Memory comes zeroed.
 * arena_alloc never returns NULL: at the arena's limit, or when the system has no memory, it jumps to the recovery
 * point of the door that owns the arena (ARENA_TRY); with no recovery point set it ends the process. Never let that
 * jump cross a frame of a foreign library. An arena belongs to one thread at a time. */
#pragma once

#include <setjmp.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/macros.h"

typedef struct Arena Arena;
struct World;

/* A point in an arena to which scratch memory can be given back. Deferred releases made since are run too. */
typedef struct {
    void *block;
    size_t used;
    void *deferred;
} ArenaMark;

/* A new arena that may grow to `limit` bytes; NULL when the system has no memory for the first block. */
MUST_USE Arena *arena_open(size_t limit);
/* Runs the deferred releases and forgets all memory, keeping the first block for the next piece of work. NULL is allowed in both. */
void arena_reset(Arena *arena);
void arena_close(Arena *arena);

/* `size` zeroed bytes at an address that is a multiple of `align` (a power of two); size 0 gives a valid address. */
void *arena_alloc(Arena *arena, size_t size, size_t align);
/* `count` times `size` bytes, the product checked. */
void *arena_alloc_many(Arena *arena, size_t count, size_t size, size_t align);
#define arena_new(arena, T)          ((T *)arena_alloc((arena), sizeof(T), alignof(T)))
#define arena_array(arena, T, count) ((T *)arena_alloc_many((arena), (count), sizeof(T), alignof(T)))

/* Calls release(thing) when the arena is reset, closed or rewound past this point; without memory to remember it, at once,
 * before the jump: the thing is released in any case. */
void arena_defer(Arena *arena, void (*release)(void *), void *thing);

ArenaMark arena_mark(const Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);

/* From now on each allocation asks `world` whether it fails (FAULT_ALLOC); NULL ends that. For tests. */
void arena_fault(Arena *arena, struct World *world);

/* Bytes handed out since the last reset. */
size_t arena_used(const Arena *arena);

/* `if (!ARENA_TRY(arena)) { out of memory: answer 503 }`. The frame must outlive all work on the arena; the latest
 * ARENA_TRY counts; arena_forget_recovery ends it. */
#define ARENA_TRY(arena) (setjmp(*arena_recovery(arena)) == 0)
jmp_buf *arena_recovery(Arena *arena);
void arena_forget_recovery(Arena *arena);

/* Lists are `struct { T *at; size_t len, cap; }`. list_push(arena, &list) adds a zeroed element and is a pointer to it;
 * elements may move at the next push. */
#define list_push(arena, list)                                                                                         \
    ((__typeof__((list)->at))list_grow((arena), (void **)&(list)->at, &(list)->len, &(list)->cap,                      \
                                       sizeof(__typeof__(*(list)->at))))
void *list_grow(Arena *arena, void **at, size_t *len, size_t *cap, size_t size);
