/* SPDX-License-Identifier: Apache-2.0
 * cli/command.h: one command under way; private to this door. */
#pragma once

#include <stdio.h>

#include "cli/cli.h"
#include "cli/help.h"
#include "cli/show.h"
#include "cli/words.h"

typedef struct {
    const Program *program;
    Arena *arena;
    const Registry *registry;
    Words words;
    bool json, help;
    Str data, folder, as, now;
    int exit; /* so far */
} Command;

/* ---- cli.c ---- */

/* Everything that was given must mean something: no option is left over, and no word behind the first `count`. `known`
 * are names that may have been meant. ERR_USAGE. */
MUST_USE bool command_check_options(Command *command, StrList *known, Err *err);
MUST_USE bool command_check_words(Command *command, size_t count, Err *err);

void command_print(FILE *to, Str text);
/* A problem (RFC 9457) as JSON on standard output, or in words on standard error. */
void command_tell_problem(Command *command, const json_t *problem);

/* ---- sample.c: what is computed without a store ---- */

/* Are the words "sample size", "sample bound", or "sample draw" without a number? */
bool sample_is_asked(const Command *command);
bool sample_run(Command *command, Err *err);
/* Help on them, where the words from `first` on are such; false: they are not. */
bool sample_help(const Command *command, size_t first, Help *help);

/* ---- input.c: fields ---- */

/* The fields of a verb from --input, --FIELD-file, --FIELD and, for passwords, from the terminal, as the JSON object
 * that the API takes. Takes the options that it reads. ERR_USAGE names what cannot be followed. */
MUST_USE bool input_read(Command *command, const Type *type, const Verb *verb, json_t **input, Err *err);
/* A line from the terminal, not shown while it is typed; ERR_USAGE when there is no terminal. */
MUST_USE bool input_secret(Arena *arena, Str prompt, Str *secret, Err *err);
/* The text of a file, "-" for standard input, without the line feed at its end. */
MUST_USE bool input_file(Arena *arena, Str path, Str *text, Err *err);

/* ---- reach.c: who answers ---- */

/* Answers through the process that serves the place, or here when nobody does: waits a while for a process that holds
 * the store without serving it, another command for example. */
MUST_USE bool reach_ask(Command *command, const Place *place, const LocalQuestion *question, LocalAnswer *answer,
                        Err *err);
/* Opens the store in this process, with zone and signing key, and with the clock of a demonstration if it is one. The
 * arena closes it. */
MUST_USE bool reach_open(Command *command, const Place *place, App **app, Err *err);

/* ---- init.c ---- */

bool init_run(Command *command, Err *err);

/* ---- scenario.c ---- */

bool scenario_run(Command *command, Err *err);
bool content_run(Command *command, Err *err);
