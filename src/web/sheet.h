/* SPDX-License-Identifier: Apache-2.0
 * web/sheet.h: what the page of a record shows, in the order in which it stands (src/web/pages/record.html draws it).
 */
#pragma once

#include "web/content.h"
#include "web/forms.h"
#include "web/shell.h"

/* A long text of the record. */
typedef struct {
    Str label;
    Str clause;
    StrList paragraphs;
} Passage;

typedef struct {
    Passage *at;
    size_t len, cap;
} Passages;

/* Records that belong to this one. */
typedef struct {
    Str id; /* of the heading, and the fragment that leads here */
    Str title;
    Str count;
    Str list_href; /* all of them, when there are more than shown; empty: these are all */
    TableView table;
    Button add; /* empty label: the reader may not add one */
} PartTable;

typedef struct {
    PartTable *at;
    size_t len, cap;
} PartTables;

typedef struct {
    PageHead head;
    Facts block;
    Gate gate;       /* of the first verb that is not possible yet; title empty: none */
    Buttons waiting; /* further verbs that are not possible yet, with the reason beside */
    Callout notice;  /* one thing to know first; title empty: none */
    Facts facts;
    ContentView content; /* of its file; title empty: it has none to show */
    Passages passages;
    PartTables parts;
    Timeline timeline;
    Links named_by; /* lists of records that name this one */
    ProofLine proof;
} Sheet;

/* One change, as the history tells it. */
typedef struct {
    int64_t event;
    Str what;
    Str state;
    Str why;
    Str who;
    Time when;
    bool erased;
    Diff changes;
} HistoryEntry;

typedef struct {
    PageHead head;
    Str action; /* of the question for a day */
    Date day;   /* asked for; none: not asked */
    Str record_href;
    Diff then; /* what that day said and today says */
    Str then_note;
    HistoryEntry *at;
    size_t len, cap;
    Str older_href;
    ProofLine proof;
} HistoryView;
