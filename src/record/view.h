/* SPDX-License-Identifier: Apache-2.0
 * record/view.h: reading for doors. Every list and every record goes through who may see it: what a person may not see
 * is not counted, not found and answers "not found". */
#pragma once

#include "record/names.h"
#include "record/row.h"

typedef enum { FILTER_IS, FILTER_IS_NOT, FILTER_BEFORE, FILTER_FROM } FilterKind;

typedef struct {
    const Field *field; /* NULL: the state */
    FilterKind kind;
    Str value; /* as given: machine names or numbers separated by ',' (any of them) */
} Filter;

enum { LIST_FILTERS_MAX = 12, LIST_LIMIT_MAX = 200, LIST_LIMIT_DEFAULT = 50, LIST_COUNT_MAX = 1000 };

/* What a list shows. Read from parameters by list_read, so that an address holds the whole of it. */
typedef struct {
    const Type *type;
    Filter filters[LIST_FILTERS_MAX];
    size_t filters_len;
    Str words;         /* full text; empty: all */
    const Field *sort; /* NULL: number */
    bool descending;
    Str after; /* cursor; empty: from the start */
    size_t limit;
    bool is_counted_by_caller; /* list_run leaves page->total alone */
    FieldList only;            /* read id, number, state and these; the rest stays empty. None: all is read */
    Str where;                 /* a further condition: constant SQL as in See, with :viewer and :today; empty: none */
} ListQuery;

typedef struct {
    Str name, value;
} Param;
typedef struct {
    Param *at;
    size_t len, cap;
} ParamList;

/* ?state=a,b&owner=p-ciso&due.before=2026-12-01&q=words&sort=-due&after=…&limit=50. Unknown names and values are
 * invalid. */
MUST_USE bool list_read(Call *call, const Type *type, const ParamList *params, ListQuery *out, Err *err);

typedef struct {
    void **records; /* structures of the type */
    size_t len;
    Str next;           /* cursor of the next page; empty: this is the last */
    int64_t total;      /* of all pages, as far as LIST_COUNT_MAX */
    bool total_is_more; /* there are more than `total` */
    Names *names;       /* of all references and of the records themselves, loaded */
} ListPage;
/* The total of a page from a count of view_count_each. */
void list_total(ListPage *page, int64_t count);
MUST_USE bool list_run(Call *call, const ListQuery *query, ListPage *page, Err *err);

/* The rows alone, into a zeroed page: nothing is counted, no names are looked up. */
MUST_USE bool list_rows(Call *call, const ListQuery *query, ListPage *page, Err *err);

/* How many records the query has in all: page->total and total_is_more, nothing else of the page. */
MUST_USE bool list_count(Call *call, const ListQuery *query, ListPage *page, Err *err);

/* By number or id, if the person may see it. */
MUST_USE bool view_find(Call *call, const Type *type, Str number, void *record, bool *found, Err *err);
MUST_USE bool view_may_see(Call *call, const Type *type, Id id, bool *may, Err *err);
/* Whether the person may give the record, which is there, as a reference: he must be allowed to see it. The scopes of a
 * token do not count: a token for errands alone must be able to say whose an errand is. */
MUST_USE bool view_may_name(Call *call, const Type *type, Id id, bool *may, Err *err);
/* Whether the person may see any record of the type at all. */
bool view_may_list(const Call *call, const Type *type);

/* As record_list, of those that the person may see, in the order of their ids, at most VIEW_LIST_MAX: for the parts of
 * a page. `where`: constant SQL over the type's columns; $1 … are the binds. */
enum { VIEW_LIST_MAX = 500 };
#define view_list(call, type, list, where, binds, err)                                                                 \
    view_list_into((call), (type), (void **)&(list)->at, &(list)->len, &(list)->cap, (where), (binds), (err))
MUST_USE bool view_list_into(Call *call, const Type *type, void **at, size_t *len, size_t *cap, Str where, Binds binds,
                             Err *err);
/* How many of the records that the person may see fulfil each of the `len` conditions, in one query; LIST_COUNT_MAX + 1
 * stands for any number above LIST_COUNT_MAX. Conditions are as ListQuery.where. */
MUST_USE bool view_count_each(Call *call, const Type *type, const Str *conditions, size_t len, int64_t *counts,
                              Err *err);

/* Whether the person may see any record that fulfils the condition, which is as ListQuery.where. */
MUST_USE bool view_has(Call *call, const Type *type, Str condition, bool *has, Err *err);

/* One thing found by search, whatever its type. */
typedef struct {
    const Type *type;
    Id id;
    Str number, title;
    int state;
} Found;
typedef struct {
    Found *at;
    size_t len, cap;
} FoundList;
MUST_USE bool view_search(Call *call, Str words, size_t limit, FoundList *out, Err *err);
