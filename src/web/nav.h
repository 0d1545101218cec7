/* SPDX-License-Identifier: Apache-2.0
 * web/nav.h: the side column: at most four groups, only entries the reader may see, the same list on every page. */
#pragma once

#include "web/html.h"

enum { NAV_COUNT_MAX = 1000 }; /* counted no further, shown as "1,000+" */

typedef struct {
    Str path; /* "/nc" */
    Icon icon;
    const char *label; /* English, marked N_; translated when shown */
    int64_t count;     /* grey number; 0 shows none */
    int64_t late;      /* shown in red with the word "late" instead of `count`; 0: none is late */
} NavEntry;

typedef struct {
    const char *title; /* English, marked N_; NULL for the first group, which has none */
    NavEntry *at;
    size_t len, cap;
} NavGroup;

enum { NAV_GROUPS_MAX = 4 };

typedef struct {
    NavGroup groups[NAV_GROUPS_MAX];
    size_t len;
    Str here; /* path of the entry the page belongs to; may be empty */
} Nav;
