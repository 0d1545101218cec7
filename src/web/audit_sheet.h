/* SPDX-License-Identifier: Apache-2.0
 * web/audit_sheet.h: what the page of an audit shows, in the order in which it stands (src/web/pages/audit.html draws
 * it). */
#pragma once

#include "web/parts.h"
#include "web/shell.h"

/* One line of a list beside the page: what, who or where, and small words below. */
typedef struct {
    Link what;
    bool strong;        /* a name, not a record */
    Str end;            /* at the end of the first line */
    Cell first, second; /* below, with a dot between */
    Str note;
} AsideRow;

typedef struct {
    Str id; /* of the heading, and the fragment that leads here */
    Str title, count;
    Link end;
    Str none; /* said when there is no row; empty: the list is left out */
    Buttons acts;
    AsideRow *at;
    size_t len, cap;
} AsideList;

/* A table with its heading. */
typedef struct {
    Str id;
    Str title, count, aside;
    Link end;
    Str foot; /* "6 of 21, unfinished first" */
    Link all;
    Str none; /* said when there is no row */
    Buttons acts;
    TableView table;
} AuditTable;

typedef struct {
    PageHead head;
    Spine spine;
    Facts block;
    Gate gate;       /* title empty: nothing leads on */
    Callout waiting; /* instead of the gate, when nothing is missing */
    Tabs tabs;
    Str progress; /* "12 done, 10 of them reviewed · 6 open · 3 not started" */
    Str progress_of;
    Ruler ruler;
    AuditTable papers, agenda;
    AsideList team, requests, findings, meetings, reports, earlier;
    ProofLine proof;
} AuditSheet;
