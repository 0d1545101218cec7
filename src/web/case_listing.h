/* SPDX-License-Identifier: Apache-2.0
 * web/case_listing.h: the register of nonconformities, as a table or as a board (src/web/pages/case_register.html draws
 * it). */
#pragma once

#include "web/listing.h"

/* A card is a link: a state changes by its verb, on the case itself. */
typedef struct {
    Str number, title, href;
    Cell grade, due;
    Str owner;
} BoardCard;

typedef struct {
    Str title; /* of the state */
    BoardCard *at;
    size_t len, cap;
} BoardColumn;

typedef struct {
    BoardColumn *at;
    size_t len, cap;
} Board;

typedef struct {
    Listing listing; /* its table is empty when the board is shown */
    bool is_board;
    Str table_href, board_href;
    Board board;
    TableView presented; /* findings that will be cases; no rows: none */
} CaseListing;
