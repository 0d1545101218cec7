/* SPDX-License-Identifier: Apache-2.0
 * record/registry.h: all record types of the program, checked against each other once at the start, with what is
 * derived from each (SQL, order of canonical members, columns). The engine does not know which types exist: main hands
 * them in. */
#pragma once

#include "record/type.h"

typedef struct Registry Registry;

/* What is derived from one type. */
typedef struct {
    const Type *type;
    Shape shape;        /* the type's fields as a shape */
    Str columns;        /* "id, number, state, …": the order in which rows are read and written */
    Str insert, update; /* $1 … in the order of columns */
    Str select_by_id;
    Str select_by_number;
    const Field **sorted; /* fields in the order of their names, without secret ones: canonical members */
    size_t sorted_len;
    const Type **targets; /* what each field refers to, in the order of the fields; NULL where it is no reference */
    const Field *title;   /* NULL: none */
    const Field *parent;  /* NULL: none */
    const Type *parent_type;
    const Field *dossier; /* NULL: none or itself */
    const Field *sort;    /* of the type's default order, when it is upwards by a day or time; NULL: another order */
    Str series;           /* of numbers */
    bool is_searched;
    bool asks_for_work; /* records wait for people by its steps, and no room speaks for it (WorkSource) */
} Plan;

/* What a list upwards by a day or time is ordered by: what has none comes last. */
Str plan_sort_expression(Arena *arena, const Field *field);

/* What another room does when a verb of a type was judged and before it is written, in the same transaction: the room
 * below says what follows, so that rooms above need not know it ("a nonconformity follows the issue of a finding"). */
typedef struct {
    const char *type, *verb;
    VerbBody *body;
} Follow;

/* What a room does once a verb of a type was done and committed: work that is too slow for the write turn or may fail
 * without taking the verb back, like setting a report as PDF. It runs in the thread of the door, after the transaction
 * has ended and before the door answers, in an arena of its own (`caller->arena`); it may read and call verbs as any
 * door does. A failure is logged and undoes nothing, so what it makes must be found missing and made again by a job.
 * Hooks follow the verb that was asked for, not the steps that other records took because of it, and no verb_apply. */
typedef struct {
    const char *type, *verb;
    bool (*run)(const Caller *caller, const Outcome *outcome, Err *err);
} After;

struct Call;

/* A file that is made of a record when somebody asks for it, in one of several forms: the report of an audit as
 * "report.docx". Whoever may see the record may have the file; `make` is asked after that was judged. It may take some
 * tenths of a second, so doors give it to a worker. `bytes` live in the call's arena. */
typedef struct {
    const char *type;   /* of the record */
    const char *name;   /* of the file and the last part of its address, before the dot */
    const char *ending; /* "docx": the form */
    const char *label;  /* "DOCX" */
    const char *media;
    const char *about; /* what it is good for, for help */
    bool (*make)(struct Call *call, const void *record, Str *bytes, Err *err);
} Rendering;

/* What a room asks of a room below it without knowing it: a constant structure of functions whose declaration stands in
 * the asking room's header under the same name ("casework": audit/casework.h). */
typedef struct {
    const char *name;
    const void *functions;
} Service;

/* What a room works out about one record, for whoever may see it: who could audit it, how a programme could be planned.
 * A inquiry changes nothing and has one name in every door: GET /api/v1/audits/IA-26-05/candidates, "audit candidates
 * IA-26-05". It may refuse (record/call.h). */
typedef struct {
    const char *type, *name; /* "audit", "candidates": no verb of the type, none of list, show, steps, history, files */
    const char *label;       /* "Who could audit": marked for translation */
    const char *about;       /* a sentence, for help and the description of the API */
    const char *schema;      /* of the answer, an object: JSON Schema with ' for " */
    bool (*read)(Call *call, const void *record, json_t **out, Err *err); /* a new reference */
} Inquiry;

typedef struct Works Works;
/* A room's own word on what is asked of call->who (record/work.h); `covers`: names of the types it speaks for, '|'
 * between, which the general rule then leaves alone. */
typedef struct {
    const char *covers;
    bool (*gather)(Call *call, Works *out, Err *err);
} WorkSource;

/* All that a program consists of; main puts it together. */
typedef struct {
    const Type *const *types;
    size_t types_len;
    const Follow *follows;
    size_t follows_len;
    const After *afters;
    size_t afters_len;
    const Rendering *renderings;
    size_t renderings_len;
    const Table *const *tables; /* beside records: sessions and the like, which are no part of the record */
    size_t tables_len;
    const Service *services;
    size_t services_len;
    const WorkSource *works;
    size_t works_len;
    const Inquiry *const *inquiries;
    size_t inquiries_len;
} Catalogue;

/* Derives all plans; the program's own mistakes (unknown names, a step to no state, a guard list that is full) end it
 * with a message that names type and field: declarations are code. */
Registry *registry_open(Arena *arena, const Catalogue *catalogue);
size_t registry_len(const Registry *registry);
const Plan *registry_at(const Registry *registry, size_t index); /* in the order handed in */
const Plan *registry_find(const Registry *registry, Str name);   /* by name; NULL: no such type */
const Plan *registry_find_plural(const Registry *registry, Str plural);
/* The plan of a type that is known to be registered. */
const Plan *registry_plan(const Registry *registry, const Type *type);
/* How many parts the address of a record has: 1, or one more than its parent's where numbers count within the parent
 * ("IA-26-05/A.8.8-1" has 2). */
size_t registry_number_parts(const Registry *registry, const Plan *plan);
/* The bodies that follow a verb, one after another: start with *at = 0; NULL at the end. */
VerbBody *registry_follow(const Registry *registry, const Type *type, const char *verb, size_t *at);
/* The hooks behind a verb, one after another: start with *at = 0; NULL at the end. */
const After *registry_after(const Registry *registry, const Type *type, const char *verb, size_t *at);
/* The files that are made of a record of the type, one after another: start with *at = 0; NULL at the end. */
const Rendering *registry_rendering(const Registry *registry, const Type *type, size_t *at);
/* The one with this ending; NULL: none. */
const Rendering *registry_rendering_as(const Registry *registry, const Type *type, Str ending);
/* The functions of the service, or NULL when nobody offers it. */
const void *registry_service(const Registry *registry, const char *name);
/* The rooms' words on work, one after another: start with *at = 0; NULL at the end. */
const WorkSource *registry_work(const Registry *registry, size_t *at);
/* The inquiries of a type, one after another: start with *at = 0; NULL at the end. And by name. */
const Inquiry *registry_inquiry(const Registry *registry, const Type *type, size_t *at);
const Inquiry *registry_inquiry_find(const Registry *registry, const Type *type, Str name);
/* The tables of all types and of the engine itself, for schema_apply. */
const Schema *registry_schema(const Registry *registry);
