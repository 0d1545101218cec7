/* SPDX-License-Identifier: Apache-2.0
 * The program: the only file that may know every door. */
#include "catalogue.h"
#include "cli/cli.h"
#include "org/directory.h"

static bool serve(Arena *arena, App *app, const ServeSettings *settings, Err *err)
{
    (void)arena, (void)app, (void)settings;
    return err_set(err, ERR_USAGE, 0, .what = STR("this build does not serve"));
}

int main(int argc, char **argv)
{
    World world  = world_real();
    Arena *arena = arena_open(1 << 20);
    if (arena == NULL) return 7;
    Program program = { .catalogue = catalogue_open(arena), .directory = &directory, .world = &world, .serve = serve };
    int code        = cli_run(&program, argc, argv);
    arena_close(arena);
    return code;
}
