/* SPDX-License-Identifier: Apache-2.0
 * review/behind.h: the records behind an indicator (requirements 5: "all drill down to records"): which were counted,
 * and which of them made the figure what it is. */
#pragma once

#include "review/then.h"

typedef struct {
    Str id;     /* "K-4" */
    Str title;  /* "Overdue nonconformities" */
    Str about;  /* how it is computed, one sentence */
    Str value;  /* what the values of its rows are: "Late step", "Days" */
    Str counts; /* what it means that a row counts: "late"; empty: all do */
} IndicatorInfo;

/* All that can be opened, in the order of their numbers; *len says how many. */
const char *const *indicator_ids(size_t *len);
/* False: there is no such indicator. */
bool indicator_info(const Call *call, Str id, IndicatorInfo *out);

typedef struct {
    const Type *type;
    Id id;
    Str number; /* address within its type */
    Str title;
    Str value;   /* in words, in the language of the call */
    Date date;   /* the day that matters; none: there is none */
    bool counts; /* in the numerator */
} BehindRow;

enum { BEHIND_MAX = 500 };

typedef struct {
    BehindRow *at;
    size_t len, cap;
    int64_t total;   /* counted, shown or not */
    int64_t counted; /* of them: in the numerator */
} BehindRows;

/* At most BEHIND_MAX rows, those that count first, then by number. ERR_USAGE: no such indicator. */
MUST_USE bool indicator_records(const Then *then, Str id, BehindRows *out, Err *err);
