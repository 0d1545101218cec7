/* SPDX-License-Identifier: Apache-2.0
 * Memory by piece of work: a chain of blocks, each at least as large as the one before, filled from front to back.
 * Rewinding drops blocks from the end of the chain; releases registered on the way are run first, newest first. Under
 * AddressSanitizer everything not handed out is poisoned and allocations stand apart, so an overrun is seen. */
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/size.h"
#include "base/world.h"

#if defined(__has_feature)
    #if __has_feature(address_sanitizer) && !defined(__SANITIZE_ADDRESS__)
        #define __SANITIZE_ADDRESS__ 1
    #endif
#endif
#ifdef __SANITIZE_ADDRESS__
    #include <sanitizer/asan_interface.h>
enum { RED_ZONE = 16 };
#else
    #define ASAN_POISON_MEMORY_REGION(at, size)   ((void)(at), (void)(size))
    #define ASAN_UNPOISON_MEMORY_REGION(at, size) ((void)(at), (void)(size))
enum { RED_ZONE = 0 };
#endif

enum { FIRST_BLOCK_BYTES = 64 << 10, BLOCK_MAX_BYTES = 1 << 20, LIST_FIRST_CAP = 8 };

typedef struct Block Block;
struct Block {
    Block *before;
    size_t used_before; /* bytes handed out from all blocks before this one */
    size_t used, cap;
    alignas(max_align_t) char bytes[];
};

typedef struct Deferred Deferred;
struct Deferred {
    Deferred *before;
    void (*release)(void *);
    void *thing;
};

struct Arena {
    size_t limit;
    size_t reserved; /* invariant: the sum of cap over all blocks, at most limit */
    Block *first, *last;
    Deferred *deferred;
    World *faults;
    bool recoverable;
    jmp_buf recovery;
};

static Block *block_open(Block *before, size_t cap)
{
    size_t size;
    if (!size_add(sizeof(Block), cap, &size)) return NULL;
    Block *block = malloc(size);
    if (!block) return NULL;
    *block = (Block){ .before = before, .cap = cap };
    if (before) block->used_before = before->used_before + before->used;
    ASAN_POISON_MEMORY_REGION(block->bytes, cap);
    return block;
}

static void block_close(Block *block)
{
    ASAN_UNPOISON_MEMORY_REGION(block->bytes, block->cap);
    free(block);
}

Arena *arena_open(size_t limit)
{
    size_t cap   = limit < FIRST_BLOCK_BYTES ? limit : FIRST_BLOCK_BYTES;
    Arena *arena = calloc(1, sizeof *arena);
    if (!arena) return NULL;
    arena->limit    = limit;
    arena->reserved = cap;
    arena->first    = block_open(NULL, cap);
    arena->last     = arena->first;
    if (arena->first) return arena;
    free(arena);
    return NULL;
}

static void run_deferred_until(Arena *arena, const Deferred *until)
{
    while (arena->deferred != until) {
        Deferred *next = arena->deferred;
        assert(next);                   /* a mark of another arena, or used twice */
        arena->deferred = next->before; /* first: the release may itself use the arena */
        next->release(next->thing);
    }
}

ArenaMark arena_mark(const Arena *arena)
{
    return (ArenaMark){ .block = arena->last, .used = arena->last->used, .deferred = arena->deferred };
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    run_deferred_until(arena, mark.deferred);
    while (arena->last != mark.block) {
        Block *gone = arena->last;
        assert(gone->before);
        arena->last = gone->before;
        arena->reserved -= gone->cap;
        block_close(gone);
    }
    Block *last = arena->last;
    assert(mark.used <= last->used);
    ASAN_POISON_MEMORY_REGION(last->bytes + mark.used, last->cap - mark.used);
    last->used = mark.used;
}

void arena_reset(Arena *arena)
{
    if (!arena) return;
    arena_rewind(arena, (ArenaMark){ .block = arena->first });
}

void arena_close(Arena *arena)
{
    if (!arena) return;
    arena_reset(arena);
    block_close(arena->first);
    free(arena);
}

/* Where the next `size` bytes go in `block`, or NULL when they do not fit. */
static char *block_take(Block *block, size_t size, size_t align)
{
    uintptr_t next = (uintptr_t)(block->bytes + block->used);
    size_t gap     = (size_t)(-next & (align - 1));
    size_t end;
    if (!size_add(block->used, gap, &end) || !size_add(end, size, &end) || end > block->cap) return NULL;
    char *at = block->bytes + block->used + gap;
    ASAN_UNPOISON_MEMORY_REGION(at, size);
    block->used = end + RED_ZONE < block->cap ? end + RED_ZONE : block->cap;
    return at;
}

/* A further block with room for `size`: twice the last one, or just what is wanted when that is more or the limit near.
 */
static bool arena_grow(Arena *arena, size_t size, size_t align)
{
    size_t need;
    if (!size_add(size, align + RED_ZONE, &need) || need > arena->limit - arena->reserved) return false;
    size_t cap = arena->last->cap * 2;
    if (cap > BLOCK_MAX_BYTES) cap = BLOCK_MAX_BYTES;
    if (cap > arena->limit - arena->reserved) cap = arena->limit - arena->reserved;
    if (cap < need) cap = need;
    Block *block = block_open(arena->last, cap);
    if (!block) return false;
    arena->last = block;
    arena->reserved += cap;
    return true;
}

static void *arena_try(Arena *arena, size_t size, size_t align)
{
    assert(align && (align & (align - 1)) == 0);
    if (arena->faults && world_fails(arena->faults, FAULT_ALLOC)) return NULL;
    char *at = block_take(arena->last, size, align);
    if (!at && arena_grow(arena, size, align)) at = block_take(arena->last, size, align);
    if (at) memset(at, 0, size);
    return at;
}

static NORETURN void arena_give_up(Arena *arena)
{
    if (arena->recoverable) longjmp(arena->recovery, 1);
    fputs("plumbline: out of memory, and no piece of work that could be given up\n", stderr);
    abort();
}

void *arena_alloc(Arena *arena, size_t size, size_t align)
{
    void *at = arena_try(arena, size, align);
    if (!at) arena_give_up(arena);
    return at;
}

void *arena_alloc_many(Arena *arena, size_t count, size_t size, size_t align)
{
    size_t total;
    if (!size_mul(count, size, &total)) arena_give_up(arena);
    return arena_alloc(arena, total, align);
}

void arena_defer(Arena *arena, void (*release)(void *), void *thing)
{
    Deferred *deferred = arena_try(arena, sizeof *deferred, alignof(Deferred));
    if (!deferred) {
        release(thing);
        arena_give_up(arena);
    }
    *deferred       = (Deferred){ .before = arena->deferred, .release = release, .thing = thing };
    arena->deferred = deferred;
}

size_t arena_used(const Arena *arena)
{
    return arena->last->used_before + arena->last->used;
}

void arena_fault(Arena *arena, World *world)
{
    arena->faults = world;
}

jmp_buf *arena_recovery(Arena *arena)
{
    arena->recoverable = true;
    return &arena->recovery;
}

void arena_forget_recovery(Arena *arena)
{
    arena->recoverable = false;
}

void *list_grow(Arena *arena, void **at, size_t *len, size_t *cap, size_t size)
{
    if (*len == *cap) {
        size_t wider = *cap ? *cap * 2 : LIST_FIRST_CAP;
        void *moved  = arena_alloc_many(arena, wider, size, alignof(max_align_t));
        if (*len) memcpy(moved, *at, *len * size);
        *at  = moved;
        *cap = wider;
    }
    void *added = (char *)*at + *len * size;
    memset(added, 0, size); /* a list that was shortened and grows again */
    *len += 1;
    return added;
}
