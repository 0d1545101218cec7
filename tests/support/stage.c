/* SPDX-License-Identifier: Apache-2.0
 * The stage: opened in place of the store that engines_setup made. */
#include "stage.h"

#include <stdlib.h>

#include "base/file.h"
#include "catalogue.h"
#include "org/directory.h"

int stage_open(void **state)
{
    if (engines_setup(state) != 0) return -1;
    TestStore *t = *state;
    Stage *stage = calloc(1, sizeof *stage);

    if (stage == NULL) return -1;
    *state       = stage;
    stage->t     = t;
    stage->arena = arena_open((size_t)1 << 30);
    store_close(t->store);
    t->store             = NULL;
    AppSettings settings = { .address   = t->address,
                             .folder    = t->folder,
                             .catalogue = catalogue_open(stage->arena),
                             .directory = &directory,
                             .world     = &t->world };
    must(t, app_open(stage->arena, &settings, &stage->app, &t->err));
    must(t, file_read(stage->arena, STR("demo/demo-scenario.json"), SCENARIO_BYTES_MAX, &stage->text, &t->err));
    must(t, json_read(stage->arena, stage->text, &stage->file, &t->err));
    return 0;
}

int stage_close(void **state)
{
    Stage *stage = *state;
    TestStore *t = stage->t;

    app_close(stage->app);
    arena_close(stage->arena);
    free(stage);
    *state = t;
    return engines_teardown(state);
}
