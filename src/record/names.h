/* SPDX-License-Identifier: Apache-2.0
 * record/names.h: what references are called. Ids of many records are collected first and looked up with one query per
 * type, so a page or list costs the same number of queries whatever its length. */
#pragma once

#include "base/json.h"
#include "record/call.h"
#include "record/registry.h"

typedef struct Names Names;

Names *names_open(Call *call);
void names_want(Names *names, const Type *type, Id id);
/* The same for a record at hand, which needs no looking up; it must outlive `names`. */
void names_know(Names *names, const Type *type, const void *record);
/* Wants every reference in the record. */
void names_want_record(Names *names, const Plan *plan, const void *record);
MUST_USE bool names_load(Names *names, Err *err);
/* After names_load; empty texts for what is not there. */
Str names_number(const Names *names, const Type *type,
                 Id id); /* address: "IA-26-05/A.8.8-1" for numbers within a parent */
Str names_title(const Names *names, const Type *type, Id id);
Str names_person(const Names *names, Id id);
/* A field's value for people: choice labels, dates as 18 Nov 2026, references as "PR-04 Software development", names of
 * people; references must have been wanted and loaded. */
Str value_to_human(Names *names, const Field *field, const void *record);
/* As JSON for answers: references as {"number":…,"title":…}. New reference. */
json_t *value_to_json(Names *names, const Field *field, const void *record);
json_t *record_to_json(Names *names, const Plan *plan, const void *record);
Arena *names_arena(const Names *names);
