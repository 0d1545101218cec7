/* SPDX-License-Identifier: Apache-2.0
 * record/row.h: records as rows: reading them into their structures. Nothing here asks who may see: guards and verbs
 * read as the program. Doors read through record/view.h. */
#pragma once

#include "record/call.h"
#include "record/registry.h"

/* A value bound to $1, $2 … of a tail of SQL. */
typedef struct {
    enum { BIND_INT, BIND_STR } kind;
    int64_t number;
    Str str;
} Bind;
#define BIND_ID(id_)                                                                                                   \
    {                                                                                                                  \
        .kind = BIND_INT, .number = (id_).n                                                                            \
    }
#define BIND_DATE(date_)                                                                                               \
    {                                                                                                                  \
        .kind = BIND_INT, .number = (date_).number                                                                     \
    }
#define BIND_NUMBER(n_)                                                                                                \
    {                                                                                                                  \
        .kind = BIND_INT, .number = (n_)                                                                               \
    }
#define BIND_TEXT(str_)                                                                                                \
    {                                                                                                                  \
        .kind = BIND_STR, .str = (str_)                                                                                \
    }

/* From now on record_load answers again what it answered before: for a Call that only reads. */
void read_records_open(Call *call);

/* Reads the record into `record` (its type's structure). *found is false, and the record zeroed, when there is none. */
MUST_USE bool record_load(Call *call, const Type *type, Id id, void *record, bool *found, Err *err);
/* By number; for types whose numbers count within the parent, "IA-26-05/A.8.8-1". */
MUST_USE bool record_find_number(Call *call, const Type *type, Str number, void *record, bool *found, Err *err);
/* By number, else by id: for addresses, which programs may make from ids. Never for what people give as a reference. */
MUST_USE bool record_find(Call *call, const Type *type, Str number, void *record, bool *found, Err *err);
/* Reads a record that must be there: not finding it is ERR_CORRUPT. */
MUST_USE bool record_must(Call *call, const Type *type, Id id, void *record, Err *err);
/* All records for which `tail` holds: constant SQL that starts behind WHERE, over the type's columns, with its own
 * ORDER BY and LIMIT. Appends to a list of the type's structures: record_list(call, &action_type, &actions,
 * STR("nonconformity = $1 ORDER BY id"), BINDS(BIND_ID(nc->head.id)), err) */
#define record_list(call, type, list, tail, binds, err)                                                                \
    record_list_into((call), (type), (void **)&(list)->at, &(list)->len, &(list)->cap, (tail), (binds), (err))
typedef struct {
    const Bind *at;
    size_t len;
} Binds;
#define BINDS(...) ((Binds){ .at = (const Bind[]){ __VA_ARGS__ }, .len = countof(((const Bind[]){ __VA_ARGS__ })) })
#define NO_BINDS   ((Binds){ 0 })
MUST_USE bool record_list_into(Call *call, const Type *type, void **at, size_t *len, size_t *cap, Str tail, Binds binds,
                               Err *err);
/* Number of records for which `tail` holds. */
MUST_USE bool record_count(Call *call, const Type *type, Str tail, Binds binds, int64_t *count, Err *err);

/* One row of a query whose first columns are plan->columns. */
void row_read(Query *query, const Plan *plan, Arena *arena, void *record);
/* … or id, number, state and those of `fields`; everything else in the record stays as it is. */
enum { HEAD_COLUMNS = 9, ONLY_COLUMNS = 3 };
typedef struct {
    const Field **at;
    size_t len, cap;
} FieldList;
void row_read_only(Query *query, const FieldList *fields, Arena *arena, void *record);

/* Which records of type `from` name `to` in their REFS field: the index of links. */
MUST_USE bool links_to(Call *call, const Type *from, const char *field, Id to, IdList *out, Err *err);
