/* SPDX-License-Identifier: Apache-2.0
 * record/app.h: opening an organisation: store, tables, ledger, registry. */
#pragma once

#include "record/call.h"
#include "record/registry.h"

/* Opens the store at `address` and brings its tables to the catalogue's declarations. `folder`: where files, keys and
 * the local socket of a PostgreSQL organisation live; empty for a folder store. The App lives in `arena`. */
typedef struct {
    Str address, folder;
    const Catalogue *catalogue;
    const Directory *directory;
    World *world;
} AppSettings;
MUST_USE bool app_open(Arena *arena, const AppSettings *settings, App **out, Err *err);
/* NULL is allowed. */
void app_close(App *app);
