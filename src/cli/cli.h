/* SPDX-License-Identifier: Apache-2.0
 * cli/cli.h: the command line. The same verbs and questions as in the browser and the API, asked of the process that
 * serves the store, or answered here when nobody does. */
#pragma once

#include "cli/place.h"
#include "record/app.h"

/* What `serve` is told; the rest of it is main's, as it knows the other doors. */
typedef struct {
    Place place;
    Str listen, certificate, key, hosts, proxies; /* hosts and proxies separated by commas */
} ServeSettings;

typedef struct {
    const Catalogue *catalogue;
    const Directory *directory;
    World *world;
    /* Serves until it is told to stop; false when it could not begin, or ended badly. */
    bool (*serve)(Arena *arena, App *app, const ServeSettings *settings, Err *err);
} Program;

/* Runs one command and is its exit code (docs/operate.md). */
int cli_run(const Program *program, int argc, char **argv);
