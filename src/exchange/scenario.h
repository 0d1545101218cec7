/* SPDX-License-Identifier: Apache-2.0
 * exchange/scenario.h: an organisation and its history from a scenario file (docs/formats/scenario.md). Every step
 * calls the verb that a person would have called, as that person, with the clock set to the day of the step; no table
 * is filled directly, and no guard is passed by. All of it is one transaction: whole or absent. */
#pragma once

#include "record/call.h"

enum { SCENARIO_BYTES_MAX = 16 << 20 };

typedef struct {
    Str text;     /* the file's bytes */
    Str password; /* of an account for each person (name to sign in: the id without "p-"); empty: no accounts */
    Date until;   /* the last day that is loaded; none: all. The comparison at the end asks for all */
} ScenarioSettings;

typedef struct {
    size_t steps; /* dated steps of the file */
    size_t verbs; /* calls of verbs, each at least one event */
    size_t people;
    Time ends;       /* noon of the file's day at the main site, or the last step where that is later */
    Str first_login; /* of somebody who manages the audit programme, when accounts were made */
} ScenarioResult;

/* Loads the file into an organisation that has no record yet. ERR_FORMAT names the place in the file, what stands
 * against it there, and how to go on; then nothing was recorded. Texts of `result` live in `arena`. */
MUST_USE bool scenario_load(App *app, Arena *arena, const ScenarioSettings *settings, ScenarioResult *result, Err *err);
