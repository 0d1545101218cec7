/* SPDX-License-Identifier: Apache-2.0
 * Reading every row once, in pages by id: PostgreSQL delivers a result whole, so a table is never asked for at once. */
#include "record/replay.h"

#include <stdalign.h>

#include "record/image.h"
#include "record/row.h"

enum { ROWS_PER_PAGE = 100, IMAGE_BYTES_MAX = 1 << 20 };

typedef struct {
    VerifyRows rows; /* first: a VerifyRows * is a Replay * */
    const Registry *registry;
} Replay;

static void row_tell(const Plan *plan, const void *record, Arena *arena, VerifySink *sink)
{
    Buf image = buf_open(arena, IMAGE_BYTES_MAX);

    image_write(&image, plan, record);
    Hash after = hash_of(buf_str(&image));
    verify_row(sink, str_fmt(arena, "%s/%lld", plan->type->name, (long long)((const RecordHead *)record)->id.n),
               &after);
}

/* One walk over a table. */
typedef struct {
    const Plan *plan;
    Db *db;
    Arena *arena;
    VerifySink *sink;
    int64_t last; /* id of the last row told */
    size_t count; /* rows of the page */
} Walk;

static bool walk_page(Walk *walk, Err *err)
{
    Str sql      = str_fmt(walk->arena, "SELECT %.*s FROM %s WHERE id > $1 ORDER BY id LIMIT %d",
                           STR_ARG(walk->plan->columns), walk->plan->type->name, ROWS_PER_PAGE);
    Query *query = query_open(walk->db, sql);
    void *record = arena_alloc(walk->arena, walk->plan->type->size, alignof(max_align_t));

    query_bind_int(query, 1, walk->last);
    for (walk->count = 0; query_next(query); walk->count++) {
        row_read(query, walk->plan, walk->arena, record);
        walk->last = ((RecordHead *)record)->id.n;
        row_tell(walk->plan, record, walk->arena, walk->sink);
    }
    return query_close(query, err);
}

static bool walk_table(Walk *walk, Err *err)
{
    do {
        ArenaMark mark = arena_mark(walk->arena);
        if (!walk_page(walk, err)) return false;
        arena_rewind(walk->arena, mark);
    } while (walk->count == ROWS_PER_PAGE);
    return true;
}

static bool replay_all(VerifyRows *rows, Db *db, Arena *arena, VerifySink *sink, Err *err)
{
    const Registry *registry = ((Replay *)rows)->registry;

    for (size_t i = 0; i < registry_len(registry); i++) {
        Walk walk = { registry_at(registry, i), db, arena, sink, .last = INT64_MIN };
        if (!walk_table(&walk, err)) return false;
    }
    return true;
}

static bool replay_one(VerifyRows *rows, Db *db, Arena *arena, Str entity, VerifySink *sink, Err *err)
{
    size_t slash     = str_index(entity, '/');
    const Plan *plan = registry_find(((Replay *)rows)->registry, str_slice(entity, 0, slash));
    int64_t id;

    if (plan == NULL || !str_to_i64(str_slice(entity, slash + 1, entity.len), 1, INT64_MAX, &id)) return true;
    Query *query = query_open(db, plan->select_by_id);
    query_bind_int(query, 1, id);
    if (query_next(query)) {
        void *record = arena_alloc(arena, plan->type->size, alignof(max_align_t));
        row_read(query, plan, arena, record);
        row_tell(plan, record, arena, sink);
    }
    return query_close(query, err);
}

VerifyRows *replay_open(Arena *arena, const Registry *registry)
{
    Replay *replay = arena_new(arena, Replay);

    *replay = (Replay){ .rows = { .all = replay_all, .one = replay_one }, .registry = registry };
    return &replay->rows;
}
