/* SPDX-License-Identifier: Apache-2.0
 * record/history.h: what happened to a record, read from the ledger: who did what when and why, as differences of
 * fields between one after-image and the next; and the record as it stood at an instant. */
#pragma once

#include "record/names.h"
#include "record/outcome.h"

typedef struct {
    int64_t event; /* ledger number */
    Time time;
    Str who;  /* name */
    Str verb; /* label of the verb */
    Str verb_name;
    Str state; /* label of the state after it */
    Str why;
    int64_t revision;
    DifferenceList differences; /* before and now */
    bool is_erased;
} HistoryLine;

typedef struct {
    HistoryLine *at;
    size_t len, cap;
} HistoryLines;

/* Newest first, at most `limit`, those before event `before` (-1: from the newest). */
MUST_USE bool record_history(Call *call, const Type *type, Id id, int64_t before, size_t limit, HistoryLines *out,
                             Err *err);
/* The record as it stood at the end of `as_of`; *found is false when it was not there yet. */
MUST_USE bool record_as_of(Call *call, const Type *type, Id id, Time as_of, void *record, bool *found, Err *err);

/* Takes one record of a walk; `record` lives for this call only. */
typedef void RecordVisit(void *context, const void *record);
/* All records of a type as they stood at the end of `as_of`, each once, in no order that counts: one pass over the
 * last event of each. A record whose after-image was erased is passed over. Costs about 10 µs a record. */
MUST_USE bool record_each_as_of(Call *call, const Type *type, Time as_of, RecordVisit *visit, void *context, Err *err);

/* What changed of the record between revision `seen` and `now`, limited to the members of `wanted` (NULL: all): the
 * values then, now, and wanted. For telling two writers apart. */
MUST_USE bool record_differences(Call *call, const Type *type, Id id, int64_t seen, const void *now,
                                 const json_t *wanted, DifferenceList *out, Err *err);
