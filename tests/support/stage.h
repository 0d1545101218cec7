/* SPDX-License-Identifier: Apache-2.0
 * tests/support/stage.h: the whole program on an empty store, and the file of the demonstration organisation to play on
 * it. */
#pragma once

#include "engines.h"
#include "exchange/scenario.h"
#include "record/app.h"

typedef struct {
    TestStore *t;
    Arena *arena;
    App *app;
    Str text;     /* of the file */
    json_t *file; /* the same, to be broken */
} Stage;

/* As setup and teardown of cmocka: *state becomes a Stage. */
int stage_open(void **state);
int stage_close(void **state);
