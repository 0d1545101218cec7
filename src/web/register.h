/* SPDX-License-Identifier: Apache-2.0
 * web/register.h: one list on its way to its page: its address taken apart and put together again, so that every link
 * on the page is an address of the whole list. Shared by register.c (table, columns, pager) and register_filter.c. */
#pragma once

#include "web/listing.h"
#include "web/values.h"

enum { REGISTER_COLUMNS_MAX = 12, REGISTER_COLUMNS_USUAL = 6, REGISTER_BACK_MAX = 20 };

typedef struct {
    Visit *visit;
    const Plan *plan;
    ParamList params; /* what the list is limited to and sorted by: names and values as in the address */
    ParamList asked;  /* the same as the engine takes it */
    ListQuery query;
    ListPage page;
    const Field *columns[REGISTER_COLUMNS_MAX];
    size_t columns_len;
    Str columns_given; /* as in the address; empty: the usual ones */
    Str back;          /* cursors of the pages before this one, ',' between; the first page's is "0" */
    int64_t at;        /* rows before this page */
    bool may_create;
    const char *own;  /* of a register made by hand: parameters that it reads itself, '|' between; NULL: none */
    Str where;        /* … and its further condition, as ListQuery.where */
    size_t limit;     /* … and rows of a page; 0: the usual number */
    bool counts;      /* … which knows the number of rows where only that condition limits them */
    const int *reads; /* … and the fields that it looks at, by index; NULL: those of the table */
    size_t reads_len;
} Register;

/* Reads the address and the rows; what cannot be taken is in call->invalids. */
MUST_USE bool register_load(Register *reg, Err *err);
/* Says what is wrong with an address that cannot be taken. */
MUST_USE bool register_unreadable(Visit *visit, Err *err);
/* The list as a CSV file: the button to it, and the answer; the answer reads the address itself. */
Button register_export_button(const Register *reg);
MUST_USE bool register_send_csv(Register *reg, Err *err);
void register_forms_fill(const Register *reg, Listing *listing);
void register_pager_fill(const Register *reg, Pager *pager);

/* The first value of a parameter, or empty. */
Str register_param(const Register *reg, const char *name);
/* The address of the list with the parameter set to `value` (empty: without it), from its first page. */
Str register_link(const Register *reg, const char *name, Str value);
/* The same up to the value, for many of them: whatever address_value gives may follow. */
Str register_link_start(const Register *reg, const char *name);
/* How many conditions limit the list. */
size_t register_conditions(const Register *reg);
void register_filter_fill(const Register *reg, FilterSentence *sentence);
/* Its pieces: the token of a field (NULL: the state) that can be chosen or is limited; whatever else limits the list;
 * days that can be added. */
void register_token_fill(const Register *reg, FilterSentence *sentence, const Field *field);
void register_rest_fill(const Register *reg, FilterSentence *sentence);
void register_more_fill(const Register *reg, FilterSentence *sentence, const Field *field);
/* Names the conditions and offers the removal of each with the number of rows it leaves. */
MUST_USE bool register_nothing_fill(const Register *reg, EmptyState *empty, Err *err);
/* A field that can stand in a column, be sorted by, be limited by a choice. */
bool field_is_column(const Field *field);
