/* SPDX-License-Identifier: Apache-2.0
 * web/listing.h: what a register shows beside its rows (src/web/pages/register.html draws it). */
#pragma once

#include "web/forms.h"
#include "web/shell.h"

typedef struct {
    Str value, label;
    bool chosen;
} ColumnChoice;

typedef struct {
    ColumnChoice *at;
    size_t len, cap;
} ColumnChoices;

typedef struct {
    Tabs family; /* lists that belong together: people, roles, accounts; may be empty */
    Tabs views;  /* saved sentences: all, mine, late; may be empty */
    FilterSentence filter;
    Str action;        /* of the two forms below: the address of the list */
    Str words;         /* looked for within the list */
    HiddenFields kept; /* what the forms keep of the address, but for words and columns */
    ColumnChoices columns;
    TableView table;
    Pager pager;
    EmptyState empty; /* shown instead of the table when its title is set */
} Listing;
