/* SPDX-License-Identifier: Apache-2.0
 * cli/help.h: help at every level, made from the declarations: what there is cannot be missing in it. */
#pragma once

#include "cli/text.h"
#include "record/call.h"
#include "record/registry.h"

typedef struct {
    Arena *arena;
    TextStyle style;
    const Registry *registry;
    const Directory *directory;
    Buf out;
} Help;

/* The whole program: commands, types, options, exit codes. */
void help_program(Help *help);
/* A command that is no type; false when there is none of that name. */
bool help_command(Help *help, Str name);
/* A type: fields, states, verbs. */
void help_type(Help *help, const Type *type);
/* list, show, steps, history, export of a type; false when `action` is none of them. */
bool help_reading(Help *help, const Type *type, Str action);
/* A verb: what it does, from which state to which, who may, what it takes. */
void help_verb(Help *help, const Type *type, const Verb *verb);
/* A command that computes something: `usage` behind its name, what it does, what it takes. */
void help_calculation(Help *help, Str name, const char *usage, const char *about, const Shape *input);
/* All types, one a line; and as JSON: an array of what help_type says. */
void help_types(Help *help);
json_t *help_types_json(Arena *arena, const Registry *registry);

/* The verbs of a type that a door offers, once each, in the order of its steps. */
typedef struct {
    const Verb **at;
    size_t len, cap;
} VerbList;
void type_verbs(Arena *arena, const Type *type, VerbList *out);
/* "vulnerability-scan" for "vulnerability_scan": how names are written on a command line. */
Str name_dashed(Arena *arena, const char *name);
