/* SPDX-License-Identifier: Apache-2.0
 * The clock of a demonstration. */
#include "cli/demo.h"

#include "base/file.h"
#include "record/proof.h"

enum { DEMO_BYTES_MAX = 4096 };

static bool damaged(const Demo *demo, Arena *arena, Err *err)
{
    return err_set(err, ERR_FORMAT, 0, .what = STR("cannot read the clock of the demonstration"),
                   .detail = str_fmt(arena, "\"%.*s\" does not hold two lines, shift and key.", STR_ARG(demo->path)),
                   .hint   = STR("Make the demonstration again; a real store has no such file."));
}

bool demo_find(Arena *arena, Str folder, Demo *demo, Err *err)
{
    Str text, first, key, number;

    *demo = (Demo){ .path = str_fmt(arena, "%.*s/DEMO", STR_ARG(folder)) };
    if (!file_exists(arena, demo->path)) return true;
    if (!file_read(arena, demo->path, DEMO_BYTES_MAX, &text, err)) return false;
    demo->is_there = true;
    if (!str_cut(&text, '\n', &first) || !str_cut(&text, '\n', &key)) return damaged(demo, arena, err);
    if (!str_starts(first, STR("shift ")) || !str_starts(key, STR("key "))) return damaged(demo, arena, err);
    number    = str_slice(first, 6, first.len);
    demo->key = str_slice(key, 4, key.len);
    return str_to_i64(number, -INT64_MAX, INT64_MAX, &demo->shift_us) || damaged(demo, arena, err);
}

static bool demo_write(Arena *arena, const Demo *demo, Err *err)
{
    World world = world_real();
    Str text    = str_fmt(arena, "shift %lld\nkey %.*s\n", (long long)demo->shift_us, STR_ARG(demo->key));

    return file_replace(&world, arena, demo->path, text, 0600, err);
}

static int64_t shift_to(Time now)
{
    World real = world_real();
    return now.us - world_now(&real).us;
}

static bool time_read(Str text, Time *out, Err *err)
{
    Date day;

    if (time_from_rfc3339(text, out)) return true;
    if (!date_from_iso(text, &day))
        return err_set(err, ERR_USAGE, 0, .what = STR("--now takes a time"),
                       .hint = STR("Write it as 2026-11-18T09:00:00Z or 2026-11-18."));
    *out = (Time){ ((int64_t)day.number - DATE_EPOCH) * DAY_SECONDS * 1000000 };
    *out = time_add_seconds(*out, INT64_C(9) * 3600);
    return true;
}

bool demo_clock(Arena *arena, Demo *demo, Str now, World *world, Err *err)
{
    Time wanted;

    if (!demo->is_there && now.len > 0)
        return err_set(err, ERR_USAGE, 0, .what = STR("--now is for demonstrations"),
                       .detail = STR("This store goes by the clock of the machine."),
                       .hint   = STR("Leave it away. A demonstration is made by: plumbline scenario FILE --demo"));
    if (!demo->is_there) return true;
    if (now.len > 0) {
        if (!time_read(now, &wanted, err)) return false;
        if (shift_to(wanted) < demo->shift_us)
            return err_set(err, ERR_USAGE, 0, .what = STR("the clock of the demonstration does not go back"),
                           .hint = STR("Choose a later time, or make the demonstration again."));
        demo->shift_us = shift_to(wanted);
        if (!demo_write(arena, demo, err)) return false;
    }
    *world = world_shifted(demo->shift_us);
    return true;
}

bool demo_belongs(Arena *arena, const Demo *demo, const App *app, Err *err)
{
    if (!demo->is_there || str_eq(demo->key, proof_key_text(app, arena))) return true;
    return err_set(err, ERR_USAGE, 0, .what = STR("the clock in the file DEMO belongs to another store"),
                   .detail = STR("It names another signing key, so it does not steer this store."),
                   .hint   = STR("Take the file DEMO out of the folder."));
}

bool demo_make(Arena *arena, Str folder, const App *app, Time now, Err *err)
{
    Demo demo = { .path     = str_fmt(arena, "%.*s/DEMO", STR_ARG(folder)),
                  .shift_us = shift_to(now),
                  .key      = proof_key_text(app, arena) };
    return demo_write(arena, &demo, err);
}
