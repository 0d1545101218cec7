/* SPDX-License-Identifier: Apache-2.0
 * tests/doors/stock.h: what the matrix of doors is asked with, generated from the declarations: people, a holder of
 * each role among them; input for any verb; and a record of each type that can be made of such input. A new type, verb
 * or role comes in without a line here. */
#pragma once

#include "doors.h"

enum { ASKERS_MAX = 40, STOCK_HOUSES_MAX = 3 };

typedef struct {
    const char *name;
    Id id;
    Str number, token;
} Asker;

/* Houses that are kept equal: whatever is done here is done in each, and ids, numbers and tokens are the same in all.
 */
typedef struct {
    ApiHouse *houses[STOCK_HOUSES_MAX];
    size_t houses_len;
    Arena *arena; /* of all that lives as long as the stock */
    Asker askers[ASKERS_MAX];
    size_t askers_len;
    Id account;  /* behind the sessions of the browser */
    Id *records; /* one of each type, by its place in the registry; none where the program could not make one */
    Str *addresses;
    size_t made;
    size_t numbers; /* given to records whose numbers people choose */
} Stock;

/* How much an input holds, and which of the possible values. */
typedef enum {
    INPUT_LEAN,   /* what is needed, and every place for a person; days are today */
    INPUT_FULL,   /* all fields; days to come */
    INPUT_OTHERS, /* all fields; days past, and the last choice of each */
    INPUTS
} InputKind;

/* The people come: a holder of every role and of nothing else, a colleague, somebody from outside, and Ben. Ben is in
 * every place for a person, so he is whoever is related to a record. */
Stock stock_open(ApiHouse *const *houses, size_t len);
/* Everybody else who is in the house comes too. */
void stock_invites(Stock *stock);
/* Signs all of them in at the browser, whoever was signed in before. */
void stock_signs_in(const Stock *stock, Visitor *browser);
/* Makes one record of each type, as the program, where guards let it. */
void stock_fill(Stock *stock);

const Registry *stock_registry(const Stock *stock);
size_t stock_place(const Stock *stock, const Type *type);
/* The number by which doors find the record. */
Str stock_address(const Stock *stock, const Type *type, Id id);
/* The record as it is stored in the first house; lives in `arena`. */
void *stock_load(const Stock *stock, Arena *arena, const Type *type, Id id);

/* Input for the verb; `record` is what it is done with, NULL for a new one. Secrets are left out. Lives in `arena`. */
json_t *input_for(Stock *stock, Arena *arena, const Type *type, const Verb *verb, const void *record, InputKind kind);

/* What the declarations promise to a person: whether she sees the record, whether the verb is one of its state, and
 * whether she is among those who may. */
typedef struct {
    bool sees, is_of_state, may;
    int64_t revision; /* that the record has */
} Promise;
Promise promise_of(const Stock *stock, const Asker *who, const Type *type, const char *verb, Id id);
/* 404, 409 or 403, in this order; whoever may is stopped, if at all, by what was asked with: `otherwise`. */
int promise_status(Promise promise, int otherwise);
