/* SPDX-License-Identifier: Apache-2.0
 * record/openapi_inside.h: what the files that write the OpenAPI document share. Only openapi*.c include it. */
#pragma once

#include "record/openapi.h"

typedef struct {
    Arena *arena;
    const Registry *registry;
    json_t *paths, *schemas, *tags;
} Openapi;

/* JSON of our own, written with ' for " so that it can be read in C. New reference. */
json_t *spell(const char *json);
/* {"$ref": "#/components/KIND/NAME"}; new reference. */
json_t *component(const Openapi *doc, const char *kind, Str name);
/* "ProcessPerson" of "process_person", "ClaimDone" of "claim-done". */
Str camel(Arena *arena, const char *name);
/* Names of schemas: "ProcessPerson", and of what belongs to it "ProcessPerson_ClaimDone". */
Str schema_name(const Openapi *doc, const Type *type, const char *part);
/* Adds `words` to the object's description, as sentences of their own. */
void describe(json_t *object, Str words);

/* Adds problems by their statuses ("401 404"), and those that every address may have. */
void responses_add(Openapi *doc, json_t *responses, const char *statuses);

/* openapi_schema.c: the record, its page, and the inputs of its verbs. */
void schemas_of_type(Openapi *doc, const Plan *plan);
/* The schema of one field as a filter takes it. New reference. */
json_t *filter_schema(const Field *field);

/* openapi_path.c: all addresses of a type. */
void paths_of_type(Openapi *doc, const Plan *plan);
